/* Calendars, categories, call-backs, samples, indicators: what their rows cannot say. */
#include <string.h>

#include "domain/policy_build.h"

/* The kinds of a rule's `each`: they type everything below it. */
void cs_pol_scope_kinds(struct cs_pol *b, const struct cs_json_node *kinds)
{
	b->scope = b->all;
	if (cs_json_type(kinds) != CS_JSON_ARRAY)
		return;
	b->scope.kind = cs_pol_array(b, cs_json_count(kinds), sizeof(*b->scope.kind));
	b->scope.kind_count = 0;
	for (const struct cs_json_node *m = cs_json_first(kinds); m; m = cs_json_next(m))
		for (size_t i = 0; cs_json_text(m) && i < b->all.kind_count; i++)
			if (strcmp(cs_json_key(b->all.kind[i]), cs_json_text(m)) == 0)
				b->scope.kind[b->scope.kind_count++] = b->all.kind[i];
	if (!cs_json_count(kinds))
		cs_pol_fault(b, kinds, "no kind is named; leave 'kinds' out for all of them");
}

void cs_pol_each_before(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	(void)base;
	cs_pol_scope_kinds(b, cs_json_get(cs_json_get(n, "each"), "kinds"));
}

void cs_pol_callback_before(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	struct cs_callback_rule *r = base;

	r->holds = true;
	cs_pol_each_before(b, n, base);
}

void cs_pol_low_after(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	struct cs_callback_rule *r = base;
	bool undecided = false;
	int64_t score;

	/* An undecided score: no score is low. */
	if (cs_json_get(n, "at_most"))
		r->has_low = cs_pol_number(b, cs_json_get(n, "at_most"), &score, &undecided) &&
			     !undecided;
	if (r->has_low && (r->low_at_most < 1 || r->low_at_most > 5))
		cs_pol_fault(b, cs_json_get(n, "at_most"), "a score from 1 to 5 expected");
}

void cs_pol_similar_after(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	const struct cs_similar *r = base;
	int64_t score;
	bool undecided = true;

	if (cs_json_get(n, "kinds") && !cs_json_first(cs_json_get(n, "kinds")))
		cs_pol_fault(b, cs_json_get(n, "kinds"), "no kind is named");
	if (cs_json_get(n, "same") && !cs_json_first(cs_json_get(n, "same")))
		cs_pol_fault(b, cs_json_get(n, "same"), "nothing is named; allowed: party premises category");
	if (cs_span_needs_calendar(&r->within) || r->within.unit == CS_SPAN_EOD)
		cs_pol_fault(b, cs_json_get(n, "within"), "elapsed time, calendar days, months or years expected");
	if (cs_json_get(n, "score") && cs_pol_number(b, cs_json_get(n, "score"), &score, &undecided) && !undecided &&
	    (score < 1 || score > 100))
		cs_pol_fault(b, cs_json_get(n, "score"), "a score from 1 to 100 expected");
}

void cs_pol_sample_after(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	struct cs_sample_rule *r = base;
	bool percent = cs_json_get(n, "percent") != NULL;

	r->has_percent = r->percent > 0; /* else undecided: nothing is drawn */
	if (percent == (cs_json_get(n, "count") != NULL))
		cs_pol_fault(b, n, "either 'percent' or 'count' expected");
	else if (percent && r->percent > 100)
		cs_pol_fault(b, cs_json_get(n, "percent"), "at most 100 percent");
	else if (!percent && (cs_json_get(n, "round") || cs_json_get(n, "least")))
		cs_pol_fault(b, n, "'round' and 'least' go with 'percent'");
	cs_pol_no_kinds(b, n, base);
}

void cs_pol_target_after(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	struct cs_indicator *r = base;

	r->at_least = cs_json_get(n, "at_least") != NULL;
	if (r->at_least == (cs_json_get(n, "at_most") != NULL))
		cs_pol_fault(b, n, "either 'at_least' or 'at_most' expected");
	r->has_target = r->target >= 0;
	if (!r->has_target)
		r->target = 0;
}

void cs_pol_calendar_after(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	struct cs_calendar *c = base;
	const struct cs_json_node *name = cs_json_get(n, "holidays");

	c->zone = b->p->zone;
	for (size_t i = 0; cs_json_text(name) && i < b->p->holidays_count; i++)
		if (strcmp(b->p->holidays[i].name, cs_json_text(name)) == 0)
			c->holidays = &b->p->holidays[i];
	if (name && !c->holidays && !cs_pol_checks(b))
		cs_pol_fault(b, name, "the holidays are not in the edition");
	for (int i = 0; i < 7; i++)
		if (c->week[i].count)
			return;
	if (!c->date_count)
		cs_pol_fault(b, n, "the calendar is never open");
}

void cs_pol_category_after(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	struct cs_category *c = base;
	const struct cs_json_node *route = cs_json_get(n, "route");
	const char *dot = strrchr(c->id, '.');

	c->has_route = route != NULL;
	if (route)
		cs_pol_who(b, route, &c->route);
	if (dot && cs_pol_checks(b))
		cs_pol_ref(b, n, cs_arena_strndup(&b->p->arena, c->id, (size_t)(dot - c->id)),
			   "categories");
}
