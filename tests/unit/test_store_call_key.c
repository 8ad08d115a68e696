/* Calls that happen once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "database.h"
#include "store/call_key.h"

static void found_as_it_was_added(void **state)
{
	const struct cs_call_key k = {"k-1", "cs-org", "d1", "p1\t阳光\n", 42};
	struct cs_call_key got = {0};
	struct cs_arena a = {0};
	struct cs_db *db = test_db_begin();
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(cs_call_key_find(db, "k-1", &a, &got, &e), 0);
	assert_int_equal(cs_call_key_add(db, &k, &e), 0);
	assert_int_equal(cs_call_key_find(db, "k-2", &a, &got, &e), 0);
	assert_int_equal(cs_call_key_find(db, "k-1", &a, &got, &e), 1);
	assert_string_equal(got.program, "cs-org");
	assert_string_equal(got.digest, "d1");
	assert_string_equal(got.answer, "p1\t阳光\n");
	assert_int_equal(got.at, 42);
	assert_int_equal(cs_call_key_add(db, &k, &e), -1);
	test_db_end(db);
	cs_arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(found_as_it_was_added)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
