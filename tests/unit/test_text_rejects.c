/* Refused rows: each stands where a mended file wants it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "text/rejects.h"

static void test_rows(void **state)
{
	static const struct {
		const char *header;
		size_t columns;
		char delimiter;
		const char *raw;
		bool broken;
		const char *reason, *file;
	} cases[] = {
		{"a,b", 2, ',', "1,\"x,y\"", false, "no kind",
		 "a,b,reject_line,reject_byte,reject_reason\n1,\"x,y\",7,90,no kind\n"},
		{"a;b", 2, ';', "1;2", false, "a;b",
		 "a;b;reject_line;reject_byte;reject_reason\n1;2;7;90;\"a;b\"\n"},
		{"a,b,c", 3, ',', "\"1,2", true, "a \"quote\"",
		 "a,b,c,reject_line,reject_byte,reject_reason\n"
		 "\"\"\"1,2\",,,7,90,\"a \"\"quote\"\"\"\n"},
		{"a", 1, ',', "\xff\xfez", true, "bytes",
		 "a,reject_line,reject_byte,reject_reason\n\?\?z,7,90,bytes\n"},
		{"a,b", 2, ',', NULL, false, "lost",
		 "a,b,reject_line,reject_byte,reject_reason\n,,7,90,lost\n"},
		{NULL, 1, ',', "{\"a\": 1}", false, "no kind",
		 "row,reject_line,reject_byte,reject_reason\n\"{\"\"a\"\": 1}\",7,90,no kind\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char path[] = "/tmp/csdesk-rejects-XXXXXX", got[400];
		int fd = mkstemp(path);
		struct cs_rejects *r = NULL;
		struct cs_err e = {0};
		ssize_t n;

		assert_true(fd >= 0);
		if (cs_rejects_open(path, cases[i].header, cases[i].columns, cases[i].delimiter,
				    &r, &e) < 0)
			fail_msg("%s", e.text);
		cs_rejects_put(r, cases[i].raw, cases[i].broken, 7, 90, cases[i].reason);
		assert_int_equal(cs_rejects_close(r, &e), 0);
		n = read(fd, got, sizeof got - 1);
		assert_true(n > 0);
		got[n] = '\0';
		assert_string_equal(got, cases[i].file);
		close(fd);
		unlink(path);
	}
}

static void test_trouble(void **state)
{
	struct cs_rejects *r = NULL;
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(cs_rejects_open("/nonexistent/r.csv", "a", 1, ',', &r, &e), -1);
	assert_int_equal(e.code, CS_IO);
	assert_null(r);
	assert_int_equal(cs_rejects_close(NULL, &e), 0);
	assert_int_equal(cs_rejects_open("/dev/full", "a", 1, ',', &r, &e), 0);
	cs_rejects_put(r, "1", false, 2, 3, "why");
	assert_int_equal(cs_rejects_close(r, &e), -1);
	assert_int_equal(e.code, CS_IO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_trouble),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
