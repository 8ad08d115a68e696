/* Names of coded things. */
#include "domain/names.h"

#include <string.h>

#include "base/near.h"

static size_t count(const struct cs_policy *p, const char *section)
{
	if (strcmp(section, "kinds") == 0)
		return p->kind_count;
	if (strcmp(section, "channels") == 0)
		return p->channel_count;
	if (strcmp(section, "categories") == 0)
		return p->category_count;
	return p->priority.scale.count;
}

static const char *at(const struct cs_policy *p, const char *section, size_t i)
{
	if (strcmp(section, "kinds") == 0)
		return p->kind[i].id;
	if (strcmp(section, "channels") == 0)
		return p->channel[i].id;
	if (strcmp(section, "categories") == 0)
		return p->category[i].id;
	return p->priority.scale.id[i];
}

/* "ID" of "SECTION/ID", where nothing follows. */
static const char *below(const char *path, const char *section)
{
	size_t n = strlen(section);

	if (strncmp(path, section, n) != 0 || path[n] != '/' || strchr(path + n + 1, '/'))
		return NULL;
	return path + n + 1;
}

static const char *by_id(const struct cs_policy *p, const char *section, const char *text)
{
	for (size_t i = 0; i < count(p, section); i++)
		if (strcmp(at(p, section, i), text) == 0)
			return at(p, section, i);
	return NULL;
}

const char *cs_name_find(const struct cs_policy *p, const char *section, const char *text,
			 struct cs_err *e)
{
	const char *found = by_id(p, section, text), *other = NULL;
	struct cs_near near = {.wanted = text};
	const struct cs_label *label;
	char shown[CS_ERR_SHOWN];
	size_t labels;

	if (found)
		return found;
	label = cs_policy_labels(p, &labels);
	for (size_t i = 0; i < labels; i++) {
		const char *id = below(label[i].path, section);

		id = id && strcmp(label[i].text, text) == 0 ? by_id(p, section, id) : NULL;
		if (id && found && strcmp(id, found) != 0)
			other = id;
		else if (id)
			found = id;
	}
	if (found && !other)
		return found;
	if (other) {
		cs_fail(e, CS_USAGE, "'%s' may be %s or %s of the %s; write one of these",
			cs_err_show(text, shown), found, other, section);
		return NULL;
	}
	for (size_t i = 0; i < count(p, section); i++)
		cs_near_try(&near, at(p, section, i));
	cs_fail(e, CS_USAGE, "'%s' is not among the %s%s%s%s", cs_err_show(text, shown), section,
		near.best ? "; did you mean '" : "", near.best ? near.best : "",
		near.best ? "'?" : "");
	return NULL;
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
