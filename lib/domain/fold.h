/* Fold: event -> ticket row, clocks, rungs, call-backs, what is owed. Deterministic, the only writer of
   those tables; asks no policy, no organisation, no calendar (design section 2). */
#ifndef CS_DOMAIN_FOLD_H
#define CS_DOMAIN_FOLD_H

#include "base/err.h"
#include "domain/effect.h"
#include "domain/image.h"
#include "store/event.h"

/* Step names the system itself uses. They are no work on the ticket: a step may be entered later with an earlier time. */
#define CS_STEP_RUNG "rung"
#define CS_STEP_GIVE_UP "give_up" /* a call-back that was not made in its time */
#define CS_STEP_RATE    "rate"    /* of importance, by time alone or for what happened to others of the matter */
#define CS_STEP_RECLOCK "reclock"
#define CS_STEP_PLAN    "plan_callback"
#define CS_STEP_RELEASE "release_callback"
#define CS_STEP_DROP    "drop_callback"
#define CS_STEP_DUTY    "duty"         /* something owed was delivered or waived */
#define CS_STEP_WRITE   "write_form"   /* a part of a form was written */
#define CS_STEP_OWE     "owe"          /* of a unit: something is owed from now on */
#define CS_STEP_ASK     "ask_approval" /* a step was put to approval */
#define CS_STEP_LATE    "late"         /* of a unit: what it owes is late, or its time is over */
/* Reserved steps of the rules (policy.md, "Built in"), and what they do to the ticket that survives a merge. */
#define CS_STEP_LINK    "link"
#define CS_STEP_MERGE   "merge"
#define CS_STEP_UNMERGE "unmerge"
#define CS_STEP_ABSORB  "absorb"
#define CS_STEP_LET_GO  "let_go"
#define CS_STEP_MATTER  "matter" /* its matter is another, by what was stated of others */

/* Carries out the effects of one event about this ticket in memory. CS_IO: effects that do not fit the
   ticket (a damaged history). Private texts that were erased leave their columns empty. */
int cs_fold_ticket(struct cs_image *im, const struct cs_event *ev, const struct cs_effects *l, struct cs_err *e);

/* One effect alone; what cs_fold_ticket does for each. A decision uses it to look ahead on a copy. */
int cs_fold_merging(struct cs_image *im, const struct cs_event *ev, const struct cs_effect *f,
		    struct cs_err *e); /* of merges alone */
void cs_fold_extended(struct cs_clock_row *c); /* by one more */
int cs_fold_effect(struct cs_image *im, const struct cs_event *ev, const struct cs_effects *l, const struct cs_effect *f, struct cs_err *e);

/* One effect on what is owed, on its row (found, or blank but for its subject when it is new). */
int cs_fold_owed(struct cs_owed_row *r, const struct cs_event *ev, const struct cs_effect *f, struct cs_arena *a,
		 struct cs_err *e);
/* Is it an effect on what is owed? */
bool cs_fold_is_owed(enum cs_op op);

/* Writes the rows of other tables that the event speaks of: records (persons, units, posts, ...) and
   notices. Returns -1 on a database error or unknown table. */
int cs_fold_rest(struct cs_db *db, const struct cs_event *ev, const struct cs_effects *l, struct cs_err *e);

/* A record effect's table; NULL when no folded table has that name. */
const struct cs_table *cs_fold_table(const char *name);
/* Puts the columns that the effects from *at on give to one row into `row` (which holds what it was, or blanks);
   *at moves past them. The private texts are looked up in l. */
int cs_fold_record(const struct cs_effects *l, size_t *at, const struct cs_table *t, int64_t id, void *row, struct cs_err *e);

#endif
