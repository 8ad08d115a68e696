/* The plan of a row. */
#include "domain/intake_plan.h"

#include <string.h>

#include "domain/fold.h"

/* --- the way to a state ----------------------------------------------------------------------- */

static const char *leads_to(const struct cs_kind *k, const struct cs_step *st, const char *from)
{
	return st->to == CS_TO_STATE ? st->to_state : st->to == CS_TO_FIRST ? k->first_state : from;
}

/* What was closed was done, unless the row says otherwise; that it is another ticket's matter no row can say. decided:
   the row says what was decided of its admission, by the state that it reached. */
static bool leaves(const struct cs_kind *k, const struct cs_step *st, const struct cs_state *from, bool decided)
{
	if (st == k->register_step || cs_step_withdraws(k, st) || (!decided && cs_step_gate(st)) ||
	    strcmp(st->id, CS_STEP_MERGE) == 0 || strcmp(st->id, CS_STEP_UNMERGE) == 0)
		return false;
	return st->from_any || cs_ids_has(&st->from, from->id);
}

static bool is_it(const struct cs_state *st, const char *to)
{
	if (strcmp(to, "open") == 0)
		return st->is == CS_IS_OPEN;
	if (strcmp(to, "done") == 0)
		return st->is == CS_IS_DONE;
	if (strcmp(to, "closed") == 0)
		return st->is == CS_IS_CLOSED;
	return strcmp(st->id, to) == 0;
}

/* A state on the way; done: one that is done was passed on it, or it is one. by: the step that first led there. */
struct stop {
	const struct cs_state *st;
	const struct cs_step *by;
	size_t before;
	bool done;
};

/* Walks back from the stop reached. */
static void trace(const struct stop *stop, size_t end, struct cs_arena *a, const struct cs_step ***way, size_t *count)
{
	*count = 0;
	for (size_t i = end; stop[i].by; i = stop[i].before)
		(*count)++;
	*way = cs_arena_alloc(a, (*count + 1) * sizeof **way);
	for (size_t i = end, n = *count; stop[i].by; i = stop[i].before)
		(*way)[--n] = stop[i].by;
}

static bool has_done(const struct cs_kind *k)
{
	for (size_t i = 0; i < k->state_count; i++)
		if (k->state[i].is == CS_IS_DONE)
			return true;
	return false;
}

static void put_stop(struct stop *stop, size_t *count, struct stop next)
{
	for (size_t i = 0; i < *count; i++)
		if (stop[i].st == next.st && stop[i].done == next.done)
			return;
	stop[(*count)++] = next;
}

int cs_intake_way(const struct cs_kind *k, const char *from, const char *to, struct cs_arena *a,
		  const struct cs_step ***way, size_t *count)
{
	struct stop *stop = cs_arena_alloc(a, 2 * k->state_count * sizeof *stop);
	const struct cs_state *start = cs_kind_state(k, from);
	bool closing = strcmp(to, "closed") == 0, said = !closing && strcmp(to, "done") != 0;
	bool through = closing && has_done(k);
	size_t n = 0;

	if (!start)
		return 0;
	put_stop(stop, &n, (struct stop){.st = start, .done = start->is == CS_IS_DONE});
	for (size_t at = 0; at < n; at++) {
		if (is_it(stop[at].st, to) && (!through || stop[at].done || at == 0)) {
			trace(stop, at, a, way, count);
			return 1;
		}
		for (size_t i = 0; i < k->step_count; i++) {
			const struct cs_state *next;

			if (!leaves(k, &k->step[i], stop[at].st, said))
				continue;
			next = cs_kind_state(k, leads_to(k, &k->step[i], stop[at].st->id));
			put_stop(stop, &n,
				 (struct stop){next, &k->step[i], at, stop[at].done || next->is == CS_IS_DONE});
		}
	}
	return 0;
}

/* --- the steps -------------------------------------------------------------------------------- */

struct planning {
	const struct cs_kind *k;
	const struct cs_intake_run *run;
	const struct cs_intake *row;
	struct cs_arena *a;
	struct cs_intake_plan *p;
	size_t size;
	const char *state; /* after the moves so far */
};

static void put(struct planning *b, const struct cs_step *st, cs_time at)
{
	b->p->move = cs_arena_grow(b->a, b->p->move, b->p->count, &b->size, sizeof *b->p->move);
	b->p->move[b->p->count++] = (struct cs_intake_move){st, at, NULL, 0};
	b->state = leads_to(b->k, st, b->state);
}

static int put_given(struct planning *b, struct cs_err *e)
{
	const struct cs_intake *row = b->row;
	struct cs_intake_step *list = cs_arena_alloc(b->a, (row->step_count + 1) * sizeof *list);

	for (size_t i = 0; i < row->step_count; i++) {
		size_t at = i;

		for (; at > 0 && list[at - 1].at > row->step[i].at; at--)
			list[at] = list[at - 1];
		list[at] = row->step[i];
	}
	for (size_t i = 0; i < row->step_count; i++) {
		const struct cs_step *st = cs_kind_step(b->k, list[i].step);

		if (!st || st == b->k->register_step)
			return cs_fail(e, CS_USAGE, "%s_at: kind %s has no such step", list[i].step,
				       b->k->id);
		put(b, st, list[i].at);
	}
	return 0;
}

static int put_way(struct planning *b, const char *to, cs_time at, struct cs_err *e)
{
	const struct cs_step **way = NULL;
	size_t n = 0;

	if (!cs_intake_way(b->k, b->state, to, b->a, &way, &n))
		return cs_fail(e, CS_REFUSED,
			       "no steps of kind %s lead from state %s to %s that are not a decision of their own: say "
			       "when they were taken (STEP_at)",
			       b->k->id, b->state, to);
	for (size_t i = 0; i < n; i++)
		put(b, way[i], at);
	return 0;
}

static int put_closing(struct planning *b, const char *to, struct cs_err *e)
{
	const struct cs_ids *with = &b->run->closes_with;
	const struct cs_state *now = cs_kind_state(b->k, b->state);

	if (is_it(now, to) || (strcmp(to, "closed") != 0 && now->is == CS_IS_CLOSED))
		return 0;
	if (with->count == 0)
		return put_way(b, to, b->row->closed_at, e);
	for (size_t i = 0; i < with->count; i++) {
		const struct cs_step *st = cs_kind_step(b->k, with->id[i]);

		if (!st)
			return cs_fail(e, CS_USAGE, "closes_with: kind %s has no step '%s'",
				       b->k->id, with->id[i]);
		put(b, st, b->row->closed_at);
	}
	return 0;
}

static bool is_over(enum cs_is is)
{
	return is == CS_IS_DONE || is == CS_IS_CLOSED;
}

/* What the state says must agree with the times the row has. */
static int put_state(struct planning *b, struct cs_err *e)
{
	const struct cs_intake *row = b->row;
	const struct cs_state *own = row->state ? cs_kind_state(b->k, row->state) : NULL;
	bool over = row->state && (own ? is_over(own->is) : strcmp(row->state, "open") != 0);
	cs_time last = b->p->count ? b->p->move[b->p->count - 1].at : row->opened_at;

	if (row->state && !own && strcmp(row->state, "open") != 0 &&
	    strcmp(row->state, "done") != 0 && strcmp(row->state, "closed") != 0)
		return cs_fail(e, CS_USAGE, "state: kind %s has no state '%s'", b->k->id,
			       row->state);
	if (row->closed_at != CS_TIME_NONE) {
		if (row->state && !over)
			return cs_fail(e, CS_REFUSED, "state %s, but there is a closing time",
				       row->state);
		return put_closing(b, over ? row->state : "closed", e);
	}
	if (!row->state || (!own && !over))
		return 0;
	if (over && !is_it(cs_kind_state(b->k, b->state), row->state))
		return cs_fail(e, CS_REFUSED, "state %s, but there is no closing time", row->state);
	return put_way(b, row->state, last, e);
}

/* --- the values ------------------------------------------------------------------------------- */

static bool cond_names(const struct cs_cond *c, const char *name)
{
	if (!c)
		return false;
	if (c->op == CS_COND_FIELD && strcmp(c->name, name) == 0)
		return true;
	for (size_t i = 0; i < c->sub_count; i++)
		if (c->op != CS_COND_VIA && c->op != CS_COND_LINKED && cond_names(c->sub[i], name))
			return true;
	return false;
}

static bool names(const struct cs_step *st, const char *field)
{
	if (cs_ids_has(&st->takes, field))
		return true;
	for (size_t i = 0; i < st->need_count; i++)
		if ((st->need[i].word && strcmp(st->need[i].word, field) == 0) ||
		    cond_names(st->need[i].cond, field))
			return true;
	for (size_t i = 0; i < st->move_count; i++)
		if (strcmp(st->move[i].field, field) == 0)
			return true;
	return false;
}

static void give(struct planning *b, const struct cs_given **set, size_t *count,
		 const struct cs_given *g)
{
	struct cs_given *more = cs_arena_alloc(b->a, (*count + 1) * sizeof *more);

	if (*count)
		memcpy(more, *set, *count * sizeof *more);
	more[(*count)++] = *g;
	*set = more;
}

static void share_out(struct planning *b, const struct cs_given *g)
{
	struct cs_intake_plan *p = b->p;

	if (!names(b->k->register_step, g->name))
		for (size_t i = 0; i < p->count; i++)
			if (names(p->move[i].step, g->name)) {
				give(b, &p->move[i].set, &p->move[i].set_count, g);
				return;
			}
	give(b, &p->set, &p->set_count, g);
}

/* The text that the step needs which finishes the matter: result, reply, answer. */
static const struct cs_field *result_of(const struct cs_kind *k, const struct cs_step *st)
{
	for (size_t i = 0; i < st->need_count; i++) {
		const struct cs_field *f = st->need[i].word ? cs_kind_field(k, st->need[i].word)
							    : NULL;

		if (f && f->type == CS_FIELD_TEXT)
			return f;
	}
	return NULL;
}

static int put_result(struct planning *b, struct cs_err *e)
{
	const struct cs_field *own = cs_kind_field(b->k, "result");
	struct cs_given g = {"result", b->row->result};

	if (!b->row->result)
		return 0;
	for (size_t i = 0; i < b->p->count; i++) {
		struct cs_intake_move *m = &b->p->move[i];
		const struct cs_field *f = result_of(b->k, m->step);

		if (m->step->to != CS_TO_STATE ||
		    !is_over(cs_kind_state(b->k, m->step->to_state)->is) || !f)
			continue;
		g.name = f->id;
		give(b, &m->set, &m->set_count, &g);
		return 0;
	}
	if (!own)
		return cs_fail(e, CS_REFUSED,
			       "result: the row has no step of kind %s that takes one", b->k->id);
	share_out(b, &g);
	return 0;
}

int cs_intake_plan(const struct cs_kind *k, const struct cs_intake_run *run,
		   const struct cs_intake *row, struct cs_arena *a, struct cs_intake_plan *out,
		   struct cs_err *e)
{
	struct planning b = {
		.k = k, .run = run, .row = row, .a = a, .p = out, .state = k->first_state};

	memset(out, 0, sizeof *out);
	if (put_given(&b, e) < 0 || put_state(&b, e) < 0)
		return -1;
	if (out->count == 0 && !row->result) { /* the common row: nothing to share out */
		out->set = row->req.set;
		out->set_count = row->req.set_count;
		return 0;
	}
	for (size_t i = 0; i < row->req.set_count; i++)
		share_out(&b, &row->req.set[i]);
	return put_result(&b, e);
}
