/* Call windows: quiet hours of S0-7-13 and S3-7-5, profile of requirements 7.5. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "domain/calendar.h"

static struct cs_hours call_hours[] = {{600, 720}, {840, 1260}}, night_hours[] = {{1320, 1500}},
		       gap_hours[] = {{125, 175}};
static const struct cs_window call = {.allow = {call_hours, 2}},
			      night = {.allow = {night_hours, 1}}, gap = {.allow = {gap_hours, 1}},
			      nothing = {.allow = {NULL, 0}};
static const struct cs_zone *shanghai, *new_york;

static int setup(void **state)
{
	(void)state;
	return cs_zone_open("Asia/Shanghai", &shanghai, NULL) ||
	       cs_zone_open("America/New_York", &new_york, NULL);
}

static cs_time at(const char *text)
{
	cs_time t = CS_TIME_NONE;

	if (text)
		assert_int_equal(cs_time_parse(text, shanghai, &t, NULL), 0);
	return t;
}

static const struct {
	const struct cs_window *w;
	const char *t;
	bool allowed;
	const char *next, *last;
} rows[] = {
	{&call, "2026-10-10 09:59:59", false, "2026-10-10 10:00", "2026-10-09 21:00"},
	{&call, "2026-10-10 10:00", true, "2026-10-10 10:00", "2026-10-10 10:00"},
	{&call, "2026-10-10 11:15:30", true, "2026-10-10 11:15:30", "2026-10-10 11:15:30"},
	{&call, "2026-10-10 12:00", true, "2026-10-10 12:00", "2026-10-10 12:00"},
	{&call, "2026-10-10 12:00:01", false, "2026-10-10 14:00", "2026-10-10 12:00"},
	{&call, "2026-10-10 13:59:59", false, "2026-10-10 14:00", "2026-10-10 12:00"},
	{&call, "2026-10-10 14:00", true, "2026-10-10 14:00", "2026-10-10 14:00"},
	{&call, "2026-10-10 21:00", true, "2026-10-10 21:00", "2026-10-10 21:00"},
	{&call, "2026-10-10 21:00:01", false, "2026-10-11 10:00", "2026-10-10 21:00"},
	{&call, "2026-10-11 00:00", false, "2026-10-11 10:00", "2026-10-10 21:00"},
	/* Past midnight: 22:00 to 01:00 of the next day. */
	{&night, "2026-10-10 21:59:59", false, "2026-10-10 22:00", "2026-10-10 01:00"},
	{&night, "2026-10-10 23:30", true, "2026-10-10 23:30", "2026-10-10 23:30"},
	{&night, "2026-10-11 00:00", true, "2026-10-11 00:00", "2026-10-11 00:00"},
	{&night, "2026-10-11 01:00", true, "2026-10-11 01:00", "2026-10-11 01:00"},
	{&night, "2026-10-11 01:00:01", false, "2026-10-11 22:00", "2026-10-11 01:00"},
	{&nothing, "2026-10-10 12:00", false, NULL, NULL},
};

static void s0_7_13_quiet_hours(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		cs_time t = at(rows[i].t);
		char text[32];

		if (cs_window_allows(rows[i].w, shanghai, t) != rows[i].allowed)
			fail_msg("%s: allowed %d", rows[i].t, !rows[i].allowed);
		if (cs_window_next(rows[i].w, shanghai, t) != at(rows[i].next))
			fail_msg("%s: next %s", rows[i].t,
				 cs_time_text(shanghai, cs_window_next(rows[i].w, shanghai, t),
					      text));
		if (cs_window_last(rows[i].w, shanghai, t, 0) != at(rows[i].last))
			fail_msg("%s: last %s", rows[i].t,
				 cs_time_text(shanghai, cs_window_last(rows[i].w, shanghai, t, 0),
					      text));
	}
}

/* 24 hours from 08:00 end at 08:00: the call is due by 21:00 the day before. A clock that began
   after the last slot has none. */
static void s7_5_a_deadline_moves_back_into_the_window(void **state)
{
	(void)state;
	assert_int_equal(
		cs_window_last(&call, shanghai, at("2026-10-11 08:00"), at("2026-10-10 08:00")),
		at("2026-10-10 21:00"));
	assert_int_equal(
		cs_window_last(&call, shanghai, at("2026-10-11 08:00"), at("2026-10-10 20:59:59")),
		at("2026-10-10 21:00"));
	assert_int_equal(
		cs_window_last(&call, shanghai, at("2026-10-11 08:00"), at("2026-10-10 21:00")),
		CS_TIME_NONE);
	assert_int_equal(
		cs_window_last(&call, shanghai, at("2026-10-11 08:00"), at("2026-10-10 22:00")),
		CS_TIME_NONE);
}

/* 02:05-02:55 does not exist on 8 March: the moment of the change stands for it, and the day
   before still counts. */
static void a_clock_change_may_swallow_a_window(void **state)
{
	cs_time noon = 1772985600; /* 2026-03-08 12:00 EDT */
	char text[32];

	(void)state;
	assert_string_equal(cs_time_text(new_york, cs_window_next(&gap, new_york, noon), text),
			    "2026-03-09 02:05:00");
	assert_string_equal(
		cs_time_text(new_york, cs_window_last(&gap, new_york, 1772949600, 0), text),
		"2026-03-07 02:55:00");
}

static void release_takes_null_and_all_members(void **state)
{
	struct cs_window w = {.id = cs_strdup("call"), .method_count = 1};

	(void)state;
	w.allow = (struct cs_day_hours){cs_alloc(sizeof(struct cs_hours)), 1};
	w.methods = cs_alloc(sizeof *w.methods);
	w.methods[0] = "phone";
	cs_window_free(&w);
	assert_null(w.id);
	cs_window_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(s0_7_13_quiet_hours),
		cmocka_unit_test(s7_5_a_deadline_moves_back_into_the_window),
		cmocka_unit_test(a_clock_change_may_swallow_a_window),
		cmocka_unit_test(release_takes_null_and_all_members),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
