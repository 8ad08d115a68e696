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

static void add(struct cs_voices *out, struct cs_voice v)
{
	if (!v.step)
		v.step = out->registers;
	out->voice[out->count++] = v;
}

static void read_own(struct cs_voices *out, const struct cs_image *im)
{
	add(out,
	    (struct cs_voice){
		    .ticket = im->t.id, .person = complainant(im), .at = im->t.opened_at, .premises = im->t.premises});
	for (size_t i = 0; i < cs_image_count(im, CS_P_APPEAL); i++) {
		const struct cs_appeal_row *a = cs_image_at(im, CS_P_APPEAL, i);

		add(out, (struct cs_voice){im->t.id, a->seq, a->person, a->at, im->t.premises, a->step});
	}
}

/* Those of the matter but of the image's ticket, which has its own in hand (im NULL: of all). */
static int read_all(struct cs_voices *out, struct cs_db *db, const struct cs_image *im, struct cs_err *e)
{
	struct cs_voice *stored = NULL;
	size_t n = 0;

	if (out->matter != CS_NULL && cs_matter_voices(db, out->matter, out->arena, &stored, &n, e) < 0)
		return -1;
	out->voice =
		cs_arena_alloc(out->arena, (n + (im ? cs_image_count(im, CS_P_APPEAL) : 0) + 1) * sizeof *out->voice);
	if (im)
		read_own(out, im);
	for (size_t i = 0; i < n; i++)
		if (!im || stored[i].ticket != im->t.id)
			add(out, stored[i]);
	qsort(out->voice, out->count, sizeof *out->voice, in_time);
	return 0;
}

int cs_voices_read(struct cs_voices *out, struct cs_db *db, const struct cs_image *im, const char *registers,
		   struct cs_err *e)
{
	*out = (struct cs_voices){.matter = im->t.matter, .registers = registers, .arena = im->arena};
	return read_all(out, db, im, e);
}

int cs_voices_of_matter(struct cs_voices *out, struct cs_db *db, int64_t matter, const char *registers,
			struct cs_arena *a, struct cs_err *e)
{
	*out = (struct cs_voices){.matter = matter, .registers = registers, .arena = a};
	return read_all(out, db, NULL, e);
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

/* Somebody (numbered) comes to be counted once more, or once less. */
struct change {
	cs_time at;
	int64_t key; /* person or premises; CS_NULL: nobody known */
	size_t who;
	int by;
};

static int by_key(const void *a, const void *b)
{
	const struct change *x = a, *y = b;

	return (x->key > y->key) - (x->key < y->key);
}

static int by_time(const void *a, const void *b)
{
	const struct change *x = a, *y = b;

	return (x->at > y->at) - (x->at < y->at);
}

/* Those who come, numbered from 0: the same one the same. */
static size_t number(struct change *come, size_t n)
{
	size_t who = 0;

	qsort(come, n, sizeof *come, by_key);
	for (size_t i = 0; i < n; i++)
		come[i].who = i > 0 && come[i].key != CS_NULL && come[i].key == come[i - 1].key ? who - 1 : who++;
	return who;
}

/* How often each is counted, how many are counted so often, and the most of one. */
struct standing {
	size_t *times, *so_often;
	int64_t all, distinct;
	size_t most;
};

static void move(struct standing *st, const struct change *c)
{
	size_t *times = &st->times[c->who];

	st->so_often[*times]--;
	*times = c->by > 0 ? *times + 1 : *times - 1;
	st->so_often[*times]++;
	st->all += c->by;
	st->distinct += c->by > 0 ? *times == 1 : -(*times == 0);
	if (*times > st->most)
		st->most = *times;
	while (st->most > 0 && st->so_often[st->most] == 0)
		st->most--;
}

static int64_t comes_to(const struct standing *st, enum cs_tally_how how)
{
	switch (how) {
	case CS_TALLY_ALL: return st->all;
	case CS_TALLY_DISTINCT: return st->distinct;
	case CS_TALLY_SAME: break;
	}
	return (int64_t)st->most;
}

/* In one go through all that changes, in the order of the times. */
static void count_all(struct cs_voices *l, struct cs_tally_course *c, const struct cs_zone *zone)
{
	struct change *change = cs_arena_alloc(l->arena, (2 * l->count + 1) * sizeof *change);
	struct standing st = {0};
	size_t n = 0, come;

	for (size_t i = 0; i < l->count; i++) {
		const struct cs_voice *v = &l->voice[i];

		if (cs_ids_has(&c->tally->steps, v->step))
			change[n++] = (struct change){
				v->at, c->tally->by == CS_TALLY_PREMISES ? v->premises : v->person, 0, 1};
	}
	come = n;
	st.so_often = cs_arena_alloc(l->arena, (come + 1) * sizeof *st.so_often);
	memset(st.so_often, 0, (come + 1) * sizeof *st.so_often);
	st.so_often[0] = number(change, come);
	st.times = cs_arena_alloc(l->arena, (st.so_often[0] + 1) * sizeof *st.times);
	memset(st.times, 0, (st.so_often[0] + 1) * sizeof *st.times);
	for (size_t i = 0; i < come; i++) {
		const struct cs_voice v = {.at = change[i].at, .step = c->tally->steps.id[0]};
		cs_time until = cs_voice_until(&v, c->tally, zone);

		if (until != CS_TIME_NONE)
			change[n++] = (struct change){until + 1, change[i].key, change[i].who, -1};
	}
	qsort(change, n, sizeof *change, by_time);
	c->step = cs_arena_alloc(l->arena, (n + 1) * sizeof *c->step);
	for (size_t i = 0; i < n; i++) {
		move(&st, &change[i]);
		if (i + 1 == n || change[i + 1].at != change[i].at)
			c->step[c->count++] = (struct cs_tally_step){change[i].at, comes_to(&st, c->tally->how)};
	}
}

const struct cs_tally_course *cs_voices_course(struct cs_voices *l, const struct cs_tally *t,
					       const struct cs_zone *zone)
{
	struct cs_tally_course *c;

	for (size_t i = 0; i < l->course_count; i++)
		if (l->course[i].tally == t)
			return &l->course[i];
	l->course = cs_arena_grow(l->arena, l->course, l->course_count, &l->course_size, sizeof *l->course);
	c = &l->course[l->course_count++];
	*c = (struct cs_tally_course){.tally = t};
	count_all(l, c, zone);
	return c;
}

int64_t cs_voices_count(struct cs_voices *l, const struct cs_tally *t, const struct cs_zone *zone, cs_time at)
{
	const struct cs_tally_course *c = cs_voices_course(l, t, zone);
	size_t from = 0, to = c->count;

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (c->step[mid].at <= at)
			from = mid + 1;
		else
			to = mid;
	}
	return from ? c->step[from - 1].n : 0;
}
