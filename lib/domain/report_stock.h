/* The stock: what was carried in, came, went and is carried over, by kind, category, unit and
   channel. */
#ifndef CS_DOMAIN_REPORT_STOCK_H
#define CS_DOMAIN_REPORT_STOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/report.h"
#include "store/figures.h"

/* Pairs of numbers (a kind and a unit; a category and 0), numbered from 0 in the order they are
   met. */
struct cs_group {
	int64_t a, b;
};
struct cs_groups {
	struct cs_group *item;
	size_t count, size;
	uint32_t *slot;
	size_t slots;
};
size_t cs_group_of(struct cs_groups *g, int64_t a, int64_t b);
void cs_groups_free(struct cs_groups *g);

/* Along what the tickets are counted. Codes stand for themselves, units by id. */
enum cs_by {
	CS_BY_ALL,
	CS_BY_KIND,
	CS_BY_CATEGORY,
	CS_BY_UNIT,
	CS_BY_CHANNEL,
	CS_BY_KIND_UNIT,
	CS_BY_COUNT
};

/* carried_in + opened + reopened + moved_in = closed + merged + moved_out + carried_out. A move counts
   where it changes the group: between two units by unit, not by kind; into or out of the units
   reported on everywhere. */
struct cs_stock {
	int64_t carried_in, opened, reopened, moved_in, closed, merged, moved_out, carried_out;
};
struct cs_stock_by {
	struct cs_groups group;
	struct cs_stock *stock; /* one for each group */
	size_t size;
};
struct cs_stock_count {
	const struct cs_session *s;
	const struct cs_report_ask *ask;
	struct cs_codes_seen codes;
	bool wanted[CS_BY_COUNT];
	struct cs_stock_by by[CS_BY_COUNT];
	struct cs_groups unit; /* units and places met, and whether the report covers them */
	bool *covered;
	size_t covered_size;
};
void cs_stock_free(struct cs_stock_count *c);
/* Adds one ticket to figures of one's own; `key` says where a stay belongs. */
void cs_stock_add_to(struct cs_stock_count *c, struct cs_stock_by *b, const struct cs_fig_ticket *t,
		     struct cs_group (*key)(struct cs_stock_count *c, const struct cs_fig_ticket *t,
					    const struct cs_fig_stay *stay));
/* The figures of a pair of numbers, zeros where it is new; valid until the next one. */
struct cs_stock *cs_stock_at(struct cs_stock_by *b, struct cs_group of);
void cs_stock_by_free(struct cs_stock_by *b);
/* Reads all tickets that matter to the period; `each` (may be NULL) is called for every one
   after it is counted. */
int cs_stock_walk(struct cs_session *s, struct cs_stock_count *c, cs_time from, cs_time to,
		  int what,
		  int (*each)(struct cs_stock_count *c, const struct cs_fig_ticket *t, void *arg),
		  void *arg, struct cs_err *e);
/* Adds one ticket. */
void cs_stock_add(struct cs_stock_count *c, const struct cs_fig_ticket *t);
bool cs_stock_covers(struct cs_stock_count *c, int64_t unit, int64_t place); /* cs_report_covers, kept */
/* The group of a stay; the unit must be covered. */
size_t cs_stock_group(struct cs_stock_count *c, enum cs_by by, const struct cs_fig_ticket *t,
		      const struct cs_fig_stay *stay);
/* In stock just before this instant: entered before it, not gone before it. */
bool cs_stay_holds(const struct cs_fig_stay *stay, cs_time at);
/* The stay the ticket was in at this instant (the earlier of two that touch: a step that moves
   it was taken before the move), else the last before it, else the first; NULL: none. */
const struct cs_fig_stay *cs_stay_at(const struct cs_fig_ticket *t, cs_time at);
/* The text of a group's key: a code, a unit's code, "*" for all, "-" for none. `second`: the
   unit of BY_KIND_UNIT. */
struct cs_value cs_stock_key(const struct cs_stock_count *c, enum cs_by by, size_t group,
			     bool second);

#endif
