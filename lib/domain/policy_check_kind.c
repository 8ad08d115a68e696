/* What a kind means as a whole: its states as a graph, its clocks and their ladders. The members
   may be half read, since this also runs on a policy with faults. */
#include <string.h>

#include "domain/fold.h"
#include "domain/policy_build.h"
#include "domain/policy_words.h"

struct where {
	struct cs_pol *b;
	const struct cs_kind *k;
	const struct cs_json_node *n; /* of the kind */
};

/* The reserved steps that answer what was put to approval. */
static const struct cs_ids answers = {(const char *[]){"approve", "reject"}, 2};

static const struct cs_json_node *item(const struct cs_json_node *list, size_t index)
{
	const struct cs_json_node *n = cs_json_first(list);

	while (n && index--)
		n = cs_json_next(n);
	return n;
}

static const struct cs_json_node *member(const struct where *w, const char *section, const char *id)
{
	return cs_json_get(cs_json_get(w->n, section), id);
}

/* A duty that the kind's tickets come to owe here. */
static void check_owe(const struct where *w, const struct cs_json_node *at, const char *owe)
{
	const struct cs_duty *d = owe ? cs_policy_duty(w->b->p, owe) : NULL;

	if (d && d->each.kinds.count && !cs_ids_has(&d->each.kinds, w->k->id))
		cs_pol_fault(w->b, at, "the duty '%s' is not for kind %s", owe, w->k->id);
}

/* --- states ----------------------------------------------------------------------------------- */

static bool leaves(const struct where *w, const struct cs_step *s, size_t state)
{
	if (s->from_any)
		return w->k->state[state].is != CS_IS_CLOSED;
	return cs_ids_has(&s->from, w->k->state[state].id);
}

/* Where a step leads from a state: its index, or -1. */
static long target(const struct where *w, const struct cs_step *s, size_t state)
{
	const char *to = s->to == CS_TO_FIRST ? w->k->first_state : s->to_state;

	if (s->to == CS_TO_SAME)
		return (long)state;
	for (size_t i = 0; to && i < w->k->state_count; i++)
		if (strcmp(w->k->state[i].id, to) == 0)
			return (long)i;
	return -1;
}

/* Marks what can be reached from the marked states; backwards: what can reach them. */
static void spread(const struct where *w, bool *mark, bool backwards)
{
	for (bool more = true; more;) {
		more = false;
		for (size_t i = 0; i < w->k->state_count; i++)
			for (size_t j = 0; j < w->k->step_count; j++) {
				const struct cs_step *s = &w->k->step[j];
				long to = leaves(w, s, i) ? target(w, s, i) : -1;

				if (to < 0 || mark[backwards ? to : (long)i] == false ||
				    mark[backwards ? (long)i : to])
					continue;
				mark[backwards ? (long)i : to] = true;
				more = true;
			}
	}
}

/* Steps that name states which are not there are faults already; the graph would only repeat
   them. */
static bool whole(const struct cs_kind *k)
{
	for (size_t i = 0; i < k->step_count; i++) {
		const struct cs_step *s = &k->step[i];

		if (s->to == CS_TO_STATE && (!s->to_state || !cs_kind_state(k, s->to_state)))
			return false;
		for (size_t j = 0; j < s->from.count; j++)
			if (!cs_kind_state(k, s->from.id[j]))
				return false;
	}
	return true;
}

static void check_states(const struct where *w)
{
	size_t count = w->k->state_count, closed = 0;
	bool *from = cs_pol_array(w->b, count, sizeof *from),
	     *to = cs_pol_array(w->b, count, sizeof *to);

	for (size_t i = 0; i < count; i++) {
		const struct cs_state *s = &w->k->state[i];

		from[i] = w->k->first_state && strcmp(s->id, w->k->first_state) == 0;
		to[i] = s->is == CS_IS_CLOSED;
		closed += to[i];
		if ((s->is == CS_IS_WAITING) != (s->waits != NULL))
			cs_pol_fault(w->b, member(w, "states", s->id),
				     s->waits
					     ? "'waits' is for a waiting state"
					     : "a waiting state says for whom: 'waits' is missing");
	}
	if (!closed) {
		cs_pol_fault(w->b, cs_json_get(w->n, "states"), "no state is closed");
		return;
	}
	if (!whole(w->k))
		return;
	spread(w, from, false);
	spread(w, to, true);
	for (size_t i = 0; i < count; i++) {
		const struct cs_state *s = &w->k->state[i];

		if (w->k->first_state && !from[i])
			cs_pol_fault(w->b, member(w, "states", s->id),
				     "no steps lead from '%s' to here", w->k->first_state);
		if (!to[i])
			cs_pol_fault(w->b, member(w, "states", s->id),
				     "no steps lead from here to a closed state");
	}
}

/* --- fields ----------------------------------------------------------------------------------- */

static bool taken(const struct cs_kind *k, const char *id)
{
	for (size_t i = 0; i < k->step_count; i++) {
		const struct cs_step *s = &k->step[i];

		if (cs_ids_has(&s->takes, id))
			return true;
		for (size_t j = 0; j < s->need_count; j++)
			if (s->need[j].word && strcmp(s->need[j].word, id) == 0)
				return true;
	}
	return false;
}

/* Keys stand in the coded part of events, which nothing erases. */
static void check_list_key(const struct where *w, const struct cs_list *l, const struct cs_field *f)
{
	if (f->type == CS_FIELD_TEXT || f->personal)
		cs_pol_fault(w->b, cs_json_get(member(w, "lists", l->id), "key"),
			     "'%s' is a text, and the key of a row is kept for ever; allowed: a field "
			     "that is neither text nor personal",
			     f->id);
}

/* In takes, needs and conditions one name must mean one thing. */
static void check_name(const struct where *w, const char *section, const char *id)
{
	if (cs_word_find(id))
		cs_pol_fault(w->b, member(w, section, id),
			     "every ticket has a '%s' already: another name is needed", id);
}

/* Nobody sets it by hand. */
static void check_derived(const struct where *w, const struct cs_field *f)
{
	for (size_t i = 0; i < w->k->step_count; i++) {
		const struct cs_step *s = &w->k->step[i];
		bool named = cs_ids_has(&s->takes, f->id) || cs_ids_has(&s->clears, f->id);

		for (size_t j = 0; j < s->need_count; j++)
			named = named || (s->need[j].word && strcmp(s->need[j].word, f->id) == 0);
		for (size_t j = 0; j < s->move_count; j++)
			named = named || (s->move[j].field && strcmp(s->move[j].field, f->id) == 0);
		if (named)
			cs_pol_fault(w->b, member(w, "steps", s->id),
				     "'%s' follows from a list: no step needs, takes, clears or moves to it", f->id);
	}
}

static void check_fields(const struct where *w)
{
	for (size_t i = 0; i < w->k->field_count; i++) {
		const struct cs_field *f = &w->k->field[i];

		check_name(w, "fields", f->id);
		if (f->as && cs_kind_field_as(w->k, f->as) != f)
			cs_pol_fault(w->b, cs_json_get(member(w, "fields", f->id), "as"),
				     "the field '%s' is taken for '%s' already", cs_kind_field_as(w->k, f->as)->id,
				     f->as);
		if (f->is.how) {
			check_derived(w, f);
			continue;
		}
		if (!taken(w->k, f->id) && f->start.type == CS_V_NONE)
			cs_pol_fault(w->b, member(w, "fields", f->id),
				     "no step needs or takes it: it could never be set");
	}
	for (size_t i = 0; i < w->k->exclusive.count; i++) {
		const struct cs_field *f = cs_kind_field(w->k, w->k->exclusive.id[i]);

		if (f && !f->find)
			cs_pol_fault(w->b, cs_json_get(w->n, "exclusive"),
				     "tickets must be found by the field '%s': \"find\": true", f->id);
	}
	for (size_t i = 0; i < w->k->list_count; i++) {
		const struct cs_list *l = &w->k->list[i];

		check_name(w, "lists", l->id);
		if (cs_kind_field(w->k, l->id))
			cs_pol_fault(w->b, member(w, "lists", l->id), "a field is called '%s' already", l->id);
		if (!taken(w->k, l->id))
			cs_pol_fault(w->b, member(w, "lists", l->id),
				     "no step takes it: it could never have rows");
		for (size_t j = 0; l->per_party && j < l->field_count; j++)
			if (strcmp(l->field[j].id, CS_ROW_PARTY) == 0)
				cs_pol_fault(w->b, member(w, "lists", l->id),
					     "per party: 'party' says whose a row is, and is no field of it");
		for (size_t j = 0; l->key && j <= l->field_count; j++) {
			if (j < l->field_count && strcmp(l->field[j].id, l->key) == 0) {
				check_list_key(w, l, &l->field[j]);
				break;
			}
			if (j == l->field_count)
				cs_pol_fault(w->b, cs_json_get(member(w, "lists", l->id), "key"),
					     "no field '%s' in the list", l->key);
		}
	}
}

/* What is approved for publication is a text. */
static void check_publication(const struct where *w)
{
	for (size_t i = 0; i < w->k->step_count; i++)
		if (w->k->step[i].publication[0] && !cs_kind_field_as(w->k, "notice"))
			cs_pol_fault(w->b, cs_json_get(member(w, "steps", w->k->step[i].id), "publication"),
				     "there is no text to publish: a field needs \"as\": \"notice\"");
}

/* --- clocks ----------------------------------------------------------------------------------- */

/* value: the span in n. */
static void check_span(const struct where *w, const struct cs_json_node *n,
		       const struct cs_json_node *value, const struct cs_clock *c, const struct cs_span *span)
{
	if (cs_span_needs_calendar(span) && !c->calendar)
		cs_pol_fault(w->b, n,
			     "working time is counted here: the clock needs a 'calendar'%s",
			     cs_pol_set_at(w->b, value));
}

/* An extension is counted by the calendar of the clock it moves. */
static void check_extensions(const struct where *w)
{
	for (size_t i = 0; i < w->k->step_count; i++) {
		const struct cs_step *s = &w->k->step[i];
		const struct cs_json_node *moves = cs_json_get(member(w, "steps", s->id), "moves");

		for (size_t j = 0; j < s->move_count; j++) {
			const struct cs_clock *c = cs_kind_clock(w->k, s->move[j].clock);
			const struct cs_json_node *at = cs_json_get(moves, s->move[j].clock);

			if (c && s->move[j].extends)
				check_span(w, at, cs_json_get(at, "within"), c, &s->move[j].within);
		}
	}
}

static void check_rules(const struct where *w, const struct cs_json_node *n,
			const struct cs_clock *c)
{
	bool open = true;

	for (size_t i = 0; i < c->rule_count; i++) {
		const struct cs_clock_rule *r = &c->rule[i];
		const struct cs_json_node *at =
			cs_json_get(n, "rules") ? item(cs_json_get(n, "rules"), i) : n;

		if (!open)
			cs_pol_fault(w->b, at, "never reached: the rule before has no 'when'");
		open = open && r->when;
		check_span(w, at, cs_json_get(at, "limit"), c, &r->limit);
		check_span(w, at, cs_json_get(cs_json_get(at, "due"), "plus"), c, &r->plus);
		check_span(w, at, cs_json_get(cs_json_get(at, "due"), "minus"), c, &r->minus);
		if (r->plus.unit == CS_SPAN_EOD || r->minus.unit == CS_SPAN_EOD)
			cs_pol_fault(w->b, at, "eod is no length of time to add or take off");
		if (cs_json_get(at, "cutoff") && r->limit.unit != CS_SPAN_EOD &&
		    r->limit.unit != CS_SPAN_NONE)
			cs_pol_fault(w->b, cs_json_get(at, "cutoff"),
				     "'cutoff' is for the limit eod");
	}
}

static bool shares(const struct cs_clock *c)
{
	for (size_t i = 0; i < c->rung_count; i++)
		if (c->rung[i].span.unit == CS_SPAN_PERCENT)
			return true;
	return false;
}

static void check_rungs(const struct where *w, const struct cs_json_node *n,
			const struct cs_clock *c)
{
	for (size_t i = 0; i < c->rung_count; i++) {
		const struct cs_rung *r = &c->rung[i];
		const struct cs_json_node *at = item(cs_json_get(n, "rungs"), i);

		check_span(w, at, cs_json_get(at, r->before ? "before" : "over"), c, &r->span);
		if (r->transfer)
			cs_pol_whom(w->b, cs_json_get(at, "to"), &r->to, false);
		for (size_t j = 0; j < i; j++) {
			const struct cs_rung *q = &c->rung[j];
			int order;

			if (r->id && q->id && strcmp(r->id, q->id) == 0)
				cs_pol_fault(w->b, at, "there is a rung '%s' already", r->id);
			if (r->before != q->before || r->span.unit == CS_SPAN_NONE ||
			    q->span.unit == CS_SPAN_NONE)
				continue;
			order = cs_span_compare(&q->span, &r->span);
			if (order == 0 || order == (r->before ? -1 : 1))
				cs_pol_fault(
					w->b, at,
					"out of order: rung '%s' stands before it but fires %s%s",
					q->id ? q->id : "", order ? "later" : "at the same time",
					cs_pol_set_at(w->b, cs_json_get(at, r->before ? "before" : "over")));
		}
		check_owe(w, cs_json_get(at, "owe"), r->owe);
	}
	for (size_t i = 0; i < c->rule_count; i++)
		if (c->rule[i].due_field && shares(c))
			cs_pol_fault(
				w->b, cs_json_get(n, "rungs"),
				"a share of the limit needs a limit; this clock's due comes "
				"from a field");
}

static void check_disjoint(const struct where *w, const struct cs_json_node *n,
			   const struct cs_ids *a, const char *as, const struct cs_ids *c,
			   const char *cs)
{
	for (size_t i = 0; i < c->count; i++)
		if (cs_ids_has(a, c->id[i]))
			cs_pol_fault(w->b, cs_json_get(n, cs), "step '%s' is in '%s' too", c->id[i],
				     as);
}

static bool waited(const struct cs_kind *k, const char *code)
{
	for (size_t i = 0; i < k->state_count; i++)
		if (k->state[i].waits && strcmp(k->state[i].waits, code) == 0)
			return true;
	return false;
}

static void check_clock(const struct where *w, const struct cs_clock *c)
{
	const struct cs_json_node *n = member(w, "clocks", c->id);

	if (!c->start.count)
		cs_pol_fault(w->b, n, "no step starts it");
	if (!c->stop.count)
		cs_pol_fault(w->b, n, "no step stops it");
	check_disjoint(w, n, &c->start, "start", &c->stop, "stop");
	check_disjoint(w, n, &c->start, "start", &c->void_by, "void");
	check_disjoint(w, n, &c->stop, "stop", &c->void_by, "void");
	for (size_t i = 0; i < c->pause.count; i++)
		if (!waited(w->k, c->pause.id[i]))
			cs_pol_fault(w->b, cs_json_get(n, "pause"),
				     "no state of the kind waits for '%s'", c->pause.id[i]);
	check_rules(w, n, c);
	check_rungs(w, n, c);
}

/* --- admission -------------------------------------------------------------------------------- */

static bool allowed(const struct cs_kind *k, const char *step)
{
	for (size_t i = 0; i < k->admission_count; i++)
		if (cs_ids_has(&k->admission[i].allow, step))
			return true;
	return false;
}

/* Some step it allows can carry the ground. */
static bool takes_ground(const struct cs_kind *k, const struct cs_admission_rule *r)
{
	for (size_t i = 0; i < r->allow.count; i++) {
		const struct cs_step *s = cs_kind_step(k, r->allow.id[i]);

		if (!s || cs_ids_has(&s->takes, "ground"))
			return true;
		for (size_t j = 0; j < s->need_count; j++)
			if (s->need[j].word && strcmp(s->need[j].word, "ground") == 0)
				return true;
	}
	return false;
}

static void check_admission_rule(const struct where *w, size_t i, const struct cs_json_node *n)
{
	const struct cs_admission_rule *r = &w->k->admission[i];
	bool last = i + 1 == w->k->admission_count;

	if (!last && !r->when)
		cs_pol_fault(w->b, n, "only the last rule has no 'when': those behind it are never reached");
	else if (last && r->when)
		cs_pol_fault(w->b, n, "the last rule has no 'when', or some tickets are under none");
	for (size_t j = 0; j < i; j++)
		if (r->id && w->k->admission[j].id && strcmp(r->id, w->k->admission[j].id) == 0)
			cs_pol_fault(w->b, n, "there are two rules '%s'", r->id);
	if (cs_json_get(n, "allow") && !r->allow.count)
		cs_pol_fault(w->b, cs_json_get(n, "allow"), "it allows no step: nothing could be decided under it");
	for (size_t j = 0; j < r->allow.count; j++) {
		const struct cs_step *s = cs_kind_step(w->k, r->allow.id[j]);

		if (s && !cs_step_gate(s))
			cs_pol_fault(w->b, cs_json_get(n, "allow"),
				     "step '%s' may be taken under any rule: it needs {\"admission\": \"%s\"}", s->id,
				     s->id);
	}
	if (r->ground && !takes_ground(w->k, r))
		cs_pol_fault(w->b, cs_json_get(n, "ground"), "no step it allows needs or takes 'ground'");
	for (size_t j = 0; j < r->need_count; j++)
		if (r->need[j].cond && r->need[j].cond->op == CS_COND_ADMISSION)
			cs_pol_fault(w->b, cs_json_get(n, "needs"),
				     "admission is needed by steps, not by its own rules");
}

static void check_admission(const struct where *w)
{
	const struct cs_json_node *n = cs_json_first(cs_json_get(w->n, "admission"));

	for (size_t i = 0; i < w->k->admission_count && n; i++, n = cs_json_next(n))
		check_admission_rule(w, i, n);
	if (cs_json_get(w->n, "override") && !w->k->admission_count)
		cs_pol_fault(w->b, cs_json_get(w->n, "override"), "the kind has no 'admission' to decide against");
	for (size_t i = 0; i < w->k->step_count; i++) {
		const struct cs_need *gate = cs_step_gate(&w->k->step[i]);

		if (gate && &w->k->step[i] == w->k->register_step)
			cs_pol_fault(w->b, member(w, "steps", w->k->step[i].id),
				     "every ticket is registered first: the step that registers needs no admission");
		if (gate && gate->cond->name && !allowed(w->k, gate->cond->name))
			cs_pol_fault(w->b, member(w, "steps", w->k->step[i].id), "no rule of admission allows '%s'",
				     gate->cond->name);
	}
}

static void check_prefix(const struct where *w)
{
	const char *s = w->k->prefix;
	const struct cs_json_node *n = cs_json_get(w->n, "prefix");
	size_t len = s ? strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") : 0;

	if (!s)
		return;
	if (!len || len > 3 || s[len])
		cs_pol_fault(w->b, n, "'%s' is no prefix: one to three letters A to Z", s);
	for (const struct cs_kind *k = w->b->p->kind; k < w->k; k++)
		if (k->prefix && strcmp(k->prefix, s) == 0)
			cs_pol_fault(w->b, n, "kind %s has the prefix '%s' already", k->id, s);
}

/* --- steps ------------------------------------------------------------------------------------ */

static bool gets(const struct cs_step *s, const char *word)
{
	for (size_t i = 0; i < s->need_count; i++)
		if (s->need[i].word && strcmp(s->need[i].word, word) == 0)
			return true;
	return cs_ids_has(&s->takes, word);
}

/* What is put to approval can be answered, and nothing is answered that is never put. */
static void check_approval(const struct where *w)
{
	bool asks = false;

	for (size_t i = 0; i < w->k->step_count; i++) {
		const struct cs_step *s = &w->k->step[i];
		const struct cs_json_node *n = cs_json_get(member(w, "steps", s->id), "approve");

		asks = asks || s->stage_count > 0;
		if (s->stage_count && (s == w->k->register_step || cs_ids_has(&answers, s->id)))
			cs_pol_fault(w->b, n, "'approve' is for steps on a ticket other than approve and reject");
		for (size_t j = 0; j < s->stage_count; j++) {
			cs_pol_whom(w->b, cs_json_get(item(n, j), "by"), &s->stage[j].by, false);
			check_owe(w, cs_json_get(item(n, j), "owe"), s->stage[j].owe);
		}
	}
	for (size_t i = 0; i < answers.count; i++) {
		if (asks && !cs_kind_step(w->k, answers.id[i]))
			cs_pol_fault(w->b, cs_json_get(w->n, "steps"),
				     "a step is put to approval: the step '%s' is needed", answers.id[i]);
		if (!asks && cs_kind_step(w->k, answers.id[i]))
			cs_pol_fault(w->b, member(w, "steps", answers.id[i]),
				     "no step has 'approve': nothing is put to approval");
	}
}

/* Words of the history that the program itself writes. */
static const struct cs_ids own_words = {(const char *[]){CS_STEP_RUNG, CS_STEP_GIVE_UP, CS_STEP_RATE, CS_STEP_RECLOCK,
							 CS_STEP_PLAN, CS_STEP_RELEASE, CS_STEP_DROP, CS_STEP_DUTY,
							 CS_STEP_WRITE, CS_STEP_OWE, CS_STEP_ASK, CS_STEP_LATE,
							 CS_STEP_ABSORB, CS_STEP_LET_GO, CS_STEP_MATTER},
					15};

static const struct cs_json_node *step_key(const struct where *w, const char *step, const char *key)
{
	const struct cs_json_node *n = member(w, "steps", step), *value = cs_json_get(n, key);

	return value ? value : n;
}

/* What is stated of another ticket: it is of this kind, and there may be none. */
static void check_same_as(const struct where *w)
{
	const struct cs_field *f = cs_kind_field(w->k, CS_LINK_SAME);
	const struct cs_step *link = cs_kind_step(w->k, CS_STEP_LINK);

	if (f && (f->type != CS_FIELD_REF || !f->none || !f->ref_kind || strcmp(f->ref_kind, w->k->id) != 0))
		cs_pol_fault(w->b, member(w, "fields", f->id),
			     "'" CS_LINK_SAME "' is reserved: a ref of kind %s with \"none\": true", w->k->id);
	if (link && (!f || !gets(link, CS_LINK_SAME)))
		cs_pol_fault(w->b, member(w, "steps", link->id),
			     "the step link states what it is the same as: it needs a field '" CS_LINK_SAME "'");
}

static void check_stays(const struct where *w, const char *id)
{
	const struct cs_step *s = cs_kind_step(w->k, id);

	if (s && s->to != CS_TO_SAME)
		cs_pol_fault(w->b, step_key(w, id, "to"), "the step %s leaves the ticket where it is: \"=\"", id);
}

/* The state of merged tickets: closed, entered by merge, left by unmerge alone: other steps reach the survivor. */
static void check_merged(const struct where *w, const struct cs_step *merge, const struct cs_step *undo)
{
	const struct cs_state *st = merge->to == CS_TO_STATE && merge->to_state ? cs_kind_state(w->k, merge->to_state)
										: NULL;

	if (!st || st->is != CS_IS_CLOSED) {
		cs_pol_fault(w->b, step_key(w, merge->id, "to"), "the step merge leads to a state that is closed");
		return;
	}
	if (undo && !cs_ids_has(&undo->from, st->id))
		cs_pol_fault(w->b, step_key(w, undo->id, "from"), "the step unmerge leads from the state of merge, %s",
			     st->id);
	for (size_t i = 0; i < w->k->step_count; i++) {
		const struct cs_step *s = &w->k->step[i];

		if (s != merge && s->to == CS_TO_STATE && s->to_state && strcmp(s->to_state, st->id) == 0)
			cs_pol_fault(w->b, step_key(w, s->id, "to"), "only the step merge leads to %s", st->id);
		if (s != undo && cs_ids_has(&s->from, st->id))
			cs_pol_fault(w->b, step_key(w, s->id, "from"),
				     "only unmerge leads from %s: other steps reach the ticket that survived", st->id);
	}
}

static void check_merging(const struct where *w)
{
	const struct cs_step *merge = cs_kind_step(w->k, CS_STEP_MERGE);
	const struct cs_step *undo = cs_kind_step(w->k, CS_STEP_UNMERGE);

	if (merge && !undo)
		cs_pol_fault(w->b, member(w, "steps", merge->id),
			     "what is merged may be wrong: the step unmerge is needed");
	if (undo && !merge)
		cs_pol_fault(w->b, member(w, "steps", undo->id), "nothing is merged: there is no step merge");
	if (merge)
		check_merged(w, merge, undo);
	for (size_t i = 0; i < w->k->step_count; i++)
		if (w->k->step[i].at.count && &w->k->step[i] != merge)
			cs_pol_fault(w->b, step_key(w, w->k->step[i].id, "at"), "'at' is for the step merge");
}

/* Steps whose names are fixed (policy.md, "Built in"). */
static void check_reserved(const struct where *w)
{
	static const char *const stay[] = {CS_STEP_LINK, CS_STEP_UNMERGE, "approve", "reject", "repeat"};
	const struct cs_step *reject = cs_kind_step(w->k, "reject"), *repeat = cs_kind_step(w->k, "repeat");

	for (size_t i = 0; i < own_words.count; i++)
		if (cs_kind_step(w->k, own_words.id[i]))
			cs_pol_fault(w->b, member(w, "steps", own_words.id[i]),
				     "'%s' is what the program itself writes: another name is needed", own_words.id[i]);
	for (size_t i = 0; i < sizeof stay / sizeof *stay; i++)
		check_stays(w, stay[i]);
	if (reject && !gets(reject, "note"))
		cs_pol_fault(w->b, member(w, "steps", "reject"), "who rejects says why: the step needs note");
	if (repeat && !gets(repeat, "party"))
		cs_pol_fault(w->b, member(w, "steps", "repeat"), "somebody complains again: the step needs party");
	check_same_as(w);
	check_merging(w);
}

static void check_steps(const struct where *w)
{
	check_approval(w);
	check_reserved(w);
	for (size_t i = 0; i < w->k->step_count; i++) {
		const struct cs_step *s = &w->k->step[i];

		if (s->leaves && (!gets(s, "party") || s == w->k->register_step))
			cs_pol_fault(w->b, member(w, "steps", s->id),
				     "'leaves' is for a step on a ticket that needs or takes party: who leaves");
	}
}

void cs_pol_check_kind(struct cs_pol *b, const struct cs_kind *k)
{
	struct where w = {b, k, cs_json_get(cs_json_get(b->root, "kinds"), k->id)};

	check_prefix(&w);
	check_states(&w);
	check_fields(&w);
	check_publication(&w);
	check_extensions(&w);
	check_steps(&w);
	check_admission(&w);
	for (size_t i = 0; i < k->clock_count; i++)
		check_clock(&w, &k->clock[i]);
}
