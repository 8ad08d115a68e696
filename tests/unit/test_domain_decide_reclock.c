/* Running clocks under a new edition: what was used by the old one, the rest by the new (design
   section 5). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/crossing.h"
#include "domain/duty.h"
#include "domain/reclock.h"
#include "domain/checking.h"
#include "editions.h"
#include "faults.h"
#include "store/owed.h"
#include "store/running.h"

static void load_longer(void)
{
	edition_with("\"params\": {\"req.dispatch\": {\"value\": \"15m\", \"source\": \"S3-5-3\"}}");
}

/* All that run elsewhere; *tickets: how many those were. */
static size_t reclock(size_t *tickets)
{
	struct cs_reclocked done = {0};
	struct cs_arena a = {0};
	struct cs_err e = {0};
	int64_t *ticket;

	assert_int_equal(cs_session_begin(desk, &e), 0);
	assert_int_equal(cs_running_elsewhere(desk->db, desk->edition, 0, 10, &a, &ticket, tickets, &e), 0);
	for (size_t i = 0; i < *tickets; i++)
		if (cs_reclock_ticket(desk, ticket[i], &done, &e) < 0)
			fail_msg("%s", e.text);
	assert_int_equal(cs_session_commit(desk, &e), 0);
	cs_arena_free(&a);
	return done.clocks;
}

static void the_rest_by_the_new(void **state)
{
	int64_t id, edition, before;
	const struct cs_clock_row *c;
	size_t tickets;

	(void)state;
	desk_begin();
	edition = desk->edition;
	id = desk_register("request", "eng.leak", "", NULL);
	desk_register("request", "eng.leak", "", NULL);
	c = cs_image_clock(desk_ticket(id), "dispatch");
	assert_int_equal(c->edition, edition);
	assert_int_equal(c->due_at, desk_at("2026-11-02 09:10"));
	load_longer();
	c = cs_image_clock(desk_ticket(id), "dispatch");
	assert_int_equal(c->due_at, desk_at("2026-11-02 09:10")); /* running clocks keep theirs */
	desk_time("2026-11-02 09:04");
	assert_true(reclock(&tickets) >= 2);
	assert_int_equal(tickets, 2);
	c = cs_image_clock(desk_ticket(id), "dispatch");
	assert_int_equal(c->edition, edition + 1);
	assert_int_equal(c->start_at, desk_at("2026-11-02 09:00"));
	assert_int_equal(c->counted_from, desk_at("2026-11-02 09:04"));
	assert_int_equal(c->due_at, desk_at("2026-11-02 09:15")); /* 4 of 15 minutes are used */
	before = desk->chain.last_id;
	assert_int_equal(reclock(&tickets), 0);
	assert_int_equal(desk->chain.last_id, before);
	desk_end();
}

/* A pause recorded after the due had passed, on a clock that was counted anew before: what was used by then counts. */
static void pause_after_reclocking(void **state)
{
	static const char waits[] = "\"params\": {\"cmp.escalate\": {\"value\": \"%s\"}}, \"kinds\": {\"complaint\": "
				    "{\"clocks\": {\"resolve\": {\"pause\": [\"customer\"]}}}}";
	char members[200];
	size_t tickets;
	int64_t id;

	(void)state;
	desk_begin();
	snprintf(members, sizeof members, waits, "40h");
	edition_with(members);
	desk_actor("chief");
	id = desk_register("complaint", "eng.water", NULL, NULL);
	desk_do(id, "dispatch handling=p1.engineering promised_at=2026-11-30_10:00");
	desk_time("2026-11-03 09:00"); /* 24 hours are used */
	snprintf(members, sizeof members, waits, "48h");
	edition_with(members);
	reclock(&tickets);
	desk_time("2026-11-04 11:00");
	desk_do(id, "propose proposal=x at=2026-11-03_10:00"); /* 25 hours are used */
	desk_time("2026-11-04 15:00");
	desk_do(id, "agree");
	assert_int_equal(desk_ticket(id)->t.due_at, desk_at("2026-11-05 14:00"));
	assert_int_equal(cs_image_clock(desk_ticket(id), "resolve")->next_at, desk_at("2026-11-05 14:00"));
	desk_end();
}

#define RUNG(id, when) "{\"id\": \"" id "\", " when ", \"tell\": [\"post:company_complaints\"]}"
#define WORDS          "\"duties/file\": \"f\", \"evidence/letter\": \"e\", \"late/soon\": \"s\", \"late/past\": \"p\""
#define FILED(each, on, within, more, label) \
	"\"evidence\": {\"letter\": {}}, \"duties\": {\"file\": {\"each\": {" each "}, \"on\": {" on \
	"}, \"within\": \"" within \
	"\", \"calendar\": \"office\", \"owner\": \"post:company_complaints\", \"done\": {\"evidence\": \"letter\"}, " \
	"\"late\": [" more RUNG("soon", "\"before\": \"1d\"") ", " RUNG( \
		"past", "\"over\": \"1d\"") "]}}, " \
					    "\"labels\": {\"en\": {" WORDS label "}, \"zh\": {" WORDS label "}}"
#define OF_TICKET(within, more, label) \
	FILED("\"of\": \"ticket\", \"kinds\": [\"request\"]", "\"step\": \"tell\"", within, more, label)
#define WITH_MORE(within) OF_TICKET(within, RUNG("more", "\"before\": \"2d\"") ", ", ", \"late/more\": \"m\"")
#define OF_UNIT \
	FILED("\"of\": \"unit\", \"where\": {\"field\": \"level\", \"is\": \"hq\"}", \
	      "\"change\": [\"post:qmc_service_manager\"]", "10wd", "", "")

/* "2026-11-05 09:00: soon 2026-11-04 09:00, ..." */
static const char *comes(const struct cs_owed_row *o)
{
	const struct cs_zone *z = cs_session_zone(desk);
	static char text[300];
	struct cs_crossing *c;
	char at[40];
	size_t n, len;

	len = (size_t)snprintf(text, sizeof text, "%s:", cs_time_text_minute(z, o->due_at, at));
	c = cs_crossings_read(&desk->work, o->crossings, &n);
	for (size_t i = 0; i < n; i++)
		len += (size_t)snprintf(text + len, sizeof text - len, " %s %s", c[i].id,
					cs_time_text_minute(z, c[i].at, at));
	return text;
}

/* Owed since 2 November, 09:00. What fired does not come again, what is new only ahead; a due that has passed by either
   edition stays as it was. */
static void what_a_ticket_owes(void **state)
{
	static const struct {
		const char *at, *rules, *want;
		bool anew;
	} cases[] = {
		{"2026-11-03 09:00", OF_TICKET("5d", "", ""),
		 "2026-11-07 09:00: soon 2026-11-06 09:00 past 2026-11-08 09:00", true},
		{"2026-11-04 10:00", OF_TICKET("5d", "", ""), "2026-11-07 09:00: past 2026-11-08 09:00", true},
		{"2026-11-05 09:00", OF_TICKET("5d", "", ""), "2026-11-07 09:00: past 2026-11-08 09:00", true},
		{"2026-11-05 09:00:01", OF_TICKET("5d", "", ""), "2026-11-05 09:00: past 2026-11-06 09:00", false},
		{"2026-11-04 10:00", OF_TICKET("1d", "", ""), "2026-11-05 09:00: past 2026-11-06 09:00", false},
		{"2026-11-03 09:00", OF_TICKET("3d", "", "") ", \"params\": {\"req.dispatch\": {\"value\": \"15m\"}}",
		 "2026-11-05 09:00: soon 2026-11-04 09:00 past 2026-11-06 09:00", false},
		{"2026-11-03 09:00", WITH_MORE("3d"),
		 "2026-11-05 09:00: more 2026-11-03 09:00 soon 2026-11-04 09:00 past 2026-11-06 09:00", true},
		{"2026-11-03 09:00:01", WITH_MORE("3d"),
		 "2026-11-05 09:00: soon 2026-11-04 09:00 past 2026-11-06 09:00", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct cs_owed_row *o;
		struct cs_check job;
		struct cs_err e = {0};
		struct cs_image *im;
		int64_t id, before;
		size_t tickets;

		desk_begin();
		edition_with(OF_TICKET("3d", "", ""));
		desk_actor("chief");
		id = desk_register("request", "eng.leak", "", NULL);
		desk_do(id, "dispatch handling=p1.engineering assignee=worker");
		desk_do(id, "tell note=x");
		desk_time(cases[i].at);
		desk_settle(id);
		before = desk->edition;
		edition_with(cases[i].rules);
		reclock(&tickets);
		im = desk_ticket(id);
		o = cs_image_at(im, CS_P_OWED, 0);
		assert_string_equal(o->duty, "file");
		if (strcmp(comes(o), cases[i].want) != 0 || o->edition != before + cases[i].anew)
			fail_msg("case %zu: %s, edition %lld", i, comes(o), (long long)(o->edition - before));
		job = faults_job();
		job.recompute = true;
		assert_int_equal(cs_check_tickets(&job, &e), 0);
		faults_are("");
		desk_end();
	}
}

/* S0-4-18: ten working days from a Sunday in December, reckoned before the holidays of January were known. */
static void what_a_unit_owes(void **state)
{
	const char *const rules[] = {OF_UNIT, OF_UNIT ", \"holidays\": {\"cn\": {\"years\": {\"2027\": {\"holidays\": "
						      "[\"2027-01-01\"], \"workdays\": []}}}}"};
	static const char *const want[] = {"2027-01-02 00:00: soon 2027-01-01 00:00 past 2027-01-03 00:00",
					   "2027-01-05 00:00: soon 2027-01-04 00:00 past 2027-01-06 00:00"};

	(void)state;
	desk_begin();
	desk_time("2026-12-20 10:00");
	desk_actor("boss");
	for (int i = 0; i < 2; i++) {
		struct cs_reclocked done = {0};
		struct cs_owed_row o;
		struct cs_err e = {0};
		struct cs_stmt *walk;

		edition_with(rules[i]);
		assert_int_equal(cs_session_begin(desk, &e), 0);
		if ((i == 0 ? cs_duty_changed(desk, "post:qmc_service_manager", UNIT_HQ, desk->now, &e)
			    : cs_reclock_unit(desk, UNIT_HQ, &done, &e)) < 0)
			fail_msg("%s", e.text);
		assert_int_equal(cs_session_commit(desk, &e), 0);
		assert_int_equal(done.duties, i);
		walk = cs_owed_walk_of(desk->db, "unit", UNIT_HQ, &e);
		while (cs_owed_next(walk, &desk->work, &o, &e) == 1 && strcmp(o.duty, "file") != 0)
			;
		cs_stmt_done(walk);
		assert_string_equal(comes(&o), want[i]);
		assert_int_equal(o.edition, desk->edition);
	}
	desk_end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_rest_by_the_new),
		cmocka_unit_test(pause_after_reclocking),
		cmocka_unit_test(what_a_ticket_owes),
		cmocka_unit_test(what_a_unit_owes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
