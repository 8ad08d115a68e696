/* Taking in a row: new, known, grown; history and its limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/intake.h"

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

static struct cs_intake basic(const char *key)
{
	return (struct cs_intake){.kind = "inquiry", .channel = "phone", .subject = "fee",
				  .body = "how much", .place = UNIT_P1, .accepting = CS_NULL,
				  .opened_at = desk_at("2026-11-01 10:00"),
				  .due_at = CS_TIME_NONE, .closed_at = CS_TIME_NONE,
				  .score = CS_NULL, .key = key};
}

static enum cs_code take(struct cs_intake_run run, const struct cs_intake *row, int64_t *ticket,
			 enum cs_intake_outcome *outcome, struct cs_err *e)
{
	struct cs_err other;
	int rc = 0;

	cs_arena_reset(&desk->work);
	*e = (struct cs_err){0};
	if (cs_session_begin(desk, &other) < 0 || cs_intake_begin(desk, &run, e) < 0 ||
	    cs_intake_take(desk, &run, row, ticket, outcome, e) < 0)
		rc = -1;
	if (rc == 0 && cs_session_commit(desk, e) < 0)
		fail_msg("%s", e->text);
	cs_session_rollback(desk);
	return rc == 0 ? CS_OK : e->code;
}

/* One after the other; `same`: the ticket of which step it is. */
static void test_known(void **state)
{
	const struct cs_intake_step reply = {"reply", desk_at("2026-11-01 11:00")};
	const struct {
		const char *source, *key, *subject;
		bool replied, update;
		enum cs_code code;
		enum cs_intake_outcome outcome;
		int same; /* -1: another than all before */
	} cases[] = {
		{"s", "K1", "fee", false, false, CS_OK, CS_INTAKE_NEW, -1},
		{"s", "K1", "fee", false, false, CS_OK, CS_INTAKE_KNOWN, 0},
		{"t", "K1", "fee", false, false, CS_OK, CS_INTAKE_NEW, -1},
		{"s", "K2", "fee", false, false, CS_OK, CS_INTAKE_NEW, -1},
		{"s", "K1", "fees", false, false, CS_REFUSED, 0, 0},
		{"s", "K1", "fees", false, true, CS_REFUSED, 0, 0},
		{"s", "K1", "fee", true, false, CS_REFUSED, 0, 0},
		{"s", "K1", "fee", true, true, CS_OK, CS_INTAKE_UPDATED, 0},
		{"s", "K1", "fee", true, true, CS_OK, CS_INTAKE_KNOWN, 0},
		{"s", NULL, "fee", false, false, CS_OK, CS_INTAKE_NEW, -1},
		{"s", NULL, "fee", false, false, CS_OK, CS_INTAKE_KNOWN, 9},
		{NULL, NULL, "fee", false, false, CS_OK, CS_INTAKE_NEW, -1},
		{NULL, NULL, "fee", false, false, CS_OK, CS_INTAKE_NEW, -1},
	};
	int64_t ticket[sizeof cases / sizeof *cases] = {0};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct cs_intake_run run = {.source = cases[i].source,
						  .update = cases[i].update};
		struct cs_intake row = basic(cases[i].key);
		enum cs_intake_outcome outcome = CS_INTAKE_NEW;
		struct cs_err e;
		enum cs_code code;

		row.subject = cases[i].subject;
		row.step = &reply;
		row.step_count = cases[i].replied;
		row.req.set = (struct cs_given[]){{"reply_text", "two"}};
		row.req.set_count = cases[i].replied;
		code = take(run, &row, &ticket[i], &outcome, &e);
		if (code != cases[i].code)
			fail_msg("case %zu: %d %s", i, (int)code, e.text);
		if (code != CS_OK)
			continue;
		assert_int_equal(outcome, cases[i].outcome);
		for (size_t k = 0; k < i; k++)
			if (cases[i].same < 0)
				assert_int_not_equal(ticket[i], ticket[k]);
		if (cases[i].same >= 0)
			assert_int_equal(ticket[i], ticket[cases[i].same]);
		if (outcome == CS_INTAKE_UPDATED)
			assert_string_equal(desk_state(ticket[i]), "answered");
	}
}

static void test_refused(void **state)
{
	const struct {
		struct cs_intake_run run;
		const char *login, *kind;
		bool no_time;
		int64_t score;
		enum cs_code code;
	} cases[] = {
		{{.source = "s"}, "ling", NULL, false, CS_NULL, CS_REFUSED},
		{{.source = "s"}, "ling", "wish", false, CS_NULL, CS_USAGE},
		{{.source = "s"}, "ling", "inquiry", false, 5, CS_REFUSED}, /* of history only */
		{{.source = "s", .history = true}, "boss", "inquiry", true, CS_NULL, CS_REFUSED},
		{{.source = "s", .history = true}, "boss", "inquiry", false, 6, CS_REFUSED},
		{{.source = "s", .history = true}, "boss", "inquiry", false, CS_NULL, CS_OK},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_intake row = basic("K");
		enum cs_intake_outcome outcome;
		struct cs_err e;
		enum cs_code code;
		int64_t ticket;

		desk_actor(cases[i].login);
		row.kind = cases[i].kind;
		row.score = cases[i].score;
		if (cases[i].no_time)
			row.opened_at = CS_TIME_NONE;
		code = take(cases[i].run, &row, &ticket, &outcome, &e);
		if (code != cases[i].code)
			fail_msg("case %zu: %d %s", i, (int)code, e.text);
	}
}

static void test_history_is_the_admins(void **state)
{
	const struct cs_intake row = basic("K");
	enum cs_intake_outcome outcome;
	struct cs_err e;
	int64_t ticket;

	(void)state;
	desk->admin = false;
	assert_int_equal(take((struct cs_intake_run){.source = "s", .history = true}, &row,
			      &ticket, &outcome, &e),
			 CS_DENIED);
}

static void test_plain(void **state)
{
	struct cs_intake row = basic("K");

	(void)state;
	assert_true(cs_intake_is_plain(&row));
	row.step_count = 1;
	assert_false(cs_intake_is_plain(&row));
	row = basic("K");
	row.closed_at = 5;
	assert_false(cs_intake_is_plain(&row));
	row = basic("K");
	row.state = "closed";
	assert_false(cs_intake_is_plain(&row));
	row = basic("K");
	row.score = 3;
	assert_false(cs_intake_is_plain(&row));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_known, begin, end),
		cmocka_unit_test_setup_teardown(test_refused, begin, end),
		cmocka_unit_test_setup_teardown(test_history_is_the_admins, begin, end),
		cmocka_unit_test_setup_teardown(test_plain, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
