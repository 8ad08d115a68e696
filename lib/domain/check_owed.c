/* What units owe: their events refolded beside the stored rows. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "domain/checking.h"
#include "domain/crossing.h"
#include "domain/duty_time.h"
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

/* moved: by that event; NULL: it arose then. Of what lies before the move only that is told which had not fired by
   then; counted by another edition, what fired does not come again whenever that may be. */
static int reckon(const struct cs_policy *p, const struct cs_duty *rule, const struct cs_owed_row *row, cs_time at,
		  const struct cs_event *moved, struct cs_arena *a, struct cs_duty_times *out, struct cs_err *e)
{
	if (cs_duty_again(p, rule, row, at, a, out, e) < 0)
		return -1;
	if (moved)
		out->crossings = cs_crossings_left(a, out->crossings, row->crossings,
						   strcmp(moved->step, CS_STEP_RECLOCK) == 0 ? INT64_MAX : moved->at);
	return 0;
}

void cs_check_ask_owed(struct cs_check *c, const char *of, const struct cs_event *ev, const struct cs_owed_row *row,
		       cs_time at, bool moved, struct cs_arena *a)
{
	const struct cs_policy *p = cs_session_policy(c->s, row->edition, NULL);
	const struct cs_duty *rule = p ? cs_policy_duty(p, row->duty) : NULL;
	const cs_time due = row->due_at == CS_NULL ? CS_TIME_NONE : row->due_at;
	const struct cs_zone *zone = cs_session_zone(c->s);
	struct cs_duty_times now;
	struct cs_err why = {0};
	struct cs_buf b = {0};
	char then[40], today[40];

	if (!cs_owed_open(row) || !p)
		return;
	cs_buf_printf(&b, "%s: event %lld (%s): duty %s, %s: ", of, (long long)ev->id, ev->step, row->duty, row->cause);
	if (!rule)
		cs_buf_puts(&b, "is not in its edition of the rules");
	else if (reckon(p, rule, row, at, moved ? ev : NULL, a, &now, &why) < 0)
		cs_buf_puts(&b, why.text);
	else if (now.due != due)
		cs_buf_printf(&b, "due: decided %s, now it would be %s",
			      due == CS_TIME_NONE ? "none" : cs_time_text(zone, due, then),
			      now.due == CS_TIME_NONE ? "none" : cs_time_text(zone, now.due, today));
	else if (strcmp(now.crossings ? now.crossings : "", row->crossings ? row->crossings : "") != 0)
		cs_buf_printf(&b, "to come: decided %s, now it would be %s",
			      row->crossings ? row->crossings : "nothing", now.crossings ? now.crossings : "nothing");
	else
		goto out;
	c->remark(c->arg, b.data);
out:
	cs_buf_free(&b);
}

/* Once the event is folded: what it owes anew. */
static void ask_again(struct cs_check_owed *o, const struct cs_event *ev, const struct cs_effects *l)
{
	const struct cs_unit_row *unit = cs_org_unit(&o->c->s->org, o->unit);

	for (size_t i = 0; i < l->count; i++)
		for (size_t k = 0; l->effect[i].op == CS_OP_OWE && k < cs_image_count(&o->im, CS_P_OWED); k++) {
			const struct cs_owed_row *r = cs_image_at(&o->im, CS_P_OWED, k);

			if (strcmp(r->duty, cs_arg_text(&l->effect[i], 0)) == 0 &&
			    strcmp(r->cause, cs_arg_text(&l->effect[i], 1)) == 0)
				cs_check_ask_owed(o->c, unit ? unit->code : "unit", ev, r, CS_TIME_NONE, false,
						  &o->arena);
		}
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
	if (!o->broken && o->c->recompute)
		ask_again(o, ev, &l);
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
