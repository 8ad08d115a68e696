/* The scan alone: where it stops, and where a key stands. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json_limits.h"
#include "base/json_scan.h"

/* Columns count characters, lines begin at 1. */
static void test_faults(void **state)
{
	static const struct {
		const char *text, *fault; /* NULL: it is good; else how the message begins */
	} cases[] = {
		{"0", NULL},
		{" [1, -0.5e+3, \"\\u4e2d\", {\"a\": null}] \n", NULL},
		{"\"\\ud83d\\ude00\"", NULL},
		{"9007199254740991", NULL},
		{"", "1:1: the text ends here"},
		{"{\"a\": 1\n, }", "2:3: a key in double quotes expected, found '}'"},
		{"[\"中\", x]", "1:7: a value"},
		{"[1 2]", "1:4: ',' or ']' expected, found '2'"},
		{"1 2", "1:3: text after the end"},
		{"01", "1:1: a number does not begin with 0"},
		{"-", "1:2: the text ends here, a digit expected"},
		{"1.e3", "1:3: a digit expected"},
		{"1e400", "1:1: number 1e400 is too large"},
		{"1e-400", "1:1: number 1e-400 is too small"},
		{"9007199254740992", "1:1: whole number 9007199254740992 is beyond"},
		{"\"a", "1:1: this text has no closing quote"},
		{"\"a\tb\"", "1:3: byte 0x09 inside a text"},
		{"\"\\x\"", "1:2: unknown escape"},
		{"\"\\u12g4\"", "1:2: \\u wants four"},
		{"\"\\u0000\"", "1:2: \\u0000 is not allowed"},
		{"\"\\ud83d\"", "1:2: half of a surrogate pair"},
		{"\"\\ude00\"", "1:2: half of a surrogate pair"},
		{"\"\xff\"", "1:2: byte 0xff is not UTF-8"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_err e = {0};
		struct cs_json_scan sc = {
			.s = cases[i].text, .len = strlen(cases[i].text), .e = &e};
		int rc = cs_json_scan_document(&sc);

		assert_int_equal(rc, cases[i].fault ? -1 : 0);
		if (!cases[i].fault)
			continue;
		assert_int_equal(e.code, CS_BADDATA);
		if (strncmp(e.text, cases[i].fault, strlen(cases[i].fault)) != 0)
			fail_msg("%s: %s", cases[i].text, e.text);
	}
}

static void test_depth(void **state)
{
	char text[2 * (CS_JSON_DEPTH + 1)];

	(void)state;
	for (size_t n = CS_JSON_DEPTH; n <= CS_JSON_DEPTH + 1; n++) {
		struct cs_err e = {0};
		struct cs_json_scan sc = {.s = text, .len = 2 * n, .e = &e};

		memset(text, '[', n);
		memset(text + n, ']', n);
		assert_int_equal(cs_json_scan_document(&sc), n > CS_JSON_DEPTH ? -1 : 0);
	}
}

static void test_keys(void **state)
{
	static const char text[] = "{\"a\": {\"b\": 1}, \"c\": [{\"d\": 2}]}";
	struct cs_err e = {0};
	struct cs_json_scan sc = {.s = text, .len = sizeof text - 1, .e = &e};

	(void)state;
	assert_int_equal(cs_json_scan_document(&sc), 0);
	assert_int_equal(sc.keys, 4);
	for (size_t i = 1; i <= 4; i++)
		assert_ptr_equal(text + cs_json_scan_key(&sc, i),
				 strchr(text, "abcd"[i - 1]) - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
