/* Rows that refer to nothing, of tables that no event speaks of. */
#ifndef CS_STORE_ORPHAN_H
#define CS_STORE_ORPHAN_H

#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

/* Imported rows whose ticket is not there, one after the other. Start, then next until 0: 1, 0, -1; the text lives
   until the next call. */
struct cs_stmt *cs_orphan_imports(struct cs_db *db, struct cs_err *e);
int cs_orphan_next(struct cs_stmt *walk, const char **source, int64_t *ticket, struct cs_err *e);

#endif
