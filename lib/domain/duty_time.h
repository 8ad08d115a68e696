/* When what is owed is due, late and over: pure functions of the rule and an instant. */
#ifndef CS_DOMAIN_DUTY_TIME_H
#define CS_DOMAIN_DUTY_TIME_H

#include "base/err.h"
#include "base/mem.h"
#include "base/time.h"
#include "domain/policy.h"
#include "store/rows.h"

/* from: since when it is owed; due: CS_TIME_NONE where it has none; crossings: its rungs and the end of its time, as
   the owed row keeps them (domain/crossing.h). cause: of a period its label, else the caller's. */
struct cs_duty_times {
	cs_time from, due;
	const char *crossings, *cause;
};

/* The period in which t lies, of a duty that recurs by period. A period that is over before it is owed (due.after)
   is owed from its end on. Its time is over at the end of the period in which it is due. */
int cs_duty_period(const struct cs_policy *p, const struct cs_duty *d, cs_time t, struct cs_arena *a,
		   struct cs_duty_times *out, struct cs_err *e);
/* The next after one done or missed at `from`, at most `every` later. */
int cs_duty_every(const struct cs_policy *p, const struct cs_duty *d, cs_time from, struct cs_arena *a,
		  struct cs_duty_times *out, struct cs_err *e);
/* Until when what recurs and was missed then can be delivered late: until the next period, or the next `every`, is over
   too. CS_TIME_NONE: never, for people do not deliver it (a step, a field, a contact or a notice does). */
int cs_duty_late_until(const struct cs_policy *p, const struct cs_duty *d, cs_time missed, cs_time *until,
		       struct cs_err *e);
/* The other way: what was missed before this cannot be delivered late at `now`. CS_TIME_NONE: nothing can. */
int cs_duty_late_since(const struct cs_policy *p, const struct cs_duty *d, cs_time now, cs_time *since,
		       struct cs_err *e);
/* Owed once from `from` on, due by `within` (of on.field: from the time in the field, `at`; before it with `before`; else
   at it). at CS_TIME_NONE: no field. */
int cs_duty_once(const struct cs_policy *p, const struct cs_duty *d, cs_time from, cs_time at, struct cs_arena *a,
		 struct cs_duty_times *out, struct cs_err *e);

/* What is owed since then and for that (the row), reckoned once more; at: of on.field, the time in the field. */
int cs_duty_again(const struct cs_policy *p, const struct cs_duty *d, const struct cs_owed_row *row, cs_time at,
		  struct cs_arena *a, struct cs_duty_times *out, struct cs_err *e);

const struct cs_late *cs_duty_rung(const struct cs_duty *d, const char *id); /* NULL: none */

#endif
