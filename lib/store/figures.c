/* Reading tickets for reports: three tables merged in the order of ticket ids. */
#include "store/figures.h"

#include <stdlib.h>
#include <string.h>

#include "store/table.h"

/* The plus keeps the engine from walking all older tickets by their id. */
static const char sql_older_open[] =
	"SELECT id FROM ticket WHERE state_is IN ('open', 'waiting') AND +id < :lo";
static const char sql_older_worked_on[] =
	"SELECT id FROM ticket WHERE done_at IS NOT NULL AND last_at >= :from AND +id < :lo";
static const char sql_older_fired[] = "SELECT ticket FROM rung WHERE at >= :from AND +ticket < :lo";
/* The system ends call-backs and clocks of tickets that lie still. */
static const char sql_older_called[] = "SELECT ticket FROM callback WHERE done_at >= :from AND +ticket < :lo";
static const char sql_older_reclocked[] =
	"SELECT subject FROM event WHERE step = 'reclock' AND at >= :from AND about = 'ticket' AND +subject < :lo";

#define TICKET_COLUMNS \
	"id, kind, state, cycle, ifnull(handling, accepting), assignee, responsible, " \
	"channel, category, " \
	"opened_at, responded_at, done_at, stay_at, stay_by, stays, specialty, " \
	"merged_into IS NOT NULL AND closed_at = done_at, place"
static const char sql_one[] = "SELECT " TICKET_COLUMNS " FROM ticket WHERE id = :id";
static const char sql_range[] = "SELECT " TICKET_COLUMNS
				" FROM ticket WHERE id >= :lo AND id < :hi ORDER BY id";
static const char sql_stay[] = "SELECT ticket, entered, left, from_at, to_at, unit, category, "
			       "channel FROM stay WHERE ticket >= :ticket ORDER BY ticket, seq";
/* Runs of a merge that was undone count for nothing, nor do their rungs, which are moot. */
static const char sql_clock[] =
	"SELECT ticket, clock, cycle, run, start_at, due_at, stop_at, "
	"verdict, extended, missed_due FROM clock WHERE ticket >= :ticket AND annulled IS NOT 1 "
	"ORDER BY ticket, clock, cycle, run";
static const char sql_rung[] = "SELECT ticket, clock, cycle, rung, run, at, moot, imported FROM "
			       "rung r WHERE ticket >= :ticket AND (moot = 0 OR NOT EXISTS (SELECT 1 FROM clock c "
			       "WHERE c.ticket = r.ticket AND c.clock = r.clock AND c.cycle = r.cycle AND "
			       "c.run = r.run AND c.annulled = 1)) "
			       "ORDER BY ticket, clock, cycle, rung, run";
static const char sql_call[] = "SELECT ticket, purpose, state, done_at, score FROM callback WHERE "
			       "ticket >= :ticket ORDER BY ticket, seq";
static const char sql_link[] = "SELECT ticket, link, until FROM link WHERE ticket >= :ticket ORDER BY ticket, seq";

/* --- codes ----------------------------------------------------------------------------------- */

static size_t code_slot(const struct cs_codes_seen *c, const char *text)
{
	uint32_t h = 2166136261U;
	size_t at;

	for (const unsigned char *p = (const unsigned char *)text; *p; p++)
		h = (h ^ *p) * 16777619U;
	at = h & (c->slots - 1);
	while (c->slot[at] && strcmp(c->text[c->slot[at]], text) != 0)
		at = (at + 1) & (c->slots - 1);
	return at;
}

static void grow_codes(struct cs_codes_seen *c)
{
	free(c->slot);
	c->slots = c->slots ? 2 * c->slots : 256;
	c->slot = cs_alloc(c->slots * sizeof *c->slot);
	for (size_t i = 1; i < c->count; i++)
		c->slot[code_slot(c, c->text[i])] = (uint32_t)i;
}

int cs_code_number(struct cs_codes_seen *c, const char *text)
{
	size_t at;

	if (!text)
		return 0;
	if (2 * (c->count + 1) > c->slots)
		grow_codes(c);
	at = code_slot(c, text);
	if (c->slot[at])
		return (int)c->slot[at];
	if (c->count == 0)
		c->count = 1;
	if (c->count + 1 > c->size) {
		c->size = c->size ? 2 * c->size : 64;
		c->text = cs_realloc(c->text, c->size * sizeof *c->text);
		c->text[0] = NULL;
	}
	c->text[c->count] = cs_arena_strdup(&c->arena, text);
	c->slot[at] = (uint32_t)c->count;
	return (int)c->count++;
}

void cs_codes_free(struct cs_codes_seen *c)
{
	free(c->text);
	free(c->slot);
	cs_arena_free(&c->arena);
	*c = (struct cs_codes_seen){0};
}

/* --- rows that belong to a ticket ------------------------------------------------------------ */

enum { SKIP_MAX = 8 }; /* rows stepped over before a new search is cheaper */
enum follow { F_UNSET, F_ROW, F_END };

/* A statement over rows in the order of tickets, kept at the first row not yet used. */
struct follower {
	const char *sql;
	struct cs_stmt *s;
	enum follow at;
};

static int follow_step(struct follower *f, struct cs_err *e)
{
	int rc = cs_step(f->s, e);

	f->at = rc == 1 ? F_ROW : F_END;
	return rc;
}

/* 1: the current row belongs to this ticket; 0: there is no (more) such row. Tickets only
   ascend. */
static int follow(struct cs_db *db, struct follower *f, int64_t ticket, struct cs_err *e)
{
	for (int skipped = 0; f->at == F_ROW; skipped++) {
		int64_t have = cs_col_int(f->s, 0);

		if (have >= ticket)
			return have == ticket;
		if (skipped == SKIP_MAX) {
			f->at = F_UNSET;
			break;
		}
		if (follow_step(f, e) < 0)
			return -1;
	}
	if (f->at == F_END)
		return 0;
	f->s = cs_db_prepare(db, f->sql, e);
	if (!f->s)
		return -1;
	cs_bind_int(f->s, ":ticket", ticket);
	if (follow_step(f, e) < 0)
		return -1;
	return f->at == F_ROW && cs_col_int(f->s, 0) == ticket;
}

/* --- the walk -------------------------------------------------------------------------------- */

struct cs_fig_walk {
	struct cs_db *db;
	struct cs_codes_seen *codes;
	int what;
	int64_t *older; /* ascending */
	size_t older_count, older_size, older_at;
	struct cs_stmt *one, *range;
	int64_t lo, hi;
	struct follower stays, clocks, rungs, calls, links;
	struct cs_fig_stay *stay;
	struct cs_fig_clock *clock;
	struct cs_fig_rung *rung;
	struct cs_fig_call *call;
	int *link;
	size_t stay_size, clock_size, rung_size, call_size, link_size;
};

static void *room(void *p, size_t count, size_t *size, size_t item)
{
	if (count < *size)
		return p;
	*size = *size ? 2 * *size : 16;
	return cs_realloc(p, *size * item);
}

/* from: CS_NULL where the statement does not ask for it. */
static int add_older(struct cs_fig_walk *w, const char *sql, int64_t from, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(w->db, sql, e);
	int rc;

	if (!s)
		return -1;
	if (from != CS_NULL)
		cs_bind_int(s, ":from", from);
	cs_bind_int(s, ":lo", w->lo);
	while ((rc = cs_step(s, e)) == 1) {
		w->older = room(w->older, w->older_count, &w->older_size, sizeof *w->older);
		w->older[w->older_count++] = cs_col_int(s, 0);
	}
	return rc;
}

static int ascending(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static int read_older(struct cs_fig_walk *w, int64_t from, struct cs_err *e)
{
	size_t n = 0;

	if (add_older(w, sql_older_open, CS_NULL, e) < 0 || add_older(w, sql_older_worked_on, from, e) < 0 ||
	    add_older(w, sql_older_fired, from, e) < 0 ||
	    ((w->what & CS_FIG_CALLS) && add_older(w, sql_older_called, from, e) < 0) ||
	    ((w->what & CS_FIG_CLOCKS) && add_older(w, sql_older_reclocked, from, e) < 0))
		return -1;
	if (w->older_count)
		qsort(w->older, w->older_count, sizeof *w->older, ascending);
	for (size_t i = 0; i < w->older_count; i++)
		if (n == 0 || w->older[n - 1] != w->older[i])
			w->older[n++] = w->older[i];
	w->older_count = n;
	return 0;
}

int cs_fig_open(struct cs_db *db, int64_t from, int64_t lo, int64_t hi, int what,
		struct cs_codes_seen *codes, struct cs_fig_walk **out, struct cs_err *e)
{
	struct cs_fig_walk *w = cs_alloc(sizeof *w);

	w->db = db;
	w->codes = codes;
	w->what = what;
	w->lo = lo;
	w->hi = hi;
	w->stays.sql = sql_stay;
	w->clocks.sql = sql_clock;
	w->rungs.sql = sql_rung;
	w->calls.sql = sql_call;
	w->links.sql = sql_link;
	*out = w;
	if (read_older(w, from, e) == 0)
		return 0;
	cs_fig_close(w);
	*out = NULL;
	return -1;
}

void cs_fig_close(struct cs_fig_walk *w)
{
	if (!w)
		return;
	cs_stmt_done(w->one);
	cs_stmt_done(w->range);
	cs_stmt_done(w->stays.s);
	cs_stmt_done(w->clocks.s);
	cs_stmt_done(w->rungs.s);
	cs_stmt_done(w->calls.s);
	cs_stmt_done(w->links.s);
	free(w->older);
	free(w->stay);
	free(w->clock);
	free(w->rung);
	free(w->call);
	free(w->link);
	free(w);
}

/* The next ticket's row: the older ones by their ids, then the range. */
static int next_row(struct cs_fig_walk *w, struct cs_stmt **row, struct cs_err *e)
{
	int rc;

	while (w->older_at < w->older_count) {
		*row = w->one = cs_db_prepare(w->db, sql_one, e);
		if (!*row)
			return -1;
		cs_bind_int(*row, ":id", w->older[w->older_at++]);
		rc = cs_step(*row, e);
		if (rc != 0)
			return rc;
	}
	if (!w->range) {
		cs_stmt_done(w->one); /* else the snapshot outlives the transaction */
		w->one = NULL;
		w->range = cs_db_prepare(w->db, sql_range, e);
		if (!w->range)
			return -1;
		cs_bind_int(w->range, ":lo", w->lo);
		cs_bind_int(w->range, ":hi", w->hi);
	}
	*row = w->range;
	rc = cs_step(w->range, e);
	if (rc != 1)
		w->hi = w->lo; /* a further call finds nothing */
	return rc;
}

static enum cs_fig_entered entered(const char *word)
{
	return *word == 'o' ? CS_FIG_OPENED : *word == 'r' ? CS_FIG_REOPENED : CS_FIG_MOVED;
}

/* Backdated steps may not give a stay less than no length, or carried over and in minus out
   would differ. */
static void add_stay(struct cs_fig_walk *w, struct cs_fig_ticket *t, const struct cs_fig_stay *stay)
{
	w->stay = room(w->stay, t->stay_count, &w->stay_size, sizeof *w->stay);
	w->stay[t->stay_count] = *stay;
	if (stay->to_at < stay->from_at)
		w->stay[t->stay_count].to_at = stay->from_at;
	t->stay_count++;
}

static int read_stays(struct cs_fig_walk *w, struct cs_fig_ticket *t, struct cs_err *e)
{
	struct cs_stmt *s;
	int rc;

	while ((rc = follow(w->db, &w->stays, t->id, e)) == 1) {
		s = w->stays.s;
		add_stay(w, t,
			 &(struct cs_fig_stay){.entered = entered(cs_col_text(s, 1)),
					       .left = *cs_col_text(s, 2) == 'd' ? CS_FIG_DONE : CS_FIG_MOVED_ON,
					       .from_at = cs_col_int(s, 3),
					       .to_at = cs_col_int(s, 4),
					       .unit = cs_col_number(s, 5),
					       .category = cs_code_number(w->codes, cs_col_text(s, 6)),
					       .channel = cs_code_number(w->codes, cs_col_text(s, 7))});
		if (follow_step(&w->stays, e) < 0)
			return -1;
	}
	return rc;
}

static enum cs_fig_verdict verdict(const char *word)
{
	if (!word)
		return CS_FIG_RUNNING;
	return *word == 'm' ? CS_FIG_MET : *word == 'l' ? CS_FIG_LATE : CS_FIG_VOID;
}

static int read_clocks(struct cs_fig_walk *w, struct cs_fig_ticket *t, struct cs_err *e)
{
	struct cs_stmt *s;
	int rc;

	while ((rc = follow(w->db, &w->clocks, t->id, e)) == 1) {
		s = w->clocks.s;
		w->clock = room(w->clock, t->clock_count, &w->clock_size, sizeof *w->clock);
		w->clock[t->clock_count++] = (struct cs_fig_clock){.clock = cs_code_number(w->codes, cs_col_text(s, 1)),
								   .cycle = cs_col_int(s, 2),
								   .run = cs_col_int(s, 3),
								   .start_at = cs_col_int(s, 4),
								   .due_at = cs_col_number(s, 5),
								   .stop_at = cs_col_number(s, 6),
								   .verdict = verdict(cs_col_text(s, 7)),
								   .extended = cs_col_int(s, 8) > 0,
								   .missed_due = cs_col_number(s, 9)};
		if (follow_step(&w->clocks, e) < 0)
			return -1;
	}
	return rc;
}

static int read_rungs(struct cs_fig_walk *w, struct cs_fig_ticket *t, struct cs_err *e)
{
	struct cs_stmt *s;
	int rc;

	while ((rc = follow(w->db, &w->rungs, t->id, e)) == 1) {
		s = w->rungs.s;
		w->rung = room(w->rung, t->rung_count, &w->rung_size, sizeof *w->rung);
		w->rung[t->rung_count++] =
			(struct cs_fig_rung){.clock = cs_code_number(w->codes, cs_col_text(s, 1)),
					     .cycle = cs_col_int(s, 2),
					     .rung = cs_code_number(w->codes, cs_col_text(s, 3)),
					     .run = cs_col_int(s, 4),
					     .at = cs_col_int(s, 5),
					     .moot = cs_col_int(s, 6) == 1,
					     .imported = cs_col_int(s, 7) == 1};
		if (follow_step(&w->rungs, e) < 0)
			return -1;
	}
	return rc;
}

static int read_calls(struct cs_fig_walk *w, struct cs_fig_ticket *t, struct cs_err *e)
{
	struct cs_stmt *s;
	int rc;

	while ((rc = follow(w->db, &w->calls, t->id, e)) == 1) {
		s = w->calls.s;
		w->call = room(w->call, t->call_count, &w->call_size, sizeof *w->call);
		w->call[t->call_count++] = (struct cs_fig_call){.purpose = cs_code_number(w->codes, cs_col_text(s, 1)),
								.state = cs_code_number(w->codes, cs_col_text(s, 2)),
								.done_at = cs_col_number(s, 3),
								.score = cs_col_number(s, 4)};
		if (follow_step(&w->calls, e) < 0)
			return -1;
	}
	return rc;
}

static int read_links(struct cs_fig_walk *w, struct cs_fig_ticket *t, struct cs_err *e)
{
	int rc;

	while ((rc = follow(w->db, &w->links, t->id, e)) == 1) {
		if (cs_col_null(w->links.s, 2)) {
			w->link = room(w->link, t->link_count, &w->link_size, sizeof *w->link);
			w->link[t->link_count++] = cs_code_number(w->codes, cs_col_text(w->links.s, 1));
		}
		if (follow_step(&w->links, e) < 0)
			return -1;
	}
	return rc;
}

int cs_fig_next(struct cs_fig_walk *w, struct cs_fig_ticket *t, struct cs_err *e)
{
	struct cs_fig_stay current;
	struct cs_stmt *s;
	bool has_stays;
	int rc;

	memset(t, 0, sizeof *t);
	rc = next_row(w, &s, e);
	if (rc != 1)
		return rc;
	t->id = cs_col_int(s, 0);
	t->kind = cs_code_number(w->codes, cs_col_text(s, 1));
	t->state = cs_code_number(w->codes, cs_col_text(s, 2));
	t->cycle = cs_col_int(s, 3);
	t->unit = cs_col_number(s, 4);
	t->assignee = cs_col_number(s, 5);
	t->responsible = cs_col_number(s, 6);
	t->category = cs_code_number(w->codes, cs_col_text(s, 8));
	t->specialty = cs_code_number(w->codes, cs_col_text(s, 15));
	t->place = cs_col_number(s, 17);
	t->opened_at = cs_col_int(s, 9);
	t->responded_at = cs_col_number(s, 10);
	current = (struct cs_fig_stay){.unit = t->unit,
				       .category = t->category,
				       .channel = cs_code_number(w->codes, cs_col_text(s, 7)),
				       .to_at = cs_col_null(s, 11) ? INT64_MAX : cs_col_int(s, 11),
				       .left = cs_col_null(s, 11)       ? CS_FIG_OPEN
					       : cs_col_int(s, 16) == 1 ? CS_FIG_MERGED
									: CS_FIG_DONE,
				       .from_at = cs_col_int(s, 12),
				       .entered = entered(cs_col_text(s, 13))};
	has_stays = cs_col_int(s, 14) > 0;
	if (has_stays && read_stays(w, t, e) < 0)
		return -1;
	add_stay(w, t, &current);
	if (((w->what & CS_FIG_CLOCKS) && read_clocks(w, t, e) < 0) ||
	    ((w->what & CS_FIG_RUNGS) && read_rungs(w, t, e) < 0) ||
	    ((w->what & CS_FIG_CALLS) && read_calls(w, t, e) < 0) ||
	    ((w->what & CS_FIG_LINKS) && read_links(w, t, e) < 0))
		return -1;
	t->stay = w->stay;
	t->clock = w->clock;
	t->rung = w->rung;
	t->call = w->call;
	t->link = w->link;
	return 1;
}

/* --- call-backs to make ---------------------------------------------------------------------- */

static const char sql_due[] =
	"SELECT t.kind, ifnull(t.handling, t.accepting), t.place FROM callback c JOIN ticket t ON t.id = "
	"c.ticket "
	"WHERE c.state = 'open' AND c.due_at < :to AND c.planned_at < :to UNION ALL "
	"SELECT t.kind, ifnull(t.handling, t.accepting), t.place FROM callback c JOIN ticket t ON t.id = "
	"c.ticket "
	"WHERE c.state = 'open' AND c.due_at IS NULL AND c.planned_at < :to AND ifnull(c.from_at, "
	"c.planned_at) < :to UNION ALL "
	"SELECT t.kind, ifnull(t.handling, t.accepting), t.place FROM callback c JOIN ticket t ON t.id = "
	"c.ticket "
	"WHERE c.done_at >= :to AND c.planned_at < :to AND ifnull(c.due_at, ifnull(c.from_at, "
	"c.planned_at)) < :to";

struct cs_stmt *cs_fig_due_walk(struct cs_db *db, int64_t to, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_due, e);

	if (s)
		cs_bind_int(s, ":to", to);
	return s;
}

int cs_fig_due_next(struct cs_stmt *walk, struct cs_fig_due *out, struct cs_err *e)
{
	int rc = cs_step(walk, e);

	if (rc == 1)
		*out = (struct cs_fig_due){
			.kind = cs_col_text(walk, 0), .unit = cs_col_number(walk, 1), .place = cs_col_number(walk, 2)};
	return rc;
}

const char *const cs_fig_statements[] = {sql_older_open,
					 sql_older_worked_on,
					 sql_older_fired,
					 sql_older_called,
					 sql_older_reclocked,
					 sql_one,
					 sql_range,
					 sql_stay,
					 sql_clock,
					 sql_rung,
					 sql_call,
					 sql_link,
					 sql_due};
const size_t cs_fig_statement_count = sizeof cs_fig_statements / sizeof *cs_fig_statements;
