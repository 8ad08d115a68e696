/* What is owed, through its indexes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "database.h"
#include "plans.h"
#include "store/due.h"
#include "store/owed.h"

static struct cs_db *db;
static struct cs_arena a;

static int begin(void **state)
{
	(void)state;
	db = test_db_begin();
	return 0;
}

static int end(void **state)
{
	(void)state;
	test_db_end(db);
	cs_arena_free(&a);
	return 0;
}

static void put(const char *about, int64_t subject, const char *duty, const char *cause, int64_t next, int64_t ended)
{
	struct cs_owed_row row;
	struct cs_err e = {0};

	cs_table_blank(&cs_owed_table, &row);
	row.about = about;
	row.subject = subject;
	row.duty = duty;
	row.cause = cause;
	row.edition = 1;
	row.owed_at = 10;
	row.times = 0;
	row.next_at = next;
	row.missed_at = ended;
	if (cs_table_save(db, &cs_owed_table, &row, &e) < 0)
		fail_msg("%s", e.text);
}

static void fill(void)
{
	put("unit", 3, "watch", "a", 50, CS_NULL);
	put("unit", 3, "watch", "b", 40, CS_NULL);
	put("unit", 3, "ledger", "a", CS_NULL, 30);
	put("unit", 7, "watch", "a", 20, CS_NULL);
	put("ticket", 900, "report", "x", 15, CS_NULL);
	put("ticket", 901, "report", "x", 60, CS_NULL);
}

static size_t count(struct cs_stmt *walk)
{
	struct cs_owed_row row;
	struct cs_err e = {0};
	size_t n = 0;

	while (cs_owed_next(walk, &a, &row, &e) == 1)
		n++;
	return n;
}

static void test_walks(void **state)
{
	struct cs_owed_row row;
	struct cs_err e = {0};

	(void)state;
	fill();
	assert_int_equal(count(cs_owed_walk_open(db, &e)), 5);
	assert_int_equal(count(cs_owed_walk_all(db, &e)), 6);
	assert_int_equal(count(cs_owed_walk_others(db, &e)), 4);
	assert_int_equal(count(cs_owed_walk_missed(db, 30, &e)), 1);
	assert_int_equal(count(cs_owed_walk_missed(db, 31, &e)), 0);
	assert_int_equal(count(cs_owed_walk_of(db, "unit", 3, &e)), 3);
	assert_int_equal(cs_owed_find(db, &(struct cs_owed_key){"unit", 3, "ledger", "a"}, &a, &row, &e), 1);
	assert_string_equal(cs_owed_state(&row), "missed");
	assert_false(cs_owed_open(&row));
	assert_int_equal(cs_owed_find(db, &(struct cs_owed_key){"ticket", 3, "ledger", "a"}, &a, &row, &e), 0);
	assert_int_equal(cs_owed_there(db, &(struct cs_owed_key){"unit", 7, "watch", "a"}, &e), 1);
	assert_int_equal(cs_owed_there(db, &(struct cs_owed_key){"unit", 7, "watch", "b"}, &e), 0);
}

/* The first crossing of a unit before a time; units that have one; tickets that have one. */
static void test_crossings(void **state)
{
	const struct cs_due none = {INT64_MIN, 0};
	struct cs_owed_row row;
	struct cs_due list[4];
	struct cs_err e = {0};
	int64_t unit;
	size_t n;

	(void)state;
	fill();
	assert_int_equal(cs_owed_first(db, 3, 100, &a, &row, &e), 1);
	assert_string_equal(row.cause, "b");
	assert_int_equal(cs_owed_first(db, 3, 40, &a, &row, &e), 0);
	assert_int_equal(cs_owed_next_unit(db, 0, 100, &unit, &e), 1);
	assert_int_equal(unit, 3);
	assert_int_equal(cs_owed_next_unit(db, 3, 100, &unit, &e), 1);
	assert_int_equal(unit, 7);
	assert_int_equal(cs_owed_next_unit(db, 7, 100, &unit, &e), 0);
	assert_int_equal(cs_owed_next_unit(db, 0, 20, &unit, &e), 0);
	assert_int_equal(cs_due_crossings(db, &none, 100, list, 4, &n, &e), 0);
	assert_int_equal(n, 2);
	assert_int_equal(list[0].ticket, 900);
	assert_int_equal(cs_due_crossings(db, &none, 15, list, 4, &n, &e), 0);
	assert_int_equal(n, 0);
}

/* What became of it, when, and whether that was late: on the second of the due it is in time. */
static void test_states(void **state)
{
	static const struct {
		int64_t due, done, waived, missed;
		const char *why, *want;
		int64_t now;
		bool late;
		int64_t missed_due; /* 0: none */
	} cases[] = {
		{50, CS_NULL, CS_NULL, CS_NULL, NULL, "owed", 50, false, 0},
		{50, CS_NULL, CS_NULL, CS_NULL, NULL, "owed", 51, true, 0},
		{CS_NULL, CS_NULL, CS_NULL, CS_NULL, NULL, "owed", 900, false, 0},
		{50, 50, CS_NULL, CS_NULL, NULL, "done", 900, false, 0},
		{50, 51, CS_NULL, CS_NULL, NULL, "done", 900, true, 0},
		{50, CS_NULL, CS_NULL, 50, NULL, "missed", 50, true, 0},
		{50, CS_NULL, 40, CS_NULL, "waived", "waived", 900, false, 0},
		{50, CS_NULL, 60, CS_NULL, "fell", "fell", 900, true, 0},
		{50, CS_NULL, 40, CS_NULL, "closed", "ended", 900, false, 0},
		{50, CS_NULL, 60, CS_NULL, "merged", "ended", 900, true, 0},
		{50, CS_NULL, CS_NULL, CS_NULL, NULL, "owed", 31, true, 30},
		{50, 40, CS_NULL, CS_NULL, NULL, "done", 900, true, 30},
		{50, 30, CS_NULL, CS_NULL, NULL, "done", 900, false, 30}, /* entered later, done by then */
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_owed_row row;

		cs_table_blank(&cs_owed_table, &row);
		row.due_at = cases[i].due;
		row.done_at = cases[i].done;
		row.waived_at = cases[i].waived;
		row.missed_at = cases[i].missed;
		row.why = cases[i].why;
		row.missed_due = cases[i].missed_due ? cases[i].missed_due : CS_NULL;
		assert_string_equal(cs_owed_state(&row), cases[i].want);
		if (cs_owed_late(&row, cases[i].now) != cases[i].late)
			fail_msg("case %zu: %s", i, cases[i].late ? "not late" : "late");
	}
}

/* Which unit is next is found by what is to come, not by walking all that units ever owed. */
static void test_next_plan(void **state)
{
	static char text[1024];
	struct cs_err e = {0};
	struct cs_stmt *s;
	bool by_next = false;

	(void)state;
	snprintf(text, sizeof text, "EXPLAIN QUERY PLAN %s", cs_owed_statements[cs_owed_statement_count - 1]);
	s = cs_db_prepare(db, text, &e);
	while (s && cs_step(s, &e) == 1)
		by_next = by_next || strstr(cs_col_text(s, 3), "INDEX owed_next");
	assert_true(by_next);
}

static void test_plans(void **state)
{
	(void)state;
	for (size_t i = 0; i < cs_owed_statement_count; i++)
		test_plan(db, cs_owed_statements[i], "USING ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_walks, begin, end),
		cmocka_unit_test_setup_teardown(test_crossings, begin, end),
		cmocka_unit_test_setup_teardown(test_plans, begin, end),
		cmocka_unit_test_setup_teardown(test_next_plan, begin, end),
		cmocka_unit_test(test_states),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
