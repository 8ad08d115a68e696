/* The outbox table. */
#include "store/notice.h"

#include <string.h>

#include "store/table.h"

static const char sql_add[] =
	"INSERT INTO notice (event, seq, ticket, reason, what, to_kind, to_id, to_code, at, "
	"not_before, text, try_at) "
	"VALUES (:event, :seq, :ticket, :reason, :what, :to_kind, :to_id, :to_code, :at, "
	":not_before, :text, :not_before)";
#define COLUMNS \
	"event, seq, ticket, reason, what, to_kind, to_id, to_code, at, not_before, text, " \
	"state, attempts, try_at, " \
	"leased_until, sent_at, lease, last_error"
static const char sql_get[] = "SELECT " COLUMNS " FROM notice WHERE event = :event AND seq = :seq";
static const char sql_walk_back[] = "SELECT " COLUMNS " FROM notice ORDER BY event DESC, seq DESC";
static const char sql_list[] =
	"SELECT " COLUMNS
	" FROM notice WHERE (:state IS NULL OR state = :state) AND (:kind IS NULL OR to_kind = "
	":kind) ORDER BY event, seq";
/* By an index: the outbox holds what was sent for ever. */
static const char sql_unsettled[] =
	"SELECT " COLUMNS
	" FROM notice WHERE state IN ('pending', 'failed', 'doubtful') AND (:state IS NULL OR "
	"state = :state) AND (:kind IS NULL OR to_kind = :kind) ORDER BY event, seq";
static const char sql_due[] =
	"SELECT " COLUMNS " FROM notice WHERE try_at IS NOT NULL AND try_at <= :now "
	"AND (leased_until IS NULL OR leased_until < :now) AND (:kind IS NULL OR to_kind = :kind) "
	"AND (try_at, event, seq) > (:try_at, :event, :seq) ORDER BY try_at, event, seq LIMIT 1";
const char *const cs_notice_statements[] = {sql_due, sql_unsettled, NULL};
static const char sql_lease[] =
	"UPDATE notice SET lease = :lease, leased_until = :until, attempts = attempts + 1, state = "
	"ifnull(:state, state), "
	"try_at = CASE WHEN :state IS NULL THEN try_at END WHERE event = :event AND seq = :seq";
static const char sql_finish[] =
	"UPDATE notice SET state = :state, attempts = :attempts, try_at = :try_at, sent_at = "
	":sent_at, last_error = :last_error, "
	"lease = NULL, leased_until = NULL WHERE event = :event AND seq = :seq AND (:lease IS NULL "
	"OR lease = :lease)";

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

static void read_notice(struct cs_stmt *s, struct cs_arena *a, struct cs_notice *n)
{
	n->event = cs_col_int(s, 0);
	n->seq = cs_col_int(s, 1);
	n->ticket = cs_col_number(s, 2);
	n->reason = cs_arena_strdup(a, cs_col_text(s, 3));
	n->what = cs_arena_strdup(a, cs_col_text(s, 4));
	n->to_kind = cs_arena_strdup(a, cs_col_text(s, 5));
	n->to_id = cs_col_number(s, 6);
	n->to_code = cs_arena_strdup(a, cs_col_text(s, 7));
	n->at = cs_col_int(s, 8);
	n->not_before = cs_col_int(s, 9);
	n->text = cs_arena_strdup(a, cs_col_text(s, 10));
	n->state = cs_arena_strdup(a, cs_col_text(s, 11));
	n->attempts = cs_col_int(s, 12);
	n->try_at = cs_col_number(s, 13);
	n->leased_until = cs_col_number(s, 14);
	n->sent_at = cs_col_number(s, 15);
	n->lease = cs_arena_strdup(a, cs_col_text(s, 16));
	n->last_error = cs_arena_strdup(a, cs_col_text(s, 17));
}

int cs_notice_get(struct cs_db *db, int64_t event, int64_t seq, struct cs_arena *a,
		  struct cs_notice *out, struct cs_err *e)
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

int cs_notice_next(struct cs_stmt *walk, struct cs_arena *a, struct cs_notice *out,
		   struct cs_err *e)
{
	int rc = cs_step(walk, e);

	if (rc == 1)
		read_notice(walk, a, out);
	return rc;
}

struct cs_stmt *cs_notice_list(struct cs_db *db, const struct cs_notice_filter *f, struct cs_err *e)
{
	static const char *const settled[] = {"sent", "dropped"};
	bool all = !f->open && !f->state;
	struct cs_stmt *s;

	for (size_t i = 0; f->state && i < sizeof settled / sizeof *settled; i++)
		all = all || strcmp(f->state, settled[i]) == 0;
	s = cs_db_prepare(db, all ? sql_list : sql_unsettled, e);
	if (s) {
		cs_bind_text(s, ":state", f->state);
		cs_bind_text(s, ":kind", f->to_kind);
	}
	return s;
}

int cs_notice_due(struct cs_db *db, int64_t now, const char *to_kind, struct cs_arena *a,
		  struct cs_notice *out, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_due, e);
	bool behind = out->reason != NULL;
	int rc;

	if (!s)
		return -1;
	cs_bind_int(s, ":now", now);
	cs_bind_text(s, ":kind", to_kind);
	cs_bind_int(s, ":try_at", behind ? out->try_at : INT64_MIN);
	cs_bind_int(s, ":event", behind ? out->event : 0);
	cs_bind_int(s, ":seq", behind ? out->seq : 0);
	rc = cs_step(s, e);
	if (rc == 1)
		read_notice(s, a, out);
	cs_stmt_done(s);
	return rc;
}

int cs_notice_lease(struct cs_db *db, const struct cs_notice *n, const char *lease, int64_t until,
		    const char *state, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_lease, e);

	if (!s)
		return -1;
	cs_bind_text(s, ":lease", lease);
	cs_bind_int(s, ":until", until);
	cs_bind_text(s, ":state", state);
	cs_bind_int(s, ":event", n->event);
	cs_bind_int(s, ":seq", n->seq);
	return cs_run(s, e);
}

int cs_notice_finish(struct cs_db *db, const struct cs_notice *n, const char *lease,
		     struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_finish, e);

	if (!s)
		return -1;
	cs_bind_text(s, ":state", n->state);
	cs_bind_int(s, ":attempts", n->attempts);
	bind_optional(s, ":try_at", n->try_at);
	bind_optional(s, ":sent_at", n->sent_at);
	cs_bind_text(s, ":last_error", n->last_error);
	cs_bind_int(s, ":event", n->event);
	cs_bind_int(s, ":seq", n->seq);
	cs_bind_text(s, ":lease", lease);
	return cs_run(s, e) < 0 ? -1 : cs_db_changes(db) > 0;
}
