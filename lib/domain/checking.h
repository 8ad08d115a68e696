/* Inside of check: only check*.c include this. */
#ifndef CS_DOMAIN_CHECKING_H
#define CS_DOMAIN_CHECKING_H

#include "domain/check_job.h"
#include "domain/effect.h"
#include "domain/view.h"
#include "domain/voices.h"
#include "store/event.h"
#include "store/rows.h"
#include "store/table.h"

/* Says and counts a fault. */
void cs_check_fault(struct cs_check *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* "table key: column: stored X, history says Y"; personal values are not shown. */
void cs_check_differs(struct cs_check *c, const struct cs_table *t,
		      const struct cs_table_column *col, const void *stored, const void *told);
/* "table key: why". */
void cs_check_row(struct cs_check *c, const struct cs_table *t, const void *row, const char *why);

/* Rows that are not a ticket's: events come from the last to the first, so the first value seen of
   a column is the one that holds. */
struct cs_check_records;
struct cs_check_records *cs_check_records_new(struct cs_check *c);
void cs_check_records_free(struct cs_check_records *r);
int cs_check_records_event(struct cs_check_records *r, const struct cs_event *ev,
			   const struct cs_effects *l, struct cs_err *e);
int cs_check_records_end(struct cs_check_records *r,
			 struct cs_err *e); /* rows and columns nobody recorded */

/* The outbox, walked along with the events from the last to the first. l is NULL for an event
   without notices. */
struct cs_check_notices;
struct cs_check_notices *cs_check_notices_new(struct cs_check *c,
					      struct cs_err *e); /* NULL on error */
void cs_check_notices_free(struct cs_check_notices *n);
int cs_check_notices_event(struct cs_check_notices *n, const struct cs_event *ev,
			   const struct cs_effects *l, struct cs_err *e);
int cs_check_notices_end(struct cs_check_notices *n, struct cs_err *e);

/* What was drawn for samples. */
struct cs_check_drawn;
struct cs_check_drawn *cs_check_drawn_new(struct cs_check *c);
void cs_check_drawn_free(struct cs_check_drawn *d);
void cs_check_drawn_event(struct cs_check_drawn *d, const struct cs_effects *l);
int cs_check_drawn_end(struct cs_check_drawn *d, struct cs_err *e);

/* Counters of references. */
int cs_check_counters(struct cs_check *c, struct cs_err *e);

/* What units owe, refolded: every event about a unit, in the order of the units and of time. */
struct cs_check_owed;
struct cs_check_owed *cs_check_owed_new(struct cs_check *c, struct cs_err *e); /* NULL on error */
void cs_check_owed_free(struct cs_check_owed *o);
int cs_check_owed_event(struct cs_check_owed *o, const struct cs_event *ev, struct cs_err *e);
int cs_check_owed_end(struct cs_check_owed *o, struct cs_err *e);
/* Would the edition of the row reckon its due and its rungs so today, as the event did? of: who owes; at: as in
   cs_duty_again; moved: it was owed before the event, which moved its due. Remarks. */
void cs_check_ask_owed(struct cs_check *c, const char *of, const struct cs_event *ev, const struct cs_owed_row *row,
		       cs_time at, bool moved, struct cs_arena *a);

/* Matters as they were with an event, from the histories of all tickets that were ever linked: what is kept of them grows
   with these. Made before tickets are asked again; NULL on error. */
struct cs_check_matters;
struct cs_check_matters *cs_check_matters_new(struct cs_check *c, struct cs_err *e);
void cs_check_matters_free(struct cs_check_matters *m);
/* Each time somebody had complained in the ticket's matter, as it was then and known then; in the image's arena. false: it
   is of no matter, or nothing is known of it. */
bool cs_check_matter_voices(const struct cs_check_matters *m, const struct cs_image *im, int64_t event,
			    const char *registers, struct cs_voices *out);
/* Who was linked to the ticket then; in the image's arena. */
void cs_check_linked(const struct cs_check_matters *m, const struct cs_image *im, int64_t event, struct cs_linked *out);
/* Has a link of this name, of the ticket or to it, that was there with that event ended since, or something happened since
   to the ticket at its other end? */
bool cs_check_link_changed(const struct cs_check_matters *m, int64_t ticket, const char *link, int64_t event);

/* Every ticket refolded beside its stored rows. */
int cs_check_tickets(struct cs_check *c, struct cs_err *e);

#endif
