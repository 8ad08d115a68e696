/* Spans: lengths of time as rules write them (design section 5). */
#ifndef CS_BASE_SPAN_H
#define CS_BASE_SPAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

enum cs_span_unit {
	CS_SPAN_NONE,     /* undecided (a null parameter): what uses it is off */
	CS_SPAN_ELAPSED,  /* 30m 48h 7d: n seconds */
	CS_SPAN_WORKING,  /* 90wm 4wh: n seconds of open calendar time */
	CS_SPAN_WORKDAYS, /* 5wd: n days by count */
	CS_SPAN_DAYS,     /* 10cd: n calendar days by count */
	CS_SPAN_MONTHS,   /* 1mo 1y: n months, same day number */
	CS_SPAN_EOD,      /* eod: the coming local midnight */
	CS_SPAN_PERCENT   /* 80%: n percent of the clock's own limit; rungs only */
};
struct cs_span {
	enum cs_span_unit unit;
	int64_t n;
};

/* Whole numbers only, no sign, no blank, at most 100 years (1000%). 0 only for elapsed and working
   time: counts begin at 1. `percent` says whether N% may stand here. CS_USAGE. */
int cs_span_parse(const char *s, bool percent, struct cs_span *out, struct cs_err *e);
/* buf gets at least 32 bytes; parses back to the same span (seconds that are no whole minute,
   which no rule can write, read 90s; NONE is ""); returns buf. */
char *cs_span_text(const struct cs_span *span, char *buf);
bool cs_span_needs_calendar(const struct cs_span *span); /* WORKING and WORKDAYS */
/* -1, 0, 1 where the order of two spans is certain whatever the calendar (same unit, or
   elapsed/eod/days against each other when their ranges cannot overlap, clock changes of an hour
   included, rolling aside); else 2. */
int cs_span_compare(const struct cs_span *a, const struct cs_span *b);

#endif
