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
		{"posts", "前台", "front_desk", NULL},
		{"forms", "派工单", "work_order", NULL},
		{"samples", "投诉指标抽样", "kpi_complaint", NULL},
		{"kinds/request/clocks", "到场时限", "arrive", NULL},
		{"kinds/request/fields", "紧急", "urgent", NULL},
		{"kinds/request/fields", "category", "category", NULL},
		{"kinds/request/lists", "费用明细", "fees", NULL},
		{"kinds/request/lists/fees", "金额", "amount", NULL},
		{"posts", "frontdesk", NULL,
		 "not among the posts; did you mean 'front_desk'? cs-policy explain posts shows them"},
		{"channels", "电化", NULL, "did you mean '电话' (phone)? cs-policy explain channels shows them"},
		{"kinds", "咨旬", NULL,
		 "did you mean '咨询' (inquiry)? allowed: complaint (客户投诉), request (报事报修),"},
		{"evidence", "业主签字", NULL,
		 "'业主签字' is not among the kinds of evidence; did you mean '客户签字' (signature.owner)?"},
		{"forms", "worder", NULL, "not among the forms; allowed: registration, handling_record,"},
		{"samples", "kpi_reqest", NULL,
		 "not among the samples; did you mean 'kpi_request'? allowed: area_month,"},
		{"kinds/request/fields", "reslt", NULL, "not among the fields of request; did you mean 'result'?"},
		{"kinds/request/fields", "category2", NULL, "did you mean 'category'?"},
		{"kinds/request/fields", "phone", NULL,
		 "not among the fields of request; cs-policy"}, /* no step takes it */
		{"kinds/request/lists", "费用", NULL, "did you mean '费用明细' (fees)? allowed: fees (费用明细)"},
		{"kinds/request/lists/fees", "itm", NULL, "not among the fields of fees; did you mean 'item'?"},
		{"kinds/message/lists", "x", NULL, "not among the lists of message; the rules have none"},
		{"states", "clsed", NULL, "did you mean 'closed'? cs-policy explain kinds/KIND/states shows them"},
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

static void test_unknown(void **state)
{
	const struct cs_ids names = {(const char *[]){"open", "closed"}, 2};
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(cs_name_unknown("states", "clsed", &names, &e), -1);
	assert_string_equal(e.text, "'clsed' is not among the states; did you mean 'closed'? allowed: open, closed");
	assert_int_equal(e.code, CS_USAGE);
	cs_name_unknown("states", "x", &names, &e);
	assert_string_equal(e.text, "'x' is not among the states; allowed: open, closed");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_unknown),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
