/* The columns that cs-list can print: built-in ones and the fields of the kinds. */
#ifndef CS_TEXT_LIST_COLUMNS_H
#define CS_TEXT_LIST_COLUMNS_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/value.h"
#include "domain/session.h"
#include "store/rows.h"
#include "text/out.h"

/* How a column's value is had from a ticket's row. */
enum cs_list_from {
	CS_LIST_REF, CS_LIST_TEXT, CS_LIST_INT, CS_LIST_TIME, CS_LIST_BOOL, CS_LIST_UNIT, CS_LIST_STAFF, CS_LIST_MATTER,
	CS_LIST_HOLDER,   /* the unit of filters and reports */
	CS_LIST_OVERDUE,
	CS_LIST_NAME, CS_LIST_PHONE, CS_LIST_ADDRESS, /* of the customer and the premises */
	CS_LIST_FIELD
};
struct cs_list_column {
	const char *name, *source; /* source: the ticket's column, or the field's id */
	enum cs_list_from from;
	const struct cs_table_column *column; /* of the ticket; NULL: a field */
};
struct cs_list_columns {
	struct cs_list_column *item;
	size_t count;
	uint64_t need; /* columns of the ticket that these read */
};

/* Reads "ref,kind,opened" (NULL: the usual ones), with the reference put first where first_ref says so and it is not. CS_USAGE: no
   such column (the message lists them), or twice the same. All in the arena. */
int cs_list_columns_read(const struct cs_policy *p, const char *text, bool first_ref, struct cs_arena *a, struct cs_list_columns *out,
			 struct cs_err *e);
/* A single one, for sorting. */
int cs_list_column_find(const struct cs_policy *p, const char *name, struct cs_arena *a, struct cs_list_column *out, uint64_t *need,
			struct cs_err *e);
/* The value of a column: what it is sorted by. NONE: nothing there. Texts live as long as the row or the arena. */
int cs_list_value(struct cs_session *s, const struct cs_list_column *c, const struct cs_ticket_row *t, struct cs_arena *a, struct cs_value *out,
		  struct cs_err *e);
/* The cell to print it. */
struct cs_cell cs_list_cell(struct cs_session *s, const struct cs_list_column *c, const struct cs_ticket_row *t,
			    const struct cs_value *v, struct cs_arena *a);
/* For cs_out_open, in the arena. */
const struct cs_column *cs_list_titles(const struct cs_list_columns *l, struct cs_arena *a);

#endif
