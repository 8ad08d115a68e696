/* Decide: ticket + policy + organisation + calendar + now -> what a step does, or why it is refused.
   Reads rules; writes nothing (design section 2). */
#ifndef CS_DOMAIN_DECIDE_H
#define CS_DOMAIN_DECIDE_H

#include "base/err.h"
#include "domain/effect.h"
#include "domain/image.h"
#include "domain/request.h"
#include "domain/session.h"

/* The effects of a step on a ticket. CS_REFUSED: a rule says no (the message names the state and the steps it
   allows, or what is missing); CS_USAGE: no such step or field, unreadable value. `out` is appended to. */
/* 1: the step needs approval, and was put to it instead: an event of the step CS_STEP_ASK. */
int cs_decide_step(struct cs_session *s, const struct cs_image *im, const struct cs_request *req, struct cs_effects *out, struct cs_err *e);
/* The effects of registering the ticket with this id. */
int cs_decide_register(struct cs_session *s, int64_t ticket, const struct cs_registration *reg, const struct cs_request *req,
		       struct cs_effects *out, struct cs_err *e);

#endif
