/* Zones, local times and day numbers. Expected values come from zdump(8) and the calendar. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/time.h"

static const struct cs_zone *zone(const char *name)
{
	const struct cs_zone *z = NULL;
	struct cs_err e = {0};

	if (cs_zone_open(name, &z, &e) != 0)
		fail_msg("%s", e.text);
	return z;
}

static void zones_are_files(void **state)
{
	static const char *const bad[] = {"",
					  "/",
					  "/etc/localtime",
					  "Asia/Shangai",
					  "asia/shanghai",
					  "Asia",
					  "Asia/",
					  "/Asia/Shanghai",
					  "Asia//Shanghai",
					  "../zoneinfo/Asia/Shanghai",
					  "Asia/../Asia/Shanghai",
					  "./UTC",
					  "zone.tab",
					  "leapseconds",
					  "tzdata.zi",
					  "iso3166.tab",
					  "right/Asia/Shanghai",
					  "UTC+8",
					  "CST-8",
					  ":UTC",
					  "Asia/Shanghai ",
					  "Asia/Shanghai\n",
					  "Europe/Z\xC3\xBCrich"};
	char longname[400];
	const struct cs_zone *z = NULL;
	struct cs_err e;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		e = (struct cs_err){0};
		if (cs_zone_open(bad[i], &z, &e) == 0)
			fail_msg("zone '%s' was accepted", bad[i]);
		assert_int_equal(e.code, CS_CONFIG);
		assert_non_null(strstr(e.text, "Asia/Shanghai"));
	}
	memset(longname, 'A', sizeof longname - 1);
	longname[sizeof longname - 1] = '\0';
	assert_int_equal(cs_zone_open(longname, &z, &e), -1);
	assert_int_equal(cs_zone_open(longname, &z, NULL), -1);
}

static void handles_are_shared(void **state)
{
	(void)state;
	assert_ptr_equal(zone("Asia/Shanghai"), zone("Asia/Shanghai"));
	assert_ptr_not_equal(zone("Asia/Shanghai"), zone("PRC"));
	assert_ptr_equal(zone("UTC"), cs_zone_utc());
	assert_string_equal(cs_zone_name(zone("America/New_York")), "America/New_York");
	assert_string_equal(cs_zone_name(cs_zone_utc()), "UTC");
}

/* A program's own zone is neither used nor changed. */
static void the_environment_does_not_matter(void **state)
{
	static const int hours[] = {10, 20, 6, 16};
	static const char *const tz[] = {NULL, "Europe/Paris", "Nowhere/Land", ""};
	struct cs_civil c;

	(void)state;
	setenv("TZDIR", "/nonexistent", 1);
	for (size_t i = 0; i < sizeof tz / sizeof tz[0]; i++) {
		if (tz[i])
			setenv("TZ", tz[i], 1);
		else
			unsetenv("TZ");
		/* A year of its own for each, so that it is asked of the C library now. */
		cs_time_civil(zone("Asia/Tokyo"), 1000000000 + (cs_time)i * 100000000, &c);
		assert_int_equal(c.hour, hours[i]);
		if (tz[i])
			assert_string_equal(getenv("TZ"), tz[i]);
		else
			assert_null(getenv("TZ"));
	}
	unsetenv("TZDIR");
	setenv("TZ", "America/New_York", 1);
	tzset();
	cs_time_civil(zone("Asia/Tokyo"), 0, &c);
	assert_int_equal(timezone, 5 * 3600);
	unsetenv("TZ");
}

struct local_case {
	const char *zone;
	struct cs_civil c;
	enum cs_local how;
	cs_time t;     /* what it becomes */
	cs_time other; /* the other instant it may mean, or t */
};

static const struct local_case locals[] = {
	{"UTC", {1970, 1, 1, 0, 0, 0}, CS_LOCAL_ONCE, 0, 0},
	{"UTC", {1969, 12, 31, 23, 59, 59}, CS_LOCAL_ONCE, -1, -1},
	{"UTC", {2026, 10, 10, 4, 0, 0}, CS_LOCAL_ONCE, 1791604800, 1791604800},
	{"UTC", {2999, 12, 31, 23, 59, 59}, CS_LOCAL_ONCE, 32503679999, 32503679999},
	{"Asia/Shanghai", {2026, 10, 10, 12, 0, 0}, CS_LOCAL_ONCE, 1791604800, 1791604800},
	/* Shanghai: local mean time +08:05:43 until 1901. */
	{"Asia/Shanghai", {1900, 6, 1, 0, 0, 0}, CS_LOCAL_ONCE, -2195971543, -2195971543},
	/* Summer time 1986-05-04 02:00 to 1986-09-14 02:00, and the last one until 1991-09-15. */
	{"Asia/Shanghai", {1986, 5, 4, 1, 59, 59}, CS_LOCAL_ONCE, 515527199, 515527199},
	{"Asia/Shanghai", {1986, 5, 4, 2, 30, 0}, CS_LOCAL_SKIPPED, 515529000, 515525400},
	{"Asia/Shanghai", {1986, 5, 4, 3, 0, 0}, CS_LOCAL_ONCE, 515527200, 515527200},
	{"Asia/Shanghai", {1986, 9, 14, 0, 59, 59}, CS_LOCAL_ONCE, 527011199, 527011199},
	{"Asia/Shanghai", {1986, 9, 14, 1, 0, 0}, CS_LOCAL_TWICE, 527011200, 527014800},
	{"Asia/Shanghai", {1986, 9, 14, 1, 59, 59}, CS_LOCAL_TWICE, 527014799, 527018399},
	{"Asia/Shanghai", {1986, 9, 14, 2, 0, 0}, CS_LOCAL_ONCE, 527018400, 527018400},
	{"Asia/Shanghai", {1991, 9, 15, 1, 30, 0}, CS_LOCAL_TWICE, 684865800, 684869400},
	{"Asia/Shanghai", {1992, 7, 1, 0, 0, 0}, CS_LOCAL_ONCE, 709920000, 709920000},
	/* New York 2026: forward on 8 March 02:00 EST, back on 1 November 02:00 EDT. */
	{"America/New_York", {2026, 3, 8, 1, 59, 59}, CS_LOCAL_ONCE, 1772953199, 1772953199},
	{"America/New_York", {2026, 3, 8, 2, 0, 0}, CS_LOCAL_SKIPPED, 1772953200, 1772949600},
	{"America/New_York", {2026, 3, 8, 2, 59, 59}, CS_LOCAL_SKIPPED, 1772956799, 1772953199},
	{"America/New_York", {2026, 3, 8, 3, 0, 0}, CS_LOCAL_ONCE, 1772953200, 1772953200},
	{"America/New_York", {2026, 11, 1, 0, 59, 59}, CS_LOCAL_ONCE, 1793509199, 1793509199},
	{"America/New_York", {2026, 11, 1, 1, 0, 0}, CS_LOCAL_TWICE, 1793509200, 1793512800},
	{"America/New_York", {2026, 11, 1, 2, 0, 0}, CS_LOCAL_ONCE, 1793516400, 1793516400},
	/* The rule of the zone goes on beyond the table in its file. */
	{"America/New_York", {2500, 7, 1, 12, 0, 0}, CS_LOCAL_ONCE, 16740921600, 16740921600},
	/* Half an hour, forward at midnight, a day left out, back over midnight. */
	{"Australia/Lord_Howe", {2026, 10, 4, 2, 15, 0}, CS_LOCAL_SKIPPED, 1791042300, 1791040500},
	{"America/Sao_Paulo", {2018, 11, 4, 0, 0, 0}, CS_LOCAL_SKIPPED, 1541300400, 1541296800},
	{"America/Havana", {2026, 11, 1, 0, 30, 0}, CS_LOCAL_TWICE, 1793507400, 1793511000},
	{"Pacific/Apia", {2011, 12, 30, 12, 0, 0}, CS_LOCAL_SKIPPED, 1325282400, 1325196000},
};

static void local_times_once_twice_skipped(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof locals / sizeof locals[0]; i++) {
		const struct local_case *l = &locals[i];
		const struct cs_zone *z = zone(l->zone);
		enum cs_local how;
		cs_time both[2], low = l->t < l->other ? l->t : l->other;

		if (cs_time_from_civil(z, &l->c, &how) != l->t || how != l->how)
			fail_msg("row %zu (%s): %lld, %d", i, l->zone,
				 (long long)cs_time_from_civil(z, &l->c, NULL), (int)how);
		assert_int_equal(cs_time_both(z, &l->c, both), l->how);
		assert_int_equal(both[0], low);
		assert_int_equal(both[1], l->t + l->other - low);
	}
}

static void instants_read_back(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof locals / sizeof locals[0]; i++) {
		const struct local_case *l = &locals[i];
		const struct cs_zone *z = zone(l->zone);
		struct cs_civil c;

		if (l->how == CS_LOCAL_SKIPPED)
			continue;
		cs_time_civil(z, l->t, &c);
		assert_memory_equal(&c, &l->c, sizeof c);
		cs_time_civil(z, l->other, &c);
		assert_memory_equal(&c, &l->c, sizeof c);
	}
}

/* Several zones at once, every ninth hour of 1900 to 2100: each instant is one of those that its
   local time can mean. */
static void round_trip(void **state)
{
	const struct cs_zone *z[] = {zone("Asia/Shanghai"),     zone("America/New_York"),
				     zone("Europe/London"),     zone("Australia/Lord_Howe"),
				     zone("Africa/Casablanca"), cs_zone_utc()};

	(void)state;
	for (cs_time t = -2208900000; t < 4102444800; t += 9 * 3600 + 1) {
		for (size_t i = 0; i < sizeof z / sizeof z[0]; i++) {
			struct cs_civil c;
			cs_time both[2];
			enum cs_local how;

			cs_time_civil(z[i], t, &c);
			how = cs_time_both(z[i], &c, both);
			if (how == CS_LOCAL_SKIPPED || (both[0] != t && both[1] != t))
				fail_msg("%s: %lld", cs_zone_name(z[i]), (long long)t);
		}
	}
}

static void beyond_all_years(void **state)
{
	const struct cs_zone *z = zone("Asia/Shanghai");
	struct cs_civil c;

	(void)state;
	cs_time_civil(z, INT64_MAX, &c);
	assert_in_range(c.year, 9998, 9999);
	cs_time_civil(z, INT64_MIN, &c);
	assert_in_range(c.year, 1, 2);
	assert_true(cs_time_day(z, INT64_MAX) > cs_day_from_date(2999, 12, 31));
}

static void day_numbers(void **state)
{
	static const struct {
		int year, month, day;
		int32_t number;
		int weekday;
	} rows[] = {{1970, 1, 1, 0, 3},       {1969, 12, 31, -1, 2},   {1900, 1, 1, -25567, 0},
		    {1900, 2, 28, -25509, 2}, {1900, 3, 1, -25508, 3}, {2000, 2, 29, 11016, 1},
		    {2000, 3, 1, 11017, 2},   {2024, 2, 29, 19782, 3}, {2026, 10, 10, 20736, 5},
		    {2026, 12, 31, 20818, 3}, {2100, 2, 28, 47540, 6}, {2100, 3, 1, 47541, 0},
		    {2999, 12, 31, 376199, 1}};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int y, m, d;

		assert_int_equal(cs_day_from_date(rows[i].year, rows[i].month, rows[i].day),
				 rows[i].number);
		assert_int_equal(cs_day_weekday(rows[i].number), rows[i].weekday);
		cs_day_date(rows[i].number, &y, &m, &d);
		assert_int_equal(y * 10000 + m * 100 + d,
				 rows[i].year * 10000 + rows[i].month * 100 + rows[i].day);
	}
}

/* Counted one by one: each day follows the one before, as the table of month lengths says. */
static void days_follow_each_other(void **state)
{
	static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int32_t number = -25567;
	int weekday = 0;

	(void)state;
	for (int y = 1900; y <= 2999; y++) {
		bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;

		for (int m = 1; m <= 12; m++) {
			int n = lengths[m - 1] + (leap && m == 2);

			for (int d = 1; d <= n; d++, number++, weekday = (weekday + 1) % 7) {
				assert_int_equal(cs_day_from_date(y, m, d), number);
				assert_int_equal(cs_day_weekday(number), weekday);
			}
			assert_true(cs_date_valid(y, m, n));
			assert_false(cs_date_valid(y, m, n + 1));
		}
	}
	assert_false(cs_date_valid(2026, 0, 1));
	assert_false(cs_date_valid(2026, 13, 1));
	assert_false(cs_date_valid(2026, 1, 0));
	assert_false(cs_date_valid(1899, 12, 31));
	assert_false(cs_date_valid(3000, 1, 1));
}

static void adding_months(void **state)
{
	static const struct {
		const char *from;
		int months;
		const char *to;
	} rows[] = {{"2026-01-31", 1, "2026-02-28"},   {"2024-01-31", 1, "2024-02-29"},
		    {"2026-01-30", 1, "2026-02-28"},   {"2026-01-28", 1, "2026-02-28"},
		    {"2024-02-29", 12, "2025-02-28"},  {"2024-02-29", 48, "2028-02-29"},
		    {"2026-10-31", 6, "2027-04-30"},   {"2026-12-15", 1, "2027-01-15"},
		    {"2026-03-31", -1, "2026-02-28"},  {"2026-01-31", -1, "2025-12-31"},
		    {"2026-01-31", -13, "2024-12-31"}, {"2026-05-05", 0, "2026-05-05"},
		    {"1970-01-31", -839, "1900-02-28"}};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int32_t day;
		char text[32];

		assert_int_equal(cs_date_parse(rows[i].from, &day, NULL), 0);
		assert_string_equal(cs_date_text(cs_day_add_months(day, rows[i].months), text),
				    rows[i].to);
	}
}

static void days_begin(void **state)
{
	static const struct {
		const char *zone;
		int year, month, day, minute;
		cs_time at;
	} rows[] = {
		{"Asia/Shanghai", 2026, 10, 10, 0, 1791561600},
		{"Asia/Shanghai", 2026, 10, 10, 540, 1791594000},
		{"Asia/Shanghai", 2026, 10, 10, 1440, 1791648000},
		{"Asia/Shanghai", 2026, 10, 10, 1470, 1791649800},
		{"Asia/Shanghai", 2026, 10, 10, 2880, 1791734400},
		/* Midnight skipped: the day begins at 01:00. */
		{"America/Sao_Paulo", 2018, 11, 4, 0, 1541300400},
		{"America/Sao_Paulo", 2018, 11, 3, 1440, 1541300400},
		/* Midnight twice: it begins with the first. */
		{"America/Havana", 2026, 11, 1, 0, 1793505600},
		/* No such day: it begins, and ends, where the next one begins. */
		{"Pacific/Apia", 2011, 12, 30, 0, 1325239200},
		{"Pacific/Apia", 2011, 12, 31, 0, 1325239200},
		/* Skipped minutes are the moment of the change; days of 23 and 25 hours. */
		{"America/New_York", 2026, 3, 8, 119, 1772953140},
		{"America/New_York", 2026, 3, 8, 120, 1772953200},
		{"America/New_York", 2026, 3, 8, 150, 1772953200},
		{"America/New_York", 2026, 3, 8, 180, 1772953200},
		{"America/New_York", 2026, 3, 8, 181, 1772953260},
		{"America/New_York", 2026, 3, 8, 1440, 1772946000 + 23 * 3600},
		{"America/New_York", 2026, 11, 1, 1440, 1793505600 + 25 * 3600},
		{"America/New_York", 2026, 11, 1, 90, 1793511000},
		/* Forward at 23:30 by an hour: the first instant of the day reads 00:30. */
		{"America/Toronto", 1919, 3, 31, 0, -1601753400},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		int32_t day = cs_day_from_date(rows[i].year, rows[i].month, rows[i].day);
		cs_time t = cs_day_at(zone(rows[i].zone), day, rows[i].minute);

		if (t != rows[i].at)
			fail_msg("row %zu (%s): %lld", i, rows[i].zone, (long long)t);
		if (rows[i].minute == 0)
			assert_int_equal(cs_day_start(zone(rows[i].zone), day), rows[i].at);
	}
	assert_int_equal(cs_time_day(zone("Asia/Shanghai"), 1791561599), 20735);
	assert_int_equal(cs_time_day(zone("Asia/Shanghai"), 1791561600), 20736);
	assert_int_equal(cs_time_day(cs_zone_utc(), -1), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(zones_are_files),
		cmocka_unit_test(handles_are_shared),
		cmocka_unit_test(the_environment_does_not_matter),
		cmocka_unit_test(local_times_once_twice_skipped),
		cmocka_unit_test(instants_read_back),
		cmocka_unit_test(round_trip),
		cmocka_unit_test(beyond_all_years),
		cmocka_unit_test(day_numbers),
		cmocka_unit_test(days_follow_each_other),
		cmocka_unit_test(adding_months),
		cmocka_unit_test(days_begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
