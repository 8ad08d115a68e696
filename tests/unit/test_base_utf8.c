/* UTF-8: validity after RFC 3629, display width after UAX 11, clean-up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"

static void finds_the_first_fault(void **state)
{
	static const struct {
		const char *s;
		size_t len, at;
	} cases[] = {
		{"", 0, 0},
		{"abc", 3, 3},
		{"a\0b", 3, 3},
		{"\x7F", 1, 1},
		{"\xC2\x80", 2, 2},
		{"\xDF\xBF", 2, 2},
		{"\xE0\xA0\x80", 3, 3},
		{"\xEF\xBF\xBF", 3, 3},
		{"\xED\x9F\xBF", 3, 3},
		{"\xEE\x80\x80", 3, 3},
		{"\xF0\x90\x80\x80", 4, 4},
		{"\xF4\x8F\xBF\xBF", 4, 4},
		{"ab\x80", 3, 2},
		{"\xC0\x80", 2, 0},
		{"\xC1\xBF", 2, 0},
		{"\xE0\x9F\xBF", 3, 0},
		{"\xED\xA0\x80", 3, 0},
		{"\xED\xBF\xBF", 3, 0},
		{"\xF0\x8F\xBF\xBF", 4, 0},
		{"\xF4\x90\x80\x80", 4, 0},
		{"\xF5\x80\x80\x80", 4, 0},
		{"\xFE", 1, 0},
		{"\xFF", 1, 0},
		{"a\xE4\xBD", 3, 1},
		{"a\xC3", 2, 1},
		{"\xF0\x9F\x98", 3, 0},
		{"\xE4\xBD"
		 "a",
		 3, 0},
		{"\xF0\x9F\x98"
		 "a",
		 4, 0},
		{"\xC3\xC3\xA4", 3, 0},
		{"0123456789abcde\xFF", 16, 15},
		{"01234567\xFF"
		 "9012345",
		 16, 8},
		{"0123456\xE4\xBD\xA0"
		 "01234567\x80",
		 19, 18},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t at = cs_utf8_check(cases[i].s, cases[i].len);

		if (at != cases[i].at)
			fail_msg("case %zu: wanted %zu, got %zu", i, cases[i].at, at);
	}
}

/* Every code point there is: what put writes is valid and next reads it back. */
static void writes_and_reads_every_code_point(void **state)
{
	(void)state;
	for (uint32_t cp = 1; cp <= 0x10FFFF; cp++) {
		char s[5];
		const char *p = s;
		size_t n = cs_utf8_put(s, cp);

		s[n] = '\0';
		if (cp >= 0xD800 && cp <= 0xDFFF) {
			assert_int_equal(cs_utf8_check(s, n), 0);
			continue;
		}
		assert_int_equal(cs_utf8_check(s, n), n);
		assert_int_equal(cs_utf8_next(&p), cp);
		assert_ptr_equal(p, s + n);
	}
}

static void stays_at_the_end(void **state)
{
	const char *s = "", *start = s;

	(void)state;
	assert_int_equal(cs_utf8_next(&s), 0);
	assert_ptr_equal(s, start);
}

static void measures_columns(void **state)
{
	static const struct {
		const char *s;
		size_t columns;
	} cases[] = {
		{"", 0},
		{"abc", 3},
		{"你好", 4},
		{"3栋", 3},
		{"Ａ１", 4},
		{"　", 2},
		{"，。《》", 8},
		{"e\xCC\x81", 1},
		{"中\xCC\x81", 2},
		{"한글", 4},
		{"\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", 2}, /* the same syllable in conjoining letters */
		{"ｱ", 1},
		{"ア", 2},
		{"\xE3\x82\xAB\xE3\x82\x99", 2},
		{"😀", 2},
		{"𠀀", 2},
		{"\xE2\x80\x8B", 0},
		{"\xEF\xBB\xBF", 0},
		{"é", 1},
		{"—…“”", 4},
		{"①", 1},
		{"\t\n\x1B", 0},
		{"\xC2\x85", 0},
		{"\xC2\xA0", 1},
		{"\xC2\xAD", 1},
		{"￥", 2},
		{"¥", 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		if (cs_utf8_width(cases[i].s) != cases[i].columns)
			fail_msg("width of '%s': wanted %zu, got %zu", cases[i].s, cases[i].columns,
				 cs_utf8_width(cases[i].s));
	}
}

static void cuts_at_columns(void **state)
{
	static const struct {
		const char *s;
		size_t columns, bytes, used;
	} cases[] = {
		{"abc", 0, 0, 0},  {"abc", 2, 2, 2},        {"abc", 3, 3, 3},
		{"abc", 9, 3, 3},  {"", 3, 0, 0},           {"你好", 1, 0, 0},
		{"你好", 2, 3, 2}, {"你好", 3, 3, 2},       {"你好", 4, 6, 4},
		{"a你", 2, 1, 1},  {"e\xCC\x81x", 1, 3, 1}, {"中\xCC\x81文", 3, 5, 2},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t used = 99;

		assert_int_equal(cs_utf8_cut(cases[i].s, cases[i].columns, &used), cases[i].bytes);
		assert_int_equal(used, cases[i].used);
		assert_int_equal(cs_utf8_cut(cases[i].s, cases[i].columns, NULL), cases[i].bytes);
	}
}

static void cleans_up(void **state)
{
	static const struct {
		void (*clean)(char *);
		const char *in, *wanted;
	} cases[] = {
		{cs_utf8_fold_width, "！ＡＺａｚ０９～　", "!AZaz09~ "},
		{cs_utf8_fold_width, "、。你ｱ￥",
		 "、。你ｱ￥"}, /* U+FFE5 and half-width kana are outside */
		{cs_utf8_fold_width, "", ""},
		{cs_utf8_trim,
		 " \t\r\n　\xC2\xA0"
		 "a b　\n",
		 "a b"},
		{cs_utf8_trim, "a  b", "a  b"},
		{cs_utf8_trim, " 　", ""},
		{cs_utf8_trim, "", ""},
		{cs_utf8_trim, "你", "你"},
		{cs_utf8_collapse, "　a \t\n b　c ", "a b c"},
		{cs_utf8_collapse, " ", ""},
		{cs_utf8_collapse, "a", "a"},
		{cs_utf8_unblank, " a\tb　c ", "abc"},
		{cs_utf8_unblank, "　", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char s[64];

		assert_true(strlen(cases[i].in) < sizeof s);
		memcpy(s, cases[i].in, strlen(cases[i].in) + 1);
		cases[i].clean(s);
		assert_string_equal(s, cases[i].wanted);
	}
}

/* What a clerk types with the Chinese keyboard on; the rest stays as it is, in place. */
static void makes_plain(void **state)
{
	char buf[16];
	const char *odd = "１\xFF", *plain = "a b ", *large = "０１２３４５６７８９";

	(void)state;
	assert_string_equal(cs_utf8_plain("　２０－１：b　", buf, sizeof buf), "　２０－１：b　"); /* no room */
	assert_string_equal(cs_utf8_plain("　３　", buf, sizeof buf), "3");
	assert_string_equal(cs_utf8_plain("1：5", buf, sizeof buf), "1:5");
	assert_ptr_equal(cs_utf8_plain(plain, buf, sizeof buf), plain);
	assert_ptr_equal(cs_utf8_plain(odd, buf, sizeof buf), odd);
	assert_ptr_equal(cs_utf8_plain(large, buf, sizeof buf), large);
}

static void knows_blanks(void **state)
{
	(void)state;
	assert_true(cs_utf8_blank(""));
	assert_true(cs_utf8_blank(" \t\n\xC2\xA0　"));
	assert_false(cs_utf8_blank("　x"));
	assert_false(cs_utf8_blank("\xE2\x80\x8B")); /* zero width is no blank */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_the_first_fault), cmocka_unit_test(writes_and_reads_every_code_point),
		cmocka_unit_test(stays_at_the_end),      cmocka_unit_test(measures_columns),
		cmocka_unit_test(cuts_at_columns),       cmocka_unit_test(cleans_up),
		cmocka_unit_test(makes_plain),           cmocka_unit_test(knows_blanks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
