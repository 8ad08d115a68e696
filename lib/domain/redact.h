/* Blacking out who and where in free text before it is published (S0-4-20, C40). Pure functions: text in, text out. */
#ifndef CS_DOMAIN_REDACT_H
#define CS_DOMAIN_REDACT_H

#include <stddef.h>

#include "base/mem.h"
#include "domain/redact_kind.h"

const char *cs_redact_word(enum cs_redact_kind kind); /* "party", "phone", ... */

/* Who and what the matter is known to be about, as it is kept; any of them may be empty. */
struct cs_redact_list {
	const char **text;
	size_t count, size;
};
struct cs_redact_known {
	struct cs_redact_list names, phones, premises;
};
struct cs_redact_item {
	enum cs_redact_kind kind;
	size_t at;        /* byte of the text */
	const char *text; /* what was blacked out, as it was written */
};
struct cs_redacted {
	const char *text;            /* with CS_REDACT_BLOCK for each of them, whatever its length */
	struct cs_redact_item *item; /* in the order of the text */
	size_t count, size;
};
#define CS_REDACT_BLOCK "■■■"

/* Valid UTF-8. Everything lies in the arena. Known names are found with blanks inside, in full width, with a title, by
   the surname and a title (张先生, 小张, 张某) and, of two characters or more, by the given name; unknown people by
   surname and title. A Chinese name in Latin letters is found only behind a title (Mr Zhang). */
void cs_redact(const char *text, const struct cs_redact_known *known, struct cs_arena *a, struct cs_redacted *out);

#endif
