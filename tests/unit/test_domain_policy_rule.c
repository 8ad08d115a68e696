/* Call-backs, samples, duties, indicators, categories as they are compiled. */
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
	refuse_cases("rule", 7);
}

static void defaults_and_derived_members(void **state)
{
	struct cs_policy *p = tiny_with(
		"\"callbacks\": {\"call\": {\"holds\": false, \"per\": \"party\"}}, "
		"\"samples\": {\"month\": {\"by\": \"staff\"}}, "
		"\"indicators\": {\"good\": {\"of\": \"previous\", \"period\": \"half\"}}, "
		"\"evidence\": {\"sign\": {\"signer\": \"staff\"}}, "
		"\"posts\": {\"desk\": {\"from\": \"handling\"}}, "
		"\"duties\": {\"say\": {\"on\": {\"step\": \"finish\"}, \"within\": \"2h\", "
		"\"done\": {\"by\": [\"post:head\"]}}}, "
		"\"labels\": {\"en\": {\"evidence/sign\": \"s\"}, \"zh\": {\"evidence/sign\": "
		"\"s\"}}");
	struct cs_policy *plain = tiny_with("\"zone\": \"UTC\"");
	const struct cs_duty *d = cs_policy_duty(p, "say");

	(void)state;
	assert_true(plain->callback[0].holds && !p->callback[0].holds);
	assert_true(!plain->callback[0].per_party && p->callback[0].per_party);
	assert_true(!plain->sample[0].by_staff && p->sample[0].by_staff);
	assert_true(p->sample[0].has_percent && p->sample[0].percent == 10 &&
		    p->sample[0].round_up);
	assert_true(!plain->indicator[0].previous && p->indicator[0].previous);
	assert_int_equal(p->indicator[0].period, CS_PERIOD_HALF);
	assert_true(p->indicator[0].at_least && p->indicator[0].has_target);
	assert_true(cs_policy_evidence(p, "sign")->signer_staff &&
		    !cs_policy_evidence(p, "sign")->signer_customer);
	assert_true(cs_policy_post(p, "desk")->from_handling &&
		    !cs_policy_post(p, "head")->from_handling);
	assert_true(cs_policy_category(p, "eng")->has_route);
	assert_int_equal(cs_policy_category(p, "eng")->route.kind, CS_WHO_DEPT);
	assert_string_equal(d->on_step, "finish");
	assert_int_equal(d->within.n, 7200);
	assert_string_equal(d->done_step, "close");
	assert_int_equal(d->done_by.count, 1);
	assert_null(cs_policy_duty(plain, "say")->on_step);
	assert_string_equal(p->callback[0].problem_to, "causing");
	assert_string_equal(p->callback[0].each.of, "ticket");
	assert_int_equal(p->callback[0].each.where->op, CS_COND_LIST);
	cs_policy_free(p);
	cs_policy_free(plain);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refused_with_these_words),
		cmocka_unit_test(defaults_and_derived_members),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
