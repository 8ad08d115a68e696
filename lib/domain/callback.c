/* Contacts: recording tries, planning by hand or for a sample, happenings. */
#include "domain/callback.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "domain/access.h"
#include "domain/act.h"
#include "domain/clock.h"
#include "domain/decision.h"
#include "domain/fold.h"
#include "domain/ladder.h"
#include "domain/names.h"
#include "domain/values.h"
#include "store/callback.h"
#include "store/customer.h"
#include "store/ref.h"

#define STEP "callback"

static const char *const outcomes[] = {"reached", "unreachable", "inconvenient", "refused"};

int cs_call_outcome_parse(const char *text, enum cs_call_outcome *out, struct cs_err *e)
{
	for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++)
		if (strcmp(text, outcomes[i]) == 0) {
			*out = (enum cs_call_outcome)i;
			return 0;
		}
	return cs_fail(e, CS_USAGE,
		       "no outcome '%.40s' (reached, unreachable, inconvenient or refused)", text);
}

bool cs_callback_excludes(const char *not_by, int64_t staff)
{
	const char *p = not_by;

	while (p && *p) {
		char *end;
		long long id = strtoll(p, &end, 10);

		if (id == staff)
			return true;
		p = *end == ',' ? end + 1 : NULL;
	}
	return false;
}

int64_t cs_callback_caller(const struct cs_view *v, const struct cs_callback_rule *rule,
			   const char *method, const char *not_by)
{
	for (size_t i = 0; i < rule->by_count; i++)
		if (strcmp(rule->by[i].method, method) == 0) {
			struct cs_target t = cs_who_find(v, &rule->by[i].who);

			if (t.kind == CS_TARGET_STAFF && !cs_callback_excludes(not_by, t.id))
				return t.id;
		}
	return CS_NULL;
}

static bool bound(const struct cs_view *v, const struct cs_callback_rule *rule, const char *method)
{
	const struct cs_window *w = rule->window;

	for (size_t i = 0; w && i < w->method_count; i++)
		if (strcmp(w->methods[i], method) == 0)
			return !(w->unless && cs_cond_eval(v, w->unless) == CS_TRUE);
	return false;
}

bool cs_callback_allowed(const struct cs_view *v, const struct cs_callback_rule *rule,
			 const char *method, cs_time at)
{
	return !rule || !bound(v, rule, method) || cs_window_allows(rule->window, v->policy->zone, at);
}

int cs_callback_times(const struct cs_view *v, const struct cs_callback_rule *rule, const char *method,
		      cs_time from, cs_time *first, cs_time *due, struct cs_err *e)
{
	struct cs_count count = {.zone = v->policy->zone, .cal = rule->calendar, .from = from};
	bool window = bound(v, rule, method);
	cs_time last;

	*due = CS_TIME_NONE;
	*first = window ? cs_window_next(rule->window, v->policy->zone, from) : from;
	if (rule->within.unit == CS_SPAN_NONE)
		return 0;
	if (cs_count_end(&count, &rule->within, due, e) < 0)
		return cs_fail_in(e, "call-back %s", rule->id);
	if (!window)
		return 0;
	/* A period that ends in quiet hours must be met in the last slot before (section 7.5). */
	last = cs_window_last(rule->window, v->policy->zone, *due, from);
	*due = last != CS_TIME_NONE ? last : *first;
	return 0;
}

/* Which are open: "1 satisfaction (王芳)"; of a ticket that is kept back without the names. */
static int fail_several(struct cs_session *s, struct cs_image *im, size_t open, struct cs_err *e)
{
	const bool kept = cs_access_kept(s, im) != NULL;
	struct cs_buf list = {0};
	struct cs_person_row p;
	int rc = 0;

	for (size_t i = 0; rc >= 0 && i < cs_image_count(im, CS_P_CALLBACK); i++) {
		const struct cs_callback_row *c = cs_image_at(im, CS_P_CALLBACK, i);

		if (strcmp(c->state, "open") != 0)
			continue;
		rc = kept || c->person == CS_NULL ? 0
						  : cs_table_find(s->db, &cs_person_table, c->person, im->arena, &p, e);
		cs_buf_printf(&list, "%s%lld %s", list.len ? ", " : "", (long long)c->seq, c->purpose);
		if (rc == 1 && p.name)
			cs_buf_printf(&list, " (%s)", p.name);
	}
	if (rc >= 0)
		cs_fail(e, CS_REFUSED, "%zu contacts are open; say which (REF/NUMBER): %s", open, cs_buf_str(&list));
	cs_buf_free(&list);
	return -1;
}

static struct cs_callback_row *find_contact(struct cs_session *s, struct cs_image *im, int64_t seq, struct cs_err *e)
{
	struct cs_callback_row *found = NULL;
	size_t open = 0;

	for (size_t i = 0; i < cs_image_count(im, CS_P_CALLBACK); i++) {
		struct cs_callback_row *c = cs_image_at(im, CS_P_CALLBACK, i);

		if (seq ? c->seq != seq : strcmp(c->state, "open") != 0)
			continue;
		open++;
		found = c;
	}
	if (open > 1)
		fail_several(s, im, open, e);
	else if (!found && seq)
		cs_fail(e, CS_REFUSED, "there is no contact %lld", (long long)seq);
	else if (!found)
		cs_fail(e, CS_REFUSED, "no contact is open");
	else if (strcmp(found->state, "open") != 0) {
		bool waits = strcmp(found->state, "waiting") == 0;

		cs_fail(e, CS_REFUSED, "contact %lld is %s%s%s", (long long)found->seq,
			found->state, waits ? " for " : "", waits ? found->happening : "");
		found = NULL;
	}
	return open > 1 ? NULL : found;
}

static const char *answer_of(const struct cs_call_result *r, const char *question)
{
	for (size_t i = 0; i < r->answer_count; i++)
		if (strcmp(r->answer[i].name, question) == 0 && !cs_utf8_blank(r->answer[i].text))
			return r->answer[i].text;
	return NULL;
}

/* An indicator counts the answers to it: these must be plain. */
static bool counted(const struct cs_policy *p, const char *question)
{
	for (size_t i = 0; i < p->indicator_count; i++)
		if (p->indicator[i].question && strcmp(p->indicator[i].question, question) == 0)
			return true;
	return false;
}

/* The question by its id or label, a counted answer as yes or no. */
static int read_answers(const struct cs_policy *p, struct cs_call_result *r, struct cs_arena *a,
			struct cs_err *e)
{
	struct cs_given *list = cs_arena_alloc(a, (r->answer_count + 1) * sizeof *list);

	for (size_t i = 0; i < r->answer_count; i++) {
		const char *question =
			cs_name_find(p, "codes/question", r->answer[i].name, e);
		int yes;

		if (!question)
			return -1;
		list[i] = (struct cs_given){question, r->answer[i].text};
		if (!counted(p, question))
			continue;
		yes = cs_bool_read(list[i].text, NULL);
		if (yes < 0)
			return cs_fail(e, CS_USAGE, "the answer to '%s' is yes or no", question);
		list[i].text = yes ? "yes" : "no";
	}
	r->answer = list;
	return 0;
}

static int check_answer(const struct cs_callback_rule *rule, const struct cs_call_result *r,
			size_t i, struct cs_err *e)
{
	const struct cs_given *a = &r->answer[i];

	for (size_t k = 0; k < i; k++)
		if (strcmp(r->answer[k].name, a->name) == 0)
			return cs_fail(e, CS_USAGE, "'%.40s' is answered twice", a->name);
	if (!cs_ids_has(&rule->ask, a->name))
		return cs_fail(e, CS_USAGE, "'%.40s' is not asked at this contact", a->name);
	return 0;
}

/* What can be said without knowing the contact. */
static int check_outcome(const struct cs_call_result *r, struct cs_err *e)
{
	if (r->outcome != CS_CALL_REACHED && (r->score || r->answer_count || r->problem))
		return cs_fail(e, CS_USAGE,
			       "score, answers and problems belong to the outcome reached");
	if (r->problem && cs_utf8_blank(r->problem))
		return cs_fail(e, CS_USAGE, "say what the problem is");
	if (r->score < 0 || r->score > 5)
		return cs_fail(e, CS_USAGE,
			       "a score is 1 (very dissatisfied) to 5 (very satisfied)");
	return 0;
}

static int check_result(const struct cs_callback_rule *rule, const struct cs_call_result *r,
			struct cs_err *e)
{
	if (r->outcome != CS_CALL_REACHED || !rule)
		return 0;
	if (rule->score && r->score == 0)
		return cs_fail(e, CS_REFUSED, "the score 1-5 is missing (--score)");
	if (!rule->score && r->score)
		return cs_fail(e, CS_USAGE, "no score is asked at this contact");
	for (size_t i = 0; i < r->answer_count; i++)
		if (check_answer(rule, r, i, e) < 0)
			return -1;
	for (size_t i = 0; i < rule->ask.count; i++)
		if (!answer_of(r, rule->ask.id[i]))
			return cs_fail(e, CS_REFUSED,
				       "the answer to '%s' is missing (--answer %s=...)",
				       rule->ask.id[i], rule->ask.id[i]);
	return 0;
}

/* Tries by a method that the rule does not know would count for none of its methods. */
static int check_method(const struct cs_callback_rule *rule, const struct cs_call_result *r,
			struct cs_err *e)
{
	if (r->method && rule && r->outcome != CS_CALL_REACHED && !cs_ids_has(&rule->methods, r->method))
		return cs_fail(e, CS_REFUSED, "'%s' is no method of this contact", r->method);
	return 0;
}

/* The method of the last try; NULL: none was made yet. */
static const char *last_method(const struct cs_image *im, int64_t callback)
{
	const struct cs_attempt_row *last = NULL;

	for (size_t i = 0; i < cs_image_count(im, CS_P_ATTEMPT); i++) {
		const struct cs_attempt_row *a = cs_image_at(im, CS_P_ATTEMPT, i);

		if (a->callback == callback && (!last || a->seq > last->seq))
			last = a;
	}
	return last ? last->method : NULL;
}

/* Another method has its turn since the last try: which one this try was made by must be said, or a second call
   would stand as a visit nobody made (S0-7-3). */
static int check_turn(const struct cs_session *s, const struct cs_image *im, const struct cs_callback_row *c,
		      const struct cs_callback_rule *rule, const struct cs_call_result *r, struct cs_err *e)
{
	const char *last = last_method(im, c->seq), *who = "nobody named";
	const struct cs_staff_row *caller = cs_org_staff(&s->org, c->caller);
	char words[CS_WHO_WORDS];

	if (r->method || !last || strcmp(last, c->method) == 0)
		return 0;
	for (size_t i = 0; rule && i < rule->by_count; i++)
		if (strcmp(rule->by[i].method, c->method) == 0)
			who = cs_who_words(s->policy, &rule->by[i].who, words);
	return cs_fail(e, CS_REFUSED,
		       "contact %lld: the next try is by %s, for %s%s%s%s; say how this one was made: --method %s, or "
		       "--method %s where that was tried again",
		       (long long)c->seq, c->method, who, caller ? " (" : "", caller ? caller->login : "",
		       caller ? ")" : "", c->method, last);
}

static void put_answers(struct cs_decision *d, const struct cs_callback_row *c,
			const struct cs_call_result *r)
{
	struct cs_arena *a = d->after.arena;
	struct cs_buf b = {0};

	cs_buf_putc(&b, '{');
	for (size_t i = 0; i < r->answer_count; i++) {
		cs_buf_puts(&b, i ? "," : "");
		cs_buf_json(&b, r->answer[i].name);
		cs_buf_putc(&b, ':');
		cs_buf_json(&b, r->answer[i].text);
	}
	if (r->note) {
		cs_buf_puts(&b, r->answer_count ? ",\"note\":" : "\"note\":");
		cs_buf_json(&b, r->note);
	}
	cs_buf_putc(&b, '}');
	cs_effects_private(d->out, cs_arena_printf(a, "callback.%lld.answers", (long long)c->seq),
			   cs_arena_strdup(a, b.data));
	cs_buf_free(&b);
	cs_emit(d, CS_OP_ANSWER, CS_I(c->seq), CS_S("reached"),
		CS_I(r->score ? r->score : CS_NULL));
}

/* An end without an answer, where the rule knows that reason; else the contact stays to be made
   (C41). */
static void put_exempt(struct cs_decision *d, const struct cs_callback_rule *rule, int64_t seq,
		       const char *why)
{
	if (!rule || cs_ids_has(&rule->exempt, why))
		cs_emit(d, CS_OP_CALL_END, CS_I(seq), CS_S("exempt"), CS_S(why));
}

static int64_t tries(const struct cs_image *im, int64_t callback, const char *method)
{
	int64_t n = 0;

	for (size_t i = 0; i < cs_image_count(im, CS_P_ATTEMPT); i++) {
		const struct cs_attempt_row *a = cs_image_at(im, CS_P_ATTEMPT, i);

		n += a->callback == callback && strcmp(a->method, method) == 0;
	}
	return n;
}

/* Since when it can be made: its planning, or what it waited for (which may have come before the step was recorded). */
static cs_time possible_since(const struct cs_decision *d, const struct cs_callback_row *c)
{
	struct cs_event ev;
	cs_time at;

	if (c->happening &&
	    cs_event_last_step(d->s->db, d->after.t.id, CS_STEP_RELEASE, d->after.t.cycle_event, &ev, NULL) == 1)
		return ev.at;
	if (c->happening && cs_happening_since(d->s, &d->after, c->happening, c->planned_at, &at, NULL) == 1)
		return at;
	return c->planned_at;
}

/* Another method has its own hours. */
static int put_method(struct cs_decision *d, const struct cs_callback_rule *rule, int64_t seq,
		      const char *method, struct cs_err *e)
{
	const struct cs_callback_row *c = cs_image_callback(&d->after, seq);
	cs_time first = c->from_at, due = c->due_at;

	if (strcmp(c->method, method) == 0)
		return 0;
	if (rule && cs_callback_times(&d->v, rule, method, possible_since(d, c), &first, &due, e) < 0)
		return -1;
	return cs_emit(d, CS_OP_METHOD, CS_I(seq), CS_S(method),
		       CS_I(rule ? cs_callback_caller(&d->v, rule, method, c->not_by) : CS_NULL), CS_I(first),
		       CS_I(due));
}

/* Nobody there: the first method that was not tried often enough has its turn; when all were, the
   customer is exempt (S0-7-3 before S0-7-8, C41). */
static int put_unreachable(struct cs_decision *d, const struct cs_callback_rule *rule, int64_t seq,
			   struct cs_err *e)
{
	int64_t allowed = rule && rule->attempts > 0 ? rule->attempts : 1;

	for (size_t i = 0; rule && i < rule->methods.count; i++)
		if (tries(&d->after, seq, rule->methods.id[i]) < allowed)
			return put_method(d, rule, seq, rule->methods.id[i], e);
	put_exempt(d, rule, seq, "unreachable");
	return 0;
}

static int64_t next_attempt(const struct cs_image *im, int64_t callback)
{
	int64_t n = 1;

	for (size_t i = 0; i < cs_image_count(im, CS_P_ATTEMPT); i++)
		n += ((struct cs_attempt_row *)cs_image_at(im, CS_P_ATTEMPT, i))->callback ==
		     callback;
	return n;
}

static int record_try(struct cs_session *s, struct cs_image *im,
		      const struct cs_callback_rule *rule, const struct cs_callback_row *c,
		      const struct cs_call_result *r, struct cs_call_done *done, struct cs_err *e)
{
	const struct cs_kind *k = cs_session_kind(s, im, e);
	struct cs_effects out = {.arena = im->arena};
	const char *method = r->method ? cs_arena_strdup(im->arena, r->method) : c->method;
	struct cs_decision d;

	if (!k)
		return -1;
	cs_decision_begin(&d, s, im, k, s->policy, (struct cs_deed){"ticket", im->t.id, STEP, r->at, s->actor}, &out);
	d.v.step = NULL;
	done->method = method;
	done->outside_window = !cs_callback_allowed(&d.v, rule, method, r->at);
	if (put_method(&d, rule, c->seq, method, e) < 0)
		return -1;
	cs_emit(&d, CS_OP_ATTEMPT, CS_I(c->seq), CS_I(next_attempt(im, c->seq)), CS_S(method),
		CS_S(outcomes[r->outcome]));
	if (done->outside_window)
		cs_emit(&d, CS_OP_NOTE, CS_S("outside_window"), CS_I(1));
	switch (r->outcome) {
	case CS_CALL_REACHED: put_answers(&d, c, r); break;
	case CS_CALL_UNREACHABLE:
		if (put_unreachable(&d, rule, c->seq, e) < 0)
			return -1;
		break;
	case CS_CALL_INCONVENIENT: put_exempt(&d, rule, c->seq, "inconvenient"); break;
	case CS_CALL_REFUSED:
		cs_emit(&d, CS_OP_CALL_END, CS_I(c->seq), CS_S("refused"), CS_S("refused"));
		break;
	}
	c = cs_image_callback(&d.after, c->seq);
	if (r->outcome != CS_CALL_REACHED && strcmp(c->state, "open") != 0)
		cs_decide_uncontacted(&d, c->purpose);
	if (r->outcome == CS_CALL_REACHED && cs_decide_contacted(&d, c->purpose, e) < 0)
		return -1;
	if (r->note && r->outcome != CS_CALL_REACHED)
		cs_effects_private(&out, "note", cs_arena_strdup(im->arena, r->note));
	return cs_session_record(s, im, (struct cs_deed){"ticket", im->t.id, STEP, r->at, s->actor}, &out, e);
}

/* A low score sends the ticket back (G35); the rules name the step, the system takes it. */
static int rework(struct cs_session *s, struct cs_image *im, const struct cs_callback_rule *rule,
		  const struct cs_call_result *r, struct cs_err *e)
{
	/* Not before what was recorded of the ticket meanwhile. */
	struct cs_request req = {.step = rule->low_step, .at = r->at < im->t.last_at ? im->t.last_at : r->at};
	int64_t actor = s->actor;
	int rc;

	req.note = r->note ? r->note
			   : cs_arena_printf(im->arena, "%s: %lld",
					     cs_policy_label(s->policy, "zh", "words/score"),
					     (long long)r->score);
	s->actor = CS_NULL;
	rc = cs_act_on(s, im, &req, e);
	s->actor = actor;
	return rc;
}

/* Whose problem it is, handles it (S0-7-6): a ticket of its own, linked to this one. `given` gets
   room for the unit. */
static void put_unit(struct cs_registration *reg, struct cs_request *req, const char *field,
		     const struct cs_unit_row *unit, struct cs_given *given)
{
	if (!unit)
		return;
	if (!field || strcmp(field, "causing") == 0)
		reg->causing = unit->id;
	else if (strcmp(field, "accepting") == 0)
		reg->accepting = unit->id;
	else if (strcmp(field, "place") == 0)
		reg->place = unit->id;
	else {
		*given = (struct cs_given){field, unit->code};
		req->set = given;
		req->set_count = 1;
	}
}

static int open_problem(struct cs_session *s, const struct cs_image *im,
			const struct cs_callback_rule *rule, const struct cs_call_result *r,
			const char *method, struct cs_call_done *done, struct cs_err *e)
{
	const struct cs_unit_row *unit =
		cs_org_unit(&s->org, r->causing != CS_NULL ? r->causing : cs_image_unit(im));
	struct cs_effects link = {.arena = im->arena};
	struct cs_person_row person = {.phone = NULL};
	struct cs_view v = {.s = s, .policy = s->policy, .im = im, .at = r->at};
	struct cs_registration reg = {
		.kind = rule->problem_opens,
		.channel = cs_policy_channel(s->policy, method) ? method : im->t.channel,
		.category = im->t.category,
		.subject = r->problem,
		.body = r->problem,
		.place = im->t.place,
		.accepting = CS_NULL,
		.first = CS_NULL,
		.customer = im->t.customer,
		.premises = im->t.premises,
		.due_at = CS_TIME_NONE,
		.run = CS_NULL,
		.causing = CS_NULL,
	};
	struct cs_request req = {.at = r->at};
	struct cs_image fresh;
	struct cs_given given;

	put_unit(&reg, &req, rule->problem_to, unit, &given);
	reg.has_phone = cs_view_customer(&v, &person) == 1 && person.phone;
	cs_put(&link, CS_OP_LINK, CS_I(1), CS_S(rule->problem_link), CS_I(im->t.id));
	if (cs_act_register(s, &reg, &req, &link, &fresh, e) < 0)
		return cs_fail_in(e, "problem");
	done->problem = fresh.t.id;
	return 0;
}

static int check_try(const struct cs_session *s, const struct cs_image *im, const struct cs_callback_row *c,
		     const struct cs_callback_rule *rule, const struct cs_call_result *r, struct cs_err *e)
{
	if (cs_callback_excludes(c->not_by, s->actor))
		return cs_fail(e, CS_REFUSED, "contact %lld: never by the person who did the job",
			       (long long)c->seq);
	if (r->at < c->planned_at || r->at > s->now)
		return cs_fail(e, CS_REFUSED,
			       "contact %lld: a try lies between the planning and now",
			       (long long)c->seq);
	if (r->problem && (!rule || !rule->problem_opens))
		return cs_fail(e, CS_REFUSED,
			       "the rules open no ticket for problems found at this contact");
	return check_turn(s, im, c, rule, r, e) < 0 || check_method(rule, r, e) < 0 ? -1 : check_result(rule, r, e);
}

int cs_callback_record(struct cs_session *s, struct cs_image *im,
		       const struct cs_call_result *given, struct cs_call_done *done,
		       struct cs_err *e)
{
	struct cs_call_result r = *given;
	struct cs_callback_row *c = NULL;
	const struct cs_callback_rule *rule;

	memset(done, 0, sizeof *done);
	if (r.note && cs_utf8_blank(r.note))
		r.note = NULL;
	if (check_outcome(&r, e) < 0 || !(c = find_contact(s, im, r.seq, e)))
		return -1;
	if (r.method && !(r.method = cs_name_find(s->policy, "codes/method", r.method, e)))
		return -1;
	if (read_answers(s->policy, &r, im->arena, e) < 0)
		return -1;
	if (r.at == CS_TIME_NONE)
		r.at = s->now;
	rule = c->rule ? cs_policy_callback(s->policy, c->rule) : NULL;
	done->seq = c->seq;
	if (check_try(s, im, c, rule, &r, e) < 0 || cs_ladder_settle(s, im, s->now, NULL, e) < 0 ||
	    record_try(s, im, rule, cs_image_callback(im, done->seq), &r, done, e) < 0)
		return -1;
	c = cs_image_callback(im, done->seq);
	done->state = c->state;
	done->low = rule && rule->has_low && r.outcome == CS_CALL_REACHED && r.score > 0 &&
		    r.score <= rule->low_at_most;
	if (done->low && im->t.done_at != CS_NULL && strcmp(im->t.state_is, "closed") != 0) {
		if (rework(s, im, rule, &r, e) < 0)
			return -1;
		done->reworked = true;
	}
	return r.problem && rule ? open_problem(s, im, rule, &r, done->method, done, e) : 0;
}

static bool of_a_sample(const struct cs_policy *p, const char *purpose)
{
	for (size_t i = 0; i < p->sample_count; i++)
		if (p->sample[i].then_contact && strcmp(p->sample[i].then_contact, purpose) == 0)
			return true;
	return false;
}

/* The first purpose that the rules have for the ticket; what samples ask about is planned with them, or when it is
   named. */
static const char *first_purpose(const struct cs_view *v)
{
	for (size_t i = 0; i < v->policy->callback_count; i++) {
		const struct cs_callback_rule *rule = &v->policy->callback[i];

		if (!of_a_sample(v->policy, rule->purpose) && cs_scope_has(v, &rule->each))
			return rule->purpose;
	}
	return NULL;
}

/* A rule for contacts planned by hand comes before those that a step plans. */
static const struct cs_callback_rule *rule_for(const struct cs_view *v, const char *purpose)
{
	const struct cs_callback_rule *found = NULL;

	for (size_t i = 0; purpose && i < v->policy->callback_count; i++) {
		const struct cs_callback_rule *rule = &v->policy->callback[i];

		if (strcmp(rule->purpose, purpose) != 0 || !cs_scope_has(v, &rule->each))
			continue;
		if (!rule->after_step)
			return rule;
		if (!found)
			found = rule;
	}
	return found;
}

int cs_callback_plan(struct cs_session *s, struct cs_image *im, const char *purpose, int64_t draw,
		     int64_t *seq, struct cs_err *e)
{
	const struct cs_kind *k = cs_session_kind(s, im, e);
	struct cs_effects out = {.arena = im->arena};
	const struct cs_callback_rule *rule;
	struct cs_decision d;
	int erased;

	if (!k || (erased = cs_person_erased(s->db, im->t.customer, e)) < 0)
		return -1;
	if (erased)
		return cs_fail(e, CS_REFUSED, "customer %lld is erased: nobody is left to contact",
			       (long long)im->t.customer);
	cs_decision_begin(&d, s, im, k, s->policy, (struct cs_deed){"ticket", im->t.id, CS_STEP_PLAN, s->now, s->actor},
			  &out);
	d.v.step = NULL;
	rule = rule_for(&d.v, purpose ? purpose : first_purpose(&d.v));
	if (!rule)
		return cs_fail(e, CS_REFUSED, "the rules know no contact%s%s for this ticket",
			       purpose ? " of purpose " : "", purpose ? purpose : "");
	if (rule->after_step && cs_image_in_stock(im))
		return cs_fail(e, CS_REFUSED, "%s: asked after '%s', and the ticket is %s still", rule->purpose,
			       rule->after_step, im->t.state);
	for (size_t i = 0; i < cs_image_count(im, CS_P_CALLBACK); i++) {
		const struct cs_callback_row *c = cs_image_at(im, CS_P_CALLBACK, i);
		bool same_draw = draw != CS_NULL && c->draw == draw &&
				 strcmp(c->purpose, rule->purpose) == 0;

		*seq = c->seq;
		if (same_draw || (strcmp(c->purpose, rule->purpose) == 0 && cs_callback_to_make(c)))
			return 0;
	}
	if (cs_ladder_settle(s, im, s->now, NULL, e) < 0)
		return -1;
	cs_decision_begin(&d, s, im, k, s->policy, (struct cs_deed){"ticket", im->t.id, CS_STEP_PLAN, s->now, s->actor},
			  &out);
	d.v.step = NULL;
	*seq = cs_image_next_seq(im, CS_P_CALLBACK);
	if (cs_decide_plan_callback(&d, rule, im->t.customer, draw, e) < 0 ||
	    cs_session_record(s, im, (struct cs_deed){"ticket", im->t.id, CS_STEP_PLAN, s->now, s->actor}, &out, e) < 0)
		return -1;
	return 1;
}

/* A post of a department in the same project may enter it too: what happens there happens to its
   tickets. */
static bool may_enter(struct cs_session *s, const struct cs_happening_kind *kind, int64_t unit,
		      cs_time at)
{
	const struct cs_staff_row *me = cs_org_staff(&s->org, s->actor);
	const struct cs_unit_row *project = me ? cs_org_unit(&s->org, me->unit) : NULL;
	struct cs_image nowhere;
	struct cs_view v = {.s = s, .policy = s->policy, .im = &nowhere, .at = at};

	while (project && project->function)
		project = cs_org_unit(&s->org, project->parent);
	cs_image_init(&nowhere, &s->work);
	nowhere.t.place = nowhere.t.accepting = unit;
	if (project && cs_org_below(&s->org, unit, project->id))
		nowhere.t.handling = me->unit;
	return cs_whos_have(&v, &kind->by, s->actor);
}

int cs_happening_enter(struct cs_session *s, const char *happening, int64_t unit, cs_time at,
		       struct cs_err *e)
{
	const struct cs_happening_kind *kind = cs_policy_happening(s->policy, happening);
	struct cs_effects out = {.arena = &s->work};
	int32_t day = cs_time_day(s->policy->zone, at);
	cs_time from = cs_day_start(s->policy->zone, day),
		to = cs_day_start(s->policy->zone, day + 1);
	int64_t id = 0;
	int known;

	if (!kind)
		return cs_fail(e, CS_USAGE, "the rules know no happening '%s'", happening);
	if (!may_enter(s, kind, unit, at))
		return cs_fail(e, CS_REFUSED, "%s: not yours to enter", happening);
	known = cs_happening_known(s->db, kind->id, unit, from, to, &id, e);
	if (known != 0)
		return known < 0 ? -1 : 0;
	cs_put(&out, CS_OP_RECORD, CS_S("happening"), CS_I(id), CS_S("happening"), CS_S(kind->id));
	cs_put(&out, CS_OP_RECORD, CS_S("happening"), CS_I(id), CS_S("unit"), CS_I(unit));
	cs_put(&out, CS_OP_RECORD, CS_S("happening"), CS_I(id), CS_S("at"), CS_I(at));
	return cs_session_record(s, NULL, (struct cs_deed){"happening", id, kind->id, at, s->actor}, &out, e) < 0 ? -1
														  : 1;
}

int64_t cs_happening_unit(const struct cs_image *im)
{
	return im->t.place != CS_NULL ? im->t.place : cs_image_unit(im);
}

int cs_happening_since(struct cs_session *s, const struct cs_image *im, const char *happening, cs_time from,
		       cs_time *at, struct cs_err *e)
{
	const struct cs_unit_row *u = cs_org_unit(&s->org, cs_happening_unit(im));
	bool found = false;

	for (int depth = 0; u && depth < 64; depth++, u = cs_org_unit(&s->org, u->parent)) {
		cs_time here;
		int rc = cs_happening_first(s->db, happening, u->id, from, &here, e);

		if (rc < 0)
			return -1;
		if (rc == 1 && (!found || here < *at))
			*at = here;
		found = found || rc == 1;
	}
	return found;
}

static bool waits_for(const struct cs_callback_row *c, const char *happening, cs_time at)
{
	return strcmp(c->state, "waiting") == 0 && c->happening && strcmp(c->happening, happening) == 0 &&
	       c->planned_at <= at;
}

int cs_callback_release(struct cs_session *s, struct cs_image *im, const char *happening,
			cs_time at, size_t *released, struct cs_err *e)
{
	const struct cs_kind *k = cs_session_kind(s, im, e);
	struct cs_effects out = {.arena = im->arena};
	struct cs_decision d;
	bool any = false;
	size_t n = 0;

	if (!k)
		return -1;
	for (size_t i = 0; i < cs_image_count(im, CS_P_CALLBACK); i++)
		any = any || waits_for(cs_image_at(im, CS_P_CALLBACK, i), happening, at);
	if (!any)
		return 0;
	if (cs_ladder_settle(s, im, s->now, NULL, e) < 0 || cs_ladder_give_up(s, im, at, NULL, e) < 0)
		return -1;
	cs_decision_begin(&d, s, im, k, s->policy,
			  (struct cs_deed){"ticket", im->t.id, CS_STEP_RELEASE, at, s->actor}, &out);
	d.v.step = NULL;
	for (size_t i = 0; i < cs_image_count(&d.after, CS_P_CALLBACK); i++) {
		const struct cs_callback_row *c = cs_image_at(&d.after, CS_P_CALLBACK, i);
		const struct cs_callback_rule *rule =
			c->rule ? cs_policy_callback(s->policy, c->rule) : NULL;
		cs_time first, due;

		if (!waits_for(c, happening, at))
			continue;
		if (!rule)
			return cs_fail(e, CS_CONFIG,
				       "call-back rule %s is not in the rules in force",
				       c->rule ? c->rule : "");
		if (cs_callback_times(&d.v, rule, c->method, at, &first, &due, e) < 0)
			return -1;
		cs_emit(&d, CS_OP_RELEASE, CS_I(c->seq), CS_I(first), CS_I(due));
		n++;
	}
	*released += n;
	return n ? cs_session_record(s, im, (struct cs_deed){"ticket", im->t.id, CS_STEP_RELEASE, at, s->actor}, &out,
				     e)
		 : 0;
}
