/* What became of a clock's due: the first one, and each step that moved it, from the ticket's events. */
#ifndef CS_DOMAIN_MOVES_H
#define CS_DOMAIN_MOVES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/time.h"
#include "domain/effect.h"
#include "domain/image.h"
#include "domain/session.h"

/* before, due: CS_NULL none. most: the latest that an extension could ask for then, by the rules it was taken under
   (CS_TIME_NONE: it is no extension, or they set no bound), `within` after `before`. */
struct cs_due_move {
	int64_t event, actor, edition;
	cs_time at, before, due, most;
	const char *step;
	struct cs_span within;
	bool extends;
	int64_t approved; /* seq of the approval that was used; CS_NULL: it needed none */
};
/* Without a move `first` is the due that it has. Moves in the event that starts the clock make the first due. */
struct cs_due_moves {
	cs_time first;
	struct cs_due_move *move;
	size_t count, size;
};
/* The event extends the clock. */
bool cs_due_extends(const struct cs_effects *l, const char *clock);
/* Of an extension: how far the step could move it, by the edition in force then. CS_CONFIG: no such edition. */
int cs_due_bound(struct cs_session *s, const char *kind, const char *clock, struct cs_due_move *m, struct cs_err *e);
/* Texts in the image's arena. CS_IO: events that cannot be read. */
int cs_due_moves(struct cs_session *s, const struct cs_image *im, const struct cs_clock_row *row,
		 struct cs_due_moves *out, struct cs_err *e);

#endif
