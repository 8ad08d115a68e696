/* The numbered indicators (requirements 9.1, C10, C36, G23): numerator, denominator, target,
   verdict. */
#include <stdlib.h>
#include <string.h>

#include "domain/report_case.h"
#include "domain/report_sample.h"
#include "store/figures_call.h"

#define COLUMNS(list) (list), sizeof(list) / sizeof *(list)

static const struct cs_report_column indicator_columns[] = {
	{"indicator", CS_FIGURE_KEY},     {"source", CS_FIGURE_TEXT},
	{"over", CS_FIGURE_TEXT},         {"numerator", CS_FIGURE_COUNT},
	{"denominator", CS_FIGURE_COUNT}, {"percent", CS_FIGURE_PERCENT},
	{"wanted", CS_FIGURE_TEXT},       {"target", CS_FIGURE_PERCENT},
	{"verdict", CS_FIGURE_TEXT},      {"unanswered", CS_FIGURE_COUNT},
};
static const struct cs_report_shape indicator_shape = {
	"indicators",
	"over the drawn sample, else over all tickets closed in the period (sample, all)",
	COLUMNS(indicator_columns), 1};
static const struct cs_report_shape *const shapes[] = {&indicator_shape};

/* --- whom an indicator is about -------------------------------------------------------------- */

/* A ticket of the sample with the draw it comes from, or one of all (draw CS_NULL). */
struct member {
	int64_t ticket, unit, draw;
};
struct members {
	struct cs_arena *arena;
	struct member *item;
	size_t count, size;
};

static void add_member(struct members *l, const struct member *m)
{
	l->item = cs_arena_grow(l->arena, l->item, l->count, &l->size, sizeof *l->item);
	l->item[l->count++] = *m;
}

/* Adds those the walk gives, as far as the report covers them. */
static int read_members(struct cs_session *s, const struct cs_report_ask *ask, struct cs_stmt *walk,
			int64_t draw, struct members *out, struct cs_err *e)
{
	struct member m = {.draw = draw};
	int64_t place;
	int rc = -1;

	while (walk && (rc = cs_fig_member_next(walk, &m.ticket, &m.unit, &place, e)) == 1)
		if (cs_report_covers(s, ask, m.unit, place))
			add_member(out, &m);
	return rc;
}

/* Of the draws for one period the narrowest that holds all that is asked about is the sample: a unit
   that was drawn from once more would weigh more than others. Without one all parts together are. */
static bool is_sample_of(const struct cs_session *s, const struct cs_report_ask *ask,
			 const struct cs_report_draw *draw, size_t count, size_t at)
{
	const struct cs_report_draw *d = &draw[at];

	for (size_t i = 0; i < count; i++) {
		const struct cs_report_draw *o = &draw[i];

		if (i == at || o->period.from != d->period.from || o->period.to != d->period.to ||
		    !cs_report_draw_holds(s, ask, o))
			continue;
		if (!cs_report_draw_holds(s, ask, d) || (o->unit == d->unit && i > at) ||
		    (o->unit != d->unit &&
		     (d->unit == CS_NULL || (o->unit != CS_NULL && cs_org_below(&s->org, o->unit, d->unit)))))
			return false;
	}
	return true;
}

static int by_ticket(const void *a, const void *b)
{
	const struct member *x = a, *y = b;

	if (x->ticket != y->ticket)
		return x->ticket < y->ticket ? -1 : 1;
	return (x->draw < y->draw) - (x->draw > y->draw);
}

/* Each ticket once; of two draws that have it the later. */
static void keep_once(struct members *l)
{
	size_t n = 0;

	if (l->count)
		qsort(l->item, l->count, sizeof *l->item, by_ticket);
	for (size_t i = 0; i < l->count; i++)
		if (n == 0 || l->item[n - 1].ticket != l->item[i].ticket)
			l->item[n++] = l->item[i];
	l->count = n;
}

static int sampled(struct cs_session *s, const struct cs_report_ask *ask, const char *rule,
		   struct members *out, struct cs_err *e)
{
	struct cs_report_draw *draw;
	size_t count;

	if (!rule)
		return 0;
	if (cs_report_draws(s, &ask->period, rule, out->arena, &draw, &count, e) < 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		if (is_sample_of(s, ask, draw, count, i) &&
		    read_members(s, ask, cs_fig_members(s->db, draw[i].id, e), draw[i].id, out, e) <
			    0)
			return -1;
	keep_once(out);
	return 0;
}

static int everyone(struct cs_session *s, const struct cs_report_ask *ask, const char *kind,
		    struct members *out, struct cs_err *e)
{
	if (read_members(s, ask, cs_fig_closed(s->db, kind, ask->period.from, ask->period.to, e),
			 CS_NULL, out, e) < 0)
		return -1;
	keep_once(out);
	return 0;
}

/* --- what they say --------------------------------------------------------------------------- */

enum said { NOTHING, NO, YES };

static enum said answer_to(const char *answers, const char *question)
{
	bool yes;

	return !cs_report_said(answers, question, &yes) ? NOTHING : yes ? YES : NO;
}

static enum said said_in(const struct cs_indicator *def, const struct cs_fig_answer *c)
{
	if (strcmp(c->state, "done") != 0)
		return NOTHING;
	if (strcmp(def->measure, "response_timely") == 0)
		return answer_to(c->answers, def->question);
	if (c->score == CS_NULL)
		return NOTHING;
	if (strcmp(def->measure, "satisfied_rate") == 0)
		return c->score >= def->score ? YES : NO;
	return c->draw == CS_NULL ? YES : NOTHING; /* callback_rate: asked before the sample was */
}

/* The answer of the sample's own contact, else the last one given. */
static int ask_member(struct cs_session *s, const struct cs_indicator *def, const struct member *m,
		      enum said *out, struct cs_err *e)
{
	struct cs_stmt *walk = cs_fig_answers(s->db, m->ticket, e);
	enum said last = NOTHING, own = NOTHING;
	struct cs_fig_answer c;
	int rc = -1;

	while (walk && (rc = cs_fig_answer_next(walk, &c, e)) == 1) {
		enum said now = said_in(def, &c);

		if (now != NOTHING)
			last = now;
		if (now != NOTHING && m->draw != CS_NULL && c.draw == m->draw)
			own = now;
	}
	*out = own != NOTHING ? own : last;
	return rc;
}

/* --- the table ------------------------------------------------------------------------------- */

static bool is_counted(const struct cs_indicator *def)
{
	return def->kind && (strcmp(def->measure, "response_timely") == 0 ||
			     strcmp(def->measure, "callback_rate") == 0 ||
			     strcmp(def->measure, "satisfied_rate") == 0);
}

/* Over a sample every member counts, as the documents divide by 7. Over all tickets those who
   were not asked say nothing about promptness or content; they stand apart. */
static int count_members(struct cs_session *s, const struct cs_indicator *def,
			 const struct members *l, bool is_sample, struct cs_value *cell,
			 struct cs_err *e)
{
	int64_t yes = 0, unanswered = 0, of;

	for (size_t i = 0; i < l->count; i++) {
		enum said said;

		if (ask_member(s, def, &l->item[i], &said, e) < 0)
			return -1;
		yes += said == YES;
		unanswered += said == NOTHING;
	}
	of = (int64_t)l->count;
	if (!is_sample && strcmp(def->measure, "callback_rate") != 0)
		of -= unanswered;
	cell[2] = CS_S(is_sample ? "sample" : "all");
	cell[3] = CS_I(yes);
	cell[4] = CS_I(of);
	cell[5] = cs_report_percent(yes, of);
	cell[9] = CS_I(unanswered);
	return 0;
}

/* --- valid complaints (S3-9-1, S3-4-13) ------------------------------------------------------- */

static int add_valid(void *arg, const struct cs_fig_case *c, struct cs_err *e)
{
	int64_t *valid = arg;

	(void)e;
	*valid += !c->validity || strcmp(c->validity, CS_CASE_INVALID) != 0;
	return 0;
}

/* Does a unit above it, as far as the report covers, say how many there are? */
static bool is_counted_above(const struct cs_session *s, const struct cs_report_ask *ask, const struct cs_unit_row *u)
{
	for (const struct cs_unit_row *up = cs_org_unit(&s->org, u->parent);
	     up && cs_report_covers(s, ask, up->id, CS_NULL);
	     up = cs_org_unit(&s->org, up->parent))
		if (up->households != CS_NULL)
			return true;
	return false;
}

/* Of all units that are there at the end of the period; CS_NULL: nobody has said. */
static int64_t households(const struct cs_session *s, const struct cs_report_ask *ask)
{
	int64_t sum = CS_NULL;

	for (size_t i = 0; i < s->org.unit_count; i++) {
		const struct cs_unit_row *u = &s->org.unit[i];

		if (u->households == CS_NULL || !cs_report_covers(s, ask, u->id, CS_NULL) ||
		    (u->closed_at != CS_NULL && u->closed_at < ask->period.to) || is_counted_above(s, ask, u))
			continue;
		sum = (sum == CS_NULL ? 0 : sum) + u->households;
	}
	return sum;
}

static int count_valid(struct cs_session *s, const struct cs_report_ask *ask, const struct cs_indicator *def,
		       struct cs_value *cell, struct cs_err *e)
{
	const char *id[] = {def->kind};
	const struct cs_ids kinds = {id, 1};
	const int64_t all = households(s, ask);
	int64_t valid = 0;
	const struct cs_case_taker to = {add_valid, &valid};

	if (cs_cases_opened(s, ask, &ask->period, &kinds, &to, e) < 0)
		return -1;
	cell[2] = CS_S("all");
	cell[3] = CS_I(valid);
	if (all == CS_NULL)
		return 0;
	cell[4] = CS_I(all);
	cell[5] = cs_report_percent(valid, all);
	return 0;
}

/* The target is for periods of one length: figures of another are shown, but not judged. */
static const char *verdict(const struct cs_indicator *def, const struct cs_report_ask *ask,
			   const struct cs_value *cell)
{
	int64_t have, want;

	if (cell[4].type != CS_V_INT || cell[4].i == 0)
		return "no data";
	if (!def->has_target)
		return "no target";
	if (ask->period.unit != def->period)
		return "other period";
	have = cell[3].i * 10000;
	want = def->target * cell[4].i;
	return (def->at_least ? have >= want : have <= want) ? "met" : "missed";
}

static const char *sources(struct cs_arena *a, const struct cs_ids *ids)
{
	const char *text = ids->count ? ids->id[0] : NULL;

	for (size_t i = 1; i < ids->count; i++)
		text = cs_arena_printf(a, "%s %s", text, ids->id[i]);
	return text;
}

static int count_one(struct cs_session *s, const struct cs_report_ask *asked,
		     const struct cs_indicator *def, struct cs_report *r, struct cs_err *e)
{
	struct cs_report_ask own = *asked, *ask = &own;
	struct cs_arena a = {0};
	struct members l = {.arena = &a};
	struct cs_value *cell = cs_report_row(r, &r->table[0]);
	bool is_sample = true;
	int rc = 0;

	if (def->previous)
		cs_period_before(cs_session_zone(s), &asked->period, &own.period);
	cell[0] = CS_S(def->id);
	cell[1] = CS_S(sources(&r->arena, &def->source));
	if (is_counted(def)) {
		rc = sampled(s, ask, def->sample, &l, e);
		if (rc == 0 && l.count == 0) {
			is_sample = false;
			rc = everyone(s, ask, def->kind, &l, e);
		}
		if (rc == 0)
			rc = count_members(s, def, &l, is_sample, cell, e);
	} else if (def->kind && strcmp(def->measure, "valid_complaints_per_household") == 0) {
		rc = count_valid(s, ask, def, cell, e);
	}
	if (def->has_target) {
		cell[6] = CS_S(def->at_least ? "at least" : "at most");
		cell[7] = CS_I(def->target);
	}
	cell[8] = CS_S(verdict(def, ask, cell));
	cs_arena_free(&a);
	return rc;
}

static int count_indicators(struct cs_session *s, const struct cs_report_ask *ask,
			    struct cs_report *r, struct cs_err *e)
{
	cs_report_add(r, &indicator_shape);
	for (size_t i = 0; i < s->policy->indicator_count; i++)
		if (count_one(s, ask, &s->policy->indicator[i], r, e) < 0)
			return -1;
	cs_report_keep(r);
	return 0;
}

const struct cs_report_def cs_report_indicators = {
	.name = "indicators",
	.about = "the policy's indicators: numerator, denominator, target, verdict",
	.shape = shapes,
	.shape_count = sizeof shapes / sizeof *shapes,
	.needs_period = true,
	.count = count_indicators,
	.ready = cs_report_samples_ready,
};
