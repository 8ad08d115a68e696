/* Headings of CSV files, in English and Chinese: one way for every import. */
#ifndef CS_TEXT_HEADING_H
#define CS_TEXT_HEADING_H

#include <stdbool.h>
#include <stddef.h>

enum { CS_HEADING_ZH = 3 };
struct cs_heading {
	const char *name;              /* English, as output has it */
	const char *zh[CS_HEADING_ZH]; /* the unused ones NULL */
};

bool cs_heading_is(const struct cs_heading *h, const char *text);
/* What else may be wrong where no heading at all is known: "; ..." to be put behind a message. first: the first one;
   count: how many there are. */
const char *cs_heading_hint(const char *first, size_t count);

#endif
