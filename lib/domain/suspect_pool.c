/* Likenesses kept in memory during an import. */
#include "domain/suspect_pool.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/similar.h"

enum { CELLS = 4096, CELL_MOST = 2 * (CS_SUSPECTS_MOST + 1), ITEMS_MOST = 1 << 17 };

struct cs_suspect_pool {
	struct cs_suspect_cell *cell[CELLS]; /* by hash, the next free place after it */
	size_t cell_count, item_count;
	int64_t last_event;
};

struct cs_suspect_pool *cs_suspect_pool_new(void)
{
	return cs_alloc(sizeof(struct cs_suspect_pool));
}

void cs_suspect_pool_clear(struct cs_suspect_pool *p)
{
	for (size_t i = 0; p->cell_count && i < CELLS; i++) {
		if (!p->cell[i])
			continue;
		free(p->cell[i]->category);
		free(p->cell[i]->item);
		free(p->cell[i]);
		p->cell[i] = NULL;
	}
	p->cell_count = p->item_count = 0;
}

void cs_suspect_pool_free(struct cs_suspect_pool *p)
{
	if (p)
		cs_suspect_pool_clear(p);
	free(p);
}

void cs_suspect_pool_begin(struct cs_suspect_pool *p, int64_t last_event)
{
	if (p->last_event != last_event)
		cs_suspect_pool_clear(p);
}

void cs_suspect_pool_commit(struct cs_suspect_pool *p, int64_t last_event)
{
	p->last_event = last_event;
}

static struct cs_suspect_cell **place_of(struct cs_suspect_pool *p, const struct cs_likeness_row *of)
{
	uint64_t h = (uint64_t)of->unit * UINT64_C(0x9e3779b97f4a7c15);
	size_t at;

	for (const char *c = of->category; *c; c++)
		h = (h ^ (unsigned char)*c) * UINT64_C(0x100000001b3);
	for (at = (size_t)(h >> 32) % CELLS;; at = (at + 1) % CELLS)
		if (!p->cell[at] ||
		    (p->cell[at]->unit == of->unit && strcmp(p->cell[at]->category, of->category) == 0))
			return &p->cell[at];
}

static void read_row(struct cs_candidate *c, const struct cs_likeness_row *row)
{
	*c = (struct cs_candidate){row->ticket, row->at, row->customer, row->premises, {{0}, 0, 0}};
	cs_likeness_read(row->grams, row->total, &c->words);
}

static struct cs_candidate *grow(struct cs_suspect_pool *p, struct cs_suspect_cell *cell)
{
	if (cell->count == cell->size) {
		cell->size = cell->size ? 2 * cell->size : 16;
		cell->item = cs_realloc(cell->item, cell->size * sizeof *cell->item);
	}
	p->item_count++;
	return &cell->item[cell->count++];
}

/* The walk gives the newest first. */
static void turn(struct cs_suspect_cell *cell)
{
	for (size_t i = 0, k = cell->count; i + 1 < k; i++) {
		struct cs_candidate c = cell->item[i];

		cell->item[i] = cell->item[--k];
		cell->item[k] = c;
	}
}

static int load(struct cs_suspect_pool *p, struct cs_db *db, const struct cs_likeness_row *of, int64_t from,
		struct cs_suspect_cell *cell, struct cs_err *e)
{
	struct cs_likeness_row row;
	struct cs_stmt *walk;
	int rc = 0;

	if (cs_similar_walk(db, CS_SAME_CATEGORY, of, from, INT64_MAX, &walk, e) < 0)
		return -1;
	cell->floor = from;
	while (walk && cell->count <= CS_SUSPECTS_MOST && (rc = cs_similar_next(walk, &row, e)) == 1)
		read_row(grow(p, cell), &row);
	if (rc == 1) {
		cs_stmt_done(walk);
		cell->floor = cell->item[cell->count - 1].ticket;
	}
	turn(cell);
	return rc < 0 ? -1 : 0;
}

int cs_suspect_pool_cell(struct cs_suspect_pool *p, struct cs_db *db, const struct cs_likeness_row *of, int64_t from,
			 const struct cs_suspect_cell **out, struct cs_err *e)
{
	struct cs_suspect_cell **place;

	if (p->cell_count > CELLS / 2 || p->item_count > ITEMS_MOST)
		cs_suspect_pool_clear(p);
	place = place_of(p, of);
	if (!*place) {
		*place = cs_alloc(sizeof **place);
		(*place)->unit = of->unit;
		(*place)->category = cs_strdup(of->category);
		p->cell_count++;
		if (load(p, db, of, from, *place, e) < 0) {
			cs_suspect_pool_clear(p);
			return -1;
		}
	}
	*out = *place;
	return 0;
}

void cs_suspect_pool_add(struct cs_suspect_pool *p, const struct cs_likeness_row *row)
{
	struct cs_suspect_cell *cell = row->category ? *place_of(p, row) : NULL;
	size_t at;

	if (!cell || row->ticket < cell->floor)
		return;
	for (at = cell->count; at > 0 && cell->item[at - 1].ticket > row->ticket; at--)
		;
	if (at > 0 && cell->item[at - 1].ticket == row->ticket)
		return;
	grow(p, cell);
	memmove(cell->item + at + 1, cell->item + at, (cell->count - at - 1) * sizeof *cell->item);
	read_row(&cell->item[at], row);
	if (cell->count < CELL_MOST)
		return;
	/* The older half goes. */
	cell->count -= CELL_MOST / 2;
	p->item_count -= CELL_MOST / 2;
	memmove(cell->item, cell->item + CELL_MOST / 2, cell->count * sizeof *cell->item);
	cell->floor = cell->item[0].ticket;
}
