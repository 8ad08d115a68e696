/* The running numbers of each prefix and day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "database.h"
#include "store/counter.h"

static void test_numbers(void **state)
{
	static const struct {
		const char *prefix;
		int32_t day;
		int64_t wanted;
	} cases[] = {{"R", 1, 1}, {"R", 1, 2}, {"R", 2, 1}, {"C", 1, 1}, {"R", 1, 3}, {"RR", 1, 1}, {"R", -5, 1}};
	struct cs_db *db = test_db_begin();
	struct cs_err e = {0};
	int64_t n;

	(void)state;
	assert_int_equal(cs_db_begin(db, &e), 0);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(cs_counter_next(db, cases[i].prefix, cases[i].day, &n, &e), 0);
		assert_int_equal(n, cases[i].wanted);
		assert_int_equal(cs_counter_next(db, cases[i].prefix, cases[i].day, &n, &e), 0);
		assert_int_equal(n, cases[i].wanted); /* not drawn yet */
		assert_int_equal(cs_counter_set(db, cases[i].prefix, cases[i].day, n, &e), 0);
	}
	cs_db_rollback(db); /* what was undone was not drawn */
	assert_int_equal(cs_db_begin(db, &e), 0);
	assert_int_equal(cs_counter_next(db, "R", 1, &n, &e), 0);
	assert_int_equal(n, 1);
	cs_db_rollback(db);
	test_db_end(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_numbers)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
