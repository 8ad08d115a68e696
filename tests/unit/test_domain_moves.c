/* What moved a clock's due, read back from the events. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/moves.h"

static int begin(void **state)
{
	(void)state;
	desk_begin_insurer();
	return 0;
}

static int end(void **state)
{
	(void)state;
	desk_end();
	return 0;
}

static void do_as(const char *login, int64_t id, const char *words)
{
	desk_actor(login);
	desk_do(id, words);
}

static void accepted(int64_t id)
{
	do_as("agent1", id, "complete");
	do_as("agent1", id, "examine by_consumer_or_agent=yes insurance_matter=yes ours=yes");
	do_as("agent1", id, "link same_as=none");
	do_as("division", id, "accept complex=yes");
}

static struct cs_due_moves moves_of(int64_t id)
{
	struct cs_image *im = desk_ticket(id);
	const struct cs_clock_row *row = cs_image_clock(im, "decide");
	struct cs_due_moves l;
	struct cs_err e = {0};

	assert_non_null(row);
	if (cs_due_moves(desk, im, row, &l, &e) < 0)
		fail_msg("%s", e.text);
	return l;
}

/* S0-4-11, G5: 30 calendar days of a complex case from 1 September end with 1 October; 30 more with the 31st. */
static void test_extended(void **state)
{
	int64_t id = desk_register("complaint", "claim", NULL, NULL);
	struct cs_due_moves l;

	(void)state;
	accepted(id);
	l = moves_of(id);
	assert_int_equal(l.count, 0);
	assert_int_equal(l.first, desk_at("2026-10-02 00:00"));
	desk_time("2026-09-10 10:00");
	do_as("division", id, "extend note=x decide_until=2026-10-28_18:00");
	desk_time("2026-09-11 11:00");
	do_as("operations", id, "approve");
	l = moves_of(id);
	assert_int_equal(l.count, 0); /* agreed to, not taken */
	desk_time("2026-09-12 12:00");
	do_as("division", id, "extend");
	l = moves_of(id);
	assert_int_equal(l.count, 1);
	assert_int_equal(l.first, desk_at("2026-10-02 00:00"));
	assert_int_equal(l.move[0].before, desk_at("2026-10-02 00:00"));
	assert_int_equal(l.move[0].due, desk_at("2026-10-28 18:00"));
	assert_int_equal(l.move[0].most, desk_at("2026-11-01 00:00"));
	assert_int_equal(l.move[0].at, desk_at("2026-09-12 12:00"));
	assert_int_equal(l.move[0].actor, desk_staff("division"));
	assert_string_equal(l.move[0].step, "extend");
	assert_true(l.move[0].extends);
	assert_true(l.move[0].approved != CS_NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_extended, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
