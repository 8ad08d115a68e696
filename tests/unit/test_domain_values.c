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
	static const char *ids[] = {"a", "b"};
	static const struct cs_ids codes = {ids, 2};
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
		{CS_FIELD_CODE, "a", true, 0, NULL},
		{CS_FIELD_CODE, "c", false, 0, NULL},
		{CS_FIELD_DATE, "1970-01-02", true, 1, NULL},
		{CS_FIELD_DATE, "2026-02-30", false, 0, NULL},
		{CS_FIELD_TIME, "1970-01-01 08:00", true, 0, "1970-01-01 08:00:00"}, /* Asia/Shanghai */
		{CS_FIELD_TIME, "soon", false, 0, NULL},
		{CS_FIELD_REF, "R20261121-0042", true, 0, NULL},
		{CS_FIELD_REF, "42", false, 0, NULL},
		{CS_FIELD_STAFF, "ling", true, 2, NULL},
		{CS_FIELD_STAFF, "nobody", false, 0, NULL},
		{CS_FIELD_UNIT, "p1", true, UNIT_P1, NULL},
		{CS_FIELD_UNIT, "阳光花园", true, UNIT_P1, "p1"},
		{CS_FIELD_UNIT, "工程部", false, 0, NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct cs_ids *list = cases[i].type == CS_FIELD_CODE ? &codes : NULL;
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

static void test_words(void **state)
{
	const struct cs_kind *k = cs_policy_kind(desk->policy, "request");

	(void)state;
	assert_true(cs_ids_has(cs_word_codes(desk->policy, k, "channels", &desk->work), "phone"));
	assert_true(cs_ids_has(cs_word_codes(desk->policy, k, "categories", &desk->work), "eng.leak"));
	assert_true(cs_ids_has(cs_word_codes(desk->policy, k, "kinds", &desk->work), "complaint"));
	assert_true(cs_ids_has(cs_word_codes(desk->policy, k, "states", &desk->work), "on_site"));
	assert_true(cs_ids_has(cs_word_codes(desk->policy, k, "specialty", &desk->work), "safety"));
	assert_true(cs_ids_has(cs_word_codes(desk->policy, k, "priority", &desk->work), "urgent"));
	assert_null(cs_word_codes(desk->policy, k, NULL, &desk->work));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_read, begin, end),
		cmocka_unit_test_setup_teardown(test_none, begin, end),
		cmocka_unit_test_setup_teardown(test_words, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
