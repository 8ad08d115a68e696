/* Duties and forms of a policy: what rows cannot say of them. */
#include <string.h>

#include "domain/crossing.h"
#include "domain/policy_build.h"

const char *const cs_form_drawn[] = {"facts",  "fees",       "notice", "outcome", "process", "reception",
				     "result", "signatures", "state",  "turns"};
const size_t cs_form_drawn_count = sizeof cs_form_drawn / sizeof *cs_form_drawn;

static const char *const periods[] = {"day", "week", "month", "quarter", "half", "year"};
static const int64_t period_days[] = {1, 7, 31, 92, 184, 366};

static const struct cs_json_node *duty_node(const struct cs_pol *b, const char *id)
{
	return cs_json_get(cs_json_get(b->root, "duties"), id);
}

static bool is_unit(const struct cs_scope *s)
{
	return s->of && strcmp(s->of, "unit") == 0;
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

void cs_pol_every(struct cs_pol *b, const struct cs_json_node *n, struct cs_duty *out)
{
	const char *s = cs_json_text(n);

	out->recurs = true;
	for (size_t i = 0; s && i < sizeof periods / sizeof *periods; i++)
		if (strcmp(s, periods[i]) == 0) {
			out->by_period = true;
			out->period = (enum cs_period_unit)i;
			return;
		}
	/* A word is a period that was meant: a span begins with its number. */
	if (s && *s != '$' && (*s < '0' || *s > '9')) {
		cs_pol_fault(b, n, "'%s' is no period, allowed: day week month quarter half year, or a span", s);
		return;
	}
	if (cs_pol_span(b, n, false, &out->every) && out->every.unit == CS_SPAN_ELAPSED && out->every.n == 0)
		cs_pol_fault(b, n, "more than no time must lie between%s", cs_pol_set_at(b, n));
}

void cs_pol_changes(struct cs_pol *b, const struct cs_json_node *n, struct cs_ids *out)
{
	cs_pol_ids(b, n, NULL, out);
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m)) {
		const char *s = cs_json_text(m);

		if (!s || strcmp(s, "policy") == 0)
			continue;
		if (strncmp(s, "post:", 5) == 0)
			cs_pol_ref(b, m, s + 5, "posts");
		else
			cs_pol_fault(b, m, "'%s' is no change that is watched, allowed: policy post:", s);
	}
	if (cs_json_type(n) == CS_JSON_ARRAY && !cs_json_first(n))
		cs_pol_fault(b, n, "no change is named");
}

void cs_pol_duty_before(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	struct cs_duty *d = base;
	const char *of = cs_json_text(cs_json_get(cs_json_get(n, "each"), "of"));

	d->times = 1;
	if (of && strcmp(of, "unit") == 0)
		b->scope = (struct cs_pol_scope){.unit = true};
	else
		cs_pol_each_before(b, n, base);
}

/* So many of the keys stand there. */
static size_t given(const struct cs_json_node *n, const char *const *keys, size_t count)
{
	size_t there = 0;

	for (size_t i = 0; i < count; i++)
		there += cs_json_get(n, keys[i]) != NULL;
	return there;
}

void cs_pol_on_after(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	static const char *const keys[] = {"step", "importance", "field", "set", "change"};

	(void)base;
	if (given(n, keys, sizeof keys / sizeof *keys) != 1)
		cs_pol_fault(b, n, "one of step, importance, field, set and change expected");
}

void cs_pol_done_after(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	static const char *const keys[] = {"step",     "form",   "evidence", "field",  "notice",
					   "approval", "report", "draw",     "contact"};
	struct cs_duty *d = base;

	d->done_form = cs_json_get(n, "form") != NULL;
	if (given(n, keys, sizeof keys / sizeof *keys) != 1)
		cs_pol_fault(b, n,
			     "one of step, form, evidence, field, notice, approval, report, draw and contact expected");
	else if (cs_json_get(n, "notice") && !d->done_notice)
		cs_pol_fault(b, cs_json_get(n, "notice"), "only \"notice\": true says what discharges it");
	else if (cs_json_get(n, "approval") && !d->done_approval)
		cs_pol_fault(b, cs_json_get(n, "approval"), "only \"approval\": true says what discharges it");
}

void cs_pol_late_after(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	struct cs_late *l = base;
	const struct cs_json_node *to = cs_json_get(n, "to");

	l->before = cs_json_get(n, "before") != NULL;
	l->has_to = to != NULL;
	if (to)
		cs_pol_who(b, to, &l->to);
	if (l->id && strcmp(l->id, CS_CROSS_MISSED) == 0)
		cs_pol_fault(b, cs_json_get(n, "id"), "'%s' is what the end of its time is called", l->id);
	if (l->before == (cs_json_get(n, "over") != NULL))
		cs_pol_fault(b, n, "either 'over' or 'before' expected");
	if (!to && !l->tell.count)
		cs_pol_fault(b, n, "a rung does something: 'to' or 'tell' expected");
}

void cs_pol_none_before(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	(void)base;
	b->outer = b->scope;
	cs_pol_scope_kinds(b, cs_json_get(n, "kinds"));
}

void cs_pol_none_after(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	(void)n;
	(void)base;
	b->scope = b->outer;
}

void cs_pol_duty_after(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	struct cs_duty *d = base;

	d->has_none = cs_json_get(cs_json_get(n, "waive"), "if_none") != NULL;
	if (d->times < 1)
		d->times = 1; /* undecided: once */
	cs_pol_no_kinds(b, n, base);
}

/* A form is of no kind: what it names is some kind's. */
static void form_names(struct cs_pol *b, const struct cs_json_node *n, const char *key, const char *member,
		       const char *noun)
{
	for (const struct cs_json_node *m = cs_json_first(cs_json_get(n, key)); m; m = cs_json_next(m)) {
		bool found = !cs_json_text(m);

		for (size_t i = 0; i < b->all.kind_count; i++)
			found = found || cs_json_get(cs_json_get(b->all.kind[i], member), cs_json_text(m));
		if (!found)
			cs_pol_fault(b, m, "no kind has the %s '%s'", noun, cs_json_text(m));
	}
}

void cs_pol_form_after(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	const struct cs_form *f = base;
	const struct cs_json_node *m = cs_json_first(cs_json_get(n, "written"));

	for (size_t i = 0; i < f->written.count && m; i++, m = cs_json_next(m))
		if (!cs_ids_has(&f->parts, f->written.id[i]))
			cs_pol_fault(b, m, "'%s' is not among the form's parts", f->written.id[i]);
	form_names(b, n, "fields", "fields", "field");
	form_names(b, n, "steps", "steps", "step");
	if (cs_ids_has(&f->parts, "outcome") != (f->steps.count > 0))
		cs_pol_fault(b, n, "the part 'outcome' and the 'steps' that it tells belong together");
	m = cs_json_first(cs_json_get(n, "parts"));
	for (size_t i = 0; i < f->parts.count && m; i++, m = cs_json_next(m)) {
		const struct cs_ids drawn = {(const char **)cs_form_drawn, cs_form_drawn_count};

		if (!cs_ids_has(&f->written, f->parts.id[i]) && !cs_ids_has(&drawn, f->parts.id[i]))
			cs_pol_fault(b, m, "the part '%s' does not fill itself: it belongs in 'written'",
				     f->parts.id[i]);
	}
}

/* --- meaning ------------------------------------------------------------------------------------------------------ */

struct rule {
	struct cs_pol *b;
	const struct cs_duty *d;
	const struct cs_json_node *n;
};

static void forbid(const struct rule *r, const struct cs_json_node *in, const char *key, const char *why)
{
	if (cs_json_get(in, key))
		cs_pol_fault(r->b, cs_json_get(in, key), "%s", why);
}

/* Some rung of a clock owes it. */
static bool rung_owes(const struct cs_policy *p, const char *id)
{
	for (size_t i = 0; i < p->kind_count; i++)
		for (size_t j = 0; j < p->kind[i].clock_count; j++)
			for (size_t l = 0; l < p->kind[i].clock[j].rung_count; l++)
				if (p->kind[i].clock[j].rung[l].owe && strcmp(p->kind[i].clock[j].rung[l].owe, id) == 0)
					return true;
	return false;
}

/* Some stage of approval owes it. */
static bool stage_owes(const struct cs_policy *p, const char *id)
{
	for (size_t i = 0; i < p->kind_count; i++)
		for (size_t j = 0; j < p->kind[i].step_count; j++)
			for (size_t l = 0; l < p->kind[i].step[j].stage_count; l++) {
				const char *owe = p->kind[i].step[j].stage[l].owe;

				if (owe && strcmp(owe, id) == 0)
					return true;
			}
	return false;
}

/* A rung, or a fact that the importance asks for and nobody knows. */
static bool is_owed(const struct rule *r)
{
	const struct cs_json_node *facts = cs_json_get(cs_json_get(r->b->root, "importance"), "unknown");

	for (const struct cs_json_node *m = cs_json_first(facts); m; m = cs_json_next(m))
		if (cs_json_text(m) && strcmp(cs_json_text(m), r->d->id) == 0)
			return true;
	return rung_owes(r->b->p, r->d->id) || stage_owes(r->b->p, r->d->id);
}

static void check_trigger(const struct rule *r)
{
	const struct cs_duty *d = r->d;
	const struct cs_json_node *on = cs_json_get(r->n, "on");

	if (!on && !d->recurs && !is_owed(r))
		cs_pol_fault(r->b, r->n,
			     "nothing makes it arise: say 'on' or 'every', or let a rung or an approval owe it");
	if (d->recurs && on && !cs_json_get(on, "importance"))
		cs_pol_fault(r->b, on,
			     "what recurs begins when 'where' holds; besides that only 'importance' can begin it");
	if (is_unit(&d->each)) {
		if (!d->recurs && on && !cs_json_get(on, "change"))
			cs_pol_fault(r->b, r->n, "a unit owes by 'every' period or on a 'change'");
		if (d->recurs && !d->by_period)
			cs_pol_fault(r->b, cs_json_get(r->n, "every"),
				     "a unit owes by period: day week month quarter half year");
		forbid(r, on, "step", "a unit takes no steps");
		forbid(r, on, "importance", "a unit has no importance");
		forbid(r, on, "field", "a unit has no fields");
		forbid(r, on, "set", "a unit has no fields");
		forbid(r, cs_json_get(r->n, "each"), "kinds", "kinds are of tickets");
	} else {
		forbid(r, on, "change", "this is owed by a unit: \"of\": \"unit\"");
	}
}

/* By what its due can be reckoned; without one nothing is late. */
static void check_due(const struct rule *r)
{
	const struct cs_duty *d = r->d;
	const struct cs_json_node *due = cs_json_get(r->n, "due");
	const bool by_field = d->on_field != NULL;

	if (d->recurs) {
		forbid(r, r->n, "within", "what recurs is due by its period or span");
		forbid(r, r->n, "before", "what recurs is due by its period or span");
	}
	if (!d->by_period) {
		static const char why[] = "this is for what is owed by period: \"every\": \"month\"";

		forbid(r, r->n, "due", why);
		forbid(r, r->n, "times", why);
		forbid(r, r->n, "joins", why);
	} else if (due && (d->due_day > period_days[d->period] ||
			   (d->due_day < 1 && !cs_json_text(cs_json_get(due, "day"))))) {
		cs_pol_fault(r->b, cs_json_get(due, "day"), "a day from 1 to %lld expected%s",
			     (long long)period_days[d->period], cs_pol_set_at(r->b, cs_json_get(due, "day")));
	}
	if (cs_json_get(r->n, "before") && !by_field)
		cs_pol_fault(r->b, cs_json_get(r->n, "before"), "'before' counts from the time in a field: on.field");
	if (cs_json_get(r->n, "before") && cs_json_get(r->n, "within"))
		cs_pol_fault(r->b, cs_json_get(r->n, "within"), "either 'within' or 'before'");
	if (cs_json_get(r->n, "late") && !d->recurs && !cs_json_get(r->n, "within") && !by_field)
		cs_pol_fault(r->b, cs_json_get(r->n, "late"),
			     "it is never late: it has no due ('within', 'every' or on.field)");
}

static void check_span(const struct rule *r, const struct cs_json_node *in, const char *key, const struct cs_span *span)
{
	if (cs_span_needs_calendar(span) && !r->d->calendar)
		cs_pol_fault(r->b, in, "working time is counted here: a 'calendar' is needed%s",
			     cs_pol_set_at(r->b, cs_json_get(in, key)));
}

static void check_spans(const struct rule *r)
{
	const struct cs_json_node *m = cs_json_first(cs_json_get(r->n, "late"));

	check_span(r, r->n, "within", &r->d->within);
	check_span(r, r->n, "before", &r->d->before);
	check_span(r, r->n, "every", &r->d->every);
	for (size_t i = 0; i < r->d->late_count && m; i++, m = cs_json_next(m)) {
		const struct cs_late *l = &r->d->late[i];

		check_span(r, m, l->before ? "before" : "over", &l->span);
		for (size_t k = 0; k < i; k++)
			if (l->id && r->d->late[k].id && strcmp(l->id, r->d->late[k].id) == 0)
				cs_pol_fault(r->b, m, "there is a rung '%s' already", l->id);
	}
}

static void check_done(const struct rule *r)
{
	const struct cs_duty *d = r->d;
	const struct cs_json_node *done = cs_json_get(r->n, "done"), *form = cs_json_get(r->n, "form");

	if (is_unit(&d->each)) {
		forbid(r, done, "step", "a unit takes no steps");
		forbid(r, done, "field", "a unit has no fields");
		forbid(r, done, "contact", "contacts are of tickets");
		forbid(r, done, "form", "forms are filled from a ticket");
		forbid(r, done, "approval", "steps are put to approval, and a unit takes none");
		forbid(r, r->n, "form", "forms are filled from a ticket");
	} else {
		forbid(r, done, "report", "reports are of units");
		forbid(r, done, "draw", "samples are of units");
	}
	if (d->by_period ? false : d->done_report || d->done_draw)
		cs_pol_fault(r->b, done, "a report or sample is of a period: \"every\" is missing");
	if (form && !d->done_form && !d->done_evidence)
		cs_pol_fault(r->b, form, "a form is delivered: done by 'form' or 'evidence'");
	if (form && d->done_form && cs_json_text(form) && cs_json_text(cs_json_get(done, "form")) &&
	    strcmp(cs_json_text(form), cs_json_text(cs_json_get(done, "form"))) != 0)
		cs_pol_fault(r->b, form, "another form than the one that discharges it");
	if (d->has_none && !(is_unit(&d->each) && d->by_period))
		cs_pol_fault(r->b, cs_json_get(cs_json_get(r->n, "waive"), "if_none"),
			     "this is looked for in a unit and a period: \"of\": \"unit\" with 'every'");
	if (d->done_approval != stage_owes(r->b->p, d->id))
		cs_pol_fault(r->b, done,
			     d->done_approval ? "no stage of an 'approve' owes it"
					      : "a stage of approval owes it: only \"approval\": true discharges it");
	if (!d->done_notice)
		return;
	if (!d->to.count)
		cs_pol_fault(r->b, done, "a notice goes to somebody: 'to' is missing");
	if (d->recurs || cs_json_get(r->n, "within") || d->on_field)
		cs_pol_fault(r->b, done, "a notice is sent at once: nothing recurs and nothing is waited for");
}

void cs_pol_check_duty(struct cs_pol *b, const struct cs_duty *d)
{
	const struct rule r = {b, d, duty_node(b, d->id)};

	if (!d->done_notice || d->owner.kind != CS_WHO_SYSTEM)
		cs_pol_whom(b, cs_json_get(r.n, "owner"), &d->owner, false);
	check_trigger(&r);
	check_due(&r);
	check_spans(&r);
	check_done(&r);
}
