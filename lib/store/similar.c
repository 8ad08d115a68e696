/* Table likeness: what a ticket could repeat. */
#include "store/similar.h"

#define COLUMNS "SELECT ticket, at, customer, premises, unit, category, total, grams FROM likeness "
#define RANGE   "AND ticket BETWEEN :from AND :to ORDER BY ticket DESC"

/* A company without units compares by the category alone. */
const char *const cs_similar_sql[CS_SAME_COUNT] = {
	COLUMNS "WHERE customer = :customer " RANGE,
	COLUMNS "WHERE premises = :premises " RANGE,
	COLUMNS "WHERE unit IS :unit AND category = :category " RANGE,
};

int cs_similar_walk(struct cs_db *db, enum cs_same same, const struct cs_likeness_row *of, int64_t from, int64_t to,
		    struct cs_stmt **walk, struct cs_err *e)
{
	struct cs_stmt *s;

	*walk = NULL;
	if ((same == CS_SAME_CUSTOMER && of->customer == CS_NULL) ||
	    (same == CS_SAME_PREMISES && of->premises == CS_NULL) || (same == CS_SAME_CATEGORY && !of->category))
		return 0;
	s = cs_db_prepare(db, cs_similar_sql[same], e);
	if (!s)
		return -1;
	switch (same) {
	case CS_SAME_CUSTOMER: cs_bind_int(s, ":customer", of->customer); break;
	case CS_SAME_PREMISES: cs_bind_int(s, ":premises", of->premises); break;
	default:
		cs_bind_text(s, ":category", of->category);
		if (of->unit != CS_NULL)
			cs_bind_int(s, ":unit", of->unit);
		break;
	}
	cs_bind_int(s, ":from", from);
	cs_bind_int(s, ":to", to);
	*walk = s;
	return 0;
}

int cs_similar_next(struct cs_stmt *walk, struct cs_likeness_row *out, struct cs_err *e)
{
	int rc = cs_step(walk, e);

	if (rc == 1)
		cs_table_borrow(&cs_likeness_table, walk, UINT64_MAX, out);
	return rc;
}
