/* Errors as values: texts, prefixes, exit codes, fault lists. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"

static void fail_fills_and_returns(void **state)
{
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(cs_fail(&e, CS_USAGE, "no kind '%s' (%d)", "repair", 7), -1);
	assert_int_equal(e.code, CS_USAGE);
	assert_string_equal(e.text, "no kind 'repair' (7)");
	assert_int_equal(cs_fail(NULL, CS_USAGE, "nobody listens"), -1);
}

static void prefixes_stand_before(void **state)
{
	struct cs_err e = {0};

	(void)state;
	cs_fail(&e, CS_BADDATA, "no column 'phone'");
	assert_int_equal(cs_fail_in(&e, "%s:%d", "a.csv", 3), -1);
	assert_string_equal(e.text, "a.csv:3: no column 'phone'");
	assert_int_equal(e.code, CS_BADDATA);
	assert_int_equal(cs_fail_in(NULL, "x"), -1);
}

static bool is_utf8(const char *s)
{
	const unsigned char *p = (const unsigned char *)s;

	while (*p) {
		int more = *p < 0x80 ? 0 : *p >= 0xF0 ? 3 : *p >= 0xE0 ? 2 : *p >= 0xC0 ? 1 : -1;

		if (more < 0)
			return false;
		for (p++; more > 0; more--, p++) {
			if ((*p & 0xC0) != 0x80)
				return false;
		}
	}
	return true;
}

/* Texts of 2-, 3- and 4-byte characters at every phase against the end of the buffer. */
static void long_texts_are_cut_between_characters(void **state)
{
	static const char *const letters[] = {"a", "\xC3\xA9", "\xE8\xAF\x89", "\xF0\xA0\x80\x80"};

	(void)state;
	for (size_t k = 0; k < 4; k++) {
		for (size_t phase = 0; phase < 4; phase++) {
			size_t size = strlen(letters[k]);
			char text[3000] = "xxxx";
			struct cs_err e = {0};

			for (size_t n = phase; n < 2000; n += size)
				memcpy(text + n, letters[k], size + 1);
			cs_fail(&e, CS_IO, "%s", text);
			assert_true(is_utf8(e.text));
			/* As much as fits: the next character would not. */
			assert_true(strlen(e.text) + size > sizeof e.text - 1);
			assert_memory_equal(e.text, text, strlen(e.text));
			cs_fail_in(&e, "%s", text);
			assert_true(is_utf8(e.text));
			assert_non_null(strstr(e.text, ": "));
			assert_true(strlen(e.text) > 1000 && strlen(e.text) < sizeof e.text);
		}
	}
}

static void what_is_shown_of_input(void **state)
{
	char buf[CS_ERR_SHOWN], text[200] = "";

	(void)state;
	assert_string_equal(cs_err_show("", buf), "");
	assert_string_equal(cs_err_show("a\tb\x1b[0m\x7f", buf), "a?b?[0m?");
	assert_string_equal(cs_err_show("\xE6\x98\x8E", buf), "\xE6\x98\x8E");
	memset(text, 'x', 60);
	assert_string_equal(cs_err_show(text, buf), text);
	memset(text, 'x', 100);
	assert_int_equal(strlen(cs_err_show(text, buf)), 60);
	/* 59 bytes and a character of three: it falls whole. */
	memcpy(text + 59, "\xE6\x98\x8E\xE5\xA4\xA9", 7);
	assert_int_equal(strlen(cs_err_show(text, buf)), 59);
	memcpy(text + 57, "\xE6\x98\x8E\xE5\xA4\xA9", 7);
	assert_int_equal(strlen(cs_err_show(text, buf)), 60);
}

static void exit_codes(void **state)
{
	static const struct {
		enum cs_code code;
		int exit;
	} rows[] = {{CS_OK, 0},        {CS_REFUSED, 1},   {CS_USAGE, 64}, {CS_BADDATA, 65},
		    {CS_NOTFOUND, 66}, {CS_INTERNAL, 70}, {CS_IO, 74},    {CS_BUSY, 75},
		    {CS_DENIED, 77},   {CS_CONFIG, 78}};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		assert_int_equal(cs_err_exit(rows[i].code), rows[i].exit);
	assert_int_equal(cs_err_exit((enum cs_code)99), 70);
}

static void faults_are_kept_in_order(void **state)
{
	struct cs_faults f = {0};
	char want[64];

	(void)state;
	for (int i = 0; i < 100; i++)
		cs_faults_add(&f, "/kinds/%d: unknown word", i);
	assert_int_equal(f.count, 100);
	for (size_t i = 0; i < f.count; i++) {
		snprintf(want, sizeof want, "/kinds/%zu: unknown word", i);
		assert_string_equal(f.item[i], want);
	}
	cs_faults_free(&f);
	assert_int_equal(f.count, 0);
	cs_faults_free(&f);
	cs_faults_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fail_fills_and_returns),
		cmocka_unit_test(prefixes_stand_before),
		cmocka_unit_test(long_texts_are_cut_between_characters),
		cmocka_unit_test(what_is_shown_of_input),
		cmocka_unit_test(exit_codes),
		cmocka_unit_test(faults_are_kept_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
