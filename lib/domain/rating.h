/* Rating what belongs together. */
#ifndef CS_DOMAIN_RATING_H
#define CS_DOMAIN_RATING_H

#include "base/err.h"
#include "domain/image.h"
#include "domain/session.h"

/* Rates anew every ticket of the matter but `but` (CS_NULL: all of them), each by an event of its own, once what counts over
   the matter has changed at `at`. In the caller's transaction; tickets that the caller changed must be saved before, and an image
   of a rated one is stale afterwards. */
int cs_rate_matter(struct cs_session *s, int64_t matter, int64_t but, cs_time at, struct cs_err *e);
/* The same of a ticket that is settled and in hand: folded on, not saved. */
int cs_rate_in_hand(struct cs_session *s, struct cs_image *im, cs_time at, struct cs_err *e);

#endif
