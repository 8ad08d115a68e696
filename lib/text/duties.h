/* What is owed on the command line: which is listed, how one is named. */
#ifndef CS_TEXT_DUTIES_H
#define CS_TEXT_DUTIES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/time.h"
#include "domain/duty.h"
#include "domain/session.h"
#include "text/out.h"

/* Which ones: NULL and CS_NULL do not restrict. Fill what was typed and read with cs_duties_choose. */
struct cs_duties {
	const char *unit_name, *owner_name, *subject_name, *duty_name, *period; /* owner_name may be "me" */
	bool overdue; /* owed still or to be delivered late, and past the due */
	bool all;     /* also what is done, waived, over or missed for good, and what begins later */
	int64_t unit, owner, ticket, of_unit;
	const struct cs_duty *duty;
	struct cs_period over;
};
/* Looks the names up. CS_USAGE, CS_NOTFOUND: there is no such unit, person, ticket, duty or period. */
int cs_duties_choose(struct cs_session *s, struct cs_duties *d, struct cs_err *e);

extern const struct cs_column cs_duties_columns[];
extern const size_t cs_duties_column_count;
/* A row for each, in the order of their dues, those without one last. One snapshot must be held. Resets s->work. */
int cs_duties_list(struct cs_session *s, const struct cs_duties *d, struct cs_out *out, struct cs_err *e);

/* A reference or a unit as typed: *ticket or *unit is set, the other 0 and NULL. CS_USAGE, CS_NOTFOUND. */
int cs_duties_subject(struct cs_session *s, const char *text, int64_t *ticket, const struct cs_unit_row **unit,
		      struct cs_err *e);

#endif
