/* Counting running clocks anew under the edition in force (design section 5). */
#ifndef CS_DOMAIN_RECLOCK_H
#define CS_DOMAIN_RECLOCK_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "domain/session.h"

struct cs_reclocked {
	size_t clocks, held,
		kept; /* held: how many of them a merge holds; kept: no rule of the edition in force applies, so they go on by their own */
};
/* The clocks of one ticket (store/running.h finds them), inside a write transaction: what was crossed by now fires first,
   then one event per clock of another edition says how much time that one has used and what the edition in force
   gives for the rest. *done grows. */
int cs_reclock_ticket(struct cs_session *s, int64_t ticket, struct cs_reclocked *done, struct cs_err *e);

#endif
