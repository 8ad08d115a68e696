/* What follows from a step: call-backs to make, duties owed, people to tell. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "domain/access.h"
#include "domain/callback.h"
#include "domain/clock.h"
#include "domain/decision.h"
#include "store/customer.h"
#include "store/ref.h"

void cs_decide_notice(struct cs_decision *d, const struct cs_target *to, const char *reason, const char *what,
		      const char *text)
{
	struct cs_arena *a = d->after.arena;
	const char *kind = NULL, *code = NULL;

	switch (to->kind) {
	case CS_TARGET_STAFF: kind = "staff"; break;
	case CS_TARGET_CUSTOMER: kind = "customer"; break;
	case CS_TARGET_BODY:
		kind = "body";
		code = to->code;
		break;
	case CS_TARGET_UNIT: kind = "unit"; break;
	case CS_TARGET_NONE: return;
	}
	d->notice_seq++;
	if (to->wanted)
		text = cs_arena_printf(a, "%s; 空缺岗位 vacant post: %s", text, to->wanted);
	cs_effects_private(d->out, cs_arena_printf(a, "notice.%lld", (long long)d->notice_seq), text);
	cs_emit(d, CS_OP_NOTICE, CS_I(d->notice_seq), CS_S(reason), CS_S(what), CS_S(kind), CS_I(to->id), CS_S(code),
		CS_I(d->ev.at));
}

int cs_decide_tell(struct cs_decision *d, struct cs_err *e)
{
	struct cs_arena *a = d->after.arena;
	char ref[CS_REF_SIZE];
	struct cs_target *to;
	const char *text;
	size_t count = 0;
	bool secret;

	(void)e;
	if (d->step->tell.count == 0)
		return 0;
	secret = cs_access_secret(&d->v);
	text = cs_arena_printf(
		a, "%s %s: %s%s%s", cs_ref_text(d->after.t.id, ref),
		cs_policy_label(d->v.policy, "zh", cs_arena_printf(a, "kinds/%s/steps/%s", d->v.kind->id, d->step->id)),
		d->after.t.subject && !secret ? d->after.t.subject : "", d->req->note && !secret ? ": " : "",
		d->req->note && !secret ? d->req->note : "");
	to = cs_arena_alloc(a, d->step->tell.count * sizeof *to);
	for (size_t i = 0; i < d->step->tell.count; i++) {
		struct cs_target one = cs_who_find(&d->v, &d->step->tell.who[i]);
		size_t at = 0;

		while (at < count && !cs_target_same(&to[at], &one))
			at++;
		if (at == count)
			to[count++] = one;
		else if (!to[at].wanted)
			to[at].wanted = one.wanted;
	}
	for (size_t i = 0; i < count; i++)
		cs_decide_notice(d, &to[i], "tell", d->step->id, text);
	return 0;
}

int cs_decide_owe(struct cs_decision *d, const char *duty, const char *cause, struct cs_err *e)
{
	const struct cs_duty *rule = cs_policy_duty(d->v.policy, duty);
	struct cs_count count = {.zone = d->v.policy->zone, .from = d->ev.at};
	struct cs_target owner;
	cs_time due = CS_TIME_NONE;

	if (!rule || !cs_scope_has(&d->v, &rule->each))
		return 0;
	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_OWED); i++) {
		const struct cs_owed_row *o = cs_image_at(&d->after, CS_P_OWED, i);

		if (o->waived_at == CS_NULL && strcmp(o->duty, duty) == 0 && strcmp(o->cause, cause) == 0)
			return 0;
	}
	count.cal = rule->calendar;
	if (rule->within.unit != CS_SPAN_NONE && cs_count_end(&count, &rule->within, &due, e) < 0)
		return cs_fail_in(e, "duty %s", duty);
	owner = cs_who_find(&d->v, &rule->owner);
	cs_emit(d, CS_OP_OWE, CS_S(rule->id), CS_S(cause), CS_I(owner.kind == CS_TARGET_STAFF ? owner.id : CS_NULL),
		CS_I(due));
	return 0;
}

const char *cs_rung_cause(struct cs_arena *a, const char *clock, const char *rung, int64_t cycle, int64_t run)
{
	return cs_arena_printf(a, run > 1 ? "%s/%s/%lld.%lld" : "%s/%s/%lld", clock, rung, (long long)cycle,
			       (long long)run);
}

/* The rung that owed it (its cause) fired, but the clock had stopped before. */
static bool is_moot(const struct cs_decision *d, const char *cause)
{
	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_RUNG); i++) {
		const struct cs_rung_row *r = cs_image_at(&d->after, CS_P_RUNG, i);

		if (r->moot && strcmp(cause, cs_rung_cause(d->after.arena, r->clock, r->rung, r->cycle, r->run)) == 0)
			return true;
	}
	return false;
}

static bool closes(const struct cs_decision *d)
{
	for (size_t i = 0; i < d->out->count; i++)
		if (d->out->effect[i].op == CS_OP_STATE && strcmp(cs_arg_text(&d->out->effect[i], 1), "closed") == 0)
			return true;
	return false;
}

void cs_decide_waive(struct cs_decision *d)
{
	bool closing = closes(d);

	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_OWED); i++) {
		const struct cs_owed_row *o = cs_image_at(&d->after, CS_P_OWED, i);

		if (o->done_at != CS_NULL || o->waived_at != CS_NULL)
			continue;
		if (is_moot(d, o->cause))
			cs_emit(d, CS_OP_WAIVE, CS_S(o->duty), CS_S(o->cause), CS_S("moot"));
		else if (closing)
			cs_emit(d, CS_OP_WAIVE, CS_S(o->duty), CS_S(o->cause), CS_S("closed"));
	}
}

int cs_decide_duties(struct cs_decision *d, struct cs_err *e)
{
	struct cs_arena *a = d->after.arena;

	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_OWED); i++) {
		const struct cs_owed_row *o = cs_image_at(&d->after, CS_P_OWED, i);
		const struct cs_duty *rule = cs_policy_duty(d->v.policy, o->duty);

		if (o->done_at != CS_NULL || o->waived_at != CS_NULL || !rule || !rule->done_step ||
		    strcmp(rule->done_step, d->step->id) != 0)
			continue;
		if (rule->done_by.count == 0 || cs_whos_have(&d->v, &rule->done_by, d->ev.actor))
			cs_emit(d, CS_OP_DONE, CS_S(o->duty), CS_S(o->cause));
	}
	cs_decide_waive(d);
	for (size_t i = 0; i < d->v.policy->duty_count; i++) {
		const struct cs_duty *rule = &d->v.policy->duty[i];

		if (rule->on_step && strcmp(rule->on_step, d->step->id) == 0 &&
		    cs_decide_owe(d, rule->id, cs_arena_printf(a, "%s/%lld", d->step->id, (long long)d->ev.id), e) < 0)
			return -1;
	}
	return 0;
}

void cs_decide_drop_callbacks(struct cs_decision *d, const char *why)
{
	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_CALLBACK); i++) {
		const struct cs_callback_row *c = cs_image_at(&d->after, CS_P_CALLBACK, i);

		if (strcmp(c->state, "open") == 0 || strcmp(c->state, "waiting") == 0)
			cs_emit(d, CS_OP_CALL_END, CS_I(c->seq), CS_S("dropped"), CS_S(why));
	}
}

/* The people who must not make it, as the callback row keeps them. */
static const char *excluded(struct cs_decision *d, const struct cs_callback_rule *rule)
{
	struct cs_buf b = {0};
	const char *text = NULL;

	for (size_t i = 0; i < rule->not_by.count; i++) {
		const struct cs_who *who = &rule->not_by.who[i];
		struct cs_target t = cs_who_find(&d->v, who);

		if (t.kind == CS_TARGET_STAFF && cs_who_is(&d->v, who, t.id))
			cs_buf_printf(&b, "%s%lld", b.len ? "," : "", (long long)t.id);
	}
	if (b.len)
		text = cs_arena_strdup(d->after.arena, b.data);
	cs_buf_free(&b);
	return text;
}

/* What it waits for may have come before the step that plans it was recorded. */
static int release(struct cs_decision *d, const struct cs_callback_rule *rule, int64_t seq, cs_time give_up,
		   struct cs_err *e)
{
	cs_time at, first, due;
	int rc = cs_happening_since(d->s, &d->after, rule->then_happening, d->ev.at, &at, e);

	if (rc != 1 || (give_up != CS_TIME_NONE && at > give_up))
		return rc < 0 ? -1 : 0;
	if (cs_callback_times(&d->v, rule, rule->methods.id[0], at, &first, &due, e) < 0)
		return -1;
	cs_emit(d, CS_OP_RELEASE, CS_I(seq), CS_I(first), CS_I(due));
	return 0;
}

int cs_decide_plan_callback(struct cs_decision *d, const struct cs_callback_rule *rule, int64_t person, int64_t draw,
			    struct cs_err *e)
{
	struct cs_count give_up = {.zone = d->v.policy->zone, .cal = rule->calendar, .from = d->ev.at};
	int64_t seq = cs_image_next_seq(&d->after, CS_P_CALLBACK);
	const char *not_by = excluded(d, rule), *method = rule->methods.id[0];
	cs_time first = CS_TIME_NONE, due = CS_TIME_NONE, end = CS_TIME_NONE;
	int erased = cs_person_erased(d->s->db, person, e);

	if (erased != 0)
		return erased < 0 ? -1 : 0;

	if (rule->give_up.unit != CS_SPAN_NONE && cs_count_end(&give_up, &rule->give_up, &end, e) < 0)
		return cs_fail_in(e, "call-back %s", rule->id);
	if (!rule->then_happening && cs_callback_times(&d->v, rule, method, d->ev.at, &first, &due, e) < 0)
		return -1;
	cs_emit(d, CS_OP_CALLBACK, CS_I(seq), CS_S(rule->id), CS_S(rule->purpose), CS_I(person), CS_S(method),
		CS_I(cs_callback_caller(&d->v, rule, method, not_by)), CS_S(rule->then_happening ? "waiting" : "open"),
		CS_S(rule->then_happening), CS_I(first), CS_I(due), CS_I(end), CS_S(not_by), CS_I(draw));
	return rule->then_happening ? release(d, rule, seq, end, e) : 0;
}

int cs_decide_callbacks(struct cs_decision *d, struct cs_err *e)
{
	for (size_t i = 0; i < d->v.policy->callback_count; i++) {
		const struct cs_callback_rule *rule = &d->v.policy->callback[i];
		size_t parties = cs_image_count(&d->after, CS_P_PARTY), planned = 0;

		if (!rule->after_step || strcmp(rule->after_step, d->step->id) != 0 ||
		    !cs_scope_has(&d->v, &rule->each))
			continue;
		for (size_t k = 0; rule->per_party && k < parties; k++) {
			const struct cs_party_row *p = cs_image_at(&d->after, CS_P_PARTY, k);

			if (p->until != CS_NULL || p->person == CS_NULL)
				continue;
			if (cs_decide_plan_callback(d, rule, p->person, CS_NULL, e) < 0)
				return -1;
			planned++;
		}
		if (planned == 0 && cs_decide_plan_callback(d, rule, d->after.t.customer, CS_NULL, e) < 0)
			return -1;
	}
	return 0;
}
