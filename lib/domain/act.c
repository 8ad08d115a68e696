/* Acting on tickets. */
#include "domain/act.h"

#include <stdio.h>
#include <string.h>

#include "domain/approval.h"
#include "domain/fold.h"
#include "domain/matter.h"
#include "domain/names.h"
#include "domain/party.h"
#include "domain/policy_words.h"
#include "domain/rating.h"
#include "domain/values.h"
#include "domain/view.h"
#include "store/counter.h"
#include "store/ref.h"

/* Reserved names of steps: cs-dispatch takes them. */
#define DISPATCH "dispatch"
#define APPOINT "appoint"

const char *cs_act_step_id(struct cs_session *s, const struct cs_image *im, const char *step)
{
	const struct cs_kind *k = cs_session_kind(s, im, NULL);
	char section[128];
	const char *id;

	if (!k || cs_kind_step(k, step))
		return step;
	snprintf(section, sizeof section, "kinds/%s/steps", k->id);
	id = cs_name_find(s->policy, section, step, NULL);
	return id ? id : step;
}

/* Who complains with the step: persons of the desk, told by the ticket's premises where nothing else tells. */
static int match_parties(struct cs_session *s, const struct cs_image *im, struct cs_request *r, struct cs_effects *out,
			 struct cs_err *e)
{
	struct cs_premises_row home = {.unit = CS_NULL};
	struct cs_party_place at = {.unit = CS_NULL};

	if (r->party_count == 0)
		return 0;
	if (im->t.premises != CS_NULL &&
	    cs_table_find(s->db, &cs_premises_table, im->t.premises, im->arena, &home, e) < 0)
		return -1;
	at.address = home.address;
	at.unit = home.unit;
	return cs_parties_match(s, im, &at, r, out, e);
}

/* Somebody complained again: what counts over the matter has changed for all of it. */
static int rate_others(struct cs_session *s, struct cs_image *im, const struct cs_effects *l, cs_time at,
		       struct cs_err *e)
{
	bool again = false;

	for (size_t i = 0; i < l->count && !again; i++)
		again = l->effect[i].op == CS_OP_APPEAL;
	if (!again || im->t.matter == CS_NULL)
		return 0;
	return cs_image_save(im, s->db, e) < 0 ? -1 : cs_rate_matter(s, im->t.matter, im->t.id, at, e);
}

/* Which step is answered is no field of the ticket. */
static void take_answer(struct cs_session *s, const struct cs_image *im, struct cs_request *r)
{
	struct cs_given *left = cs_arena_alloc(im->arena, (r->set_count + 1) * sizeof *left);
	size_t n = 0;

	if (!cs_approval_is_answer(r->step))
		return;
	for (size_t i = 0; i < r->set_count; i++) {
		if (strcmp(r->set[i].name, "step") == 0)
			r->answers = cs_act_step_id(s, im, r->set[i].text);
		else
			left[n++] = r->set[i];
	}
	r->set = left;
	r->set_count = n;
}

int cs_act_on(struct cs_session *s, struct cs_image *im, const struct cs_request *req, struct cs_err *e)
{
	const struct cs_kind *k = cs_session_kind(s, im, e);
	struct cs_effects out = {.arena = im->arena};
	struct cs_request r = *req;
	int rc;

	if (!k)
		return -1;
	r.step = cs_act_step_id(s, im, r.step);
	take_answer(s, im, &r);
	if (cs_request_read(s->policy, k, &r, im->arena, e) < 0)
		return -1;
	if (cs_approval_fill(s, im, k, &r, im->arena, e) < 0)
		return -1;
	if (r.at == CS_TIME_NONE)
		r.at = s->now;
	if (!r.history && cs_ladder_settle(s, im, s->now, NULL, e) < 0)
		return -1;
	if (match_parties(s, im, &r, &out, e) < 0)
		return -1;
	rc = cs_decide_step(s, im, &r, &out, e);
	if (rc < 0 ||
	    cs_session_record(s, im, (struct cs_deed){"ticket", im->t.id, rc ? CS_STEP_ASK : r.step, r.at, s->actor},
			      &out, e) < 0)
		return -1;
	if (cs_matter_touched(&out))
		return cs_image_save(im, s->db, e) < 0 ? -1 : cs_matter_settle(s, im, r.at, e);
	return rate_others(s, im, &out, r.at, e);
}

int cs_act_step(struct cs_session *s, int64_t ticket, const struct cs_request *req, struct cs_image *im,
		struct cs_err *e)
{
	if (cs_image_get(im, s->db, ticket, &s->work, e) < 0 || cs_act_on(s, im, req, e) < 0)
		return -1;
	return cs_image_save(im, s->db, e);
}

static void append(struct cs_effects *to, const struct cs_effects *from)
{
	for (size_t i = 0; from && i < from->count; i++)
		cs_effects_put(to, from->effect[i].op, from->effect[i].arg, from->effect[i].arg_count);
	for (size_t i = 0; from && i < from->private_count; i++)
		cs_effects_private(to, from->private_text[i].key, from->private_text[i].text);
}

int cs_act_register(struct cs_session *s, const struct cs_registration *reg, const struct cs_request *req,
		    const struct cs_effects *more, struct cs_image *im, struct cs_err *e)
{
	const struct cs_kind *k = s->policy ? cs_policy_kind(s->policy, reg->kind) : NULL;
	struct cs_effects out = {.arena = &s->work};
	struct cs_request r = *req;
	int64_t n = 0, id;
	int32_t day;

	if (!k)
		return s->policy ? cs_fail(e, CS_USAGE, "no kind '%s'", reg->kind) : cs_session_need_policy(s, e);
	if (cs_request_read(s->policy, k, &r, &s->work, e) < 0)
		return -1;
	if (r.at == CS_TIME_NONE)
		r.at = s->now;
	day = cs_time_day(s->policy->zone, r.at);
	if (cs_counter_next(s->db, k->prefix, day, &n, e) < 0)
		return -1;
	id = cs_ref_make(k->prefix, day, n);
	if (id == 0)
		return cs_fail(e, CS_REFUSED, "no reference can be made for this day");
	append(&out, more);
	if (cs_decide_register(s, id, reg, &r, &out, e) < 0 || cs_counter_set(s->db, k->prefix, day, n, e) < 0)
		return -1;
	cs_image_init(im, &s->work);
	if (cs_session_record(s, im, (struct cs_deed){"ticket", id, k->register_step->id, r.at, s->actor}, &out, e) < 0)
		return -1;
	if (cs_image_save(im, s->db, e) < 0)
		return -1;
	return cs_matter_touched(&out) ? cs_matter_settle(s, im, r.at, e) : 0;
}

/* Where the order goes: a unit, a person, or both. */
static int find_route(struct cs_session *s, struct cs_image *im, const struct cs_dispatch *order, int64_t *unit,
		      int64_t *person, struct cs_err *e)
{
	const struct cs_kind *k = cs_session_kind(s, im, e);
	struct cs_view v = {.s = s, .policy = s->policy, .kind = k, .im = im, .at = s->now, .step_actor = s->actor};
	const struct cs_staff_row *p;
	struct cs_target t;

	*unit = order->to;
	*person = order->assignee;
	if (!k)
		return -1;
	if (*unit == CS_NULL && *person == CS_NULL) {
		t = cs_route_find(&v);
		if (t.kind == CS_TARGET_UNIT)
			*unit = t.id;
		else if (t.kind == CS_TARGET_STAFF)
			*person = t.id;
		else if (!cs_project_known(&v))
			return cs_fail(e, CS_REFUSED,
				       "dispatch: no %s is known for it, so the rules name no one; "
				       "say --to UNIT or --assignee LOGIN",
				       cs_place_word(s->policy));
		else
			return cs_fail(
				e, CS_REFUSED,
				"dispatch: the rules name no one for category %s; say --to UNIT or --assignee LOGIN",
				im->t.category ? im->t.category : "(none)");
	}
	p = cs_org_staff(&s->org, *person);
	if (*unit == CS_NULL && p)
		*unit = p->unit;
	if (*unit == CS_NULL)
		return cs_fail(e, CS_REFUSED, "dispatch: %s belongs to no unit; say --to UNIT",
			       p ? p->login : "nobody");
	return 0;
}

static bool same_value(const struct cs_value *a, const struct cs_value *b)
{
	if (a->type != b->type)
		return false;
	return a->type == CS_V_INT ? a->i == b->i : a->type == CS_V_NONE || strcmp(a->s, b->s) == 0;
}

/* The ticket has this value already. What cannot be read is for the step to refuse. */
static bool has_value(const struct cs_view *v, const char *name, const char *text)
{
	const struct cs_field *f = cs_kind_field(v->kind, name);
	const struct cs_word *w = f ? NULL : cs_word_find(name);
	struct cs_value now = cs_view_value(v, name), wanted;
	struct cs_arena *a = v->im->arena;

	if ((!f && !w) || (f ? cs_value_of_field(v->s, f, text, a, &wanted, NULL)
			     : cs_value_of_word(v->s, v->kind, w, text, a, &wanted, NULL)) < 0)
		return false;
	return same_value(&now, &wanted);
}

/* Handed over in this cycle, and no time agreed on since. */
static bool is_handed_over(const struct cs_view *v)
{
	const struct cs_ticket_row *t = &v->im->t;
	struct cs_event before, agreed;

	return cs_event_last_step(v->s->db, t->id, DISPATCH, t->cycle_event, &before, NULL) == 1 &&
	       cs_event_last_step(v->s->db, t->id, APPOINT, before.id, &agreed, NULL) == 0;
}

/* Handed over to this unit and person, with the values given: a repeat. */
static bool is_there(const struct cs_view *v, const struct cs_dispatch *order, int64_t unit, int64_t person)
{
	const struct cs_ticket_row *t = &v->im->t;

	if (t->handling != unit || (person != CS_NULL && person != t->assignee))
		return false;
	if (order->req.note || order->req.evidence_count || order->req.row_count)
		return false;
	if (order->appointment && !has_value(v, "appointment", order->appointment))
		return false;
	for (size_t i = 0; i < order->req.set_count; i++)
		if (!has_value(v, order->req.set[i].name, order->req.set[i].text))
			return false;
	return is_handed_over(v);
}

/* Handed over, and somebody has begun since: it is handed on to somebody who is named. */
static bool is_begun(const struct cs_view *v)
{
	const struct cs_step *st = cs_kind_step(v->kind, DISPATCH);

	return st && st->to == CS_TO_STATE && strcmp(st->to_state, v->im->t.state) != 0 &&
	       (st->from_any || cs_ids_has(&st->from, v->im->t.state)) && is_handed_over(v);
}

static bool takes(const struct cs_step *st, const char *name)
{
	for (size_t i = 0; i < st->need_count; i++)
		if (st->need[i].word && strcmp(st->need[i].word, name) == 0)
			return true;
	return cs_ids_has(&st->takes, name);
}

/* Where the kind agrees times in a step of its own, that one comes first, with the values only it takes. */
static int appoint_first(struct cs_session *s, struct cs_image *im, const struct cs_kind *k,
			 const struct cs_dispatch *order, struct cs_given *set, size_t *n, struct cs_err *e)
{
	const struct cs_step *appoint = cs_kind_step(k, APPOINT), *dispatch = cs_kind_step(k, DISPATCH);
	struct cs_request req = order->req;
	struct cs_given *own;
	size_t left = 0;

	if (!cs_kind_field(k, "appointment"))
		return cs_fail(e, CS_USAGE, "kind %s has no appointments", k->id);
	if (!appoint || !dispatch || takes(dispatch, "appointment")) {
		set[(*n)++] = (struct cs_given){"appointment", order->appointment};
		return 0;
	}
	own = cs_arena_alloc(&s->work, (*n + 1) * sizeof *own);
	req.set_count = 0;
	for (size_t i = 0; i < *n; i++) {
		if (takes(appoint, set[i].name) && !takes(dispatch, set[i].name))
			own[req.set_count++] = set[i];
		else
			set[left++] = set[i];
	}
	*n = left;
	own[req.set_count++] = (struct cs_given){"appointment", order->appointment};
	req.step = APPOINT;
	req.set = own;
	return cs_act_on(s, im, &req, e);
}

static int hand_over(struct cs_session *s, struct cs_image *im, const struct cs_kind *k,
		     const struct cs_dispatch *order, int64_t unit, int64_t person, struct cs_err *e)
{
	struct cs_request req = order->req;
	size_t n = order->req.set_count;
	struct cs_given *set = cs_arena_alloc(&s->work, (n + 3) * sizeof *set);

	if (n)
		memcpy(set, order->req.set, n * sizeof *set);
	if (order->appointment && appoint_first(s, im, k, order, set, &n, e) < 0)
		return -1;
	set[n++] = (struct cs_given){"handling", cs_org_unit(&s->org, unit)->code};
	if (person != CS_NULL)
		set[n++] = (struct cs_given){"assignee", cs_org_staff(&s->org, person)->login};
	req.step = DISPATCH;
	req.set = set;
	req.set_count = n;
	return cs_act_on(s, im, &req, e);
}

bool cs_act_is_dispatch(const char *step)
{
	return strcmp(step, DISPATCH) == 0;
}

int cs_act_dispatch_on(struct cs_session *s, struct cs_image *im, const struct cs_dispatch *order, struct cs_err *e)
{
	const struct cs_kind *k = cs_session_kind(s, im, e);
	struct cs_dispatch read = *order;
	struct cs_view v;
	int64_t unit, person;

	if (!k || cs_request_read(s->policy, k, &read.req, im->arena, e) < 0)
		return -1;
	order = &read;
	if (cs_ladder_settle(s, im, s->now, NULL, e) < 0 || find_route(s, im, order, &unit, &person, e) < 0)
		return -1;
	v = (struct cs_view){.s = s, .policy = s->policy, .kind = k, .im = im, .at = s->now, .step_actor = s->actor};
	if (is_there(&v, order, unit, person))
		return 1;
	if (order->to == CS_NULL && order->assignee == CS_NULL && is_begun(&v))
		return cs_fail(e, CS_REFUSED,
			       "dispatch: it was handed over, and is %s; say --to UNIT or --assignee LOGIN",
			       im->t.state);
	return hand_over(s, im, k, order, unit, person, e);
}

int cs_act_dispatch(struct cs_session *s, int64_t ticket, const struct cs_dispatch *order, struct cs_image *im,
		    struct cs_err *e)
{
	int rc;

	if (cs_image_get(im, s->db, ticket, &s->work, e) < 0)
		return -1;
	rc = cs_act_dispatch_on(s, im, order, e);
	return rc < 0 || cs_image_save(im, s->db, e) < 0 ? -1 : rc;
}
