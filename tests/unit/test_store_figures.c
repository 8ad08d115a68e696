/* Reading tickets for figures: which, in which order, and through which index. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "report_rows.h"
#include "store/figures.h"
#include "store/figures_call.h"
#include "store/ref.h"

static char *plans[64]; /* the handle knows its statements by the address of their texts */
static size_t plan_count;

static int begin(void **state)
{
	(void)state;
	desk_begin();
	desk_time("2026-11-05 12:00");
	return 0;
}

static int end(void **state)
{
	(void)state;
	desk_end();
	while (plan_count)
		free(plans[--plan_count]);
	return 0;
}

/* No statement walks a whole table: each line of the engine's plan that reads a table names an
   index or a key. A partial index read from end to end holds open tickets alone. */
static void check_plan(const char *sql)
{
	struct cs_buf text = {0};
	struct cs_stmt *s;
	struct cs_err e = {0};
	int lines = 0;

	cs_buf_printf(&text, "EXPLAIN QUERY PLAN %s", sql);
	s = cs_db_prepare(desk->db, cs_buf_str(&text), &e);
	if (!s)
		fail_msg("%s: %s", sql, e.text);
	while (cs_step(s, &e) == 1) {
		const char *line = cs_col_text(s, 3);

		if (strncmp(line, "SCAN", 4) != 0 && strncmp(line, "SEARCH", 6) != 0)
			continue;
		lines++;
		if (!strstr(line, "USING"))
			fail_msg("%s: %s", sql, line);
		if (strncmp(line, "SCAN", 4) == 0 && !strstr(line, "ticket_open"))
			fail_msg("%s: %s", sql, line);
	}
	assert_true(lines > 0);
	plans[plan_count++] = cs_buf_take(&text);
}

static void test_indexes(void **state)
{
	(void)state;
	for (size_t i = 0; i < cs_fig_statement_count; i++)
		check_plan(cs_fig_statements[i]);
	for (size_t i = 0; i < cs_fig_call_statement_count; i++)
		check_plan(cs_fig_call_statements[i]);
}

/* The walk's tickets since 2026-10-01, as numbers of the list below. */
static void test_which(void **state)
{
	static const struct {
		struct rows_ticket t;
		bool wanted;
	} list[] = {
		{{.kind = "request", .opened = "2026-08-01 09:00", .done = "2026-08-02 09:00"},
		 false},
		{{.kind = "request", .opened = "2026-08-01 09:00"}, true},
		{{.kind = "request", .opened = "2026-08-01 09:00", .done = "2026-10-02 09:00"},
		 true},
		{{.kind = "request",
		  .opened = "2026-08-01 09:00",
		  .done = "2026-08-02 09:00",
		  .last = "2026-10-01 00:00:00"},
		 true},
		{{.kind = "request",
		  .opened = "2026-08-01 09:00",
		  .done = "2026-08-02 09:00",
		  .last = "2026-09-30 23:59:59"},
		 false},
		{{.kind = "complaint", .opened = "2026-10-03 09:00", .done = "2026-10-03 10:00"},
		 true},
		{{.kind = "request", .opened = "2026-10-03 09:00"}, true},
	};
	enum { COUNT = sizeof list / sizeof *list };
	int64_t id[COUNT], last = 0, from = desk_at("2026-10-01 00:00");
	struct cs_codes_seen codes = {0};
	struct cs_fig_walk *w;
	struct cs_fig_ticket t;
	struct cs_err e = {0};
	size_t found = 0, wanted = 0, rows = 0;

	(void)state;
	for (size_t i = 0; i < COUNT; i++) {
		id[i] = rows_ticket(&list[i].t);
		for (int n = 0; n < 12; n++) { /* more than are stepped over one by one */
			rows_clock(id[i], "resolve", n + 1, 1, "2026-10-01 09:00", NULL, NULL,
				   NULL);
			rows_rung(id[i], "resolve", n + 1, "esc_1",
				  list[i].wanted ? "2026-10-02 09:00" : "2026-09-02 09:00", 0);
			rows_call(id[i], n + 1, "open", "2026-08-02 09:00", NULL, NULL, 0, NULL, 0);
		}
		wanted += list[i].wanted;
	}
	assert_int_equal(cs_fig_open(desk->db, from,
				     cs_ref_first(cs_time_day(cs_session_zone(desk), from)),
				     cs_ref_first(cs_time_day(cs_session_zone(desk), from) + 31),
				     CS_FIG_CLOCKS | CS_FIG_RUNGS | CS_FIG_CALLS, &codes, &w, &e),
			 0);
	while (cs_fig_next(w, &t, &e) == 1) {
		size_t i = 0;

		assert_true(t.id > last);
		last = t.id;
		while (i + 1 < COUNT && id[i] != t.id)
			i++;
		if (id[i] != t.id || !list[i].wanted)
			fail_msg("ticket %lld is not wanted", (long long)t.id);
		assert_string_equal(codes.text[t.kind], list[i].t.kind);
		rows += t.clock_count + t.rung_count + t.call_count;
		found++;
	}
	assert_int_equal(found, wanted);
	assert_int_equal(rows, 3 * 12 * wanted);
	cs_fig_close(w);
	cs_codes_free(&codes);
}

/* The run of a merge that was undone counts for nothing, nor do its rungs; those of others stay, moot ones too. */
static void test_annulled(void **state)
{
	int64_t id = rows_ticket(&(struct rows_ticket){.kind = "request", .opened = "2026-10-01 09:00"});
	struct cs_codes_seen codes = {0};
	struct cs_fig_walk *w;
	struct cs_fig_ticket t;
	struct cs_err e = {0};

	(void)state;
	for (int cycle = 1; cycle <= 2; cycle++)
		for (int clock = 0; clock < 2; clock++) {
			const char *name = clock ? "reply" : "resolve";

			rows_clock(id, name, cycle, 1, "2026-10-01 09:00", NULL, "2026-10-02 09:00", "void");
			rows_rung(id, name, cycle, "esc_1", "2026-10-01 12:00", ROWS_MOOT);
		}
	rows_annul(id, "resolve", 2);
	assert_int_equal(cs_fig_open(desk->db, desk_at("2026-10-01 00:00"), id, id + 1, CS_FIG_CLOCKS | CS_FIG_RUNGS,
				     &codes, &w, &e),
			 0);
	assert_int_equal(cs_fig_next(w, &t, &e), 1);
	assert_int_equal(t.clock_count, 3);
	assert_int_equal(t.rung_count, 3);
	for (size_t i = 0; i < 3; i++) {
		assert_false(t.clock[i].cycle == 2 && strcmp(codes.text[t.clock[i].clock], "resolve") == 0);
		assert_false(t.rung[i].cycle == 2 && strcmp(codes.text[t.rung[i].clock], "resolve") == 0);
	}
	cs_fig_close(w);
	cs_codes_free(&codes);
}

/* A ticket out of stock for long is found by a rung that fired since. */
static void test_found_by_rung(void **state)
{
	int64_t id = rows_ticket(&(struct rows_ticket){
		.kind = "request", .opened = "2026-08-01 09:00", .done = "2026-08-02 09:00"});
	struct cs_codes_seen codes = {0};
	struct cs_fig_walk *w;
	struct cs_fig_ticket t;
	struct cs_err e = {0};

	(void)state;
	rows_rung(id, "resolve", 1, "esc_1", "2026-10-01 00:00:00", ROWS_MOOT);
	assert_int_equal(cs_fig_open(desk->db, desk_at("2026-10-01 00:00"), INT64_MAX - 1,
				     INT64_MAX, CS_FIG_RUNGS, &codes, &w, &e),
			 0);
	assert_int_equal(cs_fig_next(w, &t, &e), 1);
	assert_int_equal(t.rung_count, 1);
	assert_true(t.rung[0].moot && !t.rung[0].imported);
	assert_int_equal(cs_fig_next(w, &t, &e), 0);
	assert_int_equal(cs_fig_next(w, &t, &e), 0);
	cs_fig_close(w);
	cs_codes_free(&codes);
}

/* ... and by a call-back that ended since, where call-backs are asked for. */
static void test_found_by_call(void **state)
{
	int64_t id = rows_ticket(
		&(struct rows_ticket){.kind = "request", .opened = "2026-08-01 09:00", .done = "2026-08-02 09:00"});
	static const struct {
		const char *from;
		int what, found;
	} cases[] = {
		{"2026-10-01 00:00:00", CS_FIG_CALLS, 1},
		{"2026-10-01 00:00:01", CS_FIG_CALLS, 0},
		{"2026-10-01 00:00:00", CS_FIG_CLOCKS | CS_FIG_RUNGS, 0},
	};

	(void)state;
	rows_call(id, 1, "dropped", "2026-08-02 09:00", NULL, "2026-10-01 00:00:00", 0, NULL, 0);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_codes_seen codes = {0};
		struct cs_fig_walk *w;
		struct cs_fig_ticket t;
		struct cs_err e = {0};

		assert_int_equal(cs_fig_open(desk->db, desk_at(cases[i].from), INT64_MAX - 1, INT64_MAX, cases[i].what,
					     &codes, &w, &e),
				 0);
		assert_int_equal(cs_fig_next(w, &t, &e), cases[i].found);
		cs_fig_close(w);
		cs_codes_free(&codes);
	}
}

static void test_codes(void **state)
{
	struct cs_codes_seen c = {0};
	char text[32];

	(void)state;
	assert_int_equal(cs_code_number(&c, NULL), 0);
	for (int i = 1; i <= 1000; i++) {
		snprintf(text, sizeof text, "code.%d", i);
		assert_int_equal(cs_code_number(&c, text), i);
	}
	assert_int_equal(cs_code_number(&c, "code.500"), 500);
	assert_string_equal(c.text[500], "code.500");
	assert_null(c.text[0]);
	cs_codes_free(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_indexes, begin, end),
		cmocka_unit_test_setup_teardown(test_which, begin, end),
		cmocka_unit_test_setup_teardown(test_annulled, begin, end),
		cmocka_unit_test_setup_teardown(test_found_by_rung, begin, end),
		cmocka_unit_test_setup_teardown(test_found_by_call, begin, end),
		cmocka_unit_test(test_codes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
