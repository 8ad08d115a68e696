/* Lists of crossings: reading, order, what comes next. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/crossing.h"

static void test_lists(void **state)
{
	static const struct {
		const char *in, *out;
		size_t count;
		cs_time next;
	} cases[] = {
		{NULL, NULL, 0, CS_TIME_NONE},
		{"", NULL, 0, CS_TIME_NONE},
		{"due@100", "due@100", 1, 100},
		{"b@200,a@100", "a@100,b@200", 2, 100},           /* by time */
		{"b@100,a@100", "b@100,a@100", 2, 100},           /* equal times keep their order */
		{"a@-,b@50", "b@50,a@-", 2, 50},                  /* what stands comes last */
		{"a@-", "a@-", 1, CS_TIME_NONE},
		{"a@-+3600,b@-5+7", "b@-5+7,a@-+3600", 2, -5},    /* before 1970; used up at a reclock */
	};
	struct cs_arena a = {0};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t n;
		struct cs_crossing *list = cs_crossings_read(&a, cases[i].in, &n);
		const char *out = cs_crossings_write(&a, list, n);

		assert_int_equal(n, cases[i].count);
		if (cases[i].out)
			assert_string_equal(out, cases[i].out);
		else
			assert_null(out);
		assert_true(cs_crossings_next(out) == cases[i].next);
	}
	cs_arena_free(&a);
}

static void test_without(void **state)
{
	struct cs_arena a = {0};

	(void)state;
	assert_string_equal(cs_crossings_without(&a, "esc_1@1,esc_10@2,due@3", "esc_1"), "esc_10@2,due@3");
	assert_string_equal(cs_crossings_without(&a, "a@1", "b"), "a@1");
	assert_null(cs_crossings_without(&a, "a@1", "a"));
	assert_null(cs_crossings_without(&a, NULL, "a"));
	cs_arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_lists), cmocka_unit_test(test_without)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
