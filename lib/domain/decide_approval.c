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
	return strcmp(r->state, "pending") == 0 || strcmp(r->state, "given") == 0;
}

const struct cs_approval_row *cs_approval_open(const struct cs_image *im, const char *step)
{
	const struct cs_approval_row *last = NULL;

	for (size_t i = 0; i < cs_image_count(im, CS_P_APPROVAL); i++) {
		const struct cs_approval_row *r = cs_image_at(im, CS_P_APPROVAL, i);

		if (step ? strcmp(r->step, step) == 0 : strcmp(r->state, "pending") == 0)
			last = r;
	}
	return last && is_open(last) ? last : NULL;
}

/* Of the same asking. */
static bool is_with(const struct cs_approval_row *r, const struct cs_approval_row *other)
{
	return r->asked == other->asked && strcmp(r->step, other->step) == 0;
}

/* Was this stage of the row's asking given? A stage is its word and whom it means, wherever the rules list it now. */
static bool is_given(const struct cs_image *im, const struct cs_approval_row *row, const char *word, const char *whom)
{
	for (size_t i = 0; i < cs_image_count(im, CS_P_APPROVAL); i++) {
		const struct cs_approval_row *r = cs_image_at(im, CS_P_APPROVAL, i);

		if (is_with(r, row) && strcmp(r->word, word) == 0 && strcmp(r->whom, whom) == 0 &&
		    strcmp(r->state, "given") == 0)
			return true;
	}
	return false;
}

/* Nobody answers what he asked himself, nor what another asked in his words. */
static bool has_asked(const struct cs_image *im, const struct cs_approval_row *row, int64_t staff)
{
	for (size_t i = 0; i < cs_image_count(im, CS_P_APPROVAL); i++) {
		const struct cs_approval_row *r = cs_image_at(im, CS_P_APPROVAL, i);

		if (is_with(r, row) && r->asker == staff)
			return true;
	}
	return false;
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

/* Who is to answer, in which word, and who after him: all of it is written with the row, so that rules that come
   while it waits change neither whom it waits for nor what was given. */
struct asking {
	const char *word, *whom;
	const char *rest; /* "approve post:qmc_service_manager,...": the stages to come; NULL: none */
};

/* The first of a list of stages; word NULL: there is none. */
static struct asking asking_of(const char *list, struct cs_arena *a)
{
	size_t len = list ? strcspn(list, ",") : 0, word = list ? strcspn(list, " ") : 0;

	if (!list || word >= len)
		return (struct asking){0};
	return (struct asking){cs_arena_strndup(a, list, word), cs_arena_strndup(a, list + word + 1, len - word - 1),
			       list[len] == ',' ? list + len + 1 : NULL};
}

static struct asking asking_of_row(const struct cs_approval_row *r)
{
	return (struct asking){r->word, r->whom, r->rest};
}

/* Is the stage in the list? */
static bool is_listed(const char *list, const char *stage)
{
	size_t n = strlen(stage);

	for (; list; list = strchr(list, ',') ? strchr(list, ',') + 1 : NULL)
		if (strncmp(list, stage, n) == 0 && (list[n] == ',' || !list[n]))
			return true;
	return false;
}

/* The stages that hold with what is given. Those given with `row` (NULL: none) are left out; one that the rules
   name twice is asked once. *any: at least one holds, given or not; word NULL: all that hold were given. */
static struct asking stages(const struct cs_decision *d, const struct cs_image *im, const struct cs_approval_row *row,
			    bool *any)
{
	struct cs_arena *a = d->after.arena;
	const char *list = NULL;

	*any = false;
	for (size_t i = 0; i < d->step->stage_count; i++) {
		const struct cs_stage *st = &d->step->stage[i];
		const char *whom = cs_who_text(&st->by, a), *stage;

		if (cs_cond_eval(&d->v, st->when) != CS_TRUE)
			continue;
		*any = true;
		stage = cs_arena_printf(a, "%s %s", st->word, whom);
		if (!(row && is_given(im, row, st->word, whom)) && !is_listed(list, stage))
			list = list ? cs_arena_printf(a, "%s,%s", list, stage) : stage;
	}
	return asking_of(list, a);
}

/* To whoever the stage means: what is asked, and by whom. */
static void tell_stage(struct cs_decision *d, const char *step, const struct asking *stage, const struct cs_who *who)
{
	struct cs_arena *a = d->after.arena;
	const struct cs_target to = cs_who_find(&d->v, who);
	char ref[CS_REF_SIZE];

	cs_decide_notice(d, &to, "approval", step,
			 cs_arena_printf(a, "%s %s: 请%s please %s%s%s", cs_ref_text(d->after.t.id, ref),
					 cs_policy_label(d->v.policy, "zh",
							 cs_arena_printf(a, "kinds/%s/steps/%s", d->v.kind->id, step)),
					 strcmp(stage->word, "review") == 0 ? "审核" : "批准", stage->word,
					 d->after.t.subject && !cs_access_secret(&d->v) ? ": " : "",
					 d->after.t.subject && !cs_access_secret(&d->v) ? d->after.t.subject : ""));
}

/* Of the rules as they are, the stage; NULL: it is none of theirs by now. */
static const struct cs_stage *stage_now(struct cs_decision *d, const char *step, const struct asking *stage)
{
	const struct cs_step *st = cs_kind_step(d->v.kind, step);

	for (size_t i = 0; st && i < st->stage_count; i++)
		if (strcmp(st->stage[i].word, stage->word) == 0 &&
		    strcmp(cs_who_text(&st->stage[i].by, d->after.arena), stage->whom) == 0)
			return &st->stage[i];
	return NULL;
}

/* One stage more is asked of the asking of `first`, or, NULL, of one that begins, with this digest. */
static int ask_stage(struct cs_decision *d, const char *step, const char *digest, const struct asking *stage,
		     int64_t asker, const struct cs_approval_row *first, struct cs_err *e)
{
	const struct cs_stage *now = stage_now(d, step, stage);
	int64_t seq = cs_image_next_seq(&d->after, CS_P_APPROVAL);
	struct cs_who who = {0};

	cs_emit(d, CS_OP_ASK, CS_I(seq), CS_S(step), CS_S(digest), CS_S(stage->whom), CS_S(stage->word),
		CS_S(stage->rest), CS_I(asker), CS_I(first ? first->asked : CS_NULL),
		CS_I(first ? first->asked_at : CS_NULL));
	if (cs_who_read(stage->whom, &who))
		tell_stage(d, step, stage, &who);
	return now && now->owe ? cs_decide_owe(d, now->owe, cause_of(d, seq), e) : 0;
}

static int check_askable(struct cs_decision *d, struct cs_err *e)
{
	const struct cs_request *r = d->req;

	if (r->row_count || r->evidence_count || r->party_count)
		return cs_fail(e, CS_REFUSED,
			       "%s: values and a note are put to approval; rows, evidence and parties are not",
			       d->step->id);
	/* Nobody approves what could not be done. */
	for (size_t i = 0; i < d->step->move_count; i++)
		if (cs_decide_may_move(d, &d->step->move[i], e) < 0)
			return -1;
	return 0;
}

/* The step is put to approval instead of taken. */
static void begin_ask(struct cs_decision *d, const struct cs_image *im, struct cs_decision *asked)
{
	cs_effects_clear(d->out);
	cs_decision_begin(asked, d->s, im, d->v.kind, d->v.policy,
			  (struct cs_deed){"ticket", im->t.id, CS_STEP_ASK, d->req->at, d->ev.actor}, d->out);
	asked->req = d->req;
}

/* The very text was approved, but not by all whom the rules ask by now: the others are asked, what was given stays. */
static int ask_missing(struct cs_decision *d, const struct cs_image *im, const struct cs_approval_row *row,
		       const struct asking *stage, struct cs_err *e)
{
	struct cs_decision asked;

	if (check_askable(d, e) < 0)
		return -1;
	begin_ask(d, im, &asked);
	return ask_stage(&asked, d->step->id, row->digest, stage, d->ev.actor, row, e) < 0 ? -1 : 1;
}

static int ask(struct cs_decision *d, const struct cs_image *im, const struct asking *stage, struct cs_err *e)
{
	const struct cs_request *r = d->req;
	const struct cs_step *st = d->step;
	struct cs_arena *a = d->after.arena;
	unsigned char salt[SALT];
	char *text = cs_arena_alloc(a, 2 * SALT + 1);
	struct cs_decision asked;

	if (check_askable(d, e) < 0)
		return -1;
	begin_ask(d, im, &asked);
	drop_open(&asked, st->id);
	cs_random_bytes(salt, sizeof salt);
	cs_effects_private(d->out, CS_ASK_SALT, cs_hex(salt, sizeof salt, text));
	for (size_t i = 0; i < r->set_count; i++)
		cs_effects_private(d->out, cs_arena_printf(a, CS_ASK_SET "%s", r->set[i].name),
				   cs_arena_strdup(a, r->set[i].text));
	if (r->note)
		cs_effects_private(d->out, CS_ASK_NOTE, cs_arena_strdup(a, r->note));
	return ask_stage(&asked, st->id, digest_of(r, st->id, text, a), stage, d->ev.actor, NULL, e) < 0 ? -1 : 1;
}

/* Is what is given with the step what was approved? 1, 0, -1. */
static int is_same(struct cs_decision *d, const struct cs_approval_row *row, struct cs_err *e)
{
	struct cs_effects l = {.arena = d->after.arena};
	int rc = row && strcmp(row->state, "given") == 0 ? read_asked(d->s, row, &l, e) : 0;

	if (rc != 1)
		return rc;
	return strcmp(digest_of(d->req, d->step->id, cs_effects_text(&l, CS_ASK_SALT), d->after.arena), row->digest) ==
	       0;
}

int cs_decide_approval(struct cs_decision *d, const struct cs_image *im, struct cs_err *e)
{
	const struct cs_approval_row *row;
	struct asking stage;
	bool any;
	int same;

	if (d->step->stage_count == 0 || d->req->history)
		return 0;
	row = cs_approval_open(im, d->step->id);
	same = is_same(d, row, e);
	if (same < 0)
		return -1;
	stage = stages(d, im, same ? row : NULL, &any);
	if (same && !stage.word)
		cs_emit(d, CS_OP_APPROVAL, CS_I(row->seq), CS_S("used"));
	else if (!any) /* nobody need approve any longer; what was put to approval is past with the step */
		drop_open(d, d->step->id);
	if (!stage.word)
		return 0;
	return same ? ask_missing(d, im, row, &stage, e) : ask(d, im, &stage, e);
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

int cs_decide_answer(struct cs_decision *d, struct cs_err *e)
{
	const struct cs_approval_row *open = asked_about(d, e);
	struct cs_approval_row row;
	const struct cs_owed_row *owed;
	struct cs_who by = {0};
	struct asking next;
	bool yes = strcmp(d->step->id, CS_STEP_APPROVE) == 0;
	char who[CS_WHO_WORDS];

	if (!open)
		return -1;
	row = *open; /* the rows may move */
	if (has_asked(&d->after, &row, d->ev.actor))
		return cs_fail(e, CS_REFUSED, "%s: never by the one who asks", d->step->id);
	if (!cs_who_read(row.whom, &by) || !cs_who_answers(&d->v, &by, d->ev.actor))
		return cs_fail(e, CS_REFUSED, "%s: only for: %s", d->step->id, cs_who_words(d->v.policy, &by, who));
	cs_emit(d, CS_OP_APPROVAL, CS_I(row.seq), CS_S(yes ? "given" : "rejected"));
	owed = owed_for(d, row.seq);
	if (owed && cs_decide_done(d, owed, NULL, e) < 0)
		return -1;
	next = asking_of(yes ? row.rest : NULL, d->after.arena);
	while (next.word && !stage_now(d, row.step, &next)) /* rules of now ask for it no longer */
		next = asking_of(next.rest, d->after.arena);
	if (next.word)
		return ask_stage(d, row.step, row.digest, &next, row.asker, &row, e);
	tell_asker(d, &row, yes ? "已批准 approved" : "未批准 not approved");
	return 0;
}

/* --- what waits ------------------------------------------------------------------------------- */

const char *cs_approval_waits(const struct cs_session *s, const struct cs_approval_row *row, struct cs_arena *a)
{
	const struct cs_staff_row *asker = cs_org_staff(&s->org, row->asker);
	char at[40];

	return cs_arena_printf(a, "waits for %s (%s) since %s, asked by %s", cs_who_said(s->policy, row->whom, a),
			       row->word, cs_time_text(cs_session_zone(s), row->asked_at, at),
			       asker ? asker->login : "the system");
}

const char *cs_approval_missing(const struct cs_session *s, const struct cs_image *im,
				const struct cs_approval_row *row, struct cs_arena *a)
{
	const char *text = NULL;
	bool before = false;

	for (size_t i = 0; i < cs_image_count(im, CS_P_APPROVAL); i++) {
		const struct cs_approval_row *r = cs_image_at(im, CS_P_APPROVAL, i);

		before = before || (is_with(r, row) && r->seq < row->seq);
	}
	if (!before)
		return NULL;
	for (struct asking next = asking_of_row(row); next.word; next = asking_of(next.rest, a))
		text = cs_arena_printf(a, "%s%s%s (%s)", text ? text : "", text ? ", " : "",
				       cs_who_said(s->policy, next.whom, a), next.word);
	return text;
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
		       cs_approval_waits(d->s, row, d->after.arena), cs_ref_text(d->after.t.id, ref));
}
