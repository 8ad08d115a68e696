/* Matching customers. */
#include "domain/customer.h"

#include <string.h>

#include "base/normal.h"
#include "base/utf8.h"
#include "domain/record.h"
#include "store/customer.h"

static const char *normal(struct cs_arena *a, const char *text, bool (*fold)(char *))
{
	char *s = text && *text ? cs_arena_strdup(a, text) : NULL;

	return s && fold(s) ? s : NULL;
}

static bool blank(struct cs_arena *a, const char *text)
{
	char *s = text ? cs_arena_strdup(a, text) : NULL;

	if (s)
		cs_utf8_unblank(s);
	return !s || !*s;
}

static int find_by_phone(struct cs_db *db, const char *source, cs_time at,
			 const struct cs_customer *c, struct cs_arena *a,
			 struct cs_person_row *row, struct cs_err *e)
{
	struct cs_person_row there;
	bool several;
	int rc = cs_person_by_phone(db, c->phone, c->name, source, a, row, &several, e);

	if (rc != 1 || !several || c->premises == CS_NULL || c->premises_new)
		return rc;
	rc = cs_person_by_phone_at(db, c->phone, c->premises, source, at, a, &there, e);
	if (rc == 1)
		*row = there;
	return rc < 0 ? -1 : 1;
}

static int find_person(struct cs_db *db, const struct cs_customer_spec *spec, const char *source,
		       cs_time at, const struct cs_customer *c, struct cs_arena *a,
		       struct cs_person_row *row, struct cs_err *e)
{
	int rc = source ? cs_person_by_key(db, source, spec->key, a, row, e) : 0;

	if (rc != 0)
		return rc;
	/* Two keys of one source are two customers, whatever else they share. */
	if (c->phone)
		return find_by_phone(db, source, at, c, a, row, e);
	if (!c->name || c->premises == CS_NULL || c->premises_new)
		return 0;
	rc = cs_person_at(db, c->premises, c->name, source, at, a, row, e);
	return rc != 0 ? rc
		       : cs_person_called_from(db, c->premises, c->name, source, a, row, e);
}

static int put_person(struct cs_db *db, const struct cs_customer_spec *spec, const char *source,
		      cs_time at, struct cs_effects *l, struct cs_customer *c, struct cs_err *e)
{
	struct cs_person_row was, now;
	int found;

	c->person = CS_NULL;
	if (!c->name && !c->phone && !source)
		return 0;
	cs_table_blank(&cs_person_table, &was);
	found = find_person(db, spec, source, at, c, l->arena, &was, e);
	if (found < 0)
		return -1;
	c->person_new = found == 0;
	now = was;
	if (c->person_new && cs_record_id(db, l, &cs_person_table, &now.id, e) < 0)
		return -1;
	c->person = now.id;
	if (!now.name)
		now.name = c->name;
	if (!now.phone)
		now.phone = c->phone;
	if (!now.customer_key && source) {
		now.source = source;
		now.customer_key = spec->key;
	}
	c->called = c->name && strcmp(c->name, now.name) != 0 ? c->name : NULL;
	c->name = now.name;
	c->phone = now.phone;
	cs_record_row(l, &cs_person_table, c->person_new ? NULL : &was, &now);
	return 0;
}

static int put_premises(struct cs_db *db, const struct cs_customer_spec *spec, struct cs_effects *l,
			struct cs_customer *c, struct cs_err *e)
{
	struct cs_premises_row row;
	int found;

	c->premises = CS_NULL;
	if (!c->address)
		return 0;
	found = cs_premises_by_address(db, c->address, spec->unit, &c->premises, e);
	if (found != 0)
		return found < 0 ? -1 : 0;
	c->premises_new = true;
	cs_table_blank(&cs_premises_table, &row);
	row.unit = spec->unit;
	row.address = c->address;
	if (cs_record_id(db, l, &cs_premises_table, &row.id, e) < 0)
		return -1;
	c->premises = row.id;
	cs_record_row(l, &cs_premises_table, NULL, &row);
	return 0;
}

static int put_tenure(struct cs_db *db, const struct cs_customer_spec *spec, cs_time at,
		      struct cs_effects *l, struct cs_customer *c, struct cs_err *e)
{
	const char *capacity = spec->capacity && *spec->capacity ? spec->capacity : NULL;
	struct cs_tenure_row row;
	int found = 0;

	if (c->person == CS_NULL || c->premises == CS_NULL ||
	    (!capacity && (!c->person_new || c->phone)))
		return 0;
	if (!c->person_new && !c->premises_new)
		found = cs_tenure_holds(db, c->person, c->premises, at, e);
	if (found != 0)
		return found < 0 ? -1 : 0;
	cs_table_blank(&cs_tenure_table, &row);
	row.person = c->person;
	row.premises = c->premises;
	row.capacity = capacity;
	if (cs_record_id(db, l, &cs_tenure_table, &row.id, e) < 0)
		return -1;
	c->tenure_new = true;
	cs_record_row(l, &cs_tenure_table, NULL, &row);
	return 0;
}

int cs_customer_match(struct cs_db *db, const struct cs_customer_spec *spec, cs_time at,
		      struct cs_effects *l, struct cs_customer *out, struct cs_err *e)
{
	const char *source = spec->source && spec->key && *spec->key ? spec->source : NULL;
	char shown[CS_ERR_SHOWN];

	*out = (struct cs_customer){
		.name = normal(l->arena, spec->name, cs_text_normal_name),
		.phone = normal(l->arena, spec->phone, cs_text_normal_phone),
		.address = normal(l->arena, spec->address, cs_text_normal_premises),
	};
	if (!out->phone && !blank(l->arena, spec->phone))
		return cs_fail(
			e, CS_REFUSED,
			"'%s' is no phone number (3 to 20 digits, + before, an extension behind)",
			cs_err_show(spec->phone, shown));
	return put_premises(db, spec, l, out, e) < 0 ||
			       put_person(db, spec, source, at, l, out, e) < 0 ||
			       put_tenure(db, spec, at, l, out, e) < 0
		       ? -1
		       : 0;
}
