/* Escalation: firing what was crossed, exactly once (design section 6; S3-6-1 ... S3-6-5). */
#ifndef CS_DOMAIN_LADDER_H
#define CS_DOMAIN_LADDER_H

#include "base/err.h"
#include "domain/image.h"
#include "domain/session.h"

/* One crossing that was fired, for the program to print. Texts in the image's arena. */
struct cs_fired {
	const char *clock, *rung; /* rung "due": the breach */
	cs_time at;
	const char *to;     /* whom it goes to and whom it tells: logins, codes; comma between; NULL nobody */
	const char *vacant; /* the post that was vacant, NULL */
};
struct cs_fired_list {
	struct cs_fired *item;
	size_t count, size;
};
struct cs_org;
struct cs_target;
/* Adds one; the end of a duty's time ("missed") not, when a rung of it was fired on the same second. list may be NULL. */
void cs_fired_add(struct cs_fired_list *list, const struct cs_fired *one, struct cs_arena *a);
/* Adds whom the target is to a list such as `to`; nobody and whoever stands there already: the list as it is. */
const char *cs_fired_to(const struct cs_org *o, const char *list, const struct cs_target *to, struct cs_arena *a);

/* Fires, in order of their times, every crossing that lies before `upto` (a crossing is in time on its own second),
   each as an event at its own time, and sends one notice per recipient naming the highest rung. Ratings that time alone makes
   stand between them: in `list` as clock "importance", the rung being the class. The image is folded on, not saved. `list` may
   be NULL. */
int cs_ladder_settle(struct cs_session *s, struct cs_image *im, cs_time upto, struct cs_fired_list *list,
		     struct cs_err *e);

/* Drops the call-backs of this ticket that still wait for a happening and whose give_up_at lies before `upto`, each by an event at that time; in `list`
   they stand as clock "callback", the rung being their purpose. Settle first. */
int cs_ladder_give_up(struct cs_session *s, struct cs_image *im, cs_time upto, struct cs_fired_list *list,
		      struct cs_err *e);

/* For imported history: of the crossings of this ticket that lie before `now` and have not fired only the highest is
   recorded, once, marked imported; nobody is told and nothing moves (design section 10). */
int cs_ladder_import(struct cs_session *s, struct cs_image *im, cs_time now, struct cs_err *e);

#endif
