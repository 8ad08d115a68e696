/* Text forms of times: what people type, what foreign exports hold, what programs print. */
#include "base/time.h"

#include <string.h>
#include <time.h>

#include "base/utf8.h"

enum { DAY = 86400, TYPED_MAX = 128 };

/* A typed time, taken apart. */
struct typed {
	struct cs_civil c;
	bool has_offset;
	int offset;
};

static bool number(const char **p, int digits, int *out)
{
	int v = 0;

	for (int i = 0; i < digits; i++) {
		char c = (*p)[i];

		if (c < '0' || c > '9')
			return false;
		v = v * 10 + (c - '0');
	}
	*p += digits;
	*out = v;
	return true;
}

static bool literal(const char **p, char c)
{
	if (**p != c)
		return false;
	++*p;
	return true;
}

/* The scan_ functions move p and return NULL, or say what is wrong. */
static const char *scan_date(const char **p, struct cs_civil *c)
{
	if (!number(p, 4, &c->year) || !literal(p, '-') || !number(p, 2, &c->month) ||
	    !literal(p, '-') || !number(p, 2, &c->day))
		return "not a date";
	if (c->year < 1900 || c->year > 2999)
		return "the year must lie in 1900..2999";
	if (c->month < 1 || c->month > 12)
		return "the month must lie in 01..12";
	if (!cs_date_valid(c->year, c->month, c->day))
		return "that month has no such day";
	return NULL;
}

static const char *scan_clock(const char **p, int max_hour, int *hour, int *minute, int *second)
{
	*second = 0;
	if (!number(p, 2, hour) || !literal(p, ':') || !number(p, 2, minute) ||
	    (literal(p, ':') && !number(p, 2, second)))
		return "the time of day must be written 09:30 or 09:30:15";
	if (*hour > max_hour || *minute > 59 || *second > 59)
		return "no such time of day";
	return NULL;
}

/* Offsets with seconds are those of local mean time, before 1902 in Shanghai. */
static const char *scan_offset(const char **p, struct typed *t)
{
	int hour = 0, minute = 0, second = 0, sign = **p == '-' ? -1 : 1;
	const char *wrong;

	if (literal(p, 'Z')) {
		t->has_offset = true;
		return NULL;
	}
	if (!literal(p, '+') && !literal(p, '-'))
		return "text follows the time";
	wrong = scan_clock(p, 15, &hour, &minute, &second);
	if (wrong)
		return "the offset must be written Z or +08:00";
	t->has_offset = true;
	t->offset = sign * (hour * 3600 + minute * 60 + second);
	return NULL;
}

static const char *scan_time(const char *p, struct typed *t, bool *has_clock)
{
	const char *wrong = scan_date(&p, &t->c);

	*has_clock = false;
	if (wrong)
		return wrong;
	if (literal(&p, ' ') || literal(&p, 'T')) {
		*has_clock = true;
		wrong = scan_clock(&p, 23, &t->c.hour, &t->c.minute, &t->c.second);
	}
	if (!wrong && *p)
		wrong = scan_offset(&p, t);
	return wrong ? wrong : *p ? "text follows the time" : NULL;
}

static const char *scan_seconds(const char *p, cs_time *out)
{
	bool negative = literal(&p, '-');
	size_t n = strspn(p, "0123456789");
	int64_t v = 0;

	if (n == 0 || p[n])
		return "not a whole number of seconds";
	while (n > 12 && *p == '0') {
		p++;
		n--;
	}
	if (n > 12)
		return "the year must lie in 1900..2999";
	for (; *p; p++)
		v = v * 10 + (*p - '0');
	*out = negative ? -v : v;
	return NULL;
}

static bool year_ok(const struct cs_zone *z, cs_time t)
{
	struct cs_civil c;

	cs_time_civil(z, t, &c);
	return c.year >= 1900 && c.year <= 2999;
}

static int fail_doubtful(const char *s, const struct cs_zone *z, enum cs_local how,
			 const cs_time both[2], struct cs_err *e)
{
	char first[32], second[32];

	cs_time_text_iso(z, both[0], first);
	cs_time_text_iso(z, both[1], second);
	if (how == CS_LOCAL_TWICE)
		return cs_fail(
			e, CS_USAGE,
			"'%s' comes twice in %s, where the clock is set back: write %s or %s", s,
			cs_zone_name(z), first, second);
	return cs_fail(e, CS_USAGE,
		       "'%s' does not exist in %s, where the clock is set forward: write %s or %s",
		       s, cs_zone_name(z), first, second);
}

static int fail_typed(const char *s, const char *wrong, struct cs_err *e)
{
	char shown[CS_ERR_SHOWN];

	return cs_fail(e, CS_USAGE,
		       "'%s' is no time: %s (write 2026-11-21, 2026-11-21 09:30, "
		       "2026-11-21T09:30:00+08:00 or @1763688600)",
		       cs_err_show(s, shown), wrong);
}

int cs_time_parse(const char *s, const struct cs_zone *z, cs_time *out, struct cs_err *e)
{
	struct typed t = {0};
	bool has_clock = false;
	cs_time both[2], found = 0;
	char plain[TYPED_MAX];
	const char *wrong;

	s = cs_utf8_plain(s, plain, sizeof plain);
	wrong = *s == '@' ? scan_seconds(s + 1, &found) : scan_time(s, &t, &has_clock);
	if (wrong)
		return fail_typed(s, wrong, e);
	if (t.has_offset) {
		found = cs_time_from_civil(cs_zone_utc(), &t.c, NULL) - t.offset;
	} else if (*s != '@') {
		enum cs_local how = cs_time_both(z, &t.c, both);
		int32_t day = cs_day_from_date(t.c.year, t.c.month, t.c.day);

		/* A date alone is its first instant, whatever the clock does at midnight. */
		found = has_clock ? both[0] : cs_day_start(z, day);
		if (has_clock ? how != CS_LOCAL_ONCE : cs_time_day(z, found) != day)
			return fail_doubtful(s, z, how, both, e);
	}
	if (!year_ok(z, found))
		return fail_typed(s, "the year must lie in 1900..2999", e);
	*out = found;
	return 0;
}

int cs_date_parse(const char *s, int32_t *day, struct cs_err *e)
{
	char shown[CS_ERR_SHOWN], plain[TYPED_MAX];
	struct cs_civil c = {0};
	const char *p = cs_utf8_plain(s, plain, sizeof plain), *wrong = scan_date(&p, &c);

	if (!wrong && *p)
		wrong = "text follows the date";
	if (wrong)
		return cs_fail(e, CS_USAGE, "'%s' is no date: %s (write 2026-11-21)",
			       cs_err_show(s, shown), wrong);
	*day = cs_day_from_date(c.year, c.month, c.day);
	return 0;
}

int cs_minute_parse(const char *s, int *minute, struct cs_err *e)
{
	char shown[CS_ERR_SHOWN];
	const char *p = s;
	int h = 0, m = 0;

	if (!number(&p, 2, &h) || !literal(&p, ':') || !number(&p, 2, &m) || *p || m > 59 ||
	    h * 60 + m > 2880)
		return cs_fail(
			e, CS_USAGE,
			"'%s' is no time of day: write 00:00 to 48:00 (past 24:00: the next day)",
			cs_err_show(s, shown));
	*minute = h * 60 + m;
	return 0;
}

/* A closed list: %Z would swallow a zone's name unread, %j runs past the year's end in some
   C libraries, and a format without a day would quietly mean the first. */
static const char *format_fault(const char *f, bool *has_offset)
{
	bool year = false, month = false, day = false;

	for (; *f; f++) {
		if (*f != '%')
			continue;
		f++;
		if (!*f || !strchr("YymbBhdeDFHkIlMSpRTaAntz%", *f))
			return "it may use %Y %y %m %b %d %e %D %F %H %I %M %S %p "
			       "%R %T %a %z, or %s alone";
		year = year || strchr("YyDF", *f);
		month = month || strchr("mbBhDF", *f);
		day = day || strchr("deDF", *f);
		*has_offset = *has_offset || *f == 'z';
	}
	return year && month && day ? NULL : "it needs a year, a month and a day";
}

int cs_time_parse_format(const char *s, const char *format, const struct cs_zone *z, cs_time *out,
			 enum cs_local *how, struct cs_err *e)
{
	char shown[CS_ERR_SHOWN], pattern[CS_ERR_SHOWN];
	bool epoch = strcmp(format, "%s") == 0, has_offset = false, fits;
	const char *wrong = epoch ? NULL : format_fault(format, &has_offset), *end;
	enum cs_local found = CS_LOCAL_ONCE;
	struct tm tm = {0};
	struct cs_civil c;
	cs_time t = 0;

	if (wrong)
		return cs_fail(e, CS_CONFIG, "time format '%s' cannot be used: %s",
			       cs_err_show(format, pattern), wrong);
	if (epoch) {
		fits = !scan_seconds(s, &t) && year_ok(z, t);
	} else {
		end = strptime(s, format, &tm);
		c = (struct cs_civil){tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
				      tm.tm_hour,        tm.tm_min,     tm.tm_sec};
		fits = end && !*end && tm.tm_sec <= 59 && cs_date_valid(c.year, c.month, c.day);
		if (fits && has_offset)
			t = cs_time_from_civil(cs_zone_utc(), &c, NULL) - tm.tm_gmtoff;
		else if (fits)
			t = cs_time_from_civil(z, &c, &found);
	}
	if (!fits)
		return cs_fail(e, CS_REFUSED, "'%s' is no time of the form '%s' in 1900..2999",
			       cs_err_show(s, shown), cs_err_show(format, pattern));
	*out = t;
	if (how)
		*how = found;
	return 0;
}

static char *put(char *p, int v, int digits)
{
	for (int i = digits - 1; i >= 0; i--) {
		p[i] = (char)('0' + v % 10);
		v /= 10;
	}
	return p + digits;
}

static char *put_date(char *p, const struct cs_civil *c)
{
	p = put(p, c->year, 4);
	*p++ = '-';
	p = put(p, c->month, 2);
	*p++ = '-';
	return put(p, c->day, 2);
}

static char *put_clock(char *p, int hour, int minute)
{
	p = put(p, hour, 2);
	*p++ = ':';
	return put(p, minute, 2);
}

/* "2026-11-21", the character between, "09:30" and, when asked for, ":00". */
static char *put_time(char *p, const struct cs_civil *c, char between, bool seconds)
{
	p = put_date(p, c);
	*p++ = between;
	p = put_clock(p, c->hour, c->minute);
	if (seconds) {
		*p++ = ':';
		p = put(p, c->second, 2);
	}
	return p;
}

static char *text(const struct cs_zone *z, cs_time t, bool seconds, char *buf)
{
	struct cs_civil c;

	buf[0] = '\0';
	if (t == CS_TIME_NONE)
		return buf;
	cs_time_civil(z, t, &c);
	*put_time(buf, &c, ' ', seconds) = '\0';
	return buf;
}

char *cs_time_text(const struct cs_zone *z, cs_time t, char *buf)
{
	return text(z, t, true, buf);
}

char *cs_time_text_minute(const struct cs_zone *z, cs_time t, char *buf)
{
	return text(z, t, false, buf);
}

char *cs_time_text_iso(const struct cs_zone *z, cs_time t, char *buf)
{
	struct cs_civil c;
	char *p;
	int offset;

	buf[0] = '\0';
	if (t == CS_TIME_NONE)
		return buf;
	cs_time_civil(z, t, &c);
	offset = (int)(cs_time_from_civil(cs_zone_utc(), &c, NULL) - t);
	p = put_time(buf, &c, 'T', true);
	*p++ = offset < 0 ? '-' : '+';
	offset = offset < 0 ? -offset : offset;
	p = put_clock(p, offset / 3600, offset / 60 % 60);
	if (offset % 60) {
		*p++ = ':';
		p = put(p, offset % 60, 2);
	}
	*p = '\0';
	return buf;
}

char *cs_date_text(int32_t day, char *buf)
{
	struct cs_civil c = {0};

	cs_day_date(day, &c.year, &c.month, &c.day);
	*put_date(buf, &c) = '\0';
	return buf;
}

cs_time cs_time_machine(void)
{
	return (cs_time)time(NULL);
}
