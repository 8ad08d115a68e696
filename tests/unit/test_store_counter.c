/* Running numbers: from 1 per prefix and day, given back by a rollback. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "store/counter.h"

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

static int64_t next(const char *prefix, int32_t day)
{
	struct cs_err e = {0};
	int64_t n = 0;

	if (cs_counter_next(desk->db, prefix, day, &n, &e) < 0 || cs_counter_set(desk->db, prefix, day, n, &e) < 0)
		fail_msg("%s", e.text);
	return n;
}

static void test_numbers(void **state)
{
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(cs_session_begin(desk, &e), 0);
	assert_int_equal(next("X", 20000), 1);
	assert_int_equal(next("X", 20000), 2);
	assert_int_equal(next("X", 20001), 1); /* another day */
	assert_int_equal(next("XY", 20000), 1); /* another prefix */
	assert_int_equal(cs_session_commit(desk, &e), 0);
	assert_int_equal(cs_session_begin(desk, &e), 0);
	assert_int_equal(next("X", 20000), 3);
	cs_session_rollback(desk);
	assert_int_equal(cs_session_begin(desk, &e), 0);
	assert_int_equal(next("X", 20000), 3); /* what was not committed was not used */
	cs_session_rollback(desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(test_numbers, begin, end)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
