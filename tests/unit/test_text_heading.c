/* Headings in two languages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "text/heading.h"

static void either_language(void **state)
{
	static const struct cs_heading one = {"name", {"姓名", "客户"}}, bare = {"code", {NULL}};

	(void)state;
	assert_true(cs_heading_is(&one, "name"));
	assert_true(cs_heading_is(&one, "姓名"));
	assert_true(cs_heading_is(&one, "客户"));
	assert_false(cs_heading_is(&one, "Name"));
	assert_false(cs_heading_is(&one, ""));
	assert_true(cs_heading_is(&bare, "code"));
	assert_false(cs_heading_is(&bare, "代码"));
}

static void what_else_may_be_wrong(void **state)
{
	(void)state;
	assert_non_null(strstr(cs_heading_hint("a;b", 1), "commas"));
	assert_non_null(strstr(cs_heading_hint("a\tb", 1), "commas"));
	assert_non_null(strstr(cs_heading_hint("\xEF\xBF\xBD", 1), "--encoding"));
	assert_non_null(strstr(cs_heading_hint("a;b", 2), "--encoding"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(either_language),
					   cmocka_unit_test(what_else_may_be_wrong)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
