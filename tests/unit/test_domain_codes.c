/* Codes of the rules. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/codes.h"

static void codes_of_the_rules(void **state)
{
	static const struct {
		const char *list, *code, *says; /* says NULL: it is one */
	} cases[] = {
		{"level", "project", NULL},
		{"tier", "gold", NULL},
		{"tier", "glod", "no tier 'glod'; did you mean 'gold'?"},
		{"tier", "platinum",
		 "no tier 'platinum'; the rules have gold, silver, bronze, none"},
		{"no_such_list", "x", "no no_such_list 'x'; the rules have none"},
		{"level", "", "no level ''; the rules have hq, region, project, department, area"},
	};

	(void)state;
	desk_begin();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_err e = {0};
		int rc = cs_code_check(desk->policy, cases[i].list, cases[i].code, &e);

		assert_int_equal(rc, cases[i].says ? -1 : 0);
		if (cases[i].says) {
			assert_string_equal(e.text, cases[i].says);
			assert_int_equal(e.code, CS_USAGE);
		}
	}
	desk_end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(codes_of_the_rules)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
