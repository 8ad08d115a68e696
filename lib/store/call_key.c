/* Table call_key. */
#include "store/call_key.h"

static const char sql_find[] =
	"SELECT key, program, digest, answer, at FROM call_key WHERE key = :key";
static const char sql_add[] =
	"INSERT INTO call_key (key, program, digest, answer, at) VALUES (:key, :program, "
	":digest, :answer, :at)";

int cs_call_key_find(struct cs_db *db, const char *key, struct cs_arena *a, struct cs_call_key *out,
		     struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_find, e);
	int rc;

	if (!s)
		return -1;
	cs_bind_text(s, ":key", key);
	rc = cs_step(s, e);
	if (rc == 1) {
		out->key = cs_arena_strdup(a, cs_col_text(s, 0));
		out->program = cs_arena_strdup(a, cs_col_text(s, 1));
		out->digest = cs_arena_strdup(a, cs_col_text(s, 2));
		out->answer = cs_arena_strdup(a, cs_col_text(s, 3));
		out->at = cs_col_int(s, 4);
	}
	cs_stmt_done(s);
	return rc;
}

int cs_call_key_add(struct cs_db *db, const struct cs_call_key *k, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_add, e);

	if (!s)
		return -1;
	cs_bind_text(s, ":key", k->key);
	cs_bind_text(s, ":program", k->program);
	cs_bind_text(s, ":digest", k->digest);
	cs_bind_text(s, ":answer", k->answer);
	cs_bind_int(s, ":at", k->at);
	return cs_run(s, e);
}
