/* Taking in one row. */
#include "domain/intake.h"

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "domain/access.h"
#include "domain/act.h"
#include "domain/customer.h"
#include "domain/intake_plan.h"
#include "domain/ladder.h"
#include "domain/merge.h"
#include "domain/names.h"
#include "domain/party.h"
#include "domain/policy_words.h"
#include "domain/view.h"
#include "store/intake.h"
#include "store/personal.h"
#include "store/ref.h"

enum { HALF = CS_HASH_SIZE / 2, SCORE_MIN = 1, SCORE_MAX = 5 };

struct taking {
	struct cs_session *s;
	struct cs_intake_run *run;
	const struct cs_intake *row;
	struct cs_intake_plan plan;
	struct cs_intake_seen seen;
	const char *key;
	struct cs_image im;
	int64_t person; /* who gave the row's score */
};

/* --- digests ---------------------------------------------------------------------------------- */

static void hash_given(struct cs_hash *h, const struct cs_given *set, size_t count,
		       struct cs_arena *a)
{
	struct cs_given *sorted = cs_arena_alloc(a, (count + 1) * sizeof *sorted);

	for (size_t i = 0; i < count; i++) {
		size_t at = i;

		for (; at > 0 && strcmp(sorted[at - 1].name, set[i].name) > 0; at--)
			sorted[at] = sorted[at - 1];
		sorted[at] = set[i];
	}
	cs_hash_int(h, (int64_t)count);
	for (size_t i = 0; i < count; i++) {
		cs_hash_text(h, sorted[i].name);
		cs_hash_text(h, sorted[i].text);
	}
}

static void put_half(struct cs_hash *h, char *out)
{
	unsigned char sum[CS_HASH_SIZE];

	cs_hash_end(h, sum);
	cs_hex(sum, HALF, out);
}

/* What was registered first, then all: a row that only grew later steps keeps the first half. */
static void digest(const struct taking *t, char out[CS_INTAKE_DIGEST + 1])
{
	const struct cs_intake *r = t->row;
	const char *texts[] = {r->kind,         r->channel, r->category, r->priority,
			       r->capacity,     r->subject, r->body,     r->customer,
			       r->customer_key, r->phone,   r->premises};
	const int64_t numbers[] = {r->place, r->accepting, r->opened_at, r->due_at, r->no_due};
	struct cs_hash h;

	cs_hash_init(&h);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		cs_hash_text(&h, texts[i]);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		cs_hash_int(&h, numbers[i]);
	if (r->of || r->of_phone) {
		cs_hash_text(&h, r->of);
		cs_hash_text(&h, r->of_phone);
	}
	hash_given(&h, t->plan.set, t->plan.set_count, &t->s->work);
	put_half(&h, out);
	cs_hash_init(&h);
	cs_hash_text(&h, out);
	cs_hash_text(&h, r->state);
	cs_hash_text(&h, r->result);
	cs_hash_int(&h, r->closed_at);
	cs_hash_int(&h, r->score);
	hash_given(&h, r->req.set, r->req.set_count, &t->s->work);
	for (size_t i = 0; i < t->plan.count; i++) {
		cs_hash_text(&h, t->plan.move[i].step->id);
		cs_hash_int(&h, t->plan.move[i].at);
	}
	put_half(&h, out + 2 * HALF);
}

/* --- which row is it -------------------------------------------------------------------------- */

/* The row of t->key: 1, 0, -1. One that was erased is known by the digest of its key, and nothing is
   left to compare it with: it counts as unchanged. */
static int look_up(struct taking *t, struct cs_err *e)
{
	char erased[CS_PERSONAL_KEY_SIZE];
	int rc = cs_intake_row_find(t->s->db, t->run->source, t->key, &t->seen, e);

	if (rc != 0 || !t->run->erased)
		return rc;
	cs_personal_key(t->s->meta.database_id, t->key, erased);
	rc = cs_intake_row_find(t->s->db, t->run->source, erased, &t->seen, e);
	if (rc != 1)
		return rc;
	t->key = cs_arena_strdup(&t->s->work, erased);
	digest(t, t->seen.digest);
	return 1;
}

/* 1: this ordinal of equal rows was met in this run already, 0: it was not, -1. */
static int met(struct taking *t, int64_t ordinal, bool *known, struct cs_err *e)
{
	int rc;

	t->key = cs_arena_printf(&t->s->work, "=%s#%lld", t->seen.digest, (long long)ordinal);
	rc = look_up(t, e);
	*known = rc == 1;
	return rc < 0 ? -1 : rc == 1 && t->seen.run == t->run->id;
}

/* A row without key is the first of its equals that this run has not met. Those met are 1..n without a
   hole, so that doubling and halving find the next in few steps, and nothing need be remembered. */
static int find_ordinal(struct taking *t, bool *known, struct cs_err *e)
{
	int64_t lo = 0, hi = 1;
	int rc;

	while ((rc = met(t, hi, known, e)) == 1) {
		lo = hi;
		hi *= 2;
	}
	if (rc < 0 || hi - lo == 1)
		return rc;
	while (rc >= 0 && hi - lo > 1) {
		int64_t mid = lo + (hi - lo) / 2;

		rc = met(t, mid, known, e);
		if (rc == 1)
			lo = mid;
		else
			hi = mid;
	}
	return rc < 0 || met(t, hi, known, e) < 0 ? -1 : 0;
}

static int find_row(struct taking *t, bool *known, struct cs_err *e)
{
	struct cs_session *s = t->s;
	int rc;

	*known = false;
	if (!t->run->source)
		return 0;
	if (t->row->key) {
		t->key = t->row->key;
		rc = look_up(t, e);
		*known = rc == 1;
		return rc < 0 ? -1 : 0;
	}
	digest(t, t->seen.digest);
	if (find_ordinal(t, known, e) < 0)
		return -1;
	return *known ? cs_intake_row_change(s->db, t->run->source, t->key, NULL, t->run->id, e)
		      : 0;
}

/* --- what happened after ---------------------------------------------------------------------- */

/* A row that says when the ticket was handed over, but not to whom: the rules say it, as at the
   desk. */
static bool routed(const struct cs_intake_move *m, const struct cs_request *req)
{
	if (req->history || !cs_act_is_dispatch(m->step->id))
		return false;
	for (size_t i = 0; i < m->set_count; i++)
		if (strcmp(m->set[i].name, "handling") == 0)
			return false;
	return true;
}

static struct cs_request request_of(const struct taking *t, const struct cs_intake_move *m)
{
	return (struct cs_request){.step = m->step->id,
				   .at = m->at,
				   .history = t->run->history,
				   .from_row = t->run->source != NULL,
				   .set = m->set,
				   .set_count = m->set_count};
}

static int take_moves(struct taking *t, struct cs_err *e)
{
	for (size_t i = 0; i < t->plan.count; i++) {
		const struct cs_request req = request_of(t, &t->plan.move[i]);
		const struct cs_dispatch order = {.to = CS_NULL, .assignee = CS_NULL, .req = req};

		if (routed(&t->plan.move[i], &req) ? cs_act_dispatch_on(t->s, &t->im, &order, e) < 0
						   : cs_act_on(t->s, &t->im, &req, e) < 0)
			return -1;
	}
	return 0;
}

/* The score stands on a call-back that was made: of the first rule for such tickets that asks for
   one. */
static int put_score(struct taking *t, struct cs_err *e)
{
	struct cs_session *s = t->s;
	struct cs_effects l = {.arena = &s->work};
	const struct cs_view v = {.s = s,
				  .policy = s->policy,
				  .kind = cs_session_kind(s, &t->im, e),
				  .im = &t->im,
				  .at = t->im.t.last_at};
	const struct cs_callback_rule *rule = NULL, *list = s->policy->callback;
	size_t count = s->policy->callback_count;
	int64_t seq = cs_image_next_seq(&t->im, CS_P_CALLBACK), score = t->row->score;

	if (!t->run->history)
		return cs_fail(
			e, CS_REFUSED,
			"score: comes with imported history; cs-callback record is for today's");
	if (score < SCORE_MIN || score > SCORE_MAX)
		return cs_fail(e, CS_REFUSED, "score: %lld is not from %d to %d", (long long)score,
			       SCORE_MIN, SCORE_MAX);
	if (t->im.t.done_at == CS_NULL)
		return cs_fail(e, CS_REFUSED, "score: the matter has not come to an end");
	for (size_t i = 0; i < count && !rule; i++)
		if (list[i].score && cs_scope_has(&v, &list[i].each))
			rule = &list[i];
	if (!rule)
		return cs_fail(e, CS_REFUSED, "score: no call-back of kind %s asks for one",
			       t->im.t.kind);
	cs_put(&l, CS_OP_CALLBACK, CS_I(seq), CS_S(rule->id), CS_S(rule->purpose), CS_I(t->person),
	       CS_S(rule->methods.count ? rule->methods.id[0] : ""), CS_I(CS_NULL), CS_S("open"), CS_S(NULL),
	       CS_I(CS_NULL), CS_I(CS_NULL), CS_I(CS_NULL), CS_S(NULL), CS_I(CS_NULL));
	cs_put(&l, CS_OP_ANSWER, CS_I(seq), CS_S("reached"), CS_I(score));
	return cs_session_record(s, &t->im,
				 (struct cs_deed){"ticket", t->im.t.id, "callback", t->im.t.last_at, s->actor}, &l, e);
}

/* What the person gave, the last time; CS_NULL: nothing. */
static int64_t score_of(const struct cs_image *im, int64_t person)
{
	int64_t score = CS_NULL;

	for (size_t i = 0; i < cs_image_count(im, CS_P_CALLBACK); i++) {
		const struct cs_callback_row *c = cs_image_at(im, CS_P_CALLBACK, i);

		if (c->score != CS_NULL && c->person == person)
			score = c->score;
	}
	return score;
}

/* --- a new ticket ----------------------------------------------------------------------------- */

/* Where it is: the unit named, else the one the premises lie in. */
static int find_place(struct taking *t, const struct cs_customer *c, int64_t *place,
		      struct cs_err *e)
{
	struct cs_premises_row row;
	int rc;

	*place = t->row->place;
	if (*place != CS_NULL || c->premises == CS_NULL || c->premises_new)
		return 0;
	rc = cs_table_find(t->s->db, &cs_premises_table, c->premises, &t->s->work, &row, e);
	if (rc == 1)
		*place = row.unit;
	return rc < 0 ? -1 : 0;
}

/* The others who complain, and for whom the customer acts. */
static int match_others(struct taking *t, const struct cs_customer *who, struct cs_request *req,
			struct cs_registration *reg, struct cs_effects *more, struct cs_err *e)
{
	const struct cs_intake *r = t->row;
	const struct cs_given_party first = {.of = r->of, .of_phone = r->of_phone};
	const struct cs_party_place at = {r->premises, r->place, who};

	if ((r->of || r->of_phone) &&
	    cs_principal_match(t->s, NULL, &at, &first, req->at, more, &reg->principal, e) < 0)
		return -1;
	if (reg->principal && reg->principal == who->person)
		return cs_fail(e, CS_REFUSED, "%s acts for himself: leave that out", r->of ? r->of : r->of_phone);
	return req->party_count ? cs_parties_match(t->s, NULL, &at, req, more, e) : 0;
}

static int register_row(struct taking *t, struct cs_err *e)
{
	const struct cs_intake *r = t->row;
	struct cs_session *s = t->s;
	struct cs_effects more = {.arena = &s->work};
	const struct cs_customer_spec spec = {.source = t->run->source,
					      .key = r->customer_key,
					      .name = r->customer,
					      .phone = r->phone,
					      .address = r->premises,
					      .unit = r->place,
					      .capacity = r->capacity};
	struct cs_customer who;
	struct cs_request req = r->req;
	struct cs_registration reg = {
		.kind = r->kind,
		.channel = r->channel,
		.category = r->category,
		.subject = r->subject,
		.body = r->body,
		.priority = r->priority,
		.capacity = r->capacity,
		.accepting = r->accepting,
		.first = CS_NULL,
		.due_at = r->due_at,
		.no_due = r->no_due,
		.run = t->run->id ? t->run->id : CS_NULL,
	};

	req.at = r->opened_at == CS_TIME_NONE ? s->now : r->opened_at;
	req.history = t->run->history;
	req.from_row = t->run->source != NULL;
	req.set = t->plan.set;
	req.set_count = t->plan.set_count;
	if (cs_customer_match(s->db, &spec, req.at, &more, &who, e) < 0 ||
	    find_place(t, &who, &reg.place, e) < 0)
		return -1;
	t->run->who = who;
	reg.customer = who.person;
	reg.called = who.called;
	reg.premises = who.premises;
	reg.has_phone = who.phone != NULL;
	if ((r->of || r->of_phone || req.party_count) && match_others(t, &who, &req, &reg, &more, e) < 0)
		return -1;
	for (size_t i = 0; i < r->keep_count; i++)
		cs_effects_private(&more, cs_arena_printf(&s->work, "extra.%s", r->keep[i].name),
				   r->keep[i].text);
	return cs_act_register(s, &reg, &req, &more, &t->im, e);
}

/* What imported steps leave crossed before now is past: nobody is told. */
static int import_rungs(struct taking *t, struct cs_err *e)
{
	if (!t->run->history || t->im.t.closed_at != CS_NULL)
		return 0;
	return cs_ladder_import(t->s, &t->im, t->s->now, e);
}

static int take_new(struct taking *t, int64_t *ticket, struct cs_err *e)
{
	struct cs_session *s = t->s;

	if (register_row(t, e) < 0 || take_moves(t, e) < 0)
		return -1;
	t->person = t->im.t.customer;
	if (t->row->score != CS_NULL && put_score(t, e) < 0)
		return -1;
	if (import_rungs(t, e) < 0 || cs_image_save(&t->im, s->db, e) < 0)
		return -1;
	*ticket = t->im.t.id;
	if (!t->run->source)
		return 0;
	digest(t, t->seen.digest);
	t->seen.ticket = *ticket;
	t->seen.run = t->run->id;
	return cs_intake_row_add(s->db, t->run->source, t->key, &t->seen, e);
}

/* --- a known one ------------------------------------------------------------------------------ */

/* The merged ticket through which the step of these effects was asked; 0: none. */
static int64_t through(const struct cs_effects *l)
{
	for (size_t i = 0; i < l->count; i++)
		if (l->effect[i].op == CS_OP_NOTE && strcmp(cs_arg_text(&l->effect[i], 0), CS_NOTE_THROUGH) == 0)
			return cs_ref_parse(cs_arg_text(&l->effect[i], 1), NULL);
	return 0;
}

/* Was the step taken on this ticket, at that time or later, through the row's? 1, 0, -1. */
static int taken_through(const struct taking *t, int64_t survivor, const struct cs_intake_move *m, struct cs_err *e)
{
	struct cs_stmt *walk = cs_event_of(t->s->db, "ticket", survivor, e);
	struct cs_effects l = {.arena = &t->s->work};
	struct cs_event ev;
	int rc = walk ? 0 : -1, found = 0;

	while (!found && walk && (rc = cs_event_next(walk, &ev, e)) == 1) {
		if (strcmp(ev.step, m->step->id) != 0 || ev.at < m->at)
			continue;
		rc = cs_effects_read(&l, ev.facts, NULL, e);
		if (rc < 0)
			break;
		found = through(&l) == t->seen.ticket;
	}
	cs_stmt_done(walk);
	return rc < 0 ? -1 : found;
}

/* Was it taken on one that this ticket is or was merged into? What happened there stays when a merge is undone. */
static int taken_beyond(const struct taking *t, int64_t ticket, const struct cs_intake_move *m, struct cs_err *e)
{
	void *rows;
	size_t n;
	int rc = cs_table_load(t->s->db, &cs_link_table, ticket, &t->s->work, &rows, &n, e);

	for (size_t i = 0; rc == 0 && i < n; i++) {
		const struct cs_link_row *l = (const struct cs_link_row *)rows + i;

		/* The older one survives. */
		if (strcmp(l->link, CS_LINK_MERGED) != 0 || l->other >= ticket)
			continue;
		rc = taken_through(t, l->other, m, e);
		if (rc == 0)
			rc = taken_beyond(t, l->other, m, e);
	}
	return rc;
}

/* The ticket has the move, or one that it was ever merged into. 1, 0, -1. */
static int is_taken(const struct taking *t, const struct cs_intake_move *m, struct cs_err *e)
{
	struct cs_event last;
	int rc = cs_event_last_step(t->s->db, t->seen.ticket, m->step->id, 0, &last, e);

	return rc < 0 || (rc == 1 && last.at >= m->at) ? rc : taken_beyond(t, t->seen.ticket, m, e);
}

/* The moves that the ticket does not have yet; those it has are dropped from the plan. */
static int drop_taken(struct taking *t, struct cs_err *e)
{
	size_t n = 0;

	for (size_t i = 0; i < t->plan.count; i++) {
		int rc = is_taken(t, &t->plan.move[i], e);

		if (rc < 0)
			return -1;
		if (rc == 0)
			t->plan.move[n++] = t->plan.move[i];
	}
	t->plan.count = n;
	return 0;
}

/* The row's ticket was merged: what comes later reaches the one that survived (S0-4-8). */
static int take_moves_merged(struct taking *t, int64_t survivor, struct cs_err *e)
{
	struct cs_session *s = t->s;

	if (cs_image_save(&t->im, s->db, e) < 0)
		return -1;
	for (size_t i = 0; i < t->plan.count; i++) {
		struct cs_request req = request_of(t, &t->plan.move[i]);
		struct cs_dispatch order = {.to = CS_NULL, .assignee = CS_NULL, .req = req};
		struct cs_image im;

		order.req.through = t->seen.ticket;
		if (routed(&t->plan.move[i], &req) ? cs_act_dispatch(s, survivor, &order, &im, e) < 0
						   : cs_merge_step(s, t->seen.ticket, &req, &im, e) < 0)
			return -1;
	}
	return cs_image_get(&t->im, s->db, survivor, &s->work, e);
}

static int add_later(struct taking *t, const char *now, struct cs_err *e)
{
	struct cs_session *s = t->s;
	char ref[CS_REF_SIZE], into[CS_REF_SIZE];
	int64_t survivor, own, there;
	bool scored;

	if (drop_taken(t, e) < 0 || cs_merge_survivor(s, t->seen.ticket, &survivor, e) < 0 ||
	    cs_image_get(&t->im, s->db, t->seen.ticket, &s->work, e) < 0)
		return -1;
	t->person = t->im.t.customer;
	own = score_of(&t->im, t->person);
	if (survivor != t->seen.ticket && cs_image_get(&t->im, s->db, survivor, &s->work, e) < 0)
		return -1;
	there = score_of(&t->im, t->person);
	scored = t->row->score != CS_NULL && own == CS_NULL && there == CS_NULL;
	if (t->row->score != CS_NULL && own == CS_NULL && there != CS_NULL && there != t->row->score)
		return cs_fail(
			e, CS_REFUSED,
			"score: that of this customer stands on %s already (%lld), into which %s is merged: leave "
			"it out",
			cs_access_ref(s, survivor, into), (long long)there, cs_ref_text(t->seen.ticket, ref));
	if (t->plan.count == 0 && !scored)
		return cs_fail(e, CS_REFUSED,
			       "changed since imported as %s, but has no later step to add",
			       cs_ref_text(t->seen.ticket, ref));
	/* Since its import it climbs as all others do, whenever the night comes; what the new steps passed is past. */
	if (t->run->history && cs_ladder_settle(s, &t->im, s->now, NULL, e) < 0)
		return -1;
	if (survivor == t->seen.ticket ? take_moves(t, e) < 0 : take_moves_merged(t, survivor, e) < 0)
		return -1;
	if ((scored && put_score(t, e) < 0) || import_rungs(t, e) < 0 || cs_image_save(&t->im, s->db, e) < 0)
		return -1;
	t->run->survivor = survivor == t->seen.ticket ? 0 : survivor;
	return cs_intake_row_change(s->db, t->run->source, t->key, now, t->run->id, e);
}

static int take_known(struct taking *t, enum cs_intake_outcome *outcome, struct cs_err *e)
{
	char now[CS_INTAKE_DIGEST + 1], ref[CS_REF_SIZE];

	*outcome = CS_INTAKE_KNOWN;
	digest(t, now);
	if (strcmp(now, t->seen.digest) == 0)
		return 0;
	cs_ref_text(t->seen.ticket, ref);
	if (t->seen.run == t->run->id)
		return cs_fail(e, CS_REFUSED,
			       "another row of this import has the key and says something else");
	if (!t->run->update)
		return cs_fail(
			e, CS_REFUSED,
			"changed since imported as %s (--update adds the later steps of a row)",
			ref);
	if (strncmp(now, t->seen.digest, 2 * HALF) != 0)
		return cs_fail(
			e, CS_REFUSED,
			"changed since imported as %s: --update only adds later steps, here what was "
			"registered differs",
			ref);
	*outcome = CS_INTAKE_UPDATED;
	return add_later(t, now, e);
}

int cs_intake_begin(struct cs_session *s, struct cs_intake_run *run, struct cs_err *e)
{
	int rc;

	if (run->history && !s->admin)
		return cs_fail(e, CS_DENIED, "only the post admin imports history");
	if (cs_session_need_policy(s, e) < 0)
		return -1;
	if (!run->source)
		return 0;
	rc = cs_personal_keys(s->db, run->source, e);
	run->erased = rc == 1;
	if (rc < 0 || run->id != 0)
		return rc < 0 ? -1 : 0;
	return cs_intake_run_add(s->db, run->source, run->history, s->now, s->login, &run->id, e);
}

bool cs_intake_is_plain(const struct cs_intake *row)
{
	return row->step_count == 0 && row->closed_at == CS_TIME_NONE && !row->state &&
	       row->score == CS_NULL;
}

/* The state by its label, where it is no id and none of the three that every kind knows. */
static const char *state_id(const struct cs_policy *p, const struct cs_kind *k, const char *state)
{
	char section[128];
	const char *id;

	if (!state || cs_kind_state(k, state) || strcmp(state, "open") == 0 || strcmp(state, "done") == 0 ||
	    strcmp(state, "closed") == 0)
		return state;
	snprintf(section, sizeof section, "kinds/%s/states", k->id);
	id = cs_name_find(p, section, state, NULL);
	return id ? id : state;
}

int cs_intake_take(struct cs_session *s, struct cs_intake_run *run, const struct cs_intake *row,
		   int64_t *ticket, enum cs_intake_outcome *outcome, struct cs_err *e)
{
	struct cs_intake own = *row;
	struct taking t = {.s = s, .run = run, .row = &own};
	const struct cs_kind *k;
	bool known;

	run->who.called = NULL;
	run->survivor = 0;
	if (!row->kind)
		return cs_fail(e, CS_REFUSED, "kind: not given");
	k = cs_policy_kind(s->policy, row->kind);
	if (!k)
		return cs_fail(e, CS_USAGE, "no kind '%s'", row->kind);
	if (run->history && row->opened_at == CS_TIME_NONE)
		return cs_fail(e, CS_REFUSED,
			       "opened_at: history needs the time when the matter came in");
	own.state = state_id(s->policy, k, row->state);
	if (cs_intake_plan(k, run, &own, &s->work, &t.plan, e) < 0 || find_row(&t, &known, e) < 0)
		return -1;
	if (known) {
		*ticket = s->dry_run && t.seen.run == run->id ? 0 : t.seen.ticket;
		return take_known(&t, outcome, e);
	}
	*outcome = CS_INTAKE_NEW;
	return take_new(&t, ticket, e);
}
