/* Matters as the connected parts of what is linked. */
#include "domain/matter.h"

#include <stdlib.h>
#include <string.h>

#include "domain/fold.h"
#include "domain/rating.h"
#include "domain/policy_words.h"
#include "store/matter.h"
#include "store/list.h"

bool cs_matter_touched(const struct cs_effects *l)
{
	for (size_t i = 0; i < l->count; i++) {
		const struct cs_effect *f = &l->effect[i];

		if (f->op == CS_OP_LINK_END)
			return true;
		if (f->op == CS_OP_LINK &&
		    (strcmp(cs_arg_text(f, 1), CS_LINK_SAME) == 0 || strcmp(cs_arg_text(f, 1), CS_LINK_MERGED) == 0))
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
	size_t root, members; /* members: of a root */
};
struct graph {
	struct node *node;
	size_t count;
};

static size_t root_of(struct graph *g, size_t i)
{
	while (g->node[i].root != i) {
		g->node[i].root = g->node[g->node[i].root].root;
		i = g->node[i].root;
	}
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

static int by_id(const void *a, const void *b)
{
	const struct node *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

static size_t place(const struct graph *g, int64_t id)
{
	const struct node key = {.id = id},
			  *found = g->count ? bsearch(&key, g->node, g->count, sizeof key, by_id) : NULL;

	return found ? (size_t)(found - g->node) : g->count;
}

/* Notes the matter of a ticket as it is stored. */
static int note_matter(struct cs_session *s, int64_t ticket, struct cs_id_list *matters, struct cs_err *e)
{
	struct cs_ticket_row row;
	int rc = cs_table_find(s->db, &cs_ticket_table, ticket, &s->work, &row, e);

	if (rc != 1)
		return rc;
	matters->id = cs_arena_grow(&s->work, matters->id, matters->count, &matters->size, sizeof *matters->id);
	matters->id[matters->count++] = row.matter != CS_NULL ? row.matter : ticket;
	return 0;
}

/* What a change of the ticket may concern: the matters, as stored, of itself and of all it is joined with. */
static int find_nodes(struct cs_session *s, const struct cs_image *im, struct graph *g, struct cs_err *e)
{
	struct cs_id_list matters = {0}, ids = {0};
	struct cs_ticket_row row;

	if (note_matter(s, im->t.id, &matters, e) < 0)
		return -1;
	for (size_t i = 0; i < cs_image_count(im, CS_P_LINK); i++) {
		const struct cs_link_row *l = cs_image_at(im, CS_P_LINK, i);

		if (joins(l) && note_matter(s, l->other, &matters, e) < 0)
			return -1;
	}
	cs_id_list_sort(&matters);
	for (size_t i = 0; i < matters.count; i++)
		if (cs_matter_tickets(s->db, matters.id[i], &s->work, &ids, e) < 0)
			return -1;
	cs_id_list_sort(&ids);
	g->node = cs_arena_alloc(&s->work, (ids.count + 1) * sizeof *g->node);
	for (size_t i = 0; i < ids.count; i++) {
		if (cs_table_find(s->db, &cs_ticket_table, ids.id[i], &s->work, &row, e) < 0)
			return -1;
		g->node[g->count] = (struct node){ids.id[i], row.matter, g->count, 0};
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
	for (size_t i = 0; i < g->count; i++) {
		g->node[i].root = root_of(g, i);
		g->node[g->node[i].root].members++;
	}
	return 0;
}

/* The smallest id of its part; none where it is alone. */
static int64_t matter_of(const struct graph *g, size_t i)
{
	const struct node *root = &g->node[g->node[i].root];

	return root->members > 1 ? root->id : CS_NULL;
}

static int set_matter(struct cs_session *s, struct cs_image *im, int64_t matter, cs_time at, struct cs_err *e)
{
	struct cs_effects out = {.arena = &s->work};

	cs_put(&out, CS_OP_SET, CS_S("matter"), CS_I(matter));
	if (cs_session_record(s, im, (struct cs_deed){"ticket", im->t.id, CS_STEP_MATTER, at, s->actor}, &out, e) < 0)
		return -1;
	return cs_image_save(im, s->db, e);
}

/* What counts over a matter has changed in each that some ticket came to, or left for itself. */
static int rate(struct cs_session *s, const struct graph *g, cs_time at, struct cs_err *e)
{
	for (size_t i = 0; i < g->count; i++)
		if (g->node[i].root == i && cs_rate_matter(s, g->node[i].id, CS_NULL, at, e) < 0)
			return -1;
	return 0;
}

int cs_matter_settle(struct cs_session *s, struct cs_image *im, cs_time at, struct cs_err *e)
{
	struct graph g = {0};
	bool changed = false;

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
		changed = true;
	}
	if (!changed)
		return 0;
	/* What is loaded of a ticket that is rated is stale. */
	return rate(s, &g, at, e) < 0 ? -1 : cs_image_get(im, s->db, im->t.id, im->arena, e);
}
