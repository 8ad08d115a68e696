/* Calls made with --key: they happen once, a repeat gets the first answer (design section 7). */
#ifndef CS_STORE_CALL_KEY_H
#define CS_STORE_CALL_KEY_H

#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "store/db.h"

/* program: its name and command; digest: of what was asked; answer: what was printed. */
struct cs_call_key {
	const char *key, *program, *digest, *answer;
	int64_t at;
};

/* 1 found (texts in the arena), 0, -1. */
int cs_call_key_find(struct cs_db *db, const char *key, struct cs_arena *a, struct cs_call_key *out,
		     struct cs_err *e);
int cs_call_key_add(struct cs_db *db, const struct cs_call_key *k, struct cs_err *e);

#endif
