/* Tickets one by one as the reports of complaints list them: those that came in, those that were done. */
#ifndef CS_STORE_FIGURES_CASE_H
#define CS_STORE_FIGURES_CASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/db.h"

/* unit: handling, else accepting. Integers may be CS_NULL, texts NULL. Texts live until the next call. */
struct cs_fig_case {
	int64_t id, unit, first, responsible, customer, premises, matter, merged_into, place;
	int64_t opened_at, done_at, closed_at, due_at, late;
	bool merged; /* out of stock by that alone: done_at is when it was merged */
	const char *kind, *state, *channel, *category, *specialty, *importance, *importance_peak, *validity;
};
/* Ids from lo to hi (not included), ascending; ids lie in the order of the opening days (store/ref.h). */
struct cs_stmt *cs_fig_cases(struct cs_db *db, int64_t lo, int64_t hi, struct cs_err *e);
/* Done since some time in [from, to), in that order; merged ones were not. */
struct cs_stmt *cs_fig_cases_done(struct cs_db *db, int64_t from, int64_t to, struct cs_err *e);
int cs_fig_case_next(struct cs_stmt *walk, struct cs_fig_case *out, struct cs_err *e); /* 1, 0, -1 */

/* The score of the last call-back that had one; CS_NULL none. */
int cs_fig_score(struct cs_db *db, int64_t ticket, int64_t *score, struct cs_err *e);

/* Registrations as the history has them: the first event of each ticket from lo to hi, ascending. Texts live until the
   next call. */
struct cs_fig_entry {
	int64_t ticket, event, at, recorded_at, actor; /* actor: CS_NULL none */
	const char *facts;
};
struct cs_stmt *cs_fig_entries(struct cs_db *db, int64_t lo, int64_t hi, struct cs_err *e);
int cs_fig_entry_next(struct cs_stmt *walk, struct cs_fig_entry *out, struct cs_err *e);
/* Of one ticket, without its facts: 1, 0 none, -1. */
int cs_fig_entry(struct cs_db *db, int64_t ticket, struct cs_fig_entry *out, struct cs_err *e);

/* What waits for approval at `end` (tickets closed by then are not waited for), in no order. since: of a later stage the
   answer to the one before; owner, due_at: of the duty owed for it, CS_NULL none. Texts live until the next call. */
struct cs_fig_pending {
	int64_t ticket, unit, asker, owner, since, due_at;
	const char *kind, *step, *whom, *word;
};
struct cs_stmt *cs_fig_pending(struct cs_db *db, int64_t end, struct cs_err *e);
int cs_fig_pending_next(struct cs_stmt *walk, struct cs_fig_pending *out, struct cs_err *e); /* 1, 0, -1 */

/* As cs_fig_statements. */
extern const char *const cs_fig_case_statements[];
extern const size_t cs_fig_case_statement_count;

#endif
