/* Putting a step to approval, answering, using what was approved. */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "domain/access.h"
#include "domain/approval.h"
#include "domain/fold.h"
#include "store/owed.h"
#include "store/ref.h"

enum { SALT = 16 };

bool cs_approval_is_answer(const char *step)
{
	return strcmp(step, CS_STEP_APPROVE) == 0 || strcmp(step, CS_STEP_REJECT) == 0;
}

static bool is_open(const struct cs_approval_row *r)
{
	return strcmp(r->state, "pending") == 0 || (strcmp(r->state, "given") == 0 && !r->rest);
}

const struct cs_approval_row *cs_approval_open(const struct cs_image *im, const char *step)
{
	const struct cs_approval_row *last = NULL;

	for (size_t i = 0; i < cs_image_count(im, CS_P_APPROVAL); i++) {
		const struct cs_approval_row *r = cs_image_at(im, CS_P_APPROVAL, i);

		if (step ? strcmp(r->step, step) == 0 && is_open(r) : strcmp(r->state, "pending") == 0)
			last = r;
	}
	return last;
}

static int by_name(const void *a, const void *b)
{
	const struct cs_given *x = a, *y = b;

	return strcmp(x->name, y->name);
}

/* Of the step, what is given with it in the order of the names, and the note. */
static const char *digest_of(const struct cs_request *r, const char *step, const char *salt, struct cs_arena *a)
{
	struct cs_given *set = cs_arena_alloc(a, (r->set_count + 1) * sizeof *set);
	unsigned char sum[CS_HASH_SIZE];
	char *text = cs_arena_alloc(a, 2 * CS_HASH_SIZE + 1);
	struct cs_hash h;

	if (r->set_count)
		memcpy(set, r->set, r->set_count * sizeof *set);
	qsort(set, r->set_count, sizeof *set, by_name);
	cs_hash_init(&h);
	cs_hash_text(&h, salt);
	cs_hash_text(&h, step);
	for (size_t i = 0; i < r->set_count; i++) {
		cs_hash_text(&h, set[i].name);
		cs_hash_text(&h, set[i].text);
	}
	cs_hash_text(&h, r->note);
	cs_hash_end(&h, sum);
	return cs_hex(sum, sizeof sum, text);
}

/* The texts of the event that asked. 1, 0 when they were erased, -1. */
static int read_asked(struct cs_session *s, const struct cs_approval_row *row, struct cs_effects *l, struct cs_err *e)
{
	struct cs_event ev;
	int rc = cs_event_get(s->db, row->asked, l->arena, &ev, e);

	if (rc == 1 && cs_effects_read(l, ev.facts, ev.private_part, e) < 0)
		rc = -1;
	return rc < 0 ? -1 : cs_effects_text(l, CS_ASK_SALT) != NULL;
}

int cs_approval_fill(struct cs_session *s, const struct cs_image *im, const struct cs_kind *k, struct cs_request *r,
		     struct cs_arena *a, struct cs_err *e)
{
	const struct cs_step *st = cs_kind_step(k, r->step);
	const struct cs_approval_row *row =
		st && st->stage_count && !r->set_count && !r->note ? cs_approval_open(im, r->step) : NULL;
	struct cs_effects l = {.arena = a};
	struct cs_given *set;
	int rc;

	if (!row || strcmp(row->state, "given") != 0)
		return 0;
	rc = read_asked(s, row, &l, e);
	if (rc == 0)
		return cs_fail(e, CS_REFUSED, "%s: what was approved was erased", r->step);
	if (rc < 0)
		return -1;
	set = cs_arena_alloc(a, (l.private_count + 1) * sizeof *set);
	for (size_t i = 0; i < l.private_count; i++)
		if (strncmp(l.private_text[i].key, CS_ASK_SET, strlen(CS_ASK_SET)) == 0)
			set[r->set_count++] =
				(struct cs_given){l.private_text[i].key + strlen(CS_ASK_SET), l.private_text[i].text};
	r->set = set;
	r->note = cs_effects_text(&l, CS_ASK_NOTE);
	return 0;
}

/* --- what is owed while it waits --------------------------------------------------------------- */

static const char *cause_of(struct cs_decision *d, int64_t seq)
{
	return cs_arena_printf(d->after.arena, CS_ASK_CAUSE "%lld", (long long)seq);
}

static const struct cs_owed_row *owed_for(struct cs_decision *d, int64_t seq)
{
	const char *cause = cause_of(d, seq);

	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_OWED); i++) {
		const struct cs_owed_row *o = cs_image_at(&d->after, CS_P_OWED, i);

		if (cs_owed_open(o) && strcmp(o->cause, cause) == 0)
			return o;
	}
	return NULL;
}

static void drop_open(struct cs_decision *d, const char *step)
{
	const struct cs_approval_row *row = cs_approval_open(&d->after, step);
	const struct cs_owed_row *owed;

	if (!row)
		return;
	owed = owed_for(d, row->seq);
	cs_emit(d, CS_OP_APPROVAL, CS_I(row->seq), CS_S("dropped"));
	if (owed)
		cs_emit(d, CS_OP_WAIVE, CS_S(owed->duty), CS_S(owed->cause), CS_S("dropped"));
}

void cs_decide_drop_approvals(struct cs_decision *d)
{
	for (size_t i = 0; i < d->v.kind->step_count; i++)
		if (d->v.kind->step[i].stage_count)
			drop_open(d, d->v.kind->step[i].id);
}

/* --- putting to approval ---------------------------------------------------------------------- */

/* "1,3": the stages that hold with what is given, without the first of them, which goes to *first; NULL none. */
static const char *stages(const struct cs_decision *d, int64_t *first, bool *any)
{
	const char *rest = NULL;

	*any = false;
	for (size_t i = 0; i < d->step->stage_count; i++) {
		if (cs_cond_eval(&d->v, d->step->stage[i].when) != CS_TRUE)
			continue;
		if (*any)
			rest = cs_arena_printf(d->after.arena, "%s%s%zu", rest ? rest : "", rest ? "," : "", i);
		else
			*first = (int64_t)i;
		*any = true;
	}
	return rest;
}

/* To whoever the stage means: what is asked, and by whom. */
static void tell_stage(struct cs_decision *d, const struct cs_step *st, int64_t stage)
{
	struct cs_arena *a = d->after.arena;
	const struct cs_target to = cs_who_find(&d->v, &st->stage[stage].by);
	char ref[CS_REF_SIZE];

	cs_decide_notice(
		d, &to, "approval", st->id,
		cs_arena_printf(a, "%s %s: 请%s please %s%s%s", cs_ref_text(d->after.t.id, ref),
				cs_policy_label(d->v.policy, "zh",
						cs_arena_printf(a, "kinds/%s/steps/%s", d->v.kind->id, st->id)),
				strcmp(st->stage[stage].word, "review") == 0 ? "审核" : "批准", st->stage[stage].word,
				d->after.t.subject && !cs_access_secret(&d->v) ? ": " : "",
				d->after.t.subject && !cs_access_secret(&d->v) ? d->after.t.subject : ""));
}

static int owe_stage(struct cs_decision *d, const struct cs_step *st, int64_t stage, int64_t seq, struct cs_err *e)
{
	const char *duty = st->stage[stage].owe;

	return duty ? cs_decide_owe(d, duty, cause_of(d, seq), e) : 0;
}

static int ask(struct cs_decision *d, const struct cs_image *im, int64_t first, const char *rest, struct cs_err *e)
{
	const struct cs_request *r = d->req;
	const struct cs_step *st = d->step;
	struct cs_arena *a = d->after.arena;
	unsigned char salt[SALT];
	char *text = cs_arena_alloc(a, 2 * SALT + 1);
	struct cs_decision asked;
	int64_t seq;

	if (r->row_count || r->evidence_count || r->party_count)
		return cs_fail(e, CS_REFUSED,
			       "%s: values and a note are put to approval; rows, evidence and parties are not", st->id);
	/* Nobody approves what could not be done. */
	for (size_t i = 0; i < st->move_count; i++)
		if (cs_decide_may_move(d, &st->move[i], e) < 0)
			return -1;
	cs_effects_clear(d->out);
	cs_decision_begin(&asked, d->s, im, d->v.kind, d->v.policy,
			  (struct cs_deed){"ticket", im->t.id, CS_STEP_ASK, r->at, d->ev.actor}, d->out);
	asked.req = r;
	drop_open(&asked, st->id);
	cs_random_bytes(salt, sizeof salt);
	cs_effects_private(d->out, CS_ASK_SALT, cs_hex(salt, sizeof salt, text));
	for (size_t i = 0; i < r->set_count; i++)
		cs_effects_private(d->out, cs_arena_printf(a, CS_ASK_SET "%s", r->set[i].name),
				   cs_arena_strdup(a, r->set[i].text));
	if (r->note)
		cs_effects_private(d->out, CS_ASK_NOTE, cs_arena_strdup(a, r->note));
	seq = cs_image_next_seq(&asked.after, CS_P_APPROVAL);
	cs_emit(&asked, CS_OP_ASK, CS_I(seq), CS_S(st->id), CS_S(digest_of(r, st->id, text, a)), CS_I(first),
		CS_S(st->stage[first].word), CS_S(rest), CS_I(d->ev.actor), CS_I(CS_NULL), CS_I(CS_NULL));
	tell_stage(&asked, st, first);
	return owe_stage(&asked, st, first, seq, e) < 0 ? -1 : 1;
}

int cs_decide_approval(struct cs_decision *d, const struct cs_image *im, struct cs_err *e)
{
	const struct cs_approval_row *row;
	struct cs_effects l = {.arena = d->after.arena};
	const char *rest;
	int64_t first = 0;
	bool any;
	int rc;

	if (d->step->stage_count == 0 || d->req->history)
		return 0;
	rest = stages(d, &first, &any);
	if (!any)
		return 0;
	row = cs_approval_open(im, d->step->id);
	rc = row && strcmp(row->state, "given") == 0 ? read_asked(d->s, row, &l, e) : 0;
	if (rc < 0)
		return -1;
	if (rc == 1 && strcmp(digest_of(d->req, d->step->id, cs_effects_text(&l, CS_ASK_SALT), d->after.arena),
			      row->digest) == 0) {
		cs_emit(d, CS_OP_APPROVAL, CS_I(row->seq), CS_S("used"));
		return 0;
	}
	return ask(d, im, first, rest, e);
}

/* --- answers ---------------------------------------------------------------------------------- */

/* The step that is answered: named, or the only one that waits. */
static const struct cs_approval_row *asked_about(struct cs_decision *d, struct cs_err *e)
{
	const struct cs_approval_row *found = NULL;
	const char *named = d->req->answers;
	size_t pending = 0;

	for (size_t i = 0; i < cs_image_count(&d->after, CS_P_APPROVAL); i++) {
		const struct cs_approval_row *r = cs_image_at(&d->after, CS_P_APPROVAL, i);

		if (strcmp(r->state, "pending") != 0 || (named && strcmp(r->step, named) != 0))
			continue;
		pending++;
		found = r;
	}
	if (pending == 1)
		return found;
	if (pending == 0 && named)
		cs_fail(e, CS_REFUSED, "%s: nothing of step '%.60s' waits for it", d->step->id, named);
	else
		cs_fail(e, CS_REFUSED,
			pending ? "%s: more than one step waits: say which (--set step=STEP)"
				: "%s: nothing waits for it",
			d->step->id);
	return NULL;
}

static void tell_asker(struct cs_decision *d, const struct cs_approval_row *row, const char *what)
{
	const struct cs_target to = {.kind = CS_TARGET_STAFF, .id = row->asker};
	char ref[CS_REF_SIZE];

	cs_decide_notice(d, &to, "approval", row->step,
			 cs_arena_printf(d->after.arena, "%s %s: %s", cs_ref_text(d->after.t.id, ref),
					 cs_policy_label(d->v.policy, "zh",
							 cs_arena_printf(d->after.arena, "kinds/%s/steps/%s",
									 d->v.kind->id, row->step)),
					 what));
}

static int next_stage(struct cs_decision *d, const struct cs_step *st, const struct cs_approval_row *row,
		      struct cs_err *e)
{
	char *end = NULL;
	long stage = strtol(row->rest, &end, 10);
	int64_t seq;

	if (stage < 0 || (size_t)stage >= st->stage_count)
		return cs_fail(e, CS_REFUSED, "%s: the rules have changed since %s was put to approval: put it anew",
			       d->step->id, row->step);
	seq = cs_image_next_seq(&d->after, CS_P_APPROVAL);
	cs_emit(d, CS_OP_ASK, CS_I(seq), CS_S(row->step), CS_S(row->digest), CS_I(stage), CS_S(st->stage[stage].word),
		CS_S(*end == ',' ? end + 1 : NULL), CS_I(row->asker), CS_I(row->asked), CS_I(row->asked_at));
	tell_stage(d, st, stage);
	return owe_stage(d, st, stage, seq, e);
}

int cs_decide_answer(struct cs_decision *d, struct cs_err *e)
{
	const struct cs_approval_row *open = asked_about(d, e);
	struct cs_approval_row row;
	const struct cs_owed_row *owed;
	const struct cs_step *st;
	bool yes = strcmp(d->step->id, CS_STEP_APPROVE) == 0;
	char who[CS_WHO_WORDS];

	if (!open)
		return -1;
	row = *open; /* the rows may move */
	st = cs_kind_step(d->v.kind, row.step);
	if (!st || (size_t)row.stage >= st->stage_count)
		return cs_fail(e, CS_REFUSED, "%s: the rules have changed since %s was put to approval: put it anew",
			       d->step->id, row.step);
	if (d->ev.actor == row.asker)
		return cs_fail(e, CS_REFUSED, "%s: never by the one who asks", d->step->id);
	if (!cs_who_is(&d->v, &st->stage[row.stage].by, d->ev.actor))
		return cs_fail(e, CS_REFUSED, "%s: only for: %s", d->step->id,
			       cs_who_words(d->v.policy, &st->stage[row.stage].by, who));
	cs_emit(d, CS_OP_APPROVAL, CS_I(row.seq), CS_S(yes ? "given" : "rejected"));
	owed = owed_for(d, row.seq);
	if (owed && cs_decide_done(d, owed, NULL, e) < 0)
		return -1;
	if (yes && row.rest)
		return next_stage(d, st, &row, e);
	tell_asker(d, &row, yes ? "已批准 approved" : "未批准 not approved");
	return 0;
}

/* --- what waits ------------------------------------------------------------------------------- */

const char *cs_approval_waits(const struct cs_session *s, const struct cs_image *im, const struct cs_approval_row *row,
			      struct cs_arena *a)
{
	const struct cs_kind *k = s->policy ? cs_policy_kind(s->policy, im->t.kind) : NULL;
	const struct cs_step *st = k ? cs_kind_step(k, row->step) : NULL;
	const struct cs_staff_row *asker = cs_org_staff(&s->org, row->asker);
	char who[CS_WHO_WORDS] = "somebody whom earlier rules name", at[40];

	if (st && row->stage >= 0 && (size_t)row->stage < st->stage_count)
		cs_who_words(s->policy, &st->stage[row->stage].by, who);
	return cs_arena_printf(a, "waits for %s (%s) since %s, asked by %s", who, row->word,
			       cs_time_text(cs_session_zone(s), row->asked_at, at),
			       asker ? asker->login : "the system");
}

int cs_decide_waits(const struct cs_decision *d, struct cs_err *e)
{
	const struct cs_request *r = d->req;
	const struct cs_approval_row *row = d->step->stage_count ? cs_approval_open(&d->after, d->step->id) : NULL;
	char ref[CS_REF_SIZE];

	if (!row || r->history || r->set_count || r->row_count || r->evidence_count || r->note ||
	    strcmp(row->state, "pending") != 0)
		return 0;
	return cs_fail(e, CS_REFUSED, "%s: %s (cs-progress approve %s, or reject)", d->step->id,
		       cs_approval_waits(d->s, &d->after, row, d->after.arena), cs_ref_text(d->after.t.id, ref));
}
