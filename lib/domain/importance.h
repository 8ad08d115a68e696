/* What the rules of importance make of a ticket at a moment, by the facts as they are known now. Reads; decides nothing. */
#ifndef CS_DOMAIN_IMPORTANCE_H
#define CS_DOMAIN_IMPORTANCE_H

#include "domain/past.h"
#include "domain/view.h"
#include "domain/voices.h"

/* One rule over time. Time alone does not undo a latched one: it holds from `holds` on. */
struct cs_importance_course {
	const struct cs_importance_rule *rule;
	enum cs_truth fixed; /* where time alone changes nothing */
	bool timed;
	struct cs_moments moment; /* at which it may change */
	cs_time holds, unknown;   /* latched: since when; CS_TIME_NONE: never */
};
struct cs_importance_study {
	struct cs_view v; /* as_of */
	struct cs_voices *voices; /* NULL: no rule counts them */
	struct cs_importance_course *course;
	size_t count;
	struct cs_moments moment; /* of all of them */
};
struct cs_importance_result {
	const char *class; /* never NULL */
	const char *rules; /* ids of those that hold, "A.same,B.same"; NULL: none */
	/* Fields nobody has set without which a rule that would raise the class cannot be decided. */
	const struct cs_importance_unknown **open;
	size_t open_count;
};

/* Does the edition give the ticket's kind a class? */
bool cs_importance_rates(const struct cs_policy *p, const char *kind);
/* v: the ticket with all that has happened; its step in hand counts as taken at v->at. All in the image's arena. -1: the
   database. */
int cs_importance_study(struct cs_importance_study *out, const struct cs_view *v, struct cs_err *e);
enum cs_truth cs_importance_holds(const struct cs_importance_study *s, size_t course, cs_time at);
void cs_importance_at(const struct cs_importance_study *s, cs_time at, struct cs_importance_result *out);
/* Has somebody set the field? */
bool cs_importance_known(const struct cs_importance_study *s, const char *field);

#endif
