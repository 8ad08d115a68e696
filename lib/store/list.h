/* Ways to tickets through an index (EXPLAIN QUERY PLAN of each is tested). */
#ifndef CS_STORE_LIST_H
#define CS_STORE_LIST_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "store/customer.h"
#include "store/db.h"
#include "store/rows.h"

/* Each appends ids to the list, ascending, each once; the arena holds it. */
/* In stock (open or waiting); with a due of the main clock before `due`, unless that is CS_NULL. */
int cs_list_open(struct cs_db *db, int64_t due, struct cs_arena *a, struct cs_id_list *out, struct cs_err *e);
/* Left the stock in [from, to). */
int cs_list_done(struct cs_db *db, int64_t from, int64_t to, struct cs_arena *a, struct cs_id_list *out, struct cs_err *e);
/* A findable field has this value. */
int cs_list_key(struct cs_db *db, const char *field, const char *value, struct cs_arena *a, struct cs_id_list *out, struct cs_err *e);
/* The ticket that names the matter, and those joined to it. */
int cs_list_matter(struct cs_db *db, int64_t matter, struct cs_arena *a, struct cs_id_list *out, struct cs_err *e);

/* The links that point to this ticket from others, by their references. */
int cs_list_linked(struct cs_db *db, int64_t other, struct cs_arena *a, struct cs_link_row **out, size_t *count, struct cs_err *e);

/* Who read the ticket where a rule records it, oldest first. */
int cs_list_access(struct cs_db *db, int64_t ticket, struct cs_arena *a, struct cs_access_row **out, size_t *count,
		   struct cs_err *e);

/* Sorts, and leaves each id once. */
void cs_id_list_sort(struct cs_id_list *l);
/* Leaves those that are in the other (sorted) list too. */
void cs_id_list_meet(struct cs_id_list *l, const struct cs_id_list *other);

/* The statements, for the test of their plans. */
extern const char *const cs_list_sql[];
extern const size_t cs_list_sql_count;

#endif
