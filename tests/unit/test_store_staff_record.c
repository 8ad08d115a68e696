/* One training of one person. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "database.h"
#include "domain/record.h"
#include "store/staff_record.h"

static void found_by_person_name_and_time(void **state)
{
	const struct cs_staff_row who = {1, "wang", "wang", CS_NULL, NULL, 0, CS_NULL};
	const struct cs_staff_record_row row = {5, 1, "pre_duty", 100, 200, "note"};
	struct cs_arena a = {0};
	struct cs_effects l = {.arena = &a};
	struct cs_db *db = test_db_begin();
	struct cs_staff_record_row key = {.staff = 1, .record = "pre_duty", .at = 100}, other = key,
				   third = key;
	struct cs_err e = {0};

	(void)state;
	cs_record_row(&l, &cs_staff_table, NULL, &who);
	cs_record_row(&l, &cs_staff_record_table, NULL, &row);
	test_db_record(db, &l);
	assert_int_equal(cs_staff_record_find(db, &key, &a, &e), 1);
	assert_int_equal(key.id, 5);
	assert_int_equal(key.until, 200);
	assert_string_equal(key.note, "note");
	other.at = 101;
	third.record = "safety";
	assert_int_equal(cs_staff_record_find(db, &other, &a, &e), 0);
	assert_int_equal(cs_staff_record_find(db, &third, &a, &e), 0);
	test_db_end(db);
	cs_arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(found_by_person_name_and_time)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
