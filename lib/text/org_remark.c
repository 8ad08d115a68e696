/* Remarks on changes of the organisation. */
#include "text/org_remark.h"

#include <string.h>

#include "domain/filter.h"
#include "text/process.h"

static int count_one(const struct cs_ticket_row *t, void *count, struct cs_err *e)
{
	(void)t;
	(void)e;
	++*(size_t *)count;
	return 0;
}

/* Tickets in stock, through the index of those. */
static int count_open(struct cs_session *s, int64_t assignee, int64_t unit, size_t *count,
		      struct cs_err *e)
{
	struct cs_filter filter;

	cs_filter_init(&filter);
	filter.state = "open";
	filter.assignee = assignee;
	filter.unit = unit;
	*count = 0;
	return cs_filter_walk(s, &filter, 0, count_one, count, e);
}

static int remark_person(struct cs_session *s, const struct cs_staff_row *row, struct cs_err *e)
{
	size_t n;

	if (row->left_at == CS_NULL)
		return 0;
	if (count_open(s, row->id, CS_NULL, &n, e) < 0)
		return -1;
	if (n)
		cs_note("%s leaves with %zu open tickets assigned (cs-list --state open --assignee %s)",
			row->login, n, row->login);
	return 0;
}

static int remark_unit(struct cs_session *s, const struct cs_unit_row *row, struct cs_err *e)
{
	size_t n;

	if (row->closed_at == CS_NULL)
		return 0;
	if (count_open(s, CS_NULL, row->id, &n, e) < 0)
		return -1;
	if (n)
		cs_note("%s is closed with %zu open tickets in it and below (cs-list --state open --unit %s)",
			row->code, n, row->code);
	return 0;
}

/* Posts are looked up at the unit served, then upwards: one below the level it serves is not found from
   there. */
static void remark_post(const struct cs_session *s, const struct cs_post_row *row)
{
	const struct cs_post_rule *rule = s->policy ? cs_policy_post(s->policy, row->post) : NULL;
	const struct cs_unit_row *u = cs_org_unit(&s->org, row->unit);

	if (rule && u && strcmp(rule->serves, u->level) != 0)
		cs_note("the rules place the post %s at units of the level %s, and %s is a %s: it is found for that "
			"unit and those below alone",
			row->post, rule->serves, u->code, u->level);
}

int cs_org_remark(struct cs_session *s, const struct cs_org_form *f, const union cs_org_row *row,
		  struct cs_err *e)
{
	switch (f->what) {
	case CS_ORG_UNITS: return remark_unit(s, &row->unit, e);
	case CS_ORG_STAFF: return remark_person(s, &row->staff, e);
	case CS_ORG_POSTS: remark_post(s, &row->post); return 0;
	case CS_ORG_RECORDS: return 0;
	}
	return 0;
}
