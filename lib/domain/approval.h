/* Approvals: a step whose rules name stages is taken only with what those people approved, word for word (S3-4-24). Taking it
   puts what is given to them; the reserved steps `approve` and `reject` answer; taking it again without texts uses the approved
   ones. */
#ifndef CS_DOMAIN_APPROVAL_H
#define CS_DOMAIN_APPROVAL_H

#include <stdbool.h>

#include "base/err.h"
#include "domain/decision.h"

#define CS_STEP_APPROVE "approve"
#define CS_STEP_REJECT  "reject"
/* In the private part of the event that asks: the note, each value as typed, and the salt of the digest. */
#define CS_ASK_SET  "ask.set."
#define CS_ASK_NOTE "ask.note"
#define CS_ASK_SALT "ask.salt"
/* What brought about the duty that a stage owes while it waits: this and the number of its row. */
#define CS_ASK_CAUSE "approval/"

/* The step of this row that was put to approval last, while it is pending, or approved and not used yet; NULL: none. step
   NULL: of any step that is pending. */
const struct cs_approval_row *cs_approval_open(const struct cs_image *im, const char *step);
/* Of a request that gives nothing: what was approved for its step, if that waits to be used. CS_REFUSED: it was erased. */
int cs_approval_fill(struct cs_session *s, const struct cs_image *im, const struct cs_kind *k, struct cs_request *r,
		     struct cs_arena *a, struct cs_err *e);

/* Inside of decide, once the step may be taken as it is given. 0: it is taken; 1: it was put to approval instead, all its
   effects are replaced (im: the ticket as it was). What was given holds for the stages that were asked, whatever place an
   edition gives them since; those that hold only since then are asked before it is used. */
int cs_decide_approval(struct cs_decision *d, const struct cs_image *im, struct cs_err *e);
/* The reserved steps, about the step that the request names or the only one that waits. */
bool cs_approval_is_answer(const char *step);
int cs_decide_answer(struct cs_decision *d, struct cs_err *e);

/* Of a step that is pending: "waits for head of operations management (approve) since ..., asked by agent1". In the arena. */
const char *cs_approval_waits(const struct cs_session *s, const struct cs_approval_row *row, struct cs_arena *a);
/* Of a pending row that was put for stages missing from what was given before: who is to give them, "qmc service manager
   (approve), ...". In the arena; NULL: the first stage of its asking. */
const char *cs_approval_missing(const struct cs_session *s, const struct cs_image *im,
				const struct cs_approval_row *row, struct cs_arena *a);
/* CS_REFUSED when nothing is given with the step and what was put to approval for it still waits. */
int cs_decide_waits(const struct cs_decision *d, struct cs_err *e);

#endif
