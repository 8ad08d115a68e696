/* All of one matter: its tickets, and each time somebody complained in it. */
#ifndef CS_STORE_MATTER_H
#define CS_STORE_MATTER_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "store/customer.h"
#include "store/db.h"

/* A matter is named by its oldest ticket (ticket.matter of all its tickets, its own included); a ticket that is of no
   stated matter (matter NULL) is alone under its own id. */

/* Appends the ids of the matter's tickets, oldest first (references lie in the order of their days); merged ones too. */
int cs_matter_tickets(struct cs_db *db, int64_t matter, struct cs_arena *a, struct cs_id_list *out, struct cs_err *e);
/* Appends the ids of the other tickets whose people a text of this one may speak of: those of its matter (CS_NULL: none),
   and those that were ever merged with one of these, undone merges too, however many lie between. */
int cs_matter_known(struct cs_db *db, int64_t ticket, int64_t matter, struct cs_arena *a, struct cs_id_list *out,
		    struct cs_err *e);

/* One time somebody complained: the ticket itself (seq 0: its customer, when it was opened) or an appeal on it. person: whose complaint it is, an agent's that
   of the principal; CS_NULL: nobody known, another one each time. */
struct cs_voice {
	int64_t ticket, seq, person, at;
	int64_t premises; /* of the ticket */
	const char *step; /* the appeal's; NULL: the ticket itself */
};
/* All of the matter, in the order of their times; an array in the arena. */
int cs_matter_voices(struct cs_db *db, int64_t matter, struct cs_arena *a, struct cs_voice **out, size_t *count,
		     struct cs_err *e);

/* The statements, for the test of their plans. */
extern const char *const cs_matter_sql[];
extern const size_t cs_matter_sql_count;

#endif
