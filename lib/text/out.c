/* Rows of typed cells in one of five formats, checked to the last byte. */
#include "text/out.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "text/csv_write.h"

enum {
	SEND_AT = 32 * 1024, /* bytes gathered before a write */
	HELD_MAX = 1000,     /* table rows held back to find the widths */
	CELL_SIZE = 32       /* any number as text */
};

struct cs_out {
	int fd;
	struct cs_buf *to; /* instead of fd */
	enum cs_format format;
	const struct cs_column *columns;
	size_t count;
	bool writer, excel;
	bool begun;    /* header or opening bracket is out */
	bool released; /* table: widths are fixed */
	int error;     /* errno of the first failure, 0 none */
	uint64_t rows;
	struct cs_buf pending; /* whole lines, not yet written */
	char **keys;           /* JSON: "name": */
	size_t *width;         /* table */
	char **held;           /* table: cells of the rows held back, own copies */
	size_t held_rows;
};

static const char *const format_names[] = {"text", "table", "csv", "json", "jsonl"};

int cs_format_parse(const char *name, enum cs_format *out, struct cs_err *e)
{
	for (size_t i = 0; i < sizeof format_names / sizeof *format_names; i++) {
		if (strcmp(name, format_names[i]) == 0) {
			*out = (enum cs_format)i;
			return 0;
		}
	}
	return cs_fail(e, CS_USAGE, "no format '%s'; there are text, table, csv, json, jsonl",
		       name);
}

enum cs_format cs_format_default(FILE *f)
{
	return isatty(fileno(f)) ? CS_FORMAT_TABLE : CS_FORMAT_TEXT;
}

/* --- cells ---------------------------------------------------------------- */

struct cs_cell cs_cell_null(void)
{
	return (struct cs_cell){.type = CS_CELL_NULL};
}

struct cs_cell cs_cell_text(const char *s)
{
	return (struct cs_cell){.type = s ? CS_CELL_TEXT : CS_CELL_NULL, .text = s};
}

struct cs_cell cs_cell_int(int64_t v)
{
	return (struct cs_cell){.type = CS_CELL_INT, .number = v};
}

struct cs_cell cs_cell_fixed(int64_t v, int decimals)
{
	return (struct cs_cell){.type = CS_CELL_FIXED, .number = v, .decimals = decimals};
}

struct cs_cell cs_cell_bool(bool v)
{
	return (struct cs_cell){.type = CS_CELL_BOOL, .number = v};
}

struct cs_cell cs_cell_json(const char *json)
{
	return (struct cs_cell){.type = json ? CS_CELL_JSON : CS_CELL_NULL, .text = json};
}

/* Digits from the last one backwards; the text begins somewhere in buf. */
static const char *fixed_text(int64_t v, int decimals, char *buf)
{
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	/* cppcheck-suppress ctuPointerArith; every caller has CELL_SIZE */
	char *p = buf + CELL_SIZE;
	int digits = 0;

	*--p = '\0';
	do {
		*--p = (char)('0' + u % 10);
		u /= 10;
		if (++digits == decimals)
			*--p = '.';
	} while (u || digits <= decimals);
	if (v < 0)
		*--p = '-';
	return p;
}

/* The cell as plain text; buf of CELL_SIZE is for numbers. */
static const char *cell_plain(const struct cs_cell *c, char *buf)
{
	switch (c->type) {
	case CS_CELL_NULL: return "";
	case CS_CELL_TEXT:
	case CS_CELL_JSON: return c->text;
	case CS_CELL_BOOL: return c->number ? "yes" : "no";
	case CS_CELL_INT: return fixed_text(c->number, 0, buf);
	case CS_CELL_FIXED: return fixed_text(c->number, c->decimals, buf);
	}
	return "";
}

/* Appends s with control characters (C1 among them) as blanks: no value can break a
   line, add a column or steer a terminal. */
static void put_clean(struct cs_buf *b, const char *s)
{
	const char *run = s;

	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;
		bool c1 = c == 0xC2 && ((unsigned char)s[1] & 0xE0) == 0x80;

		if (c >= 0x20 && c != 0x7F && !c1)
			continue;
		cs_buf_add(b, run, (size_t)(s - run));
		cs_buf_putc(b, ' ');
		s += c1;
		run = s + 1;
	}
	cs_buf_add(b, run, (size_t)(s - run));
}

/* --- sending -------------------------------------------------------------- */

/* Writes len bytes whatever write(2) takes at a time. */
static int write_all(int fd, const char *p, size_t len)
{
	while (len) {
		ssize_t n = write(fd, p, len);
		struct pollfd ready = {.fd = fd, .events = POLLOUT};

		if (n >= 0) {
			p += n;
			len -= (size_t)n;
		} else if (errno == EAGAIN) {
			poll(&ready, 1, -1); /* another process made our terminal non-blocking */
		} else if (errno != EINTR) {
			return errno;
		}
	}
	return 0;
}

/* Sends the whole lines of what is pending; the rest too when nothing more will come. */
static void send_pending(struct cs_out *out, bool last)
{
	struct cs_buf *b = &out->pending;
	const char *end = last || !b->len ? NULL : memrchr(b->data, '\n', b->len);
	size_t len = last ? b->len : end ? (size_t)(end - b->data) + 1 : 0;

	if (!len)
		return;
	if (out->to)
		cs_buf_add(out->to, b->data, len);
	else if (!out->error)
		out->error = write_all(out->fd, b->data, len);
	b->len -= len;
	memmove(b->data, b->data + len, b->len + 1);
}

struct cs_out *cs_out_open(FILE *f, enum cs_format format, const struct cs_column *columns,
			   size_t count)
{
	struct cs_out *out = cs_alloc(sizeof *out);

	out->fd = fileno(f);
	out->format = format;
	out->columns = columns;
	out->count = count;
	if (fflush(f))
		out->error = errno;
	return out;
}

struct cs_out *cs_out_open_buf(struct cs_buf *to, enum cs_format format, const struct cs_column *columns, size_t count)
{
	struct cs_out *out = cs_alloc(sizeof *out);

	out->fd = -1;
	out->to = to;
	out->format = format;
	out->columns = columns;
	out->count = count;
	return out;
}

void cs_out_set_writer(struct cs_out *out)
{
	out->writer = true;
}

void cs_out_set_excel(struct cs_out *out)
{
	out->excel = out->format == CS_FORMAT_CSV;
}

/* --- tables --------------------------------------------------------------- */

static void put_table_cell(struct cs_out *out, size_t i, const char *s)
{
	struct cs_buf *b = &out->pending;
	size_t have = cs_utf8_width(s), pad = have < out->width[i] ? out->width[i] - have : 0;
	bool last = i + 1 == out->count, right = out->columns[i].right;

	if (last && !right)
		pad = 0;
	if (i)
		cs_buf_puts(b, "  ");
	if (right)
		cs_buf_printf(b, "%*s", (int)pad, "");
	cs_buf_puts(b, s);
	if (!right)
		cs_buf_printf(b, "%*s", (int)pad, "");
}

/* Padding at the end of a line helps nobody. */
static void end_table_line(struct cs_out *out, size_t start)
{
	struct cs_buf *b = &out->pending;

	while (b->len > start && b->data[b->len - 1] == ' ')
		b->data[--b->len] = '\0';
	cs_buf_putc(b, '\n');
	if (b->len >= SEND_AT)
		send_pending(out, false);
}

static const char *title(const struct cs_column *c)
{
	return c->title ? c->title : c->name;
}

/* Prints the header and what was held back; the widths stay as they are now. */
static void release_table(struct cs_out *out)
{
	size_t start = out->pending.len;

	out->released = true;
	for (size_t i = 0; i < out->count; i++)
		put_table_cell(out, i, title(&out->columns[i]));
	end_table_line(out, start);
	for (size_t r = 0; r < out->held_rows; r++) {
		start = out->pending.len;
		for (size_t i = 0; i < out->count; i++) {
			char *s = out->held[r * out->count + i];

			put_table_cell(out, i, s);
			free(s);
		}
		end_table_line(out, start);
	}
	out->held_rows = 0;
}

static void table_row(struct cs_out *out, const struct cs_cell *cells)
{
	struct cs_buf clean = {0};
	size_t start = out->pending.len;
	char number[CELL_SIZE];

	if (!out->released && out->held_rows == HELD_MAX) {
		release_table(out);
		start = out->pending.len;
	}
	for (size_t i = 0; i < out->count; i++) {
		size_t w;

		cs_buf_clear(&clean);
		put_clean(&clean, cell_plain(&cells[i], number));
		if (out->released) {
			put_table_cell(out, i, cs_buf_str(&clean));
			continue;
		}
		w = cs_utf8_width(cs_buf_str(&clean));
		if (w > out->width[i])
			out->width[i] = w;
		out->held[out->held_rows * out->count + i] = cs_strdup(cs_buf_str(&clean));
	}
	if (out->released)
		end_table_line(out, start);
	else
		out->held_rows++;
	cs_buf_free(&clean);
}

/* --- the other formats ---------------------------------------------------- */

static void text_row(struct cs_out *out, const struct cs_cell *cells)
{
	char number[CELL_SIZE];

	for (size_t i = 0; i < out->count; i++) {
		if (i)
			cs_buf_putc(&out->pending, '\t');
		put_clean(&out->pending, cell_plain(&cells[i], number));
	}
	cs_buf_putc(&out->pending, '\n');
}

static void csv_field(struct cs_out *out, size_t i, const char *s, bool text)
{
	if (i)
		cs_buf_putc(&out->pending, ',');
	/* An empty line would be skipped by every reader, this one included. */
	if (out->count == 1 && !*s)
		cs_buf_puts(&out->pending, "\"\"");
	else
		cs_csv_put(&out->pending, s, ',', out->excel && text);
}

static void csv_row(struct cs_out *out, const struct cs_cell *cells)
{
	char number[CELL_SIZE];

	for (size_t i = 0; i < out->count; i++)
		csv_field(out, i, cell_plain(&cells[i], number),
			  cells[i].type == CS_CELL_TEXT || cells[i].type == CS_CELL_JSON);
	cs_buf_puts(&out->pending, out->excel ? "\r\n" : "\n");
}

static void json_cell(struct cs_buf *b, const struct cs_cell *c)
{
	char number[CELL_SIZE];

	switch (c->type) {
	case CS_CELL_NULL: cs_buf_puts(b, "null"); break;
	case CS_CELL_TEXT: cs_buf_json(b, c->text); break;
	case CS_CELL_BOOL: cs_buf_puts(b, c->number ? "true" : "false"); break;
	case CS_CELL_JSON:
	case CS_CELL_INT:
	case CS_CELL_FIXED: cs_buf_puts(b, cell_plain(c, number)); break;
	}
}

static void json_row(struct cs_out *out, const struct cs_cell *cells)
{
	struct cs_buf *b = &out->pending;

	if (out->format == CS_FORMAT_JSON && out->rows)
		cs_buf_puts(b, ",\n");
	for (size_t i = 0; i < out->count; i++) {
		cs_buf_putc(b, i ? ',' : '{');
		cs_buf_puts(b, out->keys[i]);
		json_cell(b, &cells[i]);
	}
	cs_buf_putc(b, '}');
	if (out->format == CS_FORMAT_JSONL)
		cs_buf_putc(b, '\n');
}

/* --- rows ----------------------------------------------------------------- */

static void begin_json(struct cs_out *out)
{
	out->keys = cs_alloc(out->count * sizeof *out->keys);
	for (size_t i = 0; i < out->count; i++) {
		struct cs_buf key = {0};

		cs_buf_json(&key, out->columns[i].name);
		cs_buf_putc(&key, ':');
		out->keys[i] = cs_buf_take(&key);
	}
	if (out->format == CS_FORMAT_JSON)
		cs_buf_putc(&out->pending, '[');
}

static void begin(struct cs_out *out)
{
	if (out->begun)
		return;
	out->begun = true;
	switch (out->format) {
	case CS_FORMAT_TEXT: break;
	case CS_FORMAT_TABLE:
		out->width = cs_alloc(out->count * sizeof *out->width);
		out->held = cs_alloc(HELD_MAX * out->count * sizeof *out->held);
		for (size_t i = 0; i < out->count; i++)
			out->width[i] = cs_utf8_width(title(&out->columns[i]));
		break;
	case CS_FORMAT_CSV:
		if (out->excel)
			cs_buf_puts(&out->pending, "\xEF\xBB\xBF");
		for (size_t i = 0; i < out->count; i++)
			csv_field(out, i, out->columns[i].name, true);
		cs_buf_puts(&out->pending, out->excel ? "\r\n" : "\n");
		break;
	case CS_FORMAT_JSON:
	case CS_FORMAT_JSONL: begin_json(out); break;
	}
}

int cs_out_row(struct cs_out *out, const struct cs_cell *cells)
{
	if (out->error)
		return out->writer ? 0 : -1;
	begin(out);
	switch (out->format) {
	case CS_FORMAT_TEXT: text_row(out, cells); break;
	case CS_FORMAT_TABLE: table_row(out, cells); break;
	case CS_FORMAT_CSV: csv_row(out, cells); break;
	case CS_FORMAT_JSON:
	case CS_FORMAT_JSONL: json_row(out, cells); break;
	}
	out->rows++;
	if (out->pending.len >= SEND_AT)
		send_pending(out, false);
	return out->error && !out->writer ? -1 : 0;
}

void cs_out_flush(struct cs_out *out)
{
	if (out->format == CS_FORMAT_TABLE && out->held_rows && !out->released)
		release_table(out);
	send_pending(out, false);
}

int cs_out_close(struct cs_out *out, struct cs_err *e)
{
	int result = 0;

	if (!out)
		return 0;
	begin(out);
	if (out->format == CS_FORMAT_TABLE && !out->released)
		release_table(out);
	if (out->format == CS_FORMAT_JSON)
		cs_buf_puts(&out->pending, out->rows ? "\n]\n" : "]\n");
	send_pending(out, true);
	if (out->error)
		result = cs_fail(e, CS_IO, "output: %s",
				 out->error == EPIPE ? "nobody reads it any more"
						     : strerror(out->error));
	for (size_t i = 0; out->keys && i < out->count; i++)
		free(out->keys[i]);
	free(out->keys);
	free(out->width);
	free(out->held);
	cs_buf_free(&out->pending);
	free(out);
	return result;
}
