/* The next id of each table: rows are never deleted, so the largest one is enough. */
#include "store/ids.h"

#include "store/rows.h"

static const struct {
	const struct cs_table *table;
	const char *sql;
} next[] = {
	{&cs_unit_table, "SELECT ifnull(max(id), 0) + 1 FROM unit"},
	{&cs_staff_table, "SELECT ifnull(max(id), 0) + 1 FROM staff"},
	{&cs_post_table, "SELECT ifnull(max(id), 0) + 1 FROM post"},
	{&cs_staff_record_table, "SELECT ifnull(max(id), 0) + 1 FROM staff_record"},
	{&cs_person_table, "SELECT ifnull(max(id), 0) + 1 FROM person"},
	{&cs_premises_table, "SELECT ifnull(max(id), 0) + 1 FROM premises"},
	{&cs_tenure_table, "SELECT ifnull(max(id), 0) + 1 FROM tenure"},
	{&cs_draw_table, "SELECT ifnull(max(id), 0) + 1 FROM draw"},
	{&cs_access_table, "SELECT ifnull(max(id), 0) + 1 FROM access"},
	{&cs_happening_table, "SELECT ifnull(max(id), 0) + 1 FROM happening"},
};

int cs_id_next(struct cs_db *db, const struct cs_table *t, int64_t *id, struct cs_err *e)
{
	struct cs_stmt *s = NULL;

	for (size_t i = 0; i < sizeof next / sizeof *next; i++) {
		if (next[i].table != t)
			continue;
		s = cs_db_prepare(db, next[i].sql, e);
		if (!s || cs_step(s, e) != 1)
			return -1;
		*id = cs_col_int(s, 0);
		cs_stmt_done(s);
		return 0;
	}
	return cs_fail(e, CS_INTERNAL, "table %s draws no ids", t->name);
}
