/* Table counter. */
#include "store/counter.h"

/* Two plain statements: RETURNING would build a table of its own for every number. */
static const char sql_last[] = "SELECT last FROM counter WHERE prefix = :prefix AND day = :day";
static const char sql_set[] =
	"INSERT INTO counter (prefix, day, last) VALUES (:prefix, :day, :last) "
	"ON CONFLICT (prefix, day) DO UPDATE SET last = excluded.last";

int cs_counter_next(struct cs_db *db, const char *prefix, int32_t day, int64_t *out, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_last, e);
	int rc;

	if (!s)
		return -1;
	cs_bind_text(s, ":prefix", prefix);
	cs_bind_int(s, ":day", day);
	rc = cs_step(s, e);
	if (rc < 0)
		return -1;
	*out = rc == 1 ? cs_col_int(s, 0) + 1 : 1;
	cs_stmt_done(s);
	return 0;
}

int cs_counter_set(struct cs_db *db, const char *prefix, int32_t day, int64_t last, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_set, e);

	if (!s)
		return -1;
	cs_bind_text(s, ":prefix", prefix);
	cs_bind_int(s, ":day", day);
	cs_bind_int(s, ":last", last);
	return cs_run(s, e);
}
