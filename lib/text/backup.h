/* A verified copy of a database, there whole or not at all. */
#ifndef CS_TEXT_BACKUP_H
#define CS_TEXT_BACKUP_H

#include <stdbool.h>

#include "base/err.h"
#include "base/hash.h"
#include "store/db.h"

struct cs_backup {
	int64_t count; /* events in the copy */
	unsigned char head[CS_HASH_SIZE];
	size_t faults; /* of its chain and records; each is said on stderr */
};
/* Copies while others write, verifies the copy, writes it through to the disk and only then gives
   it the name `to`, which must be free (CS_USAGE). A copy whose file is damaged is not kept
   (CS_IO). Other faults are the original's: a backup is kept with them, but with `sound`
   (restoring, which checks everything) it is not. */
int cs_backup_write(struct cs_db *db, const char *to, bool sound, struct cs_backup *out,
		    struct cs_err *e);

#endif
