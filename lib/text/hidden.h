/* What is printed about one ticket names others: of those that are kept back from the reader only that much is said. */
#ifndef CS_TEXT_HIDDEN_H
#define CS_TEXT_HIDDEN_H

#include "base/mem.h"
#include "domain/access.h"
#include "domain/session.h"

/* The text with CS_KEPT_BACK for each reference of a ticket that the acting person may not read, in small or
   full-width letters too and whatever letters touch it; the text itself where
   there is none such (NULL stays NULL). Where the database cannot be asked, nothing is shown. */
const char *cs_hide_kept(struct cs_session *s, const char *text, struct cs_arena *a);

#endif
