/* The events folded once more, as far as this clock goes. */
#include "domain/moves.h"

#include <string.h>

#include "domain/counting.h"
#include "domain/effect.h"
#include "domain/fold.h"

struct walk {
	struct cs_session *s;
	const struct cs_clock_row *row;
	struct cs_due_moves *out;
	struct cs_image past;
	int64_t started; /* the event in which the run began; 0 not yet */
};

static bool is_meant(const struct walk *w, const struct cs_clock_row *c)
{
	return c && c->cycle == w->row->cycle && c->run == w->row->run && strcmp(c->clock, w->row->clock) == 0;
}

bool cs_due_extends(const struct cs_effects *l, const char *clock)
{
	for (size_t i = 0; i < l->count; i++)
		if (l->effect[i].op == CS_OP_EXTEND && strcmp(cs_arg_text(&l->effect[i], 0), clock) == 0)
			return true;
	return false;
}

int cs_due_bound(struct cs_session *s, const char *kind, const char *clock, struct cs_due_move *m, struct cs_err *e)
{
	const struct cs_policy *p = m->edition == CS_NULL ? NULL : cs_session_policy(s, m->edition, e);
	const struct cs_kind *k = p ? cs_policy_kind(p, kind) : NULL;
	const struct cs_clock *def = k ? cs_kind_clock(k, clock) : NULL;
	const struct cs_step *st = k ? cs_kind_step(k, m->step) : NULL;

	if (!p)
		return m->edition == CS_NULL ? 0 : -1;
	for (size_t i = 0; def && st && i < st->move_count; i++) {
		if (strcmp(st->move[i].clock, clock) != 0)
			continue;
		m->within = st->move[i].within;
		if (m->within.unit != CS_SPAN_NONE && m->before != CS_NULL &&
		    cs_move_most(p->zone, def, &m->within, m->before, &m->most, e) < 0)
			return -1;
	}
	return 0;
}

static int find_bound(const struct walk *w, struct cs_due_move *m, struct cs_err *e)
{
	return cs_due_bound(w->s, w->past.t.kind, w->row->clock, m, e);
}

static struct cs_due_move *note(struct walk *w, const struct cs_event *ev, cs_time due, cs_time before)
{
	struct cs_arena *a = w->past.arena;
	struct cs_due_moves *l = w->out;

	l->move = cs_arena_grow(a, l->move, l->count, &l->size, sizeof *l->move);
	l->move[l->count++] = (struct cs_due_move){
		.event = ev->id,
		.actor = ev->actor,
		.edition = ev->edition,
		.at = ev->at,
		.before = before,
		.due = due,
		.most = CS_TIME_NONE,
		.step = cs_arena_strdup(a, ev->step),
		.approved = CS_NULL,
	};
	return &l->move[l->count - 1];
}

static int64_t approval_used(const struct cs_effects *l)
{
	for (size_t i = 0; i < l->count; i++)
		if (l->effect[i].op == CS_OP_APPROVAL && cs_arg_text(&l->effect[i], 1) &&
		    strcmp(cs_arg_text(&l->effect[i], 1), "used") == 0)
			return cs_arg_int(&l->effect[i], 0);
	return CS_NULL;
}

/* On a run that goes on when a merge is undone: by a step that was taken while it was held. */
static int note_given(struct walk *w, const struct cs_effect *f, struct cs_err *e)
{
	struct cs_effects l = {.arena = w->past.arena};
	struct cs_event ev = {0};
	struct cs_due_move *m;
	int rc = cs_event_get(w->s->db, cs_arg_int(f, 3), w->past.arena, &ev, e);

	if (rc == 0)
		cs_fail(e, CS_IO, "clock %s: no event %lld", w->row->clock, (long long)cs_arg_int(f, 3));
	if (rc != 1 || cs_effects_read(&l, ev.facts, NULL, e) < 0)
		return -1;
	if (w->out->count == 0)
		w->out->first = cs_arg_int(f, 4);
	m = note(w, &ev, cs_arg_int(f, 5), cs_arg_int(f, 4));
	m->extends = cs_arg_int(f, 6) == 1;
	m->approved = approval_used(&l);
	return m->extends ? find_bound(w, m, e) : 0;
}

static int take_event(struct walk *w, const struct cs_event *ev, struct cs_err *e)
{
	struct cs_effects l = {.arena = w->past.arena};
	const size_t known = w->out->count;

	if (cs_effects_read(&l, ev->facts, ev->private_part, e) < 0)
		return -1;
	for (size_t i = 0; i < l.count; i++) {
		const struct cs_effect *f = &l.effect[i];
		const char *name = cs_arg_text(f, 0);
		struct cs_clock_row *c = name ? cs_image_clock(&w->past, name) : NULL;

		if (f->op == CS_OP_MOVE && is_meant(w, c) && w->started != ev->id)
			note(w, ev, cs_arg_int(f, 1), c->due_at);
		if (f->op == CS_OP_RUN_MOVE &&
		    is_meant(w, cs_image_run(&w->past, name, cs_arg_int(f, 1), cs_arg_int(f, 2))) &&
		    note_given(w, f, e) < 0)
			return -1;
		if (f->op == CS_OP_EXTEND && is_meant(w, c) && w->out->count > known)
			w->out->move[w->out->count - 1].extends = true;
		if (cs_fold_effect(&w->past, ev, &l, f, e) < 0)
			return -1;
		c = cs_image_run(&w->past, w->row->clock, w->row->cycle, w->row->run);
		if (c && !w->started)
			w->started = ev->id;
		if (c && w->out->count == 0)
			w->out->first = c->due_at;
	}
	for (size_t i = known; i < w->out->count; i++) {
		if (w->out->move[i].event != ev->id)
			continue;
		w->out->move[i].approved = approval_used(&l);
		if (w->out->move[i].extends && find_bound(w, &w->out->move[i], e) < 0)
			return -1;
	}
	return 0;
}

int cs_due_moves(struct cs_session *s, const struct cs_image *im, const struct cs_clock_row *row,
		 struct cs_due_moves *out, struct cs_err *e)
{
	struct walk w = {.s = s, .row = row, .out = out};
	struct cs_stmt *events;
	struct cs_event ev;
	int rc;

	*out = (struct cs_due_moves){.first = row->due_at};
	if (row->due_set != 1)
		return 0;
	cs_image_init(&w.past, im->arena);
	w.past.t.id = im->t.id;
	w.past.t.cycle = 1;
	events = cs_event_of(s->db, "ticket", im->t.id, e);
	if (!events)
		return -1;
	while ((rc = cs_event_next(events, &ev, e)) == 1)
		if (take_event(&w, &ev, e) < 0) {
			cs_fail_in(e, "event %lld", (long long)ev.id);
			cs_stmt_done(events);
			return -1;
		}
	return rc;
}
