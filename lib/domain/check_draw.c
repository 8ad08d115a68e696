/* What was drawn, beside the events that tell it. */
#include <stdlib.h>
#include <string.h>

#include "domain/checking.h"
#include "store/draw.h"
#include "store/ref.h"

/* Of one place the effect met first (events come from the last to the first) holds. */
struct told {
	struct cs_draw_item item;
	size_t met;
};
struct cs_check_drawn {
	struct cs_check *c;
	struct cs_arena arena;
	struct told *told;
	size_t count, size;
};

struct cs_check_drawn *cs_check_drawn_new(struct cs_check *c)
{
	struct cs_check_drawn *d = cs_alloc(sizeof *d);

	d->c = c;
	return d;
}

void cs_check_drawn_free(struct cs_check_drawn *d)
{
	if (!d)
		return;
	cs_arena_free(&d->arena);
	free(d);
}

static const char *text(struct cs_check_drawn *d, const struct cs_effect *f, size_t i)
{
	const char *s = cs_arg_text(f, i);

	return cs_arena_strdup(&d->arena, s ? s : "");
}

void cs_check_drawn_event(struct cs_check_drawn *d, const struct cs_effects *l)
{
	for (size_t i = l->count; i > 0; i--) {
		const struct cs_effect *f = &l->effect[i - 1];

		if (f->op != CS_OP_DRAWN)
			continue;
		d->told = cs_arena_grow(&d->arena, d->told, d->count, &d->size, sizeof *d->told);
		d->told[d->count].met = d->count;
		d->told[d->count++].item = (struct cs_draw_item){
			.draw = cs_arg_int(f, 0),
			.stratum = text(d, f, 1),
			.place = cs_arg_int(f, 2),
			.ticket = cs_arg_int(f, 3),
			.role = text(d, f, 4),
			.reason = text(d, f, 5),
		};
	}
}

static int by_place(const struct cs_draw_item *x, const struct cs_draw_item *y)
{
	int order;

	if (x->draw != y->draw)
		return x->draw < y->draw ? -1 : 1;
	order = strcmp(x->stratum, y->stratum);
	return order ? order : (x->place > y->place) - (x->place < y->place);
}

static int by_place_and_time(const void *a, const void *b)
{
	const struct told *x = a, *y = b;
	int order = by_place(&x->item, &y->item);

	return order ? order : (x->met > y->met) - (x->met < y->met);
}

static void keep_last(struct cs_check_drawn *d)
{
	size_t kept = 0;

	if (d->count)
		qsort(d->told, d->count, sizeof *d->told, by_place_and_time);
	for (size_t i = 0; i < d->count; i++)
		if (kept == 0 || by_place(&d->told[kept - 1].item, &d->told[i].item) != 0)
			d->told[kept++] = d->told[i];
	d->count = kept;
}

static void fault(struct cs_check_drawn *d, const struct cs_draw_item *item, const char *why)
{
	cs_check_fault(d->c, "draw_item %lld %s %lld: %s", (long long)item->draw, item->stratum,
		       (long long)item->place, why);
}

static void compare(struct cs_check_drawn *d, const struct cs_draw_item *stored,
		    const struct cs_draw_item *told)
{
	if (stored->ticket != told->ticket)
		fault(d, stored, "ticket: not what the history says");
	if (strcmp(stored->role, told->role) != 0)
		fault(d, stored, "role: not what the history says");
	if (strcmp(stored->reason, told->reason) != 0)
		fault(d, stored, "reason: not what the history says");
}

int cs_check_drawn_end(struct cs_check_drawn *d, struct cs_err *e)
{
	struct cs_stmt *walk = cs_draw_items_walk(d->c->db, e);
	struct cs_draw_item stored;
	size_t i = 0;
	int rc = walk ? 0 : -1;

	keep_last(d);
	while (walk && (rc = cs_draw_items_next(walk, &stored, e)) == 1) {
		for (; i < d->count && by_place(&d->told[i].item, &stored) < 0; i++)
			fault(d, &d->told[i].item, "recorded, but not there");
		if (i < d->count && by_place(&d->told[i].item, &stored) == 0)
			compare(d, &stored, &d->told[i++].item);
		else
			fault(d, &stored, "nobody recorded it");
	}
	for (; rc == 0 && i < d->count; i++)
		fault(d, &d->told[i].item, "recorded, but not there");
	return rc;
}
