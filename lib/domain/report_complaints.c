/* Complaints of a period beside those of the one before (S0-4-19, S0-4-21, S0-4-22, S4-4-5), and how many of them
   are valid (S3-4-12, S3-4-13). */
#include <stdlib.h>
#include <string.h>

#include "domain/report_case.h"

#define COLUMNS(list) (list), sizeof(list) / sizeof *(list)

enum { BY, GROUP, RECEIVED, PREVIOUS, CHANGE, CHANGE_PERCENT, DONE, MERGED, OPEN, ON_TIME, LATE, SCORED, MEAN };
static const struct cs_report_column columns[] = {
	[BY] = {"by", CS_FIGURE_KEY},
	[GROUP] = {"group", CS_FIGURE_KEY},
	[RECEIVED] = {"received", CS_FIGURE_COUNT},
	[PREVIOUS] = {"previous", CS_FIGURE_COUNT},
	[CHANGE] = {"change", CS_FIGURE_COUNT},
	[CHANGE_PERCENT] = {"change_percent", CS_FIGURE_PERCENT},
	[DONE] = {"done", CS_FIGURE_COUNT},
	[MERGED] = {"merged", CS_FIGURE_COUNT},
	[OPEN] = {"open", CS_FIGURE_COUNT},
	[ON_TIME] = {"on_time", CS_FIGURE_COUNT},
	[LATE] = {"late", CS_FIGURE_COUNT},
	[SCORED] = {"scored", CS_FIGURE_COUNT},
	[MEAN] = {"score_mean", CS_FIGURE_HUNDREDTHS},
};
static const struct cs_report_shape shape = {
	"complaints",
	"received in the period, and in the one before; of those of the period: done, merged or open, main clock, "
	"scores",
	COLUMNS(columns), 2};
/* S3-4-13: valid is what nobody found invalid. */
enum { PROJECT, CAME_IN, INVALID, STATED, NOT_STATED, VALID, VALID_PERCENT };
static const struct cs_report_column validity_columns[] = {
	[PROJECT] = {"unit", CS_FIGURE_KEY},
	[CAME_IN] = {"received", CS_FIGURE_COUNT},
	[INVALID] = {"invalid", CS_FIGURE_COUNT},
	[STATED] = {"stated_valid", CS_FIGURE_COUNT},
	[NOT_STATED] = {"not_stated", CS_FIGURE_COUNT},
	[VALID] = {"valid", CS_FIGURE_COUNT},
	[VALID_PERCENT] = {"valid_percent", CS_FIGURE_PERCENT},
};
static const struct cs_report_shape validity_shape = {
	"validity", "of those received: found invalid, found valid, neither yet; valid is all but the invalid ones",
	COLUMNS(validity_columns), 1};
static const struct cs_report_shape *const shapes[] = {&shape, &validity_shape};

enum { DIMENSIONS = 7, UNIT = 3 };
static const char *const dimension_names[DIMENSIONS] = {"all",        "class",    "channel", "unit",
							"importance", "validity", "state"};

struct figures {
	int64_t received, previous, done, merged, on_time, late, scored, sum, valid, invalid;
};
struct group {
	char *key;
	struct figures f;
};
struct groups {
	struct group *item;
	size_t count, size;
};
struct statistics {
	struct cs_session *s;
	bool before; /* reading the period before */
	struct groups by[DIMENSIONS];
};

static struct figures *figures_of(struct groups *g, const char *key)
{
	for (size_t i = 0; i < g->count; i++)
		if (strcmp(g->item[i].key, key ? key : "-") == 0)
			return &g->item[i].f;
	if (g->count == g->size) {
		g->size = g->size ? 2 * g->size : 16;
		g->item = cs_realloc(g->item, g->size * sizeof *g->item);
	}
	g->item[g->count] = (struct group){.key = cs_strdup(key ? key : "-")};
	return &g->item[g->count++].f;
}

static int add_case(void *arg, const struct cs_fig_case *c, struct cs_err *e)
{
	struct statistics *st = arg;
	const char *key[DIMENSIONS] = {"*", c->specialty, c->channel, NULL, c->importance, c->validity, c->state};
	int64_t score = CS_NULL;

	key[UNIT] = cs_report_unit_code(st->s, cs_report_level_unit(st->s, c->unit, c->place));
	if (!st->before && cs_fig_score(st->s->db, c->id, &score, e) < 0)
		return -1;
	for (size_t i = 0; i < DIMENSIONS; i++) {
		struct figures *f = figures_of(&st->by[i], key[i]);

		if (st->before) {
			f->previous++;
			continue;
		}
		f->received++;
		f->done += c->done_at != CS_NULL && !c->merged;
		f->merged += c->merged;
		f->on_time += c->late == 0;
		f->late += c->late == 1;
		f->scored += score != CS_NULL;
		f->sum += score == CS_NULL ? 0 : score;
		f->valid += c->validity && strcmp(c->validity, "valid") == 0;
		f->invalid += c->validity && strcmp(c->validity, CS_CASE_INVALID) == 0;
	}
	return 0;
}

static void put_groups(struct cs_report *r, const char *name, const struct groups *g)
{
	struct cs_report_table *t = &r->table[0];
	size_t first = t->row_count;

	for (size_t i = 0; i < g->count; i++) {
		const struct figures *f = &g->item[i].f;
		struct cs_value *cell = cs_report_row(r, t);

		cell[BY] = CS_S(name);
		cell[GROUP] = CS_S(g->item[i].key);
		cell[RECEIVED] = CS_I(f->received);
		cell[PREVIOUS] = CS_I(f->previous);
		cell[CHANGE] = CS_I(f->received - f->previous);
		cell[CHANGE_PERCENT] = cs_report_percent(f->received - f->previous, f->previous);
		cell[DONE] = CS_I(f->done);
		cell[MERGED] = CS_I(f->merged);
		cell[OPEN] = CS_I(f->received - f->done - f->merged);
		cell[ON_TIME] = CS_I(f->on_time);
		cell[LATE] = CS_I(f->late);
		cell[SCORED] = CS_I(f->scored);
		if (f->scored)
			cell[MEAN] = CS_I((100 * f->sum + f->scored / 2) / f->scored);
	}
	cs_report_sort(t, first);
}

/* Some complaint can be called valid or not. */
static bool is_judged(const struct cs_policy *p)
{
	for (size_t i = 0; i < p->reports.complaints.count; i++) {
		const struct cs_kind *k = cs_policy_kind(p, p->reports.complaints.id[i]);

		for (size_t j = 0; k && j < k->step_count; j++)
			if (cs_ids_has(&k->step[j].takes, "validity"))
				return true;
	}
	return false;
}

/* Of all, and of each unit. */
static void put_validity(struct cs_report *r, const struct statistics *st)
{
	static const size_t parts[] = {0, UNIT};
	struct cs_report_table *t = cs_report_add(r, &validity_shape);

	for (size_t k = 0; k < 2 && is_judged(st->s->policy); k++) {
		const struct groups *g = &st->by[parts[k]];
		const size_t first = t->row_count;

		for (size_t i = 0; i < g->count; i++) {
			const struct figures *f = &g->item[i].f;
			struct cs_value *cell;

			if (k > 0 && f->received == 0)
				continue;
			cell = cs_report_row(r, t);
			cell[PROJECT] = CS_S(g->item[i].key);
			cell[CAME_IN] = CS_I(f->received);
			cell[INVALID] = CS_I(f->invalid);
			cell[STATED] = CS_I(f->valid);
			cell[NOT_STATED] = CS_I(f->received - f->valid - f->invalid);
			cell[VALID] = CS_I(f->received - f->invalid);
			cell[VALID_PERCENT] = cs_report_percent(f->received - f->invalid, f->received);
		}
		cs_report_sort(t, first);
	}
}

static void free_groups(struct groups *g)
{
	for (size_t i = 0; i < g->count; i++)
		free(g->item[i].key);
	free(g->item);
}

static int count_complaints(struct cs_session *s, const struct cs_report_ask *ask, struct cs_report *r,
			    struct cs_err *e)
{
	struct statistics st = {.s = s};
	const struct cs_case_taker to = {add_case, &st};
	const struct cs_ids *kinds = &s->policy->reports.complaints;
	struct cs_period before;
	int rc = cs_report_need_complaints(s, r->def, e);

	cs_period_before(cs_session_zone(s), &ask->period, &before);
	figures_of(&st.by[0], "*"); /* the total is there when nothing is */
	if (rc == 0)
		rc = cs_cases_opened(s, ask, &ask->period, kinds, &to, e);
	st.before = true;
	if (rc == 0)
		rc = cs_cases_opened(s, ask, &before, kinds, &to, e);
	cs_report_add(r, &shape);
	for (size_t i = 0; i < DIMENSIONS; i++) {
		if (rc == 0)
			put_groups(r, dimension_names[i], &st.by[i]);
	}
	if (rc == 0)
		put_validity(r, &st);
	cs_report_keep(r);
	for (size_t i = 0; i < DIMENSIONS; i++)
		free_groups(&st.by[i]);
	return rc;
}

const struct cs_report_def cs_report_complaints = {
	.name = "complaints",
	.about = "complaints of a period by class, channel, unit, importance, validity and state, with the period "
		 "before beside them; how many are valid",
	.shape = shapes,
	.shape_count = sizeof shapes / sizeof *shapes,
	.needs_period = true,
	.count = count_complaints,
};
