/* The crossings that a running clock has before it, as text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/crossing.h"

static void test_crossings(void **state)
{
	struct cs_arena a = {0};
	struct cs_crossing list[] = {
		{"esc_2", 200, 0}, {"wait", CS_TIME_NONE, 7}, {"due", 100, 0}, {"esc_1", 100, 3600}};
	const char *text = cs_crossings_write(&a, list, 4);
	struct cs_crossing *back;
	size_t n;

	(void)state;
	assert_string_equal(text, "due@100,esc_1@100+3600,esc_2@200,wait@-+7"); /* equal times keep their order */
	back = cs_crossings_read(&a, text, &n);
	assert_int_equal(n, 4);
	assert_string_equal(back[3].id, "wait");
	assert_int_equal(back[3].at, CS_TIME_NONE);
	assert_int_equal(back[3].used, 7);
	assert_int_equal(back[1].used, 3600);
	assert_int_equal(cs_crossings_next(text), 100);
	assert_int_equal(cs_crossings_next("due@-"), CS_TIME_NONE);
	assert_int_equal(cs_crossings_next(NULL), CS_TIME_NONE);
	assert_string_equal(cs_crossings_without(&a, text, "due"), "esc_1@100+3600,esc_2@200,wait@-+7");
	assert_string_equal(cs_crossings_without(&a, text, "esc"), text);
	assert_null(cs_crossings_without(&a, "due@5", "due"));
	assert_string_equal(cs_crossings_with(&a, "esc_1@5", "due", 0), "due@-,esc_1@5");
	assert_string_equal(cs_crossings_with(&a, "due@-", "esc_1", 0), "due@-,esc_1@-");
	assert_string_equal(cs_crossings_with(&a, NULL, "due", 7), "due@-+7");
	assert_true(cs_crossings_have(text, "due") && cs_crossings_have(text, "wait"));
	assert_false(cs_crossings_have(text, "esc") || cs_crossings_have(text, "sc_1") ||
		     cs_crossings_have(NULL, "due"));
	assert_null(cs_crossings_write(&a, NULL, 0));
	cs_crossings_read(&a, NULL, &n);
	assert_int_equal(n, 0);
	back = cs_crossings_read(&a, "due@-5", &n); /* before 1970 */
	assert_int_equal(back[0].at, -5);
	cs_arena_free(&a);
}

/* Apart by a time, and together again. */
static void test_apart(void **state)
{
	const char *text = "due@100,esc_1@100+3600,esc_2@200,wait@-+7", *rest;
	struct cs_arena a = {0};

	(void)state;
	assert_null(cs_crossings_before(&a, text, 100, &rest)); /* what comes in that second has not come */
	assert_string_equal(rest, text);
	assert_string_equal(cs_crossings_before(&a, text, 201, &rest), "esc_1@100+3600,esc_2@200");
	assert_string_equal(rest, "due@100,wait@-+7"); /* the due stays, whenever it was */
	assert_string_equal(cs_crossings_join(&a, "esc_2@150", text), "due@100,esc_1@100+3600,esc_2@150,wait@-+7");
	assert_string_equal(cs_crossings_join(&a, NULL, text), text);
	assert_string_equal(cs_crossings_join(&a, text, NULL), text);
	assert_null(cs_crossings_join(&a, NULL, NULL));
	/* Reckoned anew at 200: esc_1 has fired, due has not; esc_2 on that very second is to come. */
	assert_string_equal(cs_crossings_left(&a, "due@90,esc_1@100,esc_2@200", "due@300", 200), "due@90,esc_2@200");
	assert_null(cs_crossings_left(&a, "esc_1@100", NULL, 101));
	cs_arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_crossings), cmocka_unit_test(test_apart)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
