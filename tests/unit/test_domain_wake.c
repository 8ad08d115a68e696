/* One rating apart from a step. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "domain/fold.h"
#include "domain/wake.h"
#include "matters.h"
#include "rules.h"

static int wake(int64_t ticket, const char *at)
{
	struct cs_err e = {0};
	struct cs_image *im;
	int rc;

	if (cs_session_begin(desk, &e) < 0)
		fail_msg("%s", e.text);
	im = desk_ticket(ticket);
	rc = cs_wake(desk, im, desk_at(at), &e);
	if (rc < 0 || cs_image_save(im, desk->db, &e) < 0 || cs_session_commit(desk, &e) < 0)
		fail_msg("%s", e.text);
	cs_session_rollback(desk);
	return rc;
}

static void test_event(void **state)
{
	int64_t id = matters_complain(PERSON_WANG, NULL);
	cs_time last = desk_ticket(id)->t.last_at;
	struct cs_event ev;
	struct cs_err e = {0};

	(void)state;
	rules_live("", id, "chief assess our_fault=yes");
	assert_int_equal(desk_ticket(id)->t.wake_at, desk_at("2026-11-09 09:00:01"));
	desk_time("2026-11-20 09:00");
	assert_int_equal(wake(id, "2026-11-05 09:00"), 0); /* nothing is otherwise */
	assert_int_equal(desk_ticket(id)->t.rated_at, CS_NULL);
	assert_int_equal(wake(id, "2026-11-09 09:00:01"), 1);
	assert_string_equal(matters_class(id), "hot");
	assert_int_equal(desk_ticket(id)->t.rated_at, desk_at("2026-11-09 09:00:01"));
	assert_int_equal(desk_ticket(id)->t.wake_at, desk_at("2026-12-03 00:00:01"));
	assert_int_equal(desk_ticket(id)->t.last_at, last); /* no work on the ticket */
	assert_int_equal(cs_event_last_step(desk->db, id, CS_STEP_RATE, 0, &ev, &e), 1);
	assert_int_equal(ev.at, desk_at("2026-11-09 09:00:01"));
	assert_int_equal(ev.actor, CS_NULL);
	assert_int_equal(wake(id, "2026-11-10 09:00"), 0);
}

/* Of a kind without classes nothing is said. */
static void test_other_kind(void **state)
{
	int64_t id = desk_register("request", "eng.leak", NULL, NULL);

	(void)state;
	assert_int_equal(wake(id, "2026-11-02 09:00"), 0);
	assert_null(desk_ticket(id)->t.importance);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_event, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_other_kind, rules_begin, rules_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
