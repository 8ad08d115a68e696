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
	CS_WORD_TAKE = 4, /* a step may take it: --set word=value */
	CS_WORD_GIVE = 8, /* a step may take it, by options of its own */
	CS_WORD_AT = 16   /* a clock may count from it */
};

/* `codes` names the code list or section its values come from ("channels", "categories", "specialty",
   "priority", "importance", "states", "kinds", "validity", "tier", "weight", "group"); NULL where it has none.
   NEED of note, party, premises, phone, channel, body, subject, category, handling, assignee, evidence
   means: given with this step or already on the ticket (note: with this step). */
struct cs_word {
	const char *name;
	enum cs_field_type type;
	const char *codes;
	unsigned use;
};
/* In a row of a list that is per party: whose it is. */
#define CS_ROW_PARTY "party"
/* Links that the system itself makes: by the field of that name, and by a merge. */
#define CS_LINK_SAME   "same_as"
#define CS_LINK_MERGED "merged_into"
/* Columns of the ledger that are no fields: in what capacity somebody complains, and for whom an agent does. */
#define CS_LEDGER_CAPACITY  "capacity"
#define CS_LEDGER_PRINCIPAL "principal"

extern const struct cs_word cs_words[];
extern const size_t cs_word_count;
/* What rules about a unit can ask: its level and function. */
extern const struct cs_word cs_unit_words[];
extern const size_t cs_unit_word_count;
const struct cs_word *cs_word_find(const char *name);

#define CS_READ_ALL      "*"       /* what a rule of access keeps back: the whole ticket */
#define CS_CODES_READING "reading" /* code list: why what is kept back was read */

#endif
