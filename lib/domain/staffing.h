/* Changing the organisation: units, people, posts, trainings (requirements section 1). */
#ifndef CS_DOMAIN_STAFFING_H
#define CS_DOMAIN_STAFFING_H

#include <stdbool.h>

#include "base/err.h"
#include "domain/session.h"
#include "store/rows.h"

/* Each checks the row against the rules in force and the organisation, records what is new in it
   as one event at `at`, and brings it into s->org. row->id CS_NULL: a new row, which gets its
   id. *changed is false when the row says nothing new. Inside a write transaction; a refusal
   (CS_REFUSED, CS_USAGE for names that do not exist) has changed nothing. */

/* The code is unique, parts between dots; a unit with a function, and any whose code has a dot,
   is written below its parent (p1.engineering). level and function are codes of the rules; no
   level stands above its parent's. It is open no longer than the unit above it: what lies below is
   closed first, and nothing comes below, and nobody into, a unit that is closed. */
int cs_staffing_unit(struct cs_session *s, struct cs_unit_row *row, cs_time at, bool *changed,
		     struct cs_err *e);
/* Who leaves loses every post at that time; when the departure is moved or taken back, the posts that it ended
   end at the new time, or when they would have. The last admin can neither leave nor lose the post. */
int cs_staffing_person(struct cs_session *s, struct cs_staff_row *row, cs_time at, bool *changed,
		       struct cs_err *e);
/* The post is one of the rules, or admin, which has no unit. Nobody holds one post of one unit
   twice at a time. */
int cs_staffing_post(struct cs_session *s, struct cs_post_row *row, cs_time at, bool *changed,
		     struct cs_err *e);
/* A training or certificate. */
int cs_staffing_record(struct cs_session *s, struct cs_staff_record_row *row, cs_time at,
		       bool *changed, struct cs_err *e);

#endif
