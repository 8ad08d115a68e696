/* The outbox: messages someone must get (design section 4). Deciding and delivering are separate.
   */
#ifndef CS_STORE_NOTICE_H
#define CS_STORE_NOTICE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "store/db.h"

/* to_kind: staff, customer or unit (to_id), body (to_code). text may be NULL (erased). */
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
int cs_notice_get(struct cs_db *db, int64_t event, int64_t seq, struct cs_arena *a,
		  struct cs_notice *out, struct cs_err *e);
/* All, the last first; texts in the arena of the call. */
struct cs_stmt *cs_notice_walk_back(struct cs_db *db, struct cs_err *e);
int cs_notice_next(struct cs_stmt *walk, struct cs_arena *a, struct cs_notice *out,
		   struct cs_err *e); /* 1, 0, -1 */
/* --- delivery: what happens to a row after it was made; not part of the history --------------- */

/* Rows to walk: all of this state and kind of recipient, NULL any; `open` those not yet ended well.
   By event and seq. */
struct cs_notice_filter {
	const char *state, *to_kind;
	bool open; /* pending, failed, doubtful */
};
extern const char *const cs_notice_statements[]; /* those that may read no more than they give; NULL ends */
struct cs_stmt *cs_notice_list(struct cs_db *db, const struct cs_notice_filter *f,
			       struct cs_err *e);
/* The next one to be tried by `now`, behind (event, seq) of the same try_at in *out when its reason
   is not NULL; leased ones only when their lease is over. 1, 0, -1; texts in the arena. */
int cs_notice_due(struct cs_db *db, int64_t now, const char *to_kind, struct cs_arena *a,
		  struct cs_notice *out, struct cs_err *e);
/* Takes it for one delivery: a lease and one attempt more; with `state` (may be NULL) it also ends
   in that state. */
int cs_notice_lease(struct cs_db *db, const struct cs_notice *n, const char *lease, int64_t until,
		    const char *state, struct cs_err *e);
/* Writes how it went: state, try_at, sent_at, last_error, and the lease is given back. Only while
   `lease` is still its lease (NULL: whoever has it): 1 written, 0 somebody else took it over, -1.
   */
int cs_notice_finish(struct cs_db *db, const struct cs_notice *n, const char *lease,
		     struct cs_err *e);

#endif
