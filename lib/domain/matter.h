/* Matters: which tickets are stated to be the same one. A matter is named by its oldest ticket; who is of no stated matter has
   none. Links of same_as and of merges join tickets, and what no link joins any more falls apart. */
#ifndef CS_DOMAIN_MATTER_H
#define CS_DOMAIN_MATTER_H

#include <stdbool.h>

#include "base/err.h"
#include "domain/effect.h"
#include "domain/image.h"
#include "domain/session.h"

/* Do these effects of a ticket's event change what is joined with it? */
bool cs_matter_touched(const struct cs_effects *l);
/* After the links of the (saved) ticket changed: every ticket whose matter is another by that gets it, each by an event of its own at `at`;
   the image is folded on and saved with them. */
int cs_matter_settle(struct cs_session *s, struct cs_image *im, cs_time at, struct cs_err *e);

#endif
