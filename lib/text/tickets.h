/* Choose tickets, act on each, print: what every program that changes tickets does (design section 7). */
#ifndef CS_TEXT_TICKETS_H
#define CS_TEXT_TICKETS_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/time.h"
#include "domain/session.h"
#include "text/batch.h"
#include "text/cli.h"
#include "text/out.h"

/* Fill the first part, leave the rest zero. */
struct cs_tickets {
	const struct cs_cli *cli;
	struct cs_session *s; /* opened for writing */
	const struct cs_column *column; /* the first is the reference */
	size_t column_count;
	/* Acts on one ticket inside a write transaction and puts its rows with cs_tickets_row. 0 done (also:
	   nothing to do); -1 refused: what it changed is undone and the reason is named. */
	int (*act)(struct cs_tickets *t, int64_t ticket, struct cs_err *e);
	void *arg;

	/* For act: --at, else now. */
	cs_time at;

	/* Own. */
	struct cs_out *out;
	struct cs_batch batch;
	struct cs_arena rows; /* of the batch in hand, printed once it is committed */
	struct cs_cell *cell;
	size_t row_count, row_size;
	size_t done, printed, refused, wrong; /* tickets; printed: committed ones; wrong: refused as wrong usage */
};

/* A row of the ticket in hand; cells are copied. */
void cs_tickets_row(struct cs_tickets *t, const struct cs_cell *cells);

/* The whole run over `refs` (each reference once, in this order): commits in batches of at most 250 ms of lock; one
   transaction with --all and with --key. Refused tickets are named on stderr. Returns the exit code: 0; 1 when one was
   refused (64 when all were, as wrong usage); or -1. */
int cs_tickets_run(struct cs_tickets *t, const struct cs_texts *refs, struct cs_err *e);

#endif
