/* Samples and their items. */
#ifndef CS_STORE_DRAW_H
#define CS_STORE_DRAW_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "store/db.h"
#include "store/rows.h"

/* role: member, replacement (in order, after the members), replaced. place: order of drawing in the
   stratum. */
struct cs_draw_item {
	int64_t draw;
	const char *stratum;
	int64_t place, ticket;
	const char *role, *reason;
};

int cs_draw_item_save(struct cs_db *db, const struct cs_draw_item *item, struct cs_err *e);
/* All items of a draw, by stratum and place; an array in the arena. */
int cs_draw_items(struct cs_db *db, int64_t draw, struct cs_arena *a, struct cs_draw_item **out,
		  size_t *count, struct cs_err *e);
/* All items of all draws, in that order: start, then next until 0; texts live until the next call.
   */
struct cs_stmt *cs_draw_items_walk(struct cs_db *db, struct cs_err *e);
int cs_draw_items_next(struct cs_stmt *walk, struct cs_draw_item *out, struct cs_err *e);
/* The newest draw of a rule, period and unit (CS_NULL: of no unit): 1 (*id), 0, -1. */
int cs_draw_last(struct cs_db *db, const char *name, const char *period, int64_t unit, int64_t *id,
		 struct cs_err *e);
int cs_draw_next_id(struct cs_db *db, int64_t *id, struct cs_err *e);

/* Tickets that took a step with `at` in [from, to). Reads the events recorded since `from` only
   (recorded_at never decreases and is never before at). Start, then next: 1 (*ticket; may repeat),
   0, -1. */
struct cs_stmt *cs_step_takers(struct cs_db *db, const char *step, int64_t from, int64_t to,
			       struct cs_err *e);
int cs_step_takers_next(struct cs_stmt *walk, int64_t *ticket, struct cs_err *e);

/* Those that choose rows: their plans are tested. */
extern const char *const cs_draw_statements[];
extern const size_t cs_draw_statement_count;

#endif
