/* Text forms of times: what is read, what is refused and why, what is written. */
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

/* Seconds from date(1): date -d 'TZ="America/New_York" 2026-03-08 03:00' +%s */
static const struct {
	const char *zone, *text;
	cs_time t;
} typed[] = {
	{SH, "2026-11-21", 1795190400},
	{SH, "2026-11-21 09:30", 1795224600},
	{SH, "２０２６－１１－２１　０９：３０", 1795224600},
	{SH, "2026-11-21T09:30", 1795224600},
	{SH, "2026-11-21 09:30:15", 1795224615},
	{SH, "2026-11-21T09:30:15", 1795224615},
	{SH, "2026-11-21T09:30:00+08:00", 1795224600},
	{SH, "2026-11-21T01:30:00Z", 1795224600},
	{SH, "2026-11-21 01:30Z", 1795224600},
	{SH, "2026-11-20T20:30-05:00", 1795224600},
	{SH, "2026-11-21Z", 1795219200},
	{SH, "2026-11-21+08:00", 1795190400},
	{SH, "2026-11-21 00:00", 1795190400},
	{SH, "2026-11-21 23:59:59", 1795276799},
	{SH, "2024-02-29", 1709136000},
	{SH, "@1763688600", 1763688600},
	{SH, "@0", 0},
	{SH, "@-86400", -86400},
	{SH, "@0000000000000000000060", 60},
	{SH, "1900-01-01T00:00:00+08:05:43", -2209017943},
	{NY, "2026-03-08 01:59:59", 1772953199},
	{NY, "2026-03-08 03:00", 1772953200},
	{NY, "2026-03-08", 1772946000},
	{NY, "2026-11-01 00:59:59", 1793509199},
	{NY, "2026-11-01T01:30:00-04:00", 1793511000},
	{NY, "2026-11-01T01:30:00-05:00", 1793514600},
	{NY, "2026-11-01 02:00", 1793516400},
	{"UTC", "2999-12-31 23:59:59", 32503679999},
	/* A date alone is its first instant, also where midnight is skipped or comes twice. */
	{"America/Sao_Paulo", "2018-11-04", 1541300400},
	{"America/Havana", "2026-11-01", 1793505600},
};

static void typed_times_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
		struct cs_err e = {0};
		cs_time t = 0;

		if (cs_time_parse(typed[i].text, zone(typed[i].zone), &t, &e) != 0)
			fail_msg("%s: %s", typed[i].text, e.text);
		if (t != typed[i].t)
			fail_msg("%s: %lld", typed[i].text, (long long)t);
	}
}

static const struct {
	const char *zone, *text, *why;
} refused[] = {
	{SH, "", "not a date"},
	{SH, "today", "not a date"},
	{SH, "2026", "not a date"},
	{SH, "2026-1-5", "not a date"},
	{SH, "2026/11/21", "not a date"},
	{SH, " 2026-11-21", "not a date"},
	{SH, "20261121", "not a date"},
	{SH, "2026-11-21 ", "the time of day must be written"},
	{SH, "2026-11-21 9:30", "the time of day must be written"},
	{SH, "2026-11-21 09", "the time of day must be written"},
	{SH, "2026-11-21 09:30:", "the time of day must be written"},
	{SH, "2026-11-21  09:30", "the time of day must be written"},
	{SH, "2026-11-21 09:30:15.5", "text follows the time"},
	{SH, "2026-11-21 09:30 ", "text follows the time"},
	{SH, "2026-11-21t09:30", "text follows the time"},
	{SH, "2026-11-21 09:30ZZ", "text follows the time"},
	{SH, "2026-11-21 09:30z", "text follows the time"},
	{SH, "2026-11-21 09:30+8", "the offset must be written"},
	{SH, "2026-11-21 09:30+0800", "the offset must be written"},
	{SH, "2026-11-21 09:30+16:00", "the offset must be written"},
	{SH, "2026-11-21 09:30 +08:00", "text follows the time"},
	{SH, "2026-11-21 24:00", "no such time of day"},
	{SH, "2026-11-21 09:60", "no such time of day"},
	{SH, "2026-11-21 23:59:60", "no such time of day"},
	{SH, "2026-00-10", "the month must lie in 01..12"},
	{SH, "2026-13-01", "the month must lie in 01..12"},
	{SH, "2026-11-31", "no such day"},
	{SH, "2026-02-29", "no such day"},
	{SH, "2100-02-29", "no such day"},
	{SH, "2026-11-00", "no such day"},
	{SH, "1899-12-31", "1900..2999"},
	{SH, "3000-01-01", "1900..2999"},
	{SH, "0026-11-21", "1900..2999"},
	{SH, "@", "whole number"},
	{SH, "@-", "whole number"},
	{SH, "@12x", "whole number"},
	{SH, "@ 12", "whole number"},
	{SH, "@1.5", "whole number"},
	{SH, "@+5", "whole number"},
	{SH, "@99999999999", "1900..2999"},
	{SH, "@-99999999999", "1900..2999"},
	{SH, "@9999999999999999999999999", "1900..2999"},
	/* In the zone it is 3000 already, or still 1899. */
	{SH, "2999-12-31T23:00:00Z", "1900..2999"},
	{NY, "1900-01-01T00:00:00Z", "1900..2999"},
	/* Both possibilities are named. */
	{NY, "2026-11-01 01:30", "write 2026-11-01T01:30:00-04:00 or 2026-11-01T01:30:00-05:00"},
	{NY, "2026-11-01 01:00", "comes twice in America/New_York"},
	{NY, "2026-03-08 02:30", "write 2026-03-08T01:30:00-05:00 or 2026-03-08T03:30:00-04:00"},
	{NY, "2026-03-08 02:00:00", "does not exist in America/New_York"},
	{SH, "1986-09-14 01:15", "write 1986-09-14T01:15:00+09:00 or 1986-09-14T01:15:00+08:00"},
	{SH, "1986-05-04T02:59:59", "does not exist in Asia/Shanghai"},
	{"America/Havana", "2026-11-01 00:00", "comes twice"},
	{"Pacific/Apia", "2011-12-30", "does not exist in Pacific/Apia"},
	/* What is shown of garbage is short, without control characters, and whole UTF-8. */
	{SH, "\x1b[31mred\n", "'?[31mred?' is no time"},
	{SH, "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefg\xE6\x98\x8E\xE5\xA4\xA9",
	 "abcdefg' is no time"},
};

static void wrong_times_say_why(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
		struct cs_err e = {0};
		cs_time t = 77;

		if (cs_time_parse(refused[i].text, zone(refused[i].zone), &t, &e) == 0)
			fail_msg("'%s' was read as %lld", refused[i].text, (long long)t);
		if (!strstr(e.text, refused[i].why) || e.code != CS_USAGE)
			fail_msg("'%s': %s", refused[i].text, e.text);
		assert_int_equal(t, 77);
		assert_int_equal(cs_time_parse(refused[i].text, zone(refused[i].zone), &t, NULL),
				 -1);
	}
}

static void dates_and_minutes(void **state)
{
	static const char *const no_date[] = {
		"",           "2026-10-5",  "2026-10-05 ", "2026-10-05 09:00",
		"2026-02-30", "1899-12-31", "3000-01-01",  "2026-10",
		"x"};
	static const char *const no_minute[] = {"",       "9:00",  "09:0",     "09:60",
						"48:01",  "49:00", "09:00:00", "0900",
						" 09:00", "-1:00", "09:00 "};
	static const struct {
		const char *text;
		int minute;
	} minutes[] = {{"00:00", 0},    {"09:00", 540},  {"23:59", 1439},
		       {"24:00", 1440}, {"24:30", 1470}, {"48:00", 2880}};
	struct cs_err e = {0};
	int32_t day = 0;
	int minute = 0;

	(void)state;
	assert_int_equal(cs_date_parse("2026-10-10", &day, &e), 0);
	assert_int_equal(day, 20736);
	assert_int_equal(cs_date_parse("1900-01-01", &day, &e), 0);
	assert_int_equal(cs_date_parse("2999-12-31", &day, &e), 0);
	for (size_t i = 0; i < sizeof no_date / sizeof no_date[0]; i++) {
		e = (struct cs_err){0};
		assert_int_equal(cs_date_parse(no_date[i], &day, &e), -1);
		assert_non_null(strstr(e.text, "write 2026-11-21"));
		assert_int_equal(e.code, CS_USAGE);
	}
	for (size_t i = 0; i < sizeof minutes / sizeof minutes[0]; i++) {
		assert_int_equal(cs_minute_parse(minutes[i].text, &minute, &e), 0);
		assert_int_equal(minute, minutes[i].minute);
	}
	for (size_t i = 0; i < sizeof no_minute / sizeof no_minute[0]; i++) {
		if (cs_minute_parse(no_minute[i], &minute, &e) == 0)
			fail_msg("'%s' was read", no_minute[i]);
		assert_non_null(strstr(e.text, "write 00:00 to 48:00"));
	}
}

static const struct {
	const char *zone, *text, *format;
	cs_time t;
	enum cs_local how;
} formats[] = {
	{SH, "2018-07-01 10:20:30", "%Y-%m-%d %H:%M:%S", 1530411630, CS_LOCAL_ONCE},
	{SH, "2018/7/1 9:05", "%Y/%m/%d %H:%M", 1530407100, CS_LOCAL_ONCE},
	{SH, "2018/ 7/ 1  9:05", "%Y/%m/%d %H:%M", 1530407100, CS_LOCAL_ONCE},
	{SH, "2018-7-1", "%Y-%m-%d", 1530374400, CS_LOCAL_ONCE},
	{SH,
	 "2018\xE5\xB9\xB4"
	 "7\xE6\x9C\x88"
	 "1\xE6\x97\xA5",
	 "%Y\xE5\xB9\xB4%m\xE6\x9C\x88%d\xE6\x97\xA5", 1530374400, CS_LOCAL_ONCE},
	{SH, "20180701102030", "%Y%m%d%H%M%S", 1530411630, CS_LOCAL_ONCE},
	{NY, "07/01/2018 10:20:30 PM", "%m/%d/%Y %I:%M:%S %p", 1530498030, CS_LOCAL_ONCE},
	{NY, "07/01/2018 12:20:30 AM", "%m/%d/%Y %I:%M:%S %p", 1530418830, CS_LOCAL_ONCE},
	{NY, "07/01/2018 12:20:30 PM", "%m/%d/%Y %I:%M:%S %p", 1530462030, CS_LOCAL_ONCE},
	{NY, "Sun 1 Jul 2018", "%a %d %b %Y", 1530417600, CS_LOCAL_ONCE},
	{NY, "2018-07-01T10:20:30+0200", "%Y-%m-%dT%H:%M:%S%z", 1530433230, CS_LOCAL_ONCE},
	{NY, "2018-07-01 08:20:30 Z", "%Y-%m-%d %H:%M:%S %z", 1530433230, CS_LOCAL_ONCE},
	{NY, "07/01/18", "%D", 1530417600, CS_LOCAL_ONCE},
	{NY, "1530433230", "%s", 1530433230, CS_LOCAL_ONCE},
	{NY, "100% 2018-07-01", "100%% %F", 1530417600, CS_LOCAL_ONCE},
	/* Clock changes: told, and settled as everywhere. */
	{NY, "2018-03-11 02:30", "%Y-%m-%d %H:%M", 1520753400, CS_LOCAL_SKIPPED},
	{NY, "2018-11-04 01:30", "%Y-%m-%d %H:%M", 1541309400, CS_LOCAL_TWICE},
	{NY, "2018-11-04 01:30 -0500", "%Y-%m-%d %H:%M %z", 1541313000, CS_LOCAL_ONCE},
};

static void formats_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
		enum cs_local how = CS_LOCAL_TWICE;
		struct cs_err e = {0};
		cs_time t = 0;

		if (cs_time_parse_format(formats[i].text, formats[i].format, zone(formats[i].zone),
					 &t, &how, &e) != 0)
			fail_msg("%s: %s", formats[i].text, e.text);
		if (t != formats[i].t || how != formats[i].how)
			fail_msg("%s: %lld %d", formats[i].text, (long long)t, (int)how);
	}
}

static const struct {
	const char *text, *format;
	enum cs_code code;
	const char *why;
} mismatched[] = {
	{"", "%Y-%m-%d", CS_REFUSED, "'' is no time of the form '%Y-%m-%d'"},
	{"2018-07-01 ", "%Y-%m-%d", CS_REFUSED, "is no time of the form"},
	{"2018-07-01 10:20", "%Y-%m-%d", CS_REFUSED, "is no time of the form"},
	{"2018-07-01", "%Y-%m-%d %H:%M", CS_REFUSED, "is no time of the form"},
	{"2018-02-30", "%Y-%m-%d", CS_REFUSED, "is no time of the form"},
	{"2018-13-01", "%Y-%m-%d", CS_REFUSED, "is no time of the form"},
	{"18-07-01", "%Y-%m-%d", CS_REFUSED, "1900..2999"},
	{"2018-07-01 10:20:60", "%Y-%m-%d %H:%M:%S", CS_REFUSED, "is no time of the form"},
	{"2018-07-01 24:00", "%Y-%m-%d %H:%M", CS_REFUSED, "is no time of the form"},
	{"12x", "%s", CS_REFUSED, "is no time of the form"},
	{"999999999999", "%s", CS_REFUSED, "1900..2999"},
	{"2018-07-01 EST", "%Y-%m-%d %Z", CS_CONFIG, "'%Y-%m-%d %Z' cannot be used"},
	{"2018-07-01 0", "%Y-%m-%d %s", CS_CONFIG, "or %s alone"},
	{"2018-182", "%Y-%j", CS_CONFIG, "it may use"},
	{"2018-07-01", "%Y-%m-%d%", CS_CONFIG, "it may use"},
	{"2018-07-01", "%Ey-%m-%d", CS_CONFIG, "it may use"},
	{"2018-07", "%Y-%m", CS_CONFIG, "a year, a month and a day"},
	{"07-01", "%m-%d", CS_CONFIG, "a year, a month and a day"},
	{"10:20", "%H:%M", CS_CONFIG, "a year, a month and a day"},
	{"", "", CS_CONFIG, "a year, a month and a day"},
};

static void format_mismatch_says_why(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof mismatched / sizeof mismatched[0]; i++) {
		struct cs_err e = {0};
		cs_time t = 77;

		if (cs_time_parse_format(mismatched[i].text, mismatched[i].format, zone(NY), &t,
					 NULL, &e) == 0)
			fail_msg("'%s' was read as %lld", mismatched[i].text, (long long)t);
		if (e.code != mismatched[i].code || !strstr(e.text, mismatched[i].why))
			fail_msg("'%s' '%s': %d %s", mismatched[i].text, mismatched[i].format,
				 (int)e.code, e.text);
		assert_int_equal(t, 77);
	}
}

static void texts_are_written(void **state)
{
	char buf[32];

	(void)state;
	assert_string_equal(cs_time_text(zone(SH), 1795224615, buf), "2026-11-21 09:30:15");
	assert_string_equal(cs_time_text_minute(zone(SH), 1795224615, buf), "2026-11-21 09:30");
	assert_string_equal(cs_time_text_iso(zone(SH), 1795224615, buf),
			    "2026-11-21T09:30:15+08:00");
	assert_string_equal(cs_time_text_iso(zone(NY), 1795224615, buf),
			    "2026-11-20T20:30:15-05:00");
	assert_string_equal(cs_time_text_iso(zone(NY), 1793511000, buf),
			    "2026-11-01T01:30:00-04:00");
	assert_string_equal(cs_time_text_iso(zone(NY), 1793514600, buf),
			    "2026-11-01T01:30:00-05:00");
	assert_string_equal(cs_time_text_iso(cs_zone_utc(), 0, buf), "1970-01-01T00:00:00+00:00");
	assert_string_equal(cs_time_text_iso(zone("America/St_Johns"), 0, buf),
			    "1969-12-31T20:30:00-03:30");
	assert_string_equal(cs_time_text_iso(zone(SH), -2209017943, buf),
			    "1900-01-01T00:00:00+08:05:43");
	assert_string_equal(cs_date_text(20736, buf), "2026-10-10");
	assert_string_equal(cs_time_text(zone(SH), CS_TIME_NONE, buf), "");
	assert_string_equal(cs_time_text_minute(zone(SH), CS_TIME_NONE, buf), "");
	assert_string_equal(cs_time_text_iso(zone(SH), CS_TIME_NONE, buf), "");
	/* Nobody's times, but no harm either. */
	assert_true(strlen(cs_time_text_iso(zone(SH), INT64_MAX, buf)) < 32);
	assert_true(strlen(cs_time_text(zone(NY), INT64_MIN + 1, buf)) < 32);
}

/* The offset makes every instant readable again, also the doubled hour. */
static void written_iso_times_read_back(void **state)
{
	const char *const names[] = {SH, NY, "Europe/London", "Asia/Kathmandu", "UTC"};

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const struct cs_zone *z = zone(names[i]);

		for (cs_time t = -2208900000; t < 32503600000; t += 1000003 * 7) {
			char buf[32];
			cs_time back;

			if (cs_time_parse(cs_time_text_iso(z, t, buf), z, &back, NULL) != 0 ||
			    back != t)
				fail_msg("%s %lld: %s", names[i], (long long)t, buf);
		}
		for (cs_time t = 1793500000; t < 1793520000; t += 601) {
			char buf[32];
			cs_time back;

			assert_int_equal(cs_time_parse(cs_time_text_iso(z, t, buf), z, &back, NULL),
					 0);
			assert_int_equal(back, t);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(typed_times_are_read),
		cmocka_unit_test(wrong_times_say_why),
		cmocka_unit_test(dates_and_minutes),
		cmocka_unit_test(formats_are_read),
		cmocka_unit_test(format_mismatch_says_why),
		cmocka_unit_test(texts_are_written),
		cmocka_unit_test(written_iso_times_read_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
