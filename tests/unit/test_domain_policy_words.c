/* The words every ticket knows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/policy_words.h"

static void each_is_found_by_its_name(void **state)
{
	(void)state;
	assert_true(cs_word_count > 20);
	for (size_t i = 0; i < cs_word_count; i++) {
		assert_ptr_equal(cs_word_find(cs_words[i].name), &cs_words[i]);
		assert_true(cs_words[i].use != 0);
		/* A code has a list; a text can neither be compared nor listed. */
		assert_true((cs_words[i].type == CS_FIELD_CODE) == (cs_words[i].codes != NULL));
	}
	assert_null(cs_word_find("colour"));
	assert_null(cs_word_find(""));
}

/* cs-policy(5) says where each may stand. */
static void where_they_may_stand(void **state)
{
	static const struct {
		const char *name;
		unsigned use;
	} rows[] = {
		{"note", CS_WORD_NEED},
		{"state", CS_WORD_COND},
		{"handling", CS_WORD_COND | CS_WORD_NEED | CS_WORD_TAKE},
		{"validity", CS_WORD_COND | CS_WORD_TAKE},
		{"channel", CS_WORD_COND | CS_WORD_NEED},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(cs_word_find(rows[i].name)->use, rows[i].use);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_is_found_by_its_name),
		cmocka_unit_test(where_they_may_stand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
