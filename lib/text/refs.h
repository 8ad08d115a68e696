/* Lists of texts, and the ticket references that programs pass to each other. */
#ifndef CS_TEXT_REFS_H
#define CS_TEXT_REFS_H

#include <stddef.h>
#include <stdint.h>
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

/* One reference as it was given: its number, 0 for none by its form; its place among those given. */
struct cs_ref {
	int64_t id;
	size_t place;
};
/* Each ticket once, in the order of its first mention; unreadable references stay, to be named. Release with free. */
struct cs_ref *cs_refs_choose(const struct cs_texts *refs, size_t *count);

#endif
