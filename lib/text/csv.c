/* CSV read row by row (the sole user of libcsv). libcsv cannot stop after a row, so it gets the
   file line by line: each call then ends at most one row. */
#include "text/csv.h"

#include <csv.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "text/encoding.h"
#include "text/process.h"

enum {
	BLOCK = 256 * 1024, /* read at a time; a longer line is taken in parts */
	FIELD_COST = 16,
	ENTRY_STEP = 64 * 1024
};

/* A physical line, or the part of one that fits in a block; decoded. */
struct piece {
	const char *s;
	size_t len;
	uint64_t byte; /* of its beginning in the file */
	size_t used;   /* bytes of the file */
	bool whole;    /* ends with the newline */
	size_t bad;    /* offset in the file's bytes of the first illegal sequence, or SIZE_MAX */
};

struct cs_csv {
	int fd; /* -1: text */
	const char *text;
	size_t text_len;
	char delimiter;
	struct cs_decoder *decoder; /* NULL: UTF-8, taken as it is */
	struct cs_buf decoded;
	struct csv_parser parser;

	char *block;
	size_t start, end; /* what is left of the block */
	bool eof;
	uint64_t byte, line; /* of block[start] */

	struct cs_buf data; /* the fields of the row, each with its NUL */
	size_t *offset, *length;
	const char **field;
	size_t count, size, cost;
	struct cs_buf raw; /* the row's earlier pieces */
	bool in_row, ended, ended_by_cr, misread;
	char bad[256];
};

/* --- libcsv's side -------------------------------------------------------- */

static int never_space(unsigned char c)
{
	(void)c;
	return 0;
}

static void set_bad(struct cs_csv *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The first fault of a row is the one to tell. */
static void set_bad(struct cs_csv *c, const char *fmt, ...)
{
	va_list ap;

	if (*c->bad)
		return;
	va_start(ap, fmt);
	vsnprintf(c->bad, sizeof c->bad, fmt, ap);
	va_end(ap);
}

static void take_field(void *s, size_t len, void *reader)
{
	struct cs_csv *c = reader;

	c->cost += len + FIELD_COST;
	if (len > CS_CSV_FIELD_MAX)
		set_bad(c, "a field of more than 1 MiB");
	if (c->cost > CS_CSV_ROW_MAX)
		set_bad(c, "a row of more than 8 MiB");
	if (*c->bad)
		return;
	if (c->count == c->size) {
		c->size = c->size ? c->size * 2 : 32;
		c->offset = cs_realloc(c->offset, c->size * sizeof *c->offset);
		c->length = cs_realloc(c->length, c->size * sizeof *c->length);
		c->field = cs_realloc(c->field, c->size * sizeof *c->field);
	}
	c->offset[c->count] = c->data.len;
	c->length[c->count++] = len;
	cs_buf_add(&c->data, s, len);
	c->data.len++; /* the NUL that is there already */
}

static void end_row(int terminator, void *reader)
{
	struct cs_csv *c = reader;

	c->ended = true;
	c->ended_by_cr = terminator == CSV_CR;
}

static void start_parser(struct cs_csv *c)
{
	csv_init(&c->parser, CSV_STRICT | CSV_STRICT_FINI);
	csv_set_delim(&c->parser, (unsigned char)c->delimiter);
	csv_set_space_func(&c->parser, never_space);
	csv_set_realloc_func(&c->parser, cs_realloc);
	csv_set_free_func(&c->parser, free);
	csv_set_blk_size(&c->parser, ENTRY_STEP);
}

/* --- open and close ------------------------------------------------------- */

static struct cs_csv *open_reader(const char *encoding, char delimiter, struct cs_err *e)
{
	struct cs_csv *c = NULL;
	struct cs_decoder *decoder = NULL;

	if ((delimiter < 0x20 && delimiter != '\t') || delimiter == '"' || delimiter == 0x7F) {
		cs_fail(e, CS_USAGE,
			"the delimiter must be one ASCII character other than the quote");
		return NULL;
	}
	if (encoding && cs_decoder_open(encoding, &decoder, e))
		return NULL;
	if (decoder && cs_decoder_is_utf8(decoder)) {
		cs_decoder_free(decoder);
		decoder = NULL;
	}
	c = cs_alloc(sizeof *c);
	c->fd = -1;
	c->line = 1;
	c->delimiter = delimiter;
	c->decoder = decoder;
	c->block = cs_realloc(NULL, BLOCK);
	start_parser(c);
	return c;
}

int cs_csv_open(int fd, const char *encoding, char delimiter, struct cs_csv **out,
		struct cs_err *e)
{
	struct cs_csv *c = open_reader(encoding, delimiter, e);

	*out = c;
	if (!c)
		return -1;
	c->fd = fd;
	return 0;
}

int cs_csv_open_text(const char *text, size_t len, const char *encoding, char delimiter,
		     struct cs_csv **out, struct cs_err *e)
{
	struct cs_csv *c = open_reader(encoding, delimiter, e);

	*out = c;
	if (!c)
		return -1;
	c->text = text;
	c->text_len = len;
	return 0;
}

void cs_csv_free(struct cs_csv *c)
{
	if (!c)
		return;
	csv_free(&c->parser);
	cs_decoder_free(c->decoder);
	cs_buf_free(&c->decoded);
	cs_buf_free(&c->data);
	cs_buf_free(&c->raw);
	free(c->offset);
	free(c->length);
	free(c->field);
	free(c->block);
	free(c);
}

/* --- pieces --------------------------------------------------------------- */

/* Moves what is left to the front and reads behind it. */
static int fill(struct cs_csv *c, struct cs_err *e)
{
	size_t room;
	ssize_t n;

	memmove(c->block, c->block + c->start, c->end - c->start);
	c->end -= c->start;
	c->start = 0;
	room = BLOCK - c->end;
	if (c->fd < 0) {
		n = (ssize_t)(c->text_len < room ? c->text_len : room);
		if (n)
			memcpy(c->block + c->end, c->text, (size_t)n);
		c->text += n;
		c->text_len -= (size_t)n;
	} else {
		n = read(c->fd, c->block + c->end, room);
	}
	if (n < 0)
		return cs_process_io_failed(e);
	c->eof = n == 0;
	c->end += (size_t)n;
	if (c->byte == 0 && c->start == 0 && !c->decoder && c->end >= 3 &&
	    memcmp(c->block, "\xEF\xBB\xBF", 3) == 0) {
		c->start = 3;
		c->byte = 3;
	}
	return 0;
}

/* Bytes before a sequence that the end of the part cuts in two. */
static size_t before_cut(const char *s, size_t len)
{
	size_t back = 1;

	while (back <= 3 && back < len && ((unsigned char)s[len - back] & 0xC0) == 0x80)
		back++;
	return back <= 3 && back < len && (unsigned char)s[len - back] >= 0xC0 ? len - back : len;
}

static void take_utf8(struct cs_csv *c, const char *nl, struct piece *p)
{
	size_t left = c->end - c->start;

	p->s = c->block + c->start;
	p->whole = nl != NULL;
	p->len = nl ? (size_t)(nl - p->s) + 1 : c->eof ? left : before_cut(p->s, left);
	p->used = p->len;
	p->bad = cs_utf8_check(p->s, p->len);
	if (p->bad == p->len)
		p->bad = SIZE_MAX;
}

static void take_decoded(struct cs_csv *c, struct piece *p)
{
	cs_buf_clear(&c->decoded);
	p->used = cs_decoder_line(c->decoder, c->block + c->start, c->end - c->start, c->eof,
				  &c->decoded, &p->bad);
	p->s = cs_buf_str(&c->decoded);
	p->len = c->decoded.len;
	p->whole = p->len && p->s[p->len - 1] == '\n';
}

/* 1 and the next piece, 0 at the end of the file, -1. A line that does not fit in the
   block comes in parts. */
static int next_piece(struct cs_csv *c, struct piece *p, struct cs_err *e)
{
	for (;;) {
		const char *s = c->block + c->start, *nl = memchr(s, '\n', c->end - c->start);
		bool full = c->end - c->start == BLOCK;

		if (nl || full || (c->eof && c->end > c->start)) {
			*p = (struct piece){.byte = c->byte};
			if (c->decoder)
				take_decoded(c, p);
			else
				take_utf8(c, nl, p);
			if (p->used) {
				c->start += p->used;
				c->byte += p->used;
				return 1;
			}
		} else if (c->eof) {
			return 0;
		}
		if (fill(c, e))
			return -1;
	}
}

/* --- rows ----------------------------------------------------------------- */

static void begin_row(struct cs_csv *c, struct cs_csv_row *row, const struct piece *p)
{
	*row = (struct cs_csv_row){.line = c->line, .byte = p->byte};
	c->in_row = true;
	c->ended = c->misread = false;
	c->count = 0;
	c->cost = 0;
	*c->bad = '\0';
	cs_buf_clear(&c->data);
	cs_buf_clear(&c->raw);
}

static bool is_blank_line(const struct piece *p)
{
	return p->whole && (p->len == 1 || (p->len == 2 && p->s[0] == '\r'));
}

/* Faults that libcsv lets pass: not UTF-8, NUL. */
static void check_bytes(struct cs_csv *c, const struct piece *p)
{
	const char *nul = memchr(p->s, '\0', p->len);

	c->misread = c->misread || p->bad != SIZE_MAX;
	if (p->bad != SIZE_MAX && c->decoder)
		set_bad(c, "byte %" PRIu64 " is not %s", p->byte + p->bad,
			cs_decoder_name(c->decoder));
	else if (p->bad != SIZE_MAX)
		set_bad(c, "byte %" PRIu64 " (0x%02x) is not UTF-8; is it another encoding?",
			p->byte + p->bad, (unsigned char)p->s[p->bad]);
	if (nul && !c->decoder)
		set_bad(c, "byte %" PRIu64 " is NUL", p->byte + (uint64_t)(nul - p->s));
	else if (nul)
		set_bad(c, "a NUL character");
}

/* A carriage return was the last byte of a part, the newline is the next one. */
static bool is_rest_of_crlf(const struct cs_csv *c, const struct piece *p)
{
	return c->ended_by_cr && p->len == 1 && p->whole && c->raw.len &&
	       c->raw.data[c->raw.len - 1] == '\r';
}

/* Gives one piece to libcsv up to each carriage return, since one that is not before the
   newline ends a row for libcsv, but not for us. Returns false when the row is spoilt so that
   the rest of its line must be skipped. */
static bool parse_piece(struct cs_csv *c, const struct piece *p)
{
	static const char text_behind_quote[] =
		"text behind a closing quote (a quote inside quotes is written twice)";
	static const char quote_inside[] = "a quote inside a field that does not begin with one";
	size_t at = 0;

	while (at < p->len) {
		const char *cr = memchr(p->s + at, '\r', p->len - at);
		size_t end = cr ? (size_t)(cr - p->s) + 1 : p->len, done;

		if (cr && end + 1 >= p->len && p->whole)
			end = p->len;
		if ((c->ended && !is_rest_of_crlf(c, p)) ||
		    (cr && at == 0 && end == 1 && !c->raw.len)) {
			set_bad(c, "line %" PRIu64 ": a carriage return without newline", c->line);
			return false;
		}
		done = csv_parse(&c->parser, p->s + at, end - at, take_field, end_row, c);
		if (done < end - at) {
			set_bad(c, "line %" PRIu64 ": %s", c->line,
				c->parser.quoted ? text_behind_quote : quote_inside);
			return false;
		}
		at = end;
	}
	/* Only the length of an over-long field is of interest from here on. */
	if (c->parser.entry_pos > CS_CSV_FIELD_MAX) {
		set_bad(c, "a field of more than 1 MiB");
		c->parser.entry_pos = CS_CSV_FIELD_MAX;
	}
	return true;
}

static void keep_raw(struct cs_csv *c, const struct piece *p)
{
	size_t room = CS_CSV_ROW_MAX - c->raw.len;

	cs_buf_add(&c->raw, p->s, p->len < room ? p->len : room);
}

static int skip_line(struct cs_csv *c, struct piece *p, struct cs_err *e)
{
	int got = 1;

	while (!p->whole && (got = next_piece(c, p, e)) > 0)
		keep_raw(c, p);
	return got;
}

/* Points raw at the row's text without its last newline. */
static void give_raw(const struct cs_csv *c, struct cs_csv_row *row, const struct piece *p)
{
	const bool single = p && !c->raw.len;

	row->raw = single ? p->s : cs_buf_str(&c->raw);
	row->raw_len = single ? p->len : c->raw.len;
	row->cut = !row->raw_len || row->raw[row->raw_len - 1] != '\n';
	if (p)
		row->cut = !p->whole;
	if (row->raw_len && row->raw[row->raw_len - 1] == '\n')
		row->raw_len--;
	if (row->raw_len && row->raw[row->raw_len - 1] == '\r')
		row->raw_len--;
}

/* Fills in the row from what was gathered; p is its last piece, NULL at the end of the file. */
static int give_row(struct cs_csv *c, struct cs_csv_row *row, const struct piece *p)
{
	size_t n = strlen(c->bad);

	c->in_row = false;
	give_raw(c, row, p);
	row->last_line = p || row->cut ? c->line : c->line - 1;
	if (p && p->whole)
		c->line++;
	row->misread = c->misread;
	if (n) {
		if (p && row->last_line > row->line)
			snprintf(c->bad + n, sizeof c->bad - n,
				 " (lines %" PRIu64 " to %" PRIu64 " are left out)", row->line,
				 row->last_line);
		row->bad = c->bad;
		return 1;
	}
	for (size_t i = 0; i < c->count; i++)
		c->field[i] = c->data.data + c->offset[i];
	row->field = c->field;
	row->length = c->length;
	row->count = c->count;
	return 1;
}

/* Where in the raw row the quote stands that is never closed. */
static size_t find_open_quote(const struct cs_csv *c)
{
	const char *s = cs_buf_str(&c->raw);
	size_t open = SIZE_MAX;

	for (size_t i = 0; i < c->raw.len; i++)
		if (s[i] == '"' && open == SIZE_MAX)
			open = i;
		else if (s[i] == '"' && i + 1 < c->raw.len && s[i + 1] == '"')
			i++;
		else if (s[i] == '"')
			open = SIZE_MAX;
	return open;
}

/* The file ends inside a row. */
static int finish(struct cs_csv *c, struct cs_csv_row *row)
{
	size_t open;

	if (csv_fini(&c->parser, take_field, end_row, c) == 0)
		return give_row(c, row, NULL);
	*c->bad = '\0';
	open = find_open_quote(c);
	set_bad(c, "the quoted field that begins here never ends: nothing from here on was read");
	if (open != SIZE_MAX) {
		for (size_t i = 0; i < open; i++)
			row->line += c->raw.data[i] == '\n';
		row->byte += c->decoder ? 0 : open;
	}
	give_row(c, row, NULL);
	csv_free(&c->parser);
	start_parser(c);
	return 1;
}

int cs_csv_next(struct cs_csv *c, struct cs_csv_row *row, struct cs_err *e)
{
	struct piece p;
	int got;

	while ((got = next_piece(c, &p, e)) > 0) {
		if (!p.len)
			continue; /* a byte order mark, a shift sequence */
		if (!c->in_row) {
			if (is_blank_line(&p)) {
				c->line++;
				continue;
			}
			begin_row(c, row, &p);
		}
		check_bytes(c, &p);
		if (!parse_piece(c, &p)) {
			keep_raw(c, &p);
			if (skip_line(c, &p, e) < 0)
				return -1;
			csv_free(&c->parser);
			start_parser(c);
			return give_row(c, row, &p);
		}
		if (c->raw.len || !c->ended || !p.whole)
			keep_raw(c, &p);
		if (c->ended && p.whole)
			return give_row(c, row, &p);
		if (p.whole)
			c->line++;
	}
	if (got < 0)
		return -1;
	return c->in_row ? finish(c, row) : 0;
}
