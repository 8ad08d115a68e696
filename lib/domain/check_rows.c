/* Records (people, units, persons, ...) and notices beside the events that made them. */
#include <stdlib.h>
#include <string.h>

#include "domain/checking.h"
#include "domain/fold.h"
#include "store/notice.h"
#include "store/rows.h"

#define MISSING (1u << 31) /* the row is not there, and that is said */
#define SEEN    (1u << 30) /* some event speaks of it */
enum { ID_MAX = 1 << 28 }; /* four bytes each; ids are drawn without gaps */

/* For each row of one table a bit for each column whose last value was compared. */
struct seen {
	uint32_t *bits;
	size_t size;
};
struct cs_check_records {
	struct cs_check *c;
	struct seen *seen; /* of the tables that are not a ticket's */
	struct cs_arena arena;
};

struct cs_check_records *cs_check_records_new(struct cs_check *c)
{
	struct cs_check_records *r = cs_alloc(sizeof *r);

	r->c = c;
	r->seen = cs_alloc((cs_table_count - cs_ticket_table_count) * sizeof *r->seen);
	return r;
}

void cs_check_records_free(struct cs_check_records *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < cs_table_count - cs_ticket_table_count; i++)
		free(r->seen[i].bits);
	free(r->seen);
	cs_arena_free(&r->arena);
	free(r);
}

static uint32_t *seen_of(struct cs_check_records *r, const struct cs_table *t, int64_t id)
{
	size_t at = cs_ticket_table_count, size;
	struct seen *s;

	while (cs_tables[at] != t)
		at++;
	s = &r->seen[at - cs_ticket_table_count];
	if ((size_t)id >= s->size) {
		size = s->size * 2 > (size_t)id + 1 ? s->size * 2 : (size_t)id + 64;
		s->bits = cs_realloc(s->bits, size * sizeof *s->bits);
		memset(s->bits + s->size, 0, (size - s->size) * sizeof *s->bits);
		s->size = size;
	}
	return &s->bits[id];
}

static size_t column_at(const struct cs_table *t, const char *name)
{
	size_t i = 0;

	while (i < t->column_count && strcmp(t->column[i].name, name) != 0)
		i++;
	return i;
}

/* One column as one event left it, unless a later event (seen before) left it otherwise. */
static void check_column(struct cs_check_records *r, const struct cs_event *ev,
			 const struct cs_effects *l, const struct cs_effect *f,
			 const struct cs_table *t, const void *stored, uint32_t *bits)
{
	const char *column = cs_arg_text(f, 2) ? cs_arg_text(f, 2) : "";
	size_t at = column_at(t, column);
	struct cs_value v = f->arg[3];
	void *told;

	if (at == t->column_count) {
		cs_check_fault(r->c, "event %lld: table %s has no column '%s'", (long long)ev->id,
			       t->name, column);
		return;
	}
	if (*bits & (1u << at))
		return;
	*bits |= 1u << at;
	if (f->op == CS_OP_RECORD_TEXT) {
		if (ev->erased)
			return;
		v = CS_S(cs_effects_text(l, cs_arena_printf(&r->arena, "%s.%lld.%s", t->name,
							    (long long)cs_arg_int(f, 1), column)));
	}
	told = cs_arena_alloc(&r->arena, t->row_size);
	memcpy(told, stored, t->row_size);
	if (cs_row_set(t, told, column, &v) < 0)
		cs_check_fault(r->c, "event %lld: %s.%s of another type", (long long)ev->id,
			       t->name, column);
	else if (cs_row_differs(t, stored, told))
		cs_check_differs(r->c, t, &t->column[at], stored, told);
}

static bool same_row(const struct cs_effect *f, const struct cs_table *t, int64_t id)
{
	return (f->op == CS_OP_RECORD || f->op == CS_OP_RECORD_TEXT) && cs_arg_int(f, 1) == id &&
	       cs_arg_text(f, 0) && strcmp(cs_arg_text(f, 0), t->name) == 0;
}

/* The effects on one row, which stand together, from l->effect[at] on; returns how many there are.
   */
static int check_record(struct cs_check_records *r, const struct cs_event *ev,
			const struct cs_effects *l, size_t at, size_t *count, struct cs_err *e)
{
	const struct cs_effect *f = &l->effect[at];
	const struct cs_table *t = cs_fold_table(cs_arg_text(f, 0) ? cs_arg_text(f, 0) : "");
	int64_t id = cs_arg_int(f, 1);
	uint32_t *bits;
	void *row;
	int rc;

	*count = 1;
	if (!t || id < 0 || id > ID_MAX) {
		cs_check_fault(r->c, "event %lld: speaks of a row that cannot be: %s %lld",
			       (long long)ev->id, cs_arg_text(f, 0) ? cs_arg_text(f, 0) : "",
			       (long long)id);
		return 0;
	}
	while (at + *count < l->count && same_row(&l->effect[at + *count], t, id))
		++*count;
	cs_arena_reset(&r->arena);
	bits = seen_of(r, t, id);
	row = cs_arena_alloc(&r->arena, t->row_size);
	rc = *bits & MISSING ? 0 : cs_table_find(r->c->db, t, id, &r->arena, row, e);
	if (rc < 0)
		return -1;
	if (rc == 0 && !(*bits & MISSING))
		cs_check_fault(r->c, "%s %lld: recorded by event %lld, but not there", t->name,
			       (long long)id, (long long)ev->id);
	*bits |= rc == 0 ? SEEN | MISSING : SEEN;
	/* of two effects on one column in one event the later holds */
	for (size_t i = *count; rc == 1 && i > 0; i--)
		check_column(r, ev, l, &l->effect[at + i - 1], t, row, bits);
	return 0;
}

int cs_check_records_event(struct cs_check_records *r, const struct cs_event *ev,
			   const struct cs_effects *l, struct cs_err *e)
{
	size_t *start = cs_arena_alloc(l->arena, (l->count + 1) * sizeof *start), groups = 0, n;

	/* groups from the last to the first, for the same row may come twice */
	for (size_t i = 0; i < l->count; i++) {
		const struct cs_effect *f = &l->effect[i];
		bool record = f->op == CS_OP_RECORD || f->op == CS_OP_RECORD_TEXT;

		if (record && (i == 0 || !cs_arg_text(f, 0) || !cs_fold_table(cs_arg_text(f, 0)) ||
			       !same_row(&l->effect[i - 1], cs_fold_table(cs_arg_text(f, 0)),
					 cs_arg_int(f, 1))))
			start[groups++] = i;
	}
	while (groups > 0)
		if (check_record(r, ev, l, start[--groups], &n, e) < 0)
			return -1;
	return 0;
}

static void check_unsaid(struct cs_check_records *r, const struct cs_table *t, const void *row,
			 const void *blank, uint32_t bits)
{
	if (!(bits & SEEN)) {
		cs_check_row(r->c, t, row, "nobody recorded it");
		return;
	}
	for (size_t i = 0; i < t->column_count; i++) {
		const struct cs_table_column *col = &t->column[i];
		bool empty = col->type == CS_COL_TEXT ? !cs_row_text(col, row)
						      : cs_row_int(col, row) == CS_NULL;

		if (!col->key && !empty && !(bits & (1u << i)))
			cs_check_differs(r->c, t, col, row, blank);
	}
}

int cs_check_records_end(struct cs_check_records *r, struct cs_err *e)
{
	for (size_t i = cs_ticket_table_count; i < cs_table_count; i++) {
		const struct cs_table *t = cs_tables[i];
		const struct seen *s = &r->seen[i - cs_ticket_table_count];
		struct cs_stmt *scan = cs_db_prepare(r->c->db, t->scan, e);
		struct cs_arena a = {0};
		void *row = cs_alloc(t->row_size), *blank = cs_alloc(t->row_size);
		int rc = -1;

		cs_table_blank(t, blank);
		if (scan)
			cs_bind_int(scan, ":key", INT64_MIN);
		while (scan && (rc = cs_step(scan, e)) == 1) {
			int64_t id;

			cs_arena_reset(&a);
			cs_table_read(t, scan, &a, row);
			id = cs_row_int(&t->column[0], row);
			check_unsaid(r, t, row, blank,
				     id >= 0 && (size_t)id < s->size ? s->bits[id] : 0);
		}
		cs_arena_free(&a);
		free(row);
		free(blank);
		if (rc < 0)
			return -1;
	}
	return 0;
}

/* --- notices ---------------------------------------------------------------------------------- */

struct cs_check_notices {
	struct cs_check *c;
	struct cs_stmt *walk;
	bool there; /* row is one not yet accounted for */
	struct cs_notice row;
	struct cs_arena arena, told;
};

static int next_notice(struct cs_check_notices *n, struct cs_err *e)
{
	int rc;

	cs_arena_reset(&n->arena);
	rc = cs_notice_next(n->walk, &n->arena, &n->row, e);
	n->there = rc == 1;
	return rc < 0 ? -1 : 0;
}

struct cs_check_notices *cs_check_notices_new(struct cs_check *c, struct cs_err *e)
{
	struct cs_check_notices *n = cs_alloc(sizeof *n);

	n->c = c;
	n->walk = cs_notice_walk_back(c->db, e);
	if (n->walk && next_notice(n, e) == 0)
		return n;
	cs_check_notices_free(n);
	return NULL;
}

void cs_check_notices_free(struct cs_check_notices *n)
{
	if (!n)
		return;
	cs_stmt_done(n->walk);
	cs_arena_free(&n->arena);
	cs_arena_free(&n->told);
	free(n);
}

static void notice_fault(struct cs_check_notices *n, int64_t event, int64_t seq, const char *why)
{
	cs_check_fault(n->c, "notice %lld-%lld: %s", (long long)event, (long long)seq, why);
}

/* Stored notices behind (event, seq): nobody recorded them. */
static int skip_behind(struct cs_check_notices *n, int64_t event, int64_t seq, struct cs_err *e)
{
	while (n->there && (n->row.event > event || (n->row.event == event && n->row.seq > seq))) {
		notice_fault(n, n->row.event, n->row.seq, "nobody recorded it");
		if (next_notice(n, e) < 0)
			return -1;
	}
	return 0;
}

static bool same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static const char *notice_differs(const struct cs_notice *a, const struct cs_notice *b)
{
	if (a->ticket != b->ticket)
		return "ticket: not what the history says";
	if (!same(a->reason, b->reason) || !same(a->what, b->what))
		return "reason: not what the history says";
	if (!same(a->to_kind, b->to_kind) || a->to_id != b->to_id || !same(a->to_code, b->to_code))
		return "to: not what the history says";
	if (a->at != b->at || a->not_before != b->not_before)
		return "time: not what the history says";
	return same(a->text, b->text) ? NULL
				      : "text: not what the history says (personal, not shown)";
}

static int check_notice(struct cs_check_notices *n, const struct cs_event *ev,
			const struct cs_effects *l, const struct cs_effect *f, struct cs_err *e)
{
	struct cs_notice told = {.event = ev->id, .seq = cs_arg_int(f, 0)};
	const char *why;

	if (skip_behind(n, ev->id, told.seq, e) < 0)
		return -1;
	if (!n->there || n->row.event != ev->id || n->row.seq != told.seq) {
		notice_fault(n, ev->id, told.seq, "recorded, but not there");
		return 0;
	}
	told.ticket = strcmp(ev->about, "ticket") == 0 ? ev->subject : CS_NULL;
	told.reason = cs_arg_text(f, 1);
	told.what = cs_arg_text(f, 2);
	told.to_kind = cs_arg_text(f, 3);
	told.to_id = cs_arg_int(f, 4);
	told.to_code = cs_arg_text(f, 5);
	told.at = ev->at;
	told.not_before = cs_arg_int(f, 6);
	cs_arena_reset(&n->told);
	told.text =
		cs_effects_text(l, cs_arena_printf(&n->told, "notice.%lld", (long long)told.seq));
	why = notice_differs(&n->row, &told);
	if (why)
		notice_fault(n, ev->id, told.seq, why);
	return next_notice(n, e);
}

int cs_check_notices_event(struct cs_check_notices *n, const struct cs_event *ev,
			   const struct cs_effects *l, struct cs_err *e)
{
	for (size_t i = l ? l->count : 0; i > 0; i--)
		if (l->effect[i - 1].op == CS_OP_NOTICE &&
		    check_notice(n, ev, l, &l->effect[i - 1], e) < 0)
			return -1;
	return skip_behind(n, ev->id, INT64_MIN, e);
}

int cs_check_notices_end(struct cs_check_notices *n, struct cs_err *e)
{
	return skip_behind(n, INT64_MIN, INT64_MIN, e);
}
