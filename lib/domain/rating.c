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

int cs_rate_matter(struct cs_session *s, int64_t matter, int64_t but, cs_time at, struct cs_err *e)
{
	struct cs_id_list list = {0};

	if (matter == CS_NULL)
		return 0;
	if (cs_matter_tickets(s->db, matter, &s->work, &list, e) < 0)
		return -1;
	/* The youngest first: what is merged into an older one may decide its class. */
	for (size_t i = list.count; i-- > 0;)
		if (list.id[i] != but && rate_one(s, list.id[i], at, e) < 0)
			return -1;
	return 0;
}
