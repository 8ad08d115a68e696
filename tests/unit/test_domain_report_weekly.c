/* S3-4-25: the week in three parts. Expected values are worked out by hand from the list. */
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
	desk_time("2026-12-01 00:00");
	return 0;
}

static int end(void **state)
{
	(void)state;
	desk_end();
	return 0;
}

/* carried in, opened, reopened, moved in, closed, merged, moved out, carried out, on time, late, overdue */
static void S3_4_25_nothing(void **state)
{
	struct cs_report r = rows_report("weekly", "2026-W45", NULL);

	(void)state;
	rows_expect(&r, "complaints", "*/*", "0 0 0 0 0 0 0 0 0 0 0");
	rows_expect(&r, "requests", "*/*", "0 0 0 0 0 0 0 0 0 0 0");
	rows_expect(&r, "rectification", "*/*", "0 0 0 0 0 0 0 0 0 0 0");
	cs_report_free(&r);
}

/* The week is 2 to 8 November; its first and last second are in it, the first of the next is not. Inquiries are neither
   complaints nor requests. */
static void S3_4_25_edges(void **state)
{
	struct cs_report r;
	int64_t late;

	(void)state;
	rows_ticket(&(struct rows_ticket){.kind = "complaint",
					  .opened = "2026-11-02 00:00:00",
					  .done = "2026-11-08 23:59:59",
					  .specialty = "safety"});
	rows_ticket(&(struct rows_ticket){.kind = "complaint", .opened = "2026-11-09 00:00:00", .specialty = "safety"});
	late = rows_ticket(&(struct rows_ticket){.kind = "complaint",
						 .opened = "2026-11-01 23:59:59",
						 .done = "2026-11-09 00:00:00",
						 .specialty = "other"});
	rows_ticket(
		&(struct rows_ticket){.kind = "request", .opened = "2026-11-03 09:00", .handling = UNIT_ENGINEERING2});
	rows_ticket(&(struct rows_ticket){.kind = "inquiry", .opened = "2026-11-03 09:00"});
	rows_clock(late, "resolve", 1, 1, "2026-11-01 23:59:59", "2026-11-05 00:00:00", "2026-11-09 00:00:00", "late");
	r = rows_report("weekly", "2026-W45", NULL);
	rows_expect(&r, "complaints", "*/*", "1 1 0 0 1 0 0 1 0 0 1");
	rows_expect(&r, "complaints", "p1/safety", "0 1 0 0 1 0 0 0 0 0 0");
	rows_expect(&r, "complaints", "p1/other", "1 0 0 0 0 0 0 1 0 0 1");
	rows_expect(&r, "requests", "*/*", "0 1 0 0 0 0 0 1 0 0 0");
	rows_expect(&r, "requests", "p2/-", "0 1 0 0 0 0 0 1 0 0 0");
	cs_report_free(&r);
	r = rows_report("weekly", "2026-W46", NULL);
	rows_expect(&r, "complaints", "*/*", "1 1 0 0 1 0 0 1 0 1 0");
	rows_expect(&r, "complaints", "p1/other", "1 0 0 0 1 0 0 0 0 1 0");
	cs_report_free(&r);
	r = rows_report("weekly", "2026-W45", "p2");
	rows_expect(&r, "complaints", "*/*", "0 0 0 0 0 0 0 0 0 0 0");
	rows_expect(&r, "requests", "*/*", "0 1 0 0 0 0 0 1 0 0 0");
	cs_report_free(&r);
}

/* From one project to another it moves; within a project it does not. */
static void S3_4_25_moves(void **state)
{
	int64_t t = rows_ticket(&(struct rows_ticket){.kind = "complaint",
						      .opened = "2026-11-03 09:00",
						      .handling = UNIT_ENGINEERING2,
						      .stay_at = "2026-11-04 09:00",
						      .stay_by = "moved",
						      .stays = 2,
						      .specialty = "safety"});
	struct cs_report r;

	(void)state;
	rows_stay(t, 1, "opened", "moved", "2026-11-03 09:00", "2026-11-03 10:00", UNIT_SERVICE, NULL);
	rows_stay(t, 2, "moved", "moved", "2026-11-03 10:00", "2026-11-04 09:00", UNIT_ENGINEERING, NULL);
	r = rows_report("weekly", "2026-W45", NULL);
	rows_expect(&r, "complaints", "*/*", "0 1 0 0 0 0 0 1 0 0 0");
	rows_expect(&r, "complaints", "p1/safety", "0 1 0 0 0 0 1 0 0 0 0");
	rows_expect(&r, "complaints", "p2/safety", "0 0 0 1 0 0 0 1 0 0 0");
	cs_report_free(&r);
}

/* What came back counts from there until it is done again; a problem found at a call-back, while its link holds. */
static void S3_4_25_rectification(void **state)
{
	int64_t back = rows_ticket(&(struct rows_ticket){.kind = "request",
							 .opened = "2026-10-20 09:00",
							 .done = "2026-11-05 09:00",
							 .stay_at = "2026-11-03 09:00",
							 .stay_by = "reopened",
							 .stays = 1});
	int64_t found = rows_ticket(&(struct rows_ticket){.kind = "complaint", .opened = "2026-11-04 09:00"});
	int64_t other = rows_ticket(&(struct rows_ticket){.kind = "complaint", .opened = "2026-11-04 10:00"});
	int64_t mistaken = rows_ticket(&(struct rows_ticket){.kind = "complaint", .opened = "2026-11-04 11:00"});
	struct cs_report r;

	(void)state;
	rows_stay(back, 1, "opened", "done", "2026-10-20 09:00", "2026-10-22 09:00", UNIT_SERVICE, NULL);
	rows_clock(back, "resolve", 1, 1, "2026-10-20 09:00", "2026-10-21 00:00", "2026-10-22 09:00", "late");
	rows_clock(back, "resolve", 2, 1, "2026-11-03 09:00", "2026-11-06 00:00", "2026-11-05 09:00", "met");
	rows_link(found, "caused_by", back, NULL);
	rows_link(other, "same_as", found, NULL);
	rows_link(mistaken, "caused_by", back, "2026-11-05 09:00");
	r = rows_report("weekly", "2026-W45", NULL);
	rows_expect(&r, "requests", "*/*", "0 0 1 0 1 0 0 0 1 0 0");
	rows_expect(&r, "rectification", "p1/came_back", "0 0 1 0 1 0 0 0 1 0 0");
	rows_expect(&r, "rectification", "p1/problem", "0 1 0 0 0 0 0 1 0 0 0");
	rows_expect(&r, "rectification", "*/*", "0 1 1 0 1 0 0 1 1 0 0");
	cs_report_free(&r);
	r = rows_report("weekly", "2026-W43", NULL); /* before it came back */
	rows_expect(&r, "requests", "*/*", "0 1 0 0 1 0 0 0 0 1 0");
	rows_expect(&r, "rectification", "*/*", "0 0 0 0 0 0 0 0 0 0 0");
	cs_report_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(S3_4_25_nothing, begin, end),
		cmocka_unit_test_setup_teardown(S3_4_25_edges, begin, end),
		cmocka_unit_test_setup_teardown(S3_4_25_moves, begin, end),
		cmocka_unit_test_setup_teardown(S3_4_25_rectification, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
