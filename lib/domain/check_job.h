/* What is checked, what it is compared with, and what was found. */
#ifndef CS_DOMAIN_CHECK_JOB_H
#define CS_DOMAIN_CHECK_JOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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

#endif
