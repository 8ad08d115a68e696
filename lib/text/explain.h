/* A clock explained: span by span what counted, what stood still and why, and what is to come. */
#ifndef CS_TEXT_EXPLAIN_H
#define CS_TEXT_EXPLAIN_H

#include "base/err.h"
#include "domain/session.h"
#include "text/out.h"

/* Prints the clocks of the ticket's present cycle (all and its class of importance, or the one named). CS_NOTFOUND: no such
   ticket; CS_USAGE: no such clock on it. */
int cs_explain_ticket(struct cs_session *s, const char *ref, const char *clock, enum cs_format format,
		      struct cs_err *e);

#endif
