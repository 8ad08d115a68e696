/* Finding persons and premises through their indexes. */
#ifndef CS_STORE_CUSTOMER_H
#define CS_STORE_CUSTOMER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "store/db.h"
#include "store/rows.h"

/* Each: 1 found (the row's texts in the arena), 0 none, -1 error. Phone, address and name are normalised
   (base/normal.h). Of several the one that was entered first. */
int cs_person_by_key(struct cs_db *db, const char *source, const char *key, struct cs_arena *a, struct cs_person_row *out, struct cs_err *e);
/* other_than: persons whose key comes from this source are left out; NULL: none are. */
int cs_person_by_phone(struct cs_db *db, const char *phone, const char *other_than, struct cs_arena *a, struct cs_person_row *out, struct cs_err *e);
/* Who of this name has the premises at that time. */
int cs_person_at(struct cs_db *db, int64_t premises, const char *name, const char *other_than, int64_t at, struct cs_arena *a,
		 struct cs_person_row *out, struct cs_err *e);
/* unit CS_NULL: the only premises of this address in all units, else the one in none. */
int cs_premises_by_address(struct cs_db *db, const char *address, int64_t unit, int64_t *premises, struct cs_err *e);
/* Has the person these premises at that time? */
int cs_tenure_holds(struct cs_db *db, int64_t person, int64_t premises, int64_t at, struct cs_err *e);

#endif
