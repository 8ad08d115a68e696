/* What is owed, through its indexes: rows of any subject (a ticket's are loaded with the ticket). */
#ifndef CS_STORE_OWED_H
#define CS_STORE_OWED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "store/db.h"
#include "store/rows.h"

/* Owed still: neither done nor waived, and its time is not over. */
static inline bool cs_owed_open(const struct cs_owed_row *o)
{
	return o->done_at == CS_NULL && o->waived_at == CS_NULL && o->missed_at == CS_NULL;
}

/* owed, done or missed; waived: somebody waived it; fell: with its class; ended: for another reason (why). */
const char *cs_owed_state(const struct cs_owed_row *o);
int64_t cs_owed_end(const struct cs_owed_row *o); /* when it was done, waived, ended or missed; CS_NULL: it is owed */
/* Its due passed before its end, or before `now` (on the second of the due it is in time); or one that was moved since. */
bool cs_owed_late(const struct cs_owed_row *o, int64_t now);

struct cs_owed_key {
	const char *about;
	int64_t subject;
	const char *duty, *cause;
};
/* 1 found, 0 there is none, -1. Texts in the arena. */
int cs_owed_find(struct cs_db *db, const struct cs_owed_key *key, struct cs_arena *a, struct cs_owed_row *out,
		 struct cs_err *e);
/* Whether it is there: 1, 0, -1. */
int cs_owed_there(struct cs_db *db, const struct cs_owed_key *key, struct cs_err *e);

/* Walks: start one, call next until 0; texts live in the arena given. */
struct cs_stmt *cs_owed_walk_open(struct cs_db *db, struct cs_err *e); /* all that are open, by subject */
/* Missed at `since` or later, in no order. */
struct cs_stmt *cs_owed_walk_missed(struct cs_db *db, int64_t since, struct cs_err *e);
struct cs_stmt *cs_owed_walk_all(struct cs_db *db, struct cs_err *e);  /* every row, by subject */
struct cs_stmt *cs_owed_walk_of(struct cs_db *db, const char *about, int64_t subject,
				struct cs_err *e); /* every row of one */
/* Every row whose subject is no ticket, in the order of the key. */
struct cs_stmt *cs_owed_walk_others(struct cs_db *db, struct cs_err *e);
int cs_owed_next(struct cs_stmt *walk, struct cs_arena *a, struct cs_owed_row *out, struct cs_err *e); /* 1, 0, -1 */

/* The row of this unit whose next crossing comes first, before `upto`: 1, 0, -1. */
int cs_owed_first(struct cs_db *db, int64_t unit, int64_t upto, struct cs_arena *a, struct cs_owed_row *out,
		  struct cs_err *e);
/* Units (each once, behind `after`) with a crossing before `upto`: 1 (*unit), 0, -1. */
int cs_owed_next_unit(struct cs_db *db, int64_t after, int64_t upto, int64_t *unit, struct cs_err *e);

/* The statements that choose rows: their plans are tested. */
extern const char *const cs_owed_statements[];
extern const size_t cs_owed_statement_count;

#endif
