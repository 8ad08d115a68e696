/* Decide: ticket + policy + organisation + calendar + now -> what a step does, or why it is refused.
   Reads rules; writes nothing (design section 2). */
#ifndef CS_DOMAIN_DECIDE_H
#define CS_DOMAIN_DECIDE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "domain/effect.h"
#include "domain/image.h"
#include "domain/policy.h"
#include "domain/session.h"
#include "domain/view.h"

/* --set NAME=VALUE, as typed. */
struct cs_given {
	const char *name, *text;
};
/* --row LIST:FIELD=VALUE,... */
struct cs_given_row {
	const char *list;
	const struct cs_given *cell;
	size_t cell_count;
};

/* What is asked of a ticket. Everything is borrowed. */
struct cs_request {
	const char *step;
	cs_time at;  /* when it happened; never after session now */
	bool history; /* imported: needs, permissions and consequences are skipped (design section 10) */
	const struct cs_given *set;
	size_t set_count;
	const struct cs_given_row *row;
	size_t row_count;
	const struct cs_given_evidence *evidence;
	size_t evidence_count;
	const char *note;
};

/* What registers a ticket, besides its request. Texts may be NULL. */
struct cs_registration {
	const char *kind, *channel, *category, *subject, *body, *priority, *capacity;
	int64_t place, accepting; /* unit ids or CS_NULL; accepting defaults to the actor's unit */
	int64_t first;            /* first receiver; CS_NULL: the actor */
	int64_t causing;          /* whose problem it is; 0 or CS_NULL: not known */
	int64_t customer, premises; /* person and premises, after matching; CS_NULL: unknown */
	bool has_phone;             /* the customer's phone is known */
	cs_time due_at;             /* stated due of the main clock; CS_TIME_NONE: by the rules */
	bool no_due;                /* the source says: no due */
	int64_t run;                /* import run or CS_NULL */
};

/* The effects of a step on a ticket. CS_REFUSED: a rule says no (the message names the state and the steps it
   allows, or what is missing); CS_USAGE: no such step or field, unreadable value. `out` is appended to. */
int cs_decide_step(struct cs_session *s, const struct cs_image *im, const struct cs_request *req, struct cs_effects *out, struct cs_err *e);
/* The effects of registering the ticket with this id. */
int cs_decide_register(struct cs_session *s, int64_t ticket, const struct cs_registration *reg, const struct cs_request *req,
		       struct cs_effects *out, struct cs_err *e);

/* The steps that the ticket's state allows, "a, b, c", in the arena (all of them, or only those this person may take). */
const char *cs_decide_allowed(struct cs_session *s, const struct cs_image *im, int64_t staff, struct cs_arena *a);

#endif
