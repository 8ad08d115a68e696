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

#endif
