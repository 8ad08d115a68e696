/* fill_report DB DAY N [SEED]: writes N tickets of some fifty days, most of them of the thirty
   days from DAY on, with stays, clocks, rungs and call-backs straight into the tables of a
   database made by cs-init. For the report's benchmark and for comparing its figures with those
   of another program. Nothing happens after DAY + 32 days. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/time.h"
#include "store/db.h"
#include "store/ref.h"
#include "store/rows.h"

enum { PROJECTS = 20, DEPARTMENTS = 4, BEFORE = 20, DAYS = 50, NOW = 32, BATCH = 20000 };

static const char *const functions[DEPARTMENTS] = {"front_desk", "engineering", "environment",
						   "safety"};
static const char *const categories[] = {"eng.leak",  "eng.lift",     "eng.light", "env.cleaning",
					 "env.waste", "safe.parking", "svc.manner"};
static const char *const channels[] = {"phone", "wechat", "counter", "letter", "email"};
enum {
	CATEGORIES = sizeof categories / sizeof *categories,
	CHANNELS = sizeof channels / sizeof *channels
};

static uint64_t state = 1;
static struct cs_db *db;
static struct cs_err e;
static cs_time now;

static int64_t chance(int64_t n)
{
	state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int64_t)((state >> 33) % (uint64_t)n);
}

/* Mostly short, sometimes long. */
static int64_t some_time(int64_t usual)
{
	int64_t t = 1 + chance(usual);

	return chance(8) ? t : t + chance(20 * usual);
}

static void save(const struct cs_table *t, const void *row)
{
	if (cs_table_save(db, t, row, &e) < 0) {
		fprintf(stderr, "fill_report: %s: %s\n", t->name, e.text);
		exit(74);
	}
}

static void add_unit(int64_t id, const char *code, const char *level, int64_t parent,
		     const char *function)
{
	struct cs_unit_row u;

	cs_table_blank(&cs_unit_table, &u);
	u.id = id;
	u.code = u.name = code;
	u.level = level;
	u.parent = parent;
	u.function = function;
	save(&cs_unit_table, &u);
}

static int64_t department(int64_t project, int64_t n)
{
	return 1000 + project * 10 + n;
}

static void add_units(void)
{
	char code[64];

	add_unit(900, "bench", "region", CS_NULL, NULL);
	for (int p = 0; p < PROJECTS; p++) {
		snprintf(code, sizeof code, "b%d", p);
		add_unit(1000 + p * 10 + 9, code, "project", 900, NULL);
		for (int d = 0; d < DEPARTMENTS; d++) {
			snprintf(code, sizeof code, "b%d.%s", p, functions[d]);
			add_unit(department(p, d), code, "department", 1000 + p * 10 + 9,
				 functions[d]);
		}
	}
}

/* --- one ticket ------------------------------------------------------------------------------ */

static void add_clock(const struct cs_ticket_row *t, const char *name, int64_t cycle, cs_time start,
		      int64_t limit, cs_time stop)
{
	struct cs_clock_row c;

	cs_table_blank(&cs_clock_table, &c);
	c.ticket = t->id;
	c.clock = name;
	c.cycle = cycle;
	c.run = 1;
	c.rule = 0;
	c.edition = 1;
	c.start_at = c.counted_from = start;
	c.due_at = chance(50) ? start + limit : CS_NULL;
	c.due_set = 0;
	c.breached = 0;
	if (stop != CS_NULL && stop <= now) {
		c.stop_at = stop;
		c.verdict = chance(40) == 0                          ? "void"
			    : c.due_at != CS_NULL && stop > c.due_at ? "late"
								     : "met";
	}
	save(&cs_clock_table, &c);
}

static void add_rungs(const struct cs_ticket_row *t, const char *clock, int64_t cycle,
		      cs_time start, cs_time stop)
{
	static const int hours[] = {24, 48, 72, 168, 360};
	static const char *const names[] = {"esc_1", "esc_2", "esc_3", "esc_4", "esc_5"};

	for (size_t i = 0; i < sizeof hours / sizeof *hours; i++) {
		struct cs_rung_row r = {.ticket = t->id,
					.clock = clock,
					.cycle = cycle,
					.rung = names[i],
					.run = 1,
					.at = start + hours[i] * 3600,
					.event = 1,
					.to_staff = CS_NULL};

		if (r.at > now || (stop != CS_NULL && stop < r.at))
			return;
		r.moot = chance(30) == 0;
		r.imported = chance(30) == 0;
		save(&cs_rung_table, &r);
	}
}

static void add_call(struct cs_ticket_row *t, int64_t seq, cs_time done)
{
	struct cs_callback_row c;

	cs_table_blank(&cs_callback_table, &c);
	c.ticket = t->id;
	c.seq = seq;
	c.purpose = chance(5) ? "satisfaction" : "spot";
	c.method = "phone";
	c.state = "open";
	c.planned_at = done;
	c.due_at = done + 86400;
	c.tries = 0;
	c.cycle = t->cycle;
	if (done + 40000 <= now && chance(5)) {
		c.state = chance(8) ? "done" : chance(2) ? "exempt" : "refused";
		c.done_at = done + 1 + chance(40000);
		t->last_at = c.done_at;
		if (strcmp(c.state, "done") == 0 && chance(10)) {
			c.score = 1 + chance(5);
			c.answers = chance(4) ? "{\"timely\":\"yes\"}" : "{\"timely\":\"no\"}";
		}
	}
	save(&cs_callback_table, &c);
}

static void end_stay(struct cs_ticket_row *t, int64_t unit, cs_time to, const char *left,
		     cs_time next, const char *by)
{
	const struct cs_stay_row s = {.ticket = t->id,
				      .seq = ++t->stays,
				      .entered = t->stay_by,
				      .left = left,
				      .from_at = t->stay_at,
				      .to_at = to,
				      .unit = unit,
				      .category = t->category,
				      .channel = t->channel};

	save(&cs_stay_table, &s);
	t->stay_at = next;
	t->stay_by = by;
}

/* Handed over, perhaps twice; the time it is done, CS_NULL: still open. */
static cs_time handle(struct cs_ticket_row *t, int64_t project)
{
	cs_time at = t->stay_at;

	for (int moves = chance(8) ? 1 + (chance(8) == 0) : 0; moves > 0; moves--) {
		int64_t unit = t->handling != CS_NULL ? t->handling : t->accepting;

		at += some_time(1800);
		if (at > now)
			return CS_NULL;
		end_stay(t, unit, at, "moved", at, "moved");
		t->handling = department(chance(20) ? project : chance(PROJECTS),
					 1 + chance(DEPARTMENTS - 1));
		if (chance(10) == 0)
			t->category = categories[chance(CATEGORIES)];
	}
	at += some_time(3 * 86400);
	return at > now || chance(30) == 0 ? CS_NULL : at;
}

static void add_ticket(const char *prefix, int32_t day, int64_t n, const struct cs_zone *z)
{
	bool request = *prefix == 'R';
	const char *main_clock = "resolve", *first_clock = request ? "dispatch" : "dispatch_check";
	int64_t project = chance(PROJECTS), calls = 0;
	struct cs_ticket_row t;
	cs_time done;

	cs_table_blank(&cs_ticket_table, &t);
	t.id = cs_ref_make(prefix, day, n);
	t.kind = request ? "request" : "complaint";
	t.state = "registered";
	t.state_is = "open";
	t.cycle = t.cycle_event = 1;
	t.accepting = t.place = department(project, 0);
	t.channel = channels[chance(CHANNELS)];
	t.category = chance(20) ? categories[chance(CATEGORIES)] : NULL;
	t.opened_at = t.stay_at = t.last_at = cs_day_start(z, day) + chance(86400);
	t.stay_by = "opened";
	t.level = t.stays = t.imported = t.last_event = 0;
	t.responded_at = chance(12) ? t.opened_at + some_time(3600) : CS_NULL;
	if (t.responded_at > now)
		t.responded_at = CS_NULL;
	add_clock(&t, first_clock, 1, t.opened_at, 600, t.opened_at + some_time(900));
	if (request)
		add_clock(&t, "arrive", 1, t.opened_at + 300, 1800, t.opened_at + some_time(3600));
	for (;; t.cycle++) {
		cs_time start = t.stay_at;

		done = handle(&t, project);
		add_clock(&t, main_clock, t.cycle, start, 2 * 86400, done);
		if (done == CS_NULL || done - start > 86400)
			add_rungs(&t, main_clock, t.cycle, start, done);
		if (done == CS_NULL)
			break;
		t.last_at = done;
		if (chance(3))
			add_call(&t, ++calls, done);
		if (t.cycle > 2 || chance(20) || done + 90000 > now) {
			t.state = "finished";
			t.state_is = "done";
			t.done_at = done;
			break;
		}
		end_stay(&t, t.handling != CS_NULL ? t.handling : t.accepting, done, "done",
			 done + 1 + chance(86400), "reopened");
	}
	save(&cs_ticket_table, &t);
}

static void check(int rc)
{
	if (rc == 0)
		return;
	fprintf(stderr, "fill_report: %s\n", e.text);
	exit(74);
}

int main(int argc, char **argv)
{
	const struct cs_zone *z;
	int64_t total = argc > 3 ? strtoll(argv[3], NULL, 10) : 0, made = 0;
	int32_t first;

	if (argc < 4 || total < 1 || cs_date_parse(argv[2], &first, &e) < 0) {
		fputs("usage: fill_report DB DAY N [SEED]\n", stderr);
		return 64;
	}
	if (argc > 4)
		state = strtoull(argv[4], NULL, 10);
	check(cs_zone_open("Asia/Shanghai", &z, &e));
	now = cs_day_start(z, first + NOW);
	check(cs_db_open(argv[1], CS_DB_WRITE, &db, &e));
	check(cs_db_bulk(db, &e));
	check(cs_db_begin(db, &e));
	add_units();
	/* Twenty days before get a seventh of it; C before R, so that ids only grow. */
	for (int d = 0; d < DAYS; d++) {
		int64_t here = d < BEFORE ? total / 140
					  : (total - total / 140 * BEFORE) / (DAYS - BEFORE);

		if (d == DAYS - 1)
			here = total - made;
		for (int64_t n = 1; n <= here; n++, made++) {
			bool complaint = n <= here / 4;

			if (made % BATCH == BATCH - 1) {
				check(cs_db_commit(db, &e));
				check(cs_db_begin(db, &e));
			}
			add_ticket(complaint ? "C" : "R", first - BEFORE + d,
				   complaint ? n : n - here / 4, z);
		}
	}
	check(cs_db_commit(db, &e));
	cs_db_close(db);
	return 0;
}
