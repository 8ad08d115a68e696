/* What the indicators count: drawn samples, tickets closed in a period, and what customers
   answered. */
#ifndef CS_STORE_FIGURES_CALL_H
#define CS_STORE_FIGURES_CALL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

/* The draws of a sample rule in order of period, unit and repetition. Texts live until the next
   call. */
struct cs_fig_draw {
	int64_t id, unit, again; /* unit: CS_NULL all */
	const char *period;
};
struct cs_stmt *cs_fig_draws(struct cs_db *db, const char *rule, struct cs_err *e);
int cs_fig_draw_next(struct cs_stmt *walk, struct cs_fig_draw *out, struct cs_err *e);

/* The members of a draw; who was replaced is none any more. unit: the ticket's, handling else
   accepting. */
struct cs_stmt *cs_fig_members(struct cs_db *db, int64_t draw, struct cs_err *e);

/* Tickets of a kind that left the stock as done in [from, to): those done still, then finished
   stays; a ticket that was reopened may come more than once. */
struct cs_stmt *cs_fig_closed(struct cs_db *db, const char *kind, int64_t from, int64_t to,
			      struct cs_err *e);
int cs_fig_member_next(struct cs_stmt *walk, int64_t *ticket, int64_t *unit, int64_t *place,
		       struct cs_err *e); /* of both */

/* The call-backs of a ticket, those that ended last coming last. */
struct cs_fig_answer {
	int64_t draw, score;         /* CS_NULL none */
	const char *state, *answers; /* answers: JSON or NULL */
};
struct cs_stmt *cs_fig_answers(struct cs_db *db, int64_t ticket, struct cs_err *e);
int cs_fig_answer_next(struct cs_stmt *walk, struct cs_fig_answer *out, struct cs_err *e);

/* As cs_fig_statements. */
extern const char *const cs_fig_call_statements[];
extern const size_t cs_fig_call_statement_count;

#endif
