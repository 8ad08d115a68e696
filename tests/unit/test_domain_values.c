/* Typed values in and out, for every field type. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/values.h"

static int begin(void **state)
{
	(void)state;
	desk_begin();
	return 0;
}

static int end(void **state)
{
	(void)state;
	desk_end();
	return 0;
}

static void test_read(void **state)
{
	static const struct {
		enum cs_field_type type;
		const char *text;
		bool ok;
		int64_t i;        /* numbers */
		const char *back; /* as shown; NULL: as typed */
	} cases[] = {
		{CS_FIELD_TEXT, "字", true, 0, NULL},
		{CS_FIELD_TEXT, "", false, 0, NULL},
		{CS_FIELD_TEXT, " \t　", false, 0, NULL},
		{CS_FIELD_TEXT, "\xff", false, 0, NULL},
		{CS_FIELD_INT, "0", true, 0, NULL},
		{CS_FIELD_INT, "-12", true, -12, NULL},
		{CS_FIELD_INT, "１２", true, 12, "12"},
		{CS_FIELD_MONEY, "３５．５０", true, 3550, "35.50"},
		{CS_FIELD_INT, "999999999999999", true, 999999999999999, NULL},
		{CS_FIELD_INT, "1000000000000000", false, 0, NULL},
		{CS_FIELD_INT, "1.0", false, 0, NULL},
		{CS_FIELD_INT, "--1", false, 0, NULL},
		{CS_FIELD_INT, "", false, 0, NULL},
		{CS_FIELD_INT, "1 ", false, 0, NULL},
		{CS_FIELD_MONEY, "12", true, 1200, "12.00"},
		{CS_FIELD_MONEY, "12.5", true, 1250, "12.50"},
		{CS_FIELD_MONEY, "0.05", true, 5, "0.05"},
		{CS_FIELD_MONEY, "999999999999.99", true, 99999999999999, "999999999999.99"},
		{CS_FIELD_MONEY, "12.", false, 0, NULL},
		{CS_FIELD_MONEY, ".5", false, 0, NULL},
		{CS_FIELD_MONEY, "12.345", false, 0, NULL},
		{CS_FIELD_MONEY, "-1", false, 0, NULL},
		{CS_FIELD_MONEY, "1,000", false, 0, NULL},
		{CS_FIELD_BOOL, "yes", true, 1, "yes"},
		{CS_FIELD_BOOL, "是", true, 1, "yes"},
		{CS_FIELD_BOOL, "0", true, 0, "no"},
		{CS_FIELD_BOOL, "无", true, 0, "no"},
		{CS_FIELD_BOOL, "maybe", false, 0, NULL},
		{CS_FIELD_CODE, "phone", true, 0, NULL},
		{CS_FIELD_CODE, "上门", true, 0, "visit"},
		{CS_FIELD_CODE, "pigeon", false, 0, NULL},
		{CS_FIELD_DATE, "1970-01-02", true, 1, NULL},
		{CS_FIELD_DATE, "2026-02-30", false, 0, NULL},
		{CS_FIELD_TIME, "1970-01-01 08:00", true, 0, "1970-01-01 08:00:00"}, /* Asia/Shanghai */
		{CS_FIELD_TIME, "soon", false, 0, NULL},
		{CS_FIELD_REF, "R20261121-0042", true, 0, NULL},
		{CS_FIELD_REF, "ｒ20261121-0042", true, 0, "R20261121-0042"},
		{CS_FIELD_REF, "42", false, 0, NULL},
		{CS_FIELD_STAFF, "ling", true, 2, NULL},
		{CS_FIELD_STAFF, "nobody", false, 0, NULL},
		{CS_FIELD_UNIT, "p1", true, UNIT_P1, NULL},
		{CS_FIELD_UNIT, "阳光花园", true, UNIT_P1, "p1"},
		{CS_FIELD_UNIT, "工程部", false, 0, NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *list = cases[i].type == CS_FIELD_CODE ? "codes/method" : NULL;
		struct cs_value v;
		struct cs_err e = {0};
		bool ok = cs_value_read(desk, cases[i].type, list, false, cases[i].text, &desk->work, &v, &e) == 0;
		const char *back = cases[i].back ? cases[i].back : cases[i].text;

		if (ok != cases[i].ok || (!ok && (e.code != CS_USAGE || !*e.text)))
			fail_msg("%d '%s': %s", (int)cases[i].type, cases[i].text, e.text);
		if (ok && v.type == CS_V_INT)
			assert_int_equal(v.i, cases[i].i);
		if (ok)
			assert_string_equal(cs_value_show(desk, cases[i].type, &v, &desk->work), back);
	}
}

static void test_none(void **state)
{
	const struct cs_value nothing = {0};
	struct cs_value v;
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(cs_value_read(desk, CS_FIELD_DATE, NULL, true, "none", &desk->work, &v, &e), 0);
	assert_string_equal(cs_value_show(desk, CS_FIELD_DATE, &v, &desk->work), "none");
	assert_int_equal(cs_value_read(desk, CS_FIELD_DATE, NULL, false, "none", &desk->work, &v, &e), -1);
	assert_string_equal(cs_value_show(desk, CS_FIELD_MONEY, &nothing, &desk->work), "");
}

/* Codes of the rules by id or label, for words of every ticket and fields of a kind; their ids are kept. */
static void test_codes(void **state)
{
	static const struct {
		const char *name, *text, *id; /* id NULL: refused */
	} cases[] = {
		{"channel", "微信", "wechat"},    {"category", "渗漏水", "eng.leak"}, {"kind", "客户投诉", "complaint"},
		{"state", "已到场", "on_site"},   {"specialty", "safety", "safety"},  {"priority", "紧急", "urgent"},
		{"validity", "有效投诉", "valid"}, {"validity", "maybe", NULL},        {"state", "已提方案", NULL},
		{"customer.tier", "gold", "gold"},
	};
	const struct cs_kind *k = cs_policy_kind(desk->policy, "request");

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_err e = {0};
		struct cs_value v;
		int rc = cs_value_of_word(desk, k, cs_word_find(cases[i].name), cases[i].text, &desk->work, &v, &e);

		if (rc != (cases[i].id ? 0 : -1))
			fail_msg("%s: %s", cases[i].text, e.text);
		if (cases[i].id)
			assert_string_equal(v.s, cases[i].id);
		else
			assert_int_equal(e.code, CS_USAGE);
	}
}

static void test_fields(void **state)
{
	const struct cs_field list = {.id = "how", .type = CS_FIELD_CODE, .code_list = "method", .none = true},
			      section = {.id = "for", .type = CS_FIELD_CODE, .code_list = "kinds"};
	struct cs_value v;

	(void)state;
	assert_int_equal(cs_value_of_field(desk, &list, "电话", &desk->work, &v, NULL), 0);
	assert_string_equal(v.s, "phone");
	assert_int_equal(cs_value_of_field(desk, &list, "none", &desk->work, &v, NULL), 0);
	assert_string_equal(v.s, "none");
	assert_int_equal(cs_value_of_field(desk, &list, "request", &desk->work, &v, NULL), -1);
	assert_int_equal(cs_value_of_field(desk, &section, "报事报修", &desk->work, &v, NULL), 0);
	assert_string_equal(v.s, "request");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_read, begin, end),
		cmocka_unit_test_setup_teardown(test_none, begin, end),
		cmocka_unit_test_setup_teardown(test_codes, begin, end),
		cmocka_unit_test_setup_teardown(test_fields, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
