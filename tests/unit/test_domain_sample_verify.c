/* Drawing a stored sample again; how today's frame differs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "november.h"
#include "store/draw.h"
#include "store/event.h"

/* What is stored is altered; every alteration shows. */
static void test_verify(void **state)
{
	static const struct cs_draw_item wrong[] = {
		{0, "p1", 1, 0, "replacement", "drawn"}, {0, "p1", 8, 0, "member", "drawn"},
		{0, "p1", 2, 77, "member", "drawn"},     {0, "p1", 9, 0, "replacement", "drawn"},
		{0, "p1", 3, 0, "replaced", "drawn"},    {0, "p1", 6, 0, "member", "replaces x"},
	};
	struct cs_draw_row row;
	struct cs_err e = {0};
	int64_t id;

	(void)state;
	assert_int_equal(cs_session_begin(desk, &e), 0);
	id = draw_november();
	assert_int_equal(draw_faults(id), 0);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct cs_draw_item item = wrong[i];
		size_t n;
		struct cs_draw_item *all = drawn_items(id, &n);

		item.draw = id;
		if (!item.ticket)
			item.ticket = all[item.place <= (int64_t)n ? item.place - 1 : 0].ticket;
		assert_int_equal(cs_db_savepoint(desk->db, &e), 0);
		assert_int_equal(cs_draw_item_save(desk->db, &item, &e), 0);
		if (draw_faults(id) == 0)
			fail_msg("alteration %zu does not show", i);
		assert_int_equal(cs_db_rollback_to(desk->db, &e), 0);
	}
	assert_int_equal(cs_table_find(desk->db, &cs_draw_table, id, &november_arena, &row, &e), 1);
	row.seed = "t";
	assert_int_equal(cs_table_save(desk->db, &cs_draw_table, &row, &e), 0);
	assert_true(draw_faults(id) > 0);
	row.seed = "s";
	row.seed_given = 0; /* it was chosen */
	assert_int_equal(cs_table_save(desk->db, &cs_draw_table, &row, &e), 0);
	assert_int_equal(draw_faults(id), 1);
	cs_session_rollback(desk);
}

static void test_today(void **state)
{
	struct cs_frame_change *list;
	struct cs_err e = {0};
	int64_t id, late;
	size_t n;

	(void)state;
	assert_int_equal(cs_session_begin(desk, &e), 0);
	id = draw_november();
	assert_int_equal(cs_session_commit(desk, &e), 0);
	assert_int_equal(cs_draw_today(desk, id, &november_arena, &list, &n, &e), 0);
	assert_int_equal(n, 0);
	late = desk_register("request", "eng.leak", "at=2026-11-30_09:00", NULL);
	desk_do(late, "dispatch at=2026-11-30_09:01 handling=p1.engineering assignee=worker");
	desk_do(late, "arrive at=2026-11-30_09:02");
	desk_do(late, "start at=2026-11-30_09:03");
	desk_do(late, "finish at=2026-11-30_09:04 result=好 unsigned_why=不在");
	assert_int_equal(cs_draw_today(desk, id, &november_arena, &list, &n, &e), 0);
	assert_int_equal(n, 1);
	assert_int_equal(list[0].ticket, late);
	assert_null(list[0].was);
	assert_string_equal(list[0].now, "p1");
	assert_int_equal(cs_draw_today(desk, id + 1, &november_arena, &list, &n, &e), -1);
	assert_int_equal(e.code, CS_NOTFOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_verify, november_begin, november_end),
		cmocka_unit_test_setup_teardown(test_today, november_begin, november_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
