/* Kinds: steps, clocks, fields as they are compiled. */
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
	refuse_cases("kind", 7);
}

static void steps_lead_somewhere(void **state)
{
	struct cs_policy *p = tiny_with(
		"\"kinds\": {\"job\": {\"steps\": {\"note\": {\"from\": \"*\", \"to\": \"=\", "
		"\"needs\": [\"note\"], "
		"\"tell\": [\"customer\"], \"moves\": {\"resolve\": \"when\"}, \"restarts\": "
		"[\"resolve\"]}}}}, "
		"\"labels\": {\"en\": {\"steps/note\": \"n\"}, \"zh\": {\"steps/note\": \"n\"}}");
	const struct cs_kind *k = cs_policy_kind(p, "job");
	const struct cs_step *note = cs_kind_step(k, "note");

	(void)state;
	assert_true(note->from_any && note->from.count == 0 && note->to == CS_TO_SAME);
	assert_string_equal(note->move[0].clock, "resolve");
	assert_string_equal(note->move[0].field, "when");
	assert_string_equal(note->restart[0].clock, "resolve");
	assert_null(note->restart[0].when);
	assert_int_equal(note->tell.who[0].kind, CS_WHO_CUSTOMER);
	assert_int_equal(cs_kind_step(k, "rework")->to, CS_TO_FIRST);
	assert_string_equal(k->register_step->id, "register");
	assert_string_equal(k->first_state, "open");
	assert_true(k->main_clock == &k->clock[0] && k->main_clock->main && k->main_clock->counts);
	assert_null(cs_kind_step(k, "not"));
	cs_policy_free(p);
}

static void clocks_have_rules(void **state)
{
	struct cs_policy *p = tiny_with(
		"\"kinds\": {\"job\": {\"clocks\": {\"resolve\": {\"main\": true}, \"two\": "
		"{\"start\": [\"register\"], "
		"\"counts\": false, \"stop\": [\"finish\"], \"void\": [\"wait\"], \"rules\": ["
		"{\"when\": {\"field\": \"colour\", \"is\": \"red\"}, \"at\": \"when\", "
		"\"limit\": \"1h\"}, "
		"{\"when\": {\"field\": \"count\", \"set\": true}, \"due\": {\"field\": "
		"\"when\", \"minus\": \"20m\"}}, "
		"{\"limit\": \"eod\", \"cutoff\": \"20:00\"}]}}}}, "
		"\"labels\": {\"en\": {\"clocks/two\": \"2\"}, \"zh\": {\"clocks/two\": \"2\"}}");
	const struct cs_clock *c = cs_kind_clock(cs_policy_kind(p, "job"), "two");

	(void)state;
	assert_int_equal(c->rule_count, 3);
	assert_string_equal(c->rule[0].at, "when");
	assert_int_equal(c->rule[0].limit.n, 3600);
	assert_int_equal(c->rule[0].cutoff, -1);
	assert_string_equal(c->rule[1].due_field, "when");
	assert_int_equal(c->rule[1].minus.n, 1200);
	assert_int_equal(c->rule[1].limit.unit, CS_SPAN_NONE);
	assert_int_equal(c->rule[2].cutoff, 1200);
	assert_null(c->rule[2].when);
	assert_false(c->counts || c->main || c->restart);
	assert_string_equal(c->void_by.id[0], "wait");
	assert_null(c->calendar);
	cs_policy_free(p);
}

static void fields_have_types(void **state)
{
	struct cs_policy *p =
		tiny_with("\"kinds\": {\"job\": {\"fields\": {\"colour\": {\"start\": \"green\", \"by\": "
			  "[\"post:head\"], \"find\": true}, "
			  "\"count\": {\"start\": 7}, \"text\": {\"personal\": true}, \"where\": {\"type\": "
			  "\"code\", \"codes\": \"posts\", \"start\": \"desk\"}}}}, "
			  "\"labels\": {\"en\": {\"fields/where\": \"w\"}, \"zh\": {\"fields/where\": "
			  "\"w\"}}");
	const struct cs_kind *k = cs_policy_kind(p, "job");
	const struct cs_field *colour = cs_kind_field(k, "colour"),
			      *where = cs_kind_field(k, "where");

	(void)state;
	assert_int_equal(colour->type, CS_FIELD_CODE);
	assert_int_equal(colour->codes.count, 2);
	assert_string_equal(colour->start.s, "green");
	assert_true(colour->find && colour->by.count == 1 && !colour->personal);
	assert_int_equal(cs_kind_field(k, "count")->start.i, 7);
	assert_true(cs_kind_field(k, "text")->personal);
	assert_int_equal(where->codes.count, 2);
	assert_string_equal(where->start.s, "desk");
	assert_string_equal(cs_kind_field(k, "about")->ref_kind, "any");
	assert_true(cs_kind_field(k, "about")->none);
	assert_int_equal(cs_kind_field(k, "text")->start.type, CS_V_NONE);
	assert_string_equal(cs_kind_list(k, "lines")->key, "line");
	assert_int_equal(cs_kind_list(k, "lines")->field[0].type, CS_FIELD_INT);
	cs_policy_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refused_with_these_words),
		cmocka_unit_test(steps_lead_somewhere),
		cmocka_unit_test(clocks_have_rules),
		cmocka_unit_test(fields_have_types),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
