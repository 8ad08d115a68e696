/* Samples in the store: items, the newest draw of a rule, who took a step when. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "database.h"
#include "plans.h"
#include "store/draw.h"
#include "store/event.h"
#include "store/rows.h"

static struct cs_db *db;
static struct cs_arena arena;

static int begin(void **state)
{
	struct cs_err e = {0};

	(void)state;
	db = test_db_begin();
	return cs_db_begin(db, &e);
}

static int end(void **state)
{
	(void)state;
	cs_db_rollback(db);
	test_db_end(db);
	cs_arena_free(&arena);
	return 0;
}

static void save(int64_t draw, const char *stratum, int64_t place, int64_t ticket, const char *role)
{
	const struct cs_draw_item item = {draw, stratum, place, ticket, role, "drawn"};
	struct cs_err e = {0};

	assert_int_equal(cs_draw_item_save(db, &item, &e), 0);
}

static void test_items(void **state)
{
	struct cs_draw_item *item, one;
	struct cs_err e = {0};
	struct cs_stmt *walk;
	size_t n;

	(void)state;
	save(2, "b", 1, 11, "member");
	save(2, "a", 10, 12, "replacement");
	save(2, "a", 9, 13, "member");
	save(1, "z", 1, 14, "member");
	save(2, "a", 9, 13, "replaced");
	assert_int_equal(cs_draw_items(db, 2, &arena, &item, &n, &e), 0);
	assert_int_equal(n, 3);
	assert_string_equal(item[0].stratum, "a");
	assert_int_equal(item[0].place, 9);
	assert_string_equal(item[0].role, "replaced");
	assert_int_equal(item[1].place, 10);
	assert_int_equal(item[2].ticket, 11);
	assert_int_equal(cs_draw_items(db, 3, &arena, &item, &n, &e), 0);
	assert_int_equal(n, 0);
	walk = cs_draw_items_walk(db, &e);
	assert_int_equal(cs_draw_items_next(walk, &one, &e), 1);
	assert_int_equal(one.draw, 1);
	for (int i = 0; i < 3; i++)
		assert_int_equal(cs_draw_items_next(walk, &one, &e), 1);
	assert_string_equal(one.stratum, "b");
	assert_int_equal(cs_draw_items_next(walk, &one, &e), 0);
}

static void put(int64_t id, const char *name, const char *period, int64_t unit, int64_t again)
{
	struct cs_draw_row row = {.id = id,
				  .name = name,
				  .period = period,
				  .unit = unit,
				  .again = again,
				  .seed = "s",
				  .seed_given = 0,
				  .chain_head = "",
				  .frame_digest = "",
				  .frame_count = 0,
				  .spec = "{}",
				  .frame = "",
				  .at = 1};
	struct cs_err e = {0};

	if (cs_table_save(db, &cs_draw_table, &row, &e) < 0)
		fail_msg("%s", e.text);
}

/* One draw of a rule, period, unit and repetition: also where the unit is all of them. */
static void test_once(void **state)
{
	struct cs_draw_row row = {.id = 9, .name = "r", .period = "2026-10", .seed = "s", .chain_head = "",
				  .frame_digest = "", .spec = "{}", .frame = "", .at = 1};
	static const int64_t units[] = {CS_NULL, 5};
	struct cs_err e = {0};

	(void)state;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		put((int64_t)i + 1, "r", "2026-10", units[i], 0);
		row.unit = units[i];
		assert_int_equal(cs_table_save(db, &cs_draw_table, &row, &e), -1);
	}
	put(3, "adhoc", NULL, CS_NULL, 0);
	put(4, "adhoc", NULL, CS_NULL, 0);
}

static void test_last(void **state)
{
	static const struct {
		const char *name, *period;
		int64_t unit, id;
	} cases[] = {
		{"r", "2026-10", CS_NULL, 3}, {"r", "2026-10", 5, 4}, {"r", "2026-11", CS_NULL, 0},
		{"q", "2026-10", CS_NULL, 0}, {"r", "2026-10", 6, 0}, {"r", NULL, CS_NULL, 0},
		{"adhoc", NULL, CS_NULL, 0},
	};
	struct cs_err e = {0};
	int64_t id;

	(void)state;
	assert_int_equal(cs_draw_next_id(db, &id, &e), 0);
	assert_int_equal(id, 1);
	put(1, "r", "2026-10", CS_NULL, 0);
	put(2, "adhoc", NULL, CS_NULL, 0);
	put(3, "r", "2026-10", CS_NULL, 1);
	put(4, "r", "2026-10", 5, 0);
	assert_int_equal(cs_draw_next_id(db, &id, &e), 0);
	assert_int_equal(id, 5);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		id = 0;
		assert_int_equal(
			cs_draw_last(db, cases[i].name, cases[i].period, cases[i].unit, &id, &e),
			cases[i].id != 0);
		assert_int_equal(id, cases[i].id);
	}
}

/* Events on ticket n: step, at, recorded_at. */
static void happen(struct cs_chain *chain, int64_t n, const char *step, int64_t at,
		   int64_t recorded)
{
	struct cs_event ev = {.about = "ticket",
			      .subject = n,
			      .at = at,
			      .recorded_at = recorded,
			      .login = "x",
			      .actor = CS_NULL,
			      .step = step,
			      .edition = 1,
			      .facts = "{\"v\":1,\"e\":[]}"};
	struct cs_err e = {0};

	if (cs_event_append(db, chain, &ev, &e) < 0)
		fail_msg("%s", e.text);
}

static void takers(int64_t from, int64_t to, const char *wanted)
{
	struct cs_err e = {0};
	struct cs_stmt *walk = cs_step_takers(db, "finish", from, to, &e);
	char found[64] = "";
	int64_t ticket;
	int rc;

	while ((rc = cs_step_takers_next(walk, &ticket, &e)) == 1)
		snprintf(found + strlen(found), sizeof found - strlen(found), "%s%lld",
			 *found ? " " : "", (long long)ticket);
	assert_int_equal(rc, 0);
	assert_string_equal(found, wanted);
}

/* `at` counts, whenever it was recorded; the first and the last second belong and do not belong. */
static void test_takers(void **state)
{
	struct cs_chain chain;
	struct cs_err e = {0};

	(void)state;
	takers(0, 1000, "");
	assert_int_equal(cs_chain_load(db, "00112233445566778899aabbccddeeff", &chain, &e), 0);
	happen(&chain, 1, "finish", 99, 100);
	happen(&chain, 2, "finish", 100, 100);
	happen(&chain, 3, "start", 150, 150);
	happen(&chain, 4, "finish", 199, 199);
	happen(&chain, 5, "finish", 200, 200);
	happen(&chain, 6, "finish", 150, 900); /* entered late */
	happen(&chain, 2, "finish", 901, 901);
	takers(100, 200, "2 4 6");
	takers(0, 100, "1");
	takers(200, 902, "5 2");
	takers(902, 2000, "");
}

static void test_plans(void **state)
{
	(void)state;
	assert_true(cs_draw_statement_count >= 5);
	for (size_t i = 0; i < cs_draw_statement_count; i++)
		test_plan(db, cs_draw_statements[i],
			  i == 1 ? "draw_item" : NULL); /* the second reads all, for cs-check */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_items, begin, end),
		cmocka_unit_test_setup_teardown(test_once, begin, end),
		cmocka_unit_test_setup_teardown(test_last, begin, end),
		cmocka_unit_test_setup_teardown(test_takers, begin, end),
		cmocka_unit_test_setup_teardown(test_plans, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
