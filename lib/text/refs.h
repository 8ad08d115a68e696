/* Lists of texts, and the ticket references that programs pass to each other. */
#ifndef CS_TEXT_REFS_H
#define CS_TEXT_REFS_H

#include <stddef.h>
#include <stdio.h>

#include "base/err.h"

/* A growing list of own copies. Zero-initialise, release with free. */
struct cs_texts {
	char **item;
	size_t count, size;
};
void cs_texts_add(struct cs_texts *t, const char *s, size_t len);
void cs_texts_free(struct cs_texts *t);

/* Adds the first field (up to a tab, space or comma) of each line of in, read to its end
   (design section 7); empty lines are skipped. CS_BADDATA with "NAME:LINE: why": a last line
   without newline (it may have been cut), a line without first field, invalid UTF-8, NUL, a
   line of more than 1 MiB. CS_IO: read error, or ended by a signal. */
int cs_refs_read(FILE *in, const char *name, struct cs_texts *refs, struct cs_err *e);

#endif
