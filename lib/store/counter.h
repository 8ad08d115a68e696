/* The last running number of a prefix and day. */
#ifndef CS_STORE_COUNTER_H
#define CS_STORE_COUNTER_H

#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

/* The next number (from 1), inside the running write transaction; it is drawn once cs_counter_set says so. In two
   calls, so that what is refused between them has written nothing. */
int cs_counter_next(struct cs_db *db, const char *prefix, int32_t day, int64_t *out, struct cs_err *e);
int cs_counter_set(struct cs_db *db, const char *prefix, int32_t day, int64_t last, struct cs_err *e);

/* For verifying. All counters, one after the other: start, then next until 0 (1, 0, -1); prefix lives until then. */
struct cs_stmt *cs_counter_walk(struct cs_db *db, struct cs_err *e);
int cs_counter_walk_next(struct cs_stmt *walk, const char **prefix, int32_t *day, int64_t *last, struct cs_err *e);
/* The first ticket whose id is not below `from`; the one with the highest number of a prefix and day: 1, 0 none, -1. */
int cs_counter_used(struct cs_db *db, int64_t from, int64_t *id, struct cs_err *e);
int cs_counter_highest(struct cs_db *db, const char *prefix, int32_t day, int64_t *id, struct cs_err *e);

#endif
