/* Rows of described tables, saved and read again. */
#include "round_trip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"

/* Every column a value of its own; texts from a pool that outlives the row. */
static void fill(const struct cs_table *t, void *row, int64_t from)
{
	static char pool[64][16];

	for (size_t i = 0; i < t->column_count; i++) {
		struct cs_value v = {CS_V_INT, from + (int64_t)i, NULL};

		if (t->column[i].type == CS_COL_TEXT) {
			snprintf(pool[i], sizeof pool[i], "t%lld", (long long)from + (long long)i);
			v = (struct cs_value){CS_V_TEXT, 0, pool[i]};
		}
		if (strcmp(t->column[i].name, "about") == 0)
			v.s = "ticket";
		assert_int_equal(cs_row_set(t, row, t->column[i].name, &v), 0);
	}
}

static int64_t owner(const struct cs_table *t, const void *row)
{
	for (size_t i = 0; i < t->column_count; i++)
		if (t->column[i].key && t->column[i].type == CS_COL_INT)
			return cs_row_int(&t->column[i], row);
	return 0;
}

void round_trip(const struct cs_table *t)
{
	struct cs_arena a = {0};
	struct cs_err e = {0};
	void *row = cs_arena_alloc(&a, t->row_size), *rows = NULL;
	size_t n = 0;

	fill(t, row, 1000);
	if (cs_table_save(desk->db, t, row, &e) < 0 || cs_table_load(desk->db, t, owner(t, row), &a, &rows, &n, &e) < 0)
		fail_msg("%s: %s", t->name, e.text);
	assert_int_equal(n, 1);
	assert_null(cs_row_differs(t, row, rows));
	/* Saving again with other values replaces every column that is no key. */
	for (size_t i = 0; i < t->column_count; i++) {
		struct cs_value v = t->column[i].type == CS_COL_TEXT ? (struct cs_value){CS_V_TEXT, 0, "changed"}
								     : (struct cs_value){CS_V_INT, 7, NULL};

		if (!t->column[i].key)
			assert_int_equal(cs_row_set(t, row, t->column[i].name, &v), 0);
	}
	if (cs_table_save(desk->db, t, row, &e) < 0 || cs_table_load(desk->db, t, owner(t, row), &a, &rows, &n, &e) < 0)
		fail_msg("%s: %s", t->name, e.text);
	assert_int_equal(n, 1);
	if (cs_row_differs(t, row, rows))
		fail_msg("%s: column %s was not replaced", t->name, cs_row_differs(t, row, rows)->name);
	/* Of another owner there is nothing. */
	assert_int_equal(cs_table_load(desk->db, t, owner(t, row) + 1, &a, &rows, &n, &e), 0);
	assert_int_equal(n, 0);
	cs_arena_free(&a);
}

void round_trip_begin(void)
{
	struct cs_err e = {0};

	assert_int_equal(cs_db_begin(desk->db, &e), 0);
	assert_int_equal(cs_step(cs_db_prepare(desk->db, "PRAGMA defer_foreign_keys=ON", &e), &e), 0);
}
