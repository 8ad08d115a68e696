/* Rules in words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/policy_explain.h"
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

static void collect(const char *text, void *arg)
{
	cs_buf_puts(arg, text);
	cs_buf_putc(arg, '\n');
}

static void rules_are_explained(void **state)
{
	static const char rung[] = "kinds/request/clocks/resolve/rungs/esc_2: rung 2: CS supervisor [S3-6-2 S3-5-7]\n"
				   "  id: esc_2\n"
				   "  over: 48h (parameter req.esc_2: S3-6-2)\n"
				   "  to: CS supervisor (post:cs_supervisor)\n"
				   "  transfer: true\n"
				   "  owe: progress\n";
	static const char param[] = "params/leak.give_up [G24]\n"
				    "  value: undecided: what uses it is off\n"
				    "  used by callbacks/leak/give_up\n";
	static const char window[] =
		"windows/call: calling hours [S3-7-4 S0-7-13 S3-7-5 C12]\n"
		"  allow: 10:00 (parameter quiet.morning: S3-7-4 S0-7-13 C12) to 12:00 (parameter quiet.noon: "
		"S0-7-13 S3-7-5 G13), "
		"14:00 (parameter quiet.afternoon: S0-7-13 S3-7-5 G13) to 21:00 (parameter quiet.evening: S3-7-4 "
		"S0-7-13)\n"
		"  methods: phone, visit\n"
		"  unless: priority is urgent\n";
	static const struct {
		const char *word, *lines;
	} words[] = {
		/* Lists have the labels of what they declare, in both languages. */
		{"codes/validity", "codes/validity\n  valid (valid, 有效投诉)\n  invalid (invalid, 无效投诉)\n"},
		{"priority/scale", "priority/scale\n  low (low, 低)\n  normal (normal, 普通)\n  high (high, 高)\n"
				   "  urgent (urgent, 紧急)\n"},
		/* A word is an id or a label; of several each is named. */
		{"没有", NULL},
		{"照", "categories/eng.light (lighting, 照明)\nevidence/photo (photo, 照片)\n"},
		{"有效投", NULL}, /* did you mean 有效投诉? */
		{"效投", "codes/validity/valid (valid, 有效投诉)\ncodes/validity/invalid (invalid, 无效投诉)\n"
			 "indicators/valid_complaints (valid-complaint rate, 有效投诉率)\n"},
		{"渗漏水",
		 "categories/eng.leak: leak or seepage\n  specialty: engineering\n  route: dept:engineering\n"},
		{"owner", "codes/capacity/owner (owner, 业主)\ncategories/owner (dispute between owners, 业户纠纷)\n"},
		{"priority/urgent", "priority/scale/urgent\n  urgent\n"},
		/* What is said to people is set off from the words of the language. */
		{"kinds/complaint/steps/validate/needs",
		 "kinds/complaint/steps/validate/needs\n"
		 "  -: validity is set; else: \"say whether the complaint is valid\"\n"
		 "  -: validity is valid or validity_why is set; else: "
		 "\"an invalid complaint needs its explanation\"\n"},
		/* Lists of codes are found by the plural, and what is a section by the word of the codes. */
		{"capacities", "codes/capacity\n  owner (owner, 业主)\n  tenant (tenant, 租户)\n"
			       "  household_member (member of the household, 家庭成员)\n  visitor (visitor, 访客)\n"
			       "  committee (owners' committee, 业委会)\n  other (other, 其他)\n"},
		{"classes", "importance/scale\n  ordinary (ordinary complaint, 一般投诉)\n"
			    "  hot (hot complaint, 热点投诉)\n  major (major complaint, 重大投诉)\n"},
		{"codes/posts/finance_clerk", NULL},
		{"kinds/request/steps/note",
		 "kinds/request/steps/note\n  from: any state\n  to: the same state\n  by: any\n  needs: note\n"},
		/* What has members, line by line, however deep. */
		{"samples/kpi_complaint/each", "samples/kpi_complaint/each\n  of: ticket\n  kinds: complaint\n"},
		{"callbacks/complaint/not_by",
		 "callbacks/complaint/not_by\n"
		 "  assignee, (who did:finish, except front desk (post:front_desk)), did:answer\n"},
		{"amount", "kinds/request/lists/fees/fields/amount\n  type: money\n"},
	};
	struct cs_buf out = {0};
	struct cs_err e;

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		int rc = cs_policy_explain(*state, "en", words[i].word, collect, &out, &e);

		assert_int_equal(rc, words[i].lines ? 0 : -1);
		assert_string_equal(cs_buf_str(&out), words[i].lines ? words[i].lines : "");
		cs_buf_clear(&out);
	}
	assert_int_equal(cs_policy_explain(*state, "fr", "owner", collect, &out, &e), -1);
	assert_int_equal(e.code, CS_USAGE);
	assert_int_equal(cs_policy_explain(*state, "en", "kinds/request/clocks/resolve/rungs/esc_2",
					   collect, &out, &e),
			 0);
	assert_string_equal(cs_buf_str(&out), rung);
	cs_buf_clear(&out);
	assert_int_equal(cs_policy_explain(*state, "en", "leak.give_up", collect, &out, &e), 0);
	assert_string_equal(cs_buf_str(&out), param);
	cs_buf_clear(&out);
	assert_int_equal(cs_policy_explain(*state, "en", "/windows/call", collect, &out, &e), 0);
	assert_string_equal(cs_buf_str(&out), window);
	cs_buf_clear(&out);
	assert_int_equal(cs_policy_explain(*state, "en", "req.esc_22", collect, &out, &e), -1);
	assert_int_equal(e.code, CS_USAGE);
	assert_string_equal(e.text,
			    "nothing named 'req.esc_22' in the policy (did you mean 'req.esc_2'?)");
	assert_string_equal(cs_buf_str(&out), "");
	cs_buf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rules_are_explained),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
