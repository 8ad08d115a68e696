/* Rules in words, from the text of the edition and in its order. */
#include "domain/policy_explain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/near.h"
#include "base/utf8.h"
#include "domain/names.h"
#include "domain/policy_lang.h"
#include "domain/policy_say.h"

struct explain {
	const struct cs_policy *p;
	const char *lang;
	void (*line)(const char *text, void *arg);
	void *arg;
};

static void say(const struct explain *x, struct cs_buf *out)
{
	x->line(cs_buf_str(out), x->arg);
	cs_buf_clear(out);
}

static void words(const struct explain *x, const struct cs_json_node *n, struct cs_buf *out);

/* "48h (parameter req.esc_2: S3-6-2)". */
static void param(const struct explain *x, const char *ref, struct cs_buf *out)
{
	const struct cs_param *q = cs_policy_param(x->p, ref + 1);
	const struct cs_json_node *params = cs_json_get(cs_json_root(x->p->doc), "params");

	if (!q) {
		cs_buf_puts(out, ref);
		return;
	}
	if (q->decided)
		words(x, cs_json_get(cs_json_get(params, q->id), "value"), out);
	else
		cs_buf_puts(out, "undecided");
	cs_buf_printf(out, " (parameter %s%s", q->id, q->source.count ? ":" : "");
	for (size_t i = 0; i < q->source.count; i++)
		cs_buf_printf(out, " %s", q->source.id[i]);
	cs_buf_putc(out, ')');
}

static bool is_source(const struct cs_json_node *n)
{
	return cs_json_key(n) && strcmp(cs_json_key(n), "source") == 0;
}

/* The id of a list's member stands before it already. */
static bool is_id(const struct cs_json_node *n)
{
	return cs_json_key(n) && strcmp(cs_json_key(n), "id") == 0;
}

static void source(const struct cs_json_node *n, struct cs_buf *out)
{
	const struct cs_json_node *s = cs_json_get(n, "source");

	if (!s)
		return;
	cs_buf_puts(out, " [");
	if (cs_json_text(s))
		cs_buf_puts(out, cs_json_text(s));
	for (const struct cs_json_node *m = cs_json_first(s); m; m = cs_json_next(m))
		cs_buf_printf(out, "%s%s", m == cs_json_first(s) ? "" : " ",
			      cs_json_text(m) ? cs_json_text(m) : "");
	cs_buf_putc(out, ']');
}

static void drop(char *path, const char *silent)
{
	char *at = strstr(path, silent);

	if (at)
		memmove(at, at + strlen(silent) - 1, strlen(at + strlen(silent) - 1) + 1);
}

/* The path as labels have it: without "/scale/" of priorities and "/fields/" of a list. */
static void label_path(char *path)
{
	drop(path, "/scale/");
	if (strstr(path, "/lists/"))
		drop(path, "/fields/");
}

/* " (leak or seepage, 渗漏水)": what is declared at the path, in every language; false: nothing is. */
static bool put_labels(const struct explain *x, const char *path, const char *id, struct cs_buf *out)
{
	struct cs_buf full = {0};
	bool any = false;

	cs_buf_printf(&full, "%s/%s", path, id);
	label_path(full.data);
	for (size_t i = 0; i < cs_policy_languages.count; i++) {
		const char *label = cs_policy_label(x->p, cs_policy_languages.id[i], full.data);

		if (label == strrchr(full.data, '/') + 1) /* it has none */
			continue;
		cs_buf_printf(out, "%s%s", any ? ", " : " (", label);
		any = true;
	}
	cs_buf_puts(out, any ? ")" : "");
	cs_buf_free(&full);
	return any;
}

/* The ids of a list that declares them, with their labels; false: it is another list, nothing was put. */
static bool put_declared(const struct explain *x, const struct cs_json_node *n, const char *path, const char *between,
			 struct cs_buf *out)
{
	bool all = cs_json_type(n) == CS_JSON_ARRAY && cs_json_first(n);
	struct cs_buf list = {0};

	for (const struct cs_json_node *m = cs_json_first(n); all && m; m = cs_json_next(m)) {
		const char *id = cs_json_text(m);

		cs_buf_printf(&list, "%s%s", list.len ? between : "", id ? id : "");
		all = id && put_labels(x, path, id, &list);
	}
	if (all)
		cs_buf_puts(out, cs_buf_str(&list));
	cs_buf_free(&list);
	return all;
}

static void put_value(const void *arg, const struct cs_json_node *n, struct cs_buf *out)
{
	words(arg, n, out);
}

/* A condition where one stands: a member of a list, or when, where, unless; with what is said if it does not hold. */
static bool put_condition(const struct explain *x, const struct cs_json_node *n, struct cs_buf *out)
{
	static const char *const at[] = {"when", "where", "unless"};
	const struct cs_saying how = {put_value, x};
	const char *key = cs_json_key(n), *otherwise = cs_json_text(cs_json_get(n, "say"));
	bool here = !key;

	for (size_t i = 0; key && i < sizeof at / sizeof *at; i++)
		here = here || strcmp(key, at[i]) == 0;
	if (!here || !cs_policy_say(&how, n, out))
		return false;
	if (otherwise) {
		cs_buf_puts(out, "; else: ");
		cs_buf_json(out, otherwise);
	}
	source(n, out);
	return true;
}

static bool is_condition(const struct explain *x, const struct cs_json_node *n)
{
	struct cs_buf said = {0};
	const bool is = put_condition(x, n, &said);

	cs_buf_free(&said);
	return is;
}

/* A post by its label, and how it is named in the rules. */
static void put_post(const struct explain *x, const char *ref, struct cs_buf *out)
{
	struct cs_buf path = {0};
	const char *label;

	cs_buf_printf(&path, "posts/%s", ref + strlen("post:"));
	label = cs_policy_label(x->p, x->lang, cs_buf_str(&path));
	if (strcmp(label, ref + strlen("post:")) != 0)
		cs_buf_printf(out, "%s (%s)", label, ref);
	else
		cs_buf_puts(out, ref);
	cs_buf_free(&path);
}

/* A value in one line: parameters resolved, lists with commas, conditions in words. */
static void words(const struct explain *x, const struct cs_json_node *n, struct cs_buf *out)
{
	const char *s = cs_json_text(n), *key = cs_json_key(n) ? cs_json_key(n) : "";
	bool pair = cs_json_type(n) == CS_JSON_ARRAY && !cs_json_key(n) && cs_json_count(n) == 2 &&
		    cs_json_text(cs_json_first(n));
	bool first = true;

	if (put_condition(x, n, out))
		return;
	if (pair) {
		words(x, cs_json_first(n), out);
		cs_buf_puts(out, " to ");
		words(x, cs_json_next(cs_json_first(n)), out);
		return;
	}
	if (s && *s == '$') {
		param(x, s, out);
	} else if (s && strncmp(s, "post:", 5) == 0) {
		put_post(x, s, out);
	} else if (s) {
		cs_buf_puts(out, strcmp(key, "from") == 0 && strcmp(s, "*") == 0 ? "any state"
				 : strcmp(key, "to") == 0 && strcmp(s, "=") == 0 ? "the same state"
										 : s);
	} else if (cs_json_type(n) != CS_JSON_OBJECT && cs_json_type(n) != CS_JSON_ARRAY) {
		cs_json_write(n, out);
	} else if (!cs_json_first(n)) {
		cs_buf_puts(out, "none");
	}
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m)) {
		const enum cs_json_type of = cs_json_type(cs_json_first(m));
		bool inner = cs_json_first(m) &&
			     (cs_json_type(m) == CS_JSON_OBJECT || (of != CS_JSON_STRING && of != CS_JSON_OBJECT));

		if (is_source(m) || is_id(m))
			continue;
		if (!first)
			cs_buf_puts(out, ", ");
		first = false;
		if (cs_json_key(m))
			cs_buf_printf(out, "%s ", cs_json_key(m));
		if (inner && cs_json_key(m) && put_condition(x, m, out))
			continue;
		if (inner)
			cs_buf_putc(out, '(');
		words(x, m, out);
		if (inner)
			cs_buf_putc(out, ')');
	}
	if (cs_json_type(n) == CS_JSON_OBJECT)
		source(n, out);
}

/* A member that is a map of objects, or holds one, or a list of rules with ids. */
static bool is_map(const struct explain *x, const struct cs_json_node *n)
{
	return cs_json_key(n) && cs_json_type(cs_json_first(n)) == CS_JSON_OBJECT && !is_condition(x, n);
}

static bool holds_map(const struct explain *x, const struct cs_json_node *n)
{
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m))
		if ((cs_json_type(m) == CS_JSON_OBJECT || cs_json_get(cs_json_first(m), "id")) && is_map(x, m))
			return true;
	return false;
}

static const char *name_of(const struct cs_json_node *n)
{
	const char *id = cs_json_key(n) ? cs_json_key(n) : cs_json_text(cs_json_get(n, "id"));

	return id ? id : "-";
}

/* A member in one line, behind its name. */
static void in_line(const struct explain *x, const struct cs_json_node *n, const char *path, struct cs_buf *out)
{
	cs_buf_putc(out, ' ');
	if (!put_declared(x, n, path, ", ", out))
		words(x, n, out);
	say(x, out);
}

/* One line for each key, one more for each member of what has members of its own, and so on. */
static void members(const struct explain *x, const struct cs_json_node *n, const char *path, int indent)
{
	struct cs_buf out = {0}, own = {0};

	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m)) {
		if (is_source(m))
			continue;
		cs_buf_clear(&own);
		cs_buf_printf(&own, "%s/%s", path, name_of(m));
		cs_buf_printf(&out, "%*s%s", indent, "", name_of(m));
		put_labels(x, path, name_of(m), &out);
		cs_buf_putc(&out, ':');
		if (!is_map(x, m) && !holds_map(x, m)) {
			in_line(x, m, cs_buf_str(&own), &out);
			continue;
		}
		source(m, &out);
		say(x, &out);
		members(x, m, cs_buf_str(&own), indent + 2);
	}
	cs_buf_free(&out);
	cs_buf_free(&own);
}

/* Every place that names the parameter. */
static void users(const struct explain *x, const struct cs_json_node *n, const char *ref)
{
	struct cs_buf place = {0}, out = {0};

	if (cs_json_text(n) && strcmp(cs_json_text(n), ref) == 0) {
		cs_json_pointer(x->p->doc, n, &place);
		cs_buf_printf(&out, "  used by %s", cs_buf_str(&place) + 1);
		say(x, &out);
	}
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m))
		users(x, m, ref);
	cs_buf_free(&place);
	cs_buf_free(&out);
}

static void one(const struct explain *x, const struct cs_json_node *n, const char *path)
{
	char *own = cs_strdup(path);
	const char *label, *last = strrchr(path, '/');
	struct cs_buf out = {0};

	label_path(own);
	label = cs_policy_label(x->p, x->lang, own);
	cs_buf_puts(&out, path);
	if (strcmp(label, last ? last + 1 : path) != 0)
		cs_buf_printf(&out, ": %s", label);
	free(own);
	source(n, &out);
	say(x, &out);
	if (strncmp(path, "params/", 7) == 0 && cs_policy_param(x->p, path + 7)) {
		cs_buf_printf(&out, "  value: ");
		if (cs_json_is_null(cs_json_get(n, "value")))
			cs_buf_puts(&out, "undecided: what uses it is off");
		else
			words(x, cs_json_get(n, "value"), &out);
		say(x, &out);
		cs_buf_printf(&out, "$%s", path + 7);
		users(x, cs_json_root(x->p->doc), cs_buf_str(&out));
	} else if (cs_json_type(n) == CS_JSON_OBJECT ||
		   cs_json_type(cs_json_first(n)) == CS_JSON_OBJECT) {
		members(x, n, path, 2);
	} else {
		cs_buf_puts(&out, "  ");
		if (!put_declared(x, n, path, "\n  ", &out))
			words(x, n, &out);
		say(x, &out);
	}
	cs_buf_free(&out);
}

/* The member a step of the path names: by key, in lists by "id" or place. */
static const struct cs_json_node *child(const struct cs_json_node *n, const char *step)
{
	size_t i = 0;

	if (cs_json_type(n) != CS_JSON_ARRAY)
		return cs_json_get(n, step);
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m), i++) {
		const char *id = cs_json_text(m) ? cs_json_text(m)
						 : cs_json_text(cs_json_get(m, "id"));
		char place[24];

		snprintf(place, sizeof place, "%zu", i);
		if ((id && strcmp(id, step) == 0) || strcmp(place, step) == 0)
			return m;
	}
	return NULL;
}

static const struct cs_json_node *at_path(const struct cs_json_node *n, const char *path)
{
	char *copy = cs_strdup(path), *rest = NULL;

	for (char *step = strtok_r(copy, "/", &rest); step && n; step = strtok_r(NULL, "/", &rest))
		n = child(n, step);
	free(copy);
	return n;
}

/* --- by a word ------------------------------------------------------------------------ */

/* All that the rules declare is walked; what the word means is kept. */
struct search {
	const struct explain *x;
	const char *word;
	struct cs_near near;
	struct cs_ids found, section, like; /* section: one with things in it; like: a label holds the word */
	size_t size, section_size, like_size;
	struct cs_arena a;
};

static void keep(struct search *w, struct cs_ids *l, size_t *size, const char *path)
{
	l->id = cs_arena_grow(&w->a, l->id, l->count, size, sizeof *l->id);
	l->id[l->count++] = path;
}

static bool means(struct search *w, const char *path, const char *id)
{
	bool yes = strcmp(id, w->word) == 0 || strcmp(path, w->word) == 0, like = false;
	char *own = cs_arena_strdup(&w->a, path);

	label_path(own);
	cs_near_try(&w->near, id);
	for (size_t i = 0; i < cs_policy_languages.count; i++) {
		const char *label = cs_policy_label(w->x->p, cs_policy_languages.id[i], own);

		cs_near_try(&w->near, label);
		like = like || (strlen(w->word) > 2 && strstr(label, w->word));
		yes = yes || strcmp(label, w->word) == 0;
	}
	if (like)
		keep(w, &w->like, &w->like_size, path);
	return yes || strcmp(own, w->word) == 0;
}

/* The word "labels" means everything that has one. */
static void declared(struct search *w, const char *path, const char *id)
{
	const char *full = cs_arena_printf(&w->a, "%s/%s", path, id);
	struct cs_buf none = {0};
	bool all = strcmp(w->word, "labels") == 0 && put_labels(w->x, path, id, &none);

	cs_buf_free(&none);
	if (all || means(w, full, id))
		keep(w, &w->found, &w->size, full);
}

static void declared_list(struct search *w, const char *path, const struct cs_json_node *n)
{
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m))
		if (cs_json_text(m))
			declared(w, path, cs_json_text(m));
}

static void declared_rules(struct search *w, const char *path, const struct cs_json_node *n)
{
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m))
		if (cs_json_text(cs_json_get(m, "id")))
			declared(w, path, cs_json_text(cs_json_get(m, "id")));
}

static bool is_section(enum cs_lang_type type)
{
	return type == CS_LANG_SETS || type == CS_LANG_OBJECT || type == CS_LANG_MAP || type == CS_LANG_LIST ||
	       type == CS_LANG_KEYS || type == CS_LANG_CODES || type == CS_LANG_NEW;
}

static void section(struct search *w, const char *path, const char *key)
{
	cs_near_try(&w->near, key);
	if (strcmp(key, w->word) == 0)
		keep(w, &w->section, &w->section_size, path);
}

/* An object of the language at a path ("" the whole): what its keys declare, and what stands in them. */
static void walk(struct search *w, enum cs_lang_id of, const char *path, const struct cs_json_node *n)
{
	const struct cs_lang_object *o = cs_lang_object(of);

	for (size_t i = 0; i < o->row_count; i++) {
		const struct cs_lang_key *row = &o->row[i];
		const struct cs_json_node *at = cs_json_get(n, row->key);
		const char *here = cs_arena_printf(&w->a, "%s%s%s", path, *path ? "/" : "", row->key);

		if (at && is_section(row->type))
			section(w, here, row->key);
		if (row->type == CS_LANG_OBJECT)
			walk(w, row->of, here, at);
		if (row->type == CS_LANG_NEW)
			declared_list(w, here, at);
		if (row->type != CS_LANG_MAP && row->type != CS_LANG_LIST && row->type != CS_LANG_KEYS &&
		    row->type != CS_LANG_CODES && row->type != CS_LANG_SETS)
			continue;
		for (const struct cs_json_node *m = cs_json_first(at); m; m = cs_json_next(m)) {
			const char *id = cs_json_key(m) ? cs_json_key(m) : cs_json_text(cs_json_get(m, "id"));
			const char *inner = id ? cs_arena_printf(&w->a, "%s/%s", here, id) : NULL;

			if (id)
				declared(w, here, id);
			if (id && row->type == CS_LANG_CODES)
				declared_list(w, inner, m);
			else if (id && row->type == CS_LANG_SETS)
				declared_rules(w, inner, m);
			else if (id && row->type != CS_LANG_KEYS)
				walk(w, row->of, inner, m);
		}
	}
}

/* What a path names up to where it goes wrong, and what would be right there. */
static int fail_path(const struct explain *x, const char *path, struct cs_arena *a, struct cs_err *e)
{
	const struct cs_json_node *n = cs_json_root(x->p->doc), *next;
	struct cs_ids members = {0};
	char *rest = NULL, *step = strtok_r(cs_arena_strdup(a, path), "/", &rest);
	const char *there = "sections of the rules";
	size_t size = 0;

	for (; step && (next = child(n, step)); step = strtok_r(NULL, "/", &rest)) {
		there = n == cs_json_root(x->p->doc) ? cs_arena_printf(a, "members of %s", step)
						     : cs_arena_printf(a, "%s/%s", there, step);
		n = next;
	}
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m)) {
		const char *id = cs_json_key(m)    ? cs_json_key(m)
				 : cs_json_text(m) ? cs_json_text(m)
						   : cs_json_text(cs_json_get(m, "id"));

		members.id = cs_arena_grow(a, members.id, members.count, &size, sizeof *members.id);
		if (id)
			members.id[members.count++] = id;
	}
	return cs_name_unknown(there, step ? step : "", &members, e);
}

/* The path begins with a section that the language has and these rules have not. */
static bool no_section(const struct explain *x, const char *path)
{
	const struct cs_lang_object *o = cs_lang_object(CS_L_POLICY);
	const size_t len = strcspn(path, "/");

	for (size_t i = 0; i < o->row_count; i++)
		if (strlen(o->row[i].key) == len && memcmp(o->row[i].key, path, len) == 0)
			return !cs_json_get(cs_json_root(x->p->doc), o->row[i].key);
	return false;
}

/* What stands elsewhere under another name: "levels" for codes/level, "codes/bodies" for bodies; NULL: nothing does. */
static const char *other_name(const struct explain *x, const char *word, struct cs_arena *a)
{
	static const struct {
		const char *end, *with;
	} plural[] = {{"ies", "y"}, {"s", ""}};
	const struct cs_json_node *root = cs_json_root(x->p->doc);
	const size_t len = strlen(word);

	if (strncmp(word, "codes/", 6) == 0)
		return word[6] && at_path(root, word + 6) ? word + 6 : NULL;
	if (strcmp(word, "classes") == 0)
		return "importance/scale";
	for (size_t i = 0; i < sizeof plural / sizeof *plural; i++) {
		const size_t end = strlen(plural[i].end);
		const char *path;

		if (len <= end || strcmp(word + len - end, plural[i].end) != 0)
			continue;
		path = cs_arena_printf(a, "codes/%.*s%s", (int)(len - end), word, plural[i].with);
		if (at_path(root, path))
			return path;
	}
	return NULL;
}

static int fail_unknown(const struct search *w, const char *word, struct cs_err *e)
{
	char shown[CS_ERR_SHOWN];

	if (no_section(w->x, w->word))
		return cs_fail(e, CS_USAGE, "these rules declare no %.*s", (int)strcspn(w->word, "/"), w->word);
	return cs_fail(e, CS_USAGE, "nothing named '%s' in the policy%s%s%s", cs_err_show(word, shown),
		       w->near.best ? " (did you mean '" : "", w->near.best ? w->near.best : "",
		       w->near.best ? "'?)" : "");
}

/* One that the word means is explained; of several each has a line. Where nothing is called so, or nearly so, those
   whose label holds the word. */
static int by_word(const struct explain *x, const char *word, struct cs_err *e)
{
	char *plain = cs_strdup(word);
	struct search w = {.x = x, .word = plain, .near = {.wanted = plain}};
	struct cs_buf out = {0};
	const struct cs_ids *l = &w.found;
	int rc = 0;

	cs_utf8_fold_width(plain);
	cs_utf8_trim(plain);
	walk(&w, CS_L_POLICY, "", cs_json_root(x->p->doc));
	if (l->count == 0)
		l = &w.section;
	if (l->count == 0 && !w.near.best)
		l = &w.like;
	if (l->count == 0 && strchr(plain, '/') && !no_section(x, plain))
		rc = fail_path(x, plain, &w.a, e);
	else if (l->count == 0)
		rc = fail_unknown(&w, word, e);
	if (l->count == 1)
		one(x, at_path(cs_json_root(x->p->doc), l->id[0]), l->id[0]);
	for (size_t i = 0; l->count > 1 && i < l->count; i++) {
		const char *last = strrchr(l->id[i], '/');

		cs_buf_puts(&out, l->id[i]);
		put_labels(x, cs_arena_printf(&w.a, "%.*s", (int)(last - l->id[i]), l->id[i]), last + 1, &out);
		say(x, &out);
	}
	cs_buf_free(&out);
	cs_arena_free(&w.a);
	free(plain);
	return rc;
}

int cs_policy_explain(const struct cs_policy *p, const char *lang, const char *path,
		      void (*line)(const char *text, void *arg), void *arg, struct cs_err *e)
{
	struct explain x = {p, lang, line, arg};
	struct cs_arena a = {0};
	const char *other;
	const struct cs_json_node *n;
	int rc = 0;

	if (!cs_ids_has(&cs_policy_languages, lang))
		return cs_fail(e, CS_USAGE, "--lang: labels are in en and zh");
	while (*path == '/')
		path++;
	n = *path && strcmp(path, "labels") != 0 ? at_path(cs_json_root(p->doc), path) : NULL;
	other = n ? NULL : other_name(&x, path, &a);
	if (other) {
		path = other;
		n = at_path(cs_json_root(p->doc), path);
	}
	if (n)
		one(&x, n, path);
	else
		rc = by_word(&x, path, e);
	cs_arena_free(&a);
	return rc;
}
