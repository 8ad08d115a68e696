/* Which tickets: filters over their rows, and the shortest way to them (design section 10, "Units in filters"). */
#ifndef CS_DOMAIN_FILTER_H
#define CS_DOMAIN_FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/time.h"
#include "domain/session.h"
#include "store/customer.h"

/* What is NULL, CS_NULL or CS_TIME_NONE does not matter; start from cs_filter_init. Unit filters are ids of the top of a tree. */
struct cs_filter {
	const char *kind, *state; /* state: an id, or the class open (waiting among them), waiting, standing, done, closed */
	const char *channel, *category, *specialty, *importance, *importance_peak, *priority,
		*validity;                       /* category: itself and below */
	int64_t unit, place, accepting, causing; /* unit: handling, else accepting */
	int64_t assignee, responsible, level; /* level: at least */
	cs_time opened_from, opened_to, done_from, done_to, due_before; /* [from, to); done: left the stock */
	bool overdue, late; /* of the main clock: runs past its due, stopped after it */
	const char *const *word; /* each stands in the subject */
	size_t word_count;
	const struct cs_id_list *among; /* sorted; NULL: all */
};
void cs_filter_init(struct cs_filter *f);

/* Calls each for the tickets in the order of their references. need: bits of the ticket columns that each reads (cs_table_bit);
   texts of the row are borrowed for the call. each: 0 go on, 1 enough, -1 with e. One snapshot must be held. */
int cs_filter_walk(struct cs_session *s, const struct cs_filter *f, uint64_t need,
		   int (*each)(const struct cs_ticket_row *t, void *arg, struct cs_err *e), void *arg, struct cs_err *e);

/* In stock, its main clock runs and has a due; once that has passed it is overdue. */
bool cs_ticket_has_due(const struct cs_ticket_row *t);

#endif
