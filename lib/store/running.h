/* Whose clocks run, who owes something. */
#ifndef CS_STORE_RUNNING_H
#define CS_STORE_RUNNING_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "store/db.h"

/* Tickets after `after`, at most `most`, with a clock that runs under another edition, or would but for a merge, or that owe
   something by a time under another; ascending, in the arena. */
int cs_running_elsewhere(struct cs_db *db, int64_t edition, int64_t after, size_t most,
			 struct cs_arena *a, int64_t **out, size_t *count, struct cs_err *e);
/* Units that owe something by a time under another edition. */
int cs_running_units(struct cs_db *db, int64_t edition, struct cs_arena *a, int64_t **out, size_t *count,
		     struct cs_err *e);

/* Their plans are tested. */
extern const char *const cs_running_statements[];
extern const size_t cs_running_statement_count;

#endif
