/* Priority: the highest rule that holds, and what people said. */
#include "domain/decision.h"

/* What the rules and the category demand at least of the ticket as it stands in v; -1: nothing. */
static int least_priority(const struct cs_view *v)
{
	const struct cs_priority *p = &v->policy->priority;
	const struct cs_category *c = v->im->t.category ? cs_policy_category(v->policy, v->im->t.category) : NULL;
	int best = c && c->priority ? cs_ids_index(&p->scale, c->priority) : -1;

	for (size_t i = 0; i < p->rule_count; i++)
		if (cs_ids_index(&p->scale, p->rule[i].at_least) > best && cs_cond_eval(v, p->rule[i].when) == CS_TRUE)
			best = cs_ids_index(&p->scale, p->rule[i].at_least);
	return best;
}

void cs_decide_priority(struct cs_decision *d, const struct cs_image *before)
{
	const struct cs_priority *p = &d->v.policy->priority;
	struct cs_view was = d->v;
	int start = cs_ids_index(&p->scale, p->start ? p->start : "");
	int now = cs_ids_index(&p->scale, d->after.t.priority ? d->after.t.priority : "");
	bool by_hand = before ? d->req && cs_given_has(d->req->set, d->req->set_count, "priority") : now >= 0;
	int least, best;

	if (by_hand && d->req->history)
		return;
	least = least_priority(&d->v);
	best = least > start ? least : start;
	if (by_hand) {
		best = now > least ? now : least;
	} else if (before && now > best) {
		/* Down again only from what the rules said: whoever raised it meant it. */
		was.im = before;
		was.step = NULL;
		was.evidence_count = 0;
		was.at = before->t.last_at;
		if (least_priority(&was) != now)
			return;
	} else if (before && now >= least) {
		return;
	}
	if (best >= 0 && best != now)
		cs_emit(d, CS_OP_SET, CS_S("priority"), CS_S(p->scale.id[best]));
}
