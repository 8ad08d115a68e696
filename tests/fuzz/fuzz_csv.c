/* Any bytes as CSV: no crash, rows in order, fields valid, good rows survive the writer. The
   first byte chooses encoding and delimiter. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "text/csv.h"
#include "text/csv_write.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void want(int truth)
{
	if (!truth)
		abort();
}

static void read_back(const struct cs_csv_row *row, char delimiter)
{
	struct cs_buf line = {0};
	struct cs_csv *c = NULL;
	struct cs_csv_row again;

	for (size_t i = 0; i < row->count; i++) {
		if (i)
			cs_buf_putc(&line, delimiter);
		cs_csv_put(&line, row->field[i], delimiter, false);
	}
	if (!line.len)
		cs_buf_puts(&line, "\"\"");
	/* A byte order mark inside the file is data, but at its beginning it is dropped. */
	if (strncmp(line.data, "\xEF\xBB\xBF", 3) != 0) {
		cs_buf_putc(&line, '\n');
		want(cs_csv_open_text(line.data, line.len, NULL, delimiter, &c, NULL) == 0);
		want(cs_csv_next(c, &again, NULL) == 1 && !again.bad && !again.cut &&
		     again.count == row->count);
		for (size_t i = 0; i < row->count; i++)
			want(strcmp(again.field[i], row->field[i]) == 0);
		want(cs_csv_next(c, &again, NULL) == 0);
		cs_csv_free(c);
	}
	cs_buf_free(&line);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const encodings[] = {NULL, "gb18030", "UTF-16LE", "BIG5-HKSCS"};
	static const char delimiters[] = {',', ';', '\t', ' '};
	struct cs_csv *c = NULL;
	struct cs_csv_row row;
	uint64_t line = 0, byte = 0;
	char delimiter;

	if (!size)
		return 0;
	delimiter = delimiters[data[0] >> 2 & 3];
	want(cs_csv_open_text((const char *)data + 1, size - 1, encodings[data[0] & 3], delimiter,
			      &c, NULL) == 0);
	while (cs_csv_next(c, &row, NULL) == 1) {
		want(row.line > line && row.last_line >= row.line && row.byte >= byte &&
		     row.byte < size);
		line = row.last_line;
		byte = row.byte;
		want(!row.bad || (*row.bad && !row.count));
		want(row.bad || row.count > 0);
		for (size_t i = 0; i < row.count; i++) {
			want(strlen(row.field[i]) == row.length[i]);
			want(cs_utf8_check(row.field[i], row.length[i]) == row.length[i]);
		}
		if (!row.bad)
			read_back(&row, delimiter);
	}
	cs_csv_free(c);
	return 0;
}
