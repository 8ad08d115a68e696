/* The day's stock-take: came in, reopened, closed, open, overdue by rung, call-backs due
   (S3-4-4, S0-4-3). */
#include "domain/report_overdue.h"

#define COLUMNS(list) (list), sizeof(list) / sizeof *(list)

enum { OVERDUE = 10, CALLS = 11 };
static const struct cs_report_column stock_columns[] = {
	{"kind", CS_FIGURE_KEY},     {"unit", CS_FIGURE_KEY},       {"carried_in", CS_FIGURE_COUNT},
	{"opened", CS_FIGURE_COUNT}, {"reopened", CS_FIGURE_COUNT}, {"moved_in", CS_FIGURE_COUNT},
	{"closed", CS_FIGURE_COUNT}, {"merged", CS_FIGURE_COUNT},   {"moved_out", CS_FIGURE_COUNT},
	{"open", CS_FIGURE_COUNT},   {"overdue", CS_FIGURE_COUNT},  {"callbacks_due", CS_FIGURE_COUNT},
};
static const struct cs_report_shape stock_shape = {
	"stock",
	"carried in + opened + reopened + moved in = closed + merged + moved out + open; overdue of "
	"open; call-backs to make by the end",
	COLUMNS(stock_columns), 2};
static const struct cs_report_column rung_columns[] = {
	{"kind", CS_FIGURE_KEY},
	{"unit", CS_FIGURE_KEY},
	{"rung", CS_FIGURE_KEY},
	{"tickets", CS_FIGURE_COUNT},
};
static const struct cs_report_shape rung_shape = {
	"overdue", "open and overdue, by the highest rung that has fired", COLUMNS(rung_columns),
	3};
static const struct cs_report_shape *const shapes[] = {&stock_shape, &rung_shape};

/* What is filled while the tickets are read. */
struct day {
	struct cs_report *r;
	struct cs_report_table *stock, *rungs;
};

static int add_ticket(struct cs_stock_count *c, const struct cs_fig_ticket *t, void *arg)
{
	struct day *d = arg;
	struct cs_overdue o;
	const char *kind, *unit, *rung;

	if (!cs_overdue_at(c, t, &o) || !cs_stock_covers(c, o.stay->unit, t->place))
		return 0;
	kind = c->codes.text[t->kind];
	unit = cs_report_unit_code(c->s, o.stay->unit);
	rung = o.rung ? c->codes.text[o.rung] : NULL;
	cs_report_keyed(d->r, d->stock, (const char *const[]){"*", "*"})[OVERDUE].i++;
	cs_report_keyed(d->r, d->stock, (const char *const[]){kind, unit})[OVERDUE].i++;
	cs_report_keyed(d->r, d->rungs, (const char *const[]){"*", "*", rung})[3].i++;
	cs_report_keyed(d->r, d->rungs, (const char *const[]){kind, unit, rung})[3].i++;
	return 0;
}

static int add_calls(struct day *d, struct cs_stock_count *c, cs_time to, struct cs_err *e)
{
	struct cs_stmt *walk = cs_fig_due_walk(c->s->db, to, e);
	struct cs_fig_due call;
	int rc = -1;

	while (walk && (rc = cs_fig_due_next(walk, &call, e)) == 1) {
		if (!cs_stock_covers(c, call.unit, call.place))
			continue;
		cs_report_keyed(d->r, d->stock, (const char *const[]){"*", "*"})[CALLS].i++;
		cs_report_keyed(d->r, d->stock,
				(const char *const[]){call.kind,
						      cs_report_unit_code(c->s, call.unit)})[CALLS]
			.i++;
	}
	return rc;
}

static void add_stock(struct day *d, const struct cs_stock_count *c, enum cs_by by)
{
	const struct cs_stock_by *b = &c->by[by];

	for (size_t g = 0; g < b->group.count; g++) {
		const struct cs_stock *k = &b->stock[g];
		struct cs_value *cell;

		if (!(k->carried_in | k->opened | k->reopened | k->moved_in | k->closed | k->merged | k->moved_out |
		      k->carried_out))
			continue;
		cell = cs_report_keyed(
			d->r, d->stock,
			(const char *const[]){cs_stock_key(c, by, g, false).s,
					      by == CS_BY_ALL ? "*"
							      : cs_stock_key(c, by, g, true).s});
		cell[2] = CS_I(k->carried_in);
		cell[3] = CS_I(k->opened);
		cell[4] = CS_I(k->reopened);
		cell[5] = CS_I(k->moved_in);
		cell[6] = CS_I(k->closed);
		cell[7] = CS_I(k->merged);
		cell[8] = CS_I(k->moved_out);
		cell[9] = CS_I(k->carried_out);
	}
}

static int count_day(struct cs_session *s, const struct cs_report_ask *ask, struct cs_report *r,
		     struct cs_err *e)
{
	struct cs_stock_count c = {
		.s = s, .ask = ask, .wanted = {[CS_BY_ALL] = true, [CS_BY_KIND_UNIT] = true}};
	struct day d = {.r = r};
	int rc;

	d.stock = cs_report_add(r, &stock_shape);
	d.rungs = cs_report_add(r, &rung_shape);
	cs_report_keyed(r, d.stock, (const char *const[]){"*", "*"});
	rc = cs_stock_walk(s, &c, ask->period.from, ask->period.to, CS_FIG_CLOCKS | CS_FIG_RUNGS,
			   add_ticket, &d, e);
	if (rc == 0) {
		add_stock(&d, &c, CS_BY_ALL);
		add_stock(&d, &c, CS_BY_KIND_UNIT);
		rc = add_calls(&d, &c, ask->period.to, e);
	}
	cs_report_sort(d.stock, 0);
	cs_report_sort(d.rungs, 0);
	cs_stock_free(&c);
	return rc;
}

const struct cs_report_def cs_report_daily = {
	.name = "daily",
	.about = "the day's stock-take by kind and unit: came in, reopened, closed, open, overdue "
		 "by rung, call-backs due",
	.shape = shapes,
	.shape_count = sizeof shapes / sizeof *shapes,
	.count = count_day,
};
