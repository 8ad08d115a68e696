/* carried in + opened + reopened + moved in = closed + merged + moved out + carried out, and each of
   them against a count that follows the histories event by event (requirements 9.1, 10.1;
   design section 12). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "database.h"
#include "domain/fold.h"
#include "domain/report_stock.h"
#include "store/ref.h"

enum {
	ROUNDS = 30,
	TICKETS = 40,
	STEPS = 12,
	PERIODS = 6,
	UNITS = 5,
	DAY = 86400,
	FIRST_DAY = 20700,
	HORIZON = 24
};

/* 1: all; 2 below 1; 3 below 2; 4 and 5 below 1. */
static const struct cs_unit_row units[UNITS] = {
	{1, "hq", "hq", "hq", NULL, CS_NULL, CS_NULL, CS_NULL},
	{2, "p1", "p1", "project", NULL, 1, CS_NULL, CS_NULL},
	{3, "p1.eng", "eng", "department", NULL, 2, CS_NULL, CS_NULL},
	{4, "p2", "p2", "project", NULL, 1, CS_NULL, CS_NULL},
	{5, "p3", "p3", "project", NULL, 1, CS_NULL, CS_NULL},
};
static const char *const categories[] = {"a", "b", "c"}, *const kinds[] = {"request", "complaint"},
			 *const channels[] = {"phone", "letter"};

static uint32_t seed = 7;

static int any(int n)
{
	seed = seed * 1664525U + 1013904223U;
	return (int)(seed >> 10) % n;
}

/* What a ticket is after an event; unit 0: out of stock, merged: by that. */
struct moment {
	int64_t at;
	int unit, category, channel, merged;
};
struct history {
	int kind;
	struct moment moment[STEPS + 1];
	int count;
};
static struct history histories[TICKETS];

static struct cs_session session;
static struct cs_arena arena;

static void apply(struct cs_image *im, struct cs_effects *l, int64_t id, int64_t at, int64_t number)
{
	const struct cs_event ev = {.id = number,
				    .about = "ticket",
				    .subject = id,
				    .at = at,
				    .recorded_at = at,
				    .actor = CS_NULL,
				    .step = "x"};
	struct cs_err e = {0};

	if (cs_fold_ticket(im, &ev, l, &e) < 0)
		fail_msg("%s", e.text);
	cs_effects_clear(l);
}

/* Random steps: opening, moves, waiting, finishing, closing, reopening, merging and undoing it; some at one instant. */
static void make(int n)
{
	struct cs_effects l = {.arena = &arena};
	struct history *h = &histories[n];
	int64_t at = (int64_t)(FIRST_DAY + any(HORIZON)) * DAY + (int64_t)any(4) * (DAY / 4);
	int64_t id = cs_ref_make("R", (int32_t)(at / DAY), n + 1);
	struct moment now = {at, 1 + any(UNITS), any(3), any(2), 0};
	struct cs_err e = {0};
	struct cs_image im;
	int steps = any(STEPS), closed = 0, unit = now.unit;

	*h = (struct history){.kind = any(2)};
	cs_image_init(&im, &arena);
	cs_put(&l, CS_OP_STATE, CS_S("new"), CS_S("open"), CS_S(NULL));
	cs_put(&l, CS_OP_SET, CS_S("kind"), CS_S(kinds[h->kind]));
	cs_put(&l, CS_OP_SET, CS_S("accepting"), CS_I((int64_t)now.unit));
	cs_put(&l, CS_OP_SET, CS_S("category"), CS_S(categories[now.category]));
	cs_put(&l, CS_OP_SET, CS_S("channel"), CS_S(channels[now.channel]));
	apply(&im, &l, id, at, 1);
	h->moment[h->count++] = now;
	for (int i = 0; i < steps; i++) {
		int what = any(7);

		now.at += (int64_t)any(5) * (DAY / 4);
		if (now.merged) { /* given back: as if it had not been merged */
			cs_put(&l, CS_OP_STATE, CS_S("new"), CS_S("open"), CS_S(NULL));
			cs_put(&l, CS_OP_SET, CS_S("merged_into"), CS_I(CS_NULL));
			apply(&im, &l, id, now.at, i + 2);
			now.unit = unit;
			now.merged = 0;
			h->count--;
			continue;
		}
		if (now.unit == 0) { /* out of stock: closed, or reopened */
			if (what < 3 && !closed) {
				cs_put(&l, CS_OP_STATE, CS_S("shut"), CS_S("closed"), CS_S(NULL));
				closed = 1;
			} else {
				cs_put(&l, CS_OP_STATE, CS_S("new"), CS_S("open"), CS_S(NULL));
				cs_put(&l, CS_OP_CYCLE, CS_I((int64_t)(i + 2)));
				now.unit = unit;
				closed = 0;
			}
		} else if (what < 2) {
			unit = now.unit = 1 + any(UNITS);
			cs_put(&l, CS_OP_SET, CS_S("handling"), CS_I((int64_t)unit));
		} else if (what == 2) {
			now.category = any(3);
			now.channel = any(2);
			cs_put(&l, CS_OP_SET, CS_S("category"), CS_S(categories[now.category]));
			cs_put(&l, CS_OP_SET, CS_S("channel"), CS_S(channels[now.channel]));
		} else if (what == 3) {
			cs_put(&l, CS_OP_STATE, CS_S("wait"), CS_S("waiting"), CS_S("customer"));
		} else if (what == 6) {
			cs_put(&l, CS_OP_STATE, CS_S("gone"), CS_S("closed"), CS_S(NULL));
			cs_put(&l, CS_OP_SET, CS_S("merged_into"), CS_I(1));
			now.unit = 0;
			now.merged = 1;
		} else {
			closed = what == 4;
			cs_put(&l, CS_OP_STATE, CS_S("end"), CS_S(closed ? "closed" : "done"),
			       CS_S(NULL));
			now.unit = 0;
		}
		apply(&im, &l, id, now.at, i + 2);
		h->moment[h->count++] = now;
	}
	if (cs_image_save(&im, session.db, &e) < 0)
		fail_msg("%s", e.text);
	cs_arena_reset(&arena);
}

/* --- the independent count ------------------------------------------------------------------- */

static int inside(int unit, const struct cs_unit_row *top)
{
	return unit &&
	       (!top || (int64_t)unit == top->id || top->id == 1 || (top->id == 2 && unit == 3));
}

/* The group of a moment as text, NULL: not counted there. */
static const char *group_at(enum cs_by by, const struct history *h, const struct moment *m,
			    const struct cs_unit_row *top)
{
	static char text[2][64];
	static int turn;

	if (!m || !inside(m->unit, top))
		return NULL;
	switch (by) {
	case CS_BY_ALL: return "*";
	case CS_BY_KIND: return kinds[h->kind];
	case CS_BY_CATEGORY: return categories[m->category];
	case CS_BY_UNIT: return units[m->unit - 1].code;
	case CS_BY_CHANNEL: return channels[m->channel];
	default:
		turn ^= 1;
		snprintf(text[turn], sizeof text[turn], "%s %s", kinds[h->kind],
			 units[m->unit - 1].code);
		return text[turn];
	}
}

static const struct moment *before(const struct history *h, int64_t at)
{
	const struct moment *found = NULL;

	for (int i = 0; i < h->count && h->moment[i].at < at; i++)
		found = &h->moment[i];
	return found;
}

static int same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

static struct cs_stock expect(enum cs_by by, const char *group, const struct cs_report_ask *ask)
{
	struct cs_stock k = {0};

	for (int n = 0; n < TICKETS; n++) {
		const struct history *h = &histories[n];

		k.carried_in +=
			same(group_at(by, h, before(h, ask->period.from), ask->unit), group);
		k.carried_out += same(group_at(by, h, before(h, ask->period.to), ask->unit), group);
		for (int i = 0; i < h->count; i++) {
			const struct moment *m = &h->moment[i], *last = i ? m - 1 : NULL;
			int to = same(group_at(by, h, m, ask->unit), group),
			    from = same(group_at(by, h, last, ask->unit), group);

			if (m->at < ask->period.from || m->at >= ask->period.to || to == from)
				continue;
			if (to && !last)
				k.opened++;
			else if (to && !last->unit)
				k.reopened++;
			else if (to)
				k.moved_in++;
			else if (m->merged)
				k.merged++;
			else if (!m->unit)
				k.closed++;
			else
				k.moved_out++;
		}
	}
	return k;
}

/* --- comparing ------------------------------------------------------------------------------- */

static void compare(struct cs_stock_count *c, enum cs_by by, const struct cs_report_ask *ask)
{
	for (size_t g = 0; g < c->by[by].group.count; g++) {
		const struct cs_stock *k = &c->by[by].stock[g];
		struct cs_stock want;
		char group[64];

		snprintf(group, sizeof group, "%s%s%s", cs_stock_key(c, by, g, false).s,
			 by == CS_BY_KIND_UNIT ? " " : "",
			 by == CS_BY_KIND_UNIT ? cs_stock_key(c, by, g, true).s : "");
		want = expect(by, group, ask);
		if (memcmp(k, &want, sizeof want) != 0)
			fail_msg("by %d, %s, %s: %d+%d+%d+%d=%d+%d+%d+%d, expected %d+%d+%d+%d=%d+%d+%d+%d", (int)by,
				 group, ask->unit ? ask->unit->code : "*", (int)k->carried_in, (int)k->opened,
				 (int)k->reopened, (int)k->moved_in, (int)k->closed, (int)k->merged, (int)k->moved_out,
				 (int)k->carried_out, (int)want.carried_in, (int)want.opened, (int)want.reopened,
				 (int)want.moved_in, (int)want.closed, (int)want.merged, (int)want.moved_out,
				 (int)want.carried_out);
		assert_int_equal(k->carried_in + k->opened + k->reopened + k->moved_in,
				 k->closed + k->merged + k->moved_out + k->carried_out);
	}
}

/* Every group that should be there is there: what each dimension adds up to is that of all but
   for moves. */
static void totals(const struct cs_stock_count *c, enum cs_by by, int64_t *opened, int64_t *out)
{
	*opened = *out = 0;
	for (size_t g = 0; g < c->by[by].group.count; g++) {
		*opened += c->by[by].stock[g].opened;
		*out += c->by[by].stock[g].carried_out;
	}
}

static void check_period(const struct cs_report_ask *ask, int64_t *seen)
{
	struct cs_stock_count c = {.s = &session, .ask = ask};
	int64_t opened, out, all_opened, all_out;
	struct cs_err e = {0};

	for (size_t by = 0; by < CS_BY_COUNT; by++)
		c.wanted[by] = true;
	if (cs_stock_walk(&session, &c, ask->period.from, ask->period.to, 0, NULL, NULL, &e) < 0)
		fail_msg("%s", e.text);
	totals(&c, CS_BY_ALL, &all_opened, &all_out);
	assert_int_equal(all_out, expect(CS_BY_ALL, "*", ask).carried_out);
	for (size_t by = 0; by < CS_BY_COUNT; by++) {
		compare(&c, (enum cs_by)by, ask);
		totals(&c, (enum cs_by)by, &opened, &out);
		assert_int_equal(opened, all_opened);
		assert_int_equal(out, all_out);
	}
	*seen += all_opened + all_out;
	cs_stock_free(&c);
}

static void test_random_histories(void **state)
{
	struct cs_err e = {0};
	int64_t seen = 0;

	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		session = (struct cs_session){.db = test_db_begin()};
		assert_int_equal(cs_db_begin(session.db, &e), 0);
		for (size_t i = 0; i < UNITS; i++)
			assert_int_equal(cs_table_save(session.db, &cs_unit_table, &units[i], &e),
					 0);
		for (int n = 0; n < TICKETS; n++)
			make(n);
		assert_int_equal(cs_db_commit(session.db, &e), 0);
		assert_int_equal(cs_org_load(session.db, &session.org, &e), 0);
		for (int p = 0; p < PERIODS; p++) {
			struct cs_report_ask ask = {
				.unit = p % 3 ? cs_org_unit(&session.org, p % 3 == 1 ? 2 : 4)
					      : NULL};

			ask.period.from = (int64_t)(FIRST_DAY + any(HORIZON)) * DAY;
			ask.period.to = ask.period.from + (int64_t)(1 + any(HORIZON)) * DAY;
			check_period(&ask, &seen);
		}
		cs_org_free(&session.org);
		test_db_end(session.db);
	}
	assert_true(seen > ROUNDS * TICKETS);
	cs_arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random_histories),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
