/* Periods: named stretches of the calendar and FROM..TO. */
#include "base/time.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

enum { TYPED_MAX = 256 };

/* Monday of the week that has the year's first Thursday (ISO 8601). */
static int32_t first_week(int year)
{
	int32_t day = cs_day_from_date(year, 1, 4);

	return day - cs_day_weekday(day);
}

static void set_days(const struct cs_zone *z, struct cs_period *p, enum cs_period_unit unit,
		     int32_t first, int32_t behind)
{
	p->unit = unit;
	p->from = cs_day_start(z, first);
	p->to = cs_day_start(z, behind);
}

static void set_months(const struct cs_zone *z, struct cs_period *p, enum cs_period_unit unit,
		       int year, int month)
{
	static const int months[] = {[CS_PERIOD_MONTH] = 1,
				     [CS_PERIOD_QUARTER] = 3,
				     [CS_PERIOD_HALF] = 6,
				     [CS_PERIOD_YEAR] = 12};
	int nth = (month - 1) / months[unit];
	int32_t first = cs_day_from_date(year, nth * months[unit] + 1, 1);

	set_days(z, p, unit, first, cs_day_add_months(first, months[unit]));
	switch (unit) {
	case CS_PERIOD_MONTH:
		snprintf(p->label, sizeof p->label, "%04d-%02d", year, nth + 1);
		break;
	case CS_PERIOD_QUARTER:
		snprintf(p->label, sizeof p->label, "%04d-Q%d", year, nth + 1);
		break;
	case CS_PERIOD_HALF: snprintf(p->label, sizeof p->label, "%04d-H%d", year, nth + 1); break;
	default: snprintf(p->label, sizeof p->label, "%04d", year); break;
	}
}

static void set_week(const struct cs_zone *z, struct cs_period *p, int32_t day)
{
	int year, month, mday, week;
	int32_t monday = day - cs_day_weekday(day);

	cs_day_date(monday + 3, &year, &month, &mday);
	week = (monday - first_week(year)) / 7 + 1;
	set_days(z, p, CS_PERIOD_WEEK, monday, monday + 7);
	snprintf(p->label, sizeof p->label, "%04d-W%02d", year, week);
}

static void set_day(const struct cs_zone *z, struct cs_period *p, int32_t day)
{
	char text[32];

	set_days(z, p, CS_PERIOD_DAY, day, day + 1);
	snprintf(p->label, sizeof p->label, "%s", cs_date_text(day, text));
}

/* A time that parses back: local where that is certain, else with its offset. */
static void edge_text(const struct cs_zone *z, cs_time t, char *buf)
{
	cs_time back;

	if (cs_time_parse(cs_time_text(z, t, buf), z, &back, NULL) != 0)
		cs_time_text_iso(z, t, buf);
}

static bool starts_day(const struct cs_zone *z, cs_time t)
{
	return cs_day_start(z, cs_time_day(z, t)) == t;
}

static void set_span(const struct cs_zone *z, struct cs_period *p, cs_time from, cs_time to)
{
	char a[32], b[32];

	*p = (struct cs_period){.from = from, .to = to, .unit = CS_PERIOD_SPAN};
	if (starts_day(z, from))
		cs_date_text(cs_time_day(z, from), a);
	else
		edge_text(z, from, a);
	if (starts_day(z, to))
		cs_date_text(cs_time_day(z, to) - 1, b);
	else
		edge_text(z, to, b);
	snprintf(p->label, sizeof p->label, "%.30s..%.30s", a, b);
}

/* One end of FROM..TO: a day, or a time. */
static int parse_edge(const char *s, size_t n, const struct cs_zone *z, bool last, cs_time *out,
		      struct cs_err *e)
{
	char text[40];
	int32_t day;

	if (n >= sizeof text)
		return cs_fail(e, CS_USAGE,
			       "neither end can be so long: write 2026-10-05..2026-10-11 or "
			       "2026-10-05 09:00..2026-10-05 17:30");
	memcpy(text, s, n);
	text[n] = '\0';
	if (cs_date_parse(text, &day, NULL) != 0)
		return cs_time_parse(text, z, out, e);
	*out = cs_day_start(z, last ? day + 1 : day);
	return 0;
}

static int parse_span(const char *s, const char *dots, const struct cs_zone *z,
		      struct cs_period *out, struct cs_err *e)
{
	cs_time from = 0, to = 0;

	if (parse_edge(s, (size_t)(dots - s), z, false, &from, e) != 0 ||
	    parse_edge(dots + 2, strlen(dots + 2), z, true, &to, e) != 0)
		return -1;
	if (to <= from)
		return cs_fail(e, CS_USAGE,
			       "it holds no time: write FROM..TO with the later one last");
	set_span(z, out, from, to);
	return 0;
}

/* What stands behind the year in 2026-10, 2026-Q3, 2026-H1, 2026-W45; false when none of them. */
static bool parse_named(const char *s, const struct cs_zone *z, int year, struct cs_period *out)
{
	int one = s[0] ? s[1] - '0' : -1, two = one >= 0 && one <= 9 && s[1] ? s[2] - '0' : -1;
	size_t n = strlen(s);

	if (n == 2 && s[0] == 'Q' && one >= 1 && one <= 4) {
		set_months(z, out, CS_PERIOD_QUARTER, year, one * 3);
	} else if (n == 2 && s[0] == 'H' && one >= 1 && one <= 2) {
		set_months(z, out, CS_PERIOD_HALF, year, one * 6);
	} else if (n == 3 && s[0] == 'W' && one >= 0 && one <= 9 && two >= 0 && two <= 9) {
		int week = one * 10 + two;
		int32_t monday = first_week(year) + 7 * (week - 1);

		if (week < 1 || monday >= first_week(year + 1))
			return false;
		set_week(z, out, monday);
	} else if (n == 2 && s[0] >= '0' && s[0] <= '1' && one >= 0 && one <= 9) {
		int month = (s[0] - '0') * 10 + one;

		if (month < 1 || month > 12)
			return false;
		set_months(z, out, CS_PERIOD_MONTH, year, month);
	} else {
		return false;
	}
	return true;
}

int cs_period_parse(const char *s, const struct cs_zone *z, struct cs_period *out, struct cs_err *e)
{
	char shown[CS_ERR_SHOWN], plain[TYPED_MAX];
	const char *dots;
	int year = 0, digits = 0;
	int32_t day;

	*out = (struct cs_period){0};
	s = cs_utf8_plain(s, plain, sizeof plain);
	dots = strstr(s, "..");
	if (dots) {
		if (parse_span(s, dots, z, out, e) == 0)
			return 0;
		return cs_fail_in(e, "period '%s'", cs_err_show(s, shown));
	}
	while (digits < 4 && s[digits] >= '0' && s[digits] <= '9')
		year = year * 10 + (s[digits++] - '0');
	if (digits == 4 && year >= 1900 && year <= 2999) {
		if (!s[4]) {
			set_months(z, out, CS_PERIOD_YEAR, year, 1);
			return 0;
		}
		if (s[4] == '-' && parse_named(s + 5, z, year, out))
			return 0;
		if (cs_date_parse(s, &day, NULL) == 0) {
			set_day(z, out, day);
			return 0;
		}
	}
	return cs_fail(
		e, CS_USAGE,
		"'%s' is no period of 1900..2999: write 2026, 2026-H1, 2026-Q3, 2026-10, 2026-W45, "
		"2026-10-05 or 2026-10-05..2026-10-11",
		cs_err_show(s, shown));
}

void cs_period_of(const struct cs_zone *z, cs_time t, enum cs_period_unit unit,
		  struct cs_period *out)
{
	int32_t day = cs_time_day(z, t);
	int year, month, mday;

	*out = (struct cs_period){0};
	cs_day_date(day, &year, &month, &mday);
	if (unit == CS_PERIOD_WEEK)
		set_week(z, out, day);
	else if (unit == CS_PERIOD_DAY || unit == CS_PERIOD_SPAN)
		set_day(z, out, day);
	else
		set_months(z, out, unit, year, month);
}

void cs_period_before(const struct cs_zone *z, const struct cs_period *p, struct cs_period *out)
{
	cs_time from = p->from, to = p->to;
	int32_t day;

	if (p->unit != CS_PERIOD_SPAN) {
		cs_period_of(z, from - 1, p->unit, out);
	} else if (starts_day(z, from) && starts_day(z, to)) {
		day = 2 * cs_time_day(z, from) - cs_time_day(z, to);
		while (cs_day_start(z, day) >= from) /* a day that the zone left out */
			day--;
		set_span(z, out, cs_day_start(z, day), from);
	} else {
		set_span(z, out, from - (to - from), from);
	}
}
