/* All of one matter. */
#include "store/matter.h"

static const char sql_tickets[] = "SELECT id FROM ticket WHERE matter IS NOT NULL AND matter = :matter "
				  "UNION SELECT id FROM ticket WHERE id = :matter ORDER BY 1";
/* Of each ticket of the matter: itself, then its appeals. */
static const char sql_voices[] =
	"WITH of (id, customer, opened_at, premises) AS ("
	"SELECT id, customer, opened_at, premises FROM ticket WHERE matter IS NOT NULL AND matter = :matter "
	"UNION SELECT id, customer, opened_at, premises FROM ticket WHERE id = :matter) "
	"SELECT id, 0, coalesce((SELECT p.principal FROM party p WHERE p.ticket = of.id AND p.seq = 1), customer), "
	"opened_at, premises, NULL FROM of "
	"UNION ALL SELECT a.ticket, a.seq, a.person, a.at, of.premises, a.step FROM of JOIN appeal a "
	"ON a.ticket = of.id ORDER BY 4, 1, 2";
/* All that merges ever brought together with the ticket and with those of its matter, undone ones too. */
static const char sql_known[] =
	"WITH RECURSIVE near (id) AS (SELECT :ticket "
	"UNION SELECT id FROM ticket WHERE matter IS NOT NULL AND matter = :matter "
	"UNION SELECT CASE WHEN l.ticket = near.id THEN l.other ELSE l.ticket END "
	"FROM near JOIN link l ON (l.ticket = near.id OR l.other = near.id) WHERE l.link = 'merged_into') "
	"SELECT id FROM near WHERE id <> :ticket ORDER BY id";
/* Of all the database: read once by who checks it, in no order that an index would give. */
static const char sql_linked[] = "SELECT ticket FROM link UNION SELECT other FROM link ORDER BY 1";

const char *const cs_matter_sql[] = {sql_tickets, sql_voices, sql_known};
const size_t cs_matter_sql_count = sizeof cs_matter_sql / sizeof *cs_matter_sql;

static int read_ids(struct cs_stmt *s, struct cs_arena *a, struct cs_id_list *out, struct cs_err *e)
{
	int rc;

	while ((rc = cs_step(s, e)) == 1) {
		out->id = cs_arena_grow(a, out->id, out->count, &out->size, sizeof *out->id);
		out->id[out->count++] = cs_col_int(s, 0);
	}
	return rc;
}

int cs_matter_tickets(struct cs_db *db, int64_t matter, struct cs_arena *a, struct cs_id_list *out, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_tickets, e);

	if (!s)
		return -1;
	cs_bind_int(s, ":matter", matter);
	return read_ids(s, a, out, e);
}

int cs_matter_known(struct cs_db *db, int64_t ticket, int64_t matter, struct cs_arena *a, struct cs_id_list *out,
		    struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_known, e);

	if (!s)
		return -1;
	cs_bind_int(s, ":ticket", ticket);
	if (matter == CS_NULL)
		cs_bind_null(s, ":matter");
	else
		cs_bind_int(s, ":matter", matter);
	return read_ids(s, a, out, e);
}

int cs_matter_linked(struct cs_db *db, struct cs_arena *a, struct cs_id_list *out, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_linked, e);

	return s ? read_ids(s, a, out, e) : -1;
}

int cs_matter_voices(struct cs_db *db, int64_t matter, struct cs_arena *a, struct cs_voice **out, size_t *count,
		     struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_voices, e);
	size_t size = 0;
	int rc;

	*out = NULL;
	*count = 0;
	if (!s)
		return -1;
	cs_bind_int(s, ":matter", matter);
	while ((rc = cs_step(s, e)) == 1) {
		*out = cs_arena_grow(a, *out, *count, &size, sizeof **out);
		(*out)[(*count)++] = (struct cs_voice){
			cs_col_int(s, 0),    cs_col_int(s, 1),
			cs_col_number(s, 2), cs_col_int(s, 3),
			cs_col_number(s, 4), cs_col_null(s, 5) ? NULL : cs_arena_strdup(a, cs_col_text(s, 5))};
	}
	return rc;
}
