/* Tickets whose clocks run. */
#ifndef CS_STORE_RUNNING_H
#define CS_STORE_RUNNING_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "store/db.h"

/* Tickets after `after`, at most `most`, with a clock that runs under another edition, or would but for
   a merge; ascending, in the arena. */
int cs_running_elsewhere(struct cs_db *db, int64_t edition, int64_t after, size_t most, struct cs_arena *a,
			 int64_t **out, size_t *count, struct cs_err *e);

#endif
