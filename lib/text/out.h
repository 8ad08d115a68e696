/* What every program prints: rows of typed cells in one of five formats. */
#ifndef CS_TEXT_OUT_H
#define CS_TEXT_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/err.h"

enum cs_format {
	CS_FORMAT_TEXT,  /* tab-separated, no header; control characters become blanks */
	CS_FORMAT_TABLE, /* header, aligned by display width */
	CS_FORMAT_CSV,   /* header; RFC 4180 quoting, "\n" ends a row */
	CS_FORMAT_JSON,  /* one list of objects, one object a line */
	CS_FORMAT_JSONL  /* one object a line */
};
/* "text", "table", "csv", "json", "jsonl"; CS_USAGE otherwise. */
int cs_format_parse(const char *name, enum cs_format *out, struct cs_err *e);
enum cs_format cs_format_default(FILE *f); /* table on a terminal, else text */

struct cs_column {
	const char *name;  /* CSV heading and JSON key */
	const char *title; /* table heading; NULL: the name */
	bool right;        /* numbers: right-aligned in tables */
};

enum cs_cell_type {
	CS_CELL_NULL,  /* empty; null in JSON */
	CS_CELL_TEXT,  /* valid UTF-8 */
	CS_CELL_INT,
	CS_CELL_FIXED, /* number / 10^decimals: 953 with one decimal is 95.3 */
	CS_CELL_BOOL,  /* yes and no; true and false in JSON */
	CS_CELL_JSON   /* text is JSON already; the same text in the other formats */
};
struct cs_cell {
	enum cs_cell_type type;
	int decimals;
	const char *text; /* borrowed for the call */
	int64_t number;
};
struct cs_cell cs_cell_null(void);
struct cs_cell cs_cell_text(const char *s); /* NULL gives a null cell */
struct cs_cell cs_cell_int(int64_t v);
struct cs_cell cs_cell_fixed(int64_t v, int decimals); /* 0..18 decimals */
struct cs_cell cs_cell_bool(bool v);
struct cs_cell cs_cell_json(const char *json);         /* NULL gives a null cell */

/* Writes to the file descriptor under f, whole lines per write(2); what f itself holds is
   flushed first. Columns are borrowed until close. Never fails: trouble shows in row or close. */
struct cs_out *cs_out_open(FILE *f, enum cs_format format, const struct cs_column *columns, size_t count);
/* The same into a buffer of the caller's, which is to be printed after a commit. */
struct cs_out *cs_out_open_buf(struct cs_buf *to, enum cs_format format, const struct cs_column *columns, size_t count);
/* Before the first row. Writers go on when nobody reads any more or the disk is full: rows
   are dropped, close reports it (design section 7). Others stop at the first failure. */
void cs_out_set_writer(struct cs_out *out);
/* Before the first row; CSV only: BOM, "\r\n", cells that a spreadsheet would run neutralised. */
void cs_out_set_excel(struct cs_out *out);

/* One cell per column. 0, or -1 when output has failed and the program may stop (the
   reason comes with close); always 0 for writers. A table holds its first 1000 rows back to
   find its widths, later rows take what they need. */
int cs_out_row(struct cs_out *out, const struct cs_cell *cells);
/* Sends what is complete (a held-back table goes on with the widths so far): after a commit. */
void cs_out_flush(struct cs_out *out);
/* Writes the rest and releases out (NULL is fine). CS_IO when anything was not written. */
int cs_out_close(struct cs_out *out, struct cs_err *e);

#endif
