/* Counting the stock. */
#include "domain/report_stock.h"

#include <stdlib.h>
#include <string.h>

#include "store/ref.h"

/* --- groups ---------------------------------------------------------------------------------- */

static size_t group_slot(const struct cs_groups *g, int64_t a, int64_t b)
{
	uint64_t h = (uint64_t)a * UINT64_C(0x9E3779B97F4A7C15) ^
		     (uint64_t)b * UINT64_C(0xC2B2AE3D27D4EB4F);
	size_t at = (size_t)(h >> 32) & (g->slots - 1);

	while (g->slot[at] && (g->item[g->slot[at] - 1].a != a || g->item[g->slot[at] - 1].b != b))
		at = (at + 1) & (g->slots - 1);
	return at;
}

size_t cs_group_of(struct cs_groups *g, int64_t a, int64_t b)
{
	size_t at;

	if (2 * (g->count + 1) > g->slots) {
		free(g->slot);
		g->slots = g->slots ? 2 * g->slots : 64;
		g->slot = cs_alloc(g->slots * sizeof *g->slot);
		for (size_t i = 0; i < g->count; i++)
			g->slot[group_slot(g, g->item[i].a, g->item[i].b)] = (uint32_t)i + 1;
	}
	at = group_slot(g, a, b);
	if (g->slot[at])
		return g->slot[at] - 1;
	if (g->count == g->size) {
		g->size = g->size ? 2 * g->size : 32;
		g->item = cs_realloc(g->item, g->size * sizeof *g->item);
	}
	g->item[g->count++] = (struct cs_group){a, b};
	g->slot[at] = (uint32_t)g->count;
	return g->count - 1;
}

void cs_groups_free(struct cs_groups *g)
{
	free(g->item);
	free(g->slot);
	*g = (struct cs_groups){0};
}

bool cs_stock_covers(struct cs_stock_count *c, int64_t unit, int64_t place)
{
	size_t known = c->unit.count, at = cs_group_of(&c->unit, unit, place);

	if (at == known) {
		if (at == c->covered_size) {
			c->covered_size = c->covered_size ? 2 * c->covered_size : 32;
			c->covered = cs_realloc(c->covered, c->covered_size * sizeof *c->covered);
		}
		c->covered[at] = cs_report_covers(c->s, c->ask, unit, place);
	}
	return c->covered[at];
}

static struct cs_group key_of(enum cs_by by, const struct cs_fig_ticket *t, const struct cs_fig_stay *stay)
{
	switch (by) {
	case CS_BY_KIND: return (struct cs_group){t->kind, 0};
	case CS_BY_CATEGORY: return (struct cs_group){stay->category, 0};
	case CS_BY_UNIT: return (struct cs_group){stay->unit, 0};
	case CS_BY_CHANNEL: return (struct cs_group){stay->channel, 0};
	case CS_BY_KIND_UNIT: return (struct cs_group){t->kind, stay->unit};
	case CS_BY_ALL:
	case CS_BY_COUNT: break;
	}
	return (struct cs_group){0, 0};
}

static size_t place(struct cs_stock_by *b, struct cs_group of)
{
	size_t at = cs_group_of(&b->group, of.a, of.b);

	if (at >= b->size) {
		size_t size = b->size ? 2 * b->size : 32;

		b->stock = cs_realloc(b->stock, size * sizeof *b->stock);
		memset(b->stock + b->size, 0, (size - b->size) * sizeof *b->stock);
		b->size = size;
	}
	return at;
}

struct cs_stock *cs_stock_at(struct cs_stock_by *b, struct cs_group of)
{
	size_t at = place(b, of); /* may move them */

	return &b->stock[at];
}

size_t cs_stock_group(struct cs_stock_count *c, enum cs_by by, const struct cs_fig_ticket *t,
		      const struct cs_fig_stay *stay)
{
	return place(&c->by[by], key_of(by, t, stay));
}

struct cs_value cs_stock_key(const struct cs_stock_count *c, enum cs_by by, size_t group,
			     bool second)
{
	const struct cs_group *g = &c->by[by].group.item[group];

	if (by == CS_BY_ALL)
		return CS_S("*");
	if (by == CS_BY_UNIT || second)
		return cs_report_key(cs_report_unit_code(c->s, second ? g->b : g->a));
	return cs_report_key(g->a ? c->codes.text[g->a] : NULL);
}

void cs_stock_by_free(struct cs_stock_by *b)
{
	cs_groups_free(&b->group);
	free(b->stock);
}

void cs_stock_free(struct cs_stock_count *c)
{
	for (size_t i = 0; i < CS_BY_COUNT; i++)
		cs_stock_by_free(&c->by[i]);
	cs_groups_free(&c->unit);
	free(c->covered);
	cs_codes_free(&c->codes);
}

/* --- stays ----------------------------------------------------------------------------------- */

bool cs_stay_holds(const struct cs_fig_stay *stay, cs_time at)
{
	return stay->from_at < at && stay->to_at >= at;
}

const struct cs_fig_stay *cs_stay_at(const struct cs_fig_ticket *t, cs_time at)
{
	size_t i = t->stay_count;

	while (i > 1 && t->stay[i - 1].from_at >= at)
		i--;
	return i ? &t->stay[i - 1] : NULL;
}

/* Stays joined by a move that does not change the group are one. */
static void add_run(struct cs_stock *k, const struct cs_period *p, const struct cs_fig_stay *first,
		    const struct cs_fig_stay *last)
{
	struct cs_fig_stay run = {.from_at = first->from_at, .to_at = last->to_at};

	k->carried_in += cs_stay_holds(&run, p->from);
	k->carried_out += cs_stay_holds(&run, p->to);
	if (run.from_at >= p->from && run.from_at < p->to) {
		switch (first->entered) {
		case CS_FIG_OPENED: k->opened++; break;
		case CS_FIG_REOPENED: k->reopened++; break;
		case CS_FIG_MOVED: k->moved_in++; break;
		}
	}
	if (last->left != CS_FIG_OPEN && run.to_at >= p->from && run.to_at < p->to) {
		switch (last->left) {
		case CS_FIG_DONE: k->closed++; break;
		case CS_FIG_MERGED: k->merged++; break;
		default: k->moved_out++; break;
		}
	}
}

/* Which group, of the tables of this file or by a key of the caller's. */
struct grouping {
	struct cs_stock_by *to;
	enum cs_by by;
	struct cs_group (*key)(struct cs_stock_count *c, const struct cs_fig_ticket *t, const struct cs_fig_stay *stay);
};

static size_t group_at(struct cs_stock_count *c, const struct grouping *g, const struct cs_fig_ticket *t, size_t i)
{
	return place(g->to, g->key ? g->key(c, t, &t->stay[i]) : key_of(g->by, t, &t->stay[i]));
}

static void add_stays(struct cs_stock_count *c, const struct cs_fig_ticket *t, const struct grouping *g)
{
	for (size_t i = 0, j; i < t->stay_count; i = j + 1) {
		size_t group;

		j = i;
		if (!cs_stock_covers(c, t->stay[i].unit, t->place))
			continue;
		group = group_at(c, g, t, i);
		while (j + 1 < t->stay_count && t->stay[j].left == CS_FIG_MOVED_ON &&
		       t->stay[j + 1].entered == CS_FIG_MOVED && cs_stock_covers(c, t->stay[j + 1].unit, t->place) &&
		       group_at(c, g, t, j + 1) == group)
			j++;
		add_run(&g->to->stock[group], &c->ask->period, &t->stay[i], &t->stay[j]);
	}
}

void cs_stock_add_to(struct cs_stock_count *c, struct cs_stock_by *b, const struct cs_fig_ticket *t,
		     struct cs_group (*key)(struct cs_stock_count *c, const struct cs_fig_ticket *t,
					    const struct cs_fig_stay *stay))
{
	add_stays(c, t, &(struct grouping){.to = b, .key = key});
}

void cs_stock_add(struct cs_stock_count *c, const struct cs_fig_ticket *t)
{
	for (size_t by = 0; by < CS_BY_COUNT; by++)
		if (c->wanted[by])
			add_stays(c, t, &(struct grouping){.to = &c->by[by], .by = (enum cs_by)by});
}

int cs_stock_walk(struct cs_session *s, struct cs_stock_count *c, cs_time from, cs_time to,
		  int what,
		  int (*each)(struct cs_stock_count *c, const struct cs_fig_ticket *t, void *arg),
		  void *arg, struct cs_err *e)
{
	const struct cs_zone *z = cs_session_zone(s);
	struct cs_fig_walk *w = NULL;
	struct cs_fig_ticket t;
	int rc;

	/* Imports count days in a zone of their own: a ticket's id may stand a day off. */
	if (cs_fig_open(s->db, from, cs_ref_first(cs_time_day(z, from) - 1),
			cs_ref_first(cs_time_day(z, to) + 2), what, &c->codes, &w, e) < 0)
		return -1;
	while ((rc = cs_fig_next(w, &t, e)) == 1) {
		cs_stock_add(c, &t);
		if (each && each(c, &t, arg) < 0) {
			rc = -1;
			break;
		}
	}
	cs_fig_close(w);
	return rc;
}
