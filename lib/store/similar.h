/* Candidates: tickets that one could repeat, through the indexes of table likeness. */
#ifndef CS_STORE_SIMILAR_H
#define CS_STORE_SIMILAR_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"
#include "store/rows.h"

enum cs_same { CS_SAME_CUSTOMER, CS_SAME_PREMISES, CS_SAME_CATEGORY, CS_SAME_COUNT };

/* Starts a walk over the tickets with ids in [from, to] that have this in common with `of`, the newest first: by day, then
   as the references run. *walk is NULL where `of` has nothing there that could be in common. */
int cs_similar_walk(struct cs_db *db, enum cs_same same, const struct cs_likeness_row *of, int64_t from, int64_t to,
		    struct cs_stmt **walk, struct cs_err *e);
/* 1 with the row, its texts valid until the next call; 0, -1. The caller may stop early with cs_stmt_done. */
int cs_similar_next(struct cs_stmt *walk, struct cs_likeness_row *out, struct cs_err *e);

/* The statements, for the test of their plans. */
extern const char *const cs_similar_sql[CS_SAME_COUNT];

#endif
