/* The month over a known list of tickets: edges of the period, verdicts, times, escalations,
   scores. Expected values are worked out by hand from the list. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "report_rows.h"

static int begin(void **state)
{
	(void)state;
	desk_begin();
	desk_time("2026-11-05 12:00");
	return 0;
}

static int end(void **state)
{
	(void)state;
	desk_end();
	return 0;
}

static void test_nothing(void **state)
{
	struct cs_report r = rows_report("monthly", "2026-10", NULL);

	(void)state;
	rows_expect(&r, "stock", "all/*", "0 0 0 0 0 0 0 0");
	rows_expect(&r, "times", "all/*", "0 0 none none none 0 0 none none none");
	assert_null(rows_figure(&r, "clocks", "request/resolve", "met"));
	cs_report_free(&r);
}

/* [from, to): what happens on the first second belongs to the period, on the first of the next
   it does not. */
static void test_edges(void **state)
{
	struct cs_report r;

	(void)state;
	rows_ticket(&(struct rows_ticket){
		.kind = "request", .opened = "2026-10-01 00:00:00", .done = "2026-10-31 23:59:59"});
	rows_ticket(&(struct rows_ticket){
		.kind = "request", .opened = "2026-09-30 23:59:59", .done = "2026-10-01 00:00:00"});
	rows_ticket(&(struct rows_ticket){
		.kind = "request", .opened = "2026-09-30 23:59:59", .done = "2026-11-01 00:00:00"});
	rows_ticket(&(struct rows_ticket){.kind = "request", .opened = "2026-11-01 00:00:00"});
	rows_ticket(&(struct rows_ticket){
		.kind = "request", .opened = "2026-09-01 00:00:00", .done = "2026-09-30 23:59:59"});
	rows_ticket(&(struct rows_ticket){.kind = "request", .opened = "2026-08-01 00:00:00"});
	r = rows_report("monthly", "2026-10", NULL);
	/* in: the second, the third and the last; out: the third and the last. */
	rows_expect(&r, "stock", "all/*", "3 1 0 0 2 0 0 2");
	rows_expect(&r, "stock", "kind/request", "3 1 0 0 2 0 0 2");
	rows_expect(&r, "stock", "category/-", "3 1 0 0 2 0 0 2");
	cs_report_free(&r);
	r = rows_report("monthly", "2026-11", NULL);
	rows_expect(&r, "stock", "all/*", "2 1 0 0 1 0 0 2");
	cs_report_free(&r);
}

/* A move changes the unit, not the kind; with --unit it is in and out of the units reported on. */
static void test_moves(void **state)
{
	int64_t t = rows_ticket(&(struct rows_ticket){.kind = "complaint",
						      .opened = "2026-10-03 09:00",
						      .handling = UNIT_ENGINEERING2,
						      .stay_at = "2026-10-04 09:00",
						      .stay_by = "moved",
						      .stays = 2,
						      .category = "eng"});
	struct cs_report r;

	(void)state;
	rows_stay(t, 1, "opened", "moved", "2026-10-03 09:00", "2026-10-03 10:00", UNIT_SERVICE,
		  "env");
	rows_stay(t, 2, "moved", "moved", "2026-10-03 10:00", "2026-10-04 09:00", UNIT_ENGINEERING,
		  "eng");
	r = rows_report("monthly", "2026-10", NULL);
	rows_expect(&r, "stock", "all/*", "0 1 0 0 0 0 0 1");
	rows_expect(&r, "stock", "kind/complaint", "0 1 0 0 0 0 0 1");
	rows_expect(&r, "stock", "unit/p1.service", "0 1 0 0 0 0 1 0");
	rows_expect(&r, "stock", "unit/p1.engineering", "0 0 0 1 0 0 1 0");
	rows_expect(&r, "stock", "unit/p2.engineering", "0 0 0 1 0 0 0 1");
	rows_expect(&r, "stock", "category/env", "0 1 0 0 0 0 1 0");
	rows_expect(&r, "stock", "category/eng", "0 0 0 1 0 0 0 1");
	cs_report_free(&r);
	r = rows_report("monthly", "2026-10", "p1");
	rows_expect(&r, "stock", "all/*", "0 1 0 0 0 0 1 0");
	assert_null(rows_figure(&r, "stock", "unit/p2.engineering", "moved_in"));
	cs_report_free(&r);
	r = rows_report("monthly", "2026-10", "p2");
	rows_expect(&r, "stock", "all/*", "0 0 0 1 0 0 0 1");
	cs_report_free(&r);
	r = rows_report("monthly", "2026-10", "east");
	rows_expect(&r, "stock", "all/*", "0 1 0 0 0 0 0 1");
	cs_report_free(&r);
}

static void rows_missed(const struct rows_ticket *t, const char *missed, const char *due)
{
	const int64_t id = rows_ticket(t);
	struct cs_clock_row *r;
	struct cs_err e = {0};

	rows_clock(id, "resolve", 1, 1, t->opened, due, NULL, NULL);
	r = cs_image_clock(desk_ticket(id), "resolve");
	r->missed_due = desk_at(missed);
	assert_int_equal(cs_table_save(desk->db, &cs_clock_table, r, &e), 0);
}

/* met, stopped, on time, late, open overdue, open in time, void, extended */
static void test_clocks(void **state)
{
	const struct rows_ticket open = {.kind = "request", .opened = "2026-10-10 09:00"};
	const struct rows_ticket done = {
		.kind = "request", .opened = "2026-10-10 09:00", .done = "2026-10-20 09:00"};
	struct cs_report r;

	(void)state;
	rows_clock(rows_ticket(&done), "resolve", 1, 1, "2026-10-10 09:00", "2026-10-20 09:00",
		   "2026-10-20 09:00", "met");
	rows_clock(rows_ticket(&done), "resolve", 1, 1, "2026-10-10 09:00", "2026-10-20 08:59",
		   "2026-10-20 09:00", "late");
	rows_clock(rows_ticket(&done), "resolve", 1, 1, "2026-10-10 09:00", "2026-10-20 08:59",
		   "2026-10-20 09:00", "void");
	/* Running at the end of the month: past its due, on its due, without one. */
	rows_clock(rows_ticket(&open), "resolve", 1, 1, "2026-10-10 09:00", "2026-10-31 23:59:59",
		   NULL, NULL);
	rows_clock(rows_ticket(&open), "resolve", 1, 1, "2026-10-10 09:00", "2026-11-01 00:00:00",
		   NULL, NULL);
	rows_clock(rows_ticket(&open), "resolve", 1, 1, "2026-10-10 09:00", NULL, NULL, NULL);
	/* Its due was missed, and moved only then: past it from the first that was missed on. */
	rows_missed(&open, "2026-10-31 23:59:59", "2026-12-01 00:00:00");
	rows_missed(&open, "2026-11-01 00:00:00", "2026-12-01 00:00:00");
	/* Stopped after the month: it ran at its end. Begun after the month: not there. */
	rows_clock(rows_ticket(&(struct rows_ticket){.kind = "request",
						     .opened = "2026-10-10 09:00",
						     .done = "2026-11-02 09:00"}),
		   "resolve", 1, 1, "2026-10-10 09:00", "2026-10-12 09:00", "2026-11-02 09:00",
		   "late");
	rows_clock(rows_ticket(&(struct rows_ticket){.kind = "request",
						     .opened = "2026-11-01 00:00:00"}),
		   "resolve", 1, 1, "2026-11-01 00:00:00", "2026-11-02 00:00:00", NULL, NULL);
	/* Closed in September; its reply came in October and counts there, though it is long
	   out of stock. */
	rows_clock(rows_ticket(&(struct rows_ticket){.kind = "complaint",
						     .opened = "2026-09-01 09:00",
						     .done = "2026-09-05 09:00",
						     .last = "2026-10-02 09:00"}),
		   "reply", 1, 1, "2026-09-01 09:00", "2026-10-03 09:00", "2026-10-02 09:00",
		   "met");
	/* Closed in October with a clock that nobody stopped: open, though the ticket is not. */
	rows_clock(rows_ticket(&(struct rows_ticket){.kind = "complaint",
						     .opened = "2026-10-01 09:00",
						     .closed = "2026-10-05 09:00",
						     .done = "2026-10-05 09:00"}),
		   "contact", 1, 1, "2026-10-01 09:00", "2026-10-01 09:30", NULL, NULL);
	/* The policy leaves this one out of the rate. */
	rows_clock(rows_ticket(&done), "arrive_customer", 1, 1, "2026-10-10 09:00",
		   "2026-10-10 09:30", "2026-10-10 09:20", "met");
	r = rows_report("monthly", "2026-10", NULL);
	rows_expect(&r, "clocks", "request/resolve", "1 2 50.00 1 3 3 1 0");
	rows_expect(&r, "clocks", "complaint/reply", "1 1 100.00 0 0 0 0 0");
	rows_expect(&r, "clocks", "complaint/contact", "0 0 none 0 1 0 0 0");
	assert_null(rows_figure(&r, "clocks", "request/arrive_customer", "met"));
	cs_report_free(&r);
}

/* Two thirds are 66.66 %: cut, so that what misses a target by a hair does not look like it. */
static void test_percent_is_cut(void **state)
{
	struct cs_report r;

	(void)state;
	for (int i = 0; i < 3; i++)
		rows_clock(rows_ticket(&(struct rows_ticket){.kind = "request",
							     .opened = "2026-10-10 09:00",
							     .done = "2026-10-11 09:00"}),
			   "resolve", 1, 1, "2026-10-10 09:00",
			   i ? "2026-10-12 09:00" : "2026-10-10 12:00", "2026-10-11 09:00",
			   i ? "met" : "late");
	r = rows_report("monthly", "2026-10", NULL);
	rows_expect(&r, "clocks", "request/resolve", "2 3 66.66 1 0 0 0 0");
	cs_report_free(&r);
}

static void test_times(void **state)
{
	/* Responses after 10, 20, 40 and 90 minutes; one of October answered in November, one
	   never. Resolutions: 1, 2, 3, 4 h; mean of the responses 40 min = 2400 s, of rank 2 of
	   4: 20 min, of rank ceil(3.6) = 4: 90 min. */
	static const struct rows_ticket list[] = {
		{.kind = "request",
		 .opened = "2026-10-05 08:00",
		 .responded = "2026-10-05 08:10",
		 .done = "2026-10-05 09:00"},
		{.kind = "request",
		 .opened = "2026-10-05 08:00",
		 .responded = "2026-10-05 08:20",
		 .done = "2026-10-05 10:00"},
		{.kind = "request",
		 .opened = "2026-10-05 08:00",
		 .responded = "2026-10-05 08:40",
		 .done = "2026-10-05 11:00"},
		{.kind = "request",
		 .opened = "2026-10-05 08:00",
		 .responded = "2026-10-05 09:30",
		 .done = "2026-10-05 12:00"},
		{.kind = "request", .opened = "2026-10-31 23:50", .responded = "2026-11-01 00:10"},
		{.kind = "request", .opened = "2026-10-20 08:00"},
	};
	int64_t t;
	struct cs_report r;

	(void)state;
	for (size_t i = 0; i < sizeof list / sizeof *list; i++)
		rows_ticket(&list[i]);
	r = rows_report("monthly", "2026-10", NULL);
	rows_expect(&r, "times", "kind/request", "4 2 2400 1200 5400 4 2 9000 7200 14400");
	rows_expect(&r, "times", "channel/phone", "4 2 2400 1200 5400 4 2 9000 7200 14400");
	cs_report_free(&r);
	r = rows_report("monthly", "2026-11", NULL);
	rows_expect(&r, "times", "kind/request", "1 1 1200 1200 1200 0 2 none none none");
	cs_report_free(&r);
	/* Reopened: the second closing counts from the reopening, a move in between does not. */
	t = rows_ticket(&(struct rows_ticket){.kind = "complaint",
					      .opened = "2026-10-06 08:00",
					      .responded = "2026-10-06 08:01",
					      .done = "2026-10-08 12:00",
					      .stay_at = "2026-10-08 09:00",
					      .stay_by = "moved",
					      .stays = 2,
					      .handling = UNIT_ENGINEERING});
	rows_stay(t, 1, "opened", "done", "2026-10-06 08:00", "2026-10-06 18:00", UNIT_SERVICE,
		  NULL);
	rows_stay(t, 2, "reopened", "moved", "2026-10-08 08:00", "2026-10-08 09:00", UNIT_SERVICE,
		  NULL);
	r = rows_report("monthly", "2026-10", NULL);
	rows_expect(&r, "stock", "kind/complaint", "0 1 1 0 2 0 0 0");
	rows_expect(&r, "times", "kind/complaint", "1 0 60 60 60 2 0 25200 14400 36000");
	rows_expect(&r, "times", "unit/p1.engineering", "0 0 none none none 1 0 14400 14400 14400");
	cs_report_free(&r);
}

/* What was merged is not settled by it; what was done before was. */
static void S0_4_8_merged(void **state)
{
	struct cs_report r;

	(void)state;
	rows_ticket(&(struct rows_ticket){.kind = "complaint",
					  .opened = "2026-10-06 08:00",
					  .done = "2026-10-06 09:00",
					  .closed = "2026-10-06 09:00",
					  .merged_into = 1});
	rows_ticket(&(struct rows_ticket){.kind = "complaint",
					  .opened = "2026-10-06 08:00",
					  .done = "2026-10-06 18:00",
					  .closed = "2026-10-07 09:00",
					  .merged_into = 1});
	r = rows_report("monthly", "2026-10", NULL);
	rows_expect(&r, "stock", "kind/complaint", "0 2 0 0 1 1 0 0");
	rows_expect(&r, "times", "kind/complaint", "0 0 none none none 1 0 36000 36000 36000");
	cs_report_free(&r);
	r = rows_report("complaints", "2026-10", NULL);
	assert_string_equal(rows_figure(&r, "complaints", "all/*", "done"), "1");
	assert_string_equal(rows_figure(&r, "complaints", "all/*", "merged"), "1");
	assert_string_equal(rows_figure(&r, "complaints", "all/*", "open"), "0");
	cs_report_free(&r);
}

static void test_rungs_and_scores(void **state)
{
	int64_t t = rows_ticket(&(struct rows_ticket){.kind = "request",
						      .opened = "2026-09-20 08:00",
						      .done = "2026-09-25 08:00",
						      .last = "2026-10-03 08:00"});
	struct cs_report r;

	(void)state;
	rows_rung(t, "resolve", 1, "esc_1", "2026-09-30 23:59:59", 0);
	rows_rung(t, "resolve", 1, "esc_2", "2026-10-01 00:00:00", 0);
	rows_rung(t, "resolve", 1, "esc_3", "2026-10-02 00:00:00", ROWS_MOOT);
	rows_rung(t, "resolve", 1, "esc_4", "2026-10-03 00:00:00", ROWS_IMPORTED);
	rows_rung(t, "resolve", 1, "esc_5", "2026-11-01 00:00:00", 0);
	rows_call(t, 1, "done", "2026-09-25 09:00", NULL, "2026-10-01 00:00:00", 4, NULL, 0);
	rows_call(t, 2, "done", "2026-09-25 09:00", NULL, "2026-10-02 10:00", 5, NULL, 0);
	rows_call(t, 3, "done", "2026-09-25 09:00", NULL, "2026-10-02 10:00", 5, NULL, 0);
	rows_call(t, 4, "done", "2026-09-25 09:00", NULL, "2026-10-02 10:00", 0, NULL, 0);
	rows_call(t, 5, "exempt", "2026-09-25 09:00", NULL, "2026-10-02 10:00", 0, NULL, 0);
	rows_call(t, 6, "refused", "2026-09-25 09:00", NULL, "2026-10-02 10:00", 0, NULL, 0);
	rows_call(t, 7, "dropped", "2026-09-25 09:00", NULL, "2026-10-02 10:00", 0, NULL, 0);
	rows_call(t, 8, "done", "2026-09-25 09:00", NULL, "2026-09-30 10:00", 1, NULL, 0);
	rows_call(t, 9, "open", "2026-09-25 09:00", "2026-10-20 09:00", NULL, 0, NULL, 0);
	r = rows_report("monthly", "2026-10", NULL);
	assert_null(rows_figure(&r, "rungs", "request/resolve/esc_1", "fired"));
	rows_expect(&r, "rungs", "request/resolve/esc_2", "1 0 0");
	rows_expect(&r, "rungs", "request/resolve/esc_3", "0 1 0");
	rows_expect(&r, "rungs", "request/resolve/esc_4", "0 0 1");
	assert_null(rows_figure(&r, "rungs", "request/resolve/esc_5", "fired"));
	/* 14 points of 3: 4.67 */
	rows_expect(&r, "scores", "request/satisfaction", "4 3 4.67 0 0 0 1 2 1 1 1");
	cs_report_free(&r);
}

/* Call-backs that the system ends (given up, replaced in a sample) count in the month they ended in, however long the
   ticket has lain still: the months make up the whole. */
static void test_ended_on_still_tickets(void **state)
{
	static const struct {
		const char *period, *scores; /* NULL: none ended */
	} cases[] = {
		{"2026-08", NULL},
		{"2026-09", "1 1 5.00 0 0 0 0 1 0 0 0"},
		{"2026-10", "0 0 none 0 0 0 0 0 0 0 1"},
		{"2026-11", NULL},
		{"2026-09-01..2026-10-31", "1 1 5.00 0 0 0 0 1 0 0 1"},
	};
	int64_t t = rows_ticket(&(struct rows_ticket){.kind = "request",
						      .opened = "2026-09-20 08:00",
						      .done = "2026-09-25 08:00",
						      .last = "2026-09-25 09:00"});

	(void)state;
	rows_call(t, 1, "done", "2026-09-25 08:00", NULL, "2026-09-25 09:00", 5, NULL, 0);
	rows_call(t, 2, "dropped", "2026-09-25 08:00", NULL, "2026-10-02 10:00", 0, NULL, 0);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_report r = rows_report("monthly", cases[i].period, NULL);

		if (cases[i].scores)
			rows_expect(&r, "scores", "request/satisfaction", cases[i].scores);
		else
			assert_null(rows_figure(&r, "scores", "request/satisfaction", "done"));
		cs_report_free(&r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_nothing, begin, end),
		cmocka_unit_test_setup_teardown(test_edges, begin, end),
		cmocka_unit_test_setup_teardown(test_moves, begin, end),
		cmocka_unit_test_setup_teardown(test_clocks, begin, end),
		cmocka_unit_test_setup_teardown(test_percent_is_cut, begin, end),
		cmocka_unit_test_setup_teardown(test_times, begin, end),
		cmocka_unit_test_setup_teardown(S0_4_8_merged, begin, end),
		cmocka_unit_test_setup_teardown(test_rungs_and_scores, begin, end),
		cmocka_unit_test_setup_teardown(test_ended_on_still_tickets, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
