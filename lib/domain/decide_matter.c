/* What is stated about other tickets: the field same_as becomes a link. */
#include <string.h>

#include "domain/access.h"
#include "domain/decision.h"
#include "domain/policy_words.h"
#include "store/ref.h"

/* What may not be read is not stated to be the same: what is said of the one would be known of the other. */
static int check_access(struct cs_decision *d, const struct cs_ticket_row *other, struct cs_err *e)
{
	const struct cs_access_rule *rule;
	struct cs_image im;
	int kept;

	if (d->req->history)
		return 0;
	rule = d->step == d->v.kind->register_step ? NULL : cs_access_kept(d->s, &d->after);
	if (rule) /* asked of one that is merged: by that one's name */
		return d->req->through ? cs_access_refuse_other(d->s, rule, e)
				       : cs_access_refuse(d->s, &d->after, rule, e);
	kept = cs_access_kept_row(d->s, other->kind, other->id, d->after.arena, e);
	if (kept != 1)
		return kept;
	if (cs_image_get(&im, d->s->db, other->id, d->after.arena, e) < 0)
		return -1;
	rule = cs_access_kept(d->s, &im);
	return rule ? cs_access_refuse(d->s, &im, rule, e) : 0;
}

/* The ticket that the field names: 0 none. */
static int find_other(struct cs_decision *d, int64_t *other, struct cs_err *e)
{
	const struct cs_value *v = cs_image_own(&d->after, CS_LINK_SAME);
	struct cs_ticket_row row;
	char ref[CS_REF_SIZE];
	int rc;

	*other = 0;
	if (!v || v->type != CS_V_TEXT || strcmp(v->s, "none") == 0)
		return 0;
	*other = cs_ref_parse(v->s, e);
	if (*other == 0)
		return -1;
	if (*other == d->after.t.id)
		return cs_fail(e, CS_REFUSED, CS_LINK_SAME ": %s is the ticket itself", v->s);
	rc = cs_table_find(d->s->db, &cs_ticket_table, *other, d->after.arena, &row, e);
	if (rc < 0)
		return -1;
	if (rc == 0)
		return cs_fail(e, CS_REFUSED, CS_LINK_SAME ": there is no ticket %s", cs_ref_text(*other, ref));
	if (check_access(d, &row, e) < 0)
		return -1;
	if (strcmp(row.kind, d->v.kind->id) != 0)
		return cs_fail(e, CS_REFUSED, CS_LINK_SAME ": %s is of kind %s, this is of kind %s", v->s, row.kind,
			       d->v.kind->id);
	return 0;
}

int cs_decide_same_as(struct cs_decision *d, struct cs_err *e)
{
	int64_t other;
	bool there = false;

	if (!cs_given_has(d->req->set, d->req->set_count, CS_LINK_SAME))
		return 0;
	if (find_other(d, &other, e) < 0)
		return -1;
	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_LINK); i++) {
		const struct cs_link_row *l = cs_image_at(&d->after, CS_P_LINK, i);

		if (l->until != CS_NULL || strcmp(l->link, CS_LINK_SAME) != 0)
			continue;
		there = there || l->other == other;
		if (l->other != other)
			cs_emit(d, CS_OP_LINK_END, CS_I(l->seq), CS_I(d->ev.at));
	}
	if (other && !there)
		cs_emit(d, CS_OP_LINK, CS_I(cs_image_next_seq(&d->after, CS_P_LINK)), CS_S(CS_LINK_SAME), CS_I(other));
	return 0;
}
