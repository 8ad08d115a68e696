/* How a clock that runs (or ran) is counted, by the edition it started under: for explaining and
   for asking again. */
#ifndef CS_DOMAIN_COUNTING_H
#define CS_DOMAIN_COUNTING_H

#include "base/err.h"
#include "domain/clock.h"
#include "domain/image.h"
#include "domain/policy.h"
#include "domain/session.h"

/* count: what the limit is counted over. due (CS_TIME_NONE: none, or standing) and crossings: what
   the edition makes of the clock as it is now. Everything lives as long as the image's arena and
   the session. */
struct cs_counting {
	const struct cs_clock *clock;
	const struct cs_clock_rule *rule;
	struct cs_count count;
	cs_time due;
	const char *crossings;
	int guessed_year; /* a year without holiday data that its calendar was asked about; 0: none */
};
/* CS_CONFIG: the edition has no such clock. */
int cs_clock_counting(struct cs_session *s, const struct cs_image *im,
		      const struct cs_clock_row *row, struct cs_counting *out, struct cs_err *e);

/* The latest that a due can be moved to by an extension of at most `within`. Errors as of cs_count_end. */
int cs_move_most(const struct cs_zone *z, const struct cs_clock *clock, const struct cs_span *within, cs_time due,
		 cs_time *most, struct cs_err *e);

#endif
