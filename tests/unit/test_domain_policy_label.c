/* Labels: each id has one in both languages; how they are found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "policy_files.h"

static int set_up(void **state)
{
	*state = good_policy("lib/policy/property.json");
	return 0;
}

static int tear_down(void **state)
{
	cs_policy_free(*state);
	return 0;
}

static void refused_with_these_words(void **state)
{
	(void)state;
	refuse_cases("label", 3);
}

static void labels_fall_back(void **state)
{
	static const struct {
		const char *lang, *path, *text;
	} rows[] = {
		{"zh", "kinds/complaint", "客户投诉"},
		{"en", "kinds/request/steps/note", "note"},
		{"zh", "kinds/request/clocks/resolve/rungs/esc_2", "第二级:客服主管"},
		{"zh", "kinds/request/lists/fees/amount", "金额"},
		{"zh", "codes/waits/supplier", "等配件"},
		{"fr", "kinds/complaint", "complaint"},
		{"en", "nothing/like/it", "it"},
		{"en", "plain", "plain"},
		{"en", "", ""},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_string_equal(cs_policy_label(*state, rows[i].lang, rows[i].path),
				    rows[i].text);
}

/* The label of one kind's step stands before the one all kinds share. */
static void the_nearer_label_counts(void **state)
{
	struct cs_policy *p =
		tiny_with("\"labels\": {\"en\": {\"kinds/job/steps/finish\": \"done with it\"}}");

	(void)state;
	assert_string_equal(cs_policy_label(p, "en", "kinds/job/steps/finish"), "done with it");
	assert_string_equal(cs_policy_label(p, "zh", "kinds/job/steps/finish"), "finish");
	cs_policy_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refused_with_these_words),
		cmocka_unit_test(labels_fall_back),
		cmocka_unit_test(the_nearer_label_counts),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
