/* What is owed, worked by people: delivering, writing, waiving (policy.md, "duty x subject x period"). */
#ifndef CS_DOMAIN_DUTY_H
#define CS_DOMAIN_DUTY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "domain/decide.h"
#include "domain/policy.h"
#include "domain/view.h"

/* Who owes: a ticket, loaded, or a unit. Begin with one of the two; the image of a unit is its own, and never saved. */
struct cs_owing {
	struct cs_session *s;
	struct cs_image *im;
	const struct cs_unit_row *unit; /* NULL: a ticket */
	struct cs_image own;
};
/* Fires first what is crossed at the present. */
int cs_owing_ticket(struct cs_owing *o, struct cs_session *s, struct cs_image *im, struct cs_err *e);
int cs_owing_unit(struct cs_owing *o, struct cs_session *s, const struct cs_unit_row *unit, struct cs_err *e);
/* As the rules see it. */
struct cs_view cs_owing_view(const struct cs_owing *o, cs_time at);

/* The rule of this name (id or label). CS_USAGE: there is none. */
const struct cs_duty *cs_duty_named(const struct cs_policy *p, const char *name, struct cs_err *e);

/* What is said of a delivery. Everything is borrowed. */
struct cs_delivery {
	const struct cs_duty *rule;
	const char *period; /* which one: its period, or what brought it about; NULL: the one owed for longest */
	cs_time at;         /* CS_TIME_NONE: now */
	const char *note;
	const struct cs_given_evidence *evidence;
	size_t evidence_count;
	const char *text; /* of the form, as it is delivered; NULL: none */
	bool waive;       /* it is to be waived, not delivered */
};
/* The row that is meant. CS_REFUSED: nothing of the kind is owed. */
const struct cs_owed_row *cs_owing_find(const struct cs_owing *o, const struct cs_delivery *given, struct cs_err *e);
/* It was missed, and can be delivered late at that time, by this rule: until the time after it is over too. */
bool cs_owing_missed(const struct cs_policy *p, const struct cs_duty *rule, const struct cs_owed_row *r, cs_time at);
/* Who owes it now: who is on record; for one who is gone, or holds the post no more that owes it, whoever the rules mean at
   present. CS_NULL: nobody. What is over stays as recorded. */
int cs_duty_owner(struct cs_session *s, const struct cs_owed_row *row, struct cs_arena *a, int64_t *owner,
		  struct cs_err *e);
/* Delivers it: the event, the digest of what was delivered, notices to whom it goes. CS_REFUSED: not owed, not by the
   caller, the evidence or a part of the form is missing, the report is not closed, the sample not drawn; or a step, a field
   or a call discharges it. *cause: of the one that is done. A ticket is saved by the caller. */
int cs_duty_done(struct cs_owing *o, const struct cs_delivery *given, const char **cause, struct cs_err *e);
/* Waives it; the note says why. CS_REFUSED: the rules let nobody, or not the caller; there was something to deliver. */
int cs_duty_waive(struct cs_owing *o, const struct cs_delivery *given, const char **cause, struct cs_err *e);

/* Writes a part of a form of the ticket; an empty text takes it back. CS_USAGE: people do not write this part; CS_REFUSED:
   others owe the form. */
int cs_duty_write(struct cs_owing *o, const struct cs_form *form, const char *part, const char *text, cs_time at,
		  struct cs_err *e);
/* What was written since the form was last delivered; NULL: nothing. In the image's arena. */
const char *cs_form_written(const struct cs_image *im, const struct cs_policy *p, const struct cs_form *form,
			    const char *part);
/* The parts still to be written. */
struct cs_ids cs_form_missing(const struct cs_image *im, const struct cs_policy *p, const struct cs_form *form);

/* What was delivered, as it was: 1 (*text in the arena), 0 nothing was kept (or it was erased), -1. CS_IO: it is not what
   the digest says. */
int cs_duty_delivered(struct cs_db *db, const struct cs_owed_row *row, struct cs_arena *a, const char **text,
		      struct cs_err *e);

/* --- units --------------------------------------------------------------------------------------------------------- */

/* Another edition ("policy", unit CS_NULL: all) or another holder of a post ("post:ID") at this unit: what is owed on that
   arises for the units concerned. Inside the write transaction. */
int cs_duty_changed(struct cs_session *s, const char *what, int64_t unit, cs_time at, struct cs_err *e);

/* The days whose duties have not arisen yet: from *from to *to, none when *from > *to. The rules of a day are those in
   force when it began. */
int cs_duty_days(struct cs_session *s, cs_time now, int32_t *from, int32_t *to, struct cs_err *e);
/* In the order of time, up to `upto`: what the unit owes from each of these days on, its rungs, what it missed. Each an
   event at its own time; the same however often it is called. *fired (may be NULL): its rungs, as in
   cs_ladder_settle. */
struct cs_fired_list;
int cs_duty_settle(struct cs_session *s, int64_t unit, int32_t from, int32_t to, cs_time upto,
		   struct cs_fired_list *fired, struct cs_err *e);
/* The same of one unit whatever others have had, before something is done with what it owes. */
int cs_duty_catch_up(struct cs_session *s, int64_t unit, struct cs_err *e);

#endif
