/* Likenesses kept in memory during an import. */
#include "domain/suspect_pool.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/similar.h"

enum { BUCKETS = 1024, SLACK = 64, ITEMS_MOST = 400000 };

struct cs_suspect_pool {
	struct cs_suspect_cell *bucket[BUCKETS];
	size_t item_count, out; /* out: the bucket to be pushed out next */
	int64_t last_event;
};

struct cs_suspect_pool *cs_suspect_pool_new(void)
{
	return cs_alloc(sizeof(struct cs_suspect_pool));
}

static void empty(struct cs_suspect_pool *p, size_t bucket)
{
	while (p->bucket[bucket]) {
		struct cs_suspect_cell *cell = p->bucket[bucket];

		p->bucket[bucket] = cell->next;
		p->item_count -= cell->count;
		free(cell->category);
		free(cell->item);
		free(cell);
	}
}

void cs_suspect_pool_clear(struct cs_suspect_pool *p)
{
	for (size_t i = 0; i < BUCKETS; i++)
		empty(p, i);
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

static size_t bucket_of(const struct cs_likeness_row *of)
{
	uint64_t h = (uint64_t)of->unit * UINT64_C(0x9e3779b97f4a7c15);

	for (const char *c = of->category; *c; c++)
		h = (h ^ (unsigned char)*c) * UINT64_C(0x100000001b3);
	return (size_t)(h >> 32) % BUCKETS;
}

static struct cs_suspect_cell *find(const struct cs_suspect_pool *p, const struct cs_likeness_row *of)
{
	struct cs_suspect_cell *cell = p->bucket[bucket_of(of)];

	while (cell && (cell->unit != of->unit || strcmp(cell->category, of->category) != 0))
		cell = cell->next;
	return cell;
}

static void read_row(struct cs_candidate *c, const struct cs_likeness_row *row)
{
	*c = (struct cs_candidate){row->ticket, row->at, {{0}, 0, 0}};
	cs_likeness_read(row->grams, row->total, &c->words);
}

/* Room for one more, at the end. */
static struct cs_candidate *grow(struct cs_suspect_pool *p, struct cs_suspect_cell *cell)
{
	if (cell->count == cell->size) {
		cell->size += SLACK;
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
	struct cs_suspect_cell *cell = find(p, of);
	size_t bucket = bucket_of(of);

	if (!cell) {
		for (; p->item_count > ITEMS_MOST; p->out = (p->out + 1) % BUCKETS)
			empty(p, p->out);
		cell = cs_alloc(sizeof *cell);
		cell->unit = of->unit;
		cell->category = cs_strdup(of->category);
		cell->next = p->bucket[bucket];
		p->bucket[bucket] = cell;
		if (load(p, db, of, from, cell, e) < 0) {
			cs_suspect_pool_clear(p);
			return -1;
		}
	}
	*out = cell;
	return 0;
}

void cs_suspect_pool_add(struct cs_suspect_pool *p, const struct cs_likeness_row *row)
{
	struct cs_suspect_cell *cell = row->category ? find(p, row) : NULL;
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
	if (cell->count <= CS_SUSPECTS_MOST + SLACK)
		return;
	/* The oldest go, as many as one never looks at. */
	cell->count -= SLACK;
	p->item_count -= SLACK;
	memmove(cell->item, cell->item + SLACK, cell->count * sizeof *cell->item);
	cell->floor = cell->item[0].ticket;
}
