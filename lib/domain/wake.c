/* Ratings as events. */
#include "domain/wake.h"

#include "domain/decision.h"
#include "domain/fold.h"

int cs_wake(struct cs_session *s, struct cs_image *im, cs_time at, struct cs_err *e)
{
	const struct cs_kind *k = cs_session_kind(s, im, e);
	const struct cs_deed deed = {"ticket", im->t.id, CS_STEP_RATE, at, CS_NULL};
	struct cs_effects out = {.arena = im->arena};
	struct cs_decision d;

	if (!k)
		return -1;
	cs_decision_begin(&d, s, im, k, s->policy, deed, &out);
	d.step = NULL;
	d.v.step = NULL;
	if (cs_decide_importance(&d, im, e) < 0)
		return -1;
	if (out.count == 0)
		return 0;
	return cs_session_record(s, im, deed, &out, e) < 0 ? -1 : 1;
}
