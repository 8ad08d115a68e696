/* Changing customers. */
#include "domain/customer_change.h"

#include <string.h>

#include "base/normal.h"
#include "domain/names.h"
#include "domain/record.h"
#include "store/customer.h"

/* "" empties, NULL leaves. */
static int set_code(const struct cs_session *s, const char *list, const char *code, cs_time at,
		    const char **value, int64_t *since, struct cs_err *e)
{
	const char *new_value = NULL;

	if (!code || (*value && strcmp(code, *value) == 0) || (!*code && !*value))
		return 0;
	if (*code && cs_session_need_policy(s, e) < 0)
		return -1;
	if (*code && !(new_value = cs_name_find(s->policy, list, code, e)))
		return -1;
	if (new_value && *value && strcmp(new_value, *value) == 0)
		return 0;
	*value = new_value;
	*since = at;
	return 0;
}

static int set_phone(struct cs_session *s, const char *typed, struct cs_arena *a,
		     struct cs_person_row *row, struct cs_err *e)
{
	struct cs_person_row other;
	char shown[CS_ERR_SHOWN];
	char *phone;
	bool several;
	int found;

	if (!typed)
		return 0;
	if (!*typed) {
		row->phone = NULL;
		return 0;
	}
	phone = cs_arena_strdup(a, typed);
	if (!cs_text_normal_phone(phone))
		return cs_fail(
			e, CS_REFUSED,
			"'%s' is no phone number (3 to 20 digits, + before, an extension behind)",
			cs_err_show(typed, shown));
	if (row->phone && strcmp(row->phone, phone) == 0)
		return 0;
	found = cs_person_by_phone(s->db, phone, NULL, NULL, a, &other, &several, e);
	if (found == 1 && other.id != row->id)
		return cs_fail(
			e, CS_REFUSED,
			"customer %lld has this phone already; the same phone is the same customer",
			(long long)other.id);
	row->phone = phone;
	return found < 0 ? -1 : 0;
}

static int set_manager(const struct cs_session *s, const char *login, cs_time at,
		       struct cs_person_row *row, struct cs_err *e)
{
	const struct cs_staff_row *p;

	if (!login)
		return 0;
	if (!*login) {
		row->manager = CS_NULL;
		return 0;
	}
	p = cs_org_find_staff(&s->org, login, e);
	if (!p)
		return -1;
	if (!cs_staff_active(p, at))
		return cs_fail(e, CS_USAGE, "%s is not on the staff then", p->login);
	row->manager = p->id;
	return 0;
}

int cs_customer_change(struct cs_session *s, int64_t person, const struct cs_customer_change *c,
		       cs_time at, struct cs_effects *l, struct cs_err *e)
{
	struct cs_person_row was, now;
	int found = cs_table_find(s->db, &cs_person_table, person, l->arena, &was, e);
	char *name = c->name && *c->name ? cs_arena_strdup(l->arena, c->name) : NULL;

	if (found <= 0)
		return found < 0 ? -1
				 : cs_fail(e, CS_NOTFOUND, "no customer %lld", (long long)person);
	if (was.erased_at != CS_NULL)
		return cs_fail(e, CS_REFUSED, "customer %lld is erased", (long long)person);
	now = was;
	if (c->name)
		now.name = name && cs_text_normal_name(name) ? name : NULL;
	if (set_phone(s, c->phone, l->arena, &now, e) < 0 ||
	    set_code(s, "codes/tier", c->tier, at, &now.tier, &now.tier_at, e) < 0 ||
	    set_code(s, "codes/weight", c->weight, at, &now.weight, &now.weight_at, e) < 0 ||
	    set_manager(s, c->manager, at, &now, e) < 0)
		return -1;
	if (!now.name && !now.phone && !now.customer_key)
		return cs_fail(
			e, CS_REFUSED,
			"customer %lld would have neither name, phone nor key left (cs-customer "
			"erase forgets people)",
			(long long)person);
	cs_record_row(l, &cs_person_table, &was, &now);
	return 0;
}

/* The running tenure at these premises, or the one with these very times. */
static const struct cs_tenure_row *find_tenure(const struct cs_tenure_row *all, size_t n,
					       int64_t premises, const struct cs_tenure_change *c,
					       cs_time at)
{
	for (size_t i = 0; i < n; i++)
		if (all[i].premises == premises && c->to_at != CS_NULL &&
		    all[i].to_at == c->to_at &&
		    (c->from_at == CS_NULL || all[i].from_at == c->from_at))
			return &all[i];
	for (size_t i = 0; i < n; i++)
		if (all[i].premises == premises && (all[i].to_at == CS_NULL || all[i].to_at > at))
			return &all[i];
	return NULL;
}

int cs_customer_tenure(struct cs_session *s, int64_t person, int64_t premises,
		       const struct cs_tenure_change *c, cs_time at, struct cs_effects *l,
		       struct cs_err *e)
{
	const char *capacity = NULL;
	const struct cs_tenure_row *was;
	struct cs_tenure_row *all, now;
	size_t n;

	if (c->capacity && *c->capacity &&
	    (cs_session_need_policy(s, e) < 0 ||
	     !(capacity = cs_name_find(s->policy, "codes/capacity", c->capacity, e))))
		return -1;
	if (cs_person_tenures(s->db, person, l->arena, &all, &n, e) < 0)
		return -1;
	was = find_tenure(all, n, premises, c, at);
	cs_table_blank(&cs_tenure_table, &now);
	if (was)
		now = *was;
	else if (cs_record_id(s->db, l, &cs_tenure_table, &now.id, e) < 0)
		return -1;
	now.person = person;
	now.premises = premises;
	now.capacity = capacity ? capacity : now.capacity;
	now.from_at = c->from_at != CS_NULL ? c->from_at : now.from_at;
	now.to_at = c->to_at != CS_NULL ? c->to_at : now.to_at;
	if (now.from_at != CS_NULL && now.to_at != CS_NULL && now.to_at <= now.from_at)
		return cs_fail(e, CS_REFUSED, "they would leave the premises before they come");
	cs_record_row(l, &cs_tenure_table, was, &now);
	return 0;
}

static int record(struct cs_session *s, int64_t person, const char *step, cs_time at,
		  struct cs_effects *l, bool *changed, struct cs_err *e)
{
	if (l->count == 0)
		return 0;
	*changed = true;
	return cs_session_record(s, NULL, (struct cs_deed){"person", person, step, at, s->actor}, l, e);
}

int cs_customer_enter(struct cs_session *s, const struct cs_customer_spec *spec,
		      const struct cs_customer_change *c, const struct cs_tenure_change *t,
		      cs_time at, struct cs_customer *out, bool *changed, struct cs_err *e)
{
	struct cs_effects l = {.arena = &s->work};
	struct cs_customer_spec who = *spec;
	cs_time when = t->to_at != CS_NULL && t->to_at <= at ? t->to_at - 1
							     : at; /* when they had the premises */

	*changed = false;
	who.capacity = NULL; /* checked and recorded below */
	if (cs_customer_match(s->db, &who, when, &l, out, e) < 0)
		return -1;
	if (out->person == CS_NULL)
		return cs_fail(e, CS_REFUSED, "a customer needs a name, a phone or a key");
	if (record(s, out->person, out->person_new ? "add" : "change", at, &l, changed, e) < 0)
		return -1;
	cs_effects_clear(&l);
	if (cs_customer_change(s, out->person, c, at, &l, e) < 0)
		return -1;
	if (out->premises != CS_NULL &&
	    cs_customer_tenure(s, out->person, out->premises, t, at, &l, e) < 0)
		return -1;
	return record(s, out->person, "change", at, &l, changed, e);
}
