/* Running clocks under a new edition: what was used by the old one, the rest by the new (design
   section 5). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/reclock.h"
#include "editions.h"
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_rest_by_the_new),
		cmocka_unit_test(pause_after_reclocking),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
