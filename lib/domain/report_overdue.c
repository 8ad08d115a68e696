/* Tickets past the due of their main clock, oldest first. */
#include "domain/report_overdue.h"

#include <stdlib.h>

#include "domain/access.h"
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
static const struct cs_report_shape *const shapes[] = {&ticket_shape};

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
	cs_report_keep(r);
	free(l.item);
	cs_stock_free(&c);
	return rc;
}

const struct cs_report_def cs_report_overdue = {
	.name = "overdue",
	.about = "tickets past the due of their main clock, oldest first: rung, responsible, how "
		 "late; now, or at the end of a period",
	.shape = shapes,
	.shape_count = sizeof shapes / sizeof *shapes,
	.tickets = true,
	.count = count_overdue,
};
