/* Samples on the command line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "store/ref.h"
#include "text/draws.h"

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

static void test_choose(void **state)
{
	static const struct {
		const char *operand[2];
		int64_t unit;
		enum cs_code code;
		const char *says;
	} cases[] = {
		{{"1", NULL}, CS_NULL, CS_NOTFOUND, "no draw 1"},
		{{"1", NULL}, UNIT_P1, CS_USAGE, "--unit belongs to RULE PERIOD"},
		{{"1x", NULL}, CS_NULL, CS_USAGE, "'1x' is no number of a draw"},
		{{"99999999999999999999", NULL}, CS_NULL, CS_USAGE, "is no number of a draw"},
		{{"nothing", "2026-10"}, CS_NULL, CS_USAGE, "'nothing' is not among the samples; allowed: area_month"},
		{{"nothing", "someday"}, CS_NULL, CS_USAGE, "someday"},
		{{NULL, "2026-10"}, CS_NULL, CS_NOTFOUND, "was not drawn for 2026-10"},
		{{NULL, "2026-10"}, UNIT_P1, CS_NOTFOUND, "2026-10 in this unit"},
	};

	(void)state;
	assert_true(desk->policy->sample_count > 0);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *item[] = {(char *)(uintptr_t)cases[i].operand[0],
				(char *)(uintptr_t)cases[i].operand[1]};
		struct cs_texts operands = {.item = item, .count = item[1] ? 2 : 1};
		struct cs_err e = {0};
		int64_t id;

		if (!item[0])
			item[0] = (char *)(uintptr_t)desk->policy->sample[0].id;
		assert_int_equal(cs_draws_choose(desk, &operands, cases[i].unit, &id, &e), -1);
		if (e.code != cases[i].code || !strstr(e.text, cases[i].says))
			fail_msg("case %zu: %d %s", i, (int)e.code, e.text);
	}
}

static struct cs_frame frame;

static void add(int first, int count, const char *stratum)
{
	for (int i = first; i < first + count; i++) {
		char ref[CS_REF_SIZE];

		snprintf(ref, sizeof ref, "R20261121-%04d", i);
		cs_frame_add(&frame, cs_ref_parse(ref, NULL), stratum);
	}
}

static void expect(struct cs_buf *b, struct cs_out *out, const char *text)
{
	struct cs_err e = {0};

	assert_int_equal(cs_out_close(out, &e), 0);
	assert_string_equal(cs_buf_str(b), text);
	cs_buf_free(b);
}

/* G23: of each stratum for itself, a rest counting as one more. */
static void test_estimate(void **state)
{
	const struct cs_sample_spec spec = {.has_percent = true, .percent = 20, .round_up = true};
	struct cs_buf b = {0};
	struct cs_out *out = cs_out_open_buf(&b, CS_FORMAT_TEXT, cs_draws_estimate_columns,
					     cs_draws_estimate_count);

	(void)state;
	frame = (struct cs_frame){.arena = &desk->life};
	add(10, 6, "b");
	add(1, 5, "a");
	cs_frame_sort(&frame);
	cs_draws_estimate(&frame, &spec, out);
	expect(&b, out, "a\t5\t1\nb\t6\t2\n");
}

static void test_changes(void **state)
{
	const struct cs_frame_change list[] = {
		{.ticket = cs_ref_parse("R20261121-0001", NULL), .now = "a"},
		{.ticket = cs_ref_parse("R20261121-0002", NULL), .was = "a"},
		{.ticket = cs_ref_parse("R20261121-0003", NULL), .was = "a", .now = "b"},
	};
	struct cs_buf b = {0};
	struct cs_out *out = cs_out_open_buf(&b, CS_FORMAT_TEXT, cs_draws_change_columns,
					     cs_draws_change_count);

	(void)state;
	cs_draws_changes(list, 3, out);
	expect(&b, out, "R20261121-0001\tnew\t\ta\nR20261121-0002\tgone\ta\t\n"
			"R20261121-0003\tmoved\ta\tb\n");
}

/* Refused ones are counted and left out; those that are no references count as wrong too. */
static void test_frame(void **state)
{
	char ref[CS_REF_SIZE];
	char *item[] = {ref, (char *)(uintptr_t)"nonsense", ref,
			(char *)(uintptr_t)"R20200101-0001"};
	const struct cs_texts refs = {.item = item, .count = 4};
	struct cs_frame f = {.arena = &desk->life};
	struct cs_err e = {0};
	size_t refused = 9, wrong = 9;
	int64_t id = desk_register("request", "eng.leak", "", NULL);

	(void)state;
	cs_ref_text(id, ref);
	if (cs_draws_frame(desk, &refs, "none", &f, &refused, &wrong, &e) < 0)
		fail_msg("%s", e.text);
	assert_int_equal(f.count, 1);
	assert_int_equal(f.item[0].ticket, id);
	assert_int_equal(refused, 2);
	assert_int_equal(wrong, 1);
}

static void test_no_draws(void **state)
{
	struct cs_buf b = {0};
	struct cs_out *out = cs_out_open_buf(&b, CS_FORMAT_CSV, cs_draws_list_columns,
					     cs_draws_list_count);
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(cs_draws_list(desk, out, &e), 0);
	expect(&b, out, "draw,rule,period,unit,at,by,again,why,frame,members,spec,seed,"
			"seed_given\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_choose, begin, end),
		cmocka_unit_test_setup_teardown(test_estimate, begin, end),
		cmocka_unit_test_setup_teardown(test_changes, begin, end),
		cmocka_unit_test_setup_teardown(test_frame, begin, end),
		cmocka_unit_test_setup_teardown(test_no_draws, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
