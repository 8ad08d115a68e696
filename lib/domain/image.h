/* A ticket whole: its row and all rows of its tables, in memory. Loaded, folded on, saved. */
#ifndef CS_DOMAIN_IMAGE_H
#define CS_DOMAIN_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/value.h"
#include "store/db.h"
#include "store/rows.h"

/* In the order of cs_tables. */
enum cs_part_id {
	CS_P_TICKET,
	CS_P_STAY,
	CS_P_KEY,
	CS_P_ROW,
	CS_P_PARTY,
	CS_P_LINK,
	CS_P_EVIDENCE,
	CS_P_CLOCK,
	CS_P_RUNG,
	CS_P_OWED,
	CS_P_CALLBACK,
	CS_P_ATTEMPT,
	CS_P_APPEAL,
	CS_P_LIKENESS,
	CS_P_APPROVAL,
	CS_P_COUNT
};
struct cs_part {
	char *row;            /* array of the table's row structs */
	unsigned char *dirty; /* one per row */
	size_t count, size;
};
/* A value of one of the kind's own fields. */
struct cs_own {
	const char *id;
	struct cs_value value;
	bool is_text; /* stands in texts, else in fields */
};
struct cs_image {
	struct cs_arena *arena; /* borrowed; everything here lies in it */
	bool exists, dirty;
	struct cs_ticket_row t;
	struct cs_part part[CS_P_COUNT]; /* CS_P_TICKET unused */
	struct cs_own *own;              /* sorted by id */
	size_t own_count, own_size;
};

void cs_image_init(struct cs_image *im, struct cs_arena *a); /* a ticket that does not exist yet */
/* 1 found, 0 no such ticket, -1 error. */
int cs_image_load(struct cs_image *im, struct cs_db *db, int64_t ticket, struct cs_err *e);
/* Begins and loads one that must be there: CS_NOTFOUND with its reference. */
int cs_image_get(struct cs_image *im, struct cs_db *db, int64_t ticket, struct cs_arena *a, struct cs_err *e);
/* Writes what changed. */
int cs_image_save(struct cs_image *im, struct cs_db *db, struct cs_err *e);

/* A copy to look ahead on; texts are shared. */
void cs_image_copy(struct cs_image *to, const struct cs_image *from);

/* Adds a blank row and marks it; touch marks a row as changed. */
void *cs_image_add(struct cs_image *im, enum cs_part_id part);
void *cs_image_at(const struct cs_image *im, enum cs_part_id part, size_t i);
void cs_image_touch(struct cs_image *im, enum cs_part_id part, const void *row);
#define cs_image_count(im, p) ((im)->part[p].count)

/* Own fields: the value, or NULL when unset. set with type NONE unsets. */
const struct cs_value *cs_image_own(const struct cs_image *im, const char *field);
void cs_image_set_own(struct cs_image *im, const char *field, const struct cs_value *v, bool is_text);

/* A value of the columns "fields" and "texts" (JSON) of a stored row: NONE when unset; texts in the arena. */
struct cs_value cs_own_value(const char *fields, const char *texts, const char *field, struct cs_arena *a);
/* A cell of a list row, likewise. */
struct cs_value cs_image_cell(const struct cs_image *im, const struct cs_ticket_row_row *row, const char *field);
void cs_image_set_cell(struct cs_image *im, struct cs_ticket_row_row *row, const char *field, const struct cs_value *v, bool is_text);
struct cs_ticket_row_row *cs_image_list_row(const struct cs_image *im, const char *list, const char *key); /* NULL: none */

/* The clock's run that is or was last in the current cycle (annulled ones never were), NULL when it never started in it. */
struct cs_clock_row *cs_image_clock(const struct cs_image *im, const char *clock);
struct cs_clock_row *cs_image_run(const struct cs_image *im, const char *clock, int64_t cycle, int64_t run);
/* Still to be made: now, or once what it waits for has happened. */
bool cs_callback_to_make(const struct cs_callback_row *c);
struct cs_callback_row *cs_image_callback(const struct cs_image *im, int64_t seq);
int64_t cs_image_next_seq(const struct cs_image *im, enum cs_part_id part); /* for parts whose key ends in seq */

/* The unit of filters and reports: handling, else accepting. */
int64_t cs_image_unit(const struct cs_image *im);
/* The name the person gave with this ticket, where they go by another; NULL: none. */
const char *cs_image_called(const struct cs_image *im, int64_t person);
/* In stock: its state is open or waiting. */
bool cs_image_in_stock(const struct cs_image *im);

/* Brings rows into key order and the own fields into the row's JSON columns, for comparing. */
void cs_image_settle(struct cs_image *im);

#endif
