/* What is owed. */
#include "store/owed.h"

#include <string.h>

#define COLUMNS \
	"about, subject, duty, cause, edition, owner, owed_at, due_at, times, done_at, done_by, done_event, " \
	"evidence, waived_at, why, missed_at, missed_due, crossings, next_at "
#define OPEN "done_at IS NULL AND waived_at IS NULL AND missed_at IS NULL "

static const char sql_find[] =
	"SELECT " COLUMNS "FROM owed WHERE about = :about AND subject = :subject AND duty = :duty AND cause = :cause";
static const char sql_there[] =
	"SELECT 1 FROM owed WHERE about = :about AND subject = :subject AND duty = :duty AND cause = :cause";
static const char sql_open[] = "SELECT " COLUMNS "FROM owed WHERE " OPEN "ORDER BY about, subject";
static const char sql_missed[] = "SELECT " COLUMNS "FROM owed WHERE missed_at IS NOT NULL AND missed_at >= :since";
static const char sql_all[] = "SELECT " COLUMNS "FROM owed ORDER BY about, subject, duty, cause";
static const char sql_of[] =
	"SELECT " COLUMNS "FROM owed WHERE about = :about AND subject = :subject ORDER BY about, subject, duty, cause";
static const char sql_others[] = "SELECT " COLUMNS
				 "FROM owed WHERE about <> 'ticket' ORDER BY about, subject, duty, cause";
static const char sql_first[] = "SELECT " COLUMNS "FROM owed WHERE about = 'unit' AND subject = :unit AND " OPEN
				"AND next_at IS NOT NULL AND next_at < :upto";
static const char sql_next_unit[] = "SELECT min(subject) FROM owed WHERE about = 'unit' AND next_at IS NOT NULL "
				    "AND next_at < :upto AND +subject > :after";

const char *const cs_owed_statements[] = {sql_find, sql_there, sql_open, sql_missed, sql_of, sql_first, sql_next_unit};
const size_t cs_owed_statement_count = sizeof cs_owed_statements / sizeof *cs_owed_statements;

const char *cs_owed_state(const struct cs_owed_row *o)
{
	if (o->done_at != CS_NULL)
		return "done";
	if (o->waived_at == CS_NULL)
		return o->missed_at != CS_NULL ? "missed" : "owed";
	return !o->why || strcmp(o->why, "waived") == 0 ? "waived" : strcmp(o->why, "fell") == 0 ? "fell" : "ended";
}

int64_t cs_owed_end(const struct cs_owed_row *o)
{
	return o->done_at != CS_NULL ? o->done_at : o->waived_at != CS_NULL ? o->waived_at : o->missed_at;
}

bool cs_owed_late(const struct cs_owed_row *o, int64_t now)
{
	const int64_t end = cs_owed_end(o), then = end != CS_NULL ? end : now;

	return o->missed_at != CS_NULL || (o->due_at != CS_NULL && then > o->due_at) ||
	       (o->missed_due != CS_NULL && then > o->missed_due);
}

static struct cs_stmt *by_key(struct cs_db *db, const char *sql, const struct cs_owed_key *key, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql, e);

	if (s) {
		cs_bind_text(s, ":about", key->about);
		cs_bind_int(s, ":subject", key->subject);
		cs_bind_text(s, ":duty", key->duty);
		cs_bind_text(s, ":cause", key->cause);
	}
	return s;
}

static int one(struct cs_stmt *s, struct cs_arena *a, struct cs_owed_row *out, struct cs_err *e)
{
	int rc = s ? cs_owed_next(s, a, out, e) : -1;

	if (rc == 1)
		cs_stmt_done(s);
	return rc;
}

int cs_owed_find(struct cs_db *db, const struct cs_owed_key *key, struct cs_arena *a, struct cs_owed_row *out,
		 struct cs_err *e)
{
	return one(by_key(db, sql_find, key, e), a, out, e);
}

int cs_owed_there(struct cs_db *db, const struct cs_owed_key *key, struct cs_err *e)
{
	struct cs_stmt *s = by_key(db, sql_there, key, e);
	int rc = s ? cs_step(s, e) : -1;

	if (rc == 1)
		cs_stmt_done(s);
	return rc;
}

struct cs_stmt *cs_owed_walk_open(struct cs_db *db, struct cs_err *e)
{
	return cs_db_prepare(db, sql_open, e);
}

struct cs_stmt *cs_owed_walk_missed(struct cs_db *db, int64_t since, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_missed, e);

	if (s)
		cs_bind_int(s, ":since", since);
	return s;
}

struct cs_stmt *cs_owed_walk_all(struct cs_db *db, struct cs_err *e)
{
	return cs_db_prepare(db, sql_all, e);
}

struct cs_stmt *cs_owed_walk_of(struct cs_db *db, const char *about, int64_t subject, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_of, e);

	if (s) {
		cs_bind_text(s, ":about", about);
		cs_bind_int(s, ":subject", subject);
	}
	return s;
}

struct cs_stmt *cs_owed_walk_others(struct cs_db *db, struct cs_err *e)
{
	return cs_db_prepare(db, sql_others, e);
}

int cs_owed_next(struct cs_stmt *walk, struct cs_arena *a, struct cs_owed_row *out, struct cs_err *e)
{
	return cs_table_next(walk, &cs_owed_table, a, out, e);
}

int cs_owed_first(struct cs_db *db, int64_t unit, int64_t upto, struct cs_arena *a, struct cs_owed_row *out,
		  struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_first, e);
	struct cs_owed_row row;
	bool any = false;
	int rc = -1;

	if (s) {
		cs_bind_int(s, ":unit", unit);
		cs_bind_int(s, ":upto", upto);
	}
	while (s && (rc = cs_owed_next(s, a, &row, e)) == 1) {
		if (!any || row.next_at < out->next_at ||
		    (row.next_at == out->next_at && cs_row_order(&cs_owed_table, &row, out) < 0))
			*out = row;
		any = true;
	}
	return rc < 0 ? -1 : any;
}

int cs_owed_next_unit(struct cs_db *db, int64_t after, int64_t upto, int64_t *unit, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_next_unit, e);
	int rc;

	if (!s)
		return -1;
	cs_bind_int(s, ":upto", upto);
	cs_bind_int(s, ":after", after);
	rc = cs_step(s, e);
	if (rc != 1)
		return rc < 0 ? -1 : 0;
	rc = cs_col_null(s, 0) ? 0 : 1;
	*unit = cs_col_int(s, 0);
	cs_stmt_done(s);
	return rc;
}
