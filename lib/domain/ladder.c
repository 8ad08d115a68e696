/* The ladder. */
#include "domain/ladder.h"

#include <string.h>

#include "domain/access.h"
#include "domain/crossing.h"
#include "domain/decision.h"
#include "domain/fold.h"
#include "store/ref.h"

/* A crossing to fire. */
struct due_crossing {
	const char *clock, *id;
	cs_time at;
	int64_t edition, run;
};
struct due_list {
	struct due_crossing *item;
	size_t count, size;
};

static void collect(const struct cs_image *im, cs_time upto, struct due_list *l)
{
	for (size_t i = 0; i < cs_image_count(im, CS_P_CLOCK); i++) {
		const struct cs_clock_row *row = cs_image_at(im, CS_P_CLOCK, i);
		const struct cs_crossing *c;
		size_t n;

		if (row->verdict || row->next_at == CS_NULL || row->next_at >= upto || row->cycle != im->t.cycle)
			continue;
		c = cs_crossings_read(im->arena, row->crossings, &n);
		for (size_t k = 0; k < n && c[k].at != CS_TIME_NONE && c[k].at < upto; k++) {
			struct due_crossing one = {row->clock, c[k].id, c[k].at, row->edition, row->run};
			size_t at;

			l->item = cs_arena_grow(im->arena, l->item, l->count, &l->size, sizeof *l->item);
			for (at = l->count++; at > 0 && l->item[at - 1].at > one.at; at--)
				l->item[at] = l->item[at - 1];
			l->item[at] = one;
		}
	}
}

/* Who gets the one notice of this run, and the highest rung each is told of. */
struct recipient {
	struct cs_target to;
	const char *clock, *rung;
	cs_time at;
};
struct recipients {
	struct recipient item[64];
	size_t count;
};

static void note_recipient(struct recipients *r, const struct cs_target *to, const struct due_crossing *c)
{
	size_t i = 0;

	if (to->kind == CS_TARGET_NONE)
		return;
	while (i < r->count && !cs_target_same(&r->item[i].to, to))
		i++;
	if (i == sizeof r->item / sizeof *r->item)
		return;
	if (i == r->count)
		r->count++;
	r->item[i] = (struct recipient){*to, c->clock, c->id, c->at};
}

static void send(struct cs_decision *d, const struct recipients *r)
{
	struct cs_arena *a = d->after.arena;
	char ref[CS_REF_SIZE], when[40];

	for (size_t i = 0; i < r->count; i++) {
		const struct recipient *one = &r->item[i];
		const char *what = cs_arena_printf(a, "%s/%s", one->clock, one->rung);
		const char *text =
			cs_arena_printf(a, "%s %s: %s (%s %s)", cs_ref_text(d->after.t.id, ref),
					cs_policy_label(d->v.policy, "zh",
							cs_arena_printf(a, "kinds/%s/clocks/%s/rungs/%s", d->v.kind->id,
									one->clock, one->rung)),
					d->after.t.subject && !cs_access_secret(&d->v) ? d->after.t.subject : "", what,
					cs_time_text_minute(d->v.policy->zone, one->at, when));

		cs_decide_notice(d, &one->to, "rung", what, text);
	}
}

static int fire_rung(struct cs_decision *d, const struct cs_clock *def, const struct cs_rung *rung,
		     const struct due_crossing *c, struct recipients *r, struct cs_fired *fired, struct cs_err *e)
{
	struct cs_target to = {CS_TARGET_NONE, CS_NULL, NULL, NULL};

	if (rung->has_to)
		to = cs_who_find(&d->v, &rung->to);
	fired->to_staff = to.kind == CS_TARGET_STAFF ? to.id : CS_NULL;
	fired->vacant = to.wanted;
	cs_emit(d, CS_OP_RUNG, CS_S(c->clock), CS_S(c->id), CS_I(fired->to_staff), CS_I(0));
	if (rung->has_to && d->after.t.level < cs_rung_level(def, rung))
		cs_emit(d, CS_OP_SET, CS_S("level"), CS_I(cs_rung_level(def, rung)));
	if (rung->transfer && to.kind == CS_TARGET_STAFF && d->after.t.responsible != to.id)
		cs_emit(d, CS_OP_SET, CS_S("responsible"), CS_I(to.id));
	if (rung->owe && cs_decide_owe(d, rung->owe,
				       cs_rung_cause(d->after.arena, c->clock, c->id, d->after.t.cycle, c->run), e) < 0)
		return -1;
	note_recipient(r, &to, c);
	for (size_t i = 0; i < rung->tell.count; i++) {
		struct cs_target also = cs_who_find(&d->v, &rung->tell.who[i]);

		note_recipient(r, &also, c);
	}
	return 0;
}

static int fire(struct cs_session *s, struct cs_image *im, const struct due_crossing *c, bool last,
		struct recipients *r, struct cs_fired *fired, struct cs_err *e)
{
	struct cs_effects out = {.arena = im->arena};
	const struct cs_policy *p = cs_session_policy(s, c->edition, e);
	const struct cs_kind *k = p ? cs_policy_kind(p, im->t.kind) : NULL;
	const struct cs_clock *def = k ? cs_kind_clock(k, c->clock) : NULL;
	const struct cs_rung *rung = def ? cs_clock_rung(def, c->id) : NULL;
	struct cs_decision d;

	if (!p)
		return -1;
	if (!def || (!rung && strcmp(c->id, CS_CROSS_DUE) != 0))
		return cs_fail(e, CS_CONFIG, "clock %s has no %s in edition %lld of the rules", c->clock, c->id,
			       (long long)c->edition);
	*fired = (struct cs_fired){c->clock, c->id, c->at, CS_NULL, NULL};
	cs_decision_begin(&d, s, im, k, p, (struct cs_deed){"ticket", im->t.id, CS_STEP_RUNG, c->at, CS_NULL}, &out);
	d.v.step = NULL;
	if (rung ? fire_rung(&d, def, rung, c, r, fired, e) < 0 : cs_emit(&d, CS_OP_BREACH, CS_S(c->clock)) < 0)
		return -1;
	if (last)
		send(&d, r);
	return cs_session_record(s, im, (struct cs_deed){"ticket", im->t.id, CS_STEP_RUNG, c->at, CS_NULL}, &out, e);
}

static void add_fired(struct cs_arena *a, struct cs_fired_list *list, const struct cs_fired *fired)
{
	if (!list)
		return;
	list->item = cs_arena_grow(a, list->item, list->count, &list->size, sizeof *list->item);
	list->item[list->count++] = *fired;
}

int cs_ladder_settle(struct cs_session *s, struct cs_image *im, cs_time upto, struct cs_fired_list *list,
		     struct cs_err *e)
{
	struct due_list due = {0};
	struct recipients r = {.count = 0};

	collect(im, upto, &due);
	for (size_t i = 0; i < due.count; i++) {
		struct cs_fired fired;

		if (fire(s, im, &due.item[i], i + 1 == due.count, &r, &fired, e) < 0)
			return -1;
		add_fired(im->arena, list, &fired);
	}
	return 0;
}

int cs_ladder_give_up(struct cs_session *s, struct cs_image *im, cs_time upto, struct cs_fired_list *list,
		      struct cs_err *e)
{
	for (size_t i = 0; i < cs_image_count(im, CS_P_CALLBACK); i++) {
		const struct cs_callback_row *c = cs_image_at(im, CS_P_CALLBACK, i);
		struct cs_effects out = {.arena = im->arena};
		struct cs_fired fired = {"callback", c->purpose, c->give_up_at, CS_NULL, NULL};

		if (c->give_up_at == CS_NULL || c->give_up_at >= upto || strcmp(c->state, "waiting") != 0)
			continue;
		cs_put(&out, CS_OP_CALL_END, CS_I(c->seq), CS_S("dropped"), CS_S("gave_up"));
		if (cs_session_record(s, im, (struct cs_deed){"ticket", im->t.id, CS_STEP_GIVE_UP, fired.at, CS_NULL},
				      &out, e) < 0)
			return -1;
		add_fired(im->arena, list, &fired);
	}
	return 0;
}

/* A running clock as the edition has it that it started under. */
static const struct cs_clock *clock_of(struct cs_session *s, const struct cs_image *im, const struct cs_clock_row *row,
				       struct cs_err *e)
{
	const struct cs_policy *p = cs_session_policy(s, row->edition, e);
	const struct cs_kind *k = p ? cs_policy_kind(p, im->t.kind) : NULL;
	const struct cs_clock *def = k ? cs_kind_clock(k, row->clock) : NULL;

	if (p && !def)
		cs_fail(e, CS_CONFIG, "clock %s is not in edition %lld of the rules", row->clock,
			(long long)row->edition);
	return def;
}

/* The highest of the ladder's rungs already crossed, of each clock. */
int cs_ladder_import(struct cs_session *s, struct cs_image *im, cs_time now, struct cs_err *e)
{
	const struct cs_kind *k = cs_session_kind(s, im, e);
	struct cs_effects out = {.arena = im->arena};
	struct cs_decision d;
	bool any = false;

	if (!k)
		return -1;
	cs_decision_begin(&d, s, im, k, s->policy, (struct cs_deed){"ticket", im->t.id, CS_STEP_RUNG, now, CS_NULL},
			  &out);
	for (size_t i = 0; i < cs_image_count(&d.after, CS_P_CLOCK); i++) {
		const struct cs_clock_row *row = cs_image_at(&d.after, CS_P_CLOCK, i);
		const struct cs_clock *def;
		const struct cs_crossing *c;
		const struct cs_rung *highest = NULL;
		size_t n;

		if (row->verdict || row->next_at == CS_NULL || row->next_at >= now)
			continue;
		def = clock_of(s, im, row, e);
		if (!def)
			return -1;
		c = cs_crossings_read(im->arena, row->crossings, &n);
		for (size_t x = 0; x < n && c[x].at != CS_TIME_NONE && c[x].at < now; x++) {
			const struct cs_rung *rung = cs_clock_rung(def, c[x].id);

			any = true;
			if (!rung)
				cs_emit(&d, CS_OP_BREACH, CS_S(row->clock));
			else if (!highest || rung > highest)
				highest = rung;
		}
		for (size_t x = 0; highest && x < n && c[x].at != CS_TIME_NONE && c[x].at < now; x++)
			if (cs_clock_rung(def, c[x].id) && cs_clock_rung(def, c[x].id) != highest)
				cs_emit(&d, CS_OP_SKIP, CS_S(row->clock), CS_S(c[x].id));
		if (highest) {
			cs_emit(&d, CS_OP_RUNG, CS_S(row->clock), CS_S(highest->id), CS_I(CS_NULL), CS_I(1));
			if (highest->has_to && d.after.t.level < cs_rung_level(def, highest))
				cs_emit(&d, CS_OP_SET, CS_S("level"), CS_I(cs_rung_level(def, highest)));
		}
	}
	return any ? cs_session_record(s, im, (struct cs_deed){"ticket", im->t.id, CS_STEP_RUNG, now, CS_NULL}, &out, e)
		   : 0;
}
