/* Where personal data may stand (design section 4), and clearing what no fold writes. */
#ifndef CS_STORE_PERSONAL_H
#define CS_STORE_PERSONAL_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/hash.h"
#include "store/db.h"

/* How an erasure empties a column: RECORD by effects of its event; EVENT by cs_event_erase;
   FOLDED by folding the ticket again without the texts; CLEARED by cs_personal_clear. STAFF is about
   the desk's own people: no customer's erasure concerns it. */
enum cs_personal_by {
	CS_PERSONAL_RECORD,
	CS_PERSONAL_EVENT,
	CS_PERSONAL_FOLDED,
	CS_PERSONAL_CLEARED,
	CS_PERSONAL_STAFF
};
struct cs_personal_column {
	const char *table, *column;
	enum cs_personal_by by;
};
extern const struct cs_personal_column cs_personal_columns[];
extern const size_t cs_personal_count;

/* Empties the notices' texts of a ticket and replaces the source keys of its rows by
   cs_personal_key. */
int cs_personal_clear(struct cs_db *db, const char *database_id, int64_t ticket, struct cs_err *e);
/* What stands for an erased source key: '~' and its digest under the database's id, so that the
   same row read again is still known. The row's own digest is then empty. Returns out. */
enum { CS_PERSONAL_KEY_SIZE = 2 + 2 * CS_HASH_SIZE };
char *cs_personal_key(const char *database_id, const char *key, char out[CS_PERSONAL_KEY_SIZE]);
/* May a source have rows whose keys were erased? 1 (also for rare keys that look so), 0, -1. */
int cs_personal_keys(struct cs_db *db, const char *source, struct cs_err *e);

#endif
