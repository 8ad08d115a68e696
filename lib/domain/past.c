/* Clocks at other moments. */
#include "domain/past.h"

#include <stdlib.h>
#include <string.h>

bool cs_pause_next(const char **text, cs_time *from, cs_time *to)
{
	char *rest;

	if (!*text || !**text)
		return false;
	*from = strtoll(*text, &rest, 10);
	*to = *rest == '-' ? strtoll(rest + 1, &rest, 10) : *from;
	*text = *rest == ',' ? rest + 1 : NULL;
	return true;
}

static bool stood_still(const struct cs_clock_row *c, cs_time at)
{
	const char *pauses = c->pauses;
	cs_time from, to;

	while (cs_pause_next(&pauses, &from, &to))
		if (from <= at && at < to)
			return true;
	return c->paused_at != CS_NULL && c->paused_at <= at;
}

int cs_past_clock(const struct cs_image *im, const char *clock, enum cs_clock_is is, cs_time at, bool just_before)
{
	const struct cs_clock_row *last = NULL;
	bool stopped, late;

	for (size_t i = 0; i < cs_image_count(im, CS_P_CLOCK); i++) {
		const struct cs_clock_row *c = cs_image_at(im, CS_P_CLOCK, i);

		if (c->annulled != 1 && strcmp(c->clock, clock) == 0 && c->start_at <= at &&
		    (!last || c->cycle > last->cycle || (c->cycle == last->cycle && c->run > last->run)))
			last = c;
	}
	if (!last)
		return -1;
	stopped = last->verdict && last->stop_at <= at - just_before;
	late = last->verdict && stopped ? strcmp(last->verdict, "late") == 0
					: last->due_at != CS_NULL && at > last->due_at;
	switch (is) {
	case CS_CLOCK_RUNNING: return !stopped && !stood_still(last, at);
	case CS_CLOCK_PAUSED: return !stopped && stood_still(last, at);
	case CS_CLOCK_MET: return stopped && strcmp(last->verdict, "met") == 0;
	case CS_CLOCK_VOID: return stopped && strcmp(last->verdict, "void") == 0;
	case CS_CLOCK_LATE: break;
	}
	return late || (!stopped && last->missed_due != CS_NULL && at > last->missed_due);
}

void cs_moments_add(struct cs_moments *m, struct cs_arena *a, cs_time at)
{
	if (at == CS_NULL)
		return;
	m->at = cs_arena_grow(a, m->at, m->count, &m->size, sizeof *m->at);
	m->at[m->count++] = at;
}

static int earlier(const void *a, const void *b)
{
	cs_time x = *(const cs_time *)a, y = *(const cs_time *)b;

	return (x > y) - (x < y);
}

void cs_moments_sort(struct cs_moments *m)
{
	size_t kept = 0;

	if (m->count)
		qsort(m->at, m->count, sizeof *m->at, earlier);
	for (size_t i = 0; i < m->count; i++)
		if (kept == 0 || m->at[kept - 1] != m->at[i])
			m->at[kept++] = m->at[i];
	m->count = kept;
}

void cs_past_moments(const struct cs_image *im, const char *clock, struct cs_moments *m)
{
	for (size_t i = 0; i < cs_image_count(im, CS_P_CLOCK); i++) {
		const struct cs_clock_row *c = cs_image_at(im, CS_P_CLOCK, i);
		const char *pauses = c->pauses;
		cs_time from, to;

		if (c->annulled == 1 || strcmp(c->clock, clock) != 0)
			continue;
		cs_moments_add(m, im->arena, c->start_at);
		cs_moments_add(m, im->arena, c->stop_at);
		cs_moments_add(m, im->arena, c->paused_at);
		cs_moments_add(m, im->arena, c->due_at == CS_NULL ? CS_NULL : c->due_at + 1);
		cs_moments_add(m, im->arena, c->missed_due == CS_NULL ? CS_NULL : c->missed_due + 1);
		while (cs_pause_next(&pauses, &from, &to)) {
			cs_moments_add(m, im->arena, from);
			cs_moments_add(m, im->arena, to);
		}
	}
}
