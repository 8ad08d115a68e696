/* Tickets past the due of their main clock, oldest first; steps that wait for approval, longest first (S3-4-24). */
#include "domain/report_overdue.h"

#include <stdlib.h>
#include <string.h>

#include "domain/access.h"
#include "domain/report_case.h"
#include "domain/view.h"
#include "store/figures_case.h"
#include "store/ref.h"

#define COLUMNS(list) (list), sizeof(list) / sizeof *(list)

static const struct cs_report_column ticket_columns[] = {
	{"ticket", CS_FIGURE_KEY},       {"kind", CS_FIGURE_TEXT},
	{"state", CS_FIGURE_TEXT},       {"unit", CS_FIGURE_TEXT},
	{"category", CS_FIGURE_TEXT},    {"rung", CS_FIGURE_TEXT},
	{"responsible", CS_FIGURE_TEXT}, {"assignee", CS_FIGURE_TEXT},
	{"opened_at", CS_FIGURE_TEXT},   {"due_at", CS_FIGURE_TEXT},
	{"late_s", CS_FIGURE_SECONDS},
};
static const struct cs_report_shape ticket_shape = {"tickets", "overdue tickets, oldest first",
						    COLUMNS(ticket_columns), 1};
enum { REF, STEP, WORD, KIND, UNIT, BY, OWNER, ASKER, SINCE, DUE, WAITED, LATE };
static const struct cs_report_column approval_columns[] = {
	[REF] = {"ticket", CS_FIGURE_KEY},          [STEP] = {"step", CS_FIGURE_KEY},
	[WORD] = {"word", CS_FIGURE_TEXT},          [KIND] = {"kind", CS_FIGURE_TEXT},
	[UNIT] = {"unit", CS_FIGURE_TEXT},          [BY] = {"by", CS_FIGURE_TEXT},
	[OWNER] = {"owner", CS_FIGURE_TEXT},        [ASKER] = {"asker", CS_FIGURE_TEXT},
	[SINCE] = {"since", CS_FIGURE_TEXT},        [DUE] = {"due_at", CS_FIGURE_TEXT},
	[WAITED] = {"waited_s", CS_FIGURE_SECONDS}, [LATE] = {"late_s", CS_FIGURE_SECONDS},
};
static const struct cs_report_shape approval_shape = {
	"approvals", "steps that wait for approval, longest first; late: past the due of the duty owed for it",
	COLUMNS(approval_columns), 2};
static const struct cs_report_shape *const shapes[] = {&ticket_shape, &approval_shape};

/* --- one ticket ------------------------------------------------------------------------------ */

static int highest_rung(const struct cs_stock_count *c, const struct cs_clock *def,
			const struct cs_fig_ticket *t, const struct cs_fig_clock *k, cs_time end)
{
	const struct cs_fig_rung *best = NULL;
	const struct cs_rung *best_def = NULL;

	for (size_t i = 0; i < t->rung_count; i++) {
		const struct cs_fig_rung *r = &t->rung[i];
		const struct cs_rung *d;

		if (r->clock != k->clock || r->cycle != k->cycle || r->run != k->run || r->moot ||
		    r->at >= end)
			continue;
		/* Rungs that cross together stand in the policy in their order; others in that
		   of time. */
		d = cs_clock_rung(def, c->codes.text[r->rung]);
		if (!best || r->at > best->at ||
		    (r->at == best->at && d && best_def && d > best_def)) {
			best = r;
			best_def = d;
		}
	}
	return best ? best->rung : 0;
}

bool cs_overdue_at(struct cs_stock_count *c, const struct cs_fig_ticket *t, struct cs_overdue *out)
{
	/* The stock of the same report counts to the end of the period. */
	const cs_time end = c->ask->period.to;
	const struct cs_kind *kind = cs_policy_kind(c->s->policy, c->codes.text[t->kind]);
	int main_clock = kind ? cs_code_number(&c->codes, kind->main_clock->id) : 0;
	const struct cs_fig_clock *found = NULL;

	out->stay = NULL;
	for (size_t i = 0; i < t->stay_count; i++)
		if (cs_stay_holds(&t->stay[i], end))
			out->stay = &t->stay[i];
	for (size_t i = 0; main_clock && out->stay && i < t->clock_count; i++) {
		const struct cs_fig_clock *k = &t->clock[i];

		if (k->clock == main_clock && k->start_at < end &&
		    (k->stop_at == CS_NULL || k->stop_at >= end))
			found = k;
	}
	if (!found || found->due_at == CS_NULL || found->due_at >= c->ask->edge)
		return false;
	out->due_at = found->due_at;
	out->rung = highest_rung(c, kind->main_clock, t, found, end);
	return true;
}

/* --- the list -------------------------------------------------------------------------------- */

struct item {
	int64_t id, unit, responsible, assignee;
	cs_time opened_at, due_at;
	int kind, state, category, rung;
};
struct list {
	struct cs_session *s;
	cs_time at;
	struct item *item;
	size_t count, size;
	struct cs_err *e;
};

static int add_ticket(struct cs_stock_count *c, const struct cs_fig_ticket *t, void *arg)
{
	struct list *l = arg;
	struct cs_overdue o;
	int secret;

	if (!cs_overdue_at(c, t, &o) || !cs_stock_covers(c, o.stay->unit, t->place))
		return 0;
	secret = cs_access_secret_row(l->s, c->codes.text[t->kind], t->id, &l->s->work, l->e);
	if (secret < 0)
		return -1;
	if (l->count == l->size) {
		l->size = l->size ? 2 * l->size : 64;
		l->item = cs_realloc(l->item, l->size * sizeof *l->item);
	}
	l->item[l->count++] = (struct item){.id = t->id,
					    .unit = o.stay->unit,
					    .responsible = secret ? CS_NULL : t->responsible,
					    .assignee = secret ? CS_NULL : t->assignee,
					    .opened_at = t->opened_at,
					    .due_at = o.due_at,
					    .kind = t->kind,
					    .state = t->state,
					    .category = secret ? 0 : o.stay->category,
					    .rung = o.rung};
	return 0;
}

static int oldest_first(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	if (x->opened_at != y->opened_at)
		return x->opened_at < y->opened_at ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

static const char *login_of(const struct cs_session *s, int64_t staff)
{
	const struct cs_staff_row *p = cs_org_staff(&s->org, staff);

	return p ? p->login : NULL;
}

static void put_item(struct cs_session *s, struct cs_report *r, const struct cs_stock_count *c,
		     const struct list *l, const struct item *it)
{
	const struct cs_zone *z = cs_session_zone(s);
	struct cs_value *cell = cs_report_row(r, &r->table[0]);
	char text[CS_REF_SIZE];

	cell[0] = CS_S(cs_arena_strdup(&r->arena, cs_ref_text(it->id, text)));
	cell[1] = CS_S(c->codes.text[it->kind]);
	cell[2] = CS_S(c->codes.text[it->state]);
	cell[3] = CS_S(cs_report_unit_code(s, it->unit));
	cell[4] = CS_S(it->category ? c->codes.text[it->category] : NULL);
	cell[5] = CS_S(it->rung ? c->codes.text[it->rung] : NULL);
	cell[6] = CS_S(login_of(s, it->responsible));
	cell[7] = CS_S(login_of(s, it->assignee));
	cell[8] = CS_S(cs_arena_strdup(&r->arena, cs_time_text_minute(z, it->opened_at, text)));
	cell[9] = CS_S(cs_arena_strdup(&r->arena, cs_time_text_minute(z, it->due_at, text)));
	cell[10] = CS_I(l->at - it->due_at);
}

/* --- what waits for approval ------------------------------------------------------------------ */

static void put_pending(struct cs_session *s, const struct cs_report_ask *ask, struct cs_report *r,
			const struct cs_fig_pending *p)
{
	struct cs_value *cell = cs_report_row(r, &r->table[1]);

	cell[REF] = cs_case_ref(r, p->ticket);
	cell[STEP] = CS_S(p->step);
	cell[WORD] = CS_S(p->word);
	cell[KIND] = CS_S(p->kind);
	cell[UNIT] = CS_S(cs_report_unit_code(s, p->unit));
	cell[BY] = CS_S(cs_who_said(s->policy, p->whom, &r->arena));
	cell[OWNER] = CS_S(login_of(s, p->owner));
	cell[ASKER] = CS_S(login_of(s, p->asker));
	cell[SINCE] = cs_case_time(s, r, p->since);
	cell[WAITED] = CS_I(ask->edge - p->since);
	if (p->due_at == CS_NULL)
		return;
	cell[DUE] = cs_case_time(s, r, p->due_at);
	if (p->due_at < ask->edge)
		cell[LATE] = CS_I(ask->edge - p->due_at);
}

static int longest_first(const void *a, const void *b)
{
	const struct cs_fig_pending *x = a, *y = b;

	if (x->since != y->since)
		return x->since < y->since ? -1 : 1;
	return x->ticket != y->ticket ? (x->ticket > y->ticket) - (x->ticket < y->ticket) : strcmp(x->step, y->step);
}

static int count_pending(struct cs_session *s, const struct cs_report_ask *ask, struct cs_report *r, struct cs_err *e)
{
	const cs_time end = ask->period.to;
	struct cs_stmt *walk = cs_fig_pending(s->db, end, e);
	struct cs_fig_pending p, *list = NULL;
	size_t count = 0, size = 0;
	int rc = -1, secret;

	while (walk && (rc = cs_fig_pending_next(walk, &p, e)) == 1) {
		if (p.since >= end || !cs_report_covers(s, ask, p.unit, CS_NULL))
			continue;
		secret = cs_access_secret_row(s, p.kind, p.ticket, &s->work, e);
		if (secret < 0)
			return -1;
		if (secret)
			p.owner = p.asker = CS_NULL;
		p.step = cs_arena_strdup(&r->arena, p.step);
		p.whom = cs_arena_strdup(&r->arena, p.whom);
		p.word = cs_arena_strdup(&r->arena, p.word);
		p.kind = cs_arena_strdup(&r->arena, p.kind);
		list = cs_arena_grow(&r->arena, list, count, &size, sizeof *list);
		list[count++] = p;
	}
	cs_report_add(r, &approval_shape);
	if (count)
		qsort(list, count, sizeof *list, longest_first);
	for (size_t i = 0; rc == 0 && i < count; i++)
		put_pending(s, ask, r, &list[i]);
	return rc;
}

static int count_overdue(struct cs_session *s, const struct cs_report_ask *ask, struct cs_report *r,
			 struct cs_err *e)
{
	struct cs_stock_count c = {.s = s, .ask = ask};
	struct list l = {.s = s, .at = ask->edge, .e = e};
	int rc = cs_stock_walk(s, &c, ask->edge, ask->edge, CS_FIG_CLOCKS | CS_FIG_RUNGS,
			       add_ticket, &l, e);

	cs_report_add(r, &ticket_shape);
	if (l.count)
		qsort(l.item, l.count, sizeof *l.item, oldest_first);
	for (size_t i = 0; rc == 0 && i < l.count; i++)
		put_item(s, r, &c, &l, &l.item[i]);
	if (rc == 0)
		rc = count_pending(s, ask, r, e);
	cs_report_keep(r);
	free(l.item);
	cs_stock_free(&c);
	return rc;
}

const struct cs_report_def cs_report_overdue = {
	.name = "overdue",
	.about = "tickets past the due of their main clock, oldest first: rung, responsible, how "
		 "late; steps that wait for approval; now, or at the end of a period",
	.shape = shapes,
	.shape_count = sizeof shapes / sizeof *shapes,
	.tickets = true,
	.count = count_overdue,
};
