/* The ticket whole in memory: copies stay apart, own fields, cells, clocks of the cycle. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/effect.h"
#include "domain/image.h"

static void test_own(void **state)
{
	struct cs_arena a = {0};
	struct cs_image im;

	(void)state;
	cs_image_init(&im, &a);
	assert_null(cs_image_own(&im, "x"));
	cs_image_set_own(&im, "zeta", &(struct cs_value){CS_V_INT, 3, NULL}, false);
	cs_image_set_own(&im, "alpha", &(struct cs_value){CS_V_TEXT, 0, "a\"b"}, false);
	cs_image_set_own(&im, "text", &(struct cs_value){CS_V_TEXT, 0, "字"}, true);
	cs_image_set_own(&im, "gone", &(struct cs_value){CS_V_INT, 1, NULL}, false);
	cs_image_set_own(&im, "gone", &(struct cs_value){0}, false);
	cs_image_settle(&im);
	assert_string_equal(im.t.fields, "{\"alpha\":\"a\\\"b\",\"zeta\":3}"); /* sorted, what is unset left out */
	assert_string_equal(im.t.texts, "{\"text\":\"字\"}");
	assert_int_equal(cs_image_own(&im, "zeta")->i, 3);
	assert_null(cs_image_own(&im, "gone"));
	cs_arena_free(&a);
}

static void test_copy(void **state)
{
	struct cs_arena a = {0};
	struct cs_image im, copy;
	struct cs_clock_row *c;

	(void)state;
	cs_image_init(&im, &a);
	c = cs_image_add(&im, CS_P_CLOCK);
	c->clock = "resolve";
	c->cycle = im.t.cycle = 1;
	c->run = 1;
	cs_image_set_own(&im, "x", &(struct cs_value){CS_V_INT, 1, NULL}, false);
	cs_image_copy(&copy, &im);
	cs_image_clock(&copy, "resolve")->verdict = "met";
	cs_image_add(&copy, CS_P_CLOCK);
	cs_image_set_own(&copy, "x", &(struct cs_value){CS_V_INT, 2, NULL}, false);
	cs_image_set_own(&copy, "a", &(struct cs_value){CS_V_INT, 2, NULL}, false);
	copy.t.level = 5;
	assert_null(cs_image_clock(&im, "resolve")->verdict);
	assert_int_equal(cs_image_count(&im, CS_P_CLOCK), 1);
	assert_int_equal(cs_image_own(&im, "x")->i, 1);
	assert_null(cs_image_own(&im, "a"));
	assert_int_equal(im.t.level, CS_NULL);
	cs_arena_free(&a);
}

/* The last run in the cycle in hand. */
static void test_clock(void **state)
{
	static const int64_t rows[][2] = {{1, 1}, {2, 2}, {2, 1}, {1, 3}}; /* cycle, run */
	struct cs_arena a = {0};
	struct cs_image im;

	(void)state;
	cs_image_init(&im, &a);
	for (size_t i = 0; i < 4; i++) {
		struct cs_clock_row *c = cs_image_add(&im, CS_P_CLOCK);

		c->clock = "promised";
		c->cycle = rows[i][0];
		c->run = rows[i][1];
	}
	im.t.cycle = 2;
	assert_int_equal(cs_image_clock(&im, "promised")->run, 2);
	im.t.cycle = 1;
	assert_int_equal(cs_image_clock(&im, "promised")->run, 3);
	im.t.cycle = 3;
	assert_null(cs_image_clock(&im, "promised"));
	cs_image_settle(&im); /* key order: clock, cycle, run */
	assert_int_equal(((struct cs_clock_row *)cs_image_at(&im, CS_P_CLOCK, 1))->run, 3);
	assert_int_equal(((struct cs_clock_row *)cs_image_at(&im, CS_P_CLOCK, 2))->cycle, 2);
	cs_arena_free(&a);
}

static void test_cells(void **state)
{
	struct cs_arena a = {0};
	struct cs_image im;
	struct cs_ticket_row_row *r;

	(void)state;
	cs_image_init(&im, &a);
	r = cs_image_add(&im, CS_P_ROW);
	r->list = "fees";
	r->key = "1";
	cs_image_set_cell(&im, r, "amount", &(struct cs_value){CS_V_INT, 3500, NULL}, false);
	cs_image_set_cell(&im, r, "item", &(struct cs_value){CS_V_TEXT, 0, "龙头"}, true);
	cs_image_set_cell(&im, r, "amount", &(struct cs_value){CS_V_INT, 4000, NULL}, false);
	assert_int_equal(cs_image_cell(&im, r, "amount").i, 4000);
	assert_string_equal(cs_image_cell(&im, r, "item").s, "龙头");
	assert_int_equal(cs_image_cell(&im, r, "quantity").type, CS_V_NONE);
	assert_ptr_equal(cs_image_list_row(&im, "fees", "1"), r);
	assert_null(cs_image_list_row(&im, "fees", "2"));
	assert_null(cs_image_list_row(&im, "papers", "1"));
	cs_arena_free(&a);
}

static void test_seq_and_stock(void **state)
{
	struct cs_arena a = {0};
	struct cs_image im;

	(void)state;
	cs_image_init(&im, &a);
	assert_int_equal(cs_image_next_seq(&im, CS_P_EVIDENCE), 1);
	((struct cs_evidence_row *)cs_image_add(&im, CS_P_EVIDENCE))->seq = 4;
	assert_int_equal(cs_image_next_seq(&im, CS_P_EVIDENCE), 5);
	assert_false(cs_image_in_stock(&im));
	im.t.state_is = "waiting";
	assert_true(cs_image_in_stock(&im));
	im.t.state_is = "standing";
	assert_false(cs_image_in_stock(&im));
	im.t.accepting = 3;
	assert_int_equal(cs_image_unit(&im), 3);
	im.t.handling = 4;
	assert_int_equal(cs_image_unit(&im), 4);
	cs_arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_own),   cmocka_unit_test(test_copy),          cmocka_unit_test(test_clock),
		cmocka_unit_test(test_cells), cmocka_unit_test(test_seq_and_stock),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
