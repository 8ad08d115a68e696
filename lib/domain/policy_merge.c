/* Merging policies: each value comes from the topmost of the files that have it. */
#include "domain/policy_merge.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "domain/policy_build.h"

enum { MOST_FILES = 16, MOST_KINDS_DEEP = 16 };

struct file {
	const char *name;
	char *text; /* NULL: the caller's */
	struct cs_json *doc;
};

/* A value of the edition: where it is in the edition, and the value in its file. */
struct origin {
	const char *at;
	const struct cs_json_node *n;
	const struct file *file;
};

struct cs_policy_origins {
	struct file file[2 * MOST_FILES]; /* the policy, its parents, then holidays */
	size_t file_count, policy_count;
	struct origin *origin;
	size_t count, size;
	struct cs_arena arena;
};

/* The same place in several files, lowest first. */
struct layers {
	const struct cs_json_node **n;
	const struct file **file;
	size_t count;
};

struct merge {
	struct cs_policy_origins *o;
	const struct cs_policy_loader *loader;
	struct cs_faults *faults;
	struct cs_buf *out;
	struct cs_buf at; /* pointer into the edition */
	bool failed;
};

static void fault(struct merge *m, const struct file *f, const struct cs_json_node *n,
		  const char *fmt, ...) __attribute__((format(printf, 4, 5)));

static void fault(struct merge *m, const struct file *f, const struct cs_json_node *n,
		  const char *fmt, ...)
{
	struct cs_buf where = {0};
	char text[400];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	cs_json_pointer(f->doc, n, &where);
	cs_faults_add(m->faults, "%s: %s: %s", f->name, where.len ? cs_buf_str(&where) : "/", text);
	m->failed = true;
	cs_buf_free(&where);
}

static struct layers layers_of(struct merge *m, size_t most)
{
	struct layers l = {cs_arena_alloc(&m->o->arena, (most + 1) * sizeof(*l.n)),
			   cs_arena_alloc(&m->o->arena, (most + 1) * sizeof(*l.file)), 0};

	return l;
}

static void push(struct layers *l, const struct cs_json_node *n, const struct file *f)
{
	l->n[l->count] = n;
	l->file[l->count++] = f;
}

/* The layers below a key, of those from `first` on that are objects with it. */
static struct layers below(struct merge *m, const struct layers *l, size_t first, const char *key)
{
	struct layers sub = layers_of(m, l->count);

	for (size_t i = first; i < l->count; i++) {
		const struct cs_json_node *n = cs_json_get(l->n[i], key);

		if (n)
			push(&sub, n, l->file[i]);
	}
	return sub;
}

static void note(struct merge *m, const struct layers *l)
{
	struct cs_policy_origins *o = m->o;

	o->origin = cs_arena_grow(&o->arena, o->origin, o->count, &o->size, sizeof *o->origin);
	o->origin[o->count++] = (struct origin){cs_arena_strdup(&o->arena, cs_buf_str(&m->at)),
						l->n[l->count - 1], l->file[l->count - 1]};
}

static void put_key(struct merge *m, const char *key, bool *first)
{
	if (!*first)
		cs_buf_putc(m->out, ',');
	*first = false;
	cs_buf_json(m->out, key);
	cs_buf_putc(m->out, ':');
}

/* The first layer from which on all are objects. */
static size_t objects_from(const struct layers *l)
{
	size_t i = l->count;

	while (i > 0 && cs_json_type(l->n[i - 1]) == CS_JSON_OBJECT)
		i--;
	return i;
}

static bool seen_below(const struct layers *l, size_t first, size_t layer, const char *key)
{
	for (size_t i = first; i < layer; i++)
		if (cs_json_get(l->n[i], key))
			return true;
	return false;
}

static void emit(struct merge *m, const struct layers *l);

static void emit_key(struct merge *m, const char *key, const struct layers *sub, bool *first)
{
	size_t len = m->at.len;

	put_key(m, key, first);
	cs_json_pointer_step(key, &m->at);
	emit(m, sub);
	m->at.len = len;
	if (m->at.data)
		m->at.data[len] = 0;
}

static void emit(struct merge *m, const struct layers *l)
{
	size_t base = objects_from(l);
	bool first = true;

	note(m, l);
	if (l->count - base < 2) {
		cs_json_write(l->n[l->count - 1], m->out);
		return;
	}
	cs_buf_putc(m->out, '{');
	for (size_t i = base; i < l->count; i++)
		for (const struct cs_json_node *n = cs_json_first(l->n[i]); n;
		     n = cs_json_next(n)) {
			struct layers sub;

			if (seen_below(l, base, i, cs_json_key(n)))
				continue;
			sub = below(m, l, base, cs_json_key(n));
			emit_key(m, cs_json_key(n), &sub, &first);
		}
	cs_buf_putc(m->out, '}');
}

/* --- kinds ------------------------------------------------------------------------------------ */

static const struct cs_json_node *topmost(const struct layers *l, const char *key,
					  const struct file **file)
{
	for (size_t i = l->count; i > 0; i--) {
		const struct cs_json_node *n = cs_json_get(l->n[i - 1], key);

		if (n) {
			*file = l->file[i - 1];
			return n;
		}
	}
	return NULL;
}

/* The layers of a kind: those of the kind it extends, then its own, which begin at *own. */
static bool kind_layers(struct merge *m, const struct layers *kinds, const char *id, int depth,
			struct layers *out, size_t *own)
{
	struct layers mine = below(m, kinds, 0, id);
	const struct file *file = NULL;
	const struct cs_json_node *n = topmost(&mine, "extends", &file);
	size_t ignored;

	if (n) {
		const char *parent = cs_json_text(n);

		if (!parent || !below(m, kinds, 0, parent).count) {
			fault(m, file, n, parent ? "no kind '%s'" : "name of a kind expected",
			      parent);
			return false;
		}
		if (depth >= MOST_KINDS_DEEP) {
			fault(m, file, n, "the kinds extend each other in a circle");
			return false;
		}
		if (!kind_layers(m, kinds, parent, depth + 1, out, &ignored))
			return false;
	} else {
		*out = layers_of(m, kinds->count * (MOST_KINDS_DEEP + 1));
	}
	*own = out->count;
	for (size_t i = 0; i < mine.count; i++)
		push(out, mine.n[i], mine.file[i]);
	return true;
}

/* What a kind does not pass on to those that extend it. */
static bool its_own(const char *key)
{
	return strcmp(key, "source") == 0 || strcmp(key, "prefix") == 0;
}

static void emit_kind(struct merge *m, const struct layers *l, size_t own)
{
	bool first = true;

	note(m, l);
	if (objects_from(l) > 0) {
		cs_json_write(l->n[l->count - 1], m->out);
		return;
	}
	cs_buf_putc(m->out, '{');
	for (size_t i = 0; i < l->count; i++)
		for (const struct cs_json_node *n = cs_json_first(l->n[i]); n;
		     n = cs_json_next(n)) {
			const char *key = cs_json_key(n);
			size_t from = its_own(key) ? own : 0;
			struct layers sub;

			if (i < from || seen_below(l, from, i, key) || !strcmp(key, "extends") ||
			    !strcmp(key, "abstract"))
				continue;
			sub = below(m, l, from, key);
			emit_key(m, key, &sub, &first);
		}
	cs_buf_putc(m->out, '}');
}

static bool is_abstract(struct merge *m, const struct layers *mine)
{
	const struct file *file = NULL;
	const struct cs_json_node *n = topmost(mine, "abstract", &file);
	bool yes = false;

	if (n && cs_json_bool(n, &yes) != 0)
		fault(m, file, n, "true or false expected");
	return yes;
}

static bool extended(const struct layers *kinds, const char *id)
{
	for (size_t i = 0; i < kinds->count; i++)
		for (const struct cs_json_node *n = cs_json_first(kinds->n[i]); n;
		     n = cs_json_next(n)) {
			const char *s = cs_json_text(cs_json_get(n, "extends"));

			if (s && strcmp(s, id) == 0)
				return true;
		}
	return false;
}

static void one_kind(struct merge *m, const struct layers *kinds, const char *id, bool *first)
{
	struct layers mine = below(m, kinds, 0, id), all;
	size_t own, len = m->at.len;

	if (is_abstract(m, &mine)) {
		if (!extended(kinds, id))
			fault(m, mine.file[mine.count - 1], mine.n[mine.count - 1],
			      "no kind extends this abstract one");
		return;
	}
	if (!kind_layers(m, kinds, id, 0, &all, &own))
		return;
	put_key(m, id, first);
	cs_json_pointer_step(id, &m->at);
	emit_kind(m, &all, own);
	m->at.len = len;
	m->at.data[len] = 0;
}

static void emit_kinds(struct merge *m, const struct layers *kinds)
{
	bool first = true;

	note(m, kinds);
	if (objects_from(kinds) > 0) {
		cs_json_write(kinds->n[kinds->count - 1], m->out);
		return;
	}
	cs_buf_putc(m->out, '{');
	for (size_t i = 0; i < kinds->count; i++)
		for (const struct cs_json_node *n = cs_json_first(kinds->n[i]); n;
		     n = cs_json_next(n))
			if (!seen_below(kinds, 0, i, cs_json_key(n)))
				one_kind(m, kinds, cs_json_key(n), &first);
	cs_buf_putc(m->out, '}');
}

/* --- files ------------------------------------------------------------------------------------ */

static struct file *read_file(struct merge *m, const char *name, const struct file *from,
			      const struct cs_json_node *at, bool *missing)
{
	struct cs_policy_origins *o = m->o;
	struct file *f = &o->file[o->file_count];
	struct cs_err e;
	size_t len;

	*missing = false;
	f->name = cs_arena_printf(&o->arena, "%s.json", name);
	if (m->loader->load(name, &f->text, &len, m->loader->arg, &e) != 0) {
		*missing = e.code == CS_NOTFOUND;
		if (!*missing || !strchr(name, '/'))
			fault(m, from, at, "%s", e.text);
		return NULL;
	}
	o->file_count++;
	if (cs_json_parse(f->text, len, &f->doc, &e) != 0) {
		cs_faults_add(m->faults, "%s: %s", f->name, e.text);
		m->failed = true;
		return NULL;
	}
	return f;
}

/* The policy and its parents: file[0] is the policy itself. */
static void read_parents(struct merge *m)
{
	struct cs_policy_origins *o = m->o;

	for (size_t i = 0; i < MOST_FILES; i++) {
		const struct cs_json_node *root = cs_json_root(o->file[i].doc),
					  *n = cs_json_get(root, "extends");
		const char *name = cs_json_text(n);
		bool missing;

		o->policy_count = i + 1;
		if (!n)
			return;
		if (!name || !*name || strchr(name, '/')) {
			fault(m, &o->file[i], n, "name of a policy expected");
			return;
		}
		for (size_t j = 0; j <= i; j++) {
			const char *other =
				cs_json_text(cs_json_get(cs_json_root(o->file[j].doc), "policy"));

			if (other && strcmp(other, name) == 0) {
				fault(m, &o->file[i], n,
				      "the policies extend each other in a circle");
				return;
			}
		}
		if (i + 1 == MOST_FILES)
			fault(m, &o->file[i], n, "more than %d policies extend each other",
			      MOST_FILES);
		else if (!read_file(m, name, &o->file[i], n, &missing))
			return;
	}
}

/* Holidays by the id under which calendars name them, with the place of one that does. */
struct use {
	const char *id;
	const struct cs_json_node *at;
	const struct file *file;
};

static size_t holidays_used(struct merge *m, const struct layers *root, struct use use[MOST_FILES])
{
	struct layers calendars = below(m, root, 0, "calendars");
	size_t count = 0;

	for (size_t i = 0; i < calendars.count; i++)
		for (const struct cs_json_node *n = cs_json_first(calendars.n[i]); n; n = cs_json_next(n)) {
			struct layers one = below(m, &calendars, 0, cs_json_key(n));
			const struct file *file = NULL;
			const struct cs_json_node *at = topmost(&one, "holidays", &file);
			const char *id = cs_json_text(at);
			size_t k = 0;

			while (id && k < count && strcmp(use[k].id, id) != 0)
				k++;
			if (id && *id && !strpbrk(id, "/.") && k == count && count < MOST_FILES)
				use[count++] = (struct use){id, at, file};
		}
	return count;
}

static void no_holidays(struct merge *m, const struct use *u)
{
	struct cs_ids there = {0};
	struct cs_buf hint = {0};

	if (m->loader->list)
		m->loader->list("calendars", &m->o->arena, &there, m->loader->arg);
	cs_pol_hint(u->id, &there, &hint);
	fault(m, u->file, u->at, "no holiday file '%s'%s", u->id, cs_buf_str(&hint));
	cs_buf_free(&hint);
}

/* Years that the policies give come on top of those of the file of that id, which need not be there then. */
static void emit_used(struct merge *m, const struct use *u, const struct layers *given, bool *first)
{
	struct layers own = below(m, given, 0, u->id), sub = layers_of(m, own.count + 1);
	bool missing = false;
	struct file *f = NULL;

	if (m->o->file_count < 2 * MOST_FILES)
		f = read_file(m, cs_arena_printf(&m->o->arena, "calendars/%s", u->id), u->file, u->at, &missing);
	if (f)
		push(&sub, cs_json_root(f->doc), f);
	for (size_t i = 0; i < own.count; i++)
		push(&sub, own.n[i], own.file[i]);
	if (sub.count) {
		emit_key(m, u->id, &sub, first);
		return;
	}
	if (missing)
		no_holidays(m, u);
	put_key(m, u->id, first); /* said already */
	cs_buf_puts(m->out, "{\"years\":{}}");
}

static bool is_used(const struct use *use, size_t count, const char *id)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(use[i].id, id) == 0)
			return true;
	return false;
}

static void emit_holidays(struct merge *m, const struct layers *root, bool *first)
{
	struct layers given = below(m, root, 0, "holidays");
	struct use use[MOST_FILES];
	size_t count = holidays_used(m, root, use);
	bool none = true;

	if (!count && !given.count)
		return;
	put_key(m, "holidays", first);
	cs_json_pointer_step("holidays", &m->at);
	if (given.count && objects_from(&given) > 0) {
		emit(m, &given); /* what is no object is a fault, and said from there */
		cs_buf_clear(&m->at);
		return;
	}
	cs_buf_putc(m->out, '{');
	for (size_t i = 0; i < given.count; i++)
		for (const struct cs_json_node *n = cs_json_first(given.n[i]); n; n = cs_json_next(n)) {
			struct layers sub = below(m, &given, 0, cs_json_key(n));

			if (!seen_below(&given, 0, i, cs_json_key(n)) && !is_used(use, count, cs_json_key(n)))
				emit_key(m, cs_json_key(n), &sub, &none);
		}
	for (size_t i = 0; i < count; i++)
		emit_used(m, &use[i], &given, &none);
	cs_buf_putc(m->out, '}');
	cs_buf_clear(&m->at);
}

static void emit_policy(struct merge *m)
{
	struct cs_policy_origins *o = m->o;
	struct layers root = layers_of(m, o->policy_count);
	bool first = true;

	for (size_t i = o->policy_count; i > 0; i--)
		push(&root, cs_json_root(o->file[i - 1].doc), &o->file[i - 1]);
	note(m, &root);
	cs_buf_putc(m->out, '{');
	for (size_t i = 0; i < root.count; i++)
		for (const struct cs_json_node *n = cs_json_first(root.n[i]); n;
		     n = cs_json_next(n)) {
			const char *key = cs_json_key(n);
			struct layers sub;

			if (seen_below(&root, 0, i, key) || !strcmp(key, "extends") ||
			    !strcmp(key, "holidays"))
				continue;
			sub = below(m, &root, 0, key);
			if (strcmp(key, "kinds") != 0) {
				emit_key(m, key, &sub, &first);
				continue;
			}
			put_key(m, key, &first);
			cs_json_pointer_step(key, &m->at);
			emit_kinds(m, &sub);
			cs_buf_clear(&m->at);
		}
	emit_holidays(m, &root, &first);
	cs_buf_putc(m->out, '}');
}

int cs_policy_flatten(const char *file, const char *text, size_t len,
		      const struct cs_policy_loader *loader, struct cs_faults *faults,
		      struct cs_buf *edition, struct cs_policy_origins **origins, struct cs_err *e)
{
	struct cs_policy_origins *o = cs_alloc(sizeof *o);
	struct merge m = {.o = o, .loader = loader, .faults = faults, .out = edition};
	struct cs_err why;

	if (origins)
		*origins = NULL;
	o->file[0].name = cs_arena_strdup(&o->arena, file);
	o->file_count = 1;
	if (cs_json_parse(text, len, &o->file[0].doc, &why) != 0) {
		cs_faults_add(faults, "%s: %s", file, why.text);
		m.failed = true;
	} else if (cs_json_type(cs_json_root(o->file[0].doc)) != CS_JSON_OBJECT) {
		fault(&m, &o->file[0], cs_json_root(o->file[0].doc), "object expected");
	} else {
		read_parents(&m);
		emit_policy(&m);
	}
	cs_buf_free(&m.at);
	if (origins && o->count)
		*origins = o;
	else
		cs_policy_origins_free(o);
	return m.failed ? cs_fail(e, CS_CONFIG, "%s: the policy has faults", file) : 0;
}

void cs_policy_origins_free(struct cs_policy_origins *o)
{
	if (!o)
		return;
	for (size_t i = 0; i < o->file_count; i++) {
		cs_json_free(o->file[i].doc);
		free(o->file[i].text);
	}
	cs_arena_free(&o->arena);
	free(o);
}

/* The origin with the longest pointer that `at` begins with. */
static const struct origin *origin_of(const struct cs_policy_origins *o, const char *at, size_t len,
				      size_t *used)
{
	const struct origin *best = NULL;

	for (size_t i = 0; i < o->count; i++) {
		size_t n = strlen(o->origin[i].at);

		if (n > len || strncmp(o->origin[i].at, at, n) != 0 || (n < len && at[n] != '/'))
			continue;
		if (best && n < *used)
			continue;
		best = &o->origin[i];
		*used = n;
	}
	return best;
}

/* "what is wrong (set at /params/x)": with the file where that differs from the file of the fault, else without it. */
static void put_what(const struct cs_policy_origins *o, const struct file *file, const char *what, struct cs_buf *out)
{
	const char *mark = strstr(what, CS_POL_SET_AT), *at = mark ? mark + strlen(CS_POL_SET_AT) : NULL;
	size_t len = at ? strcspn(at, ")") : 0, used = 0;
	const struct origin *from = at ? origin_of(o, at, len, &used) : NULL;

	cs_buf_add(out, what, mark ? (size_t)(mark - what) : strlen(what));
	if (!from || from->file == file)
		return;
	cs_buf_printf(out, CS_POL_SET_AT "%s: ", from->file->name);
	cs_json_pointer(from->file->doc, from->n, out);
	cs_buf_add(out, at + used, len - used);
	cs_buf_putc(out, ')');
}

static char *placed(const struct cs_policy_origins *o, const char *item)
{
	const char *end = strstr(item, ": ");
	size_t len = end ? (size_t)(end - item) : 0, used = 0;
	const struct origin *from;
	struct cs_buf out = {0};

	if (len == 1)
		len = 0; /* "/" is the whole */
	from = end && *item == '/' ? origin_of(o, item, len, &used) : NULL;
	if (!from)
		return NULL;
	cs_buf_printf(&out, "%s: ", from->file->name);
	used = used > len ? len : used;
	{
		size_t start = out.len;

		cs_json_pointer(from->file->doc, from->n, &out);
		cs_buf_add(&out, item + used, len - used);
		if (out.len == start)
			cs_buf_putc(&out, '/');
	}
	put_what(o, from->file, end, &out);
	return cs_buf_take(&out);
}

void cs_policy_origins_place(const struct cs_policy_origins *o, struct cs_faults *faults,
			     size_t first)
{
	size_t kept = first;

	for (size_t i = first; i < faults->count; i++) {
		char *text = placed(o, faults->item[i]);
		bool twice = false;

		if (text) {
			free(faults->item[i]);
			faults->item[i] = text;
		}
		for (size_t j = first; j < kept && !twice; j++)
			twice = strcmp(faults->item[j], faults->item[i]) == 0;
		if (twice)
			free(faults->item[i]);
		else
			faults->item[kept++] = faults->item[i];
	}
	faults->count = kept;
}

int cs_policy_build(const char *file, const char *text, size_t len,
		    const struct cs_policy_loader *loader, struct cs_faults *faults,
		    struct cs_buf *edition, struct cs_policy **out, struct cs_err *e)
{
	struct cs_policy_origins *origins = NULL;
	struct cs_policy *policy = NULL;
	struct cs_buf flat = {0};
	size_t first = faults->count, middle;
	int rc;

	*out = NULL;
	rc = cs_policy_flatten(file, text, len, loader, faults, &flat, &origins, e);
	middle = faults->count;
	if (origins) {
		if (cs_policy_compile(flat.data, flat.len, faults, &policy, e) != 0)
			rc = -1;
		cs_policy_origins_place(origins, faults, middle);
	}
	if (rc == 0) {
		*out = policy;
		policy = NULL;
		if (edition)
			cs_buf_add(edition, flat.data, flat.len);
	} else {
		cs_fail(e, CS_CONFIG, "%s: the policy has %zu fault%s", file, faults->count - first,
			faults->count - first == 1 ? "" : "s");
	}
	cs_policy_free(policy);
	cs_policy_origins_free(origins);
	cs_buf_free(&flat);
	return rc;
}
