/* Table counter. */
#include "store/counter.h"

static const char sql_next[] =
	"INSERT INTO counter (prefix, day, last) VALUES (:prefix, :day, 1) "
	"ON CONFLICT (prefix, day) DO UPDATE SET last = last + 1 RETURNING last";

int cs_counter_next(struct cs_db *db, const char *prefix, int32_t day, int64_t *out, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_next, e);

	if (!s)
		return -1;
	cs_bind_text(s, ":prefix", prefix);
	cs_bind_int(s, ":day", day);
	if (cs_step(s, e) != 1)
		return -1;
	*out = cs_col_int(s, 0);
	return cs_step(s, e) < 0 ? -1 : 0;
}
