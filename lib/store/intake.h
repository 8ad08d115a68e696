/* Imports, and which row of which source became which ticket. */
#ifndef CS_STORE_INTAKE_H
#define CS_STORE_INTAKE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

/* Two digests in hex, one behind the other: of what was registered, of the whole row. */
enum { CS_INTAKE_DIGEST = 2 * 32 };

struct cs_intake_seen {
	char digest[CS_INTAKE_DIGEST + 1];
	int64_t ticket, run;
};

int cs_intake_run_add(struct cs_db *db, const char *source, bool history, int64_t at, const char *login, int64_t *run, struct cs_err *e);
/* 1 found, 0 none, -1. */
int cs_intake_row_find(struct cs_db *db, const char *source, const char *key, struct cs_intake_seen *out, struct cs_err *e);
int cs_intake_row_add(struct cs_db *db, const char *source, const char *key, const struct cs_intake_seen *row, struct cs_err *e);
/* Another digest (NULL: the same), another run. */
int cs_intake_row_change(struct cs_db *db, const char *source, const char *key, const char *digest, int64_t run, struct cs_err *e);

#endif
