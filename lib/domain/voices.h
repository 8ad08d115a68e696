/* How often a matter was complained about, by whom and from where. */
#ifndef CS_DOMAIN_VOICES_H
#define CS_DOMAIN_VOICES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/time.h"
#include "domain/image.h"
#include "domain/policy.h"
#include "store/matter.h"

/* What a tally comes to over time: to n from each of these moments on, ascending; to 0 before the first. */
struct cs_tally_step {
	cs_time at;
	int64_t n;
};
struct cs_tally_course {
	const struct cs_tally *tally;
	struct cs_tally_step *step;
	size_t count;
};
/* Each time somebody complained, in the order of the times: registrations and appeals. */
struct cs_voices {
	struct cs_voice *voice;
	size_t count;
	int64_t matter;        /* CS_NULL: of a ticket that is of no stated matter */
	const char *registers; /* the step that registrations bear */
	struct cs_arena *arena;
	struct cs_tally_course *course; /* what was counted, each tally once */
	size_t course_count, course_size;
};

/* All of the ticket's matter: its own as the image has them, those of the others from the database. In the image's arena. */
int cs_voices_read(struct cs_voices *out, struct cs_db *db, const struct cs_image *im, const char *registers,
		   struct cs_err *e);
/* All of a matter as it is stored, for every ticket of it. */
int cs_voices_of_matter(struct cs_voices *out, struct cs_db *db, int64_t matter, const char *registers,
			struct cs_arena *a, struct cs_err *e);
/* Who is not known is another each time. One still counts on the second that its span ends. The tally must live as long
   as the voices. */
const struct cs_tally_course *cs_voices_course(struct cs_voices *l, const struct cs_tally *t,
					       const struct cs_zone *zone);
/* What is counted comes to at that time. */
int64_t cs_voices_count(struct cs_voices *l, const struct cs_tally *t, const struct cs_zone *zone, cs_time at);
/* The last second that this one counts in the tally; CS_TIME_NONE: for good, or it never counts. */
cs_time cs_voice_until(const struct cs_voice *v, const struct cs_tally *t, const struct cs_zone *zone);

#endif
