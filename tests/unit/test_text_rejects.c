/* Refused rows: each stands where a mended file wants it. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "text/rejects.h"

static const char *name(void)
{
	static char path[64];

	snprintf(path, sizeof path, "/tmp/csdesk-rejects-%ld", (long)getpid());
	return path;
}

static void test_rows(void **state)
{
	static const struct {
		struct cs_rejects_form form;
		const char *raw;
		bool broken;
		const char *reason, *file;
	} cases[] = {
		{{false, "a,b", ',', NULL},
		 "1,\"x,y\"",
		 false,
		 "no kind",
		 "reject_line,reject_byte,reject_reason,a,b\n7,90,no kind,1,\"x,y\"\n"},
		{{false, "a;b", ';', NULL},
		 "1;2",
		 false,
		 "a;b",
		 "reject_line;reject_byte;reject_reason;a;b\n7;90;\"a;b\";1;2\n"},
		{{false, "a,b,c", ',', NULL},
		 "1,2",
		 false,
		 "2 cells, the header has 3",
		 "reject_line,reject_byte,reject_reason,a,b,c\n7,90,\"2 cells, the header has 3\",1,2\n"},
		{{false, "a,b,c", ',', NULL},
		 "\"1,2",
		 true,
		 "a \"quote\"",
		 "reject_line,reject_byte,reject_reason,a,b,c\n7,90,\"a \"\"quote\"\"\",\"\"\"1,2\"\n"},
		{{false, "a", ',', NULL},
		 "\xff\xfez",
		 true,
		 "bytes",
		 "reject_line,reject_byte,reject_reason,a\n7,90,bytes,\?\?z\n"},
		{{false, "a,b", ',', NULL},
		 NULL,
		 false,
		 "lost",
		 "reject_line,reject_byte,reject_reason,a,b\n7,90,lost,\n"},
		/* refused once more */
		{{false, "reject_line,reject_byte,reject_reason,a,b", ',', NULL},
		 "2,3,\"x, \"\"y\"\"\",1,2",
		 false,
		 "why",
		 "reject_line,reject_byte,reject_reason,a,b\n7,90,why,1,2\n"},
		{{false, "a,b", ',', "gb18030"},
		 "前,\xF0\x9F\x98\x80",
		 false,
		 "why",
		 "reject_line,reject_byte,reject_reason,a,b\n7,90,why,\xC7\xB0,\x94\x39\xFC\x36\n"},
		{{false, "a,b", ',', "gb2312"},
		 "前,\xF0\x9F\x98\x80z",
		 false,
		 "why",
		 "reject_line,reject_byte,reject_reason,a,b\n7,90,why,\xC7\xB0,?z\n"},
		{{true, NULL, ',', NULL},
		 "{\"a\": 1, \"b\": [\"x\"]}",
		 false,
		 "no \"kind\"",
		 "{\"a\":1,\"b\":[\"x\"],\"reject_line\":7,\"reject_byte\":90,"
		 "\"reject_reason\":\"no \\\"kind\\\"\"}\n"},
		{{true, NULL, ',', NULL},
		 "{\"reject_line\":1,\"a\":1,\"reject_text\":\"x\"}",
		 false,
		 "why",
		 "{\"a\":1,\"reject_line\":7,\"reject_byte\":90,\"reject_reason\":\"why\"}\n"},
		{{true, NULL, ',', NULL},
		 "{\"a\":\xff",
		 true,
		 "bytes",
		 "{\"reject_text\":\"{\\\"a\\\":?\",\"reject_line\":7,\"reject_byte\":90,"
		 "\"reject_reason\":\"bytes\"}\n"},
		{{true, NULL, ',', NULL},
		 "[1]",
		 true,
		 "a list",
		 "{\"reject_text\":\"[1]\",\"reject_line\":7,\"reject_byte\":90,\"reject_reason\":\"a list\"}\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char got[400];
		struct cs_rejects *r = NULL;
		struct cs_err e = {0};
		size_t n;
		FILE *f;

		if (cs_rejects_open(name(), &cases[i].form, &r, &e) < 0)
			fail_msg("%s", e.text);
		cs_rejects_put(r, cases[i].raw, cases[i].broken, 7, 90, cases[i].reason);
		cs_rejects_write(r);
		assert_int_equal(cs_rejects_close(r, true, &e), 0);
		f = fopen(name(), "rb");
		assert_non_null(f);
		n = fread(got, 1, sizeof got - 1, f);
		got[n] = '\0';
		fclose(f);
		unlink(name());
		if (strcmp(got, cases[i].file) != 0)
			fail_msg("case %zu: %s", i, got);
	}
}

static void test_trouble(void **state)
{
	const struct cs_rejects_form form = {.header = "a", .delimiter = ','},
				     odd = {.header = "a", .encoding = "none"};
	struct cs_rejects *r = NULL;
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(cs_rejects_open("/nonexistent/r.csv", &form, &r, &e), -1);
	assert_int_equal(e.code, CS_IO);
	assert_null(r);
	assert_int_equal(cs_rejects_close(NULL, true, &e), 0);
	assert_int_equal(cs_rejects_open(name(), &odd, &r, &e), -1);
	assert_int_equal(e.code, CS_USAGE);
	assert_int_equal(cs_rejects_open("/dev/full", &form, &r, &e), 0);
	cs_rejects_put(r, "1", false, 2, 3, "why");
	cs_rejects_write(r);
	assert_int_equal(cs_rejects_close(r, true, &e), -1);
	assert_int_equal(e.code, CS_IO);
}

/* Nobody waits for its reader while a batch goes on: nothing is written before cs_rejects_write. */
static void test_a_slow_reader(void **state)
{
	const struct cs_rejects_form form = {.jsonl = true};
	struct cs_rejects *r = NULL;
	struct cs_err e = {0};
	char got[200];
	ssize_t n;
	int fd;

	(void)state;
	assert_int_equal(mkfifo(name(), 0600), 0);
	fd = open(name(), O_RDONLY | O_NONBLOCK);
	assert_true(fd >= 0);
	assert_int_equal(cs_rejects_open(name(), &form, &r, &e), 0);
	for (int i = 0; i < 10000; i++) /* more than a pipe or a stream holds */
		cs_rejects_put(r, "{\"a\":1}", false, 2, 3, "why");
	assert_int_equal(read(fd, got, sizeof got), -1);
	assert_int_equal(errno, EAGAIN);
	assert_int_equal(cs_rejects_close(r, false, &e), 0); /* dropped */
	assert_int_equal(read(fd, got, sizeof got), 0);
	assert_int_equal(cs_rejects_open(name(), &form, &r, &e), 0);
	cs_rejects_put(r, "{\"a\":1}", false, 2, 3, "why");
	cs_rejects_write(r);
	assert_int_equal(cs_rejects_close(r, true, &e), 0);
	n = read(fd, got, sizeof got);
	assert_true(n > 0 && got[n - 1] == '\n');
	close(fd);
	unlink(name());
}

static const char *partial(void)
{
	static char path[128];

	snprintf(path, sizeof path, "%s.%ld.partial", name(), (long)getpid());
	return path;
}

/* One row is refused and written. */
static struct cs_rejects *begun(void)
{
	const struct cs_rejects_form form = {.header = "a", .delimiter = ','};
	struct cs_rejects *r = NULL;
	struct cs_err e = {0};

	assert_int_equal(cs_rejects_open(name(), &form, &r, &e), 0);
	cs_rejects_put(r, "1", false, 2, 3, "why");
	cs_rejects_write(r);
	assert_int_equal(access(name(), F_OK), -1);
	assert_int_equal(access(partial(), F_OK), 0);
	return r;
}

/* What is there is never written over; what nothing came to is not left behind, nor what was ended early: the same
   import can be run again. */
static void test_the_file(void **state)
{
	const struct cs_rejects_form form = {.header = "a", .delimiter = ','};
	struct cs_rejects *r = NULL;
	struct cs_err e = {0};
	FILE *f;

	(void)state;
	assert_int_equal(cs_rejects_open(name(), &form, &r, &e), 0);
	assert_int_equal(cs_rejects_close(r, true, &e), 0);
	assert_int_equal(access(name(), F_OK), -1);
	assert_int_equal(cs_rejects_close(begun(), false, &e), 0);
	assert_int_equal(access(name(), F_OK), -1);
	assert_int_equal(access(partial(), F_OK), -1);
	assert_int_equal(cs_rejects_close(begun(), true, &e), 0);
	assert_int_equal(access(partial(), F_OK), -1);
	assert_int_equal(cs_rejects_open(name(), &form, &r, &e), -1);
	assert_int_equal(e.code, CS_USAGE);
	assert_int_equal(access(name(), F_OK), 0);
	unlink(name());
	assert_int_equal(symlink("/nonexistent/x", name()), 0);
	assert_int_equal(cs_rejects_open(name(), &form, &r, &e), -1);
	assert_int_equal(e.code, CS_USAGE);
	unlink(name());
	r = begun();
	f = fopen(name(), "w"); /* somebody else's, meanwhile */
	assert_non_null(f);
	fclose(f);
	assert_int_equal(cs_rejects_close(r, true, &e), -1);
	assert_int_equal(e.code, CS_IO);
	assert_non_null(strstr(e.text, partial()));
	assert_int_equal(unlink(partial()), 0);
	unlink(name());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_trouble),
		cmocka_unit_test(test_a_slow_reader),
		cmocka_unit_test(test_the_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
