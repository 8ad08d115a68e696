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
/* What the step would be refused for if nothing were given with it now ("complete: required material is still missing: policy"), by
   its own needs and those of the rule of admission that allows it (NULL: none); NULL: nothing. In the image's arena. */
const char *cs_decide_lacks(struct cs_session *s, const struct cs_image *im, const struct cs_kind *k,
			    const struct cs_step *st, const struct cs_admission_rule *rule);
/* The effects of registering the ticket with this id. */
int cs_decide_register(struct cs_session *s, int64_t ticket, const struct cs_registration *reg, const struct cs_request *req,
		       struct cs_effects *out, struct cs_err *e);

/* What the survivor takes over from a ticket that was merged into it (the step merge is decided on that one): its parties, and
   the clocks that start anew. effects: of the event merge. CS_REFUSED: it was worked on since `at`. */
int cs_decide_absorb(struct cs_session *s, const struct cs_image *im, const struct cs_image *gone,
		     const struct cs_effects *effects, cs_time at, struct cs_effects *out, struct cs_err *e);
/* What it gives back when the merge is undone: whom it brought, and the clocks it started, which are annulled; those before go on
   as if they had never been held. Where one was stopped since, it still runs afterwards, and is in `stops`: settle up to then, so
   that what it crossed before fires, and let it stop. */
struct cs_letting_stop {
	const char *clock;
	int64_t cycle, run;
	cs_time at;
	const char *in_time; /* verdict unless its due had passed */
};
struct cs_letting {
	struct cs_letting_stop stop[32];
	size_t count;
};
int cs_decide_let_go(struct cs_session *s, const struct cs_image *im, int64_t gone, cs_time at,
		     struct cs_letting *stops, struct cs_effects *out, struct cs_err *e);
int cs_decide_let_stop(struct cs_session *s, const struct cs_image *im, const struct cs_letting_stop *stop, cs_time at,
		       struct cs_effects *out, struct cs_err *e);
/* A duty that arose at its own time, before a step that discharges it was taken or the ticket was closed: done, or waived, then
   (*at). One at a time: 1, 0 none, -1. */
int cs_decide_discharged(struct cs_session *s, const struct cs_image *im, cs_time *at, struct cs_effects *out,
			 struct cs_err *e);

#endif
