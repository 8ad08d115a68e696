/* What units owe: by the days and periods, and on changes. */
#include <string.h>

#include "domain/crossing.h"
#include "domain/decision.h"
#include "domain/duty.h"
#include "domain/duty_time.h"
#include "domain/fold.h"
#include "domain/ladder.h"
#include "store/meta.h"
#include "store/owed.h"

/* --- days ------------------------------------------------------------------------------------- */

/* When the unit was entered. */
static int entered_at(struct cs_session *s, int64_t unit, cs_time *at, struct cs_err *e)
{
	struct cs_stmt *walk = cs_event_of(s->db, "unit", unit, e);
	struct cs_event ev;
	int rc = walk ? cs_event_next(walk, &ev, e) : -1;

	*at = rc == 1 ? ev.at : s->meta.created_at;
	if (rc == 1)
		cs_stmt_done(walk);
	return rc < 0 ? -1 : 0;
}

int cs_duty_days(struct cs_session *s, cs_time now, int32_t *from, int32_t *to, struct cs_err *e)
{
	const struct cs_zone *z = s->policy->zone;
	struct cs_edition *list;
	int64_t last;
	size_t n;

	if (cs_meta_duty_day(s->db, &last, e) < 0)
		return -1;
	*to = cs_time_day(z, now);
	if (cs_day_start(z, *to) >= now)
		--*to; /* a day begins behind its first second, as a rung fires */
	*from = last == CS_NULL ? *to + 1 : (int32_t)last + 1;
	if (last != CS_NULL)
		return 0;
	if (cs_edition_list(s->db, &s->work, &list, &n, e) < 0)
		return -1;
	if (n)
		*from = cs_time_day(z, list[0].loaded_at) + 1;
	return 0;
}

/* --- one unit --------------------------------------------------------------------------------- */

struct running {
	struct cs_session *s;
	const struct cs_unit_row *unit;
	cs_time entered;
	struct cs_edition *editions;
	size_t edition_count;
	struct cs_fired_list *fired;
	struct cs_image blank; /* a ticket that lies in the unit */
};

static void decide(struct running *r, struct cs_decision *d, const struct cs_policy *rules, const char *step,
		   cs_time at, struct cs_effects *out)
{
	static const struct cs_kind none;

	cs_decision_begin(d, r->s, &r->blank, &none, rules, (struct cs_deed){"unit", r->unit->id, step, at, CS_NULL},
			  out);
	d->v.unit = r->unit;
	d->v.step = NULL;
}

static struct cs_deed deed_of(const struct cs_decision *d)
{
	return (struct cs_deed){d->ev.about, d->ev.subject, d->ev.step, d->ev.at, CS_NULL};
}

static bool is_there(const struct running *r, cs_time t)
{
	return r->entered <= t && (r->unit->closed_at == CS_NULL || r->unit->closed_at > t);
}

/* The edition in force at t: the last that was loaded by then. *rules NULL: none was. */
static int rules_at(const struct running *r, cs_time t, int64_t *edition, const struct cs_policy **rules,
		    struct cs_err *e)
{
	*rules = NULL;
	*edition = CS_NULL;
	for (size_t i = 0; i < r->edition_count; i++)
		if (r->editions[i].loaded_at <= t)
			*edition = r->editions[i].id;
	if (*edition == CS_NULL)
		return 0;
	*rules = cs_session_policy(r->s, *edition, e);
	return *rules ? 0 : -1;
}

/* The unit was there, and the duty in the rules of that moment. */
static int joined(struct running *r, const char *duty, cs_time t, struct cs_err *e)
{
	const struct cs_policy *rules;
	int64_t edition;

	if (rules_at(r, t, &edition, &rules, e) < 0)
		return -1;
	return rules && is_there(r, t) && cs_policy_duty(rules, duty);
}

static void put_owed(struct cs_decision *d, const struct cs_duty *rule, const struct cs_duty_times *t, int64_t edition)
{
	const struct cs_target owner = cs_who_find(&d->v, &rule->owner);

	cs_emit(d, CS_OP_OWE, CS_S(rule->id), CS_S(t->cause), CS_I(owner.kind == CS_TARGET_STAFF ? owner.id : CS_NULL),
		CS_I(t->due), CS_S(t->crossings), CS_I(t->from == d->ev.at ? CS_NULL : t->from), CS_I(edition));
}

/* Whether the duty's period that the day at t stands for is owed from t on: 1, 0, -1. A period begins with its
   first day, or, where that was not yet owed, with the first midnight after the unit joined; what is owed for a period
   that is over, with the end of it. */
static int begins(struct running *r, const struct cs_duty *rule, cs_time t, const struct cs_duty_times *times,
		  struct cs_err *e)
{
	const struct cs_owed_key key = {"unit", r->unit->id, rule->id, times->cause};
	struct cs_period own;
	int rc = 1;

	if (times->from > t || (rule->due_after && times->from != t))
		return 0;
	if (cs_period_parse(times->cause, r->s->policy->zone, &own, e) < 0)
		return -1;
	if (rule->joins_next)
		rc = joined(r, rule->id, own.from, e);
	else if (rule->due_after)
		rc = joined(r, rule->id, own.to - 1, e);
	if (rc <= 0)
		return rc;
	rc = cs_owed_there(r->s->db, &key, e);
	return rc < 0 ? -1 : rc == 0;
}

/* What the unit owes from this day on. */
static int arise(struct running *r, cs_time t, struct cs_err *e)
{
	struct cs_effects out = {.arena = &r->s->work};
	const struct cs_policy *rules;
	struct cs_decision d;
	int64_t edition;

	if (rules_at(r, t, &edition, &rules, e) < 0)
		return -1;
	if (!rules || !is_there(r, t))
		return 0;
	decide(r, &d, rules, CS_STEP_OWE, t, &out);
	for (size_t i = 0; i < rules->duty_count; i++) {
		const struct cs_duty *rule = &rules->duty[i];
		struct cs_duty_times times;
		int rc;

		if (strcmp(rule->each.of, "unit") != 0 || !rule->by_period || !cs_scope_has(&d.v, &rule->each))
			continue;
		if (cs_duty_period(rules, rule, rule->due_after ? t - 1 : t, &r->s->work, &times, e) < 0)
			return -1;
		rc = begins(r, rule, t, &times, e);
		if (rc < 0)
			return -1;
		times.from = t;
		if (rc == 1)
			put_owed(&d, rule, &times, edition);
	}
	return out.count ? cs_session_record(r->s, NULL, deed_of(&d), &out, e) : 0;
}

/* One notice each, to whom the rung goes and to those it tells; who that is. */
static const char *tell(struct cs_decision *d, const struct running *r, const struct cs_owed_row *row,
			const struct cs_late *rung, const struct cs_target *to)
{
	struct cs_arena *a = d->after.arena;
	struct cs_target *list = cs_arena_alloc(a, (rung->tell.count + 1) * sizeof *list);
	const char *text = cs_arena_printf(
		a, "%s %s %s: %s", r->unit->code,
		cs_policy_label(d->v.policy, "zh", cs_arena_printf(a, "duties/%s", row->duty)), row->cause,
		cs_policy_label(d->v.policy, "zh", cs_arena_printf(a, "duties/%s/late/%s", row->duty, rung->id)));
	const char *told = NULL;
	size_t n = 1;

	list[0] = *to;
	for (size_t i = 0; i < rung->tell.count; i++)
		list[n++] = cs_who_find(&d->v, &rung->tell.who[i]);
	for (size_t i = 0; i < n; i++) {
		bool twice = false;

		for (size_t k = 0; k < i && !twice; k++)
			twice = cs_target_same(&list[i], &list[k]);
		if (!twice)
			cs_decide_notice(d, &list[i], "rung", cs_arena_printf(a, "%s/%s", row->duty, rung->id), text);
		told = cs_fired_to(&d->s->org, told, &list[i], a);
	}
	return told;
}

/* The first crossing of one row, by the rules under which it came to be owed. */
static int cross(struct running *r, const struct cs_owed_row *row, struct cs_err *e)
{
	const struct cs_policy *rules = cs_session_policy(r->s, row->edition, e);
	struct cs_effects out = {.arena = &r->s->work};
	struct cs_target to = {CS_TARGET_NONE, CS_NULL, NULL, NULL};
	const struct cs_duty *rule;
	const struct cs_late *rung;
	struct cs_crossing *c;
	struct cs_decision d;
	struct cs_fired fired;
	size_t n;

	if (!rules)
		return -1;
	rule = cs_policy_duty(rules, row->duty);
	c = cs_crossings_read(&r->s->work, row->crossings, &n);
	if (n == 0)
		return cs_fail(e, CS_IO, "duty %s of %s: nothing is to come; run cs-check", row->duty, r->unit->code);
	rung = rule ? cs_duty_rung(rule, c->id) : NULL;
	decide(r, &d, rules, CS_STEP_LATE, c->at, &out);
	if (rung && rung->has_to)
		to = cs_who_find(&d.v, &rung->to);
	if (strcmp(c->id, CS_CROSS_MISSED) == 0)
		cs_put(&out, CS_OP_DUTY_MISSED, CS_S(row->duty), CS_S(row->cause));
	else
		cs_put(&out, CS_OP_DUTY_LATE, CS_S(row->duty), CS_S(row->cause), CS_S(c->id),
		       CS_I(to.kind == CS_TARGET_STAFF ? to.id : CS_NULL));
	fired = (struct cs_fired){cs_arena_printf(&r->s->work, "duty/%s", row->duty), c->id, c->at, NULL, to.wanted};
	if (rung)
		fired.to = tell(&d, r, row, rung, &to);
	cs_fired_add(r->fired, &fired, &r->s->work);
	return cs_session_record(r->s, NULL, deed_of(&d), &out, e);
}

static int begin(struct running *r, struct cs_session *s, int64_t unit, struct cs_err *e)
{
	*r = (struct running){.s = s, .unit = cs_org_unit(&s->org, unit)};
	if (!r->unit)
		return cs_fail(e, CS_IO, "unit %lld is not there; run cs-check", (long long)unit);
	cs_image_init(&r->blank, &s->work);
	r->blank.t.place = r->blank.t.accepting = r->blank.t.handling = unit;
	r->blank.t.cycle = 1;
	return cs_edition_list(s->db, &s->work, &r->editions, &r->edition_count, e) < 0
		       ? -1
		       : entered_at(s, unit, &r->entered, e);
}

int cs_duty_settle(struct cs_session *s, int64_t unit, int32_t from, int32_t to, cs_time upto,
		   struct cs_fired_list *fired, struct cs_err *e)
{
	const struct cs_zone *z = s->policy->zone;
	struct running r;

	if (begin(&r, s, unit, e) < 0)
		return -1;
	r.fired = fired;
	for (;;) {
		const cs_time day = from <= to ? cs_day_start(z, from) : upto;
		struct cs_owed_row row;
		int rc = cs_owed_first(s->db, unit, upto, &s->work, &row, e);

		if (rc < 0)
			return -1;
		if (rc == 1 && row.next_at <= day) {
			if (cross(&r, &row, e) < 0)
				return -1;
			continue;
		}
		if (from > to)
			return 0;
		if (arise(&r, day, e) < 0)
			return -1;
		from++;
	}
}

int cs_duty_catch_up(struct cs_session *s, int64_t unit, struct cs_err *e)
{
	int32_t from, to;

	return cs_duty_days(s, s->now, &from, &to, e) < 0 ? -1 : cs_duty_settle(s, unit, from, to, s->now, NULL, e);
}

/* --- changes ---------------------------------------------------------------------------------- */

static int owe_change(struct cs_session *s, const struct cs_duty *rule, const struct cs_unit_row *unit, cs_time at,
		      const char *cause, struct cs_err *e)
{
	const struct cs_owed_key key = {"unit", unit->id, rule->id, cause};
	struct cs_effects out = {.arena = &s->work};
	struct cs_duty_times times;
	struct cs_decision d;
	struct running r;
	int rc;

	if (begin(&r, s, unit->id, e) < 0)
		return -1;
	if (!is_there(&r, at))
		return 0;
	decide(&r, &d, s->policy, CS_STEP_OWE, at, &out);
	if (!cs_scope_has(&d.v, &rule->each))
		return 0;
	rc = cs_owed_there(s->db, &key, e);
	if (rc != 0 || cs_duty_once(s->policy, rule, at, CS_TIME_NONE, &s->work, &times, e) < 0)
		return rc == 1 ? 0 : -1;
	times.cause = cause;
	put_owed(&d, rule, &times, s->edition);
	if (rule->done_notice) {
		const char *what = cs_policy_label(s->policy, "zh", cs_arena_printf(&s->work, "duties/%s", rule->id));

		if (cs_decide_delivered(&d, rule, cs_arena_printf(&s->work, "%s %s", unit->code, what), e) < 0)
			return -1;
		cs_emit(&d, CS_OP_DONE, CS_S(rule->id), CS_S(cause), CS_S(NULL), CS_I(CS_NULL));
	}
	return cs_session_record(s, NULL, deed_of(&d), &out, e);
}

int cs_duty_changed(struct cs_session *s, const char *what, int64_t unit, cs_time at, struct cs_err *e)
{
	const char *cause = cs_arena_printf(&s->work, "%s/%lld", what, (long long)s->chain.last_id);

	for (size_t i = 0; s->policy && i < s->policy->duty_count; i++) {
		const struct cs_duty *rule = &s->policy->duty[i];

		if (!cs_ids_has(&rule->on_change, what))
			continue;
		for (size_t k = 0; k < s->org.unit_count; k++) {
			const struct cs_unit_row *u = &s->org.unit[k];

			if ((unit == CS_NULL || cs_org_below(&s->org, u->id, unit)) &&
			    owe_change(s, rule, u, at, cause, e) < 0)
				return -1;
		}
	}
	return 0;
}
