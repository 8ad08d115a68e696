/* The month: stock, on-time rates, times, escalations, scores. */
#include <stdlib.h>
#include <string.h>

#include "base/rank.h"
#include "domain/report_stock.h"

#define COLUMNS(list) (list), sizeof(list) / sizeof *(list)

static const struct cs_report_column stock_columns[] = {
	{"by", CS_FIGURE_KEY},           {"group", CS_FIGURE_KEY},
	{"carried_in", CS_FIGURE_COUNT}, {"opened", CS_FIGURE_COUNT},
	{"reopened", CS_FIGURE_COUNT},   {"moved_in", CS_FIGURE_COUNT},
	{"closed", CS_FIGURE_COUNT},     {"merged", CS_FIGURE_COUNT},
	{"moved_out", CS_FIGURE_COUNT},  {"carried_out", CS_FIGURE_COUNT},
};
static const struct cs_report_shape stock_shape = {
	"stock", "carried in + opened + reopened + moved in = closed + merged + moved out + carried out",
	COLUMNS(stock_columns), 2};

static const struct cs_report_column clock_columns[] = {
	{"kind", CS_FIGURE_KEY},           {"clock", CS_FIGURE_KEY},          {"met", CS_FIGURE_COUNT},
	{"stopped", CS_FIGURE_COUNT},      {"on_time", CS_FIGURE_PERCENT},    {"late", CS_FIGURE_COUNT},
	{"open_overdue", CS_FIGURE_COUNT}, {"open_in_time", CS_FIGURE_COUNT}, {"void", CS_FIGURE_COUNT},
	{"extended", CS_FIGURE_COUNT},
};
static const struct cs_report_shape clock_shape = {
	"clocks",
	"on time: met of stopped (met and late); running and void ones apart; extended: of all these, by approval",
	COLUMNS(clock_columns), 2};

static const struct cs_report_column time_columns[] = {
	{"by", CS_FIGURE_KEY},
	{"group", CS_FIGURE_KEY},
	{"responded", CS_FIGURE_COUNT},
	{"unanswered", CS_FIGURE_COUNT},
	{"response_mean_s", CS_FIGURE_SECONDS},
	{"response_median_s", CS_FIGURE_SECONDS},
	{"response_p90_s", CS_FIGURE_SECONDS},
	{"closed", CS_FIGURE_COUNT},
	{"open", CS_FIGURE_COUNT},
	{"resolution_mean_s", CS_FIGURE_SECONDS},
	{"resolution_median_s", CS_FIGURE_SECONDS},
	{"resolution_p90_s", CS_FIGURE_SECONDS},
};
static const struct cs_report_shape time_shape = {
	"times",
	"from registration to the first response, and to closing; median and 90th percentile by "
	"nearest rank",
	COLUMNS(time_columns), 2};

static const struct cs_report_column rung_columns[] = {
	{"kind", CS_FIGURE_KEY},    {"clock", CS_FIGURE_KEY},  {"rung", CS_FIGURE_KEY},
	{"fired", CS_FIGURE_COUNT}, {"moot", CS_FIGURE_COUNT}, {"imported", CS_FIGURE_COUNT},
};
static const struct cs_report_shape rung_shape = {
	"rungs",
	"escalations; moot: the clock had stopped before, as it turned out; imported: passed "
	"before the import",
	COLUMNS(rung_columns), 3};

static const struct cs_report_column score_columns[] = {
	{"kind", CS_FIGURE_KEY},      {"purpose", CS_FIGURE_KEY},     {"done", CS_FIGURE_COUNT},
	{"scored", CS_FIGURE_COUNT},  {"mean", CS_FIGURE_HUNDREDTHS}, {"score_1", CS_FIGURE_COUNT},
	{"score_2", CS_FIGURE_COUNT}, {"score_3", CS_FIGURE_COUNT},   {"score_4", CS_FIGURE_COUNT},
	{"score_5", CS_FIGURE_COUNT}, {"exempt", CS_FIGURE_COUNT},    {"refused", CS_FIGURE_COUNT},
	{"dropped", CS_FIGURE_COUNT},
};
static const struct cs_report_shape score_shape = {"scores", "call-backs ended in the period",
						   COLUMNS(score_columns), 2};

static const struct cs_report_shape *const shapes[] = {&stock_shape, &clock_shape, &time_shape,
						       &rung_shape, &score_shape};

static const enum cs_by dimensions[] = {CS_BY_ALL, CS_BY_KIND, CS_BY_CATEGORY, CS_BY_UNIT,
					CS_BY_CHANNEL};
static const char *const dimension_names[] = {"all", "kind", "category", "unit", "channel"};
enum { DIMENSIONS = sizeof dimensions / sizeof *dimensions, GROUPS_MAX = UINT16_MAX, SCORES = 5 };

/* A duration and the groups it counts in (of dimensions 1 and up; all count in 0). */
struct sample {
	int32_t seconds;
	uint16_t group[DIMENSIONS - 1];
};
struct samples {
	struct sample *item;
	size_t count, size;
};
struct clock_figures {
	int64_t met, late, voided, open_overdue, open_in_time, extended;
	bool seen, counts; /* seen: not only by its rungs */
};
struct rung_figures {
	int64_t fired, moot, imported;
};
struct score_figures {
	int64_t done, scored, sum, score[SCORES], exempt, refused, dropped;
};
struct month {
	struct cs_session *s;
	const struct cs_report_ask *ask;
	struct samples response, resolution;
	int64_t *unanswered[DIMENSIONS]; /* by group */
	size_t unanswered_size[DIMENSIONS];
	struct cs_groups clock; /* kind and clock */
	struct clock_figures *clocks;
	size_t clocks_size;
	struct cs_groups rung; /* group of its clock, and rung */
	struct rung_figures *rungs;
	size_t rungs_size;
	struct cs_groups score; /* kind and purpose */
	struct score_figures *scores;
	size_t scores_size;
	int done, exempt, refused; /* codes */
	struct cs_err *e;
};

/* --- collecting ------------------------------------------------------------------------------ */

static int add_sample(struct month *m, struct samples *list, struct cs_stock_count *c,
		      const struct cs_fig_ticket *t, const struct cs_fig_stay *stay,
		      int64_t seconds)
{
	struct sample *one;

	if (list->count == list->size) {
		list->size = list->size ? 2 * list->size : 1024;
		list->item = cs_realloc(list->item, list->size * sizeof *list->item);
	}
	one = &list->item[list->count++];
	one->seconds = (int32_t)(seconds < 0 ? 0 : seconds > INT32_MAX ? INT32_MAX : seconds);
	for (size_t i = 1; i < DIMENSIONS; i++) {
		size_t group = cs_stock_group(c, dimensions[i], t, stay);

		if (group > GROUPS_MAX)
			return cs_fail(m->e, CS_CONFIG, "more than %d groups by %s", GROUPS_MAX,
				       dimension_names[i]);
		one->group[i - 1] = (uint16_t)group;
	}
	return 0;
}

static bool within(const struct cs_period *p, int64_t at)
{
	return at != CS_NULL && at >= p->from && at < p->to;
}

/* Each closing counts where the ticket stood then, from the opening or reopening that it ends. */
static int add_resolution(struct month *m, struct cs_stock_count *c, const struct cs_fig_ticket *t)
{
	int64_t since = 0;

	for (size_t i = 0; i < t->stay_count; i++) {
		const struct cs_fig_stay *stay = &t->stay[i];

		if (stay->entered != CS_FIG_MOVED || i == 0)
			since = stay->from_at;
		if (stay->left != CS_FIG_DONE || !within(&m->ask->period, stay->to_at) ||
		    !cs_stock_covers(c, stay->unit, t->place))
			continue;
		if (add_sample(m, &m->resolution, c, t, stay, stay->to_at - since) < 0)
			return -1;
	}
	return 0;
}

/* Figures of one more group: `items` holds `*size` of them, zeroed. */
static void *more(void *items, size_t at, size_t *size, size_t item)
{
	size_t old = *size;

	if (at < old)
		return items;
	*size = 2 * at + 16;
	items = cs_realloc(items, *size * item);
	memset((char *)items + old * item, 0, (*size - old) * item);
	return items;
}

static void add_unanswered(struct month *m, struct cs_stock_count *c, const struct cs_fig_ticket *t)
{
	const struct cs_fig_stay *stay = NULL;

	for (size_t i = 0; i < t->stay_count && !stay; i++)
		if (cs_stay_holds(&t->stay[i], m->ask->period.to) && cs_stock_covers(c, t->stay[i].unit, t->place))
			stay = &t->stay[i];
	for (size_t i = 0; stay && i < DIMENSIONS; i++) {
		size_t group = cs_stock_group(c, dimensions[i], t, stay);

		m->unanswered[i] = more(m->unanswered[i], group, &m->unanswered_size[i],
					sizeof *m->unanswered[i]);
		m->unanswered[i][group]++;
	}
}

static int add_response(struct month *m, struct cs_stock_count *c, const struct cs_fig_ticket *t)
{
	const struct cs_fig_stay *stay;

	if (t->responded_at == CS_NULL || t->responded_at >= m->ask->period.to)
		add_unanswered(m, c, t);
	if (!within(&m->ask->period, t->responded_at))
		return 0;
	stay = cs_stay_at(t, t->responded_at);
	if (!stay || !cs_stock_covers(c, stay->unit, t->place))
		return 0;
	return add_sample(m, &m->response, c, t, stay, t->responded_at - t->opened_at);
}

static size_t clock_group(struct month *m, const struct cs_stock_count *c, int kind, int clock)
{
	size_t known = m->clock.count, at = cs_group_of(&m->clock, kind, clock);
	const struct cs_kind *k;
	const struct cs_clock *def;

	if (at < known)
		return at;
	m->clocks = more(m->clocks, at, &m->clocks_size, sizeof *m->clocks);
	k = cs_policy_kind(m->s->policy, c->codes.text[kind]);
	def = k ? cs_kind_clock(k, c->codes.text[clock]) : NULL;
	m->clocks[at].counts = !def || def->counts;
	return at;
}

static bool stood_covered(struct cs_stock_count *c, const struct cs_fig_ticket *t, cs_time at)
{
	const struct cs_fig_stay *stay = cs_stay_at(t, at);

	return cs_stock_covers(c, stay ? stay->unit : t->unit, t->place);
}

/* Clocks that stopped in the period; and those that run at its end, of tickets in stock then or
   closed in it. */
static void add_clocks(struct month *m, struct cs_stock_count *c, const struct cs_fig_ticket *t)
{
	const struct cs_period *p = &m->ask->period;
	bool here = false;

	for (size_t i = 0; i < t->stay_count; i++)
		here = here || cs_stay_holds(&t->stay[i], p->to) ||
		       (t->stay[i].left == CS_FIG_DONE && within(p, t->stay[i].to_at));
	for (size_t i = 0; i < t->clock_count; i++) {
		const struct cs_fig_clock *k = &t->clock[i];
		bool stopped = k->stop_at != CS_NULL && k->stop_at < p->to;
		struct clock_figures *f;
		size_t at;

		if (stopped ? k->stop_at < p->from : !here || k->start_at >= p->to)
			continue;
		if (!stood_covered(c, t, stopped ? k->stop_at : p->to))
			continue;
		at = clock_group(m, c, t->kind, k->clock);
		f = &m->clocks[at];
		f->seen = true;
		f->extended += k->extended;
		if (!stopped && ((k->due_at != CS_NULL && k->due_at < m->ask->edge) ||
				 (k->missed_due != CS_NULL && k->missed_due < m->ask->edge)))
			f->open_overdue++;
		else if (!stopped)
			f->open_in_time++;
		else if (k->verdict == CS_FIG_VOID)
			f->voided++;
		else if (k->verdict == CS_FIG_LATE)
			f->late++;
		else
			f->met++;
	}
}

static void add_rungs(struct month *m, struct cs_stock_count *c, const struct cs_fig_ticket *t)
{
	for (size_t i = 0; i < t->rung_count; i++) {
		const struct cs_fig_rung *r = &t->rung[i];
		size_t at;

		if (!within(&m->ask->period, r->at) || !stood_covered(c, t, r->at))
			continue;
		at = cs_group_of(&m->rung, (int64_t)clock_group(m, c, t->kind, r->clock), r->rung);
		m->rungs = more(m->rungs, at, &m->rungs_size, sizeof *m->rungs);
		if (r->imported)
			m->rungs[at].imported++;
		else if (r->moot)
			m->rungs[at].moot++;
		else
			m->rungs[at].fired++;
	}
}

static void add_calls(struct month *m, struct cs_stock_count *c, const struct cs_fig_ticket *t)
{
	for (size_t i = 0; i < t->call_count; i++) {
		const struct cs_fig_call *call = &t->call[i];
		struct score_figures *f;
		size_t at;

		if (!within(&m->ask->period, call->done_at) || !stood_covered(c, t, call->done_at))
			continue;
		at = cs_group_of(&m->score, t->kind, call->purpose);
		m->scores = more(m->scores, at, &m->scores_size, sizeof *m->scores);
		f = &m->scores[at];
		if (call->state != m->done) {
			++*(call->state == m->exempt    ? &f->exempt
			    : call->state == m->refused ? &f->refused
							: &f->dropped);
			continue;
		}
		f->done++;
		if (call->score >= 1 && call->score <= SCORES) {
			f->scored++;
			f->sum += call->score;
			f->score[call->score - 1]++;
		}
	}
}

static int add_ticket(struct cs_stock_count *c, const struct cs_fig_ticket *t, void *arg)
{
	struct month *m = arg;

	add_clocks(m, c, t);
	add_rungs(m, c, t);
	add_calls(m, c, t);
	return add_response(m, c, t) < 0 || add_resolution(m, c, t) < 0 ? -1 : 0;
}

/* --- times ----------------------------------------------------------------------------------- */

/* Mean (to the nearest second), median and 90th percentile. */
static void three(int32_t *v, size_t n, struct cs_value *cell)
{
	int64_t sum = 0, count = (int64_t)n;

	if (n == 0)
		return;
	for (size_t i = 0; i < n; i++)
		sum += v[i];
	cell[0] = CS_I((2 * sum + count) / (2 * count));
	cell[1] = CS_I((int64_t)cs_rank_percentile(v, n, 50));
	cell[2] = CS_I((int64_t)cs_rank_percentile(v, n, 90));
}

/* Puts the durations of each group side by side; start[g] to start[g + 1] are those of group g. */
static void arrange(const struct samples *list, size_t dimension, size_t groups, int32_t *to,
		    size_t *start)
{
	memset(start, 0, (groups + 2) * sizeof *start);
	for (size_t i = 0; i < list->count; i++)
		start[(dimension ? list->item[i].group[dimension - 1] : 0U) + 2U]++;
	for (size_t g = 2; g < groups + 2; g++)
		start[g] += start[g - 1];
	for (size_t i = 0; i < list->count; i++)
		to[start[(dimension ? list->item[i].group[dimension - 1] : 0U) + 1U]++] =
			list->item[i].seconds;
}

static void put_times(struct cs_report *r, struct month *m, struct cs_stock_count *c,
		      struct cs_report_table *t)
{
	int32_t *response = cs_alloc((m->response.count + 1) * sizeof *response);
	int32_t *resolution = cs_alloc((m->resolution.count + 1) * sizeof *resolution);

	for (size_t i = 0; i < DIMENSIONS; i++) {
		struct cs_stock_by *by = &c->by[dimensions[i]];
		size_t first = t->row_count, groups = by->group.count;
		size_t *a = cs_alloc((groups + 2) * sizeof *a),
		       *b = cs_alloc((groups + 2) * sizeof *b);

		arrange(&m->response, i, groups, response, a);
		arrange(&m->resolution, i, groups, resolution, b);
		for (size_t g = 0; g < groups; g++) {
			size_t responded = a[g + 1] - a[g], closed = b[g + 1] - b[g];
			int64_t unanswered = g < m->unanswered_size[i] ? m->unanswered[i][g] : 0;
			struct cs_value *cell;

			if (!responded && !closed && !unanswered && !by->stock[g].carried_out &&
			    dimensions[i] != CS_BY_ALL)
				continue;
			cell = cs_report_row(r, t);
			cell[0] = CS_S(dimension_names[i]);
			cell[1] = cs_stock_key(c, dimensions[i], g, false);
			cell[2] = CS_I((int64_t)responded);
			cell[3] = CS_I(unanswered);
			three(response + a[g], responded, cell + 4);
			cell[7] = CS_I((int64_t)closed);
			cell[8] = CS_I(by->stock[g].carried_out);
			three(resolution + b[g], closed, cell + 9);
		}
		free(a);
		free(b);
		cs_report_sort(t, first);
	}
	free(response);
	free(resolution);
}

/* --- the other tables ------------------------------------------------------------------------ */

static void put_stock(struct cs_report *r, const struct cs_stock_count *c,
		      struct cs_report_table *t)
{
	for (size_t i = 0; i < DIMENSIONS; i++) {
		const struct cs_stock_by *by = &c->by[dimensions[i]];
		size_t first = t->row_count;

		for (size_t g = 0; g < by->group.count; g++) {
			const struct cs_stock *k = &by->stock[g];
			struct cs_value *cell;

			if (dimensions[i] != CS_BY_ALL && !(k->carried_in | k->opened | k->reopened | k->moved_in |
							    k->closed | k->merged | k->moved_out | k->carried_out))
				continue;
			cell = cs_report_row(r, t);
			cell[0] = CS_S(dimension_names[i]);
			cell[1] = cs_stock_key(c, dimensions[i], g, false);
			cell[2] = CS_I(k->carried_in);
			cell[3] = CS_I(k->opened);
			cell[4] = CS_I(k->reopened);
			cell[5] = CS_I(k->moved_in);
			cell[6] = CS_I(k->closed);
			cell[7] = CS_I(k->merged);
			cell[8] = CS_I(k->moved_out);
			cell[9] = CS_I(k->carried_out);
		}
		cs_report_sort(t, first);
	}
}

static void put_clocks(struct cs_report *r, const struct month *m, const struct cs_stock_count *c,
		       struct cs_report_table *t)
{
	for (size_t i = 0; i < m->clock.count; i++) {
		const struct clock_figures *f = &m->clocks[i];
		struct cs_value *cell;

		if (!f->seen || !f->counts)
			continue;
		cell = cs_report_row(r, t);
		cell[0] = CS_S(c->codes.text[m->clock.item[i].a]);
		cell[1] = CS_S(c->codes.text[m->clock.item[i].b]);
		cell[2] = CS_I(f->met);
		cell[3] = CS_I(f->met + f->late);
		cell[4] = cs_report_percent(f->met, f->met + f->late);
		cell[5] = CS_I(f->late);
		cell[6] = CS_I(f->open_overdue);
		cell[7] = CS_I(f->open_in_time);
		cell[8] = CS_I(f->voided);
		cell[9] = CS_I(f->extended);
	}
	cs_report_sort(t, 0);
}

static void put_rungs(struct cs_report *r, const struct month *m, const struct cs_stock_count *c,
		      struct cs_report_table *t)
{
	for (size_t i = 0; i < m->rung.count; i++) {
		const struct cs_group *of = &m->clock.item[m->rung.item[i].a];
		struct cs_value *cell = cs_report_row(r, t);

		cell[0] = CS_S(c->codes.text[of->a]);
		cell[1] = CS_S(c->codes.text[of->b]);
		cell[2] = CS_S(c->codes.text[m->rung.item[i].b]);
		cell[3] = CS_I(m->rungs[i].fired);
		cell[4] = CS_I(m->rungs[i].moot);
		cell[5] = CS_I(m->rungs[i].imported);
	}
	cs_report_sort(t, 0);
}

static void put_scores(struct cs_report *r, const struct month *m, const struct cs_stock_count *c,
		       struct cs_report_table *t)
{
	for (size_t i = 0; i < m->score.count; i++) {
		const struct score_figures *f = &m->scores[i];
		struct cs_value *cell = cs_report_row(r, t);

		cell[0] = CS_S(c->codes.text[m->score.item[i].a]);
		cell[1] = cs_report_key(c->codes.text[m->score.item[i].b]);
		cell[2] = CS_I(f->done);
		cell[3] = CS_I(f->scored);
		if (f->scored)
			cell[4] = CS_I((100 * f->sum + f->scored / 2) / f->scored);
		for (size_t k = 0; k < SCORES; k++)
			cell[5 + k] = CS_I(f->score[k]);
		cell[10] = CS_I(f->exempt);
		cell[11] = CS_I(f->refused);
		cell[12] = CS_I(f->dropped);
	}
	cs_report_sort(t, 0);
}

static int count_month(struct cs_session *s, const struct cs_report_ask *ask, struct cs_report *r,
		       struct cs_err *e)
{
	struct month m = {.s = s, .ask = ask, .e = e};
	struct cs_stock_count c = {.s = s, .ask = ask};
	int rc;

	for (size_t i = 0; i < DIMENSIONS; i++)
		c.wanted[dimensions[i]] = true;
	m.done = cs_code_number(&c.codes, "done");
	m.exempt = cs_code_number(&c.codes, "exempt");
	m.refused = cs_code_number(&c.codes, "refused");
	cs_stock_group(&c, CS_BY_ALL, NULL, NULL); /* the total is there when nothing is */
	rc = cs_stock_walk(s, &c, ask->period.from, ask->period.to,
			   CS_FIG_CLOCKS | CS_FIG_RUNGS | CS_FIG_CALLS, add_ticket, &m, e);
	if (rc == 0) {
		put_stock(r, &c, cs_report_add(r, &stock_shape));
		put_clocks(r, &m, &c, cs_report_add(r, &clock_shape));
		put_times(r, &m, &c, cs_report_add(r, &time_shape));
		put_rungs(r, &m, &c, cs_report_add(r, &rung_shape));
		put_scores(r, &m, &c, cs_report_add(r, &score_shape));
	}
	cs_report_keep(r); /* keys are codes of the walk */
	for (size_t i = 0; i < DIMENSIONS; i++)
		free(m.unanswered[i]);
	free(m.response.item);
	free(m.resolution.item);
	free(m.clocks);
	free(m.rungs);
	free(m.scores);
	cs_groups_free(&m.clock);
	cs_groups_free(&m.rung);
	cs_groups_free(&m.score);
	cs_stock_free(&c);
	return rc;
}

const struct cs_report_def cs_report_monthly = {
	.name = "monthly",
	.about = "a period by kind, category, unit and channel: stock, on-time rates, times, "
		 "escalations, scores",
	.shape = shapes,
	.shape_count = sizeof shapes / sizeof *shapes,
	.needs_period = true,
	.count = count_month,
};
