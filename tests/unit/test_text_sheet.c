/* CSV by heading. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <unistd.h>

#include "text/sheet.h"

static const struct cs_sheet_column columns[] = {
	{{"code", {"编码", "代码"}}, true}, {{"name", {"名称"}}, false}, {{"note", {NULL}}, false}};

static int open_text(const char *text, struct cs_sheet **sh, struct cs_err *e)
{
	char path[] = "/tmp/csdesk-sheet-XXXXXX";
	int fd = mkstemp(path), rc;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	rc = cs_sheet_open(path, NULL, columns, 3, sh, e);
	unlink(path);
	return rc;
}

static void headings(void **state)
{
	static const struct {
		const char *text, *says;
	} cases[] = {
		{"code,name,note\n", NULL},
		{" 代码 ,名称\n", NULL},
		{"code,编码\n", ":1: column '编码' stands there twice"},
		{"code;name\n", "are the columns divided by commas"},
		{"code", ":1: the file ends in the heading"},
		{"code\nx\n\xff\n", ":3: byte 7 (0xff) is not UTF-8"},
		{"note,code\n", NULL},
		{"\xEF\xBB\xBFname,code\n", NULL},
		{"", "no heading"},
		{"name,note\n", ":1: column 'code' is missing"},
		{"code,nmae\n", ":1: no column 'nmae' is known here; did you mean 'name'?"},
		{"code,colour\n",
		 ":1: no column 'colour' is known here; there are code, name, note"},
		{"code,code\n", ":1: column 'code' stands there twice"},
		{"code,\"name\n", ":1: the heading cannot be read"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_sheet *sh = NULL;
		struct cs_err e = {0};
		int rc = open_text(cases[i].text, &sh, &e);

		if (rc != (cases[i].says ? -1 : 0) ||
		    (cases[i].says && (!strstr(e.text, cases[i].says) || e.code != CS_BADDATA)))
			fail_msg("case %zu: %s", i, e.text);
		cs_sheet_close(sh);
	}
}

static void rows(void **state)
{
	static const struct {
		uint64_t line;
		const char *bad, *code, *name;
	} want[] = {
		{2, NULL, "p1", "阳光, 一期"},
		{3, "1 fields, the heading has 2", NULL, NULL},
		{5, NULL, "p2", ""},
		{6, "the file ends here without a newline; was it cut?", NULL, NULL},
	};
	struct cs_sheet *sh = NULL;
	struct cs_sheet_row row;
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(open_text("name,code\n\"阳光, 一期\",p1\nx\n\n,p2\np3", &sh, &e), 0);
	for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
		assert_int_equal(cs_sheet_next(sh, &row, &e), 1);
		assert_int_equal(row.line, want[i].line);
		if (want[i].bad) {
			assert_string_equal(row.bad, want[i].bad);
			continue;
		}
		assert_null(row.bad);
		assert_string_equal(row.value[0], want[i].code);
		assert_string_equal(row.value[1], want[i].name);
		assert_null(row.value[2]);
	}
	assert_int_equal(cs_sheet_next(sh, &row, &e), 0);
	cs_sheet_close(sh);
}

static void no_such_file(void **state)
{
	struct cs_sheet *sh;
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(cs_sheet_open("/nowhere/at.all", NULL, columns, 3, &sh, &e), -1);
	assert_int_equal(e.code, CS_NOTFOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(headings), cmocka_unit_test(rows),
					   cmocka_unit_test(no_such_file)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
