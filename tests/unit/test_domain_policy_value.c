/* Values: spans, numbers, times of day, percentages, hours, dates, holidays. */
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
	refuse_cases("value", 9);
}

static void parameters_have_their_types(void **state)
{
	struct cs_policy *p = tiny_with("\"params\": {\"later\": {\"value\": \"1mo\"}}");
	const struct cs_param *limit = cs_policy_param(p, "limit"),
			      *score = cs_policy_param(p, "score"),
			      *share = cs_policy_param(p, "share"),
			      *morning = cs_policy_param(p, "morning"),
			      *later = cs_policy_param(p, "later");

	(void)state;
	assert_true(limit->is_span && limit->span.unit == CS_SPAN_WORKDAYS && limit->span.n == 2);
	assert_true(score->decided && !score->is_span && !score->is_time && score->number == 2);
	assert_true(share->is_span && share->span.unit == CS_SPAN_PERCENT && share->span.n == 90);
	assert_true(morning->is_time && morning->number == 600);
	assert_true(later->decided && later->span.unit == CS_SPAN_MONTHS);
	assert_int_equal(p->callback[0].give_up.unit, CS_SPAN_MONTHS);
	assert_int_equal(p->indicator[0].target, 9000);
	assert_null(cs_policy_param(p, "limi"));
	cs_policy_free(p);
}

static void an_undecided_parameter_switches_off(void **state)
{
	struct cs_policy *p = tiny_with(
		"\"params\": {\"limit\": {\"value\": null}, \"score\": {\"value\": null}, "
		"\"share\": {\"value\": null}, \"morning\": {\"value\": null}}");

	(void)state;
	assert_int_equal(cs_policy_kind(p, "job")->main_clock->rule[0].limit.unit, CS_SPAN_NONE);
	assert_false(p->callback[0].has_low);
	assert_false(p->indicator[0].has_target);
	assert_int_equal(p->window[0].allow.count, 1); /* no morning: from midnight on */
	assert_int_equal(p->window[0].allow.span[0].from, 0);
	assert_int_equal(p->window[0].allow.span[0].to, 21 * 60);
	cs_policy_free(p);
}

/* An edge that is undecided binds nobody. */
static void undecided_hours(void **state)
{
	static const struct {
		const char *hours, *want;
	} cases[] = {
		{"[\"$later\", \"12:00\"], [\"14:00\", \"21:00\"]", "0-720 840-1260"},
		{"[\"10:00\", \"12:00\"], [\"14:00\", \"$later\"]", "600-720 840-1440"},
		{"[\"10:00\", \"$later\"], [\"$later\", \"21:00\"]", "600-1260"},
		{"[\"10:00\", \"$later\"], [\"14:00\", \"21:00\"]", "600-1260"},
		{"[\"10:00\", \"12:00\"], [\"$later\", \"21:00\"]", "600-1260"},
		{"[\"10:00\", \"$later\"], [\"$later\", \"$later\"], [\"$later\", \"18:00\"]", "600-1080"},
		{"[\"$later\", \"$later\"]", "0-1440"},
		{"[\"10:00\", \"$later\"]", "600-1440"},
		{"[\"$later\", \"12:00\"]", "0-720"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char members[400], got[100] = "";
		struct cs_policy *p;

		snprintf(members, sizeof members,
			 "\"windows\": {\"call\": {\"allow\": [%s]}}, \"callbacks\": {\"call\": "
			 "{\"within\": \"$limit\", \"calendar\": \"office\"}}, \"kinds\": {\"job\": {\"clocks\": "
			 "{\"resolve\": {\"cutoff\": \"$morning\", \"limit\": \"eod\"}}}}",
			 cases[i].hours);
		p = tiny_with(members);
		for (size_t k = 0; k < p->window[0].allow.count; k++) {
			const struct cs_hours *h = &p->window[0].allow.span[k];
			size_t n = strlen(got);

			snprintf(got + n, sizeof got - n, "%s%d-%d", k ? " " : "", h->from, h->to);
		}
		assert_string_equal(got, cases[i].want);
		cs_policy_free(p);
	}
}

static void hours_and_days(void **state)
{
	struct cs_policy *p = tiny_with(
		"\"calendars\": {\"office\": {\"week\": {\"fri\": [[\"08:00\", \"12:00\"], "
		"[\"20:00\", \"26:00\"]]}, "
		"\"dates\": {\"2026-12-31\": [[\"09:00\", \"10:00\"]], \"2026-05-04\": []}, "
		"\"holidays\": \"mars\", \"closes\": \"hours\", \"roll\": true}}, "
		"\"holidays\": {\"mars\": {\"years\": {\"2027\": {\"holidays\": "
		"[\"2027-02-02\", \"2027-01-01\"]}, "
		"\"2026\": {\"workdays\": [\"2026-03-07\"]}}}}, "
		"\"indicators\": {\"good\": {\"target\": {\"at_least\": \"99.5%\"}}}, "
		"\"samples\": {\"month\": {\"least\": \"$score\"}}, \"params\": {\"share\": "
		"{\"value\": 4}}, "
		"\"callbacks\": {\"call\": {\"attempts\": \"$share\"}}");
	const struct cs_calendar *c = cs_policy_calendar(p, "office");

	(void)state;
	assert_int_equal(c->week[4].count, 2);
	assert_int_equal(c->week[4].span[1].to, 26 * 60);
	assert_int_equal(c->week[5].count, 0);
	assert_int_equal(c->date_count, 2);
	assert_int_equal(c->date[0].day, cs_day_from_date(2026, 5, 4));
	assert_int_equal(c->date[0].hours.count, 0);
	assert_true(c->closes_with_hours && c->roll);
	assert_int_equal(c->holidays->year_count, 2);
	assert_int_equal(c->holidays->years[0], 2026);
	assert_int_equal(c->holidays->holiday[0], cs_day_from_date(2027, 1, 1));
	assert_int_equal(c->holidays->workday[0], cs_day_from_date(2026, 3, 7));
	assert_int_equal(p->indicator[0].target, 9950);
	assert_int_equal(p->sample[0].least, 2);
	assert_int_equal(p->callback[0].attempts, 4);
	cs_policy_free(p);
	p = tiny_with("\"params\": {\"share\": {\"value\": \"0.5%\"}}");
	assert_int_equal(p->indicator[0].target, 50);
	cs_policy_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refused_with_these_words),
		cmocka_unit_test(parameters_have_their_types),
		cmocka_unit_test(an_undecided_parameter_switches_off),
		cmocka_unit_test(undecided_hours),
		cmocka_unit_test(hours_and_days),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
