/* Acting on tickets inside a write transaction: load, settle, decide, record, fold, save. */
#ifndef CS_DOMAIN_ACT_H
#define CS_DOMAIN_ACT_H

#include <stdbool.h>

#include "base/err.h"
#include "domain/decide.h"
#include "domain/image.h"
#include "domain/ladder.h"
#include "domain/session.h"

/* Takes a step on a ticket. CS_NOTFOUND: no such ticket; else as cs_decide_step. The rungs crossed by now fire
   first, in the same transaction. On failure the caller undoes (cs_session_undo or rollback). *im is the ticket
   afterwards, in s->work. req->at CS_TIME_NONE: now. */
int cs_act_step(struct cs_session *s, int64_t ticket, const struct cs_request *req, struct cs_image *im, struct cs_err *e);
/* The same on a ticket that is loaded already (the caller saves it with cs_image_save). */
int cs_act_on(struct cs_session *s, struct cs_image *im, const struct cs_request *req, struct cs_err *e);
/* The step of the ticket's kind that the text names, by id or label; the text itself where none is named. */
const char *cs_act_step_id(struct cs_session *s, const struct cs_image *im, const char *step);

/* Registers a ticket under a new reference of the local day of req->at. `more` (may be NULL) are effects to record with it:
   a new person, new premises. What a rule refuses (CS_REFUSED, CS_USAGE) has written nothing. */
int cs_act_register(struct cs_session *s, const struct cs_registration *reg, const struct cs_request *req, const struct cs_effects *more,
		    struct cs_image *im, struct cs_err *e);

/* cs-dispatch: the step `dispatch` with the unit and person given, or where the rules send it. to CS_NULL, assignee CS_NULL: by
   the rules. Returns 1 when the ticket is there already (nothing to do), 0 done, -1. */
struct cs_dispatch {
	int64_t to, assignee;
	const char *appointment; /* typed time or NULL */
	struct cs_request req;   /* its step is "dispatch"; more fields may be set */
};
int cs_act_dispatch(struct cs_session *s, int64_t ticket, const struct cs_dispatch *order, struct cs_image *im, struct cs_err *e);
/* The same on a ticket that is loaded already (the caller saves it with cs_image_save). */
int cs_act_dispatch_on(struct cs_session *s, struct cs_image *im, const struct cs_dispatch *order, struct cs_err *e);
/* Is it the step that cs-dispatch takes? */
bool cs_act_is_dispatch(const char *step);

#endif
