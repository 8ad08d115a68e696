/* Drawing samples: frames from the database, recording, replacing, verifying. */
#include <string.h>

#include "base/hash.h"
#include "domain/sample.h"
#include "domain/view.h"
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

/* The project the ticket was served in: of the premises, else of its unit. */
static const char *project_code(const struct cs_session *s, const struct cs_image *im)
{
	int64_t unit = im->t.place != CS_NULL ? im->t.place : cs_image_unit(im);
	const struct cs_unit_row *p = cs_org_up(&s->org, unit, "project");

	return p ? p->code : unit_code(s, unit);
}

static const char *stratum_of(struct cs_session *s, const struct cs_image *im, const char *per)
{
	static const char *const columns[] = {"kind", "category", "channel", "specialty", "priority", "state"};
	struct cs_view v = {.s = s, .policy = s->policy, .im = im, .at = s->now};

	if (strcmp(per, "none") == 0)
		return "-";
	if (strcmp(per, "unit") == 0)
		return unit_code(s, cs_image_unit(im));
	if (strcmp(per, "project") == 0)
		return project_code(s, im);
	if (strcmp(per, "assignee") == 0)
		return login(s, im->t.assignee);
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		if (strcmp(per, columns[i]) == 0) {
			struct cs_value value = cs_view_value(&v, per);

			return value.type == CS_V_TEXT ? value.s : "-";
		}
	return NULL;
}

int cs_sample_stratum(struct cs_session *s, int64_t ticket, const char *per, const char **out, struct cs_err *e)
{
	struct cs_image im;
	char ref[CS_REF_SIZE];
	int rc;

	cs_image_init(&im, &s->work);
	rc = cs_image_load(&im, s->db, ticket, e);
	if (rc != 1)
		return rc < 0 ? -1 : cs_fail(e, CS_NOTFOUND, "no such ticket: %s", cs_ref_text(ticket, ref));
	*out = stratum_of(s, &im, per);
	return *out ? 0 : cs_fail(e, CS_USAGE, "--per %s: unit, project, kind, category, channel, specialty, priority, state, assignee or none", per);
}

int cs_sample_frame(struct cs_session *s, const struct cs_sample_rule *rule, const struct cs_period *period, int64_t unit,
		    struct cs_frame *out, struct cs_err *e)
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
		if (unit != CS_NULL && !cs_org_below(&s->org, im.t.place, unit) && !cs_org_below(&s->org, cs_image_unit(&im), unit))
			continue;
		stratum = rule->by_staff ? login(s, im.t.assignee) : project_code(s, &im);
		cs_frame_add(out, ticket, cs_arena_strdup(out->arena, stratum));
	}
	cs_stmt_done(walk);
	cs_frame_sort(out);
	return rc < 0 ? -1 : 0;
}

static void frame_digest(const char *text, char hex[2 * CS_HASH_SIZE + 1])
{
	unsigned char digest[CS_HASH_SIZE];

	cs_hash_keyed(digest, text, strlen(text), NULL, 0);
	cs_hex(digest, sizeof digest, hex);
}

/* Nobody can choose it: it follows from what was recorded up to now, the rule and the period. */
static const char *derive_seed(struct cs_session *s, const struct cs_draw_order *o, int64_t again, struct cs_arena *a)
{
	unsigned char out[CS_HASH_SIZE];
	char hex[2 * CS_HASH_SIZE + 1];
	struct cs_hash h;

	cs_hash_init(&h);
	cs_hash_bytes(&h, s->chain.head, CS_HASH_SIZE);
	cs_hash_text(&h, o->name);
	cs_hash_text(&h, o->period);
	cs_hash_int(&h, o->unit == CS_NULL ? 0 : o->unit);
	cs_hash_int(&h, again);
	cs_hash_end(&h, out);
	return cs_arena_strdup(a, cs_hex(out, 16, hex));
}

static int repetition(struct cs_session *s, const struct cs_draw_order *o, int64_t *again, struct cs_err *e)
{
	struct cs_draw_row before;
	int64_t last;
	int rc;

	*again = 0;
	if (strcmp(o->name, "adhoc") == 0)
		return 0;
	rc = cs_draw_last(s->db, o->name, o->period, o->unit, &last, e);
	if (rc <= 0)
		return rc;
	if (!o->again)
		return cs_fail(e, CS_REFUSED, "%s was drawn for %s already (draw %lld); a second draw needs --again REASON", o->name,
			       o->period, (long long)last);
	if (cs_table_find(s->db, &cs_draw_table, last, &s->work, &before, e) != 1)
		return -1;
	*again = before.again + 1;
	return 0;
}

static void put(struct cs_effects *l, int64_t id, const char *column, struct cs_value v)
{
	cs_put(l, CS_OP_RECORD, CS_S("draw"), CS_I(id), CS_S(column), v);
}

int cs_draw_record(struct cs_session *s, const struct cs_draw_order *o, const struct cs_frame *f, int64_t *id, struct cs_err *e)
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
	seed = o->seed ? o->seed : derive_seed(s, o, again, a);
	frame_digest(text, digest);
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
		cs_put(&l, CS_OP_DRAWN, CS_I(*id), CS_S(drawn[i].stratum), CS_I(drawn[i].place), CS_I(drawn[i].ticket),
		       CS_S(drawn[i].member ? "member" : "replacement"), CS_S("drawn"));
	if (o->again)
		cs_effects_private(&l, "again", o->again);
	return cs_session_record(s, NULL, "draw", *id, "draw", s->now, s->actor, &l, NULL, e);
}

int cs_draw_replace(struct cs_session *s, int64_t draw, int64_t ticket, const char *reason, int64_t *other, struct cs_err *e)
{
	struct cs_effects l = {.arena = &s->work};
	struct cs_draw_item *item, *out = NULL, *in = NULL;
	size_t n;
	char ref[CS_REF_SIZE];

	if (cs_draw_items(s->db, draw, &s->work, &item, &n, e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (item[i].ticket == ticket && strcmp(item[i].role, "member") == 0)
			out = &item[i];
	for (size_t i = 0; out && i < n && !in; i++)
		if (strcmp(item[i].stratum, out->stratum) == 0 && strcmp(item[i].role, "replacement") == 0)
			in = &item[i];
	if (!out)
		return cs_fail(e, CS_REFUSED, "%s is no member of draw %lld", cs_ref_text(ticket, ref), (long long)draw);
	if (!in)
		return cs_fail(e, CS_REFUSED, "%s: stratum %s has no replacement left", cs_ref_text(ticket, ref), out->stratum);
	cs_put(&l, CS_OP_DRAWN, CS_I(draw), CS_S(out->stratum), CS_I(out->place), CS_I(out->ticket), CS_S("replaced"), CS_S("replaced"));
	cs_put(&l, CS_OP_DRAWN, CS_I(draw), CS_S(in->stratum), CS_I(in->place), CS_I(in->ticket), CS_S("member"),
	       CS_S(cs_arena_printf(&s->work, "replaces %s", cs_ref_text(ticket, ref))));
	cs_effects_private(&l, "reason", reason);
	*other = in->ticket;
	return cs_session_record(s, NULL, "draw", draw, "replace", s->now, s->actor, &l, NULL, e);
}

static void compare(const struct cs_draw_item *item, size_t n, const struct cs_drawn *drawn, size_t count, struct cs_faults *faults)
{
	char ref[CS_REF_SIZE];

	if (n != count)
		cs_faults_add(faults, "%zu tickets are stored, drawing again gives %zu", n, count);
	for (size_t i = 0; i < n && i < count; i++) {
		bool member = strcmp(item[i].role, "replacement") != 0 && strcmp(item[i].reason, "drawn") == 0;
		bool moved = strcmp(item[i].reason, "drawn") != 0;

		if (item[i].ticket != drawn[i].ticket || item[i].place != drawn[i].place || strcmp(item[i].stratum, drawn[i].stratum) != 0)
			cs_faults_add(faults, "stratum %s, place %lld: %s is stored, drawing again gives another", item[i].stratum,
				      (long long)item[i].place, cs_ref_text(item[i].ticket, ref));
		else if (!moved && member != drawn[i].member)
			cs_faults_add(faults, "stratum %s, place %lld: stored as %s", item[i].stratum, (long long)item[i].place, item[i].role);
	}
}

int cs_draw_verify(struct cs_session *s, int64_t draw, struct cs_faults *faults, struct cs_err *e)
{
	struct cs_frame f = {.arena = &s->work};
	struct cs_draw_row row;
	struct cs_sample_spec spec;
	struct cs_draw_item *item;
	struct cs_drawn *drawn;
	char digest[2 * CS_HASH_SIZE + 1];
	size_t n, count;
	int rc = cs_table_find(s->db, &cs_draw_table, draw, &s->work, &row, e);

	if (rc <= 0)
		return rc < 0 ? -1 : cs_fail(e, CS_NOTFOUND, "no draw %lld", (long long)draw);
	frame_digest(row.frame, digest);
	if (strcmp(digest, row.frame_digest) != 0)
		cs_faults_add(faults, "the stored frame is not the one that was drawn from (its digest differs)");
	if (cs_frame_read(&f, row.frame, e) < 0 || cs_sample_spec_read(row.spec, &spec, e) < 0 ||
	    cs_draw_items(s->db, draw, &s->work, &item, &n, e) < 0)
		return -1;
	drawn = cs_sample_draw(&f, &spec, row.seed, &count);
	compare(item, n, drawn, count, faults);
	return 0;
}
