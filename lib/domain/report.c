/* From a question to a report: computed, closed, or read back as it was closed. */
#include "domain/report.h"

#include <string.h>

#include "domain/closing.h"
#include "domain/edition.h"
#include "store/due.h"
#include "store/ref.h"
#include "store/report_close.h"

const struct cs_report_def *const cs_reports[] = {
	&cs_report_daily,      &cs_report_overdue, &cs_report_monthly, &cs_report_indicators,  &cs_report_weekly,
	&cs_report_complaints, &cs_report_ledger,  &cs_report_cases,   &cs_report_publication, &cs_report_reconcile};
const size_t cs_report_count = sizeof cs_reports / sizeof *cs_reports;

const struct cs_report_def *cs_report_find(const char *name)
{
	for (size_t i = 0; i < cs_report_count; i++)
		if (strcmp(cs_reports[i]->name, name) == 0)
			return cs_reports[i];
	return NULL;
}

int cs_report_ask(struct cs_session *s, const struct cs_report_def *def, const char *period,
		  const char *unit, struct cs_report_ask *ask, struct cs_err *e)
{
	const struct cs_zone *z = cs_session_zone(s);

	*ask = (struct cs_report_ask){0};
	if (cs_session_need_policy(s, e) < 0)
		return -1;
	if (period && cs_period_parse(period, z, &ask->period, e) < 0)
		return -1;
	if (!period && def->needs_period)
		return cs_fail(e, CS_USAGE,
			       "report %s wants a period: 2026-10, 2026-Q3, 2026-W45, FROM..TO",
			       def->name);
	if (!period)
		cs_period_of(z, s->now, CS_PERIOD_DAY, &ask->period);
	if (ask->period.from > s->now)
		return cs_fail(e, CS_USAGE, "period %s has not begun", ask->period.label);
	ask->edge = ask->period.to < s->now ? ask->period.to : s->now;
	if (!unit)
		return 0;
	ask->unit = cs_org_find_unit(&s->org, unit, e);
	return ask->unit ? 0 : cs_fail_in(e, "--unit");
}

static const struct cs_unit_row *level_above(const struct cs_session *s, int64_t unit)
{
	const char *level = s->policy ? s->policy->reports.level : NULL;

	return level && unit != CS_NULL ? cs_org_up(&s->org, unit, level) : NULL;
}

bool cs_report_covers(const struct cs_session *s, const struct cs_report_ask *ask, int64_t unit, int64_t place)
{
	if (!ask->unit || (unit != CS_NULL && cs_org_below(&s->org, unit, ask->unit->id)))
		return true;
	return level_above(s, place) && !level_above(s, unit) && cs_org_below(&s->org, place, ask->unit->id);
}

const char *cs_report_unit_code(const struct cs_session *s, int64_t unit)
{
	const struct cs_unit_row *u = cs_org_unit(&s->org, unit);

	return u ? u->code : NULL;
}

int64_t cs_report_level_unit(const struct cs_session *s, int64_t unit, int64_t place)
{
	const struct cs_unit_row *u = level_above(s, unit);

	u = u ? u : level_above(s, place);

	return u ? u->id : unit;
}

struct cs_report_table *cs_report_add_level(const struct cs_session *s, struct cs_report *r,
					    const struct cs_report_shape *shape)
{
	const char *level = s->policy->reports.level;
	struct cs_report_shape *named;
	struct cs_report_column *column;

	if (!level)
		return cs_report_add(r, shape);
	named = cs_arena_alloc(&r->arena, sizeof *named);
	column = cs_arena_alloc(&r->arena, shape->column_count * sizeof *column);
	*named = *shape;
	memcpy(column, shape->column, shape->column_count * sizeof *column);
	for (size_t i = 0; i < shape->column_count; i++)
		if (strcmp(column[i].name, "project") == 0)
			column[i].name = cs_arena_strdup(&r->arena, level);
	named->column = column;
	return cs_report_add(r, named);
}

int cs_report_need_complaints(const struct cs_session *s, const struct cs_report_def *def, struct cs_err *e)
{
	if (s->policy->reports.complaints.count)
		return 0;
	return cs_fail(e, CS_CONFIG, "report %s: the rules do not say which kinds are complaints (reports/complaints)",
		       def->name);
}

static void add_fact(struct cs_report *r, const char *name, const char *value)
{
	if (r->fact_count < CS_REPORT_FACTS)
		r->fact[r->fact_count++] =
			(struct cs_report_fact){name, cs_arena_strdup(&r->arena, value)};
}

static void add_time(struct cs_report *r, const struct cs_zone *z, const char *name, cs_time t)
{
	char text[32];

	add_fact(r, name, cs_time_text(z, t, text));
}

int cs_report_make(struct cs_session *s, const struct cs_report_def *def,
		   const struct cs_report_ask *ask, struct cs_report *r, struct cs_err *e)
{
	const struct cs_zone *z = cs_session_zone(s);
	const char *rules;
	int64_t other;

	*r = (struct cs_report){.def = def};
	if (cs_edition_title(s->db, s->edition, &r->arena, &rules, &other, e) < 0)
		return -1;
	r->period = cs_arena_strdup(&r->arena, ask->period.label);
	r->unit = ask->unit ? cs_arena_strdup(&r->arena, ask->unit->code) : NULL;
	add_fact(r, "report", def->name);
	add_fact(r, "period", r->period);
	add_time(r, z, "from", ask->period.from);
	add_time(r, z, "before", ask->period.to);
	add_time(r, z, "as_of", s->now);
	add_fact(r, "zone", cs_zone_name(z));
	add_fact(r, "unit", r->unit ? r->unit : "*");
	add_fact(r, "rules", rules);
	add_fact(r, "database", s->meta.rehearsal ? "rehearsal" : "live");
	if (def->count(s, ask, r, e) < 0)
		return -1;
	return def->fill ? def->fill(s, r, INT64_MAX, e) : 0;
}

/* --- closing --------------------------------------------------------------------------------- */

static int check_over(const struct cs_session *s, const struct cs_report_ask *ask, struct cs_err *e)
{
	char when[32];

	return ask->period.to <= s->now
		       ? 0
		       : cs_fail(e, CS_REFUSED, "period %s ends %s; it can be closed then",
				 ask->period.label,
				 cs_time_text(cs_session_zone(s), ask->period.to, when));
}

/* What escalation has not fired yet would change the figures afterwards. */
static int check_fired(struct cs_session *s, const struct cs_report_ask *ask, struct cs_err *e)
{
	const struct cs_due start = {INT64_MIN, 0};
	char ref[CS_REF_SIZE], when[32];
	struct cs_due due;
	size_t n;

	if (cs_due_crossings(s->db, &start, ask->period.to, &due, 1, &n, e) < 0 ||
	    (n == 0 && cs_due_give_ups(s->db, &start, ask->period.to, &due, 1, &n, e) < 0))
		return -1;
	return n == 0 ? 0
		      : cs_fail(e, CS_REFUSED,
				"what was due before the end of %s has not been fired (%s: %s); "
				"first: cs-escalate",
				ask->period.label, cs_ref_text(due.ticket, ref),
				cs_time_text(cs_session_zone(s), due.at, when));
}

int cs_report_ready(struct cs_session *s, const struct cs_report_def *def,
		    const struct cs_report_ask *ask, struct cs_faults *remarks, struct cs_err *e)
{
	if (check_over(s, ask, e) < 0 || check_fired(s, ask, e) < 0)
		return -1;
	return def->ready ? def->ready(s, ask, remarks, e) : 0;
}

int cs_report_close(struct cs_session *s, const struct cs_report_ask *ask, struct cs_report *r,
		    struct cs_err *e)
{
	const struct cs_zone *z = cs_session_zone(s);
	struct cs_report_close_row row = {.name = r->def->name,
					  .period = r->period,
					  .unit = ask->unit ? ask->unit->id : CS_NULL,
					  .closed_at = s->now,
					  .edition = s->edition,
					  .last_event = s->chain.last_id};
	struct cs_report_close_row old;
	struct cs_effects l = {.arena = &r->arena};
	struct cs_buf figures = {0};
	char head[2 * CS_HASH_SIZE + 1], when[32];
	int rc;

	if (check_over(s, ask, e) < 0)
		return -1;
	rc = cs_report_close_find(s->db, row.name, row.period, row.unit, &r->arena, &old, e);
	if (rc != 0)
		return rc < 0 ? -1
			      : cs_fail(e, CS_REFUSED, "report %s %s was closed on %s", row.name,
					row.period, cs_time_text(z, old.closed_at, when));
	add_time(r, z, "closed", s->now);
	add_fact(r, "last_event", cs_arena_printf(&r->arena, "%lld", (long long)row.last_event));
	add_fact(r, "chain_head", cs_hex(s->chain.head, sizeof s->chain.head, head));
	row.chain_head = head;
	cs_report_write(r, &figures);
	row.figures = cs_buf_str(&figures);
	rc = cs_report_close_add(s->db, &row, e);
	if (rc == 0) {
		cs_closing_put(&l, &row);
		rc = cs_session_record(
			s, NULL,
			(struct cs_deed){cs_closing_about, row.id, cs_closing_step, s->now, s->actor}, &l, e);
	}
	cs_buf_free(&figures);
	r->closed = true;
	return rc;
}

int cs_report_closed(struct cs_session *s, const struct cs_report_def *def,
		     const struct cs_report_ask *ask, const struct cs_report *live,
		     struct cs_report *r, struct cs_err *e)
{
	struct cs_report_close_row row;
	const char *why;
	int rc;

	*r = (struct cs_report){.def = def};
	rc = cs_report_close_find(s->db, def->name, ask->period.label,
				  ask->unit ? ask->unit->id : CS_NULL, &r->arena, &row, e);
	if (rc != 1)
		return rc;
	rc = cs_closing_check(s->db, &row, &r->arena, &why, e);
	if (rc < 0)
		return -1;
	if (rc == 0)
		return cs_fail(e, CS_IO,
			       "report %s %s: not as it was closed (%s); run cs-check", def->name,
			       row.period, why);
	if (cs_report_read(row.figures, r, e) < 0)
		return cs_fail_in(e, "report %s %s", def->name, row.period);
	r->closed = true;
	if (def->fill && def->fill(s, r, row.last_event, e) < 0)
		return -1;
	if (live)
		cs_report_diff(r, live);
	return 1;
}
