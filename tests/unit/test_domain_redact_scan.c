/* Characters that look alike are alike; words at a place and before one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
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

/* Read from the text each time, which is slow and plain. */
static size_t plain_word(const struct cs_scan *s, size_t i, const char *words)
{
	size_t best = 0;

	while (*words) {
		size_t n = 0;
		bool same = true;

		while (*words && *words != ' ')
			same = cs_glyph_at(s, i + n++) == cs_utf8_next(&words) && same;
		words += *words == ' ';
		best = same && n > best ? n : best;
	}
	return best;
}

static size_t plain_before(const struct cs_scan *s, size_t i, const char *words)
{
	for (size_t n = 1; n <= 12 && n <= i; n++)
		if (plain_word(s, i - n, words) == n)
			return n;
	return 0;
}

/* At each place of a text, asked twice: words that begin and end alike, lie in one another, are as long as is looked
   for or longer, share their bit with others (a and U+1061 do), and a list whose last word nothing ends. */
static void as_plainly_read(void **state)
{
	static const char *const lists[] = {"号 号楼 楼号 栋 ",
					    "楼 号楼 一号楼 ",
					    "三零 零 零〇 ",
					    "room rm r ro ",
					    "abcdefghijkl abcdefghijklm bcdefghijklm ",
					    "\xE1\x81\xA1 a ",
					    "号 x"};
	static const char *const texts[] = {"一号楼三零〇号楼号栋",
					    "the rooms rm 3 rro r",
					    "xabcdefghijklmabcdefghijkl",
					    "\xE1\x81\xA1 a \xE1\x81\xA2 xa",
					    "号x号 x",
					    ""};

	(void)state;
	for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
		struct cs_scan s;

		cs_scan_read(&s, texts[t], &arena);
		for (size_t i = 0; i <= 2 * s.n; i++)
			for (size_t l = 0; l < sizeof lists / sizeof *lists; l++) {
				size_t at = i % (s.n + 1);

				const char *words = lists[l];

				assert_int_equal(cs_scan_word(&s, at, words), plain_word(&s, at, words));
				assert_int_equal(cs_scan_word_before(&s, at, words), plain_before(&s, at, words));
			}
	}
	cs_arena_free(&arena);
}

/* Each way of writing each digit, as cs_redact knows them. */
static void digits_in_han(void **state)
{
	static const char *const han[] = {"零〇○", "一壹幺", "二贰", "三叁", "四肆",
					  "五伍",  "六陆",   "七柒", "八捌", "九玖"};

	(void)state;
	for (int d = 0; d < 10; d++) {
		struct cs_scan s;

		cs_scan_read(&s, han[d], &arena);
		assert_true(s.n >= 2);
		for (size_t i = 0; i < s.n; i++)
			assert_int_equal(s.g[i].digit, d);
	}
	cs_arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folded), cmocka_unit_test(digits),          cmocka_unit_test(capitals),
		cmocka_unit_test(words),  cmocka_unit_test(as_plainly_read), cmocka_unit_test(digits_in_han),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
