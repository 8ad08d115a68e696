/* What a policy means as a whole: what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "policy_files.h"

static void refused_with_these_words(void **state)
{
	(void)state;
	refuse_cases("check", 12);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refused_with_these_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
