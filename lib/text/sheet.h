/* A CSV file with a heading row, for the imports of cs-org and cs-customer. */
#ifndef CS_TEXT_SHEET_H
#define CS_TEXT_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "text/heading.h"

struct cs_sheet_column {
	struct cs_heading head;
	bool needed; /* the file must have it */
};
/* bad: why the row cannot be used, NULL if it can. value: one for each column asked for, NULL
   where the file has not that column. All of it lives until the next row. */
struct cs_sheet_row {
	uint64_t line;
	const char *bad;
	const char *const *value;
};

/* Opens PATH ("-": standard input) and reads the heading. encoding: as text/csv.h. Columns may stand
   in any order; others are refused. CS_NOTFOUND: no such file; CS_USAGE: unknown encoding;
   CS_BADDATA: a heading that cannot be used, or a row anywhere in the file that is not of the
   encoding (the others may be misread as well). Columns are borrowed. */
struct cs_sheet;
int cs_sheet_open(const char *path, const char *encoding, const struct cs_sheet_column *columns, size_t count,
		  struct cs_sheet **out, struct cs_err *e);
void cs_sheet_close(struct cs_sheet *sh);
const char *cs_sheet_name(const struct cs_sheet *sh); /* for messages */
/* 1: a row, good or bad; 0: the end; -1. */
int cs_sheet_next(struct cs_sheet *sh, struct cs_sheet_row *row, struct cs_err *e);

#endif
