/* Times of what is owed. */
#include "domain/duty_time.h"

#include <string.h>

#include "domain/clock.h"
#include "domain/crossing.h"

const struct cs_late *cs_duty_rung(const struct cs_duty *d, const char *id)
{
	for (size_t i = 0; i < d->late_count; i++)
		if (d->late[i].id && strcmp(d->late[i].id, id) == 0)
			return &d->late[i];
	return NULL;
}

static int rung_time(const struct cs_policy *p, const struct cs_duty *d, const struct cs_late *l, cs_time due,
		     cs_time *at, struct cs_err *e)
{
	struct cs_count count = {.zone = p->zone, .cal = d->calendar, .from = due};
	const bool none = l->span.unit == CS_SPAN_ELAPSED && l->span.n == 0;

	*at = due;
	if (none)
		return 0;
	return l->before ? cs_count_before(d->calendar, p->zone, due, &l->span, at, e)
			 : cs_count_end(&count, &l->span, at, e);
}

/* The rungs, in order, then the end of its time (CS_TIME_NONE: it has none), behind which no rung fires. A rung before
   what is owed fires with it. within: those up to the end alone. */
static int put_crossings(const struct cs_policy *p, const struct cs_duty *d, cs_time over, bool within,
			 struct cs_arena *a, struct cs_duty_times *out, struct cs_err *e)
{
	struct cs_crossing *list = cs_arena_alloc(a, (d->late_count + 1) * sizeof *list);
	size_t n = 0;

	for (size_t i = 0; i < d->late_count && out->due != CS_TIME_NONE; i++) {
		struct cs_crossing c = {d->late[i].id, CS_TIME_NONE, 0};

		if (d->late[i].span.unit == CS_SPAN_NONE)
			continue;
		if (rung_time(p, d, &d->late[i], out->due, &c.at, e) < 0)
			return cs_fail_in(e, "duty %s", d->id);
		if (c.at < out->from)
			c.at = out->from;
		if (!within || c.at <= over)
			list[n++] = c;
	}
	if (over != CS_TIME_NONE)
		list[n++] = (struct cs_crossing){CS_CROSS_MISSED, over, 0};
	out->crossings = cs_crossings_write(a, list, n);
	return 0;
}

int cs_duty_period(const struct cs_policy *p, const struct cs_duty *d, cs_time t, struct cs_arena *a,
		   struct cs_duty_times *out, struct cs_err *e)
{
	struct cs_period own, in;
	int32_t day, last;

	cs_period_of(p->zone, t, d->period, &own);
	in = own;
	if (d->due_after)
		cs_period_of(p->zone, own.to, d->period, &in);
	last = cs_time_day(p->zone, in.to - 1);
	day = d->due_day > 0 ? cs_time_day(p->zone, in.from) + (int32_t)d->due_day - 1 : last;
	out->cause = cs_arena_strdup(a, own.label);
	out->from = d->due_after ? own.to : own.from;
	out->due = cs_day_start(p->zone, (day < last ? day : last) + 1);
	return put_crossings(p, d, in.to, true, a, out, e);
}

int cs_duty_every(const struct cs_policy *p, const struct cs_duty *d, cs_time from, struct cs_arena *a,
		  struct cs_duty_times *out, struct cs_err *e)
{
	struct cs_count count = {.zone = p->zone, .cal = d->calendar, .from = from};

	out->from = from;
	out->cause = NULL;
	if (cs_count_end(&count, &d->every, &out->due, e) < 0)
		return cs_fail_in(e, "duty %s", d->id);
	return put_crossings(p, d, out->due, false, a, out, e);
}

static bool is_delivered(const struct cs_duty *d)
{
	return d->recurs && !d->done_step && !d->done_field && !d->done_contact && !d->done_notice &&
	       (d->by_period || d->every.unit != CS_SPAN_NONE);
}

int cs_duty_late_until(const struct cs_policy *p, const struct cs_duty *d, cs_time missed, cs_time *until,
		       struct cs_err *e)
{
	struct cs_count count = {.zone = p->zone, .cal = d->calendar, .from = missed};
	struct cs_period next;

	*until = CS_TIME_NONE;
	if (!is_delivered(d))
		return 0;
	if (!d->by_period)
		return cs_count_end(&count, &d->every, until, e);
	cs_period_of(p->zone, missed, d->period, &next);
	*until = next.to;
	return 0;
}

int cs_duty_late_since(const struct cs_policy *p, const struct cs_duty *d, cs_time now, cs_time *since,
		       struct cs_err *e)
{
	struct cs_period in;

	*since = CS_TIME_NONE;
	if (!is_delivered(d))
		return 0;
	if (!d->by_period)
		return cs_count_before(d->calendar, p->zone, now, &d->every, since, e);
	cs_period_of(p->zone, now - 1, d->period, &in); /* on its last second it is not over */
	*since = in.from;
	return 0;
}

int cs_duty_once(const struct cs_policy *p, const struct cs_duty *d, cs_time from, cs_time at, struct cs_arena *a,
		 struct cs_duty_times *out, struct cs_err *e)
{
	struct cs_count count = {.zone = p->zone, .cal = d->calendar, .from = at != CS_TIME_NONE ? at : from};
	int rc = 0;

	out->from = from;
	out->cause = NULL;
	out->due = at;
	if (d->within.unit != CS_SPAN_NONE)
		rc = cs_count_end(&count, &d->within, &out->due, e);
	else if (at != CS_TIME_NONE && d->before.unit != CS_SPAN_NONE)
		rc = cs_count_before(d->calendar, p->zone, at, &d->before, &out->due, e);
	if (rc < 0)
		return cs_fail_in(e, "duty %s", d->id);
	return put_crossings(p, d, CS_TIME_NONE, false, a, out, e);
}

int cs_duty_again(const struct cs_policy *p, const struct cs_duty *d, const struct cs_owed_row *row, cs_time at,
		  struct cs_arena *a, struct cs_duty_times *out, struct cs_err *e)
{
	struct cs_period in;

	if (!d->recurs)
		return cs_duty_once(p, d, row->owed_at, at, a, out, e);
	if (!d->by_period)
		return cs_duty_every(p, d, row->owed_at, a, out, e);
	return cs_period_parse(row->cause, p->zone, &in, e) < 0 ? -1 : cs_duty_period(p, d, in.from, a, out, e);
}
