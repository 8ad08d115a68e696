/* Counting running clocks anew under the edition in force (design section 5). */
#ifndef CS_DOMAIN_RECLOCK_H
#define CS_DOMAIN_RECLOCK_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "domain/session.h"

/* Takes up to `most` tickets with running clocks of older editions, after ticket *after (0 at
   first), inside a write transaction: what was crossed by now fires first, then one event per
   clock says how much time the old edition has used and what the new one gives for the rest.
   *after moves to the last ticket, *done grows. 1: there may be more; 0: that was all; -1. */
struct cs_reclocked {
	size_t clocks, kept; /* kept: no rule of the edition in force applies, so they go on by their own */
};
int cs_reclock_some(struct cs_session *s, size_t most, int64_t *after, struct cs_reclocked *done, struct cs_err *e);

#endif
