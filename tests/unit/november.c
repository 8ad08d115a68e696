/* A month's work to draw samples from. */
#include "november.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

int64_t november_ticket[NOVEMBER_DONE];
struct cs_arena november_arena;
struct cs_period november;

static void finish(int64_t id)
{
	desk_do(id, "dispatch handling=p1.engineering assignee=worker");
	desk_do(id, "arrive");
	desk_do(id, "start");
	desk_do(id, "finish result=好 unsigned_why=不在");
}

/* Nine requests are done in November 2026; it is 1 December. */
int november_begin(void **state)
{
	struct cs_err e = {0};

	(void)state;
	desk_begin();
	for (size_t i = 0; i < NOVEMBER_DONE; i++)
		finish(november_ticket[i] = desk_register("request", i % 2 ? "eng.leak" : "eng.water", "",
						 NULL));
	desk_register("request", "eng.leak", "", NULL); /* is not done */
	desk_time("2026-12-01 00:00");
	return cs_period_parse("2026-11", desk->policy->zone, &november, &e);
}

int november_end(void **state)
{
	(void)state;
	desk_end();
	cs_arena_free(&november_arena);
	return 0;
}

void november_frame(const char *rule, int64_t unit, struct cs_frame *f)
{
	struct cs_err e = {0};

	*f = (struct cs_frame){.arena = &november_arena};
	if (cs_sample_frame(desk, cs_policy_sample(desk->policy, rule), &november, unit, f, &e) < 0)
		fail_msg("%s", e.text);
}

/* Records inside an open transaction. */
int try_november(const char *seed, const char *again, int64_t *id, struct cs_err *e)
{
	struct cs_draw_order o = {.name = "qmc_month",
				  .period = "2026-11",
				  .seed = seed,
				  .again = again,
				  .unit = CS_NULL,
				  .spec = {.count = 4}};
	struct cs_frame f;

	november_frame("qmc_month", CS_NULL, &f);
	return cs_draw_record(desk, &o, &f, id, e);
}

int64_t draw_november(void)
{
	struct cs_err e = {0};
	int64_t id = 0;

	if (try_november("s", NULL, &id, &e) < 0)
		fail_msg("%s", e.text);
	return id;
}

struct cs_draw_item *drawn_items(int64_t id, size_t *n)
{
	struct cs_draw_item *item;
	struct cs_err e = {0};

	assert_int_equal(cs_draw_items(desk->db, id, &november_arena, &item, n, &e), 0);
	return item;
}

size_t draw_faults(int64_t id)
{
	struct cs_faults faults = {0};
	struct cs_err e = {0};
	size_t n;

	cs_arena_reset(&desk->work);
	if (cs_draw_verify(desk, id, &faults, &e) < 0)
		fail_msg("%s", e.text);
	n = faults.count;
	cs_faults_free(&faults);
	return n;
}
