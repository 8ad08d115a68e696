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

/* Each time somebody complained, in the order of the times: registrations and appeals. */
struct cs_voices {
	struct cs_voice *voice;
	size_t count;
};

/* All of the ticket's matter: its own as the image has them, those of the others from the database. Registrations bear the
   step given. In the image's arena. */
int cs_voices_read(struct cs_voices *out, struct cs_db *db, const struct cs_image *im, const char *registers,
		   struct cs_err *e);
/* Does what is counted come to `number` at that time? Who is not known is another each time. One still counts on the second
   that its span ends. */
bool cs_voices_reach(const struct cs_voices *l, const struct cs_tally *t, const struct cs_zone *zone, cs_time at,
		     int64_t number);
/* The last second that this one counts in the tally; CS_TIME_NONE: for good, or it never counts. */
cs_time cs_voice_until(const struct cs_voice *v, const struct cs_tally *t, const struct cs_zone *zone);

#endif
