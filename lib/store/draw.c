/* Tables draw and draw_item; who took a step when. */
#include "store/draw.h"

static const char sql_save[] =
	"INSERT INTO draw_item (draw, stratum, place, ticket, role, reason) "
	"VALUES (:draw, :stratum, :place, :ticket, :role, :reason) "
	"ON CONFLICT (draw, stratum, place) DO UPDATE SET ticket = excluded.ticket, role = "
	"excluded.role, reason = excluded.reason";
static const char sql_items[] =
	"SELECT stratum, place, ticket, role, reason FROM draw_item WHERE draw = :draw ORDER BY "
	"stratum, place";
static const char sql_walk[] =
	"SELECT draw, stratum, place, ticket, role, reason FROM draw_item ORDER BY draw, "
	"stratum, place";
static const char sql_last[] =
	"SELECT id FROM draw WHERE name = :name AND name <> 'adhoc' AND period IS :period AND "
	"unit IS :unit "
	"ORDER BY again DESC LIMIT 1";
static const char sql_next[] = "SELECT ifnull(max(id), 0) + 1 FROM draw";
static const char sql_end[] = "SELECT ifnull(max(id), 0) FROM event";
static const char sql_recorded[] =
	"SELECT id, recorded_at FROM event WHERE id >= :id ORDER BY id LIMIT 1";
static const char sql_takers[] =
	"SELECT subject FROM event WHERE id >= :first AND about = 'ticket' AND step = :step AND "
	"at >= :from AND at < :to";

const char *const cs_draw_statements[] = {sql_items, sql_walk, sql_last, sql_recorded, sql_takers};
const size_t cs_draw_statement_count = sizeof cs_draw_statements / sizeof *cs_draw_statements;

int cs_draw_item_save(struct cs_db *db, const struct cs_draw_item *item, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_save, e);

	if (!s)
		return -1;
	cs_bind_int(s, ":draw", item->draw);
	cs_bind_text(s, ":stratum", item->stratum);
	cs_bind_int(s, ":place", item->place);
	cs_bind_int(s, ":ticket", item->ticket);
	cs_bind_text(s, ":role", item->role);
	cs_bind_text(s, ":reason", item->reason);
	return cs_run(s, e);
}

int cs_draw_items(struct cs_db *db, int64_t draw, struct cs_arena *a, struct cs_draw_item **out,
		  size_t *count, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_items, e);
	size_t size = 0;
	int rc;

	*out = NULL;
	*count = 0;
	if (!s)
		return -1;
	cs_bind_int(s, ":draw", draw);
	while ((rc = cs_step(s, e)) == 1) {
		*out = cs_arena_grow(a, *out, *count, &size, sizeof **out);
		(*out)[(*count)++] = (struct cs_draw_item){
			.draw = draw,
			.stratum = cs_arena_strdup(a, cs_col_text(s, 0)),
			.place = cs_col_int(s, 1),
			.ticket = cs_col_int(s, 2),
			.role = cs_arena_strdup(a, cs_col_text(s, 3)),
			.reason = cs_arena_strdup(a, cs_col_text(s, 4)),
		};
	}
	return rc;
}

struct cs_stmt *cs_draw_items_walk(struct cs_db *db, struct cs_err *e)
{
	return cs_db_prepare(db, sql_walk, e);
}

int cs_draw_items_next(struct cs_stmt *walk, struct cs_draw_item *out, struct cs_err *e)
{
	int rc = cs_step(walk, e);

	if (rc == 1)
		*out = (struct cs_draw_item){
			.draw = cs_col_int(walk, 0),
			.stratum = cs_col_text(walk, 1),
			.place = cs_col_int(walk, 2),
			.ticket = cs_col_int(walk, 3),
			.role = cs_col_text(walk, 4),
			.reason = cs_col_text(walk, 5),
		};
	return rc;
}

static int one_id(struct cs_stmt *s, int64_t *out, struct cs_err *e)
{
	int rc = s ? cs_step(s, e) : -1;

	if (rc == 1)
		*out = cs_col_int(s, 0);
	cs_stmt_done(s);
	return rc;
}

int cs_draw_last(struct cs_db *db, const char *name, const char *period, int64_t unit, int64_t *id,
		 struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_last, e);

	if (!s)
		return -1;
	cs_bind_text(s, ":name", name);
	cs_bind_text(s, ":period", period);
	if (unit != CS_NULL)
		cs_bind_int(s, ":unit", unit);
	return one_id(s, id, e);
}

int cs_draw_next_id(struct cs_db *db, int64_t *id, struct cs_err *e)
{
	return one_id(cs_db_prepare(db, sql_next, e), id, e) == 1 ? 0 : -1;
}

/* The first event recorded at or after `from`, by halving: recorded_at never decreases. */
static int first_recorded(struct cs_db *db, int64_t from, int64_t *out, struct cs_err *e)
{
	int64_t lo = 1, hi = 0;

	if (one_id(cs_db_prepare(db, sql_end, e), &hi, e) != 1)
		return -1;
	hi++;
	while (lo < hi) {
		int64_t mid = lo + (hi - lo) / 2;
		struct cs_stmt *s = cs_db_prepare(db, sql_recorded, e);
		int rc;

		if (!s)
			return -1;
		cs_bind_int(s, ":id", mid);
		rc = cs_step(s, e);
		if (rc < 0)
			return -1;
		if (rc == 1 && cs_col_int(s, 1) < from)
			lo = cs_col_int(s, 0) + 1;
		else
			hi = mid;
		cs_stmt_done(s);
	}
	*out = lo;
	return 0;
}

struct cs_stmt *cs_step_takers(struct cs_db *db, const char *step, int64_t from, int64_t to,
			       struct cs_err *e)
{
	struct cs_stmt *s;
	int64_t first;

	if (first_recorded(db, from, &first, e) < 0)
		return NULL;
	s = cs_db_prepare(db, sql_takers, e);
	if (s) {
		cs_bind_int(s, ":first", first);
		cs_bind_text(s, ":step", step);
		cs_bind_int(s, ":from", from);
		cs_bind_int(s, ":to", to);
	}
	return s;
}

int cs_step_takers_next(struct cs_stmt *walk, int64_t *ticket, struct cs_err *e)
{
	int rc = cs_step(walk, e);

	if (rc == 1)
		*ticket = cs_col_int(walk, 0);
	return rc;
}
