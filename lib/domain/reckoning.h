/* What the crossings of one clock are computed from: for decisions on clocks (decide_clock.c). Spans and instants in
   seconds; CS_TIME_NONE: none, or the clock stands. */
#ifndef CS_DOMAIN_RECKONING_H
#define CS_DOMAIN_RECKONING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "domain/clock.h"
#include "domain/decision.h"
#include "domain/policy.h"

struct cs_reckoning {
	struct cs_decision *d;
	const struct cs_clock *def;
	const struct cs_clock_rule *rule;
	struct cs_count count;
	cs_time start, due;
	bool due_set;  /* stated or promised, not counted */
	bool extended; /* ... by an extension that was granted: the ladder goes by it */
};

/* Of a clock that is to start: the first rule that holds (NULL: none), the time a field says, the due by the rule, all
   crossings. */
const struct cs_clock_rule *cs_reckon_rule(struct cs_decision *d, const struct cs_clock *def);
cs_time cs_reckon_field(struct cs_decision *d, const char *field);
int cs_reckon_first_due(struct cs_reckoning *r, struct cs_err *e);
int cs_reckon_first_crossings(struct cs_reckoning *r, const char **crossings, struct cs_err *e);

/* Of a clock that runs. CS_CONFIG: the edition it started under has it not. */
int cs_reckon(struct cs_decision *d, const struct cs_clock_row *row, struct cs_reckoning *r, struct cs_err *e);
/* The due as the limit makes it; one that was stated, passed or never set stays. */
int cs_reckon_due(struct cs_reckoning *r, const char *crossings, bool passed, struct cs_err *e);
/* The times of the crossings listed in `old`. */
int cs_reckon_crossings(const struct cs_reckoning *r, const char *old, const char **crossings, struct cs_err *e);

/* When one crossing comes; the end of a span; `used` of it was over at the last reclocking. */
int cs_reckon_crossing(const struct cs_reckoning *r, const char *id, int64_t used, cs_time *at, struct cs_err *e);
int cs_reckon_end(const struct cs_reckoning *r, const struct cs_span *span, int64_t used, cs_time *end,
		  struct cs_err *e);
/* What a crossing is counted over: its own span, or the limit it is a share of. */
const struct cs_span *cs_reckon_span(const struct cs_rung *rung, const struct cs_clock_rule *rule);
/* What was used up of this span when the clock was counted anew; 0: it never was. */
int64_t cs_reckon_used_before(const struct cs_reckoning *r, const struct cs_span *span);
/* A year without holiday data that the clock is counted in; 0: none (design section 5). */
int cs_reckon_guessed_year(const struct cs_reckoning *r, const char *crossings);

#endif
