/* Table report_close. */
#include "store/report_close.h"

#include <string.h>

#include "store/table.h"

#define ROW \
	"SELECT id, name, period, unit, closed_at, edition, last_event, chain_head, figures FROM " \
	"report_close "
static const char sql_find[] =
	ROW "WHERE name = :name AND period = :period AND ifnull(unit, 0) = ifnull(:unit, 0)";
static const char sql_next[] = ROW "WHERE id > :after ORDER BY id LIMIT 1";
static const char sql_add[] =
	"INSERT INTO report_close (name, period, unit, closed_at, edition, last_event, chain_head, "
	"figures) "
	"VALUES (:name, :period, :unit, :closed_at, :edition, :last_event, :chain_head, :figures)";

static int one_row(struct cs_stmt *s, struct cs_arena *a, struct cs_report_close_row *out,
		   struct cs_err *e)
{
	int rc = cs_step(s, e);

	if (rc == 1) {
		out->id = cs_col_int(s, 0);
		out->name = cs_arena_strdup(a, cs_col_text(s, 1));
		out->period = cs_arena_strdup(a, cs_col_text(s, 2));
		out->unit = cs_col_number(s, 3);
		out->closed_at = cs_col_int(s, 4);
		out->edition = cs_col_int(s, 5);
		out->last_event = cs_col_int(s, 6);
		out->chain_head = cs_arena_strdup(a, cs_col_text(s, 7));
		out->figures = cs_arena_strdup(a, cs_col_text(s, 8));
	}
	cs_stmt_done(s);
	return rc;
}

static void bind_unit(struct cs_stmt *s, int64_t unit)
{
	if (unit == CS_NULL)
		cs_bind_null(s, ":unit");
	else
		cs_bind_int(s, ":unit", unit);
}

int cs_report_close_find(struct cs_db *db, const char *name, const char *period, int64_t unit,
			 struct cs_arena *a, struct cs_report_close_row *out, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_find, e);

	if (!s)
		return -1;
	cs_bind_text(s, ":name", name);
	cs_bind_text(s, ":period", period);
	bind_unit(s, unit);
	return one_row(s, a, out, e);
}

int cs_report_close_next(struct cs_db *db, int64_t after, struct cs_arena *a,
			 struct cs_report_close_row *out, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_next, e);

	if (!s)
		return -1;
	cs_bind_int(s, ":after", after);
	return one_row(s, a, out, e);
}

int cs_report_close_add(struct cs_db *db, struct cs_report_close_row *row, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_add, e);

	if (!s)
		return -1;
	cs_bind_text(s, ":name", row->name);
	cs_bind_text(s, ":period", row->period);
	bind_unit(s, row->unit);
	cs_bind_int(s, ":closed_at", row->closed_at);
	cs_bind_int(s, ":edition", row->edition);
	cs_bind_int(s, ":last_event", row->last_event);
	cs_bind_text(s, ":chain_head", row->chain_head);
	cs_bind_text(s, ":figures", row->figures);
	if (cs_run(s, e) < 0)
		return -1;
	row->id = cs_db_last_id(db);
	return 0;
}
