/* Dues explained: the first, what moved it, who agreed, how far it could. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "text/explain_due.h"

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

static char told[1200];

static void line(void *arg, const struct cs_due_line *l)
{
	const size_t n = strlen(told);
	char due[40];

	assert_null(arg);
	snprintf(told + n, sizeof told - n, "%s %s %s %s\n", l->what, l->step ? l->step : "-",
		 cs_time_text(cs_session_zone(desk), l->due, due), l->note);
}

static const char *basis_of(int64_t id, const char *clock)
{
	struct cs_image *im = desk_ticket(id);
	const struct cs_clock_row *row = cs_image_clock(im, clock);
	struct cs_counting how;
	struct cs_due_moves l;
	struct cs_err e = {0};

	assert_non_null(row);
	if (cs_clock_counting(desk, im, row, &how, &e) < 0 || cs_due_moves(desk, im, row, &l, &e) < 0)
		fail_msg("%s", e.text);
	told[0] = '\0';
	cs_explain_due(desk, im, row, &how, &l, line, NULL);
	return cs_explain_basis(row, &how, im->arena);
}

/* S0-4-11, G5. */
static void test_extended(void **state)
{
	int64_t id = desk_register("complaint", "claim", NULL, NULL);
	char want[400];

	(void)state;
	accepted(id);
	assert_string_equal(basis_of(id, "decide"), "30cd");
	assert_string_equal(told, "");
	desk_time("2026-09-10 10:00");
	do_as("division", id, "extend note=x decide_until=2026-10-28_18:00");
	desk_time("2026-09-11 11:00");
	do_as("operations", id, "approve");
	desk_time("2026-09-12 12:00");
	do_as("division", id, "extend");
	basis_of(id, "decide");
	snprintf(want, sizeof want,
		 "first due - 2026-10-02 00:00:00 30cd from 2026-09-01 09:00:00\n"
		 "moved extend 2026-10-28 18:00:00 event %lld at 2026-09-12 12:00:00 by division; "
		 "approve: operations 2026-09-11 11:00:00; at most until 2026-11-01 00:00:00 (30cd from "
		 "2026-10-02 00:00:00)\n",
		 (long long)desk_ticket(id)->t.last_event);
	assert_string_equal(told, want);
}

/* S0-4-12: until the regulator's own time. */
static void test_by_field(void **state)
{
	const struct cs_registration reg = {
		.kind = "complaint",
		.channel = "regulator",
		.category = "claim",
		.body = "转办",
		.place = CS_NULL,
		.accepting = CS_NULL,
		.first = CS_NULL,
		.customer = PERSON_WANG,
		.premises = CS_NULL,
		.due_at = CS_TIME_NONE,
		.run = CS_NULL,
	};
	int64_t id = desk_register_as(&reg, "regulator_ref=7 regulator_due=2026-09-30_17:00", NULL);

	(void)state;
	assert_true(id != 0);
	assert_string_equal(basis_of(id, "regulator"), "field regulator_due");
	assert_string_equal(told, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_extended, begin, end),
		cmocka_unit_test_setup_teardown(test_by_field, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
