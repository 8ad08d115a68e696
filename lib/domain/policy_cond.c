/* Conditions: compiled once, typed by the kinds they speak about. */
#include <string.h>

#include "domain/policy_build.h"
#include "domain/policy_words.h"

/* Where the codes of a built-in word come from, as cs_pol_ref knows it. */
static const char *word_codes(struct cs_pol *b, const struct cs_word *w)
{
	static const char *const sections[] = {"channels", "categories", "kinds", "priority", "importance"};

	if (!w->codes)
		return NULL;
	if (strcmp(w->codes, "states") == 0)
		return "@states";
	for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
		if (strcmp(sections[i], w->codes) == 0)
			return sections[i];
	return cs_arena_printf(&b->p->arena, "codes/%s", w->codes);
}

bool cs_pol_json_type(struct cs_pol *b, const struct cs_json_node *f, enum cs_field_type *type,
		      const char **codes)
{
	static const char *const names[] = {"text", "int",  "money", "time",  "date",
					    "bool", "code", "ref",   "staff", "unit"};
	const char *s = cs_json_text(cs_json_get(f, "type"));
	const char *list = cs_json_text(cs_json_get(f, "codes"));
	bool none = false;

	for (size_t i = 0; s && i < sizeof names / sizeof *names; i++) {
		if (strcmp(names[i], s) != 0)
			continue;
		*type = (enum cs_field_type)i;
		*codes = NULL;
		if (*type == CS_FIELD_CODE && list && cs_policy_codes(b->p, list))
			*codes = cs_arena_printf(&b->p->arena, "codes/%s", list);
		else if (*type == CS_FIELD_CODE && list && cs_pol_code_section(list))
			*codes = list;
		else if ((*type == CS_FIELD_REF || *type == CS_FIELD_TEXT) &&
			 cs_json_bool(cs_json_get(f, "none"), &none) == 0 && none)
			*codes = "none";
		return true;
	}
	return false;
}

/* A personal field is kept as it was typed, apart from what rules reckon with: for them it is a text. */
static bool type_in_rules(struct cs_pol *b, const struct cs_json_node *f, enum cs_field_type *type, const char **codes)
{
	bool personal = false;

	if (!cs_pol_json_type(b, f, type, codes))
		return false;
	if (cs_json_bool(cs_json_get(f, "personal"), &personal) == 0 && personal) {
		*type = CS_FIELD_TEXT;
		*codes = NULL;
	}
	return true;
}

static bool unit_type(struct cs_pol *b, const char *name, enum cs_field_type *type, const char **codes)
{
	for (size_t i = 0; i < cs_unit_word_count; i++) {
		if (strcmp(cs_unit_words[i].name, name) != 0)
			continue;
		*type = cs_unit_words[i].type;
		*codes = word_codes(b, &cs_unit_words[i]);
		return true;
	}
	return false;
}

bool cs_pol_field_type(struct cs_pol *b, const char *name, enum cs_field_type *type,
		       const char **codes)
{
	const struct cs_word *w;

	if (b->scope.row)
		return type_in_rules(b, cs_json_get(b->scope.row, name), type, codes);
	if (b->scope.unit)
		return unit_type(b, name, type, codes);
	w = cs_word_find(name);
	if (w) {
		*type = w->type;
		*codes = word_codes(b, w);
		return true;
	}
	if (!b->scope.kind_count)
		return false;
	return type_in_rules(b, cs_json_get(cs_json_get(b->scope.kind[0], "fields"), name), type, codes);
}

/* Kinds may use one name for fields of different types; a rule over both could not be read. */
static void check_same_type(struct cs_pol *b, const struct cs_json_node *n, const char *name,
			    enum cs_field_type type)
{
	for (size_t i = 1;
	     cs_pol_checks(b) && !b->scope.row && i < b->scope.kind_count && !cs_word_find(name);
	     i++) {
		const struct cs_json_node *f =
			cs_json_get(cs_json_get(b->scope.kind[i], "fields"), name);
		enum cs_field_type other;
		const char *codes;

		if (f && type_in_rules(b, f, &other, &codes) && other != type)
			cs_pol_fault(b, n, "'%s' has another type in kind %s", name,
				     cs_json_key(b->scope.kind[i]));
	}
}

static void one_value(struct cs_pol *b, const struct cs_json_node *n, enum cs_field_type type,
		      const char *codes, struct cs_cond *c)
{
	c->test = CS_TEST_IS;
	c->value = cs_pol_array(b, 1, sizeof *c->value);
	c->value_count = 1;
	cs_pol_value(b, n, type, codes, c->value);
}

static void several(struct cs_pol *b, const struct cs_json_node *n, enum cs_field_type type,
		    const char *codes, struct cs_cond *c)
{
	c->test = CS_TEST_IN;
	if (cs_json_type(n) != CS_JSON_ARRAY || !cs_json_first(n)) {
		cs_pol_fault(b, n, "list of values expected");
		return;
	}
	c->value = cs_pol_array(b, cs_json_count(n), sizeof *c->value);
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m))
		cs_pol_value(b, m, type, codes, &c->value[c->value_count++]);
}

static void bound(struct cs_pol *b, const struct cs_json_node *n, enum cs_field_type type,
		  bool least, struct cs_cond *c)
{
	struct cs_value v = {0};

	c->test = least ? CS_TEST_AT_LEAST : CS_TEST_AT_MOST;
	if (type == CS_FIELD_INT || type == CS_FIELD_MONEY) {
		cs_pol_number(b, n, &c->number, &c->number_undecided);
	} else if (type == CS_FIELD_TIME || type == CS_FIELD_DATE) {
		if (cs_pol_value(b, n, type, NULL, &v))
			c->number = v.i;
	} else {
		cs_pol_fault(
			b, n,
			"'%s' has no order: at_least and at_most are for int, money, time and date",
			c->name);
	}
}

static void equals(struct cs_pol *b, const struct cs_json_node *n, enum cs_field_type type,
		   struct cs_cond *c)
{
	enum cs_field_type other;
	const char *codes;

	c->test = CS_TEST_EQUALS;
	if (type == CS_FIELD_TEXT)
		cs_pol_fault(b, n, "a text can only be tested with 'set'");
	else if (c->other && cs_pol_field_type(b, c->other, &other, &codes) && other != type)
		cs_pol_fault(b, n, "'%s' and '%s' are of different types", c->name, c->other);
}

void cs_pol_c_field_after(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	struct cs_cond *c = base;
	enum cs_field_type type;
	const char *codes;
	size_t tests = 0;
	bool yes = false;

	if (!c->name || !cs_pol_field_type(b, c->name, &type, &codes)) {
		if (!cs_pol_checks(b))
			cs_pol_fault(b, n, "no field '%s'", c->name ? c->name : "");
		return;
	}
	check_same_type(b, n, c->name, type);
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m)) {
		const char *key = cs_json_key(m);

		tests += strcmp(key, "field") != 0 && strcmp(key, "say") != 0 &&
			 strcmp(key, "source") != 0;
		if (strcmp(key, "is") == 0) {
			one_value(b, m, type, codes, c);
		} else if (strcmp(key, "in") == 0) {
			several(b, m, type, codes, c);
		} else if (strcmp(key, "at_least") == 0 || strcmp(key, "at_most") == 0) {
			bound(b, m, type, key[3] == 'l', c);
		} else if (strcmp(key, "equals") == 0) {
			equals(b, m, type, c);
		} else if (strcmp(key, "set") == 0 && cs_json_bool(m, &yes) == 0) {
			c->test = CS_TEST_SET;
			c->value = cs_pol_array(b, 1, sizeof *c->value);
			c->value_count = 1;
			*c->value = (struct cs_value){CS_V_INT, yes, NULL};
		}
	}
	if (tests != 1)
		cs_pol_fault(b, n, "one test expected: is, in, at_least, at_most, set or equals");
}

static void sub(struct cs_pol *b, const struct cs_json_node *n, struct cs_cond *c)
{
	c->sub = cs_pol_array(b, 1, sizeof(struct cs_cond *));
	c->sub[0] = (struct cs_cond *)cs_pol_cond(b, n);
	c->sub_count = 1;
}

void cs_pol_c_not_after(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	sub(b, cs_json_get(n, "not"), base);
}

void cs_pol_c_since_after(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	struct cs_cond *c = base;
	bool over = cs_json_get(n, "over") != NULL;

	c->within = cs_json_get(n, "within") != NULL;
	if (over == c->within)
		cs_pol_fault(b, n, "either 'over' or 'within' expected");
	else if (cs_span_needs_calendar(&c->span))
		cs_pol_fault(b, n,
			     "%s is working time, which cannot be counted here: no calendar; "
			     "write hours or days that all count, such as 24h, 14d or 14cd",
			     cs_json_text(cs_json_get(n, over ? "over" : "within")));
	else if (c->span.unit == CS_SPAN_EOD)
		cs_pol_fault(b, n, "eod is no length of time here");
}

void cs_pol_c_list_after(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	struct cs_cond *c = base;
	const struct cs_json_node *some = cs_json_get(n, "some"), *every = cs_json_get(n, "every");
	const struct cs_json_node *least = cs_json_get(n, "at_least");
	const struct cs_json_node *list = NULL;

	if (c->name && b->scope.kind_count)
		list = cs_json_get(cs_json_get(b->scope.kind[0], "lists"), c->name);
	if ((some && every) || (!some && !every && !least))
		cs_pol_fault(b, n, "'some' or 'every', 'at_least', or both expected");
	if (least)
		cs_pol_number(b, least, &c->number, &c->number_undecided);
	c->every = every != NULL;
	if ((some || every) && list) {
		b->scope.row = cs_json_get(list, "fields");
		sub(b, some ? some : every, c);
		b->scope.row = NULL;
	}
}

void cs_pol_c_party_after(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	struct cs_cond *c = base;
	const struct cs_json_node *where = cs_json_get(n, "where"), *list = NULL;

	if (!c->row) {
		if (where)
			cs_pol_fault(b, where, "'where' is about a row: 'row' expected, its list");
		return;
	}
	if (b->scope.kind_count)
		list = cs_json_get(cs_json_get(b->scope.kind[0], "lists"), c->row);
	if (list && !cs_json_get(list, "per"))
		cs_pol_fault(b, n, "rows of '%s' name nobody: it needs \"per\": \"party\"", c->row);
	if (where && list) {
		b->scope.row = cs_json_get(list, "fields");
		sub(b, where, c);
		b->scope.row = NULL;
	}
}

/* The kinds the ref field points to, as far as all kinds in scope agree. */
static bool kinds_behind(struct cs_pol *b, const struct cs_json_node *n, const char *name, struct cs_pol_scope *out)
{
	const char *kind = NULL;

	for (size_t i = 0; i < b->scope.kind_count; i++) {
		const struct cs_json_node *f = cs_json_get(cs_json_get(b->scope.kind[i], "fields"), name);
		const char *other = cs_json_text(cs_json_get(f, "kind"));

		if (i && other && kind && strcmp(kind, other) != 0)
			cs_pol_fault(b, n, "'%s' points to another kind in kind %s", name,
				     cs_json_key(b->scope.kind[i]));
		kind = other;
	}
	if (kind && strcmp(kind, "any") == 0)
		*out = b->all;
	for (size_t i = 0; kind && i < b->all.kind_count; i++)
		if (strcmp(cs_json_key(b->all.kind[i]), kind) == 0)
			*out = (struct cs_pol_scope){.kind = &b->all.kind[i], .kind_count = 1};
	return out->kind_count > 0;
}

void cs_pol_c_via_after(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	struct cs_pol_scope here = b->scope, there = {0};
	const struct cs_json_node *where = cs_json_get(n, "where");
	struct cs_cond *c = base;

	if (!c->name || !where)
		return;
	if (!kinds_behind(b, n, c->name, &there)) {
		if (!cs_pol_checks(b))
			cs_pol_fault(b, n, "'%s' points to no kind", c->name);
		return;
	}
	b->scope = there;
	sub(b, where, c);
	b->scope = here;
}

void cs_pol_c_linked_after(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	struct cs_pol_scope here = b->scope;
	const struct cs_json_node *where = cs_json_get(n, "where"), *least = cs_json_get(n, "at_least"),
				  *most = cs_json_get(n, "at_most");
	struct cs_cond *c = base;

	c->test = least ? CS_TEST_AT_LEAST : CS_TEST_AT_MOST;
	if ((least != NULL) == (most != NULL))
		cs_pol_fault(b, n, "either 'at_least' or 'at_most' expected");
	else
		cs_pol_number(b, least ? least : most, &c->number, &c->number_undecided);
	if (!where)
		return;
	if (c->name && strcmp(c->name, "same_as") != 0)
		b->scope = b->all;
	sub(b, where, c);
	b->scope = here;
}

/* Elsewhere it would ask itself, or be met by an override that nobody gave. */
void cs_pol_c_admission_after(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	(void)base;
	if (n != b->say_in)
		cs_pol_fault(b, n, "admission stands by itself among the needs of a step");
}

void cs_pol_tally_after(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	struct cs_tally *t = base;
	bool same = cs_json_get(n, "same") != NULL, distinct = cs_json_get(n, "distinct") != NULL;

	t->has_within = cs_json_get(n, "within") != NULL;
	t->how = same ? CS_TALLY_SAME : distinct ? CS_TALLY_DISTINCT : CS_TALLY_ALL;
	if (same && distinct)
		cs_pol_fault(b, n, "either 'same' or 'distinct'");
	if (cs_json_get(n, "steps") && !t->steps.count)
		cs_pol_fault(b, cs_json_get(n, "steps"), "no step is named");
	if (cs_span_needs_calendar(&t->within))
		cs_pol_fault(b, n, "working time cannot be counted here: no calendar");
	else if (t->within.unit == CS_SPAN_EOD)
		cs_pol_fault(b, n, "eod is no length of time here");
}

void cs_pol_c_count_after(struct cs_pol *b, const struct cs_json_node *n, void *base)
{
	const struct cs_json_node *least = cs_json_get(n, "at_least");
	struct cs_cond *c = base;

	if (least && cs_pol_number(b, least, &c->number, &c->number_undecided) && !c->number_undecided && c->number < 1)
		cs_pol_fault(b, least, "1 or more expected");
}

void cs_pol_conds(struct cs_pol *b, const struct cs_json_node *n, struct cs_cond *out)
{
	if (cs_json_type(n) != CS_JSON_ARRAY || !cs_json_first(n)) {
		cs_pol_fault(b, n, "list of conditions expected");
		return;
	}
	out->sub = cs_pol_array(b, cs_json_count(n), sizeof(struct cs_cond *));
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m))
		out->sub[out->sub_count++] = (struct cs_cond *)cs_pol_cond(b, m);
}

/* The form of a condition is said by the first of its keys that is the name of a form. */
static const struct cs_lang_key *form(const struct cs_json_node *n)
{
	const struct cs_lang_object *o = cs_lang_object(CS_L_COND);

	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m))
		for (size_t i = 0; i < o->row_count; i++)
			if (o->row[i].key[0] == cs_json_key(m)[0] &&
			    strcmp(o->row[i].key, cs_json_key(m)) == 0)
				return &o->row[i];
	return NULL;
}

static void no_form(struct cs_pol *b, const struct cs_json_node *n, const struct cs_lang_key *row)
{
	const struct cs_lang_object *o = cs_lang_object(CS_L_COND);
	struct cs_ids known = {cs_pol_array(b, o->row_count, sizeof *known.id), 0};
	struct cs_buf hint = {0};

	if (row) {
		cs_pol_fault(b, n, "the word '%s' belongs to a later version of the language",
			     row->key);
		return;
	}
	for (size_t i = 0; i < o->row_count; i++)
		if (!(o->row[i].flags & CS_LANG_LATER))
			known.id[known.count++] = o->row[i].key;
	if (cs_json_first(n))
		cs_pol_hint(cs_json_key(cs_json_first(n)), &known, &hint);
	cs_pol_fault(b, n, "no condition%s", cs_buf_str(&hint));
	cs_buf_free(&hint);
}

const struct cs_cond *cs_pol_cond(struct cs_pol *b, const struct cs_json_node *n)
{
	struct cs_cond *c = cs_pol_array(b, 1, sizeof *c);
	const struct cs_lang_key *row = NULL;

	if (cs_json_type(n) != CS_JSON_OBJECT) {
		cs_pol_fault(b, n, "condition expected, found %s",
			     cs_json_type_name(cs_json_type(n)));
		return c;
	}
	row = form(n);
	if (!row || row->flags & CS_LANG_LATER) {
		no_form(b, n, row);
		return c;
	}
	c->op = (enum cs_cond_op)(row - cs_lang_object(CS_L_COND)->row);
	if ((b->scope.row || b->scope.unit) && c->op > CS_COND_NOT)
		cs_pol_fault(b, n, "about %s only field, all, any and not can be said",
			     b->scope.row ? "a row of a list" : "a unit");
	else
		cs_pol_object(b, n, row->of, c);
	return c;
}

const struct cs_cond *cs_pol_cond_say(struct cs_pol *b, const struct cs_json_node *n,
				      const char **say)
{
	const struct cs_json_node *text = cs_json_get(n, "say");
	const struct cs_cond *c;

	if (text)
		*say = cs_pol_text(b, text);
	b->say_in = n;
	c = cs_pol_cond(b, n);
	b->say_in = NULL;
	return c;
}
