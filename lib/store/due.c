/* What is due. */
#include "store/due.h"

/* Walked in the order of their indexes and merged; nothing is sorted. */
static const char sql_crossings[] =
	"SELECT next_at, ticket FROM clock WHERE next_at IS NOT NULL AND next_at < :upto "
	"AND (next_at, ticket) > (:at, :ticket) "
	"UNION ALL SELECT wake_at, id FROM ticket WHERE wake_at IS NOT NULL AND wake_at <= :upto "
	"AND (wake_at, id) > (:at, :ticket) "
	"UNION ALL SELECT next_at, subject FROM owed WHERE about = 'ticket' AND next_at IS NOT NULL "
	"AND next_at < :upto AND (next_at, subject) > (:at, :ticket) ORDER BY 1, 2 LIMIT :max";
static const char sql_give_ups[] =
	"SELECT give_up_at, ticket FROM callback WHERE state = 'waiting' AND give_up_at IS NOT "
	"NULL "
	"AND give_up_at < :upto AND (give_up_at, ticket) > (:at, :ticket) ORDER BY give_up_at, "
	"ticket LIMIT :max";

const char *const cs_due_statements[] = {sql_crossings, sql_give_ups};
const size_t cs_due_statement_count = sizeof cs_due_statements / sizeof *cs_due_statements;

static int read_due(struct cs_db *db, const char *sql, const struct cs_due *after, int64_t upto,
		    struct cs_due *list, size_t max, size_t *count, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql, e);
	int rc;

	*count = 0;
	if (!s)
		return -1;
	cs_bind_int(s, ":upto", upto);
	cs_bind_int(s, ":at", after->at);
	cs_bind_int(s, ":ticket", after->ticket);
	cs_bind_int(s, ":max", (int64_t)max);
	while ((rc = cs_step(s, e)) == 1)
		list[(*count)++] = (struct cs_due){cs_col_int(s, 0), cs_col_int(s, 1)};
	return rc;
}

int cs_due_crossings(struct cs_db *db, const struct cs_due *after, int64_t upto, struct cs_due *list,
		  size_t max, size_t *count, struct cs_err *e)
{
	return read_due(db, sql_crossings, after, upto, list, max, count, e);
}

int cs_due_give_ups(struct cs_db *db, const struct cs_due *after, int64_t upto, struct cs_due *list,
		    size_t max, size_t *count, struct cs_err *e)
{
	return read_due(db, sql_give_ups, after, upto, list, max, count, e);
}
