/* What a ticket owes: what arises with a step, what a step discharges, what ends. */
#include <stdlib.h>
#include <string.h>

#include "domain/access.h"
#include "domain/crossing.h"
#include "domain/decision.h"
#include "domain/duty_time.h"
#include "domain/reckoning.h"
#include "store/owed.h"
#include "store/ref.h"

/* Why something is owed no more. */
#define MOOT     "moot"     /* what made it arise did not come to pass, as it turned out */
#define CLOSED   "closed"   /* the ticket was closed */
#define FINISHED "finished" /* the ticket is out of work */
#define ENDED    "ended"    /* it is owed only while something holds, and that does no more */
#define FELL     "fell"     /* the ticket's class fell */
#define UNMADE   "exempt"   /* the contact that would discharge it cannot be made, or is not wished */

static const struct cs_duty *rule_of(const struct cs_decision *d, const struct cs_owed_row *o)
{
	return cs_policy_duty(d->v.policy, o->duty);
}

static bool is_ticket(const struct cs_duty *rule)
{
	return strcmp(rule->each.of, "ticket") == 0;
}

/* What recurs does so while the ticket is worked on, or stands. */
static bool runs(const struct cs_decision *d, const struct cs_duty *rule)
{
	const char *is = d->after.t.state_is;

	return strcmp(is, "done") != 0 && strcmp(is, "closed") != 0 && cs_scope_has(&d->v, &rule->each);
}

static void waive(struct cs_decision *d, const struct cs_owed_row *o, const char *why)
{
	cs_emit(d, CS_OP_WAIVE, CS_S(o->duty), CS_S(o->cause), CS_S(why));
}

/* Of this duty, in whatever state. */
static size_t count_of(const struct cs_decision *d, const char *duty)
{
	size_t n = 0;

	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_OWED); i++)
		n += strcmp(((const struct cs_owed_row *)cs_image_at(&d->after, CS_P_OWED, i))->duty, duty) == 0;
	return n;
}

static const struct cs_owed_row *find(const struct cs_decision *d, const char *duty, const char *cause)
{
	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_OWED); i++) {
		const struct cs_owed_row *o = cs_image_at(&d->after, CS_P_OWED, i);

		if (strcmp(o->duty, duty) == 0 && strcmp(o->cause, cause) == 0)
			return o;
	}
	return NULL;
}

static const struct cs_owed_row *find_open(const struct cs_decision *d, const char *duty)
{
	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_OWED); i++) {
		const struct cs_owed_row *o = cs_image_at(&d->after, CS_P_OWED, i);

		if (cs_owed_open(o) && strcmp(o->duty, duty) == 0)
			return o;
	}
	return NULL;
}

/* --- arising ------------------------------------------------------------------------------------------------------ */

int cs_decide_delivered(struct cs_decision *d, const struct cs_duty *rule, const char *text, struct cs_err *e)
{
	struct cs_targets to = {0};

	if (cs_whos_targets(&d->v, &rule->to, d->after.arena, &to, e) < 0)
		return -1;
	for (size_t i = 0; i < to.count; i++)
		cs_decide_notice(d, &to.to[i], "duty", rule->id, text);
	return 0;
}

/* The one line that says what it is about. */
static const char *headline(struct cs_decision *d, const struct cs_duty *rule)
{
	struct cs_arena *a = d->after.arena;
	char ref[CS_REF_SIZE];

	return cs_arena_printf(a, "%s %s: %s", cs_ref_text(d->after.t.id, ref),
			       cs_policy_label(d->v.policy, "zh", cs_arena_printf(a, "duties/%s", rule->id)),
			       d->after.t.subject && !cs_access_secret(&d->v) ? d->after.t.subject : "");
}

static int put_owed(struct cs_decision *d, const struct cs_duty *rule, const struct cs_duty_times *t, struct cs_err *e)
{
	const struct cs_target owner = cs_who_find(&d->v, &rule->owner);

	cs_emit(d, CS_OP_OWE, CS_S(rule->id), CS_S(t->cause), CS_I(owner.kind == CS_TARGET_STAFF ? owner.id : CS_NULL),
		CS_I(t->due), CS_S(t->crossings), CS_I(t->from == d->ev.at ? CS_NULL : t->from), CS_I(CS_NULL));
	if (!rule->done_notice)
		return 0;
	if (cs_decide_delivered(d, rule, headline(d, rule), e) < 0)
		return -1;
	return cs_emit(d, CS_OP_DONE, CS_S(rule->id), CS_S(t->cause), CS_S(NULL), CS_I(CS_NULL));
}

int cs_decide_owe(struct cs_decision *d, const char *duty, const char *cause, struct cs_err *e)
{
	const struct cs_duty *rule = cs_policy_duty(d->v.policy, duty);
	const struct cs_owed_row *there = rule ? find(d, duty, cause) : NULL;
	struct cs_duty_times t;

	if (!rule || (there && there->waived_at == CS_NULL) || !cs_scope_has(&d->v, &rule->each))
		return 0;
	if (cs_duty_once(d->v.policy, rule, d->ev.at, CS_TIME_NONE, d->after.arena, &t, e) < 0)
		return -1;
	t.cause = cause;
	return put_owed(d, rule, &t, e);
}

/* The last that `first` brought about (NULL: nothing), and what it is called when the same comes again. */
static const struct cs_owed_row *last_by(const struct cs_decision *d, const char *duty, const char *first,
					 const char **next)
{
	const struct cs_owed_row *last = NULL, *there;

	*next = first;
	for (int n = 2; (there = find(d, duty, *next)) != NULL; n++) {
		last = there;
		*next = cs_arena_printf(d->after.arena, "%s.%d", first, n);
	}
	return last;
}

/* The next of a series: so long after `from`, or in the period in which `from` lies. */
static int owe_next(struct cs_decision *d, const struct cs_duty *rule, cs_time from, struct cs_err *e)
{
	struct cs_arena *a = d->after.arena;
	struct cs_duty_times t;
	const struct cs_owed_row *there;

	if (rule->by_period) {
		if (cs_duty_period(d->v.policy, rule, from, a, &t, e) < 0)
			return -1;
		there = find(d, rule->id, t.cause);
		if (there && there->waived_at == CS_NULL)
			return 0;
		if (t.from < d->ev.at && !rule->due_after)
			t.from = d->ev.at; /* it joins in the middle */
	} else {
		if (rule->every.unit == CS_SPAN_NONE)
			return 0; /* undecided */
		if (cs_duty_every(d->v.policy, rule, from, a, &t, e) < 0)
			return -1;
		t.cause = cs_arena_printf(a, "every/%zu", count_of(d, rule->id) + 1);
	}
	return put_owed(d, rule, &t, e);
}

/* The one after this: of a series by period, of the period after its own; what arose when it went by spans has none. */
static int owe_after(struct cs_decision *d, const struct cs_duty *rule, const struct cs_owed_row *was, cs_time from,
		     struct cs_err *e)
{
	struct cs_period own;

	if (rule->by_period && cs_period_parse(was->cause, d->v.policy->zone, &own, NULL) == 0)
		from = own.to;
	return owe_next(d, rule, from, e);
}

/* What recurs begins when its condition holds (of a class: also when the ticket is in it). */
static int begin_series(struct cs_decision *d, const struct cs_duty *rule, struct cs_err *e)
{
	struct cs_period now;
	cs_time from = d->ev.at;

	if (rule->on_class && (!d->after.t.importance || strcmp(d->after.t.importance, rule->on_class) != 0))
		return 0;
	if (find_open(d, rule->id) || !runs(d, rule))
		return 0;
	if (rule->by_period && rule->joins_next) {
		cs_period_of(d->v.policy->zone, from, rule->period, &now);
		from = now.from == from ? from : now.to;
	}
	return owe_next(d, rule, from, e);
}

static bool is_given(const struct cs_decision *d, const char *field)
{
	return d->req && cs_given_has(d->req->set, d->req->set_count, field);
}

/* The last that the time in a field brought about in this cycle, or what is open of an earlier one (NULL: nothing); and
   what the next would be called. */
static const struct cs_owed_row *of_field(const struct cs_decision *d, const struct cs_duty *rule, const char **next)
{
	struct cs_arena *a = d->after.arena;
	const struct cs_owed_row *last = NULL, *there;
	const char *first = cs_arena_printf(a, "field/%s/%lld", rule->on_field, (long long)d->after.t.cycle);

	*next = first;
	for (int n = 2; (there = find(d, rule->id, *next)) != NULL; n++) {
		last = there;
		*next = cs_arena_printf(a, "%s.%d", first, n);
	}
	return last ? last : find_open(d, rule->id);
}

/* Of this duty, whichever cycle brought it about. */
static const struct cs_owed_row *last_of(const struct cs_decision *d, const char *duty)
{
	const struct cs_owed_row *last = NULL;

	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_OWED); i++) {
		const struct cs_owed_row *o = cs_image_at(&d->after, CS_P_OWED, i);

		if (strcmp(o->duty, duty) == 0 && (!last || o->owed_at >= last->owed_at))
			last = o;
	}
	return last;
}

/* What its closing ended undone. */
static bool left_undone(const struct cs_owed_row *o)
{
	return o->waived_at != CS_NULL && strcmp(o->why, CLOSED) == 0;
}

/* A time of an earlier cycle makes something owed in the next only while it lies ahead, and where nothing was done by
   it: what closing ended is owed again. */
static bool is_over(const struct cs_decision *d, const struct cs_duty *rule, cs_time due)
{
	const struct cs_owed_row *last = last_of(d, rule->id);

	return d->after.t.cycle > 1 && (due < d->ev.at || (last && !left_undone(last)));
}

/* A time that was set, or set anew: what is open moves with it; when that is done, it is owed again. */
static int on_field(struct cs_decision *d, const struct cs_duty *rule, struct cs_err *e)
{
	const bool given = is_given(d, rule->on_field);
	const char *cause;
	const struct cs_owed_row *there;
	cs_time at;
	struct cs_duty_times t;

	if (rule->each.kinds.count && !cs_ids_has(&rule->each.kinds, d->after.t.kind))
		return 0;
	there = of_field(d, rule, &cause);
	if (there && !cs_owed_open(there)) {
		if (!given)
			return 0;
		there = NULL;
	}
	at = cs_reckon_field(d, rule->on_field);
	if (at == CS_TIME_NONE) {
		if (there)
			waive(d, there, MOOT);
		return 0;
	}
	if (!there && !cs_scope_has(&d->v, &rule->each))
		return 0;
	if (cs_duty_once(d->v.policy, rule, there ? there->owed_at : d->ev.at, at, d->after.arena, &t, e) < 0)
		return -1;
	if (!there && !given && is_over(d, rule, t.due))
		return 0;
	t.cause = cause;
	if (!there)
		return put_owed(d, rule, &t, e);
	if (there->due_at != t.due)
		cs_emit(d, CS_OP_DUTY_MOVE, CS_S(rule->id), CS_S(there->cause), CS_I(t.due),
			CS_S(cs_crossings_left(d->after.arena, t.crossings, there->crossings, d->ev.at)),
			CS_I(d->s->edition));
	return 0;
}

/* What somebody said about the ticket, at registration or later; taken back, nothing is owed for it. */
static int on_set(struct cs_decision *d, const struct cs_duty *rule, struct cs_err *e)
{
	const bool holds = cs_scope_has(&d->v, &rule->each) && cs_view_value(&d->v, rule->on_set).type != CS_V_NONE;
	const char *next;
	const struct cs_owed_row *last =
		last_by(d, rule->id, cs_arena_printf(d->after.arena, "set/%s", rule->on_set), &next);

	if (holds)
		return last && last->waived_at == CS_NULL ? 0 : cs_decide_owe(d, rule->id, next, e);
	if (last && cs_owed_open(last))
		waive(d, last, MOOT);
	return 0;
}

static int arise(struct cs_decision *d, const struct cs_duty *rule, struct cs_err *e)
{
	if (!is_ticket(rule))
		return 0;
	if (rule->recurs)
		return begin_series(d, rule, e);
	if (rule->on_field)
		return on_field(d, rule, e);
	if (rule->on_set)
		return on_set(d, rule, e);
	if (rule->on_step && strcmp(rule->on_step, d->step->id) == 0)
		return cs_decide_owe(d, rule->id,
				     cs_arena_printf(d->after.arena, "%s/%lld", d->step->id, (long long)d->ev.id), e);
	return 0;
}

/* --- done --------------------------------------------------------------------------------------------------------- */

/* Of a series the one in whose time the step lies, on the second of a due the earlier one; what was taken for
   missed may turn out to be done. */
static const struct cs_owed_row *of_series(const struct cs_decision *d, const struct cs_duty *rule)
{
	const struct cs_owed_row *best = NULL;
	const cs_time at = d->ev.at;

	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_OWED); i++) {
		const struct cs_owed_row *o = cs_image_at(&d->after, CS_P_OWED, i);

		if (strcmp(o->duty, rule->id) != 0 || o->done_at != CS_NULL || o->waived_at != CS_NULL ||
		    o->owed_at > at || (o->missed_at != CS_NULL && at > o->missed_at))
			continue;
		if (!best || best->owed_at == at || (o->owed_at < at && o->owed_at > best->owed_at))
			best = o;
	}
	return best;
}

/* What was missed later, or is owed since, hung on what turned out to be done; what is still told of earlier ones
   is told no more. */
static void end_others(struct cs_decision *d, const struct cs_owed_row *row)
{
	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_OWED); i++) {
		const struct cs_owed_row *o = cs_image_at(&d->after, CS_P_OWED, i);

		if (o == row || strcmp(o->duty, row->duty) != 0 || o->done_at != CS_NULL || o->waived_at != CS_NULL)
			continue;
		if (o->owed_at > row->owed_at)
			waive(d, o, MOOT);
		else if (o->crossings)
			cs_emit(d, CS_OP_DUTY_MOVE, CS_S(o->duty), CS_S(o->cause), CS_I(o->due_at), CS_S(NULL));
	}
}

int cs_decide_done(struct cs_decision *d, const struct cs_owed_row *row, const char *evidence, struct cs_err *e)
{
	const struct cs_duty *rule = rule_of(d, row);
	const int64_t left = rule && rule->by_period ? rule->times - row->times - 1 : 0;
	const struct cs_owed_row was = *row;
	const bool late = was.missed_at != CS_NULL && d->ev.at > was.missed_at;

	cs_emit(d, CS_OP_DONE, CS_S(was.duty), CS_S(was.cause), CS_S(evidence), CS_I(left > 0 ? left : CS_NULL));
	if (!rule || !rule->recurs || left > 0 || late || !is_ticket(rule))
		return 0; /* what a unit owes arises with the days; what is delivered late has its next already */
	if (!rule->by_period)
		end_others(d, find(d, was.duty, was.cause));
	if (!runs(d, rule) || find_open(d, was.duty))
		return 0;
	return owe_after(d, rule, &was, d->ev.at, e);
}

static bool gave(const struct cs_decision *d, const char *kind)
{
	for (size_t i = 0; i < d->v.evidence_count; i++)
		if (strcmp(d->v.evidence[i].kind, kind) == 0)
			return true;
	return false;
}

/* By the step in hand. What needs a form is delivered with it, by cs-duty. */
static bool discharges(const struct cs_decision *d, const struct cs_duty *rule)
{
	if (rule->done_step    ? strcmp(rule->done_step, d->step->id) != 0
	    : rule->done_field ? cs_view_value(&d->v, rule->done_field).type == CS_V_NONE
			       : !rule->done_evidence || rule->form || !gave(d, rule->done_evidence))
		return false;
	return rule->done_by.count == 0 || cs_whos_have(&d->v, &rule->done_by, d->ev.actor);
}

static int discharge(struct cs_decision *d, struct cs_err *e)
{
	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_OWED); i++) {
		const struct cs_owed_row *o = cs_image_at(&d->after, CS_P_OWED, i);
		const struct cs_duty *rule = rule_of(d, o);

		if (rule && !rule->recurs && cs_owed_open(o) && discharges(d, rule) &&
		    cs_decide_done(d, o, NULL, e) < 0)
			return -1;
	}
	for (size_t i = 0; i < d->v.policy->duty_count; i++) {
		const struct cs_duty *rule = &d->v.policy->duty[i];
		const struct cs_owed_row *o = rule->recurs && is_ticket(rule) ? of_series(d, rule) : NULL;

		if (o && discharges(d, rule) && cs_decide_done(d, o, NULL, e) < 0)
			return -1;
	}
	return 0;
}

/* What a contact for this purpose discharges: of a series what is owed in its time. */
static const struct cs_owed_row *by_contact(const struct cs_decision *d, const struct cs_duty *rule,
					    const char *purpose)
{
	if (!rule->done_contact || strcmp(rule->done_contact, purpose) != 0)
		return NULL;
	return rule->recurs ? of_series(d, rule) : find_open(d, rule->id);
}

int cs_decide_contacted(struct cs_decision *d, const char *purpose, struct cs_err *e)
{
	for (size_t i = 0; purpose && i < d->v.policy->duty_count; i++) {
		const struct cs_duty *rule = &d->v.policy->duty[i];
		const struct cs_owed_row *o = by_contact(d, rule, purpose);

		if (o && (rule->done_by.count == 0 || cs_whos_have(&d->v, &rule->done_by, d->ev.actor)) &&
		    cs_decide_done(d, o, NULL, e) < 0)
			return -1;
	}
	return 0;
}

static bool is_to_be_made(const struct cs_decision *d, const char *purpose)
{
	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_CALLBACK); i++) {
		const struct cs_callback_row *c = cs_image_at(&d->after, CS_P_CALLBACK, i);

		if (strcmp(c->purpose, purpose) == 0 && cs_callback_to_make(c))
			return true;
	}
	return false;
}

void cs_decide_uncontacted(struct cs_decision *d, const char *purpose)
{
	if (!purpose || is_to_be_made(d, purpose))
		return;
	for (size_t i = 0; i < d->v.policy->duty_count; i++) {
		const struct cs_duty *rule = &d->v.policy->duty[i];
		const struct cs_owed_row *o = rule->recurs ? NULL : by_contact(d, rule, purpose);

		if (o)
			waive(d, o, UNMADE);
	}
}

/* --- ending ------------------------------------------------------------------------------------------------------- */

const char *cs_rung_cause(struct cs_arena *a, const char *clock, const char *rung, int64_t cycle, int64_t run)
{
	return cs_arena_printf(a, run > 1 ? "%s/%s/%lld.%lld" : "%s/%s/%lld", clock, rung, (long long)cycle,
			       (long long)run);
}

/* The rung that owed it (its cause) fired, but the clock had stopped before. */
static bool is_moot(const struct cs_decision *d, const char *cause)
{
	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_RUNG); i++) {
		const struct cs_rung_row *r = cs_image_at(&d->after, CS_P_RUNG, i);

		if (r->moot && strcmp(cause, cs_rung_cause(d->after.arena, r->clock, r->rung, r->cycle, r->run)) == 0)
			return true;
	}
	return false;
}

static bool closes(const struct cs_decision *d)
{
	for (size_t i = 0; i < d->out->count; i++)
		if (d->out->effect[i].op == CS_OP_STATE && strcmp(cs_arg_text(&d->out->effect[i], 1), "closed") == 0)
			return true;
	return false;
}

/* Why what recurs has come to its end; NULL: it goes on. */
static const char *ended(const struct cs_decision *d, const struct cs_duty *rule)
{
	if (!rule || !rule->recurs || runs(d, rule))
		return NULL;
	return d->after.t.done_at != CS_NULL ? FINISHED : ENDED;
}

/* Taken for missed, at a time when, as it turns out, this step had been taken: on the second it was not missed yet. */
static bool missed_since(const struct cs_owed_row *o, cs_time at)
{
	return o->missed_at != CS_NULL && o->missed_at >= at && o->done_at == CS_NULL && o->waived_at == CS_NULL;
}

void cs_decide_waive(struct cs_decision *d)
{
	bool closing = closes(d);

	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_OWED); i++) {
		const struct cs_owed_row *o = cs_image_at(&d->after, CS_P_OWED, i);
		const char *why;

		if (!cs_owed_open(o) && !missed_since(o, d->ev.at))
			continue;
		why = is_moot(d, o->cause) ? MOOT : closing ? CLOSED : ended(d, rule_of(d, o));
		if (why)
			waive(d, o, why);
	}
}

int cs_decide_duties(struct cs_decision *d, struct cs_err *e)
{
	if (cs_image_count(&d->after, CS_P_OWED)) {
		if (discharge(d, e) < 0)
			return -1;
		cs_decide_waive(d);
	}
	for (size_t i = 0; i < d->v.policy->duty_count; i++)
		if (arise(d, &d->v.policy->duty[i], e) < 0)
			return -1;
	return 0;
}

/* --- classes of importance ---------------------------------------------------------------------------------------- */

static int place_of(const struct cs_decision *d, const char *class)
{
	return class ? cs_ids_index(&d->v.policy->importance.scale, class) : -1;
}

/* It was owed of tickets of the class that it fell from. */
static bool was_of_class(struct cs_decision *d, const struct cs_duty *rule, const char *from)
{
	const char *now = d->after.t.importance;
	bool was;

	if (rule->recurs || !is_ticket(rule))
		return false;
	d->after.t.importance = from;
	was = cs_scope_has(&d->v, &rule->each);
	d->after.t.importance = now;
	return was && !cs_scope_has(&d->v, &rule->each);
}

/* Each time the ticket rises into the class, this is owed anew, under a name of its own: what was owed before stays as
   it ended. Falling into it brings about only what it had not already, or what had fallen with it. */
static int owe_class(struct cs_decision *d, const struct cs_duty *rule, bool rises, struct cs_err *e)
{
	const char *next;
	const struct cs_owed_row *last = last_by(
		d, rule->id,
		cs_arena_printf(d->after.arena, "importance/%s/%lld", rule->on_class, (long long)d->after.t.cycle),
		&next);

	if (last && (rises ? cs_owed_open(last) : last->waived_at == CS_NULL || strcmp(last->why, FELL) != 0))
		return 0;
	return cs_decide_owe(d, rule->id, next, e);
}

int cs_decide_class_changed(struct cs_decision *d, const char *from, const char *to, struct cs_err *e)
{
	const int now = place_of(d, to);
	const bool rises = now > place_of(d, from);

	if (from && to && strcmp(from, to) == 0)
		return 0;
	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_OWED); i++) {
		const struct cs_owed_row *o = cs_image_at(&d->after, CS_P_OWED, i);
		const struct cs_duty *rule = rule_of(d, o);

		if (rule && cs_owed_open(o) && now < place_of(d, from) &&
		    (rule->on_class ? now < place_of(d, rule->on_class) : was_of_class(d, rule, from)))
			waive(d, o, FELL);
	}
	for (size_t i = 0; to && i < d->v.policy->duty_count; i++) {
		const struct cs_duty *rule = &d->v.policy->duty[i];

		if (!rule->on_class || strcmp(rule->on_class, to) != 0)
			continue;
		if ((rule->recurs ? begin_series(d, rule, e) : owe_class(d, rule, rises, e)) < 0)
			return -1;
	}
	return 0;
}

int cs_decide_class_again(struct cs_decision *d, struct cs_err *e)
{
	for (size_t i = 0; d->after.t.importance && i < d->v.policy->duty_count; i++) {
		const struct cs_duty *rule = &d->v.policy->duty[i];
		const struct cs_owed_row *last;

		if (rule->recurs || !rule->on_class || strcmp(rule->on_class, d->after.t.importance) != 0)
			continue;
		last = last_of(d, rule->id);
		if (last && left_undone(last) && owe_class(d, rule, true, e) < 0)
			return -1;
	}
	return 0;
}

/* --- crossings ---------------------------------------------------------------------------------------------------- */

int cs_decide_late(struct cs_decision *d, const struct cs_duty *rule, const struct cs_owed_row *row,
		   const char *crossing, struct cs_target *to, struct cs_err *e)
{
	const struct cs_owed_row was = *row;
	const struct cs_duty *now = rule_of(d, row); /* by the rules in force it goes on, or ends */
	const bool over = strcmp(crossing, CS_CROSS_MISSED) == 0;
	const struct cs_late *rung = over || !rule ? NULL : cs_duty_rung(rule, crossing);
	const char *why = over ? ended(d, now) : NULL;

	*to = (struct cs_target){CS_TARGET_NONE, CS_NULL, NULL, NULL};
	if (why) {
		waive(d, row, why);
		return 0;
	}
	if (rung && rung->has_to)
		*to = cs_who_find(&d->v, &rung->to);
	if (!over) {
		cs_emit(d, CS_OP_DUTY_LATE, CS_S(was.duty), CS_S(was.cause), CS_S(crossing),
			CS_I(to->kind == CS_TARGET_STAFF ? to->id : CS_NULL));
		return 0;
	}
	cs_emit(d, CS_OP_DUTY_MISSED, CS_S(was.duty), CS_S(was.cause));
	if (!now || !now->recurs || !is_ticket(now) || find_open(d, was.duty))
		return 0;
	return owe_after(d, now, &was, now->by_period ? d->ev.at : was.due_at, e);
}

/* --- another edition ---------------------------------------------------------------------------------------------- */

/* Its crossings by the edition in force: what fired does not come again, what that edition adds comes only if its time
   lies ahead. */
static const char *crossings_anew(struct cs_decision *d, const struct cs_owed_row *row, const struct cs_duty *was,
				  const char *crossings)
{
	struct cs_arena *a = d->after.arena;
	size_t count, kept = 0;
	struct cs_crossing *list = cs_crossings_read(a, crossings, &count);

	for (size_t i = 0; i < count; i++) {
		const struct cs_late *rung = cs_duty_rung(was, list[i].id);
		const bool listed = cs_crossings_have(row->crossings, list[i].id);
		const bool added = strcmp(list[i].id, CS_CROSS_MISSED) != 0 &&
				   (!rung || rung->span.unit == CS_SPAN_NONE) && list[i].at >= d->ev.at;

		if (listed || added)
			list[kept++] = list[i];
	}
	return cs_crossings_write(a, list, kept);
}

/* A due that has passed by either edition stays; so does what the one in force has no more, or not as the same kind of
   thing. */
int cs_decide_duty_anew(struct cs_decision *d, const struct cs_owed_row *row, struct cs_err *e)
{
	const struct cs_policy *p = cs_session_policy(d->s, row->edition, e);
	const struct cs_duty *was = p ? cs_policy_duty(p, row->duty) : NULL, *rule = rule_of(d, row);
	const cs_time at = rule && rule->on_field && is_ticket(rule) ? cs_reckon_field(d, rule->on_field)
								     : CS_TIME_NONE;
	const char *crossings;
	struct cs_duty_times t;

	if (!p)
		return -1;
	if (!was || !rule || was->recurs != rule->recurs || was->by_period != rule->by_period ||
	    (rule->on_field && at == CS_TIME_NONE) ||
	    (rule->every.unit == CS_SPAN_NONE && was->every.unit != CS_SPAN_NONE))
		return 0;
	if (cs_duty_again(d->v.policy, rule, row, at, d->after.arena, &t, e) < 0)
		return -1;
	if (t.due == CS_TIME_NONE || t.due < d->ev.at || row->due_at < d->ev.at)
		return 0;
	crossings = crossings_anew(d, row, was, t.crossings);
	if (t.due == row->due_at && strcmp(crossings ? crossings : "", row->crossings ? row->crossings : "") == 0)
		return 0;
	return cs_emit(d, CS_OP_DUTY_MOVE, CS_S(row->duty), CS_S(row->cause), CS_I(t.due), CS_S(crossings),
		       CS_I(d->s->edition));
}
