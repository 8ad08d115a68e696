/* CSV read row by row from a file of any size and encoding (RFC 4180, strictly). */
#ifndef CS_TEXT_CSV_H
#define CS_TEXT_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum {
	CS_CSV_FIELD_MAX = 1 << 20, /* bytes of UTF-8 in one field */
	CS_CSV_ROW_MAX = 8 << 20    /* of one row, with 16 for each field */
};

struct cs_csv;

/* One row; everything in it belongs to the reader and lives until the next call. */
struct cs_csv_row {
	/* NULL: a good row. Else why it cannot be used, in one line, with line and byte of the
	   fault where they are not those of the row; there are no fields then. */
	const char *bad;
	const char *const *field; /* valid UTF-8, NUL-terminated, without NUL inside */
	const size_t *length;
	size_t count;
	uint64_t line, last_line; /* physical lines, from 1, blank ones counted */
	uint64_t byte;            /* offset in the file where the row begins */
	bool misread;             /* it holds bytes that are none of the encoding */
	bool cut;                 /* the file ends here without a newline: perhaps half a row */
	const char *raw; /* the row as it stands in the file, decoded, without its last newline; */
	size_t raw_len;           /* as it is where it is not UTF-8; cut at CS_CSV_ROW_MAX */
};

/* Reads from fd (which stays the caller's), or from len bytes at text. encoding NULL is
   UTF-8; a byte order mark is dropped. CS_USAGE: unknown encoding, a delimiter that is no plain
   ASCII character. */
int cs_csv_open(int fd, const char *encoding, char delimiter, struct cs_csv **out,
		struct cs_err *e);
int cs_csv_open_text(const char *text, size_t len, const char *encoding, char delimiter,
		     struct cs_csv **out, struct cs_err *e);
void cs_csv_free(struct cs_csv *c);

/* 1: *row is the next row, good or bad; 0: end of the file; -1: CS_IO. Blank lines are
   skipped, blanks around fields are kept. After a bad row reading goes on with the next line after
   it, except that a quoted field that never ends takes the rest of the file with it: row->line
   and row->byte then say where that field begins. */
int cs_csv_next(struct cs_csv *c, struct cs_csv_row *row, struct cs_err *e);

#endif
