/* Tickets whose clocks run under another edition. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "store/running.h"

static void only_those_of_other_editions(void **state)
{
	struct cs_arena a = {0};
	struct cs_err e = {0};
	int64_t first, second, *got;
	size_t n;

	(void)state;
	desk_begin();
	first = desk_register("request", "eng.leak", "", NULL);
	second = desk_register("request", "eng.leak", "", NULL);
	assert_int_equal(cs_running_elsewhere(desk->db, desk->edition, 0, 10, &a, &got, &n, &e), 0);
	assert_int_equal(n, 0);
	assert_int_equal(cs_running_elsewhere(desk->db, desk->edition + 1, 0, 10, &a, &got, &n, &e),
			 0);
	assert_int_equal(n, 2);
	assert_int_equal(got[0], first);
	assert_int_equal(cs_running_elsewhere(desk->db, desk->edition + 1, 0, 1, &a, &got, &n, &e),
			 0);
	assert_int_equal(n, 1);
	assert_int_equal(
		cs_running_elsewhere(desk->db, desk->edition + 1, first, 10, &a, &got, &n, &e), 0);
	assert_int_equal(n, 1);
	assert_int_equal(got[0], second);
	desk_end();
	cs_arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(only_those_of_other_editions)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
