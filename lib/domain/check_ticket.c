/* Tickets: events in the order of their tickets beside the stored rows in the same order, each read
   once. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "domain/checking.h"
#include "domain/counting.h"
#include "domain/fold.h"
#include "domain/image.h"
#include "domain/importance.h"
#include "domain/view.h"
#include "store/ref.h"

/* The stored rows of one table, one ahead. */
struct cursor {
	const struct cs_table *t;
	struct cs_stmt *scan;
	size_t owner; /* the column that names the ticket */
	bool there;
	void *row;
	struct cs_arena arena;
};
struct refold {
	struct cs_check *c;
	struct cursor cursor[CS_P_COUNT];
	struct cs_arena arena; /* of the ticket in hand */
	struct cs_image im;
	int64_t ticket; /* 0: none yet */
	bool broken;
	struct cs_check_owed *owed; /* of units, whose events lie between the tickets' */
	struct cs_check_matters *matters; /* NULL: nothing is asked again */
	size_t not_asked;                 /* ratings */
	char first[CS_REF_SIZE];          /* of whose, of the first of them */
};

static int advance(struct cursor *k, struct cs_err *e)
{
	int rc;

	cs_arena_reset(&k->arena);
	rc = cs_step(k->scan, e);
	k->there = rc == 1;
	if (rc == 1)
		cs_table_read(k->t, k->scan, &k->arena, k->row);
	return rc < 0 ? -1 : 0;
}

static int open_cursors(struct refold *r, struct cs_err *e)
{
	for (size_t i = 0; i < CS_P_COUNT; i++) {
		struct cursor *k = &r->cursor[i];

		k->t = cs_tables[i];
		k->owner = i == CS_P_OWED ? 1 : 0;
		k->row = cs_alloc(k->t->row_size);
		k->scan = cs_db_prepare(r->c->db, k->t->scan, e);
		if (!k->scan)
			return -1;
		cs_bind_int(k->scan, ":key", INT64_MIN);
		if (advance(k, e) < 0)
			return -1;
	}
	return 0;
}

static void close_cursors(struct refold *r)
{
	for (size_t i = 0; i < CS_P_COUNT; i++) {
		cs_stmt_done(r->cursor[i].scan);
		cs_arena_free(&r->cursor[i].arena);
		free(r->cursor[i].row);
	}
	cs_arena_free(&r->arena);
}

static int64_t owner(const struct cursor *k)
{
	return cs_row_int(&k->t->column[k->owner], k->row);
}

/* Stored rows of tickets before this one that no event speaks of. */
static int skip_before(struct refold *r, int64_t ticket, struct cs_err *e)
{
	for (size_t i = 0; i < CS_P_COUNT; i++) {
		struct cursor *k = &r->cursor[i];

		while (k->there && owner(k) < ticket) {
			cs_check_row(r->c, k->t, k->row, "nobody recorded it");
			if (advance(k, e) < 0)
				return -1;
		}
	}
	return 0;
}

static void compare_row(struct refold *r, const struct cs_table *t, const void *stored,
			const void *told)
{
	const struct cs_table_column *col = cs_row_differs(t, stored, told);

	if (col)
		cs_check_differs(r->c, t, col, stored, told);
}

/* Refolded rows (in key order) beside the stored ones of the ticket in hand. */
static int compare_table(struct refold *r, struct cursor *k, const char *told, size_t count,
			 struct cs_err *e)
{
	size_t i = 0;

	while (i < count || (k->there && owner(k) == r->ticket)) {
		const void *row = told + i * k->t->row_size;
		int order = i == count                           ? 1
			    : !k->there || owner(k) != r->ticket ? -1
								 : cs_row_order(k->t, row, k->row);

		if (order < 0)
			cs_check_row(r->c, k->t, row, "recorded, but not there");
		else if (order > 0)
			cs_check_row(r->c, k->t, k->row, "nobody recorded it");
		else
			compare_row(r, k->t, k->row, row);
		if (order <= 0)
			i++;
		if (order >= 0 && advance(k, e) < 0)
			return -1;
	}
	return 0;
}

static int skip_broken(struct refold *r, struct cs_err *e)
{
	for (size_t i = 0; i < CS_P_COUNT; i++)
		while (r->cursor[i].there && owner(&r->cursor[i]) == r->ticket)
			if (advance(&r->cursor[i], e) < 0)
				return -1;
	return 0;
}

static int finish_ticket(struct refold *r, struct cs_err *e)
{
	if (r->ticket == 0)
		return 0;
	if (skip_before(r, r->ticket, e) < 0)
		return -1;
	if (r->broken)
		return skip_broken(r, e);
	cs_image_settle(&r->im);
	if (compare_table(r, &r->cursor[CS_P_TICKET], (const char *)&r->im.t, 1, e) < 0)
		return -1;
	for (size_t i = CS_P_TICKET + 1; i < CS_P_COUNT; i++)
		if (compare_table(r, &r->cursor[i], r->im.part[i].row, r->im.part[i].count, e) < 0)
			return -1;
	return 0;
}

/* Would the clock's edition reckon it so today? */
static void ask_clock(struct refold *r, const struct cs_event *ev, const struct cs_clock_row *row)
{
	char ref[CS_REF_SIZE], then[40], now[40];
	cs_time due = row->due_at == CS_NULL ? CS_TIME_NONE : row->due_at;
	struct cs_counting how;
	struct cs_err why = {0};
	struct cs_buf b = {0};
	const struct cs_zone *zone = cs_session_zone(r->c->s);

	cs_buf_printf(&b, "%s: event %lld (%s): clock %s: ", cs_ref_text(r->ticket, ref),
		      (long long)ev->id, ev->step, row->clock);
	if (cs_clock_counting(r->c->s, &r->im, row, &how, &why) < 0)
		cs_buf_puts(&b, why.text);
	else if (how.due != due)
		cs_buf_printf(&b, "due: decided %s, now it would be %s",
			      due == CS_TIME_NONE ? "none" : cs_time_text(zone, due, then),
			      how.due == CS_TIME_NONE ? "none" : cs_time_text(zone, how.due, now));
	else if (strcmp(how.crossings ? how.crossings : "", row->crossings ? row->crossings : "") !=
		 0)
		cs_buf_printf(&b, "to come: decided %s, now it would be %s",
			      row->crossings ? row->crossings : "nothing",
			      how.crossings ? how.crossings : "nothing");
	else
		goto out;
	r->c->remark(r->c->arg, b.data);
out:
	cs_buf_free(&b);
}

/* Would the rules choose the same rule of the clock? As far as the ticket tells: what they ask of
   customers and staff is as it is now. */
static void ask_rule(struct refold *r, const struct cs_event *ev, const struct cs_clock_row *row)
{
	const struct cs_policy *p = cs_session_policy(r->c->s, row->edition, NULL);
	const struct cs_kind *k = p ? cs_policy_kind(p, r->im.t.kind) : NULL;
	const struct cs_clock *def = k ? cs_kind_clock(k, row->clock) : NULL;
	const struct cs_view v = {.s = r->c->s, .policy = p, .kind = k, .im = &r->im, .at = ev->at,
				  .step = ev->step, .step_actor = ev->actor};
	char ref[CS_REF_SIZE], line[200];
	size_t i = 0;

	if (!def)
		return; /* said by ask_clock */
	while (i < def->rule_count && def->rule[i].when && cs_cond_eval(&v, def->rule[i].when) != CS_TRUE)
		i++;
	if (row->rule == (int64_t)i)
		return;
	snprintf(line, sizeof line,
		 "%s: event %lld (%.40s): clock %.60s: rule: decided %lld, now it would be %lld of %zu",
		 cs_ref_text(r->ticket, ref), (long long)ev->id, ev->step, row->clock, (long long)row->rule + 1,
		 i < def->rule_count ? (long long)i + 1 : 0, def->rule_count);
	r->c->remark(r->c->arg, line);
}

/* Does the condition ask about tickets that are otherwise since? They are answered for as they are now. */
static bool asks_others(const struct refold *r, const struct cs_cond *c, int64_t event)
{
	if (c->op == CS_COND_LINKED && cs_check_link_changed(r->matters, r->ticket, c->name, event))
		return true;
	for (size_t i = 0; i < c->sub_count; i++)
		if (asks_others(r, c->sub[i], event))
			return true;
	return false;
}

static bool rules_ask_others(const struct refold *r, const struct cs_policy *p, int64_t event)
{
	for (size_t i = 0; i < p->importance.rule_count; i++)
		if (asks_others(r, p->importance.rule[i]->when, event))
			return true;
	return false;
}

static void say_class(struct refold *r, const struct cs_event *ev, const struct cs_importance_result *now)
{
	const char *class = r->im.t.importance, *rules = r->im.t.importance_rules;
	char ref[CS_REF_SIZE];
	struct cs_buf b = {0};

	cs_buf_printf(&b, "%s: event %lld (%s): importance: decided %s (%s), now it would be %s (%s)",
		      cs_ref_text(r->ticket, ref), (long long)ev->id, ev->step, class ? class : "none",
		      rules ? rules : "no rule", now->class, now->rules ? now->rules : "no rule");
	r->c->remark(r->c->arg, b.data);
	cs_buf_free(&b);
}

/* Would the event's edition rate it so? Who complained in its matter and what was linked to it is as it was with the
   event. */
static void ask_class(struct refold *r, const struct cs_event *ev)
{
	const struct cs_policy *p = cs_session_policy(r->c->s, ev->edition, NULL);
	const struct cs_kind *k = p ? cs_policy_kind(p, r->im.t.kind) : NULL;
	struct cs_linked linked;
	struct cs_view v = {.s = r->c->s,
			    .policy = p,
			    .kind = k,
			    .im = &r->im,
			    .linked = &linked,
			    .at = ev->at,
			    .step = ev->step,
			    .step_actor = ev->actor};
	cs_time at = r->im.t.rated_at != CS_NULL && r->im.t.rated_at > ev->at ? r->im.t.rated_at : ev->at;
	const char *class = r->im.t.importance, *rules = r->im.t.importance_rules;
	struct cs_importance_study study;
	struct cs_importance_result now = {0};
	struct cs_voices voices;

	if (!k || !cs_importance_rates(p, k->id))
		return;
	cs_check_linked(r->matters, &r->im, ev->id, &linked);
	if (cs_check_matter_voices(r->matters, &r->im, ev->id, k->register_step->id, &voices))
		v.voices = &voices;
	if (cs_importance_study(&study, &v, NULL) == 0)
		cs_importance_at(&study, at, &now);
	if (!now.class || (class && strcmp(class, now.class) == 0 &&
			   (rules ? now.rules && strcmp(rules, now.rules) == 0 : !now.rules)))
		return;
	if (!rules_ask_others(r, p, ev->id))
		say_class(r, ev, &now);
	else if (r->not_asked++ == 0)
		cs_ref_text(r->ticket, r->first);
}

static void say_not_asked(const struct refold *r)
{
	char line[200];

	if (r->not_asked == 0)
		return;
	snprintf(line, sizeof line,
		 "importance: %zu rating%s not compared (the first of %s): the rules ask about linked tickets, and one "
		 "that was linked has changed since",
		 r->not_asked, r->not_asked == 1 ? " is" : "s are", r->first);
	r->c->remark(r->c->arg, line);
}

/* Does the event rate the ticket? Steps of its kind do, and ratings; a merge and its undoing are followed by one, rungs
   and the like leave the class as it is. */
static bool is_rated_by(const struct refold *r, const struct cs_event *ev)
{
	const struct cs_policy *p = cs_session_policy(r->c->s, ev->edition, NULL);
	const struct cs_kind *k = p ? cs_policy_kind(p, r->im.t.kind) : NULL;

	if (strcmp(ev->step, CS_STEP_MERGE) == 0 || strcmp(ev->step, CS_STEP_UNMERGE) == 0)
		return false;
	return k && (strcmp(ev->step, CS_STEP_RATE) == 0 || cs_kind_step(k, ev->step));
}

/* The time in the field that the duty goes by; CS_TIME_NONE: it has none. */
static cs_time field_time(struct refold *r, const struct cs_policy *p, const struct cs_duty *rule)
{
	const struct cs_kind *k = p ? cs_policy_kind(p, r->im.t.kind) : NULL;
	const struct cs_field *f = k && rule && rule->on_field ? cs_kind_field(k, rule->on_field) : NULL;
	const struct cs_view v = {.s = r->c->s, .policy = p, .kind = k, .im = &r->im};
	struct cs_value value = f ? cs_view_value(&v, rule->on_field) : (struct cs_value){0};

	if (value.type != CS_V_INT)
		return CS_TIME_NONE;
	return f->type == CS_FIELD_DATE ? cs_day_start(p->zone, (int32_t)value.i + 1) : value.i;
}

/* Would the row's edition reckon it so? By a field: from the time that it holds now. */
static void ask_duty(struct refold *r, const struct cs_event *ev, const struct cs_effect *f)
{
	const char *duty = cs_arg_text(f, 0), *cause = cs_arg_text(f, 1);
	char ref[CS_REF_SIZE];

	if (f->op == CS_OP_DUTY_MOVE && !cs_arg_text(f, 3))
		return; /* told no more; its due is the old one */
	for (size_t i = 0; i < cs_image_count(&r->im, CS_P_OWED); i++) {
		const struct cs_owed_row *row = cs_image_at(&r->im, CS_P_OWED, i);
		const struct cs_policy *p = cs_session_policy(r->c->s, row->edition, NULL);
		const struct cs_duty *rule = p ? cs_policy_duty(p, row->duty) : NULL;

		if (strcmp(row->duty, duty) == 0 && strcmp(row->cause, cause) == 0)
			cs_check_ask_owed(r->c, cs_ref_text(r->ticket, ref), ev, row, field_time(r, p, rule),
					  f->op == CS_OP_DUTY_MOVE, &r->arena);
	}
}

static void ask_again(struct refold *r, const struct cs_event *ev, const struct cs_effects *l)
{
	if (is_rated_by(r, ev))
		ask_class(r, ev);
	for (size_t i = 0; i < l->count; i++) {
		const struct cs_effect *f = &l->effect[i];
		const struct cs_clock_row *row;

		if (f->op == CS_OP_OWE || f->op == CS_OP_DUTY_MOVE)
			ask_duty(r, ev, f);
		if (f->op != CS_OP_CLOCK && f->op != CS_OP_PAUSE && f->op != CS_OP_RESUME &&
		    f->op != CS_OP_RECLOCK)
			continue;
		row = cs_image_clock(&r->im, cs_arg_text(f, 0) ? cs_arg_text(f, 0) : "");
		if (row && !row->verdict && f->op == CS_OP_CLOCK)
			ask_rule(r, ev, row);
		if (row && !row->verdict)
			ask_clock(r, ev, row);
	}
}

static void fold(struct refold *r, const struct cs_event *ev)
{
	struct cs_effects l = {.arena = &r->arena};
	struct cs_err why = {0};
	char ref[CS_REF_SIZE];

	if (r->broken)
		return;
	if (cs_effects_read(&l, ev->facts, ev->private_part, &why) < 0 ||
	    cs_fold_ticket(&r->im, ev, &l, &why) < 0) {
		cs_check_fault(r->c, "ticket %s: event %lld: %s", cs_ref_text(r->ticket, ref),
			       (long long)ev->id, why.text);
		r->broken = true;
	} else if (r->c->recompute)
		ask_again(r, ev, &l);
}

static int walk_tickets(struct refold *r, struct cs_err *e)
{
	struct cs_stmt *walk = cs_event_walk_subjects(r->c->db, e);
	struct cs_event ev;
	int rc = -1;

	while (walk && (rc = cs_event_next(walk, &ev, e)) == 1) {
		if (strcmp(ev.about, "unit") == 0 && cs_check_owed_event(r->owed, &ev, e) < 0) {
			cs_stmt_done(walk);
			return -1;
		}
		if (strcmp(ev.about, "ticket") != 0)
			continue;
		if (ev.subject != r->ticket) {
			if (finish_ticket(r, e) < 0) {
				cs_stmt_done(walk);
				return -1;
			}
			cs_arena_reset(&r->arena);
			cs_image_init(&r->im, &r->arena);
			r->ticket = ev.subject;
			r->broken = false;
		}
		fold(r, &ev);
	}
	if (rc == 0)
		rc = finish_ticket(r, e) < 0 || skip_before(r, INT64_MAX, e) < 0 ? -1 : 0;
	return rc;
}

int cs_check_tickets(struct cs_check *c, struct cs_err *e)
{
	struct refold *r = cs_alloc(sizeof *r);
	int rc;

	r->c = c;
	r->owed = cs_check_owed_new(c, e);
	if (c->recompute)
		r->matters = cs_check_matters_new(c, e);
	rc = !r->owed || (c->recompute && !r->matters) || open_cursors(r, e) < 0 ? -1 : walk_tickets(r, e);
	if (rc == 0)
		say_not_asked(r);
	if (rc == 0)
		rc = cs_check_owed_end(r->owed, e);
	cs_check_owed_free(r->owed);
	cs_check_matters_free(r->matters);
	close_cursors(r);
	free(r);
	return rc;
}
