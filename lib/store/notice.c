/* The outbox table. */
#include "store/notice.h"

#include "store/table.h"

static const char sql_add[] =
	"INSERT INTO notice (event, seq, ticket, reason, what, to_kind, to_id, to_code, at, not_before, text, try_at) "
	"VALUES (:event, :seq, :ticket, :reason, :what, :to_kind, :to_id, :to_code, :at, :not_before, :text, :not_before)";
#define COLUMNS \
	"event, seq, ticket, reason, what, to_kind, to_id, to_code, at, not_before, text, state, attempts, try_at, " \
	"leased_until, sent_at, lease, last_error"
static const char sql_get[] = "SELECT " COLUMNS " FROM notice WHERE event = :event AND seq = :seq";
static const char sql_walk_back[] = "SELECT " COLUMNS " FROM notice ORDER BY event DESC, seq DESC";

static void bind_optional(struct cs_stmt *s, const char *name, int64_t v)
{
	if (v != CS_NULL)
		cs_bind_int(s, name, v);
}

int cs_notice_add(struct cs_db *db, const struct cs_notice *n, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_add, e);

	if (!s)
		return -1;
	cs_bind_int(s, ":event", n->event);
	cs_bind_int(s, ":seq", n->seq);
	bind_optional(s, ":ticket", n->ticket);
	cs_bind_text(s, ":reason", n->reason);
	cs_bind_text(s, ":what", n->what);
	cs_bind_text(s, ":to_kind", n->to_kind);
	bind_optional(s, ":to_id", n->to_id);
	cs_bind_text(s, ":to_code", n->to_code);
	cs_bind_int(s, ":at", n->at);
	cs_bind_int(s, ":not_before", n->not_before);
	cs_bind_text(s, ":text", n->text);
	return cs_run(s, e);
}

static int64_t optional(struct cs_stmt *s, int col)
{
	return cs_col_null(s, col) ? CS_NULL : cs_col_int(s, col);
}

static void read_notice(struct cs_stmt *s, struct cs_arena *a, struct cs_notice *n)
{
	n->event = cs_col_int(s, 0);
	n->seq = cs_col_int(s, 1);
	n->ticket = optional(s, 2);
	n->reason = cs_arena_strdup(a, cs_col_text(s, 3));
	n->what = cs_arena_strdup(a, cs_col_text(s, 4));
	n->to_kind = cs_arena_strdup(a, cs_col_text(s, 5));
	n->to_id = optional(s, 6);
	n->to_code = cs_arena_strdup(a, cs_col_text(s, 7));
	n->at = cs_col_int(s, 8);
	n->not_before = cs_col_int(s, 9);
	n->text = cs_arena_strdup(a, cs_col_text(s, 10));
	n->state = cs_arena_strdup(a, cs_col_text(s, 11));
	n->attempts = cs_col_int(s, 12);
	n->try_at = optional(s, 13);
	n->leased_until = optional(s, 14);
	n->sent_at = optional(s, 15);
	n->lease = cs_arena_strdup(a, cs_col_text(s, 16));
	n->last_error = cs_arena_strdup(a, cs_col_text(s, 17));
}

int cs_notice_get(struct cs_db *db, int64_t event, int64_t seq, struct cs_arena *a, struct cs_notice *out, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_get, e);
	int rc;

	if (!s)
		return -1;
	cs_bind_int(s, ":event", event);
	cs_bind_int(s, ":seq", seq);
	rc = cs_step(s, e);
	if (rc == 1)
		read_notice(s, a, out);
	cs_stmt_done(s);
	return rc;
}

struct cs_stmt *cs_notice_walk_back(struct cs_db *db, struct cs_err *e)
{
	return cs_db_prepare(db, sql_walk_back, e);
}

int cs_notice_next(struct cs_stmt *walk, struct cs_arena *a, struct cs_notice *out, struct cs_err *e)
{
	int rc = cs_step(walk, e);

	if (rc == 1)
		read_notice(walk, a, out);
	return rc;
}
