/* Types of the language have names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/policy_lang.h"
#include "policy_files.h"

static void every_type_has_a_name(void **state)
{
	(void)state;
	for (int type = CS_LANG_NAME; type <= CS_LANG_LIST; type++)
		assert_true(cs_lang_type_name((enum cs_lang_type)type) &&
			    *cs_lang_type_name((enum cs_lang_type)type));
	assert_string_equal(cs_lang_type_name(CS_LANG_SPAN), "span or $param");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_type_has_a_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
