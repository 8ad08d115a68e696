/* Maps: reading and checking. */
#include "text/intake_map.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/near.h"
#include "domain/names.h"
#include "text/encoding.h"
#include "text/intake_columns.h"

#define ANY_OTHER "*"

struct reading {
	struct cs_map *m;
	const struct cs_policy *p;
	struct cs_faults *faults;
};

static void fault(struct reading *r, const struct cs_json_node *n, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static void fault(struct reading *r, const struct cs_json_node *n, const char *fmt, ...)
{
	struct cs_buf at = {0};
	char *text = NULL;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) < 0)
		cs_oom();
	va_end(ap);
	cs_json_pointer(r->m->doc, n, &at);
	cs_faults_add(r->faults, "%s: %s", at.len ? at.data : "/", text);
	free(text);
	cs_buf_free(&at);
}

/* --- single values ---------------------------------------------------------------------------- */

static const char *text_of(struct reading *r, const struct cs_json_node *n)
{
	const char *s = cs_json_text(n);

	if (s && *s)
		return s;
	fault(r, n, "%s, wanted: a text", s ? "an empty text" : cs_json_type_name(cs_json_type(n)));
	return NULL;
}

static void read_source(struct reading *r, const struct cs_json_node *n)
{
	r->m->source = text_of(r, n);
}

static void read_encoding(struct reading *r, const struct cs_json_node *n)
{
	struct cs_decoder *d = NULL;
	struct cs_err e = {0};

	r->m->encoding = text_of(r, n);
	if (r->m->encoding && cs_decoder_open(r->m->encoding, &d, &e) < 0)
		fault(r, n, "%s", e.text);
	cs_decoder_free(d);
}

static void read_delimiter(struct reading *r, const struct cs_json_node *n)
{
	const char *s = text_of(r, n);

	if (s && (strlen(s) != 1 || *s == '"' || *s == 0x7F ||
		  ((unsigned char)*s < 0x20 && *s != '\t') || (unsigned char)*s >= 0x80))
		fault(r, n, "'%s', wanted: one ASCII character other than the quote", s);
	else if (s)
		r->m->delimiter = *s;
}

static void read_history(struct reading *r, const struct cs_json_node *n)
{
	if (cs_json_bool(n, &r->m->history) < 0)
		fault(r, n, "%s, wanted: true or false", cs_json_type_name(cs_json_type(n)));
}

static void read_zone(struct reading *r, const struct cs_json_node *n)
{
	const char *s = text_of(r, n);
	struct cs_err e = {0};

	if (s && cs_zone_open(s, &r->m->zone, &e) < 0)
		fault(r, n, "%s", e.text);
}

static void read_list(struct reading *r, const struct cs_json_node *n, struct cs_ids *out)
{
	if (cs_json_type(n) != CS_JSON_ARRAY || cs_json_count(n) == 0) {
		fault(r, n, "wanted: a list of texts");
		return;
	}
	out->id = cs_arena_alloc(&r->m->arena, cs_json_count(n) * sizeof *out->id);
	for (const struct cs_json_node *i = cs_json_first(n); i; i = cs_json_next(i)) {
		const char *s = text_of(r, i);

		if (s && cs_ids_has(out, s))
			fault(r, i, "'%s' stands twice", s);
		else if (s)
			out->id[out->count++] = s;
	}
}

static void read_times(struct reading *r, const struct cs_json_node *n)
{
	size_t at = 0;

	read_list(r, n, &r->m->times);
	for (const struct cs_json_node *i = cs_json_first(n); i && at < r->m->times.count;
	     i = cs_json_next(i)) {
		struct cs_err e = {0};
		cs_time t;

		if (!cs_json_text(i) || strcmp(cs_json_text(i), r->m->times.id[at]) != 0)
			continue;
		if (cs_time_parse_format("", r->m->times.id[at++], cs_zone_utc(), &t, NULL, &e) <
			    0 &&
		    e.code == CS_CONFIG)
			fault(r, i, "%s", e.text);
	}
}

static void read_keep(struct reading *r, const struct cs_json_node *n)
{
	read_list(r, n, &r->m->keep);
}

static bool any_step(const struct cs_policy *p, const char *id)
{
	for (size_t i = 0; i < p->kind_count; i++)
		if (cs_kind_step(&p->kind[i], id) &&
		    cs_kind_step(&p->kind[i], id) != p->kind[i].register_step)
			return true;
	return false;
}

static void read_closes(struct reading *r, const struct cs_json_node *n)
{
	read_list(r, n, &r->m->closes_with);
	for (const struct cs_json_node *i = cs_json_first(n); r->p && i; i = cs_json_next(i))
		if (cs_json_text(i) && !any_step(r->p, cs_json_text(i)))
			fault(r, i, "no kind has a step '%s'", cs_json_text(i));
}

/* --- pairs ------------------------------------------------------------------------------------ */

static bool is_object(struct reading *r, const struct cs_json_node *n)
{
	if (cs_json_type(n) == CS_JSON_OBJECT)
		return true;
	fault(r, n, "%s, wanted: an object", cs_json_type_name(cs_json_type(n)));
	return false;
}

/* A key that must be the English name of a column. */
static bool is_column(struct reading *r, const struct cs_json_node *n, struct cs_intake_target *t)
{
	struct cs_near near = {.wanted = cs_json_key(n)};

	if (cs_intake_heading(r->p, cs_json_key(n), t) && t->what != CS_INTAKE_IGNORE)
		return true;
	cs_intake_heading_near(r->p, &near);
	fault(r, n, "no column '%s'%s%s%s", cs_json_key(n), near.best ? "; did you mean '" : "",
	      near.best ? near.best : "", near.best ? "'?" : "");
	return false;
}

static bool any_state(const struct cs_policy *p, const char *id)
{
	if (strcmp(id, "open") == 0 || strcmp(id, "done") == 0 || strcmp(id, "closed") == 0)
		return true;
	for (size_t i = 0; i < p->kind_count; i++)
		if (cs_kind_state(&p->kind[i], id))
			return true;
	return false;
}

/* A value of ours must exist where it is coded. */
static void check_ours(struct reading *r, const struct cs_json_node *n,
		       const struct cs_intake_target *t, const char *text)
{
	const char *section = t->what == CS_INTAKE_STANDARD ? cs_intake_column_section(t->standard)
							    : NULL;
	struct cs_err e = {0};

	if (!r->p || !text)
		return;
	if (section && !cs_name_find(r->p, section, text, &e))
		fault(r, n, "%s", e.text);
	if (t->what == CS_INTAKE_STANDARD && t->standard == CS_COL_STATE && !any_state(r->p, text))
		fault(r, n,
		      "no kind has a state '%s' (open, done and closed stand for any such state)",
		      text);
}

static void read_columns(struct reading *r, const struct cs_json_node *n)
{
	struct cs_map_pairs *to = &r->m->columns;
	struct cs_intake_target t;

	if (!is_object(r, n))
		return;
	r->m->has_columns = true;
	to->pair = cs_arena_alloc(&r->m->arena, (cs_json_count(n) + 1) * sizeof *to->pair);
	for (const struct cs_json_node *i = cs_json_first(n); i; i = cs_json_next(i)) {
		const char *s = text_of(r, i);

		if (is_column(r, i, &t) && s)
			to->pair[to->count++] = (struct cs_map_pair){
				t.what == CS_INTAKE_STEP ? cs_json_key(i) : t.id, s};
	}
}

static void read_constants(struct reading *r, const struct cs_json_node *n)
{
	struct cs_map_pairs *to = &r->m->constants;
	struct cs_intake_target t;

	if (!is_object(r, n))
		return;
	to->pair = cs_arena_alloc(&r->m->arena, (cs_json_count(n) + 1) * sizeof *to->pair);
	for (const struct cs_json_node *i = cs_json_first(n); i; i = cs_json_next(i)) {
		const char *s = text_of(r, i);

		if (!is_column(r, i, &t) || !s)
			continue;
		check_ours(r, i, &t, s);
		if (t.what == CS_INTAKE_STANDARD && t.standard == CS_COL_SOURCE_KEY)
			fault(r, i, "a key that is the same for every row is none");
		to->pair[to->count++] = (struct cs_map_pair){cs_json_key(i), s};
	}
}

static void read_pairs(struct reading *r, const struct cs_json_node *n,
		       const struct cs_intake_target *t, struct cs_map_values *v)
{
	if (!is_object(r, n))
		return;
	v->column = t->id;
	v->of.pair = cs_arena_alloc(&r->m->arena, (cs_json_count(n) + 1) * sizeof *v->of.pair);
	for (const struct cs_json_node *i = cs_json_first(n); i; i = cs_json_next(i)) {
		const char *s = text_of(r, i);

		if (!s)
			continue;
		check_ours(r, i, t, s);
		if (strcmp(cs_json_key(i), ANY_OTHER) == 0)
			v->other = s;
		else
			v->of.pair[v->of.count++] = (struct cs_map_pair){cs_json_key(i), s};
	}
}

static void read_values(struct reading *r, const struct cs_json_node *n)
{
	struct cs_intake_target t;

	if (!is_object(r, n))
		return;
	r->m->values = cs_arena_alloc(&r->m->arena, (cs_json_count(n) + 1) * sizeof *r->m->values);
	for (const struct cs_json_node *i = cs_json_first(n); i; i = cs_json_next(i)) {
		if (!is_column(r, i, &t))
			continue;
		if (t.what == CS_INTAKE_STEP ||
		    (t.what == CS_INTAKE_STANDARD &&
		     (t.standard == CS_COL_STATE || t.standard == CS_COL_SOURCE_KEY)))
			fault(r, i, "values of this column are not translated%s",
			      t.what == CS_INTAKE_STANDARD && t.standard == CS_COL_STATE
				      ? "; write them under 'states'"
				      : "");
		else
			read_pairs(r, i, &t, &r->m->values[r->m->value_count++]);
	}
}

static void read_states(struct reading *r, const struct cs_json_node *n)
{
	const struct cs_intake_target t = {CS_INTAKE_STANDARD, CS_COL_STATE, "state"};

	read_pairs(r, n, &t, &r->m->states);
}

/* --- the whole -------------------------------------------------------------------------------- */

static const struct {
	const char *key;
	void (*read)(struct reading *r, const struct cs_json_node *n);
} words[] = {
	{"source", read_source},   {"encoding", read_encoding},   {"delimiter", read_delimiter},
	{"history", read_history}, {"zone", read_zone},           {"times", read_times},
	{"columns", read_columns}, {"constants", read_constants}, {"values", read_values},
	{"states", read_states},   {"keep", read_keep},           {"closes_with", read_closes},
};

static void read_word(struct reading *r, const struct cs_json_node *n)
{
	struct cs_near near = {.wanted = cs_json_key(n)};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (strcmp(words[i].key, cs_json_key(n)) == 0) {
			words[i].read(r, n);
			return;
		}
		cs_near_try(&near, words[i].key);
	}
	fault(r, n, "unknown word%s%s%s", near.best ? "; did you mean '" : "",
	      near.best ? near.best : "", near.best ? "'?" : "");
}

static void check_whole(struct reading *r)
{
	const struct cs_json_node *root = cs_json_root(r->m->doc);
	const struct cs_json_node *constants = cs_json_get(root, "constants");

	for (const struct cs_json_node *i = cs_json_first(constants); i; i = cs_json_next(i))
		if (cs_json_get(cs_json_get(root, "columns"), cs_json_key(i)))
			fault(r, i, "stands under columns too");
}

int cs_map_read(const char *text, size_t len, const struct cs_policy *p, struct cs_faults *faults,
		struct cs_map **out, struct cs_err *e)
{
	struct cs_map *m = cs_alloc(sizeof *m);
	struct reading r = {.m = m, .p = p, .faults = faults};
	size_t before = faults->count;

	*out = NULL;
	m->delimiter = ',';
	if (cs_json_parse(text, len, &m->doc, e) < 0) {
		cs_map_free(m);
		return -1;
	}
	if (is_object(&r, cs_json_root(m->doc))) {
		for (const struct cs_json_node *n = cs_json_first(cs_json_root(m->doc)); n;
		     n = cs_json_next(n))
			read_word(&r, n);
		check_whole(&r);
	}
	if (faults->count > before) {
		cs_map_free(m);
		return cs_fail(e, CS_BADDATA, "the map has faults");
	}
	*out = m;
	return 0;
}

void cs_map_free(struct cs_map *m)
{
	if (!m)
		return;
	cs_json_free(m->doc);
	cs_arena_free(&m->arena);
	free(m);
}

const char *cs_map_value(const struct cs_map_values *v, const char *text)
{
	for (size_t i = 0; i < v->of.count; i++)
		if (strcmp(v->of.pair[i].name, text) == 0)
			return v->of.pair[i].text;
	return v->other ? v->other : text;
}
