/* Rows by description: every folded table reads back what was saved, column by column. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "database.h"
#include "store/rows.h"

/* A different value for each column; `seed` tells rows apart. */
static void fill(const struct cs_table *t, void *row, int64_t seed, struct cs_arena *a)
{
	for (size_t i = 0; i < t->column_count; i++) {
		const struct cs_table_column *c = &t->column[i];
		struct cs_value v = {CS_V_INT, seed * 100 + (int64_t)i, NULL};

		if (c->type == CS_COL_TEXT)
			v = (struct cs_value){CS_V_TEXT, 0, cs_arena_printf(a, "%s %lld", c->name, (long long)seed)};
		assert_int_equal(cs_row_set(t, row, c->name, &v), 0);
	}
}

static void test_every_table(void **state)
{
	struct cs_db *db = test_db_begin();
	struct cs_arena a = {0};
	struct cs_err e = {0};
	struct cs_stmt *off;

	(void)state;
	off = cs_db_prepare(db, "PRAGMA foreign_keys = OFF", &e); /* the values are made up */
	assert_int_equal(cs_run(off, &e), 0);
	for (size_t i = 0; i < cs_table_count; i++) {
		const struct cs_table *t = cs_tables[i];
		void *row = cs_arena_alloc(&a, t->row_size), *rows;
		const struct cs_table_column *differs;
		size_t n = 0;

		cs_table_blank(t, row);
		fill(t, row, 7, &a);
		if (cs_db_begin(db, &e) < 0 || cs_table_save(db, t, row, &e) < 0 || cs_table_save(db, t, row, &e) < 0 ||
		    cs_db_commit(db, &e) < 0)
			fail_msg("%s: %s", t->name, e.text);
		if (t->column[0].type == CS_COL_INT) {
			assert_int_equal(cs_table_load(db, t, cs_row_int(&t->column[0], row), &a, &rows, &n, &e), 0);
			if (n != 1)
				fail_msg("%s: %zu rows", t->name, n);
			differs = cs_row_differs(t, row, rows);
			if (differs)
				fail_msg("%s.%s differs", t->name, differs->name);
		}
		for (size_t c = 0; c < t->column_count; c++) {
			uint64_t bit = cs_table_bit(t, t->column[c].name);

			assert_int_equal(bit, UINT64_C(1) << c);
		}
	}
	cs_arena_free(&a);
	test_db_end(db);
}

static void test_rows(void **state)
{
	struct cs_unit_row u, w;
	const struct cs_value number = {CS_V_INT, 5, NULL}, text = {CS_V_TEXT, 0, "p1"}, none = {0};

	(void)state;
	cs_table_blank(&cs_unit_table, &u);
	assert_int_equal(u.parent, CS_NULL);
	assert_null(u.code);
	assert_int_equal(cs_row_set(&cs_unit_table, &u, "code", &text), 0);
	assert_int_equal(cs_row_set(&cs_unit_table, &u, "code", &number), -1);
	assert_int_equal(cs_row_set(&cs_unit_table, &u, "parent", &text), -1);
	assert_int_equal(cs_row_set(&cs_unit_table, &u, "nosuch", &number), -1);
	u.id = 1;
	w = u;
	assert_null(cs_row_differs(&cs_unit_table, &u, &w));
	assert_int_equal(cs_row_set(&cs_unit_table, &w, "code", &none), 0);
	assert_string_equal(cs_row_differs(&cs_unit_table, &u, &w)->name, "code");
	w.id = 2;
	assert_true(cs_row_order(&cs_unit_table, &u, &w) < 0);
	assert_true(cs_row_order(&cs_unit_table, &w, &u) > 0);
	assert_int_equal(cs_row_order(&cs_unit_table, &u, &u), 0);
	assert_int_equal(cs_table_bit(&cs_unit_table, "nosuch"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_table), cmocka_unit_test(test_rows)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
