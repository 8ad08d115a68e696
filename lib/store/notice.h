/* The outbox: messages someone must get (design section 4). Deciding and delivering are separate. */
#ifndef CS_STORE_NOTICE_H
#define CS_STORE_NOTICE_H

#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "store/db.h"

/* to_kind: staff or customer (to_id), body or post (to_code). text may be NULL (erased). */
struct cs_notice {
	int64_t event, seq, ticket;
	const char *reason, *what, *to_kind;
	int64_t to_id;
	const char *to_code;
	int64_t at, not_before;
	const char *text;
	/* delivery */
	const char *state;
	int64_t attempts, try_at, leased_until, sent_at;
	const char *lease, *last_error;
};

int cs_notice_add(struct cs_db *db, const struct cs_notice *n, struct cs_err *e);
/* 1 found, 0, -1; texts in the arena. */
int cs_notice_get(struct cs_db *db, int64_t event, int64_t seq, struct cs_arena *a, struct cs_notice *out, struct cs_err *e);
/* All, the last first; texts in the arena of the call. */
struct cs_stmt *cs_notice_walk_back(struct cs_db *db, struct cs_err *e);
int cs_notice_next(struct cs_stmt *walk, struct cs_arena *a, struct cs_notice *out, struct cs_err *e); /* 1, 0, -1 */

#endif
