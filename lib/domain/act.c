/* Acting on tickets. */
#include "domain/act.h"

#include <string.h>

#include "store/counter.h"
#include "store/ref.h"

/* The step's name is reserved: cs-dispatch takes it. */
#define DISPATCH "dispatch"

int cs_act_on(struct cs_session *s, struct cs_image *im, const struct cs_request *req, struct cs_err *e)
{
	struct cs_effects out = {.arena = im->arena};
	struct cs_request r = *req;

	if (r.at == CS_TIME_NONE)
		r.at = s->now;
	if (!r.history && cs_ladder_settle(s, im, s->now, NULL, e) < 0)
		return -1;
	if (cs_decide_step(s, im, &r, &out, e) < 0)
		return -1;
	return cs_session_record(s, im, "ticket", im->t.id, r.step, r.at, s->actor, &out, NULL, e);
}

static int load(struct cs_session *s, int64_t ticket, struct cs_image *im, struct cs_err *e)
{
	char ref[CS_REF_SIZE];
	int rc;

	cs_image_init(im, &s->work);
	rc = cs_image_load(im, s->db, ticket, e);
	if (rc == 0)
		cs_fail(e, CS_NOTFOUND, "no such ticket: %s", cs_ref_text(ticket, ref));
	return rc == 1 ? 0 : -1;
}

int cs_act_step(struct cs_session *s, int64_t ticket, const struct cs_request *req, struct cs_image *im, struct cs_err *e)
{
	if (load(s, ticket, im, e) < 0 || cs_act_on(s, im, req, e) < 0)
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

int cs_act_register(struct cs_session *s, const struct cs_registration *reg, const struct cs_request *req, const struct cs_effects *more,
		    struct cs_image *im, struct cs_err *e)
{
	const struct cs_kind *k = s->policy ? cs_policy_kind(s->policy, reg->kind) : NULL;
	struct cs_effects out = {.arena = &s->work};
	struct cs_request r = *req;
	int64_t n = 0, id;
	int32_t day;

	if (!k)
		return s->policy ? cs_fail(e, CS_USAGE, "no kind '%s'", reg->kind) : cs_session_need_policy(s, e);
	if (r.at == CS_TIME_NONE)
		r.at = s->now;
	day = cs_time_day(s->policy->zone, r.at);
	if (cs_counter_next(s->db, k->prefix, day, &n, e) < 0)
		return -1;
	id = cs_ref_make(k->prefix, day, n);
	if (id == 0)
		return cs_fail(e, CS_REFUSED, "no reference can be made for this day");
	append(&out, more);
	if (cs_decide_register(s, id, reg, &r, &out, e) < 0)
		return -1;
	cs_image_init(im, &s->work);
	if (cs_session_record(s, im, "ticket", id, k->register_step->id, r.at, s->actor, &out, NULL, e) < 0)
		return -1;
	return cs_image_save(im, s->db, e);
}

/* Where the order goes: a unit, a person, or both. */
static int find_route(struct cs_session *s, struct cs_image *im, const struct cs_dispatch *order, int64_t *unit, int64_t *person, struct cs_err *e)
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
		else
			return cs_fail(e, CS_REFUSED, "dispatch: the rules name no one for category %s; say --to UNIT or --assignee LOGIN",
				       im->t.category ? im->t.category : "(none)");
	}
	p = cs_org_staff(&s->org, *person);
	if (*unit == CS_NULL && p)
		*unit = p->unit;
	if (*unit == CS_NULL)
		return cs_fail(e, CS_REFUSED, "dispatch: %s belongs to no unit; say --to UNIT", p ? p->login : "nobody");
	return 0;
}

int cs_act_dispatch(struct cs_session *s, int64_t ticket, const struct cs_dispatch *order, struct cs_image *im, struct cs_err *e)
{
	struct cs_request req = order->req;
	struct cs_given *set;
	struct cs_event before;
	int64_t unit, person;
	size_t n = order->req.set_count;

	if (load(s, ticket, im, e) < 0)
		return -1;
	if (cs_ladder_settle(s, im, s->now, NULL, e) < 0 || find_route(s, im, order, &unit, &person, e) < 0)
		return -1;
	if (im->t.handling == unit && (person == CS_NULL || person == im->t.assignee) &&
	    cs_event_last_step(s->db, ticket, DISPATCH, im->t.cycle_event, &before, NULL) == 1)
		return cs_image_save(im, s->db, e) < 0 ? -1 : 1;
	set = cs_arena_alloc(&s->work, (n + 3) * sizeof *set);
	if (n)
		memcpy(set, order->req.set, n * sizeof *set);
	set[n++] = (struct cs_given){"handling", cs_org_unit(&s->org, unit)->code};
	if (person != CS_NULL)
		set[n++] = (struct cs_given){"assignee", cs_org_staff(&s->org, person)->login};
	if (order->appointment)
		set[n++] = (struct cs_given){"appointment", order->appointment};
	req.step = DISPATCH;
	req.set = set;
	req.set_count = n;
	if (cs_act_on(s, im, &req, e) < 0)
		return -1;
	return cs_image_save(im, s->db, e);
}
