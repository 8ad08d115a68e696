/* Ways to tickets: each through an index, none through the whole table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "store/list.h"
#include "store/ref.h"

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

/* Of a plan's lines, SCAN is allowed on the index that holds nothing but the tickets in stock. */
static void check_plan(const char *sql)
{
	static char explain[20][1024];
	static size_t used;
	char *text = explain[used++];
	struct cs_err e = {0};
	struct cs_stmt *s;
	int lines = 0;

	snprintf(text, sizeof explain[0], "EXPLAIN QUERY PLAN %s", sql);
	s = cs_db_prepare(desk->db, text, &e);
	if (!s)
		fail_msg("%s", e.text);
	while (cs_step(s, &e) == 1) {
		const char *line = cs_col_text(s, 3);

		lines++;
		if (strstr(line, "SCAN") && !strstr(line, "ticket_open"))
			fail_msg("%s: %s", sql, line);
		if (strstr(line, "TEMP B-TREE"))
			fail_msg("%s: %s", sql, line);
	}
	assert_true(lines > 0);
}

static void test_plans(void **state)
{
	(void)state;
	assert_true(cs_list_sql_count >= 5);
	for (size_t i = 0; i < cs_list_sql_count; i++)
		check_plan(cs_list_sql[i]);
	check_plan(cs_ticket_table.by_key);
	check_plan(cs_ticket_table.scan);
}

static void test_lists(void **state)
{
	struct cs_id_list l = {0};
	struct cs_arena a = {0};
	struct cs_err e = {0};
	int64_t one, two, three, done = 0, due;

	(void)state;
	one = desk_register("request", "eng.leak", "", NULL);
	two = desk_register("inquiry", "svc.fees", "", NULL);
	three = desk_register("request", "eng.leak", "", NULL);
	due = desk_at("2026-11-03 00:00");
	assert_int_equal(cs_list_open(desk->db, CS_NULL, &a, &l, &e), 0);
	assert_int_equal(l.count, 3);
	assert_true(l.id[0] == two && l.id[1] == one && l.id[2] == three); /* I before R */
	l = (struct cs_id_list){0};
	cs_list_open(desk->db, due, &a, &l, &e); /* before, not on the second; an inquiry has no due */
	assert_int_equal(l.count, 0);
	cs_list_open(desk->db, due + 1, &a, &l, &e);
	assert_int_equal(l.count, 2);

	desk_time("2026-11-02 10:00");
	done = desk_at("2026-11-02 10:00");
	desk_do(two, "reply reply_text=好");
	l = (struct cs_id_list){0};
	cs_list_done(desk->db, done, done + 1, &a, &l, &e);
	assert_int_equal(l.count, 1);
	assert_int_equal(l.id[0], two);
	l = (struct cs_id_list){0};
	cs_list_done(desk->db, done + 1, done + 2, &a, &l, &e);
	cs_list_done(desk->db, done - 1, done, &a, &l, &e);
	assert_int_equal(l.count, 0);
	cs_list_key(desk->db, "seal", "A1", &a, &l, &e);
	assert_int_equal(l.count, 0);
	cs_arena_free(&a);
}

static void test_sets(void **state)
{
	int64_t x[] = {5, 1, 5, 3, 1}, y[] = {1, 2, 5, 9};
	struct cs_id_list l = {x, 5, 5}, other = {y, 4, 4}, none = {0};

	(void)state;
	cs_id_list_sort(&l);
	assert_int_equal(l.count, 3);
	assert_true(x[0] == 1 && x[1] == 3 && x[2] == 5);
	cs_id_list_meet(&l, &other);
	assert_int_equal(l.count, 2);
	assert_true(x[0] == 1 && x[1] == 5);
	cs_id_list_meet(&l, &none);
	assert_int_equal(l.count, 0);
	cs_id_list_sort(&none);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_plans, begin, end),
		cmocka_unit_test_setup_teardown(test_lists, begin, end),
		cmocka_unit_test(test_sets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
