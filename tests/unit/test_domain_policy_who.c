/* Who: every form of it. */
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
	refuse_cases("who", 9);
}

static void every_form_is_read(void **state)
{
	static const struct {
		const char *text;
		enum cs_who_kind kind;
		const char *name;
	} rows[] = {
		{"any", CS_WHO_ANY, NULL},
		{"system", CS_WHO_SYSTEM, NULL},
		{"self", CS_WHO_SELF, NULL},
		{"customer", CS_WHO_CUSTOMER, NULL},
		{"assignee", CS_WHO_ASSIGNEE, NULL},
		{"responsible", CS_WHO_RESPONSIBLE, NULL},
		{"first", CS_WHO_FIRST, NULL},
		{"account_manager", CS_WHO_ACCOUNT_MANAGER, NULL},
		{"route", CS_WHO_ROUTE, NULL},
		{"post:desk", CS_WHO_POST, "desk"},
		{"holds:head", CS_WHO_HOLDS, "head"},
		{"in:handling", CS_WHO_IN, "handling"},
		{"did:finish", CS_WHO_DID, "finish"},
		{"staff:worker", CS_WHO_STAFF_FIELD, "worker"},
		{"body:court", CS_WHO_BODY, "court"},
		{"dept:engineering", CS_WHO_DEPT, "engineering"},
	};
	struct cs_buf text = {0};
	struct cs_policy *p;
	const struct cs_whos *by;

	(void)state;
	cs_buf_puts(
		&text,
		"\"bodies\": {\"court\": {}}, \"labels\": {\"en\": {\"bodies/court\": \"c\"}, "
		"\"zh\": {\"bodies/court\": \"c\"}}, \"kinds\": {\"job\": {\"steps\": "
		"{\"close\": {\"by\": [");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		cs_buf_printf(&text, "%s\"%s\"", i ? ", " : "", rows[i].text);
	cs_buf_puts(&text, "]}}}}");
	p = tiny_with(cs_buf_str(&text));
	by = &cs_kind_step(cs_policy_kind(p, "job"), "close")->by;
	assert_int_equal(by->count, sizeof rows / sizeof *rows);
	for (size_t i = 0; i < by->count; i++) {
		assert_int_equal(by->who[i].kind, rows[i].kind);
		if (rows[i].name)
			assert_string_equal(by->who[i].name, rows[i].name);
		else
			assert_null(by->who[i].name);
		assert_null(by->who[i].when);
	}
	assert_true(cs_ids_has(&p->bodies, "court"));
	cs_policy_free(p);
	cs_buf_free(&text);
}

static void not_by_may_have_a_condition(void **state)
{
	struct cs_policy *p = tiny_with("\"zone\": \"UTC\"");
	const struct cs_whos *not_by = &cs_kind_step(cs_policy_kind(p, "job"), "close")->not_by;

	(void)state;
	assert_int_equal(not_by->count, 1);
	assert_string_equal(not_by->who[0].name, "worker");
	assert_int_equal(not_by->who[0].when->test, CS_TEST_AT_LEAST);
	assert_int_equal(not_by->who[0].when->number, 2);
	cs_policy_free(p);
}

static void not_by_may_except_people(void **state)
{
	struct cs_policy *p = tiny_with(
		"\"kinds\": {\"job\": {\"steps\": {\"close\": {\"not_by\": [{\"who\": \"did:finish\", \"except\": "
		"[\"holds:desk\", \"first\"]}, {\"who\": \"assignee\", \"except\": [\"holds:head\"], \"when\": "
		"{\"field\": \"count\", \"at_least\": 2}}]}}}}");
	const struct cs_whos *not_by = &cs_kind_step(cs_policy_kind(p, "job"), "close")->not_by;

	(void)state;
	assert_int_equal(not_by->count, 2);
	assert_int_equal(not_by->who[0].kind, CS_WHO_DID);
	assert_null(not_by->who[0].when);
	assert_int_equal(not_by->who[0].except.count, 2);
	assert_string_equal(not_by->who[0].except.who[0].name, "desk");
	assert_int_equal(not_by->who[0].except.who[1].kind, CS_WHO_FIRST);
	assert_non_null(not_by->who[1].when);
	assert_int_equal(not_by->who[1].except.count, 1);
	cs_policy_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refused_with_these_words),
		cmocka_unit_test(every_form_is_read),
		cmocka_unit_test(not_by_may_have_a_condition),
		cmocka_unit_test(not_by_may_except_people),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
