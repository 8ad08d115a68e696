/* CSV: good rows, bad rows with their place, and what is read after them. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
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
#include "base/mem.h"
#include "text/csv.h"

/* Every row as "LINE[-LAST]@BYTE:field|field|" or "LINE…@BYTE!reason", '~' behind a cut one. */
static char *transcript(struct cs_csv *c)
{
	struct cs_buf b = {0};
	struct cs_csv_row row;
	struct cs_err e = {0};
	int got;

	while ((got = cs_csv_next(c, &row, &e)) > 0) {
		cs_buf_int(&b, (int64_t)row.line);
		if (row.last_line != row.line)
			cs_buf_int(&b, -(int64_t)row.last_line);
		cs_buf_putc(&b, '@');
		cs_buf_int(&b, (int64_t)row.byte);
		if (row.bad)
			cs_buf_printf(&b, "!%s", row.bad);
		else
			cs_buf_putc(&b, ':');
		for (size_t i = 0; i < row.count; i++) {
			assert_int_equal(row.length[i], strlen(row.field[i]));
			cs_buf_printf(&b, "%s|", row.field[i]);
		}
		cs_buf_puts(&b, row.cut ? "~\n" : "\n");
	}
	assert_int_equal(got, 0);
	assert_int_equal(cs_csv_next(c, &row, &e), 0); /* the end stays the end */
	return cs_buf_take(&b);
}

static char *read_text(const char *s, size_t len, const char *encoding, char delimiter)
{
	struct cs_csv *c = NULL;
	struct cs_err e = {0};
	char *got;

	if (cs_csv_open_text(s, len, encoding, delimiter, &c, &e))
		fail_msg("%s", e.text);
	got = transcript(c);
	cs_csv_free(c);
	return got;
}

struct one {
	const char *text;
	size_t len; /* 0: strlen */
	const char *wanted;
};

static void run(const struct one *cases, size_t n, const char *encoding, char delimiter)
{
	for (size_t i = 0; i < n; i++) {
		size_t len = cases[i].len ? cases[i].len : strlen(cases[i].text);
		char *got = read_text(cases[i].text, len, encoding, delimiter);

		if (strcmp(got, cases[i].wanted) != 0)
			fail_msg("case %zu: wanted\n%sgot\n%s", i, cases[i].wanted, got);
		free(got);
	}
}

static void good_rows(void **state)
{
	static const struct one cases[] = {
		{"", 0, ""},
		{"\n\n\r\n", 0, ""},
		{"\xEF\xBB\xBF", 0, ""},
		{"a,b\n1,2\n", 0, "1@0:a|b|\n2@4:1|2|\n"},
		{"a,b\r\n1,2\r\n", 0, "1@0:a|b|\n2@5:1|2|\n"},
		{"\xEF\xBB\xBF"
		 "a,b\n",
		 0, "1@3:a|b|\n"},
		{"\xEF\xBB\xBF\"a\",b\n", 0, "1@3:a|b|\n"},
		{"\n\na\n\r\n\nb\n", 0, "3@2:a|\n6@7:b|\n"}, /* blank lines count */
		{",\n", 0, "1@0:||\n"},
		{"\"\"\n", 0, "1@0:|\n"},
		{"\"\",,\"\"\n", 0, "1@0:|||\n"},
		{" a , b \n\t\n", 0, "1@0: a | b |\n2@8:\t|\n"}, /* blanks stay */
		{"\" a \"\n", 0, "1@0: a |\n"},
		{"\"a,\"\"b\"\"\nc\",d\ne\n", 0, "1-2@0:a,\"b\"\nc|d|\n3@14:e|\n"},
		{"\"a\r\nb\"\r\nc\r\n", 0, "1-2@0:a\r\nb|\n3@8:c|\n"},
		{"\"a\rb\"\nc\n", 0, "1@0:a\rb|\n2@6:c|\n"},
		{"\"\n\n\"\nx\n", 0,
		 "1-3@0:\n\n|\n4@5:x|\n"}, /* blank lines inside quotes are data */
		{"漏水,厨房\n", 0, "1@0:漏水|厨房|\n"},
		{"a;b\n", 0, "1@0:a;b|\n"},
	};

	(void)state;
	run(cases, sizeof cases / sizeof *cases, NULL, ',');
	run(cases, sizeof cases / sizeof *cases, "utf-8", ',');
}

static void the_end_of_the_file(void **state)
{
	static const struct one cases[] = {
		{"a,b\n1,2", 0, "1@0:a|b|\n2@4:1|2|~\n"},
		{"a,b\n1,", 0, "1@0:a|b|\n2@4:1||~\n"},
		{"a\n\"b\"", 0, "1@0:a|\n2@2:b|~\n"},
		{"a\nb\r", 0, "1@0:a|\n2@2:b|~\n"},
		{"a\n ", 0, "1@0:a|\n2@2: |~\n"},
		{"a\nb\xE6\xBC", 0,
		 "1@0:a|\n2@2!byte 3 (0xe6) is not UTF-8; is it another encoding?~\n"},
		{"a,b\n1,2\nx,\"y\nz,3\n", 0,
		 "1@0:a|b|\n2@4:1|2|\n3-4@10!the quoted field that begins here never ends: "
		 "nothing from here on was read\n"},
		{"a\n\"x\"\"y\",\"b\nc,\"\"\nd", 0,
		 "1@0:a|\n2-4@9!the quoted field that begins here never ends: nothing from "
		 "here on was read~\n"},
		{"\"a\nb\",\"c\n", 0,
		 "2@6!the quoted field that begins here never ends: nothing from here on was "
		 "read\n"},
		{"\"", 0,
		 "1@0!the quoted field that begins here never ends: nothing from here on was "
		 "read~\n"},
	};

	(void)state;
	run(cases, sizeof cases / sizeof *cases, NULL, ',');
}

static void bad_rows_do_not_stop_it(void **state)
{
	static const struct one cases[] = {
		{"a\0b\nc\n", 6, "1@0!byte 1 is NUL\n2@4:c|\n"},
		{"a\n\"x\0\ny\",z\nc\n", 13,
		 "1@0:a|\n2-3@2!byte 4 is NUL (lines 2 to 3 are left out)\n4@11:c|\n"},
		{"a\n\xCE\xCA,x\nc\n", 0,
		 "1@0:a|\n2@2!byte 2 (0xce) is not UTF-8; is it another encoding?\n3@7:c|\n"},
		{"a\rb\nc\n", 0, "1@0!line 1: a carriage return without newline\n2@4:c|\n"},
		{"a\r\r\nc\n", 0, "1@0!line 1: a carriage return without newline\n2@4:c|\n"},
		{"\ra\nc\n", 0, "1@0!line 1: a carriage return without newline\n2@3:c|\n"},
		{"\r\r\nc\n", 0, "1@0!line 1: a carriage return without newline\n2@3:c|\n"},
		{"a\rb\rc\r", 0, "1@0!line 1: a carriage return without newline~\n"},
		{"\"a\"\rb\nc\n", 0, "1@0!line 1: a carriage return without newline\n2@6:c|\n"},
		{"5\" pipe,x\nc\n", 0,
		 "1@0!line 1: a quote inside a field that does not begin with one\n2@10:c|\n"},
		{"a, \"b\"\nc\n", 0,
		 "1@0!line 1: a quote inside a field that does not begin with one\n2@7:c|\n"},
		{"\"a\"b,x\nc\n", 0,
		 "1@0!line 1: text behind a closing quote (a quote inside quotes is written "
		 "twice)\n2@7:c|\n"},
		{"\"a\" ,x\nc\n", 0,
		 "1@0!line 1: text behind a closing quote (a quote inside quotes is written "
		 "twice)\n2@7:c|\n"},
		{"a\n\"b\nc,\"d\"\ne\n", 0,
		 "1@0:a|\n2-3@2!line 3: text behind a closing quote (a quote inside quotes is "
		 "written twice)"
		 " (lines 2 to 3 are left out)\n4@11:e|\n"},
		/* the first fault is told, and the row ends where it ends */
		{"\xFF,\"a\0\nb\"\nc\n", 11,
		 "1-2@0!byte 0 (0xff) is not UTF-8; is it another encoding? (lines 1 to 2 are "
		 "left out)\n3@9:c|\n"},
	};

	(void)state;
	run(cases, sizeof cases / sizeof *cases, NULL, ',');
}

static void other_encodings(void **state)
{
	static const struct one gb[] = {
		{"id,\xCE\xCA\xCC\xE2\n1,\xC2\xA9\xCB\xAE\n", 0, "1@0:id|问题|\n2@8:1|漏水|\n"},
		{"1,\xC2\xA9\n2,漏\n3,\xC2\xA9\n", 0,
		 "1@0:1|漏|\n2@5!byte 9 is not gb18030\n3@11:3|漏|\n"
		 ""}, /* one row in UTF-8 among the others */
		{"\x84\x31\x95\x33"
		 "a\n",
		 0, "1@0:a|\n"},
	};
	static const struct one wide[] = {
		{"\xFF\xFE", 2, ""},
		{"\xFF\xFE"
		 "a\0,\0b\0\r\0\n\0\n\0\"\0\x0F\x6F\n\0\"\0\n\0",
		 24, "1@0:a|b|\n3-4@14:漏\n|\n"},
	};

	(void)state;
	run(gb, sizeof gb / sizeof *gb, "gb18030", ',');
	run(wide, sizeof wide / sizeof *wide, "UTF-16LE", ',');
}

static void other_delimiters(void **state)
{
	static const struct one tab[] = {{"a\tb,c\t\n\t\n", 0, "1@0:a|b,c||\n2@7:||\n"}};
	static const struct one semicolon[] = {{"a;\"b;c\"\n", 0, "1@0:a|b;c|\n"}};
	static const char bad[] = {'"', '\n', '\r', '\0', '\x7F', (char)0xE6};
	struct cs_csv *c = NULL;
	struct cs_err e = {0};

	(void)state;
	run(tab, 1, NULL, '\t');
	run(semicolon, 1, NULL, ';');
	for (size_t i = 0; i < sizeof bad; i++) {
		assert_int_equal(cs_csv_open_text("", 0, NULL, bad[i], &c, &e), -1);
		assert_int_equal(e.code, CS_USAGE);
	}
	assert_int_equal(cs_csv_open_text("", 0, "klingon", ',', &c, &e), -1);
	assert_int_equal(e.code, CS_USAGE);
	cs_csv_free(NULL);
}

/* Fields around the limit, also with rows behind them, on one line and on several. */
static void long_fields(void **state)
{
	static const size_t sizes[] = {(1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20};

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		for (int many_lines = 0; many_lines <= 1; many_lines++) {
			struct cs_buf b = {0};
			struct cs_csv *c = NULL;
			struct cs_csv_row row;
			bool good = sizes[i] <= 1 << 20;

			cs_buf_puts(&b, "a,\"");
			for (size_t k = 0; k < sizes[i]; k++)
				cs_buf_putc(&b, many_lines && k % 100 == 0 ? '\n' : 'x');
			cs_buf_puts(&b, "\"\nb,c\n");
			assert_int_equal(cs_csv_open_text(b.data, b.len, NULL, ',', &c, NULL), 0);
			assert_int_equal(cs_csv_next(c, &row, NULL), 1);
			assert_int_equal(row.bad == NULL, good);
			if (good)
				assert_int_equal(row.length[1], sizes[i]);
			else
				assert_memory_equal(row.bad, "a field of more than 1 MiB", 26);
			assert_int_equal(cs_csv_next(c, &row, NULL), 1);
			assert_null(row.bad);
			assert_string_equal(row.field[1], "c");
			assert_int_equal(row.byte, b.len - 4);
			assert_int_equal(row.line, 2 + (many_lines ? (sizes[i] + 99) / 100 : 0));
			assert_int_equal(cs_csv_next(c, &row, NULL), 0);
			cs_csv_free(c);
			cs_buf_free(&b);
		}
	}
}

static void long_rows(void **state)
{
	struct cs_buf b = {0};
	struct cs_csv *c = NULL;
	struct cs_csv_row row;

	(void)state;
	for (size_t i = 0; i < 600000; i++)
		cs_buf_putc(&b, ',');
	cs_buf_puts(&b, "\nb\n");
	assert_int_equal(cs_csv_open_text(b.data, b.len, NULL, ',', &c, NULL), 0);
	assert_int_equal(cs_csv_next(c, &row, NULL), 1);
	assert_string_equal(row.bad, "a row of more than 8 MiB");
	assert_int_equal(cs_csv_next(c, &row, NULL), 1);
	assert_string_equal(row.field[0], "b");
	cs_csv_free(c);
	cs_buf_free(&b);
}

/* CRLF, characters and quotes fall on every place of a block's end. */
static void block_edges(void **state)
{
	static const char tail[] = "漏\",\"\"\"y\"\r\n厨,房\r\n";

	(void)state;
	for (size_t shift = 0; shift < sizeof tail; shift++) {
		struct cs_buf b = {0};
		struct cs_csv *c = NULL;
		struct cs_csv_row row;
		size_t fill = 256 * 1024 - 1 - shift;

		cs_buf_putc(&b, '"');
		for (size_t i = 0; i < fill; i++)
			cs_buf_putc(&b, 'x');
		cs_buf_puts(&b, tail);
		assert_int_equal(cs_csv_open_text(b.data, b.len, NULL, ',', &c, NULL), 0);
		assert_int_equal(cs_csv_next(c, &row, NULL), 1);
		if (row.bad)
			fail_msg("shift %zu: %s", shift, row.bad);
		assert_int_equal(row.count, 2);
		assert_int_equal(row.length[0], fill + 3);
		assert_string_equal(row.field[0] + fill, "漏");
		assert_string_equal(row.field[1], "\"y");
		assert_int_equal(row.raw_len, fill + 11);
		assert_int_equal(cs_csv_next(c, &row, NULL), 1);
		assert_string_equal(row.field[1], "房");
		assert_int_equal(row.line, 2);
		assert_int_equal(cs_csv_next(c, &row, NULL), 0);
		cs_csv_free(c);
		cs_buf_free(&b);
	}
}

static void raw_text_of_rows(void **state)
{
	static const char text[] = "a,b\r\n\"x\ny\",z\n\"p\"q\nlast";
	static const char *const wanted[] = {"a,b", "\"x\ny\",z", "\"p\"q", "last"};
	struct cs_csv *c = NULL;
	struct cs_csv_row row;

	(void)state;
	assert_int_equal(cs_csv_open_text(text, sizeof text - 1, NULL, ',', &c, NULL), 0);
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(cs_csv_next(c, &row, NULL), 1);
		assert_int_equal(row.raw_len, strlen(wanted[i]));
		assert_memory_equal(row.raw, wanted[i], row.raw_len);
	}
	assert_int_equal(cs_csv_next(c, &row, NULL), 0);
	cs_csv_free(c);
}

/* A pipe that gives one byte at a time. */
static void reads_from_descriptors(void **state)
{
	static const char text[] = "\xEF\xBB\xBF" "a,漏\r\n\"b\nc\",d\r\n";
	struct cs_csv *c = NULL;
	struct cs_err e = {0};
	struct cs_csv_row row;
	int fd[2];
	char *got;

	(void)state;
	assert_int_equal(pipe(fd), 0);
	if (fork() == 0) {
		for (size_t i = 0; i < sizeof text - 1; i++)
			if (write(fd[1], text + i, 1) != 1)
				_exit(1);
		_exit(0);
	}
	close(fd[1]);
	assert_int_equal(cs_csv_open(fd[0], NULL, ',', &c, &e), 0);
	got = transcript(c);
	assert_string_equal(got, "1@3:a|漏|\n2-3@10:b\nc|d|\n");
	free(got);
	cs_csv_free(c);
	close(fd[0]);
	fd[0] = open("/", O_RDONLY);
	assert_int_equal(cs_csv_open(fd[0], NULL, ',', &c, &e), 0);
	assert_int_equal(cs_csv_next(c, &row, &e), -1);
	assert_int_equal(e.code, CS_IO);
	assert_string_equal(e.text, strerror(EISDIR));
	cs_csv_free(c);
	close(fd[0]);
}

/* --- csv-spectrum --------------------------------------------------------- */

static struct cs_json *load_json(const char *path)
{
	struct cs_buf b = {0};
	struct cs_json *doc = NULL;
	struct cs_err e = {0};
	char part[4096];
	FILE *f = fopen(path, "rb");
	size_t n;

	assert_non_null(f);
	while ((n = fread(part, 1, sizeof part, f)) > 0)
		cs_buf_add(&b, part, n);
	fclose(f);
	if (cs_json_parse(b.data, b.len, &doc, &e))
		fail_msg("%s: %s", path, e.text);
	cs_buf_free(&b);
	return doc;
}

/* The first row names the members of the objects that the other rows are. */
static void compare(struct cs_csv *c, const struct cs_json *doc, const char *name)
{
	const struct cs_json_node *object = cs_json_first(cs_json_root(doc));
	struct cs_csv_row row;
	char *head[32];
	size_t columns;

	assert_int_equal(cs_csv_next(c, &row, NULL), 1);
	columns = row.count;
	for (size_t i = 0; i < columns; i++)
		head[i] = cs_strdup(row.field[i]);
	for (; object; object = cs_json_next(object)) {
		assert_int_equal(cs_csv_next(c, &row, NULL), 1);
		if (row.bad)
			fail_msg("%s: %s", name, row.bad);
		assert_int_equal(row.count, columns);
		assert_int_equal(cs_json_count(object), columns);
		for (size_t i = 0; i < columns; i++)
			assert_string_equal(row.field[i],
					    cs_json_text(cs_json_get(object, head[i])));
	}
	assert_int_equal(cs_csv_next(c, &row, NULL), 0);
	for (size_t i = 0; i < columns; i++)
		free(head[i]);
}

static void csv_spectrum(void **state)
{
	const char *data = getenv("CS_REAL_DATA");
	char path[1024];
	size_t files = 0;
	struct dirent *entry;
	DIR *dir;

	(void)state;
	if (!data)
		skip();
	snprintf(path, sizeof path, "%s/csv-spectrum/csvs", data);
	dir = opendir(path);
	assert_non_null(dir);
	while ((entry = readdir(dir)) != NULL) {
		size_t stem = strcspn(entry->d_name, ".");
		struct cs_csv *c = NULL;
		struct cs_json *doc;
		int fd;

		if (!stem)
			continue;
		snprintf(path, sizeof path, "%s/csv-spectrum/json/%.*s.json", data, (int)stem,
			 entry->d_name);
		doc = load_json(path);
		snprintf(path, sizeof path, "%s/csv-spectrum/csvs/%s", data, entry->d_name);
		fd = open(path, O_RDONLY);
		assert_int_equal(cs_csv_open(fd, NULL, ',', &c, NULL), 0);
		compare(c, doc, entry->d_name);
		cs_csv_free(c);
		cs_json_free(doc);
		close(fd);
		files++;
	}
	closedir(dir);
	assert_true(files >= 11);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_rows),
		cmocka_unit_test(the_end_of_the_file),
		cmocka_unit_test(bad_rows_do_not_stop_it),
		cmocka_unit_test(other_encodings),
		cmocka_unit_test(other_delimiters),
		cmocka_unit_test(long_fields),
		cmocka_unit_test(long_rows),
		cmocka_unit_test(block_edges),
		cmocka_unit_test(raw_text_of_rows),
		cmocka_unit_test(reads_from_descriptors),
		cmocka_unit_test(csv_spectrum),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
