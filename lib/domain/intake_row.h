/* What an import or a call at the desk brings: a row, and the import it belongs to. */
#ifndef CS_DOMAIN_INTAKE_ROW_H
#define CS_DOMAIN_INTAKE_ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/time.h"
#include "domain/customer.h"
#include "domain/decide.h"
#include "domain/policy.h"

/* A step the row has a time for. */
struct cs_intake_step {
	const char *step;
	cs_time at;
};

/* One row. Kind, channel, category and priority are ids, the rest as typed; NULL, CS_NULL and CS_TIME_NONE: not
   given. Everything is borrowed. */
struct cs_intake {
	const char *kind, *channel, *category, *priority, *capacity, *subject, *body;
	const char *customer, *customer_key, *phone, *premises;
	const char *of, *of_phone; /* for whom the customer acts */
	int64_t place, accepting;
	cs_time opened_at; /* not given: now; history must give it */
	cs_time due_at;    /* of the main clock */
	bool no_due;       /* the source says: none */
	cs_time closed_at;
	const char *state; /* a state of the kind, or "open", "done", "closed" */
	const char *result;
	int64_t score;     /* 1 to 5 (S3-7-1); history only */
	struct cs_request req; /* set, row, evidence, note, other complainants; step and at are not used */
	const struct cs_intake_step *step;
	size_t step_count;
	const struct cs_given *keep; /* columns kept as they are, in the event's private part as "extra.NAME" */
	size_t keep_count;
	const char *key; /* of the source; NULL: the row's digest and its ordinal among equal rows */
};

/* An import. Zero-initialise; cs_intake_begin draws its id. */
struct cs_intake_run {
	const char *source; /* NULL: not an import, nothing is remembered */
	bool history;       /* what lies before the import has no consequences */
	bool update;        /* a known key gets the later steps that its row now has */
	struct cs_ids closes_with; /* steps to take at the closing time; empty: the shortest way to a closed state */
	int64_t id;
	struct cs_customer who; /* of the row taken last, its texts in the session's work arena; called NULL: not new, or by the name known */
	int64_t survivor; /* of the row taken last: the ticket its later steps were taken on, its own being merged; 0 */
	bool erased; /* the source has rows whose keys were erased (store/personal.h) */
};

#endif
