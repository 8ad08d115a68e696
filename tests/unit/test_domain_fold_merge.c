/* Fold of merges: a run that is held and freed is as it was; one that is annulled is none; what names nothing is
   refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/fold.h"

static struct cs_arena arena;
static struct cs_image im;
static const struct cs_event ev = {.id = 9, .at = 500, .step = "x"};

static int begin(void **state)
{
	struct cs_clock_row *c;
	struct cs_callback_row *call;
	struct cs_owed_row *o;

	(void)state;
	cs_image_init(&im, &arena);
	im.t.id = 7;
	im.t.cycle = 1;
	c = cs_image_add(&im, CS_P_CLOCK);
	c->ticket = 7;
	c->clock = "resolve";
	c->cycle = c->run = 1;
	c->start_at = 100;
	c->due_at = 900;
	c->crossings = "due@900,up@950";
	c->next_at = 900;
	c->breached = c->due_set = 0;
	c->paused_at = 300;
	call = cs_image_add(&im, CS_P_CALLBACK);
	call->seq = 1;
	call->state = "dropped";
	call->outcome = "merged";
	call->done_at = 400;
	o = cs_image_add(&im, CS_P_OWED);
	o->duty = "progress";
	o->cause = "resolve/up/1";
	o->waived_at = 400;
	return 0;
}

static int end(void **state)
{
	(void)state;
	cs_arena_free(&arena);
	arena = (struct cs_arena){0};
	return 0;
}

static int fold(enum cs_op op, const struct cs_value *arg, size_t n)
{
	struct cs_effects l = {.arena = &arena};
	struct cs_err e = {0};

	cs_effects_put(&l, op, arg, n);
	return cs_fold_effect(&im, &ev, &l, &l.effect[0], &e);
}
#define FOLD(op, ...) \
	fold((op), (struct cs_value[]){__VA_ARGS__}, sizeof((struct cs_value[]){__VA_ARGS__}) / sizeof(struct cs_value))

static void test_hold_and_free(void **state)
{
	struct cs_clock_row *c = cs_image_run(&im, "resolve", 1, 1), before = *c;

	(void)state;
	assert_int_equal(FOLD(CS_OP_HOLD, CS_S("resolve"), CS_I(1), CS_I(1), CS_I(450), CS_S("void")), 0);
	assert_true(c->held_at == 450 && c->stop_at == 450 && c->next_at == CS_NULL);
	assert_string_equal(c->verdict, "void");
	/* Counted anew meanwhile: nothing is to come even so. */
	assert_int_equal(
		FOLD(CS_OP_RECLOCK, CS_S("resolve"), CS_I(2), CS_I(100), CS_I(900), CS_S("due@900,up@950"), CS_I(0)),
		0);
	assert_true(c->next_at == CS_NULL);
	assert_int_equal(FOLD(CS_OP_FREE, CS_S("resolve"), CS_I(1), CS_I(1)), 0);
	before.edition = c->edition;
	before.counted_from = c->counted_from;
	before.rule = c->rule;
	assert_null(cs_row_differs(&cs_clock_table, &before, c));
}

static void test_annul(void **state)
{
	struct cs_clock_row *c = cs_image_run(&im, "resolve", 1, 1);

	(void)state;
	assert_int_equal(FOLD(CS_OP_RUN_VIA, CS_S("resolve"), CS_I(8)), 0);
	assert_int_equal(FOLD(CS_OP_ANNUL, CS_S("resolve"), CS_I(1), CS_I(1)), 0);
	assert_true(c->via == 8 && c->annulled == 1 && c->next_at == CS_NULL && c->stop_at == ev.at);
	assert_null(cs_image_clock(&im, "resolve"));
}

static void test_again(void **state)
{
	struct cs_clock_row *c = cs_image_run(&im, "resolve", 1, 1);

	(void)state;
	assert_int_equal(FOLD(CS_OP_AGAIN, CS_S("resolve"), CS_I(1), CS_I(1), CS_I(700), CS_I(1), CS_S("due@700"),
			      CS_I(CS_NULL), CS_S("300-320"), CS_I(0), CS_I(CS_NULL), CS_S(NULL), CS_I(650)),
			 0);
	assert_true(c->due_at == 700 && c->due_set == 1 && c->next_at == 700 && c->paused_at == CS_NULL &&
		    c->breached == 0 && c->missed_due == 650);
	assert_string_equal(c->pauses, "300-320");
	assert_int_equal(FOLD(CS_OP_AGAIN, CS_S("resolve"), CS_I(1), CS_I(1), CS_I(700), CS_I(1), CS_S(NULL),
			      CS_I(CS_NULL), CS_S("300-320"), CS_I(0), CS_I(600), CS_S("met"), CS_I(CS_NULL)),
			 0);
	assert_true(c->stop_at == 600 && c->next_at == CS_NULL);
}

/* Moved by a step that was taken while it was held: by an extension it counts as one. */
static void test_moved(void **state)
{
	struct cs_clock_row *c = cs_image_run(&im, "resolve", 1, 1);
	int64_t none = c->extended;

	(void)state;
	assert_int_equal(
		FOLD(CS_OP_RUN_MOVE, CS_S("resolve"), CS_I(1), CS_I(1), CS_I(5), CS_I(500), CS_I(700), CS_I(CS_NULL)),
		0);
	assert_true(c->due_at == 700 && c->due_set == 1 && c->extended == none);
	for (int n = 1; n <= 2; n++) {
		assert_int_equal(
			FOLD(CS_OP_RUN_MOVE, CS_S("resolve"), CS_I(1), CS_I(1), CS_I(6), CS_I(700), CS_I(900), CS_I(1)),
			0);
		assert_true(c->due_at == 900 && c->extended == n);
	}
	assert_int_equal(
		FOLD(CS_OP_RUN_MOVE, CS_S("resolve"), CS_I(1), CS_I(2), CS_I(6), CS_I(700), CS_I(900), CS_I(1)), -1);
}

static void test_after_all(void **state)
{
	(void)state;
	assert_int_equal(FOLD(CS_OP_UNDROP, CS_I(1), CS_S("waiting")), 0);
	assert_string_equal(cs_image_callback(&im, 1)->state, "waiting");
	assert_true(cs_image_callback(&im, 1)->outcome == NULL && cs_image_callback(&im, 1)->done_at == CS_NULL);
	assert_int_equal(FOLD(CS_OP_UNWAIVE, CS_S("progress"), CS_S("resolve/up/1")), 0);
	assert_true(((struct cs_owed_row *)cs_image_at(&im, CS_P_OWED, 0))->waived_at == CS_NULL);
}

static void test_odd(void **state)
{
	(void)state;
	assert_int_equal(FOLD(CS_OP_HOLD, CS_S("resolve"), CS_I(2), CS_I(1), CS_I(450), CS_S("void")), -1);
	assert_int_equal(FOLD(CS_OP_FREE, CS_S("none"), CS_I(1), CS_I(1)), -1);
	assert_int_equal(FOLD(CS_OP_VIA, CS_I(1), CS_I(8)), -1);
	assert_int_equal(FOLD(CS_OP_UNDROP, CS_I(2), CS_S("open")), -1);
	assert_int_equal(FOLD(CS_OP_UNWAIVE, CS_S("progress"), CS_S("other")), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_hold_and_free, begin, end),
		cmocka_unit_test_setup_teardown(test_annul, begin, end),
		cmocka_unit_test_setup_teardown(test_again, begin, end),
		cmocka_unit_test_setup_teardown(test_moved, begin, end),
		cmocka_unit_test_setup_teardown(test_after_all, begin, end),
		cmocka_unit_test_setup_teardown(test_odd, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
