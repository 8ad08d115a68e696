/* Finding tickets through ticket_key. */
#include "store/find.h"

static const char sql_exclusive[] =
	"SELECT t.id FROM ticket_key k JOIN ticket t ON t.id = k.ticket WHERE k.value = :value AND k.field = :field "
	"AND t.kind = :kind AND t.state_is IN ('open', 'waiting', 'standing') AND t.id <> :but LIMIT 1";

static int first_id(struct cs_stmt *s, int64_t *other, struct cs_err *e)
{
	int rc = cs_step(s, e);

	if (rc == 1)
		*other = cs_col_int(s, 0);
	cs_stmt_done(s);
	return rc < 0 ? -1 : 0;
}

int cs_find_exclusive(struct cs_db *db, const char *kind, const char *field, const char *value, int64_t but,
		      int64_t *other, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_exclusive, e);

	*other = 0;
	if (!s)
		return -1;
	cs_bind_text(s, ":value", value);
	cs_bind_text(s, ":field", field);
	cs_bind_text(s, ":kind", kind);
	cs_bind_int(s, ":but", but);
	return first_id(s, other, e);
}
