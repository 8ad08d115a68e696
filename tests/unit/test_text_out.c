/* The five output formats, and output that fails. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/json.h"
#include "text/out.h"

static const struct cs_column columns[] = {
	{.name = "ref"},
	{.name = "subject", .title = "主题"},
	{.name = "n", .right = true},
	{.name = "rate", .right = true},
	{.name = "ok"},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static char *slurp(FILE *f)
{
	struct cs_buf b = {0};
	int c;

	rewind(f);
	while ((c = getc(f)) != EOF)
		cs_buf_putc(&b, (char)c);
	fclose(f);
	return cs_buf_take(&b);
}

static void two_rows(struct cs_out *out)
{
	const struct cs_cell a[COLUMNS] = {cs_cell_text("R1"), cs_cell_text("漏水\t厨房\n"),
					   cs_cell_int(-5), cs_cell_fixed(953, 1),
					   cs_cell_bool(true)};
	const struct cs_cell b[COLUMNS] = {cs_cell_text("R22"), cs_cell_text("=a,\"b\""),
					   cs_cell_null(), cs_cell_fixed(-5, 2),
					   cs_cell_bool(false)};

	assert_int_equal(cs_out_row(out, a), 0);
	assert_int_equal(cs_out_row(out, b), 0);
}

static void prints_every_format(void **state)
{
	static const struct {
		enum cs_format format;
		bool excel;
		const char *none, *two;
	} cases[] = {
		{CS_FORMAT_TEXT, false, "",
		 "R1\t漏水 厨房 \t-5\t95.3\tyes\nR22\t=a,\"b\"\t\t-0.05\tno\n"},
		{CS_FORMAT_TABLE, false, "ref  主题  n  rate  ok\n",
		 "ref  主题         n   rate  ok\n"
		 "R1   漏水 厨房   -5   95.3  yes\n"
		 "R22  =a,\"b\"          -0.05  no\n"},
		{CS_FORMAT_CSV, false, "ref,subject,n,rate,ok\n",
		 "ref,subject,n,rate,ok\nR1,\"漏水\t厨房\n\",-5,95.3,yes\n"
		 "R22,\"=a,\"\"b\"\"\",,-0.05,no\n"},
		{CS_FORMAT_CSV, true, "\xEF\xBB\xBFref,subject,n,rate,ok\r\n",
		 "\xEF\xBB\xBFref,subject,n,rate,ok\r\nR1,\"漏水\t厨房\n\",-5,95.3,yes\r\n"
		 "R22,\"'=a,\"\"b\"\"\",,-0.05,no\r\n"},
		{CS_FORMAT_JSON, false, "[]\n",
		 "[{\"ref\":\"R1\",\"subject\":\"漏水\\t厨房\\n\","
		 "\"n\":-5,\"rate\":95.3,\"ok\":true},\n"
		 "{\"ref\":\"R22\",\"subject\":\"=a,\\\"b\\\"\","
		 "\"n\":null,\"rate\":-0.05,\"ok\":false}\n]\n"},
		{CS_FORMAT_JSONL, true, "",
		 "{\"ref\":\"R1\",\"subject\":\"漏水\\t厨房\\n\","
		 "\"n\":-5,\"rate\":95.3,\"ok\":true}\n"
		 "{\"ref\":\"R22\",\"subject\":\"=a,\\\"b\\\"\","
		 "\"n\":null,\"rate\":-0.05,\"ok\":false}\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		for (int rows = 0; rows <= 2; rows += 2) {
			FILE *f = tmpfile();
			struct cs_out *out = cs_out_open(f, cases[i].format, columns, COLUMNS);
			struct cs_err e = {0};
			char *got;

			if (cases[i].excel)
				cs_out_set_excel(out);
			if (rows)
				two_rows(out);
			assert_int_equal(cs_out_close(out, &e), 0);
			got = slurp(f);
			assert_string_equal(got, rows ? cases[i].two : cases[i].none);
			free(got);
		}
	}
}

static void neutralises_cells_for_spreadsheets(void **state)
{
	static const char *const plain[] = {"=1+1", "+1",  "-1",  "@x", "\tx",
					    "\rx",  "a=b", "'=x", ""};
	static const char *const wanted[] = {"'=1+1",    "'+1", "'-1", "'@x", "\"'\tx\"",
					     "\"'\rx\"", "a=b", "'=x", "\"\""};
	const struct cs_column one = {.name = "c"};

	(void)state;
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
		FILE *f = tmpfile();
		struct cs_out *out = cs_out_open(f, CS_FORMAT_CSV, &one, 1);
		struct cs_cell cell = cs_cell_text(plain[i]);
		char line[64], *got;

		cs_out_set_excel(out);
		cs_out_row(out, &cell);
		assert_int_equal(cs_out_close(out, NULL), 0);
		got = slurp(f);
		snprintf(line, sizeof line, "\xEF\xBB\xBF" "c\r\n%s\r\n", wanted[i]);
		assert_string_equal(got, line);
		free(got);
	}
}

static void numbers_as_text(void **state)
{
	static const struct {
		int64_t v;
		int decimals;
		const char *wanted;
	} cases[] = {
		{0, 0, "0"}, {0, 2, "0.00"}, {5, 1, "0.5"}, {-5, 3, "-0.005"}, {1000, 3, "1.000"},
		{INT64_MAX, 0, "9223372036854775807"}, {INT64_MIN, 0, "-9223372036854775808"},
		{INT64_MIN, 18, "-9.223372036854775808"}, {7, 18, "0.000000000000000007"},
	};
	const struct cs_column one = {.name = "c"};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		FILE *f = tmpfile();
		struct cs_out *out = cs_out_open(f, CS_FORMAT_TEXT, &one, 1);
		struct cs_cell cell = cs_cell_fixed(cases[i].v, cases[i].decimals);
		char *got;

		cs_out_row(out, &cell);
		cs_out_close(out, NULL);
		got = slurp(f);
		assert_memory_equal(got, cases[i].wanted, strlen(cases[i].wanted));
		assert_string_equal(got + strlen(cases[i].wanted), "\n");
		free(got);
	}
}

/* No value can break a line or steer a terminal. */
static void text_has_no_control_characters(void **state)
{
	const struct cs_column two[] = {{.name = "a"}, {.name = "b"}};
	const struct cs_cell cells[] = {cs_cell_text("a\x1B[2J\x7F\r\n\tb"), cs_cell_text("\xC2\x9B"
											  "31mé")};
	FILE *f = tmpfile();
	struct cs_out *out = cs_out_open(f, CS_FORMAT_TEXT, two, 2);
	char *got;

	(void)state;
	cs_out_row(out, cells);
	cs_out_close(out, NULL);
	got = slurp(f);
	assert_string_equal(got, "a [2J    b\t 31mé\n");
	free(got);
}

static void long_tables_keep_the_widths_of_the_first_rows(void **state)
{
	const struct cs_column two[] = {{.name = "a"}, {.name = "b"}};
	FILE *f = tmpfile();
	struct cs_out *out = cs_out_open(f, CS_FORMAT_TABLE, two, 2);
	struct cs_cell wide[] = {cs_cell_text("1234567"), cs_cell_text("x")};
	struct cs_cell middle[] = {cs_cell_text("12345"), cs_cell_text("x")};
	struct cs_cell narrow[] = {cs_cell_text("123"), cs_cell_text("x")};
	char *got, *line;
	size_t lines = 0;

	(void)state;
	for (int i = 0; i < 999; i++)
		cs_out_row(out, narrow);
	cs_out_row(out, middle);
	cs_out_row(out, wide);
	cs_out_row(out, narrow);
	cs_out_close(out, NULL);
	got = slurp(f);
	for (line = strtok(got, "\n"); line; line = strtok(NULL, "\n"), lines++)
		assert_string_equal(line, lines == 0      ? "a      b"
					  : lines == 1000 ? "12345  x"
					  : lines == 1001 ? "1234567  x"
							  : "123    x");
	assert_int_equal(lines, 1003);
	free(got);
}

static void json_stays_json_whatever_the_size(void **state)
{
	FILE *f = tmpfile();
	struct cs_out *out = cs_out_open(f, CS_FORMAT_JSON, columns, COLUMNS);
	struct cs_json *doc = NULL;
	struct cs_err e = {0};
	char *got;

	(void)state;
	for (int i = 0; i < 3000; i++) {
		two_rows(out);
		if (i % 700 == 0)
			cs_out_flush(out);
	}
	assert_int_equal(cs_out_close(out, &e), 0);
	got = slurp(f);
	assert_int_equal(cs_json_parse(got, strlen(got), &doc, &e), 0);
	assert_int_equal(cs_json_count(cs_json_root(doc)), 6000);
	cs_json_free(doc);
	free(got);
}

static void embeds_json(void **state)
{
	const struct cs_column two[] = {{.name = "a"}, {.name = "b"}};
	const struct cs_cell cells[] = {cs_cell_json("{\"x\":[1]}"), cs_cell_json(NULL)};
	FILE *f = tmpfile();
	struct cs_out *out = cs_out_open(f, CS_FORMAT_JSONL, two, 2);
	char *got;

	(void)state;
	cs_out_row(out, cells);
	cs_out_close(out, NULL);
	got = slurp(f);
	assert_string_equal(got, "{\"a\":{\"x\":[1]},\"b\":null}\n");
	free(got);
}

/* A pipe hands over what one write gave: every piece must end with a newline. */
static void writes_whole_lines(void **state)
{
	static const enum cs_format formats[] = {CS_FORMAT_TEXT, CS_FORMAT_CSV, CS_FORMAT_JSON,
						 CS_FORMAT_JSONL, CS_FORMAT_TABLE};
	static char piece[1 << 17];

	(void)state;
	for (size_t k = 0; k < sizeof formats / sizeof *formats; k++) {
		struct cs_out *out;
		ssize_t n;
		FILE *f;
		int fd[2];

		assert_int_equal(pipe(fd), 0);
		assert_int_equal(fcntl(fd[0], F_SETFL, O_NONBLOCK), 0);
		f = fdopen(fd[1], "w");
		out = cs_out_open(f, formats[k], columns, COLUMNS);
		for (int i = 0; i < 2000; i++) {
			two_rows(out);
			n = read(fd[0], piece, sizeof piece);
			if (n < 0)
				assert_int_equal(errno, EAGAIN);
			else
				assert_true(n > 0 && piece[n - 1] == '\n');
		}
		cs_out_flush(out);
		n = read(fd[0], piece, sizeof piece);
		assert_true(n > 0 && piece[n - 1] == '\n');
		assert_int_equal(cs_out_close(out, NULL), 0);
		fclose(f);
		close(fd[0]);
	}
}

static void full_disk_is_an_error(void **state)
{
	static const enum cs_format formats[] = {CS_FORMAT_TEXT, CS_FORMAT_TABLE, CS_FORMAT_CSV,
						 CS_FORMAT_JSON, CS_FORMAT_JSONL};

	(void)state;
	for (size_t k = 0; k < sizeof formats / sizeof *formats; k++) {
		FILE *f = fopen("/dev/full", "w");
		struct cs_out *out = cs_out_open(f, formats[k], columns, COLUMNS);
		struct cs_err e = {0};

		two_rows(out);
		assert_int_equal(cs_out_close(out, &e), -1);
		assert_int_equal(e.code, CS_IO);
		assert_string_equal(e.text, "output: No space left on device");
		fclose(f);
	}
}

static struct cs_out *open_broken_pipe(FILE **f)
{
	int fd[2];

	assert_int_equal(pipe(fd), 0);
	close(fd[0]);
	*f = fdopen(fd[1], "w");
	return cs_out_open(*f, CS_FORMAT_TEXT, columns, COLUMNS);
}

/* Design section 7: readers may stop, writers finish their work first. */
static void closed_pipe_stops_readers_not_writers(void **state)
{
	const struct cs_cell row[COLUMNS] = {cs_cell_text("R1"), cs_cell_null(), cs_cell_null(),
					     cs_cell_null(), cs_cell_null()};

	(void)state;
	signal(SIGPIPE, SIG_IGN);
	for (int writer = 0; writer <= 1; writer++) {
		FILE *f = NULL;
		struct cs_out *out = open_broken_pipe(&f);
		struct cs_err e = {0};

		if (writer)
			cs_out_set_writer(out);
		assert_int_equal(cs_out_row(out, row), 0);
		cs_out_flush(out);
		assert_int_equal(cs_out_row(out, row), writer ? 0 : -1);
		assert_int_equal(cs_out_close(out, &e), -1);
		assert_int_equal(e.code, CS_IO);
		assert_string_equal(e.text, "output: nobody reads it any more");
		fclose(f);
	}
	signal(SIGPIPE, SIG_DFL);
}

static void names_of_formats(void **state)
{
	enum cs_format format = CS_FORMAT_TEXT;
	struct cs_err e = {0};
	FILE *f = tmpfile();

	(void)state;
	assert_int_equal(cs_format_parse("jsonl", &format, &e), 0);
	assert_int_equal(format, CS_FORMAT_JSONL);
	assert_int_equal(cs_format_parse("xml", &format, &e), -1);
	assert_int_equal(e.code, CS_USAGE);
	assert_int_equal(cs_format_default(f), CS_FORMAT_TEXT);
	fclose(f);
	assert_int_equal(cs_out_close(NULL, NULL), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prints_every_format),
		cmocka_unit_test(neutralises_cells_for_spreadsheets),
		cmocka_unit_test(numbers_as_text),
		cmocka_unit_test(text_has_no_control_characters),
		cmocka_unit_test(long_tables_keep_the_widths_of_the_first_rows),
		cmocka_unit_test(json_stays_json_whatever_the_size),
		cmocka_unit_test(embeds_json),
		cmocka_unit_test(writes_whole_lines),
		cmocka_unit_test(full_disk_is_an_error),
		cmocka_unit_test(closed_pipe_stops_readers_not_writers),
		cmocka_unit_test(names_of_formats),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
