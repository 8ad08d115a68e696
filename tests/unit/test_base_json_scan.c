/* The strict scan: places of faults and of keys. What it refuses is in test_base_json.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/json_scan.h"

static void counts_keys_and_finds_them(void **state)
{
	static const char text[] = "{\"a\": {\"b\": [{\"c\": 1}]}, \"d\": 2}";
	static const char names[] = "abcd";
	struct cs_err e = {0};
	struct cs_json_scan sc = {.s = text, .len = strlen(text), .e = &e};

	(void)state;
	assert_int_equal(cs_json_scan_document(&sc), 0);
	assert_int_equal(sc.keys, 4);
	assert_int_equal(sc.pos, strlen(text));
	for (size_t i = 0; i < 4; i++) {
		size_t at = cs_json_scan_key(&sc, i + 1);

		assert_int_equal(text[at], '"');
		assert_int_equal(text[at + 1], names[i]);
	}
}

static void columns_count_characters(void **state)
{
	static const struct {
		const char *text;
		size_t at;
		const char *message;
	} cases[] = {
		{"abc", 0, "1:1: here"},
		{"abc", 3, "1:4: here"},
		{"a\nb", 2, "2:1: here"},
		{"\n\n\n", 3, "4:1: here"},
		{"\xE7\xBB\x8F\xF0\x9F\x98\x80x", 7, "1:3: here"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_err e = {0};
		struct cs_json_scan sc = {.s = cases[i].text, .len = strlen(cases[i].text), .e = &e};

		assert_int_equal(cs_json_scan_fault(&sc, cases[i].at, "%s", "here"), -1);
		assert_string_equal(e.text, cases[i].message);
		assert_int_equal(e.code, CS_BADDATA);
	}
}

static void stops_at_the_length(void **state)
{
	struct cs_err e = {0};
	struct cs_json_scan whole = {.s = "[1]]", .len = 3, .e = &e}, less = {.s = "[1]", .len = 2, .e = &e};

	(void)state;
	assert_int_equal(cs_json_scan_document(&whole), 0);
	assert_int_equal(cs_json_scan_document(&less), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_keys_and_finds_them),
		cmocka_unit_test(columns_count_characters),
		cmocka_unit_test(stops_at_the_length),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
