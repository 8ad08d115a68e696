#include "report_rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "store/draw.h"
#include "store/ref.h"
#include "store/rows.h"

static struct cs_arena texts;

static void save(const struct cs_table *t, const void *row)
{
	struct cs_err e = {0};

	if (cs_db_begin(desk->db, &e) < 0 || cs_table_save(desk->db, t, row, &e) < 0 ||
	    cs_db_commit(desk->db, &e) < 0)
		fail_msg("%s: %s", t->name, e.text);
}

static int64_t at(const char *local)
{
	return local ? desk_at(local) : CS_NULL;
}

static int64_t latest(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

int64_t rows_ticket(const struct rows_ticket *t)
{
	static int64_t number;
	struct cs_ticket_row r;

	cs_table_blank(&cs_ticket_table, &r);
	r.opened_at = at(t->opened);
	r.id = cs_ref_make(strcmp(t->kind, "complaint") == 0 ? "C" : "R",
			   cs_time_day(cs_session_zone(desk), r.opened_at), ++number);
	r.kind = t->kind;
	r.state = t->closed ? "closed" : t->done ? "finished" : "registered";
	r.state_is = t->closed ? "closed" : t->done ? "done" : "open";
	r.cycle = r.cycle_event = 1;
	r.accepting = t->accepting ? t->accepting : UNIT_SERVICE;
	r.handling = t->handling ? t->handling : CS_NULL;
	r.responsible = t->responsible ? t->responsible : CS_NULL;
	r.channel = t->channel ? t->channel : "phone";
	r.category = t->category;
	r.specialty = t->specialty;
	r.importance = r.importance_peak = t->importance;
	r.validity = t->validity;
	r.late = t->late ? t->late == 1 : CS_NULL;
	r.responded_at = at(t->responded);
	r.done_at = at(t->done);
	r.merged_into = t->merged_into ? t->merged_into : CS_NULL;
	r.place = t->place ? t->place : CS_NULL;
	r.closed_at = at(t->closed);
	r.stay_at = t->stay_at ? at(t->stay_at) : r.opened_at;
	r.stay_by = t->stay_by ? t->stay_by : "opened";
	r.stays = t->stays;
	r.level = r.imported = r.last_event = 0;
	r.last_at = t->last ? at(t->last)
			    : latest(latest(r.opened_at, r.done_at),
				     latest(r.closed_at, r.responded_at));
	save(&cs_ticket_table, &r);
	return r.id;
}

void rows_stay(int64_t ticket, int64_t seq, const char *entered, const char *left, const char *from,
	       const char *to, int64_t unit, const char *category)
{
	const struct cs_stay_row r = {ticket, seq,  entered,  left,   at(from),
				      at(to), unit, category, "phone"};

	save(&cs_stay_table, &r);
}

void rows_clock(int64_t ticket, const char *clock, int64_t cycle, int64_t run, const char *start,
		const char *due, const char *stop, const char *verdict)
{
	struct cs_clock_row r;

	cs_table_blank(&cs_clock_table, &r);
	r.ticket = ticket;
	r.clock = clock;
	r.cycle = cycle;
	r.run = run;
	r.rule = r.due_set = r.breached = 0;
	r.edition = 1;
	r.start_at = r.counted_from = at(start);
	r.due_at = at(due);
	r.stop_at = at(stop);
	r.verdict = verdict;
	save(&cs_clock_table, &r);
}

void rows_annul(int64_t ticket, const char *clock, int64_t cycle)
{
	struct cs_err e = {0};
	size_t n = 0;
	void *rows = NULL;

	assert_int_equal(cs_table_load(desk->db, &cs_clock_table, ticket, &desk->work, &rows, &n, &e), 0);
	for (struct cs_clock_row *r = rows; n-- > 0; r++)
		if (strcmp(r->clock, clock) == 0 && r->cycle == cycle && r->run == 1) {
			r->annulled = 1;
			save(&cs_clock_table, r);
			return;
		}
	fail_msg("%s: no such run", clock);
}

void rows_rung(int64_t ticket, const char *clock, int64_t cycle, const char *rung, const char *when,
	       int flags)
{
	const struct cs_rung_row r = {.ticket = ticket,
				      .clock = clock,
				      .cycle = cycle,
				      .rung = rung,
				      .run = 1,
				      .at = at(when),
				      .event = 1,
				      .to_staff = CS_NULL,
				      .moot = (flags & ROWS_MOOT) != 0,
				      .imported = (flags & ROWS_IMPORTED) != 0};

	save(&cs_rung_table, &r);
}

void rows_put_call(const struct rows_call *c)
{
	struct cs_callback_row r;

	cs_table_blank(&cs_callback_table, &r);
	r.ticket = c->ticket;
	r.seq = c->seq;
	r.purpose = c->draw ? "spot" : "satisfaction";
	r.method = "phone";
	r.state = c->state;
	r.planned_at = at(c->planned);
	r.due_at = at(c->due);
	r.done_at = at(c->done);
	r.tries = 0;
	r.score = c->score ? c->score : CS_NULL;
	r.answers = c->answers;
	r.draw = c->draw ? c->draw : CS_NULL;
	r.cycle = 1;
	save(&cs_callback_table, &r);
}

void rows_link(int64_t ticket, const char *link, int64_t other, const char *until)
{
	const struct cs_link_row r = {.ticket = ticket, .seq = 1, .link = link, .other = other, .until = at(until)};

	save(&cs_link_table, &r);
}

void rows_draw(int64_t id, const char *rule, const char *period, int64_t again)
{
	const struct cs_draw_row r = {.id = id,
				      .name = rule,
				      .period = period,
				      .unit = CS_NULL,
				      .again = again,
				      .seed = "s",
				      .seed_given = 0,
				      .chain_head = "",
				      .frame_digest = "",
				      .frame_count = 0,
				      .spec = "{}",
				      .frame = "",
				      .at = 0};

	save(&cs_draw_table, &r);
}

void rows_member(int64_t draw, int64_t place, int64_t ticket, const char *role)
{
	const struct cs_draw_item item = {draw, "p1", place, ticket, role, "drawn"};
	struct cs_err e = {0};

	if (cs_db_begin(desk->db, &e) < 0 || cs_draw_item_save(desk->db, &item, &e) < 0 ||
	    cs_db_commit(desk->db, &e) < 0)
		fail_msg("%s", e.text);
}

struct cs_report rows_report(const char *name, const char *period, const char *unit)
{
	const struct cs_report_def *def = cs_report_find(name);
	struct cs_report_ask ask;
	struct cs_report r = {0};
	struct cs_err e = {0};

	assert_non_null(def);
	if (cs_report_ask(desk, def, period, unit, &ask, &e) < 0 ||
	    cs_report_make(desk, def, &ask, &r, &e) < 0)
		fail_msg("%s %s: %s", name, period ? period : "", e.text);
	return r;
}

void rows_close(const char *name, const char *period, const char *unit)
{
	const struct cs_report_def *def = cs_report_find(name);
	struct cs_report_ask ask;
	struct cs_report r = {0};
	struct cs_err e = {0};

	if (cs_session_begin(desk, &e) < 0 || cs_report_ask(desk, def, period, unit, &ask, &e) < 0 ||
	    cs_report_make(desk, def, &ask, &r, &e) < 0 || cs_report_close(desk, &ask, &r, &e) < 0 ||
	    cs_session_commit(desk, &e) < 0)
		fail_msg("%s %s: %s", name, period, e.text);
	cs_report_free(&r);
}

struct cs_report rows_closed(const char *name, const char *period, const char *unit)
{
	static struct cs_report live;
	const struct cs_report_def *def = cs_report_find(name);
	struct cs_report_ask ask;
	struct cs_report r = {0};
	struct cs_err e = {0};

	cs_report_free(&live); /* corrections borrow its texts */
	if (cs_report_ask(desk, def, period, unit, &ask, &e) < 0 || cs_report_make(desk, def, &ask, &live, &e) < 0 ||
	    cs_report_closed(desk, def, &ask, &live, &r, &e) != 1)
		fail_msg("%s %s: %s", name, period, e.text);
	return r;
}

static const struct cs_report_table *find_table(const struct cs_report *r, const char *name)
{
	for (size_t i = 0; i < r->table_count; i++)
		if (strcmp(r->table[i].shape->name, name) == 0)
			return &r->table[i];
	fail_msg("no table %s", name);
	return NULL;
}

static const struct cs_value *find_row(const struct cs_report_table *t, const char *row)
{
	size_t n = t->shape->column_count;

	for (size_t i = 0; i < t->row_count; i++)
		if (strcmp(cs_report_row_text(&texts, t, &t->cell[i * n]), row) == 0)
			return &t->cell[i * n];
	return NULL;
}

const char *rows_figure(const struct cs_report *r, const char *table, const char *row,
			const char *column)
{
	const struct cs_report_table *t = find_table(r, table);
	const struct cs_value *cell = find_row(t, row);

	for (size_t i = 0; i < t->shape->column_count; i++)
		if (strcmp(t->shape->column[i].name, column) == 0)
			return cell ? cs_report_cell_text(&texts, t->shape->column[i].is, &cell[i])
				    : NULL;
	fail_msg("table %s has no column %s", table, column);
	return NULL;
}

void rows_expect(const struct cs_report *r, const char *table, const char *row, const char *figures)
{
	const struct cs_report_table *t = find_table(r, table);
	const struct cs_value *cell = find_row(t, row);
	char got[512] = "", *p = got;

	if (!cell)
		fail_msg("%s has no row %s, expected %s", table, row, figures);
	for (size_t i = t->shape->key_count; cell && i < t->shape->column_count; i++) {
		const char *text = cs_report_cell_text(&texts, t->shape->column[i].is, &cell[i]);

		p += snprintf(p, (size_t)(got + sizeof got - p), "%s%s", p == got ? "" : " ",
			      cell[i].type == CS_V_NONE && strcmp(text, "no data") == 0 ? "none"
											: text);
	}
	if (strcmp(got, figures) != 0)
		fail_msg("%s %s: got %s, expected %s", table, row, got, figures);
	cs_arena_reset(&texts);
}
