/* Overdue: the main clock alone, past its due, in stock; the highest rung. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "editions.h"
#include "report_rows.h"
#include "rules.h"
#include "store/ref.h"

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

static int64_t with_clock(const char *opened, const char *clock, const char *due, const char *stop,
			  const char *done)
{
	int64_t t = rows_ticket(&(struct rows_ticket){
		.kind = "request", .opened = opened, .done = done, .responsible = 1});

	rows_clock(t, clock, 1, 1, opened, due, stop, stop ? "late" : NULL);
	return t;
}

/* The figure "late_s" of a ticket, NULL when it is not overdue. */
static const char *late(int64_t ticket, const char *period)
{
	struct cs_report r = rows_report("overdue", period, NULL);
	char ref[CS_REF_SIZE];
	const char *figure = rows_figure(&r, "tickets", cs_ref_text(ticket, ref), "late_s");

	cs_report_free(&r);
	return figure;
}

static void test_which(void **state)
{
	(void)state;
	assert_string_equal(
		late(with_clock("2026-11-01 09:00", "resolve", "2026-11-05 11:59:59", NULL, NULL),
		     NULL),
		"1");
	/* On the due second it is in time. */
	assert_null(
		late(with_clock("2026-11-01 09:00", "resolve", "2026-11-05 12:00:00", NULL, NULL),
		     NULL));
	assert_null(late(with_clock("2026-11-01 09:00", "resolve", NULL, NULL, NULL), NULL));
	assert_null(late(with_clock("2026-11-01 09:00", "dispatch", "2026-11-01 09:10", NULL, NULL),
			 NULL));
	assert_null(late(with_clock("2026-11-01 09:00", "resolve", "2026-11-02 09:00",
				    "2026-11-03 09:00", "2026-11-03 09:00"),
			 NULL));
}

/* What happened at this very second has happened, in every table of a report (11:59:59 was too late to
   be in time, and 12:00:00 is now). */
static void test_this_second(void **state)
{
	int64_t gone = with_clock("2026-11-01 09:00", "resolve", "2026-11-05 11:00", "2026-11-05 12:00:00",
				  "2026-11-05 12:00:00");
	int64_t come = with_clock("2026-11-05 12:00:00", "resolve", "2026-11-05 11:00", NULL, NULL);
	struct cs_report r;

	(void)state;
	assert_null(late(gone, NULL));
	assert_string_equal(late(come, NULL), "3600");
	r = rows_report("daily", NULL, NULL);
	rows_expect(&r, "stock", "*/*", "1 1 0 0 1 0 0 1 1 0");
	cs_report_free(&r);
	/* A second later it is the same. */
	desk_time("2026-11-05 12:00:01");
	assert_null(late(gone, NULL));
	r = rows_report("daily", NULL, NULL);
	rows_expect(&r, "stock", "*/*", "1 1 0 0 1 0 0 1 1 0");
	cs_report_free(&r);
	/* The first second of the next day is not in this one. */
	gone = with_clock("2026-11-04 09:00", "resolve", "2026-11-04 11:00", "2026-11-05 00:00:00",
			  "2026-11-05 00:00:00");
	assert_string_equal(late(gone, "2026-11-04"), "46800");
}

/* At the end of a day that is past. */
static void test_then(void **state)
{
	int64_t t = with_clock("2026-11-01 09:00", "resolve", "2026-11-02 23:00",
			       "2026-11-04 09:00", "2026-11-04 09:00");

	(void)state;
	assert_null(late(t, NULL));
	assert_null(late(t, "2026-11-01"));
	assert_string_equal(late(t, "2026-11-02"), "3600");
	assert_string_equal(late(t, "2026-11-03"), "90000");
	assert_null(late(t, "2026-11-04"));
}

/* Oldest first; responsible; the highest rung of the running cycle that fired in time. */
static void test_list(void **state)
{
	int64_t young = with_clock("2026-11-01 09:00", "resolve", "2026-11-01 10:00", NULL, NULL);
	int64_t old = with_clock("2026-10-01 09:00", "resolve", "2026-11-05 11:00", NULL, NULL);
	struct cs_report r;
	char ref[CS_REF_SIZE];

	(void)state;
	rows_rung(young, "resolve", 1, "esc_1", "2026-11-02 00:00", 0);
	rows_rung(young, "resolve", 1, "esc_2", "2026-11-03 09:00", 0);
	rows_rung(young, "resolve", 1, "esc_3", "2026-11-03 09:00",
		  0); /* together: the later one of the ladder */
	rows_rung(young, "resolve", 1, "esc_4", "2026-11-04 09:00", ROWS_MOOT);
	rows_rung(young, "resolve", 2, "esc_5", "2026-11-04 09:00", 0);
	r = rows_report("overdue", NULL, NULL);
	assert_int_equal(r.table[0].row_count, 2);
	assert_string_equal(r.table[0].cell[0].s, cs_ref_text(old, ref));
	rows_expect(
		&r, "tickets", cs_ref_text(old, ref),
		"request registered p1.service - - boss - 2026-10-01 09:00 2026-11-05 11:00 3600");
	rows_expect(&r, "tickets", cs_ref_text(young, ref),
		    "request registered p1.service - esc_3 boss - 2026-11-01 09:00 2026-11-01 "
		    "10:00 352800");
	cs_report_free(&r);
	r = rows_report("overdue", NULL, "p2");
	assert_int_equal(r.table[0].row_count, 0);
	cs_report_free(&r);
}

/* S3-4-24: what waits for approval, longest first, by whom, since when; the second stage since the first was given;
   late by the company's time. At the end of a day that is past too. */
static void test_approvals(void **state)
{
	int64_t post, later, done;
	char a[CS_REF_SIZE], b[CS_REF_SIZE];
	struct cs_report r;

	(void)state;
	desk_time("2026-11-02 09:00");
	edition_with("\"params\": {\"cmp.approve\": {\"value\": \"1d\", \"source\": \"S3-4-24\"}}");
	post = rules_register("ling", "complaint", "forum", NULL, NULL);
	later = rules_register("ling", "complaint", "forum", NULL, NULL);
	done = rules_register("ling", "complaint", "forum", NULL, NULL);
	rules_live("post", post, "ling reply reply_text=已派人");
	rules_live("done", done, "ling reply reply_text=已派人|chief withdraw why=customer");
	desk_time("2026-11-03 10:00");
	rules_live("post", post, "manager approve");
	desk_time("2026-11-03 11:00");
	rules_live("later", later, "ling reply reply_text=已派人");
	cs_ref_text(post, a);
	cs_ref_text(later, b);
	strcat(a, "/reply");
	strcat(b, "/reply");
	desk_time("2026-11-04 10:00:01");
	r = rows_report("overdue", NULL, NULL);
	assert_int_equal(r.table[1].row_count, 2);
	rows_expect(
		&r, "approvals", a,
		"approve complaint p1.service QMC customer-service manager qmc ling 2026-11-03 10:00 "
		    "2026-11-04 10:00 86401 1");
	rows_expect(
		&r, "approvals", b,
		"review complaint p1.service project manager manager ling 2026-11-03 11:00 "
		    "2026-11-04 11:00 82801 none");
	assert_string_equal(r.table[1].cell[0].s, strtok(a, "/"));
	cs_report_free(&r);
	/* On Monday night the first waited for its review, and nothing else. */
	r = rows_report("overdue", "2026-11-02", NULL);
	assert_int_equal(r.table[1].row_count, 1);
	strcat(a, "/reply");
	rows_expect(
		&r, "approvals", a,
		"review complaint p1.service project manager manager ling 2026-11-02 09:00 "
		    "2026-11-03 09:00 54000 none");
	cs_report_free(&r);
	r = rows_report("overdue", NULL, "p2");
	assert_int_equal(r.table[1].row_count, 0);
	cs_report_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_which, begin, end),
		cmocka_unit_test_setup_teardown(test_this_second, begin, end),
		cmocka_unit_test_setup_teardown(test_then, begin, end),
		cmocka_unit_test_setup_teardown(test_list, begin, end),
		cmocka_unit_test_setup_teardown(test_approvals, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
