/* Lines read from a file of any size. */
#ifndef CS_TEXT_LINES_H
#define CS_TEXT_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum { CS_LINE_MAX = 8 << 20 };

struct cs_lines;
/* Without its newline; lives until the next call. */
struct cs_line {
	const char *text;
	size_t len;
	uint64_t number, byte; /* from 1; offset in the file */
	bool cut;              /* the file ends here without newline */
	bool too_long;         /* of more than CS_LINE_MAX bytes: the text is its beginning */
};

/* Reads from fd (which stays the caller's), or from len bytes at text when fd is negative. A byte order mark is dropped. */
struct cs_lines *cs_lines_open(int fd, const char *text, size_t len);
void cs_lines_free(struct cs_lines *l);
/* 1, 0 at the end, -1: CS_IO. */
int cs_lines_next(struct cs_lines *l, struct cs_line *out, struct cs_err *e);

#endif
