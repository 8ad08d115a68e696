/* Lines: ends, places, a mark at the front, lines longer than a block and longer than allowed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "text/lines.h"

static void test_places(void **state)
{
	static const struct {
		const char *text, *want; /* "number@byte:text;" and ! when cut */
	} cases[] = {
		{"", ""},
		{"a\n", "1@0:a;"},
		{"a", "1@0:a!;"},
		{"a\nb", "1@0:a;2@2:b!;"},
		{"\n\n", "1@0:;2@1:;"},
		{"a\r\nb\r\n", "1@0:a;2@3:b;"},
		{"\xEF\xBB\xBF"
		 "a\nb\n",
		 "1@3:a;2@5:b;"},
		{"\xEF\xBB\xBF", ""},
		{"a\n\xEF\xBB\xBF"
		 "b\n",
		 "1@0:a;2@2:\xEF\xBB\xBF"
		 "b;"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_lines *l = cs_lines_open(-1, cases[i].text, strlen(cases[i].text));
		struct cs_buf got = {0};
		struct cs_line line;

		while (cs_lines_next(l, &line, NULL) == 1)
			cs_buf_printf(&got, "%lld@%lld:%.*s%s;", (long long)line.number,
				      (long long)line.byte, (int)line.len, line.text,
				      line.cut ? "!" : "");
		assert_string_equal(cs_buf_str(&got), cases[i].want);
		cs_buf_free(&got);
		cs_lines_free(l);
	}
}

/* A line of n letters, then "end". */
static void test_long(void **state)
{
	static const size_t sizes[] = {
		131071,  131072,          262143,      262144,          262145,
		1000000, CS_LINE_MAX - 1, CS_LINE_MAX, CS_LINE_MAX + 1, 3 * CS_LINE_MAX};

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		size_t n = sizes[i];
		char *text = malloc(n + 6);
		struct cs_lines *l;
		struct cs_line line;

		assert_non_null(text);
		memset(text, 'x', n);
		memcpy(text + n, "\nend\n", 6);
		l = cs_lines_open(-1, text, n + 5);
		assert_int_equal(cs_lines_next(l, &line, NULL), 1);
		assert_int_equal(line.too_long, n > CS_LINE_MAX);
		if (n <= CS_LINE_MAX)
			assert_int_equal(line.len, n);
		assert_int_equal(cs_lines_next(l, &line, NULL), 1);
		assert_int_equal(line.number, 2);
		assert_int_equal(line.byte, n + 1);
		assert_int_equal(line.len, 3);
		assert_memory_equal(line.text, "end", 3);
		assert_int_equal(cs_lines_next(l, &line, NULL), 0);
		cs_lines_free(l);
		free(text);
	}
}

static void test_descriptor(void **state)
{
	struct cs_lines *l;
	struct cs_line line;
	struct cs_err e = {0};
	int pipes[2];

	(void)state;
	assert_int_equal(pipe(pipes), 0);
	assert_int_equal(write(pipes[1], "one\ntw", 6), 6);
	close(pipes[1]);
	l = cs_lines_open(pipes[0], NULL, 0);
	assert_int_equal(cs_lines_next(l, &line, &e), 1);
	assert_int_equal(line.len, 3);
	assert_int_equal(cs_lines_next(l, &line, &e), 1);
	assert_true(line.cut);
	assert_int_equal(cs_lines_next(l, &line, &e), 0);
	cs_lines_free(l);
	close(pipes[0]);
	l = cs_lines_open(pipes[0], NULL, 0);
	assert_int_equal(cs_lines_next(l, &line, &e), -1);
	assert_int_equal(e.code, CS_IO);
	cs_lines_free(l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_descriptor),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
