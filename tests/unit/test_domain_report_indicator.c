/* S3-9-2 ... S3-9-7 with C10 and G23: numerator, denominator, verdict. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "editions.h"
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

#define YES "{\"timely\":\"yes\"}"
#define NO  "{\"timely\":\"no\"}"

static int64_t closed_ticket(const char *kind)
{
	return rows_ticket(&(struct rows_ticket){.kind = kind,
						 .opened = "2026-10-10 09:00",
						 .done = "2026-10-12 09:00",
						 .handling = UNIT_ENGINEERING,
						 .last = "2026-10-13 09:00"});
}

static void expect(const char *indicator, const char *figures)
{
	struct cs_report r = rows_report("indicators", "2026-10", NULL);

	rows_expect(&r, "indicators", indicator, figures);
	cs_report_free(&r);
}

/* Seven requests are sampled; `good` of them answer well. The targets of the documents: with
   seven, 98 % and 90 % both mean 7 of 7, 80 % means 6 of 7. */
static void test_seven(void **state)
{
	static const struct {
		const char *id, *indicator;
		int good;
		const char *figures;
	} cases[] = {
		{"S3-9-5", "request_response", 7, "S3-9-5 sample 7 7 100.00 at least 98.00 met 0"},
		{"S3-9-5", "request_response", 6,
		 "S3-9-5 sample 6 7 85.71 at least 98.00 missed 0"},
		{"S3-9-6", "request_callback", 6,
		 "S3-9-6 C10 sample 6 7 85.71 at least 80.00 met 1"},
		{"S3-9-6", "request_callback", 5,
		 "S3-9-6 C10 sample 5 7 71.42 at least 80.00 missed 2"},
		{"S3-9-7", "request_satisfaction", 7,
		 "S3-9-7 sample 7 7 100.00 at least 90.00 met 0"},
		{"S3-9-7", "request_satisfaction", 6,
		 "S3-9-7 sample 6 7 85.71 at least 90.00 missed 0"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		desk_begin();
		desk_time("2026-11-05 12:00");
		rows_draw(1, "kpi_request", "2026-10", 0);
		for (int n = 0; n < 7; n++) {
			int64_t t = closed_ticket("request");
			bool good = n < cases[i].good;

			rows_member(1, n + 1, t, "member");
			/* Asked by the desk (S3-9-6), then by those who drew the sample. */
			if (good || strcmp(cases[i].indicator, "request_callback") != 0)
				rows_call(t, 1, "done", "2026-10-12 09:00", NULL,
					  "2026-10-12 18:00", 5, NO, 0);
			rows_call(t, 2, "done", "2026-11-02 09:00", NULL, "2026-11-02 10:00",
				  good ? 4 : 3, good ? YES : NO, 1);
		}
		rows_member(1, 8, closed_ticket("request"), "replacement");
		rows_member(1, 9, closed_ticket("request"), "replaced");
		closed_ticket("request"); /* not drawn: not counted */
		expect(cases[i].indicator, cases[i].figures);
		desk_end();
	}
}

/* The same of complaints: 50 % sampled, 100 %, 100 % and 90 %. */
static void test_complaints(void **state)
{
	int64_t a = closed_ticket("complaint"), b = closed_ticket("complaint");

	(void)state;
	rows_draw(1, "kpi_complaint", "2026-10", 0);
	rows_member(1, 1, a, "member");
	rows_member(1, 2, b, "member");
	rows_call(a, 1, "done", "2026-10-12 09:00", NULL, "2026-10-12 18:00", 4, YES, 0);
	rows_call(b, 1, "done", "2026-10-12 09:00", NULL, "2026-10-12 18:00", 3, YES, 0);
	expect("complaint_response", "S3-9-2 sample 2 2 100.00 at least 100.00 met 0");
	expect("complaint_callback", "S3-9-3 sample 2 2 100.00 at least 100.00 met 0");
	expect("complaint_satisfaction", "S3-9-4 sample 1 2 50.00 at least 90.00 missed 0");
}

/* Sampled and not answered counts against: the documents divide by the sample. */
static void test_unanswered_of_a_sample(void **state)
{
	int64_t a = closed_ticket("request"), b = closed_ticket("request");

	(void)state;
	rows_draw(1, "kpi_request", "2026-10", 0);
	rows_member(1, 1, a, "member");
	rows_member(1, 2, b, "member");
	rows_call(a, 1, "done", "2026-11-02 09:00", NULL, "2026-11-02 10:00", 5, YES, 1);
	rows_call(b, 1, "exempt", "2026-11-02 09:00", NULL, "2026-11-02 10:00", 0, NULL, 1);
	expect("request_response", "S3-9-5 sample 1 2 50.00 at least 98.00 missed 1");
	expect("request_callback",
	       "S3-9-6 C10 sample 0 2 0.00 at least 80.00 missed 2"); /* the sample's own call does
									 not count */
}

/* Without a sample over all closed in the period; those who were not asked stand apart, but for
   the call-back rate. */
static void test_all(void **state)
{
	int64_t a = closed_ticket("request"), b = closed_ticket("request"), other;

	(void)state;
	closed_ticket("request");
	rows_call(a, 1, "done", "2026-10-12 09:00", NULL, "2026-10-12 18:00", 2, NO, 0);
	rows_call(a, 2, "done", "2026-10-13 09:00", NULL, "2026-10-13 18:00", 5, YES,
		  0); /* the last word counts */
	rows_call(b, 1, "done", "2026-10-12 09:00", NULL, "2026-11-02 18:00", 1, NULL, 0);
	other = rows_ticket(&(struct rows_ticket){
		.kind = "request", .opened = "2026-10-10 09:00", .done = "2026-11-01 00:00:00"});
	rows_call(other, 1, "done", "2026-11-01 09:00", NULL, "2026-11-01 18:00", 1, NO, 0);
	expect("request_response", "S3-9-5 all 1 1 100.00 at least 98.00 met 2");
	expect("request_callback", "S3-9-6 C10 all 2 3 66.66 at least 80.00 missed 1");
	expect("request_satisfaction", "S3-9-7 all 1 2 50.00 at least 90.00 missed 1");
}

/* A ticket that was closed, reopened and closed again in the period is one ticket. */
static void test_closed_twice(void **state)
{
	int64_t t = rows_ticket(&(struct rows_ticket){.kind = "request",
						      .opened = "2026-10-10 09:00",
						      .done = "2026-10-20 09:00",
						      .stay_at = "2026-10-15 09:00",
						      .stay_by = "reopened",
						      .stays = 1});

	(void)state;
	rows_stay(t, 1, "opened", "done", "2026-10-10 09:00", "2026-10-12 09:00", UNIT_SERVICE,
		  NULL);
	expect("request_callback", "S3-9-6 C10 all 0 1 0.00 at least 80.00 missed 1");
}

/* G23: a zero denominator is no data, neither 0 nor 100 %. What is not measured yet is no data
   either. */
static void test_no_data(void **state)
{
	(void)state;
	expect("request_response", "S3-9-5 all 0 0 none at least 98.00 no data 0");
	expect("visit_important", "S3-9-8 - none none none at least 100.00 no data none");
	expect("visit_ordinary", "S3-9-9 C36 - none none none at least 80.00 no data none");
	expect("segmentation", "S3-9-10 - none none none at least 100.00 no data none");
}

static void complain(const char *opened, int64_t handling, const char *validity)
{
	rows_ticket(&(struct rows_ticket){
		.kind = "complaint", .opened = opened, .handling = handling, .validity = validity});
}

/* S3-9-1, S3-4-13: valid complaints of the year over the households of the project; what nobody found invalid is
   valid. Twelve of 1200 households are one in a hundred, thirteen are more. */
static void test_valid(void **state)
{
	struct cs_report r;

	(void)state;
	complain("2025-12-31 23:59:59", 0, "valid");
	complain("2026-01-01 00:00:00", 0, "valid");
	for (int i = 0; i < 11; i++)
		complain("2026-06-05 09:00", 0, i % 2 ? "valid" : NULL);
	for (int i = 0; i < 5; i++)
		complain("2026-06-06 09:00", 0, "invalid"); /* S3-4-12 */
	complain("2026-06-06 09:00", UNIT_ENGINEERING2, "valid");
	rows_ticket(&(struct rows_ticket){.kind = "request", .opened = "2026-06-06 09:00"});
	r = rows_report("indicators", "2026", "p1");
	rows_expect(&r, "indicators", "valid_complaints", "S3-9-1 all 12 1200 1.00 at most 1.00 met none");
	cs_report_free(&r);
	complain("2026-11-05 11:59", 0, NULL);
	r = rows_report("indicators", "2026", "p1");
	rows_expect(&r, "indicators", "valid_complaints", "S3-9-1 all 13 1200 1.08 at most 1.00 missed none");
	cs_report_free(&r);
	r = rows_report("indicators", "2026", "p2");
	rows_expect(&r, "indicators", "valid_complaints", "S3-9-1 all 1 800 0.12 at most 1.00 met none");
	cs_report_free(&r);
	r = rows_report("indicators", "2026", NULL); /* of both projects */
	rows_expect(&r, "indicators", "valid_complaints", "S3-9-1 all 14 2000 0.70 at most 1.00 met none");
	cs_report_free(&r);
	r = rows_report("indicators", "2026-06", NULL);
	rows_expect(&r, "indicators", "valid_complaints", "S3-9-1 all 12 2000 0.60 at most 1.00 other period none");
	cs_report_free(&r);
	/* Nobody has said how many live there (G23). */
	r = rows_report("indicators", "2026", "p1.service");
	rows_expect(&r, "indicators", "valid_complaints", "S3-9-1 all 13 none none at most 1.00 no data none");
	cs_report_free(&r);
}

/* Of repeated draws the last; other periods' draws and other rules' are not this one's; a
   quarter takes its months'. */
static void test_which_draw(void **state)
{
	int64_t a = closed_ticket("request"), b = closed_ticket("request");
	struct cs_report r;

	(void)state;
	rows_call(a, 1, "done", "2026-10-12 09:00", NULL, "2026-10-12 18:00", 5, YES, 0);
	rows_call(b, 1, "done", "2026-10-12 09:00", NULL, "2026-10-12 18:00", 5, NO, 0);
	rows_draw(1, "kpi_request", "2026-10", 0);
	rows_member(1, 1, b, "member");
	rows_draw(2, "kpi_request", "2026-10", 1);
	rows_member(2, 1, a, "member");
	rows_draw(3, "kpi_request", "2026-09", 0);
	rows_member(3, 1, b, "member");
	rows_draw(4, "qmc_month", "2026-10", 0);
	rows_member(4, 1, b, "member");
	expect("request_response", "S3-9-5 sample 1 1 100.00 at least 98.00 met 0");
	r = rows_report("indicators", "2026", NULL);
	rows_expect(&r, "indicators", "request_response",
		    "S3-9-5 sample 1 2 50.00 at least 98.00 other period 0");
	cs_report_free(&r);
	/* The units of the tickets decide; where none of them was drawn, all count. */
	r = rows_report("indicators", "2026-10", "p1");
	rows_expect(&r, "indicators", "request_response",
		    "S3-9-5 sample 1 1 100.00 at least 98.00 met 0");
	cs_report_free(&r);
	r = rows_report("indicators", "2026-10", "p2");
	rows_expect(&r, "indicators", "request_response",
		    "S3-9-5 all 0 0 none at least 98.00 no data 0");
	cs_report_free(&r);
}

/* A target is for periods of its length; "of": "previous" counts the period before the asked one. */
static void test_periods(void **state)
{
	int64_t a = closed_ticket("request"), b = closed_ticket("request");
	struct cs_report r;

	(void)state;
	rows_call(a, 1, "done", "2026-10-12 09:00", NULL, "2026-10-12 18:00", 5, YES, 0);
	rows_call(b, 1, "done", "2026-10-12 09:00", NULL, "2026-10-12 18:00", 5, YES, 0);
	expect("request_callback", "S3-9-6 C10 all 2 2 100.00 at least 80.00 met 0");
	r = rows_report("indicators", "2026", NULL);
	rows_expect(&r, "indicators", "request_callback", "S3-9-6 C10 all 2 2 100.00 at least 80.00 other period 0");
	cs_report_free(&r);
	edition_with("\"indicators\": {\"request_callback\": {\"of\": \"previous\"}}");
	expect("request_callback", "S3-9-6 C10 all 0 0 none at least 80.00 no data 0");
	r = rows_report("indicators", "2026-11", NULL);
	rows_expect(&r, "indicators", "request_callback", "S3-9-6 C10 all 2 2 100.00 at least 80.00 met 0");
	rows_expect(&r, "indicators", "request_satisfaction", "S3-9-7 all 0 0 none at least 90.00 no data 0");
	cs_report_free(&r);
}

static void draw_for(int64_t unit, const char *sql)
{
	struct cs_err e = {0};
	struct cs_stmt *q;

	if (cs_db_begin(desk->db, &e) < 0)
		fail_msg("%s", e.text);
	q = cs_db_prepare(desk->db, sql, &e);
	assert_non_null(q);
	cs_bind_int(q, ":unit", unit);
	if (cs_run(q, &e) < 0 || cs_db_commit(desk->db, &e) < 0)
		fail_msg("%s", e.text);
}

/* A unit drawn from once more does not weigh more in the company's figure: that of all units is taken.
   Of units alone all are, and a ticket that two of them have counts once. */
static void test_draws_of_units(void **state)
{
	static const char all_of[] = "UPDATE draw SET unit = NULL WHERE id = 1 AND :unit > 0";
	static const char second_of[] = "UPDATE draw SET unit = :unit WHERE id = 2";
	static const char first_of[] = "UPDATE draw SET unit = :unit WHERE id = 1";
	int64_t a = closed_ticket("request"), b = closed_ticket("request");
	struct cs_report r;

	(void)state;
	rows_call(a, 1, "done", "2026-10-12 09:00", NULL, "2026-10-12 18:00", 5, YES, 0);
	rows_call(b, 1, "done", "2026-10-12 09:00", NULL, "2026-10-12 18:00", 5, NO, 0);
	rows_draw(1, "kpi_request", "2026-10", 0);
	rows_member(1, 1, a, "member");
	draw_for(UNIT_P1, first_of);
	rows_draw(2, "kpi_request", "2026-10", 0);
	rows_member(2, 1, a, "member");
	rows_member(2, 2, b, "member");
	draw_for(UNIT_ENGINEERING, second_of);
	expect("request_response", "S3-9-5 sample 1 2 50.00 at least 98.00 missed 0");
	draw_for(UNIT_P1, all_of);
	expect("request_response", "S3-9-5 sample 1 1 100.00 at least 98.00 met 0");
	r = rows_report("indicators", "2026-10", "p1.engineering");
	rows_expect(&r, "indicators", "request_response",
		    "S3-9-5 sample 1 2 50.00 at least 98.00 missed 0");
	cs_report_free(&r);
	r = rows_report("indicators", "2026-10", "p1"); /* the second holds not all of it */
	rows_expect(&r, "indicators", "request_response",
		    "S3-9-5 sample 1 1 100.00 at least 98.00 met 0");
	cs_report_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_seven),
		cmocka_unit_test_setup_teardown(test_complaints, begin, end),
		cmocka_unit_test_setup_teardown(test_unanswered_of_a_sample, begin, end),
		cmocka_unit_test_setup_teardown(test_all, begin, end),
		cmocka_unit_test_setup_teardown(test_closed_twice, begin, end),
		cmocka_unit_test_setup_teardown(test_no_data, begin, end),
		cmocka_unit_test_setup_teardown(test_valid, begin, end),
		cmocka_unit_test_setup_teardown(test_which_draw, begin, end),
		cmocka_unit_test_setup_teardown(test_periods, begin, end),
		cmocka_unit_test_setup_teardown(test_draws_of_units, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
