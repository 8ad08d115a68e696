/* Kinds as a whole: states as a graph, ladders in order. */
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
	refuse_cases("graph", 14);
}

/* Steps whose names are fixed: what they do is built in, and a kind that says otherwise is refused. */
static void reserved_steps(void **state)
{
	(void)state;
	refuse_cases("reserved", 12);
}

/* 48h, eod and 3wd: which comes first depends on the day, so no order of them is refused. */
static void uncertain_order_is_left_alone(void **state)
{
	struct cs_policy *p = tiny_with(
		"\"kinds\": {\"job\": {\"clocks\": {\"resolve\": {\"rungs\": ["
		"{\"id\": \"half\", \"over\": \"3wd\", \"tell\": [\"responsible\"]},"
		"{\"id\": \"late\", \"over\": \"4d\", \"to\": \"post:head\", \"owe\": \"say\"},"
		"{\"id\": \"share\", \"over\": \"80%\", \"tell\": [\"responsible\"]},"
		"{\"id\": \"off\", \"over\": \"$first\", \"tell\": [\"responsible\"]},"
		"{\"id\": \"due\", \"before\": \"1h\", \"tell\": [\"responsible\"]}]}}}},"
		"\"params\": {\"first\": {\"value\": null}}, \"labels\": {"
		"\"en\": {\"rungs/share\": \"s\", \"rungs/off\": \"o\", \"rungs/due\": \"d\"},"
		"\"zh\": {\"rungs/share\": \"s\", \"rungs/off\": \"o\", \"rungs/due\": \"d\"}}");
	const struct cs_clock *c = cs_policy_kind(p, "job")->main_clock;

	(void)state;
	assert_int_equal(c->rung_count, 5);
	assert_int_equal(c->rung[2].span.unit, CS_SPAN_PERCENT);
	assert_int_equal(c->rung[3].span.unit, CS_SPAN_NONE);
	assert_true(c->rung[4].before && !c->rung[3].before);
	cs_policy_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refused_with_these_words),
		cmocka_unit_test(reserved_steps),
		cmocka_unit_test(uncertain_order_is_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
