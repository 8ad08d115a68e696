/* Taking in: one row of an import, or one call typed at the desk, becomes a ticket (design section 10, "CSV intake"). */
#ifndef CS_DOMAIN_INTAKE_H
#define CS_DOMAIN_INTAKE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "domain/intake_row.h"
#include "domain/session.h"

enum cs_intake_outcome { CS_INTAKE_NEW, CS_INTAKE_KNOWN, CS_INTAKE_UPDATED };

/* First in every write transaction of a run, outside of marks. CS_DENIED: history by others than the admin. */
int cs_intake_begin(struct cs_session *s, struct cs_intake_run *run, struct cs_err *e);
/* A row that only registers: cs_intake_take writes nothing of it unless it succeeds, and needs no mark. */
bool cs_intake_is_plain(const struct cs_intake *row);
/* Inside a write transaction and (unless the row is plain) a mark: on failure the caller undoes. CS_REFUSED: a rule says no, or the key is known
   with other content; CS_USAGE: a value that does not exist. *ticket is 0 for a row like an earlier one of a dry run.
   Uses s->work, which the caller resets between rows. */
int cs_intake_take(struct cs_session *s, struct cs_intake_run *run, const struct cs_intake *row, int64_t *ticket,
		   enum cs_intake_outcome *outcome, struct cs_err *e);

#endif
