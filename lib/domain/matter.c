/* Matters as the connected parts of what is linked. */
#include "domain/matter.h"

#include <string.h>

#include "domain/fold.h"
#include "domain/policy_words.h"
#include "domain/rating.h"
#include "store/matter.h"
#include "store/list.h"

bool cs_matter_touched(const struct cs_effects *l)
{
	for (size_t i = 0; i < l->count; i++) {
		const struct cs_effect *f = &l->effect[i];

		if (f->op == CS_OP_LINK_END)
			return true;
		if (f->op == CS_OP_LINK && (strcmp(cs_arg_text(f, 1), CS_LINK_SAME) == 0 ||
					    strcmp(cs_arg_text(f, 1), CS_LINK_MERGED) == 0))
			return true;
	}
	return false;
}

static bool joins(const struct cs_link_row *l)
{
	return l->until == CS_NULL && (strcmp(l->link, CS_LINK_SAME) == 0 || strcmp(l->link, CS_LINK_MERGED) == 0);
}

/* A ticket among those that may be concerned; root: the smallest it is joined with, by its place in the list. */
struct node {
	int64_t id, matter;
	size_t root;
};
struct graph {
	struct node *node;
	size_t count;
};

static size_t root_of(struct graph *g, size_t i)
{
	while (g->node[i].root != i)
		i = g->node[i].root;
	return i;
}

static void join(struct graph *g, size_t a, size_t b)
{
	a = root_of(g, a);
	b = root_of(g, b);
	if (a < b)
		g->node[b].root = a;
	else
		g->node[a].root = b;
}

static size_t place(const struct graph *g, int64_t id)
{
	for (size_t i = 0; i < g->count; i++)
		if (g->node[i].id == id)
			return i;
	return g->count;
}

/* The matter of a ticket as it is stored: what may be concerned when something about it changes. */
static int add_matter(struct cs_session *s, int64_t ticket, struct cs_id_list *ids, struct cs_err *e)
{
	struct cs_ticket_row row;
	int rc = cs_table_find(s->db, &cs_ticket_table, ticket, &s->work, &row, e);

	if (rc != 1)
		return rc;
	return cs_matter_tickets(s->db, row.matter != CS_NULL ? row.matter : ticket, &s->work, ids, e);
}

static int find_nodes(struct cs_session *s, const struct cs_image *im, struct graph *g, struct cs_err *e)
{
	struct cs_id_list ids = {0};
	struct cs_ticket_row row;

	if (add_matter(s, im->t.id, &ids, e) < 0)
		return -1;
	for (size_t i = 0; i < cs_image_count(im, CS_P_LINK); i++) {
		const struct cs_link_row *l = cs_image_at(im, CS_P_LINK, i);

		if (joins(l) && add_matter(s, l->other, &ids, e) < 0)
			return -1;
	}
	cs_id_list_sort(&ids);
	g->node = cs_arena_alloc(&s->work, (ids.count + 1) * sizeof *g->node);
	for (size_t i = 0; i < ids.count; i++) {
		if (cs_table_find(s->db, &cs_ticket_table, ids.id[i], &s->work, &row, e) < 0)
			return -1;
		g->node[g->count] = (struct node){ids.id[i], row.matter, g->count};
		g->count++;
	}
	return 0;
}

static int join_nodes(struct cs_session *s, struct graph *g, struct cs_err *e)
{
	for (size_t i = 0; i < g->count; i++) {
		void *rows;
		size_t n;

		if (cs_table_load(s->db, &cs_link_table, g->node[i].id, &s->work, &rows, &n, e) < 0)
			return -1;
		for (size_t k = 0; k < n; k++) {
			const struct cs_link_row *l = (const struct cs_link_row *)rows + k;
			size_t other = place(g, l->other);

			if (joins(l) && other < g->count)
				join(g, i, other);
		}
	}
	return 0;
}

/* The smallest id of its part; none where it is alone. */
static int64_t matter_of(struct graph *g, size_t i)
{
	size_t root = root_of(g, i), members = 0;

	for (size_t k = 0; k < g->count; k++)
		members += root_of(g, k) == root;
	return members > 1 ? g->node[root].id : CS_NULL;
}

static int set_matter(struct cs_session *s, struct cs_image *im, int64_t matter, cs_time at, struct cs_err *e)
{
	struct cs_effects out = {.arena = &s->work};

	cs_put(&out, CS_OP_SET, CS_S("matter"), CS_I(matter));
	if (cs_session_record(s, im, (struct cs_deed){"ticket", im->t.id, CS_STEP_MATTER, at, s->actor}, &out, e) < 0)
		return -1;
	return cs_image_save(im, s->db, e);
}

/* What counts over a matter decides the class of each of its tickets. */
static int rate(struct cs_session *s, struct cs_image *im, struct graph *g, cs_time at, struct cs_err *e)
{
	if (cs_rate_in_hand(s, im, at, e) < 0 || cs_image_save(im, s->db, e) < 0)
		return -1;
	for (size_t i = 0; i < g->count; i++)
		if (root_of(g, i) == i && cs_rate_matter(s, g->node[i].id, im->t.id, at, e) < 0)
			return -1;
	return 0;
}

int cs_matter_settle(struct cs_session *s, struct cs_image *im, cs_time at, struct cs_err *e)
{
	struct graph g = {0};

	if (find_nodes(s, im, &g, e) < 0 || join_nodes(s, &g, e) < 0)
		return -1;
	for (size_t i = 0; i < g.count; i++) {
		int64_t matter = matter_of(&g, i);
		struct cs_image other;

		if (matter == g.node[i].matter)
			continue;
		if (g.node[i].id == im->t.id) {
			if (set_matter(s, im, matter, at, e) < 0)
				return -1;
		} else if (cs_image_get(&other, s->db, g.node[i].id, &s->work, e) < 0 ||
			   set_matter(s, &other, matter, at, e) < 0) {
			return -1;
		}
	}
	return rate(s, im, &g, at, e);
}
