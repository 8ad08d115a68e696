/* Why a clock's due is what it is: how the first one was made, which steps moved it, who agreed, how far they could. */
#ifndef CS_TEXT_EXPLAIN_DUE_H
#define CS_TEXT_EXPLAIN_DUE_H

#include "base/err.h"
#include "domain/counting.h"
#include "domain/image.h"
#include "domain/moves.h"
#include "domain/session.h"

/* "first due" (step NULL) and "moved"; at: when that was done; note: by what. */
struct cs_due_line {
	const char *what, *step;
	cs_time at, due;
	const char *note;
};
/* The due of a clock that nobody moved, in words: "5wd", "field regulator_due", "stated"; NULL: it has no limit. */
const char *cs_explain_basis(const struct cs_clock_row *row, const struct cs_counting *how, struct cs_arena *a);
/* Calls `line` for the first due and each move of it; not at all where nobody moved it. */
void cs_explain_due(struct cs_session *s, const struct cs_image *im, const struct cs_clock_row *row,
		    const struct cs_counting *how, const struct cs_due_moves *moves,
		    void (*line)(void *arg, const struct cs_due_line *l), void *arg);
/* Who agreed to what was put to them with this row's text: "approve: boss 2026-10-08 09:30:00"; "": nobody yet. */
const char *cs_explain_approved(const struct cs_session *s, const struct cs_image *im, int64_t seq, struct cs_arena *a);
/* What a year without holiday data means for what was counted in it. */
const char *cs_explain_guessed(int year, struct cs_arena *a);

#endif
