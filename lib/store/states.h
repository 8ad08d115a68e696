/* Which states tickets are in: a load of rules must not drop one of them. */
#ifndef CS_STORE_STATES_H
#define CS_STORE_STATES_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "store/db.h"

struct cs_state_use {
	const char *kind, *state;
	int64_t tickets;
};

/* Every kind and state that tickets have, in order; an array in the arena. Reads all tickets. */
int cs_states_in_use(struct cs_db *db, struct cs_arena *a, struct cs_state_use **out, size_t *count,
		     struct cs_err *e);

#endif
