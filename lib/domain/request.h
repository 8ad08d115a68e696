/* What is asked of a ticket: a step with what is given, a registration. */
#ifndef CS_DOMAIN_REQUEST_H
#define CS_DOMAIN_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/time.h"
#include "domain/given.h"
#include "domain/policy.h"

/* Said in the event (CS_OP_NOTE): the reference of the merged ticket that the step was asked of. */
#define CS_NOTE_THROUGH "through"
/* ... of a survivor's event, which ticket came to it by a merge or left it again. */
#define CS_NOTE_ABSORBS "absorbs"
#define CS_NOTE_LETS_GO "lets_go"

/* What is asked of a ticket. Everything is borrowed. */
struct cs_request {
	const char *step;
	cs_time at;  /* when it happened; never after session now */
	bool history; /* imported: needs, permissions and consequences are skipped (design section 10) */
	bool from_row; /* of a file: what is missing is told as its columns, not as options */
	const struct cs_given
		*heading; /* text: what the file calls the column with this name; others go by their name */
	size_t heading_count;
	const struct cs_given *set;
	size_t set_count;
	const struct cs_given_row *row;
	size_t row_count;
	const struct cs_given_evidence *evidence;
	size_t evidence_count;
	const char *note;
	const char *answers; /* approve, reject: the step that is answered; NULL: the only one that waits */
	const struct cs_given_party *party; /* who complains with it; at registration: besides the customer */
	size_t party_count;
	const struct cs_complainant *complainant; /* the same people, after matching (domain/party.h) */
	int64_t into;                             /* of merge: the ticket that survives; 0 not said */
	int64_t through;                          /* the merged ticket it was asked of; 0: this one */
	const char *override;                     /* why it is decided against admission; NULL: it is not */
};
/* A person of the desk that complains with a step. CS_NULL: unknown, for nobody else. */
struct cs_complainant {
	int64_t person, principal;
	const char *called; /* the name given, where the person goes by another; NULL */
	const char *capacity;
};
/* Fields, lists and their fields by id where they were typed as labels (domain/names.h); columns of a file are ids
   already. CS_USAGE: a name that the kind does not have, or two for one field. */
int cs_request_read(const struct cs_policy *p, const struct cs_kind *k, struct cs_request *r, struct cs_arena *a,
		    struct cs_err *e);

/* What registers a ticket, besides its request. Texts may be NULL. */
struct cs_registration {
	const char *kind, *channel, *category, *subject, *body, *priority, *capacity;
	const char *called;       /* the name given, where the customer goes by another */
	int64_t place, accepting; /* unit ids or CS_NULL; accepting defaults to the actor's unit */
	int64_t first;            /* first receiver; CS_NULL: the actor */
	int64_t causing;          /* whose problem it is; 0 or CS_NULL: not known */
	int64_t customer, premises; /* person and premises, after matching; CS_NULL: unknown */
	int64_t principal;          /* for whom the customer acts; 0 or CS_NULL: for himself */
	bool has_phone;             /* the customer's phone is known */
	cs_time due_at;             /* stated due of the main clock; CS_TIME_NONE: by the rules */
	bool no_due;                /* the source says: no due */
	int64_t run;                /* import run or CS_NULL */
};

#endif
