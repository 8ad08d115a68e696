/* Orphans. */
#include "store/orphan.h"

static const char sql_imports[] =
	"SELECT r.source, r.ticket FROM intake_row r WHERE NOT EXISTS (SELECT 1 FROM ticket t WHERE t.id = r.ticket)";

struct cs_stmt *cs_orphan_imports(struct cs_db *db, struct cs_err *e)
{
	return cs_db_prepare(db, sql_imports, e);
}

int cs_orphan_next(struct cs_stmt *walk, const char **source, int64_t *ticket, struct cs_err *e)
{
	int rc = cs_step(walk, e);

	if (rc == 1) {
		*source = cs_col_text(walk, 0);
		*ticket = cs_col_int(walk, 1);
	}
	return rc;
}
