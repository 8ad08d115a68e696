/* What units owe: their events refolded beside the stored rows. */
#include <stdlib.h>
#include <string.h>

#include "domain/checking.h"
#include "domain/fold.h"
#include "domain/image.h"
#include "store/owed.h"

/* The stored rows come one ahead, in the order of the key. */
struct cs_check_owed {
	struct cs_check *c;
	struct cs_stmt *walk;
	bool there;
	struct cs_owed_row row;
	struct cs_arena row_arena, arena; /* arena: of the unit in hand */
	struct cs_image im;               /* holds its rows */
	int64_t unit;                     /* 0: none yet */
	bool broken;
};

static int advance(struct cs_check_owed *o, struct cs_err *e)
{
	int rc;

	cs_arena_reset(&o->row_arena);
	rc = cs_owed_next(o->walk, &o->row_arena, &o->row, e);
	o->there = rc == 1;
	return rc < 0 ? -1 : 0;
}

struct cs_check_owed *cs_check_owed_new(struct cs_check *c, struct cs_err *e)
{
	struct cs_check_owed *o = cs_alloc(sizeof *o);

	o->c = c;
	o->walk = cs_owed_walk_others(c->db, e);
	if (o->walk && advance(o, e) == 0)
		return o;
	cs_check_owed_free(o);
	return NULL;
}

void cs_check_owed_free(struct cs_check_owed *o)
{
	if (!o)
		return;
	cs_stmt_done(o->walk);
	cs_arena_free(&o->row_arena);
	cs_arena_free(&o->arena);
	free(o);
}

static int by_key(const void *a, const void *b)
{
	return cs_row_order(&cs_owed_table, a, b);
}

/* Behind the last row of the table nothing is told. */
static int compare(struct cs_check_owed *o, const struct cs_owed_row *told, struct cs_err *e)
{
	int order = 1;

	while (o->there && (!told || (order = cs_row_order(&cs_owed_table, &o->row, told)) < 0)) {
		cs_check_row(o->c, &cs_owed_table, &o->row, "nobody recorded it");
		if (advance(o, e) < 0)
			return -1;
	}
	if (!told)
		return 0;
	if (!o->there || order > 0) {
		cs_check_row(o->c, &cs_owed_table, told, "recorded, but not there");
		return 0;
	}
	if (cs_row_differs(&cs_owed_table, &o->row, told))
		cs_check_differs(o->c, &cs_owed_table, cs_row_differs(&cs_owed_table, &o->row, told), &o->row, told);
	return advance(o, e);
}

static int skip_broken(struct cs_check_owed *o, struct cs_err *e)
{
	while (o->there && strcmp(o->row.about, "unit") == 0 && o->row.subject <= o->unit)
		if (advance(o, e) < 0)
			return -1;
	return 0;
}

static int finish(struct cs_check_owed *o, struct cs_err *e)
{
	struct cs_part *p = &o->im.part[CS_P_OWED];

	if (o->unit == 0)
		return 0;
	if (o->broken)
		return skip_broken(o, e);
	if (p->count > 1)
		qsort(p->row, p->count, sizeof(struct cs_owed_row), by_key);
	for (size_t i = 0; i < p->count; i++)
		if (compare(o, cs_image_at(&o->im, CS_P_OWED, i), e) < 0)
			return -1;
	return 0;
}

static struct cs_owed_row *row_of(struct cs_check_owed *o, const struct cs_effect *f)
{
	const char *duty = cs_arg_text(f, 0) ? cs_arg_text(f, 0) : "",
		   *cause = cs_arg_text(f, 1) ? cs_arg_text(f, 1) : "";
	struct cs_owed_row *r;

	for (size_t i = cs_image_count(&o->im, CS_P_OWED); i > 0; i--) {
		r = cs_image_at(&o->im, CS_P_OWED, i - 1);
		if (strcmp(r->cause, cause) == 0 && strcmp(r->duty, duty) == 0)
			return r;
	}
	r = cs_image_add(&o->im, CS_P_OWED);
	r->about = "unit";
	r->subject = o->unit;
	return r;
}

static void fold(struct cs_check_owed *o, const struct cs_event *ev)
{
	struct cs_effects l = {.arena = &o->arena};
	struct cs_err why = {0};

	if (cs_effects_read(&l, ev->facts, NULL, &why) < 0)
		o->broken = true; /* said with the chain */
	for (size_t i = 0; !o->broken && i < l.count; i++) {
		struct cs_owed_row *r;

		if (!cs_fold_is_owed(l.effect[i].op))
			continue;
		r = row_of(o, &l.effect[i]);
		if (!r->duty && l.effect[i].op != CS_OP_OWE) {
			cs_fail(&why, CS_IO, "effect '%s': not owed", cs_op_word(l.effect[i].op));
			o->broken = true;
		} else if (cs_fold_owed(r, ev, &l.effect[i], &o->arena, &why) < 0) {
			o->broken = true;
		}
		if (o->broken)
			cs_check_fault(o->c, "unit %lld: event %lld: %s", (long long)o->unit, (long long)ev->id,
				       why.text);
	}
}

int cs_check_owed_event(struct cs_check_owed *o, const struct cs_event *ev, struct cs_err *e)
{
	if (ev->subject != o->unit) {
		if (finish(o, e) < 0)
			return -1;
		cs_arena_reset(&o->arena);
		cs_image_init(&o->im, &o->arena);
		o->unit = ev->subject;
		o->broken = false;
	}
	if (!o->broken)
		fold(o, ev);
	return 0;
}

int cs_check_owed_end(struct cs_check_owed *o, struct cs_err *e)
{
	return finish(o, e) < 0 ? -1 : compare(o, NULL, e);
}
