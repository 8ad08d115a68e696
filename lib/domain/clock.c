/* Clocks: running time, counted days, pauses. Pure functions of their arguments. */
#include "domain/clock.h"

/* How many days without working time a search for some goes on. */
enum { SEARCH_DAYS = 400 };
/* The end of a stretch without one: no difference of two times overflows. */
static const cs_time open_end = INT64_MAX / 2;

/* Goes through the stretches in which an hour or minute clock runs. */
struct walk {
	const struct cs_count *c;
	bool working;
	cs_time at;
	size_t pause; /* the first that may still matter */
};
enum step { STEP_RUNS, STEP_PAUSED, STEP_NO_TIME };

/* The next stretch at or after w->at; PAUSED: it stands still for good; NO_TIME: the calendar
   has no more open time. */
static enum step walk_next(struct walk *w, cs_time *from, cs_time *to)
{
	const struct cs_pause *pause = w->c->pause;
	size_t count = w->c->pause_count;

	for (;;) {
		cs_time a = w->at, b = open_end;

		if (w->working && cs_calendar_next_open(w->c->cal, w->at, &a, &b) != 0)
			return STEP_NO_TIME;
		while (w->pause < count && pause[w->pause].to != CS_TIME_NONE &&
		       pause[w->pause].to <= a)
			w->pause++;
		if (w->pause < count && pause[w->pause].from <= a) {
			if (pause[w->pause].to == CS_TIME_NONE)
				return STEP_PAUSED;
			w->at = pause[w->pause].to;
			continue;
		}
		if (w->pause < count && pause[w->pause].from < b)
			b = pause[w->pause].from;
		*from = a;
		*to = b;
		w->at = b;
		return STEP_RUNS;
	}
}

static struct walk walk_begin(const struct cs_count *c, const struct cs_span *span)
{
	return (struct walk){.c = c, .working = span->unit == CS_SPAN_WORKING, .at = c->from};
}

static int fail_no_time(struct cs_err *e)
{
	return cs_fail(e, CS_INTERNAL, "the calendar has no working time for %d days", SEARCH_DAYS);
}

static int end_of_seconds(const struct cs_count *c, const struct cs_span *span, cs_time *end,
			  struct cs_err *e)
{
	struct walk w = walk_begin(c, span);
	int64_t left = span->n - c->used;
	cs_time from = 0, to = 0;

	while (left > 0) {
		switch (walk_next(&w, &from, &to)) {
		case STEP_RUNS: break;
		case STEP_PAUSED: *end = CS_TIME_NONE; return 0;
		case STEP_NO_TIME: return fail_no_time(e);
		}
		if (left <= to - from) {
			*end = from + left;
			return 0;
		}
		left -= to - from;
	}
	*end = c->from;
	return 0;
}

static cs_time day_close(const struct cs_calendar *cal, const struct cs_zone *z, int32_t day)
{
	const struct cs_day_hours *h =
		cal && cal->closes_with_hours ? cs_calendar_day(cal, day, NULL) : NULL;

	return h && h->count ? cs_day_at(z, day, h->span[h->count - 1].to)
			     : cs_day_start(z, day + 1);
}

/* Yesterday may still be open: its hours can end after midnight. */
static int32_t first_unclosed(const struct cs_calendar *cal, const struct cs_zone *z, cs_time t)
{
	int32_t day = cs_time_day(z, t) - 1;

	while (day_close(cal, z, day) <= t)
		day++;
	return day;
}

/* The pause that holds the last second before this close; NULL: the clock ran. */
static const struct cs_pause *paused_at(const struct cs_count *c, cs_time close)
{
	for (size_t i = 0; i < c->pause_count && c->pause[i].from < close; i++) {
		if (c->pause[i].to == CS_TIME_NONE || c->pause[i].to >= close)
			return &c->pause[i];
	}
	return NULL;
}

static int32_t start_day(const struct cs_count *c)
{
	return cs_time_day(c->zone, c->started ? c->started : c->from);
}

/* The first day that can count from c->from on: after the day of the start, and not closed yet. */
static int32_t first_day(const struct cs_count *c)
{
	int32_t day = first_unclosed(c->cal, c->zone, c->from), start = start_day(c);

	return day > start ? day : start + 1;
}

static bool day_counts(const struct cs_count *c, enum cs_span_unit unit, int32_t day)
{
	return unit != CS_SPAN_WORKDAYS || cs_calendar_works(c->cal, day);
}

static int64_t day_limit(const struct cs_count *c, const struct cs_span *span)
{
	int32_t start = start_day(c);

	return span->unit == CS_SPAN_MONTHS ? cs_day_add_months(start, (int)span->n) - start
					    : span->n;
}

/* Looks, from `day` on in steps of one day, for one that (where `works`) has working time and at
   whose close the clock runs. Returns 1, 0 when it stands still for good, -1 on error. */
static int find_day(const struct cs_count *c, bool works, int32_t *day, struct cs_err *e)
{
	for (int idle = 0; idle < SEARCH_DAYS; ++*day) {
		const struct cs_pause *p = NULL;

		if (works && !cs_calendar_works(c->cal, *day)) {
			idle++;
			continue;
		}
		idle = 0;
		if (c->pause_count)
			p = paused_at(c, day_close(c->cal, c->zone, *day));
		if (!p)
			return 1;
		if (p->to == CS_TIME_NONE)
			return 0;
	}
	return fail_no_time(e);
}

/* When the count was full before the reclock, its last day lies `over` counted days before the
   last one that counted. */
static int32_t last_full_day(const struct cs_count *c, enum cs_span_unit unit, int64_t over)
{
	int32_t day = first_day(c) - 1;

	for (int idle = 0; idle < SEARCH_DAYS; day--) {
		if (!day_counts(c, unit, day) || paused_at(c, day_close(c->cal, c->zone, day)))
			idle++;
		else if (over-- == 0)
			break;
		else
			idle = 0;
	}
	return day;
}

static int end_of_days(const struct cs_count *c, const struct cs_span *span, cs_time *end,
		       struct cs_err *e)
{
	int64_t left = day_limit(c, span) - c->used;
	bool rolls = c->cal && c->cal->roll && span->unit != CS_SPAN_WORKDAYS;
	int32_t day = first_day(c) - 1;
	int found = 1;

	if (left <= 0)
		day = last_full_day(c, span->unit, -left);
	for (; left > 0 && found == 1; left--) {
		day++;
		found = find_day(c, span->unit == CS_SPAN_WORKDAYS, &day, e);
	}
	if (found == 1 && rolls && !cs_calendar_works(c->cal, day))
		found = find_day(c, true, &day, e);
	if (found < 0)
		return -1;
	if (found) {
		cs_time close = day_close(c->cal, c->zone, day);

		*end = close < c->from ? c->from : close;
	}
	return 0;
}

int cs_count_end(const struct cs_count *c, const struct cs_span *span, cs_time *end,
		 struct cs_err *e)
{
	*end = CS_TIME_NONE;
	if (cs_span_needs_calendar(span) && !c->cal)
		return cs_fail(e, CS_INTERNAL, "a span of working time needs a calendar");
	switch (span->unit) {
	case CS_SPAN_ELAPSED:
	case CS_SPAN_WORKING: return end_of_seconds(c, span, end, e);
	case CS_SPAN_WORKDAYS:
	case CS_SPAN_DAYS:
	case CS_SPAN_MONTHS: return end_of_days(c, span, end, e);
	case CS_SPAN_EOD: *end = cs_day_start(c->zone, start_day(c) + 1); return 0;
	case CS_SPAN_NONE:
	case CS_SPAN_PERCENT: break;
	}
	return cs_fail(e, CS_INTERNAL, "an undecided span or a percentage has no end of its own");
}

int cs_count_percent(const struct cs_count *c, const struct cs_span *limit, int64_t percent,
		     cs_time *end, struct cs_err *e)
{
	struct cs_span share = *limit;
	cs_time start = c->started ? c->started : c->from;

	share.n = limit->n * percent / 100;
	if (limit->unit == CS_SPAN_ELAPSED || limit->unit == CS_SPAN_WORKING) {
		share.n = share.n < 1 ? 1 : share.n;
		return cs_count_end(c, &share, end, e);
	}
	if (share.n > 0 && (limit->unit == CS_SPAN_WORKDAYS || limit->unit == CS_SPAN_DAYS))
		return cs_count_end(c, &share, end, e);
	if (cs_count_end(c, limit, end, e) != 0)
		return -1;
	if (*end != CS_TIME_NONE)
		*end = start + (*end - start) * percent / 100;
	return 0;
}

/* The n-th last day that counts and has closed by the begin of `day`. */
static int days_back(const struct cs_calendar *cal, bool works, int64_t n, int32_t *day,
		     struct cs_err *e)
{
	int idle = 0;

	while (n > 0) {
		--*day;
		if (works && !cs_calendar_works(cal, *day)) {
			if (++idle > SEARCH_DAYS)
				return fail_no_time(e);
			continue;
		}
		idle = 0;
		n--;
	}
	return 0;
}

static int seconds_back(const struct cs_calendar *cal, int64_t left, cs_time at, cs_time *out,
			struct cs_err *e)
{
	cs_time from = at, to = at;

	while (left > 0) {
		if (cs_calendar_last_open(cal, from, &from, &to) != 0)
			return fail_no_time(e);
		if (left <= to - from) {
			*out = to - left;
			return 0;
		}
		left -= to - from;
	}
	*out = at;
	return 0;
}

int cs_count_before(const struct cs_calendar *cal, const struct cs_zone *zone, cs_time at,
		    const struct cs_span *span, cs_time *out, struct cs_err *e)
{
	int32_t day = first_unclosed(cal, zone, at);

	*out = CS_TIME_NONE;
	if (cs_span_needs_calendar(span) && !cal)
		return cs_fail(e, CS_INTERNAL, "a span of working time needs a calendar");
	switch (span->unit) {
	case CS_SPAN_ELAPSED: *out = at - span->n; return 0;
	case CS_SPAN_WORKING: return seconds_back(cal, span->n, at, out, e);
	case CS_SPAN_WORKDAYS:
	case CS_SPAN_DAYS:
		if (days_back(cal, span->unit == CS_SPAN_WORKDAYS, span->n, &day, e) != 0)
			return -1;
		*out = cs_day_start(zone, day);
		return 0;
	case CS_SPAN_MONTHS:
		*out = cs_day_start(zone, cs_day_add_months(day, -(int)span->n));
		return 0;
	case CS_SPAN_EOD: *out = cs_day_start(zone, cs_time_day(zone, at - 1)); return 0;
	case CS_SPAN_NONE:
	case CS_SPAN_PERCENT: break;
	}
	return cs_fail(e, CS_INTERNAL, "an undecided span or a percentage lies before nothing");
}

int64_t cs_count_used(const struct cs_count *c, const struct cs_span *span, cs_time now)
{
	struct walk w = walk_begin(c, span);
	int64_t used = c->used;
	cs_time from, to;

	if (cs_span_needs_calendar(span) && !c->cal)
		return used;
	switch (span->unit) {
	case CS_SPAN_ELAPSED:
	case CS_SPAN_WORKING:
		while (w.at < now && walk_next(&w, &from, &to) == STEP_RUNS && from < now)
			used += (to < now ? to : now) - from;
		return used;
	case CS_SPAN_WORKDAYS:
	case CS_SPAN_DAYS:
	case CS_SPAN_MONTHS:
		for (int32_t day = first_day(c);; day++) {
			cs_time close = day_close(c->cal, c->zone, day);

			if (close > now)
				return used;
			used += day_counts(c, span->unit, day) && !paused_at(c, close);
		}
	default: return 0;
	}
}

/* Collects stretches: cuts them at `until` and joins neighbours of one kind. */
struct teller {
	void (*each)(const struct cs_stretch *s, void *arg);
	void *arg;
	cs_time until;
	struct cs_stretch held;
};

static void tell(struct teller *x, cs_time from, cs_time to, enum cs_stretch_kind kind,
		 int64_t counted)
{
	if (to > x->until)
		to = x->until;
	if (from >= to)
		return;
	if (x->held.from < x->held.to && x->held.kind == kind && x->held.to == from) {
		x->held.to = to;
		x->held.counted += counted;
		return;
	}
	if (x->held.from < x->held.to)
		x->each(&x->held, x->arg);
	x->held = (struct cs_stretch){from, to, kind, counted};
}

static enum cs_stretch_kind rest_kind(const struct cs_calendar *cal, int32_t day)
{
	enum cs_day_kind kind;

	cs_calendar_day(cal, day, &kind);
	return kind == CS_DAY_HOLIDAY ? CS_STRETCH_HOLIDAY : CS_STRETCH_CLOSED;
}

/* Closed time, day by day, because each may be closed for another reason. */
static void tell_closed(struct teller *x, const struct cs_count *c, cs_time from, cs_time to)
{
	if (to > x->until)
		to = x->until;
	while (from < to) {
		int32_t day = cs_time_day(c->zone, from);
		cs_time next = cs_day_start(c->zone, day + 1);

		/* Set back over midnight, a day comes again after the next one began. */
		if (next <= from || next > to)
			next = to;
		tell(x, from, next, rest_kind(c->cal, day), 0);
		from = next;
	}
}

/* Time in which the clock does not run: pauses, and between them closed hours. */
static void tell_gap(struct teller *x, const struct cs_count *c, cs_time from, cs_time to)
{
	for (size_t i = 0; i < c->pause_count && from < to; i++) {
		const struct cs_pause *p = &c->pause[i];
		cs_time end = p->to == CS_TIME_NONE || p->to > to ? to : p->to;

		if (end <= from || p->from >= to)
			continue;
		if (p->from > from) {
			tell_closed(x, c, from, p->from);
			from = p->from;
		}
		tell(x, from, end, CS_STRETCH_PAUSED, 0);
		from = end;
	}
	if (from < to)
		tell_closed(x, c, from, to);
}

static void explain_seconds(struct teller *x, const struct cs_count *c, const struct cs_span *span)
{
	struct walk w = walk_begin(c, span);
	cs_time at = c->from, from, to;

	while (at < x->until) {
		if (walk_next(&w, &from, &to) != STEP_RUNS || from >= x->until) {
			tell_gap(x, c, at, x->until);
			return;
		}
		tell_gap(x, c, at, from);
		to = to < x->until ? to : x->until;
		tell(x, from, to, CS_STRETCH_COUNTED, to - from);
		at = to;
	}
}

/* Where one day's stretch gives way to the next: midnight, or its close after midnight. */
static cs_time day_edge(const struct cs_count *c, int32_t day)
{
	cs_time close = day_close(c->cal, c->zone, day), midnight = cs_day_start(c->zone, day + 1);

	return close > midnight ? close : midnight;
}

static void explain_days(struct teller *x, const struct cs_count *c, const struct cs_span *span)
{
	int64_t left = day_limit(c, span) - c->used;
	int32_t day = first_day(c);
	cs_time from = c->from, next = day_edge(c, day - 1);

	if (next > from) {
		tell(x, from, next, CS_STRETCH_FIRST_DAY, 0);
		from = next;
	}
	for (; from < x->until; day++) {
		cs_time close = day_close(c->cal, c->zone, day);
		bool works = !c->cal || cs_calendar_works(c->cal, day);
		bool full = left <= 0 && c->cal && c->cal->roll;
		int64_t counted = left > 0 && close <= x->until;

		next = day_edge(c, day);
		if (paused_at(c, close)) {
			tell(x, from, next, CS_STRETCH_PAUSED, 0);
		} else if (!works && (span->unit == CS_SPAN_WORKDAYS || full)) {
			tell(x, from, next, rest_kind(c->cal, day), 0);
		} else {
			tell(x, from, next, CS_STRETCH_COUNTED, counted);
			left -= counted;
		}
		from = next;
	}
}

void cs_count_explain(const struct cs_count *c, const struct cs_span *span, cs_time until,
		      void (*each)(const struct cs_stretch *s, void *arg), void *arg)
{
	struct teller x = {.each = each, .arg = arg, .until = until};

	if (cs_span_needs_calendar(span) && !c->cal)
		return;
	switch (span->unit) {
	case CS_SPAN_ELAPSED:
	case CS_SPAN_WORKING: explain_seconds(&x, c, span); break;
	case CS_SPAN_WORKDAYS:
	case CS_SPAN_DAYS:
	case CS_SPAN_MONTHS: explain_days(&x, c, span); break;
	case CS_SPAN_EOD: tell(&x, c->from, until, CS_STRETCH_COUNTED, until - c->from); break;
	case CS_SPAN_NONE:
	case CS_SPAN_PERCENT: break;
	}
	if (x.held.from < x.held.to)
		each(&x.held, arg);
}
