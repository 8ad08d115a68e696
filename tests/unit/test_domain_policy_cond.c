/* Conditions: typed by the kinds they speak of, compiled to a tree. */
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
	refuse_cases("cond", 29);
}

/* The needs of a step of tiny.json, replaced by one condition. */
static struct cs_policy *with(const char *cond, const struct cs_cond **out)
{
	struct cs_buf text = {0};
	struct cs_policy *p;

	cs_buf_printf(&text, "\"kinds\": {\"job\": {\"steps\": {\"close\": {\"needs\": [%s]}}}}",
		      cond);
	p = tiny_with(cs_buf_str(&text));
	cs_buf_free(&text);
	*out = cs_kind_step(cs_policy_kind(p, "job"), "close")->need[0].cond;
	return p;
}

static void tests_of_fields(void **state)
{
	static const struct {
		const char *cond, *name;
		enum cs_cond_test test;
		size_t count;
		enum cs_value_type type;
		int64_t number; /* the first value, or the bound */
		const char *text;
	} rows[] = {
		{"{\"field\": \"colour\", \"is\": \"red\"}", "colour", CS_TEST_IS, 1, CS_V_TEXT, 0,
		 "red"},
		{"{\"field\": \"colour\", \"in\": [\"green\", \"red\"]}", "colour", CS_TEST_IN, 2,
		 CS_V_TEXT, 0, "green"},
		{"{\"field\": \"open\", \"is\": true}", "open", CS_TEST_IS, 1, CS_V_INT, 1, NULL},
		{"{\"field\": \"count\", \"is\": 3}", "count", CS_TEST_IS, 1, CS_V_INT, 3, NULL},
		{"{\"field\": \"count\", \"at_least\": \"$score\"}", "count", CS_TEST_AT_LEAST, 0,
		 CS_V_NONE, 2, NULL},
		{"{\"field\": \"level\", \"at_most\": 0}", "level", CS_TEST_AT_MOST, 0, CS_V_NONE,
		 0, NULL},
		{"{\"field\": \"when\", \"at_least\": \"2026-01-01 08:00\"}", "when",
		 CS_TEST_AT_LEAST, 0, CS_V_NONE, 1767225600,
		 NULL}, /* 00:00 UTC: eight o'clock in Shanghai */
		{"{\"field\": \"text\", \"set\": false}", "text", CS_TEST_SET, 1, CS_V_INT, 0,
		 NULL},
		{"{\"field\": \"about\", \"is\": \"none\"}", "about", CS_TEST_IS, 1, CS_V_TEXT, 0,
		 "none"},
		{"{\"field\": \"state\", \"is\": \"done\"}", "state", CS_TEST_IS, 1, CS_V_TEXT, 0,
		 "done"},
		{"{\"field\": \"kind\", \"is\": \"job\"}", "kind", CS_TEST_IS, 1, CS_V_TEXT, 0,
		 "job"},
		{"{\"field\": \"channel\", \"is\": \"phone\"}", "channel", CS_TEST_IS, 1, CS_V_TEXT,
		 0, "phone"},
		{"{\"field\": \"category\", \"is\": \"eng\"}", "category", CS_TEST_IS, 1, CS_V_TEXT,
		 0, "eng"},
		{"{\"field\": \"specialty\", \"is\": \"other\"}", "specialty", CS_TEST_IS, 1,
		 CS_V_TEXT, 0, "other"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct cs_cond *c;
		struct cs_policy *p = with(rows[i].cond, &c);

		assert_int_equal(c->op, CS_COND_FIELD);
		assert_string_equal(c->name, rows[i].name);
		assert_int_equal(c->test, rows[i].test);
		assert_int_equal(c->value_count, rows[i].count);
		assert_false(c->number_undecided);
		if (rows[i].count) {
			assert_int_equal(c->value[0].type, rows[i].type);
			assert_int_equal(c->value[0].i, rows[i].number);
		} else {
			assert_int_equal(c->number, rows[i].number);
		}
		if (rows[i].text)
			assert_string_equal(c->value[0].s, rows[i].text);
		cs_policy_free(p);
	}
}

static void other_forms(void **state)
{
	const struct cs_cond *c;
	struct cs_policy *p = with(
		"{\"all\": [{\"any\": [{\"done\": \"finish\"}, {\"not\": {\"evidence\": "
		"\"any\"}}]}, "
		"{\"since\": \"finish\", \"within\": \"48h\"}, {\"since\": \"register\", "
		"\"over\": \"$later\"}, "
		"{\"clock\": \"resolve\", \"is\": \"late\"}, {\"party\": \"owner\"}, "
		"{\"list\": \"lines\", \"at_least\": \"$score\", \"every\": {\"field\": "
		"\"line\", \"at_most\": 9}}], "
		"\"say\": \"so\"}",
		&c);

	(void)state;
	assert_int_equal(c->op, CS_COND_ALL);
	assert_int_equal(c->sub_count, 6);
	assert_int_equal(c->sub[0]->op, CS_COND_ANY);
	assert_int_equal(c->sub[0]->sub[0]->op, CS_COND_DONE);
	assert_string_equal(c->sub[0]->sub[0]->name, "finish");
	assert_int_equal(c->sub[0]->sub[1]->op, CS_COND_NOT);
	assert_string_equal(c->sub[0]->sub[1]->sub[0]->name, "any");
	assert_true(c->sub[1]->op == CS_COND_SINCE && c->sub[1]->within &&
		    c->sub[1]->span.n == 48 * 3600);
	assert_true(!c->sub[2]->within && c->sub[2]->span.unit == CS_SPAN_NONE);
	assert_true(c->sub[3]->op == CS_COND_CLOCK && c->sub[3]->clock_is == CS_CLOCK_LATE);
	assert_true(c->sub[4]->op == CS_COND_PARTY && strcmp(c->sub[4]->name, "owner") == 0);
	assert_true(c->sub[5]->op == CS_COND_LIST && c->sub[5]->every && c->sub[5]->number == 2);
	assert_int_equal(c->sub[5]->sub[0]->number, 9);
	assert_string_equal(cs_kind_step(cs_policy_kind(p, "job"), "close")->need[0].say, "so");
	cs_policy_free(p);
}

static void an_undecided_bound_is_unknown(void **state)
{
	const struct cs_cond *c;
	struct cs_policy *p = with(
		"{\"any\": [{\"field\": \"count\", \"at_least\": \"$later\"}, "
		"{\"list\": \"lines\", \"at_least\": \"$later\"}, {\"field\": \"count\", "
		"\"equals\": \"level\"}]}",
		&c);

	(void)state;
	assert_true(c->sub[0]->number_undecided);
	assert_true(c->sub[1]->number_undecided);
	assert_string_equal(c->sub[2]->other, "level");
	cs_policy_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refused_with_these_words),
		cmocka_unit_test(tests_of_fields),
		cmocka_unit_test(other_forms),
		cmocka_unit_test(an_undecided_bound_is_unknown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
