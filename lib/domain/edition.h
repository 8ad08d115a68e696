/* Taking an edition of the rules into force (design section 5). */
#ifndef CS_DOMAIN_EDITION_H
#define CS_DOMAIN_EDITION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "domain/session.h"

/* Stores the text of a self-contained edition (cs_policy_flatten; it has been checked) and puts
   it in force, with its event, inside the write transaction that is going. *loaded is false, and
   nothing done, when the same text is in force. CS_REFUSED: tickets are in states or of kinds
   that the edition has not. approved_by may be NULL. */
int cs_edition_load(struct cs_session *s, const char *text, size_t len, const char *approved_by,
		    bool *loaded, struct cs_err *e);

/* The digest by which editions are compared; out gets 65 bytes. */
char *cs_edition_digest(const char *text, size_t len, char *out);

#endif
