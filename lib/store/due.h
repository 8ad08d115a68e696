/* Which tickets have something due, oldest first, through partial indexes (design section 6). */
#ifndef CS_STORE_DUE_H
#define CS_STORE_DUE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

struct cs_due {
	int64_t at, ticket;
};

/* Up to `max` tickets whose clocks or duties have a crossing before `upto`, or whose class time alone may change by then, in
   the order of that time and the ticket, behind `after` ({INT64_MIN, 0}: from the first). A ticket with several clocks comes
   several times. */
int cs_due_crossings(struct cs_db *db, const struct cs_due *after, int64_t upto, struct cs_due *list,
		  size_t max, size_t *count, struct cs_err *e);
/* The same of call-backs that still wait for a happening and are given up before `upto`. */
int cs_due_give_ups(struct cs_db *db, const struct cs_due *after, int64_t upto, struct cs_due *list,
		    size_t max, size_t *count, struct cs_err *e);
/* The statements, for the test of their plans. */
extern const char *const cs_due_statements[];
extern const size_t cs_due_statement_count;

#endif
