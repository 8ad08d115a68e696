/* Which states are in use. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "store/states.h"

static void counted_by_kind_and_state(void **state)
{
	struct cs_arena a = {0};
	struct cs_state_use *use;
	struct cs_err e = {0};
	size_t n;

	(void)state;
	desk_begin();
	assert_int_equal(cs_states_in_use(desk->db, &a, &use, &n, &e), 0);
	assert_int_equal(n, 0);
	desk_register("request", "eng.leak", "", NULL);
	desk_register("request", "eng.leak", "", NULL);
	desk_register("complaint", "eng.leak", "", NULL);
	assert_int_equal(cs_states_in_use(desk->db, &a, &use, &n, &e), 0);
	assert_int_equal(n, 2);
	assert_string_equal(use[0].kind, "complaint");
	assert_int_equal(use[0].tickets, 1);
	assert_string_equal(use[1].kind, "request");
	assert_string_equal(use[1].state, "registered");
	assert_int_equal(use[1].tickets, 2);
	desk_end();
	cs_arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(counted_by_kind_and_state)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
