/* Listing what is owed. */
#include "text/duties.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/access.h"
#include "domain/duty_time.h"
#include "store/owed.h"
#include "store/ref.h"
#include "text/desk.h"

const struct cs_column cs_duties_columns[] = {
	{.name = "subject"}, {.name = "duty"},  {.name = "period"}, {.name = "state"},
	{.name = "due"},     {.name = "owner"}, {.name = "since"},  {.name = "ended"},
	{.name = "late"},    {.name = "times"}, {.name = "why"},
};
const size_t cs_duties_column_count = sizeof cs_duties_columns / sizeof *cs_duties_columns;

/* A reference has digits behind its first letters; no message of its own where a unit was meant. */
int cs_duties_subject(struct cs_session *s, const char *text, int64_t *ticket, const struct cs_unit_row **unit,
		      struct cs_err *e)
{
	struct cs_err why = {0};

	*unit = NULL;
	*ticket = cs_ref_parse(text, &why);
	if (*ticket != 0)
		return cs_desk_ref(s, text, ticket, e);
	*unit = cs_org_find_unit(&s->org, text, e);
	return *unit ? 0 : cs_fail_in(e, "neither a reference nor a unit");
}

int cs_duties_choose(struct cs_session *s, struct cs_duties *d, struct cs_err *e)
{
	const struct cs_unit_row *unit = d->unit_name ? cs_org_find_unit(&s->org, d->unit_name, e) : NULL, *of = NULL;
	const struct cs_staff_row *owner = NULL;

	d->unit = d->owner = d->of_unit = CS_NULL;
	d->ticket = 0;
	if (d->unit_name && !unit)
		return -1;
	if (d->owner_name && strcmp(d->owner_name, "me") == 0)
		d->owner = s->actor;
	else if (d->owner_name && !(owner = cs_org_find_staff(&s->org, d->owner_name, e)))
		return -1;
	if (owner)
		d->owner = owner->id;
	if (unit)
		d->unit = unit->id;
	if (d->subject_name && cs_duties_subject(s, d->subject_name, &d->ticket, &of, e) < 0)
		return -1;
	if (of)
		d->of_unit = of->id;
	if (d->duty_name && !(d->duty = cs_duty_named(s->policy, d->duty_name, e)))
		return -1;
	return d->period ? cs_period_parse(d->period, cs_session_zone(s), &d->over, e) : 0;
}

/* Missed, and still to be delivered late. */
static bool may_be_late(const struct cs_session *s, const struct cs_owed_row *o)
{
	const struct cs_duty *rule = cs_policy_duty(s->policy, o->duty);

	return rule && cs_owing_missed(s->policy, rule, o, s->now);
}

/* By what the row says itself. */
static bool wanted(const struct cs_session *s, const struct cs_duties *d, const struct cs_owed_row *o)
{
	const cs_time when = o->due_at != CS_NULL ? o->due_at - 1 : o->owed_at; /* 24:00 is of the day before */
	const bool unit = strcmp(o->about, "unit") == 0;

	if (!d->all && (cs_owed_open(o) ? o->owed_at > s->now : !may_be_late(s, o)))
		return false;
	if (d->overdue && (!(cs_owed_open(o) || may_be_late(s, o)) || !cs_owed_late(o, s->now)))
		return false;
	if (d->duty && strcmp(o->duty, d->duty->id) != 0)
		return false;
	if (d->ticket ? unit || o->subject != d->ticket : d->of_unit != CS_NULL && (!unit || o->subject != d->of_unit))
		return false;
	return !d->period || (when >= d->over.from && when < d->over.to);
}

/* By what the ticket says: where it lies, whether it may be read. 1, 0, -1. */
static int may_list(struct cs_session *s, const struct cs_duties *d, const struct cs_owed_row *o, struct cs_arena *a,
		    struct cs_err *e)
{
	struct cs_ticket_row t;
	int rc;

	if (strcmp(o->about, "unit") == 0)
		return d->unit == CS_NULL || cs_org_below(&s->org, o->subject, d->unit);
	rc = cs_table_find(s->db, &cs_ticket_table, o->subject, a, &t, e);
	if (rc != 1)
		return rc;
	if (d->unit != CS_NULL && !cs_org_below(&s->org, t.handling != CS_NULL ? t.handling : t.accepting, d->unit) &&
	    !(t.place != CS_NULL && cs_org_below(&s->org, t.place, d->unit)))
		return 0;
	rc = cs_access_kept_row(s, t.kind, t.id, a, e);
	return rc < 0 ? -1 : rc == 0;
}

static int by_due(const void *a, const void *b)
{
	const struct cs_owed_row *x = a, *y = b;
	const int64_t due[] = {x->due_at == CS_NULL ? INT64_MAX : x->due_at,
			       y->due_at == CS_NULL ? INT64_MAX : y->due_at};

	if (due[0] != due[1])
		return due[0] < due[1] ? -1 : 1;
	return cs_row_order(&cs_owed_table, x, y);
}

static void put(struct cs_session *s, struct cs_out *out, const struct cs_owed_row *o)
{
	const struct cs_unit_row *unit = strcmp(o->about, "unit") == 0 ? cs_org_unit(&s->org, o->subject) : NULL;
	const struct cs_duty *rule = cs_policy_duty(s->policy, o->duty);
	const char *state = cs_owed_state(o);
	char ref[CS_REF_SIZE], due[32], since[32], end[32], times[48] = "";

	if (rule && rule->times > 1)
		snprintf(times, sizeof times, "%lld/%lld", (long long)o->times, (long long)rule->times);
	cs_out_row(out, (struct cs_cell[]){cs_cell_text(unit ? unit->code : cs_ref_text(o->subject, ref)),
					   cs_cell_text(o->duty), cs_cell_text(o->cause), cs_cell_text(state),
					   cs_desk_time_cell(s, o->due_at, due), cs_desk_staff_cell(s, o->owner),
					   cs_desk_time_cell(s, o->owed_at, since),
					   cs_desk_time_cell(s, cs_owed_end(o), end),
					   cs_cell_text(cs_owed_late(o, s->now) ? "yes" : ""), cs_cell_text(times),
					   cs_cell_text(o->why && strcmp(o->why, state) != 0 ? o->why : "")});
}

static struct cs_stmt *walk_for(struct cs_session *s, const struct cs_duties *d, struct cs_err *e)
{
	if (d->ticket)
		return cs_owed_walk_of(s->db, "ticket", d->ticket, e);
	if (d->of_unit != CS_NULL)
		return cs_owed_walk_of(s->db, "unit", d->of_unit, e);
	return d->all ? cs_owed_walk_all(s->db, e) : cs_owed_walk_open(s->db, e);
}

/* What was missed before can be delivered late by none of the duties. */
static int missed_since(const struct cs_session *s, cs_time *since, struct cs_err *e)
{
	*since = s->now;
	for (size_t i = 0; i < s->policy->duty_count; i++) {
		cs_time at;

		if (cs_duty_late_since(s->policy, &s->policy->duty[i], s->now, &at, e) < 0)
			return -1;
		if (at != CS_TIME_NONE && at < *since)
			*since = at;
	}
	return 0;
}

struct chosen {
	struct cs_owed_row *row;
	size_t count, size;
};

static int choose(struct cs_session *s, const struct cs_duties *d, struct cs_stmt *walk, struct chosen *list,
		  struct cs_err *e)
{
	struct cs_owed_row row;
	int rc = -1;

	while (walk && (rc = cs_owed_next(walk, &s->work, &row, e)) == 1)
		if (wanted(s, d, &row)) {
			list->row = cs_arena_grow(&s->work, list->row, list->count, &list->size, sizeof *list->row);
			list->row[list->count++] = row;
		}
	return rc;
}

/* Those that may be read, of whom they are now. */
static int sift(struct cs_session *s, const struct cs_duties *d, struct chosen *list, struct cs_err *e)
{
	struct cs_arena a = {0};
	size_t kept = 0;
	int may = 0;

	for (size_t i = 0; may >= 0 && i < list->count; i++) {
		struct cs_owed_row *row = &list->row[i];

		may = may_list(s, d, row, &a, e);
		if (may == 1 && cs_duty_owner(s, row, &a, &row->owner, e) < 0)
			may = -1;
		cs_arena_reset(&a);
		if (may == 1 && (d->owner == CS_NULL || row->owner == d->owner))
			list->row[kept++] = *row;
	}
	cs_arena_free(&a);
	list->count = kept;
	return may < 0 ? -1 : 0;
}

int cs_duties_list(struct cs_session *s, const struct cs_duties *d, struct cs_out *out, struct cs_err *e)
{
	const bool whole = d->all || d->ticket || d->of_unit != CS_NULL;
	struct chosen list = {NULL, 0, 0};
	cs_time since;

	cs_arena_reset(&s->work);
	if (choose(s, d, walk_for(s, d, e), &list, e) < 0)
		return -1;
	if (!whole &&
	    (missed_since(s, &since, e) < 0 || choose(s, d, cs_owed_walk_missed(s->db, since, e), &list, e) < 0))
		return -1;
	if (sift(s, d, &list, e) < 0)
		return -1;
	if (list.count > 1)
		qsort(list.row, list.count, sizeof *list.row, by_due);
	for (size_t i = 0; i < list.count; i++)
		put(s, out, &list.row[i]);
	return 0;
}
