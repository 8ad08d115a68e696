/* When what is owed is due, late and over. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/duty_time.h"

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

static char *minute(cs_time t, char *buf)
{
	return cs_time_text_minute(cs_session_zone(desk), t, buf);
}

/* Rungs stand in order; none behind the end of a period's time, which comes last. */
static void periods(void **state)
{
	struct cs_late late[] = {{.id = "far", .span = {CS_SPAN_ELAPSED, 90 * 86400}},
				 {.id = "over", .span = {CS_SPAN_ELAPSED, 0}},
				 {.id = "soon", .before = true, .span = {CS_SPAN_ELAPSED, 86400}},
				 {.id = "early", .before = true, .span = {CS_SPAN_ELAPSED, 300 * 86400}},
				 {.id = "off", .span = {CS_SPAN_NONE, 0}}};
	struct cs_duty d = {.id = "d",
			    .recurs = true,
			    .by_period = true,
			    .period = CS_PERIOD_MONTH,
			    .due_day = 5,
			    .due_after = true,
			    .times = 1,
			    .late = late,
			    .late_count = 5};
	struct cs_duty_times t;
	struct cs_err e = {0};
	char due[40], from[40], want[200];

	(void)state;
	assert_int_equal(cs_duty_period(desk->policy, &d, desk_at("2026-11-30 23:59"), &desk->work, &t, &e), 0);
	assert_string_equal(t.cause, "2026-11");
	assert_string_equal(minute(t.from, from), "2026-12-01 00:00");
	assert_string_equal(minute(t.due, due), "2026-12-06 00:00");
	snprintf(want, sizeof want, "early@%lld,soon@%lld,over@%lld,missed@%lld", (long long)t.from,
		 (long long)(t.due - 86400), (long long)t.due, (long long)desk_at("2027-01-01 00:00"));
	assert_string_equal(t.crossings, want);
	d.due_after = false;
	d.due_day = 0;
	assert_int_equal(cs_duty_period(desk->policy, &d, desk_at("2026-12-01 00:00"), &desk->work, &t, &e), 0);
	assert_string_equal(t.cause, "2026-12");
	assert_string_equal(minute(t.from, from), "2026-12-01 00:00");
	assert_string_equal(minute(t.due, due), "2027-01-01 00:00");
}

static void once_and_again(void **state)
{
	struct cs_duty d = {.id = "d", .every = {CS_SPAN_ELAPSED, 3 * 86400}, .recurs = true, .times = 1};
	struct cs_duty_times t;
	struct cs_err e = {0};
	cs_time at = desk_at("2026-11-02 09:00"), field = desk_at("2026-11-10 10:00");
	char due[40], want[60];

	(void)state;
	assert_int_equal(cs_duty_every(desk->policy, &d, at, &desk->work, &t, &e), 0);
	assert_string_equal(minute(t.due, due), "2026-11-05 09:00");
	snprintf(want, sizeof want, "missed@%lld", (long long)t.due);
	assert_string_equal(t.crossings, want);
	d = (struct cs_duty){.id = "d", .times = 1};
	assert_int_equal(cs_duty_once(desk->policy, &d, at, CS_TIME_NONE, &desk->work, &t, &e), 0);
	assert_true(t.due == CS_TIME_NONE && !t.crossings);
	assert_int_equal(cs_duty_once(desk->policy, &d, at, field, &desk->work, &t, &e), 0);
	assert_true(t.due == field);
	d.before = (struct cs_span){CS_SPAN_ELAPSED, 3600};
	assert_int_equal(cs_duty_once(desk->policy, &d, at, field, &desk->work, &t, &e), 0);
	assert_true(t.due == field - 3600);
	d.within = (struct cs_span){CS_SPAN_ELAPSED, 7200};
	assert_int_equal(cs_duty_once(desk->policy, &d, at, field, &desk->work, &t, &e), 0);
	assert_true(t.due == field + 7200);
}

/* Late until the period after it is over, or the next `every`; and the other way round. */
static void late_delivery(void **state)
{
	static const struct {
		bool by_period;
		enum cs_period_unit period;
		const char *missed, *until;
	} cases[] = {
		{true, CS_PERIOD_DAY, "2026-11-05 00:00", "2026-11-06 00:00"},
		{true, CS_PERIOD_WEEK, "2026-11-09 00:00", "2026-11-16 00:00"},
		{true, CS_PERIOD_MONTH, "2027-01-01 00:00", "2027-02-01 00:00"},
		{false, CS_PERIOD_DAY, "2026-11-05 09:00", "2026-11-08 09:00"},
	};
	struct cs_err e = {0};
	cs_time at;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_duty d = {.id = "d",
				    .recurs = true,
				    .by_period = cases[i].by_period,
				    .period = cases[i].period,
				    .every = {CS_SPAN_ELAPSED, 3 * 86400},
				    .times = 1};
		const cs_time missed = desk_at(cases[i].missed), until = desk_at(cases[i].until);

		assert_int_equal(cs_duty_late_until(desk->policy, &d, missed, &at, &e), 0);
		assert_true(at == until);
		assert_int_equal(cs_duty_late_since(desk->policy, &d, until, &at, &e), 0);
		assert_true(at == missed);
		assert_int_equal(cs_duty_late_since(desk->policy, &d, until + 1, &at, &e), 0);
		assert_true(at > missed);
		d.done_step = "tell"; /* people do not deliver it */
		assert_int_equal(cs_duty_late_until(desk->policy, &d, missed, &at, &e), 0);
		assert_true(at == CS_TIME_NONE);
		assert_int_equal(cs_duty_late_since(desk->policy, &d, until, &at, &e), 0);
		assert_true(at == CS_TIME_NONE);
		d.done_step = NULL;
		d.recurs = false;
		assert_int_equal(cs_duty_late_until(desk->policy, &d, missed, &at, &e), 0);
		assert_true(at == CS_TIME_NONE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(periods, begin, end),
		cmocka_unit_test_setup_teardown(once_and_again, begin, end),
		cmocka_unit_test_setup_teardown(late_delivery, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
