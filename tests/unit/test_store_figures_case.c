/* How the engine finds the tickets of a period: through indexes, whatever else is stored. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "plans.h"
#include "report_rows.h"
#include "store/figures_case.h"
#include "store/ref.h"

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

static void through_indexes(void **state)
{
	(void)state;
	assert_true(cs_fig_case_statement_count > 0);
	for (size_t i = 0; i < cs_fig_case_statement_count; i++)
		test_plan(desk->db, cs_fig_case_statements[i], NULL);
}

static int64_t first_id(const char *day)
{
	return cs_ref_first(cs_time_day(cs_session_zone(desk), desk_at(day)));
}

static void by_their_ids(void **state)
{
	int64_t b = rows_ticket(&(struct rows_ticket){.kind = "complaint",
						      .opened = "2026-11-02 09:00",
						      .specialty = "safety",
						      .late = 1,
						      .done = "2026-11-03 09:00"});
	int64_t c = rows_ticket(&(struct rows_ticket){.kind = "request", .opened = "2026-11-03 09:00"});
	struct cs_fig_case got;
	struct cs_err e = {0};
	struct cs_stmt *walk;

	(void)state;
	rows_ticket(&(struct rows_ticket){.kind = "complaint", .opened = "2026-11-01 09:00"});
	rows_ticket(&(struct rows_ticket){.kind = "complaint", .opened = "2026-11-04 09:00"});
	walk = cs_fig_cases(desk->db, first_id("2026-11-02"), first_id("2026-11-04"), &e);
	assert_int_equal(cs_fig_case_next(walk, &got, &e), 1);
	assert_int_equal(got.id, b);
	assert_int_equal(got.unit, UNIT_SERVICE);
	assert_int_equal(got.late, 1);
	assert_int_equal(got.done_at, desk_at("2026-11-03 09:00"));
	assert_int_equal(got.closed_at, CS_NULL);
	assert_int_equal(got.customer, CS_NULL);
	assert_string_equal(got.specialty, "safety");
	assert_null(got.importance);
	assert_int_equal(cs_fig_case_next(walk, &got, &e), 1);
	assert_int_equal(got.id, c);
	assert_string_equal(got.kind, "request");
	assert_int_equal(cs_fig_case_next(walk, &got, &e), 0);
}

/* [from, to) of the second in which they left the stock. */
static void by_when_they_were_done(void **state)
{
	static const char *const done[] = {"2026-10-31 23:59:59", "2026-11-01 00:00:00", "2026-11-30 23:59:59",
					   "2026-12-01 00:00:00", NULL};
	struct cs_fig_case got;
	struct cs_err e = {0};
	struct cs_stmt *walk;
	int count = 0;

	(void)state;
	for (size_t i = 0; i < sizeof done / sizeof *done; i++)
		rows_ticket(&(struct rows_ticket){.kind = "complaint", .opened = "2026-10-01 09:00", .done = done[i]});
	walk = cs_fig_cases_done(desk->db, desk_at("2026-11-01 00:00"), desk_at("2026-12-01 00:00"), &e);
	while (cs_fig_case_next(walk, &got, &e) == 1)
		assert_int_equal(got.done_at, desk_at(done[++count]));
	assert_int_equal(count, 2);
}

/* The first event of a ticket is its registration; those about people and units are none. */
static void registrations(void **state)
{
	int64_t a = desk_register("complaint", "eng.leak", "", NULL),
		b = desk_register("request", "eng.leak", "", NULL);
	struct cs_fig_entry got;
	struct cs_err e = {0};
	struct cs_stmt *walk;

	(void)state;
	desk_do(a, "note note=x");
	walk = cs_fig_entries(desk->db, 0, INT64_MAX, &e);
	assert_int_equal(cs_fig_entry_next(walk, &got, &e), 1);
	assert_int_equal(got.ticket, a < b ? a : b);
	assert_int_equal(cs_fig_entry_next(walk, &got, &e), 1);
	assert_int_equal(got.ticket, a < b ? b : a);
	assert_int_equal(got.at, desk->now);
	assert_int_equal(got.actor, desk_staff("ling"));
	assert_non_null(strstr(got.facts, "request"));
	assert_int_equal(cs_fig_entry_next(walk, &got, &e), 0);
	assert_int_equal(cs_fig_entry(desk->db, a, &got, &e), 1);
	assert_int_equal(got.ticket, a);
	assert_int_equal(cs_fig_entry(desk->db, a + 1000, &got, &e), 0);
}

static void the_last_score(void **state)
{
	int64_t t = rows_ticket(&(struct rows_ticket){.kind = "complaint", .opened = "2026-11-01 09:00"}), score;
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(cs_fig_score(desk->db, t, &score, &e), 0);
	assert_int_equal(score, CS_NULL);
	rows_call(t, 1, "done", "2026-11-02 09:00", NULL, "2026-11-02 09:00", 2, NULL, 0);
	rows_call(t, 2, "open", "2026-11-02 09:00", NULL, NULL, 0, NULL, 0);
	assert_int_equal(cs_fig_score(desk->db, t, &score, &e), 0);
	assert_int_equal(score, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(through_indexes, begin, end),
		cmocka_unit_test_setup_teardown(by_their_ids, begin, end),
		cmocka_unit_test_setup_teardown(by_when_they_were_done, begin, end),
		cmocka_unit_test_setup_teardown(registrations, begin, end),
		cmocka_unit_test_setup_teardown(the_last_score, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
