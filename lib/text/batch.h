/* Bulk work in batches by time: the lock is held for at most 250 ms, with a pause between and a checkpoint after
   some (design section 7). */
#ifndef CS_TEXT_BATCH_H
#define CS_TEXT_BATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "domain/session.h"

/* Zero-initialise. */
struct cs_batch {
	int64_t began_ms;
	unsigned ended;
};
/* Brings now up to date and takes the lock. */
int cs_batch_begin(struct cs_batch *b, struct cs_session *s, struct cs_err *e);
/* True when the lock was held long enough, or a signal asks to end. */
bool cs_batch_full(const struct cs_batch *b);
/* Between two batches, after the commit: lets others at the lock, moves the WAL on. CS_BUSY: a signal asks to end. */
int cs_batch_pause(struct cs_batch *b, struct cs_session *s, struct cs_err *e);

#endif
