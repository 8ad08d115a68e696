/* The conditions of the policy language: the form's place is its operation, and each is known by its first word. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/policy.h"
#include "domain/policy_lang.h"

/* The loader takes a form of condition by its place. */
static void forms_stand_in_the_order_of_their_ops(void **state)
{
	static const struct {
		const char *key;
		enum cs_cond_op op;
	} forms[] = {
		{"field", CS_COND_FIELD},       {"all", CS_COND_ALL},
		{"any", CS_COND_ANY},           {"not", CS_COND_NOT},
		{"since", CS_COND_SINCE},       {"done", CS_COND_DONE},
		{"clock", CS_COND_CLOCK},       {"evidence", CS_COND_EVIDENCE},
		{"party", CS_COND_PARTY},       {"list", CS_COND_LIST},
		{"via", CS_COND_VIA},           {"admission", CS_COND_ADMISSION},
		{"count", CS_COND_COUNT},       {"owed", CS_COND_OWED},
		{"linked", CS_COND_LINKED},
	};
	const struct cs_lang_object *o = cs_lang_object(CS_L_COND);
	size_t taken = 0;

	(void)state;
	for (size_t i = 0; i < o->row_count; i++)
		taken += !(o->row[i].flags & CS_LANG_LATER);
	assert_int_equal(taken, sizeof forms / sizeof *forms);
	for (size_t i = 0; i < taken; i++)
		assert_string_equal(o->row[forms[i].op].key, forms[i].key);
}

/* {"done": STEP}: the key that names the form is a required member of its object. */
static void forms_are_known_by_their_word(void **state)
{
	const struct cs_lang_object *o = cs_lang_object(CS_L_COND);

	(void)state;
	for (size_t i = 0; i < o->row_count; i++) {
		const struct cs_lang_object *form = cs_lang_object(o->row[i].of);

		if (o->row[i].flags & CS_LANG_LATER)
			continue;
		assert_true(o->row[i].of > CS_L_COND);
		if (strcmp(form->row[0].key, o->row[i].key) != 0 || !(form->row[0].flags & CS_LANG_REQUIRED))
			fail_msg("%s: its object does not begin with it", o->row[i].key);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(forms_stand_in_the_order_of_their_ops),
		cmocka_unit_test(forms_are_known_by_their_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
