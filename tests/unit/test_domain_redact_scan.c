/* Characters that look alike are alike; words at a place and before one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/redact_scan.h"

static struct cs_arena arena;

static void folded(void **state)
{
	static const struct {
		const char *text, *same;
	} cases[] = {
		{"ＡＢ１２", "ab12"},     {"a\xE3\x80\x80z", "a z"}, {"3—2–5−0", "3-2-5-0"},
		{"a\xE2\x80\x8Bz", "az"}, {"a\nz", "a z"},           {"\xEF\xBB\xBFx", "x"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_scan a, b;

		cs_scan_read(&a, cases[i].text, &arena);
		cs_scan_read(&b, cases[i].same, &arena);
		assert_int_equal(a.n, b.n);
		for (size_t k = 0; k < a.n; k++)
			assert_int_equal(a.g[k].cp, b.g[k].cp);
		assert_int_equal(a.g[a.n].at, strlen(cases[i].text));
	}
	cs_arena_free(&arena);
}

static void digits(void **state)
{
	struct cs_scan s;

	(void)state;
	cs_scan_read(&s, "07０７零七幺贰十a", &arena);
	assert_int_equal(s.n, 10);
	for (size_t i = 0; i < s.n; i++) {
		static const int want[] = {0, 7, 0, 7, 0, 7, 1, 2, -1, -1};

		assert_int_equal(s.g[i].digit, want[i]);
		assert_int_equal(cs_glyph_is_arabic(&s, i), i < 4);
		assert_int_equal(cs_glyph_is_word(&s, i), i < 4 || i == 9);
	}
	assert_false(cs_glyph_is_word(&s, s.n));
	cs_arena_free(&arena);
}

static void capitals(void **state)
{
	struct cs_scan s;

	(void)state;
	cs_scan_read(&s, "AaＡａ", &arena);
	for (size_t i = 0; i < s.n; i++)
		assert_int_equal(s.g[i].is_capital, i % 2 == 0);
	cs_arena_free(&arena);
}

static void words(void **state)
{
	struct cs_scan s;

	(void)state;
	cs_scan_read(&s, "3号楼  501", &arena);
	assert_int_equal(cs_scan_word(&s, 1, "号 号楼 栋 "), 2); /* the longest */
	assert_int_equal(cs_scan_word(&s, 0, "号 "), 0);
	assert_int_equal(cs_scan_word(&s, s.n, "号 "), 0);
	assert_int_equal(cs_scan_word_before(&s, 3, "号 号楼 "), 2);
	assert_int_equal(cs_scan_word_before(&s, 0, "号 "), 0);
	assert_int_equal(cs_scan_blanks(&s, 3), 5);
	assert_int_equal(cs_scan_blanks(&s, 0), 0);
	cs_arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folded),
		cmocka_unit_test(digits),
		cmocka_unit_test(capitals),
		cmocka_unit_test(words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
