/* What whoever changes the organisation should know of it. */
#ifndef CS_TEXT_ORG_REMARK_H
#define CS_TEXT_ORG_REMARK_H

#include "base/err.h"
#include "domain/session.h"
#include "text/org_form.h"

/* Remarks, of a row that was just recorded: the tickets in stock of who leaves or of a unit that is closed;
   a post at a unit of another level than the rules say. Within a transaction. */
int cs_org_remark(struct cs_session *s, const struct cs_org_form *f, const union cs_org_row *row,
		  struct cs_err *e);

/* Puts a row (cs_org_form_put) and remarks on it; of who had left, also what has become of the posts that the
   departure ended. */
int cs_org_enter(struct cs_session *s, const struct cs_org_form *f, union cs_org_row *row, cs_time at, bool *changed,
		 struct cs_err *e);

#endif
