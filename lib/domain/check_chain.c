/* The chain, walked from its end; with it the rows and notices that events speak of. */
#include <stdlib.h>
#include <string.h>

#include "domain/check.h"
#include "domain/checking.h"
#include "domain/closing.h"
#include "domain/erase.h"

/* The event after the one in hand: its own copy, for its chain value needs the one before. */
struct later {
	bool there;
	struct cs_event ev;
	struct cs_arena arena;
};

static void keep(struct later *l, const struct cs_event *ev)
{
	cs_arena_reset(&l->arena);
	l->there = true;
	l->ev = *ev;
	l->ev.about = cs_arena_strdup(&l->arena, ev->about);
	l->ev.login = cs_arena_strdup(&l->arena, ev->login);
	l->ev.step = cs_arena_strdup(&l->arena, ev->step);
	l->ev.facts = cs_arena_strdup(&l->arena, ev->facts);
	l->ev.private_part = cs_arena_strdup(&l->arena, ev->private_part);
}

/* Does the later event follow from this head? */
static void check_link(struct cs_check *c, const struct later *l, int64_t id,
		       const unsigned char head[CS_HASH_SIZE])
{
	unsigned char chain[CS_HASH_SIZE];

	if (!l->there)
		return;
	if (l->ev.id > id + 2)
		cs_check_fault(c, "event %lld to %lld: not there", (long long)id + 1,
			       (long long)l->ev.id - 1);
	else if (l->ev.id == id + 2)
		cs_check_fault(c, "event %lld: not there", (long long)id + 1);
	cs_chain_next(head, &l->ev, chain);
	if (memcmp(chain, l->ev.chain, CS_HASH_SIZE) != 0)
		cs_check_fault(c, "event %lld: altered, or not the one that followed event %lld",
			       (long long)l->ev.id, (long long)id);
}

static void check_marks(struct cs_check *c, const struct cs_event *ev)
{
	char then[2 * CS_HASH_SIZE + 1], now[2 * CS_HASH_SIZE + 1];

	for (size_t i = 0; i < c->mark_count; i++)
		if (c->mark[i].count == ev->id &&
		    memcmp(c->mark[i].head, ev->chain, CS_HASH_SIZE) != 0)
			cs_check_fault(
				c,
				"chain: after %lld events its head was %s, now it is %s: written "
				"anew",
				(long long)ev->id, cs_hex(c->mark[i].head, CS_HASH_SIZE, then),
				cs_hex(ev->chain, CS_HASH_SIZE, now));
}

/* Events behind the end: the engine remembers the largest number it ever gave. */
static int check_tail(struct cs_check *c, int64_t last, struct cs_err *e)
{
	int64_t highest = 0, longest = 0;

	if (cs_db_highest_id(c->db, "event", &highest, e) < 0)
		return -1;
	for (size_t i = 0; i < c->mark_count; i++)
		longest = c->mark[i].count > longest ? c->mark[i].count : longest;
	if (longest > last)
		cs_check_fault(
			c,
			"chain: it had %lld events, now it ends with event %lld: its tail was cut",
			(long long)longest, (long long)last);
	else if (highest > last)
		cs_check_fault(
			c,
			"chain: event %lld was written once, now it ends with event %lld: its tail "
			"was cut",
			(long long)highest, (long long)last);
	return 0;
}

/* Events whose private part an erasure says it cleared. */
struct cleared {
	int64_t *id;
	size_t count, size;
	bool sorted;
	struct cs_arena arena;
};

static bool is_erasure(const struct cs_event *ev)
{
	return strcmp(ev->step, cs_erase_step) == 0 && strcmp(ev->about, "person") == 0;
}

static void note_cleared(struct cleared *k, const struct cs_effects *l)
{
	for (size_t i = 0; i < l->count; i++) {
		const struct cs_effect *f = &l->effect[i];

		if (f->op != CS_OP_NOTE || !cs_arg_text(f, 0) ||
		    strcmp(cs_arg_text(f, 0), cs_erase_cleared) != 0)
			continue;
		k->id = cs_arena_grow(&k->arena, k->id, k->count, &k->size, sizeof *k->id);
		k->id[k->count++] = cs_arg_int(f, 1);
		k->sorted = false;
	}
}

static int by_id(const void *a, const void *b)
{
	const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* An erasure comes after what it clears, so it is met before it. */
static void check_cleared(struct cs_check *c, struct cleared *k, const struct cs_event *ev)
{
	bool said;

	if (k->count && !k->sorted)
		qsort(k->id, k->count, sizeof *k->id, by_id);
	k->sorted = true;
	said = k->count && bsearch(&ev->id, k->id, k->count, sizeof *k->id, by_id);
	if (ev->erased && !said)
		cs_check_fault(c, "event %lld: its private part is gone, but no erasure says so",
			       (long long)ev->id);
	else if (!ev->erased && said)
		cs_check_fault(c, "event %lld: its private part is there again after its erasure",
			       (long long)ev->id);
}

/* Has the closing of a report its row? What stands in the row is compared from there. */
static int check_closing(struct cs_check *c, const struct cs_event *ev, struct cs_arena *a,
			 struct cs_err *e)
{
	struct cs_report_close_row row;
	int rc;

	if (strcmp(ev->about, cs_closing_about) != 0 || strcmp(ev->step, cs_closing_step) != 0)
		return 0;
	rc = cs_report_close_next(c->db, ev->subject - 1, a, &row, e);
	if (rc == 0 || (rc == 1 && row.id != ev->subject))
		cs_check_fault(c, "report_close %lld: recorded by event %lld, but not there",
			       (long long)ev->subject, (long long)ev->id);
	return rc < 0 ? -1 : 0;
}

struct parts {
	struct cs_check_records *records;
	struct cs_check_notices *notices;
	struct cs_check_drawn *drawn;
	struct cleared cleared;
	struct cs_effects effects;
	struct cs_arena arena;
};

/* Only events that speak of rows, notices, samples or erasures are read; their words show it. */
static int check_rows(struct cs_check *c, struct parts *p, const struct cs_event *ev,
		      struct cs_err *e)
{
	bool rows = strstr(ev->facts, "[\"rec") != NULL,
	     notices = strstr(ev->facts, "[\"notice\"") != NULL;
	bool drawn = strstr(ev->facts, "[\"drawn\"") != NULL, erasure = is_erasure(ev);
	struct cs_err why = {0};

	cs_arena_reset(&p->arena);
	p->effects.arena = &p->arena;
	check_cleared(c, &p->cleared, ev);
	if ((rows || notices || drawn || erasure) &&
	    cs_effects_read(&p->effects, ev->facts, ev->private_part, &why) < 0) {
		cs_check_fault(c, "event %lld: %s", (long long)ev->id, why.text);
		rows = notices = drawn = erasure = false;
	}
	if (erasure)
		note_cleared(&p->cleared, &p->effects);
	if (drawn)
		cs_check_drawn_event(p->drawn, &p->effects);
	if (check_closing(c, ev, &p->arena, e) < 0 ||
	    (rows && cs_check_records_event(p->records, ev, &p->effects, e) < 0))
		return -1;
	return cs_check_notices_event(p->notices, ev, notices ? &p->effects : NULL, e);
}

/* p NULL: the chain alone. */
static int walk_chain(struct cs_check *c, struct parts *p, struct cs_err *e)
{
	struct cs_stmt *walk = cs_event_walk_back(c->db, e);
	unsigned char genesis[CS_HASH_SIZE];
	struct later later = {.there = false};
	struct cs_event ev;
	int rc = -1;

	c->count = 0;
	cs_chain_genesis(c->database_id, genesis);
	memcpy(c->head, genesis, CS_HASH_SIZE);
	while (walk && (rc = cs_event_next(walk, &ev, e)) == 1) {
		if (c->count++ == 0) {
			memcpy(c->head, ev.chain, CS_HASH_SIZE);
			rc = check_tail(c, ev.id, e);
		}
		if (ev.odd)
			cs_check_fault(c, "event %lld: %s", (long long)ev.id, ev.odd);
		check_link(c, &later, ev.id, ev.chain);
		check_marks(c, &ev);
		keep(&later, &ev);
		if (rc < 0 || (p && check_rows(c, p, &ev, e) < 0)) {
			cs_stmt_done(walk);
			rc = -1;
			break;
		}
	}
	if (rc == 0 && !later.there)
		rc = check_tail(c, 0, e);
	if (rc == 0)
		check_link(c, &later, 0, genesis);
	cs_arena_free(&later.arena);
	return rc;
}

int cs_check_chain(struct cs_check *c, struct cs_err *e)
{
	struct parts p = {.records = cs_check_records_new(c),
			  .notices = cs_check_notices_new(c, e),
			  .drawn = cs_check_drawn_new(c)};
	int rc = p.notices ? walk_chain(c, &p, e) : -1;

	if (rc == 0 &&
	    (cs_check_notices_end(p.notices, e) < 0 || cs_check_records_end(p.records, e) < 0 ||
	     cs_check_drawn_end(p.drawn, e) < 0))
		rc = -1;
	cs_check_records_free(p.records);
	cs_check_notices_free(p.notices);
	cs_check_drawn_free(p.drawn);
	cs_arena_free(&p.cleared.arena);
	cs_arena_free(&p.arena);
	return rc;
}
