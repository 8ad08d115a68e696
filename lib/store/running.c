/* Running clocks. */
#include "store/running.h"

static const char sql_elsewhere[] =
	"SELECT DISTINCT c.ticket FROM clock c JOIN ticket t ON t.id = c.ticket WHERE c.ticket > :after AND "
	"(c.verdict IS NULL OR (c.held_at IS NOT NULL AND t.merged_into IS NOT NULL)) AND "
	"c.edition <> :edition ORDER BY c.ticket LIMIT :most";

int cs_running_elsewhere(struct cs_db *db, int64_t edition, int64_t after, size_t most,
			 struct cs_arena *a, int64_t **out, size_t *count, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_elsewhere, e);
	size_t size = 0;
	int rc;

	*out = NULL;
	*count = 0;
	if (!s)
		return -1;
	cs_bind_int(s, ":after", after);
	cs_bind_int(s, ":edition", edition);
	cs_bind_int(s, ":most", (int64_t)most);
	while ((rc = cs_step(s, e)) == 1) {
		*out = cs_arena_grow(a, *out, *count, &size, sizeof **out);
		(*out)[(*count)++] = cs_col_int(s, 0);
	}
	return rc;
}
