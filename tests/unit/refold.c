/* Refolding. */
#include "refold.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/fold.h"

static void refold(int64_t ticket, struct cs_image *im, struct cs_arena *a)
{
	struct cs_effects l = {.arena = a};
	struct cs_event ev;
	struct cs_err e = {0};
	struct cs_stmt *walk = cs_event_of(desk->db, "ticket", ticket, &e);

	cs_image_init(im, a);
	while (cs_event_next(walk, &ev, &e) == 1) {
		ev.step = cs_arena_strdup(a, ev.step);
		if (cs_effects_read(&l, ev.facts, ev.private_part, &e) < 0 || cs_fold_ticket(im, &ev, &l, &e) < 0)
			fail_msg("event %lld: %s", (long long)ev.id, e.text);
	}
	cs_image_settle(im);
}

void refold_same(int64_t ticket)
{
	struct cs_arena a = {0};
	struct cs_image *stored, again;
	const struct cs_table_column *c;

	refold(ticket, &again, &a);
	stored = desk_ticket(ticket);
	cs_image_settle(stored);
	c = cs_row_differs(&cs_ticket_table, &stored->t, &again.t);
	if (c)
		fail_msg("ticket.%s differs", c->name);
	for (int p = CS_P_TICKET + 1; p < CS_P_COUNT; p++) {
		if (cs_image_count(stored, p) != cs_image_count(&again, p))
			fail_msg("%s: %zu rows stored, %zu folded", cs_tables[p]->name, cs_image_count(stored, p),
				 cs_image_count(&again, p));
		for (size_t i = 0; i < cs_image_count(stored, p); i++) {
			c = cs_row_differs(cs_tables[p], cs_image_at(stored, (enum cs_part_id)p, i),
					   cs_image_at(&again, (enum cs_part_id)p, i));
			if (c)
				fail_msg("%s.%s differs", cs_tables[p]->name, c->name);
		}
	}
	cs_arena_free(&a);
}
