/* Fold of what does not belong to a ticket: records and notices. */
#include <string.h>

#include "domain/fold.h"
#include "store/draw.h"
#include "store/notice.h"
#include "store/owed.h"
#include "store/rows.h"

const struct cs_table *cs_fold_table(const char *name)
{
	for (size_t i = cs_ticket_table_count; i < cs_table_count; i++)
		if (strcmp(cs_tables[i]->name, name) == 0)
			return cs_tables[i];
	return NULL;
}

static bool speaks_of(const struct cs_effect *f, const struct cs_table *t, int64_t id)
{
	return (f->op == CS_OP_RECORD || f->op == CS_OP_RECORD_TEXT) && cs_arg_int(f, 1) == id &&
	       cs_arg_text(f, 0) && strcmp(cs_arg_text(f, 0), t->name) == 0;
}

int cs_fold_record(const struct cs_effects *l, size_t *at, const struct cs_table *t, int64_t id, void *row,
		   struct cs_err *e)
{
	struct cs_value key = CS_I(id);

	cs_row_set(t, row, "id", &key);
	for (; *at < l->count && speaks_of(&l->effect[*at], t, id); ++*at) {
		const struct cs_effect *f = &l->effect[*at];
		const char *column = cs_arg_text(f, 2);
		struct cs_value v = f->arg[3];

		if (f->op == CS_OP_RECORD_TEXT)
			v = CS_S(cs_effects_text(
				l, cs_arena_printf(l->arena, "%s.%lld.%s", t->name, (long long)id, column)));
		if (!column || cs_row_set(t, row, column, &v) < 0)
			return cs_fail(e, CS_IO, "record %s %lld: no column '%s' of that type", t->name, (long long)id,
				       column ? column : "");
	}
	return 0;
}

static int save_record(struct cs_db *db, const struct cs_effects *l, size_t *at, struct cs_err *e)
{
	const struct cs_effect *f = &l->effect[*at];
	const struct cs_table *t = cs_fold_table(cs_arg_text(f, 0) ? cs_arg_text(f, 0) : "");
	int64_t id = cs_arg_int(f, 1);
	void *row;
	int found;

	if (!t)
		return cs_fail(e, CS_INTERNAL, "record: no table '%s'", cs_arg_text(f, 0));
	row = cs_arena_alloc(l->arena, t->row_size);
	cs_table_blank(t, row);
	found = cs_table_find(db, t, id, l->arena, row, e);
	if (found < 0 || cs_fold_record(l, at, t, id, row, e) < 0)
		return -1;
	return found ? cs_table_save(db, t, row, e) : cs_table_add(db, t, row, e);
}

static int save_notice(struct cs_db *db, const struct cs_event *ev, const struct cs_effects *l,
		       const struct cs_effect *f, struct cs_err *e)
{
	struct cs_notice n = {
		.event = ev->id,
		.seq = cs_arg_int(f, 0),
		.ticket = strcmp(ev->about, "ticket") == 0 ? ev->subject : CS_NULL,
		.reason = cs_arg_text(f, 1),
		.what = cs_arg_text(f, 2),
		.to_kind = cs_arg_text(f, 3),
		.to_id = cs_arg_int(f, 4),
		.to_code = cs_arg_text(f, 5),
		.at = ev->at,
		.not_before = cs_arg_int(f, 6),
	};

	n.text = cs_effects_text(l, cs_arena_printf(l->arena, "notice.%lld", (long long)n.seq));
	return cs_notice_add(db, &n, e);
}

static int save_drawn(struct cs_db *db, const struct cs_effect *f, struct cs_err *e)
{
	struct cs_draw_item item = {
		.draw = cs_arg_int(f, 0), .stratum = cs_arg_text(f, 1), .place = cs_arg_int(f, 2),
		.ticket = cs_arg_int(f, 3), .role = cs_arg_text(f, 4), .reason = cs_arg_text(f, 5),
	};

	return cs_draw_item_save(db, &item, e);
}

/* What a ticket owes is folded with the ticket. */
static int save_owed(struct cs_db *db, const struct cs_event *ev, const struct cs_effects *l, const struct cs_effect *f,
		     struct cs_err *e)
{
	const struct cs_owed_key key = {ev->about, ev->subject, cs_arg_text(f, 0), cs_arg_text(f, 1)};
	struct cs_owed_row r;
	int found;

	if (!key.duty || !key.cause)
		return cs_fail(e, CS_IO, "effect '%s': a name is missing", cs_op_word(f->op));
	cs_table_blank(&cs_owed_table, &r);
	r.about = key.about;
	r.subject = key.subject;
	found = cs_owed_find(db, &key, l->arena, &r, e);
	if (found == 0 && f->op != CS_OP_OWE)
		return cs_fail(e, CS_IO, "effect '%s' %s: not owed", cs_op_word(f->op), key.duty);
	if (found < 0 || cs_fold_owed(&r, ev, f, l->arena, e) < 0)
		return -1;
	return found ? cs_table_save(db, &cs_owed_table, &r, e) : cs_table_add(db, &cs_owed_table, &r, e);
}

int cs_fold_rest(struct cs_db *db, const struct cs_event *ev, const struct cs_effects *l, struct cs_err *e)
{
	const bool ticket = strcmp(ev->about, "ticket") == 0;

	for (size_t i = 0; i < l->count;) {
		enum cs_op op = l->effect[i].op;

		if (!ticket && cs_fold_is_owed(op) && save_owed(db, ev, l, &l->effect[i], e) < 0)
			return -1;
		if (op == CS_OP_RECORD || op == CS_OP_RECORD_TEXT) {
			if (save_record(db, l, &i, e) < 0)
				return -1;
			continue;
		}
		if (op == CS_OP_DRAWN && save_drawn(db, &l->effect[i], e) < 0)
			return -1;
		if (op == CS_OP_NOTICE && save_notice(db, ev, l, &l->effect[i], e) < 0)
			return -1;
		i++;
	}
	return 0;
}
