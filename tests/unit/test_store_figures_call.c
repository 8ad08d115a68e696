/* Draws, members, closed tickets and answers as the indicators read them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "report_rows.h"
#include "store/figures_call.h"

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

static void test_draws(void **state)
{
	struct cs_fig_draw d;
	struct cs_err e = {0};
	struct cs_stmt *walk;
	const int64_t want[] = {3, 1, 2};

	(void)state;
	rows_draw(1, "kpi_request", "2026-10", 0);
	rows_draw(2, "kpi_request", "2026-10", 1);
	rows_draw(3, "kpi_request", "2026-09", 0);
	rows_draw(4, "kpi_complaint", "2026-10", 0);
	walk = cs_fig_draws(desk->db, "kpi_request", &e);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(cs_fig_draw_next(walk, &d, &e), 1);
		assert_int_equal(d.id, want[i]);
		assert_int_equal(d.unit, CS_NULL);
	}
	assert_int_equal(cs_fig_draw_next(walk, &d, &e), 0);
}

static void test_members(void **state)
{
	int64_t t = rows_ticket(&(struct rows_ticket){
		.kind = "request", .opened = "2026-10-05 09:00", .handling = UNIT_ENGINEERING});
	int64_t ticket, unit, place;
	struct cs_err e = {0};
	struct cs_stmt *walk;

	(void)state;
	rows_member(1, 1, t, "replaced");
	rows_member(1, 2, t, "member");
	rows_member(1, 3, t, "replacement");
	rows_member(2, 1, t, "member");
	walk = cs_fig_members(desk->db, 1, &e);
	assert_int_equal(cs_fig_member_next(walk, &ticket, &unit, &place, &e), 1);
	assert_int_equal(ticket, t);
	assert_int_equal(unit, UNIT_ENGINEERING);
	assert_int_equal(cs_fig_member_next(walk, &ticket, &unit, &place, &e), 0);
}

static size_t closed(const char *kind, const char *from, const char *to)
{
	int64_t ticket, unit, place;
	struct cs_err e = {0};
	struct cs_stmt *walk = cs_fig_closed(desk->db, kind, desk_at(from), desk_at(to), &e);
	size_t n = 0;

	while (cs_fig_member_next(walk, &ticket, &unit, &place, &e) == 1)
		n++;
	return n;
}

static void test_closed(void **state)
{
	int64_t t;

	(void)state;
	rows_ticket(&(struct rows_ticket){
		.kind = "request", .opened = "2026-10-01 09:00", .done = "2026-10-05 09:00"});
	rows_ticket(&(struct rows_ticket){
		.kind = "complaint", .opened = "2026-10-01 09:00", .done = "2026-10-05 09:00"});
	t = rows_ticket(&(struct rows_ticket){.kind = "request",
					      .opened = "2026-10-01 09:00",
					      .stays = 2,
					      .stay_at = "2026-10-06 09:00",
					      .stay_by = "reopened"});
	rows_stay(t, 1, "opened", "moved", "2026-10-01 09:00", "2026-10-05 09:00", UNIT_SERVICE,
		  NULL);
	rows_stay(t, 2, "moved", "done", "2026-10-05 09:00", "2026-10-05 09:00", UNIT_SERVICE,
		  NULL);
	assert_int_equal(closed("request", "2026-10-05 09:00", "2026-10-05 10:00"), 2);
	assert_int_equal(closed("request", "2026-10-05 08:00", "2026-10-05 09:00"), 0);
	assert_int_equal(closed("complaint", "2026-10-05 08:00", "2026-10-05 10:00"), 1);
	assert_int_equal(closed("inquiry", "2026-10-05 08:00", "2026-10-05 10:00"), 0);
}

static void test_answers(void **state)
{
	int64_t t =
		rows_ticket(&(struct rows_ticket){.kind = "request", .opened = "2026-10-05 09:00"});
	struct cs_fig_answer a;
	struct cs_err e = {0};
	struct cs_stmt *walk;

	(void)state;
	rows_call(t, 1, "done", "2026-10-05 09:00", NULL, "2026-10-08 09:00", 4, "{}", 7);
	rows_call(t, 2, "exempt", "2026-10-05 09:00", NULL, "2026-10-06 09:00", 0, NULL, 0);
	walk = cs_fig_answers(desk->db, t, &e);
	assert_int_equal(cs_fig_answer_next(walk, &a, &e), 1);
	assert_string_equal(a.state, "exempt");
	assert_int_equal(a.score, CS_NULL);
	assert_null(a.answers);
	assert_int_equal(cs_fig_answer_next(walk, &a, &e), 1);
	assert_int_equal(a.draw, 7);
	assert_int_equal(a.score, 4);
	assert_string_equal(a.answers, "{}");
	assert_int_equal(cs_fig_answer_next(walk, &a, &e), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_draws, begin, end),
		cmocka_unit_test_setup_teardown(test_members, begin, end),
		cmocka_unit_test_setup_teardown(test_closed, begin, end),
		cmocka_unit_test_setup_teardown(test_answers, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
