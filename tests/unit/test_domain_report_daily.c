/* S3-4-4, S0-4-3: the day's stock-take. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

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

static void test_day(void **state)
{
	int64_t overdue = rows_ticket(&(struct rows_ticket){
		.kind = "complaint", .opened = "2026-11-01 09:00", .handling = UNIT_ENGINEERING});
	int64_t done = rows_ticket(&(struct rows_ticket){
		.kind = "request", .opened = "2026-11-04 09:00", .done = "2026-11-05 09:00"});
	struct cs_report r;

	(void)state;
	rows_ticket(&(struct rows_ticket){.kind = "request", .opened = "2026-11-05 00:00:00"});
	rows_clock(overdue, "resolve", 1, 1, "2026-11-01 09:00", "2026-11-04 09:00", NULL, NULL);
	rows_rung(overdue, "resolve", 1, "company", "2026-11-04 09:00", 0);
	/* To be made by the end of the day: due then, or without a due; not what is due
	   tomorrow, or was made. */
	rows_call(done, 1, "open", "2026-11-05 09:00", "2026-11-05 21:00", NULL, 0, NULL, 0);
	rows_call(done, 2, "open", "2026-11-05 09:00", NULL, NULL, 0, NULL, 0);
	rows_call(done, 3, "open", "2026-11-05 09:00", "2026-11-06 00:00:00", NULL, 0, NULL, 0);
	rows_call(done, 4, "done", "2026-11-05 09:00", "2026-11-05 21:00", "2026-11-05 11:00", 5,
		  NULL, 0);
	rows_call(done, 5, "waiting", "2026-11-05 09:00", NULL, NULL, 0, NULL, 0);
	r = rows_report("daily", NULL, NULL);
	assert_string_equal(r.period, "2026-11-05");
	/* carried in, opened, reopened, moved in, closed, merged, moved out, open, overdue, call-backs
	   due */
	rows_expect(&r, "stock", "*/*", "2 1 0 0 1 0 0 2 1 2");
	rows_expect(&r, "stock", "request/p1.service", "1 1 0 0 1 0 0 1 0 2");
	rows_expect(&r, "stock", "complaint/p1.engineering", "1 0 0 0 0 0 0 1 1 0");
	rows_expect(&r, "overdue", "*/*/company", "1");
	rows_expect(&r, "overdue", "complaint/p1.engineering/company", "1");
	cs_report_free(&r);
	/* Looking back the open call-back of yesterday was none yet, and the rung had fired. */
	r = rows_report("daily", "2026-11-04", NULL);
	rows_expect(&r, "stock", "*/*", "1 1 0 0 0 0 0 2 1 0");
	cs_report_free(&r);
	r = rows_report("daily", "2026-11-03", NULL);
	rows_expect(&r, "stock", "*/*", "1 0 0 0 0 0 0 1 0 0");
	cs_report_free(&r);
	r = rows_report("daily", NULL, "p2");
	rows_expect(&r, "stock", "*/*", "0 0 0 0 0 0 0 0 0 0");
	cs_report_free(&r);
}

/* What was made the next day was due on this one. */
static void test_call_made_since(void **state)
{
	int64_t t = rows_ticket(&(struct rows_ticket){
		.kind = "request", .opened = "2026-11-02 09:00", .done = "2026-11-02 12:00"});
	struct cs_report r;

	(void)state;
	rows_call(t, 1, "done", "2026-11-02 12:00", "2026-11-03 12:00", "2026-11-04 09:00", 5, NULL,
		  0);
	r = rows_report("daily", "2026-11-03", NULL);
	rows_expect(&r, "stock", "*/*", "0 0 0 0 0 0 0 0 0 1");
	cs_report_free(&r);
	r = rows_report("daily", "2026-11-04", NULL);
	rows_expect(&r, "stock", "*/*", "0 0 0 0 0 0 0 0 0 0");
	cs_report_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_day, begin, end),
		cmocka_unit_test_setup_teardown(test_call_made_since, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
