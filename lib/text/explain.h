/* A clock explained: span by span what counted, what stood still and why, and what is to come. */
#ifndef CS_TEXT_EXPLAIN_H
#define CS_TEXT_EXPLAIN_H

#include "base/err.h"
#include "domain/session.h"
#include "text/out.h"

/* Prints the clocks of one cycle of the ticket, all and its class of importance, or the one named. cycle: 0 the present one,
   of a clock that is named every one. CS_NOTFOUND: no such ticket; CS_USAGE: no such clock or cycle of it. */
int cs_explain_ticket(struct cs_session *s, const char *ref, const char *clock, int64_t cycle, enum cs_format format,
		      struct cs_err *e);

#endif
