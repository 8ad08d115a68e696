/* Batches by time. */
#include "text/batch.h"

#include <time.h>

#include "base/time.h"
#include "text/process.h"

enum {
	BATCH_MS = 200, /* the last ticket and the commit stay within 250 ms */
	PAUSE_MS = 3,
	CHECKPOINT_BATCHES = 8 /* pages that many batches touch are copied once */
};

static int64_t monotonic_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int cs_batch_begin(struct cs_batch *b, struct cs_session *s, struct cs_err *e)
{
	if (!s->now_given)
		s->now = cs_time_machine();
	if (cs_session_begin(s, e) < 0)
		return -1;
	b->began_ms = monotonic_ms();
	return 0;
}

bool cs_batch_full(const struct cs_batch *b)
{
	return monotonic_ms() - b->began_ms >= BATCH_MS || cs_process_interrupted();
}

int cs_batch_pause(struct cs_batch *b, struct cs_session *s, struct cs_err *e)
{
	const struct timespec pause = {0, PAUSE_MS * 1000000L};

	if (cs_process_interrupted())
		return cs_process_ended(e);
	nanosleep(&pause, NULL);
	return ++b->ended % CHECKPOINT_BATCHES == 0 ? cs_db_checkpoint(s->db, false, e) : 0;
}
