/* Clocks as they stood at other moments. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "domain/past.h"

static struct cs_arena arena;

static struct cs_clock_row *add(struct cs_image *im, int64_t cycle, int64_t run, cs_time start, cs_time stop,
				const char *verdict)
{
	struct cs_clock_row *c = cs_image_add(im, CS_P_CLOCK);

	c->clock = "resolve";
	c->cycle = cycle;
	c->run = run;
	c->start_at = start;
	c->stop_at = stop;
	c->verdict = verdict;
	c->due_at = start + 100;
	c->breached = 0;
	return c;
}

/* 1000-1150 stopped late, with a pause 1020-1040; in cycle 2 from 2000 on, standing still since 2050. */
static void test_states(void **state)
{
	static const struct {
		cs_time at;
		bool before;
		int running, paused, met, late, voided;
	} cases[] = {
		{999, false, -1, -1, -1, -1, -1}, {1000, false, 1, 0, 0, 0, 0}, {1020, false, 0, 1, 0, 0, 0},
		{1039, false, 0, 1, 0, 0, 0},     {1040, false, 1, 0, 0, 0, 0}, {1100, false, 1, 0, 0, 0, 0},
		{1101, false, 1, 0, 0, 1, 0},     {1150, true, 1, 0, 0, 1, 0},  {1150, false, 0, 0, 0, 1, 0},
		{1151, true, 0, 0, 0, 1, 0},      {2000, false, 1, 0, 0, 0, 0}, {2050, false, 0, 1, 0, 0, 0},
		{2200, false, 0, 1, 0, 1, 0},
	};
	struct cs_image im;

	(void)state;
	cs_image_init(&im, &arena);
	add(&im, 1, 1, 1000, 1150, "late")->pauses = "1020-1040";
	add(&im, 2, 1, 2000, CS_NULL, NULL)->paused_at = 2050;
	add(&im, 1, 2, 1010, 1120, "void")->annulled = 1; /* counts for nothing */
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const int want[] = {cases[i].running, cases[i].paused, cases[i].met, cases[i].late, cases[i].voided};

		for (int is = CS_CLOCK_RUNNING; is <= CS_CLOCK_VOID; is++)
			if (cs_past_clock(&im, "resolve", (enum cs_clock_is)is, cases[i].at, cases[i].before) !=
			    want[is])
				fail_msg("at %lld%s: state %d is not %d", (long long)cases[i].at,
					 cases[i].before ? " (just before)" : "", is, want[is]);
	}
	/* A due of cycle 2 that was missed and moved: late from that one on. */
	cs_image_run(&im, "resolve", 2, 1)->missed_due = 2060;
	for (cs_time at = 2060; at < 2062; at++)
		assert_int_equal(cs_past_clock(&im, "resolve", CS_CLOCK_LATE, at, false), at > 2060);
	assert_int_equal(cs_past_clock(&im, "reply", CS_CLOCK_RUNNING, 1000, false), -1);
	cs_arena_free(&arena);
}

/* Every moment from which it is otherwise, each once, in order. */
static void test_moments(void **state)
{
	static const cs_time want[] = {1000, 1020, 1031, 1040, 1101, 1150, 2000, 2050, 2101};
	struct cs_moments m = {0};
	struct cs_image im;

	(void)state;
	cs_image_init(&im, &arena);
	add(&im, 2, 1, 2000, CS_NULL, NULL)->paused_at = 2050;
	add(&im, 1, 1, 1000, 1150, "late")->pauses = "1020-1040";
	cs_image_run(&im, "resolve", 1, 1)->missed_due = 1030;
	add(&im, 1, 2, 1010, 1120, "void")->annulled = 1;
	cs_past_moments(&im, "resolve", &m);
	cs_moments_add(&m, &arena, 1150);
	cs_moments_add(&m, &arena, CS_NULL);
	cs_moments_sort(&m);
	assert_int_equal(m.count, sizeof want / sizeof *want);
	for (size_t i = 0; i < m.count; i++)
		assert_int_equal(m.at[i], want[i]);
	cs_arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_states),
		cmocka_unit_test(test_moments),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
