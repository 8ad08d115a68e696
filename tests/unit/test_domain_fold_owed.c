/* One effect on what is owed, on its row. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "domain/fold.h"
#include "store/owed.h"

static struct cs_arena a;
static struct cs_owed_row row;
static struct cs_event ev = {.id = 7, .at = 100, .actor = 4, .edition = 2};

static int put(enum cs_op op, const struct cs_value *arg, size_t n)
{
	struct cs_effects l = {.arena = &a};
	struct cs_err e = {0};

	cs_effects_put(&l, op, arg, n);
	return cs_fold_owed(&row, &ev, &l.effect[0], &a, &e);
}
#define PUT(op, ...) \
	put(op, (struct cs_value[]){__VA_ARGS__}, sizeof((struct cs_value[]){__VA_ARGS__}) / sizeof(struct cs_value))

static void a_life(void **state)
{
	(void)state;
	cs_table_blank(&cs_owed_table, &row);
	assert_int_equal(PUT(CS_OP_OWE, CS_S("d"), CS_S("c"), CS_I(9), CS_I(500), CS_S("soon@300,over@500,missed@600"),
			     CS_I(CS_NULL), CS_I(CS_NULL)),
			 0);
	assert_true(cs_owed_open(&row) && row.owed_at == 100 && row.edition == 2 && row.next_at == 300 &&
		    row.times == 0);
	assert_int_equal(PUT(CS_OP_OWE, CS_S("d"), CS_S("c"), CS_I(9), CS_I(1)), -1); /* owed already */
	assert_int_equal(PUT(CS_OP_DUTY_LATE, CS_S("d"), CS_S("c"), CS_S("soon"), CS_I(CS_NULL)), 0);
	assert_string_equal(row.crossings, "over@500,missed@600");
	assert_int_equal(PUT(CS_OP_DUTY_MOVE, CS_S("d"), CS_S("c"), CS_I(800), CS_S("missed@900")), 0);
	assert_true(row.due_at == 800 && row.next_at == 900);
	assert_int_equal(PUT(CS_OP_DONE, CS_S("d"), CS_S("c"), CS_S("abc"), CS_I(1)), 0);
	assert_true(cs_owed_open(&row) && row.times == 1);
	assert_int_equal(PUT(CS_OP_DUTY_MISSED, CS_S("d"), CS_S("c")), 0);
	assert_string_equal(cs_owed_state(&row), "missed");
	assert_null(row.crossings);
	assert_int_equal(PUT(CS_OP_DONE, CS_S("d"), CS_S("c"), CS_S(NULL), CS_I(CS_NULL)), 0);
	assert_string_equal(cs_owed_state(&row), "done");
	assert_true(row.done_by == 4 && row.done_event == 7 && row.times == 2 && row.next_at == CS_NULL);
	assert_string_equal(row.evidence, "abc");
}

/* Waived, and owed anew from a time of its own by another edition. */
static void anew(void **state)
{
	(void)state;
	cs_table_blank(&cs_owed_table, &row);
	PUT(CS_OP_OWE, CS_S("d"), CS_S("c"), CS_I(9), CS_I(500), CS_S("missed@600"), CS_I(CS_NULL), CS_I(CS_NULL));
	assert_int_equal(PUT(CS_OP_WAIVE, CS_S("d"), CS_S("c"), CS_S("fell")), 0);
	assert_string_equal(row.why, "fell");
	assert_int_equal(row.next_at, CS_NULL);
	assert_int_equal(PUT(CS_OP_OWE, CS_S("d"), CS_S("c"), CS_I(3), CS_I(CS_NULL), CS_S(NULL), CS_I(150), CS_I(8)),
			 0);
	assert_true(cs_owed_open(&row) && row.owed_at == 150 && row.edition == 8 && row.owner == 3 && !row.why);
	assert_true(cs_fold_is_owed(CS_OP_WAIVE) && !cs_fold_is_owed(CS_OP_STATE));
}

/* A due that had passed before it was moved stays missed, the first of them; owed anew, nothing was. */
static void moved(void **state)
{
	static const struct {
		int64_t at, due, missed;
	} moves[] = {{500, 550, CS_NULL}, {560, 550, CS_NULL}, {560, 700, 550}, {701, 900, 550}};

	(void)state;
	cs_table_blank(&cs_owed_table, &row);
	PUT(CS_OP_OWE, CS_S("d"), CS_S("c"), CS_I(9), CS_I(500), CS_S(NULL), CS_I(CS_NULL), CS_I(CS_NULL));
	for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
		ev.at = moves[i].at;
		PUT(CS_OP_DUTY_MOVE, CS_S("d"), CS_S("c"), CS_I(moves[i].due), CS_S(NULL));
		if (row.due_at != moves[i].due || row.missed_due != moves[i].missed)
			fail_msg("move %zu: %lld", i, (long long)row.missed_due);
	}
	assert_true(cs_owed_late(&row, 551));
	PUT(CS_OP_WAIVE, CS_S("d"), CS_S("c"), CS_S("closed"));
	PUT(CS_OP_OWE, CS_S("d"), CS_S("c"), CS_I(9), CS_I(900), CS_S(NULL), CS_I(CS_NULL), CS_I(CS_NULL));
	assert_false(cs_owed_late(&row, 900));
	ev.at = 100;
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(a_life), cmocka_unit_test(anew), cmocka_unit_test(moved)};
	int rc = cmocka_run_group_tests(tests, NULL, NULL);

	cs_arena_free(&a);
	return rc;
}
