/* Filters. */
#include "domain/filter.h"

#include <string.h>

#include "store/list.h"
#include "store/ref.h"

void cs_filter_init(struct cs_filter *f)
{
	memset(f, 0, sizeof *f);
	f->unit = f->place = f->accepting = f->causing = f->assignee = f->responsible = f->level = CS_NULL;
	f->opened_from = f->opened_to = f->done_from = f->done_to = f->due_before = CS_TIME_NONE;
}

/* The filter at work. tree: one flag per unit of the organisation, for each unit filter. */
struct walk {
	struct cs_session *s;
	const struct cs_filter *f;
	bool *unit, *place, *accepting, *causing;
	uint64_t need;
	struct cs_arena a;
};

static bool *tree_of(struct walk *w, int64_t top)
{
	const struct cs_org *o = &w->s->org;
	bool *in;

	if (top == CS_NULL)
		return NULL;
	in = cs_arena_alloc(&w->a, o->unit_count + 1);
	for (size_t i = 0; i < o->unit_count; i++)
		in[i] = cs_org_below(o, o->unit[i].id, top);
	return in;
}

static bool in_tree(const struct walk *w, const bool *tree, int64_t unit)
{
	const struct cs_unit_row *u = tree ? cs_org_unit(&w->s->org, unit) : NULL;

	return !tree || (u && tree[u - w->s->org.unit]);
}

static bool same(const char *wanted, const char *is)
{
	return !wanted || (is && strcmp(wanted, is) == 0);
}

/* eng has eng.leak below it. */
static bool below(const char *category, const char *is)
{
	size_t n;

	if (!category)
		return true;
	n = strlen(category);
	return is && strncmp(is, category, n) == 0 && (is[n] == '\0' || is[n] == '.');
}

static bool in_state(const char *wanted, const struct cs_ticket_row *t)
{
	if (!wanted || strcmp(wanted, t->state) == 0 || strcmp(wanted, t->state_is) == 0)
		return true;
	return strcmp(wanted, "open") == 0 && strcmp(t->state_is, "waiting") == 0;
}

static bool in_stock(const struct cs_ticket_row *t)
{
	return strcmp(t->state_is, "open") == 0 || strcmp(t->state_is, "waiting") == 0;
}

static bool in_time(cs_time t, cs_time from, cs_time to)
{
	if (from == CS_TIME_NONE && to == CS_TIME_NONE)
		return true;
	return t != CS_NULL && t >= from && (to == CS_TIME_NONE || t < to);
}

bool cs_ticket_has_due(const struct cs_ticket_row *t)
{
	return (t->late == CS_NULL || t->late == CS_LATE_RUNNING) && t->due_at != CS_NULL && in_stock(t);
}

static bool due_fits(const struct walk *w, const struct cs_ticket_row *t)
{
	const struct cs_filter *f = w->f;
	bool runs = cs_ticket_has_due(t);

	if (f->overdue && !(runs && t->due_at < w->s->now))
		return false;
	if (f->due_before != CS_TIME_NONE && !(runs && t->due_at < f->due_before))
		return false;
	return !f->late || (t->late != CS_NULL && t->late != 0);
}

static bool has_words(const struct cs_filter *f, const char *subject)
{
	for (size_t i = 0; i < f->word_count; i++)
		if (!subject || !strcasestr(subject, f->word[i]))
			return false;
	return true;
}

static bool fits(const struct walk *w, const struct cs_ticket_row *t)
{
	const struct cs_filter *f = w->f;

	return same(f->kind, t->kind) && in_state(f->state, t) && same(f->channel, t->channel) &&
	       below(f->category, t->category) && same(f->specialty, t->specialty) &&
	       same(f->importance, t->importance) && same(f->importance_peak, t->importance_peak) &&
	       same(f->priority, t->priority) && same(f->validity, t->validity) &&
	       in_time(t->opened_at, f->opened_from, f->opened_to) && in_time(t->done_at, f->done_from, f->done_to) &&
	       (f->assignee == CS_NULL || t->assignee == f->assignee) &&
	       (f->responsible == CS_NULL || t->responsible == f->responsible) &&
	       (f->level == CS_NULL || t->level >= f->level) && due_fits(w, t) &&
	       in_tree(w, w->unit, t->handling != CS_NULL ? t->handling : t->accepting) &&
	       in_tree(w, w->place, t->place) && in_tree(w, w->accepting, t->accepting) &&
	       in_tree(w, w->causing, t->causing) && has_words(f, t->subject);
}

static uint64_t own_need(const struct cs_filter *f)
{
	const struct {
		bool asked;
		const char *column;
	} all[] = {
		{true, "id"},
		{true, "kind"},
		{true, "state"},
		{true, "state_is"},
		{true, "opened_at"},
		{true, "done_at"},
		{true, "due_at"},
		{true, "late"},
		{true, "level"},
		{true, "handling"},
		{true, "accepting"},
		{f->place != CS_NULL, "place"},
		{f->causing != CS_NULL, "causing"},
		{f->assignee != CS_NULL, "assignee"},
		{f->responsible != CS_NULL, "responsible"},
		{f->channel, "channel"},
		{f->category, "category"},
		{f->specialty, "specialty"},
		{f->importance, "importance"},
		{f->importance_peak, "importance_peak"},
		{f->priority, "priority"},
		{f->validity, "validity"},
		{f->word_count > 0, "subject"},
	};
	uint64_t need = 0;

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i].asked)
			need |= cs_table_bit(&cs_ticket_table, all[i].column);
	return need;
}

/* The tickets that an index names, when one does: 1 with the list, 0 there is none, -1. */
static int shortest(struct walk *w, struct cs_id_list *l, struct cs_err *e)
{
	const struct cs_filter *f = w->f;
	cs_time due = f->overdue ? w->s->now : CS_TIME_NONE;

	if (f->due_before != CS_TIME_NONE && (due == CS_TIME_NONE || f->due_before < due))
		due = f->due_before;
	if (f->among) {
		*l = *f->among;
		return 1;
	}
	if (due != CS_TIME_NONE || (f->state && (strcmp(f->state, "open") == 0 || strcmp(f->state, "waiting") == 0)))
		return cs_list_open(w->s->db, due, &w->a, l, e) < 0 ? -1 : 1;
	if (f->done_from != CS_TIME_NONE)
		return cs_list_done(w->s->db, f->done_from, f->done_to, &w->a, l, e) < 0 ? -1 : 1;
	return 0;
}

static int visit(struct walk *w, struct cs_stmt *st, int64_t end,
		 int (*each)(const struct cs_ticket_row *t, void *arg, struct cs_err *e), void *arg, struct cs_err *e)
{
	struct cs_ticket_row t;
	int rc;

	cs_table_blank(&cs_ticket_table, &t);
	while ((rc = cs_step(st, e)) == 1) {
		cs_table_borrow(&cs_ticket_table, st, w->need, &t);
		rc = t.id >= end ? 1 : fits(w, &t) ? each(&t, arg, e) : 0;
		if (rc != 0) {
			cs_stmt_done(st);
			break;
		}
	}
	return rc;
}

/* The opening days as a range of references; one day more on each side, in case the zone of the rules has changed. */
static int walk_range(struct walk *w, int (*each)(const struct cs_ticket_row *t, void *arg, struct cs_err *e),
		      void *arg, struct cs_err *e)
{
	const struct cs_zone *z = cs_session_zone(w->s);
	struct cs_stmt *st = cs_db_prepare(w->s->db, cs_ticket_table.scan, e);
	int64_t from = 0, to = INT64_MAX;

	if (!st)
		return -1;
	if (w->f->opened_from != CS_TIME_NONE)
		from = cs_ref_first(cs_time_day(z, w->f->opened_from) - 1);
	if (w->f->opened_to != CS_TIME_NONE)
		to = cs_ref_first(cs_time_day(z, w->f->opened_to) + 2);
	cs_bind_int(st, ":key", from);
	return visit(w, st, to, each, arg, e) < 0 ? -1 : 0;
}

int cs_filter_walk(struct cs_session *s, const struct cs_filter *f, uint64_t need,
		   int (*each)(const struct cs_ticket_row *t, void *arg, struct cs_err *e), void *arg, struct cs_err *e)
{
	struct walk w = {.s = s, .f = f, .need = need | own_need(f)};
	struct cs_arena row = {0};
	struct cs_id_list l = {0};
	int rc;

	w.unit = tree_of(&w, f->unit);
	w.place = tree_of(&w, f->place);
	w.accepting = tree_of(&w, f->accepting);
	w.causing = tree_of(&w, f->causing);
	rc = shortest(&w, &l, e);
	if (rc == 0) {
		rc = walk_range(&w, each, arg, e);
		goto out;
	}
	if (rc > 0)
		rc = 0;
	/* Each is copied: whoever is called with it may read tickets by the same statement. */
	for (size_t i = 0; rc == 0 && i < l.count; i++) {
		struct cs_ticket_row t;

		cs_arena_reset(&row);
		rc = cs_table_find(s->db, &cs_ticket_table, l.id[i], &row, &t, e);
		if (rc == 1)
			rc = fits(&w, &t) ? each(&t, arg, e) : 0;
	}
	if (rc > 0)
		rc = 0;
out:
	cs_arena_free(&row);
	cs_arena_free(&w.a);
	return rc;
}
