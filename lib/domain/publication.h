/* Notices about tickets for everybody to read: what the project head approved, blacked out (S0-4-20, S3-4-30, C29, C40). */
#ifndef CS_DOMAIN_PUBLICATION_H
#define CS_DOMAIN_PUBLICATION_H

#include "base/err.h"
#include "domain/decision.h"
#include "domain/image.h"
#include "domain/redact.h"
#include "domain/session.h"

/* What was decided last; CHANGED: approved, and text or area have been set otherwise since. */
enum cs_publication { CS_PUBLICATION_OPEN, CS_PUBLICATION_APPROVED, CS_PUBLICATION_DECLINED, CS_PUBLICATION_CHANGED };
const char *cs_publication_word(enum cs_publication is); /* "undecided", "approved", ... */
/* *digest (may be NULL): of the notice that was approved, borrowed from the image; NULL none. */
enum cs_publication cs_publication_of(const struct cs_image *im, const char **digest);

/* What must not be read in a notice about this ticket: names, phones and premises of its parties, who signed for them; the
   same of all tickets of its matter, and of those that were ever merged with one of them. In the image's arena. */
int cs_publication_known(struct cs_session *s, const struct cs_image *im, struct cs_redact_known *out,
			 struct cs_err *e);

/* The notice as it would be published. */
struct cs_notice_draft {
	struct cs_redacted redacted;
	const char *area;   /* a code; NULL: not said */
	const char *digest; /* of the two */
};
/* 1, 0 there is no text, -1. `text` NULL: the ticket's own. */
int cs_publication_draft(struct cs_session *s, const struct cs_image *im, const struct cs_kind *k, const char *text,
			 struct cs_notice_draft *out, struct cs_err *e);

/* Part of a step: records the decision it takes; a change of what was approved takes the approval back. CS_REFUSED: there
   is nothing to publish. */
int cs_decide_publication(struct cs_decision *d, struct cs_err *e);

#endif
