/* Units, people, posts and records as text: what cs-org reads from options and CSV and prints. */
#ifndef CS_TEXT_ORG_FORM_H
#define CS_TEXT_ORG_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "domain/session.h"
#include "text/heading.h"
#include "text/out.h"

/* UNTIL is a time before which something holds: a day alone means to the end of that day. */
enum cs_org_type {
	CS_ORG_TEXT,
	CS_ORG_COUNT,
	CS_ORG_FROM,
	CS_ORG_UNTIL,
	CS_ORG_UNIT,
	CS_ORG_PERSON,
	CS_ORG_FLAG,
	CS_ORG_POST, /* an id or label of the rules */
	CS_ORG_RECORD
};
struct cs_org_field {
	const char *name, *column; /* as written; of the table */
	enum cs_org_type type;
	bool key;                      /* tells rows apart in CSV */
	const char *zh[CS_HEADING_ZH]; /* its Chinese headings in CSV */
};

enum { CS_ORG_FIELDS_MAX = 8 }; /* of any form */
enum cs_org_what { CS_ORG_UNITS, CS_ORG_STAFF, CS_ORG_POSTS, CS_ORG_RECORDS };
struct cs_org_form {
	enum cs_org_what what;
	const char *one, *many;
	const struct cs_table *table;
	const struct cs_org_field *field;
	size_t count;
	bool shows_id; /* rows are named by their number */
};
union cs_org_row {
	struct cs_unit_row unit;
	struct cs_staff_row staff;
	struct cs_post_row post;
	struct cs_staff_record_row record;
};

/* By "unit" or "units" and so on; CS_USAGE. */
const struct cs_org_form *cs_org_form_find(const char *word, struct cs_err *e);
const struct cs_org_field *cs_org_form_field(const struct cs_org_form *f,
					     const char *name); /* NULL: it has none */

/* Reads one value into the row; empty text empties it. Texts go to the arena. CS_USAGE: what is
   wrong. */
int cs_org_form_set(struct cs_session *s, struct cs_arena *a, const struct cs_org_field *field,
		    const char *text, const struct cs_table *t, void *row, struct cs_err *e);
/* What was not said begins today (a post not before its person joined). */
void cs_org_form_defaults(const struct cs_session *s, const struct cs_org_form *f,
			  union cs_org_row *row);
/* One cell per field; buf of 32 bytes per field. */
void cs_org_form_cells(const struct cs_session *s, const struct cs_org_form *f, const void *row,
		       struct cs_cell *cells, char (*buf)[32]);

/* The row there is with the keys of `row` in its key columns: 1 found (copied over row), 0, -1. */
int cs_org_form_match(struct cs_session *s, const struct cs_org_form *f, union cs_org_row *row,
		      struct cs_err *e);
/* The row that a person names: a unit's code, a login, a number. CS_USAGE: none. */
int cs_org_form_get(struct cs_session *s, const struct cs_org_form *f, const char *text,
		    union cs_org_row *row, struct cs_err *e);
/* Checks and records (domain/staffing.h). */
int cs_org_form_put(struct cs_session *s, const struct cs_org_form *f, union cs_org_row *row,
		    cs_time at, bool *changed, struct cs_err *e);

/* All rows, units as a tree, people by login, posts and records beside them; an array of
   pointers in the arena. */
int cs_org_form_rows(struct cs_session *s, const struct cs_org_form *f, struct cs_arena *a,
		     const void ***rows, size_t *count, struct cs_err *e);
/* Does the row hold at that time (the unit is open, the person there, the post held, the record
   valid)? */
bool cs_org_form_holds(const struct cs_org_form *f, const void *row, cs_time at);
/* The unit a row belongs to; CS_NULL none. */
int64_t cs_org_form_unit(const struct cs_session *s, const struct cs_org_form *f, const void *row);

#endif
