/* Fold: what happened -> what is. */
#include "domain/fold.h"

#include <string.h>

#include "base/buf.h"
#include "domain/crossing.h"
#include "domain/similar.h"

static int odd(const struct cs_effect *f, const char *why, struct cs_err *e)
{
	const char *about = cs_arg_text(f, 0);

	return cs_fail(e, CS_IO, "effect '%s' %s: %s", cs_op_word(f->op), about ? about : "", why);
}

static const char *text_of(const struct cs_image *im, const struct cs_effects *l, const char *a, const char *b)
{
	return cs_effects_text(l, cs_arena_printf(im->arena, "%s.%s", a, b));
}

static void fold_state(struct cs_image *im, const struct cs_event *ev, const struct cs_effect *f)
{
	bool was = cs_image_in_stock(im);
	const char *is = cs_arg_text(f, 1);

	im->t.state = cs_arg_text(f, 0);
	im->t.state_is = is ? is : "open";
	im->t.waits = cs_arg_text(f, 2);
	/* It leaves the stock: done, closed, or to stand (an agreement in force is no work). */
	if (!cs_image_in_stock(im) && (was || im->t.done_at == CS_NULL))
		im->t.done_at = ev->at;
	if (strcmp(im->t.state_is, "closed") == 0)
		im->t.closed_at = ev->at;
}

static void fold_value(struct cs_image *im, const struct cs_effects *l, const struct cs_effect *f)
{
	const char *field = cs_arg_text(f, 0);
	struct cs_value v = f->op == CS_OP_TEXT ? CS_S(text_of(im, l, "text", field)) : f->arg[1];

	cs_image_set_own(im, field, &v, f->op == CS_OP_TEXT);
}

static void fold_key(struct cs_image *im, const struct cs_effects *l, const struct cs_effect *f)
{
	const char *field = cs_arg_text(f, 0);
	struct cs_ticket_key_row *r = NULL;

	for (size_t i = 0; i < cs_image_count(im, CS_P_KEY) && !r; i++) {
		r = cs_image_at(im, CS_P_KEY, i);
		if (strcmp(r->field, field) != 0)
			r = NULL;
	}
	if (!r)
		r = cs_image_add(im, CS_P_KEY);
	r->ticket = im->t.id;
	r->field = field;
	r->value = cs_arg_text(f, 1) ? cs_arg_text(f, 1) : text_of(im, l, "text", field);
	cs_image_touch(im, CS_P_KEY, r);
}

static void fold_cell(struct cs_image *im, const struct cs_effects *l, const struct cs_effect *f)
{
	const char *list = cs_arg_text(f, 0), *key = cs_arg_text(f, 1), *field = cs_arg_text(f, 2);
	struct cs_ticket_row_row *r = cs_image_list_row(im, list, key);
	struct cs_value v = f->arg[3];

	if (!r) {
		r = cs_image_add(im, CS_P_ROW);
		r->ticket = im->t.id;
		r->list = list;
		r->key = key;
	}
	if (f->op == CS_OP_CELL_TEXT)
		v = CS_S(cs_effects_text(l, cs_arena_printf(im->arena, "cell.%s.%s.%s", list, key, field)));
	cs_image_set_cell(im, r, field, &v, f->op == CS_OP_CELL_TEXT);
}

static int fold_party(struct cs_image *im, const struct cs_effects *l, const struct cs_effect *f, struct cs_err *e)
{
	struct cs_party_row *r;

	if (f->op == CS_OP_PARTY) {
		r = cs_image_add(im, CS_P_PARTY);
		r->ticket = im->t.id;
		r->seq = cs_arg_int(f, 0);
		r->person = cs_arg_int(f, 1);
		r->capacity = cs_arg_text(f, 2);
		return 0;
	}
	for (size_t i = 0; i < cs_image_count(im, CS_P_PARTY); i++) {
		r = cs_image_at(im, CS_P_PARTY, i);
		if (r->seq == cs_arg_int(f, 0)) {
			if (f->op == CS_OP_PARTY_END)
				r->until = cs_arg_int(f, 1);
			else if (f->op == CS_OP_PRINCIPAL)
				r->principal = cs_arg_int(f, 1);
			else
				r->name = cs_effects_text(
					l, cs_arena_printf(im->arena, "party.%lld.name", (long long)r->seq));
			cs_image_touch(im, CS_P_PARTY, r);
			return 0;
		}
	}
	return odd(f, "no such party", e);
}

static void fold_appeal(struct cs_image *im, const struct cs_event *ev, const struct cs_effect *f)
{
	struct cs_appeal_row *r = cs_image_add(im, CS_P_APPEAL);

	r->ticket = im->t.id;
	r->seq = cs_arg_int(f, 0);
	r->person = cs_arg_int(f, 1);
	r->at = ev->at;
	r->step = cs_arena_strdup(im->arena, ev->step); /* the event's texts go with it */
}

static int fold_link(struct cs_image *im, const struct cs_event *ev, const struct cs_effect *f, struct cs_err *e)
{
	struct cs_link_row *r;

	if (f->op == CS_OP_LINK) {
		r = cs_image_add(im, CS_P_LINK);
		r->ticket = im->t.id;
		r->seq = cs_arg_int(f, 0);
		r->link = cs_arg_text(f, 1);
		r->from_at = ev->at;
		r->other = cs_arg_int(f, 2);
		return 0;
	}
	for (size_t i = 0; i < cs_image_count(im, CS_P_LINK); i++) {
		r = cs_image_at(im, CS_P_LINK, i);
		if (r->seq == cs_arg_int(f, 0)) {
			r->until = cs_arg_int(f, 1);
			cs_image_touch(im, CS_P_LINK, r);
			return 0;
		}
	}
	return odd(f, "no such link", e);
}

static void fold_evidence(struct cs_image *im, const struct cs_event *ev, const struct cs_effects *l,
			  const struct cs_effect *f)
{
	struct cs_evidence_row *r = cs_image_add(im, CS_P_EVIDENCE);

	r->ticket = im->t.id;
	r->seq = cs_arg_int(f, 0);
	r->event = ev->id;
	r->kind = cs_arg_text(f, 1);
	r->digest = cs_arg_text(f, 2);
	r->signer = cs_effects_text(l, cs_arena_printf(im->arena, "evidence.%lld.signer", (long long)r->seq));
	r->kept = cs_effects_text(l, cs_arena_printf(im->arena, "evidence.%lld.kept", (long long)r->seq));
}

/* A due that is to come was not passed, whatever was recorded before. */
static void set_crossings(struct cs_clock_row *c, const char *crossings)
{
	if (c->breached == 1 && cs_crossings_have(crossings, CS_CROSS_DUE))
		c->breached = 0;
	c->crossings = crossings;
	c->next_at = c->held_at == CS_NULL ? cs_crossings_next(crossings) : CS_NULL;
}

static void fold_clock_start(struct cs_image *im, const struct cs_event *ev, const struct cs_effect *f)
{
	struct cs_clock_row *c = cs_image_add(im, CS_P_CLOCK);

	c->ticket = im->t.id;
	c->clock = cs_arg_text(f, 0);
	c->cycle = im->t.cycle;
	c->run = cs_arg_int(f, 1);
	c->rule = cs_arg_int(f, 2);
	c->edition = ev->edition;
	c->start_at = cs_arg_int(f, 3);
	c->counted_from = cs_arg_int(f, 4);
	c->due_at = cs_arg_int(f, 5);
	c->due_set = cs_arg_int(f, 6);
	set_crossings(c, cs_arg_text(f, 7));
	c->paused_at = cs_arg_int(f, 8);
	c->breached = 0;
}

static void end_pause(struct cs_image *im, struct cs_clock_row *c, int64_t at)
{
	if (c->paused_at == CS_NULL)
		return;
	if (at > c->paused_at)
		c->pauses = cs_arena_printf(im->arena, "%s%s%lld-%lld", c->pauses ? c->pauses : "",
					    c->pauses ? "," : "", (long long)c->paused_at, (long long)at);
	c->paused_at = CS_NULL;
}

/* One that fired too early, as it turned out, and fires now. */
static struct cs_rung_row *moot_rung(const struct cs_image *im, const struct cs_clock_row *c, const char *rung)
{
	for (size_t i = 0; i < cs_image_count(im, CS_P_RUNG); i++) {
		struct cs_rung_row *r = cs_image_at(im, CS_P_RUNG, i);

		if (r->moot == 1 && r->cycle == c->cycle && r->run == c->run && strcmp(r->clock, c->clock) == 0 &&
		    strcmp(r->rung, rung) == 0)
			return r;
	}
	return NULL;
}

static void fold_rung(struct cs_image *im, const struct cs_event *ev, struct cs_clock_row *c, const struct cs_effect *f)
{
	struct cs_rung_row *r = moot_rung(im, c, cs_arg_text(f, 1));

	if (r)
		cs_image_touch(im, CS_P_RUNG, r);
	else
		r = cs_image_add(im, CS_P_RUNG);
	r->ticket = im->t.id;
	r->clock = c->clock;
	r->cycle = c->cycle;
	r->rung = cs_arg_text(f, 1);
	r->run = c->run;
	r->at = ev->at;
	r->event = ev->id;
	r->to_staff = cs_arg_int(f, 2);
	r->moot = 0;
	r->imported = cs_arg_int(f, 3) == 1;
	set_crossings(c, cs_crossings_without(im->arena, c->crossings, r->rung));
}

/* Of a clock that ran several times in the cycle the last run is meant, unless it is named. */
static int fold_moot(struct cs_image *im, const struct cs_effect *f, struct cs_err *e)
{
	int64_t cycle = f->op == CS_OP_MOOT ? im->t.cycle : cs_arg_int(f, 2);
	struct cs_rung_row *last = NULL;

	for (size_t i = 0; i < cs_image_count(im, CS_P_RUNG); i++) {
		struct cs_rung_row *r = cs_image_at(im, CS_P_RUNG, i);

		if (f->op == CS_OP_RUN_MOOT && r->run != cs_arg_int(f, 3))
			continue;
		if (r->cycle == cycle && strcmp(r->clock, cs_arg_text(f, 0)) == 0 &&
		    strcmp(r->rung, cs_arg_text(f, 1)) == 0 && (!last || r->run > last->run))
			last = r;
	}
	if (!last)
		return odd(f, "this rung has not fired", e);
	last->moot = 1;
	cs_image_touch(im, CS_P_RUNG, last);
	return 0;
}

static struct cs_clock_row *run_of(const struct cs_image *im, const struct cs_effect *f)
{
	const char *clock = cs_arg_text(f, 0);

	switch (f->op) {
	case CS_OP_RUN_RUNG: return cs_image_run(im, clock, cs_arg_int(f, 4), cs_arg_int(f, 5));
	case CS_OP_RUN_BREACH: return cs_image_run(im, clock, cs_arg_int(f, 1), cs_arg_int(f, 2));
	case CS_OP_RUN_RECLOCK: return cs_image_run(im, clock, cs_arg_int(f, 6), cs_arg_int(f, 7));
	default: return cs_image_clock(im, clock);
	}
}

static int fold_clock(struct cs_image *im, const struct cs_event *ev, const struct cs_effect *f, struct cs_err *e)
{
	struct cs_clock_row *c = run_of(im, f);

	if (!c)
		return odd(f, "no such clock", e);
	switch (f->op) {
	case CS_OP_PAUSE:
		c->paused_at = cs_arg_int(f, 1);
		c->due_at = cs_arg_int(f, 2);
		set_crossings(c, cs_arg_text(f, 3));
		break;
	case CS_OP_RESUME:
		end_pause(im, c, cs_arg_int(f, 1));
		c->due_at = cs_arg_int(f, 2);
		set_crossings(c, cs_arg_text(f, 3));
		break;
	case CS_OP_STOP:
		end_pause(im, c, cs_arg_int(f, 1));
		c->stop_at = cs_arg_int(f, 1);
		c->verdict = cs_arg_text(f, 2);
		set_crossings(c, NULL);
		break;
	case CS_OP_MOVE:
		c->due_at = cs_arg_int(f, 1);
		c->due_set = 1;
		c->breached = 0;
		set_crossings(c, cs_arg_text(f, 2));
		break;
	case CS_OP_RECLOCK:
	case CS_OP_RUN_RECLOCK:
		c->edition = cs_arg_int(f, 1);
		c->counted_from = cs_arg_int(f, 2);
		c->due_at = cs_arg_int(f, 3);
		set_crossings(c, cs_arg_text(f, 4));
		c->rule = cs_arg_int(f, 5);
		break;
	case CS_OP_BREACH:
	case CS_OP_RUN_BREACH:
		c->breached = 1;
		set_crossings(c, cs_crossings_without(im->arena, c->crossings, CS_CROSS_DUE));
		break;
	case CS_OP_MISSED:
		if (c->missed_due == CS_NULL)
			c->missed_due = cs_arg_int(f, 1);
		break;
	case CS_OP_EXTEND: cs_fold_extended(c); break;
	case CS_OP_SKIP:
		set_crossings(c, cs_crossings_without(im->arena, c->crossings, cs_arg_text(f, 1)));
		break;
	default:
		fold_rung(im, ev, c, f);
		break;
	}
	cs_image_touch(im, CS_P_CLOCK, c);
	return 0;
}

static int fold_owed(struct cs_image *im, const struct cs_event *ev, const struct cs_effect *f, struct cs_err *e)
{
	const char *duty = cs_arg_text(f, 0), *cause = cs_arg_text(f, 1);
	struct cs_owed_row *r;

	for (size_t i = 0; i < cs_image_count(im, CS_P_OWED); i++) {
		r = cs_image_at(im, CS_P_OWED, i);
		if (strcmp(r->duty, duty) != 0 || strcmp(r->cause, cause) != 0)
			continue;
		cs_image_touch(im, CS_P_OWED, r);
		return cs_fold_owed(r, ev, f, im->arena, e);
	}
	if (f->op != CS_OP_OWE)
		return odd(f, "not owed", e);
	r = cs_image_add(im, CS_P_OWED);
	r->about = "ticket";
	r->subject = im->t.id;
	return cs_fold_owed(r, ev, f, im->arena, e);
}

static void fold_callback_new(struct cs_image *im, const struct cs_event *ev, const struct cs_effect *f)
{
	struct cs_callback_row *r = cs_image_add(im, CS_P_CALLBACK);

	r->ticket = im->t.id;
	r->seq = cs_arg_int(f, 0);
	r->rule = cs_arg_text(f, 1);
	r->purpose = cs_arg_text(f, 2);
	r->person = cs_arg_int(f, 3);
	r->method = cs_arg_text(f, 4);
	r->caller = cs_arg_int(f, 5);
	r->state = cs_arg_text(f, 6);
	r->happening = cs_arg_text(f, 7);
	r->planned_at = ev->at;
	r->from_at = cs_arg_int(f, 8);
	r->due_at = cs_arg_int(f, 9);
	r->give_up_at = cs_arg_int(f, 10);
	r->not_by = cs_arg_text(f, 11);
	r->draw = cs_arg_int(f, 12);
	r->tries = 0;
	r->cycle = im->t.cycle;
}

static void fold_attempt(struct cs_image *im, const struct cs_event *ev, struct cs_callback_row *c,
			 const struct cs_effect *f)
{
	struct cs_attempt_row *r = cs_image_add(im, CS_P_ATTEMPT);

	r->ticket = im->t.id;
	r->callback = c->seq;
	r->seq = cs_arg_int(f, 1);
	r->at = ev->at;
	r->method = cs_arg_text(f, 2);
	r->outcome = cs_arg_text(f, 3);
	r->staff = ev->actor;
	c->tries++;
}

static int fold_callback(struct cs_image *im, const struct cs_event *ev, const struct cs_effects *l,
			 const struct cs_effect *f, struct cs_err *e)
{
	struct cs_callback_row *c = cs_image_callback(im, cs_arg_int(f, 0));

	if (!c)
		return odd(f, "no such call-back", e);
	switch (f->op) {
	case CS_OP_RELEASE:
		c->state = "open";
		c->from_at = cs_arg_int(f, 1);
		c->due_at = cs_arg_int(f, 2);
		break;
	case CS_OP_ATTEMPT:
		fold_attempt(im, ev, c, f);
		break;
	case CS_OP_METHOD:
		c->method = cs_arg_text(f, 1);
		c->caller = cs_arg_int(f, 2);
		c->from_at = cs_arg_int(f, 3);
		c->due_at = cs_arg_int(f, 4);
		c->tries = 0;
		break;
	case CS_OP_ANSWER:
		c->state = "done";
		c->outcome = cs_arg_text(f, 1);
		c->score = cs_arg_int(f, 2);
		c->done_at = ev->at;
		c->answers = cs_effects_text(l, cs_arena_printf(im->arena, "callback.%lld.answers", (long long)c->seq));
		break;
	default:
		c->state = cs_arg_text(f, 1);
		c->outcome = cs_arg_text(f, 2);
		c->done_at = ev->at;
		break;
	}
	cs_image_touch(im, CS_P_CALLBACK, c);
	return 0;
}

/* By the words of the registration; what else it is compared by follows the ticket (see below). */
static int fold_likeness(struct cs_image *im, const struct cs_effects *l, const struct cs_effect *f, struct cs_err *e)
{
	struct cs_likeness_row *r = cs_image_count(im, CS_P_LIKENESS) ? cs_image_at(im, CS_P_LIKENESS, 0)
								      : cs_image_add(im, CS_P_LIKENESS);
	const char *subject = cs_effects_text(l, "subject"), *body = cs_effects_text(l, "body");
	char text[CS_LIKENESS_TEXT];
	struct cs_likeness words;

	if (cs_arg_int(f, 0) != CS_LIKENESS_VERSION)
		return odd(f, "another version", e);
	cs_likeness_of(subject, body, &words);
	r->ticket = im->t.id;
	r->total = words.total;
	r->grams = words.count ? cs_arena_strdup(im->arena, cs_likeness_text(&words, text)) : NULL;
	cs_image_touch(im, CS_P_LIKENESS, r);
	return 0;
}

static int fold_approval(struct cs_image *im, const struct cs_event *ev, const struct cs_effect *f, struct cs_err *e)
{
	int64_t seq = cs_arg_int(f, 0);
	struct cs_approval_row *r = NULL;

	if (f->op == CS_OP_ASK) {
		if (!cs_arg_text(f, 1) || !cs_arg_text(f, 2) || !cs_arg_text(f, 3) || !cs_arg_text(f, 4))
			return odd(f, "a name is missing", e);
		r = cs_image_add(im, CS_P_APPROVAL);
		r->ticket = im->t.id;
		r->seq = seq;
		r->step = cs_arg_text(f, 1);
		r->digest = cs_arg_text(f, 2);
		r->whom = cs_arg_text(f, 3);
		r->word = cs_arg_text(f, 4);
		r->rest = cs_arg_text(f, 5);
		r->asker = cs_arg_int(f, 6);
		r->asked = cs_arg_int(f, 7) == CS_NULL ? ev->id : cs_arg_int(f, 7);
		r->asked_at = cs_arg_int(f, 8) == CS_NULL ? ev->at : cs_arg_int(f, 8);
		r->state = "pending";
		return 0;
	}
	for (size_t i = 0; i < cs_image_count(im, CS_P_APPROVAL); i++) {
		r = cs_image_at(im, CS_P_APPROVAL, i);
		if (r->seq == seq)
			break;
		r = NULL;
	}
	if (!r || !cs_arg_text(f, 1))
		return odd(f, "nothing was put to approval", e);
	if (strcmp(r->state, "pending") == 0)
		r->at = ev->at; /* it waits no more */
	r->state = cs_arg_text(f, 1);
	if (strcmp(r->state, "given") == 0 || strcmp(r->state, "rejected") == 0)
		r->staff = ev->actor;
	cs_image_touch(im, CS_P_APPROVAL, r);
	return 0;
}

/* How many of its first arguments name something; a damaged history may lack them. */
static const unsigned char names[CS_OP_COUNT] = {
	[CS_OP_STATE] = 2,      [CS_OP_SET] = 1,       [CS_OP_FIELD] = 1,       [CS_OP_TEXT] = 1,
	[CS_OP_KEY] = 1,        [CS_OP_CELL] = 3,      [CS_OP_CELL_TEXT] = 3,   [CS_OP_CLOCK] = 1,
	[CS_OP_PAUSE] = 1,      [CS_OP_RESUME] = 1,    [CS_OP_STOP] = 1,        [CS_OP_MOVE] = 1,
	[CS_OP_RECLOCK] = 1,    [CS_OP_RUNG] = 2,      [CS_OP_BREACH] = 1,      [CS_OP_MOOT] = 2,
	[CS_OP_OWE] = 2,        [CS_OP_DONE] = 2,      [CS_OP_WAIVE] = 2,       [CS_OP_SKIP] = 2,
	[CS_OP_MISSED] = 1,     [CS_OP_DUTY_LATE] = 3, [CS_OP_DUTY_MISSED] = 2, [CS_OP_DUTY_MOVE] = 2,
	[CS_OP_HOLD] = 1,       [CS_OP_FREE] = 1,      [CS_OP_RUN_VIA] = 1,     [CS_OP_ANNUL] = 1,
	[CS_OP_AGAIN] = 1,      [CS_OP_UNWAIVE] = 2,   [CS_OP_EXTEND] = 1,      [CS_OP_RUN_RUNG] = 2,
	[CS_OP_RUN_BREACH] = 1, [CS_OP_RUN_MOOT] = 2,  [CS_OP_RUN_RECLOCK] = 1, [CS_OP_RUN_MOVE] = 1,
};

int cs_fold_effect(struct cs_image *im, const struct cs_event *ev, const struct cs_effects *l,
		   const struct cs_effect *f, struct cs_err *e)
{
	for (size_t i = 0; i < names[f->op]; i++)
		if (!cs_arg_text(f, i))
			return odd(f, "a name is missing", e);
	switch (f->op) {
	case CS_OP_STATE: fold_state(im, ev, f); return 0;
	case CS_OP_CYCLE:
		im->t.cycle = cs_arg_int(f, 0);
		im->t.cycle_event = ev->id;
		return 0;
	case CS_OP_SET:
		return cs_row_set(&cs_ticket_table, &im->t, cs_arg_text(f, 0), &f->arg[1]) < 0
			       ? odd(f, "no such column", e)
			       : 0;
	case CS_OP_SUBJECT: im->t.subject = cs_effects_text(l, "subject"); return 0;
	case CS_OP_FIELD:
	case CS_OP_TEXT: fold_value(im, l, f); return 0;
	case CS_OP_KEY: fold_key(im, l, f); return 0;
	case CS_OP_CELL:
	case CS_OP_CELL_TEXT: fold_cell(im, l, f); return 0;
	case CS_OP_PARTY:
	case CS_OP_PARTY_END:
	case CS_OP_PARTY_NAME:
	case CS_OP_PRINCIPAL: return fold_party(im, l, f, e);
	case CS_OP_APPEAL: fold_appeal(im, ev, f); return 0;
	case CS_OP_VIA:
	case CS_OP_HOLD:
	case CS_OP_FREE:
	case CS_OP_RUN_VIA:
	case CS_OP_ANNUL:
	case CS_OP_AGAIN:
	case CS_OP_RUN_MOVE:
	case CS_OP_UNDROP:
	case CS_OP_UNWAIVE: return cs_fold_merging(im, ev, f, e);
	case CS_OP_LINK:
	case CS_OP_LINK_END: return fold_link(im, ev, f, e);
	case CS_OP_EVIDENCE: fold_evidence(im, ev, l, f); return 0;
	case CS_OP_CLOCK: fold_clock_start(im, ev, f); return 0;
	case CS_OP_PAUSE:
	case CS_OP_RESUME:
	case CS_OP_STOP:
	case CS_OP_MOVE:
	case CS_OP_RECLOCK:
	case CS_OP_RUN_RECLOCK:
	case CS_OP_RUNG:
	case CS_OP_SKIP:
	case CS_OP_MISSED:
	case CS_OP_EXTEND:
	case CS_OP_RUN_RUNG:
	case CS_OP_RUN_BREACH:
	case CS_OP_BREACH: return fold_clock(im, ev, f, e);
	case CS_OP_RUN_MOOT:
	case CS_OP_MOOT: return fold_moot(im, f, e);
	case CS_OP_OWE:
	case CS_OP_DONE:
	case CS_OP_WAIVE:
	case CS_OP_DUTY_LATE:
	case CS_OP_DUTY_MISSED:
	case CS_OP_DUTY_MOVE: return fold_owed(im, ev, f, e);
	case CS_OP_CALLBACK: fold_callback_new(im, ev, f); return 0;
	case CS_OP_RELEASE:
	case CS_OP_ATTEMPT:
	case CS_OP_METHOD:
	case CS_OP_ANSWER:
	case CS_OP_CALL_END: return fold_callback(im, ev, l, f, e);
	case CS_OP_LIKENESS: return fold_likeness(im, l, f, e);
	case CS_OP_ASK:
	case CS_OP_APPROVAL: return fold_approval(im, ev, f, e);
	case CS_OP_NOTICE:
	case CS_OP_RECORD:
	case CS_OP_RECORD_TEXT:
	case CS_OP_DRAWN:
	case CS_OP_NOTE:
	case CS_OP_COUNT: return 0;
	}
	return odd(f, "unknown", e);
}

static bool same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

/* A stay ends when the ticket moves in the stock's dimensions or comes back into stock after it was done. */
static void end_stay(struct cs_image *im, const struct cs_ticket_row *old, const char *left, int64_t to,
		     const char *next, int64_t at)
{
	struct cs_stay_row *s = cs_image_add(im, CS_P_STAY);

	s->ticket = old->id;
	s->seq = old->stays + 1;
	s->entered = old->stay_by;
	s->left = left;
	s->from_at = old->stay_at;
	s->to_at = to;
	s->unit = old->handling != CS_NULL ? old->handling : old->accepting;
	s->category = old->category;
	s->channel = old->channel;
	im->t.stays = old->stays + 1;
	im->t.stay_at = at;
	im->t.stay_by = next;
}

/* Merged out of stock, and given back: it never left. */
static bool is_given_back(const struct cs_image *im, const struct cs_ticket_row *old)
{
	return old->merged_into != CS_NULL && im->t.merged_into == CS_NULL && old->closed_at == old->done_at;
}

static void fold_stay(struct cs_image *im, const struct cs_ticket_row *old, bool was_in, const struct cs_event *ev)
{
	bool is_in = cs_image_in_stock(im);
	int64_t unit = old->handling != CS_NULL ? old->handling : old->accepting;

	if (was_in && (unit != cs_image_unit(im) || !same_text(old->category, im->t.category) ||
		       !same_text(old->channel, im->t.channel)))
		end_stay(im, old, "moved", ev->at, "moved", ev->at);
	if (!was_in && is_in && old->done_at != CS_NULL) {
		if (!is_given_back(im, old))
			end_stay(im, old, "done", old->done_at, "reopened", ev->at);
		im->t.done_at = CS_NULL;
		im->t.closed_at = CS_NULL;
	}
}

/* What a new ticket could have in common with it. */
static void follow_likeness(struct cs_image *im)
{
	struct cs_likeness_row *r = cs_image_at(im, CS_P_LIKENESS, 0);
	int64_t unit = im->t.place != CS_NULL ? im->t.place : im->t.accepting;

	if (r->at == im->t.opened_at && r->customer == im->t.customer && r->premises == im->t.premises &&
	    r->unit == unit && same_text(r->category, im->t.category))
		return;
	r->at = im->t.opened_at;
	r->customer = im->t.customer;
	r->premises = im->t.premises;
	r->unit = unit;
	r->category = im->t.category;
	cs_image_touch(im, CS_P_LIKENESS, r);
}

static bool is_of_system(const char *step)
{
	static const char *const steps[] = {CS_STEP_RUNG,  CS_STEP_RATE,    CS_STEP_GIVE_UP, CS_STEP_RECLOCK,
					    CS_STEP_PLAN,  CS_STEP_RELEASE, CS_STEP_DROP,    CS_STEP_DUTY,
					    CS_STEP_WRITE, CS_STEP_MATTER};

	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		if (strcmp(step, steps[i]) == 0)
			return true;
	return false;
}

int cs_fold_ticket(struct cs_image *im, const struct cs_event *ev, const struct cs_effects *l, struct cs_err *e)
{
	bool fresh = im->t.state == NULL, was_in = cs_image_in_stock(im);
	struct cs_ticket_row old;

	if (fresh) {
		im->t.id = ev->subject;
		im->t.opened_at = im->t.stay_at = im->t.last_at = ev->at;
		im->t.cycle = 1;
		im->t.cycle_event = ev->id;
		im->t.level = im->t.stays = im->t.imported = 0;
		im->t.stay_by = "opened";
	}
	old = im->t;
	for (size_t i = 0; i < l->count; i++)
		if (cs_fold_effect(im, ev, l, &l->effect[i], e) < 0)
			return -1;
	if (!im->t.state)
		return cs_fail(e, CS_IO, "the history does not begin with a state");
	if (cs_image_count(im, CS_P_LIKENESS))
		follow_likeness(im);
	if (!fresh)
		fold_stay(im, &old, was_in, ev);
	if (ev->at > im->t.last_at && !is_of_system(ev->step))
		im->t.last_at = ev->at;
	if (strcmp(ev->step, CS_STEP_RATE) == 0 && (im->t.rated_at == CS_NULL || ev->at > im->t.rated_at))
		im->t.rated_at = ev->at;
	im->t.last_event = ev->id;
	im->dirty = true;
	return 0;
}
