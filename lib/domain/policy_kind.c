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

void cs_pol_needs(struct cs_pol *b, const struct cs_json_node *n, void *at)
{
	struct cs_need *list;
	size_t count = 0;

	if (cs_json_type(n) != CS_JSON_ARRAY) {
		cs_pol_fault(b, n, "list expected, found %s", cs_json_type_name(cs_json_type(n)));
		return;
	}
	list = cs_pol_array(b, cs_json_count(n), sizeof *list);
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m)) {
		struct cs_need *need = &list[count++];

		if (cs_json_type(m) == CS_JSON_OBJECT) {
			need->cond = cs_pol_cond_say(b, m, &need->say);
			continue;
		}
		need->word = cs_pol_text(b, m);
		if (need->word)
			cs_pol_ref(b, m, need->word, "@need");
		for (size_t i = 0; need->word && i + 1 < count; i++)
			if (list[i].word && strcmp(list[i].word, need->word) == 0)
				cs_pol_fault(b, m, "'%s' stands in the list already", need->word);
	}
	memcpy(at, &list, sizeof list);
	memcpy((char *)at + sizeof list, &count, sizeof count);
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

/* {field, within}; returns the field, NULL with a fault. */
static const struct cs_json_node *extension(struct cs_pol *b, const struct cs_json_node *n, struct cs_move *move)
{
	const struct cs_json_node *field = cs_json_get(n, "field"), *within = cs_json_get(n, "within");

	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m))
		if (m != field && m != within)
			cs_pol_fault(b, m, "'%s' is no word here, allowed: field within", cs_json_key(m));
	if (!field || !within)
		cs_pol_fault(b, n, "both 'field' and 'within' expected");
	if (within)
		cs_pol_span(b, within, false, &move->within);
	return field;
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
		const struct cs_json_node *field = m;

		move->clock = cs_json_key(m);
		move->extends = cs_json_type(m) == CS_JSON_OBJECT;
		if (move->extends)
			field = extension(b, m, move);
		move->field = field ? cs_pol_text(b, field) : NULL;
		cs_pol_ref(b, m, move->clock, "@clocks");
		if (move->field)
			cs_pol_ref(b, field, move->field, "@times");
	}
}

static void restart(struct cs_pol *b, const struct cs_json_node *n, struct cs_restart *r)
{
	const struct cs_json_node *clock = cs_json_get(n, "clock"), *when = cs_json_get(n, "when");

	if (cs_json_type(n) != CS_JSON_OBJECT) {
		clock = n;
		when = NULL;
	} else if (!clock || cs_json_count(n) != 1 + (when != NULL)) {
		cs_pol_fault(b, n, "a clock or {clock, when} expected");
		return;
	}
	r->clock = cs_pol_text(b, clock);
	if (r->clock)
		cs_pol_ref(b, clock, r->clock, "@clocks");
	if (when)
		r->when = cs_pol_cond(b, when);
}

void cs_pol_restarts(struct cs_pol *b, const struct cs_json_node *n, struct cs_step *s)
{
	if (cs_json_type(n) != CS_JSON_ARRAY) {
		cs_pol_fault(b, n, "list expected, found %s", cs_json_type_name(cs_json_type(n)));
		return;
	}
	s->restart = cs_pol_array(b, cs_json_count(n), sizeof *s->restart);
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m)) {
		struct cs_restart *r = &s->restart[s->restart_count++];

		restart(b, m, r);
		for (size_t i = 0; r->clock && i + 1 < s->restart_count; i++)
			if (s->restart[i].clock && strcmp(s->restart[i].clock, r->clock) == 0)
				cs_pol_fault(b, m, "'%s' stands in the list already", r->clock);
		if (!r->clock)
			r->clock = "";
	}
}

void cs_pol_kind_before(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	(void)base;
	b->scope = (struct cs_pol_scope){0};
	for (size_t i = 0; i < b->all.kind_count; i++)
		if (b->all.kind[i] == n)
			b->scope = (struct cs_pol_scope){.kind = &b->all.kind[i], .kind_count = 1};
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

/* n: the name "list.field"; the field's JSON, with its list's id in *list. NULL: a fault. */
static const struct cs_json_node *list_column(struct cs_pol *b, const struct cs_json_node *n, struct cs_derived *is)
{
	const char *text = cs_pol_text(b, n), *dot = text ? strchr(text, '.') : NULL;
	const struct cs_json_node *list, *column;

	if (!text)
		return NULL;
	if (!dot || !b->scope.kind_count) {
		cs_pol_fault(b, n, "a field of one of the kind's lists expected, as \"list.field\"; found '%s'", text);
		return NULL;
	}
	is->list = cs_arena_strndup(&b->p->arena, text, (size_t)(dot - text));
	is->column = dot + 1;
	cs_pol_ref(b, n, is->list, "@lists");
	list = cs_json_get(cs_json_get(b->scope.kind[0], "lists"), is->list);
	column = cs_json_get(cs_json_get(list, "fields"), is->column);
	if (!column && (list || !cs_pol_checks(b)))
		cs_pol_fault(b, n, "no field '%s' in the list '%s'", is->column, is->list);
	return column;
}

void cs_pol_derived_after(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	const struct cs_json_node *last = cs_json_get(n, "last"), *sum = cs_json_get(n, "sum"),
				  *where = cs_json_get(n, "where"), *lists;
	struct cs_derived *is = base;

	is->how = last ? CS_DERIVED_LAST : CS_DERIVED_SUM;
	if ((last != NULL) == (sum != NULL)) {
		cs_pol_fault(b, n, "either 'last' or 'sum' expected");
		return;
	}
	if (sum && cs_json_get(n, "not_before"))
		cs_pol_fault(b, cs_json_get(n, "not_before"), "'not_before' bounds the last, no sum");
	if (!list_column(b, last ? last : sum, is) || !where)
		return;
	lists = cs_json_get(b->scope.kind[0], "lists");
	b->scope.row = cs_json_get(cs_json_get(lists, is->list), "fields");
	is->where = cs_pol_cond(b, where);
	b->scope.row = NULL;
}

/* What a derived field cannot have, and what it must be. */
static void derived_field(struct cs_pol *b, const struct cs_json_node *n, const struct cs_field *f)
{
	static const char *const by_hand[] = {"start", "by", "personal", "find", "none"};
	const struct cs_json_node *kind = b->scope.kind_count ? b->scope.kind[0] : NULL, *is = cs_json_get(n, "is"),
				  *column;
	enum cs_field_type type;
	const char *codes;

	if (!kind || cs_json_get(cs_json_get(kind, "fields"), f->id) != n) {
		cs_pol_fault(b, is, "a field of the kind itself can follow from a list, a row's cannot");
		return;
	}
	for (size_t i = 0; i < sizeof by_hand / sizeof *by_hand; i++)
		if (cs_json_get(n, by_hand[i]))
			cs_pol_fault(b, cs_json_get(n, by_hand[i]), "the field follows from a list: it has no '%s'",
				     by_hand[i]);
	column = f->is.list ? cs_json_get(cs_json_get(cs_json_get(cs_json_get(kind, "lists"), f->is.list), "fields"),
					  f->is.column)
			    : NULL;
	if (!column || !cs_pol_json_type(b, column, &type, &codes))
		return;
	if (type != f->type)
		cs_pol_fault(b, is, "'%s' is of another type", f->is.column);
	else if (f->is.how == CS_DERIVED_LAST && type != CS_FIELD_TIME && type != CS_FIELD_DATE)
		cs_pol_fault(b, is, "'last' is for times and days");
	else if (f->is.how == CS_DERIVED_SUM && type != CS_FIELD_INT && type != CS_FIELD_MONEY)
		cs_pol_fault(b, is, "'sum' is for numbers and amounts");
	for (size_t i = 0; i < f->is.not_before.count; i++)
		if (cs_pol_field_type(b, f->is.not_before.id[i], &type, &codes) && type != f->type)
			cs_pol_fault(b, cs_json_get(is, "not_before"), "'%s' is of another type",
				     f->is.not_before.id[i]);
}

/* The ground is a value of the kind's own field of that name. */
void cs_pol_admission_after(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	const struct cs_json_node *ground = cs_json_get(n, "ground"), *field;
	struct cs_admission_rule *r = base;
	enum cs_field_type type;
	struct cs_value v;
	const char *codes;

	if (!ground || !r->ground || !b->scope.kind_count)
		return;
	field = cs_json_get(cs_json_get(b->scope.kind[0], "fields"), "ground");
	if (!field || !cs_pol_json_type(b, field, &type, &codes) || type != CS_FIELD_CODE)
		cs_pol_fault(b, ground, "the kind has no field 'ground' of type code");
	else
		cs_pol_value(b, ground, type, codes, &v);
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
	if (cs_json_get(n, "is"))
		derived_field(b, n, f);
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
