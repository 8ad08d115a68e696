/* Table callback through its indexes, table happening. */
#include "store/callback.h"

#define COLUMNS \
	"ticket, seq, rule, purpose, person, method, caller, state, happening, planned_at, " \
	"from_at, due_at, give_up_at, " \
	"done_at, tries, outcome, score, not_by, draw, cycle, answers"

static const char sql_open[] =
	"SELECT " COLUMNS
	" FROM callback WHERE state = 'open' ORDER BY due_at NULLS LAST, ticket, seq";
static const char sql_all_waiting[] =
	"SELECT " COLUMNS " FROM callback WHERE state = 'waiting' ORDER BY happening, ticket, seq";
static const char sql_done[] =
	"SELECT " COLUMNS
	" FROM callback WHERE done_at >= :from AND done_at < :to ORDER BY done_at, ticket, seq";
static const char sql_waiting[] =
	"SELECT ticket FROM callback WHERE state = 'waiting' AND happening = :happening AND "
	"ticket > :after "
	"ORDER BY ticket LIMIT 1";
static const char sql_known[] =
	"SELECT 1 FROM happening WHERE happening = :happening AND unit = :unit AND at >= :from "
	"AND at < :to LIMIT 1";
static const char sql_first[] =
	"SELECT at FROM happening WHERE happening = :happening AND unit = :unit AND at >= :from "
	"ORDER BY at LIMIT 1";
static const char sql_next_happening[] = "SELECT ifnull(max(id), 0) + 1 FROM happening";

const char *const cs_callback_statements[] = {sql_open, sql_all_waiting, sql_done, sql_waiting, sql_known, sql_first};
const size_t cs_callback_statement_count = sizeof cs_callback_statements /
					   sizeof *cs_callback_statements;

struct cs_stmt *cs_callbacks_open(struct cs_db *db, struct cs_err *e)
{
	return cs_db_prepare(db, sql_open, e);
}

struct cs_stmt *cs_callbacks_waiting(struct cs_db *db, struct cs_err *e)
{
	return cs_db_prepare(db, sql_all_waiting, e);
}

struct cs_stmt *cs_callbacks_done(struct cs_db *db, int64_t from, int64_t to, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_done, e);

	if (s) {
		cs_bind_int(s, ":from", from);
		cs_bind_int(s, ":to", to);
	}
	return s;
}

int cs_callbacks_next(struct cs_stmt *walk, struct cs_arena *a, struct cs_callback_row *out,
		      struct cs_err *e)
{
	int rc = cs_step(walk, e);

	if (rc == 1)
		cs_table_read(&cs_callback_table, walk, a, out);
	return rc;
}

static int one_int(struct cs_stmt *s, int64_t *out, struct cs_err *e)
{
	int rc = cs_step(s, e);

	if (rc == 1)
		*out = cs_col_int(s, 0);
	cs_stmt_done(s);
	return rc;
}

int cs_callback_next_waiting(struct cs_db *db, const char *happening, int64_t after,
			     int64_t *ticket, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_waiting, e);

	if (!s)
		return -1;
	cs_bind_text(s, ":happening", happening);
	cs_bind_int(s, ":after", after);
	return one_int(s, ticket, e);
}

int cs_happening_first(struct cs_db *db, const char *happening, int64_t unit, int64_t from, int64_t *at,
		       struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_first, e);

	if (!s)
		return -1;
	cs_bind_text(s, ":happening", happening);
	cs_bind_int(s, ":unit", unit);
	cs_bind_int(s, ":from", from);
	return one_int(s, at, e);
}

int cs_happening_known(struct cs_db *db, const char *happening, int64_t unit, int64_t from,
		       int64_t to, int64_t *id, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_known, e);
	int64_t found;
	int rc;

	if (!s)
		return -1;
	cs_bind_text(s, ":happening", happening);
	cs_bind_int(s, ":unit", unit);
	cs_bind_int(s, ":from", from);
	cs_bind_int(s, ":to", to);
	rc = one_int(s, &found, e);
	if (rc != 0)
		return rc;
	s = cs_db_prepare(db, sql_next_happening, e);
	return s && one_int(s, id, e) == 1 ? 0 : -1;
}
