/* Events and their hash chain (design sections 2 and 4). */
#ifndef CS_STORE_EVENT_H
#define CS_STORE_EVENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/hash.h"
#include "base/mem.h"
#include "store/db.h"

/* actor and edition may be CS_NULL. private_part is NULL when there is none or it was erased. */
struct cs_event {
	int64_t id;
	const char *about;
	int64_t subject, at, recorded_at;
	const char *login;
	int64_t actor;
	const char *step;
	int64_t edition;
	const char *facts, *private_part;
	bool erased;
	const char *odd; /* read back: what in the row no program of ours writes; NULL nothing */
	unsigned char private_digest[CS_HASH_SIZE]; /* read back only when erased */
	unsigned char chain[CS_HASH_SIZE];
};

/* The end of the chain inside the running transaction. */
struct cs_chain {
	int64_t last_id, recorded_at, count;
	unsigned char head[CS_HASH_SIZE];
};

/* Reads the end of the chain (the genesis when there is no event). */
int cs_chain_load(struct cs_db *db, const char *database_id, struct cs_chain *c, struct cs_err *e);
/* Appends: fills id, recorded_at (never below the last one), chain; moves the chain on. */
int cs_event_append(struct cs_db *db, struct cs_chain *c, struct cs_event *ev, struct cs_err *e);
/* The head that follows `head` with this event; what cs_event_append stores and cs-check compares. */
void cs_chain_next(const unsigned char head[CS_HASH_SIZE], const struct cs_event *ev, unsigned char out[CS_HASH_SIZE]);
void cs_chain_genesis(const char *database_id, unsigned char out[CS_HASH_SIZE]);

/* Events in order. Start one walk, call next until 0; texts live until the next call. */
struct cs_stmt *cs_event_walk(struct cs_db *db, int64_t after_id, struct cs_err *e);
struct cs_stmt *cs_event_of(struct cs_db *db, const char *about, int64_t subject, struct cs_err *e);
/* From the last to the first; and all in the order of their subjects, each subject's in order. */
struct cs_stmt *cs_event_walk_back(struct cs_db *db, struct cs_err *e);
struct cs_stmt *cs_event_walk_subjects(struct cs_db *db, struct cs_err *e);
int cs_event_next(struct cs_stmt *walk, struct cs_event *out, struct cs_err *e); /* 1, 0, -1 */
/* One event by id with its texts in the arena: 1, 0, -1. */
int cs_event_get(struct cs_db *db, int64_t id, struct cs_arena *a, struct cs_event *out, struct cs_err *e);
int64_t cs_event_count(struct cs_db *db, struct cs_err *e); /* -1 on error */

/* The last time this step was taken on a ticket since the event `since`: 1 (id, at, actor filled), 0, -1. */
int cs_event_last_step(struct cs_db *db, int64_t ticket, const char *step, int64_t since, struct cs_event *out, struct cs_err *e);

/* Clears the private part and keeps its digest, so that the chain still verifies. */
int cs_event_erase(struct cs_db *db, int64_t id, struct cs_err *e);

#endif
