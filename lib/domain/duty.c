/* Delivering, writing and waiving what is owed. */
#include "domain/duty.h"

#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "domain/access.h"
#include "domain/decision.h"
#include "domain/duty_time.h"
#include "domain/filter.h"
#include "domain/fold.h"
#include "domain/ladder.h"
#include "domain/names.h"
#include "store/draw.h"
#include "store/owed.h"
#include "store/ref.h"
#include "store/report_close.h"

#define DELIVERED "delivered"      /* in the private part: the text as it was delivered */
#define SALTED    "delivered.salt" /* hashed before it, so that who guesses what was erased learns nothing */
#define WAIVED    "waived"

enum { SALT = 16 };

int cs_owing_ticket(struct cs_owing *o, struct cs_session *s, struct cs_image *im, struct cs_err *e)
{
	*o = (struct cs_owing){.s = s, .im = im};
	return cs_ladder_settle(s, im, s->now, NULL, e);
}

/* Like a ticket that lies in the unit. */
static void begin_unit(struct cs_owing *o, struct cs_session *s, const struct cs_unit_row *unit, struct cs_arena *a)
{
	*o = (struct cs_owing){.s = s, .unit = unit};
	cs_image_init(&o->own, a);
	o->im = &o->own;
	o->own.t.place = o->own.t.accepting = o->own.t.handling = unit->id;
	o->own.t.cycle = 1;
}

/* With all that the unit owes. */
int cs_owing_unit(struct cs_owing *o, struct cs_session *s, const struct cs_unit_row *unit, struct cs_err *e)
{
	struct cs_stmt *walk = cs_owed_walk_of(s->db, "unit", unit->id, e);
	struct cs_owed_row row;
	int rc = -1;

	begin_unit(o, s, unit, &s->work);
	while (walk && (rc = cs_owed_next(walk, &s->work, &row, e)) == 1)
		memcpy(cs_image_add(&o->own, CS_P_OWED), &row, sizeof row);
	return rc;
}

struct cs_view cs_owing_view(const struct cs_owing *o, cs_time at)
{
	return (struct cs_view){.s = o->s,
				.policy = o->s->policy,
				.kind = o->unit ? NULL : cs_session_kind(o->s, o->im, NULL),
				.im = o->im,
				.unit = o->unit,
				.at = at,
				.step_actor = o->s->actor};
}

const struct cs_duty *cs_duty_named(const struct cs_policy *p, const char *name, struct cs_err *e)
{
	const char *id = cs_name_find(p, "duties", name, e);

	return id ? cs_policy_duty(p, id) : NULL;
}

/* --- which one -------------------------------------------------------------------------------- */

static const char *label_of(const struct cs_owing *o)
{
	static char ref[CS_REF_SIZE];

	return o->unit ? o->unit->code : cs_ref_text(o->im->t.id, ref);
}

static cs_time at_of(const struct cs_owing *o, const struct cs_delivery *given)
{
	return given->at == CS_TIME_NONE ? o->s->now : given->at;
}

bool cs_owing_missed(const struct cs_policy *p, const struct cs_duty *rule, const struct cs_owed_row *r, cs_time at)
{
	cs_time until;

	if (strcmp(r->duty, rule->id) != 0 || r->missed_at == CS_NULL || r->done_at != CS_NULL ||
	    r->waived_at != CS_NULL || at <= r->missed_at)
		return false;
	return cs_duty_late_until(p, rule, r->missed_at, &until, NULL) == 0 && until != CS_TIME_NONE && at <= until;
}

/* Owed at that time: one that was missed since may have been done before. Named, one that was missed may be delivered
   late. */
static bool is_meant(const struct cs_owing *o, const struct cs_owed_row *r, const struct cs_delivery *given, cs_time at)
{
	if (strcmp(r->duty, given->rule->id) != 0 || r->done_at != CS_NULL || r->waived_at != CS_NULL)
		return false;
	if (given->period && strcmp(r->cause, given->period) != 0)
		return false;
	if (r->missed_at != CS_NULL && at > r->missed_at)
		return given->period && !given->waive && cs_owing_missed(o->s->policy, given->rule, r, at);
	return given->period || r->owed_at <= at;
}

/* What is owed, "hot_report, major_weekly every/2"; the last of those of the duty that is not. */
static const struct cs_owed_row *tell_owed(const struct cs_owing *o, const struct cs_delivery *given, struct cs_buf *b)
{
	const struct cs_owed_row *last = NULL;

	for (size_t i = 0; i < cs_image_count(o->im, CS_P_OWED); i++) {
		const struct cs_owed_row *r = cs_image_at(o->im, CS_P_OWED, i);
		const struct cs_duty *rule = cs_policy_duty(o->s->policy, r->duty);

		if (cs_owed_open(r))
			cs_buf_printf(b, "%s%s%s%s", b->len ? ", " : "", r->duty, rule && rule->recurs ? " " : "",
				      rule && rule->recurs ? r->cause : "");
		else if (strcmp(r->duty, given->rule->id) == 0 &&
			 (!given->period || strcmp(r->cause, given->period) == 0) &&
			 (!last || cs_owed_end(r) >= cs_owed_end(last)))
			last = r;
	}
	return last;
}

/* Why not: how the last one ended, and what it does owe. */
static int fail_none(const struct cs_owing *o, const struct cs_delivery *given, struct cs_err *e)
{
	struct cs_buf owed = {0};
	const struct cs_owed_row *last = tell_owed(o, given, &owed);
	const struct cs_zone *z = cs_session_zone(o->s);
	char at[40];

	if (last && given->period)
		cs_fail(e, CS_REFUSED, "%s of %s: %s%s", given->rule->id, given->period,
			last->missed_at != CS_NULL ? "was missed, its time is over" : "is ",
			last->missed_at != CS_NULL ? "" : cs_owed_state(last));
	else if (last)
		cs_fail(e, CS_REFUSED, "%s does not owe %s now: %s, %s at %s; it owes %s", label_of(o), given->rule->id,
			last->cause, cs_owed_state(last), cs_time_text(z, cs_owed_end(last), at),
			owed.len ? cs_buf_str(&owed) : "nothing");
	else
		cs_fail(e, CS_REFUSED, "%s does not owe %s%s%s; it owes %s", label_of(o), given->rule->id,
			given->period ? " of " : "", given->period ? given->period : "",
			owed.len ? cs_buf_str(&owed) : "nothing");
	cs_buf_free(&owed);
	return -1;
}

const struct cs_owed_row *cs_owing_find(const struct cs_owing *o, const struct cs_delivery *given, struct cs_err *e)
{
	const cs_time at = at_of(o, given);
	const struct cs_owed_row *best = NULL;

	for (size_t i = 0; i < cs_image_count(o->im, CS_P_OWED); i++) {
		const struct cs_owed_row *r = cs_image_at(o->im, CS_P_OWED, i);

		if (is_meant(o, r, given, at) && (!best || r->owed_at < best->owed_at))
			best = r;
	}
	if (!best)
		fail_none(o, given, e);
	return best;
}

/* --- who -------------------------------------------------------------------------------------- */

/* Of those listed, or who answers while a post of theirs is vacant. */
static bool answers(const struct cs_view *v, const struct cs_whos *list, int64_t actor)
{
	for (size_t i = 0; i < list->count; i++)
		if (cs_who_answers(v, &list->who[i], actor))
			return true;
	return false;
}

static bool may(const struct cs_view *v, const struct cs_duty *rule, const struct cs_owed_row *row, int64_t actor)
{
	return rule->done_by.count ? answers(v, &rule->done_by, actor)
				   : row->owner == actor || cs_who_answers(v, &rule->owner, actor);
}

/* Is there somebody on record who is at work and, where a post owes it, holds that post here? 1, 0, -1. */
static int answers_still(struct cs_owing *o, const struct cs_who *w, const struct cs_owed_row *row, struct cs_arena *a,
			 struct cs_err *e)
{
	struct cs_view v;

	if (row->owner == CS_NULL || !cs_staff_active(cs_org_staff(&o->s->org, row->owner), o->s->now))
		return 0;
	if (w->kind != CS_WHO_POST)
		return 1;
	if (!cs_org_holds(&o->s->org, row->owner, w->name, CS_NULL, o->s->now))
		return 0;
	if (!o->unit && cs_table_find(o->s->db, &cs_ticket_table, row->subject, a, &o->own.t, e) < 0)
		return -1;
	v = cs_owing_view(o, o->s->now);
	return cs_who_is(&v, w, row->owner);
}

int cs_duty_owner(struct cs_session *s, const struct cs_owed_row *row, struct cs_arena *a, int64_t *owner,
		  struct cs_err *e)
{
	const struct cs_duty *rule = cs_policy_duty(s->policy, row->duty);
	const struct cs_unit_row *unit = strcmp(row->about, "unit") == 0 ? cs_org_unit(&s->org, row->subject) : NULL;
	struct cs_owing o = {.s = s, .im = &o.own};
	struct cs_target now;
	struct cs_view v;
	int still;

	*owner = row->owner;
	if (!rule || rule->owner.kind == CS_WHO_SYSTEM || row->done_at != CS_NULL || row->waived_at != CS_NULL)
		return 0;
	if (unit)
		begin_unit(&o, s, unit, a);
	else
		cs_image_init(&o.own, a);
	still = answers_still(&o, &rule->owner, row, a, e);
	if (still != 0)
		return still < 0 ? -1 : 0;
	if (!unit && cs_image_get(&o.own, s->db, row->subject, a, e) < 0)
		return -1;
	v = cs_owing_view(&o, s->now);
	now = cs_who_find(&v, &rule->owner);
	*owner = now.kind == CS_TARGET_STAFF ? now.id : CS_NULL;
	return 0;
}

/* "front desk (ling), ...": the words of the rules, behind them who that is. */
static void put_whos(struct cs_buf *b, const struct cs_view *v, const struct cs_whos *list)
{
	char word[CS_WHO_WORDS];

	for (size_t i = 0; i < list->count; i++) {
		const struct cs_target to = cs_who_find(v, &list->who[i]);
		const struct cs_staff_row *p = to.kind == CS_TARGET_STAFF ? cs_org_staff(&v->s->org, to.id) : NULL;

		cs_buf_printf(b, "%s%s", b->len ? ", " : "", cs_who_words(v->policy, &list->who[i], word));
		if (p)
			cs_buf_printf(b, " (%s)", p->login);
	}
}

static int fail_not_yours(const struct cs_view *v, const char *duty, const struct cs_whos *list, struct cs_err *e)
{
	struct cs_buf b = {0};

	put_whos(&b, v, list);
	cs_fail(e, CS_REFUSED, "%s: only for: %s", duty, cs_buf_str(&b));
	cs_buf_free(&b);
	return -1;
}

/* --- what is written -------------------------------------------------------------------------- */

static struct cs_ticket_row_row *part_row(const struct cs_image *im, const struct cs_form *form, const char *part)
{
	return cs_image_list_row(im, cs_arena_printf(im->arena, "form.%s", form->id), part);
}

/* The event by which the form was last delivered; 0: never. */
static int64_t last_delivery(const struct cs_image *im, const struct cs_policy *p, const struct cs_form *form)
{
	int64_t last = 0;

	for (size_t i = 0; i < cs_image_count(im, CS_P_OWED); i++) {
		const struct cs_owed_row *r = cs_image_at(im, CS_P_OWED, i);
		const struct cs_duty *rule = cs_policy_duty(p, r->duty);

		if (rule && rule->form && strcmp(rule->form, form->id) == 0 && r->done_event != CS_NULL &&
		    r->done_event > last)
			last = r->done_event;
	}
	return last;
}

const char *cs_form_written(const struct cs_image *im, const struct cs_policy *p, const struct cs_form *form,
			    const char *part)
{
	const struct cs_ticket_row_row *row = part_row(im, form, part);
	struct cs_value text, event;

	if (!row)
		return NULL;
	text = cs_image_cell(im, row, "text");
	event = cs_image_cell(im, row, "event");
	if (text.type != CS_V_TEXT || !*text.s || event.type != CS_V_INT || event.i <= last_delivery(im, p, form))
		return NULL;
	return text.s;
}

struct cs_ids cs_form_missing(const struct cs_image *im, const struct cs_policy *p, const struct cs_form *form)
{
	struct cs_ids missing = {cs_arena_alloc(im->arena, (form->written.count + 1) * sizeof *missing.id), 0};

	for (size_t i = 0; i < form->written.count; i++)
		if (!cs_form_written(im, p, form, form->written.id[i]))
			missing.id[missing.count++] = form->written.id[i];
	return missing;
}

/* Someone who owes the form by this rule, or would. */
static bool owes_form(const struct cs_owing *o, const struct cs_duty *rule, const struct cs_view *v)
{
	const struct cs_owed_row none = {.owner = CS_NULL};

	if (may(v, rule, &none, o->s->actor) || cs_who_is(v, &rule->owner, o->s->actor))
		return true;
	for (size_t i = 0; i < cs_image_count(o->im, CS_P_OWED); i++) {
		const struct cs_owed_row *r = cs_image_at(o->im, CS_P_OWED, i);

		if (strcmp(r->duty, rule->id) == 0 && r->owner == o->s->actor)
			return true;
	}
	return false;
}

/* Where no duty has the form, anybody. */
static int check_writer(const struct cs_owing *o, const struct cs_form *form, const struct cs_view *v, struct cs_err *e)
{
	struct cs_buf b = {0};
	bool may_write = false, any = false;

	for (size_t i = 0; i < v->policy->duty_count && !may_write; i++) {
		const struct cs_duty *rule = &v->policy->duty[i];
		const struct cs_whos owner = {(struct cs_who *)&rule->owner, 1};

		if (!rule->form || strcmp(rule->form, form->id) != 0)
			continue;
		any = true;
		may_write = owes_form(o, rule, v);
		put_whos(&b, v, rule->done_by.count ? &rule->done_by : &owner);
	}
	if (any && !may_write)
		cs_fail(e, CS_REFUSED, "form %s: others owe it: %s", form->id, cs_buf_str(&b));
	cs_buf_free(&b);
	return any && !may_write ? -1 : 0;
}

static int check_at(const struct cs_owing *o, cs_time at, cs_time since, const char *since_what, struct cs_err *e)
{
	const struct cs_zone *z = cs_session_zone(o->s);
	char text[40], other[40];

	if (at > o->s->now)
		return cs_fail(e, CS_REFUSED, "%s lies in the future", cs_time_text(z, at, text));
	if (at < since)
		return cs_fail(e, CS_REFUSED, "%s is before %s, at %s", cs_time_text(z, at, text), since_what,
			       cs_time_text(z, since, other));
	return 0;
}

static int fail_part(const struct cs_form *form, const char *part, struct cs_err *e)
{
	struct cs_buf b = {0};

	for (size_t i = 0; i < form->written.count; i++)
		cs_buf_printf(&b, "%s%s", i ? ", " : "", form->written.id[i]);
	cs_fail(e, CS_USAGE,
		cs_ids_has(&form->parts, part) ? "part %s of %s fills itself; to be written: %s"
					       : "no part '%s' in form %s; to be written: %s",
		part, form->id, b.len ? cs_buf_str(&b) : "nothing");
	cs_buf_free(&b);
	return -1;
}

int cs_duty_write(struct cs_owing *o, const struct cs_form *form, const char *part, const char *text, cs_time at,
		  struct cs_err *e)
{
	struct cs_arena *a = o->im->arena;
	struct cs_effects out = {.arena = a};
	const struct cs_deed deed = {"ticket", o->im->t.id, CS_STEP_WRITE, at, o->s->actor};
	const struct cs_view v = cs_owing_view(o, at);
	const char *list = cs_arena_printf(a, "form.%s", form->id);
	char *own = cs_arena_strdup(a, text);

	if (!cs_ids_has(&form->written, part))
		return fail_part(form, part, e);
	if (!cs_session_kind(o->s, o->im, e) || check_at(o, at, o->im->t.opened_at, "the ticket was registered", e) < 0)
		return -1;
	if (check_writer(o, form, &v, e) < 0)
		return -1;
	cs_utf8_trim(own);
	cs_effects_private(&out, cs_arena_printf(a, "cell.%s.%s.text", list, part), own);
	cs_put(&out, CS_OP_CELL_TEXT, CS_S(list), CS_S(part), CS_S("text"));
	cs_put(&out, CS_OP_CELL, CS_S(list), CS_S(part), CS_S("event"), CS_I(o->s->chain.last_id + 1));
	return cs_session_record(o->s, o->im, deed, &out, e);
}

/* --- delivering ------------------------------------------------------------------------------- */

static void begin(struct cs_decision *d, struct cs_owing *o, const struct cs_request *req, struct cs_effects *out)
{
	struct cs_view v = cs_owing_view(o, req->at);
	const struct cs_deed deed = {o->unit ? "unit" : "ticket", o->unit ? o->unit->id : o->im->t.id, CS_STEP_DUTY,
				     req->at, o->s->actor};
	static const struct cs_kind none;

	cs_decision_begin(d, o->s, o->im, v.kind ? v.kind : &none, o->s->policy, deed, out);
	d->v.unit = o->unit;
	d->v.step = NULL;
	d->req = req;
}

/* Nothing is delivered before its last part was written. */
static int check_written(const struct cs_owing *o, const struct cs_form *form, cs_time at, struct cs_err *e)
{
	for (size_t i = 0; i < form->written.count; i++) {
		const char *part = form->written.id[i];
		const struct cs_value id = cs_image_cell(o->im, part_row(o->im, form, part), "event");
		struct cs_event ev;
		int rc = cs_event_get(o->s->db, id.i, o->im->arena, &ev, e);

		if (rc < 1)
			return rc < 0 ? -1
				      : cs_fail(e, CS_IO, "event %lld is not there; run cs-check", (long long)id.i);
		if (check_at(o, at, ev.at, cs_arena_printf(o->im->arena, "its part %s was written", part), e) < 0)
			return -1;
	}
	return 0;
}

static int check_form(const struct cs_owing *o, const struct cs_delivery *given, struct cs_err *e)
{
	const struct cs_form *form = cs_policy_form(o->s->policy, given->rule->form);
	struct cs_ids missing = cs_form_missing(o->im, o->s->policy, form);
	struct cs_buf b = {0};

	if (missing.count == 0)
		return check_written(o, form, at_of(o, given), e);
	for (size_t i = 0; i < missing.count; i++)
		cs_buf_printf(&b, "%s%s", i ? ", " : "", missing.id[i]);
	cs_fail(e, CS_REFUSED, "%s: still to be written: %s (cs-duty write %s %s --part %s=TEXT)", form->id,
		cs_buf_str(&b), label_of(o), form->id, missing.id[0]);
	cs_buf_free(&b);
	return -1;
}

static bool has_evidence(const struct cs_decision *d, const char *kind)
{
	for (size_t i = 0; i < d->v.evidence_count; i++)
		if (strcmp(d->v.evidence[i].kind, kind) == 0)
			return true;
	return false;
}

/* The report or sample of the unit and period, as it is there since then. */
static int check_made(const struct cs_owing *o, const struct cs_delivery *given, const char *period,
		      const char **evidence, struct cs_err *e)
{
	const struct cs_duty *rule = given->rule;
	struct cs_arena *a = o->im->arena;
	struct cs_report_close_row closed;
	struct cs_draw_row drawn;
	int64_t draw = 0;
	int rc;

	if (rule->done_report) {
		rc = cs_report_close_find(o->s->db, rule->done_report, period, o->unit->id, a, &closed, e);
		if (rc == 0)
			return cs_fail(e, CS_REFUSED,
				       "%s: the report is not closed (the admin: cs-report %s %s --unit %s --close)",
				       rule->id, rule->done_report, period, o->unit->code);
		if (rc < 0)
			return -1;
		*evidence = cs_arena_printf(a, "report %lld %s", (long long)closed.id, closed.chain_head);
		return check_at(o, at_of(o, given), closed.closed_at, "the report was closed", e);
	}
	rc = cs_draw_last(o->s->db, rule->done_draw, period, o->unit->id, &draw, e);
	if (rc == 0)
		return cs_fail(e, CS_REFUSED, "%s: the sample is not drawn (cs-sample draw %s %s --unit %s)", rule->id,
			       rule->done_draw, period, o->unit->code);
	if (rc < 0 || cs_table_find(o->s->db, &cs_draw_table, draw, a, &drawn, e) < 0)
		return -1;
	*evidence = cs_arena_printf(a, "draw %lld", (long long)draw);
	return check_at(o, at_of(o, given), drawn.at, "the sample was drawn", e);
}

static const char *text_digest(struct cs_arena *a, const char *salt, const char *text)
{
	unsigned char sum[CS_HASH_SIZE];
	char hex[2 * CS_HASH_SIZE + 1];
	struct cs_hash h;

	cs_hash_init(&h);
	cs_hash_text(&h, salt);
	cs_hash_text(&h, text);
	cs_hash_end(&h, sum);
	return cs_arena_strdup(a, cs_hex(sum, sizeof sum, hex));
}

/* Keeps the text with the event; its digest. */
static const char *keep_text(struct cs_decision *d, const char *text)
{
	unsigned char bytes[SALT];
	char *salt = cs_arena_alloc(d->after.arena, 2 * SALT + 1);

	cs_random_bytes(bytes, sizeof bytes);
	cs_hex(bytes, sizeof bytes, salt);
	cs_effects_private(d->out, DELIVERED, text);
	cs_effects_private(d->out, SALTED, salt);
	return text_digest(d->after.arena, salt, text);
}

/* What discharges it is there; *evidence: what tells of it for ever. */
static int check_delivery(struct cs_decision *d, const struct cs_owing *o, const struct cs_delivery *given,
			  const char *cause, const char **evidence, struct cs_err *e)
{
	const struct cs_duty *rule = given->rule;

	if (rule->done_step)
		return cs_fail(e, CS_REFUSED, "%s: done by the step %s (cs-progress %s %s)", rule->id, rule->done_step,
			       rule->done_step, label_of(o));
	if (rule->done_field)
		return cs_fail(e, CS_REFUSED, "%s: done when %s is set", rule->id, rule->done_field);
	if (rule->done_approval)
		return cs_fail(e, CS_REFUSED, "%s: done by the answer (cs-progress approve %s, or reject)", rule->id,
			       label_of(o));
	if (rule->done_contact)
		return cs_fail(e, CS_REFUSED, "%s: done by a contact (cs-callback record %s)", rule->id, label_of(o));
	if (rule->form && check_form(o, given, e) < 0)
		return -1;
	if (rule->done_evidence && !has_evidence(d, rule->done_evidence))
		return cs_fail(e, CS_REFUSED, "%s needs evidence (--evidence %s)", rule->id, rule->done_evidence);
	for (size_t i = 0; rule->done_evidence && i < d->v.evidence_count; i++)
		if (strcmp(d->v.evidence[i].kind, rule->done_evidence) == 0)
			*evidence = d->v.evidence[i].digest ? d->v.evidence[i].digest : rule->done_evidence;
	if (given->text)
		*evidence = keep_text(d, given->text);
	return rule->done_report || rule->done_draw ? check_made(o, given, cause, evidence, e) : 0;
}

/* A folding of its own keeps a unit's rows up to date; a ticket is folded by the event. */
static int record(struct cs_owing *o, struct cs_decision *d, struct cs_err *e)
{
	const struct cs_deed deed = {d->ev.about, d->ev.subject, CS_STEP_DUTY, d->ev.at, o->s->actor};

	if (!o->unit)
		return cs_session_record(o->s, o->im, deed, d->out, e);
	cs_image_copy(o->im, &d->after);
	return cs_session_record(o->s, NULL, deed, d->out, e);
}

static const char *told(struct cs_decision *d, const struct cs_owing *o, const struct cs_delivery *given,
			const char *cause)
{
	struct cs_arena *a = d->after.arena;
	const char *path = cs_arena_printf(a, "duties/%s", given->rule->id);
	const bool open = o->unit || !cs_access_secret(&d->v);
	const char *note = open ? given->note : NULL, *text = open ? given->text : NULL;

	return cs_arena_printf(a, "%s %s%s%s%s%s%s%s", label_of(o), cs_policy_label(d->v.policy, "zh", path),
			       given->rule->by_period ? " " : "", given->rule->by_period ? cause : "", note ? ": " : "",
			       note ? note : "", text ? "\n" : "", text ? text : "");
}

int cs_duty_done(struct cs_owing *o, const struct cs_delivery *given, const char **cause, struct cs_err *e)
{
	const struct cs_request req = {.step = CS_STEP_DUTY,
				       .at = at_of(o, given),
				       .note = given->note,
				       .evidence = given->evidence,
				       .evidence_count = given->evidence_count};
	const struct cs_owed_row *row = cs_owing_find(o, given, e);
	struct cs_effects out = {.arena = o->im->arena};
	const struct cs_whos owner = {(struct cs_who *)&given->rule->owner, 1};
	const char *evidence = NULL;
	struct cs_decision d;

	if (!row || check_at(o, req.at, row->owed_at, "it was owed", e) < 0)
		return -1;
	*cause = row->cause;
	begin(&d, o, &req, &out);
	if (!may(&d.v, given->rule, row, o->s->actor))
		return fail_not_yours(&d.v, given->rule->id,
				      given->rule->done_by.count ? &given->rule->done_by : &owner, e);
	if (cs_decide_evidence(&d, e) < 0 || check_delivery(&d, o, given, row->cause, &evidence, e) < 0)
		return -1;
	cs_decide_note(&d);
	if (cs_decide_done(&d, row, evidence, e) < 0)
		return -1;
	return cs_decide_delivered(&d, given->rule, told(&d, o, given, *cause), e) < 0 ? -1 : record(o, &d, e);
}

/* --- waiving ---------------------------------------------------------------------------------- */

struct counted {
	struct cs_session *s;
	const struct cs_scope *scope;
	int64_t unit, found; /* found: the first such ticket, 0 none */
};

static int count_one(const struct cs_ticket_row *t, void *arg, struct cs_err *e)
{
	struct counted *c = arg;
	struct cs_image im;
	struct cs_view v = {.s = c->s, .policy = c->s->policy, .im = &im, .at = c->s->now};
	const int64_t place = t->place != CS_NULL ? t->place : t->handling != CS_NULL ? t->handling : t->accepting;

	if (!cs_org_below(&c->s->org, place, c->unit) ||
	    (c->scope->kinds.count && !cs_ids_has(&c->scope->kinds, t->kind)))
		return 0;
	cs_image_init(&im, &c->s->work);
	if (cs_image_load(&im, c->s->db, t->id, e) < 0)
		return -1;
	v.kind = cs_session_kind(c->s, &im, NULL);
	if (!v.kind || !cs_scope_has(&v, c->scope))
		return 0;
	c->found = t->id;
	return 1;
}

/* A ticket that lies in the unit and was opened in the period, as the rule says. */
static int find_some(const struct cs_owing *o, const struct cs_duty *rule, const char *cause, int64_t *found,
		     struct cs_err *e)
{
	struct counted c = {o->s, &rule->none, o->unit->id, 0};
	const uint64_t need = cs_table_bit(&cs_ticket_table, "id") | cs_table_bit(&cs_ticket_table, "kind") |
			      cs_table_bit(&cs_ticket_table, "place") | cs_table_bit(&cs_ticket_table, "handling") |
			      cs_table_bit(&cs_ticket_table, "accepting");
	struct cs_period in;
	struct cs_filter f;

	cs_filter_init(&f);
	if (cs_period_parse(cause, o->s->policy->zone, &in, e) < 0)
		return -1;
	f.opened_from = in.from;
	f.opened_to = in.to;
	if (cs_filter_walk(o->s, &f, need, count_one, &c, e) < 0)
		return -1;
	*found = c.found;
	return 0;
}

int cs_duty_waive(struct cs_owing *o, const struct cs_delivery *given, const char **cause, struct cs_err *e)
{
	const struct cs_request req = {.step = CS_STEP_DUTY, .at = at_of(o, given), .note = given->note};
	const struct cs_delivery meant = {.rule = given->rule, .period = given->period, .at = given->at, .waive = true};
	const struct cs_owed_row *row = cs_owing_find(o, &meant, e);
	const struct cs_duty *rule = given->rule;
	struct cs_effects out = {.arena = o->im->arena};
	struct cs_decision d;
	int64_t found = 0;
	char ref[CS_REF_SIZE];

	if (!row || check_at(o, req.at, row->owed_at, "it was owed", e) < 0)
		return -1;
	if (!given->note || cs_utf8_blank(given->note))
		return cs_fail(e, CS_REFUSED, "%s: say why (--note TEXT)", rule->id);
	if (!rule->waive_by.count)
		return cs_fail(e, CS_REFUSED, "%s: the rules let nobody waive it", rule->id);
	*cause = row->cause;
	begin(&d, o, &req, &out);
	if (!answers(&d.v, &rule->waive_by, o->s->actor))
		return fail_not_yours(&d.v, rule->id, &rule->waive_by, e);
	if (rule->has_none && rule->by_period && o->unit && find_some(o, rule, row->cause, &found, e) < 0)
		return -1;
	if (found)
		return cs_fail(e, CS_REFUSED, "%s of %s: there is something to deliver, such as %s", rule->id,
			       row->cause, cs_ref_text(found, ref));
	cs_decide_note(&d);
	cs_emit(&d, CS_OP_WAIVE, CS_S(row->duty), CS_S(row->cause), CS_S(WAIVED));
	return record(o, &d, e);
}

/* --- what was delivered ----------------------------------------------------------------------- */

int cs_duty_delivered(struct cs_db *db, const struct cs_owed_row *row, struct cs_arena *a, const char **text,
		      struct cs_err *e)
{
	struct cs_effects l = {.arena = a};
	const char *salt;
	struct cs_event ev;
	int rc;

	*text = NULL;
	if (row->done_event == CS_NULL)
		return 0;
	rc = cs_event_get(db, row->done_event, a, &ev, e);
	if (rc != 1 || cs_effects_read(&l, ev.facts, ev.private_part, e) < 0)
		return rc == 0 ? cs_fail(e, CS_IO, "event %lld is not there; run cs-check", (long long)row->done_event)
			       : -1;
	*text = cs_effects_text(&l, DELIVERED);
	salt = cs_effects_text(&l, SALTED);
	if (*text && (!row->evidence || !salt || strcmp(row->evidence, text_digest(a, salt, *text)) != 0))
		return cs_fail(e, CS_IO, "what was delivered is not what its digest says; run cs-check");
	return *text != NULL;
}
