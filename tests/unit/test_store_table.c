/* Rows by description: blanks, setting by name, order, difference, statements whose parameters do not fit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "store/rows.h"

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

static void test_values(void **state)
{
	struct cs_link_row a, b;
	struct cs_value n = {CS_V_INT, 3, NULL}, t = {CS_V_TEXT, 0, "follows"}, none = {CS_V_NONE, 0, NULL};

	(void)state;
	cs_table_blank(&cs_link_table, &a);
	assert_int_equal(a.ticket, CS_NULL);
	assert_null(a.link);
	assert_int_equal(cs_row_set(&cs_link_table, &a, "seq", &n), 0);
	assert_int_equal(cs_row_set(&cs_link_table, &a, "link", &t), 0);
	assert_int_equal(a.seq, 3);
	assert_string_equal(a.link, "follows");
	assert_int_equal(cs_row_set(&cs_link_table, &a, "link", &n), -1);  /* another type */
	assert_int_equal(cs_row_set(&cs_link_table, &a, "nosuch", &n), -1); /* another column */
	b = a;
	assert_null(cs_row_differs(&cs_link_table, &a, &b, false));
	assert_int_equal(cs_row_set(&cs_link_table, &b, "link", &none), 0);
	assert_string_equal(cs_row_differs(&cs_link_table, &a, &b, false)->name, "link"); /* NULL is not a text */
	b.seq = 4;
	assert_true(cs_row_order(&cs_link_table, &a, &b) < 0);
	assert_true(cs_row_order(&cs_link_table, &b, &a) > 0);
	b.seq = 3;
	assert_int_equal(cs_row_order(&cs_link_table, &a, &b), 0); /* only the key counts */
}

/* What an erasure cleared is no difference where personal columns are left out. */
static void test_personal(void **state)
{
	struct cs_person_row a, b;

	(void)state;
	cs_table_blank(&cs_person_table, &a);
	b = a;
	a.name = "王";
	assert_string_equal(cs_row_differs(&cs_person_table, &a, &b, false)->name, "name");
	assert_null(cs_row_differs(&cs_person_table, &a, &b, true));
	b.tier = "gold";
	assert_string_equal(cs_row_differs(&cs_person_table, &a, &b, true)->name, "tier");
}

static void test_wrong_statement(void **state)
{
	struct cs_table t = cs_link_table;
	struct cs_link_row row;
	struct cs_err e = {0};

	(void)state;
	cs_table_blank(&cs_link_table, &row);
	t.save = "INSERT INTO link (ticket, seq, link, other, until) VALUES (:seq, :ticket, :link, :other, :until)";
	assert_int_equal(cs_session_begin(desk, &e), 0);
	assert_int_equal(cs_table_save(desk->db, &t, &row, &e), -1);
	assert_int_equal(e.code, CS_INTERNAL);
	assert_string_equal(e.text, "table link: parameter 1 is :seq, not :ticket");
	cs_session_rollback(desk);
}

static void test_find(void **state)
{
	struct cs_arena a = {0};
	struct cs_err e = {0};
	struct cs_unit_row row;

	(void)state;
	assert_int_equal(cs_table_find(desk->db, &cs_unit_table, UNIT_P1, &a, &row, &e), 1);
	assert_string_equal(row.code, "p1");
	assert_int_equal(row.closed_at, CS_NULL);
	assert_int_equal(cs_table_find(desk->db, &cs_unit_table, 4711, &a, &row, &e), 0);
	cs_arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_personal),
		cmocka_unit_test_setup_teardown(test_wrong_statement, begin, end),
		cmocka_unit_test_setup_teardown(test_find, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
