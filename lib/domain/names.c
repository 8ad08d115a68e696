/* Names of coded things. */
#include "domain/names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/near.h"
#include "base/utf8.h"
#include "domain/policy_words.h"

enum { PATH_SIZE = 192, LISTED_MAX = 12, LONG_MAX_LISTED = 40, LIKE_MIN = 3 };

/* Things of one sort as they lie in the rules, each a structure that begins with its id. */
struct group {
	const void *first;
	size_t count, stride;
	char path[PATH_SIZE]; /* of their labels */
	bool words;           /* the built-in words: those that a step may take */
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
	g->words = first == cs_words;
	return true;
}

static bool offered(const struct group *g, size_t i)
{
	return !g->words || (cs_words[i].use & CS_WORD_TAKE) != 0;
}

static bool part_of_kind(const struct cs_kind *k, const char *part, struct group *g)
{
	const struct cs_list *l = strncmp(part, "lists/", 6) == 0 ? cs_kind_list(k, part + 6) : NULL;

	snprintf(g->path, sizeof g->path, "kinds/%s/%s", k->id, part);
	if (strcmp(part, "steps") == 0)
		return put(g, k->step, k->step_count, sizeof *k->step);
	if (strcmp(part, "states") == 0)
		return put(g, k->state, k->state_count, sizeof *k->state);
	if (strcmp(part, "clocks") == 0)
		return put(g, k->clock, k->clock_count, sizeof *k->clock);
	if (strcmp(part, "fields") == 0)
		return put(g, k->field, k->field_count, sizeof *k->field);
	if (strcmp(part, "lists") == 0)
		return put(g, k->list, k->list_count, sizeof *k->list);
	return l && put(g, l->field, l->field_count, sizeof *l->field);
}

/* Of a list whose rows may be of one who takes part, the word that says so. */
static bool party_of_rows(const struct cs_kind *k, const char *part, struct group *g)
{
	static const char *const word[] = {CS_ROW_PARTY};
	const struct cs_list *l = strncmp(part, "lists/", 6) == 0 ? cs_kind_list(k, part + 6) : NULL;

	snprintf(g->path, sizeof g->path, "kinds/%s/%s", k->id, part);
	return l && l->per_party && put(g, word, 1, sizeof *word);
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
		{"forms", p->form, p->form_count, sizeof *p->form},
		{"samples", p->sample, p->sample_count, sizeof *p->sample},
		{"duties", p->duty, p->duty_count, sizeof *p->duty},
		{"bodies", p->bodies.id, p->bodies.count, sizeof *p->bodies.id},
		{"priority", p->priority.scale.id, p->priority.scale.count, sizeof *p->priority.scale.id},
		{"importance", p->importance.scale.id, p->importance.scale.count, sizeof *p->importance.scale.id},
	};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (strcmp(all[i].name, section) == 0)
			return put(g, all[i].first, all[i].count, all[i].stride);
	return false;
}

/* The nth group of a section: "steps" and "states" have one for each kind, fields of a kind are followed by the words
   of every ticket, those of a list by the party, all others have one. */
static bool group_of(const struct cs_policy *p, const char *section, size_t nth, struct group *g)
{
	const char *part = strncmp(section, "kinds/", 6) == 0 ? strchr(section + 6, '/') : NULL;
	const struct cs_ids *list;

	if (strcmp(section, "steps") == 0 || strcmp(section, "states") == 0)
		return nth < p->kind_count && part_of_kind(&p->kind[nth], section, g);
	snprintf(g->path, sizeof g->path, "%s", section);
	if (nth == 1 && part && strcmp(part, "/fields") == 0)
		return put(g, cs_words, cs_word_count, sizeof *cs_words);
	if (nth > 1 || (nth > 0 && !part))
		return false;
	for (size_t i = 0; part && i < p->kind_count; i++)
		if (strncmp(p->kind[i].id, section + 6, (size_t)(part - section - 6)) == 0 &&
		    p->kind[i].id[part - section - 6] == '\0')
			return nth ? party_of_rows(&p->kind[i], part + 1, g) : part_of_kind(&p->kind[i], part + 1, g);
	if (nth > 0)
		return false;
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
			if (offered(&g, i) && strcmp(id_at(&g, i), text) == 0)
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

			if (!offered(&g, at) || !reads(label_of(p, lang, &g, at), text))
				continue;
			while (known < count && strcmp(found[known], id_at(&g, at)) != 0)
				known++;
			if (known == count && count < LISTED_MAX)
				found[count++] = id_at(&g, at);
		}
	return count;
}

/* A section as messages call it: "kinds/request/steps" is "steps of request", "codes/tier" "codes of tier". */
static const char *noun(const char *section, char out[PATH_SIZE])
{
	const char *part = strncmp(section, "kinds/", 6) == 0 ? strchr(section + 6, '/') : NULL;

	if (part && strncmp(part, "/lists/", 7) == 0)
		snprintf(out, PATH_SIZE, "fields of %s", part + 7);
	else if (part)
		snprintf(out, PATH_SIZE, "%s of %.*s", part + 1, (int)(part - section - 6), section + 6);
	else if (strncmp(section, "codes/", 6) == 0)
		snprintf(out, PATH_SIZE, "codes of %s", section + 6);
	else
		snprintf(out, PATH_SIZE, "%s",
			 strcmp(section, "evidence") == 0     ? "kinds of evidence"
			 : strcmp(section, "priority") == 0   ? "priorities"
			 : strcmp(section, "importance") == 0 ? "classes of importance"
							      : section);
	return out;
}

static void fail_ambiguous(const char *section, const char *text, const char *const *found, size_t count,
			   struct cs_err *e)
{
	struct cs_buf all = {0};
	char shown[CS_ERR_SHOWN], of[PATH_SIZE];

	for (size_t i = 0; i < count; i++)
		cs_buf_printf(&all, "%s%s", i == 0 ? "" : i + 1 == count ? " or " : ", ", found[i]);
	cs_fail(e, CS_USAGE, "'%s' may be %s of the %s; write one of these", cs_err_show(text, shown), cs_buf_str(&all),
		noun(section, of));
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
			if (!offered(&g, i))
				continue;
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

static bool is_ascii(const char *s)
{
	while (*s && (unsigned char)*s < 0x80)
		s++;
	return !*s;
}

/* An id, with a label in the writing of what was typed. */
static void put_id(const struct cs_policy *p, const struct group *g, size_t i, bool ascii, struct cs_buf *out)
{
	cs_buf_puts(out, id_at(g, i));
	for (size_t k = 0; !ascii && k < cs_policy_languages.count; k++) {
		const char *label = label_of(p, cs_policy_languages.id[k], g, i);

		if (is_ascii(label))
			continue;
		cs_buf_printf(out, " (%s)", label);
		return;
	}
}

/* All of a short list; of a long one, where it is to be seen. */
static void list_allowed(const struct cs_policy *p, const char *section, const char *text, struct cs_buf *out)
{
	struct cs_buf all = {0};
	const char *seen[LISTED_MAX];
	size_t count = 0, of = 0;
	struct group g;

	for (size_t n = 0; group_of(p, section, n, &g); n++)
		for (size_t i = 0; i < g.count; i++) {
			size_t at = 0;

			while (at < count && at < LISTED_MAX && strcmp(seen[at], id_at(&g, i)) != 0)
				at++;
			if (!offered(&g, i) || (at < count && at < LISTED_MAX))
				continue;
			if (count < LISTED_MAX)
				seen[count] = id_at(&g, i);
			cs_buf_puts(&all, count++ ? ", " : "");
			put_id(p, &g, i, is_ascii(text), &all);
			of = n + 1;
		}
	if (count > 0 && count <= LISTED_MAX)
		cs_buf_printf(out, "%s allowed: %s", out->len ? "" : ";", cs_buf_str(&all));
	else if (count > 0)
		cs_buf_printf(out, "%s cs-policy explain %s%s shows them", out->len ? "" : ";",
			      of > 1 && !strchr(section, '/') ? "kinds/KIND/" : "", section);
	else if (group_of(p, section, 0, &g))
		cs_buf_puts(out, "; the rules have none");
	cs_buf_free(&all);
}

static void fail_unknown(const struct cs_policy *p, const char *section, const char *text, struct cs_err *e)
{
	struct cs_buf more = {0};
	char shown[CS_ERR_SHOWN], of[PATH_SIZE];

	suggest(p, section, text, &more);
	list_allowed(p, section, text, &more);
	cs_fail(e, CS_USAGE, "'%s' is not among the %s%s", cs_err_show(text, shown), noun(section, of),
		cs_buf_str(&more));
	cs_buf_free(&more);
}

int cs_name_unknown(const char *what, const char *text, const struct cs_ids *names, struct cs_err *e)
{
	struct cs_near near = {.wanted = text};
	struct cs_buf more = {0};
	char shown[CS_ERR_SHOWN];

	for (size_t i = 0; i < names->count; i++)
		cs_near_try(&near, names->id[i]);
	if (near.best)
		cs_buf_printf(&more, "; did you mean '%s'?", near.best);
	for (size_t i = 0; i < names->count && names->count <= (near.best ? LISTED_MAX : LONG_MAX_LISTED); i++)
		cs_buf_printf(&more, "%s%s", i ? ", " : near.best ? " allowed: " : "; allowed: ", names->id[i]);
	cs_fail(e, CS_USAGE, "'%s' is not among the %s%s", cs_err_show(text, shown), what, cs_buf_str(&more));
	cs_buf_free(&more);
	return -1;
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
