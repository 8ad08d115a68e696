/* S0-4-19, S0-4-21, S0-4-22, S4-4-5: complaints beside those of the period before; S3-4-12, S3-4-13: how many are
   valid. */
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

/* received, previous, change, percent, done, open, on time, late, scored, mean */
static void S0_4_19_nothing(void **state)
{
	struct cs_report r = rows_report("complaints", "2026-11", NULL);

	(void)state;
	rows_expect(&r, "complaints", "all/*", "0 0 0 none 0 0 0 0 0 0 none");
	assert_int_equal(r.table[0].row_count, 1);
	cs_report_free(&r);
}

static void complain(const char *opened, const char *done, const char *specialty, const char *channel, int late)
{
	rows_ticket(&(struct rows_ticket){.kind = "complaint",
					  .opened = opened,
					  .done = done,
					  .specialty = specialty,
					  .channel = channel,
					  .late = late,
					  .validity = late == 1   ? "valid"
						      : late == 2 ? "invalid"
								  : NULL,
					  .importance = strcmp(specialty, "safety") == 0 ? "hot" : "ordinary"});
}

/* The last second of the month before, and the first of the next, are not of the month. Requests are no complaints.
   */
static void S0_4_21_month(void **state)
{
	struct cs_report r;

	(void)state;
	complain("2026-10-31 23:59:59", NULL, "safety", "phone", 0);
	complain("2026-10-01 00:00:00", "2026-10-02 00:00", "safety", "media", 2);
	complain("2026-11-01 00:00:00", "2026-11-03 00:00", "safety", "phone", 2);
	complain("2026-11-02 10:00", "2026-11-20 00:00", "engineering", "developer", 1);
	complain("2026-11-30 23:59:59", NULL, "engineering", "phone", 0);
	complain("2026-12-01 00:00:00", NULL, "engineering", "phone", 0);
	complain("2026-09-30 23:59:59", NULL, "engineering", "phone", 0);
	rows_ticket(&(struct rows_ticket){.kind = "request", .opened = "2026-11-05 09:00"});
	r = rows_report("complaints", "2026-11", NULL);
	rows_expect(&r, "complaints", "all/*", "3 2 1 50.00 2 0 1 1 1 0 none");
	rows_expect(&r, "complaints", "class/safety", "1 2 -1 -50.00 1 0 0 1 0 0 none");
	rows_expect(&r, "complaints", "class/engineering", "2 0 2 none 1 0 1 0 1 0 none");
	rows_expect(&r, "complaints", "channel/phone", "2 1 1 100.00 1 0 1 1 0 0 none");
	rows_expect(&r, "complaints", "channel/developer", "1 0 1 none 1 0 0 0 1 0 none");
	rows_expect(&r, "complaints", "channel/media", "0 1 -1 -100.00 0 0 0 0 0 0 none");
	rows_expect(&r, "complaints", "unit/p1", "3 2 1 50.00 2 0 1 1 1 0 none");
	rows_expect(&r, "complaints", "importance/hot", "1 2 -1 -50.00 1 0 0 1 0 0 none");
	rows_expect(&r, "complaints", "validity/invalid", "1 1 0 0.00 1 0 0 1 0 0 none");
	rows_expect(&r, "complaints", "validity/-", "1 1 0 0.00 0 0 1 0 0 0 none");
	rows_expect(&r, "complaints", "state/finished", "2 1 1 100.00 2 0 0 1 1 0 none");
	rows_expect(&r, "complaints", "state/registered", "1 1 0 0.00 0 0 1 0 0 0 none");
	cs_report_free(&r);
}

/* S4-4-5, S0-4-22: by quarter, per project. */
static void S4_4_5_quarter(void **state)
{
	struct cs_report r;

	(void)state;
	complain("2026-09-30 23:59:59", NULL, "safety", "phone", 0);
	complain("2026-10-01 00:00:00", NULL, "safety", "phone", 0);
	rows_ticket(&(struct rows_ticket){.kind = "complaint",
					  .opened = "2026-11-05 09:00",
					  .handling = UNIT_ENGINEERING2,
					  .specialty = "other"});
	r = rows_report("complaints", "2026-Q4", NULL);
	rows_expect(&r, "complaints", "all/*", "2 1 1 100.00 0 0 2 0 0 0 none");
	rows_expect(&r, "complaints", "unit/p1", "1 1 0 0.00 0 0 1 0 0 0 none");
	rows_expect(&r, "complaints", "unit/p2", "1 0 1 none 0 0 1 0 0 0 none");
	cs_report_free(&r);
	r = rows_report("complaints", "2026-Q4", "p2");
	rows_expect(&r, "complaints", "all/*", "1 0 1 none 0 0 1 0 0 0 none");
	cs_report_free(&r);
}

/* S3-4-13, S3-4-12: received, found invalid, found valid, neither, valid (all but the invalid), their share. */
static void S3_4_13_validity(void **state)
{
	static const struct {
		const char *opened, *validity;
		int64_t handling;
	} cases[] = {
		{"2026-10-31 23:59:59", "invalid", 0},
		{"2026-11-01 00:00:00", "invalid", 0},
		{"2026-11-02 10:00", "valid", 0},
		{"2026-11-03 10:00", NULL, 0},
		{"2026-11-30 23:59:59", "valid", UNIT_ENGINEERING2},
		{"2026-12-01 00:00:00", "invalid", 0},
	};
	struct cs_report r;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		rows_ticket(&(struct rows_ticket){.kind = "complaint",
						  .opened = cases[i].opened,
						  .handling = cases[i].handling,
						  .validity = cases[i].validity});
	r = rows_report("complaints", "2026-11", NULL);
	rows_expect(&r, "validity", "*", "4 1 2 1 3 75.00");
	rows_expect(&r, "validity", "p1", "3 1 1 1 2 66.66");
	rows_expect(&r, "validity", "p2", "1 0 1 0 1 100.00");
	assert_int_equal(r.table[1].row_count, 3);
	cs_report_free(&r);
	r = rows_report("complaints", "2026-09", NULL); /* none: no share */
	rows_expect(&r, "validity", "*", "0 0 0 0 0 none");
	assert_int_equal(r.table[1].row_count, 1);
	cs_report_free(&r);
}

/* An insurer's complaints are admitted or not; nobody calls them valid. */
static void S3_4_13_not_judged(void **state)
{
	struct cs_report r;

	(void)state;
	desk_begin_insurer();
	r = rows_report("complaints", "2026-08", NULL);
	assert_int_equal(r.table[1].row_count, 0);
	cs_report_free(&r);
	desk_end();
}

/* The last call-back with a score is the ticket's. */
static void S0_4_22_scores(void **state)
{
	int64_t t = rows_ticket(
		&(struct rows_ticket){.kind = "complaint", .opened = "2026-11-05 09:00", .specialty = "safety"});
	struct cs_report r;

	(void)state;
	rows_call(t, 1, "done", "2026-11-06 09:00", NULL, "2026-11-06 09:00", 1, NULL, 0);
	rows_call(t, 2, "done", "2026-11-07 09:00", NULL, "2026-11-07 09:00", 4, NULL, 0);
	rows_call(t, 3, "exempt", "2026-11-08 09:00", NULL, "2026-11-08 09:00", 0, NULL, 0);
	t = rows_ticket(
		&(struct rows_ticket){.kind = "complaint", .opened = "2026-11-05 09:00", .specialty = "safety"});
	rows_call(t, 1, "done", "2026-11-06 09:00", NULL, "2026-11-06 09:00", 5, NULL, 0);
	r = rows_report("complaints", "2026-11", NULL);
	rows_expect(&r, "complaints", "class/safety", "2 0 2 none 0 0 2 0 0 2 4.50");
	cs_report_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(S0_4_19_nothing, begin, end),
		cmocka_unit_test_setup_teardown(S0_4_21_month, begin, end),
		cmocka_unit_test_setup_teardown(S4_4_5_quarter, begin, end),
		cmocka_unit_test_setup_teardown(S3_4_13_validity, begin, end),
		cmocka_unit_test(S3_4_13_not_judged),
		cmocka_unit_test_setup_teardown(S0_4_22_scores, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
