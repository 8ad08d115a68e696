/* Clocks in a decision: starting, stopping, moving, pausing, counting anew. */
#include <string.h>

#include "domain/counting.h"
#include "domain/crossing.h"
#include "domain/decision.h"
#include "domain/reckoning.h"

static void tell(struct cs_decision *d, int64_t due, int64_t late)
{
	if (d->after.t.due_at != due)
		cs_emit(d, CS_OP_SET, CS_S("due_at"), CS_I(due));
	if (d->after.t.late != late)
		cs_emit(d, CS_OP_SET, CS_S("late"), CS_I(late));
}

/* Was it late in this cycle, in this run or in one that a merge has ended? */
static bool was_late(const struct cs_decision *d, const struct cs_clock_row *row)
{
	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_CLOCK); i++) {
		const struct cs_clock_row *r = cs_image_at(&d->after, CS_P_CLOCK, i);

		if (r->cycle == row->cycle && r->annulled != 1 && strcmp(r->clock, row->clock) == 0 &&
		    (r->missed_due != CS_NULL || (r->verdict && strcmp(r->verdict, "late") == 0)))
			return true;
	}
	return false;
}

static void tell_due(struct cs_decision *d, const struct cs_clock_row *row)
{
	const bool late = was_late(d, row);

	if (!row->verdict)
		tell(d, row->due_at, late ? CS_LATE_RUNNING : CS_NULL);
	else if (strcmp(row->verdict, "void") == 0)
		tell(d, CS_NULL, late ? 1 : CS_NULL); /* nothing is due any more, nothing can be overdue */
	else
		tell(d, row->due_at, late);
}

/* The ticket says what its main clock says. */
static void tell_main(struct cs_decision *d, const struct cs_clock *def, const struct cs_clock_row *row)
{
	if (def && def == d->v.kind->main_clock)
		tell_due(d, row);
}

/* NULL: the edition in force has it no more (the clock runs by an older one). */
static const struct cs_clock *def_of(const struct cs_decision *d, const struct cs_clock_row *row)
{
	return cs_kind_clock(d->v.kind, row->clock);
}

/* A due that has passed is late, whatever ends the clock. */
static const char *verdict_at(const struct cs_clock_row *row, cs_time at, const char *in_time)
{
	if (row->missed_due != CS_NULL)
		return "late";
	return row->due_at != CS_NULL && at > row->due_at ? "late" : in_time;
}

static void end_clock(struct cs_decision *d, const struct cs_clock_row *row, const char *verdict)
{
	const struct cs_clock *def = def_of(d, row);
	cs_time at = d->ev.at < row->start_at ? row->start_at : d->ev.at;

	cs_emit(d, CS_OP_STOP, CS_S(row->clock), CS_I(at), CS_S(verdict));
	/* Rungs that fired when this step, as it turns out, happened, or later: on the second it is in time. */
	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_RUNG); i++) {
		const struct cs_rung_row *r = cs_image_at(&d->after, CS_P_RUNG, i);

		if (r->cycle == row->cycle && r->run == row->run && r->moot == 0 && r->at >= d->ev.at &&
		    strcmp(r->clock, row->clock) == 0)
			cs_emit(d, CS_OP_MOOT, CS_S(row->clock), CS_S(r->rung));
	}
	tell_main(d, def, row);
}

void cs_decide_end_cycle(struct cs_decision *d)
{
	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_CLOCK); i++) {
		const struct cs_clock_row *row = cs_image_at(&d->after, CS_P_CLOCK, i);

		if (!row->verdict && row->cycle == d->after.t.cycle)
			end_clock(d, row, verdict_at(row, d->ev.at, "void"));
	}
}

/* Annulled runs keep their numbers. */
static int64_t next_run(const struct cs_decision *d, const char *clock)
{
	int64_t last = 0;

	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_CLOCK); i++) {
		const struct cs_clock_row *row = cs_image_at(&d->after, CS_P_CLOCK, i);

		if (row->cycle == d->after.t.cycle && row->run > last && strcmp(row->clock, clock) == 0)
			last = row->run;
	}
	return last + 1;
}

/* stated: its due by the source, whatever the limit; from: when it starts; CS_TIME_NONE: by the rules. */
static int start_from(struct cs_decision *d, const struct cs_clock *def, cs_time stated, cs_time from, struct cs_err *e)
{
	struct cs_clock_row *old = cs_image_clock(&d->after, def->id);
	struct cs_reckoning r = {.d = d, .def = def, .rule = cs_reckon_rule(d, def)};
	const char *crossings = NULL;
	cs_time at;
	int year;

	if (!r.rule)
		return stated == CS_TIME_NONE ? 0
					      : cs_fail(e, CS_REFUSED, "due: clock %s does not run for it", def->id);
	if (old && !old->verdict)
		end_clock(d, old, verdict_at(old, d->ev.at, "void"));
	at = from != CS_TIME_NONE ? from : cs_reckon_field(d, r.rule->at);
	r.start = at != CS_TIME_NONE && at < d->ev.at ? at : d->ev.at;
	r.count = (struct cs_count){.zone = d->v.policy->zone, .cal = def->calendar, .from = r.start};
	if (cs_reckon_first_due(&r, e) < 0)
		return cs_fail_in(e, "clock %s", def->id);
	if (stated != CS_TIME_NONE) {
		r.due = stated;
		r.due_set = true;
	}
	if (cs_reckon_first_crossings(&r, &crossings, e) < 0)
		return cs_fail_in(e, "clock %s", def->id);
	if (r.due == CS_TIME_NONE && !crossings)
		return 0; /* undecided: nothing to watch */
	year = cs_reckon_guessed_year(&r, crossings);
	if (year)
		d->s->guess = (struct cs_session_guess){def->id, year};
	cs_emit(d, CS_OP_CLOCK, CS_S(def->id), CS_I(next_run(d, def->id)), CS_I((int64_t)(r.rule - def->rule)),
		CS_I(r.start), CS_I(r.start), CS_I(r.due), CS_I((int64_t)r.due_set), CS_S(crossings), CS_I(CS_NULL));
	tell_main(d, def, cs_image_clock(&d->after, def->id));
	return 0;
}

static int start_clock(struct cs_decision *d, const struct cs_clock *def, cs_time stated, struct cs_err *e)
{
	return start_from(d, def, stated, CS_TIME_NONE, e);
}

void cs_decide_hold(struct cs_decision *d, const struct cs_clock_row *row)
{
	const struct cs_clock *def = def_of(d, row);
	bool met = d->step && def && cs_ids_has(&def->stop, d->step->id);

	cs_emit(d, CS_OP_HOLD, CS_S(row->clock), CS_I(row->cycle), CS_I(row->run),
		CS_I(d->ev.at < row->start_at ? row->start_at : d->ev.at),
		CS_S(verdict_at(row, d->ev.at, met ? "met" : "void")));
	tell_main(d, def, row);
}

int cs_decide_restart(struct cs_decision *d, const struct cs_clock *def, cs_time from, int64_t via, struct cs_err *e)
{
	struct cs_clock_row *row = cs_image_clock(&d->after, def->id);
	int64_t run = row ? row->run : 0;

	if (!row || row->verdict)
		return 0;
	from = from < row->start_at ? row->start_at : from;
	cs_decide_hold(d, row);
	if (start_from(d, def, CS_TIME_NONE, from, e) < 0)
		return -1;
	row = cs_image_clock(&d->after, def->id);
	if (row->run != run) {
		cs_emit(d, CS_OP_RUN_VIA, CS_S(def->id), CS_I(via));
		return 0;
	}
	cs_emit(d, CS_OP_FREE, CS_S(row->clock), CS_I(row->cycle), CS_I(row->run));
	tell_main(d, def, row);
	return 0;
}

const char *cs_decide_verdict(const struct cs_clock_row *row, cs_time at, const char *in_time)
{
	return verdict_at(row, at, in_time);
}

void cs_decide_tell_clock(struct cs_decision *d, const struct cs_clock_row *row)
{
	tell_main(d, def_of(d, row), row);
}

/* The due counted again; one that was passed only after this step, as it turns out, happened is to come again. */
static int due_again(struct cs_reckoning *r, const struct cs_clock_row *row, const char **crossings, struct cs_err *e)
{
	bool passed = row->breached == 1 && row->due_at <= r->d->ev.at;
	bool back = row->breached == 1 && !passed && !r->due_set;

	if (back)
		*crossings = cs_crossings_with(r->d->after.arena, *crossings, CS_CROSS_DUE,
					       cs_reckon_used_before(r, &r->rule->limit));
	if (cs_reckon_due(r, *crossings, passed, e) < 0)
		return -1;
	if (back && r->due == row->due_at)
		*crossings = cs_crossings_without(r->d->after.arena, *crossings, CS_CROSS_DUE);
	return 0;
}

/* The ticket's level without the rungs that are moot. */
int cs_decide_lower_level(struct cs_decision *d, struct cs_err *e)
{
	int64_t level = 0;

	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_RUNG); i++) {
		const struct cs_rung_row *f = cs_image_at(&d->after, CS_P_RUNG, i);
		const struct cs_clock_row *row = cs_image_clock(&d->after, f->clock);
		const struct cs_policy *p;
		const struct cs_kind *k;
		const struct cs_clock *def;
		const struct cs_rung *rung;

		if (f->moot == 1 || f->cycle != d->after.t.cycle || !row)
			continue;
		p = cs_session_policy(d->s, row->edition, e);
		if (!p)
			return -1;
		k = cs_policy_kind(p, d->after.t.kind);
		def = k ? cs_kind_clock(k, f->clock) : NULL;
		rung = def ? cs_clock_rung(def, f->rung) : NULL;
		if (rung && rung->has_to && level < cs_rung_level(def, rung))
			level = cs_rung_level(def, rung);
	}
	if (level < d->after.t.level)
		cs_emit(d, CS_OP_SET, CS_S("level"), CS_I(level));
	return 0;
}

/* Rungs that fired after this step, as it turns out, happened, and by now come at another time are moot and to come
   again. */
static int take_back(const struct cs_reckoning *r, const struct cs_clock_row *row, const char **crossings,
		     struct cs_err *e)
{
	struct cs_decision *d = r->d;
	size_t count = 0;

	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_RUNG); i++) {
		const struct cs_rung_row *f = cs_image_at(&d->after, CS_P_RUNG, i);
		const struct cs_rung *rung = cs_clock_rung(r->def, f->rung);
		int64_t used;
		cs_time at;

		if (f->cycle != row->cycle || f->run != row->run || f->moot == 1 || f->imported == 1 ||
		    f->at <= d->ev.at || !rung || strcmp(f->clock, row->clock) != 0)
			continue;
		used = rung->before ? 0 : cs_reckon_used_before(r, cs_reckon_span(rung, r->rule));
		if (cs_reckon_crossing(r, rung->id, used, &at, e) < 0)
			return -1;
		if (at == f->at)
			continue;
		*crossings = cs_crossings_with(d->after.arena, *crossings, rung->id, used);
		cs_emit(d, CS_OP_MOOT, CS_S(row->clock), CS_S(rung->id));
		count++;
	}
	return count ? cs_decide_lower_level(d, e) : 0;
}

static int pause_or_resume(struct cs_decision *d, struct cs_clock_row *row, bool pause, struct cs_err *e)
{
	struct cs_clock_row later = *row;
	struct cs_reckoning r;
	const char *crossings = row->crossings;

	if (pause)
		later.paused_at = d->ev.at > row->start_at ? d->ev.at : row->start_at;
	else {
		if (d->ev.at > row->paused_at)
			later.pauses = cs_arena_printf(d->after.arena, "%s%s%lld-%lld", row->pauses ? row->pauses : "",
						       row->pauses ? "," : "", (long long)row->paused_at,
						       (long long)d->ev.at);
		later.paused_at = CS_NULL;
	}
	if (cs_reckon(d, &later, &r, e) < 0 || due_again(&r, row, &crossings, e) < 0 ||
	    take_back(&r, row, &crossings, e) < 0 || cs_reckon_crossings(&r, crossings, &crossings, e) < 0)
		return -1;
	cs_emit(d, pause ? CS_OP_PAUSE : CS_OP_RESUME, CS_S(row->clock), CS_I(pause ? later.paused_at : d->ev.at),
		CS_I(r.due), CS_S(crossings));
	return 0;
}

int cs_decide_pauses(struct cs_decision *d, struct cs_err *e)
{
	for (size_t i = 0; i < d->v.kind->clock_count; i++) {
		const struct cs_clock *def = &d->v.kind->clock[i];
		struct cs_clock_row *row = cs_image_clock(&d->after, def->id);
		bool stand;

		if (!row || row->verdict)
			continue;
		stand = d->after.t.waits && strcmp(d->after.t.state_is, "waiting") == 0 &&
			cs_ids_has(&def->pause, d->after.t.waits);
		if (stand == (row->paused_at != CS_NULL))
			continue;
		if (pause_or_resume(d, row, stand, e) < 0)
			return -1;
		tell_main(d, def, cs_image_clock(&d->after, def->id));
	}
	return 0;
}

/* Another due for a clock that runs. One that has passed by now stays missed, whatever is promised after it; the first
   one takes the place of what was only reckoned. extends: it was granted, and the ladder goes by it. */
static int move_clock(struct cs_decision *d, const struct cs_clock *def, cs_time due, bool first, bool extends,
		      struct cs_err *e)
{
	struct cs_clock_row *row = cs_image_clock(&d->after, def->id);
	struct cs_reckoning r;
	const char *crossings;
	int64_t was;
	bool missed;

	if (!row || row->verdict || due == CS_TIME_NONE || (row->due_set == 1 && row->due_at == due))
		return 0;
	was = row->due_at;
	missed = !first && strcmp(verdict_at(row, d->ev.at, "met"), "late") == 0;
	if (cs_reckon(d, row, &r, e) < 0)
		return -1;
	r.due = due;
	r.due_set = true;
	r.extended = r.extended || extends;
	crossings = cs_crossings_without(d->after.arena, row->crossings, CS_CROSS_DUE);
	crossings = cs_crossings_with(d->after.arena, crossings, CS_CROSS_DUE, 0);
	if (take_back(&r, row, &crossings, e) < 0 || cs_reckon_crossings(&r, crossings, &crossings, e) < 0)
		return -1;
	cs_emit(d, CS_OP_MOVE, CS_S(def->id), CS_I(due), CS_S(crossings));
	if (missed)
		cs_emit(d, CS_OP_MISSED, CS_S(def->id), CS_I(was));
	tell_main(d, def, cs_image_clock(&d->after, def->id));
	return 0;
}

int cs_decide_stated_due(struct cs_decision *d, cs_time due, bool none, struct cs_err *e)
{
	const struct cs_clock *def = d->v.kind->main_clock;
	struct cs_clock_row *row = cs_image_clock(&d->after, def->id);
	const char *crossings;
	struct cs_reckoning r;

	if (!row && !none) /* the rules have no number for it */
		return start_clock(d, def, due, e) < 0 ? -1 : cs_decide_pauses(d, e);
	if (!row || row->verdict)
		return 0;
	if (!none)
		return move_clock(d, def, due, true, false, e);
	if (cs_reckon(d, row, &r, e) < 0)
		return -1;
	r.due = CS_TIME_NONE;
	r.due_set = true;
	crossings = cs_crossings_without(d->after.arena, row->crossings, CS_CROSS_DUE);
	if (cs_reckon_crossings(&r, crossings, &crossings, e) < 0)
		return -1;
	cs_emit(d, CS_OP_MOVE, CS_S(def->id), CS_I(CS_NULL), CS_S(crossings));
	tell_main(d, def, cs_image_clock(&d->after, def->id));
	return 0;
}

static void stop_clock(struct cs_decision *d, const struct cs_clock *def, const struct cs_clock_row *row)
{
	if (row->verdict)
		return;
	if (cs_ids_has(&def->void_by, d->step->id))
		end_clock(d, row, verdict_at(row, d->ev.at, "void"));
	else if (cs_ids_has(&def->stop, d->step->id))
		end_clock(d, row, verdict_at(row, d->ev.at, "met"));
}

/* Clocks that the edition in force has no more stop as the edition says they started under. */
static int stop_older(struct cs_decision *d, struct cs_err *e)
{
	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_CLOCK); i++) {
		const struct cs_clock_row *row = cs_image_at(&d->after, CS_P_CLOCK, i);
		const struct cs_policy *p;
		const struct cs_kind *k;
		const struct cs_clock *def;

		if (row->verdict || row->cycle != d->after.t.cycle || def_of(d, row))
			continue;
		p = cs_session_policy(d->s, row->edition, e);
		if (!p)
			return -1;
		k = cs_policy_kind(p, d->after.t.kind);
		def = k ? cs_kind_clock(k, row->clock) : NULL;
		if (def)
			stop_clock(d, def, row);
	}
	return 0;
}

/* In any cycle; NULL: it never ran. */
static const struct cs_clock_row *last_run(const struct cs_decision *d, const struct cs_clock *def)
{
	const struct cs_clock_row *last = NULL;

	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_CLOCK); i++) {
		const struct cs_clock_row *row = cs_image_at(&d->after, CS_P_CLOCK, i);

		if (strcmp(row->clock, def->id) == 0 && row->annulled != 1 &&
		    (!last || row->cycle > last->cycle || (row->cycle == last->cycle && row->run > last->run)))
			last = row;
	}
	return last;
}

/* A time agreed with the customer stays the one it runs to until another is given: handing over is no new promise, nor
   is taking up again what was kept or missed in the cycle before. */
static bool is_agreed(struct cs_decision *d, const struct cs_clock *def)
{
	const struct cs_clock_row *last = last_run(d, def);
	const struct cs_clock_rule *rule = last ? cs_reckon_rule(d, def) : NULL;

	if (!rule || !rule->due_field || cs_given_has(d->req->set, d->req->set_count, rule->due_field))
		return false;
	return last->cycle == d->after.t.cycle || !last->verdict || strcmp(last->verdict, "void") != 0;
}

static int run_clock(struct cs_decision *d, const struct cs_clock *def, bool new_cycle, struct cs_err *e)
{
	const char *step = d->step->id;
	struct cs_clock_row *row = cs_image_clock(&d->after, def->id);
	bool starts = cs_ids_has(&def->start, step);

	if (row)
		stop_clock(d, def, row);
	for (size_t i = 0; i < d->step->restart_count; i++)
		if (strcmp(d->step->restart[i].clock, def->id) == 0 &&
		    cs_cond_eval(&d->v, d->step->restart[i].when) == CS_TRUE)
			return start_clock(d, def, CS_TIME_NONE, e);
	starts = starts || (new_cycle && def->restart && cs_ids_has(&def->start, d->v.kind->register_step->id));
	if (!starts || (new_cycle && !def->restart) || is_agreed(d, def))
		return 0;
	return def->restart || !last_run(d, def) ? start_clock(d, def, CS_TIME_NONE, e) : 0;
}

/* An extension: to a later time, and by no more than the rules allow. */
static int check_extension(const struct cs_decision *d, const struct cs_move *m, const struct cs_clock *def,
			   const struct cs_clock_row *row, cs_time due, struct cs_err *e)
{
	const struct cs_zone *z = d->v.policy->zone;
	char now[40], most[40], span[40];
	cs_time end;

	if (!row || row->verdict)
		return cs_fail(e, CS_REFUSED, "%s: the clock %s does not run", d->step->id, def->id);
	if (row->due_at == CS_NULL)
		return cs_fail(e, CS_REFUSED, "%s: the clock %s has no due now", d->step->id, def->id);
	if (due <= row->due_at)
		return cs_fail(e, CS_REFUSED, "%s: %s: not later than the present due, %s", d->step->id, m->field,
			       cs_time_text_minute(z, row->due_at, now));
	if (m->within.unit == CS_SPAN_NONE)
		return 0;
	if (cs_move_most(z, def, &m->within, row->due_at, &end, e) < 0)
		return cs_fail_in(e, "%s: clock %s: at most %s more", d->step->id, def->id,
				  cs_span_text(&m->within, span));
	if (due > end)
		return cs_fail(e, CS_REFUSED, "%s: %s: at most until %s (%s from %s)", d->step->id, m->field,
			       cs_time_text_minute(z, end, most), cs_span_text(&m->within, span),
			       cs_time_text_minute(z, row->due_at, now));
	return 0;
}

int cs_decide_may_move(struct cs_decision *d, const struct cs_move *m, struct cs_err *e)
{
	const struct cs_clock *def = cs_kind_clock(d->v.kind, m->clock);
	cs_time due = cs_reckon_field(d, m->field);

	if (!def || due == CS_TIME_NONE || !m->extends || d->req->history)
		return 0;
	return check_extension(d, m, def, cs_image_clock(&d->after, def->id), due, e);
}

static int move_by(struct cs_decision *d, const struct cs_move *m, struct cs_err *e)
{
	const struct cs_clock *def = cs_kind_clock(d->v.kind, m->clock);
	cs_time due = cs_reckon_field(d, m->field);

	if (!def || due == CS_TIME_NONE)
		return 0;
	if (cs_decide_may_move(d, m, e) < 0)
		return -1;
	if (move_clock(d, def, due, false, m->extends, e) < 0)
		return -1;
	if (m->extends && cs_image_clock(&d->after, def->id))
		cs_emit(d, CS_OP_EXTEND, CS_S(def->id));
	return 0;
}

/* Where a clock that ended left rungs moot. */
static int level_again(struct cs_decision *d, struct cs_err *e)
{
	for (size_t i = 0; i < d->out->count; i++)
		if (d->out->effect[i].op == CS_OP_MOOT)
			return cs_decide_lower_level(d, e);
	return 0;
}

int cs_decide_clocks(struct cs_decision *d, bool new_cycle, struct cs_err *e)
{
	if (stop_older(d, e) < 0)
		return -1;
	for (size_t i = 0; i < d->v.kind->clock_count; i++)
		if (run_clock(d, &d->v.kind->clock[i], new_cycle, e) < 0)
			return -1;
	/* The due and the verdict of the cycle before are not of one in which the main clock does not run. */
	if (new_cycle && !cs_image_clock(&d->after, d->v.kind->main_clock->id))
		tell(d, CS_NULL, CS_NULL);
	for (size_t i = 0; i < d->step->move_count; i++)
		if (move_by(d, &d->step->move[i], e) < 0)
			return -1;
	return level_again(d, e);
}

/* The export of a closed matter may lack the steps between: the main clock stops with the closing, of the others
   nothing is known. */
int cs_decide_closed_before(struct cs_decision *d, struct cs_err *e)
{
	for (size_t i = 0; i < d->v.kind->clock_count; i++) {
		const struct cs_clock *def = &d->v.kind->clock[i];
		struct cs_clock_row *row = cs_image_clock(&d->after, def->id);

		if (row && !row->verdict)
			end_clock(d, row, def != d->v.kind->main_clock ? "void" : verdict_at(row, d->ev.at, "met"));
	}
	return level_again(d, e);
}

/* Used up of `span` by now, as the edition before counts it. `was`: the span that `used` is left of; NULL: none was. */
static int64_t used_by_now(const struct cs_reckoning *before, const struct cs_clock_row *row,
			   const struct cs_span *span, const struct cs_calendar *cal, const struct cs_span *was,
			   int64_t used)
{
	struct cs_count c = before->count;

	if (was && was->unit == span->unit) {
		c.used = used;
	} else {
		c.from = row->start_at;
		c.started = 0;
	}
	if (!c.cal)
		c.cal = cal;
	return span->unit == CS_SPAN_NONE ? 0 : cs_count_used(&c, span, before->d->ev.at);
}

static bool has_fired(const struct cs_decision *d, const struct cs_clock_row *row, const char *rung)
{
	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_RUNG); i++) {
		const struct cs_rung_row *r = cs_image_at(&d->after, CS_P_RUNG, i);

		if (r->cycle == row->cycle && r->run == row->run && r->moot == 0 && strcmp(r->clock, row->clock) == 0 &&
		    strcmp(r->rung, rung) == 0)
			return true;
	}
	return false;
}

static const struct cs_crossing *listed(const struct cs_crossing *list, size_t n, const char *id)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i].id, id) == 0)
			return &list[i];
	return NULL;
}

/* Of a clock that a merge holds: it came before now, and fires at its time if the merge is undone. */
static bool has_come(const struct cs_reckoning *r, const struct cs_crossing *c)
{
	return c && c->at != CS_TIME_NONE && c->at < r->d->ev.at;
}

/* The crossing of a rung of the new edition; `old`: as it was listed, NULL when the rung is new or was undecided.
   Returns 1, 0 when it is none (any more): undecided, fired, passed before the rung was made; -1. */
static int rung_anew(const struct cs_reckoning *r, const struct cs_reckoning *before, const struct cs_clock_row *row,
		     const struct cs_rung *rung, const struct cs_crossing *old, struct cs_crossing *out,
		     struct cs_err *e)
{
	const struct cs_rung *was = cs_clock_rung(before->def, rung->id);
	const struct cs_span *span = cs_reckon_span(rung, r->rule);

	*out = old ? *old : (struct cs_crossing){rung->id, CS_TIME_NONE, 0};
	if (has_come(r, old))
		return 1;
	*out = (struct cs_crossing){rung->id, CS_TIME_NONE, 0};
	if (rung->span.unit == CS_SPAN_NONE || has_fired(r->d, row, rung->id))
		return 0;
	if (!rung->before)
		out->used = used_by_now(before, row, span, r->def->calendar,
					old ? cs_reckon_span(was, before->rule) : NULL, old ? old->used : 0);
	if (cs_reckon_crossing(r, rung->id, out->used, &out->at, e) < 0)
		return -1;
	if (!old && (out->at == CS_TIME_NONE || out->at <= r->d->ev.at))
		return 0;
	return 1;
}

/* The due by the new limit, unless it was stated or has passed. 1: a crossing; 0: none; -1. */
static int due_anew(struct cs_reckoning *r, const struct cs_reckoning *before, const struct cs_clock_row *row,
		    const struct cs_crossing *old, struct cs_crossing *out, struct cs_err *e)
{
	*out = old ? *old : (struct cs_crossing){CS_CROSS_DUE, r->due, 0};
	if (has_come(r, old))
		return 1;
	*out = (struct cs_crossing){CS_CROSS_DUE, r->due, 0};
	if (row->breached == 1)
		return 0;
	if (!r->due_set && r->rule->limit.unit != CS_SPAN_NONE) {
		out->used = used_by_now(before, row, &r->rule->limit, r->def->calendar,
					old ? &before->rule->limit : NULL, old ? old->used : 0);
		if (cs_reckon_end(r, &r->rule->limit, out->used, &r->due, e) < 0)
			return -1;
		out->at = r->due;
	}
	return old || r->due != CS_TIME_NONE;
}

/* What the ticket says after `row` was reclocked or ended: another clock may be the main one now; where it never ran,
   the old one's end is told. */
static int tell_anew(struct cs_decision *d, const struct cs_clock_row *row, struct cs_err *e)
{
	const struct cs_clock_row *main = cs_image_clock(&d->after, d->v.kind->main_clock->id);
	const struct cs_policy *p = cs_session_policy(d->s, row->edition, e);
	const struct cs_kind *was = p ? cs_policy_kind(p, d->after.t.kind) : NULL;

	if (!p)
		return -1;
	if (!main && was && was->main_clock == cs_kind_clock(was, row->clock))
		main = cs_image_clock(&d->after, row->clock);
	if (main)
		tell_due(d, main);
	return 0;
}

/* Its due and what is still to come, from d->ev.at on by this rule of another edition: time used so far by the old one,
   the rest by the new. */
static int count_anew(struct cs_decision *d, struct cs_clock_row *row, const struct cs_policy *p,
		      const struct cs_clock *def, const struct cs_clock_rule *rule, struct cs_err *e)
{
	struct cs_arena *a = d->after.arena;
	struct cs_reckoning before, r;
	struct cs_crossing *list, *fresh;
	size_t n, count = 0;
	int rc;

	if (cs_reckon(d, row, &before, e) < 0)
		return -1;
	r = before;
	r.def = def;
	r.rule = rule;
	r.count.zone = p->zone;
	r.count.cal = def->calendar;
	r.count.from = d->ev.at;
	r.count.started = row->start_at;
	list = cs_crossings_read(a, row->crossings, &n);
	fresh = cs_arena_alloc(a, (def->rung_count + 1) * sizeof *fresh);
	rc = due_anew(&r, &before, row, listed(list, n, CS_CROSS_DUE), fresh, e);
	count += rc == 1;
	for (size_t i = 0; rc >= 0 && i < def->rung_count; i++) {
		rc = rung_anew(&r, &before, row, &def->rung[i], listed(list, n, def->rung[i].id), &fresh[count], e);
		count += rc == 1;
	}
	if (rc < 0)
		return -1;
	row->counted_from = d->ev.at;
	row->due_at = r.due == CS_TIME_NONE ? CS_NULL : r.due;
	row->crossings = cs_crossings_write(a, fresh, count);
	row->rule = rule - def->rule;
	return 0;
}

int cs_decide_count_anew(struct cs_decision *d, struct cs_clock_row *row, cs_time at, int64_t edition, int64_t rule,
			 struct cs_err *e)
{
	const struct cs_policy *p = cs_session_policy(d->s, edition, e);
	const struct cs_kind *k = p ? cs_policy_kind(p, d->after.t.kind) : NULL;
	const struct cs_clock *def = k ? cs_kind_clock(k, row->clock) : NULL;
	struct cs_decision then = *d;

	if (!def || rule < 0 || (size_t)rule >= def->rule_count)
		return p ? cs_fail(e, CS_CONFIG, "clock %s is not in edition %lld of the rules", row->clock,
				   (long long)edition)
			 : -1;
	then.ev.at = at;
	if (count_anew(&then, row, p, def, &def->rule[rule], e) < 0)
		return -1;
	row->edition = edition;
	return 0;
}

void cs_decide_tell_anew(struct cs_decision *d, const struct cs_clock_row *row)
{
	cs_emit(d, CS_OP_RUN_RECLOCK, CS_S(row->clock), CS_I(row->edition), CS_I(row->counted_from), CS_I(row->due_at),
		CS_S(row->crossings), CS_I(row->rule), CS_I(row->cycle), CS_I(row->run));
}

static bool has_ahead(const struct cs_decision *d, const struct cs_clock_row *row)
{
	size_t n;
	const struct cs_crossing *c = cs_crossings_read(d->after.arena, row->crossings, &n);

	for (size_t i = 0; i < n; i++)
		if (c[i].at == CS_TIME_NONE || c[i].at >= d->ev.at)
			return true;
	return false;
}

/* A clock that the new edition lacks ends; one whose rules all ask for something else stays with its edition, and so
   does one that a merge holds where the new edition lacks it, or where all that is to come of it lies back. */
int cs_decide_reclock(struct cs_decision *d, const struct cs_clock_row *row, struct cs_err *e)
{
	const struct cs_clock *def = def_of(d, row);
	const struct cs_clock_rule *rule = !def ? NULL : def->rule_count == 1 ? def->rule : cs_reckon_rule(d, def);
	struct cs_clock_row anew = *row;

	if (row->held_at != CS_NULL && (!def || !has_ahead(d, row)))
		return 0;
	if (!def) {
		end_clock(d, row, verdict_at(row, d->ev.at, "void"));
		return tell_anew(d, row, e);
	}
	if (!rule)
		return 0;
	if (count_anew(d, &anew, d->v.policy, def, rule, e) < 0)
		return -1;
	anew.edition = d->s->edition;
	if (row->held_at != CS_NULL) {
		cs_decide_tell_anew(d, &anew);
		return 0;
	}
	cs_emit(d, CS_OP_RECLOCK, CS_S(anew.clock), CS_I(anew.edition), CS_I(anew.counted_from), CS_I(anew.due_at),
		CS_S(anew.crossings), CS_I(anew.rule));
	return tell_anew(d, row, e);
}
