/* Tickets one by one: which a report lists, and what was written in them. */
#ifndef CS_DOMAIN_REPORT_CASE_H
#define CS_DOMAIN_REPORT_CASE_H

#include <stddef.h>
#include <stdint.h>

#include "domain/report.h"
#include "store/figures_case.h"

/* The validity that is not valid (S3-4-12). */
#define CS_CASE_INVALID "invalid"

/* Called for every ticket; its texts live until it returns. */
struct cs_case_taker {
	int (*each)(void *arg, const struct cs_fig_case *c, struct cs_err *e);
	void *arg;
};
/* Tickets of these kinds (empty: all) of units that the report covers, which came in in the period, by their references. */
int cs_cases_opened(struct cs_session *s, const struct cs_report_ask *ask, const struct cs_period *p,
		    const struct cs_ids *kinds, const struct cs_case_taker *to, struct cs_err *e);
/* ... which were done in the period and are done still, in the order of that. */
int cs_cases_done(struct cs_session *s, const struct cs_report_ask *ask, const struct cs_ids *kinds,
		  const struct cs_case_taker *to, struct cs_err *e);

/* What was written in a ticket: "subject", "body", "text.FIELD", "cell.LIST.KEY.FIELD", "party.N.name". Of what was
   written several times the last. Zero-initialise with an arena. */
struct cs_case_text {
	const char *key, *text;
	int64_t event;
};
struct cs_case_texts {
	struct cs_arena *arena;
	struct cs_case_text *item;
	size_t count, size;
};
/* As it stood after the event `upto` (INT64_MAX: now); nothing of what was erased. */
int cs_case_read(struct cs_session *s, int64_t ticket, int64_t upto, struct cs_case_texts *out, struct cs_err *e);
/* Nothing of it is printed: it is kept back from the acting person, or who reads it has to say why. 1, 0, -1. */
int cs_case_withheld(struct cs_session *s, const char *kind, int64_t ticket, struct cs_err *e);
const char *cs_case_text(const struct cs_case_texts *t, const char *key); /* NULL: none */
/* Of the kind's field that the reports take for this ("result", ...); NULL: none. */
const char *cs_case_field(const struct cs_session *s, const struct cs_case_texts *t, const char *kind, const char *as);

/* Cells: a reference, a unit's code, a login, a local day, hour and minute, both; "-" is no value. Texts in r's arena. */
struct cs_value cs_case_ref(struct cs_report *r, int64_t ticket);
struct cs_value cs_case_unit(const struct cs_session *s, int64_t unit);
struct cs_value cs_case_login(const struct cs_session *s, int64_t staff);
struct cs_value cs_case_time(const struct cs_session *s, struct cs_report *r, cs_time t);
struct cs_value cs_case_code(struct cs_report *r, const char *code);

#endif
