/* Clocks as pure functions: due times, pauses, shares, times before, reclocking, timelines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "domain/clock.h"

/* Holidays of 2026 around the days used here. */
static const char *const holiday_text[] = {
	"2026-01-01", "2026-01-02", "2026-01-03", "2026-02-15", "2026-02-16", "2026-02-17",
	"2026-02-18", "2026-02-19", "2026-02-20", "2026-02-21", "2026-02-22", "2026-02-23",
	"2026-05-01", "2026-05-02", "2026-05-03", "2026-05-04", "2026-05-05", "2026-09-25",
	"2026-09-26", "2026-09-27", "2026-10-01", "2026-10-02", "2026-10-03", "2026-10-04",
	"2026-10-05", "2026-10-06", "2026-10-07"};
static const char *const workday_text[] = {"2026-01-04", "2026-02-14", "2026-02-28",
					   "2026-05-09", "2026-09-20", "2026-10-10"};
enum {
	HOLIDAYS = sizeof holiday_text / sizeof holiday_text[0],
	WORKDAYS = sizeof workday_text / sizeof workday_text[0]
};

static int years[] = {2026};
static int32_t holiday[HOLIDAYS], workday[WORKDAYS];
static const struct cs_holidays cn = {"cn", years, 1, holiday, workday, HOLIDAYS, WORKDAYS};
static struct cs_hours office_hours[] = {{540, 720}, {810, 1080}}, desk_hours[] = {{480, 1200}},
		       evening_hours[] = {{1110, 1470}}, sunday_hours[] = {{570, 1440}},
		       ny_hours[] = {{540, 1020}};

/* From OFFICE on there is a calendar; before, only a zone. */
enum which {
	NONE,
	NEW_YORK,
	OFFICE,
	CLOSING,
	ROLLING,
	DESK,
	EVENING,
	EVENING_CLOSING,
	NY_OFFICE,
	NEVER,
	CALENDARS
};
static struct cs_calendar calendars[CALENDARS];
static const struct cs_zone *shanghai, *new_york;

static int setup(void **state)
{
	(void)state;
	if (cs_zone_open("Asia/Shanghai", &shanghai, NULL) ||
	    cs_zone_open("America/New_York", &new_york, NULL))
		return -1;
	for (size_t i = 0; i < HOLIDAYS; i++)
		assert_int_equal(cs_date_parse(holiday_text[i], &holiday[i], NULL), 0);
	for (size_t i = 0; i < WORKDAYS; i++)
		assert_int_equal(cs_date_parse(workday_text[i], &workday[i], NULL), 0);
	for (int k = 0; k < CALENDARS; k++)
		calendars[k].zone = k == NEW_YORK || k == NY_OFFICE ? new_york : shanghai;
	for (int i = 0; i < 7; i++) {
		struct cs_day_hours evening = {i == 6 ? sunday_hours : evening_hours, 1};

		calendars[DESK].week[i] = (struct cs_day_hours){desk_hours, 1};
		calendars[EVENING].week[i] = calendars[EVENING_CLOSING].week[i] = evening;
		if (i < 5) {
			calendars[OFFICE].week[i] = (struct cs_day_hours){office_hours, 2};
			calendars[NY_OFFICE].week[i] = (struct cs_day_hours){ny_hours, 1};
		}
	}
	calendars[OFFICE].holidays = &cn;
	calendars[CLOSING] = calendars[ROLLING] = calendars[OFFICE];
	calendars[CLOSING].closes_with_hours = calendars[EVENING_CLOSING].closes_with_hours = true;
	calendars[ROLLING].roll = true;
	return 0;
}

static const struct cs_zone *zone_of(enum which k)
{
	return calendars[k].zone;
}

/* NULL is CS_TIME_NONE. */
static cs_time at(enum which k, const char *text)
{
	struct cs_err e = {0};
	cs_time t = CS_TIME_NONE;

	if (text && cs_time_parse(text, zone_of(k), &t, &e) != 0)
		fail_msg("%s", e.text);
	return t;
}

static struct cs_span span_of(const char *text)
{
	struct cs_span s = {0};
	struct cs_err e = {0};

	if (cs_span_parse(text, true, &s, &e) != 0)
		fail_msg("%s", e.text);
	return s;
}

struct row {
	enum which cal;
	const char *from, *span, *pause[6], *end; /* pauses: from, to, from, to...; to "": still */
};

static struct cs_count count_of(const struct row *r, struct cs_pause pauses[3])
{
	struct cs_count c = {.zone = zone_of(r->cal), .from = at(r->cal, r->from), .pause = pauses};

	if (r->cal > NEW_YORK)
		c.cal = &calendars[r->cal];
	for (; c.pause_count < 3 && r->pause[2 * c.pause_count]; c.pause_count++) {
		const char *to = r->pause[2 * c.pause_count + 1];

		pauses[c.pause_count].from = at(r->cal, r->pause[2 * c.pause_count]);
		pauses[c.pause_count].to = at(r->cal, *to ? to : NULL);
	}
	return c;
}

static void check_rows(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct cs_pause pauses[3];
		struct cs_count c = count_of(&rows[i], pauses);
		struct cs_span span = span_of(rows[i].span);
		cs_time end = 0, want = at(rows[i].cal, rows[i].end);
		struct cs_err e = {0};
		char text[32];

		if (cs_count_end(&c, &span, &end, &e) != 0)
			fail_msg("%s + %s: %s", rows[i].from, rows[i].span, e.text);
		if (end != want)
			fail_msg("row %zu: %s + %s = %s, not %s", i, rows[i].from, rows[i].span,
				 cs_time_text_iso(c.zone, end, text),
				 rows[i].end ? rows[i].end : "never");
		/* What is used up at the end is the span; a second before, less. */
		if (end == CS_TIME_NONE || span.unit == CS_SPAN_MONTHS ||
		    span.unit == CS_SPAN_EOD || rows[i].cal == ROLLING)
			continue;
		assert_int_equal(cs_count_used(&c, &span, end), span.n);
		if (span.n > 0)
			assert_true(cs_count_used(&c, &span, end - 1) < span.n);
	}
}

#define CHECK(rows) check_rows(rows, sizeof(rows) / sizeof((rows)[0]))

static const struct row working[] = {
	/* The worked examples of the design. */
	{OFFICE, "2026-10-09 17:00", "4wh", {0}, "2026-10-10 12:00"},
	{OFFICE, "2026-09-30 17:00", "4wh", {0}, "2026-10-08 12:00"},
	/* The end of a stretch is the end, not the next opening. */
	{OFFICE, "2026-10-12 09:00", "3wh", {0}, "2026-10-12 12:00"},
	{OFFICE, "2026-10-12 09:00", "181wm", {0}, "2026-10-12 13:31"},
	{OFFICE, "2026-10-12 10:30", "90wm", {0}, "2026-10-12 12:00"},
	{OFFICE, "2026-10-12 13:30", "450wm", {0}, "2026-10-13 12:00"},
	/* Outside hours the clock starts at the next opening. */
	{OFFICE, "2026-10-12 12:00", "1wm", {0}, "2026-10-12 13:31"},
	{OFFICE, "2026-10-12 12:45", "30wm", {0}, "2026-10-12 14:00"},
	{OFFICE, "2026-10-12 18:00", "1wh", {0}, "2026-10-13 10:00"},
	{OFFICE, "2026-10-12 17:59:59", "1wm", {0}, "2026-10-13 09:00:59"},
	{OFFICE, "2026-10-12 03:00", "1wh", {0}, "2026-10-12 10:00"},
	{OFFICE, "2026-10-10 18:00", "1wh", {0}, "2026-10-12 10:00"},
	{OFFICE, "2026-10-03 12:00", "1wh", {0}, "2026-10-08 10:00"},
	/* Ten minutes before closing, a holiday next. */
	{OFFICE, "2026-09-30 17:50", "30wm", {0}, "2026-10-08 09:20"},
	{OFFICE, "2026-09-24 17:50", "30wm", {0}, "2026-09-28 09:20"},
	{OFFICE, "2026-02-13 17:50", "8wh", {0}, "2026-02-24 09:20"},
	{OFFICE, "2026-10-12 09:00", "0wm", {0}, "2026-10-12 09:00"},
	{OFFICE, "2026-10-12 12:30", "0wm", {0}, "2026-10-12 12:30"},
	/* Every day, and past midnight. */
	{DESK, "2026-10-01 19:00", "2wh", {0}, "2026-10-02 09:00"},
	{EVENING, "2026-10-12 23:00", "1wh", {0}, "2026-10-13 00:00"},
	{EVENING, "2026-10-12 23:00", "90wm", {0}, "2026-10-13 00:30"},
	{EVENING, "2026-10-12 23:00", "91wm", {0}, "2026-10-13 18:31"},
	{EVENING, "2026-10-13 00:10", "30wm", {0}, "2026-10-13 18:40"},
	{EVENING, "2026-10-17 23:00", "2wh", {0}, "2026-10-18 10:00"},
	{EVENING, "2026-10-18 23:00", "90wm", {0}, "2026-10-19 19:00"},
	/* Pauses: inside, over closed time, across the close, on the edges, before, open. */
	{OFFICE, "2026-10-12 09:00", "2wh",
	 {"2026-10-12 10:00", "2026-10-12 10:30"}, "2026-10-12 11:30"},
	{OFFICE, "2026-10-12 09:00", "4wh",
	 {"2026-10-12 12:00", "2026-10-12 13:30"}, "2026-10-12 14:30"},
	{OFFICE, "2026-10-12 17:00", "2wh",
	 {"2026-10-12 17:30", "2026-10-13 09:30"}, "2026-10-13 11:00"},
	{OFFICE, "2026-10-12 09:00", "1wh",
	 {"2026-10-12 10:00", "2026-10-12 11:00"}, "2026-10-12 10:00"},
	{OFFICE, "2026-10-12 09:00", "1wh",
	 {"2026-10-12 09:00", "2026-10-12 10:00"}, "2026-10-12 11:00"},
	{OFFICE, "2026-10-12 09:00", "1wh",
	 {"2026-10-12 08:00", "2026-10-12 09:00"}, "2026-10-12 10:00"},
	{OFFICE, "2026-10-12 09:00", "1wh",
	 {"2026-10-11 08:00", "2026-10-12 09:30"}, "2026-10-12 10:30"},
	{OFFICE, "2026-10-12 09:00", "1wh",
	 {"2026-10-12 09:59:59", "2026-10-12 11:00"}, "2026-10-12 11:00:01"},
	{OFFICE, "2026-10-12 09:00", "1wh",
	 {"2026-10-12 09:30", "2026-10-12 09:30"}, "2026-10-12 10:00"},
	{OFFICE, "2026-10-12 09:00", "1wh", {"2026-10-12 09:30", ""}, NULL},
	{OFFICE, "2026-10-12 09:00", "1wh", {"2026-10-12 10:00", ""}, "2026-10-12 10:00"},
	{OFFICE, "2026-10-12 09:00", "1wh", {"2026-10-12 08:00", ""}, NULL},
	{OFFICE, "2026-10-12 09:00", "1wh",
	 {"2026-10-12 09:10", "2026-10-12 09:20", "2026-10-12 09:20", "2026-10-12 09:30",
	  "2026-10-12 10:00", ""}, NULL},
	{OFFICE, "2026-10-12 09:00", "40wm",
	 {"2026-10-12 09:10", "2026-10-12 09:20", "2026-10-12 09:20", "2026-10-12 09:30",
	  "2026-10-12 10:00", ""},
	 "2026-10-12 10:00"},
	{OFFICE, "2026-09-30 17:00", "4wh",
	 {"2026-10-01 10:00", "2026-10-08 10:00"}, "2026-10-08 14:30"},
	{EVENING, "2026-10-12 23:00", "1wh",
	 {"2026-10-12 23:30", "2026-10-13 00:15"}, "2026-10-13 18:45"},
	/* Clock changes outside working hours change nothing. */
	{NY_OFFICE, "2026-03-06 16:00", "2wh", {0}, "2026-03-09 10:00"},
	{NY_OFFICE, "2026-10-30 16:00", "2wh", {0}, "2026-11-02 10:00"},
};

static void s1_2_4_working_time(void **state)
{
	(void)state;
	CHECK(working);
}

static const struct row elapsed[] = {
	{NONE, "2026-10-09 17:00", "48h", {0}, "2026-10-11 17:00"},
	{NONE, "2026-10-09 17:00", "7d", {0}, "2026-10-16 17:00"},
	{NONE, "2026-10-09 17:00", "30m", {0}, "2026-10-09 17:30"},
	{NONE, "2026-10-09 17:00", "0m", {0}, "2026-10-09 17:00"},
	{NONE, "2024-02-28 10:00", "24h", {0}, "2024-02-29 10:00"},
	/* 48 hours are 48 hours, also where a day has 23 or 25. */
	{NEW_YORK, "2026-03-07 12:00", "48h", {0}, "2026-03-09 13:00"},
	{NEW_YORK, "2026-10-31 12:00", "48h", {0}, "2026-11-02 11:00"},
	{NEW_YORK, "2026-10-31 12:00", "7d", {0}, "2026-11-07 11:00"},
	{NEW_YORK, "2026-10-31 12:00", "14h", {0}, "2026-11-01T01:00:00-05:00"},
	{NONE, "1986-05-03 12:00", "24h", {0}, "1986-05-04 13:00"},
	{NONE, "1991-09-14 12:00", "24h", {0}, "1991-09-15 11:00"},
	/* G12: paused time is lost. */
	{NONE, "2026-10-09 17:00", "48h",
	 {"2026-10-09 18:00", "2026-10-10 18:00"}, "2026-10-12 17:00"},
	{NONE, "2026-10-09 17:00", "1h",
	 {"2026-10-09 18:00", "2026-10-10 18:00"}, "2026-10-09 18:00"},
	{NONE, "2026-10-09 17:00", "1h",
	 {"2026-10-09 17:00", "2026-10-09 18:00"}, "2026-10-09 19:00"},
	{NONE, "2026-10-09 17:00", "1h",
	 {"2026-10-09 15:00", "2026-10-09 16:00"}, "2026-10-09 18:00"},
	{NONE, "2026-10-09 17:00", "1h",
	 {"2026-10-09 15:00", "2026-10-09 17:30"}, "2026-10-09 18:30"},
	{NONE, "2026-10-09 17:00", "1h", {"2026-10-09 17:59:59", ""}, NULL},
	{NONE, "2026-10-09 17:00", "1h", {"2026-10-09 18:00", ""}, "2026-10-09 18:00"},
	{NONE, "2026-10-09 17:00", "1h", {"2026-10-09 16:00", ""}, NULL},
	{NONE, "2026-10-09 17:00", "0m", {"2026-10-09 16:00", ""}, "2026-10-09 17:00"},
	{NONE, "2026-10-09 17:00", "3h",
	 {"2026-10-09 18:00", "2026-10-09 19:00", "2026-10-09 20:00", "2026-10-09 21:00",
	  "2026-10-09 22:00", ""},
	 "2026-10-09 22:00"},
	{NEW_YORK, "2026-10-31 12:00", "24h",
	 {"2026-11-01T01:30:00-04:00", "2026-11-01T01:30:00-05:00"}, "2026-11-01 12:00"},
};

static void elapsed_time(void **state)
{
	(void)state;
	CHECK(elapsed);
}

static const struct row workdays[] = {
	/* Across National Day 2026: 1-7 October off, Saturday the 10th worked. */
	{OFFICE, "2026-09-30 10:00", "5wd", {0}, "2026-10-14 00:00"},
	{OFFICE, "2026-09-28 10:00", "10wd", {0}, "2026-10-17 00:00"},
	{OFFICE, "2026-09-30 23:59:59", "1wd", {0}, "2026-10-09 00:00"},
	{OFFICE, "2026-10-01 00:00", "1wd", {0}, "2026-10-09 00:00"},
	{OFFICE, "2026-10-09 10:00", "1wd", {0}, "2026-10-11 00:00"},
	{OFFICE, "2026-10-09 10:00", "2wd", {0}, "2026-10-13 00:00"},
	/* The day of the event does not count, whatever its hour or kind. */
	{OFFICE, "2026-10-12 00:00", "1wd", {0}, "2026-10-14 00:00"},
	{OFFICE, "2026-10-12 23:59", "1wd", {0}, "2026-10-14 00:00"},
	{OFFICE, "2026-10-17 10:00", "1wd", {0}, "2026-10-20 00:00"},
	{OFFICE, "2026-02-13 12:00", "3wd", {0}, "2026-02-26 00:00"},
	{CLOSING, "2026-10-12 10:00", "1wd", {0}, "2026-10-13 18:00"},
	{CLOSING, "2026-10-12 19:00", "1wd", {0}, "2026-10-13 18:00"},
	{CLOSING, "2026-09-30 10:00", "5wd", {0}, "2026-10-13 18:00"},
	{EVENING_CLOSING, "2026-10-12 10:00", "1wd", {0}, "2026-10-14 00:30"},
	{EVENING_CLOSING, "2026-10-16 10:00", "2wd", {0}, "2026-10-19 00:00"},
	/* A roll never moves working days. */
	{ROLLING, "2026-09-30 10:00", "5wd", {0}, "2026-10-14 00:00"},
	/* A day does not count if the clock stood still at its close. */
	{OFFICE, "2026-10-12 10:00", "2wd",
	 {"2026-10-13 10:00", "2026-10-13 16:00"}, "2026-10-15 00:00"},
	{OFFICE, "2026-10-12 10:00", "2wd",
	 {"2026-10-13 10:00", "2026-10-14 08:00"}, "2026-10-16 00:00"},
	{OFFICE, "2026-10-12 10:00", "2wd",
	 {"2026-10-12 11:00", "2026-10-13 08:00"}, "2026-10-15 00:00"},
	{OFFICE, "2026-10-12 10:00", "2wd",
	 {"2026-10-13 10:00", "2026-10-14 00:00"}, "2026-10-16 00:00"},
	{OFFICE, "2026-10-12 10:00", "2wd",
	 {"2026-10-14 00:00", "2026-10-14 08:00"}, "2026-10-15 00:00"},
	{OFFICE, "2026-10-12 10:00", "2wd",
	 {"2026-10-13 10:00", "2026-10-13 23:59:59"}, "2026-10-15 00:00"},
	{OFFICE, "2026-10-12 10:00", "2wd",
	 {"2026-10-13 23:59:59", "2026-10-14 08:00"}, "2026-10-16 00:00"},
	{OFFICE, "2026-10-12 10:00", "2wd",
	 {"2026-10-16 10:00", "2026-10-18 10:00"}, "2026-10-15 00:00"},
	{OFFICE, "2026-10-12 10:00", "5wd",
	 {"2026-10-16 10:00", "2026-10-18 10:00"}, "2026-10-21 00:00"},
	{OFFICE, "2026-10-12 10:00", "5wd",
	 {"2026-10-17 10:00", "2026-10-18 10:00"}, "2026-10-20 00:00"},
	{OFFICE, "2026-10-12 10:00", "2wd",
	 {"2026-10-10 10:00", "2026-10-12 09:00"}, "2026-10-15 00:00"},
	{OFFICE, "2026-10-12 10:00", "2wd", {"2026-10-14 10:00", ""}, NULL},
	{OFFICE, "2026-10-12 10:00", "2wd", {"2026-10-15 00:00", ""}, "2026-10-15 00:00"},
	{CLOSING, "2026-10-12 10:00", "1wd",
	 {"2026-10-13 18:00", "2026-10-13 20:00"}, "2026-10-13 18:00"},
	{CLOSING, "2026-10-12 10:00", "1wd",
	 {"2026-10-13 17:00", "2026-10-13 18:00"}, "2026-10-14 18:00"},
	{CLOSING, "2026-10-12 10:00", "1wd",
	 {"2026-10-12 19:00", "2026-10-13 17:59:59"}, "2026-10-13 18:00"},
};

static void counted_working_days(void **state)
{
	(void)state;
	CHECK(workdays);
}

static const struct row days[] = {
	{NONE, "2026-10-12 10:00", "10cd", {0}, "2026-10-23 00:00"},
	{NONE, "2026-10-12 00:00", "1cd", {0}, "2026-10-14 00:00"},
	{NONE, "2026-10-12 23:59:59", "1cd", {0}, "2026-10-14 00:00"},
	{NONE, "2024-02-28 10:00", "1cd", {0}, "2024-03-01 00:00"},
	{NONE, "2026-02-28 10:00", "1cd", {0}, "2026-03-02 00:00"},
	/* Two days are two days, also where one has 23 or 25 hours. */
	{NEW_YORK, "2026-03-07 12:00", "2cd", {0}, "2026-03-10 00:00"},
	{NEW_YORK, "2026-10-31 12:00", "2cd", {0}, "2026-11-03 00:00"},
	{NONE, "1986-05-03 12:00", "1cd", {0}, "1986-05-05 00:00"},
	{OFFICE, "2026-09-30 10:00", "3cd", {0}, "2026-10-04 00:00"},
	/* Civil Code 203: the last day a rest day, then the next working day. */
	{ROLLING, "2026-09-30 10:00", "3cd", {0}, "2026-10-09 00:00"},
	{ROLLING, "2026-09-30 10:00", "8cd", {0}, "2026-10-09 00:00"},
	{ROLLING, "2026-10-09 10:00", "1cd", {0}, "2026-10-11 00:00"},
	{ROLLING, "2026-10-09 10:00", "2cd", {0}, "2026-10-13 00:00"},
	{ROLLING, "2026-10-12 10:00", "3cd", {0}, "2026-10-16 00:00"},
	/* A closing hour on working days, midnight on the others. */
	{CLOSING, "2026-10-12 10:00", "1cd", {0}, "2026-10-13 18:00"},
	{CLOSING, "2026-09-30 10:00", "1cd", {0}, "2026-10-02 00:00"},
	{NONE, "2026-10-12 10:00", "3cd",
	 {"2026-10-13 12:00", "2026-10-15 12:00"}, "2026-10-18 00:00"},
	{NONE, "2026-10-12 10:00", "3cd",
	 {"2026-10-13 00:00", "2026-10-14 00:00"}, "2026-10-17 00:00"},
	{NONE, "2026-10-12 10:00", "3cd",
	 {"2026-10-12 11:00", "2026-10-12 12:00", "2026-10-13 12:00", "2026-10-14 12:00",
	  "2026-10-15 12:00", "2026-10-16 12:00"},
	 "2026-10-18 00:00"},
	{NONE, "2026-10-12 10:00", "3cd", {"2026-10-13 12:00", ""}, NULL},
	{ROLLING, "2026-10-08 10:00", "3cd",
	 {"2026-10-12 12:00", "2026-10-13 12:00"}, "2026-10-14 00:00"},
	{ROLLING, "2026-10-08 10:00", "3cd", {"2026-10-12 12:00", ""}, NULL},
	/* Months: the same day number, else the last day of the month. */
	{NONE, "2026-01-31 10:00", "1mo", {0}, "2026-03-01 00:00"},
	{NONE, "2024-01-31 10:00", "1mo", {0}, "2024-03-01 00:00"},
	{NONE, "2026-10-12 00:00", "1mo", {0}, "2026-11-13 00:00"},
	{NONE, "2024-02-29 10:00", "1y", {0}, "2025-03-01 00:00"},
	{NONE, "2024-02-29 10:00", "4y", {0}, "2028-03-01 00:00"},
	{NONE, "2026-12-15 10:00", "2mo", {0}, "2027-02-16 00:00"},
	{ROLLING, "2026-09-03 10:00", "1mo", {0}, "2026-10-09 00:00"},
	{CLOSING, "2026-09-12 10:00", "1mo", {0}, "2026-10-12 18:00"},
	{NONE, "2026-01-31 10:00", "1mo",
	 {"2026-02-01 12:00", "2026-02-03 12:00"}, "2026-03-03 00:00"},
	{NONE, "2026-01-31 10:00", "1mo", {"2026-02-01 12:00", ""}, NULL},
	/* The coming midnight; one exactly at midnight belongs to the day that begins. */
	{NONE, "2026-10-12 10:00", "eod", {0}, "2026-10-13 00:00"},
	{NONE, "2026-10-12 23:59:59", "eod", {0}, "2026-10-13 00:00"},
	{NONE, "2026-10-12 00:00", "eod", {0}, "2026-10-13 00:00"},
	{NONE, "2026-10-12 10:00", "eod", {"2026-10-12 11:00", ""}, "2026-10-13 00:00"},
	{NEW_YORK, "2026-11-01 00:30", "eod", {0}, "2026-11-02 00:00"},
};

static void counted_days_and_months(void **state)
{
	(void)state;
	CHECK(days);
}

static void faults_are_told(void **state)
{
	static const struct {
		enum which cal;
		struct cs_span span;
		const char *why;
	} rows[] = {
		{NONE, {CS_SPAN_WORKING, 60}, "needs a calendar"},
		{NONE, {CS_SPAN_WORKDAYS, 1}, "needs a calendar"},
		{NEVER, {CS_SPAN_WORKING, 60}, "no working time for 400 days"},
		{NEVER, {CS_SPAN_WORKDAYS, 1}, "no working time for 400 days"},
		{NONE, {CS_SPAN_NONE, 0}, "undecided span or a percentage"},
		{NONE, {CS_SPAN_PERCENT, 80}, "undecided span or a percentage"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct cs_count c = {.zone = shanghai, .from = at(NONE, "2026-10-12 10:00")};
		struct cs_err e = {0};
		cs_time end = 77;

		if (rows[i].cal != NONE)
			c.cal = &calendars[rows[i].cal];
		assert_int_equal(cs_count_end(&c, &rows[i].span, &end, &e), -1);
		assert_int_equal(e.code, CS_INTERNAL);
		assert_non_null(strstr(e.text, rows[i].why));
		assert_int_equal(end, CS_TIME_NONE);
		assert_int_equal(cs_count_percent(&c, &rows[i].span, 80, &end, NULL), -1);
		e = (struct cs_err){0};
		assert_int_equal(cs_count_before(c.cal, c.zone, c.from, &rows[i].span, &end, &e),
				 -1);
		assert_int_equal(e.code, CS_INTERNAL);
		if (rows[i].cal == NONE)
			assert_int_equal(cs_count_used(&c, &rows[i].span, c.from + 86400), 0);
	}
}

static void shares_of_a_limit(void **state)
{
	static const struct {
		struct row r; /* end: of the share */
		int64_t percent;
	} rows[] = {
		{{NONE, "2026-10-12 10:00", "48h", {0}, "2026-10-14 00:24"}, 80},
		{{NONE, "2026-10-12 10:00", "48h", {0}, "2026-10-14 10:00"}, 100},
		{{NONE, "2026-10-12 10:00", "48h", {0}, "2026-10-15 10:00"}, 150},
		{{NONE, "2026-10-12 10:00", "1m", {0}, "2026-10-12 10:00:01"}, 1},
		{{NONE, "2026-10-12 10:00", "3m", {0}, "2026-10-12 10:00:59"}, 33},
		{{NONE, "2026-10-12 10:00", "10h",
		 {"2026-10-12 12:00", "2026-10-12 13:00"}, "2026-10-12 19:00"}, 80},
		{{NONE, "2026-10-12 10:00", "10h",
		 {"2026-10-12 19:00", ""}, "2026-10-12 18:00"}, 80},
		{{OFFICE, "2026-10-09 17:00", "4wh", {0}, "2026-10-10 10:00"}, 50},
		{{OFFICE, "2026-10-09 17:00", "4wh", {0}, "2026-10-09 18:00"}, 25},
		/* Counted days by whole ones: in a week before the holiday, and in one with a make-up Sunday. */
		{{OFFICE, "2026-09-28 09:00", "5wd", {0}, "2026-10-10 00:00"}, 80},
		{{OFFICE, "2026-09-14 09:05", "5wd", {0}, "2026-09-19 00:00"}, 80},
		{{OFFICE, "2026-09-28 09:00", "5wd", {0}, "2026-10-11 00:00"}, 100},
		{{OFFICE, "2026-09-28 09:00", "5wd", {0}, "2026-10-01 00:00"}, 59},
		{{OFFICE, "2026-09-30 09:00", "2wd", {0}, "2026-10-09 00:00"}, 80},
		{{NONE, "2026-10-12 10:00", "15cd", {0}, "2026-10-25 00:00"}, 80},
		{{OFFICE, "2026-09-28 09:00", "3wd", {"2026-09-29 12:00", "2026-09-30 09:00"}, "2026-10-09 00:00"}, 80},
		/* The others, and where no whole day is left, by wall time: 38 hours from 10:00 to the midnight
		   after the next day. */
		{{NONE, "2026-10-12 10:00", "1cd", {0}, "2026-10-13 05:00"}, 50},
		{{NONE, "2026-10-12 00:00", "eod", {0}, "2026-10-12 18:00"}, 75},
		{{OFFICE, "2026-09-30 00:00", "1wd", {0}, "2026-10-04 12:00"}, 50},
		{{NONE, "2026-01-31 00:00", "1mo", {0}, "2026-02-14 12:00"}, 50},
		{{NONE, "2026-10-12 10:00", "3cd", {"2026-10-13 12:00", ""}, NULL}, 50},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct cs_pause pauses[3];
		struct cs_count c = count_of(&rows[i].r, pauses);
		struct cs_span span = span_of(rows[i].r.span);
		cs_time end = 0;
		char text[32];

		assert_int_equal(cs_count_percent(&c, &span, rows[i].percent, &end, NULL), 0);
		if (end != at(rows[i].r.cal, rows[i].r.end))
			fail_msg("row %zu: %s", i, cs_time_text(c.zone, end, text));
	}
}

static void spans_before_an_instant(void **state)
{
	static const struct row rows[] = {
		{NONE, "2026-10-12 10:00", "48h", {0}, "2026-10-10 10:00"},
		{NONE, "2026-10-12 10:00", "0m", {0}, "2026-10-12 10:00"},
		{NEW_YORK, "2026-03-09 12:00", "48h", {0}, "2026-03-07 11:00"},
		/* Back through open time, as late as it can be. */
		{OFFICE, "2026-10-10 12:00", "4wh", {0}, "2026-10-09 17:00"},
		{OFFICE, "2026-10-08 12:00", "4wh", {0}, "2026-09-30 17:00"},
		{OFFICE, "2026-10-12 18:00", "270wm", {0}, "2026-10-12 13:30"},
		{OFFICE, "2026-10-12 18:00", "271wm", {0}, "2026-10-12 11:59"},
		{OFFICE, "2026-10-11 12:00", "1wh", {0}, "2026-10-10 17:00"},
		{OFFICE, "2026-10-11 12:00", "0wm", {0}, "2026-10-11 12:00"},
		{EVENING, "2026-10-13 00:30", "1wh", {0}, "2026-10-12 23:30"},
		/* n whole days lie between: the day of the instant counts only if it has closed. */
		{NONE, "2026-10-20 00:00", "3cd", {0}, "2026-10-17 00:00"},
		{NONE, "2026-10-20 15:00", "3cd", {0}, "2026-10-17 00:00"},
		{NONE, "2026-10-20 23:59:59", "3cd", {0}, "2026-10-17 00:00"},
		{NONE, "2026-03-01 00:00", "1cd", {0}, "2026-02-28 00:00"},
		{OFFICE, "2026-10-14 00:00", "5wd", {0}, "2026-10-08 00:00"},
		{OFFICE, "2026-10-13 18:00", "5wd", {0}, "2026-09-30 00:00"},
		{CLOSING, "2026-10-13 18:00", "5wd", {0}, "2026-10-08 00:00"},
		{CLOSING, "2026-10-13 17:59:59", "5wd", {0}, "2026-09-30 00:00"},
		{OFFICE, "2026-10-04 12:00", "1wd", {0}, "2026-09-30 00:00"},
		{EVENING_CLOSING, "2026-10-14 00:29:59", "1wd", {0}, "2026-10-12 00:00"},
		{EVENING_CLOSING, "2026-10-14 00:30", "1wd", {0}, "2026-10-13 00:00"},
		{NONE, "2026-10-20 15:00", "1mo", {0}, "2026-09-20 00:00"},
		{NONE, "2026-10-21 00:00", "1mo", {0}, "2026-09-21 00:00"},
		{NONE, "2026-03-31 12:00", "1mo", {0}, "2026-02-28 00:00"},
		{NONE, "2024-03-31 12:00", "1mo", {0}, "2024-02-29 00:00"},
		{CLOSING, "2026-10-20 18:00", "1mo", {0}, "2026-09-21 00:00"},
		{NONE, "2026-10-20 15:00", "eod", {0}, "2026-10-20 00:00"},
		{NONE, "2026-10-20 00:00", "eod", {0}, "2026-10-19 00:00"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct cs_calendar *cal = rows[i].cal > NEW_YORK ? &calendars[rows[i].cal]
								       : NULL;
		struct cs_span span = span_of(rows[i].span);
		struct cs_err e = {0};
		cs_time out = 0;
		char text[32];

		if (cs_count_before(cal, zone_of(rows[i].cal), at(rows[i].cal, rows[i].from), &span,
				    &out, &e) != 0)
			fail_msg("row %zu: %s", i, e.text);
		if (out != at(rows[i].cal, rows[i].end))
			fail_msg("row %zu: %s", i, cs_time_text(zone_of(rows[i].cal), out, text));
	}
}

/* Reclocking under the same rules, at any moment and any number of times, changes no due time. */
static void reclocking_alone_changes_nothing(void **state)
{
	static const struct row rows[] = {
		{OFFICE, "2026-09-30 17:00", "30wh",
		 {"2026-10-09 15:00", "2026-10-10 10:00"}, NULL},
		{NONE, "2026-09-30 17:00", "200h", {"2026-10-02 15:00", "2026-10-03 10:00"}, NULL},
		{OFFICE, "2026-09-30 10:00", "5wd", {"2026-10-09 15:00", "2026-10-10 10:00"}, NULL},
		{CLOSING, "2026-09-30 10:00", "5wd",
		 {"2026-10-09 15:00", "2026-10-10 10:00"}, NULL},
		{CLOSING, "2026-09-30 19:00", "5wd", {0}, NULL},
		{NONE, "2026-09-30 10:00", "9cd", {"2026-10-02 15:00", "2026-10-04 10:00"}, NULL},
		{ROLLING, "2026-09-30 10:00", "3cd", {0}, NULL},
		{ROLLING, "2026-09-30 10:00", "11cd", {0}, NULL},
		{EVENING_CLOSING, "2026-10-09 10:00", "5wd", {0}, NULL},
		{NONE, "2026-09-12 10:00", "1mo", {"2026-10-02 15:00", "2026-10-04 10:00"}, NULL},
		{NONE, "2026-10-12 10:00", "eod", {0}, NULL},
		{NEW_YORK, "2026-10-30 10:00", "4cd", {0}, NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct cs_pause pauses[3];
		struct cs_count c = count_of(&rows[i], pauses), r = c;
		struct cs_span span = span_of(rows[i].span);
		cs_time end = 0, again = 0;

		assert_int_equal(cs_count_end(&c, &span, &end, NULL), 0);
		for (cs_time now = c.from + 1; now < end; now += 2999) {
			struct cs_count once = c;

			once.from = now;
			once.started = c.from;
			once.used = cs_count_used(&c, &span, now);
			r.used = cs_count_used(&r, &span, now);
			r.from = now;
			r.started = c.from;
			assert_int_equal(once.used, r.used);
			assert_int_equal(cs_count_end(&once, &span, &again, NULL), 0);
			if (again != end)
				fail_msg("row %zu: reclocked at %lld ends %lld, not %lld", i,
					 (long long)now, (long long)again, (long long)end);
			assert_int_equal(cs_count_percent(&once, &span, 100, &again, NULL), 0);
			assert_int_equal(again, end);
		}
	}
}

/* Time used by the old rules, the rest by the new: one of 5wd used by 1 October, four left by a
   calendar that knows the holidays. */
static void reclocking_to_another_calendar(void **state)
{
	struct cs_calendar plain = calendars[OFFICE];
	struct cs_span five = span_of("5wd"), hours = span_of("20wh"), month = span_of("1mo");
	struct cs_count c = {
		.zone = shanghai, .cal = &plain, .from = at(OFFICE, "2026-09-29 10:00")};
	cs_time end = 0;

	(void)state;
	plain.holidays = NULL;
	assert_int_equal(cs_count_end(&c, &five, &end, NULL), 0);
	assert_int_equal(end, at(OFFICE, "2026-10-07 00:00"));
	c.used = cs_count_used(&c, &five, at(OFFICE, "2026-10-01 12:00"));
	assert_int_equal(c.used, 1);
	c.started = c.from;
	c.from = at(OFFICE, "2026-10-01 12:00");
	c.cal = &calendars[OFFICE];
	assert_int_equal(cs_count_end(&c, &five, &end, NULL), 0);
	assert_int_equal(end, at(OFFICE, "2026-10-13 00:00"));
	/* 12 of 20 hours used on Thursday at noon: 8 left, from the 8th on. */
	c.used = 12 * 3600;
	assert_int_equal(cs_count_end(&c, &hours, &end, NULL), 0);
	assert_int_equal(end, at(OFFICE, "2026-10-09 09:30"));
	/* More used up than there is: at once. */
	c.used = 21 * 3600;
	assert_int_equal(cs_count_end(&c, &hours, &end, NULL), 0);
	assert_int_equal(end, c.from);
	c.used = 6;
	assert_int_equal(cs_count_end(&c, &five, &end, NULL), 0);
	assert_int_equal(end, c.from);
	c.used = 1;
	assert_int_equal(cs_count_end(&c, &month, &end, NULL), 0);
	assert_int_equal(end, at(OFFICE, "2026-10-30 00:00"));
}

/* --- against a walk minute by minute -------------------------------------------------------- */

static uint32_t seed = 20261010;

static uint32_t below(uint32_t n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % n;
}

/* The office of 2026, written out again from the rule, without any cs_calendar function. */
static bool office_open(int32_t d, int minute)
{
	bool works = (d + 3) % 7 < 5;

	for (size_t i = 0; i < HOLIDAYS; i++)
		works = works && holiday[i] != d;
	for (size_t i = 0; i < WORKDAYS; i++)
		works = works || workday[i] == d;
	return works && ((minute >= 540 && minute < 720) || (minute >= 810 && minute < 1080));
}

static bool paused(const struct cs_count *c, cs_time t)
{
	for (size_t i = 0; i < c->pause_count; i++) {
		if (c->pause[i].from <= t && (c->pause[i].to == CS_TIME_NONE || t < c->pause[i].to))
			return true;
	}
	return false;
}

/* Shanghai is UTC+8 throughout. */
static cs_time walk(const struct cs_count *c, int64_t minutes)
{
	cs_time t = c->from;

	for (int i = 0; minutes > 0; i++, t += 60) {
		int64_t local = t + 8 * 3600;

		if (i > 90 * 1440)
			return CS_TIME_NONE;
		minutes -= office_open((int32_t)(local / 86400), (int)(local % 86400 / 60)) &&
			   !paused(c, t);
	}
	return t;
}

static void working_time_against_a_walk(void **state)
{
	int32_t first = 0;
	int ends = 0;

	(void)state;
	assert_int_equal(cs_date_parse("2026-09-15", &first, NULL), 0);
	for (int n = 0; n < 600; n++) {
		struct cs_pause pauses[3];
		struct cs_count c = {.zone = shanghai, .cal = &calendars[OFFICE], .pause = pauses};
		struct cs_span span = {CS_SPAN_WORKING, 60 * (1 + (int64_t)below(3000))};
		cs_time end = 0, t;

		c.from = (cs_time)first * 86400 + (cs_time)below(20 * 1440) * 60;
		t = c.from - 86400;
		c.pause_count = below(4);
		for (size_t i = 0; i < c.pause_count; i++) {
			pauses[i].from = t + (cs_time)below(4000) * 60;
			t = pauses[i].to = pauses[i].from + (cs_time)below(2000) * 60;
		}
		if (c.pause_count && below(10) == 0)
			pauses[c.pause_count - 1].to = CS_TIME_NONE;
		assert_int_equal(cs_count_end(&c, &span, &end, NULL), 0);
		if (end != walk(&c, span.n / 60))
			fail_msg("case %d: %lld + %lld", n, (long long)c.from, (long long)span.n);
		if (end == CS_TIME_NONE)
			continue;
		ends++;
		assert_int_equal(cs_count_used(&c, &span, end), span.n);
		assert_int_equal(cs_count_used(&c, &span, end - 1), span.n - 1);
		t = c.from + (end - c.from) / 3;
		c.used = cs_count_used(&c, &span, t);
		c.started = c.from;
		c.from = t;
		assert_int_equal(cs_count_end(&c, &span, &t, NULL), 0);
		assert_int_equal(t, end);
	}
	assert_in_range(ends, 400, 599);
}

/* Going back from the end by the same working time gives the start, where that was open. */
static void there_and_back(void **state)
{
	cs_time first = at(OFFICE, "2026-09-15 09:00");

	(void)state;
	for (int n = 0; n < 2000; n++) {
		struct cs_count c = {.zone = shanghai,
				     .cal = &calendars[OFFICE],
				     .from = first + (cs_time)below(2500000)};
		struct cs_span span = {CS_SPAN_WORKING, 1 + (int64_t)below(200000)};
		cs_time end, back;

		if (!cs_calendar_is_open(c.cal, c.from))
			continue;
		assert_int_equal(cs_count_end(&c, &span, &end, NULL), 0);
		assert_int_equal(cs_count_before(c.cal, c.zone, end, &span, &back, NULL), 0);
		assert_int_equal(back, c.from);
	}
}

/* --- the timeline ----------------------------------------------------------------------------- */

struct told {
	char text[2000];
	cs_time at;
	int64_t counted;
};

static void note(const struct cs_stretch *s, void *arg)
{
	static const char *const names[] = {"counted", "paused", "closed", "holiday", "first"};
	struct told *told = arg;
	size_t n = strlen(told->text);
	char to[32];

	assert_int_equal(s->from, told->at);
	assert_true(s->to > s->from);
	told->at = s->to;
	told->counted += s->counted;
	snprintf(told->text + n, sizeof told->text - n, "%s %lld -%.11s;", names[s->kind],
		 (long long)s->counted, cs_time_text_minute(shanghai, s->to, to) + 5);
}

static void timelines(void **state)
{
	static const struct {
		struct row r; /* end: until */
		const char *told;
	} rows[] = {
		{{OFFICE, "2026-09-30 17:00", "4wh", {0}, "2026-10-08 12:00"},
		 "counted 3600 -09-30 18:00;closed 0 -10-01 00:00;holiday 0 -10-08 00:00;"
		 "closed 0 -10-08 09:00;"
		 "counted 10800 -10-08 12:00;"},
		{{OFFICE, "2026-10-10 11:00", "4wh",
		 {"2026-10-10 11:30", "2026-10-10 14:00"}, "2026-10-12 08:00"},
		 "counted 1800 -10-10 11:30;paused 0 -10-10 14:00;counted 14400 -10-10 18:00;"
		 "closed 0 -10-12 08:00;"},
		{{OFFICE, "2026-10-12 08:00", "1wh", {"2026-10-12 17:00", ""}, "2026-10-13 10:00"},
		 "closed 0 -10-12 09:00;counted 10800 -10-12 12:00;closed 0 -10-12 13:30;"
		 "counted 12600 -10-12 17:00;"
		 "paused 0 -10-13 10:00;"},
		{{NONE, "2026-10-12 10:00", "48h",
		 {"2026-10-12 12:00", "2026-10-12 13:00"}, "2026-10-14 11:00"},
		 "counted 7200 -10-12 12:00;paused 0 -10-12 13:00;counted 165600 -10-14 11:00;"},
		{{NONE, "2026-10-12 10:00", "48h", {0}, "2026-10-12 10:00"}, ""},
		{{OFFICE, "2026-09-29 10:00", "5wd", {0}, "2026-10-13 00:00"},
		 "first 0 -09-30 00:00;counted 1 -10-01 00:00;holiday 0 -10-08 00:00;"
		 "counted 3 -10-11 00:00;"
		 "closed 0 -10-12 00:00;counted 1 -10-13 00:00;"},
		{{OFFICE, "2026-10-12 10:00", "5wd",
		 {"2026-10-13 10:00", "2026-10-14 08:00"}, "2026-10-14 12:00"},
		 "first 0 -10-13 00:00;paused 0 -10-14 00:00;counted 0 -10-14 12:00;"},
		{{CLOSING, "2026-10-12 10:00", "1wd", {0}, "2026-10-13 18:00"},
		 "first 0 -10-13 00:00;counted 1 -10-13 18:00;"},
		{{EVENING_CLOSING, "2026-10-12 10:00", "2wd", {0}, "2026-10-15 00:30"},
		 "first 0 -10-13 00:30;counted 2 -10-15 00:30;"},
		{{ROLLING, "2026-10-08 10:00", "3cd", {0}, "2026-10-13 00:00"},
		 "first 0 -10-09 00:00;counted 3 -10-13 00:00;"},
		{{ROLLING, "2026-09-30 10:00", "3cd", {0}, "2026-10-09 00:00"},
		 "first 0 -10-01 00:00;counted 3 -10-04 00:00;holiday 0 -10-08 00:00;"
		 "counted 0 -10-09 00:00;"},
		{{NONE, "2026-01-31 10:00", "1mo", {0}, "2026-03-01 00:00"},
		 "first 0 -02-01 00:00;counted 28 -03-01 00:00;"},
		{{NONE, "2026-10-12 10:00", "eod", {0}, "2026-10-13 00:00"},
		 "counted 50400 -10-13 00:00;"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct cs_pause pauses[3];
		struct cs_count c = count_of(&rows[i].r, pauses);
		struct cs_span span = span_of(rows[i].r.span), none = {CS_SPAN_NONE, 0};
		struct told told = {.at = c.from};
		cs_time until = at(rows[i].r.cal, rows[i].r.end);

		cs_count_explain(&c, &none, until, note, &told);
		assert_string_equal(told.text, "");
		cs_count_explain(&c, &span, until, note, &told);
		if (strcmp(told.text, rows[i].told) != 0)
			fail_msg("row %zu: %s", i, told.text);
		assert_int_equal(told.at, until);
		if (span.unit != CS_SPAN_EOD && rows[i].r.cal != ROLLING)
			assert_int_equal(told.counted, cs_count_used(&c, &span, until));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(s1_2_4_working_time),
		cmocka_unit_test(elapsed_time),
		cmocka_unit_test(counted_working_days),
		cmocka_unit_test(counted_days_and_months),
		cmocka_unit_test(faults_are_told),
		cmocka_unit_test(shares_of_a_limit),
		cmocka_unit_test(spans_before_an_instant),
		cmocka_unit_test(reclocking_alone_changes_nothing),
		cmocka_unit_test(reclocking_to_another_calendar),
		cmocka_unit_test(working_time_against_a_walk),
		cmocka_unit_test(there_and_back),
		cmocka_unit_test(timelines),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
