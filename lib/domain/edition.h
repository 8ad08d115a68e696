/* Taking an edition of the rules into force (design section 5). */
#ifndef CS_DOMAIN_EDITION_H
#define CS_DOMAIN_EDITION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "domain/session.h"

/* Stores the text of a self-contained edition (cs_policy_flatten; it has been checked) and puts
   it in force, with its event, inside the write transaction that is going. The same text as is in force
   changes nothing, but for the approval that it lacked and now gets, by an event of its own. CS_REFUSED: tickets
   are in states or of kinds that the edition has not; somebody else has approved it. approved_by may be NULL. */
enum cs_edition_done { CS_EDITION_SAME, CS_EDITION_LOADED, CS_EDITION_APPROVED };
int cs_edition_load(struct cs_session *s, const char *text, size_t len, const char *approved_by,
		    enum cs_edition_done *done, struct cs_err *e);

/* Policy and date, "property 2026-11-21"; with its number where an edition loaded before is called so too, which
   never changes: *namesake is that one, else CS_NULL. In the arena. */
int cs_edition_title(struct cs_db *db, int64_t id, struct cs_arena *a, const char **title, int64_t *namesake,
		     struct cs_err *e);

/* The word under which an event keeps, in its private part, who approved the edition. */
extern const char cs_edition_approver[];

/* The digest by which editions are compared; out gets 65 bytes. */
char *cs_edition_digest(const char *text, size_t len, char *out);

#endif
