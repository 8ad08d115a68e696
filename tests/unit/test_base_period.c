/* Periods: edges, canonical labels, the period before. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/time.h"

static const struct cs_zone *zone(const char *name)
{
	const struct cs_zone *z = NULL;

	assert_int_equal(cs_zone_open(name, &z, NULL), 0);
	return z;
}

static const char SH[] = "Asia/Shanghai", NY[] = "America/New_York";

/* from and to in the zone's own time; `before` is the label of the period before. */
static const struct {
	const char *zone, *text;
	enum cs_period_unit unit;
	const char *from, *to, *label, *before;
} periods[] = {
	{SH, "２０２６-１０", CS_PERIOD_MONTH, "2026-10-01 00:00:00", "2026-11-01 00:00:00", "2026-10", "2026-09"},
	{SH, "2026", CS_PERIOD_YEAR, "2026-01-01 00:00:00", "2027-01-01 00:00:00", "2026", "2025"},
	{SH, "2026-H1", CS_PERIOD_HALF, "2026-01-01 00:00:00", "2026-07-01 00:00:00", "2026-H1", "2025-H2"},
	{SH, "2026-H2", CS_PERIOD_HALF, "2026-07-01 00:00:00", "2027-01-01 00:00:00", "2026-H2", "2026-H1"},
	{SH, "2026-Q1", CS_PERIOD_QUARTER, "2026-01-01 00:00:00", "2026-04-01 00:00:00", "2026-Q1", "2025-Q4"},
	{SH, "2026-Q2", CS_PERIOD_QUARTER, "2026-04-01 00:00:00", "2026-07-01 00:00:00", "2026-Q2", "2026-Q1"},
	{SH, "2026-Q3", CS_PERIOD_QUARTER, "2026-07-01 00:00:00", "2026-10-01 00:00:00", "2026-Q3", "2026-Q2"},
	{SH, "2026-Q4", CS_PERIOD_QUARTER, "2026-10-01 00:00:00", "2027-01-01 00:00:00", "2026-Q4", "2026-Q3"},
	{SH, "2026-01", CS_PERIOD_MONTH, "2026-01-01 00:00:00", "2026-02-01 00:00:00", "2026-01", "2025-12"},
	{SH, "2026-10", CS_PERIOD_MONTH, "2026-10-01 00:00:00", "2026-11-01 00:00:00", "2026-10", "2026-09"},
	{SH, "2026-12", CS_PERIOD_MONTH, "2026-12-01 00:00:00", "2027-01-01 00:00:00", "2026-12", "2026-11"},
	{SH, "2024-02", CS_PERIOD_MONTH, "2024-02-01 00:00:00", "2024-03-01 00:00:00", "2024-02", "2024-01"},
	/* ISO 8601 weeks: the first has the year's first Thursday. */
	{SH, "2026-W01", CS_PERIOD_WEEK, "2025-12-29 00:00:00", "2026-01-05 00:00:00", "2026-W01", "2025-W52"},
	{SH, "2026-W45", CS_PERIOD_WEEK, "2026-11-02 00:00:00", "2026-11-09 00:00:00", "2026-W45", "2026-W44"},
	{SH, "2026-W53", CS_PERIOD_WEEK, "2026-12-28 00:00:00", "2027-01-04 00:00:00", "2026-W53", "2026-W52"},
	{SH, "2027-W01", CS_PERIOD_WEEK, "2027-01-04 00:00:00", "2027-01-11 00:00:00", "2027-W01", "2026-W53"},
	{SH, "2020-W53", CS_PERIOD_WEEK, "2020-12-28 00:00:00", "2021-01-04 00:00:00", "2020-W53", "2020-W52"},
	{SH, "2021-W01", CS_PERIOD_WEEK, "2021-01-04 00:00:00", "2021-01-11 00:00:00", "2021-W01", "2020-W53"},
	{SH, "2026-10-05", CS_PERIOD_DAY, "2026-10-05 00:00:00", "2026-10-06 00:00:00", "2026-10-05", "2026-10-04"},
	{SH, "2026-01-01", CS_PERIOD_DAY, "2026-01-01 00:00:00", "2026-01-02 00:00:00", "2026-01-01", "2025-12-31"},
	/* FROM..TO: the last day is in, the last instant is not. */
	{SH, "2026-10-05..2026-10-11", CS_PERIOD_SPAN, "2026-10-05 00:00:00", "2026-10-12 00:00:00",
	 "2026-10-05..2026-10-11", "2026-09-28..2026-10-04"},
	{SH, "2026-10-05..2026-10-05", CS_PERIOD_SPAN, "2026-10-05 00:00:00", "2026-10-06 00:00:00",
	 "2026-10-05..2026-10-05", "2026-10-04..2026-10-04"},
	{SH, "2026-10-05 09:00..2026-10-05T17:30:30", CS_PERIOD_SPAN, "2026-10-05 09:00:00", "2026-10-05 17:30:30",
	 "2026-10-05 09:00:00..2026-10-05 17:30:30", "2026-10-05 00:29:30..2026-10-05 09:00:00"},
	{SH, "2026-10-05..2026-10-06 12:00", CS_PERIOD_SPAN, "2026-10-05 00:00:00", "2026-10-06 12:00:00",
	 "2026-10-05..2026-10-06 12:00:00", "2026-10-03 12:00:00..2026-10-04"},
	{SH, "2026-10-05 12:00..2026-10-06", CS_PERIOD_SPAN, "2026-10-05 12:00:00", "2026-10-07 00:00:00",
	 "2026-10-05 12:00:00..2026-10-06", "2026-10-04..2026-10-05 12:00:00"},
	{SH, "2026-10-05 00:00..2026-10-12 00:00", CS_PERIOD_SPAN, "2026-10-05 00:00:00", "2026-10-12 00:00:00",
	 "2026-10-05..2026-10-11", "2026-09-28..2026-10-04"},
	{SH, "2026-10-04T16:00Z..@1791216000", CS_PERIOD_SPAN, "2026-10-05 00:00:00", "2026-10-06 00:00:00",
	 "2026-10-05..2026-10-05", "2026-10-04..2026-10-04"},
	{SH, "2999-12-30..2999-12-31", CS_PERIOD_SPAN, "2999-12-30 00:00:00", "3000-01-01 00:00:00",
	 "2999-12-30..2999-12-31", "2999-12-28..2999-12-29"},
	/* Days of 23 and 25 hours are days; the doubled hour is written with its offset. */
	{NY, "2026-11", CS_PERIOD_MONTH, "2026-11-01 00:00:00", "2026-12-01 00:00:00", "2026-11", "2026-10"},
	{NY, "2026-03-09..2026-03-15", CS_PERIOD_SPAN, "2026-03-09 00:00:00", "2026-03-16 00:00:00",
	 "2026-03-09..2026-03-15", "2026-03-02..2026-03-08"},
	{NY, "2026-11-01T01:30:00-04:00..2026-11-01T01:30:00-05:00", CS_PERIOD_SPAN, "2026-11-01 01:30:00",
	 "2026-11-01 01:30:00", "2026-11-01T01:30:00-04:00..2026-11-01T01:30:00-05:00",
	 "2026-11-01 00:30:00..2026-11-01T01:30:00-04:00"},
	{"Pacific/Apia", "2011-12-30..2011-12-31", CS_PERIOD_SPAN, "2011-12-31 00:00:00", "2012-01-01 00:00:00",
	 "2011-12-31..2011-12-31", "2011-12-29..2011-12-30"},
	{"Pacific/Apia", "2011-12-29..2011-12-30", CS_PERIOD_SPAN, "2011-12-29 00:00:00", "2011-12-31 00:00:00",
	 "2011-12-29..2011-12-30", "2011-12-27..2011-12-28"},
};

static void periods_have_their_edges(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof periods / sizeof periods[0]; i++) {
		const struct cs_zone *z = zone(periods[i].zone);
		struct cs_period p, again, before;
		struct cs_err e = {0};
		char from[32], to[32];

		if (cs_period_parse(periods[i].text, z, &p, &e) != 0)
			fail_msg("%s: %s", periods[i].text, e.text);
		assert_int_equal(p.unit, periods[i].unit);
		assert_string_equal(cs_time_text(z, p.from, from), periods[i].from);
		assert_string_equal(cs_time_text(z, p.to, to), periods[i].to);
		assert_string_equal(p.label, periods[i].label);
		assert_true(p.from < p.to);
		if (cs_period_parse(p.label, z, &again, &e) != 0)
			fail_msg("%s: label: %s", periods[i].text, e.text);
		assert_memory_equal(&again, &p, sizeof p);
		cs_period_before(z, &p, &before);
		if (strcmp(before.label, periods[i].before) != 0)
			fail_msg("before %s: %s", periods[i].text, before.label);
		assert_int_equal(before.to, p.from);
	}
}

static void wrong_periods_are_refused(void **state)
{
	static const struct {
		const char *text, *why;
	} rows[] = {
		{"", "is no period"},
		{"10", "is no period"},
		{"26", "is no period"},
		{"2026-", "is no period"},
		{"2026-1", "is no period"},
		{"2026-00", "is no period"},
		{"2026-13", "is no period"},
		{"2026-010", "is no period"},
		{"2026-Q0", "is no period"},
		{"2026-Q5", "is no period"},
		{"2026-Q", "is no period"},
		{"2026-Q11", "is no period"},
		{"2026-q3", "is no period"},
		{"2026Q3", "is no period"},
		{"2026-H0", "is no period"},
		{"2026-H3", "is no period"},
		{"2026-W00", "is no period"},
		{"2026-W54", "is no period"},
		{"2027-W53", "is no period"},
		{"2026-W1", "is no period"},
		{"2026-W", "is no period"},
		{"2026-W4x", "is no period"},
		{"2026-10-32", "is no period"},
		{"2026-02-29", "is no period"},
		{"2026-10-05 09:00", "is no period"},
		{"2026-10 ", "is no period"},
		{" 2026-10", "is no period"},
		{"1899", "is no period"},
		{"3000-01", "is no period"},
		{"last month", "write 2026, 2026-H1, 2026-Q3, 2026-10, 2026-W45, 2026-10-05 or"},
		{"..", "period '..': '' is no time"},
		{"2026-10-05..", "'' is no time"},
		{"..2026-10-05", "'' is no time"},
		{"2026-10..2026-11", "'2026-10' is no time"},
		{"2026-10-05...2026-10-06", "'.2026-10-06' is no time"},
		{"2026-10-05..2026-10-04", "period '2026-10-05..2026-10-04': it holds no time"},
		{"2026-10-05 10:00..2026-10-05 10:00", "it holds no time"},
		{"2026-10-05 10:00..2026-10-05 09:59:59", "it holds no time"},
		{"2026-10-05..2026-10-05 00:00", "it holds no time"},
		{"2026-10-05..2026-02-30", "no such day"},
		{"2026-10-05..2026-10-06aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		 "neither end can be so long"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct cs_period p;
		struct cs_err e = {0};

		if (cs_period_parse(rows[i].text, zone(SH), &p, &e) == 0)
			fail_msg("'%s' was read as %s", rows[i].text, p.label);
		if (e.code != CS_USAGE || !strstr(e.text, rows[i].why))
			fail_msg("'%s': %s", rows[i].text, e.text);
		assert_int_equal(cs_period_parse(rows[i].text, zone(SH), &p, NULL), -1);
	}
}

static void the_period_of_an_instant(void **state)
{
	static const struct {
		const char *at;
		enum cs_period_unit unit;
		const char *label;
	} rows[] = {
		{"2026-10-05 00:00", CS_PERIOD_DAY, "2026-10-05"},
		{"2026-10-05 23:59:59", CS_PERIOD_DAY, "2026-10-05"},
		{"2026-09-30 23:59:59", CS_PERIOD_MONTH, "2026-09"},
		{"2026-10-01 00:00", CS_PERIOD_MONTH, "2026-10"},
		{"2026-03-31 23:59:59", CS_PERIOD_QUARTER, "2026-Q1"},
		{"2026-12-31", CS_PERIOD_QUARTER, "2026-Q4"},
		{"2026-06-30", CS_PERIOD_HALF, "2026-H1"},
		{"2026-07-01", CS_PERIOD_HALF, "2026-H2"},
		{"2026-12-31", CS_PERIOD_YEAR, "2026"},
		{"2026-01-01", CS_PERIOD_WEEK, "2026-W01"},
		{"2025-12-29", CS_PERIOD_WEEK, "2026-W01"},
		{"2025-12-28 23:59:59", CS_PERIOD_WEEK, "2025-W52"},
		{"2027-01-03", CS_PERIOD_WEEK, "2026-W53"},
		{"2021-01-01", CS_PERIOD_WEEK, "2020-W53"},
		{"2023-01-01", CS_PERIOD_WEEK, "2022-W52"},
		{"2024-12-30", CS_PERIOD_WEEK, "2025-W01"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct cs_period p;
		cs_time t;

		assert_int_equal(cs_time_parse(rows[i].at, zone(SH), &t, NULL), 0);
		cs_period_of(zone(SH), t, rows[i].unit, &p);
		if (strcmp(p.label, rows[i].label) != 0)
			fail_msg("%s: %s", rows[i].at, p.label);
		assert_true(p.from <= t && t < p.to);
		assert_int_equal(p.unit, rows[i].unit);
	}
}

/* Every unit covers all time without gap or overlap, whatever the clock does. */
static void periods_are_gapless(void **state)
{
	const struct cs_zone *zones[] = {zone(SH), zone(NY), zone("America/Havana"),
					 zone("America/Sao_Paulo")};

	(void)state;
	for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++) {
		for (enum cs_period_unit unit = CS_PERIOD_DAY; unit < CS_PERIOD_SPAN; unit++) {
			struct cs_period p, next, back, parsed;

			cs_period_of(zones[i], 1500000000, unit, &p);
			for (int n = 0; n < 800 && p.to < 32400000000; n++) {
				cs_period_of(zones[i], p.to, unit, &next);
				assert_int_equal(next.from, p.to);
				cs_period_before(zones[i], &next, &back);
				assert_memory_equal(&back, &p, sizeof p);
				assert_int_equal(cs_period_parse(p.label, zones[i], &parsed, NULL),
						 0);
				assert_memory_equal(&parsed, &p, sizeof p);
				p = next;
			}
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(periods_have_their_edges),
		cmocka_unit_test(wrong_periods_are_refused),
		cmocka_unit_test(the_period_of_an_instant),
		cmocka_unit_test(periods_are_gapless),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
