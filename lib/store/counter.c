/* Table counter. */
#include "store/counter.h"

#include "store/ref.h"

/* Two plain statements: RETURNING would build a table of its own for every number. */
static const char sql_last[] = "SELECT last FROM counter WHERE prefix = :prefix AND day = :day";
static const char sql_set[] =
	"INSERT INTO counter (prefix, day, last) VALUES (:prefix, :day, :last) "
	"ON CONFLICT (prefix, day) DO UPDATE SET last = excluded.last";
static const char sql_walk[] = "SELECT prefix, day, last FROM counter ORDER BY day, prefix";
static const char sql_first[] = "SELECT min(id) FROM ticket WHERE id >= :from";
static const char sql_highest[] = "SELECT max(id) FROM ticket WHERE id >= :from AND id < :to";

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

struct cs_stmt *cs_counter_walk(struct cs_db *db, struct cs_err *e)
{
	return cs_db_prepare(db, sql_walk, e);
}

int cs_counter_walk_next(struct cs_stmt *walk, const char **prefix, int32_t *day, int64_t *last, struct cs_err *e)
{
	int rc = cs_step(walk, e);

	if (rc == 1) {
		*prefix = cs_col_text(walk, 0);
		*day = (int32_t)cs_col_int(walk, 1);
		*last = cs_col_int(walk, 2);
	}
	return rc;
}

/* One id, or none when no row matches. */
static int one_id(struct cs_stmt *s, int64_t *out, struct cs_err *e)
{
	int rc = cs_step(s, e);

	if (rc == 1 && cs_col_null(s, 0))
		rc = 0;
	if (rc == 1)
		*out = cs_col_int(s, 0);
	cs_stmt_done(s);
	return rc;
}

int cs_counter_used(struct cs_db *db, int64_t from, int64_t *id, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_first, e);

	if (!s)
		return -1;
	cs_bind_int(s, ":from", from);
	return one_id(s, id, e);
}

int cs_counter_highest(struct cs_db *db, const char *prefix, int32_t day, int64_t *id, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_highest, e);

	if (!s)
		return -1;
	cs_bind_int(s, ":from", cs_ref_make(prefix, day, 1));
	cs_bind_int(s, ":to", cs_ref_end(cs_ref_make(prefix, day, 1)));
	return one_id(s, id, e);
}
