/* Counting over a matter. */
#include "domain/voices.h"

#include <stdlib.h>
#include <string.h>

#include "domain/clock.h"

static int in_time(const void *a, const void *b)
{
	const struct cs_voice *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->ticket != y->ticket)
		return x->ticket < y->ticket ? -1 : 1;
	return (x->seq > y->seq) - (x->seq < y->seq);
}

/* For whom the ticket was registered: an agent speaks for his principal. */
static int64_t complainant(const struct cs_image *im)
{
	const struct cs_party_row *first =
		cs_image_count(im, CS_P_PARTY) ? cs_image_at(im, CS_P_PARTY, 0) : NULL;

	return first && first->seq == 1 && first->principal != CS_NULL ? first->principal : im->t.customer;
}

static void read_own(struct cs_voices *out, const struct cs_image *im)
{
	out->voice[out->count++] = (struct cs_voice){
		.ticket = im->t.id, .person = complainant(im), .at = im->t.opened_at, .premises = im->t.premises};
	for (size_t i = 0; i < cs_image_count(im, CS_P_APPEAL); i++) {
		const struct cs_appeal_row *a = cs_image_at(im, CS_P_APPEAL, i);

		out->voice[out->count++] =
			(struct cs_voice){im->t.id, a->seq, a->person, a->at, im->t.premises, a->step};
	}
}

int cs_voices_read(struct cs_voices *out, struct cs_db *db, const struct cs_image *im, const char *registers,
		   struct cs_err *e)
{
	struct cs_voice *others = NULL;
	size_t n = 0;

	if (im->t.matter != CS_NULL && cs_matter_voices(db, im->t.matter, im->arena, &others, &n, e) < 0)
		return -1;
	out->voice = cs_arena_alloc(im->arena, (n + cs_image_count(im, CS_P_APPEAL) + 1) * sizeof *out->voice);
	out->count = 0;
	read_own(out, im);
	for (size_t i = 0; i < n; i++)
		if (others[i].ticket != im->t.id)
			out->voice[out->count++] = others[i];
	for (size_t i = 0; i < out->count; i++)
		if (!out->voice[i].step)
			out->voice[i].step = registers;
	qsort(out->voice, out->count, sizeof *out->voice, in_time);
	return 0;
}

cs_time cs_voice_until(const struct cs_voice *v, const struct cs_tally *t, const struct cs_zone *zone)
{
	struct cs_count count = {.zone = zone, .from = v->at};
	cs_time end;

	if (!t->has_within || t->within.unit == CS_SPAN_NONE || !cs_ids_has(&t->steps, v->step) ||
	    cs_count_end(&count, &t->within, &end, NULL) < 0)
		return CS_TIME_NONE;
	return end;
}

static bool counts(const struct cs_voice *v, const struct cs_tally *t, const struct cs_zone *zone, cs_time at)
{
	cs_time until;

	if (v->at > at || !cs_ids_has(&t->steps, v->step))
		return false;
	until = cs_voice_until(v, t, zone);
	return until == CS_TIME_NONE || at <= until;
}

static int64_t who(const struct cs_voice *v, const struct cs_tally *t)
{
	return t->by == CS_TALLY_PREMISES ? v->premises : v->person;
}

/* One of those before it that count is the same. */
static bool came_before(const struct cs_voices *l, size_t i, const struct cs_tally *t, const struct cs_zone *zone,
			cs_time at)
{
	for (size_t k = 0; who(&l->voice[i], t) != CS_NULL && k < i; k++)
		if (who(&l->voice[k], t) == who(&l->voice[i], t) && counts(&l->voice[k], t, zone, at))
			return true;
	return false;
}

static int64_t times(const struct cs_voices *l, size_t i, const struct cs_tally *t, const struct cs_zone *zone,
		     cs_time at)
{
	int64_t n = 1;

	for (size_t k = i + 1; who(&l->voice[i], t) != CS_NULL && k < l->count; k++)
		n += who(&l->voice[k], t) == who(&l->voice[i], t) && counts(&l->voice[k], t, zone, at);
	return n;
}

bool cs_voices_reach(const struct cs_voices *l, const struct cs_tally *t, const struct cs_zone *zone, cs_time at,
		     int64_t number)
{
	int64_t n = 0, one;

	for (size_t i = 0; i < l->count && n < number; i++) {
		if (!counts(&l->voice[i], t, zone, at))
			continue;
		switch (t->how) {
		case CS_TALLY_ALL: n++; break;
		case CS_TALLY_DISTINCT: n += !came_before(l, i, t, zone, at); break;
		case CS_TALLY_SAME:
			one = times(l, i, t, zone, at);
			n = one > n ? one : n;
			break;
		}
	}
	return n >= number;
}
