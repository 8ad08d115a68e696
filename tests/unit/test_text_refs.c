/* References as programs pass them through a pipe. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "text/refs.h"

static FILE *input(const char *s, size_t len)
{
	FILE *f = tmpfile();

	fwrite(s, 1, len, f);
	rewind(f);
	return f;
}

static void takes_the_first_field(void **state)
{
	const char text[] =
		"R20261121-0042\tx y\nR2 subject\n\nR3,closed\r\n  \t\nR4\nR6\r\n  R5  x\n";
	static const char *const wanted[] = {"R20261121-0042", "R2", "R3", "R4", "R6"};
	struct cs_texts refs = {0};
	struct cs_err e = {0};
	FILE *f = input("R1\nR1\n", 6);

	(void)state;
	assert_int_equal(cs_refs_read(f, "standard input", &refs, &e), 0);
	assert_int_equal(refs.count, 2);
	fclose(f);
	cs_texts_free(&refs);
	f = input(text, sizeof text - 1);
	assert_int_equal(cs_refs_read(f, "standard input", &refs, &e), -1);
	assert_string_equal(e.text, "standard input:8: no reference at the beginning of the line");
	assert_int_equal(refs.count, 5);
	for (size_t i = 0; i < 5; i++)
		assert_string_equal(refs.item[i], wanted[i]);
	fclose(f);
	cs_texts_free(&refs);
}

static void refuses(void **state)
{
	static const struct {
		const char *text;
		size_t len;
		const char *message;
	} cases[] = {
		{"R1\nR20261121-004", 16,
		 "in:2: the last line does not end with a newline, it may have been cut"},
		{"R1", 2, "in:1: the last line does not end with a newline, it may have been cut"},
		{"R1\n\xFF\n", 5, "in:2: byte 0xff is not UTF-8"},
		{"R1\nR2 \xE4\xBD\n", 9, "in:2: byte 0xe4 is not UTF-8"},
		{"R\0001\n", 4, "in:1: a NUL byte"},
		{"\tR1\n", 4, "in:1: no reference at the beginning of the line"},
		{",R1\n", 4, "in:1: no reference at the beginning of the line"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_texts refs = {0};
		struct cs_err e = {0};
		FILE *f = input(cases[i].text, cases[i].len);

		assert_int_equal(cs_refs_read(f, "in", &refs, &e), -1);
		assert_int_equal(e.code, CS_BADDATA);
		assert_string_equal(e.text, cases[i].message);
		fclose(f);
		cs_texts_free(&refs);
	}
}

static void lines_have_an_end(void **state)
{
	const size_t size = (1 << 20) + 2;
	char *text = cs_alloc(size);

	(void)state;
	for (size_t len = 1 << 20; len <= (1 << 20) + 1; len++) {
		struct cs_texts refs = {0};
		struct cs_err e = {0};
		FILE *f;

		memset(text, 'x', len);
		text[len] = '\n';
		f = input(text, len + 1);
		assert_int_equal(cs_refs_read(f, "in", &refs, &e), len == 1 << 20 ? 0 : -1);
		if (len > 1 << 20)
			assert_string_equal(e.text, "in:1: a line of more than 1 MiB");
		fclose(f);
		cs_texts_free(&refs);
	}
	free(text);
}

static void nothing_is_fine(void **state)
{
	struct cs_texts refs = {0};
	FILE *f = input("", 0);

	(void)state;
	assert_int_equal(cs_refs_read(f, "in", &refs, NULL), 0);
	assert_int_equal(refs.count, 0);
	fclose(f);
	cs_texts_free(&refs);
	cs_texts_free(NULL);
}

static void a_read_error_is_no_end(void **state)
{
	struct cs_texts refs = {0};
	struct cs_err e = {0};
	FILE *f = fopen("/", "r"); /* reading a directory fails */

	(void)state;
	assert_int_equal(cs_refs_read(f, "in", &refs, &e), -1);
	assert_int_equal(e.code, CS_IO);
	assert_string_equal(e.text, "in: Is a directory");
	fclose(f);
}

/* A ticket counts once, where it was named first; what is no reference stays, to be named. */
static void each_once(void **state)
{
	char *item[] = {"R20261121-0002", "x", "R20261121-0001", "r20261121-0002", "x", "Ｒ20261121-0001",
			"R20261121-0003"};
	static const size_t wanted[] = {0, 1, 2, 4, 6};
	const struct cs_texts refs = {item, sizeof item / sizeof *item, 0};
	size_t n;
	struct cs_ref *list = cs_refs_choose(&refs, &n);

	(void)state;
	assert_int_equal(n, sizeof wanted / sizeof *wanted);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(list[i].place, wanted[i]);
		assert_true((list[i].id == 0) == (item[wanted[i]][0] == 'x'));
	}
	free(list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_the_first_field),  cmocka_unit_test(refuses),
		cmocka_unit_test(lines_have_an_end),      cmocka_unit_test(nothing_is_fine),
		cmocka_unit_test(a_read_error_is_no_end), cmocka_unit_test(each_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
