/* Coded things as people write them: by id, or by a label in any language of the rules. */
#ifndef CS_DOMAIN_NAMES_H
#define CS_DOMAIN_NAMES_H

#include "base/err.h"
#include "domain/policy.h"

/* The id that the text means in a section: "kinds", "channels", "categories", "priority", "evidence", "happenings",
   "posts", "bodies", "forms", "samples", "codes/LIST"; "kinds/KIND/" before "steps", "states", "clocks", "fields" (with
   the words of every ticket that steps take), "lists", "lists/LIST" (its fields); "steps" and "states" of all kinds.
   An id goes before a label; both without regard to full width and blanks around. NULL and CS_USAGE: none (the message
   names the nearest, of a short list all, of a long one where it is shown), or a label that several have (all named). */
const char *cs_name_find(const struct cs_policy *p, const char *section, const char *text, struct cs_err *e);
/* CS_USAGE for a text that is none of the names of something else ("states of contacts"): the nearest, else all of up
   to 40. */
int cs_name_unknown(const char *what, const char *text, const struct cs_ids *names, struct cs_err *e);
/* A label of the form "SECTION/ID" or "kinds/KIND/SECTION/ID" that reads so in some language: its ID; NULL none. Of
   several the first. For headings of fields and steps. */
const char *cs_name_labelled(const struct cs_policy *p, const char *section, const char *text);

#endif
