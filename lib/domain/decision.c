/* One decision in the making: its look ahead. */
#include "domain/decision.h"

#include <string.h>

#include "domain/fold.h"

void cs_decision_begin(struct cs_decision *d, struct cs_session *s, const struct cs_image *im,
		       const struct cs_kind *kind, const struct cs_policy *policy, struct cs_deed deed,
		       struct cs_effects *out)
{
	memset(d, 0, sizeof *d);
	d->s = s;
	cs_image_copy(&d->after, im);
	d->v = (struct cs_view){.s = s,
				.policy = policy,
				.kind = kind,
				.im = &d->after,
				.at = deed.at,
				.step = deed.step,
				.step_actor = deed.actor};
	d->ev = cs_session_event(s, deed);
	d->ev.id = s->chain.last_id + 1;
	d->out = out;
	d->step = cs_kind_step(kind, deed.step);
}

int cs_decision_emit(struct cs_decision *d, enum cs_op op, const struct cs_value *arg, size_t count)
{
	cs_effects_put(d->out, op, arg, count);
	return cs_fold_effect(&d->after, &d->ev, d->out, &d->out->effect[d->out->count - 1], NULL);
}

int cs_emit_none(struct cs_decision *d, enum cs_op op)
{
	static const struct cs_value nothing;

	return cs_decision_emit(d, op, &nothing, 0);
}
