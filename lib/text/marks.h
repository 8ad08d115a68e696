/* A file of earlier counts and heads of the chain, as the nightly run keeps it outside of the database. */
#ifndef CS_TEXT_MARKS_H
#define CS_TEXT_MARKS_H

#include <stddef.h>

#include "base/err.h"
#include "domain/check.h"

/* Reads lines whose last two fields (blanks or tabs between) are count and head; what stands before them, blank
   lines and lines that begin or end with # do not matter. free() *out. CS_NOTFOUND: no such file; CS_BADDATA with
   "FILE:LINE: why", and where none is in it. */
int cs_marks_read(const char *path, struct cs_chain_mark **out, size_t *count, struct cs_err *e);
/* One mark from its two texts; CS_USAGE. */
int cs_mark_parse(const char *count, const char *head, struct cs_chain_mark *out, struct cs_err *e);

#endif
