/* Effects written and read back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/effect.h"
#include "store/ref.h"

static void test_round_trip(void **state)
{
	struct cs_arena a = {0};
	struct cs_effects l = {.arena = &a}, back = {.arena = &a};
	struct cs_buf facts = {0}, texts = {0};
	const int64_t highest = cs_ref_make("ZZZ", 90000, 2097151);
	struct cs_err e = {0};

	(void)state;
	cs_put(&l, CS_OP_STATE, CS_S("handling"), CS_S("open"), CS_S(NULL));
	cs_put(&l, CS_OP_LINK, CS_I(1), CS_S("caused_by"), CS_I(highest));
	cs_put(&l, CS_OP_SET, CS_S("level"), CS_I(-3));
	cs_put(&l, CS_OP_SET, CS_S("assignee"), CS_I(CS_NULL));
	cs_put(&l, CS_OP_CELL, CS_S("fees"), CS_S("一\"\\\n"), CS_S("amount"), CS_I(0));
	cs_effects_private(&l, "note", "他说“好”\t");
	cs_effects_private(&l, "gone", NULL);
	cs_effects_private(&l, "note", "第二次");
	cs_effects_write_facts(&l, &facts);
	cs_effects_write_private(&l, &texts);
	assert_int_equal(cs_effects_read(&back, cs_buf_str(&facts), cs_buf_str(&texts), &e), 0);
	assert_int_equal(back.count, 5);
	assert_null(cs_arg_text(&back.effect[0], 2));
	assert_true(highest > 0);
	assert_int_equal(cs_arg_int(&back.effect[1], 2), highest);
	assert_int_equal(cs_arg_int(&back.effect[2], 1), -3);
	assert_int_equal(cs_arg_int(&back.effect[3], 1), CS_NULL);
	assert_string_equal(cs_arg_text(&back.effect[4], 1), "一\"\\\n");
	assert_int_equal(cs_arg_int(&back.effect[4], 3), 0);
	assert_string_equal(cs_effects_text(&back, "note"), "第二次");
	assert_null(cs_effects_text(&back, "gone"));
	assert_null(cs_effects_text(&back, "salt"));
	/* The other type, and beyond the last argument. */
	assert_int_equal(cs_arg_int(&back.effect[0], 0), CS_NULL);
	assert_null(cs_arg_text(&back.effect[2], 1));
	assert_int_equal(cs_arg_int(&back.effect[2], 13), CS_NULL);
	cs_buf_free(&facts);
	cs_buf_free(&texts);
	cs_arena_free(&a);
}

static void test_private_is_salted(void **state)
{
	struct cs_arena a = {0};
	struct cs_effects l = {.arena = &a};
	struct cs_buf one = {0}, two = {0};

	(void)state;
	cs_effects_write_private(&l, &one);
	assert_int_equal(one.len, 0); /* nothing private, nothing written */
	cs_effects_private(&l, "note", "x");
	cs_effects_write_private(&l, &one);
	cs_effects_write_private(&l, &two);
	assert_int_equal(one.len, two.len);
	assert_memory_not_equal(one.data, two.data, one.len);
	cs_buf_free(&one);
	cs_buf_free(&two);
	cs_arena_free(&a);
}

static void test_damaged(void **state)
{
	static const char *const cases[][2] = {
		{"", NULL},
		{"{}", NULL},
		{"{\"v\":2,\"e\":[]}", NULL},
		{"{\"v\":1,\"e\":[[\"nosuch\"]]}", NULL},
		{"{\"v\":1,\"e\":[[\"cycle\"]]}", NULL},
		{"{\"v\":1,\"e\":[[\"cycle\",1,2]]}", NULL},
		{"{\"v\":1,\"e\":[[\"cycle\",true]]}", NULL},
		{"{\"v\":1,\"e\":[[\"cycle\",1.5]]}", NULL},
		{"{\"v\":1,\"e\":[]}x", NULL},
		{"{\"v\":1,\"e\":[]}", "{"},
		{"{\"v\":1,\"e\":[]}", "{\"note\":1}"},
		{"{\"v\":1,\"e\":[]}", "{\"a\":\"x\",\"a\":\"y\"}"},
	};
	struct cs_arena a = {0};
	struct cs_effects l = {.arena = &a};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_err e = {0};

		if (cs_effects_read(&l, cases[i][0], cases[i][1], &e) == 0 || e.code != CS_IO)
			fail_msg("case %zu was read", i);
	}
	cs_arena_free(&a);
}

static void test_words(void **state)
{
	(void)state;
	for (int i = 0; i < CS_OP_COUNT; i++) {
		assert_non_null(cs_op_word((enum cs_op)i));
		for (int k = 0; k < i; k++)
			assert_string_not_equal(cs_op_word((enum cs_op)i), cs_op_word((enum cs_op)k));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_private_is_salted),
		cmocka_unit_test(test_damaged),
		cmocka_unit_test(test_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
