/* Closed reports: one of each name, period and unit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "database.h"
#include "store/report_close.h"
#include "store/table.h"

static void test_all(void **state)
{
	struct cs_db *db = test_db_begin();
	struct cs_report_close_row row = {.name = "monthly",
					  .period = "2026-10",
					  .unit = CS_NULL,
					  .closed_at = 5,
					  .edition = 1,
					  .last_event = 9,
					  .chain_head = "ab",
					  .figures = "{}"};
	struct cs_report_close_row got;
	struct cs_arena a = {0};
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(cs_report_close_find(db, "monthly", "2026-10", CS_NULL, &a, &got, &e), 0);
	assert_int_equal(cs_db_begin(db, &e), 0);
	assert_int_equal(cs_report_close_add(db, &row, &e), 0);
	assert_int_equal(cs_report_close_add(db, &row, &e), -1); /* closed already */
	row.unit = 3;
	row.figures = "{\"a\":1}";
	assert_int_equal(cs_report_close_add(db, &row, &e), 0);
	assert_int_equal(cs_db_commit(db, &e), 0);
	assert_int_equal(cs_report_close_find(db, "monthly", "2026-10", CS_NULL, &a, &got, &e), 1);
	assert_int_equal(got.unit, CS_NULL);
	assert_int_equal(got.closed_at, 5);
	assert_int_equal(got.last_event, 9);
	assert_string_equal(got.chain_head, "ab");
	assert_string_equal(got.figures, "{}");
	assert_int_equal(cs_report_close_find(db, "monthly", "2026-10", 3, &a, &got, &e), 1);
	assert_string_equal(got.figures, "{\"a\":1}");
	assert_int_equal(cs_report_close_find(db, "daily", "2026-10", 3, &a, &got, &e), 0);
	cs_arena_free(&a);
	test_db_end(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
