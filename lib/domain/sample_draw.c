/* Drawing samples: frames from the database, recording, contacts, replacing. */
#include <string.h>

#include "base/hash.h"
#include "domain/callback.h"
#include "domain/fold.h"
#include "domain/ladder.h"
#include "domain/sample.h"
#include "domain/sampling.h"
#include "domain/view.h"
#include "store/customer.h"
#include "store/draw.h"
#include "store/ref.h"

static const char *unit_code(const struct cs_session *s, int64_t unit)
{
	const struct cs_unit_row *u = cs_org_unit(&s->org, unit);

	return u ? u->code : "-";
}

static const char *login(const struct cs_session *s, int64_t staff)
{
	const struct cs_staff_row *p = cs_org_staff(&s->org, staff);

	return p ? p->login : "-";
}

/* The unit of this level the ticket was served in, such as its project: of the premises, else of its unit. */
static const char *unit_at(const struct cs_session *s, const struct cs_image *im, const char *level)
{
	int64_t unit = im->t.place != CS_NULL ? im->t.place : cs_image_unit(im);
	const struct cs_unit_row *p = cs_org_up(&s->org, unit, level);

	return p ? p->code : unit_code(s, unit);
}

static bool is_level(const struct cs_session *s, const char *per)
{
	const struct cs_ids *levels = s->policy ? cs_policy_codes(s->policy, "level") : NULL;

	return levels && cs_ids_has(levels, per);
}

int cs_sample_per_check(const struct cs_session *s, const char *per, struct cs_err *e)
{
	/* The first three are no values of a ticket by this name. */
	static const char *const pers[] = {"none",    "unit",      "assignee", "kind", "category",
					   "channel", "specialty", "priority", "state"};

	for (size_t i = 0; i < sizeof pers / sizeof *pers; i++)
		if (strcmp(per, pers[i]) == 0)
			return 0;
	if (is_level(s, per))
		return 0;
	return cs_fail(e, CS_USAGE,
		       "no strata '%.40s': a level of units such as project, or unit, kind, category, channel, "
		       "specialty, priority, state, assignee or none",
		       per);
}

static const char *stratum_of(struct cs_session *s, const struct cs_image *im, const char *per)
{
	struct cs_view v = {.s = s, .policy = s->policy, .im = im, .at = s->now};
	struct cs_value value;

	if (strcmp(per, "none") == 0)
		return "-";
	if (strcmp(per, "unit") == 0)
		return unit_code(s, cs_image_unit(im));
	if (strcmp(per, "assignee") == 0)
		return login(s, im->t.assignee);
	if (is_level(s, per))
		return unit_at(s, im, per);
	value = cs_view_value(&v, per);
	return value.type == CS_V_TEXT ? value.s : "-";
}

int cs_sample_stratum(struct cs_session *s, int64_t ticket, const char *per, const char **out,
		      struct cs_err *e)
{
	struct cs_image im;
	int rc;

	if (cs_sample_per_check(s, per, e) < 0)
		return -1;
	cs_image_init(&im, &s->work);
	rc = cs_image_load(&im, s->db, ticket, e);
	if (rc != 1)
		return rc < 0 ? -1 : cs_fail(e, CS_NOTFOUND, "no such ticket");
	*out = stratum_of(s, &im, per);
	return 0;
}

int cs_sample_period(const struct cs_session *s, const struct cs_sample_rule *rule,
		     const char *text, bool over, struct cs_period *out, struct cs_err *e)
{
	static const char *const units[] = {"day", "week", "month", "quarter", "half year", "year"};
	char end[32];

	if (cs_period_parse(text, s->policy->zone, out, e) < 0)
		return -1;
	if (out->unit != rule->period)
		return cs_fail(e, CS_USAGE, "sample %s is drawn for a %s; '%s' is none", rule->id,
			       units[rule->period], out->label);
	if (over && out->to > s->now)
		return cs_fail(e, CS_REFUSED,
			       "%s lasts until %s; a sample is drawn when it is over", out->label,
			       cs_time_text_minute(s->policy->zone, out->to, end));
	return 0;
}

int cs_sample_frame(struct cs_session *s, const struct cs_sample_rule *rule,
		    const struct cs_period *period, int64_t unit, struct cs_frame *out,
		    struct cs_err *e)
{
	struct cs_stmt *walk = cs_step_takers(s->db, rule->step, period->from, period->to, e);
	int64_t ticket;
	int rc = walk ? 0 : -1;

	while (walk && (rc = cs_step_takers_next(walk, &ticket, e)) == 1) {
		struct cs_image im;
		struct cs_view v = {.s = s, .policy = s->policy, .im = &im, .at = s->now};
		const char *stratum;

		cs_arena_reset(&s->work);
		cs_image_init(&im, &s->work);
		rc = cs_image_load(&im, s->db, ticket, e);
		v.kind = rc == 1 ? cs_policy_kind(s->policy, im.t.kind) : NULL;
		if (rc < 0)
			break;
		if (!v.kind || !cs_scope_has(&v, &rule->each))
			continue;
		if (unit != CS_NULL && !cs_org_below(&s->org, im.t.place, unit) &&
		    !cs_org_below(&s->org, cs_image_unit(&im), unit))
			continue;
		stratum = rule->by_staff ? login(s, im.t.assignee)
			  : rule->level  ? unit_at(s, &im, rule->level)
					 : unit_code(s, cs_image_unit(&im));
		cs_frame_add(out, ticket, cs_arena_strdup(out->arena, stratum));
	}
	cs_stmt_done(walk);
	cs_frame_sort(out);
	return rc < 0 ? -1 : 0;
}

void cs_frame_digest(const char *text, char hex[2 * CS_HASH_SIZE + 1])
{
	unsigned char digest[CS_HASH_SIZE];

	cs_hash_keyed(digest, text, strlen(text), NULL, 0);
	cs_hex(digest, sizeof digest, hex);
}

const char *cs_draw_seed(const unsigned char head[CS_HASH_SIZE], const char *name,
			 const char *period, int64_t unit, struct cs_arena *a)
{
	unsigned char out[CS_HASH_SIZE];
	char hex[2 * CS_HASH_SIZE + 1];
	struct cs_hash h;

	cs_hash_init(&h);
	cs_hash_bytes(&h, head, CS_HASH_SIZE);
	cs_hash_text(&h, name);
	cs_hash_text(&h, period);
	cs_hash_int(&h, unit == CS_NULL ? 0 : unit);
	cs_hash_end(&h, out);
	return cs_arena_strdup(a, cs_hex(out, 16, hex));
}

static int repetition(struct cs_session *s, const struct cs_draw_order *o, int64_t *again,
		      struct cs_err *e)
{
	struct cs_draw_row before;
	int64_t last;
	int rc;

	*again = 0;
	if (strcmp(o->name, CS_DRAW_ADHOC) == 0)
		return 0;
	rc = cs_draw_last(s->db, o->name, o->period, o->unit, &last, e);
	if (rc == 0 && o->again)
		return cs_fail(e, CS_REFUSED,
			       "%s was not drawn for %s yet; --again is for a second draw", o->name,
			       o->period);
	if (rc <= 0)
		return rc;
	if (!o->again)
		return cs_fail(
			e, CS_REFUSED,
			"%s was drawn for %s already (draw %lld); a second draw needs --again "
			"REASON",
			o->name, o->period, (long long)last);
	if (cs_table_find(s->db, &cs_draw_table, last, &s->work, &before, e) != 1)
		return -1;
	*again = before.again + 1;
	return 0;
}

static void put(struct cs_effects *l, int64_t id, const char *column, struct cs_value v)
{
	cs_put(l, CS_OP_RECORD, CS_S("draw"), CS_I(id), CS_S(column), v);
}

int cs_draw_record(struct cs_session *s, const struct cs_draw_order *o, const struct cs_frame *f,
		   int64_t *id, struct cs_err *e)
{
	struct cs_arena *a = f->arena;
	struct cs_effects l = {.arena = a};
	char head[2 * CS_HASH_SIZE + 1], digest[2 * CS_HASH_SIZE + 1];
	const char *text = cs_frame_text(f), *seed;
	struct cs_drawn *drawn;
	int64_t again;
	size_t n;

	if (repetition(s, o, &again, e) < 0 || cs_draw_next_id(s->db, id, e) < 0)
		return -1;
	seed = o->seed ? o->seed : cs_draw_seed(s->chain.head, o->name, o->period, o->unit, a);
	cs_frame_digest(text, digest);
	put(&l, *id, "name", CS_S(o->name));
	put(&l, *id, "period", CS_S(o->period));
	put(&l, *id, "unit", CS_I(o->unit));
	put(&l, *id, "again", CS_I(again));
	put(&l, *id, "seed", CS_S(seed));
	put(&l, *id, "seed_given", CS_I((int64_t)(o->seed != NULL)));
	put(&l, *id, "chain_head", CS_S(cs_hex(s->chain.head, CS_HASH_SIZE, head)));
	put(&l, *id, "frame_digest", CS_S(digest));
	put(&l, *id, "frame_count", CS_I((int64_t)f->count));
	put(&l, *id, "spec", CS_S(cs_sample_spec_text(&o->spec, a)));
	put(&l, *id, "frame", CS_S(text));
	put(&l, *id, "at", CS_I(s->now));
	drawn = cs_sample_draw(f, &o->spec, seed, &n);
	for (size_t i = 0; i < n; i++)
		cs_put(&l, CS_OP_DRAWN, CS_I(*id), CS_S(drawn[i].stratum), CS_I(drawn[i].place),
		       CS_I(drawn[i].ticket),
		       CS_S(drawn[i].member ? CS_ROLE_MEMBER : CS_ROLE_REPLACEMENT), CS_S("drawn"));
	if (o->again)
		cs_effects_private(&l, "again", o->again);
	return cs_session_record(s, NULL, (struct cs_deed){"draw", *id, "draw", s->now, s->actor}, &l, e);
}

int cs_draw_contact(struct cs_session *s, int64_t draw, int64_t ticket, const char *purpose,
		    int64_t *seq, struct cs_err *e)
{
	struct cs_image im;
	char ref[CS_REF_SIZE];
	int erased;

	*seq = 0;
	if (cs_image_get(&im, s->db, ticket, &s->work, e) < 0 ||
	    (erased = cs_person_erased(s->db, im.t.customer, e)) < 0)
		return -1;
	if (erased)
		return 0;
	if (cs_callback_plan(s, &im, purpose, draw, seq, e) < 0)
		return cs_fail_in(e, "%s", cs_ref_text(ticket, ref));
	return cs_image_save(&im, s->db, e);
}

/* Nobody is contacted for a sample any more that he is no part of; and nobody leaves one after he
   was heard. */
static int drop_contact(struct cs_session *s, int64_t draw, int64_t ticket, struct cs_err *e)
{
	struct cs_effects l = {.arena = &s->work};
	struct cs_image im;
	char ref[CS_REF_SIZE];

	if (cs_image_get(&im, s->db, ticket, &s->work, e) < 0)
		return -1;
	for (size_t i = 0; i < cs_image_count(&im, CS_P_CALLBACK); i++) {
		const struct cs_callback_row *c = cs_image_at(&im, CS_P_CALLBACK, i);

		if (c->draw != draw)
			continue;
		if (strcmp(c->state, "done") == 0)
			return cs_fail(e, CS_REFUSED,
				       "%s: its contact %lld for this sample was made",
				       cs_ref_text(ticket, ref), (long long)c->seq);
		if (cs_callback_to_make(c))
			cs_put(&l, CS_OP_CALL_END, CS_I(c->seq), CS_S("dropped"), CS_S("replaced"));
	}
	if (l.count == 0)
		return 0;
	if (cs_ladder_settle(s, &im, s->now, NULL, e) < 0 ||
	    cs_session_record(s, &im, (struct cs_deed){"ticket", ticket, CS_STEP_DROP, s->now, s->actor}, &l, e) < 0)
		return -1;
	return cs_image_save(&im, s->db, e);
}

static int find_places(struct cs_session *s, int64_t draw, int64_t ticket, struct cs_draw_item *out,
		       struct cs_draw_item *in, struct cs_err *e)
{
	struct cs_draw_item *item;
	bool left = false, found = false;
	char ref[CS_REF_SIZE];
	size_t n;

	if (cs_draw_items(s->db, draw, &s->work, &item, &n, e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (item[i].ticket == ticket && strcmp(item[i].role, CS_ROLE_MEMBER) == 0) {
			*out = item[i];
			found = true;
		}
	if (!found)
		return cs_fail(e, CS_REFUSED, "%s is no member of draw %lld",
			       cs_ref_text(ticket, ref), (long long)draw);
	for (size_t i = 0; i < n && !left; i++)
		if (strcmp(item[i].stratum, out->stratum) == 0 &&
		    strcmp(item[i].role, CS_ROLE_REPLACEMENT) == 0) {
			*in = item[i];
			left = true;
		}
	return left ? 0
		    : cs_fail(e, CS_REFUSED, "%s: stratum %s has no replacement left",
			      cs_ref_text(ticket, ref), out->stratum);
}

int cs_draw_replace(struct cs_session *s, int64_t draw, int64_t ticket, const char *reason,
		    int64_t *other, struct cs_err *e)
{
	struct cs_effects l = {.arena = &s->work};
	struct cs_draw_item out = {0}, in = {0};
	char ref[CS_REF_SIZE];

	if (find_places(s, draw, ticket, &out, &in, e) < 0 || drop_contact(s, draw, ticket, e) < 0)
		return -1;
	cs_put(&l, CS_OP_DRAWN, CS_I(draw), CS_S(out.stratum), CS_I(out.place), CS_I(out.ticket),
	       CS_S(CS_ROLE_REPLACED), CS_S(out.reason));
	cs_put(&l, CS_OP_DRAWN, CS_I(draw), CS_S(in.stratum), CS_I(in.place), CS_I(in.ticket),
	       CS_S(CS_ROLE_MEMBER),
	       CS_S(cs_arena_printf(&s->work, "replaces %s", cs_ref_text(ticket, ref))));
	cs_effects_private(&l, "reason", reason);
	*other = in.ticket;
	return cs_session_record(s, NULL, (struct cs_deed){"draw", draw, "replace", s->now, s->actor}, &l, e);
}
