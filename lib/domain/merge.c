/* Merging. */
#include "domain/merge.h"

#include <string.h>

#include "domain/access.h"
#include "domain/decide.h"
#include "domain/fold.h"
#include "domain/ladder.h"
#include "domain/policy_words.h"
#include "domain/rating.h"
#include "store/ref.h"

int cs_merge_survivor(struct cs_session *s, int64_t ticket, int64_t *survivor, struct cs_err *e)
{
	struct cs_ticket_row row;
	char ref[CS_REF_SIZE];
	int rc;

	for (*survivor = ticket;; *survivor = row.merged_into) {
		rc = cs_table_find(s->db, &cs_ticket_table, *survivor, &s->work, &row, e);
		if (rc == 0)
			return cs_fail(e, CS_NOTFOUND, "no such ticket: %s", cs_ref_text(*survivor, ref));
		if (rc < 0 || row.merged_into == CS_NULL || row.merged_into >= *survivor)
			return rc < 0 ? -1 : 0;
	}
}

/* What fired by now has fired before anything is taken over or given back. */
static int settled(struct cs_session *s, int64_t ticket, struct cs_image *im, struct cs_err *e)
{
	if (cs_image_get(im, s->db, ticket, &s->work, e) < 0 || cs_ladder_settle(s, im, s->now, NULL, e) < 0)
		return -1;
	return cs_image_save(im, s->db, e);
}

static int record(struct cs_session *s, struct cs_image *im, const char *step, cs_time at, const struct cs_effects *l,
		  struct cs_err *e)
{
	if (cs_session_record(s, im, (struct cs_deed){"ticket", im->t.id, step, at, s->actor}, l, e) < 0)
		return -1;
	return cs_image_save(im, s->db, e);
}

/* What is merged into it may make its class, also where both were of one matter before. */
static int rate(struct cs_session *s, struct cs_image *im, cs_time at, struct cs_err *e)
{
	return cs_rate_in_hand(s, im, at, e) < 0 ? -1 : cs_image_save(im, s->db, e);
}

/* Which ticket it is to be merged with: as asked, else as it is stated to be the same. */
static int find_other(struct cs_session *s, const struct cs_image *im, const struct cs_request *req, int64_t *other,
		      struct cs_err *e)
{
	const struct cs_value *same = cs_image_own(im, CS_LINK_SAME);
	char ref[CS_REF_SIZE], into[CS_REF_SIZE];

	*other = req->into;
	if (!*other && same && same->type == CS_V_TEXT && strcmp(same->s, "none") != 0)
		*other = cs_ref_parse(same->s, e);
	if (!*other)
		return 0;
	if (*other == im->t.id)
		return cs_fail(e, CS_REFUSED, "merge: %s is the ticket itself", cs_ref_text(*other, ref));
	if (im->t.merged_into != CS_NULL)
		return cs_fail(e, CS_REFUSED, "merge: it is merged into %s already",
			       cs_access_ref(s, im->t.merged_into, ref));
	if (cs_merge_survivor(s, *other, other, e) < 0)
		return -1;
	if (*other == im->t.id)
		return cs_fail(e, CS_REFUSED, "merge: %s is merged into it already",
			       req->into ? cs_ref_text(req->into, into)
					 : cs_access_ref(s, cs_ref_parse(same->s, NULL), into));
	return 0;
}

/* Whether both may be read comes before anything is said of either; who did not name one is not told its name. */
static int check(struct cs_session *s, int64_t asked, const struct cs_request *req, const struct cs_image *gone,
		 const struct cs_image *survivor, struct cs_err *e)
{
	const struct cs_image *both[] = {gone, survivor};
	char ref[CS_REF_SIZE], other[CS_REF_SIZE];

	for (size_t i = 0; i < 2; i++) {
		const struct cs_access_rule *kept = cs_access_kept(s, both[i]);

		if (kept && (both[i]->t.id == asked || both[i]->t.id == req->into))
			return cs_access_refuse(s, both[i], kept, e);
		if (kept)
			return cs_access_refuse_other(s, kept, e);
	}
	if (strcmp(gone->t.kind, survivor->t.kind) != 0)
		return cs_fail(e, CS_REFUSED, "merge: %s is of kind %s, %s of kind %s", cs_ref_text(gone->t.id, ref),
			       gone->t.kind, cs_ref_text(survivor->t.id, other), survivor->t.kind);
	if (strcmp(gone->t.state_is, "closed") == 0)
		return cs_fail(e, CS_REFUSED, "merge: %s is closed; nothing of it is left to be handled",
			       cs_ref_text(gone->t.id, ref));
	return 0;
}

/* Admission judges a merge by what the ticket is stated to repeat: it is merged with that and no other. */
static int check_stated(struct cs_session *s, const struct cs_image *gone, int64_t into, struct cs_err *e)
{
	const struct cs_kind *k = cs_session_kind(s, gone, e);
	const struct cs_step *st = k ? cs_kind_step(k, CS_STEP_MERGE) : NULL;
	const struct cs_value *same = cs_image_own(gone, CS_LINK_SAME);
	char ref[CS_REF_SIZE], other[CS_REF_SIZE], same_ref[CS_REF_SIZE];
	int64_t stated = 0, named;

	if (!k)
		return -1;
	if (!st || !cs_step_gate(st) || !same || same->type != CS_V_TEXT)
		return 0;
	named = strcmp(same->s, "none") == 0 ? 0 : cs_ref_parse(same->s, NULL);
	if (named && cs_merge_survivor(s, named, &stated, e) < 0)
		return -1;
	if (stated == into)
		return 0;
	cs_ref_text(gone->t.id, ref);
	cs_ref_text(into, other);
	return cs_fail(e, CS_REFUSED,
		       "merge: %s is stated to repeat %s, and the rules judge by that, not by %s: "
		       "first cs-decide link %s --same-as %s",
		       ref, named ? cs_access_ref(s, named, same_ref) : same->s, other, ref, other);
}

/* Asked after the step's own rules, which may say more. */
static int check_stock(const struct cs_image *survivor, struct cs_err *e)
{
	char ref[CS_REF_SIZE];

	if (!cs_image_in_stock(survivor))
		return cs_fail(e, CS_REFUSED,
			       "merge: %s, which would survive, is %s: link them, or take it up again first",
			       cs_ref_text(survivor->t.id, ref), survivor->t.state);
	return 0;
}

/* The effects of the ticket's last event. */
static int read_last(struct cs_session *s, const struct cs_image *im, const char *step, struct cs_effects *l,
		     struct cs_err *e)
{
	struct cs_event ev = {0};
	int rc = cs_event_last_step(s->db, im->t.id, step, 0, &ev, e);

	if (rc == 1)
		rc = cs_event_get(s->db, ev.id, &s->work, &ev, e);
	return rc == 1 ? cs_effects_read(l, ev.facts, ev.private_part, e) : -1;
}

static int merge(struct cs_session *s, int64_t asked, const struct cs_request *req, struct cs_image *im,
		 struct cs_err *e)
{
	struct cs_effects told = {.arena = &s->work}, out = {.arena = &s->work};
	struct cs_request r = *req;
	struct cs_image survivor;
	int64_t other, gone;

	if (cs_image_get(im, s->db, asked, &s->work, e) < 0 || find_other(s, im, req, &other, e) < 0)
		return -1;
	if (!other) /* what the rules say against it goes first, else that it is not said */
		return cs_act_on(s, im, &r, e);
	gone = asked > other ? asked : other;
	r.into = asked > other ? other : asked;
	r.at = r.at == CS_TIME_NONE ? s->now : r.at;
	if (settled(s, r.into, &survivor, e) < 0 || cs_image_get(im, s->db, gone, &s->work, e) < 0 ||
	    check(s, asked, req, im, &survivor, e) < 0 || check_stated(s, im, r.into, e) < 0)
		return -1;
	if (cs_act_on(s, im, &r, e) < 0 || check_stock(&survivor, e) < 0 || cs_image_save(im, s->db, e) < 0 ||
	    read_last(s, im, CS_STEP_MERGE, &told, e) < 0)
		return -1;
	if (cs_image_get(&survivor, s->db, r.into, &s->work, e) < 0 ||
	    cs_decide_absorb(s, &survivor, im, &told, r.at, &out, e) < 0)
		return -1;
	return record(s, &survivor, CS_STEP_ABSORB, r.at, &out, e) < 0 ? -1 : rate(s, &survivor, r.at, e);
}

static struct cs_letting_stop *first_stop(struct cs_letting *l)
{
	struct cs_letting_stop *first = NULL;

	for (size_t i = 0; i < l->count; i++)
		if (l->stop[i].clock && (!first || l->stop[i].at < first->at))
			first = &l->stop[i];
	return first;
}

/* What the survivor gives back, up to now. */
static int let_go(struct cs_session *s, int64_t ticket, int64_t gone, cs_time at, struct cs_err *e)
{
	struct cs_effects out = {.arena = &s->work};
	struct cs_letting stops;
	struct cs_image im;
	int rc;

	if (cs_image_get(&im, s->db, ticket, &s->work, e) < 0 ||
	    cs_decide_let_go(s, &im, gone, at, &stops, &out, e) < 0 || record(s, &im, CS_STEP_LET_GO, at, &out, e) < 0)
		return -1;
	/* In the order in which they were stopped: what one crossed before fires before. */
	for (struct cs_letting_stop *next; (next = first_stop(&stops)); next->clock = NULL) {
		cs_effects_clear(&out);
		if (cs_ladder_settle(s, &im, next->at, NULL, e) < 0 ||
		    cs_decide_let_stop(s, &im, next, at, &out, e) < 0 ||
		    record(s, &im, CS_STEP_LET_GO, at, &out, e) < 0)
			return -1;
	}
	if (cs_ladder_settle(s, &im, s->now, NULL, e) < 0 || cs_image_save(&im, s->db, e) < 0)
		return -1;
	for (cs_effects_clear(&out); (rc = cs_decide_discharged(s, &im, &at, &out, e)) == 1; cs_effects_clear(&out))
		if (record(s, &im, CS_STEP_LET_GO, at, &out, e) < 0)
			return -1;
	return rc < 0 ? -1 : rate(s, &im, s->now, e);
}

static int unmerge(struct cs_session *s, const struct cs_request *req, struct cs_image *im, struct cs_err *e)
{
	int64_t survivor = im->t.merged_into, gone = im->t.id;
	struct cs_request r = *req;
	struct cs_image other;
	char ref[CS_REF_SIZE], into[CS_REF_SIZE];

	r.at = r.at == CS_TIME_NONE ? s->now : r.at;
	if (survivor == CS_NULL)
		return cs_act_on(s, im, &r, e) < 0 ? -1 : cs_fail(e, CS_REFUSED, "unmerge: it is not merged");
	if (settled(s, survivor, &other, e) < 0)
		return -1;
	if (other.t.merged_into != CS_NULL)
		return cs_fail(e, CS_REFUSED, "unmerge: %s, which survived, is itself merged into %s: undo that first",
			       cs_access_ref(s, survivor, ref), cs_access_ref(s, other.t.merged_into, into));
	if (cs_act_on(s, im, &r, e) < 0 || cs_rate_in_hand(s, im, r.at, e) < 0 ||
	    cs_ladder_settle(s, im, s->now, NULL, e) < 0 || cs_image_save(im, s->db, e) < 0)
		return -1;
	return let_go(s, survivor, gone, r.at, e);
}

int cs_merge_step(struct cs_session *s, int64_t ticket, const struct cs_request *req, struct cs_image *im,
		  struct cs_err *e)
{
	struct cs_request r = *req;
	int64_t survivor;

	if (cs_image_get(im, s->db, ticket, &s->work, e) < 0)
		return -1;
	r.step = cs_act_step_id(s, im, r.step);
	if (strcmp(r.step, CS_STEP_MERGE) == 0)
		return merge(s, ticket, &r, im, e);
	if (strcmp(r.step, CS_STEP_UNMERGE) == 0)
		return unmerge(s, &r, im, e);
	if (im->t.merged_into == CS_NULL)
		return cs_act_step(s, ticket, &r, im, e);
	if (cs_merge_survivor(s, ticket, &survivor, e) < 0)
		return -1;
	r.through = ticket;
	return cs_act_step(s, survivor, &r, im, e);
}
