/* Verifying a database: the chain, every folded row, the file (design sections 2 and 4). */
#ifndef CS_DOMAIN_CHECK_H
#define CS_DOMAIN_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/hash.h"
#include "domain/session.h"

/* An earlier count of events and the head of the chain then, kept outside of the database. */
struct cs_chain_mark {
	int64_t count;
	unsigned char head[CS_HASH_SIZE];
};

/* Fill the first part, leave the rest zero. */
struct cs_check {
	struct cs_db *db;
	const char *database_id;
	/* for `recompute`; else may be NULL (a database whose rules cannot be used) */
	struct cs_session *s;
	/* ask each clock's edition again for its due and its rungs, at every event that set them */
	bool recompute;
	const struct cs_chain_mark *mark;
	size_t mark_count;
	/* One line, without newline, for each fault; `remark` for each thing an edition would now
	   decide otherwise. */
	void (*fault)(void *arg, const char *line);
	void (*remark)(void *arg, const char *line);
	void *arg;

	int64_t count; /* events */
	unsigned char head[CS_HASH_SIZE];
	size_t faults, file_faults; /* file_faults: of the engine's own check */
};

/* Checks all in one snapshot; memory does not grow with the tickets. After an erasure the personal
   columns of what was erased are not compared. 0 whatever it found; -1: it could not be read. */
int cs_check_run(struct cs_check *c, struct cs_err *e);
/* Parts of it: the engine's own check; the chain with its marks, and the rows and notices that no
   ticket owns. */
int cs_check_file(struct cs_check *c, struct cs_err *e);
int cs_check_chain(struct cs_check *c, struct cs_err *e);

#endif
