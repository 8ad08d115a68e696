/* Contacts on the command line: which are listed, how one is named. */
#ifndef CS_TEXT_CONTACTS_H
#define CS_TEXT_CONTACTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/time.h"
#include "domain/session.h"
#include "store/ref.h"
#include "text/out.h"

/* Which contacts: NULL and CS_NULL do not restrict. Fill what is wanted and read with
   cs_contacts_choose. */
struct cs_contacts {
	const char *unit_name, *caller_name, *method, *purpose, *state,
		*period; /* as typed; caller_name may be "me" */
	bool now; /* only those that may be made at this moment by the acting person */
	const char *ref; /* those of this ticket, of every state */
	int64_t unit, caller, ticket;
	struct cs_period over;
};
/* Looks the names up. CS_USAGE: no such unit, person, method, purpose, state or period; a state
   that goes without or only with a period; a period of one ticket. CS_NOTFOUND: no such ticket. */
int cs_contacts_choose(struct cs_session *s, struct cs_contacts *c, struct cs_err *e);

extern const struct cs_column cs_contacts_columns[];
extern const size_t cs_contacts_count;
/* Writes a row for each: open ones by their due, waiting ones by what they wait for, ended ones by
   their end. Resets s->work. */
int cs_contacts_list(struct cs_session *s, const struct cs_contacts *l, struct cs_out *out,
		     struct cs_err *e);

/* "R20261121-0042/1" or without the number (*seq 0). CS_USAGE. */
int cs_contact_parse(const char *text, char ref[CS_REF_SIZE], int64_t *seq, struct cs_err *e);

#endif
