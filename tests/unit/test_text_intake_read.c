/* Rows of files: the header bound to columns, what each row says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "desk.h"
#include "text/intake_read.h"

static int begin(void **state)
{
	(void)state;
	desk_begin();
	return 0;
}

static int end(void **state)
{
	(void)state;
	desk_end();
	return 0;
}

static int file_of(const char *text)
{
	char path[] = "/tmp/csdesk-rows-XXXXXX";
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	unlink(path);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	return fd;
}

static void test_headers(void **state)
{
	static const struct {
		const char *text;
		bool history;
		const char *fault; /* NULL: good */
	} cases[] = {
		{"kind,subject\n", false, NULL},
		{"\xef\xbb\xbfkind , subject\n", false, NULL},
		{"种类,主题\n", false, NULL},
		{"kind,opened_at\n", true, NULL},
		{"", false, "header: the file is empty"},
		{"subject\n", false, "header: column 'kind' is missing"},
		{"kind\n", true, "header: column 'opened_at' is missing"},
		{"kind,\n", false, "header: column 2 has no heading"},
		{"kind,kind\n", false, "header: column 2 is 'kind' once more"},
		{"kind,种类\n", false, "header: column 2 is '种类' once more"},
		{"kind,subjekt\n", false,
		 "header: there is no column 'subjekt'; did you mean 'subject'?"},
		{"aaaaaaaa\n", false, "is the first line the header"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct cs_intake_form form = {.history = cases[i].history};
		struct cs_intake_reader *r = NULL;
		struct cs_err e = {0};
		int fd = file_of(cases[i].text);
		int rc = cs_intake_reader_open(fd, &form, desk, &r, &e);

		if (rc != (cases[i].fault ? -1 : 0))
			fail_msg("case %zu: %d %s", i, rc, e.text);
		if (cases[i].fault) {
			assert_null(r);
			assert_int_equal(e.code, CS_BADDATA);
			if (!strstr(e.text, cases[i].fault))
				fail_msg("case %zu: %s", i, e.text);
		}
		cs_intake_reader_free(r);
		close(fd);
	}
}

static void test_rows(void **state)
{
	static const char text[] = "source_key,kind,subject,unit\n"
				   "K1,request,\"two\nlines\",p1.north\n"
				   "K2,wish,x,\n"
				   "K3,request\n"
				   "K4,inquiry,,\n";
	const struct cs_intake_form form = {.raw = true};
	struct cs_intake_reader *r = NULL;
	struct cs_intake_line l;
	struct cs_arena *a = &desk->life;
	struct cs_err e = {0};
	int fd = file_of(text);

	(void)state;
	if (cs_intake_reader_open(fd, &form, desk, &r, &e) < 0)
		fail_msg("%s", e.text);
	assert_string_equal(cs_intake_reader_header(r), "source_key,kind,subject,unit");
	assert_int_equal(cs_intake_reader_delimiter(r), ',');
	assert_true(cs_intake_reader_has_key(r));
	assert_int_equal(cs_intake_reader_next(r, a, &l, &e), 1);
	assert_null(l.bad);
	assert_int_equal(l.line, 2);
	assert_string_equal(l.row.key, "K1");
	assert_string_equal(l.row.kind, "request");
	assert_string_equal(l.row.subject, "two\nlines");
	assert_int_equal(l.row.place, UNIT_NORTH);
	assert_int_equal(l.row.opened_at, CS_TIME_NONE);
	assert_int_equal(cs_intake_reader_next(r, a, &l, &e), 1);
	assert_non_null(strstr(l.bad, "kind: "));
	assert_int_equal(l.line, 4);
	assert_string_equal(l.raw, "K2,wish,x,");
	assert_int_equal(cs_intake_reader_next(r, a, &l, &e), 1);
	assert_non_null(l.bad); /* two cells of four */
	assert_int_equal(l.line, 5);
	assert_int_equal(cs_intake_reader_next(r, a, &l, &e), 1);
	assert_null(l.bad);
	assert_null(l.row.subject);
	assert_int_equal(l.row.place, CS_NULL);
	assert_int_equal(cs_intake_reader_next(r, a, &l, &e), 0);
	cs_intake_reader_free(r);
	close(fd);
}

static void test_json_lines(void **state)
{
	static const struct {
		const char *line;
		bool good;
	} cases[] = {
		{"{\"kind\": \"request\", \"subject\": \"a\"}", true},
		{"{\"subject\": \"a\", \"kind\": \"request\"}", true},
		{"{\"kind\": \"request\", \"colour\": \"red\"}", false},
		{"{\"kind\": \"wish\"}", false},
		{"[1]", false},
		{"{\"kind\": ", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct cs_intake_form form = {.jsonl = true};
		struct cs_intake_reader *r = NULL;
		struct cs_intake_line l;
		struct cs_buf text = {0};
		struct cs_err e = {0};
		int fd;

		cs_buf_printf(&text, "%s\n", cases[i].line);
		fd = file_of(cs_buf_str(&text));
		assert_int_equal(cs_intake_reader_open(fd, &form, desk, &r, &e), 0);
		assert_null(cs_intake_reader_header(r));
		assert_int_equal(cs_intake_reader_next(r, &desk->life, &l, &e), 1);
		if ((l.bad == NULL) != cases[i].good)
			fail_msg("%s: %s", cases[i].line, l.bad ? l.bad : "good");
		if (!l.bad)
			assert_string_equal(l.row.subject, "a");
		assert_int_equal(cs_intake_reader_next(r, &desk->life, &l, &e), 0);
		cs_intake_reader_free(r);
		cs_buf_free(&text);
		close(fd);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_headers, begin, end),
		cmocka_unit_test_setup_teardown(test_rows, begin, end),
		cmocka_unit_test_setup_teardown(test_json_lines, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
