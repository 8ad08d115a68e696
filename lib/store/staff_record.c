/* Finding records of people. */
#include "store/staff_record.h"

static const char sql_find[] =
	"SELECT id, staff, record, at, until, note FROM staff_record "
	"WHERE staff = :staff AND record = :record AND at = :at ORDER BY id LIMIT 1";

int cs_staff_record_find(struct cs_db *db, struct cs_staff_record_row *row, struct cs_arena *a,
			 struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql_find, e);
	int rc;

	if (!s)
		return -1;
	cs_bind_int(s, ":staff", row->staff);
	cs_bind_text(s, ":record", row->record);
	cs_bind_int(s, ":at", row->at);
	rc = cs_step(s, e);
	if (rc == 1)
		cs_table_read(&cs_staff_record_table, s, a, row);
	cs_stmt_done(s);
	return rc;
}
