/* Ratings over a matter. */
#include "domain/rating.h"

#include "domain/importance.h"
#include "domain/ladder.h"
#include "domain/wake.h"
#include "store/matter.h"

int cs_rate_in_hand(struct cs_session *s, struct cs_image *im, cs_time at, struct cs_err *e)
{
	if (!cs_importance_rates(s->policy, im->t.kind))
		return 0;
	/* Not before what has happened to it meanwhile. */
	at = im->t.last_at > at ? im->t.last_at : at;
	if (im->t.rated_at != CS_NULL && im->t.rated_at > at)
		at = im->t.rated_at;
	return cs_wake(s, im, at, e) < 0 ? -1 : 0;
}

static int rate_one(struct cs_session *s, int64_t ticket, cs_time at, struct cs_err *e)
{
	struct cs_image im;

	if (cs_image_get(&im, s->db, ticket, &s->work, e) < 0)
		return -1;
	if (!cs_importance_rates(s->policy, im.t.kind))
		return 0;
	if (cs_ladder_settle(s, &im, s->now, NULL, e) < 0 || cs_rate_in_hand(s, &im, at, e) < 0)
		return -1;
	return cs_image_save(&im, s->db, e);
}

static int rate_all(struct cs_session *s, const struct cs_id_list *list, int64_t but, cs_time at, struct cs_err *e)
{
	/* The youngest first: what is merged into an older one may decide its class. */
	for (size_t i = list->count; i-- > 0;)
		if (list->id[i] != but && rate_one(s, list->id[i], at, e) < 0)
			return -1;
	return 0;
}

int cs_rate_matter(struct cs_session *s, int64_t matter, int64_t but, cs_time at, struct cs_err *e)
{
	struct cs_id_list list = {0};
	struct cs_ticket_row first;
	struct cs_voices voices;
	const struct cs_kind *k;
	int rc;

	if (matter == CS_NULL)
		return 0;
	if (cs_matter_tickets(s->db, matter, &s->work, &list, e) < 0 ||
	    cs_table_find(s->db, &cs_ticket_table, matter, &s->work, &first, e) < 0)
		return -1;
	/* No rating adds to them: read and counted once for all. */
	k = cs_policy_kind(s->policy, first.kind);
	if (k && cs_voices_of_matter(&voices, s->db, matter, k->register_step->id, &s->work, e) < 0)
		return -1;
	s->voices = k ? &voices : NULL;
	rc = rate_all(s, &list, but, at, e);
	s->voices = NULL;
	return rc;
}
