/* The nightly run: every ticket with something due, oldest first, in batches (design section 6). */
#ifndef CS_TEXT_ESCALATION_H
#define CS_TEXT_ESCALATION_H

#include "base/err.h"
#include "domain/session.h"
#include "text/out.h"

/* Columns of what it prints, a row for each crossing that fired. */
extern const struct cs_column cs_escalation_columns[];
extern const size_t cs_escalation_column_count;

/* Fires until nothing is due any more; rows of a batch go to `out` once it is committed. A dry run undoes each batch
   and prints the same rows. A ticket that cannot be settled is named on stderr and left as it was. Returns the
   exit code, or -1. */
int cs_escalation_run(struct cs_session *s, struct cs_out *out, struct cs_err *e);

#endif
