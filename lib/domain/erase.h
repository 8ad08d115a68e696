/* Erasing a person (design section 4): personal data goes, coded history and the chain stay. */
#ifndef CS_DOMAIN_ERASE_H
#define CS_DOMAIN_ERASE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "domain/session.h"

struct cs_erasure {
	size_t events, tickets, premises; /* private parts cleared, tickets folded anew, addresses cleared */
};

/* The step of the event that records an erasure (about the person), and the word under which it notes each event whose
   private part it cleared. */
extern const char cs_erase_step[], cs_erase_cleared[];

/* Clears every personal text about the person: the person's row, premises nobody else has, the
   private parts of the events about them and of their tickets, and what was folded from those. The
   contacts that were to be made with the person end.
   Texts of others that stood in the same events are recorded anew. Records the erasure with its
   reason, a code (letters, digits, _ and -). Of a person who is erased already it clears what was
   added since, and records nothing when there is nothing. Inside a write transaction; the caller
   sweeps the file after the commit (cs_db_sweep). CS_NOTFOUND: no such person. */
int cs_erase_person(struct cs_session *s, int64_t person, const char *reason, cs_time at,
		    struct cs_erasure *out, struct cs_err *e);

#endif
