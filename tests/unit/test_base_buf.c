/* The growable buffer and its JSON strings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"

static void pieces_follow_each_other(void **state)
{
	struct cs_buf b = {0};

	(void)state;
	assert_string_equal(cs_buf_str(&b), "");
	cs_buf_puts(&b, "");
	assert_string_equal(cs_buf_str(&b), "");
	cs_buf_puts(&b, "ab");
	cs_buf_putc(&b, '-');
	cs_buf_add(&b, "cde", 2);
	cs_buf_int(&b, 0);
	cs_buf_putc(&b, ' ');
	cs_buf_int(&b, INT64_MIN);
	cs_buf_putc(&b, ' ');
	cs_buf_int(&b, INT64_MAX);
	cs_buf_printf(&b, " %s%03d", "x", 7);
	cs_buf_printf(&b, "%s", "");
	assert_string_equal(cs_buf_str(&b), "ab-cd0 -9223372036854775808 9223372036854775807 x007");
	assert_int_equal(b.len, strlen(b.data));
	cs_buf_free(&b);
	cs_buf_free(NULL);
}

static void it_grows_and_stays_terminated(void **state)
{
	struct cs_buf b = {0};
	char line[300];

	(void)state;
	memset(line, 'x', sizeof line - 1);
	line[sizeof line - 1] = '\0';
	for (size_t i = 1; i <= 2000; i++) {
		cs_buf_putc(&b, (char)('a' + i % 26));
		assert_int_equal(b.len, i);
		assert_int_equal(b.data[i], '\0');
	}
	for (int i = 0; i < 100; i++)
		cs_buf_printf(&b, "%s", line);
	assert_int_equal(b.len, 2000 + 100 * 299);
	assert_int_equal(b.data[1999], 'a' + 2000 % 26);
	cs_buf_clear(&b);
	assert_int_equal(b.len, 0);
	assert_string_equal(cs_buf_str(&b), "");
	assert_true(b.size > 0);
	cs_buf_add(&b, "a\0b", 3);
	assert_int_equal(b.len, 3);
	assert_memory_equal(b.data, "a\0b", 4);
	cs_buf_free(&b);
	cs_buf_clear(&b);
}

static void take_hands_over(void **state)
{
	struct cs_buf b = {0};
	char *s = cs_buf_take(&b);

	(void)state;
	assert_string_equal(s, "");
	free(s);
	cs_buf_puts(&b, "mine");
	s = cs_buf_take(&b);
	assert_string_equal(s, "mine");
	free(s);
	assert_null(b.data);
	cs_buf_puts(&b, "x");
	cs_buf_clear(&b);
	s = cs_buf_take(&b);
	assert_string_equal(s, "");
	free(s);
}

/* RFC 8259 section 7: quote, backslash and everything below U+0020 must be escaped. */
static void json_strings(void **state)
{
	static const struct {
		const char *text, *json;
	} rows[] = {
		{NULL, "null"},
		{"", "\"\""},
		{"plain", "\"plain\""},
		{"say \"hi\"", "\"say \\\"hi\\\"\""},
		{"a\\b", "\"a\\\\b\""},
		{"1\n2\r3\t4", "\"1\\n2\\r3\\t4\""},
		{"\b\f\v\x01\x1f", "\"\\u0008\\u000c\\u000b\\u0001\\u001f\""},
		{"\x7f", "\"\\u007f\""},
		{"a/b <>&'", "\"a/b <>&'\""},
		{"\xE6\x8A\xA5\xE4\xBF\xAE \xF0\xA0\x80\x80",
		 "\"\xE6\x8A\xA5\xE4\xBF\xAE \xF0\xA0\x80\x80\""},
		{"\"\"", "\"\\\"\\\"\""},
	};
	struct cs_buf b = {0};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		cs_buf_clear(&b);
		cs_buf_json(&b, rows[i].text);
		assert_string_equal(cs_buf_str(&b), rows[i].json);
	}
	for (char c = 1; c < 0x20; c++) {
		char one[2] = {c, '\0'};

		cs_buf_clear(&b);
		cs_buf_json(&b, one);
		assert_int_equal(b.data[1], '\\');
		assert_true(b.len == 4 || b.len == 8);
	}
	cs_buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_follow_each_other),
		cmocka_unit_test(it_grows_and_stays_terminated),
		cmocka_unit_test(take_hands_over),
		cmocka_unit_test(json_strings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
