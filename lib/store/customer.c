/* Persons, premises and who has which. */
#include "store/customer.h"

#include <string.h>

#define PERSON \
	"p.id, p.name, p.phone, p.source, p.customer_key, p.tier, p.tier_at, p.weight, " \
	"p.weight_at, p.manager, p.erased_at"
static const char sql_by_key[] =
	"SELECT " PERSON " FROM person p "
	"WHERE p.source = :source AND p.customer_key = :key ORDER BY p.id LIMIT 1";
static const char sql_by_phone[] =
	"SELECT " PERSON " FROM person p "
	"WHERE p.phone = :phone AND (p.source IS NULL OR p.source IS NOT :other_than) ORDER BY "
	"p.id";
static const char sql_by_phone_at[] =
	"SELECT " PERSON " FROM person p "
	"WHERE p.phone = :phone AND (p.source IS NULL OR p.source IS NOT :other_than) AND "
	"(EXISTS (SELECT 1 FROM tenure t WHERE t.person = p.id AND t.premises = :premises AND "
	"(t.to_at IS NULL OR t.to_at > :at) AND (t.from_at IS NULL OR t.from_at <= :at)) OR "
	"EXISTS (SELECT 1 FROM ticket k WHERE k.customer = p.id AND k.premises = :premises)) "
	"ORDER BY p.id LIMIT 1";
static const char sql_at[] =
	"SELECT " PERSON " FROM tenure t JOIN person p ON p.id = t.person "
	"WHERE t.premises = :premises AND p.name = :name AND (t.to_at IS NULL OR t.to_at > :at) "
	"AND (t.from_at IS NULL OR t.from_at <= :at) "
	"AND (p.source IS NULL OR p.source IS NOT :other_than) ORDER BY p.id LIMIT 1";
static const char sql_called_from[] =
	"SELECT " PERSON " FROM person p "
	"WHERE p.name = :name AND (p.source IS NULL OR p.source IS NOT :other_than) AND "
	"EXISTS (SELECT 1 FROM ticket k WHERE k.customer = p.id AND k.premises = :premises) AND "
	"NOT EXISTS (SELECT 1 FROM tenure t WHERE t.person = p.id AND t.premises = :premises) "
	"ORDER BY p.id LIMIT 1";
static const char sql_premises[] =
	"SELECT id FROM premises WHERE address = :address AND unit = :unit ORDER BY id LIMIT 1";
static const char sql_premises_any[] =
	"SELECT id, unit FROM premises WHERE address = :address ORDER BY unit NULLS FIRST, id "
	"LIMIT 2";
static const char sql_holds[] =
	"SELECT id FROM tenure WHERE person = :person AND premises = :premises AND (to_at IS "
	"NULL OR to_at > :at) AND (from_at IS NULL OR from_at <= :at) LIMIT 1";

const char *const cs_customer_lookups[] = {sql_by_key,      sql_by_phone, sql_by_phone_at,
					   sql_called_from, sql_premises, sql_holds,
					   NULL};

static int one_person(struct cs_stmt *s, struct cs_arena *a, struct cs_person_row *out,
		      struct cs_err *e)
{
	int rc = cs_step(s, e);

	if (rc == 1)
		cs_table_read(&cs_person_table, s, a, out);
	cs_stmt_done(s);
	return rc;
}

int cs_person_by_key(struct cs_db *db, const char *source, const char *key, struct cs_arena *a,
		     struct cs_person_row *out, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_by_key, e);

	if (!s)
		return -1;
	cs_bind_text(s, ":source", source);
	cs_bind_text(s, ":key", key);
	return one_person(s, a, out, e);
}

int cs_person_by_phone(struct cs_db *db, const char *phone, const char *name,
		       const char *other_than, struct cs_arena *a, struct cs_person_row *out,
		       bool *several, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_by_phone, e);
	struct cs_person_row row;
	size_t n = 0;
	int rc;

	*several = false;
	if (!s)
		return -1;
	cs_bind_text(s, ":phone", phone);
	cs_bind_text(s, ":other_than", other_than);
	while ((rc = cs_step(s, e)) == 1) {
		bool named;

		cs_table_read(&cs_person_table, s, a, &row);
		named = name && row.name && strcmp(row.name, name) == 0;
		if (n++ == 0 || named)
			*out = row;
		*several = n > 1 && !named;
		if (named)
			break;
	}
	cs_stmt_done(s);
	return rc < 0 ? -1 : n > 0;
}

int cs_person_by_phone_at(struct cs_db *db, const char *phone, int64_t premises,
			  const char *other_than, int64_t at, struct cs_arena *a,
			  struct cs_person_row *out, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_by_phone_at, e);

	if (!s)
		return -1;
	cs_bind_text(s, ":phone", phone);
	cs_bind_int(s, ":premises", premises);
	cs_bind_int(s, ":at", at);
	cs_bind_text(s, ":other_than", other_than);
	return one_person(s, a, out, e);
}

int cs_person_at(struct cs_db *db, int64_t premises, const char *name, const char *other_than,
		 int64_t at, struct cs_arena *a, struct cs_person_row *out, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_at, e);

	if (!s)
		return -1;
	cs_bind_int(s, ":premises", premises);
	cs_bind_text(s, ":name", name);
	cs_bind_int(s, ":at", at);
	cs_bind_text(s, ":other_than", other_than);
	return one_person(s, a, out, e);
}

int cs_person_called_from(struct cs_db *db, int64_t premises, const char *name,
			  const char *other_than, struct cs_arena *a, struct cs_person_row *out,
			  struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_called_from, e);

	if (!s)
		return -1;
	cs_bind_int(s, ":premises", premises);
	cs_bind_text(s, ":name", name);
	cs_bind_text(s, ":other_than", other_than);
	return one_person(s, a, out, e);
}

/* Rows come with those of no unit first: one such row decides, two rows of units decide nothing. */
static int premises_anywhere(struct cs_db *db, const char *address, int64_t *premises,
			     struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_premises_any, e);
	bool nowhere;
	int rc;

	if (!s)
		return -1;
	cs_bind_text(s, ":address", address);
	rc = cs_step(s, e);
	if (rc == 1) {
		*premises = cs_col_int(s, 0);
		nowhere = cs_col_null(s, 1);
		rc = cs_step(s, e);
		rc = rc < 0 ? -1 : rc == 0 || nowhere;
	}
	cs_stmt_done(s);
	return rc;
}

int cs_premises_by_address(struct cs_db *db, const char *address, int64_t unit, int64_t *premises,
			   struct cs_err *e)
{
	struct cs_stmt *s;
	int rc;

	if (unit == CS_NULL)
		return premises_anywhere(db, address, premises, e);
	s = cs_db_prepare(db, sql_premises, e);
	if (!s)
		return -1;
	cs_bind_text(s, ":address", address);
	cs_bind_int(s, ":unit", unit);
	rc = cs_step(s, e);
	if (rc == 1)
		*premises = cs_col_int(s, 0);
	cs_stmt_done(s);
	return rc;
}

int cs_tenure_holds(struct cs_db *db, int64_t person, int64_t premises, int64_t at,
		    struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_holds, e);
	int rc;

	if (!s)
		return -1;
	cs_bind_int(s, ":person", person);
	cs_bind_int(s, ":premises", premises);
	cs_bind_int(s, ":at", at);
	rc = cs_step(s, e);
	cs_stmt_done(s);
	return rc;
}

/* --- lists ------------------------------------------------------------------ */

static const char sql_search[] =
	"SELECT id FROM person WHERE phone = :phone "
	"UNION SELECT id FROM person WHERE instr(name, :text) > 0 OR customer_key = :text "
	"UNION SELECT t.person FROM premises p JOIN tenure t ON t.premises = p.id WHERE "
	"instr(p.address, :address) > 0 "
	"ORDER BY 1";
static const char sql_erased[] = "SELECT 1 FROM person WHERE id = :person AND erased_at IS NOT NULL";
static const char sql_tickets[] =
	"SELECT id FROM ticket WHERE customer = :person UNION SELECT ticket FROM party WHERE "
	"person = :person AND seq > 1 UNION SELECT ticket FROM party WHERE principal = :person "
	"ORDER BY 1";
static const char sql_shared[] =
	"SELECT 1 FROM tenure t JOIN person p ON p.id = t.person "
	"WHERE t.premises = :premises AND t.person <> :person AND p.erased_at IS NULL "
	"UNION ALL SELECT 1 FROM ticket k LEFT JOIN person p ON p.id = k.customer "
	"WHERE k.premises = :premises AND k.customer IS NOT :person AND p.erased_at IS NULL "
	"LIMIT 1";
static const char sql_namesakes[] = "SELECT q.id FROM person p JOIN person q ON q.name = p.name AND q.id <> p.id "
				    "WHERE p.id = :person AND EXISTS ("
				    "SELECT premises FROM (SELECT premises FROM tenure WHERE person = q.id "
				    "UNION ALL SELECT premises FROM ticket WHERE customer = q.id) "
				    "WHERE premises IN (SELECT premises FROM tenure WHERE person = p.id "
				    "UNION ALL SELECT premises FROM ticket WHERE customer = p.id)) ORDER BY q.id";
static const char sql_tenures[] =
	"SELECT id, person, premises, capacity, from_at, to_at FROM tenure WHERE person = "
	":person ORDER BY id";
static const char sql_places[] =
	"SELECT premises FROM tenure WHERE person = :person "
	"UNION SELECT premises FROM ticket WHERE customer = :person AND premises IS NOT NULL "
	"ORDER BY 1";

static int read_ids(struct cs_stmt *s, struct cs_arena *a, struct cs_id_list *out, struct cs_err *e)
{
	int rc;

	*out = (struct cs_id_list){0};
	while ((rc = cs_step(s, e)) == 1) {
		out->id = cs_arena_grow(a, out->id, out->count, &out->size, sizeof *out->id);
		out->id[out->count++] = cs_col_int(s, 0);
	}
	return rc;
}

int cs_person_search(struct cs_db *db, const char *text, const char *phone, const char *address,
		     struct cs_arena *a, struct cs_id_list *out, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_search, e);

	if (!s)
		return -1;
	cs_bind_text(s, ":text", text);
	cs_bind_text(s, ":phone", phone);
	cs_bind_text(s, ":address", address);
	return read_ids(s, a, out, e);
}

static int ids_of(struct cs_db *db, const char *sql, int64_t person, struct cs_arena *a,
		  struct cs_id_list *out, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql, e);

	if (!s)
		return -1;
	cs_bind_int(s, ":person", person);
	return read_ids(s, a, out, e);
}

int cs_person_tickets(struct cs_db *db, int64_t person, struct cs_arena *a, struct cs_id_list *out,
		      struct cs_err *e)
{
	return ids_of(db, sql_tickets, person, a, out, e);
}

int cs_person_namesakes(struct cs_db *db, int64_t person, struct cs_arena *a, struct cs_id_list *out, struct cs_err *e)
{
	return ids_of(db, sql_namesakes, person, a, out, e);
}

int cs_person_premises(struct cs_db *db, int64_t person, struct cs_arena *a, struct cs_id_list *out,
		       struct cs_err *e)
{
	return ids_of(db, sql_places, person, a, out, e);
}

int cs_person_erased(struct cs_db *db, int64_t person, struct cs_err *e)
{
	struct cs_stmt *s = person == CS_NULL ? NULL : cs_db_prepare(db, sql_erased, e);
	int rc;

	if (!s)
		return person == CS_NULL ? 0 : -1;
	cs_bind_int(s, ":person", person);
	rc = cs_step(s, e);
	cs_stmt_done(s);
	return rc;
}

int cs_premises_shared(struct cs_db *db, int64_t premises, int64_t person, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_shared, e);
	int rc;

	if (!s)
		return -1;
	cs_bind_int(s, ":premises", premises);
	cs_bind_int(s, ":person", person);
	rc = cs_step(s, e);
	cs_stmt_done(s);
	return rc;
}

int cs_person_tenures(struct cs_db *db, int64_t person, struct cs_arena *a,
		      struct cs_tenure_row **out, size_t *count, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_tenures, e);
	size_t size = 0;
	int rc;

	*out = NULL;
	*count = 0;
	if (!s)
		return -1;
	cs_bind_int(s, ":person", person);
	while ((rc = cs_step(s, e)) == 1) {
		*out = cs_arena_grow(a, *out, *count, &size, sizeof **out);
		cs_table_read(&cs_tenure_table, s, a, &(*out)[(*count)++]);
	}
	return rc;
}
