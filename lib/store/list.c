/* Ways to tickets. Only ids are read here, from the index alone; the rows follow by id, in order. */
#include "store/list.h"

#include <stdlib.h>

#include "store/table.h"

static const char sql_open[] = "SELECT id FROM ticket WHERE state_is IN ('open', 'waiting')";
static const char sql_due[] = "SELECT id FROM ticket WHERE state_is IN ('open', 'waiting') AND due_at < :due";
static const char sql_done[] = "SELECT id FROM ticket WHERE done_at IS NOT NULL AND done_at >= :from AND done_at < :to";
static const char sql_key[] =
	"SELECT ticket FROM ticket_key WHERE value IS NOT NULL AND value = :value AND field = :field";
static const char sql_matter[] = "SELECT id FROM ticket WHERE matter IS NOT NULL AND matter = :matter "
				 "UNION ALL SELECT id FROM ticket WHERE id = :matter";

static const char sql_linked[] =
	"SELECT ticket, seq, link, other, until FROM link WHERE other = :other ORDER BY ticket, seq";

static const char sql_access[] =
	"SELECT id, ticket, rule, staff, at, why FROM access WHERE ticket = :ticket ORDER BY id";

const char *const cs_list_sql[] = {sql_open, sql_due, sql_done, sql_key, sql_matter, sql_linked, sql_access};
const size_t cs_list_sql_count = sizeof cs_list_sql / sizeof *cs_list_sql;

static int by_value(const void *a, const void *b)
{
	const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

void cs_id_list_sort(struct cs_id_list *l)
{
	size_t n = 0;

	if (l->count)
		qsort(l->id, l->count, sizeof *l->id, by_value);
	for (size_t i = 0; i < l->count; i++)
		if (n == 0 || l->id[n - 1] != l->id[i])
			l->id[n++] = l->id[i];
	l->count = n;
}

void cs_id_list_meet(struct cs_id_list *l, const struct cs_id_list *other)
{
	size_t n = 0, k = 0;

	for (size_t i = 0; i < l->count; i++) {
		while (k < other->count && other->id[k] < l->id[i])
			k++;
		if (k < other->count && other->id[k] == l->id[i])
			l->id[n++] = l->id[i];
	}
	l->count = n;
}

static int collect(struct cs_stmt *s, struct cs_arena *a, struct cs_id_list *out, struct cs_err *e)
{
	int rc;

	while ((rc = cs_step(s, e)) == 1) {
		out->id = cs_arena_grow(a, out->id, out->count, &out->size, sizeof *out->id);
		out->id[out->count++] = cs_col_int(s, 0);
	}
	if (rc == 0)
		cs_id_list_sort(out);
	return rc;
}

int cs_list_open(struct cs_db *db, int64_t due, struct cs_arena *a, struct cs_id_list *out, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, due == CS_NULL ? sql_open : sql_due, e);

	if (!s)
		return -1;
	if (due != CS_NULL)
		cs_bind_int(s, ":due", due);
	return collect(s, a, out, e);
}

int cs_list_done(struct cs_db *db, int64_t from, int64_t to, struct cs_arena *a, struct cs_id_list *out,
		 struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_done, e);

	if (!s)
		return -1;
	cs_bind_int(s, ":from", from);
	cs_bind_int(s, ":to", to);
	return collect(s, a, out, e);
}

int cs_list_key(struct cs_db *db, const char *field, const char *value, struct cs_arena *a, struct cs_id_list *out,
		struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_key, e);

	if (!s)
		return -1;
	cs_bind_text(s, ":field", field);
	cs_bind_text(s, ":value", value);
	return collect(s, a, out, e);
}

int cs_list_matter(struct cs_db *db, int64_t matter, struct cs_arena *a, struct cs_id_list *out, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_matter, e);

	if (!s)
		return -1;
	cs_bind_int(s, ":matter", matter);
	return collect(s, a, out, e);
}

int cs_list_linked(struct cs_db *db, int64_t other, struct cs_arena *a, struct cs_link_row **out, size_t *count,
		   struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_linked, e);
	size_t size = 0;
	int rc;

	*out = NULL;
	*count = 0;
	if (!s)
		return -1;
	cs_bind_int(s, ":other", other);
	while ((rc = cs_step(s, e)) == 1) {
		*out = cs_arena_grow(a, *out, *count, &size, sizeof **out);
		(*out)[(*count)++] = (struct cs_link_row){
			.ticket = cs_col_int(s, 0),
			.seq = cs_col_int(s, 1),
			.link = cs_arena_strdup(a, cs_col_text(s, 2)),
			.other = cs_col_int(s, 3),
			.until = cs_col_int(s, 4),
		};
	}
	return rc;
}

int cs_list_access(struct cs_db *db, int64_t ticket, struct cs_arena *a, struct cs_access_row **out, size_t *count,
		   struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_access, e);
	size_t size = 0;
	int rc;

	*out = NULL;
	*count = 0;
	if (!s)
		return -1;
	cs_bind_int(s, ":ticket", ticket);
	while ((rc = cs_step(s, e)) == 1) {
		*out = cs_arena_grow(a, *out, *count, &size, sizeof **out);
		(*out)[(*count)++] = (struct cs_access_row){
			.id = cs_col_int(s, 0),
			.ticket = cs_col_int(s, 1),
			.rule = cs_arena_strdup(a, cs_col_text(s, 2)),
			.staff = cs_col_int(s, 3),
			.at = cs_col_int(s, 4),
			.why = cs_arena_strdup(a, cs_col_text(s, 5)),
		};
	}
	return rc;
}
