/* Merging and undoing it (S0-4-8, G9): what becomes of the ticket that goes, and of the one that survives. */
#include <stdlib.h>
#include <string.h>

#include "domain/access.h"
#include "domain/admission.h"
#include "domain/crossing.h"
#include "domain/decide.h"
#include "domain/decision.h"
#include "domain/fold.h"
#include "domain/moves.h"
#include "domain/past.h"
#include "domain/policy_words.h"
#include "domain/reckoning.h"
#include "store/customer.h"
#include "store/matter.h"
#include "store/owed.h"
#include "store/ref.h"

static const char merged[] = "merged", was_word[] = "was", restarts_word[] = "restarts", from_word[] = "restart_at";

/* --- the ticket that goes ----------------------------------------------------------------------- */

/* Which clocks of the survivor start anew, and from when: the receipt of the new papers, else of the ticket. */
static void note_restarts(struct cs_decision *d)
{
	cs_time from = CS_TIME_NONE;
	bool any = false;

	for (size_t i = 0; from == CS_TIME_NONE && i < d->step->at.count; i++)
		from = cs_reckon_field(d, d->step->at.id[i]);
	from = from == CS_TIME_NONE ? d->after.t.opened_at : from;
	for (size_t i = 0; i < d->step->restart_count; i++) {
		const struct cs_restart *r = &d->step->restart[i];

		if (r->when && cs_cond_eval(&d->v, r->when) != CS_TRUE)
			continue;
		cs_emit(d, CS_OP_NOTE, CS_S(restarts_word), CS_S(r->clock));
		any = true;
	}
	if (any)
		cs_emit(d, CS_OP_NOTE, CS_S(from_word), CS_I(from > d->ev.at ? d->ev.at : from));
}

int cs_decide_merge(struct cs_decision *d, struct cs_err *e)
{
	char ref[CS_REF_SIZE];

	if (!d->req->into)
		return cs_fail(
			e, CS_REFUSED,
			"merge: into which? --into REF, or state first what it repeats "
			"(cs-decide link %s --same-as REF)",
			cs_ref_text(d->after.t.id, ref));
	cs_emit(d, CS_OP_NOTE, CS_S(was_word), CS_S(d->after.t.state));
	note_restarts(d);
	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_CLOCK); i++) {
		const struct cs_clock_row *row = cs_image_at(&d->after, CS_P_CLOCK, i);

		if (!row->verdict && row->cycle == d->after.t.cycle)
			cs_decide_hold(d, row);
	}
	cs_decide_drop_callbacks(d, merged);
	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_OWED); i++) {
		const struct cs_owed_row *o = cs_image_at(&d->after, CS_P_OWED, i);

		if (cs_owed_open(o)) /* what was missed stays so */
			cs_emit(d, CS_OP_WAIVE, CS_S(o->duty), CS_S(o->cause), CS_S(merged));
	}
	cs_decide_enter(d, d->step->to_state);
	cs_emit(d, CS_OP_LINK, CS_I(cs_image_next_seq(&d->after, CS_P_LINK)), CS_S(CS_LINK_MERGED), CS_I(d->req->into));
	cs_emit(d, CS_OP_SET, CS_S(CS_LINK_MERGED), CS_I(d->req->into));
	return cs_decide_tell(d, e);
}

/* What is to be made after all; with whoever was erased since, nothing. What it waited for may have come. */
static int undrop(struct cs_decision *d, int64_t seq, struct cs_err *e)
{
	const struct cs_callback_row *c = cs_image_callback(&d->after, seq);
	const struct cs_callback_rule *rule = c && c->rule ? cs_policy_callback(d->v.policy, c->rule) : NULL;
	int erased = c ? cs_person_erased(d->s->db, c->person, e) : 1;
	bool waits = c && c->happening && c->from_at == CS_NULL;

	if (erased != 0)
		return erased < 0 ? -1 : 0;
	cs_emit(d, CS_OP_UNDROP, CS_I(seq), CS_S(waits ? "waiting" : "open"));
	return waits && rule && rule->then_happening ? cs_decide_release(d, rule, seq, c->planned_at, c->give_up_at, e)
						     : 0;
}

/* One thing that the merge did, back to what it was. */
static int undo(struct cs_decision *d, const struct cs_effect *f, const char **state, struct cs_err *e)
{
	const struct cs_clock_row *row;

	switch (f->op) {
	case CS_OP_NOTE:
		if (strcmp(cs_arg_text(f, 0), was_word) == 0)
			*state = cs_arg_text(f, 1);
		return 0;
	case CS_OP_HOLD:
		row = cs_image_run(&d->after, cs_arg_text(f, 0), cs_arg_int(f, 1), cs_arg_int(f, 2));
		if (!row || row->held_at == CS_NULL)
			return 0;
		cs_emit(d, CS_OP_FREE, f->arg[0], f->arg[1], f->arg[2]);
		cs_decide_tell_clock(d, row);
		return 0;
	case CS_OP_WAIVE: return cs_emit(d, CS_OP_UNWAIVE, f->arg[0], f->arg[1]);
	case CS_OP_CALL_END: return undrop(d, cs_arg_int(f, 0), e);
	default: return 0;
	}
}

/* The last event of this step, read. 1, 0 there is none, -1. */
static int last_effects(struct cs_decision *d, const char *step, struct cs_effects *l, struct cs_err *e)
{
	struct cs_event ev = {0};
	int rc = cs_event_last_step(d->s->db, d->after.t.id, step, 0, &ev, e);

	if (rc == 1)
		rc = cs_event_get(d->s->db, ev.id, d->after.arena, &ev, e);
	if (rc == 1 && cs_effects_read(l, ev.facts, NULL, e) < 0)
		rc = -1;
	return rc;
}

int cs_decide_unmerge(struct cs_decision *d, struct cs_err *e)
{
	struct cs_effects l = {.arena = d->after.arena};
	const struct cs_state *st;
	const char *state = NULL;
	int rc = last_effects(d, CS_STEP_MERGE, &l, e);

	for (size_t i = 0; rc == 1 && i < l.count; i++)
		if (undo(d, &l.effect[i], &state, e) < 0)
			return -1;
	if (rc < 0)
		return -1;
	st = state ? cs_kind_state(d->v.kind, state) : NULL;
	if (!st || d->after.t.merged_into == CS_NULL)
		return cs_fail(e, CS_REFUSED, "unmerge: the state of before, %s, is not in the rules in force",
			       state ? state : "(none)");
	cs_decide_enter(d, state);
	if (st->is != CS_IS_CLOSED)
		cs_emit(d, CS_OP_SET, CS_S("closed_at"), CS_I(CS_NULL));
	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_LINK); i++) {
		const struct cs_link_row *link = cs_image_at(&d->after, CS_P_LINK, i);

		if (link->until == CS_NULL && strcmp(link->link, CS_LINK_MERGED) == 0)
			cs_emit(d, CS_OP_LINK_END, CS_I(link->seq), CS_I(d->ev.at));
	}
	cs_emit(d, CS_OP_SET, CS_S(CS_LINK_MERGED), CS_I(CS_NULL));
	return cs_decide_tell(d, e);
}

/* --- the ticket that survives -------------------------------------------------------------------- */

static int begin(struct cs_decision *d, struct cs_session *s, const struct cs_image *im, const char *step, cs_time at,
		 struct cs_effects *out, struct cs_err *e)
{
	const struct cs_kind *k = cs_session_kind(s, im, e);
	char ref[CS_REF_SIZE], last[40];

	if (!k)
		return -1;
	if (at < im->t.last_at)
		return cs_fail(e, CS_REFUSED, "%s, which survives, was worked on since: its last step is at %s",
			       cs_ref_text(im->t.id, ref), cs_time_text(s->policy->zone, im->t.last_at, last));
	cs_decision_begin(d, s, im, k, s->policy, (struct cs_deed){"ticket", im->t.id, step, at, s->actor}, out);
	return 0;
}

static const struct cs_party_row *active(const struct cs_image *im, int64_t person)
{
	for (size_t i = 0; i < cs_image_count(im, CS_P_PARTY); i++) {
		const struct cs_party_row *p = cs_image_at(im, CS_P_PARTY, i);

		if (p->until == CS_NULL && p->person == person)
			return p;
	}
	return NULL;
}

/* Whoever complains there complains here now. */
static void take_parties(struct cs_decision *d, const struct cs_image *gone)
{
	struct cs_arena *a = d->after.arena;

	for (size_t i = 0; i < cs_image_count(gone, CS_P_PARTY); i++) {
		const struct cs_party_row *p = cs_image_at(gone, CS_P_PARTY, i);
		int64_t seq = cs_image_next_seq(&d->after, CS_P_PARTY);

		if (p->until != CS_NULL || p->person == CS_NULL || active(&d->after, p->person))
			continue;
		cs_emit(d, CS_OP_PARTY, CS_I(seq), CS_I(p->person), CS_S(cs_arena_strdup(a, p->capacity)));
		if (p->name) {
			cs_effects_private(d->out, cs_arena_printf(a, "party.%lld.name", (long long)seq),
					   cs_arena_strdup(a, p->name));
			cs_emit(d, CS_OP_PARTY_NAME, CS_I(seq));
		}
		if (p->principal != CS_NULL)
			cs_emit(d, CS_OP_PRINCIPAL, CS_I(seq), CS_I(p->principal));
		cs_emit(d, CS_OP_VIA, CS_I(seq), CS_I(gone->t.id));
	}
}

/* The run before this one in its cycle, as it was when this one took its place. */
static const struct cs_clock_row *run_before(const struct cs_image *im, const struct cs_clock_row *r)
{
	const struct cs_clock_row *last = NULL;

	for (size_t i = 0; i < cs_image_count(im, CS_P_CLOCK); i++) {
		const struct cs_clock_row *c = cs_image_at(im, CS_P_CLOCK, i);

		if (c->cycle == r->cycle && c->run < r->run && c->annulled != 1 && strcmp(c->clock, r->clock) == 0 &&
		    (!last || c->run > last->run))
			last = c;
	}
	return last && last->held_at != CS_NULL ? last : NULL;
}

/* What befell the clock since the merge, told to the run before it. */
struct replay {
	struct cs_decision *d;
	const struct cs_clock_row *since; /* the run that is annulled */
	struct cs_clock_row row;          /* the run before, going on */
	bool begun, ended, stood;         /* stood: when it was stopped it stood still, and no due was to be told */
	cs_time stop_at;
	const char *in_time; /* NULL: it was not stopped */
	const char *came;    /* rungs that came before its due was moved, at their own times */
	struct cs_due_move *move; /* what steps did to its due, too */
	size_t move_count, move_size;
};

/* Its due and what is still to come, by its own edition and pauses. */
static int recount(struct replay *r, struct cs_err *e)
{
	struct cs_reckoning reckoning;
	const char *crossings = r->row.crossings;

	if (cs_reckon(r->d, &r->row, &reckoning, e) < 0 ||
	    cs_reckon_due(&reckoning, crossings, r->row.breached == 1, e) < 0 ||
	    cs_reckon_crossings(&reckoning, crossings, &crossings, e) < 0)
		return -1;
	r->row.due_at = reckoning.due == CS_TIME_NONE ? CS_NULL : reckoning.due;
	r->row.crossings = crossings;
	return 0;
}

static void emit_again(struct cs_decision *d, const struct cs_clock_row *row)
{
	cs_emit(d, CS_OP_AGAIN, CS_S(row->clock), CS_I(row->cycle), CS_I(row->run), CS_I(row->due_at),
		CS_I(row->due_set), CS_S(row->crossings), CS_I(row->paused_at), CS_S(row->pauses), CS_I(row->breached),
		CS_I(row->stop_at), CS_S(row->verdict), CS_I(row->missed_due));
	if (row->cycle == d->after.t.cycle)
		cs_decide_tell_clock(d, cs_image_clock(&d->after, row->clock));
}

static void resume(struct replay *r, cs_time at)
{
	if (r->row.paused_at == CS_NULL)
		return;
	if (at > r->row.paused_at)
		r->row.pauses = cs_arena_printf(r->d->after.arena, "%s%s%lld-%lld", r->row.pauses ? r->row.pauses : "",
						r->row.pauses ? "," : "", (long long)r->row.paused_at, (long long)at);
	r->row.paused_at = CS_NULL;
}

/* What the clock stood still since then it stood still for the new run, too. */
static int take_pauses(struct cs_decision *d, const struct cs_clock_row *run, struct cs_err *e)
{
	const struct cs_clock_row *before = run_before(&d->after, run);
	const char *part = before ? before->pauses : NULL;
	struct replay r = {.d = d, .row = *run};
	cs_time from, to;

	while (cs_pause_next(&part, &from, &to))
		if (to > run->start_at) {
			r.row.paused_at = from > run->start_at ? from : run->start_at;
			resume(&r, to);
		}
	if (before && before->paused_at != CS_NULL)
		r.row.paused_at = before->paused_at > run->start_at ? before->paused_at : run->start_at;
	if (!r.row.pauses && r.row.paused_at == CS_NULL)
		return 0;
	if (recount(&r, e) < 0)
		return -1;
	emit_again(d, &r.row);
	return 0;
}

static int restart(struct cs_decision *d, const struct cs_clock *def, cs_time from, int64_t via, struct cs_err *e)
{
	const struct cs_clock_row *run;

	if (cs_decide_restart(d, def, from, via, e) < 0)
		return -1;
	run = cs_image_clock(&d->after, def->id);
	return run && run->via == via && !run->verdict ? take_pauses(d, run, e) : 0;
}

/* By which rule, or against which, and what was said: whoever reads the survivor wants to know it, too. */
static void take_reason(struct cs_decision *d, const struct cs_effects *merge)
{
	static const struct {
		const char *note, *said;
	} notes[] = {{CS_NOTE_ADMISSION, "by rule"},
		     {CS_NOTE_AGAINST, "against rule"},
		     {CS_NOTE_OPEN, "before it could be told: rule"}};
	static const char *const texts[] = {"note", "override"};

	for (size_t i = 0; i < merge->count; i++)
		for (size_t k = 0; merge->effect[i].op == CS_OP_NOTE && k < sizeof notes / sizeof *notes; k++)
			if (strcmp(cs_arg_text(&merge->effect[i], 0), notes[k].note) == 0)
				cs_emit(d, CS_OP_NOTE, CS_S(notes[k].said), merge->effect[i].arg[1]);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (cs_effects_text(merge, texts[i]))
			cs_effects_private(d->out, texts[i], cs_effects_text(merge, texts[i]));
}

int cs_decide_absorb(struct cs_session *s, const struct cs_image *im, const struct cs_image *gone,
		     const struct cs_effects *effects, cs_time at, struct cs_effects *out, struct cs_err *e)
{
	cs_time from = at;
	struct cs_decision d;
	char ref[CS_REF_SIZE];

	if (begin(&d, s, im, CS_STEP_ABSORB, at, out, e) < 0)
		return -1;
	cs_emit(&d, CS_OP_NOTE, CS_S(CS_NOTE_ABSORBS), CS_S(cs_arena_strdup(im->arena, cs_ref_text(gone->t.id, ref))));
	take_reason(&d, effects);
	take_parties(&d, gone);
	for (size_t i = 0; i < effects->count; i++)
		if (effects->effect[i].op == CS_OP_NOTE && strcmp(cs_arg_text(&effects->effect[i], 0), from_word) == 0)
			from = cs_arg_int(&effects->effect[i], 1);
	for (size_t i = 0; i < effects->count; i++) {
		const struct cs_effect *f = &effects->effect[i];
		const struct cs_clock *def = f->op == CS_OP_NOTE && strcmp(cs_arg_text(f, 0), restarts_word) == 0
						     ? cs_kind_clock(d.v.kind, cs_arg_text(f, 1))
						     : NULL;

		if (def && restart(&d, def, from, gone->t.id, e) < 0)
			return -1;
	}
	return cs_decide_pauses(&d, e);
}

/* --- undoing it on the survivor ------------------------------------------------------------------- */

/* An extension reaches as far as the rules it was taken under allow from the due that the clock itself has. Rungs that
   came before are not touched by it. */
static int move(struct replay *r, const struct cs_event *ev, cs_time due, bool extends, struct cs_err *e)
{
	struct cs_arena *a = r->d->after.arena;
	struct cs_due_move m = {.event = ev->id, .edition = ev->edition, .step = ev->step, .extends = extends};
	const char *came;

	if (recount(r, e) < 0)
		return -1;
	m.before = r->row.due_at;
	m.most = CS_TIME_NONE;
	if (extends && cs_due_bound(r->d->s, r->d->after.t.kind, r->row.clock, &m, e) < 0)
		return -1;
	m.due = m.most != CS_TIME_NONE && due > m.most ? m.most : due;
	if ((r->row.due_set == 1 && m.due == m.before) || (extends && m.before != CS_NULL && m.due <= m.before))
		return 0; /* it runs to that already */
	r->move = cs_arena_grow(a, r->move, r->move_count, &r->move_size, sizeof *r->move);
	r->move[r->move_count++] = m;
	if (r->row.missed_due == CS_NULL && strcmp(cs_decide_verdict(&r->row, ev->at, "met"), "late") == 0)
		r->row.missed_due = m.before;
	r->row.breached = 0;
	r->row.due_at = m.due;
	r->row.due_set = 1;
	if (extends)
		cs_fold_extended(&r->row);
	r->row.crossings = cs_crossings_without(a, r->row.crossings, CS_CROSS_DUE);
	came = cs_crossings_before(a, r->row.crossings, ev->at, &r->row.crossings);
	r->came = cs_crossings_join(a, r->came, came);
	if (m.due != CS_NULL)
		r->row.crossings = cs_crossings_with(a, r->row.crossings, CS_CROSS_DUE, 0);
	return 0;
}

/* It was counted anew by another edition: time used so far by the one before. */
static int reclock(struct replay *r, const struct cs_effect *f, struct cs_err *e)
{
	if (recount(r, e) < 0)
		return -1;
	return cs_decide_count_anew(r->d, &r->row, cs_arg_int(f, 2), cs_arg_int(f, 1), cs_arg_int(f, 5), e);
}

static bool is_run(const struct replay *r, const struct cs_effect *f, size_t at)
{
	return cs_arg_int(f, at) == r->since->cycle && cs_arg_int(f, at + 1) == r->since->run;
}

/* The annulled run itself had it by a later merge that was undone. */
static int move_again(struct replay *r, const struct cs_effect *f, struct cs_err *e)
{
	struct cs_event ev = {0};
	int rc = cs_event_get(r->d->s->db, cs_arg_int(f, 3), r->d->after.arena, &ev, e);

	if (rc == 0)
		cs_fail(e, CS_IO, "clock %s: no event %lld", r->row.clock, (long long)cs_arg_int(f, 3));
	return rc == 1 ? move(r, &ev, cs_arg_int(f, 5), cs_arg_int(f, 6) == 1, e) : -1;
}

static int stop(struct replay *r, cs_time at, const char *verdict, struct cs_err *e)
{
	r->ended = true;
	r->stop_at = at;
	r->in_time = strcmp(verdict, "void") == 0 ? "void" : "met";
	r->stood = r->row.paused_at != CS_NULL;
	if (r->stood && recount(r, e) < 0)
		return -1;
	resume(r, at);
	return 0;
}

/* The annulled run was held by a later merge, too, and went on without it: how it stood still since, how it stopped. */
static int again(struct replay *r, const struct cs_effect *f, struct cs_err *e)
{
	const char *part = r->ended ? cs_arg_text(f, 7) : NULL;
	cs_time from, to;

	if (!is_run(r, f, 1))
		return 0;
	r->ended = false;
	while (cs_pause_next(&part, &from, &to))
		if (to > r->stop_at) {
			r->row.paused_at = r->row.paused_at == CS_NULL ? from : r->row.paused_at;
			resume(r, to);
		}
	if (r->row.paused_at == CS_NULL)
		r->row.paused_at = cs_arg_int(f, 6);
	return cs_arg_text(f, 10) ? stop(r, cs_arg_int(f, 9), cs_arg_text(f, 10), e) : 0;
}

static int replay_effect(struct replay *r, const struct cs_event *ev, const struct cs_effects *l,
			 const struct cs_effect *f, struct cs_err *e)
{
	if (!cs_arg_text(f, 0) || strcmp(cs_arg_text(f, 0), r->since->clock) != 0)
		return 0;
	if (f->op == CS_OP_RUN_VIA && cs_arg_int(f, 1) == r->since->via) {
		r->begun = true;
		r->ended = r->stood = false;
		r->in_time = r->came = NULL;
		r->move_count = 0;
		r->row = *run_before(&r->d->after, r->since);
		return 0;
	}
	if (!r->begun)
		return 0;
	if (f->op == CS_OP_RUN_RECLOCK)
		return is_run(r, f, 6) ? reclock(r, f, e) : 0;
	if (f->op == CS_OP_RUN_MOVE)
		return is_run(r, f, 1) ? move_again(r, f, e) : 0;
	if (f->op == CS_OP_FREE && is_run(r, f, 1))
		r->ended = false;
	if (r->ended && f->op != CS_OP_AGAIN)
		return 0;
	switch (f->op) {
	case CS_OP_RECLOCK: return reclock(r, f, e);
	case CS_OP_PAUSE:
		if (r->row.paused_at == CS_NULL)
			r->row.paused_at = cs_arg_int(f, 1);
		return 0;
	case CS_OP_RESUME: resume(r, cs_arg_int(f, 1)); return 0;
	case CS_OP_MOVE: return move(r, ev, cs_arg_int(f, 1), cs_due_extends(l, r->row.clock), e);
	case CS_OP_HOLD:
		r->ended = is_run(r, f, 1);
		r->stop_at = cs_arg_int(f, 3);
		return 0;
	case CS_OP_STOP: return stop(r, cs_arg_int(f, 1), cs_arg_text(f, 2), e);
	case CS_OP_AGAIN: return again(r, f, e);
	default: return 0;
	}
}

static int replay(struct replay *r, struct cs_err *e)
{
	struct cs_arena *a = r->d->after.arena;
	struct cs_stmt *walk = cs_event_of(r->d->s->db, "ticket", r->d->after.t.id, e);
	struct cs_event ev;
	int rc;

	while ((rc = walk ? cs_event_next(walk, &ev, e) : -1) == 1) {
		struct cs_effects l = {.arena = a};

		rc = cs_effects_read(&l, cs_arena_strdup(a, ev.facts), NULL, e);
		for (size_t i = 0; rc == 0 && i < l.count; i++)
			rc = replay_effect(r, &ev, &l, &l.effect[i], e);
		if (rc < 0) {
			cs_stmt_done(walk);
			return -1;
		}
	}
	if (rc < 0 || (!r->stood && recount(r, e) < 0))
		return -1;
	r->row.crossings = cs_crossings_join(a, r->came, r->row.crossings); /* they are still to be fired */
	return 0;
}

/* Who answered for it before any rung moved it; CS_NULL: nobody. Returns -1 on a damaged history. */
static int first_responsible(struct cs_decision *d, int64_t *out, struct cs_err *e)
{
	struct cs_stmt *walk = cs_event_of(d->s->db, "ticket", d->after.t.id, e);
	struct cs_event ev;
	int rc;

	*out = CS_NULL;
	while ((rc = walk ? cs_event_next(walk, &ev, e) : -1) == 1) {
		struct cs_effects l = {.arena = d->after.arena};

		if (strcmp(ev.step, CS_STEP_RUNG) == 0 || strcmp(ev.step, CS_STEP_LET_GO) == 0)
			continue;
		if (cs_effects_read(&l, cs_arena_strdup(d->after.arena, ev.facts), NULL, e) < 0) {
			cs_stmt_done(walk);
			return -1;
		}
		for (size_t i = 0; i < l.count; i++)
			if (l.effect[i].op == CS_OP_SET && strcmp(cs_arg_text(&l.effect[i], 0), "responsible") == 0)
				*out = cs_arg_int(&l.effect[i], 1);
	}
	return rc;
}

/* The last rung that stands and moved the ticket; NULL: none. */
static const struct cs_rung_row *last_move(const struct cs_decision *d)
{
	const struct cs_rung_row *last = NULL;

	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_RUNG); i++) {
		const struct cs_rung_row *r = cs_image_at(&d->after, CS_P_RUNG, i);
		const struct cs_clock *def = cs_kind_clock(d->v.kind, r->clock);
		const struct cs_rung *rung = def ? cs_clock_rung(def, r->rung) : NULL;

		if (rung && rung->transfer && r->moot != 1 && r->to_staff != CS_NULL && (!last || r->at > last->at))
			last = r;
	}
	return last;
}

/* Whoever only the annulled run made responsible is not, and who was before is told. */
static int move_back(struct cs_decision *d, int64_t by, struct cs_err *e)
{
	const struct cs_rung_row *last = last_move(d);
	struct cs_target to = {.kind = CS_TARGET_STAFF, .id = last ? last->to_staff : CS_NULL};
	struct cs_arena *a = d->after.arena;
	char ref[CS_REF_SIZE];

	if (by == CS_NULL || d->after.t.responsible != by || to.id == by)
		return 0;
	if (!last && first_responsible(d, &to.id, e) < 0)
		return -1;
	if (to.id == CS_NULL || to.id == by)
		return 0;
	cs_emit(d, CS_OP_SET, CS_S("responsible"), CS_I(to.id));
	cs_decide_notice(
		d, &to, "tell", CS_STEP_UNMERGE,
		cs_arena_printf(a, "%s %s: %s", cs_ref_text(d->after.t.id, ref),
				cs_policy_label(d->v.policy, "zh",
						cs_arena_printf(a, "kinds/%s/steps/" CS_STEP_UNMERGE, d->v.kind->id)),
				d->after.t.subject && !cs_access_secret(&d->v) ? d->after.t.subject : ""));
	return 0;
}

/* Rungs that only the annulled run brought about. */
static int moot_rungs(struct cs_decision *d, const struct cs_clock_row *run, struct cs_err *e)
{
	int64_t moved = CS_NULL;
	size_t n = 0;

	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_RUNG); i++) {
		const struct cs_rung_row *r = cs_image_at(&d->after, CS_P_RUNG, i);

		if (r->cycle != run->cycle || r->run != run->run || r->moot == 1 || strcmp(r->clock, run->clock) != 0)
			continue;
		cs_emit(d, CS_OP_RUN_MOOT, CS_S(r->clock), CS_S(r->rung), CS_I(r->cycle), CS_I(r->run));
		moved = r->to_staff == d->after.t.responsible ? r->to_staff : moved;
		n++;
	}
	return n && (cs_decide_lower_level(d, e) < 0 || move_back(d, moved, e) < 0) ? -1 : 0;
}

/* The run of the merge counts for nothing, the one before goes on. */
static int give_back(struct cs_decision *d, const struct cs_clock_row *run, struct cs_letting *stops, struct cs_err *e)
{
	const struct cs_clock_row *before = run_before(&d->after, run);
	struct replay r = {.d = d, .since = run};
	cs_time held_at = run->held_at;
	int64_t edition;

	if (!before)
		return 0;
	r.row = *before;
	edition = before->edition;
	if (replay(&r, e) < 0)
		return -1;
	r.row.held_at = r.row.stop_at = CS_NULL;
	r.row.verdict = NULL;
	if (moot_rungs(d, run, e) < 0)
		return -1;
	cs_emit(d, CS_OP_ANNUL, CS_S(run->clock), CS_I(run->cycle), CS_I(run->run));
	if (r.row.edition != edition)
		cs_decide_tell_anew(d, &r.row);
	for (size_t i = 0; i < r.move_count; i++)
		cs_emit(d, CS_OP_RUN_MOVE, CS_S(run->clock), CS_I(r.row.cycle), CS_I(r.row.run), CS_I(r.move[i].event),
			CS_I(r.move[i].before), CS_I(r.move[i].due), CS_I(r.move[i].extends ? 1 : CS_NULL));
	emit_again(d, &r.row);
	if (held_at != CS_NULL) /* by a merge that came later, and stands */
		cs_emit(d, CS_OP_HOLD, CS_S(run->clock), CS_I(r.row.cycle), CS_I(r.row.run), CS_I(held_at),
			CS_S(cs_decide_verdict(&r.row, held_at, "void")));
	if (r.in_time && stops->count < sizeof stops->stop / sizeof *stops->stop)
		stops->stop[stops->count++] = (struct cs_letting_stop){cs_arena_strdup(d->after.arena, run->clock),
								       r.row.cycle, r.row.run, r.stop_at, r.in_time};
	return 0;
}

/* Another ticket merged into this one that has this person: *other, 0 none. */
static int brought_too(struct cs_decision *d, int64_t gone, int64_t person, int64_t *other, struct cs_err *e)
{
	const struct cs_ticket_row *t = &d->after.t;
	struct cs_id_list list = {0};

	*other = 0;
	if (t->matter == CS_NULL)
		return 0;
	if (cs_matter_tickets(d->s->db, t->matter, d->after.arena, &list, e) < 0)
		return -1;
	for (size_t i = 0; !*other && i < list.count; i++) {
		struct cs_image im;

		if (list.id[i] == gone || list.id[i] == t->id)
			continue;
		if (cs_image_get(&im, d->s->db, list.id[i], d->after.arena, e) < 0)
			return -1;
		if (im.t.merged_into == t->id && active(&im, person))
			*other = im.t.id;
	}
	return 0;
}

/* Whom the merged ticket brought, unless they have complained here themselves, or another one brings them, too. */
static int end_parties(struct cs_decision *d, int64_t gone, struct cs_err *e)
{
	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_PARTY); i++) {
		const struct cs_party_row *p = cs_image_at(&d->after, CS_P_PARTY, i);
		bool own = false;
		int64_t other;

		if (p->until != CS_NULL || p->via != gone)
			continue;
		if (brought_too(d, gone, p->person, &other, e) < 0)
			return -1;
		if (other) {
			cs_emit(d, CS_OP_VIA, CS_I(p->seq), CS_I(other));
			continue;
		}
		for (size_t k = 0; k < cs_image_count(&d->after, CS_P_APPEAL); k++) {
			const struct cs_appeal_row *r = cs_image_at(&d->after, CS_P_APPEAL, k);

			own = own || (r->person != CS_NULL && (r->person == p->person || r->person == p->principal));
		}
		if (own)
			continue;
		cs_emit(d, CS_OP_PARTY_END, CS_I(p->seq), CS_I(d->ev.at));
		for (size_t k = 0; k < cs_image_count(&d->after, CS_P_CALLBACK); k++) {
			const struct cs_callback_row *c = cs_image_at(&d->after, CS_P_CALLBACK, k);

			if (c->person == p->person && cs_callback_to_make(c))
				cs_emit(d, CS_OP_CALL_END, CS_I(c->seq), CS_S("dropped"), CS_S("unmerged"));
		}
	}
	return 0;
}

int cs_decide_let_go(struct cs_session *s, const struct cs_image *im, int64_t gone, cs_time at,
		     struct cs_letting *stops, struct cs_effects *out, struct cs_err *e)
{
	struct cs_decision d;
	char ref[CS_REF_SIZE];

	stops->count = 0;
	if (begin(&d, s, im, CS_STEP_LET_GO, at, out, e) < 0)
		return -1;
	cs_emit(&d, CS_OP_NOTE, CS_S(CS_NOTE_LETS_GO), CS_S(cs_arena_strdup(im->arena, cs_ref_text(gone, ref))));
	if (end_parties(&d, gone, e) < 0)
		return -1;
	for (size_t i = 0; i < cs_image_count(&d.after, CS_P_CLOCK); i++) {
		const struct cs_clock_row *run = cs_image_at(&d.after, CS_P_CLOCK, i);

		if (run->via == gone && run->annulled != 1 && give_back(&d, run, stops, e) < 0)
			return -1;
	}
	cs_decide_waive(&d);
	return 0;
}

int cs_decide_let_stop(struct cs_session *s, const struct cs_image *im, const struct cs_letting_stop *stop, cs_time at,
		       struct cs_effects *out, struct cs_err *e)
{
	const struct cs_clock_row *found = cs_image_run(im, stop->clock, stop->cycle, stop->run);
	struct cs_clock_row row;
	struct cs_decision d;

	if (begin(&d, s, im, CS_STEP_LET_GO, at, out, e) < 0)
		return -1;
	if (!found)
		return cs_fail(e, CS_INTERNAL, "clock %s has no run %lld", stop->clock, (long long)stop->run);
	row = *found;
	row.stop_at = stop->at;
	row.verdict = cs_decide_verdict(&row, stop->at, stop->in_time);
	row.crossings = NULL;
	emit_again(&d, &row);
	return 0;
}

/* What an event meant for a duty that was owed before it. */
enum { NOTHING, DONE, CLOSED };

static bool delivers(const struct cs_decision *d, const struct cs_duty *rule, const struct cs_event *ev,
		     const struct cs_effects *l)
{
	bool did = rule->done_step && strcmp(rule->done_step, ev->step) == 0;

	for (size_t i = 0; i < l->count && !did; i++) {
		const struct cs_effect *f = &l->effect[i];

		did = (rule->done_evidence && !rule->form && f->op == CS_OP_EVIDENCE &&
		       strcmp(rule->done_evidence, cs_arg_text(f, 1)) == 0) ||
		      (rule->done_field && (f->op == CS_OP_TEXT || f->op == CS_OP_FIELD) &&
		       strcmp(rule->done_field, cs_arg_text(f, 0)) == 0);
	}
	return did && (rule->done_by.count == 0 || cs_whos_have(&d->v, &rule->done_by, ev->actor));
}

static int meaning(const struct cs_decision *d, const struct cs_duty *rule, const struct cs_event *ev,
		   const struct cs_effects *l)
{
	if (delivers(d, rule, ev, l))
		return DONE;
	for (size_t i = 0; i < l->count; i++)
		if (l->effect[i].op == CS_OP_STATE && strcmp(cs_arg_text(&l->effect[i], 1), "closed") == 0)
			return CLOSED;
	return NOTHING;
}

/* The first event since that ended it: what it meant, at *at; NOTHING: none did; -1. */
static int end_of(struct cs_decision *d, const struct cs_duty *rule, cs_time since, cs_time *at, struct cs_err *e)
{
	struct cs_stmt *walk = cs_event_of(d->s->db, "ticket", d->after.t.id, e);
	struct cs_event ev;
	int rc = -1, means = NOTHING;

	while (means == NOTHING && (rc = walk ? cs_event_next(walk, &ev, e) : -1) == 1) {
		struct cs_effects l = {.arena = d->after.arena};

		if (ev.at <= since || strcmp(ev.step, CS_STEP_RUNG) == 0)
			continue;
		if (cs_effects_read(&l, cs_arena_strdup(d->after.arena, ev.facts), NULL, e) < 0) {
			cs_stmt_done(walk);
			return -1;
		}
		*at = ev.at;
		means = meaning(d, rule, &ev, &l);
	}
	if (walk && rc == 1)
		cs_stmt_done(walk);
	return rc < 0 ? -1 : means;
}

int cs_decide_discharged(struct cs_session *s, const struct cs_image *im, cs_time *at, struct cs_effects *out,
			 struct cs_err *e)
{
	const struct cs_kind *k = cs_session_kind(s, im, e);
	struct cs_decision d;

	if (!k)
		return -1;
	cs_decision_begin(&d, s, im, k, s->policy,
			  (struct cs_deed){"ticket", im->t.id, CS_STEP_LET_GO, s->now, s->actor}, out);
	for (size_t i = 0; i < cs_image_count(im, CS_P_OWED); i++) {
		const struct cs_owed_row *o = cs_image_at(im, CS_P_OWED, i);
		const struct cs_duty *rule = cs_policy_duty(s->policy, o->duty);
		int means;

		if (o->done_at != CS_NULL || o->waived_at != CS_NULL || !rule || rule->recurs)
			continue;
		means = end_of(&d, rule, o->owed_at, at, e);
		if (means == NOTHING)
			continue;
		if (means == DONE)
			cs_emit(&d, CS_OP_DONE, CS_S(o->duty), CS_S(o->cause));
		else if (means == CLOSED)
			cs_emit(&d, CS_OP_WAIVE, CS_S(o->duty), CS_S(o->cause), CS_S("closed"));
		return means < 0 ? -1 : 1;
	}
	return 0;
}
