/* What is asked, by the ids of the rules. */
#include "domain/request.h"

#include <stdio.h>

#include "domain/names.h"

enum { SECTION_SIZE = 192 };

/* The names of what is given become ids; no two may mean the same. */
static int read_given(const struct cs_policy *p, const char *section, const struct cs_given **list, size_t count,
		      struct cs_arena *a, struct cs_err *e)
{
	struct cs_given *own = cs_arena_alloc(a, (count + 1) * sizeof *own);

	for (size_t i = 0; i < count; i++) {
		own[i] = (struct cs_given){cs_name_find(p, section, (*list)[i].name, e), (*list)[i].text};
		if (!own[i].name)
			return -1;
		if (cs_given_has(own, i, own[i].name))
			return cs_fail(e, CS_USAGE, "%s is given twice", own[i].name);
	}
	*list = own;
	return 0;
}

static int read_parties(const struct cs_policy *p, struct cs_request *r, struct cs_arena *a, struct cs_err *e)
{
	struct cs_given_party *own = cs_arena_alloc(a, (r->party_count + 1) * sizeof *own);

	for (size_t i = 0; i < r->party_count; i++) {
		own[i] = r->party[i];
		if (own[i].capacity && !(own[i].capacity = cs_name_find(p, "codes/capacity", own[i].capacity, e)))
			return -1;
	}
	r->party = own;
	return 0;
}

int cs_request_read(const struct cs_policy *p, const struct cs_kind *k, struct cs_request *r, struct cs_arena *a,
		    struct cs_err *e)
{
	struct cs_given_row *row = cs_arena_alloc(a, (r->row_count + 1) * sizeof *row);
	char section[SECTION_SIZE];

	if (read_parties(p, r, a, e) < 0)
		return -1;
	snprintf(section, sizeof section, "kinds/%s/fields", k->id);
	if (r->from_row || read_given(p, section, &r->set, r->set_count, a, e) < 0)
		return r->from_row ? 0 : -1;
	for (size_t i = 0; i < r->row_count; i++) {
		row[i] = r->row[i];
		snprintf(section, sizeof section, "kinds/%s/lists", k->id);
		row[i].list = cs_name_find(p, section, row[i].list, e);
		if (!row[i].list)
			return -1;
		snprintf(section, sizeof section, "kinds/%s/lists/%s", k->id, row[i].list);
		if (read_given(p, section, &row[i].cell, row[i].cell_count, a, e) < 0)
			return -1;
	}
	r->row = row;
	return 0;
}
