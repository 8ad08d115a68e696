/* What a policy means as a whole: declarations nobody uses, posts above themselves, rules whose
   parts do not fit. The members may be half read, since this also runs on a policy with faults.
   */
#include <string.h>

#include "domain/policy_build.h"
#include "domain/policy_words.h"
#include "domain/report.h"

/* Lists that the language itself speaks of; any other must be the list of some field. */
static const struct cs_ids own_lists = {(const char *[]){"level", "function", "group", "specialty", "method", "purpose",
							 "question", "exempt", "link", "waits", "tier", "weight",
							 "validity", "capacity", "part", CS_CODES_READING},
					16};

static const struct cs_json_node *section(const struct cs_pol *b, const char *name, const char *id)
{
	return cs_json_get(cs_json_get(b->root, name), id);
}

/* --- what nobody uses ------------------------------------------------------------------------- */

static bool field_uses(const struct cs_json_node *fields, const char *list)
{
	for (const struct cs_json_node *m = cs_json_first(fields); m; m = cs_json_next(m)) {
		const char *s = cs_json_text(cs_json_get(m, "codes"));

		if (s && strcmp(s, list) == 0)
			return true;
	}
	return false;
}

static bool list_used(const struct cs_pol *b, const char *list)
{
	for (size_t i = 0; i < b->all.kind_count; i++) {
		if (field_uses(cs_json_get(b->all.kind[i], "fields"), list))
			return true;
		for (const struct cs_json_node *m =
			     cs_json_first(cs_json_get(b->all.kind[i], "lists"));
		     m; m = cs_json_next(m))
			if (field_uses(cs_json_get(m, "fields"), list))
				return true;
	}
	return false;
}

static void check_unused(struct cs_pol *b)
{
	const struct cs_policy *p = b->p;

	for (size_t i = 0; i < p->param_count; i++)
		if (!b->param_used[i])
			cs_pol_fault(b, section(b, "params", p->param[i].id),
				     "nothing uses the parameter");
	for (size_t i = 0; i < p->codes_count; i++)
		if (!cs_ids_has(&own_lists, p->codes[i].id) && !list_used(b, p->codes[i].id)) {
			struct cs_buf hint = {0};

			cs_pol_hint(p->codes[i].id, &own_lists, &hint);
			cs_pol_fault(b, section(b, "codes", p->codes[i].id),
				     "no field uses the list '%s'%s", p->codes[i].id,
				     strstr(cs_buf_str(&hint), "mean") ? cs_buf_str(&hint) : "");
			cs_buf_free(&hint);
		}
	for (size_t i = 0; i < p->window_count; i++) {
		bool used = false;

		for (size_t j = 0; j < p->callback_count; j++)
			used = used || p->callback[j].window == &p->window[i];
		if (!used)
			cs_pol_fault(b, section(b, "windows", p->window[i].id),
				     "no call-back uses the window");
	}
}

/* --- posts, priority, assign ------------------------------------------------------------------ */

static void check_posts(struct cs_pol *b)
{
	const struct cs_policy *p = b->p;

	for (size_t i = 0; i < p->post_count; i++) {
		const struct cs_post_rule *q = &p->post[i];

		for (size_t steps = 0; q && steps <= p->post_count; steps++) {
			q = q->above ? cs_policy_post(p, q->above) : NULL;
			if (q == &p->post[i]) {
				cs_pol_fault(b, section(b, "posts", q->id),
					     "following 'above' from here comes back to here");
				break;
			}
		}
	}
}

static void check_order(struct cs_pol *b)
{
	const struct cs_policy *p = b->p;
	const struct cs_json_node *n = cs_json_first(cs_json_get(b->root, "assign"));

	for (size_t i = 0; i < p->assign_count && n; i++, n = cs_json_next(n)) {
		if (i + 1 < p->assign_count && !p->assign[i].when)
			cs_pol_fault(
				b, n,
				"only the last rule has no 'when': those behind it are never "
				"reached");
		else if (i + 1 == p->assign_count && p->assign[i].when)
			cs_pol_fault(b, n,
				     "the last rule has no 'when', or some tickets go to nobody");
	}
	if (!p->assign_count && cs_json_get(b->root, "assign"))
		cs_pol_fault(b, cs_json_get(b->root, "assign"),
			     "a last rule without 'when' is needed");
	n = cs_json_first(cs_json_get(b->root, "assign"));
	for (size_t i = 0; i < p->assign_count && n; i++, n = cs_json_next(n))
		cs_pol_whom(b, cs_json_get(n, "to"), &p->assign[i].to, true);
	for (size_t i = 0; i < p->category_count; i++)
		cs_pol_whom(b, cs_json_get(section(b, "categories", p->category[i].id), "route"),
			    &p->category[i].route, true);
	for (size_t i = 0; i < p->priority.rule_count; i++)
		for (size_t j = 0; j < i; j++)
			if (p->priority.rule[i].id && p->priority.rule[j].id &&
			    !strcmp(p->priority.rule[i].id, p->priority.rule[j].id))
				cs_pol_fault(b,
					     cs_json_get(cs_json_get(b->root, "priority"), "rules"),
					     "there are two rules '%s'", p->priority.rule[i].id);
}

/* --- call-backs, samples, duties, indicators -------------------------------------------------- */

static bool has_method(const struct cs_callback_rule *r, const char *method)
{
	for (size_t i = 0; i < r->by_count; i++)
		if (strcmp(r->by[i].method, method) == 0)
			return true;
	return false;
}

static void check_span(struct cs_pol *b, const struct cs_json_node *n, const char *key,
		       const struct cs_calendar *c, const struct cs_span *span)
{
	if (cs_span_needs_calendar(span) && !c)
		cs_pol_fault(b, n, "working time is counted here: a 'calendar' is needed%s",
			     cs_pol_set_at(b, cs_json_get(n, key)));
}

static void check_callback(struct cs_pol *b, const struct cs_callback_rule *r)
{
	const struct cs_json_node *n = section(b, "callbacks", r->id);

	for (size_t i = 0; i < r->methods.count; i++)
		if (!has_method(r, r->methods.id[i]))
			cs_pol_fault(b, n, "'by' does not say who makes it by '%s'",
				     r->methods.id[i]);
	for (size_t i = 0; i < r->by_count; i++)
		if (!cs_ids_has(&r->methods, r->by[i].method))
			cs_pol_fault(b, cs_json_get(cs_json_get(n, "by"), r->by[i].method),
				     "'%s' is not among its methods", r->by[i].method);
	check_span(b, n, "within", r->calendar, &r->within);
	check_span(b, n, "give_up", r->calendar, &r->give_up);
	if (cs_json_get(n, "low") && !r->score)
		cs_pol_fault(b, cs_json_get(n, "low"), "'low' needs a score: \"score\": true");
	if (cs_json_get(n, "give_up") && !r->then_happening)
		cs_pol_fault(b, cs_json_get(n, "give_up"),
			     "'give_up' is for what waits for a happening: after.then");
	if (cs_json_get(n, "within") && !r->after_step)
		cs_pol_fault(b, cs_json_get(n, "within"),
			     "'within' counts from a step: 'after' is missing");
	if (!r->methods.count)
		cs_pol_fault(b, cs_json_get(n, "methods"), "a method is needed");
}

/* Contacts planned with a sample follow a call-back rule of that purpose, for each of its kinds. */
static void check_sample(struct cs_pol *b, const struct cs_sample_rule *r)
{
	const struct cs_json_node *n = section(b, "samples", r->id);

	for (size_t i = 0; r->then_contact && i < r->each.kinds.count; i++) {
		const char *kind = r->each.kinds.id[i];
		bool found = false;

		for (size_t j = 0; j < b->p->callback_count; j++) {
			const struct cs_callback_rule *c = &b->p->callback[j];

			found = found ||
				(c->purpose && !strcmp(c->purpose, r->then_contact) &&
				 (!c->each.kinds.count || cs_ids_has(&c->each.kinds, kind)));
		}
		if (!found)
			cs_pol_fault(b, cs_json_get(cs_json_get(n, "then"), "contact"),
				     "no call-back of purpose '%s' is for kind %s", r->then_contact,
				     kind);
	}
}

static void check_access(struct cs_pol *b, const struct cs_access_rule *r)
{
	const struct cs_json_node *n = section(b, "access", r->id);

	if (strcmp(r->each.of ? r->each.of : "ticket", "ticket") != 0)
		cs_pol_fault(b, cs_json_get(cs_json_get(n, "each"), "of"), "access is about tickets");
	if (r->log && !cs_policy_codes(b->p, CS_CODES_READING))
		cs_pol_fault(b, cs_json_get(n, "log"),
			     "who reads it says why: the code list '" CS_CODES_READING "' is missing");
}

/* Which arguments a measure has: needed ones, then others. */
static const struct measure {
	const char *name, *needs, *others;
} measures[] = {
	{"response_timely", "kind question", "sample"},
	{"callback_rate", "kind", "sample"},
	{"satisfied_rate", "kind score", "sample"},
	{"valid_complaints_per_household", "kind", ""},
	{"duty_coverage", "", ""},
	{"segmentation", "", ""},
};

static bool among(const char *words, const char *word)
{
	const char *at = strstr(words, word);

	return at && (at[strlen(word)] == 0 || at[strlen(word)] == ' ');
}

static void check_indicator(struct cs_pol *b, const struct cs_indicator *r)
{
	static const char *const names[] = {"kind", "sample", "question", "score"};
	const struct cs_json_node *n = section(b, "indicators", r->id),
				  *args = cs_json_get(n, "args");
	const struct cs_sample_rule *sample = r->sample ? cs_policy_sample(b->p, r->sample) : NULL;

	for (size_t i = 0; r->measure && i < sizeof measures / sizeof *measures; i++) {
		if (strcmp(measures[i].name, r->measure) != 0)
			continue;
		for (size_t j = 0; j < sizeof names / sizeof *names; j++) {
			bool given = cs_json_get(args, names[j]) != NULL,
			     needed = among(measures[i].needs, names[j]);

			if (needed && !given)
				cs_pol_fault(b, n, "the measure %s needs the argument '%s'",
					     r->measure, names[j]);
			else if (given && !needed && !among(measures[i].others, names[j]))
				cs_pol_fault(b, cs_json_get(args, names[j]),
					     "the measure %s has no argument '%s'", r->measure,
					     names[j]);
		}
	}
	if (sample && r->kind && sample->each.kinds.count &&
	    !cs_ids_has(&sample->each.kinds, r->kind))
		cs_pol_fault(b, cs_json_get(args, "sample"),
			     "the sample '%s' is not drawn from kind %s", r->sample, r->kind);
}

static bool decides(const struct cs_kind *k)
{
	for (size_t i = 0; i < k->step_count; i++)
		if (k->step[i].publication[0])
			return true;
	return false;
}

static void check_ledger(struct cs_pol *b)
{
	const struct cs_ids *more = &b->p->reports.ledger;

	for (size_t i = 0; i < more->count; i++)
		if (cs_report_ledger_has(more->id[i]))
			cs_pol_fault(b, cs_json_get(cs_json_get(b->root, "reports"), "ledger"),
				     "the ledger has a column '%s' of its own", more->id[i]);
}

/* What has to be decided can be. */
static void check_reports(struct cs_pol *b)
{
	const struct cs_scope *each = &b->p->reports.publication;
	const struct cs_json_node *n = cs_json_get(cs_json_get(b->root, "reports"), "publication");

	for (size_t i = 0; i < each->kinds.count; i++) {
		const struct cs_kind *k = cs_policy_kind(b->p, each->kinds.id[i]);

		if (k && !decides(k))
			cs_pol_fault(b, cs_json_get(n, "each"),
				     "no step of kind %s decides on it: \"publication\": \"approve\"", k->id);
	}
}

void cs_pol_check(struct cs_pol *b)
{
	const struct cs_policy *p = b->p;

	check_posts(b);
	check_order(b);
	cs_pol_check_importance(b);
	for (size_t i = 0; i < p->kind_count; i++)
		cs_pol_check_kind(b, &p->kind[i]);
	for (size_t i = 0; i < p->callback_count; i++)
		check_callback(b, &p->callback[i]);
	for (size_t i = 0; i < p->sample_count; i++)
		check_sample(b, &p->sample[i]);
	for (size_t i = 0; i < p->duty_count; i++)
		cs_pol_check_duty(b, &p->duty[i]);
	for (size_t i = 0; i < p->access_count; i++)
		check_access(b, &p->access[i]);
	for (size_t i = 0; i < p->indicator_count; i++)
		check_indicator(b, &p->indicator[i]);
	check_ledger(b);
	check_reports(b);
	check_unused(b);
	cs_pol_check_labels(b);
}
