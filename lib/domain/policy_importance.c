/* Importance: sets of rules, what they include, what they mean. */
#include <string.h>

#include "domain/policy_build.h"
#include "domain/policy_words.h"

void cs_pol_importance_before(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	const struct cs_json_node *kinds = cs_json_get(n, "kinds");

	(void)base;
	cs_pol_scope_kinds(b, kinds);
}

void cs_pol_sets(struct cs_pol *b, const struct cs_json_node *n, struct cs_importance *out)
{
	if (cs_json_type(n) != CS_JSON_OBJECT) {
		cs_pol_fault(b, n, "object expected, found %s", cs_json_type_name(cs_json_type(n)));
		return;
	}
	out->set = cs_pol_array(b, cs_json_count(n), sizeof *out->set);
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m)) {
		struct cs_importance_set *set = &out->set[out->set_count++];

		set->id = cs_json_key(m);
		if (cs_json_type(m) != CS_JSON_ARRAY) {
			cs_pol_fault(b, m, "list of rules expected, found %s", cs_json_type_name(cs_json_type(m)));
			continue;
		}
		set->rule = cs_pol_array(b, cs_json_count(m), sizeof *set->rule);
		for (const struct cs_json_node *r = cs_json_first(m); r; r = cs_json_next(r)) {
			set->rule[set->rule_count].set = set->id;
			cs_pol_object(b, r, CS_L_IMPORTANCE_RULE, &set->rule[set->rule_count++]);
		}
	}
}

void cs_pol_duties(struct cs_pol *b, const struct cs_json_node *n, struct cs_importance *out)
{
	if (cs_json_type(n) != CS_JSON_OBJECT) {
		cs_pol_fault(b, n, "object expected, found %s", cs_json_type_name(cs_json_type(n)));
		return;
	}
	out->unknown = cs_pol_array(b, cs_json_count(n), sizeof *out->unknown);
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m)) {
		struct cs_importance_unknown *one = &out->unknown[out->unknown_count++];

		one->field = cs_json_key(m);
		one->duty = cs_pol_text(b, m);
		cs_pol_ref(b, m, one->field, "@cond");
		if (one->duty)
			cs_pol_ref(b, m, one->duty, "duties");
	}
}

/* A rule, or the rules of another set. */
void cs_pol_importance_rule_after(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	static const char *const parts[] = {"id", "class", "when"};
	const struct cs_importance_rule *r = base;

	if (r->include && cs_json_count(n) > 1u + (cs_json_get(n, "source") != NULL))
		cs_pol_fault(b, n, "what includes a set says nothing more than its 'source'");
	for (size_t i = 0; !r->include && i < sizeof parts / sizeof *parts; i++)
		if (!cs_json_get(n, parts[i]))
			cs_pol_fault(b, n, "'%s' is missing: a rule has id, class and when, or includes a set",
				     parts[i]);
}

static struct cs_importance_set *find_set(const struct cs_importance *im, const char *id)
{
	for (size_t i = 0; id && i < im->set_count; i++)
		if (strcmp(im->set[i].id, id) == 0)
			return &im->set[i];
	return NULL;
}

/* Each set once, in the place where it is first included. */
static void flatten(struct cs_importance *im, const struct cs_importance_set *set, bool *seen)
{
	if (!set || seen[set - im->set])
		return;
	seen[set - im->set] = true;
	for (size_t i = 0; i < set->rule_count; i++) {
		const struct cs_importance_rule *r = &set->rule[i];

		if (r->include)
			flatten(im, find_set(im, r->include), seen);
		else
			im->rule[im->rule_count++] = r;
	}
}

void cs_pol_importance_after(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	struct cs_importance *im = base;
	size_t rules = 0;

	for (size_t i = 0; i < im->set_count; i++)
		rules += im->set[i].rule_count;
	im->rule = cs_pol_array(b, rules, sizeof *im->rule);
	if (im->use && !find_set(im, im->use) && !cs_pol_checks(b))
		cs_pol_fault(b, cs_json_get(n, "use"), "no set of rules '%s'", im->use);
	flatten(im, find_set(im, im->use), cs_pol_array(b, im->set_count + 1, sizeof(bool)));
	b->scope = (struct cs_pol_scope){0};
}

const struct cs_importance_rule *cs_policy_importance_rule(const struct cs_policy *p, const char *id)
{
	for (size_t i = 0; i < p->importance.set_count; i++)
		for (size_t k = 0; k < p->importance.set[i].rule_count; k++) {
			const struct cs_importance_rule *r = &p->importance.set[i].rule[k];

			if (r->id && strcmp(r->id, id) == 0)
				return r;
		}
	return NULL;
}

/* --- what it means -------------------------------------------------------------------------------------------- */

static bool names(const struct cs_cond *c, const char *field)
{
	if (!c)
		return false;
	if (c->op == CS_COND_FIELD && c->name &&
	    (strcmp(c->name, field) == 0 || (c->other && strcmp(c->other, field) == 0)))
		return true;
	/* Of a ticket that was merged into it the class stands: it is asked no more. */
	if (c->op == CS_COND_LIST || (c->op == CS_COND_LINKED && c->name && strcmp(c->name, CS_LINK_MERGED) == 0))
		return false;
	for (size_t i = 0; i < c->sub_count; i++)
		if (names(c->sub[i], field))
			return true;
	return false;
}

static bool reaches(const struct cs_importance *im, const struct cs_importance_set *from, const char *id, size_t deep)
{
	for (size_t i = 0; from && deep && i < from->rule_count; i++) {
		const char *next = from->rule[i].include;

		if (next && (strcmp(next, id) == 0 || reaches(im, find_set(im, next), id, deep - 1)))
			return true;
	}
	return false;
}

static void check_rule(struct cs_pol *b, const struct cs_json_node *n, const struct cs_importance_rule *r)
{
	static const char *const decided[] = {"importance", "importance_peak", "priority"};
	const struct cs_importance *im = &b->p->importance;

	for (size_t i = 0; i < sizeof decided / sizeof *decided; i++)
		if (names(r->when, decided[i]))
			cs_pol_fault(b, cs_json_get(n, "when"), "'%s' follows from these rules, they cannot ask for it",
				     decided[i]);
	if (r->class && im->scale.count && strcmp(r->class, im->scale.id[0]) == 0)
		cs_pol_fault(b, cs_json_get(n, "class"), "'%s' is the class without any rule", r->class);
	if (r->id && strchr(r->id, ','))
		cs_pol_fault(b, cs_json_get(n, "id"), "a comma cannot stand in it: ids are kept in lists");
	if (r->id && cs_policy_importance_rule(b->p, r->id) != r)
		cs_pol_fault(b, n, "there are two rules '%s'", r->id);
}

static const struct cs_json_node *section(const struct cs_pol *b, const char *key)
{
	return cs_json_get(cs_json_get(b->root, "importance"), key);
}

static void check_sets(struct cs_pol *b)
{
	const struct cs_importance *im = &b->p->importance;

	for (size_t i = 0; i < im->set_count; i++) {
		const struct cs_json_node *list = cs_json_get(section(b, "sets"), im->set[i].id);
		const struct cs_json_node *n = cs_json_first(list);

		if (reaches(im, &im->set[i], im->set[i].id, im->set_count))
			cs_pol_fault(b, list, "following 'include' from here comes back to here");
		for (size_t k = 0; k < im->set[i].rule_count; k++, n = cs_json_next(n))
			check_rule(b, n, &im->set[i].rule[k]);
	}
}

static bool asked(const struct cs_importance *im, const char *field)
{
	for (size_t i = 0; i < im->set_count; i++)
		for (size_t k = 0; k < im->set[i].rule_count; k++)
			if (names(im->set[i].rule[k].when, field))
				return true;
	return false;
}

static void check_unknown(struct cs_pol *b)
{
	const struct cs_importance *im = &b->p->importance;

	for (size_t i = 0; i < im->unknown_count; i++) {
		const struct cs_importance_unknown *u = &im->unknown[i];
		const struct cs_json_node *n = cs_json_get(section(b, "unknown"), u->field);
		const struct cs_duty *duty = u->duty ? cs_policy_duty(b->p, u->duty) : NULL;

		if (!asked(im, u->field))
			cs_pol_fault(b, n, "no rule asks for '%s'", u->field);
		for (size_t k = 0; duty && duty->each.kinds.count && k < im->kinds.count; k++)
			if (!cs_ids_has(&duty->each.kinds, im->kinds.id[k]))
				cs_pol_fault(b, n, "the duty '%s' is not for kind %s", u->duty, im->kinds.id[k]);
	}
}

void cs_pol_check_importance(struct cs_pol *b)
{
	const struct cs_importance *im = &b->p->importance;

	if (!cs_json_get(b->root, "importance"))
		return;
	if (section(b, "scale") && !im->scale.count)
		cs_pol_fault(b, section(b, "scale"), "a class is needed");
	check_sets(b);
	check_unknown(b);
}
