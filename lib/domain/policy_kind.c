/* Kinds: states, steps, clocks, fields. */
#include <stdlib.h>
#include <string.h>

#include "domain/policy_build.h"

void cs_pol_all_kinds(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	(void)n;
	(void)base;
	b->scope = b->all;
}

void cs_pol_no_kinds(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	(void)n;
	(void)base;
	b->scope = (struct cs_pol_scope){0};
}

void cs_pol_needs(struct cs_pol *b, const struct cs_json_node *n, struct cs_step *s)
{
	if (cs_json_type(n) != CS_JSON_ARRAY) {
		cs_pol_fault(b, n, "list expected, found %s", cs_json_type_name(cs_json_type(n)));
		return;
	}
	s->need = cs_pol_array(b, cs_json_count(n), sizeof *s->need);
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m)) {
		struct cs_need *need = &s->need[s->need_count++];

		if (cs_json_type(m) == CS_JSON_OBJECT) {
			need->cond = cs_pol_cond_say(b, m, &need->say);
			continue;
		}
		need->word = cs_pol_text(b, m);
		if (need->word)
			cs_pol_ref(b, m, need->word, "@need");
		for (size_t i = 0; need->word && i + 1 < s->need_count; i++)
			if (s->need[i].word && strcmp(s->need[i].word, need->word) == 0)
				cs_pol_fault(b, m, "'%s' stands in the list already", need->word);
	}
}

void cs_pol_from(struct cs_pol *b, const struct cs_json_node *n, struct cs_step *s)
{
	const char *text = cs_json_text(n);

	s->from_any = text && strcmp(text, "*") == 0;
	if (text && !s->from_any)
		cs_pol_fault(b, n, "list of states or \"*\" expected, found '%s'", text);
	else if (!text)
		cs_pol_ids(b, n, "@states", &s->from);
}

void cs_pol_to(struct cs_pol *b, const struct cs_json_node *n, struct cs_step *s)
{
	const char *text = cs_pol_text(b, n);

	if (!text)
		return;
	if (strcmp(text, "=") == 0) {
		s->to = CS_TO_SAME;
	} else if (strcmp(text, "first") == 0) {
		s->to = CS_TO_FIRST;
	} else {
		s->to = CS_TO_STATE;
		s->to_state = text;
		cs_pol_ref(b, n, text, "@states");
	}
}

void cs_pol_moves(struct cs_pol *b, const struct cs_json_node *n, struct cs_step *s)
{
	if (cs_json_type(n) != CS_JSON_OBJECT) {
		cs_pol_fault(b, n, "object expected, found %s", cs_json_type_name(cs_json_type(n)));
		return;
	}
	s->move = cs_pol_array(b, cs_json_count(n), sizeof *s->move);
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m)) {
		struct cs_move *move = &s->move[s->move_count++];

		move->clock = cs_json_key(m);
		move->field = cs_pol_text(b, m);
		cs_pol_ref(b, m, move->clock, "@clocks");
		if (move->field)
			cs_pol_ref(b, m, move->field, "@times");
	}
}

void cs_pol_kind_before(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	(void)base;
	b->scope = (struct cs_pol_scope){0};
	for (size_t i = 0; i < b->all.kind_count; i++)
		if (b->all.kind[i] == n)
			b->scope = (struct cs_pol_scope){&b->all.kind[i], 1, NULL};
	if (cs_json_get(n, "extends") || cs_json_get(n, "abstract"))
		cs_pol_fault(
			b, n,
			"'extends' and 'abstract' are resolved before an edition is read: load "
			"it through cs-policy");
}

/* What the structures promise: a main clock, a step that registers, where it leads. */
void cs_pol_kind_after(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	struct cs_kind *k = base;
	size_t mains = 0, registers = 0;

	for (size_t i = 0; i < k->clock_count; i++) {
		mains += k->clock[i].main;
		if (k->clock[i].main || k->clock_count == 1)
			k->main_clock = &k->clock[i];
	}
	for (size_t i = 0; i < k->step_count; i++) {
		if (k->step[i].from_any || k->step[i].from.count ||
		    !cs_json_get(cs_json_get(cs_json_get(n, "steps"), k->step[i].id), "from"))
			continue;
		k->register_step = &k->step[i];
		registers++;
	}
	if (!k->main_clock || mains > 1)
		cs_pol_fault(
			b, n,
			"a kind has one main clock, this one has %zu: say \"main\": true at "
			"one of its clocks",
			mains);
	else if (!mains)
		k->clock[0].main = true;
	if (registers != 1)
		cs_pol_fault(
			b, n,
			"a kind has one step with \"from\": [], the one that registers; this "
			"one has %zu",
			registers);
	else if (k->register_step->to != CS_TO_STATE)
		cs_pol_fault(b, n, "step '%s' registers: its 'to' must name a state",
			     k->register_step->id);
	else
		k->first_state = k->register_step->to_state;
	b->scope = (struct cs_pol_scope){0};
}

bool cs_pol_code_section(const char *name)
{
	static const char *const sections[] = {"channels", "categories", "posts", "bodies"};

	for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
		if (strcmp(sections[i], name) == 0)
			return true;
	return false;
}

static void field_codes(struct cs_pol *b, const struct cs_json_node *n, struct cs_field *f)
{
	const struct cs_json_node *codes = cs_json_get(n, "codes");
	const char *s = cs_json_text(codes);
	const struct cs_ids *list = s ? cs_policy_codes(b->p, s) : NULL;

	if ((f->type == CS_FIELD_CODE) != (codes != NULL))
		cs_pol_fault(b, n,
			     f->type == CS_FIELD_CODE ? "a code needs 'codes', its list"
						      : "'codes' is for the type code");
	if (!s)
		return;
	f->code_list = s;
	if (list)
		f->codes = *list;
	else if (cs_pol_code_section(s))
		cs_pol_section(b, s, &f->codes);
	else if (cs_pol_checks(b))
		cs_pol_ref(b, codes, s, "codes");
	else
		cs_pol_fault(b, codes, "no code list '%s'", s);
}

void cs_pol_field_after(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	struct cs_field *f = base;
	const struct cs_json_node *start = cs_json_get(n, "start");
	enum cs_field_type type;
	const char *codes;

	field_codes(b, n, f);
	if ((f->type == CS_FIELD_REF) != (f->ref_kind != NULL))
		cs_pol_fault(b, n,
			     f->type == CS_FIELD_REF
				     ? "a ref needs 'kind', what it points to, or any"
				     : "'kind' is for the type ref");
	if (f->as && f->type != (strcmp(f->as, "area") == 0 ? CS_FIELD_CODE : CS_FIELD_TEXT))
		cs_pol_fault(b, cs_json_get(n, "as"), "the reports take a %s for '%s'",
			     strcmp(f->as, "area") == 0 ? "code" : "text", f->as);
	if (f->none && f->type != CS_FIELD_REF && f->type != CS_FIELD_TEXT)
		cs_pol_fault(b, n, "'none' is for the types ref and text");
	if (start && cs_pol_json_type(b, n, &type, &codes))
		cs_pol_value(b, start, type, codes, &f->start);
}

void cs_pol_clock_rule_before(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	struct cs_clock_rule *r = base;

	r->cutoff = -1;
	if ((cs_json_get(n, "limit") != NULL) == (cs_json_get(n, "due") != NULL))
		cs_pol_fault(b, n, "either 'limit' or 'due' expected");
}

void cs_pol_clock_before(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	struct cs_clock *c = base;

	(void)b;
	(void)n;
	c->counts = true;
}

/* One rule written at the clock itself: those of its keys that a rule knows. */
static void own_rule(struct cs_pol *b, const struct cs_json_node *n, struct cs_clock_rule *r)
{
	const struct cs_json_node *m;

	cs_pol_clock_rule_before(b, n, r);
	if ((m = cs_json_get(n, "when")))
		r->when = cs_pol_cond(b, m);
	if ((m = cs_json_get(n, "at")))
		r->at = cs_json_text(m);
	if ((m = cs_json_get(n, "limit")))
		cs_pol_span(b, m, false, &r->limit);
	if ((m = cs_json_get(n, "due")))
		cs_pol_object(b, m, CS_L_DUE, r);
	if ((m = cs_json_get(n, "cutoff")))
		cs_pol_minute(b, m, &r->cutoff);
}

void cs_pol_clock_after(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	static const char *const own[] = {"when", "at", "limit", "due", "cutoff"};
	struct cs_clock *c = base;
	const struct cs_json_node *rules = cs_json_get(n, "rules");

	if (!rules) {
		c->rule = cs_pol_array(b, 1, sizeof *c->rule);
		c->rule_count = 1;
		own_rule(b, n, c->rule);
		return;
	}
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		if (cs_json_get(n, own[i]))
			cs_pol_fault(b, cs_json_get(n, own[i]),
				     "'%s' stands in the rules when there are 'rules'", own[i]);
}

void cs_pol_rung_after(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	struct cs_rung *r = base;
	const struct cs_json_node *to = cs_json_get(n, "to");

	r->before = cs_json_get(n, "before") != NULL;
	if (r->before == (cs_json_get(n, "over") != NULL))
		cs_pol_fault(b, n, "either 'over' or 'before' expected");
	r->has_to = to != NULL;
	if (to)
		cs_pol_who(b, to, &r->to);
	else if (r->transfer)
		cs_pol_fault(b, n, "'transfer' needs 'to', who it goes to");
	if (!to && !r->tell.count && !r->owe)
		cs_pol_fault(b, n, "a rung does something: 'to', 'tell' or 'owe' expected");
}
