/* Acting on many tickets: each once, in the order given, the refused ones undone. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "caught.h"
#include "desk.h"
#include "store/ref.h"
#include "text/process.h"
#include "text/tickets.h"

static int begin(void **state)
{
	(void)state;
	desk_begin();
	return 0;
}

static int end(void **state)
{
	(void)state;
	desk_end();
	return 0;
}

static const struct cs_column column = {.name = "ref"};
static int64_t refuse_this;
static enum cs_code refuse_with;
static bool stop;

static int act(struct cs_tickets *t, int64_t ticket, struct cs_err *e)
{
	const struct cs_request req = {.step = "arrive", .at = t->at};
	const struct cs_cell cell = cs_cell_text(cs_ref_text(ticket, t->arg));
	struct cs_image im;

	cs_tickets_row(t, &cell);
	if (cs_act_step(t->s, ticket, &req, &im, e) < 0)
		return -1;
	if (stop)
		raise(SIGTERM);
	return ticket == refuse_this ? cs_fail(e, refuse_with, "not this one") : 0;
}

/* Words "1 2 x": the tickets by their place among two, x no reference. `done`: whose step is
   kept. */
static void test_run(void **state)
{
	static const struct {
		const char *refs;
		bool all;
		int refuse; /* which */
		enum cs_code with;
		int rc; /* -1: the run failed */
		const char *rows, *done;
	} cases[] = {
		{"1 2", false, 0, CS_OK, 0, "12", "12"},
		{"2 1 2 1", false, 0, CS_OK, 0, "21", "12"},
		{"1 2", false, 1, CS_REFUSED, 1, "2", "2"},
		{"1 x 2", false, 0, CS_OK, 1, "12", "12"},
		{"x", false, 0, CS_OK, 64, "", ""},
		{"1", false, 1, CS_USAGE, 64, "", ""},
		{"1 2", true, 0, CS_OK, 0, "12", "12"},
		{"1 2", true, 2, CS_REFUSED, 1, "", ""},
		{"1 2", true, 2, CS_IO, -1, "", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct cs_cli cli = {.common = {.format = CS_FORMAT_TEXT,
						      .all = cases[i].all}};
		char ref[CS_REF_SIZE], expected[200] = "";
		struct cs_tickets t = {.cli = &cli, .s = desk, .column = &column,
				       .column_count = 1, .act = act, .arg = ref};
		struct cs_texts refs = {0};
		struct cs_err e = {0};
		int64_t id[3] = {0};
		const char *text;
		int rc;

		for (int k = 1; k <= 2; k++) {
			id[k] = desk_register("request", "eng.leak", "", NULL);
			desk_do(id[k], "dispatch handling=p1.engineering assignee=worker");
		}
		for (const char *p = cases[i].refs; *p; p++)
			if (*p != ' ') {
				text = *p == 'x' ? "x" : cs_ref_text(id[*p - '0'], ref);
				cs_texts_add(&refs, text, strlen(text));
			}
		for (const char *p = cases[i].rows; *p; p++) {
			strcat(expected, cs_ref_text(id[*p - '0'], ref));
			strcat(expected, "\n");
		}
		refuse_this = id[cases[i].refuse];
		refuse_with = cases[i].with;
		desk_actor("worker");
		catch_stdout();
		rc = cs_tickets_run(&t, &refs, &e);
		text = caught_stdout();
		desk_actor("ling");
		if (rc != cases[i].rc)
			fail_msg("case %zu: %d %s", i, rc, e.text);
		assert_string_equal(text, expected);
		for (int k = 1; k <= 2; k++)
			assert_string_equal(desk_state(id[k]),
					    strchr(cases[i].done, '0' + k) ? "on_site"
									   : "dispatched");
		cs_texts_free(&refs);
	}
}

/* A signal ends it behind the batch in hand, which is kept and printed; under --all nothing is. The last one: the flag
   stays. */
static void test_ended(void **state)
{
	(void)state;
	cs_process_catch();
	stop = true;
	for (int all = 0; all <= 1; all++) {
		const struct cs_cli cli = {.common = {.format = CS_FORMAT_TEXT, .all = all}};
		char ref[CS_REF_SIZE], first[CS_REF_SIZE + 1];
		struct cs_tickets t = {
			.cli = &cli, .s = desk, .column = &column, .column_count = 1, .act = act, .arg = ref};
		struct cs_texts refs = {0};
		struct cs_err e = {0};
		int64_t id[2];

		for (int k = 0; k < 2; k++) {
			id[k] = desk_register("request", "eng.leak", "", NULL);
			desk_do(id[k], "dispatch handling=p1.engineering assignee=worker");
			cs_texts_add(&refs, cs_ref_text(id[k], ref), strlen(cs_ref_text(id[k], ref)));
		}
		snprintf(first, sizeof first, "%s\n", cs_ref_text(id[0], ref));
		cs_process_catch(); /* the handler is for one signal */
		catch_stdout();
		assert_int_equal(cs_tickets_run(&t, &refs, &e), -1);
		assert_string_equal(caught_stdout(), all ? "" : first);
		assert_int_equal(e.code, CS_BUSY);
		assert_string_equal(desk_state(id[0]), all ? "dispatched" : "on_site");
		assert_string_equal(desk_state(id[1]), "dispatched");
		cs_texts_free(&refs);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_run, begin, end),
		cmocka_unit_test_setup_teardown(test_ended, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
