/* Listing what is owed. */
#include "text/duties.h"

#include <stdlib.h>
#include <string.h>

#include "domain/access.h"
#include "store/owed.h"
#include "store/ref.h"
#include "text/desk.h"

const struct cs_column cs_duties_columns[] = {
	{.name = "subject"}, {.name = "duty"},  {.name = "period"}, {.name = "state"},
	{.name = "due"},     {.name = "owner"}, {.name = "since"},  {.name = "ended"},
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

/* By what the row says itself. */
static bool wanted(const struct cs_session *s, const struct cs_duties *d, const struct cs_owed_row *o)
{
	const cs_time when = o->due_at != CS_NULL ? o->due_at - 1 : o->owed_at; /* 24:00 is of the day before */
	const bool unit = strcmp(o->about, "unit") == 0;

	if (!d->all && (!cs_owed_open(o) || o->owed_at > s->now))
		return false;
	if (d->overdue && (!cs_owed_open(o) || o->due_at == CS_NULL || o->due_at >= s->now))
		return false;
	if (d->duty && strcmp(o->duty, d->duty->id) != 0)
		return false;
	if (d->owner != CS_NULL && o->owner != d->owner)
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
	const cs_time ended = o->done_at != CS_NULL     ? o->done_at
			      : o->waived_at != CS_NULL ? o->waived_at
							: o->missed_at;
	char ref[CS_REF_SIZE], due[32], since[32], end[32];

	cs_out_row(out,
		   (struct cs_cell[]){cs_cell_text(unit ? unit->code : cs_ref_text(o->subject, ref)),
				      cs_cell_text(o->duty), cs_cell_text(o->cause), cs_cell_text(cs_owed_state(o)),
				      cs_desk_time_cell(s, o->due_at, due), cs_desk_staff_cell(s, o->owner),
				      cs_desk_time_cell(s, o->owed_at, since), cs_desk_time_cell(s, ended, end)});
}

static struct cs_stmt *walk_for(struct cs_session *s, const struct cs_duties *d, struct cs_err *e)
{
	if (d->ticket)
		return cs_owed_walk_of(s->db, "ticket", d->ticket, e);
	if (d->of_unit != CS_NULL)
		return cs_owed_walk_of(s->db, "unit", d->of_unit, e);
	return d->all ? cs_owed_walk_all(s->db, e) : cs_owed_walk_open(s->db, e);
}

int cs_duties_list(struct cs_session *s, const struct cs_duties *d, struct cs_out *out, struct cs_err *e)
{
	struct cs_stmt *walk;
	struct cs_owed_row *list = NULL, row;
	size_t n = 0, size = 0, kept = 0;
	struct cs_arena a = {0};
	int rc = -1;

	cs_arena_reset(&s->work);
	walk = walk_for(s, d, e);
	while (walk && (rc = cs_owed_next(walk, &s->work, &row, e)) == 1)
		if (wanted(s, d, &row)) {
			list = cs_arena_grow(&s->work, list, n, &size, sizeof *list);
			list[n++] = row;
		}
	for (size_t i = 0; rc == 0 && i < n; i++) {
		int may = may_list(s, d, &list[i], &a, e);

		cs_arena_reset(&a);
		if (may < 0)
			rc = -1;
		else if (may)
			list[kept++] = list[i];
	}
	cs_arena_free(&a);
	if (rc < 0)
		return -1;
	if (kept > 1)
		qsort(list, kept, sizeof *list, by_due);
	for (size_t i = 0; i < kept; i++)
		put(s, out, &list[i]);
	return 0;
}
