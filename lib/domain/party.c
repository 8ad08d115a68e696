/* People named with a step. */
#include "domain/party.h"

#include <stdlib.h>
#include <string.h>

#include "base/normal.h"
#include "base/utf8.h"
#include "store/customer.h"

/* One matching: people of one event, so that what it records for one is known to the next. */
struct matching {
	struct cs_session *s;
	const struct cs_image *im;
	const struct cs_party_place *place;
	struct cs_effects *l;
	cs_time at;
	struct cs_customer *found; /* in the order given, principals too */
	size_t count;
};

static const char *normal(struct cs_arena *a, const char *text, bool (*fold)(char *))
{
	char *s = text && *text ? cs_arena_strdup(a, text) : NULL;

	return s && fold(s) ? s : NULL;
}

static bool same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

/* Somebody who takes part already goes by this phone, or (no phone given) by this name. 1, 0, -1: several do. */
static int find_party(struct matching *m, const char *name, const char *phone, struct cs_customer *out,
		      struct cs_err *e)
{
	size_t n = 0;

	for (size_t i = 0; m->im && i < cs_image_count(m->im, CS_P_PARTY); i++) {
		const struct cs_party_row *p = cs_image_at(m->im, CS_P_PARTY, i);
		struct cs_person_row row = {0};
		int rc = p->until != CS_NULL || p->person == CS_NULL
				 ? 0
				 : cs_table_find(m->s->db, &cs_person_table, p->person, m->l->arena, &row, e);

		if (rc < 0)
			return -1;
		if (rc == 0 || (phone ? !same(row.phone, phone) ||
						(name && row.name && !same(row.name, name) && !same(p->name, name))
				      : !same(row.name, name) && !same(p->name, name)))
			continue;
		if (n++ && out->person != row.id)
			return cs_fail(e, CS_REFUSED, "several who take part are called %s; say the phone", name);
		*out = (struct cs_customer){
			.person = row.id, .premises = CS_NULL, .name = row.name, .phone = row.phone};
	}
	return n > 0;
}

/* The same person as one named before in this event: what is new of him is recorded once. */
static const struct cs_customer *known(const struct matching *m, const char *name, const char *phone)
{
	const struct cs_customer *c = m->place->known;

	if (c && c->person != CS_NULL && (phone ? same(c->phone, phone) : same(c->name, name) || same(c->called, name)))
		return c;
	for (size_t i = 0; i < m->count; i++)
		if (phone ? same(m->found[i].phone, phone) : same(m->found[i].name, name))
			return &m->found[i];
	return NULL;
}

static int match(struct matching *m, struct cs_customer_spec *spec, struct cs_customer *out, struct cs_err *e)
{
	struct cs_arena *a = m->l->arena;
	const char *name = normal(a, spec->name, cs_text_normal_name);
	const char *phone = normal(a, spec->phone, cs_text_normal_phone);
	const struct cs_customer *before = known(m, name, phone);
	int rc = 0;

	if (before)
		*out = *before;
	else if (!spec->key)
		rc = find_party(m, name, phone, out, e);
	if (before || rc != 0)
		return rc < 0 ? -1 : 0;
	/* New premises of the customer are not there yet to be found. */
	if (!m->place->known || !m->place->known->premises_new)
		spec->address = m->place->address;
	spec->unit = m->place->unit;
	return cs_customer_match(m->s->db, spec, m->at, m->l, out, e);
}

/* SOURCE:KEY */
static int read_key(struct matching *m, const char *text, struct cs_customer_spec *spec, struct cs_err *e)
{
	const char *colon = text ? strchr(text, ':') : NULL;

	if (!text)
		return 0;
	if (!colon || colon == text || !colon[1])
		return cs_fail(e, CS_USAGE, "customer key '%s': wanted is SOURCE:KEY", text);
	spec->source = cs_arena_strndup(m->l->arena, text, (size_t)(colon - text));
	spec->key = colon + 1;
	return 0;
}

static int match_one(struct matching *m, const struct cs_given_party *p, bool leaves, struct cs_complainant *out,
		     struct cs_err *e)
{
	struct cs_customer_spec spec = {.name = p->name, .phone = p->phone, .capacity = p->capacity};
	struct cs_customer who = {.person = CS_NULL};

	if (read_key(m, p->key, &spec, e) < 0)
		return -1;
	if (leaves && find_party(m, normal(m->l->arena, p->name, cs_text_normal_name),
				 normal(m->l->arena, p->phone, cs_text_normal_phone), &who, e) < 0)
		return -1;
	if (leaves ? who.person == CS_NULL : false)
		return cs_fail(e, CS_REFUSED, "%s takes no part in it",
			       p->name    ? p->name
			       : p->phone ? p->phone
					  : "nobody");
	if (!leaves && match(m, &spec, &who, e) < 0)
		return -1;
	if (who.person == CS_NULL)
		return cs_fail(e, CS_REFUSED, "who complains is not said: a name, a phone or a key");
	out->person = who.person;
	out->called = who.called;
	m->found[m->count++] = who;
	return 0;
}

int cs_principal_match(struct cs_session *s, const struct cs_image *im, const struct cs_party_place *at,
		       const struct cs_given_party *p, cs_time when, struct cs_effects *l, int64_t *person,
		       struct cs_err *e)
{
	struct matching m = {.s = s, .im = im, .place = at, .l = l, .at = when};
	struct cs_customer_spec spec = {.name = p->of, .phone = p->of_phone};
	struct cs_customer who = {.person = CS_NULL};

	*person = CS_NULL;
	if (!p->of && !p->of_phone)
		return 0;
	if (match(&m, &spec, &who, e) < 0)
		return -1;
	*person = who.person;
	return who.person == CS_NULL ? cs_fail(e, CS_REFUSED, "'%s' is no name", p->of) : 0;
}

static int check_twice(const struct cs_complainant *list, size_t n, const struct cs_party_place *at,
		       const struct cs_given_party *p, struct cs_err *e)
{
	bool twice = at->known && at->known->person == list[n].person;

	for (size_t i = 0; i < n; i++)
		twice = twice || list[i].person == list[n].person;
	return twice ? cs_fail(e, CS_REFUSED, "%s is given twice: the same person complains once",
			       p->name    ? p->name
			       : p->phone ? p->phone
					  : p->key)
		     : 0;
}

int cs_parties_match(struct cs_session *s, const struct cs_image *im, const struct cs_party_place *at,
		     struct cs_request *r, struct cs_effects *l, struct cs_err *e)
{
	const struct cs_kind *k = im ? cs_session_kind(s, im, NULL) : NULL;
	const struct cs_step *st = k && r->step ? cs_kind_step(k, r->step) : NULL;
	struct cs_complainant *list = cs_arena_alloc(l->arena, (r->party_count + 1) * sizeof *list);
	struct matching m = {.s = s, .im = im, .place = at, .l = l, .at = r->at};

	m.found = cs_arena_alloc(l->arena, (2 * r->party_count + 1) * sizeof *m.found);
	for (size_t i = 0; i < r->party_count; i++) {
		const struct cs_given_party *p = &r->party[i];
		struct cs_party_place of = *at;

		list[i].capacity = p->capacity;
		if (match_one(&m, p, st && st->leaves, &list[i], e) < 0 || check_twice(list, i, at, p, e) < 0)
			return -1;
		of.known = &m.found[m.count - 1];
		if (cs_principal_match(s, im, &of, p, r->at, l, &list[i].principal, e) < 0)
			return -1;
		if (list[i].principal == list[i].person)
			return cs_fail(e, CS_REFUSED, "%s acts for himself: leave that out",
				       p->of ? p->of : p->of_phone);
	}
	r->complainant = list;
	return 0;
}

int64_t cs_row_person(const char *key)
{
	const char *mark = strrchr(key, '#');

	return mark ? strtoll(mark + 1, NULL, 10) : CS_NULL;
}

bool cs_row_speaks_for(const char *key, int64_t principal)
{
	const char *mark = strrchr(key, '#'), *of = mark ? strchr(mark, '/') : NULL;

	return !of || strtoll(of + 1, NULL, 10) == principal;
}

const char *cs_row_key(const char *key, struct cs_arena *a)
{
	const char *mark = strrchr(key, '#');

	return mark ? cs_arena_strndup(a, key, (size_t)(mark - key)) : key;
}

const char *cs_person_called(const struct cs_session *s, int64_t person, struct cs_arena *a)
{
	struct cs_person_row row = {0};

	if (cs_table_find(s->db, &cs_person_table, person, a, &row, NULL) != 1 || (!row.name && !row.phone))
		return "(erased)";
	return row.name ? row.name : row.phone;
}

const char *cs_row_words(const struct cs_session *s, const struct cs_list *l, const char *key, struct cs_arena *a)
{
	if (!l || !l->per_party || cs_row_person(key) == CS_NULL)
		return key;
	return cs_arena_printf(a, "%s (%s)", cs_row_key(key, a), cs_person_called(s, cs_row_person(key), a));
}

int64_t cs_party_first(const struct cs_image *im, const char *capacity)
{
	for (size_t i = 0; i < cs_image_count(im, CS_P_PARTY); i++) {
		const struct cs_party_row *p = cs_image_at(im, CS_P_PARTY, i);

		if (p->via == CS_NULL && strcmp(p->capacity, capacity) == 0)
			return p->person;
	}
	return CS_NULL;
}

/* For whom he acts at present; CS_NULL: for nobody. */
static int64_t principal_of(const struct cs_image *im, int64_t person)
{
	int64_t of = CS_NULL;

	for (size_t i = 0; i < cs_image_count(im, CS_P_PARTY); i++) {
		const struct cs_party_row *p = cs_image_at(im, CS_P_PARTY, i);

		if (p->person == person && p->until == CS_NULL)
			of = p->principal;
	}
	return of;
}

static bool is_first(const struct cs_image *im, int64_t person)
{
	for (size_t i = 0; i < cs_image_count(im, CS_P_PARTY); i++) {
		const struct cs_party_row *p = cs_image_at(im, CS_P_PARTY, i);

		if (p->person == person && cs_party_first(im, p->capacity) == person)
			return true;
	}
	return false;
}

const char *cs_row_key_of(struct cs_session *s, const struct cs_image *im, const struct cs_list *l, const char *key,
			  const char *who, struct cs_err *e)
{
	struct cs_effects out = {.arena = im->arena};
	struct matching m = {.s = s, .im = im, .l = &out};
	const char *name = normal(im->arena, who, cs_text_normal_name);
	const char *phone = normal(im->arena, who, cs_text_normal_phone);
	struct cs_customer found = {.person = CS_NULL};
	int64_t principal;
	const char *own;
	int rc = phone ? find_party(&m, NULL, phone, &found, e) : 0;

	if (rc == 0 && name)
		rc = find_party(&m, name, NULL, &found, e);
	if (rc == 0)
		cs_fail(e, CS_REFUSED, "party: nobody who takes part has the name or phone '%s'", who);
	if (rc != 1)
		return NULL;
	principal = principal_of(im, found.person);
	own = cs_arena_printf(im->arena, principal == CS_NULL ? "%s#%lld" : "%s#%lld/%lld", key,
			      (long long)found.person, (long long)principal);
	return !cs_image_list_row(im, l->id, own) && cs_image_list_row(im, l->id, key) && is_first(im, found.person)
		       ? key
		       : own;
}

/* The ticket that was merged into this one and brought the person: its premises, CS_NULL without one. */
static int premises_of_merged(struct cs_session *s, const struct cs_image *im, int64_t person, int64_t *premises,
			      struct cs_err *e)
{
	*premises = CS_NULL;
	for (size_t i = 0; i < cs_image_count(im, CS_P_PARTY); i++) {
		const struct cs_party_row *p = cs_image_at(im, CS_P_PARTY, i);
		struct cs_ticket_row t;

		if (p->person != person || p->via == CS_NULL || p->until != CS_NULL)
			continue;
		if (cs_table_find(s->db, &cs_ticket_table, p->via, &s->work, &t, e) < 0)
			return -1;
		*premises = t.premises;
	}
	return 0;
}

int cs_party_home(struct cs_session *s, const struct cs_image *im, int64_t person, struct cs_premises_row *out,
		  struct cs_err *e)
{
	int64_t home = im->t.premises, own = CS_NULL;
	struct cs_tenure_row *row;
	size_t n;

	if (person != CS_NULL && person != im->t.customer) {
		int holds;

		if (premises_of_merged(s, im, person, &own, e) < 0 ||
		    cs_person_tenures(s->db, person, &s->work, &row, &n, e) < 0)
			return -1;
		holds = home == CS_NULL || own != CS_NULL ? 0 : cs_tenure_holds(s->db, person, home, s->now, e);
		if (holds < 0)
			return -1;
		for (size_t i = 0; !holds && own == CS_NULL && i < n; i++)
			if ((row[i].from_at == CS_NULL || row[i].from_at <= s->now) &&
			    (row[i].to_at == CS_NULL || row[i].to_at > s->now))
				own = row[i].premises;
	}
	if (own != CS_NULL)
		home = own;
	return home == CS_NULL ? 0 : cs_table_find(s->db, &cs_premises_table, home, &s->work, out, e);
}
