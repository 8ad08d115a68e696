/* Drawing a stored sample again; how today's frame differs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/sample.h"
#include "store/draw.h"
#include "store/event.h"

enum { DONE = 9 };
static int64_t ticket[DONE];
static struct cs_arena arena;
static struct cs_period november;

static void finish(int64_t id)
{
	desk_do(id, "dispatch handling=p1.engineering assignee=worker");
	desk_do(id, "arrive");
	desk_do(id, "start");
	desk_do(id, "finish result=好 unsigned_why=不在");
}

/* Nine requests are done in November 2026; it is 1 December. */
static int begin(void **state)
{
	struct cs_err e = {0};

	(void)state;
	desk_begin();
	for (size_t i = 0; i < DONE; i++)
		finish(ticket[i] = desk_register("request", i % 2 ? "eng.leak" : "eng.water", "",
						 NULL));
	desk_register("request", "eng.leak", "", NULL); /* is not done */
	desk_time("2026-12-01 00:00");
	return cs_period_parse("2026-11", desk->policy->zone, &november, &e);
}

static int end(void **state)
{
	(void)state;
	desk_end();
	cs_arena_free(&arena);
	return 0;
}

static void frame_of(const char *rule, int64_t unit, struct cs_frame *f)
{
	struct cs_err e = {0};

	*f = (struct cs_frame){.arena = &arena};
	if (cs_sample_frame(desk, cs_policy_sample(desk->policy, rule), &november, unit, f, &e) < 0)
		fail_msg("%s", e.text);
}

/* Records inside an open transaction. */
static int try_draw(const char *seed, const char *again, int64_t *id, struct cs_err *e)
{
	struct cs_draw_order o = {.name = "qmc_month",
				  .period = "2026-11",
				  .seed = seed,
				  .again = again,
				  .unit = CS_NULL,
				  .spec = {.count = 4}};
	struct cs_frame f;

	frame_of("qmc_month", CS_NULL, &f);
	return cs_draw_record(desk, &o, &f, id, e);
}

static int64_t draw(void)
{
	struct cs_err e = {0};
	int64_t id = 0;

	if (try_draw("s", NULL, &id, &e) < 0)
		fail_msg("%s", e.text);
	return id;
}

static struct cs_draw_item *items(int64_t id, size_t *n)
{
	struct cs_draw_item *item;
	struct cs_err e = {0};

	assert_int_equal(cs_draw_items(desk->db, id, &arena, &item, n, &e), 0);
	return item;
}

static size_t faults_of(int64_t id)
{
	struct cs_faults faults = {0};
	struct cs_err e = {0};
	size_t n;

	cs_arena_reset(&desk->work);
	if (cs_draw_verify(desk, id, &faults, &e) < 0)
		fail_msg("%s", e.text);
	n = faults.count;
	cs_faults_free(&faults);
	return n;
}

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
	id = draw();
	assert_int_equal(faults_of(id), 0);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct cs_draw_item item = wrong[i];
		size_t n;
		struct cs_draw_item *all = items(id, &n);

		item.draw = id;
		if (!item.ticket)
			item.ticket = all[item.place <= (int64_t)n ? item.place - 1 : 0].ticket;
		assert_int_equal(cs_db_savepoint(desk->db, &e), 0);
		assert_int_equal(cs_draw_item_save(desk->db, &item, &e), 0);
		if (faults_of(id) == 0)
			fail_msg("alteration %zu does not show", i);
		assert_int_equal(cs_db_rollback_to(desk->db, &e), 0);
	}
	assert_int_equal(cs_table_find(desk->db, &cs_draw_table, id, &arena, &row, &e), 1);
	row.seed = "t";
	assert_int_equal(cs_table_save(desk->db, &cs_draw_table, &row, &e), 0);
	assert_true(faults_of(id) > 0);
	row.seed = "s";
	row.seed_given = 0; /* it was chosen */
	assert_int_equal(cs_table_save(desk->db, &cs_draw_table, &row, &e), 0);
	assert_int_equal(faults_of(id), 1);
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
	id = draw();
	assert_int_equal(cs_session_commit(desk, &e), 0);
	assert_int_equal(cs_draw_today(desk, id, &arena, &list, &n, &e), 0);
	assert_int_equal(n, 0);
	late = desk_register("request", "eng.leak", "at=2026-11-30_09:00", NULL);
	desk_do(late, "dispatch at=2026-11-30_09:01 handling=p1.engineering assignee=worker");
	desk_do(late, "arrive at=2026-11-30_09:02");
	desk_do(late, "start at=2026-11-30_09:03");
	desk_do(late, "finish at=2026-11-30_09:04 result=好 unsigned_why=不在");
	assert_int_equal(cs_draw_today(desk, id, &arena, &list, &n, &e), 0);
	assert_int_equal(n, 1);
	assert_int_equal(list[0].ticket, late);
	assert_null(list[0].was);
	assert_string_equal(list[0].now, "p1");
	assert_int_equal(cs_draw_today(desk, id + 1, &arena, &list, &n, &e), -1);
	assert_int_equal(e.code, CS_NOTFOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_verify, begin, end),
		cmocka_unit_test_setup_teardown(test_today, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
