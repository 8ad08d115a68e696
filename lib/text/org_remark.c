/* Remarks on changes of the organisation. */
#include "text/org_remark.h"

#include <string.h>

#include "domain/filter.h"
#include "text/desk.h"
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

/* The posts of who had left before, whose end is another now. */
static void remark_posts(const struct cs_session *s, const struct cs_staff_row *row, const struct cs_post_row *before,
			 size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct cs_post_row *p = &s->org.post[i];
		const struct cs_unit_row *u = cs_org_unit(&s->org, p->unit);
		char day[32];

		if (p->staff != row->id || p->to_at == before[i].to_at)
			continue;
		cs_note("post %lld of %s (%s%s%s) %s%s", (long long)p->id, row->login, p->post, u ? ", " : "",
			u ? u->code : "", p->to_at == CS_NULL ? "goes on" : "now ends on ",
			p->to_at == CS_NULL ? "" : cs_desk_day_cell(s, p->to_at, true, day).text);
	}
}

int cs_org_enter(struct cs_session *s, const struct cs_org_form *f, union cs_org_row *row, cs_time at, bool *changed,
		 struct cs_err *e)
{
	const struct cs_staff_row *was = f->what == CS_ORG_STAFF ? cs_org_staff(&s->org, row->staff.id) : NULL;
	bool left = was && was->left_at != CS_NULL;
	size_t count = s->org.post_count;
	struct cs_post_row *before = cs_arena_alloc(&s->work, (count + 1) * sizeof *before);

	if (left)
		memcpy(before, s->org.post, count * sizeof *before);
	if (cs_org_form_put(s, f, row, at, changed, e) < 0)
		return -1;
	if (left)
		remark_posts(s, &row->staff, before, count);
	return *changed ? cs_org_remark(s, f, row, e) : 0;
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
