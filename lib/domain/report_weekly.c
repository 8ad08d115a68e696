/* The week: complaints, requests, and what had to be put right (客户投诉、报事、整改周报, S3-4-25). */
#include <stdlib.h>
#include <string.h>

#include "domain/report_overdue.h"

#define COLUMNS(list) (list), sizeof(list) / sizeof *(list)
#define FIGURES \
	{"carried_in", CS_FIGURE_COUNT}, {"opened", CS_FIGURE_COUNT}, {"reopened", CS_FIGURE_COUNT}, \
		{"moved_in", CS_FIGURE_COUNT}, {"closed", CS_FIGURE_COUNT}, {"merged", CS_FIGURE_COUNT}, \
		{"moved_out", CS_FIGURE_COUNT}, {"carried_out", CS_FIGURE_COUNT}, {"on_time", CS_FIGURE_COUNT}, \
		{"late", CS_FIGURE_COUNT}, \
	{ \
		"overdue", CS_FIGURE_COUNT \
	}
#define SAYS \
	"carried in + opened + reopened + moved in = closed + merged + moved out + carried out; on time, late: " \
	"main clocks stopped; overdue of carried out"

static const struct cs_report_column class_columns[] = {{"project", CS_FIGURE_KEY}, {"class", CS_FIGURE_KEY}, FIGURES};
static const struct cs_report_column what_columns[] = {{"project", CS_FIGURE_KEY}, {"what", CS_FIGURE_KEY}, FIGURES};
static const struct cs_report_shape complaint_shape = {"complaints", SAYS, COLUMNS(class_columns), 2};
static const struct cs_report_shape request_shape = {"requests", SAYS, COLUMNS(class_columns), 2};
static const struct cs_report_shape rectification_shape = {
	"rectification",
	"came back: complaints and requests reopened or reworked; problem: found at call-backs; finding: of "
	"inspections; columns as above",
	COLUMNS(what_columns), 2};
static const struct cs_report_shape *const shapes[] = {&complaint_shape, &request_shape, &rectification_shape};
enum { SHEETS = sizeof shapes / sizeof *shapes, COMPLAINTS = 0, REQUESTS, RECTIFICATION };

/* Behind the stock of the same group. */
struct verdicts {
	int64_t on_time, late, overdue;
};
struct sheet {
	struct cs_stock_by stock;
	struct verdicts *verdict;
	size_t size;
};
struct week {
	struct sheet sheet[SHEETS];
	bool *problem; /* by code: a link from a ticket that a call-back opened */
	size_t problem_count;
	int came_back, finding, found;
	struct cs_fig_stay *stay; /* those of a ticket that came back */
	size_t stay_size;
};

/* --- groups ---------------------------------------------------------------------------------- */

static const struct cs_group everything = {-1, -1};

static struct cs_group all_key(struct cs_stock_count *c, const struct cs_fig_ticket *t, const struct cs_fig_stay *stay)
{
	(void)c;
	(void)t;
	(void)stay;
	return everything;
}

static struct cs_group class_key(struct cs_stock_count *c, const struct cs_fig_ticket *t,
				 const struct cs_fig_stay *stay)
{
	return (struct cs_group){cs_report_level_unit(c->s, stay->unit, t->place), t->specialty};
}

/* What a rectification is stands where tickets have their class. */
static void set_what(struct cs_fig_ticket *t, int what)
{
	t->specialty = what;
}

static struct verdicts *verdicts_at(struct sheet *sheet, struct cs_group of)
{
	const struct cs_stock *stock = cs_stock_at(&sheet->stock, of);
	size_t at = (size_t)(stock - sheet->stock.stock);

	if (at >= sheet->size) {
		size_t old = sheet->size;

		sheet->size = 2 * at + 16;
		sheet->verdict = cs_realloc(sheet->verdict, sheet->size * sizeof *sheet->verdict);
		memset(sheet->verdict + old, 0, (sheet->size - old) * sizeof *sheet->verdict);
	}
	return &sheet->verdict[at];
}

/* --- counting -------------------------------------------------------------------------------- */

static bool within(const struct cs_period *p, int64_t at)
{
	return at != CS_NULL && at >= p->from && at < p->to;
}

/* Main clocks that stopped in the period, where the ticket stood then. */
static void add_verdicts(struct cs_stock_count *c, struct sheet *sheet, const struct cs_fig_ticket *t, bool came_back)
{
	const struct cs_kind *kind = cs_policy_kind(c->s->policy, c->codes.text[t->kind]);
	int main_clock = kind ? cs_code_number(&c->codes, kind->main_clock->id) : 0;

	for (size_t i = 0; main_clock && i < t->clock_count; i++) {
		const struct cs_fig_clock *k = &t->clock[i];
		const struct cs_fig_stay *stay;

		if (k->clock != main_clock || !within(&c->ask->period, k->stop_at) || (came_back && k->cycle < 2) ||
		    (k->verdict != CS_FIG_MET && k->verdict != CS_FIG_LATE))
			continue;
		stay = cs_stay_at(t, k->stop_at);
		if (!stay || !cs_stock_covers(c, stay->unit, t->place))
			continue;
		for (int total = 0; total < 2; total++) {
			struct verdicts *v = verdicts_at(sheet, total ? everything : class_key(c, t, stay));

			++*(k->verdict == CS_FIG_MET ? &v->on_time : &v->late);
		}
	}
}

static void add(struct cs_stock_count *c, struct sheet *sheet, const struct cs_fig_ticket *t, bool came_back)
{
	struct cs_overdue o;

	cs_stock_add_to(c, &sheet->stock, t, all_key);
	cs_stock_add_to(c, &sheet->stock, t, class_key);
	add_verdicts(c, sheet, t, came_back);
	if (!cs_overdue_at(c, t, &o) || !cs_stock_covers(c, o.stay->unit, t->place))
		return;
	verdicts_at(sheet, everything)->overdue++;
	verdicts_at(sheet, class_key(c, t, o.stay))->overdue++;
}

/* The stays from each return into stock until it is done again. */
static void add_came_back(struct cs_stock_count *c, struct week *w, const struct cs_fig_ticket *t)
{
	struct cs_fig_ticket back = *t;
	bool in = false;

	back.stay_count = 0;
	for (size_t i = 0; i < t->stay_count; i++) {
		if (t->stay[i].entered != CS_FIG_MOVED)
			in = t->stay[i].entered == CS_FIG_REOPENED;
		if (!in)
			continue;
		if (back.stay_count == w->stay_size) {
			w->stay_size = 2 * w->stay_size + 8;
			w->stay = cs_realloc(w->stay, w->stay_size * sizeof *w->stay);
		}
		w->stay[back.stay_count++] = t->stay[i];
	}
	back.stay = w->stay;
	set_what(&back, w->came_back);
	if (back.stay_count)
		add(c, &w->sheet[RECTIFICATION], &back, true);
}

static bool is_found(const struct week *w, const struct cs_fig_ticket *t)
{
	for (size_t i = 0; i < t->link_count; i++)
		if ((size_t)t->link[i] < w->problem_count && w->problem[t->link[i]])
			return true;
	return false;
}

static int add_ticket(struct cs_stock_count *c, const struct cs_fig_ticket *t, void *arg)
{
	const struct cs_reports *rules = &c->s->policy->reports;
	const char *kind = c->codes.text[t->kind];
	struct cs_fig_ticket as = *t;
	struct week *w = arg;
	bool complaint = cs_ids_has(&rules->complaints, kind), request = cs_ids_has(&rules->requests, kind);

	if (complaint)
		add(c, &w->sheet[COMPLAINTS], t, false);
	if (request)
		add(c, &w->sheet[REQUESTS], t, false);
	if (complaint || request)
		add_came_back(c, w, t);
	set_what(&as, cs_ids_has(&rules->findings, kind) ? w->finding : w->found);
	if (as.specialty == w->finding || is_found(w, t))
		add(c, &w->sheet[RECTIFICATION], &as, false);
	return 0;
}

/* --- the tables ------------------------------------------------------------------------------ */

static void put(struct cs_report *r, struct cs_stock_count *c, struct sheet *sheet, const struct cs_report_shape *shape)
{
	struct cs_report_table *t = cs_report_add_level(c->s, r, shape);

	verdicts_at(sheet, everything); /* the total is there when nothing is */
	for (size_t g = 0; g < sheet->stock.group.count; g++) {
		const struct cs_group of = sheet->stock.group.item[g];
		bool total = of.a == everything.a && of.b == everything.b;
		struct verdicts v = *verdicts_at(sheet, of);
		const struct cs_stock *k = &sheet->stock.stock[g];
		struct cs_value *cell;

		if (!total && !(k->carried_in | k->opened | k->reopened | k->moved_in | k->closed | k->merged |
				k->moved_out | k->carried_out | v.on_time | v.late))
			continue;
		cell = cs_report_row(r, t);
		cell[0] = total ? CS_S("*") : cs_report_key(cs_report_unit_code(c->s, of.a));
		cell[1] = total ? CS_S("*") : cs_report_key(of.b ? c->codes.text[of.b] : NULL);
		cell[2] = CS_I(k->carried_in);
		cell[3] = CS_I(k->opened);
		cell[4] = CS_I(k->reopened);
		cell[5] = CS_I(k->moved_in);
		cell[6] = CS_I(k->closed);
		cell[7] = CS_I(k->merged);
		cell[8] = CS_I(k->moved_out);
		cell[9] = CS_I(k->carried_out);
		cell[10] = CS_I(v.on_time);
		cell[11] = CS_I(v.late);
		cell[12] = CS_I(v.overdue);
	}
	cs_report_sort(t, 0);
}

static void read_links(struct week *w, struct cs_stock_count *c)
{
	const struct cs_policy *p = c->s->policy;

	for (size_t i = 0; i < p->callback_count; i++) {
		const char *link = p->callback[i].problem_link;
		size_t code = link ? (size_t)cs_code_number(&c->codes, link) : 0;

		if (!code)
			continue;
		if (!w->problem || code >= w->problem_count) {
			w->problem = cs_realloc(w->problem, (code + 1) * sizeof *w->problem);
			memset(w->problem + w->problem_count, 0, code + 1 - w->problem_count);
			w->problem_count = code + 1;
		}
		w->problem[code] = true;
	}
}

static int count_week(struct cs_session *s, const struct cs_report_ask *ask, struct cs_report *r, struct cs_err *e)
{
	struct cs_stock_count c = {.s = s, .ask = ask};
	struct week w = {0};
	int rc = cs_report_need_complaints(s, r->def, e);

	if (rc == 0) {
		w.came_back = cs_code_number(&c.codes, "came_back");
		w.finding = cs_code_number(&c.codes, "finding");
		w.found = cs_code_number(&c.codes, "problem");
		read_links(&w, &c);
		rc = cs_stock_walk(s, &c, ask->period.from, ask->period.to, CS_FIG_CLOCKS | CS_FIG_LINKS, add_ticket,
				   &w, e);
	}
	for (size_t i = 0; i < SHEETS; i++) {
		if (rc == 0)
			put(r, &c, &w.sheet[i], shapes[i]);
		cs_stock_by_free(&w.sheet[i].stock);
		free(w.sheet[i].verdict);
	}
	cs_report_keep(r);
	free(w.problem);
	free(w.stay);
	cs_stock_free(&c);
	return rc;
}

const struct cs_report_def cs_report_weekly = {
	.name = "weekly",
	.about = "complaints, requests and what had to be put right, by project and class",
	.shape = shapes,
	.shape_count = SHEETS,
	.needs_period = true,
	.count = count_week,
};
