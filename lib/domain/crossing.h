/* The crossings a running clock still has before it, as text: "esc_2@1763688600,due@-". */
#ifndef CS_DOMAIN_CROSSING_H
#define CS_DOMAIN_CROSSING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "base/time.h"

/* The breach of the due time is a crossing of this name; no rung may have it. */
#define CS_CROSS_DUE "due"
/* The end of the time for something owed; no rung may have it. */
#define CS_CROSS_MISSED "missed"

/* at CS_TIME_NONE ("-"): the clock stands still before it. used: part of the span already used up at
   the last reclocking (written "+N" when not 0; see clock.h). */
struct cs_crossing {
	const char *id;
	cs_time at;
	int64_t used;
};

/* Reads a list (NULL: empty) into the arena. */
struct cs_crossing *cs_crossings_read(struct cs_arena *a, const char *text, size_t *count);
/* Sorts by time (standing ones last, equal times keep their order) and writes; NULL for none. */
const char *cs_crossings_write(struct cs_arena *a, struct cs_crossing *list, size_t count);
/* The list without this id; with it (there is none yet), its time still to be computed;
   the due goes first, as of equal times it fires first. */
const char *cs_crossings_without(struct cs_arena *a, const char *text, const char *id);
const char *cs_crossings_with(struct cs_arena *a, const char *text, const char *id, int64_t used);
/* What came before this time, but the due; *rest: all others. */
const char *cs_crossings_before(struct cs_arena *a, const char *text, cs_time at, const char **rest);
/* Those of the first list, and what only the other one has. */
const char *cs_crossings_join(struct cs_arena *a, const char *text, const char *more);
/* Of those reckoned anew, without what lies before the change and has fired by then, as it is not in `there` any more. */
const char *cs_crossings_left(struct cs_arena *a, const char *text, const char *there, cs_time change);
bool cs_crossings_have(const char *text, const char *id);
/* The earliest time in a list, CS_TIME_NONE when there is none. */
cs_time cs_crossings_next(const char *text);

#endif
