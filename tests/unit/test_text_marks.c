/* Files of earlier heads of the chain. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "text/marks.h"

#define HEX "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static void test_files(void **state)
{
	static const struct {
		const char *text, *fault; /* NULL: good */
		size_t count;
		int64_t last;
	} cases[] = {
		{"", ": no count and head in it", 0, 0},
		{"# 7 nothing\n\n \t\n", ": no count and head in it", 0, 0},
		{"# 7 nothing\n\n \t\n0 " HEX "\n", NULL, 1, 0},
		{"0 " HEX "\n", NULL, 1, 0},
		{"0 " HEX "\n2026-11-21T02:00\t7 0011 #\n# 8\n", NULL, 1, 0}, /* cut short once */
		{"2026-11-21T02:00 desk.db\t214 " HEX "\r\n215 " HEX, NULL, 2, 215},
		{"1 " HEX "\n" HEX "\n", ":2: wants count and head", 0, 0},
		{"one " HEX "\n", ":1: 'one' is no count of events", 0, 0},
		{"-1 " HEX "\n", ":1: '-1' is no count of events", 0, 0},
		{"1234567890123456789 " HEX "\n", ":1: '1234567890123456789' is no count", 0, 0},
		{"#\n1 " HEX "00\n", ":2: '" HEX "00' is no head of a chain", 0, 0},
		{"1 " HEX "\n2 00zz\n", ":2: '00zz' is no head of a chain", 0, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char path[] = "/tmp/csdesk-marks-XXXXXX";
		struct cs_chain_mark *list = NULL;
		struct cs_err e = {0};
		size_t count = 99, len = strlen(cases[i].text);
		int fd = mkstemp(path), rc;

		assert_true(fd >= 0);
		assert_int_equal(write(fd, cases[i].text, len), len);
		close(fd);
		rc = cs_marks_read(path, &list, &count, &e);
		assert_int_equal(unlink(path), 0);
		assert_int_equal(count, cases[i].count);
		if (cases[i].fault) {
			assert_int_equal(rc, -1);
			assert_int_equal(e.code, CS_BADDATA);
			assert_memory_equal(e.text, path, strlen(path));
			if (!strstr(e.text, cases[i].fault))
				fail_msg("case %zu: %s", i, e.text);
			continue;
		}
		if (rc < 0)
			fail_msg("case %zu: %s", i, e.text);
		for (size_t k = 0; k < count; k++)
			for (size_t b = 0; b < CS_HASH_SIZE; b++)
				assert_int_equal(list[k].head[b], b % 16 * 0x11);
		if (count)
			assert_int_equal(list[count - 1].count, cases[i].last);
		free(list);
	}
}

static void test_no_file(void **state)
{
	struct cs_chain_mark *list = NULL;
	struct cs_err e = {0};
	size_t count;

	(void)state;
	assert_int_equal(cs_marks_read("/nonexistent/marks", &list, &count, &e), -1);
	assert_int_equal(e.code, CS_NOTFOUND);
	assert_null(list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_no_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
