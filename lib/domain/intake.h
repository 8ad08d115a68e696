/* Taking in: one row of an import, or one call typed at the desk, becomes a ticket (design section 10, "CSV intake"). */
#ifndef CS_DOMAIN_INTAKE_H
#define CS_DOMAIN_INTAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/time.h"
#include "domain/decide.h"
#include "domain/policy.h"
#include "domain/session.h"

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
	int64_t place, accepting;
	cs_time opened_at; /* not given: now; history must give it */
	cs_time due_at;    /* of the main clock */
	bool no_due;       /* the source says: none */
	cs_time closed_at;
	const char *state; /* a state of the kind, or "open", "done", "closed" */
	const char *result;
	int64_t score;     /* 1 to 5 (S3-7-1); history only */
	struct cs_request req; /* set, row, evidence and note; step and at are not used */
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
};

enum cs_intake_outcome { CS_INTAKE_NEW, CS_INTAKE_KNOWN, CS_INTAKE_UPDATED };

/* First in every write transaction of a run, outside of marks. CS_DENIED: history by others than the admin. */
int cs_intake_begin(struct cs_session *s, struct cs_intake_run *run, struct cs_err *e);
/* A row that only registers: cs_intake_take writes nothing of it unless it succeeds, and needs no mark. */
bool cs_intake_is_plain(const struct cs_intake *row);
/* Inside a write transaction and (unless the row is plain) a mark: on failure the caller undoes. CS_REFUSED: a rule says no, or the key is known
   with other content; CS_USAGE: a value that does not exist.
   Uses s->work, which the caller resets between rows. */
int cs_intake_take(struct cs_session *s, struct cs_intake_run *run, const struct cs_intake *row, int64_t *ticket,
		   enum cs_intake_outcome *outcome, struct cs_err *e);

#endif
