/* Importance as effects: the class, which rules made it, what must be found out, when to look again. */
#include <string.h>

#include "domain/decision.h"
#include "domain/importance.h"
#include "store/owed.h"

/* What brought about the duty to find out a field; once a ticket. */
static const char *cause_of(struct cs_decision *d, const char *field)
{
	return cs_arena_printf(d->after.arena, "unknown/%s", field);
}

static const struct cs_owed_row *owed(struct cs_decision *d, const struct cs_importance_unknown *u)
{
	const char *cause = cause_of(d, u->field);

	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_OWED); i++) {
		const struct cs_owed_row *o = cs_image_at(&d->after, CS_P_OWED, i);

		if (strcmp(o->duty, u->duty) == 0 && strcmp(o->cause, cause) == 0 && o->waived_at == CS_NULL)
			return o;
	}
	return NULL;
}

static bool same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static void set_class(struct cs_decision *d, const struct cs_importance_result *now)
{
	const struct cs_ids *scale = &d->v.policy->importance.scale;
	const char *peak = d->after.t.importance_peak;

	if (!same(d->after.t.importance, now->class))
		cs_emit(d, CS_OP_SET, CS_S("importance"), CS_S(now->class));
	if (!peak || cs_ids_index(scale, now->class) > cs_ids_index(scale, peak))
		cs_emit(d, CS_OP_SET, CS_S("importance_peak"), CS_S(now->class));
	if (!same(d->after.t.importance_rules, now->rules))
		cs_emit(d, CS_OP_SET, CS_S("importance_rules"), CS_S(now->rules));
}

/* What was asked for is found out. */
static void discharge(struct cs_decision *d, const struct cs_importance_study *s)
{
	const struct cs_importance *im = &d->v.policy->importance;

	for (size_t i = 0; i < im->unknown_count; i++) {
		const struct cs_owed_row *o = owed(d, &im->unknown[i]);

		if (o && cs_owed_open(o) && cs_importance_known(s, im->unknown[i].field))
			cs_emit(d, CS_OP_DONE, CS_S(o->duty), CS_S(o->cause));
	}
}

static int find_out(struct cs_decision *d, const struct cs_importance_result *now, struct cs_err *e)
{
	for (size_t i = 0; i < now->open_count; i++)
		if (!owed(d, now->open[i]) &&
		    cs_decide_owe(d, now->open[i]->duty, cause_of(d, now->open[i]->field), e) < 0)
			return -1;
	return 0;
}

static bool is_closed(const struct cs_decision *d)
{
	return strcmp(d->after.t.state_is, "closed") == 0;
}

static bool asks_more(struct cs_decision *d, const struct cs_importance_result *r)
{
	for (size_t i = 0; i < r->open_count; i++)
		if (!owed(d, r->open[i]))
			return true;
	return false;
}

/* The first moment from which it would be rated otherwise, though nothing more happens. A closed ticket rests. */
static cs_time next_wake(struct cs_decision *d, const struct cs_importance_study *s, cs_time at,
			 const struct cs_importance_result *now)
{
	struct cs_importance_result then;

	if (is_closed(d))
		return CS_TIME_NONE;
	for (size_t i = 0; i < s->moment.count; i++) {
		if (s->moment.at[i] <= at)
			continue;
		cs_importance_at(s, s->moment.at[i], &then);
		if (!same(then.rules, now->rules) || asks_more(d, &then))
			return s->moment.at[i];
	}
	return CS_TIME_NONE;
}

static void set_wake(struct cs_decision *d, cs_time wake)
{
	if (d->after.t.wake_at != wake)
		cs_emit(d, CS_OP_SET, CS_S("wake_at"), CS_I(wake));
}

/* What is closed, or merged into another, owes nothing more: the ticket that goes on does. Taken up again it owes what
   a change from the class it was left in brings about, and what the closing had ended undone. */
static int class_duties(struct cs_decision *d, const struct cs_image *before, const char *was, const char *now,
			struct cs_err *e)
{
	const bool history = d->req && d->req->history;
	const char *left_in = d->after.t.duty_class ? d->after.t.duty_class : was;

	if (is_closed(d)) {
		if (!history && left_in && !d->after.t.duty_class && !same(left_in, now))
			cs_emit(d, CS_OP_SET, CS_S("duty_class"), CS_S(left_in));
		return 0;
	}
	if (d->after.t.duty_class)
		cs_emit(d, CS_OP_SET, CS_S("duty_class"), CS_S(NULL));
	if (history)
		return 0;
	if (!same(left_in, now))
		return cs_decide_class_changed(d, left_in, now, e);
	return before->t.cycle < d->after.t.cycle ? cs_decide_class_again(d, e) : 0;
}

int cs_decide_importance(struct cs_decision *d, const struct cs_image *before, struct cs_err *e)
{
	/* A step entered late does not undo what time has done since. */
	cs_time at = d->after.t.rated_at != CS_NULL && d->after.t.rated_at > d->ev.at ? d->after.t.rated_at : d->ev.at;
	const char *was = d->after.t.importance;
	struct cs_importance_study s;
	struct cs_importance_result now;

	if (!cs_importance_rates(d->v.policy, d->after.t.kind)) {
		set_wake(d, CS_TIME_NONE);
		return 0;
	}
	if (cs_importance_study(&s, &d->v, e) < 0)
		return -1;
	cs_importance_at(&s, at, &now);
	set_class(d, &now);
	discharge(d, &s);
	if (!(d->req && d->req->history) && !is_closed(d) && find_out(d, &now, e) < 0)
		return -1;
	set_wake(d, next_wake(d, &s, at, &now));
	if (was ? strcmp(was, now.class) != 0 : now.rules != NULL)
		cs_decide_priority(d, before);
	return class_duties(d, before, was, now.class, e);
}
