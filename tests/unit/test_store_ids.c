/* New ids are one more than the largest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "database.h"
#include "domain/record.h"
#include "store/ids.h"
#include "store/rows.h"

static void one_more_than_the_largest(void **state)
{
	struct cs_arena a = {0};
	struct cs_effects l = {.arena = &a};
	struct cs_db *db = test_db_begin();
	struct cs_err e = {0};
	int64_t id = 0;

	(void)state;
	for (size_t i = cs_ticket_table_count; i < cs_table_count; i++) {
		assert_int_equal(cs_id_next(db, cs_tables[i], &id, &e), 0);
		assert_int_equal(id, 1);
	}
	cs_record_code(&l, &cs_unit_table, 41, "code", "p1");
	cs_record_code(&l, &cs_unit_table, 41, "name", "p1");
	cs_record_code(&l, &cs_unit_table, 41, "level", "project");
	test_db_record(db, &l);
	assert_int_equal(cs_id_next(db, &cs_unit_table, &id, &e), 0);
	assert_int_equal(id, 42);
	assert_int_equal(cs_id_next(db, &cs_staff_table, &id, &e), 0);
	assert_int_equal(id, 1);
	assert_int_equal(cs_id_next(db, &cs_ticket_table, &id, &e), -1);
	assert_int_equal(e.code, CS_INTERNAL);
	test_db_end(db);
	cs_arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(one_more_than_the_largest)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
