/* How a ticket's clocks stood at another moment than that of its image. */
#ifndef CS_DOMAIN_PAST_H
#define CS_DOMAIN_PAST_H

#include "base/mem.h"
#include "base/time.h"
#include "domain/image.h"
#include "domain/policy.h"

/* One stretch of "FROM-TO,FROM-TO", as a clock's pauses are kept; false: none is left. */
bool cs_pause_next(const char **text, cs_time *from, cs_time *to);

/* Was the clock's run that had started last by then in this state at `at`? 1, 0; -1: none had started. What is known now
   counts: a stop entered later with an earlier time stopped it at that time. just_before: before what was done in that very
   second. */
int cs_past_clock(const struct cs_image *im, const char *clock, enum cs_clock_is is, cs_time at, bool just_before);

/* Moments, each from which something is otherwise than a second before. */
struct cs_moments {
	cs_time *at;
	size_t count, size;
};
void cs_moments_add(struct cs_moments *m, struct cs_arena *a, cs_time at);
void cs_moments_sort(struct cs_moments *m); /* ascending, each once */
/* Those from which the clock is in another state. */
void cs_past_moments(const struct cs_image *im, const char *clock, struct cs_moments *m);

#endif
