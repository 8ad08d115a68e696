/* Labels: names for people. Each declared id has one in every language, which declares it a second
   time, so that a letter gone wrong in a declaration shows. */
#include <stdlib.h>
#include <string.h>

#include "base/near.h"
#include "domain/policy_build.h"

struct cs_labels {
	struct cs_arena arena; /* of its own: a loaded policy does not change, but its labels are read late */
	struct cs_label *item;
	size_t count;
	uint32_t *slot; /* hash of lang and path: index + 1 */
	size_t slots;
	bool waiting; /* they still stand in the text only */
};

const struct cs_ids cs_policy_languages = {(const char *[]){"en", "zh"}, 2};

static uint32_t hash(const char *lang, const char *path)
{
	uint32_t h = 2166136261u;

	for (; *lang; lang++)
		h = (h ^ (unsigned char)*lang) * 16777619u;
	h = (h ^ '/') * 16777619u;
	for (; *path; path++)
		h = (h ^ (unsigned char)*path) * 16777619u;
	return h ^ (h >> 15);
}

static void place(struct cs_labels *t, size_t index)
{
	size_t i = hash(t->item[index].lang, t->item[index].path) & (t->slots - 1);

	while (t->slot[i])
		i = (i + 1) & (t->slots - 1);
	t->slot[i] = (uint32_t)index + 1;
}

/* What is no text is left out: the checker has said so, or the edition was checked. */
static void fill(struct cs_labels *t, const struct cs_json_node *n)
{
	size_t count = 0;

	for (const struct cs_json_node *l = cs_json_first(n); l; l = cs_json_next(l))
		count += cs_json_count(l);
	if (count == 0)
		return;
	t->item = cs_arena_alloc(&t->arena, count * sizeof *t->item);
	for (t->slots = 16; t->slots < count * 2;)
		t->slots *= 2;
	t->slot = cs_arena_alloc(&t->arena, t->slots * sizeof *t->slot);
	for (const struct cs_json_node *l = cs_json_first(n); l; l = cs_json_next(l))
		for (const struct cs_json_node *m = cs_json_first(l); m; m = cs_json_next(m)) {
			const char *text = cs_json_text(m);

			if (!text || !*text || !cs_json_key(l) || !cs_json_key(m))
				continue;
			t->item[t->count] = (struct cs_label){cs_json_key(l), cs_json_key(m), text};
			place(t, t->count++);
		}
}

void cs_pol_labels(struct cs_pol *b, const struct cs_json_node *n, struct cs_policy *p)
{
	p->labels = cs_alloc(sizeof *p->labels);
	p->labels->waiting = !cs_pol_checks(b);
	for (const struct cs_json_node *l = cs_json_first(n); l; l = cs_json_next(l))
		for (const struct cs_json_node *m = cs_json_first(l); m; m = cs_json_next(m))
			cs_pol_text(b, m);
	fill(p->labels, n);
}

void cs_pol_labels_free(struct cs_labels *t)
{
	if (!t)
		return;
	cs_arena_free(&t->arena);
	free(t);
}

static const struct cs_labels *table(const struct cs_policy *p)
{
	struct cs_labels *t = p->labels;

	if (t && t->waiting) {
		t->waiting = false;
		fill(t, cs_json_later(p->doc));
	}
	return t;
}

const struct cs_label *cs_policy_labels(const struct cs_policy *p, size_t *count)
{
	const struct cs_labels *t = table(p);

	*count = t ? t->count : 0;
	return t ? t->item : NULL;
}

static const struct cs_label *find(const struct cs_policy *p, const char *lang, const char *path)
{
	const struct cs_labels *t = table(p);

	if (!t || !t->slots)
		return NULL;
	for (size_t i = hash(lang, path) & (t->slots - 1); t->slot[i];
	     i = (i + 1) & (t->slots - 1)) {
		const struct cs_label *l = &t->item[t->slot[i] - 1];

		if (strcmp(l->path, path) == 0 && strcmp(l->lang, lang) == 0)
			return l;
	}
	return NULL;
}

/* "steps/note" of "kinds/request/steps/note"; rungs are shared over clocks, row fields over kinds.
   NULL when a path has no shorter form. */
static const char *shared(const char *path)
{
	const char *rest = strncmp(path, "kinds/", 6) == 0 ? strchr(path + 6, '/') : NULL;
	const char *rungs;

	if (!rest)
		return NULL;
	rungs = strstr(rest, "/rungs/");
	return rungs ? rungs + 1 : rest + 1;
}

const char *cs_policy_label(const struct cs_policy *p, const char *lang, const char *path)
{
	const struct cs_label *l = find(p, lang, path);
	const char *last = strrchr(path, '/');

	if (!l && shared(path))
		l = find(p, lang, shared(path));
	return l ? l->text : last ? last + 1 : path;
}

/* --- checking --------------------------------------------------------------------------------- */

struct paths {
	struct cs_pol *b;
	bool *used;       /* labels, by index */
	struct cs_ids id; /* every path that may be labelled */
	size_t size;
};

static bool use(struct paths *w, const char *lang, const char *path)
{
	const struct cs_label *l = path ? find(w->b->p, lang, path) : NULL;

	if (l)
		w->used[l - w->b->p->labels->item] = true;
	return l != NULL;
}

static void remember(struct paths *w, const char *path)
{
	w->id.id =
		cs_arena_grow(&w->b->p->arena, w->id.id, w->id.count, &w->size, sizeof *w->id.id);
	w->id.id[w->id.count++] = path;
}

static void declare(struct paths *w, const char *path, const struct cs_json_node *at)
{
	const char *less = shared(path);

	for (size_t i = 0; i < cs_policy_languages.count; i++) {
		const char *lang = cs_policy_languages.id[i];
		bool exact = use(w, lang, path), wide = use(w, lang, less);

		if (!exact && !wide)
			cs_pol_fault(w->b, at,
				     "no label in %s: write one under labels/%s as \"%s\"%s%s%s",
				     lang, lang, path, less ? " or \"" : "", less ? less : "",
				     less ? "\"" : "");
	}
	remember(w, path);
	if (less)
		remember(w, less);
}

static void keys(struct paths *w, const char *prefix, const struct cs_json_node *n)
{
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m))
		if (cs_json_key(m))
			declare(w,
				cs_arena_printf(&w->b->p->arena, "%s/%s", prefix, cs_json_key(m)),
				m);
}

/* List items: texts, or objects with an id. */
static void items(struct paths *w, const char *prefix, const struct cs_json_node *n)
{
	for (const struct cs_json_node *m = cs_json_first(n); m; m = cs_json_next(m)) {
		const char *id = cs_json_text(m) ? cs_json_text(m)
						 : cs_json_text(cs_json_get(m, "id"));

		if (id)
			declare(w, cs_arena_printf(&w->b->p->arena, "%s/%s", prefix, id), m);
	}
}

static void kind(struct paths *w, const struct cs_json_node *k)
{
	struct cs_arena *a = &w->b->p->arena;
	const char *base = cs_arena_printf(a, "kinds/%s", cs_json_key(k));
	static const char *const parts[] = {"fields", "lists", "states", "steps", "clocks"};

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		keys(w, cs_arena_printf(a, "%s/%s", base, parts[i]), cs_json_get(k, parts[i]));
	for (const struct cs_json_node *m = cs_json_first(cs_json_get(k, "lists")); m;
	     m = cs_json_next(m))
		keys(w, cs_arena_printf(a, "%s/lists/%s", base, cs_json_key(m)),
		     cs_json_get(m, "fields"));
	for (const struct cs_json_node *m = cs_json_first(cs_json_get(k, "clocks")); m;
	     m = cs_json_next(m))
		items(w, cs_arena_printf(a, "%s/clocks/%s/rungs", base, cs_json_key(m)),
		      cs_json_get(m, "rungs"));
	items(w, cs_arena_printf(a, "%s/admission", base), cs_json_get(k, "admission"));
}

static void collect(struct paths *w)
{
	static const char *const sections[] = {"calendars", "windows",    "channels",   "categories", "evidence",
					       "posts",     "bodies",     "happenings", "callbacks",  "samples",
					       "duties",    "indicators", "forms",      "access",     "kinds"};
	const struct cs_json_node *root = w->b->root;
	struct cs_arena *a = &w->b->p->arena;

	for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
		keys(w, sections[i], cs_json_get(root, sections[i]));
	for (const struct cs_json_node *m = cs_json_first(cs_json_get(root, "codes")); m;
	     m = cs_json_next(m))
		items(w, cs_arena_printf(a, "codes/%s", cs_json_key(m)), m);
	items(w, "priority", cs_json_get(cs_json_get(root, "priority"), "scale"));
	items(w, "priority/rules", cs_json_get(cs_json_get(root, "priority"), "rules"));
	for (const struct cs_json_node *m = cs_json_first(cs_json_get(root, "kinds")); m;
	     m = cs_json_next(m))
		kind(w, m);
}

/* Hundreds of paths are tried for each stray label: only those of like length are worth it. */
static bool close(const char *path, const char *other)
{
	size_t a = strlen(path), b = strlen(other);

	return a < b + 3 && b < a + 3;
}

static void undeclared(struct paths *w, const struct cs_json_node *labels)
{
	for (const struct cs_json_node *l = cs_json_first(labels); l; l = cs_json_next(l)) {
		if (cs_json_key(l) && !cs_ids_has(&cs_policy_languages, cs_json_key(l)))
			cs_pol_fault(w->b, l, "no language '%s', allowed: en zh", cs_json_key(l));
		for (const struct cs_json_node *m = cs_json_first(l); m; m = cs_json_next(m)) {
			const struct cs_label *label =
				cs_json_key(m) ? find(w->b->p, cs_json_key(l), cs_json_key(m))
					       : NULL;
			struct cs_near near = {.wanted = cs_json_key(m)};

			if (!label || w->used[label - w->b->p->labels->item])
				continue;
			for (size_t i = 0; i < w->id.count; i++)
				if (close(w->id.id[i], cs_json_key(m)))
					cs_near_try(&near, w->id.id[i]);
			cs_pol_fault(w->b, m, "a label for what is not declared: '%s'%s%s%s",
				     cs_json_key(m), near.best ? " (did you mean '" : "",
				     near.best ? near.best : "", near.best ? "'?)" : "");
		}
	}
}

void cs_pol_check_labels(struct cs_pol *b)
{
	size_t count;
	struct paths w = {.b = b};

	cs_policy_labels(b->p, &count);
	w.used = cs_pol_array(b, count + 1, sizeof *w.used);

	collect(&w);
	undeclared(&w, cs_json_get(b->root, "labels"));
}
