/* Spans: reading, writing and comparing them. */
#include "base/span.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* How a suffix is read. most: 100 years, or 1000%. */
static const struct suffix {
	const char *text;
	enum cs_span_unit unit;
	int64_t factor, most;
} suffixes[] = {
	{"m", CS_SPAN_ELAPSED, 60, 52596000},  {"h", CS_SPAN_ELAPSED, 3600, 876600},
	{"d", CS_SPAN_ELAPSED, 86400, 36525},  {"wm", CS_SPAN_WORKING, 60, 52596000},
	{"wh", CS_SPAN_WORKING, 3600, 876600}, {"wd", CS_SPAN_WORKDAYS, 1, 36525},
	{"cd", CS_SPAN_DAYS, 1, 36525},        {"mo", CS_SPAN_MONTHS, 1, 1200},
	{"y", CS_SPAN_MONTHS, 12, 100},        {"%", CS_SPAN_PERCENT, 1, 1000},
};

static int fail(const char *s, bool percent, const char *wrong, struct cs_err *e)
{
	char shown[CS_ERR_SHOWN];

	return cs_fail(
		e, CS_USAGE,
		"'%s' is no span: %s (write 30m, 48h, 7d, 90wm, 4wh, 5wd, 10cd, 1mo, 1y or eod%s)",
		cs_err_show(s, shown), wrong, percent ? ", or 80% of the clock's limit" : "");
}

int cs_span_parse(const char *s, bool percent, struct cs_span *out, struct cs_err *e)
{
	const struct suffix *x = NULL;
	const char *p = s;
	int64_t n = 0;

	if (strcmp(s, "eod") == 0) {
		*out = (struct cs_span){CS_SPAN_EOD, 0};
		return 0;
	}
	for (; *p >= '0' && *p <= '9'; p++)
		n = n > 1000000000 ? n : n * 10 + (*p - '0');
	if (p == s)
		return fail(s, percent, "it must begin with a whole number", e);
	for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
		if (strcmp(p, suffixes[i].text) == 0)
			x = &suffixes[i];
	}
	if (!x)
		return fail(s, percent, "unknown unit", e);
	if (x->unit == CS_SPAN_PERCENT && !percent)
		return fail(s, percent, "a share of the limit can only be said of a rung", e);
	if (n > x->most)
		return fail(s, percent,
			    x->unit == CS_SPAN_PERCENT ? "more than 1000%" : "more than 100 years",
			    e);
	if (n == 0 && x->unit != CS_SPAN_ELAPSED && x->unit != CS_SPAN_WORKING)
		return fail(s, percent, "a count begins at 1", e);
	*out = (struct cs_span){x->unit, n * x->factor};
	return 0;
}

/* The largest unit that divides the span; days only from a week on: 48h, 72h, 7d, 15d, as rules
   write them. */
static const struct suffix *best_suffix(const struct cs_span *span)
{
	const struct suffix *best = NULL;

	for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
		const struct suffix *x = &suffixes[i];
		bool small = x->factor == 86400 && span->n < 7 * x->factor;

		if (x->unit != span->unit || small || span->n % x->factor != 0)
			continue;
		if (!best || (x->factor > best->factor && span->n > 0))
			best = x;
	}
	return best;
}

char *cs_span_text(const struct cs_span *span, char *buf)
{
	const struct suffix *x = best_suffix(span);

	buf[0] = '\0';
	if (span->unit == CS_SPAN_EOD)
		memcpy(buf, "eod", 4);
	else if (x)
		snprintf(buf, 32, "%" PRId64 "%s", span->n / x->factor, x->text);
	else if (span->unit != CS_SPAN_NONE)
		snprintf(buf, 32, "%" PRId64 "%s", span->n,
			 span->unit == CS_SPAN_WORKING ? "ws" : "s");
	return buf;
}

bool cs_span_needs_calendar(const struct cs_span *span)
{
	return span->unit == CS_SPAN_WORKING || span->unit == CS_SPAN_WORKDAYS;
}

/* The shortest and longest time this span can take. A count of days begins at the next
   midnight, which is up to a day away, and one hour may come or go with the clock. */
static bool range(const struct cs_span *span, int64_t *least, int64_t *most)
{
	switch (span->unit) {
	case CS_SPAN_ELAPSED: *least = *most = span->n; return true;
	case CS_SPAN_EOD:
		*least = 1;
		*most = 25 * 3600;
		return true;
	case CS_SPAN_DAYS:
		*least = span->n * 86400 - 3600 + 1;
		*most = (span->n + 1) * 86400 + 3600;
		return true;
	default: return false;
	}
}

int cs_span_compare(const struct cs_span *a, const struct cs_span *b)
{
	int64_t a_least, a_most, b_least, b_most;

	if (a->unit == CS_SPAN_NONE || b->unit == CS_SPAN_NONE)
		return 2;
	if (a->unit == b->unit)
		return a->n < b->n ? -1 : a->n > b->n;
	if (!range(a, &a_least, &a_most) || !range(b, &b_least, &b_most))
		return 2;
	return a_most < b_least ? -1 : a_least > b_most ? 1 : 2;
}
