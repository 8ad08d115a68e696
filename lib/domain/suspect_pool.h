/* For an import: the newest tickets of each unit and category in memory, so that not each row reads them again. Bounded: at
   most some 50 MiB; what is pushed out is read again. */
#ifndef CS_DOMAIN_SUSPECT_POOL_H
#define CS_DOMAIN_SUSPECT_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "domain/similar.h"
#include "store/db.h"
#include "store/rows.h"

enum { CS_SUSPECTS_MOST = 500 };

/* What is compared of a ticket. */
struct cs_candidate {
	int64_t ticket, at;
	struct cs_likeness words;
};
/* Those of one unit and category, ids ascending; every one from `floor` on is there. */
struct cs_suspect_cell {
	struct cs_suspect_cell *next; /* of the same bucket */
	int64_t unit;
	char *category;
	int64_t floor;
	struct cs_candidate *item;
	size_t count, size;
};

struct cs_suspect_pool;
struct cs_suspect_pool *cs_suspect_pool_new(void);
void cs_suspect_pool_free(struct cs_suspect_pool *p);
/* What is there is of no use any more: something was undone, or changed behind its back. */
void cs_suspect_pool_clear(struct cs_suspect_pool *p);
/* Around each transaction, with the number of the last event: others may have written in between. */
void cs_suspect_pool_begin(struct cs_suspect_pool *p, int64_t last_event);
void cs_suspect_pool_commit(struct cs_suspect_pool *p, int64_t last_event);

/* The cell of this row, read from the database (its newest, from `from` on) where it is not there. */
int cs_suspect_pool_cell(struct cs_suspect_pool *p, struct cs_db *db, const struct cs_likeness_row *of, int64_t from,
			 const struct cs_suspect_cell **out, struct cs_err *e);
/* A ticket that was registered: into its cell, if that is there. */
void cs_suspect_pool_add(struct cs_suspect_pool *p, const struct cs_likeness_row *row);

#endif
