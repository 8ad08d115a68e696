/* Tickets whose clocks run under another edition. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "plans.h"
#include "store/running.h"

static void only_those_of_other_editions(void **state)
{
	struct cs_arena a = {0};
	struct cs_err e = {0};
	int64_t first, second, *got;
	size_t n;

	(void)state;
	desk_begin();
	first = desk_register("request", "eng.leak", "", NULL);
	second = desk_register("request", "eng.leak", "", NULL);
	assert_int_equal(cs_running_elsewhere(desk->db, desk->edition, 0, 10, &a, &got, &n, &e), 0);
	assert_int_equal(n, 0);
	assert_int_equal(cs_running_elsewhere(desk->db, desk->edition + 1, 0, 10, &a, &got, &n, &e),
			 0);
	assert_int_equal(n, 2);
	assert_int_equal(got[0], first);
	assert_int_equal(cs_running_elsewhere(desk->db, desk->edition + 1, 0, 1, &a, &got, &n, &e),
			 0);
	assert_int_equal(n, 1);
	assert_int_equal(
		cs_running_elsewhere(desk->db, desk->edition + 1, first, 10, &a, &got, &n, &e), 0);
	assert_int_equal(n, 1);
	assert_int_equal(got[0], second);
	desk_end();
	cs_arena_free(&a);
}

static struct cs_owed_row owed_by(const char *about, int64_t subject, int64_t due)
{
	struct cs_owed_row row;

	cs_table_blank(&cs_owed_table, &row);
	row.about = about;
	row.subject = subject;
	row.duty = "d";
	row.cause = "c";
	row.edition = 1;
	row.owed_at = 100;
	row.times = 0;
	row.due_at = due;
	return row;
}

/* What is owed by a time, and open: by a ticket whose clocks have stopped, by a unit. */
static void owed_elsewhere(void **state)
{
	static const struct {
		const char *about;
		int64_t due, done, waived, missed;
		int there;
	} cases[] = {
		{"ticket", 500, CS_NULL, CS_NULL, CS_NULL, 1}, {"unit", 500, CS_NULL, CS_NULL, CS_NULL, 1},
		{"ticket", 500, 300, CS_NULL, CS_NULL, 0},     {"unit", 500, CS_NULL, 300, CS_NULL, 0},
		{"ticket", 500, CS_NULL, CS_NULL, 500, 0},     {"unit", CS_NULL, CS_NULL, CS_NULL, CS_NULL, 0},
	};
	struct cs_arena a = {0};
	struct cs_err e = {0};
	int64_t *got;
	size_t n;

	(void)state;
	desk_begin();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const bool unit = strcmp(cases[i].about, "unit") == 0;
		struct cs_owed_row row = owed_by(cases[i].about, 700 + (int64_t)i, cases[i].due);

		row.done_at = cases[i].done;
		row.waived_at = cases[i].waived;
		row.missed_at = cases[i].missed;
		assert_int_equal(cs_table_add(desk->db, &cs_owed_table, &row, &e), 0);
		for (int64_t edition = 1; edition <= 2; edition++) {
			const int want = edition == 2 && cases[i].there;

			assert_int_equal(
				unit ? cs_running_units(desk->db, edition, &a, &got, &n, &e)
				     : cs_running_elsewhere(desk->db, edition, row.subject - 1, 1, &a, &got, &n, &e),
				0);
			if (want ? n == 0 || got[n - 1] != row.subject : n > 0 && got[n - 1] == row.subject)
				fail_msg("case %zu, edition %lld", i, (long long)edition);
		}
	}
	desk_end();
	cs_arena_free(&a);
}

/* The ticket is looked up for the clocks that a merge holds alone, so not by a join; nothing is sorted. */
static void plans(void **state)
{
	char text[1024];
	struct cs_err e = {0};
	struct cs_stmt *s;
	bool asked = false;

	(void)state;
	desk_begin();
	for (size_t i = 0; i < cs_running_statement_count; i++)
		test_plan(desk->db, cs_running_statements[i], "USING ");
	snprintf(text, sizeof text, "EXPLAIN QUERY PLAN %s", cs_running_statements[0]);
	s = cs_db_prepare(desk->db, text, &e);
	for (bool inside = false; s && cs_step(s, &e) == 1;) {
		const char *line = cs_col_text(s, 3);

		asked = asked || (inside && strstr(line, "SEARCH t "));
		inside = strstr(line, "CORRELATED") != NULL;
	}
	assert_true(asked);
	desk_end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(only_those_of_other_editions),
					   cmocka_unit_test(owed_elsewhere), cmocka_unit_test(plans)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
