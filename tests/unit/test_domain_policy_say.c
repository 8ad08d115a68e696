/* Conditions in words: every form of policy.md, as it stands and denied, alone and within others. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/policy_say.h"

static void plain(const void *arg, const struct cs_json_node *n, struct cs_buf *out)
{
	(void)arg;
	if (cs_json_text(n))
		cs_buf_puts(out, cs_json_text(n));
	else
		cs_json_write(n, out);
}

/* NULL: it is no condition. */
static const struct {
	const char *json, *words;
} cases[] = {
	{"{\"field\": \"ours\", \"is\": true}", "ours is yes"},
	{"{\"field\": \"ours\", \"is\": false}", "ours is no"},
	{"{\"field\": \"state\", \"in\": [\"a\", \"b\", \"c\"]}", "state is a, b or c"},
	{"{\"field\": \"people\", \"at_least\": 3}", "people is at least 3"},
	{"{\"field\": \"people\", \"at_most\": \"$n\"}", "people is at most $n"},
	{"{\"field\": \"people\", \"set\": true}", "people is set"},
	{"{\"field\": \"people\", \"set\": false}", "people is not set"},
	{"{\"field\": \"handling\", \"equals\": \"causing\"}", "handling is the same as causing"},
	{"{\"since\": \"refuse\", \"within\": \"30cd\"}", "refuse was taken at most 30cd ago"},
	{"{\"since\": \"reply\", \"over\": \"5d\"}", "reply was taken more than 5d ago"},
	{"{\"done\": \"inform\"}", "inform was taken in this cycle"},
	{"{\"clock\": \"decide\", \"is\": \"late\"}", "clock decide is late"},
	{"{\"evidence\": \"letter\"}", "evidence letter is given with it"},
	{"{\"evidence\": \"any\"}", "evidence is given with it"},
	{"{\"party\": \"agent\"}", "somebody takes part as agent"},
	{"{\"party\": \"agent\", \"principal\": true}", "somebody takes part as agent, for somebody who is named"},
	{"{\"list\": \"fees\", \"at_least\": 1}", "at least 1 rows of fees"},
	{"{\"list\": \"papers\", \"every\": {\"any\": [{\"field\": \"required\", \"is\": false}, "
	 "{\"field\": \"at\", \"set\": true}]}}",
	 "every row of papers: (required is no or at is set)"},
	{"{\"list\": \"papers\", \"at_least\": 1, \"some\": {\"field\": \"at\", \"set\": true}}",
	 "at least 1 rows of papers, and some row of papers: (at is set)"},
	{"{\"via\": \"same_as\", \"where\": {\"field\": \"decision\", \"set\": true}}",
	 "of the ticket in same_as: (decision is set)"},
	{"{\"admission\": \"accept\"}", "admission allows accept"},
	{"{\"count\": {\"steps\": [\"register\", \"repeat\"], \"of\": \"matter\", \"same\": \"party\"}, "
	 "\"at_least\": 3}",
	 "register or repeat came up at least 3 times in the matter, of one party"},
	{"{\"count\": {\"steps\": [\"repeat\"], \"of\": \"matter\", \"distinct\": \"premises\", \"within\": \"30d\"}, "
	 "\"at_least\": 3}",
	 "repeat came up at least 3 times in the matter, each of another premises, in the last 30d"},
	{"{\"owed\": \"hot_report\"}", "hot_report is owed"},
	{"{\"linked\": \"caused_by\", \"at_least\": 2}", "at least 2 linked by caused_by"},
	{"{\"linked\": \"same_as\", \"where\": {\"done\": \"finish\"}, \"at_most\": 0}",
	 "at most 0 linked by same_as: (finish was taken in this cycle)"},
	/* denied */
	{"{\"not\": {\"field\": \"ours\", \"is\": true}}", "ours is not yes"},
	{"{\"not\": {\"field\": \"people\", \"set\": true}}", "people is not set"},
	{"{\"not\": {\"not\": {\"field\": \"people\", \"set\": true}}}", "people is set"},
	{"{\"not\": {\"field\": \"people\", \"set\": false}}", "people is set"},
	{"{\"not\": {\"done\": \"extend\"}}", "extend was not taken in this cycle"},
	{"{\"not\": {\"clock\": \"decide\", \"is\": \"late\"}}", "clock decide is not late"},
	{"{\"not\": {\"party\": \"agent\"}}", "nobody takes part as agent"},
	{"{\"not\": {\"owed\": \"hot_report\"}}", "hot_report is not owed"},
	{"{\"not\": {\"evidence\": \"any\"}}", "evidence is not given with it"},
	{"{\"not\": {\"admission\": \"merge\"}}", "admission does not allow merge"},
	{"{\"not\": {\"list\": \"fees\", \"at_least\": 1}}", "not: at least 1 rows of fees"},
	{"{\"not\": {\"since\": \"reply\", \"within\": \"5d\"}}", "reply was not taken at most 5d ago"},
	{"{\"not\": {\"all\": [{\"done\": \"a\"}, {\"done\": \"b\"}]}}",
	 "not (a was taken in this cycle and b was taken in this cycle)"},
	{"{\"not\": {\"any\": [{\"done\": \"a\"}]}}", "a was not taken in this cycle"},
	/* one within another */
	{"{\"any\": [{\"field\": \"a\", \"in\": [\"x\", \"y\"]}, {\"all\": [{\"owed\": \"b\"}, {\"owed\": \"c\"}]}]}",
	 "(a is x or y) or (b is owed and c is owed)"},
	{"{\"all\": [{\"any\": [{\"owed\": \"a\"}, {\"owed\": \"b\"}]}, {\"not\": {\"owed\": \"c\"}}]}",
	 "(a is owed or b is owed) and c is not owed"},
	{"{\"all\": [{\"any\": [{\"owed\": \"a\"}]}, {\"owed\": \"b\"}]}", "a is owed and b is owed"},
	{"{\"owed\": \"a\", \"say\": \"still owed\", \"source\": \"S1-1-1\"}", "a is owed"},
	/* what merely begins with such a word */
	{"{\"field\": \"decide_until\", \"within\": \"30cd\"}", NULL},
	{"{\"field\": \"visit_at\", \"minus\": \"2h\"}", NULL},
	{"{\"clock\": \"decide\", \"when\": {\"field\": \"a\", \"is\": true}}", NULL},
	{"{\"since\": \"closed_at\", \"keep\": \"5y\"}", NULL},
	{"{\"all\": []}", NULL},
	{"{\"all\": [{\"owed\": \"a\"}, {\"drawn\": \"b\"}]}", NULL},
	{"{\"step\": \"finish\"}", NULL},
	{"\"note\"", NULL},
	{"{}", NULL},
};

static void conditions_are_said(void **state)
{
	const struct cs_saying how = {plain, NULL};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_buf out = {0};
		struct cs_json *doc;
		struct cs_err e;

		assert_int_equal(cs_json_parse(cases[i].json, strlen(cases[i].json), &doc, &e), 0);
		cs_buf_puts(&out, "when ");
		if (cs_policy_say(&how, cs_json_root(doc), &out) != (cases[i].words != NULL))
			fail_msg("%s: %s", cases[i].json, cs_buf_str(&out));
		assert_string_equal(cs_buf_str(&out) + 5, cases[i].words ? cases[i].words : "");
		cs_buf_free(&out);
		cs_json_free(doc);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(conditions_are_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
