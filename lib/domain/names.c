/* Names of coded things. */
#include "domain/names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/near.h"
#include "base/utf8.h"

enum { PATH_SIZE = 192, LISTED_MAX = 12, LIKE_MIN = 3 };

/* Things of one sort as they lie in the rules, each a structure that begins with its id. */
struct group {
	const void *first;
	size_t count, stride;
	char path[PATH_SIZE]; /* of their labels */
};

static const char *id_at(const struct group *g, size_t i)
{
	const char *const *id = (const void *)((const char *)g->first + i * g->stride);

	return *id;
}

static bool put(struct group *g, const void *first, size_t count, size_t stride)
{
	g->first = first;
	g->count = count;
	g->stride = stride;
	return true;
}

static bool part_of_kind(const struct cs_kind *k, const char *part, struct group *g)
{
	snprintf(g->path, sizeof g->path, "kinds/%s/%s", k->id, part);
	if (strcmp(part, "steps") == 0)
		return put(g, k->step, k->step_count, sizeof *k->step);
	if (strcmp(part, "states") == 0)
		return put(g, k->state, k->state_count, sizeof *k->state);
	return false;
}

static bool top_section(const struct cs_policy *p, const char *section, struct group *g)
{
	const struct {
		const char *name;
		const void *first;
		size_t count, stride;
	} all[] = {
		{"kinds", p->kind, p->kind_count, sizeof *p->kind},
		{"channels", p->channel, p->channel_count, sizeof *p->channel},
		{"categories", p->category, p->category_count, sizeof *p->category},
		{"evidence", p->evidence, p->evidence_count, sizeof *p->evidence},
		{"happenings", p->happening, p->happening_count, sizeof *p->happening},
		{"posts", p->post, p->post_count, sizeof *p->post},
		{"bodies", p->bodies.id, p->bodies.count, sizeof *p->bodies.id},
		{"priority", p->priority.scale.id, p->priority.scale.count, sizeof *p->priority.scale.id},
	};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (strcmp(all[i].name, section) == 0)
			return put(g, all[i].first, all[i].count, all[i].stride);
	return false;
}

/* The nth group of a section: "steps" and "states" have one for each kind, all others one. */
static bool group_of(const struct cs_policy *p, const char *section, size_t nth, struct group *g)
{
	const char *part = strncmp(section, "kinds/", 6) == 0 ? strchr(section + 6, '/') : NULL;
	const struct cs_ids *list;

	if (strcmp(section, "steps") == 0 || strcmp(section, "states") == 0)
		return nth < p->kind_count && part_of_kind(&p->kind[nth], section, g);
	if (nth > 0)
		return false;
	snprintf(g->path, sizeof g->path, "%s", section);
	for (size_t i = 0; part && i < p->kind_count; i++)
		if (strncmp(p->kind[i].id, section + 6, (size_t)(part - section - 6)) == 0 &&
		    p->kind[i].id[part - section - 6] == '\0')
			return part_of_kind(&p->kind[i], part + 1, g);
	list = strncmp(section, "codes/", 6) == 0 ? cs_policy_codes(p, section + 6) : NULL;
	return list ? put(g, list->id, list->count, sizeof *list->id) : top_section(p, section, g);
}

/* What stands at the label of an id in a language: NULL none. */
static const char *label_of(const struct cs_policy *p, const char *lang, const struct group *g, size_t i)
{
	char path[2 * PATH_SIZE];

	snprintf(path, sizeof path, "%s/%s", g->path, id_at(g, i));
	return cs_policy_label(p, lang, path);
}

static const char *by_id(const struct cs_policy *p, const char *section, const char *text)
{
	struct group g;

	for (size_t n = 0; group_of(p, section, n, &g); n++)
		for (size_t i = 0; i < g.count; i++)
			if (strcmp(id_at(&g, i), text) == 0)
				return id_at(&g, i);
	return NULL;
}

/* A clerk's full-width letters and blanks are the same letters. */
static char *folded(const char *text)
{
	char *s = cs_strdup(text);

	cs_utf8_fold_width(s);
	cs_utf8_trim(s);
	return s;
}

static bool reads(const char *label, const char *text)
{
	char *s;
	bool same;

	if (strcmp(label, text) == 0)
		return true;
	s = folded(label);
	same = strcmp(s, text) == 0;
	free(s);
	return same;
}

/* The ids with such a label, each once, at most LISTED_MAX: their number. */
static size_t by_label(const struct cs_policy *p, const char *section, const char *text, const char *found[LISTED_MAX])
{
	size_t count = 0;
	struct group g;

	for (size_t n = 0; group_of(p, section, n, &g); n++)
		for (size_t i = 0; i < g.count * cs_policy_languages.count; i++) {
			size_t at = i / cs_policy_languages.count, known = 0;
			const char *lang = cs_policy_languages.id[i % cs_policy_languages.count];

			if (!reads(label_of(p, lang, &g, at), text))
				continue;
			while (known < count && strcmp(found[known], id_at(&g, at)) != 0)
				known++;
			if (known == count && count < LISTED_MAX)
				found[count++] = id_at(&g, at);
		}
	return count;
}

/* A section as messages call it. */
static const char *noun(const char *section)
{
	return strcmp(section, "evidence") == 0   ? "kinds of evidence"
	       : strcmp(section, "priority") == 0 ? "priorities"
						  : section;
}

static void fail_ambiguous(const char *section, const char *text, const char *const *found, size_t count,
			   struct cs_err *e)
{
	struct cs_buf all = {0};
	char shown[CS_ERR_SHOWN];

	for (size_t i = 0; i < count; i++)
		cs_buf_printf(&all, "%s%s", i == 0 ? "" : i + 1 == count ? " or " : ", ", found[i]);
	cs_fail(e, CS_USAGE, "'%s' may be %s of the %s; write one of these", cs_err_show(text, shown),
		cs_buf_str(&all), noun(section));
	cs_buf_free(&all);
}

/* "'urgnt' is not among the priorities; did you mean 'urgent'?": by ids and labels, else by a part of a label. */
static void suggest(const struct cs_policy *p, const char *section, const char *text, struct cs_buf *out)
{
	struct cs_near near = {.wanted = text};
	const char *like = NULL, *id = NULL;
	struct group g;

	for (size_t n = 0; group_of(p, section, n, &g); n++)
		for (size_t i = 0; i < g.count; i++) {
			cs_near_try(&near, id_at(&g, i));
			if (near.best == id_at(&g, i))
				id = NULL;
			for (size_t k = 0; k < cs_policy_languages.count; k++) {
				const char *label = label_of(p, cs_policy_languages.id[k], &g, i), *was = near.best;

				cs_near_try(&near, label);
				if (near.best != was)
					id = id_at(&g, i);
				if (near.best || like || strlen(text) < LIKE_MIN || !strstr(label, text))
					continue;
				like = label;
				id = id_at(&g, i);
			}
		}
	if (near.best || like)
		cs_buf_printf(out, "; did you mean '%s'", near.best ? near.best : like);
	if ((near.best || like) && id)
		cs_buf_printf(out, " (%s)", id);
	cs_buf_puts(out, near.best || like ? "?" : "");
}

static void list_allowed(const struct cs_policy *p, const char *section, struct cs_buf *out)
{
	struct group g, more;

	if (!group_of(p, section, 0, &g) || group_of(p, section, 1, &more) || g.count > LISTED_MAX)
		return;
	cs_buf_printf(out, "%s %s", out->len ? "" : ";", g.count ? "allowed:" : "the rules have none");
	for (size_t i = 0; i < g.count; i++)
		cs_buf_printf(out, "%s %s", i ? "," : "", id_at(&g, i));
}

/* "kinds/request/steps" is "steps of request", "codes/tier" "codes of tier". */
static void fail_unknown(const struct cs_policy *p, const char *section, const char *text, struct cs_err *e)
{
	const char *last = strrchr(section, '/');
	struct cs_buf more = {0};
	char shown[CS_ERR_SHOWN];

	suggest(p, section, text, &more);
	list_allowed(p, section, &more);
	cs_err_show(text, shown);
	if (last && strncmp(section, "kinds/", 6) == 0)
		cs_fail(e, CS_USAGE, "'%s' is not among the %s of %.*s%s", shown, last + 1, (int)(last - section - 6),
			section + 6, cs_buf_str(&more));
	else if (last)
		cs_fail(e, CS_USAGE, "'%s' is not among the codes of %s%s", shown, last + 1, cs_buf_str(&more));
	else
		cs_fail(e, CS_USAGE, "'%s' is not among the %s%s", shown, noun(section), cs_buf_str(&more));
	cs_buf_free(&more);
}

const char *cs_name_find(const struct cs_policy *p, const char *section, const char *text, struct cs_err *e)
{
	const char *id = by_id(p, section, text), *found[LISTED_MAX];
	char *plain;
	size_t count;

	if (id)
		return id;
	plain = folded(text);
	id = by_id(p, section, plain);
	count = id ? 0 : by_label(p, section, plain, found);
	if (count == 1)
		id = found[0];
	else if (count > 1)
		fail_ambiguous(section, text, found, count, e);
	else if (!id && e)
		fail_unknown(p, section, plain, e);
	free(plain);
	return id;
}

/* "ID" of "SECTION/ID", where nothing follows. */
static const char *below(const char *path, const char *section)
{
	size_t n = strlen(section);

	if (strncmp(path, section, n) != 0 || path[n] != '/' || strchr(path + n + 1, '/'))
		return NULL;
	return path + n + 1;
}

const char *cs_name_labelled(const struct cs_policy *p, const char *section, const char *text)
{
	size_t labels;
	const struct cs_label *label = cs_policy_labels(p, &labels);

	for (size_t i = 0; i < labels; i++) {
		const char *path = label[i].path, *id = below(path, section);

		if (strcmp(label[i].text, text) != 0)
			continue;
		if (!id && strncmp(path, "kinds/", 6) == 0 && strchr(path + 6, '/'))
			id = below(strchr(path + 6, '/') + 1, section);
		if (id)
			return id;
	}
	return NULL;
}
