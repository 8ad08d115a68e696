/* Records as effects. */
#include "domain/record.h"

#include <string.h>

#include "store/ids.h"

int cs_record_id(struct cs_db *db, const struct cs_effects *l, const struct cs_table *t,
		 int64_t *id, struct cs_err *e)
{
	if (cs_id_next(db, t, id, e) < 0)
		return -1;
	for (size_t i = 0; i < l->count; i++) {
		const struct cs_effect *f = &l->effect[i];

		if ((f->op == CS_OP_RECORD || f->op == CS_OP_RECORD_TEXT) &&
		    strcmp(cs_arg_text(f, 0), t->name) == 0 && cs_arg_int(f, 1) >= *id)
			*id = cs_arg_int(f, 1) + 1;
	}
	return 0;
}

void cs_record_int(struct cs_effects *l, const struct cs_table *t, int64_t id, const char *column,
		   int64_t v)
{
	cs_put(l, CS_OP_RECORD, CS_S(t->name), CS_I(id), CS_S(column), CS_I(v));
}

void cs_record_code(struct cs_effects *l, const struct cs_table *t, int64_t id, const char *column,
		    const char *code)
{
	cs_put(l, CS_OP_RECORD, CS_S(t->name), CS_I(id), CS_S(column), CS_S(code));
}

void cs_record_text(struct cs_effects *l, const struct cs_table *t, int64_t id, const char *column,
		    const char *text)
{
	cs_put(l, CS_OP_RECORD_TEXT, CS_S(t->name), CS_I(id), CS_S(column));
	cs_effects_private(
		l, cs_arena_printf(l->arena, "%s.%lld.%s", t->name, (long long)id, column), text);
}

static bool same(const struct cs_table_column *c, const void *was, const void *now)
{
	const char *a, *b;

	if (c->type == CS_COL_INT)
		return cs_row_int(c, was) == cs_row_int(c, now);
	a = cs_row_text(c, was);
	b = cs_row_text(c, now);
	return a && b ? strcmp(a, b) == 0 : a == b;
}

size_t cs_record_row(struct cs_effects *l, const struct cs_table *t, const void *was,
		     const void *now)
{
	void *blank = cs_arena_alloc(l->arena, t->row_size);
	int64_t id = CS_NULL;
	size_t n = 0;

	cs_table_blank(t, blank);
	for (size_t i = 0; i < t->column_count; i++) {
		const struct cs_table_column *c = &t->column[i];

		if (c->key) {
			id = cs_row_int(c, now);
			continue;
		}
		if (same(c, was ? was : blank, now))
			continue;
		n++;
		if (c->type == CS_COL_INT)
			cs_record_int(l, t, id, c->name, cs_row_int(c, now));
		else if (c->personal)
			cs_record_text(l, t, id, c->name, cs_row_text(c, now));
		else
			cs_record_code(l, t, id, c->name, cs_row_text(c, now));
	}
	return n;
}
