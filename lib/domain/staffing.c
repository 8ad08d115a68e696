/* Changes of the organisation, checked and recorded. */
#include "domain/staffing.h"

#include <string.h>

#include "base/buf.h"
#include "domain/duty.h"
#include "domain/names.h"
#include "domain/record.h"

enum { CODE_MAX = 64 };

static int bad_name(const char *what, const char *s, bool dots, struct cs_err *e)
{
	char shown[CS_ERR_SHOWN];

	if (!s || !*s)
		return cs_fail(e, CS_REFUSED, "the %s is missing", what);
	if (strlen(s) > CODE_MAX || strpbrk(s, " \t\r\n,;:/\\\"'") || s[0] == '-' || s[0] == '.' ||
	    s[strlen(s) - 1] == '.' || (dots && strstr(s, "..")))
		return cs_fail(e, CS_REFUSED,
			       "%s '%s': wanted letters, digits, _ and -%s, at most %d bytes", what,
			       cs_err_show(s, shown), dots ? " in parts with dots between" : "",
			       CODE_MAX);
	return 0;
}

/* The step by which a departure ends posts or gives them back. */
#define STEP_LEAVE "leave"

static struct cs_deed leave(const struct cs_session *s, int64_t post, cs_time at)
{
	return (struct cs_deed){cs_post_table.name, post, STEP_LEAVE, at, s->actor};
}

/* Another holder of the post may have to be told to somebody (S0-4-18). */
static int holder_changed(struct cs_session *s, const struct cs_post_row *post, cs_time at, struct cs_err *e)
{
	return cs_duty_changed(s, cs_arena_printf(&s->work, "post:%s", post->post), post->unit, at, e);
}

/* Records a row by this step and keeps the snapshot in step. */
static int put_row_by(struct cs_session *s, const struct cs_table *t, struct cs_deed deed, const void *was,
		      const void *now, bool *changed, struct cs_err *e)
{
	struct cs_effects l = {.arena = &s->work};

	*changed = cs_record_row(&l, t, was, now) > 0;
	if (!*changed)
		return 0;
	if (cs_session_record(s, NULL, deed, &l, e) < 0 || cs_meta_org_changed(s->db, e) < 0)
		return -1;
	cs_org_put(&s->org, t, now);
	s->meta.org_version++; /* the snapshot has it */
	return t == &cs_post_table ? holder_changed(s, now, deed.at, e) : 0;
}

static int put_row(struct cs_session *s, const struct cs_table *t, const void *was, const void *now, int64_t id,
		   cs_time at, bool *changed, struct cs_err *e)
{
	return put_row_by(s, t, (struct cs_deed){t->name, id, was ? "change" : "add", at, s->actor}, was, now, changed,
			  e);
}

/* --- units ------------------------------------------------------------------ */

static int check_parent(const struct cs_session *s, const struct cs_unit_row *row, struct cs_err *e)
{
	const struct cs_unit_row *above = cs_org_unit(&s->org, row->parent);
	const struct cs_ids *levels = cs_policy_codes(s->policy, "level");
	const char *dot = strrchr(row->code, '.');

	if (row->parent != CS_NULL && !above)
		return cs_fail(e, CS_USAGE, "unit %s: its parent does not exist", row->code);
	if (above && row->id != CS_NULL && cs_org_below(&s->org, above->id, row->id))
		return cs_fail(e, CS_REFUSED, "unit %s: %s lies below it and cannot be its parent",
			       row->code, above->code);
	if (above && cs_ids_index(levels, row->level) < cs_ids_index(levels, above->level))
		return cs_fail(e, CS_REFUSED, "unit %s: a %s cannot lie below a %s (%s)", row->code,
			       row->level, above->level, above->code);
	if (!dot && !row->function)
		return 0;
	if (!above)
		return cs_fail(e, CS_REFUSED, "unit %s: %s, so it needs a parent", row->code,
			       dot ? "its code has a dot" : "it is a department");
	if (!dot || strlen(above->code) != (size_t)(dot - row->code) ||
	    strncmp(row->code, above->code, strlen(above->code)) != 0)
		return cs_fail(e, CS_REFUSED,
			       "unit %s: its code is written below its parent's: %s.%s", row->code,
			       above->code, dot ? dot + 1 : row->code);
	return 0;
}

static bool ends_before(cs_time end, cs_time other)
{
	return end != CS_NULL && (other == CS_NULL || end < other);
}

/* A unit is open no longer than the one above it. */
static int check_closed(const struct cs_session *s, const struct cs_unit_row *row, struct cs_err *e)
{
	const struct cs_unit_row *above = cs_org_unit(&s->org, row->parent);
	struct cs_buf open = {0};
	int rc = 0;

	if (above && ends_before(above->closed_at, row->closed_at))
		return cs_fail(e, CS_REFUSED, "unit %s: %s above it is closed, or closes before it", row->code,
			       above->code);
	for (size_t i = 0; i < s->org.unit_count && row->id != CS_NULL; i++)
		if (s->org.unit[i].parent == row->id && ends_before(row->closed_at, s->org.unit[i].closed_at))
			cs_buf_printf(&open, "%s%s", open.len ? ", " : "", s->org.unit[i].code);
	if (open.len)
		rc = cs_fail(e, CS_REFUSED, "unit %s: open below it: %s (close what lies below first)", row->code,
			     cs_buf_str(&open));
	cs_buf_free(&open);
	return rc;
}

/* Nobody comes to a unit after it was closed. */
static int check_open(const struct cs_session *s, int64_t unit, cs_time from, struct cs_err *e)
{
	const struct cs_unit_row *u = cs_org_unit(&s->org, unit);

	return u && u->closed_at != CS_NULL && u->closed_at <= from
		       ? cs_fail(e, CS_REFUSED, "unit %s is closed by then", u->code)
		       : 0;
}

int cs_staffing_unit(struct cs_session *s, struct cs_unit_row *row, cs_time at, bool *changed,
		     struct cs_err *e)
{
	const struct cs_unit_row *was = cs_org_unit(&s->org, row->id);

	*changed = false;
	if (cs_session_need_policy(s, e) < 0 || bad_name("unit code", row->code, true, e) < 0)
		return -1;
	for (size_t i = 0; i < s->org.unit_count; i++)
		if (strcmp(s->org.unit[i].code, row->code) == 0 && s->org.unit[i].id != row->id)
			return cs_fail(e, CS_REFUSED, "unit %s exists already", row->code);
	if (!row->name || !row->level)
		return cs_fail(e, CS_REFUSED, "unit %s: a unit needs a name and a level",
			       row->code);
	row->level = cs_name_find(s->policy, "codes/level", row->level, e);
	if (!row->level ||
	    (row->function &&
	     !(row->function = cs_name_find(s->policy, "codes/function", row->function, e))) ||
	    check_parent(s, row, e) < 0)
		return -1;
	if ((!was || was->parent != row->parent || was->closed_at != row->closed_at) && check_closed(s, row, e) < 0)
		return -1;
	if (row->households != CS_NULL && row->households < 0)
		return cs_fail(e, CS_REFUSED, "unit %s: fewer than no households", row->code);
	if (!was && cs_record_id(s->db, &(struct cs_effects){0}, &cs_unit_table, &row->id, e) < 0)
		return -1;
	return put_row(s, &cs_unit_table, was, row, row->id, at, changed, e);
}

/* --- people and posts --------------------------------------------------------- */

/* Whether somebody holds the post admin from `at` on, for good or later, when this post row and
   this person's time were as given. */
static bool admin_remains(const struct cs_session *s, const struct cs_post_row *post,
			  const struct cs_staff_row *person)
{
	for (size_t i = 0; i < s->org.post_count; i++) {
		const struct cs_post_row *p = &s->org.post[i];
		const struct cs_staff_row *who;

		p = post && post->id == p->id ? post : p;
		who = person && person->id == p->staff ? person : cs_org_staff(&s->org, p->staff);
		if (strcmp(p->post, CS_POST_ADMIN) == 0 && p->to_at == CS_NULL && who &&
		    who->left_at == CS_NULL)
			return true;
	}
	return false;
}

static int end_posts(struct cs_session *s, const struct cs_staff_row *person, cs_time at,
		     struct cs_err *e)
{
	for (size_t i = 0; i < s->org.post_count; i++) {
		struct cs_post_row was = s->org.post[i], now = was;
		bool changed;

		if (was.staff != person->id ||
		    (was.to_at != CS_NULL && was.to_at <= person->left_at))
			continue;
		now.to_at = was.from_at < person->left_at ? person->left_at : was.from_at;
		if (put_row_by(s, &cs_post_table, leave(s, now.id, at), &was, &now, &changed, e) < 0)
			return -1;
	}
	return 0;
}

/* When the post was to end had nobody left; *cut: its end comes from a departure. */
static int own_end(struct cs_session *s, int64_t post, cs_time *end, bool *cut, struct cs_err *e)
{
	struct cs_stmt *walk = cs_event_of(s->db, cs_post_table.name, post, e);
	struct cs_effects l = {.arena = &s->work};
	struct cs_event ev;
	int rc;

	*end = CS_NULL;
	*cut = false;
	while ((rc = walk ? cs_event_next(walk, &ev, e) : -1) == 1) {
		if ((rc = cs_effects_read(&l, ev.facts, NULL, e)) < 0)
			break;
		for (size_t i = 0; i < l.count; i++) {
			const char *column = cs_arg_text(&l.effect[i], 2);

			if (l.effect[i].op != CS_OP_RECORD || !column || strcmp(column, "to_at") != 0)
				continue;
			*cut = strcmp(ev.step, STEP_LEAVE) == 0;
			if (!*cut)
				*end = cs_arg_int(&l.effect[i], 3);
		}
	}
	cs_stmt_done(walk);
	return rc;
}

/* The departure is another, or is taken back: the posts that it ended go on till then, or as they would have. */
static int give_back_posts(struct cs_session *s, const struct cs_staff_row *person, cs_time at, struct cs_err *e)
{
	for (size_t i = 0; i < s->org.post_count; i++) {
		struct cs_post_row was = s->org.post[i], now = was;
		bool cut, changed;

		if (was.staff != person->id || was.to_at == CS_NULL)
			continue;
		if (own_end(s, was.id, &now.to_at, &cut, e) < 0)
			return -1;
		if (ends_before(person->left_at, now.to_at))
			now.to_at = was.from_at < person->left_at ? person->left_at : was.from_at;
		if (cut && put_row_by(s, &cs_post_table, leave(s, now.id, at), &was, &now, &changed, e) < 0)
			return -1;
	}
	return 0;
}

int cs_staffing_person(struct cs_session *s, struct cs_staff_row *row, cs_time at, bool *changed,
		       struct cs_err *e)
{
	const struct cs_staff_row *was = cs_org_staff(&s->org, row->id), *other;
	bool came_back = was && was->left_at != CS_NULL && was->left_at != row->left_at;

	*changed = false;
	if (bad_name("login", row->login, false, e) < 0)
		return -1;
	other = cs_org_login(&s->org, row->login);
	if (other && other->id != row->id)
		return cs_fail(e, CS_REFUSED, "%s is on the staff already", row->login);
	if (!row->name)
		return cs_fail(e, CS_REFUSED, "%s: a person needs a name", row->login);
	if (row->unit != CS_NULL && !cs_org_unit(&s->org, row->unit))
		return cs_fail(e, CS_USAGE, "%s: no such unit", row->login);
	if ((!was || was->unit != row->unit) && check_open(s, row->unit, was ? at : row->joined_at, e) < 0)
		return cs_fail_in(e, "%s", row->login);
	if (row->left_at != CS_NULL && row->left_at <= row->joined_at)
		return cs_fail(e, CS_REFUSED, "%s would leave before joining", row->login);
	if (was && row->left_at != CS_NULL && !admin_remains(s, NULL, row))
		return cs_fail(e, CS_REFUSED,
			       "%s is the last with the post admin; give it to somebody else first",
			       row->login);
	if (!was && cs_record_id(s->db, &(struct cs_effects){0}, &cs_staff_table, &row->id, e) < 0)
		return -1;
	if (put_row(s, &cs_staff_table, was, row, row->id, at, changed, e) < 0 ||
	    (came_back && give_back_posts(s, row, at, e) < 0))
		return -1;
	return row->left_at == CS_NULL ? 0 : end_posts(s, row, at, e);
}

static int check_post_name(const struct cs_session *s, struct cs_post_row *row, struct cs_err *e)
{
	if (!row->post)
		return cs_fail(e, CS_REFUSED, "the post is missing");
	if (strcmp(row->post, CS_POST_ADMIN) == 0)
		return row->unit == CS_NULL
			       ? 0
			       : cs_fail(e, CS_REFUSED,
					 "the post admin is held everywhere and has no unit");
	if (cs_session_need_policy(s, e) < 0)
		return -1;
	row->post = cs_name_find(s->policy, "posts", row->post, e);
	if (!row->post)
		return -1;
	return row->unit != CS_NULL ? 0 : cs_fail(e, CS_REFUSED, "post %s: name its unit", row->post);
}

static int check_post_time(const struct cs_session *s, const struct cs_post_row *row,
			   const struct cs_staff_row *who, struct cs_err *e)
{
	if (row->from_at < who->joined_at)
		return cs_fail(e, CS_REFUSED,
			       "%s joined after the time from which the post would be held",
			       who->login);
	if (row->to_at != CS_NULL && row->to_at < row->from_at)
		return cs_fail(e, CS_REFUSED, "the post would end before it begins");
	if (who->left_at != CS_NULL && (row->to_at == CS_NULL || row->to_at > who->left_at))
		return cs_fail(e, CS_REFUSED, "%s leaves before the post would end", who->login);
	for (size_t i = 0; i < s->org.post_count; i++) {
		const struct cs_post_row *p = &s->org.post[i];

		if (p->id != row->id && p->staff == row->staff && p->unit == row->unit &&
		    strcmp(p->post, row->post) == 0 &&
		    (p->to_at == CS_NULL || p->to_at > row->from_at) &&
		    (row->to_at == CS_NULL || row->to_at > p->from_at))
			return cs_fail(e, CS_REFUSED,
				       "%s holds the post %s there already (post %lld)", who->login,
				       row->post, (long long)p->id);
	}
	return 0;
}

static const struct cs_post_row *find_post(const struct cs_org *o, int64_t id)
{
	for (size_t i = 0; i < o->post_count; i++)
		if (o->post[i].id == id)
			return &o->post[i];
	return NULL;
}

int cs_staffing_post(struct cs_session *s, struct cs_post_row *row, cs_time at, bool *changed,
		     struct cs_err *e)
{
	const struct cs_post_row *was = find_post(&s->org, row->id);
	const struct cs_staff_row *who = cs_org_staff(&s->org, row->staff);

	*changed = false;
	if (!who)
		return cs_fail(e, CS_USAGE, "no such person on the staff");
	if (row->unit != CS_NULL && !cs_org_unit(&s->org, row->unit))
		return cs_fail(e, CS_USAGE, "no such unit");
	if ((!was || was->unit != row->unit || was->from_at != row->from_at) &&
	    check_open(s, row->unit, row->from_at, e) < 0)
		return -1;
	if (check_post_name(s, row, e) < 0 || check_post_time(s, row, who, e) < 0)
		return -1;
	if (was && strcmp(was->post, CS_POST_ADMIN) == 0 && !admin_remains(s, row, NULL))
		return cs_fail(e, CS_REFUSED,
			       "%s is the last with the post admin; give it to somebody else first",
			       who->login);
	if (row->deputy == CS_NULL)
		row->deputy = 0;
	if (!was && cs_record_id(s->db, &(struct cs_effects){0}, &cs_post_table, &row->id, e) < 0)
		return -1;
	return put_row(s, &cs_post_table, was, row, row->id, at, changed, e);
}

int cs_staffing_record(struct cs_session *s, struct cs_staff_record_row *row, cs_time at,
		       bool *changed, struct cs_err *e)
{
	struct cs_staff_record_row was;
	int found = row->id == CS_NULL ? 0
				       : cs_table_find(s->db, &cs_staff_record_table, row->id,
						       &s->work, &was, e);

	*changed = false;
	if (found < 0)
		return -1;
	if (!cs_org_staff(&s->org, row->staff))
		return cs_fail(e, CS_USAGE, "no such person on the staff");
	if (bad_name("record", row->record, false, e) < 0)
		return -1;
	if (s->policy && cs_policy_codes(s->policy, "record") &&
	    !(row->record = cs_name_find(s->policy, "codes/record", row->record, e)))
		return -1;
	if (row->at == CS_NULL)
		return cs_fail(e, CS_REFUSED, "record %s: say when it was (--at)", row->record);
	if (row->until != CS_NULL && row->until <= row->at)
		return cs_fail(e, CS_REFUSED, "record %s would end before it begins", row->record);
	if (!found &&
	    cs_record_id(s->db, &(struct cs_effects){0}, &cs_staff_record_table, &row->id, e) < 0)
		return -1;
	return put_row(s, &cs_staff_record_table, found ? &was : NULL, row, row->id, at, changed,
		       e);
}
