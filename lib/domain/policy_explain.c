/* Rules in words, from the text of the edition and in its order. */
#include "domain/policy_explain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/near.h"
#include "domain/policy_lang.h"

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

/* "48h ($req.esc_2: S3-6-2)". */
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
	cs_buf_printf(out, " (%s:", ref);
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

static bool condition(const struct cs_json_node *n)
{
	const struct cs_lang_object *o = &cs_lang_objects[CS_L_COND];
	const char *key = cs_json_key(cs_json_first(n));

	for (size_t i = 0; key && i < o->row_count; i++)
		if (strcmp(o->row[i].key, key) == 0)
			return true;
	return false;
}

/* A value in one line: parameters resolved, lists with commas, conditions as they read. */
static void words(const struct explain *x, const struct cs_json_node *n, struct cs_buf *out)
{
	const char *s = cs_json_text(n);
	const char *between = cs_json_type(n) == CS_JSON_OBJECT && condition(n) ? " " : ", ";
	bool pair = cs_json_type(n) == CS_JSON_ARRAY && !cs_json_key(n) && cs_json_count(n) == 2 &&
		    cs_json_text(cs_json_first(n));
	bool first = true;

	if (pair) {
		words(x, cs_json_first(n), out);
		cs_buf_puts(out, " to ");
		words(x, cs_json_next(cs_json_first(n)), out);
		return;
	}
	if (s && *s == '$') {
		param(x, s, out);
	} else if (s) {
		cs_buf_puts(out, s);
	} else if (cs_json_type(n) != CS_JSON_OBJECT && cs_json_type(n) != CS_JSON_ARRAY) {
		cs_json_write(n, out);
	} else if (!cs_json_first(n)) {
		cs_buf_puts(out, "none");
	}
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m)) {
		bool inner = cs_json_first(m) && (cs_json_type(m) == CS_JSON_OBJECT ||
						  cs_json_type(cs_json_first(m)) != CS_JSON_STRING);

		if (is_source(m) || is_id(m))
			continue;
		if (!first)
			cs_buf_puts(out, between);
		first = false;
		if (cs_json_key(m))
			cs_buf_printf(out, "%s ", cs_json_key(m));
		if (inner)
			cs_buf_putc(out, '(');
		words(x, m, out);
		if (inner)
			cs_buf_putc(out, ')');
	}
	if (cs_json_type(n) == CS_JSON_OBJECT)
		source(n, out);
}

/* One line for each key, one more for each member of what has members of its own. */
static void members(const struct explain *x, const struct cs_json_node *n)
{
	struct cs_buf out = {0};

	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m)) {
		const char *id = cs_json_key(m) ? cs_json_key(m)
						: cs_json_text(cs_json_get(m, "id"));
		bool deep = cs_json_key(m) && cs_json_first(m) &&
			    cs_json_type(cs_json_first(m)) == CS_JSON_OBJECT && !condition(m);

		if (is_source(m))
			continue;
		cs_buf_printf(&out, "  %s:", id ? id : "-");
		if (!deep) {
			cs_buf_putc(&out, ' ');
			words(x, m, &out);
			say(x, &out);
			continue;
		}
		say(x, &out);
		for (const struct cs_json_node *l = cs_json_first(m); l; l = cs_json_next(l)) {
			const char *inner = cs_json_key(l) ? cs_json_key(l)
							   : cs_json_text(cs_json_get(l, "id"));

			cs_buf_printf(&out, "    %s: ", inner ? inner : "-");
			words(x, l, &out);
			say(x, &out);
		}
	}
	cs_buf_free(&out);
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
	const char *label = cs_policy_label(x->p, x->lang, path), *last = strrchr(path, '/');
	struct cs_buf out = {0};

	cs_buf_puts(&out, path);
	if (strcmp(label, last ? last + 1 : path) != 0)
		cs_buf_printf(&out, ": %s", label);
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
		members(x, n);
	} else {
		cs_buf_puts(&out, "  ");
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

int cs_policy_explain(const struct cs_policy *p, const char *lang, const char *path,
		      void (*line)(const char *text, void *arg), void *arg, struct cs_err *e)
{
	struct explain x = {p, lang, line, arg};
	const struct cs_json_node *root = cs_json_root(p->doc), *n;
	struct cs_near near = {.wanted = path};
	size_t found = 0;

	while (*path == '/')
		path++;
	n = *path ? at_path(root, path) : NULL;
	if (n) {
		one(&x, n, path);
		return 0;
	}
	for (const struct cs_json_node *s = cs_json_first(root); s; s = cs_json_next(s)) {
		if (cs_json_type(s) != CS_JSON_OBJECT || strcmp(cs_json_key(s), "labels") == 0)
			continue;
		for (const struct cs_json_node *m = cs_json_first(s); m; m = cs_json_next(m)) {
			struct cs_buf full = {0};

			cs_near_try(&near, cs_json_key(m));
			if (strcmp(cs_json_key(m), path) != 0)
				continue;
			found++;
			cs_buf_printf(&full, "%s/%s", cs_json_key(s), path);
			one(&x, m, cs_buf_str(&full));
			cs_buf_free(&full);
		}
	}
	if (found)
		return 0;
	return near.best ? cs_fail(e, CS_USAGE,
				   "nothing named '%s' in the policy (did you mean '%s'?)", path,
				   near.best)
			 : cs_fail(e, CS_USAGE, "nothing named '%s' in the policy", path);
}
