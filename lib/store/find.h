/* Finding tickets through their indexed values. */
#ifndef CS_STORE_FIND_H
#define CS_STORE_FIND_H

#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

/* Another ticket of this kind in stock (or standing) whose findable field has this value: *other, 0 none. */
int cs_find_exclusive(struct cs_db *db, const char *kind, const char *field, const char *value, int64_t but, int64_t *other, struct cs_err *e);

#endif
