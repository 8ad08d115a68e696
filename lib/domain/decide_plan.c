/* What follows from a step: call-backs to make, people to tell. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "domain/access.h"
#include "domain/callback.h"
#include "domain/clock.h"
#include "domain/decision.h"
#include "domain/values.h"
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

static const char *kind_label(struct cs_decision *d, const char *part, const char *id)
{
	return cs_policy_label(d->v.policy, "zh",
			       cs_arena_printf(d->after.arena, "kinds/%s/%s/%s", d->v.kind->id, part, id));
}

/* What a customer is told: the outcome of the step's form, and what the step says; a remark only where it says so. */
static const char *customers_text(struct cs_decision *d, const char *head)
{
	const struct cs_form *form = d->step->form ? cs_policy_form(d->v.policy, d->step->form) : NULL;
	struct cs_arena *a = d->after.arena;
	cs_time at = CS_TIME_NONE;
	const char *outcome = form ? cs_view_last_step(&d->v, &form->steps, &at) : NULL;
	struct cs_buf b = {0};
	const char *text;

	cs_buf_puts(&b, head);
	if (outcome)
		cs_buf_printf(&b, "; %s", kind_label(d, "steps", outcome));
	for (size_t i = 0; i < d->step->says.count; i++) {
		const struct cs_field *f = cs_kind_field(d->v.kind, d->step->says.id[i]);
		const struct cs_value v = f ? cs_view_value(&d->v, f->id) : CS_S(d->req->note);

		if (v.type == CS_V_NONE || (v.type == CS_V_TEXT && !v.s))
			continue;
		cs_buf_printf(&b, "; %s%s%s", f ? kind_label(d, "fields", f->id) : "", f ? ": " : "",
			      f ? cs_value_words(d->s, "zh", f, &v, a) : v.s);
	}
	text = cs_arena_strdup(a, cs_buf_str(&b));
	cs_buf_free(&b);
	return text;
}

int cs_decide_tell(struct cs_decision *d, struct cs_err *e)
{
	struct cs_arena *a = d->after.arena;
	const char *head, *text, *outside;
	char ref[CS_REF_SIZE];
	struct cs_targets r = {0};
	bool secret;

	if (d->step->tell.count == 0)
		return 0;
	secret = cs_access_secret(&d->v);
	head = cs_arena_printf(a, "%s %s: %s", cs_ref_text(d->after.t.id, ref), kind_label(d, "steps", d->step->id),
			       d->after.t.subject && !secret ? d->after.t.subject : "");
	text = d->req->note && !secret ? cs_arena_printf(a, "%s: %s", head, d->req->note) : head;
	outside = secret ? head : customers_text(d, head);
	if (cs_whos_targets(&d->v, &d->step->tell, a, &r, e) < 0)
		return -1;
	for (size_t i = 0; i < r.count; i++)
		cs_decide_notice(d, &r.to[i], "tell", d->step->id, r.to[i].kind == CS_TARGET_CUSTOMER ? outside : text);
	return 0;
}

void cs_decide_drop_callbacks(struct cs_decision *d, const char *why)
{
	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_CALLBACK); i++) {
		const struct cs_callback_row *c = cs_image_at(&d->after, CS_P_CALLBACK, i);

		if (cs_callback_to_make(c))
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
int cs_decide_release(struct cs_decision *d, const struct cs_callback_rule *rule, int64_t seq, cs_time from,
		      cs_time give_up, struct cs_err *e)
{
	cs_time at, first, due;
	int rc = cs_happening_since(d->s, &d->after, rule->then_happening, from, &at, e);

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
	return rule->then_happening ? cs_decide_release(d, rule, seq, d->ev.at, end, e) : 0;
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
