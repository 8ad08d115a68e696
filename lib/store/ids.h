/* Numbers for new rows of the tables that are not a ticket's. */
#ifndef CS_STORE_IDS_H
#define CS_STORE_IDS_H

#include <stdint.h>

#include "base/err.h"
#include "store/db.h"
#include "store/table.h"

/* One more than the largest id in the table (1 in an empty one). Only inside a write
   transaction, or two writers would draw the same. CS_INTERNAL: not a table with ids. */
int cs_id_next(struct cs_db *db, const struct cs_table *t, int64_t *id, struct cs_err *e);

#endif
