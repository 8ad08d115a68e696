/* Spans: reading, writing, comparing (design section 5). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/span.h"

static const struct {
	const char *text;
	enum cs_span_unit unit;
	int64_t n;
	const char *written;
} good[] = {
	{"30m", CS_SPAN_ELAPSED, 1800, "30m"},
	{"0m", CS_SPAN_ELAPSED, 0, "0m"},
	{"0h", CS_SPAN_ELAPSED, 0, "0m"},
	{"60m", CS_SPAN_ELAPSED, 3600, "1h"},
	{"90m", CS_SPAN_ELAPSED, 5400, "90m"},
	{"24h", CS_SPAN_ELAPSED, 86400, "24h"},
	{"48h", CS_SPAN_ELAPSED, 172800, "48h"},
	{"72h", CS_SPAN_ELAPSED, 259200, "72h"},
	{"2d", CS_SPAN_ELAPSED, 172800, "48h"},
	{"7d", CS_SPAN_ELAPSED, 604800, "7d"},
	{"168h", CS_SPAN_ELAPSED, 604800, "7d"},
	{"169h", CS_SPAN_ELAPSED, 608400, "169h"},
	{"15d", CS_SPAN_ELAPSED, 1296000, "15d"},
	{"36525d", CS_SPAN_ELAPSED, 3155760000, "36525d"},
	{"876600h", CS_SPAN_ELAPSED, 3155760000, "36525d"},
	{"52596000m", CS_SPAN_ELAPSED, 3155760000, "36525d"},
	{"90wm", CS_SPAN_WORKING, 5400, "90wm"},
	{"4wh", CS_SPAN_WORKING, 14400, "4wh"},
	{"240wm", CS_SPAN_WORKING, 14400, "4wh"},
	{"0wm", CS_SPAN_WORKING, 0, "0wm"},
	{"5wd", CS_SPAN_WORKDAYS, 5, "5wd"},
	{"10cd", CS_SPAN_DAYS, 10, "10cd"},
	{"1mo", CS_SPAN_MONTHS, 1, "1mo"},
	{"12mo", CS_SPAN_MONTHS, 12, "1y"},
	{"18mo", CS_SPAN_MONTHS, 18, "18mo"},
	{"1y", CS_SPAN_MONTHS, 12, "1y"},
	{"100y", CS_SPAN_MONTHS, 1200, "100y"},
	{"eod", CS_SPAN_EOD, 0, "eod"},
	{"007d", CS_SPAN_ELAPSED, 604800, "7d"},
	{"80%", CS_SPAN_PERCENT, 80, "80%"},
	{"100%", CS_SPAN_PERCENT, 100, "100%"},
	{"1000%", CS_SPAN_PERCENT, 1000, "1000%"},
};

static void spans_are_read_and_written(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		struct cs_span span = {0}, again = {0};
		struct cs_err e = {0};
		char buf[32];

		if (cs_span_parse(good[i].text, true, &span, &e) != 0)
			fail_msg("%s: %s", good[i].text, e.text);
		assert_int_equal(span.unit, good[i].unit);
		assert_int_equal(span.n, good[i].n);
		assert_string_equal(cs_span_text(&span, buf), good[i].written);
		assert_int_equal(cs_span_parse(buf, true, &again, &e), 0);
		assert_int_equal(again.unit, span.unit);
		assert_int_equal(again.n, span.n);
	}
}

static void wrong_spans_are_refused(void **state)
{
	static const struct {
		const char *text;
		bool percent;
		const char *why;
	} rows[] = {
		{"", true, "whole number"},
		{"d", true, "whole number"},
		{"-1d", true, "whole number"},
		{"+1d", true, "whole number"},
		{" 1d", true, "whole number"},
		{"EOD", true, "whole number"},
		{"$req.dispatch", true, "whole number"},
		{"eod ", true, "whole number"},
		{"1 d", true, "unknown unit"},
		{"1d ", true, "unknown unit"},
		{"1", true, "unknown unit"},
		{"1.5h", true, "unknown unit"},
		{"1D", true, "unknown unit"},
		{"1w", true, "unknown unit"},
		{"1s", true, "unknown unit"},
		{"1dd", true, "unknown unit"},
		{"1hm", true, "unknown unit"},
		{"1M", true, "unknown unit"},
		{"1d12h", true, "unknown unit"},
		{"0wd", true, "begins at 1"},
		{"0cd", true, "begins at 1"},
		{"0mo", true, "begins at 1"},
		{"0y", true, "begins at 1"},
		{"0%", true, "begins at 1"},
		{"36526d", true, "more than 100 years"},
		{"876601h", true, "more than 100 years"},
		{"52596001m", true, "more than 100 years"},
		{"876601wh", true, "more than 100 years"},
		{"36526wd", true, "more than 100 years"},
		{"36526cd", true, "more than 100 years"},
		{"1201mo", true, "more than 100 years"},
		{"101y", true, "more than 100 years"},
		{"1001%", true, "more than 1000%"},
		{"99999999999999999999999999d", true, "more than 100 years"},
		{"18446744073709551617d", true, "more than 100 years"},
		{"80%", false, "only be said of a rung"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct cs_span span = {CS_SPAN_NONE, 77};
		struct cs_err e = {0};

		if (cs_span_parse(rows[i].text, rows[i].percent, &span, &e) == 0)
			fail_msg("'%s' was read", rows[i].text);
		if (e.code != CS_USAGE || !strstr(e.text, rows[i].why))
			fail_msg("'%s': %s", rows[i].text, e.text);
		assert_int_equal(span.n, 77);
		assert_true(!!strstr(e.text, "80% of") == rows[i].percent);
	}
}

static void what_no_rule_writes_is_still_shown(void **state)
{
	const struct cs_span none = {CS_SPAN_NONE, 0}, odd = {CS_SPAN_ELAPSED, 61},
			     working = {CS_SPAN_WORKING, 59}, most = {CS_SPAN_WORKING, INT64_MAX};
	char buf[32];

	(void)state;
	assert_string_equal(cs_span_text(&none, buf), "");
	assert_string_equal(cs_span_text(&odd, buf), "61s");
	assert_string_equal(cs_span_text(&working, buf), "59ws");
	assert_string_equal(cs_span_text(&most, buf), "9223372036854775807ws");
}

static struct cs_span span(const char *text)
{
	struct cs_span s = {0};

	if (*text)
		assert_int_equal(cs_span_parse(text, true, &s, NULL), 0);
	return s;
}

static void calendars_are_needed_for_working_time(void **state)
{
	static const char *const with[] = {"90wm", "4wh", "5wd"}, *const without[] = {
									  "30m", "7d",  "10cd",
									  "1mo", "eod", "80%"};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct cs_span s = span(with[i]);

		assert_true(cs_span_needs_calendar(&s));
	}
	for (size_t i = 0; i < 6; i++) {
		struct cs_span s = span(without[i]);

		assert_false(cs_span_needs_calendar(&s));
	}
}

static void order_where_it_is_certain(void **state)
{
	static const struct {
		const char *a, *b;
		int order;
	} rows[] = {
		{"48h", "72h", -1},
		{"48h", "2d", 0},
		{"4wh", "90wm", 1},
		{"5wd", "10wd", -1},
		{"3cd", "3cd", 0},
		{"1y", "11mo", 1},
		{"80%", "100%", -1},
		{"eod", "eod", 0},
		/* The end of the day is at most 25 hours away. */
		{"eod", "25h", 2},
		{"eod", "26h", -1},
		{"eod", "0m", 1},
		{"eod", "1m", 2},
		/* n counted days take more than n - 1/24 and at most n + 25/24 days. */
		{"1cd", "23h", 1},
		{"1cd", "24h", 2},
		{"1cd", "49h", 2},
		{"1cd", "2941m", -1},
		{"7d", "2cd", 1},
		{"7d", "7cd", 2},
		{"7d", "8cd", -1},
		{"eod", "1cd", 2},
		{"eod", "2cd", -1},
		/* Working time, months and shares depend on the calendar and the start. */
		{"4wh", "4h", 2},
		{"1wd", "30d", 2},
		{"1mo", "90d", 2},
		{"80%", "1h", 2},
		{"5wd", "5cd", 2},
		{"", "1h", 2},
		{"", "", 2},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct cs_span a = span(rows[i].a), b = span(rows[i].b);
		int order = cs_span_compare(&a, &b), back = cs_span_compare(&b, &a);

		if (order != rows[i].order || back != (order == 2 ? 2 : -order))
			fail_msg("%s against %s: %d, %d", rows[i].a, rows[i].b, order, back);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spans_are_read_and_written),
		cmocka_unit_test(wrong_spans_are_refused),
		cmocka_unit_test(what_no_rule_writes_is_still_shown),
		cmocka_unit_test(calendars_are_needed_for_working_time),
		cmocka_unit_test(order_where_it_is_certain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
