/* What was decided about a ticket so far, and on which facts: by its history, in all its cycles. */
#ifndef CS_TEXT_DECIDED_H
#define CS_TEXT_DECIDED_H

#include <stdbool.h>

#include "base/err.h"
#include "domain/image.h"
#include "domain/session.h"

/* what: "decided" (a step that needs admission), "undone" (a merge), "closed" (by a step without admission) or "reopened". */
struct cs_decided_line {
	const char *what, *step, *by;
	cs_time at;
	const char *detail; /* the rule and its facts as they were then, what was said with the step */
};
/* Calls `line` for each in order. *stands: in the present cycle something is decided and not undone. Texts in the image's
   arena. */
int cs_decided(struct cs_session *s, const struct cs_image *im, const struct cs_kind *k,
	       void (*line)(void *arg, const struct cs_decided_line *l), void *arg, bool *stands, struct cs_err *e);

#endif
