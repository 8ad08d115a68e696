/* What runs under another edition. */
#include "store/running.h"

#define OPEN \
	"done_at IS NULL AND waived_at IS NULL AND missed_at IS NULL AND due_at IS NOT NULL AND edition <> :edition "

/* Of a clock that a merge holds the ticket is asked whether it is merged still; of no other. */
static const char sql_elsewhere[] =
	"SELECT c.ticket FROM clock AS c WHERE c.ticket > :after AND c.edition <> :edition AND (c.verdict IS NULL OR "
	"(c.held_at IS NOT NULL AND EXISTS (SELECT 1 FROM ticket AS t WHERE t.id = c.ticket AND t.merged_into IS NOT "
	"NULL))) UNION SELECT subject FROM owed WHERE about = 'ticket' AND subject > :after AND " OPEN
	"ORDER BY 1 LIMIT :most";
static const char sql_units[] = "SELECT DISTINCT subject FROM owed WHERE about = 'unit' AND " OPEN "ORDER BY subject";

const char *const cs_running_statements[] = {sql_elsewhere, sql_units};
const size_t cs_running_statement_count = sizeof cs_running_statements / sizeof *cs_running_statements;

static int read_ids(struct cs_stmt *s, struct cs_arena *a, int64_t **out, size_t *count, struct cs_err *e)
{
	size_t size = 0;
	int rc;

	while ((rc = cs_step(s, e)) == 1) {
		*out = cs_arena_grow(a, *out, *count, &size, sizeof **out);
		(*out)[(*count)++] = cs_col_int(s, 0);
	}
	return rc;
}

int cs_running_elsewhere(struct cs_db *db, int64_t edition, int64_t after, size_t most,
			 struct cs_arena *a, int64_t **out, size_t *count, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_elsewhere, e);

	*out = NULL;
	*count = 0;
	if (!s)
		return -1;
	cs_bind_int(s, ":after", after);
	cs_bind_int(s, ":edition", edition);
	cs_bind_int(s, ":most", (int64_t)most);
	return read_ids(s, a, out, count, e);
}

int cs_running_units(struct cs_db *db, int64_t edition, struct cs_arena *a, int64_t **out, size_t *count,
		     struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_units, e);

	*out = NULL;
	*count = 0;
	if (!s)
		return -1;
	cs_bind_int(s, ":edition", edition);
	return read_ids(s, a, out, count, e);
}
