/* Drawing samples, the pure part: how many, who, and always the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "domain/sample.h"
#include "store/ref.h"

static struct cs_arena arena;

static int end(void **state)
{
	(void)state;
	cs_arena_free(&arena);
	return 0;
}

static int64_t ticket(int n)
{
	char text[CS_REF_SIZE];

	snprintf(text, sizeof text, "R20261121-%04d", n);
	return cs_ref_parse(text, NULL);
}

static int number(int64_t id)
{
	char text[CS_REF_SIZE];
	int n = 0;

	sscanf(cs_ref_text(id, text), "R20261121-%d", &n);
	return n;
}

/* G23, S3-5-9, S0-5-7. The last column is worked out by hand. */
static void test_sizes(void **state)
{
	static const struct {
		struct cs_sample_spec spec;
		int64_t n, size;
	} cases[] = {
		{{.count = 10}, 0, 0},
		{{.count = 10}, 1, 1},
		{{.count = 10}, 9, 9},
		{{.count = 10}, 10, 10},
		{{.count = 10}, 11, 10},
		{{.has_percent = true, .percent = 20}, 4, 0},
		{{.has_percent = true, .percent = 20}, 5, 1},
		{{.has_percent = true, .percent = 20, .round_up = true}, 4, 1},
		{{.has_percent = true, .percent = 20, .round_up = true}, 5, 1},
		{{.has_percent = true, .percent = 20, .round_up = true}, 6, 2},
		{{.has_percent = true, .percent = 50, .round_up = true}, 7, 4},
		{{.has_percent = true, .percent = 50}, 7, 3},
		{{.has_percent = true, .percent = 100}, 7, 7},
		{{.has_percent = true, .percent = 1, .round_up = true}, 1, 1},
		{{.has_percent = true, .percent = 1}, 99, 0},
		{{.has_percent = true, .percent = 1}, 100, 1},
		{{.has_percent = true, .percent = 1, .round_up = true}, 101, 2},
		/* in floating point 0.07 * 100 is more than 7 */
		{{.has_percent = true, .percent = 7, .round_up = true}, 100, 7},
		{{.has_percent = true, .percent = 29}, 100, 29},
		{{.has_percent = true, .percent = 10, .least = 3}, 10, 3},
		{{.has_percent = true, .percent = 50, .least = 3}, 10, 5},
		{{.has_percent = true, .percent = 10, .least = 3}, 2, 2},
		{{.count = 1, .least = 4}, 10, 4},
		{{.has_percent = true, .percent = 33, .round_up = true},
		 INT64_C(1000000000001),
		 INT64_C(330000000001)},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (cs_sample_size(&cases[i].spec, cases[i].n) != cases[i].size)
			fail_msg("case %zu: %lld of %lld", i,
				 (long long)cs_sample_size(&cases[i].spec, cases[i].n),
				 (long long)cases[i].n);
}

/* Orders of an independent BLAKE2b: the key is that of the seed, the text is the reference. */
static void test_order(void **state)
{
	static const int first[] = {2, 6, 4, 7}, second[] = {10, 11, 9, 12},
			 empty[] = {5, 4, 2, 1, 7, 6, 3};
	const struct cs_sample_spec spec = {.count = 2};
	struct cs_frame f = {.arena = &arena};
	struct cs_drawn *d;
	size_t n;

	(void)state;
	for (int i = 12; i >= 1; i--)
		cs_frame_add(&f, ticket(i), i <= 7 ? "a" : "b");
	cs_frame_sort(&f);
	d = cs_sample_draw(&f, &spec, "audit", &n);
	assert_int_equal(n, 8); /* two and their replacements of each */
	for (size_t i = 0; i < 8; i++) {
		assert_int_equal(number(d[i].ticket), i < 4 ? first[i] : second[i - 4]);
		assert_int_equal(d[i].place, i % 4 + 1);
		assert_int_equal(d[i].member, i % 4 < 2);
		assert_string_equal(d[i].stratum, i < 4 ? "a" : "b");
	}
	f = (struct cs_frame){.arena = &arena};
	for (int i = 1; i <= 7; i++)
		cs_frame_add(&f, ticket(i), "a");
	d = cs_sample_draw(&f, &(struct cs_sample_spec){.count = 4}, "", &n);
	assert_int_equal(n, 7); /* all that is left are replacements */
	for (size_t i = 0; i < 7; i++) {
		assert_int_equal(number(d[i].ticket), empty[i]);
		assert_int_equal(d[i].member, i < 4);
	}
}

static void test_order_of_input(void **state)
{
	struct cs_frame a = {.arena = &arena}, b = {.arena = &arena};

	(void)state;
	for (int i = 1; i <= 50; i++)
		cs_frame_add(&a, ticket(i), i % 3 ? "x" : "y");
	for (int round = 0; round < 3; round++)
		for (int i = 50; i >= 1; i--)
			cs_frame_add(&b, ticket(i), i % 3 ? "x" : "y");
	cs_frame_sort(&a);
	cs_frame_sort(&b);
	assert_int_equal(b.count, 50);
	assert_string_equal(cs_frame_text(&a), cs_frame_text(&b));
}

/* What one frame holds is taken out of the other, wherever it stands; what only the other has is no matter. */
static void test_subtract(void **state)
{
	static const struct {
		int64_t all[6], other[6], left[6];
	} cases[] = {
		{{1, 2, 3, 4}, {2, 4}, {1, 3}}, {{1, 2}, {1, 2}, {0}},       {{1, 2}, {0}, {1, 2}},
		{{0}, {1}, {0}},                {{5, 1, 9}, {7, 9, 1}, {5}}, {{2, 3}, {1, 4, 6}, {2, 3}},
	};

	(void)state;
	for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
		struct cs_frame all = {.arena = &arena}, other = {.arena = &arena};
		size_t n = 0;

		for (size_t i = 0; i < 6 && cases[c].all[i]; i++)
			cs_frame_add(&all, cases[c].all[i], cases[c].all[i] % 2 ? "odd" : "even");
		for (size_t i = 0; i < 6 && cases[c].other[i]; i++)
			cs_frame_add(&other, cases[c].other[i], cases[c].other[i] % 2 ? "odd" : "even");
		cs_frame_sort(&all);
		cs_frame_sort(&other);
		cs_frame_subtract(&all, &other);
		while (n < 6 && cases[c].left[n])
			n++;
		assert_int_equal(all.count, n);
		for (size_t i = 0; i < n; i++) {
			bool found = false;

			for (size_t k = 0; k < n; k++)
				found = found || all.item[i].ticket == cases[c].left[k];
			assert_true(found);
		}
	}
}

static void test_nothing(void **state)
{
	struct cs_frame f = {.arena = &arena};
	size_t n = 9;

	(void)state;
	cs_frame_sort(&f);
	cs_sample_draw(&f, &(struct cs_sample_spec){.count = 5}, "x", &n);
	assert_int_equal(n, 0);
	assert_string_equal(cs_frame_text(&f), "");
}

/* Of 40 tickets 10 are drawn with 2000 seeds: each ticket is a member 500 times, give or take five
   times the standard deviation of a fair draw (sqrt(2000 * 1/4 * 3/4) = 19.4). */
static void test_fair(void **state)
{
	struct cs_frame f = {.arena = &arena};
	int drawn[41] = {0};

	(void)state;
	for (int i = 1; i <= 40; i++)
		cs_frame_add(&f, ticket(i), "-");
	for (int seed = 0; seed < 2000; seed++) {
		struct cs_drawn *d;
		char text[16];
		size_t n;

		snprintf(text, sizeof text, "%d", seed);
		d = cs_sample_draw(&f, &(struct cs_sample_spec){.count = 10}, text, &n);
		for (size_t i = 0; i < n; i++)
			drawn[number(d[i].ticket)] += d[i].member;
	}
	for (int i = 1; i <= 40; i++)
		if (drawn[i] < 500 - 97 || drawn[i] > 500 + 97)
			fail_msg("ticket %d was drawn %d times", i, drawn[i]);
}

/* A larger sample of the same seed begins with the smaller one. */
static void test_nested(void **state)
{
	struct cs_frame f = {.arena = &arena};
	struct cs_drawn *small, *large;
	size_t n, m;

	(void)state;
	for (int i = 1; i <= 30; i++)
		cs_frame_add(&f, ticket(i), "-");
	small = cs_sample_draw(&f, &(struct cs_sample_spec){.count = 5}, "s", &n);
	large = cs_sample_draw(&f, &(struct cs_sample_spec){.count = 12}, "s", &m);
	assert_int_equal(n, 10);
	assert_int_equal(m, 24);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(small[i].ticket, large[i].ticket);
}

static void test_texts(void **state)
{
	static const struct {
		struct cs_sample_spec spec;
		const char *text;
	} cases[] = {
		{{.count = 7}, "{\"count\":7,\"least\":0}"},
		{{.has_percent = true, .percent = 20, .round_up = true, .least = 1, .per = "unit"},
		 "{\"percent\":20,\"round\":\"up\",\"least\":1,\"per\":\"unit\"}"},
		{{.has_percent = true, .percent = 5},
		 "{\"percent\":5,\"round\":\"down\",\"least\":0}"},
	};
	struct cs_frame f = {.arena = &arena}, back = {.arena = &arena};
	struct cs_err e = {0};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_sample_spec spec;

		assert_string_equal(cs_sample_spec_text(&cases[i].spec, &arena), cases[i].text);
		assert_int_equal(cs_sample_spec_read(cases[i].text, &arena, &spec, &e), 0);
		assert_string_equal(cs_sample_spec_text(&spec, &arena), cases[i].text);
	}
	cs_frame_add(&f, ticket(2), "p1.north");
	cs_frame_add(&f, ticket(1), "客服 部");
	assert_string_equal(cs_frame_text(&f),
			    "R20261121-0002\tp1.north\nR20261121-0001\t客服 部\n");
	assert_int_equal(cs_frame_read(&back, cs_frame_text(&f), &e), 0);
	assert_string_equal(cs_frame_text(&back), cs_frame_text(&f));
}

static void test_damaged(void **state)
{
	static const char *const frames[] = {
		"x",   "R20261121-0001", "R20261121-0001\tx", "R20261121-0001\nx\t\n", "junk\tx\n",
		"\t\n"};
	static const char *const specs[] = {"",
					    "7",
					    "{}",
					    "{\"count\":1}",
					    "{\"count\":\"x\",\"least\":0}",
					    "{\"percent\":1.5,\"least\":0}"};
	struct cs_sample_spec spec;

	(void)state;
	for (size_t i = 0; i < sizeof frames / sizeof *frames; i++) {
		struct cs_frame f = {.arena = &arena};
		struct cs_err e = {0};

		assert_int_equal(cs_frame_read(&f, frames[i], &e), -1);
		assert_int_equal(e.code, CS_IO);
	}
	for (size_t i = 0; i < sizeof specs / sizeof *specs; i++) {
		struct cs_err e = {0};

		assert_int_equal(cs_sample_spec_read(specs[i], &arena, &spec, &e), -1);
		assert_int_equal(e.code, CS_IO);
	}
}

static void test_rules(void **state)
{
	struct cs_sample_rule rule = {
		.id = "r", .has_percent = true, .percent = 50, .round_up = true, .least = 2};
	struct cs_sample_spec spec;
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(cs_sample_spec_of(&rule, &spec, &e), 0);
	assert_int_equal(cs_sample_size(&spec, 7), 4);
	assert_null(spec.per);
	rule = (struct cs_sample_rule){.id = "r", .least = 1}; /* an undecided share */
	assert_int_equal(cs_sample_spec_of(&rule, &spec, &e), -1);
	assert_int_equal(e.code, CS_REFUSED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sizes),
		cmocka_unit_test_teardown(test_order, end),
		cmocka_unit_test_teardown(test_order_of_input, end),
		cmocka_unit_test_teardown(test_nothing, end),
		cmocka_unit_test_teardown(test_subtract, end),
		cmocka_unit_test_teardown(test_fair, end),
		cmocka_unit_test_teardown(test_nested, end),
		cmocka_unit_test_teardown(test_texts, end),
		cmocka_unit_test_teardown(test_damaged, end),
		cmocka_unit_test_teardown(test_rules, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
