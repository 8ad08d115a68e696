/* Calendars: precedence, hours, holidays of 2026 (S1-2-4, S2-2-33, G31). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "domain/calendar.h"

/* From the State Council's notice for 2026. */
static const char *const holiday_text[] = {
	"2026-01-01", "2026-01-02", "2026-01-03", "2026-02-15", "2026-02-16", "2026-02-17",
	"2026-02-18", "2026-02-19", "2026-02-20", "2026-02-21", "2026-02-22", "2026-02-23",
	"2026-04-04", "2026-04-05", "2026-04-06", "2026-05-01", "2026-05-02", "2026-05-03",
	"2026-05-04", "2026-05-05", "2026-06-19", "2026-06-20", "2026-06-21", "2026-09-25",
	"2026-09-26", "2026-09-27", "2026-10-01", "2026-10-02", "2026-10-03", "2026-10-04",
	"2026-10-05", "2026-10-06", "2026-10-07"};
static const char *const workday_text[] = {"2026-01-04", "2026-02-14", "2026-02-28",
					   "2026-05-09", "2026-09-20", "2026-10-10"};
enum {
	HOLIDAYS = sizeof holiday_text / sizeof holiday_text[0],
	WORKDAYS = sizeof workday_text / sizeof workday_text[0]
};

static int years[] = {2025, 2026};
static int32_t holiday[HOLIDAYS], workday[WORKDAYS];
static const struct cs_holidays cn = {"cn", years, 2, holiday, workday, HOLIDAYS, WORKDAYS};

static struct cs_hours office_hours[] = {{540, 720}, {810, 1080}}, desk_hours[] = {{480, 1200}},
		       evening_hours[] = {{1110, 1470}}, sunday_hours[] = {{570, 1440}},
		       short_hours[] = {{540, 720}}, always_hours[] = {{0, 1440}};
static struct cs_calendar_date office_dates[2];
static struct cs_calendar office, desk, evening, always, dates_only, never;
static const struct cs_zone *shanghai, *new_york;

static int32_t day(const char *text)
{
	int32_t d = 0;

	assert_int_equal(cs_date_parse(text, &d, NULL), 0);
	return d;
}

static cs_time at(const struct cs_zone *z, const char *text)
{
	struct cs_err e = {0};
	cs_time t = 0;

	if (cs_time_parse(text, z, &t, &e) != 0)
		fail_msg("%s", e.text);
	return t;
}

static int setup(void **state)
{
	(void)state;
	if (cs_zone_open("Asia/Shanghai", &shanghai, NULL) ||
	    cs_zone_open("America/New_York", &new_york, NULL))
		return -1;
	for (size_t i = 0; i < HOLIDAYS; i++)
		holiday[i] = day(holiday_text[i]);
	for (size_t i = 0; i < WORKDAYS; i++)
		workday[i] = day(workday_text[i]);
	office_dates[0] = (struct cs_calendar_date){day("2026-10-01"), {short_hours, 1}};
	office_dates[1] = (struct cs_calendar_date){day("2026-12-31"), {short_hours, 1}};
	office = (struct cs_calendar){.zone = shanghai, .holidays = &cn};
	for (int i = 0; i < 5; i++)
		office.week[i] = (struct cs_day_hours){office_hours, 2};
	desk.zone = evening.zone = dates_only.zone = never.zone = shanghai;
	always.zone = new_york;
	for (int i = 0; i < 7; i++) {
		desk.week[i] = (struct cs_day_hours){desk_hours, 1};
		evening.week[i] = (struct cs_day_hours){i == 6 ? sunday_hours : evening_hours, 1};
		always.week[i] = (struct cs_day_hours){always_hours, 1};
	}
	dates_only.date = office_dates;
	dates_only.date_count = 2;
	return 0;
}

static void s1_2_4_days_of_the_office(void **state)
{
	static const struct {
		const char *day;
		enum cs_day_kind kind;
		size_t spans;
	} rows[] = {
		{"2026-09-18", CS_DAY_WORKING, 2}, {"2026-09-19", CS_DAY_REST, 0},
		{"2026-09-20", CS_DAY_MAKEUP, 2},  {"2026-09-25", CS_DAY_HOLIDAY, 0},
		{"2026-09-27", CS_DAY_HOLIDAY, 0}, {"2026-09-28", CS_DAY_WORKING, 2},
		{"2026-10-01", CS_DAY_HOLIDAY, 0}, {"2026-10-04", CS_DAY_HOLIDAY, 0},
		{"2026-10-07", CS_DAY_HOLIDAY, 0}, {"2026-10-08", CS_DAY_WORKING, 2},
		{"2026-10-10", CS_DAY_MAKEUP, 2},  {"2026-10-11", CS_DAY_REST, 0},
		{"2026-12-31", CS_DAY_WORKING, 2}, {"2026-01-01", CS_DAY_HOLIDAY, 0},
		{"2026-01-04", CS_DAY_MAKEUP, 2},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		enum cs_day_kind kind;
		const struct cs_day_hours *h = cs_calendar_day(&office, day(rows[i].day), &kind);

		if (kind != rows[i].kind || h->count != rows[i].spans)
			fail_msg("%s: kind %d, %zu spans", rows[i].day, (int)kind, h->count);
		assert_int_equal(cs_calendar_works(&office, day(rows[i].day)), rows[i].spans > 0);
		assert_ptr_equal(cs_calendar_day(&office, day(rows[i].day), NULL), h);
	}
}

/* Dated exception > make-up day > holiday > week. */
static void precedence(void **state)
{
	int32_t both[] = {day("2026-10-01"), day("2026-10-10"), day("2026-10-12")};
	struct cs_holidays clash = {"clash", years, 2, both, both + 1, 3, 1};
	struct cs_calendar_date exceptions[] = {{both[0], {short_hours, 1}},
						{both[2] + 1, {NULL, 0}}};
	struct cs_calendar c = office;
	enum cs_day_kind kind;

	(void)state;
	c.holidays = &clash;
	c.date = exceptions;
	c.date_count = 2;
	assert_int_equal(cs_calendar_day(&c, both[0], &kind)->count,
			 1); /* exception on a holiday */
	assert_int_equal(kind, CS_DAY_EXCEPTION);
	assert_int_equal(cs_calendar_day(&c, both[1], &kind)->count,
			 2); /* make-up day on a holiday */
	assert_int_equal(kind, CS_DAY_MAKEUP);
	assert_int_equal(cs_calendar_day(&c, both[2], &kind)->count, 0); /* holiday on a Monday */
	assert_int_equal(kind, CS_DAY_HOLIDAY);
	assert_int_equal(cs_calendar_day(&c, both[2] + 1, &kind)->count, 0); /* exception: closed */
	assert_int_equal(kind, CS_DAY_EXCEPTION);
	assert_int_equal(cs_calendar_day(&c, both[2] + 2, &kind)->count, 2);
	assert_int_equal(kind, CS_DAY_WORKING);
}

/* A make-up day has the hours of the first weekday that has any, whatever its own weekday has. */
static void make_up_days_have_normal_hours(void **state)
{
	struct cs_calendar c = office;
	const struct cs_day_hours *h;

	(void)state;
	c.week[0] = (struct cs_day_hours){NULL, 0};
	c.week[1] = (struct cs_day_hours){desk_hours, 1};
	c.week[5] = (struct cs_day_hours){short_hours, 1};
	h = cs_calendar_day(&c, day("2026-10-10"), NULL);
	assert_int_equal(h->count, 1);
	assert_int_equal(h->span[0].from, 480);
	for (int i = 0; i < 7; i++)
		c.week[i].count = 0;
	assert_int_equal(cs_calendar_day(&c, day("2026-10-10"), NULL)->count, 0);
}

/* S2-2-33: the desk is open daily, holidays included. */
static void s2_2_33_desk_is_open_on_holidays(void **state)
{
	(void)state;
	for (int32_t d = day("2026-09-25"); d <= day("2026-10-11"); d++)
		assert_true(cs_calendar_works(&desk, d));
	assert_true(cs_calendar_is_open(&desk, at(shanghai, "2026-10-01 08:00")));
	assert_false(cs_calendar_is_open(&desk, at(shanghai, "2026-10-01 07:59:59")));
	assert_false(cs_calendar_is_open(&desk, at(shanghai, "2026-10-01 20:00")));
}

static void g31_years_without_data_are_told(void **state)
{
	struct cs_holidays empty = {"none", NULL, 0, NULL, NULL, 0, 0};
	struct cs_calendar c = office;

	(void)state;
	assert_false(cs_calendar_unknown(&office, day("2025-01-01")));
	assert_false(cs_calendar_unknown(&office, day("2026-12-31")));
	assert_true(cs_calendar_unknown(&office, day("2027-01-01")));
	assert_true(cs_calendar_unknown(&office, day("2024-12-31")));
	assert_false(cs_calendar_unknown(&desk, day("2027-01-01")));
	c.holidays = &empty;
	assert_true(cs_calendar_unknown(&c, day("2026-01-01")));
	assert_int_equal(cs_calendar_day(&c, day("2026-10-01"), NULL)->count, 2);
}

static const struct {
	const struct cs_calendar *c;
	const char *t, *from, *to;
} next_rows[] = {
	{&office, "2026-09-30 08:59:59", "2026-09-30 09:00", "2026-09-30 12:00"},
	{&office, "2026-09-30 09:00", "2026-09-30 09:00", "2026-09-30 12:00"},
	{&office, "2026-09-30 11:59:59", "2026-09-30 11:59:59", "2026-09-30 12:00"},
	{&office, "2026-09-30 12:00", "2026-09-30 13:30", "2026-09-30 18:00"},
	{&office, "2026-09-30 17:00", "2026-09-30 17:00", "2026-09-30 18:00"},
	{&office, "2026-09-30 18:00", "2026-10-08 09:00", "2026-10-08 12:00"},
	{&office, "2026-10-09 18:00", "2026-10-10 09:00", "2026-10-10 12:00"},
	{&office, "2026-10-10 18:00", "2026-10-12 09:00", "2026-10-12 12:00"},
	/* Hours past midnight belong to the day they began: Monday's shift ends on Tuesday. */
	{&evening, "2026-10-12 18:00", "2026-10-12 18:30", "2026-10-13 00:30"},
	{&evening, "2026-10-12 23:59", "2026-10-12 23:59", "2026-10-13 00:30"},
	{&evening, "2026-10-13 00:00", "2026-10-13 00:00", "2026-10-13 00:30"},
	{&evening, "2026-10-13 00:29:59", "2026-10-13 00:29:59", "2026-10-13 00:30"},
	{&evening, "2026-10-13 00:30", "2026-10-13 18:30", "2026-10-14 00:30"},
	{&evening, "2026-10-18 00:15", "2026-10-18 00:15", "2026-10-18 00:30"},
	{&evening, "2026-10-18 00:30", "2026-10-18 09:30", "2026-10-19 00:00"},
	{&evening, "2026-10-19 00:00", "2026-10-19 18:30", "2026-10-20 00:30"},
	{&dates_only, "2026-09-01 00:00", "2026-10-01 09:00", "2026-10-01 12:00"},
	{&dates_only, "2026-10-01 12:00", "2026-12-31 09:00", "2026-12-31 12:00"},
};

static void the_next_open_stretch(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof next_rows / sizeof next_rows[0]; i++) {
		const struct cs_calendar *c = next_rows[i].c;
		cs_time t = at(c->zone, next_rows[i].t), from = 0, to = 0;
		char text[32];

		assert_int_equal(cs_calendar_next_open(c, t, &from, &to), 0);
		if (from != at(c->zone, next_rows[i].from) || to != at(c->zone, next_rows[i].to))
			fail_msg("after %s: %s", next_rows[i].t, cs_time_text(c->zone, from, text));
		assert_int_equal(cs_calendar_is_open(c, t), from == t);
	}
}

static void the_last_open_stretch(void **state)
{
	static const struct {
		const struct cs_calendar *c;
		const char *t, *from, *to;
	} rows[] = {
		{&office, "2026-10-08 09:00", "2026-09-30 13:30", "2026-09-30 18:00"},
		{&office, "2026-10-08 09:00:01", "2026-10-08 09:00", "2026-10-08 09:00:01"},
		{&office, "2026-10-08 13:30", "2026-10-08 09:00", "2026-10-08 12:00"},
		{&office, "2026-10-12 08:00", "2026-10-10 13:30", "2026-10-10 18:00"},
		{&evening, "2026-10-13 12:00", "2026-10-12 18:30", "2026-10-13 00:30"},
		{&evening, "2026-10-13 00:10", "2026-10-12 18:30", "2026-10-13 00:10"},
		{&dates_only, "2026-12-31 09:00", "2026-10-01 09:00", "2026-10-01 12:00"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct cs_calendar *c = rows[i].c;
		cs_time from = 0, to = 0;

		assert_int_equal(cs_calendar_last_open(c, at(c->zone, rows[i].t), &from, &to), 0);
		assert_int_equal(from, at(c->zone, rows[i].from));
		assert_int_equal(to, at(c->zone, rows[i].to));
	}
}

/* Mondays until 06:00 on Tuesday, Tuesdays from 05:00: the common hour is there once. */
static void hours_of_two_days_may_overlap(void **state)
{
	struct cs_hours night[] = {{1200, 1800}}, early[] = {{300, 720}};
	struct cs_calendar c = {.zone = shanghai};
	cs_time from, to;

	(void)state;
	c.week[0] = (struct cs_day_hours){night, 1};
	c.week[1] = (struct cs_day_hours){early, 1};
	assert_int_equal(cs_calendar_next_open(&c, at(shanghai, "2026-10-12 12:00"), &from, &to),
			 0);
	assert_int_equal(from, at(shanghai, "2026-10-12 20:00"));
	assert_int_equal(to, at(shanghai, "2026-10-13 06:00"));
	assert_int_equal(cs_calendar_next_open(&c, to, &from, &to), 0);
	assert_int_equal(from, at(shanghai, "2026-10-13 06:00"));
	assert_int_equal(to, at(shanghai, "2026-10-13 12:00"));
	assert_int_equal(cs_calendar_last_open(&c, at(shanghai, "2026-10-14"), &from, &to), 0);
	assert_int_equal(from, at(shanghai, "2026-10-13 05:00"));
	assert_int_equal(cs_calendar_last_open(&c, from, &from, &to), 0);
	assert_int_equal(from, at(shanghai, "2026-10-12 20:00"));
	assert_int_equal(to, at(shanghai, "2026-10-13 05:00"));
}

/* Monday has 05:00-06:00 on Tuesday; Tuesday opens before and after that hour. */
static void a_later_day_may_open_sooner(void **state)
{
	struct cs_hours late[] = {{1740, 1800}}, both[] = {{0, 60}, {420, 480}},
			long_night[] = {{1200, 1800}}, inside[] = {{60, 120}};
	struct cs_calendar c = {.zone = shanghai};
	cs_time from, to;

	(void)state;
	c.week[0] = (struct cs_day_hours){late, 1};
	c.week[1] = (struct cs_day_hours){both, 2};
	assert_int_equal(cs_calendar_next_open(&c, at(shanghai, "2026-10-12 12:00"), &from, &to),
			 0);
	assert_int_equal(from, at(shanghai, "2026-10-13 00:00"));
	assert_int_equal(cs_calendar_next_open(&c, to, &from, &to), 0);
	assert_int_equal(from, at(shanghai, "2026-10-13 05:00"));
	assert_int_equal(cs_calendar_next_open(&c, to, &from, &to), 0);
	assert_int_equal(from, at(shanghai, "2026-10-13 07:00"));
	/* An earlier day may close later: Monday until 06:00, Tuesday 01:00-02:00. */
	c.week[0] = (struct cs_day_hours){long_night, 1};
	c.week[1] = (struct cs_day_hours){inside, 1};
	assert_int_equal(cs_calendar_last_open(&c, at(shanghai, "2026-10-13 12:00"), &from, &to),
			 0);
	assert_int_equal(from, at(shanghai, "2026-10-12 20:00"));
	assert_int_equal(to, at(shanghai, "2026-10-13 06:00"));
}

static void no_open_time_is_no_endless_search(void **state)
{
	cs_time from, to;

	(void)state;
	assert_int_equal(cs_calendar_next_open(&never, 0, &from, &to), -1);
	assert_int_equal(cs_calendar_last_open(&never, 0, &from, &to), -1);
	assert_false(cs_calendar_is_open(&never, 0));
	assert_int_equal(cs_calendar_next_open(&dates_only, at(shanghai, "2027-01-01"), &from, &to),
			 -1);
	assert_int_equal(cs_calendar_next_open(&office, INT64_MAX, &from, &to), -1);
}

/* A day round the clock has 23, 24 or 25 hours. */
static void clock_changes_make_short_and_long_days(void **state)
{
	static const struct {
		const char *day;
		int hours;
	} rows[] = {{"2026-03-07", 24},
		    {"2026-03-08", 23},
		    {"2026-03-09", 24},
		    {"2026-11-01", 25},
		    {"2026-11-02", 24}};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		cs_time from, to;

		assert_int_equal(
			cs_calendar_next_open(&always, at(new_york, rows[i].day), &from, &to), 0);
		assert_int_equal(from, at(new_york, rows[i].day));
		assert_int_equal(to - from, rows[i].hours * 3600);
	}
}

static void release_takes_null_and_all_members(void **state)
{
	struct cs_calendar c = {.id = cs_strdup("office"), .date_count = 1};
	struct cs_holidays h = {.name = cs_strdup("cn"), .year_count = 1};

	(void)state;
	c.week[3] = (struct cs_day_hours){cs_alloc(sizeof(struct cs_hours)), 1};
	c.date = cs_alloc(sizeof *c.date);
	c.date[0].hours = (struct cs_day_hours){cs_alloc(sizeof(struct cs_hours)), 1};
	h.years = cs_alloc(sizeof *h.years);
	h.holiday = cs_alloc(sizeof *h.holiday);
	h.workday = cs_alloc(sizeof *h.workday);
	cs_calendar_free(&c);
	cs_holidays_free(&h);
	assert_null(c.id);
	assert_null(h.name);
	cs_calendar_free(NULL);
	cs_holidays_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(s1_2_4_days_of_the_office),
		cmocka_unit_test(precedence),
		cmocka_unit_test(make_up_days_have_normal_hours),
		cmocka_unit_test(s2_2_33_desk_is_open_on_holidays),
		cmocka_unit_test(g31_years_without_data_are_told),
		cmocka_unit_test(the_next_open_stretch),
		cmocka_unit_test(the_last_open_stretch),
		cmocka_unit_test(hours_of_two_days_may_overlap),
		cmocka_unit_test(a_later_day_may_open_sooner),
		cmocka_unit_test(no_open_time_is_no_endless_search),
		cmocka_unit_test(clock_changes_make_short_and_long_days),
		cmocka_unit_test(release_takes_null_and_all_members),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
