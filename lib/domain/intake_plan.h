/* What a row asks of its kind: which steps in which order, and which value goes with which. */
#ifndef CS_DOMAIN_INTAKE_PLAN_H
#define CS_DOMAIN_INTAKE_PLAN_H

#include "base/err.h"
#include "base/mem.h"
#include "domain/intake_row.h"

struct cs_intake_move {
	const struct cs_step *step;
	cs_time at;
	const struct cs_given *set;
	size_t set_count;
};
struct cs_intake_plan {
	const struct cs_given *set; /* given with the registration */
	size_t set_count;
	struct cs_intake_move *move; /* in order of time */
	size_t count;
};

/* Pure: asks the kind alone. A value goes with the first step that names it; else with the registration. The
   steps of closing follow the others. CS_REFUSED: state and times contradict each other, no way leads to the
   state, a result that no step takes; CS_USAGE: no such step or state. Everything in the arena. */
int cs_intake_plan(const struct cs_kind *k, const struct cs_intake_run *run, const struct cs_intake *row, struct cs_arena *a,
		   struct cs_intake_plan *out, struct cs_err *e);
/* The fewest steps from a state to one that is `to` (a state's id, or "open", "done", "closed"): 1 and the steps, in
   the arena; 0 there is no way; several equally short: the one whose steps stand first in the rules. What is closed was done before,
   where the kind has such states; what its admission decided is chosen only where the state named says it; nothing is merged. */
int cs_intake_way(const struct cs_kind *k, const char *from, const char *to, struct cs_arena *a, const struct cs_step ***way, size_t *count);

#endif
