/* Ids and labels in both languages, over the shipped rules. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/names.h"
#include "domain/policy_merge.h"
#include "policy_files.h"

static struct cs_policy *policy;

static int load(void **state)
{
	struct cs_faults faults = {0};
	struct cs_err e = {0};
	size_t len;
	char *text = read_tree_file("lib/policy/property.json", &len);

	(void)state;
	if (cs_policy_build("property.json", text, len, &shipped, &faults, NULL, &policy, &e) < 0)
		fail_msg("%s", e.text);
	cs_faults_free(&faults);
	free(text);
	return 0;
}

static int unload(void **state)
{
	(void)state;
	cs_policy_free(policy);
	return 0;
}

static void test_names(void **state)
{
	static const struct {
		const char *section, *text, *id, *why;
	} cases[] = {
		{"kinds", "request", "request", NULL},
		{"kinds", "报事报修", "request", NULL},
		{"kinds", "service request", "request", NULL},
		{"channels", "微信", "wechat", NULL},
		{"categories", "渗漏水", "eng.leak", NULL},
		{"priority", "紧急", "urgent", NULL},
		{"kinds", "ｒｅｑｕｅｓｔ　", "request", NULL},
		{"codes/validity", "有效投诉", "valid", NULL},
		{"codes/validity", "valid", "valid", NULL},
		{"codes/capacity", "业主", "owner", NULL},
		{"codes/capacity", "member of the household", "household_member", NULL},
		{"evidence", "照片", "photo", NULL},
		{"happenings", "首场雨", NULL, "not among the happenings; allowed:"},
		{"kinds/request/steps", "到场反馈", "arrive", NULL},
		{"kinds/complaint/steps", "到场反馈", NULL, "not among the steps of complaint"},
		{"steps", "到场反馈", "arrive", NULL},
		{"states", "已关闭", "closed", NULL},
		{"kinds/complaint/states", "处理中", "handling", NULL},
		{"kinds/request/states", "处理中", "working", NULL},
		{"states", "处理中", NULL, "'处理中' may be handling or working of the states"},
		{"kinds", "requets", NULL, "did you mean 'request'? allowed: complaint, request,"},
		{"kinds", "投诉", NULL, "did you mean '客户投诉' (complaint)?"},
		{"codes/validity", "有效", NULL, "did you mean '有效投诉' (valid)?"},
		{"codes/tier", "glod", NULL,
		 "not among the codes of tier; did you mean 'gold'? allowed: gold, silver,"},
		{"codes/no_such_list", "x", NULL, "not among the codes of no_such_list"},
		{"categories", "nothing", NULL, "not among the categories"},
		{"kinds", "", NULL, "not among"},
		{"kinds", "phone", NULL, "not among"},
		{"priority", "gold customer", NULL, "not among"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_err e = {0};
		const char *id = cs_name_find(policy, cases[i].section, cases[i].text, &e);

		if (cases[i].id) {
			if (!id)
				fail_msg("%s: %s", cases[i].text, e.text);
			assert_string_equal(id, cases[i].id);
			continue;
		}
		assert_null(id);
		assert_int_equal(e.code, CS_USAGE);
		if (!strstr(e.text, cases[i].why))
			fail_msg("%s", e.text);
	}
	assert_string_equal(cs_name_labelled(policy, "fields", "答复内容"), "reply_text");
	assert_string_equal(cs_name_labelled(policy, "steps", "答复"), "reply");
	assert_null(cs_name_labelled(policy, "fields", "答复"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
