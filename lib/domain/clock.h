/* Clocks as pure functions: when is a span used up, given a start, a calendar and pauses. */
#ifndef CS_DOMAIN_CLOCK_H
#define CS_DOMAIN_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/span.h"
#include "base/time.h"
#include "domain/calendar.h"

/* The clock stood still in [from, to); to = CS_TIME_NONE: it still does. Sorted, disjoint. */
struct cs_pause {
	cs_time from, to;
};

/* What a span is counted over. `from` is the clock's start, or the instant of the last
   reclock; `used` is what was already used up at `from` (seconds for ELAPSED and WORKING,
   days for WORKDAYS, DAYS and MONTHS; 0 for a clock that was never reclocked). `started` is the
   clock's own start when `from` is a reclock, 0 when `from` is the start: days are counted after
   the day of the start, not again after the day of the reclock. */
struct cs_count {
	const struct cs_zone *zone;
	const struct cs_calendar *cal; /* may be NULL for spans that need none */
	cs_time from, started;
	int64_t used;
	const struct cs_pause *pause;
	size_t pause_count;
};

/* The due instant: a stop on it is in time, a rung fires when the time is past it.
   ELAPSED and WORKING lose the paused time; counted days (WORKDAYS, DAYS) begin the day after
   `from` and end at the end of the last one (24:00 or the closing hour), and a day does not count
   if the clock stood still at its close (its last second lies in a pause: one that begins on
   the close does not take the day, one that ends on it does); MONTHS count as the calendar days
   they have and end at the close of the last one; an end of DAYS or MONTHS rolls where the
   calendar says so; EOD does not pause. Already used up at `from`: `from`.
   CS_TIME_NONE while a pause without end keeps the span from being used up.
   CS_INTERNAL: PERCENT or NONE, a needed calendar missing, or no working time for 400 days. */
int cs_count_end(const struct cs_count *c, const struct cs_span *span, cs_time *end,
		 struct cs_err *e);

/* N percent of a limit: for ELAPSED and WORKING that share of its seconds (rounded down, at
   least 1); for counted days that share of them, whole days rounded down: 80% of 5wd comes when 4
   of them are over. For all others, and where no whole day is left, that share of the wall time
   from the clock's start to the end. */
int cs_count_percent(const struct cs_count *c, const struct cs_span *limit, int64_t percent,
		     cs_time *end, struct cs_err *e);

/* `span` before an instant (due field minus, rung before): ELAPSED subtracts seconds; WORKING goes
   back by open time (the latest such instant); WORKDAYS and DAYS to the first instant of the n-th
   last counted day that has closed by then, so that n whole days lie between; MONTHS likewise to
   the same day number; EOD to the midnight before. Errors as above. */
int cs_count_before(const struct cs_calendar *cal, const struct cs_zone *zone, cs_time at,
		    const struct cs_span *span, cs_time *out, struct cs_err *e);

/* How much of this kind of span is used up at `now` (units as in cs_count.used, EOD 0), also
   beyond the span's own length; for reclocking. */
int64_t cs_count_used(const struct cs_count *c, const struct cs_span *span, cs_time now);

/* The timeline: stretches between c->from and `until`, in order, each with what it was.
   Reported through `each` (which must not keep the pointer); used by --explain. */
enum cs_stretch_kind {
	CS_STRETCH_COUNTED,
	CS_STRETCH_PAUSED,
	CS_STRETCH_CLOSED,
	CS_STRETCH_HOLIDAY,
	CS_STRETCH_FIRST_DAY
};
struct cs_stretch {
	cs_time from, to;
	enum cs_stretch_kind kind;
	int64_t counted; /* seconds or days that this stretch used up */
};
void cs_count_explain(const struct cs_count *c, const struct cs_span *span, cs_time until,
		      void (*each)(const struct cs_stretch *s, void *arg), void *arg);

#endif
