/* The samples that the indicators are counted over (S3-9-2 ... S3-9-7). */
#ifndef CS_DOMAIN_REPORT_SAMPLE_H
#define CS_DOMAIN_REPORT_SAMPLE_H

#include "domain/report.h"

struct cs_report_draw {
	int64_t id, unit; /* unit: CS_NULL all */
	struct cs_period period;
};
/* The draws of the rule for periods within this one; of repeated draws the last. An array in the
   arena. */
int cs_report_draws(struct cs_session *s, const struct cs_period *within, const char *rule,
		    struct cs_arena *a, struct cs_report_draw **out, size_t *count,
		    struct cs_err *e);

/* A draw over all units, or over one that holds all that is reported on. */
bool cs_report_draw_holds(const struct cs_session *s, const struct cs_report_ask *ask, const struct cs_report_draw *d);

/* Whether the answers (JSON or NULL) hold one to the question; "yes" and true are yes, all else is no. */
bool cs_report_said(const char *answers, const char *question, bool *yes);

/* CS_REFUSED: a sample that an indicator names was not drawn for a period within, and there is
   something to draw from. Adds to remarks how many members of each sample have given no answer to any contact.
   Resets s->work. */
int cs_report_samples_ready(struct cs_session *s, const struct cs_report_ask *ask,
			    struct cs_faults *remarks, struct cs_err *e);

#endif
