/* Counting tickets by kind and state. */
#include "store/states.h"

static const char sql_states[] =
	"SELECT kind, state, count(*) FROM ticket GROUP BY kind, state ORDER BY kind, state";

int cs_states_in_use(struct cs_db *db, struct cs_arena *a, struct cs_state_use **out, size_t *count,
		     struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_states, e);
	size_t size = 0;
	int rc;

	*out = NULL;
	*count = 0;
	if (!s)
		return -1;
	while ((rc = cs_step(s, e)) == 1) {
		struct cs_state_use *u;

		*out = cs_arena_grow(a, *out, *count, &size, sizeof **out);
		u = &(*out)[(*count)++];
		u->kind = cs_arena_strdup(a, cs_col_text(s, 0));
		u->state = cs_arena_strdup(a, cs_col_text(s, 1));
		u->tickets = cs_col_int(s, 2);
	}
	return rc;
}
