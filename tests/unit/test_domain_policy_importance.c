/* Sets of importance rules: what is refused, how sets include each other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "domain/policy.h"
#include "policy_files.h"

static void faults_are_told(void **state)
{
	(void)state;
	refuse_cases("importance", 14);
}

#define RULE(id) "{\"id\": \"" id "\", \"class\": \"hot\", \"when\": {\"field\": \"colour\", \"is\": \"red\"}}"
#define SETS \
	"\"sets\": {\"a\": [" RULE("a1") ", {\"include\": \"b\"}, " RULE("a2") "], \"b\": [" RULE( \
		"b1") "], " \
		      "\"both\": [{\"include\": \"b\"}, {\"include\": \"a\"}], \"none\": []}"
#define LABELS \
	"{\"importance/plain\": \"p\", \"importance/hot\": \"h\", \"importance/sets/a\": \"a\", " \
	"\"importance/sets/b\": \"b\", " \
	"\"importance/sets/both\": \"x\", \"importance/sets/none\": \"n\", \"importance/sets/a/a1\": \"a1\", " \
	"\"importance/sets/a/a2\": \"a2\", \"importance/sets/b/b1\": \"b1\"}"

/* Each set stands where it is first included, once. */
static void sets_include_sets(void **state)
{
	static const struct {
		const char *use, *rules;
	} cases[] = {{"a", "a1 b1 a2"}, {"b", "b1"}, {"both", "b1 a1 a2"}, {"none", ""}};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char members[1600], got[80] = "";
		struct cs_policy *p;

		snprintf(
			members, sizeof members,
			"\"importance\": {\"scale\": [\"plain\", \"hot\"], \"kinds\": [\"job\"], \"use\": \"%s\", " SETS
			", \"unknown\": {\"colour\": \"say\"}}, \"labels\": {\"en\": " LABELS ", \"zh\": " LABELS "}",
			cases[i].use);
		p = tiny_with(members);
		for (size_t k = 0; k < p->importance.rule_count; k++)
			snprintf(got + strlen(got), sizeof got - strlen(got), "%s%s", k ? " " : "",
				 p->importance.rule[k]->id);
		assert_string_equal(got, cases[i].rules);
		assert_string_equal(cs_policy_importance_rule(p, "b1")->set, "b");
		assert_null(cs_policy_importance_rule(p, "b2"));
		assert_string_equal(p->importance.unknown[0].duty, "say");
		cs_policy_free(p);
	}
}

/* A company chooses a definition by one word. */
static void a_company_chooses(void **state)
{
	struct cs_policy *p = good_policy("lib/policy/property.json");

	(void)state;
	assert_string_equal(p->importance.use, "union");
	assert_int_equal(p->importance.rule_count, 18);
	assert_true(cs_policy_importance_rule(p, "A.same")->latch);
	assert_int_equal(cs_policy_importance_rule(p, "A.repeat")->when->number, 3);
	assert_int_equal(cs_policy_importance_rule(p, "A.repeat")->when->tally.how, CS_TALLY_SAME);
	assert_false(cs_policy_importance_rule(p, "A.repeat")->when->tally.has_within);
	assert_int_equal(cs_policy_importance_rule(p, "A.same")->when->tally.how, CS_TALLY_DISTINCT);
	assert_int_equal(cs_policy_importance_rule(p, "A.same")->when->tally.within.n, 30 * 86400);
	cs_policy_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(faults_are_told),
		cmocka_unit_test(sets_include_sets),
		cmocka_unit_test(a_company_chooses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
