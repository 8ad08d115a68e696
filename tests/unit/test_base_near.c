/* Edit distance and the nearest name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/near.h"

static void counts_faults(void **state)
{
	static const struct {
		const char *a, *b;
		size_t distance;
	} cases[] = {
		{"", "", 0},         {"a", "", 1},         {"", "abc", 3},
		{"kind", "kind", 0}, {"kind", "kinds", 1}, {"kind", "knid", 1},
		{"kind", "kond", 1}, {"kind", "ind", 1},   {"kitten", "sitting", 3},
		{"ca", "abc", 3},    {"unit", "until", 2}, {"电化", "电话", 1},
		{"咨旬", "咨询", 1}, {"客户", "户客", 1},  {"é", "e", 1},
		{"\xE5", "x", 1},    {"\x80", "", 1},
	};
	char large[80];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(cs_near_distance(cases[i].a, cases[i].b), cases[i].distance);
		assert_int_equal(cs_near_distance(cases[i].b, cases[i].a), cases[i].distance);
	}
	memset(large, 'a', 63);
	large[63] = '\0';
	assert_int_equal(cs_near_distance(large, large), 0);
	large[63] = 'a';
	large[64] = '\0';
	assert_true(cs_near_distance(large, "a") == SIZE_MAX);
}

static void picks_the_nearest(void **state)
{
	static const char *const names[] = {"kind", "unit", "until", "closed", "to", "电话", "客户签字", "due"};
	static const struct {
		const char *wanted, *best;
	} cases[] = {
		{"knid", "kind"}, {"untl", "until"}, {"uint", "unit"},   {"clsoed", "closed"}, {"xyz", NULL},
		{"ot", "to"},     {"x", NULL},       {"", NULL},         {"电化", "电话"},     {"业主签字", "客户签字"},
		{"电", NULL},     {"费用", NULL},    {"duedate", "due"}, {"due;to", NULL},     {"clo", "closed"},
		{"cl", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_near n = {.wanted = cases[i].wanted};

		for (size_t k = 0; k < sizeof names / sizeof *names; k++)
			cs_near_try(&n, names[k]);
		if (!cases[i].best)
			assert_null(n.best);
		else if (!n.best || strcmp(n.best, cases[i].best) != 0)
			fail_msg("%s: wanted %s, got %s", cases[i].wanted, cases[i].best, n.best);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_faults),
		cmocka_unit_test(picks_the_nearest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
