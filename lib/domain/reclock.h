/* Counting running clocks, and what is owed by a time, anew under the edition in force (design section 5). */
#ifndef CS_DOMAIN_RECLOCK_H
#define CS_DOMAIN_RECLOCK_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "domain/session.h"

struct cs_reclocked {
	size_t clocks; /* with an event */
	size_t held;   /* how many of them a merge holds */
	size_t kept;   /* clocks to which no rule of the edition in force applies: they go on by their own */
	size_t duties; /* with an event: their due or a rung comes at another time now */
};
/* The clocks and duties of one ticket (store/running.h finds them), inside a write transaction: what was crossed by now fires
   first, then one event per clock of another edition says how much time that one has used and what the edition in force
   gives for the rest, and one for each duty when that is due. *done grows. */
int cs_reclock_ticket(struct cs_session *s, int64_t ticket, struct cs_reclocked *done, struct cs_err *e);
/* The duties of one unit, likewise. */
int cs_reclock_unit(struct cs_session *s, int64_t unit, struct cs_reclocked *done, struct cs_err *e);

#endif
