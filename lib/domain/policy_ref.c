/* Ids: what a rule may name, where it comes from, what was probably meant. */
#include <string.h>

#include "base/near.h"
#include "domain/policy_build.h"
#include "domain/policy_words.h"
#include "domain/report.h"

void cs_pol_hint(const char *word, const struct cs_ids *words, struct cs_buf *out)
{
	enum { SHOWN = 12 };
	struct cs_near near = {.wanted = word};

	for (size_t i = 0; i < words->count; i++)
		cs_near_try(&near, words->id[i]);
	if (near.best) {
		cs_buf_printf(out, " (did you mean '%s'?)", near.best);
		return;
	}
	cs_buf_puts(out, words->count ? ", allowed:" : ", there is none");
	for (size_t i = 0; i < words->count && i < SHOWN; i++)
		cs_buf_printf(out, " %s", words->id[i]);
	if (words->count > SHOWN)
		cs_buf_printf(out, " and %zu more", words->count - SHOWN);
}

static void add(struct cs_pol *b, struct cs_ids *out, size_t *size, const char *id)
{
	out->id = cs_arena_grow(&b->p->arena, out->id, out->count, size, sizeof *out->id);
	out->id[out->count++] = id;
}

static void add_keys(struct cs_pol *b, const struct cs_json_node *n, struct cs_ids *out,
		     size_t *size)
{
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m))
		if (cs_json_key(m))
			add(b, out, size, cs_json_key(m));
}

static void add_items(struct cs_pol *b, const struct cs_json_node *n, struct cs_ids *out,
		      size_t *size)
{
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m))
		if (!cs_json_key(m) && cs_json_text(m))
			add(b, out, size, cs_json_text(m));
}

static void add_words(struct cs_pol *b, unsigned use, struct cs_ids *out, size_t *size)
{
	for (size_t i = 0; i < cs_word_count; i++)
		if (cs_words[i].use & use)
			add(b, out, size, cs_words[i].name);
}

/* Kept as it was typed, apart from what rules reckon with. */
static bool is_text(const struct cs_json_node *field)
{
	const char *type = cs_json_text(cs_json_get(field, "type"));
	bool personal = false;

	return !type || strcmp(type, "text") == 0 ||
	       (cs_json_bool(cs_json_get(field, "personal"), &personal) == 0 && personal);
}

/* Fields of a kind whose type is one of these; NULL: any. */
static void add_coded(struct cs_pol *b, const struct cs_json_node *fields, const char *type, const char * or,
		      struct cs_ids *out, size_t *size)
{
	for (const struct cs_json_node *m = cs_json_first(fields); m; m = cs_json_next(m)) {
		const char *s = cs_json_text(cs_json_get(m, "type"));

		if (!is_text(m) && (!type || strcmp(s, type) == 0 || strcmp(s, or) == 0))
			add(b, out, size, cs_json_key(m));
	}
}

/* What may be named inside one kind. */
static void in_kind(struct cs_pol *b, const struct cs_json_node *kind, const char *arg,
		    struct cs_ids *out, size_t *size)
{
	const struct cs_json_node *fields = cs_json_get(kind, "fields");

	if (strcmp(arg, "@states") == 0 || strcmp(arg, "@steps") == 0 ||
	    strcmp(arg, "@clocks") == 0 || strcmp(arg, "@lists") == 0) {
		add_keys(b, cs_json_get(kind, arg + 1), out, size);
	} else if (strcmp(arg, "@capacities") == 0) {
		add_items(b, cs_json_get(kind, "capacities"), out, size);
	} else if (strcmp(arg, "@times") == 0) {
		add_coded(b, fields, "time", "date", out, size);
	} else if (strcmp(arg, "@starts") == 0) {
		add_coded(b, fields, "time", "date", out, size);
		add_words(b, CS_WORD_AT, out, size);
	} else if (strcmp(arg, "@refs") == 0) {
		add_coded(b, fields, "ref", "ref", out, size);
	} else if (strcmp(arg, "@staff") == 0) {
		add_coded(b, fields, "staff", "staff", out, size);
	} else if (strcmp(arg, "@units") == 0) {
		add_coded(b, fields, "unit", "unit", out, size);
		for (size_t i = 0; i < cs_word_count; i++)
			if (cs_words[i].type == CS_FIELD_UNIT)
				add(b, out, size, cs_words[i].name);
	} else if (strcmp(arg, "@coded") == 0) {
		add_coded(b, fields, NULL, NULL, out, size);
	} else if (strcmp(arg, "@fields") == 0) {
		add_keys(b, fields, out, size);
	} else if (strcmp(arg, "@readable") == 0) {
		add(b, out, size, CS_READ_ALL);
	} else if (strcmp(arg, "@cond") == 0) {
		add_keys(b, fields, out, size);
		add_words(b, CS_WORD_COND, out, size);
	} else if (strcmp(arg, "@need") == 0) {
		add_keys(b, fields, out, size);
		add_words(b, CS_WORD_NEED, out, size);
	} else if (strcmp(arg, "@says") == 0) {
		add_keys(b, fields, out, size);
		add(b, out, size, "note");
	} else if (strcmp(arg, "@take") == 0) {
		add_keys(b, fields, out, size);
		add_keys(b, cs_json_get(kind, "lists"), out, size);
		add_words(b, CS_WORD_TAKE | CS_WORD_GIVE, out, size);
	}
}

/* Fields of all kinds that are complaints. */
static void add_complaints(struct cs_pol *b, struct cs_ids *out, size_t *size)
{
	const struct cs_json_node *list = cs_json_get(cs_json_get(b->root, "reports"), "complaints");

	for (const struct cs_json_node *m = cs_json_first(list); m; m = cs_json_next(m))
		if (cs_json_text(m))
			in_kind(b, cs_json_get(cs_json_get(b->root, "kinds"), cs_json_text(m)), "@fields", out, size);
}

static void candidates(struct cs_pol *b, const char *arg, struct cs_ids *out)
{
	const char *bar = strchr(arg, '|');
	size_t size = 0;

	if (strncmp(arg, "codes/", 6) == 0) {
		add_items(b, cs_json_get(cs_json_get(b->root, "codes"), arg + 6), out, &size);
	} else if (strcmp(arg, "priority") == 0 || strcmp(arg, "importance") == 0) {
		add_items(b, cs_json_get(cs_json_get(b->root, arg), "scale"), out, &size);
	} else if (strcmp(arg, "importance/sets") == 0) {
		add_keys(b, cs_json_get(cs_json_get(b->root, "importance"), "sets"), out, &size);
	} else if (strcmp(arg, "@links") == 0) {
		add_items(b, cs_json_get(cs_json_get(b->root, "codes"), "link"), out, &size);
		add(b, out, &size, CS_LINK_SAME);
		add(b, out, &size, CS_LINK_MERGED);
	} else if (strcmp(arg, "@measures") == 0) {
		for (size_t i = 0; i < cs_measure_count; i++)
			add(b, out, &size, cs_measure_names[i]);
	} else if (strcmp(arg, "@reports") == 0) {
		for (size_t i = 0; i < cs_report_count; i++)
			add(b, out, &size, cs_reports[i]->name);
	} else if (strcmp(arg, "@ledger") == 0) {
		add_complaints(b, out, &size);
		add(b, out, &size, CS_LEDGER_CAPACITY);
		add(b, out, &size, CS_LEDGER_PRINCIPAL);
	} else if (strcmp(arg, "none") == 0) {
		add(b, out, &size, "none");
	} else if (bar) {
		add_keys(b,
			 cs_json_get(b->root,
				     cs_arena_strndup(&b->p->arena, arg, (size_t)(bar - arg))),
			 out, &size);
		add(b, out, &size, bar + 1);
	} else {
		add_keys(b, cs_json_get(b->root, arg), out, &size);
	}
}

void cs_pol_section(struct cs_pol *b, const char *arg, struct cs_ids *out)
{
	*out = (struct cs_ids){0};
	candidates(b, arg, out);
}

/* "steps" -> "step"; what stands before the id in the message. */
static const char *noun(const char *arg)
{
	static const struct {
		const char *arg, *noun;
	} nouns[] = {
		{"@states", "state"},
		{"@steps", "step"},
		{"@clocks", "clock"},
		{"@lists", "list"},
		{"@capacities", "capacity"},
		{"@times", "time or date field"},
		{"@starts", "time or date field"},
		{"@refs", "ref field"},
		{"@links", "link"},
		{"@staff", "staff field"},
		{"@units", "unit field"},
		{"@fields", "field"},
		{"@readable", "part of a ticket"},
		{"@coded", "coded field"},
		{"@cond", "field"},
		{"@need", "field or word"},
		{"@says", "field"},
		{"@take", "field, list or word"},
		{"@measures", "measure"},
		{"@reports", "report"},
		{"@ledger", "field or word"},
		{"evidence", "kind of evidence"},
		{"posts", "post"},
		{"kinds", "kind"},
		{"kinds|any", "kind"},
		{"forms", "form"},
		{"duties", "duty"},
		{"samples", "sample"},
		{"happenings", "happening"},
		{"holidays", "holiday file"},
		{"evidence|any", "kind of evidence"},
		{"calendars", "calendar"},
		{"windows", "window"},
		{"params", "parameter"},
		{"codes", "code list"},
		{"channels", "channel"},
		{"categories", "category"},
		{"priority", "priority"},
		{"importance", "class of importance"},
		{"importance/sets", "set of rules"},
		{"bodies", "body"},
	};

	for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++)
		if (strcmp(nouns[i].arg, arg) == 0)
			return nouns[i].noun;
	return strncmp(arg, "codes/", 6) == 0 ? arg + 6 : "value";
}

static void missing(struct cs_pol *b, const struct cs_json_node *at, const char *id,
		    const char *arg, const char *kind, const struct cs_ids *known)
{
	struct cs_buf hint = {0};

	cs_pol_hint(id, known, &hint);
	cs_pol_fault(b, at, "no %s '%s'%s%s%s", noun(arg), id, kind ? " in kind " : "",
		     kind ? kind : "", cs_buf_str(&hint));
	cs_buf_free(&hint);
}

/* A state in a rule over several kinds need not be a state of each. */
static bool in_some(struct cs_pol *b, const char *id, const char *arg)
{
	for (size_t i = 0; i < b->scope.kind_count; i++) {
		struct cs_ids known = {0};
		size_t size = 0;

		in_kind(b, b->scope.kind[i], arg, &known, &size);
		if (cs_ids_has(&known, id))
			return true;
	}
	return false;
}

void cs_pol_ref(struct cs_pol *b, const struct cs_json_node *at, const char *id, const char *arg)
{
	struct cs_ids known = {0};
	size_t size = 0;

	if (!cs_pol_checks(b))
		return;
	if (*arg != '@' || strcmp(arg, "@measures") == 0 || strcmp(arg, "@reports") == 0 ||
	    strcmp(arg, "@links") == 0 || strcmp(arg, "@ledger") == 0) {
		candidates(b, arg, &known);
		if (!cs_ids_has(&known, id))
			missing(b, at, id, arg, NULL, &known);
		return;
	}
	if (b->scope.unit && strcmp(arg, "@cond") == 0) {
		for (size_t i = 0; i < cs_unit_word_count; i++)
			add(b, &known, &size, cs_unit_words[i].name);
		if (!cs_ids_has(&known, id))
			missing(b, at, id, "@cond", NULL, &known);
		return;
	}
	if (b->scope.row && strcmp(arg, "@cond") == 0) {
		add_keys(b, b->scope.row, &known, &size);
		if (!cs_ids_has(&known, id))
			missing(b, at, id, "@cond", NULL, &known);
		return;
	}
	if (strcmp(arg, "@states") == 0 && in_some(b, id, arg))
		return;
	for (size_t i = 0; i < b->scope.kind_count; i++) {
		known = (struct cs_ids){0};
		size = 0;
		in_kind(b, b->scope.kind[i], arg, &known, &size);
		if (!cs_ids_has(&known, id)) {
			missing(b, at, id, arg, cs_json_key(b->scope.kind[i]), &known);
			return;
		}
	}
}
