/* Tables intake_run and intake_row. */
#include "store/intake.h"

#include <stdio.h>

static const char sql_run[] =
	"INSERT INTO intake_run (source, history, started_at, login) "
	"VALUES (:source, :history, :at, :login)";
static const char sql_find[] =
	"SELECT digest, ticket, run FROM intake_row WHERE source = :source AND key = :key";
static const char sql_add[] =
	"INSERT INTO intake_row (source, key, digest, ticket, run) "
	"VALUES (:source, :key, :digest, :ticket, :run)";
static const char sql_change[] =
	"UPDATE intake_row SET digest = ifnull(:digest, digest), run = :run "
	"WHERE source = :source AND key = :key";

int cs_intake_run_add(struct cs_db *db, const char *source, bool history, int64_t at,
		      const char *login, int64_t *run, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_run, e);

	if (!s)
		return -1;
	cs_bind_text(s, ":source", source);
	cs_bind_int(s, ":history", history);
	cs_bind_int(s, ":at", at);
	cs_bind_text(s, ":login", login);
	if (cs_run(s, e) < 0)
		return -1;
	*run = cs_db_last_id(db);
	return 0;
}

int cs_intake_row_find(struct cs_db *db, const char *source, const char *key,
		       struct cs_intake_seen *out, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_find, e);
	int rc;

	if (!s)
		return -1;
	cs_bind_text_at(s, 1, source);
	cs_bind_text_at(s, 2, key);
	rc = cs_step(s, e);
	if (rc == 1) {
		snprintf(out->digest, sizeof out->digest, "%s", cs_col_text(s, 0));
		out->ticket = cs_col_int(s, 1);
		out->run = cs_col_int(s, 2);
		cs_stmt_done(s);
	}
	return rc;
}

int cs_intake_row_add(struct cs_db *db, const char *source, const char *key,
		      const struct cs_intake_seen *row, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_add, e);

	if (!s)
		return -1;
	cs_bind_text_at(s, 1, source);
	cs_bind_text_at(s, 2, key);
	cs_bind_text_at(s, 3, row->digest);
	cs_bind_int_at(s, 4, row->ticket);
	cs_bind_int_at(s, 5, row->run);
	return cs_run(s, e);
}

int cs_intake_row_change(struct cs_db *db, const char *source, const char *key, const char *digest,
			 int64_t run, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_change, e);

	if (!s)
		return -1;
	cs_bind_text(s, ":digest", digest);
	cs_bind_int(s, ":run", run);
	cs_bind_text(s, ":source", source);
	cs_bind_text(s, ":key", key);
	return cs_run(s, e);
}
