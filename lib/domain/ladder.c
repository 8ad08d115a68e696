/* The ladder. */
#include "domain/ladder.h"

#include <string.h>

#include "domain/access.h"
#include "domain/crossing.h"
#include "domain/decision.h"
#include "domain/duty_time.h"
#include "domain/fold.h"
#include "domain/wake.h"
#include "store/ref.h"

/* A crossing to fire: of a clock, or (clock NULL) of what is owed. */
struct due_crossing {
	const char *clock, *duty, *cause, *id;
	cs_time at;
	int64_t edition, cycle, run;
};
struct due_list {
	struct due_crossing *item;
	size_t count, size;
};

static void put_due(const struct cs_image *im, const char *crossings, cs_time upto, struct due_crossing one,
		    struct due_list *l)
{
	const struct cs_crossing *c;
	size_t n;

	c = cs_crossings_read(im->arena, crossings, &n);
	for (size_t k = 0; k < n && c[k].at != CS_TIME_NONE && c[k].at < upto; k++) {
		size_t at;

		one.id = c[k].id;
		one.at = c[k].at;
		l->item = cs_arena_grow(im->arena, l->item, l->count, &l->size, sizeof *l->item);
		for (at = l->count++; at > 0 && l->item[at - 1].at > one.at; at--)
			l->item[at] = l->item[at - 1];
		l->item[at] = one;
	}
}

static void collect(const struct cs_image *im, cs_time upto, struct due_list *l)
{
	for (size_t i = 0; i < cs_image_count(im, CS_P_CLOCK); i++) {
		const struct cs_clock_row *row = cs_image_at(im, CS_P_CLOCK, i);

		if (row->verdict || row->next_at == CS_NULL || row->next_at >= upto)
			continue;
		put_due(im, row->crossings, upto,
			(struct due_crossing){
				.clock = row->clock, .edition = row->edition, .cycle = row->cycle, .run = row->run},
			l);
	}
	for (size_t i = 0; i < cs_image_count(im, CS_P_OWED); i++) {
		const struct cs_owed_row *row = cs_image_at(im, CS_P_OWED, i);

		if (row->next_at != CS_NULL && row->next_at < upto)
			put_due(im, row->crossings, upto,
				(struct due_crossing){.duty = row->duty, .cause = row->cause, .edition = row->edition},
				l);
	}
}

void cs_fired_add(struct cs_fired_list *list, const struct cs_fired *one, struct cs_arena *a)
{
	const struct cs_fired *last = list && list->count ? &list->item[list->count - 1] : NULL;

	if (!list || (last && strncmp(one->clock, "duty/", 5) == 0 && strcmp(one->rung, CS_CROSS_MISSED) == 0 &&
		      last->at == one->at && strcmp(last->clock, one->clock) == 0))
		return;
	list->item = cs_arena_grow(a, list->item, list->count, &list->size, sizeof *list->item);
	list->item[list->count++] = *one;
}

const char *cs_fired_to(const struct cs_org *o, const char *list, const struct cs_target *to, struct cs_arena *a)
{
	const struct cs_staff_row *p = to->kind == CS_TARGET_STAFF ? cs_org_staff(o, to->id) : NULL;
	const struct cs_unit_row *u = to->kind == CS_TARGET_UNIT ? cs_org_unit(o, to->id) : NULL;
	const char *word = p                                ? p->login
			   : u                              ? u->code
			   : to->kind == CS_TARGET_BODY     ? to->code
			   : to->kind == CS_TARGET_CUSTOMER ? "customer"
							    : NULL;

	if (!word || (list && strstr(cs_arena_printf(a, ",%s,", list), cs_arena_printf(a, ",%s,", word))))
		return list;
	return list ? cs_arena_printf(a, "%s,%s", list, word) : word;
}

/* Who gets the one notice of this run, and the highest rung each is told of. */
struct recipient {
	struct cs_target to;
	const char *what, *label; /* label: its path */
	cs_time at;
};
struct recipients {
	struct recipient *item;
	size_t count, size;
};

static void note_recipient(struct recipients *r, const struct recipient *one, struct cs_arena *a)
{
	size_t i = 0;

	if (one->to.kind == CS_TARGET_NONE)
		return;
	while (i < r->count && !cs_target_same(&r->item[i].to, &one->to))
		i++;
	if (i == r->count) {
		r->item = cs_arena_grow(a, r->item, r->count, &r->size, sizeof *r->item);
		r->count++;
	}
	r->item[i] = *one;
}

static void send(struct cs_decision *d, const struct recipients *r)
{
	struct cs_arena *a = d->after.arena;
	char ref[CS_REF_SIZE], when[40];

	for (size_t i = 0; i < r->count; i++) {
		const struct recipient *one = &r->item[i];
		const char *text =
			cs_arena_printf(a, "%s %s: %s (%s %s)", cs_ref_text(d->after.t.id, ref),
					cs_policy_label(d->v.policy, "zh", one->label),
					d->after.t.subject && !cs_access_secret(&d->v) ? d->after.t.subject : "",
					one->what, cs_time_text_minute(d->v.policy->zone, one->at, when));

		cs_decide_notice(d, &one->to, "rung", one->what, text);
	}
}

/* Whom a rung goes to and those it tells besides. */
static int rung_targets(const struct cs_decision *d, const struct cs_target *to, const struct cs_whos *tell,
			struct cs_targets *out, struct cs_err *e)
{
	static const struct cs_who customer = {.kind = CS_WHO_CUSTOMER};
	struct cs_arena *a = d->after.arena;

	*out = (struct cs_targets){0};
	if (to->kind == CS_TARGET_CUSTOMER) {
		if (cs_who_targets(&d->v, &customer, a, out, e) < 0)
			return -1;
	} else if (to->kind != CS_TARGET_NONE) {
		out->to = cs_arena_grow(a, out->to, 0, &out->size, sizeof *out->to);
		out->to[out->count++] = *to;
	}
	return cs_whos_targets(&d->v, tell, a, out, e);
}

static int note_all(struct cs_decision *d, struct recipients *r, struct recipient one, const struct cs_whos *tell,
		    struct cs_err *e)
{
	struct cs_targets all;

	if (rung_targets(d, &one.to, tell, &all, e) < 0)
		return -1;
	for (size_t i = 0; i < all.count; i++) {
		one.to = all.to[i];
		note_recipient(r, &one, d->after.arena);
	}
	return 0;
}

/* A rung of a run that a merge held, and that ended in a cycle that is over or has another run after it: the level is
   of the cycle now, and whoever it went to since answers for it. */
static bool is_past(const struct cs_decision *d, const struct due_crossing *c)
{
	const struct cs_clock_row *last = cs_image_clock(&d->after, c->clock);

	return c->cycle != d->after.t.cycle || !last || last->run != c->run;
}

static bool went_on_since(const struct cs_decision *d, const struct due_crossing *c)
{
	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_RUNG); i++) {
		const struct cs_rung_row *r = cs_image_at(&d->after, CS_P_RUNG, i);
		const struct cs_clock *def = cs_kind_clock(d->v.kind, r->clock);
		const struct cs_rung *rung = def ? cs_clock_rung(def, r->rung) : NULL;

		if (rung && rung->transfer && r->moot != 1 && r->at > c->at && r->to_staff != CS_NULL)
			return true;
	}
	return false;
}

static int told_of(const struct cs_decision *d, const struct cs_target *to, const struct cs_whos *tell,
		   const char **list, struct cs_err *e)
{
	struct cs_targets all;

	*list = NULL;
	if (rung_targets(d, to, tell, &all, e) < 0)
		return -1;
	for (size_t i = 0; i < all.count; i++)
		*list = cs_fired_to(&d->s->org, *list, &all.to[i], d->after.arena);
	return 0;
}

static int fire_rung(struct cs_decision *d, const struct cs_clock *def, const struct cs_rung *rung,
		     const struct due_crossing *c, struct recipients *r, struct cs_fired *fired, struct cs_err *e)
{
	struct cs_target to = {CS_TARGET_NONE, CS_NULL, NULL, NULL};
	bool past = is_past(d, c);

	if (rung->has_to)
		to = cs_who_find(&d->v, &rung->to);
	fired->vacant = to.wanted;
	if (told_of(d, &to, &rung->tell, &fired->to, e) < 0)
		return -1;
	if (past)
		cs_emit(d, CS_OP_RUN_RUNG, CS_S(c->clock), CS_S(c->id),
			CS_I(to.kind == CS_TARGET_STAFF ? to.id : CS_NULL), CS_I(0), CS_I(c->cycle), CS_I(c->run));
	else
		cs_emit(d, CS_OP_RUNG, CS_S(c->clock), CS_S(c->id), CS_I(to.kind == CS_TARGET_STAFF ? to.id : CS_NULL),
			CS_I(0));
	if (rung->has_to && c->cycle == d->after.t.cycle && d->after.t.level < cs_rung_level(def, rung))
		cs_emit(d, CS_OP_SET, CS_S("level"), CS_I(cs_rung_level(def, rung)));
	if (rung->transfer && to.kind == CS_TARGET_STAFF && d->after.t.responsible != to.id &&
	    !(past && went_on_since(d, c)))
		cs_emit(d, CS_OP_SET, CS_S("responsible"), CS_I(to.id));
	if (rung->owe &&
	    cs_decide_owe(d, rung->owe, cs_rung_cause(d->after.arena, c->clock, c->id, c->cycle, c->run), e) < 0)
		return -1;
	return note_all(d, r,
			(struct recipient){to, cs_arena_printf(d->after.arena, "%s/%s", c->clock, c->id),
					   cs_arena_printf(d->after.arena, "kinds/%s/clocks/%s/rungs/%s", d->v.kind->id,
							   c->clock, c->id),
					   c->at},
			&rung->tell, e);
}

/* By the edition that the clock started under. */
static int fire_clock(struct cs_decision *d, const struct due_crossing *c, struct recipients *r, struct cs_fired *fired,
		      struct cs_err *e)
{
	const struct cs_clock *def = cs_kind_clock(d->v.kind, c->clock);
	const struct cs_rung *rung = def ? cs_clock_rung(def, c->id) : NULL;

	if (!def || (!rung && strcmp(c->id, CS_CROSS_DUE) != 0))
		return cs_fail(e, CS_CONFIG, "clock %s has no %s in edition %lld of the rules", c->clock, c->id,
			       (long long)c->edition);
	if (rung)
		return fire_rung(d, def, rung, c, r, fired, e);
	return is_past(d, c) ? cs_emit(d, CS_OP_RUN_BREACH, CS_S(c->clock), CS_I(c->cycle), CS_I(c->run))
			     : cs_emit(d, CS_OP_BREACH, CS_S(c->clock));
}

/* The rung by the edition under which it came to be owed; whether it goes on, by the one in force. */
static int fire_duty(struct cs_decision *d, const struct due_crossing *c, const struct cs_policy *p,
		     struct recipients *r, struct cs_fired *fired, struct cs_err *e)
{
	const struct cs_duty *rule = cs_policy_duty(p, c->duty);
	const struct cs_late *rung = rule ? cs_duty_rung(rule, c->id) : NULL;
	struct cs_arena *a = d->after.arena;
	struct cs_target to;

	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_OWED); i++) {
		const struct cs_owed_row *row = cs_image_at(&d->after, CS_P_OWED, i);

		if (strcmp(row->duty, c->duty) != 0 || strcmp(row->cause, c->cause) != 0)
			continue;
		if (cs_decide_late(d, rule, row, c->id, &to, e) < 0)
			return -1;
		fired->clock = cs_arena_printf(a, "duty/%s", c->duty);
		fired->vacant = to.wanted;
		fired->to = NULL;
		if (!rung)
			return 0;
		if (told_of(d, &to, &rung->tell, &fired->to, e) < 0)
			return -1;
		return note_all(d, r,
				(struct recipient){to, cs_arena_printf(a, "%s/%s", c->duty, c->id),
						   cs_arena_printf(a, "duties/%s/late/%s", c->duty, c->id), c->at},
				&rung->tell, e);
	}
	return 0;
}

static int fire(struct cs_session *s, struct cs_image *im, const struct due_crossing *c, cs_time upto,
		struct recipients *r, struct cs_fired *fired, struct cs_err *e)
{
	const struct cs_deed deed = {"ticket", im->t.id, CS_STEP_RUNG, c->at, CS_NULL};
	struct cs_effects out = {.arena = im->arena};
	const struct cs_policy *p = cs_session_policy(s, c->edition, e), *own = c->clock ? p : s->policy;
	const struct cs_kind *k = p && own ? cs_policy_kind(own, im->t.kind) : NULL;
	struct due_list rest = {0};
	struct cs_decision d;

	if (!p)
		return -1;
	if (!k)
		return cs_fail(e, CS_CONFIG, "kind %s is not in edition %lld of the rules", im->t.kind,
			       (long long)c->edition);
	*fired = (struct cs_fired){c->clock, c->id, c->at, NULL, NULL};
	cs_decision_begin(&d, s, im, k, own, deed, &out);
	d.v.step = NULL;
	if ((c->clock ? fire_clock(&d, c, r, fired, e) : fire_duty(&d, c, p, r, fired, e)) < 0)
		return -1;
	collect(&d.after, upto, &rest);
	if (rest.count == 0)
		send(&d, r);
	return cs_session_record(s, im, deed, &out, e);
}

/* The rating that time alone makes, at the first second that it holds. */
static int wake(struct cs_session *s, struct cs_image *im, struct cs_fired_list *list, struct cs_err *e)
{
	cs_time at = im->t.wake_at;

	if (cs_wake(s, im, at, e) < 0)
		return -1;
	cs_fired_add(list, &(struct cs_fired){"importance", im->t.importance, at, NULL, NULL}, im->arena);
	return 0;
}

/* What recurs is owed anew when its time is over, and that may be over too: one after the other until none is left. */
int cs_ladder_settle(struct cs_session *s, struct cs_image *im, cs_time upto, struct cs_fired_list *list,
		     struct cs_err *e)
{
	struct recipients r = {.count = 0};

	for (;;) {
		struct due_list due = {0};
		struct cs_fired fired;

		collect(im, upto, &due);
		if (im->t.wake_at != CS_NULL && im->t.wake_at <= (due.count ? due.item[0].at : upto)) {
			if (wake(s, im, list, e) < 0)
				return -1;
			continue;
		}
		if (due.count == 0)
			return 0;
		if (fire(s, im, &due.item[0], upto, &r, &fired, e) < 0)
			return -1;
		cs_fired_add(list, &fired, im->arena);
	}
}

int cs_ladder_give_up(struct cs_session *s, struct cs_image *im, cs_time upto, struct cs_fired_list *list,
		      struct cs_err *e)
{
	for (size_t i = 0; i < cs_image_count(im, CS_P_CALLBACK); i++) {
		const struct cs_callback_row *c = cs_image_at(im, CS_P_CALLBACK, i);
		struct cs_effects out = {.arena = im->arena};
		struct cs_fired fired = {"callback", c->purpose, c->give_up_at, NULL, NULL};

		if (c->give_up_at == CS_NULL || c->give_up_at >= upto || strcmp(c->state, "waiting") != 0)
			continue;
		cs_put(&out, CS_OP_CALL_END, CS_I(c->seq), CS_S("dropped"), CS_S("gave_up"));
		if (cs_session_record(s, im, (struct cs_deed){"ticket", im->t.id, CS_STEP_GIVE_UP, fired.at, CS_NULL},
				      &out, e) < 0)
			return -1;
		cs_fired_add(list, &fired, im->arena);
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
	if (any &&
	    cs_session_record(s, im, (struct cs_deed){"ticket", im->t.id, CS_STEP_RUNG, now, CS_NULL}, &out, e) < 0)
		return -1;
	/* What time has made of its class meanwhile is said once. */
	return im->t.wake_at != CS_NULL && im->t.wake_at <= now && cs_wake(s, im, now, e) < 0 ? -1 : 0;
}
