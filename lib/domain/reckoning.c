/* Reckoning: when a clock's due and rungs come, by the edition it started under. */
#include "domain/reckoning.h"

#include <stdlib.h>
#include <string.h>

#include "domain/counting.h"
#include "domain/crossing.h"

static struct cs_pause *read_pauses(struct cs_arena *a, const struct cs_clock_row *row, size_t *count)
{
	struct cs_pause *list = NULL;
	size_t size = 0;
	char *p = row && row->pauses ? cs_arena_strdup(a, row->pauses) : NULL;

	*count = 0;
	while (p && *p) {
		struct cs_pause one = {strtoll(p, &p, 10), CS_TIME_NONE};

		if (*p++ != '-')
			break;
		one.to = strtoll(p, &p, 10);
		list = cs_arena_grow(a, list, *count, &size, sizeof *list);
		list[(*count)++] = one;
		if (*p == ',')
			p++;
	}
	if (row && row->paused_at != CS_NULL) {
		list = cs_arena_grow(a, list, *count, &size, sizeof *list);
		list[(*count)++] = (struct cs_pause){row->paused_at, CS_TIME_NONE};
	}
	return list;
}

/* "Same day" of a matter that came after the cut-off ends with the next day (G30). */
int cs_reckon_end(const struct cs_reckoning *r, const struct cs_span *span, int64_t used, cs_time *end,
		  struct cs_err *e)
{
	struct cs_count c = r->count;
	struct cs_civil local;

	c.used = used;
	if (span->unit == CS_SPAN_EOD && r->rule->cutoff >= 0) {
		cs_time_civil(c.zone, r->start, &local);
		if (local.hour * 60 + local.minute >= r->rule->cutoff) {
			*end = cs_day_start(c.zone, cs_time_day(c.zone, r->start) + 2);
			return 0;
		}
	}
	return cs_count_end(&c, span, end, e);
}

/* When one crossing comes, CS_TIME_NONE while the clock stands before it. */
int cs_reckon_crossing(const struct cs_reckoning *r, const char *id, int64_t used, cs_time *at, struct cs_err *e)
{
	const struct cs_rung *rung = strcmp(id, CS_CROSS_DUE) == 0 ? NULL : cs_clock_rung(r->def, id);
	struct cs_count count = r->count;

	*at = CS_TIME_NONE;
	if (!rung) {
		*at = r->due;
		return 0;
	}
	if (rung->before)
		return r->due == CS_TIME_NONE
			       ? 0
			       : cs_count_before(r->count.cal, r->count.zone, r->due, &rung->span, at, e);
	if (rung->span.unit != CS_SPAN_PERCENT)
		return cs_reckon_end(r, &rung->span, used, at, e);
	/* Of the clock's own limit, whatever due was stated or promised (design sections 5 and 10); the whole of it
	   is over when what was granted is. */
	if (r->rule->limit.unit == CS_SPAN_NONE)
		return 0;
	if (rung->span.n == 100 && (!r->due_set || r->extended)) {
		*at = r->due;
		return 0;
	}
	count.used = used;
	return cs_count_percent(&count, &r->rule->limit, rung->span.n, at, e);
}

/* What had come before the clock was counted anew (by a merge it was held then) stays as it came. */
static bool came_before(const struct cs_reckoning *r, const struct cs_crossing *c)
{
	return r->count.started && c->at != CS_TIME_NONE && c->at < r->count.from;
}

int cs_reckon_crossings(const struct cs_reckoning *r, const char *old, const char **crossings, struct cs_err *e)
{
	struct cs_arena *a = r->d->after.arena;
	size_t n;
	struct cs_crossing *list = cs_crossings_read(a, old, &n);

	for (size_t i = 0; i < n; i++)
		if (!came_before(r, &list[i]) && cs_reckon_crossing(r, list[i].id, list[i].used, &list[i].at, e) < 0)
			return -1;
	*crossings = cs_crossings_write(a, list, n);
	return 0;
}

const struct cs_clock_rule *cs_reckon_rule(struct cs_decision *d, const struct cs_clock *def)
{
	for (size_t i = 0; i < def->rule_count; i++)
		if (!def->rule[i].when || cs_cond_eval(&d->v, def->rule[i].when) == CS_TRUE)
			return &def->rule[i];
	return NULL;
}

cs_time cs_reckon_field(struct cs_decision *d, const char *field)
{
	struct cs_value v = field ? cs_view_value(&d->v, field) : (struct cs_value){0};
	const struct cs_field *f = field ? cs_kind_field(d->v.kind, field) : NULL;

	if (v.type != CS_V_INT)
		return CS_TIME_NONE;
	return f && f->type == CS_FIELD_DATE ? cs_day_start(d->v.policy->zone, (int32_t)v.i + 1) : v.i;
}

/* The due of a clock that starts: by a field plus or minus a span, or by the limit. */
int cs_reckon_first_due(struct cs_reckoning *r, struct cs_err *e)
{
	struct cs_decision *d = r->d;
	const struct cs_clock_rule *rule = r->rule;
	struct cs_count from = r->count;

	r->due = CS_TIME_NONE;
	if (!rule->due_field)
		return rule->limit.unit == CS_SPAN_NONE ? 0 : cs_reckon_end(r, &rule->limit, 0, &r->due, e);
	r->due_set = true;
	from.from = cs_reckon_field(d, rule->due_field);
	if (from.from == CS_TIME_NONE)
		return 0;
	r->due = from.from;
	if ((rule->plus.unit != CS_SPAN_NONE && cs_count_end(&from, &rule->plus, &r->due, e) < 0) ||
	    (rule->minus.unit != CS_SPAN_NONE &&
	     cs_count_before(from.cal, from.zone, from.from, &rule->minus, &r->due, e) < 0))
		return -1;
	if (r->due < r->start)
		r->due = CS_TIME_NONE; /* nobody could keep it (S3-5-4: an appointment in a quarter of an hour) */
	return 0;
}

int cs_reckon_first_crossings(struct cs_reckoning *r, const char **crossings, struct cs_err *e)
{
	struct cs_arena *a = r->d->after.arena;
	struct cs_crossing *list = cs_arena_alloc(a, (r->def->rung_count + 1) * sizeof *list);
	size_t n = 0;

	if (r->due != CS_TIME_NONE)
		list[n++] = (struct cs_crossing){CS_CROSS_DUE, r->due, 0};
	for (size_t i = 0; i < r->def->rung_count; i++) {
		const struct cs_rung *rung = &r->def->rung[i];
		struct cs_crossing c = {rung->id, CS_TIME_NONE, 0};

		if (rung->span.unit == CS_SPAN_NONE)
			continue;
		if (cs_reckon_crossing(r, rung->id, 0, &c.at, e) < 0)
			return -1;
		if (c.at != CS_TIME_NONE)
			list[n++] = c;
	}
	*crossings = cs_crossings_write(a, list, n);
	return 0;
}

static bool asks_calendar(const struct cs_calendar *cal, const struct cs_span *span)
{
	switch (span->unit) {
	case CS_SPAN_WORKING:
	case CS_SPAN_WORKDAYS: return true;
	case CS_SPAN_DAYS:
	case CS_SPAN_MONTHS: return cal->roll || cal->closes_with_hours;
	default: return false;
	}
}

/* The last instant that was counted to by the calendar; CS_TIME_NONE: none was. */
static cs_time counted_to(const struct cs_reckoning *r, const char *crossings)
{
	const struct cs_clock_rule *rule = r->rule;
	const struct cs_span *limit = !rule->due_field                  ? &rule->limit
				      : rule->plus.unit != CS_SPAN_NONE ? &rule->plus
									: &rule->minus;
	const struct cs_calendar *cal = r->count.cal;
	cs_time last = asks_calendar(cal, limit) && (rule->due_field || !r->due_set) ? r->due : CS_TIME_NONE;
	size_t n;
	const struct cs_crossing *list = cs_crossings_read(r->d->after.arena, crossings, &n);

	for (size_t i = 0; i < n; i++) {
		const struct cs_rung *rung = cs_clock_rung(r->def, list[i].id);
		bool asks = rung && asks_calendar(cal, cs_reckon_span(rung, rule));

		if (asks && list[i].at != CS_TIME_NONE && (last == CS_TIME_NONE || list[i].at > last))
			last = list[i].at;
	}
	return last;
}

/* A year without holiday data that the clock is counted in; 0: none (design section 5). */
int cs_reckon_guessed_year(const struct cs_reckoning *r, const char *crossings)
{
	cs_time last = r->count.cal && r->count.cal->holidays ? counted_to(r, crossings) : CS_TIME_NONE;
	int from, to, month, day;

	if (last == CS_TIME_NONE || last <= r->count.from)
		return 0;
	cs_day_date(cs_time_day(r->count.zone, r->count.from), &from, &month, &day);
	cs_day_date(cs_time_day(r->count.zone, last - 1), &to, &month, &day); /* 24:00 is of the day before */
	for (int year = from; year <= to; year++)
		if (cs_calendar_unknown(r->count.cal, cs_day_from_date(year, 1, 1)))
			return year;
	return 0;
}

/* The reckoning of a clock that runs, by the edition it started under. */
int cs_reckon(struct cs_decision *d, const struct cs_clock_row *row, struct cs_reckoning *r, struct cs_err *e)
{
	const struct cs_policy *p = cs_session_policy(d->s, row->edition, e);
	const struct cs_kind *k = p ? cs_policy_kind(p, d->after.t.kind) : NULL;

	memset(r, 0, sizeof *r);
	r->d = d;
	r->def = k ? cs_kind_clock(k, row->clock) : NULL;
	if (!r->def || row->rule < 0 || (size_t)row->rule >= r->def->rule_count)
		return p ? cs_fail(e, CS_CONFIG, "clock %s is not in edition %lld of the rules", row->clock,
				   (long long)row->edition)
			 : -1;
	r->rule = &r->def->rule[row->rule];
	r->start = row->start_at;
	r->due_set = row->due_set == 1;
	r->extended = row->extended != CS_NULL && row->extended > 0;
	r->due = row->due_at == CS_NULL ? CS_TIME_NONE : row->due_at;
	r->count = (struct cs_count){.zone = p->zone, .cal = r->def->calendar, .from = row->counted_from};
	r->count.started = row->counted_from == row->start_at ? 0 : row->start_at;
	r->count.pause = read_pauses(d->after.arena, row, &r->count.pause_count);
	return 0;
}

/* What a crossing is counted over: its own span, or the limit it is a share of. */
const struct cs_span *cs_reckon_span(const struct cs_rung *rung, const struct cs_clock_rule *rule)
{
	return rung && rung->span.unit != CS_SPAN_PERCENT ? &rung->span : &rule->limit;
}

/* Used up of the limit at the last reclocking: as the due crossing says, or after the due one counted the same way. */
static int64_t limit_used(const struct cs_reckoning *r, const char *crossings)
{
	size_t n;
	const struct cs_crossing *list = cs_crossings_read(r->d->after.arena, crossings, &n);
	int64_t used = 0;

	for (size_t i = 0; i < n; i++) {
		const struct cs_rung *rung = cs_clock_rung(r->def, list[i].id);

		if (strcmp(list[i].id, CS_CROSS_DUE) == 0)
			return list[i].used;
		if (rung && !rung->before && cs_reckon_span(rung, r->rule)->unit == r->rule->limit.unit)
			used = list[i].used;
	}
	return used;
}

/* The due as the limit makes it; one that was stated, passed or never set stays. */
int cs_reckon_due(struct cs_reckoning *r, const char *crossings, bool passed, struct cs_err *e)
{
	size_t n;
	const struct cs_crossing *list = cs_crossings_read(r->d->after.arena, crossings, &n);

	for (size_t i = 0; i < n; i++)
		passed = passed || (strcmp(list[i].id, CS_CROSS_DUE) == 0 && came_before(r, &list[i]));
	if (r->due_set || r->rule->limit.unit == CS_SPAN_NONE || passed)
		return 0;
	return cs_reckon_end(r, &r->rule->limit, limit_used(r, crossings), &r->due, e);
}

int cs_clock_counting(struct cs_session *s, const struct cs_image *im, const struct cs_clock_row *row,
		      struct cs_counting *out, struct cs_err *e)
{
	struct cs_decision d = {.s = s, .after = *im};
	struct cs_reckoning r;

	memset(out, 0, sizeof *out);
	if (cs_reckon(&d, row, &r, e) < 0 || cs_reckon_due(&r, row->crossings, row->breached == 1, e) < 0)
		return -1;
	out->clock = r.def;
	out->rule = r.rule;
	out->count = r.count;
	out->count.used = limit_used(&r, row->crossings);
	out->due = r.due;
	if (cs_reckon_crossings(&r, row->crossings, &out->crossings, e) < 0)
		return -1;
	out->guessed_year = cs_reckon_guessed_year(&r, row->crossings);
	return 0;
}

/* A due at midnight is the end of the day before: days are counted after that one. */
int cs_move_most(const struct cs_zone *z, const struct cs_clock *clock, const struct cs_span *within, cs_time due,
		 cs_time *most, struct cs_err *e)
{
	const bool seconds = within->unit == CS_SPAN_ELAPSED || within->unit == CS_SPAN_WORKING;
	const struct cs_count count = {.zone = z, .cal = clock->calendar, .from = seconds ? due : due - 1};

	return cs_count_end(&count, within, most, e);
}

/* What was used up of this span when the clock was counted anew; 0: it never was. */
int64_t cs_reckon_used_before(const struct cs_reckoning *r, const struct cs_span *span)
{
	struct cs_count c = r->count;

	if (!c.started)
		return 0;
	c.from = c.started;
	c.started = 0;
	return cs_count_used(&c, span, r->count.from);
}
