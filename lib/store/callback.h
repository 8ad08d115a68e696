/* Contacts through their indexes. */
#ifndef CS_STORE_CALLBACK_H
#define CS_STORE_CALLBACK_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "store/db.h"
#include "store/rows.h"

/* Walks. Start, then next until 0; rows live in the arena given to next. */
struct cs_stmt *cs_callbacks_open(struct cs_db *db,
				  struct cs_err *e); /* state open, by due, those without last */
struct cs_stmt *cs_callbacks_waiting(struct cs_db *db,
				     struct cs_err *e); /* state waiting, by what they wait for */
struct cs_stmt *cs_callbacks_done(struct cs_db *db, int64_t from, int64_t to,
				  struct cs_err *e); /* ended in [from, to) */
int cs_callbacks_next(struct cs_stmt *walk, struct cs_arena *a, struct cs_callback_row *out,
		      struct cs_err *e);

/* Tickets (each once, from `after` on) with a contact that waits for this happening; *ticket: 1
   found, 0, -1. */
int cs_callback_next_waiting(struct cs_db *db, const char *happening, int64_t after,
			     int64_t *ticket, struct cs_err *e);
/* Was this happening entered for this unit in [from, to)? 1 yes, -1 error, 0 no: *id is the id for
   a new row. */
int cs_happening_known(struct cs_db *db, const char *happening, int64_t unit, int64_t from,
		       int64_t to, int64_t *id, struct cs_err *e);

/* When it first came to pass at the unit since `from`: 1 (*at), 0 not yet, -1. */
int cs_happening_first(struct cs_db *db, const char *happening, int64_t unit, int64_t from, int64_t *at,
		       struct cs_err *e);

/* Those that choose rows: their plans are tested. */
extern const char *const cs_callback_statements[];
extern const size_t cs_callback_statement_count;

#endif
