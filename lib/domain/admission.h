/* Why a condition is what it is: the facts that make it so, in words. */
#ifndef CS_DOMAIN_ADMISSION_H
#define CS_DOMAIN_ADMISSION_H

#include <stddef.h>
#include <stdint.h>

#include "domain/view.h"

/* What the event of a step that needs admission notes: the rule that allowed it, or against which it was taken, or that could
   not be told yet when it was taken all the same; and the facts of that rule as they were then. */
#define CS_NOTE_ADMISSION "admission"
#define CS_NOTE_AGAINST   "against admission"
#define CS_NOTE_OPEN      "before admission could be told"
#define CS_NOTE_FACTS     "facts"

/* One fact, coded values only: what is personal "is set". text: "new_facts = no", "same_as is unset", "C20261008-0001: state = investigating". field: what has to be set
   before it can be told; NULL when it is told, or belongs to another ticket. */
struct cs_fact {
	const char *text, *field;
};
struct cs_facts {
	struct cs_fact *fact;
	size_t count, size;
};

/* Adds the facts that make the condition what it is in the view: of a false `all` the first false member, of an unknown
   one the unknown members, and so on. Each fact stands once. Texts lie in the image's arena. */
void cs_facts_of(const struct cs_view *v, const struct cs_cond *c, struct cs_facts *out);
/* "a; b; c", in the arena. */
const char *cs_facts_text(const struct cs_facts *facts, struct cs_arena *a);

#endif
