/* Steps as they are asked of tickets: on the one that survived, where a ticket was merged; merging and undoing it (S0-4-8, G9). */
#ifndef CS_DOMAIN_MERGE_H
#define CS_DOMAIN_MERGE_H

#include <stdint.h>

#include "base/err.h"
#include "domain/act.h"

/* The ticket that answers for this one: itself, or the one it was merged into, however often. CS_NOTFOUND: no such ticket. */
int cs_merge_survivor(struct cs_session *s, int64_t ticket, int64_t *survivor, struct cs_err *e);

/* Takes a step as cs_act_step does. On a merged ticket it is taken on the one that survived, and the event says through which (but
   unmerge, which is its own). *im is the ticket it was taken on.
   merge: req->into (else what the ticket is stated to be the same as) and the ticket: the younger one goes, whichever was named, and *im is
   that one. CS_REFUSED: merged already, itself, of another kind, the survivor is out of stock or kept from the caller.
   unmerge: both are given back as if never merged; what happened meanwhile stays on the survivor. CS_REFUSED: the survivor was merged in turn. */
int cs_merge_step(struct cs_session *s, int64_t ticket, const struct cs_request *req, struct cs_image *im,
		  struct cs_err *e);

#endif
