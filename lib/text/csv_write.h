/* Writing CSV fields (RFC 4180), also for spreadsheets. */
#ifndef CS_TEXT_CSV_WRITE_H
#define CS_TEXT_CSV_WRITE_H

#include <stdbool.h>

#include "base/buf.h"

/* Appends s as one field; quoted only where it holds the delimiter, a quote, CR or LF, or
   begins or ends with a blank, so that every reader gives s back. excel: a cell that begins
   with = + - @ TAB or CR gets an apostrophe before it, so that no spreadsheet runs it; "-" alone is none. */
void cs_csv_put(struct cs_buf *out, const char *s, char delimiter, bool excel);

#endif
