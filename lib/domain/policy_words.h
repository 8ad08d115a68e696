/* Words every ticket knows besides its kind's own fields (policy.md, "Vocabulary"). */
#ifndef CS_DOMAIN_POLICY_WORDS_H
#define CS_DOMAIN_POLICY_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "domain/policy.h"

/* Where a built-in word may stand. */
enum cs_word_use {
	CS_WORD_COND = 1, /* {"field": word} of a condition */
	CS_WORD_NEED = 2, /* bare word in a step's needs */
	CS_WORD_TAKE = 4  /* a step may take it: --set word=value */
};

/* `codes` names the code list or section its values come from ("channels", "categories", "specialty",
   "priority", "states", "kinds", "validity", "tier", "weight", "group"); NULL where it has none.
   NEED of note, party, premises, phone, channel, body, subject, category, handling, assignee, evidence
   means: given with this step or already on the ticket (note: with this step). */
struct cs_word {
	const char *name;
	enum cs_field_type type;
	const char *codes;
	unsigned use;
};
extern const struct cs_word cs_words[];
extern const size_t cs_word_count;
const struct cs_word *cs_word_find(const char *name);

#define CS_READ_ALL      "*"       /* what a rule of access keeps back: the whole ticket */
#define CS_CODES_READING "reading" /* code list: why what is kept back was read */

#endif
