/* Who is meant: people, posts, bodies, departments (policy.md, "Posts are looked up at the unit served"). */
#include <stdio.h>
#include <string.h>

#include "domain/view.h"
#include "store/customer.h"

/* What stands before and after the name; labels: of this section, where the name has one. */
static const struct {
	enum cs_who_kind kind;
	const char *before, *after, *labels;
} words[] = {
	{CS_WHO_ANY, "anybody", "", NULL},
	{CS_WHO_SYSTEM, "the system itself", "", NULL},
	{CS_WHO_SELF, "the person concerned", "", NULL},
	{CS_WHO_CUSTOMER, "the customer", "", NULL},
	{CS_WHO_ASSIGNEE, "the assignee", "", NULL},
	{CS_WHO_RESPONSIBLE, "who answers for it", "", NULL},
	{CS_WHO_FIRST, "who took it in", "", NULL},
	{CS_WHO_ACCOUNT_MANAGER, "the customer's account manager", "", NULL},
	{CS_WHO_ROUTE, "whom the category goes to", "", NULL},
	{CS_WHO_POST, "", "", "posts"},
	{CS_WHO_HOLDS, "any ", "", "posts"},
	{CS_WHO_IN, "people of the ", " unit", NULL},
	{CS_WHO_DID, "who took '", "'", NULL},
	{CS_WHO_STAFF_FIELD, "the person in ", "", NULL},
	{CS_WHO_BODY, "", "", "bodies"},
	{CS_WHO_DEPT, "", "", "codes/function"},
};

char *cs_who_words(const struct cs_policy *p, const struct cs_who *w, char *buf)
{
	char path[CS_WHO_WORDS];

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		const char *name = w->name ? w->name : "";

		if (words[i].kind != w->kind)
			continue;
		if (words[i].labels) {
			snprintf(path, sizeof path, "%s/%s", words[i].labels, name);
			name = cs_policy_label(p, "en", path);
		}
		snprintf(buf, CS_WHO_WORDS, "%s%s%s", words[i].before, name, words[i].after);
	}
	return buf;
}

const char *cs_who_said(const struct cs_policy *p, const char *text, struct cs_arena *a)
{
	struct cs_who who = {0};
	char said[CS_WHO_WORDS];

	return p && cs_who_read(text, &who) ? cs_arena_strdup(a, cs_who_words(p, &who, said)) : "somebody";
}

/* Where a post is looked for first. */
static int64_t base_unit(const struct cs_view *v, const struct cs_post_rule *post)
{
	const struct cs_ticket_row *t = &v->im->t;

	if (!post->from_handling && t->place != CS_NULL)
		return t->place;
	if (post->from_handling && t->handling != CS_NULL)
		return t->handling;
	return t->accepting != CS_NULL ? t->accepting : t->handling != CS_NULL ? t->handling : t->place;
}

static int64_t department(const struct cs_view *v, const char *function)
{
	const struct cs_ticket_row *t = &v->im->t;
	const struct cs_unit_row *d =
		cs_org_department(&v->s->org, t->place != CS_NULL ? t->place : t->accepting, function);

	return d ? d->id : CS_NULL;
}

bool cs_project_known(const struct cs_view *v)
{
	const struct cs_ids *functions = cs_policy_codes(v->policy, "function");
	const struct cs_ticket_row *t = &v->im->t;
	const struct cs_category *c = t->category ? cs_policy_category(v->policy, t->category) : NULL;

	if (t->place != CS_NULL || cs_route_find(v).kind != CS_TARGET_NONE)
		return true;
	if (c && c->has_route)
		return false;
	for (size_t i = 0; functions && i < functions->count; i++)
		if (department(v, functions->id[i]) != CS_NULL)
			return true;
	return false;
}

const char *cs_place_word(const struct cs_policy *p)
{
	char path[128];

	if (!p->reports.level)
		return "unit";
	snprintf(path, sizeof path, "codes/level/%s", p->reports.level);
	return cs_policy_label(p, "en", path);
}

static int64_t account_manager(const struct cs_view *v)
{
	struct cs_person_row p;

	return cs_view_customer(v, &p) == 1 ? p.manager : CS_NULL;
}

static int64_t unit_field(const struct cs_view *v, const char *field)
{
	struct cs_value x = cs_view_value(v, field);

	return x.type == CS_V_INT ? x.i : CS_NULL;
}

/* Who took the step last in this cycle; the step in hand counts. */
static int64_t doer(const struct cs_view *v, const char *step)
{
	struct cs_event ev;

	if (v->step && strcmp(v->step, step) == 0)
		return v->step_actor;
	if (!v->im->exists || cs_event_last_step(v->s->db, v->im->t.id, step, v->im->t.cycle_event, &ev, NULL) != 1)
		return CS_NULL;
	return ev.actor;
}

/* The one person whom a word says that names no post; CS_NULL: none, or it says something else. */
/* Who answers for it; once he has left, whoever the rules would give it to. */
static int64_t responsible(const struct cs_view *v)
{
	const int64_t id = v->im->t.responsible;
	struct cs_target now;

	if (id == CS_NULL || cs_staff_active(cs_org_staff(&v->s->org, id), v->at))
		return id;
	now = cs_responsible_find(v);
	return now.kind == CS_TARGET_STAFF ? now.id : id;
}

static int64_t person_meant(const struct cs_view *v, const struct cs_who *w)
{
	switch (w->kind) {
	case CS_WHO_ASSIGNEE: return v->im->t.assignee;
	case CS_WHO_RESPONSIBLE: return responsible(v);
	case CS_WHO_FIRST: return v->im->t.first;
	case CS_WHO_ACCOUNT_MANAGER: return account_manager(v);
	case CS_WHO_SELF: return v->step_actor;
	case CS_WHO_STAFF_FIELD: return unit_field(v, w->name);
	case CS_WHO_DID: return doer(v, w->name);
	default: return CS_NULL;
	}
}

bool cs_who_about(const struct cs_view *v, int64_t staff)
{
	return v->kind && v->kind->about && staff != CS_NULL && unit_field(v, v->kind->about) == staff;
}

/* Who has left, or whom it is about, gets no work and no notices: the next rule, or another of those named, answers. */
static struct cs_target staff_target(const struct cs_view *v, int64_t id)
{
	if (cs_who_about(v, id) || !cs_staff_active(cs_org_staff(&v->s->org, id), v->at))
		return (struct cs_target){CS_TARGET_NONE, CS_NULL, NULL, NULL};
	return (struct cs_target){CS_TARGET_STAFF, id, NULL, NULL};
}

static struct cs_target unit_target(const struct cs_view *v, int64_t id)
{
	const struct cs_unit_row *u = cs_org_unit(&v->s->org, id);

	if (!u || (u->closed_at != CS_NULL && u->closed_at <= v->at))
		return (struct cs_target){CS_TARGET_NONE, CS_NULL, NULL, NULL};
	return (struct cs_target){CS_TARGET_UNIT, id, NULL, NULL};
}

bool cs_post_vacant(const struct cs_view *v, const char *name)
{
	const struct cs_post_rule *post = cs_policy_post(v->policy, name);

	return post && cs_org_holder(&v->s->org, post->id, base_unit(v, post), v->at) == CS_NULL;
}

/* A vacant post, or one held by whom it is about: the next post above answers. That he was passed over is not told. */
static struct cs_target post_target(const struct cs_view *v, const char *name)
{
	const struct cs_post_rule *post = cs_policy_post(v->policy, name);
	const char *vacant = cs_post_vacant(v, name) ? name : NULL;

	for (int depth = 0; post && depth < 16; depth++) {
		int64_t holder = cs_org_holder(&v->s->org, post->id, base_unit(v, post), v->at);

		if (holder != CS_NULL && !cs_who_about(v, holder))
			return (struct cs_target){CS_TARGET_STAFF, holder, post->id, vacant};
		post = post->above ? cs_policy_post(v->policy, post->above) : NULL;
	}
	return (struct cs_target){CS_TARGET_NONE, CS_NULL, NULL, vacant};
}

/* The code of a person's target is the post, of a body's the body itself. */
bool cs_target_same(const struct cs_target *a, const struct cs_target *b)
{
	if (a->kind != b->kind || a->id != b->id)
		return false;
	return a->kind != CS_TARGET_BODY || strcmp(a->code, b->code) == 0;
}

struct cs_target cs_who_find(const struct cs_view *v, const struct cs_who *w)
{
	const struct cs_ticket_row *t = &v->im->t;

	switch (w->kind) {
	case CS_WHO_ASSIGNEE:
	case CS_WHO_RESPONSIBLE:
	case CS_WHO_FIRST:
	case CS_WHO_ACCOUNT_MANAGER:
	case CS_WHO_SELF:
	case CS_WHO_STAFF_FIELD:
	case CS_WHO_DID: return staff_target(v, person_meant(v, w));
	case CS_WHO_POST:
	case CS_WHO_HOLDS: return post_target(v, w->name);
	case CS_WHO_ROUTE: return cs_route_find(v);
	case CS_WHO_BODY: return (struct cs_target){CS_TARGET_BODY, CS_NULL, w->name, NULL};
	case CS_WHO_CUSTOMER:
		return (struct cs_target){t->customer == CS_NULL ? CS_TARGET_NONE : CS_TARGET_CUSTOMER, t->customer,
					  NULL, NULL};
	case CS_WHO_DEPT: return unit_target(v, department(v, w->name));
	case CS_WHO_IN: return unit_target(v, unit_field(v, w->name));
	case CS_WHO_ANY:
	case CS_WHO_SYSTEM: break;
	}
	return (struct cs_target){CS_TARGET_NONE, CS_NULL, NULL, NULL};
}

static void add_target(struct cs_targets *l, const struct cs_target *one, struct cs_arena *a)
{
	size_t at = 0;

	if (one->kind == CS_TARGET_NONE)
		return;
	while (at < l->count && !cs_target_same(&l->to[at], one))
		at++;
	if (at < l->count) {
		if (!l->to[at].wanted)
			l->to[at].wanted = one->wanted;
		return;
	}
	l->to = cs_arena_grow(a, l->to, l->count, &l->size, sizeof *l->to);
	l->to[l->count++] = *one;
}

static int add_customer(const struct cs_view *v, int64_t person, struct cs_arena *a, struct cs_targets *out,
			struct cs_err *e)
{
	int erased = cs_person_erased(v->s->db, person, e);

	if (erased == 0)
		add_target(out, &(struct cs_target){.kind = CS_TARGET_CUSTOMER, .id = person}, a);
	return erased < 0 ? -1 : 0;
}

static int add_complainants(const struct cs_view *v, struct cs_arena *a, struct cs_targets *out, struct cs_err *e)
{
	bool any = false;

	for (size_t i = 0; i < cs_image_count(v->im, CS_P_PARTY); i++) {
		const struct cs_party_row *p = cs_image_at(v->im, CS_P_PARTY, i);

		any = any || p->person != CS_NULL;
		if (p->until == CS_NULL && p->person != CS_NULL && add_customer(v, p->person, a, out, e) < 0)
			return -1;
	}
	return any || v->im->t.customer == CS_NULL ? 0 : add_customer(v, v->im->t.customer, a, out, e);
}

int cs_who_targets(const struct cs_view *v, const struct cs_who *w, struct cs_arena *a, struct cs_targets *out,
		   struct cs_err *e)
{
	struct cs_target one;

	if (w->kind == CS_WHO_CUSTOMER)
		return add_complainants(v, a, out, e);
	one = cs_who_find(v, w);
	add_target(out, &one, a);
	return 0;
}

int cs_whos_targets(const struct cs_view *v, const struct cs_whos *list, struct cs_arena *a, struct cs_targets *out,
		    struct cs_err *e)
{
	for (size_t i = 0; i < list->count; i++)
		if (cs_who_targets(v, &list->who[i], a, out, e) < 0)
			return -1;
	return 0;
}

/* What the first of the `assign` rules that hold gives: any target, or only a person. */
static struct cs_target assigned(const struct cs_view *v, bool person)
{
	const struct cs_category *c = v->im->t.category ? cs_policy_category(v->policy, v->im->t.category) : NULL;
	const struct cs_who *route = c && c->has_route && c->route.kind != CS_WHO_ROUTE ? &c->route : NULL;
	struct cs_target t = {CS_TARGET_NONE, CS_NULL, NULL, NULL};

	for (size_t i = 0; i < v->policy->assign_count; i++) {
		const struct cs_assign_rule *r = &v->policy->assign[i];
		const struct cs_who *to = r->to.kind == CS_WHO_ROUTE ? route : &r->to;

		/* An account manager answers for the customer; the work goes where it always goes. Who answers for it
		   already is nobody else. */
		if (!to || to->kind == CS_WHO_RESPONSIBLE || (!person && to->kind == CS_WHO_ACCOUNT_MANAGER) ||
		    cs_cond_eval(v, r->when) != CS_TRUE)
			continue;
		t = cs_who_find(v, to);
		if (person ? t.kind == CS_TARGET_STAFF : t.kind != CS_TARGET_NONE)
			return t;
	}
	return (struct cs_target){CS_TARGET_NONE, CS_NULL, NULL, NULL};
}

struct cs_target cs_responsible_find(const struct cs_view *v)
{
	return assigned(v, true);
}

struct cs_target cs_route_find(const struct cs_view *v)
{
	return assigned(v, false);
}

bool cs_who_is(const struct cs_view *v, const struct cs_who *w, int64_t staff)
{
	const struct cs_org *o = &v->s->org;
	const struct cs_post_rule *post;
	int64_t unit;

	if ((w->when && cs_cond_eval(v, w->when) != CS_TRUE) || cs_whos_have(v, &w->except, staff))
		return false;
	if (staff == CS_NULL)
		return w->kind == CS_WHO_SYSTEM;
	switch (w->kind) {
	case CS_WHO_ANY: return true;
	case CS_WHO_SYSTEM: return false;
	case CS_WHO_POST:
		post = cs_policy_post(v->policy, w->name);
		unit = post ? base_unit(v, post) : CS_NULL;
		return cs_org_holds(o, staff, w->name, unit, v->at);
	case CS_WHO_HOLDS: return cs_org_holds(o, staff, w->name, CS_NULL, v->at);
	case CS_WHO_IN: return cs_org_in(o, staff, unit_field(v, w->name), v->at);
	case CS_WHO_DEPT: return cs_org_in(o, staff, department(v, w->name), v->at);
	default: return person_meant(v, w) == staff;
	}
}

bool cs_who_answers(const struct cs_view *v, const struct cs_who *w, int64_t staff)
{
	struct cs_target to;

	if (cs_who_is(v, w, staff))
		return true;
	if (w->kind != CS_WHO_POST || (w->when && cs_cond_eval(v, w->when) != CS_TRUE) ||
	    cs_whos_have(v, &w->except, staff))
		return false;
	to = cs_who_find(v, w);
	return to.kind == CS_TARGET_STAFF && to.id == staff;
}

bool cs_whos_have(const struct cs_view *v, const struct cs_whos *list, int64_t staff)
{
	for (size_t i = 0; i < list->count; i++)
		if (cs_who_is(v, &list->who[i], staff))
			return true;
	return false;
}
