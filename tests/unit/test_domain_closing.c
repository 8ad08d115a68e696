/* Closed reports beside the events that closed them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/check.h"
#include "domain/report.h"
#include "faults.h"

static int begin(void **state)
{
	(void)state;
	desk_begin();
	return 0;
}

static int end(void **state)
{
	(void)state;
	desk_end();
	return 0;
}

static void must(int rc, const struct cs_err *e)
{
	if (rc < 0)
		fail_msg("%s", e->text);
}

static void check(void)
{
	struct cs_check c = faults_job();
	struct cs_err e = {0};

	must(cs_check_run(&c, &e), &e);
}

/* A closed report is what its event says, and it is there. */
static void closed(void **state)
{
	static const struct {
		const char *sql, *says;
	} cases[] = {
		{"UPDATE report_close SET figures = replace(figures, 'daily', 'x')",
		 "report_close 1 (daily 2026-11-02): figures: not what the history says\n"},
		{"UPDATE report_close SET closed_at = closed_at - 1", "closed_at: not what"},
		{"UPDATE report_close SET period = '2026-11-01'", "period: not what"},
		{"UPDATE report_close SET unit = 3", "unit: not what"},
		{"UPDATE report_close SET name = 'overdue'", "report: not what"},
		{"UPDATE report_close SET edition = 2", "edition: not what"},
		{"UPDATE report_close SET last_event = 1", "last_event: not what"},
		{"UPDATE report_close SET chain_head = '00'", "chain_head: not what"},
		{"DELETE FROM report_close", "report_close 1: recorded by event "},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_report_ask ask;
		struct cs_report r;
		struct cs_err e = {0};

		end(NULL);
		begin(NULL);
		desk_time("2026-11-03 00:00");
		must(cs_report_ask(desk, &cs_report_daily, "2026-11-02", NULL, &ask, &e), &e);
		must(cs_report_make(desk, &cs_report_daily, &ask, &r, &e), &e);
		must(cs_session_begin(desk, &e), &e);
		must(cs_report_close(desk, &ask, &r, &e), &e);
		must(cs_session_commit(desk, &e), &e);
		cs_report_free(&r);
		check();
		faults_are("");
		faults_make(cases[i].sql);
		check();
		if (!strstr(faults_text(), cases[i].says))
			fail_msg("%s: '%s'", cases[i].sql, faults_text());
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(closed, begin, end)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
