/* Matters as they were: what counted over them and what was linked, event by event. */
#include <stdlib.h>
#include <string.h>

#include "domain/checking.h"
#include "domain/fold.h"
#include "domain/image.h"
#include "store/list.h"
#include "store/matter.h"

/* One complaint that counts to a matter, or a link of a ticket or to it: from an event until before another. */
struct voice_span {
	int64_t matter, from, to;
	struct cs_voice voice;
};
struct link_span {
	int64_t ticket, other, from, to;
	const char *link;
	bool to_it;
};
/* One whose history was read, and its last event. */
struct followed {
	int64_t ticket, last;
};
struct cs_check_matters {
	struct cs_check *c;
	struct cs_arena arena, work; /* work: of the ticket in hand */
	struct voice_span *voice;    /* by matter, then in the order of their times */
	size_t voice_count, voice_size;
	struct link_span *link; /* by ticket */
	size_t link_count, link_size;
	struct followed *followed; /* by ticket */
	size_t followed_count, followed_size;
};

/* The ticket in hand; places of what holds still, in the order of its complaints and of its links. */
struct lifetime {
	struct cs_check_matters *m;
	struct cs_image im;
	size_t *voice, *link;
	size_t voice_count, voice_size, link_count, link_size;
};

enum { NOWHERE = 0 }; /* places are counted from 1 */

static bool same_voice(const struct cs_voice *a, const struct cs_voice *b)
{
	return a->seq == b->seq && a->person == b->person && a->at == b->at && a->premises == b->premises;
}

static void note_voice(struct lifetime *t, size_t i, const struct cs_voice *v, int64_t event)
{
	struct cs_check_matters *m = t->m;
	struct voice_span *old = t->voice[i] != NOWHERE ? &m->voice[t->voice[i] - 1] : NULL;

	if (old && old->matter == t->im.t.matter && same_voice(&old->voice, v))
		return;
	if (old)
		old->to = event;
	t->voice[i] = NOWHERE;
	if (t->im.t.matter == CS_NULL)
		return;
	m->voice = cs_arena_grow(&m->arena, m->voice, m->voice_count, &m->voice_size, sizeof *m->voice);
	m->voice[m->voice_count] = (struct voice_span){t->im.t.matter, event, INT64_MAX, *v};
	m->voice[m->voice_count].voice.step = cs_arena_strdup(&m->arena, v->step);
	t->voice[i] = ++m->voice_count;
}

/* Its own complaints alone: what the matter makes of them is told by the tickets together. */
static int note_voices(struct lifetime *t, int64_t event, struct cs_err *e)
{
	struct cs_image own = t->im;
	struct cs_voices l;

	own.t.matter = CS_NULL;
	if (cs_voices_read(&l, t->m->c->db, &own, NULL, e) < 0)
		return -1;
	for (size_t i = 0; i < l.count; i++) {
		size_t place = (size_t)l.voice[i].seq;

		while (place >= t->voice_count) {
			t->voice =
				cs_arena_grow(&t->m->work, t->voice, t->voice_count, &t->voice_size, sizeof *t->voice);
			t->voice[t->voice_count++] = NOWHERE;
		}
		note_voice(t, place, &l.voice[i], event);
	}
	return 0;
}

static void add_link(struct cs_check_matters *m, struct link_span b)
{
	m->link = cs_arena_grow(&m->arena, m->link, m->link_count, &m->link_size, sizeof *m->link);
	m->link[m->link_count++] = b;
}

/* Of both tickets, side by side; the place of the first. */
static size_t add_pair(struct lifetime *t, const struct cs_link_row *l, int64_t event)
{
	const char *link = cs_arena_strdup(&t->m->arena, l->link);

	add_link(t->m, (struct link_span){l->ticket, l->other, event, INT64_MAX, link, false});
	add_link(t->m, (struct link_span){l->other, l->ticket, event, INT64_MAX, link, true});
	return t->m->link_count - 1;
}

static void note_links(struct lifetime *t, int64_t event)
{
	struct cs_check_matters *m = t->m;

	for (size_t i = 0; i < cs_image_count(&t->im, CS_P_LINK); i++) {
		const struct cs_link_row *l = cs_image_at(&t->im, CS_P_LINK, i);
		struct link_span *pair;

		if (i == t->link_count) {
			t->link = cs_arena_grow(&m->work, t->link, t->link_count, &t->link_size, sizeof *t->link);
			t->link[t->link_count++] = NOWHERE;
		}
		pair = t->link[i] != NOWHERE ? &m->link[t->link[i] - 1] : NULL;
		if (l->until == CS_NULL && !pair) {
			t->link[i] = add_pair(t, l, event);
		} else if (l->until != CS_NULL && pair) {
			pair[0].to = pair[1].to = event;
			t->link[i] = NOWHERE;
		}
	}
}

/* A history that cannot be folded is told by who checks the ticket; what is known of it before stands. */
static int follow(struct lifetime *t, int64_t ticket, struct cs_err *e)
{
	struct cs_check_matters *m = t->m;
	struct cs_stmt *walk = cs_event_of(m->c->db, "ticket", ticket, e);
	struct cs_event ev;
	int rc = walk ? 0 : -1;

	m->followed = cs_arena_grow(&m->arena, m->followed, m->followed_count, &m->followed_size, sizeof *m->followed);
	m->followed[m->followed_count++] = (struct followed){ticket, 0};

	while (rc == 0 && (rc = cs_event_next(walk, &ev, e)) == 1) {
		struct cs_effects l = {.arena = &m->work};

		if (cs_effects_read(&l, ev.facts, ev.private_part, NULL) < 0 ||
		    cs_fold_ticket(&t->im, &ev, &l, NULL) < 0) {
			rc = 0;
			break;
		}
		m->followed[m->followed_count - 1].last = ev.id;
		note_links(t, ev.id);
		rc = note_voices(t, ev.id, e);
	}
	cs_stmt_done(walk);
	return rc;
}

static int by_matter(const void *a, const void *b)
{
	const struct voice_span *x = a, *y = b;
	const int64_t left[] = {x->matter, x->voice.at, x->voice.ticket, x->voice.seq, x->from},
		      right[] = {y->matter, y->voice.at, y->voice.ticket, y->voice.seq, y->from};

	for (size_t i = 0; i < sizeof left / sizeof *left; i++)
		if (left[i] != right[i])
			return left[i] < right[i] ? -1 : 1;
	return 0;
}

static int by_ticket(const void *a, const void *b)
{
	const struct link_span *x = a, *y = b;

	if (x->ticket != y->ticket)
		return x->ticket < y->ticket ? -1 : 1;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->other > y->other) - (x->other < y->other);
}

struct cs_check_matters *cs_check_matters_new(struct cs_check *c, struct cs_err *e)
{
	struct cs_check_matters *m = cs_alloc(sizeof *m);
	struct cs_id_list ids = {0};

	m->c = c;
	if (cs_matter_linked(c->db, &m->arena, &ids, e) < 0)
		goto fail;
	for (size_t i = 0; i < ids.count; i++) {
		struct lifetime t = {.m = m};

		cs_arena_reset(&m->work);
		cs_image_init(&t.im, &m->work);
		if (follow(&t, ids.id[i], e) < 0)
			goto fail;
	}
	if (m->voice_count)
		qsort(m->voice, m->voice_count, sizeof *m->voice, by_matter);
	if (m->link_count)
		qsort(m->link, m->link_count, sizeof *m->link, by_ticket);
	return m;
fail:
	cs_check_matters_free(m);
	return NULL;
}

void cs_check_matters_free(struct cs_check_matters *m)
{
	if (!m)
		return;
	cs_arena_free(&m->arena);
	cs_arena_free(&m->work);
	free(m);
}

/* The first of the sorted ones, each beginning with its number, whose number is not below this. */
static size_t first_of(const void *list, size_t count, size_t size, int64_t number)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int64_t found;

		memcpy(&found, (const char *)list + middle * size, sizeof found);
		if (found < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool cs_check_matter_voices(const struct cs_check_matters *m, const struct cs_image *im, int64_t event,
			    const char *registers, struct cs_voices *out)
{
	bool own = false;
	size_t from, to;

	if (im->t.matter == CS_NULL)
		return false;
	from = to = first_of(m->voice, m->voice_count, sizeof *m->voice, im->t.matter);
	while (to < m->voice_count && m->voice[to].matter == im->t.matter)
		to++;
	*out = (struct cs_voices){.matter = im->t.matter, .registers = registers, .arena = im->arena};
	out->voice = cs_arena_alloc(im->arena, (to - from + 1) * sizeof *out->voice);
	for (size_t i = from; i < to; i++) {
		if (m->voice[i].from > event || m->voice[i].to <= event)
			continue;
		out->voice[out->count] = m->voice[i].voice;
		if (m->voice[i].voice.seq == 0)
			out->voice[out->count].step = registers;
		out->count++;
		own = own || m->voice[i].voice.ticket == im->t.id;
	}
	return own;
}

static size_t first_link(const struct cs_check_matters *m, int64_t ticket)
{
	return first_of(m->link, m->link_count, sizeof *m->link, ticket);
}

static bool held(const struct link_span *b, int64_t event)
{
	return b->from <= event && event < b->to;
}

void cs_check_linked(const struct cs_check_matters *m, const struct cs_image *im, int64_t event, struct cs_linked *out)
{
	struct cs_link_row *row = NULL;
	size_t size = 0;

	*out = (struct cs_linked){0};
	for (size_t i = first_link(m, im->t.id); i < m->link_count && m->link[i].ticket == im->t.id; i++) {
		const struct link_span *b = &m->link[i];

		if (!b->to_it || !held(b, event))
			continue;
		row = cs_arena_grow(im->arena, row, out->count, &size, sizeof *row);
		row[out->count++] =
			(struct cs_link_row){.ticket = b->other, .link = b->link, .other = im->t.id, .until = CS_NULL};
	}
	out->row = row;
}

/* The last event of a ticket that was ever linked; 0: none is known. */
static int64_t last_event(const struct cs_check_matters *m, int64_t ticket)
{
	size_t i = first_of(m->followed, m->followed_count, sizeof *m->followed, ticket);

	return i < m->followed_count && m->followed[i].ticket == ticket ? m->followed[i].last : 0;
}

bool cs_check_link_changed(const struct cs_check_matters *m, int64_t ticket, const char *link, int64_t event)
{
	for (size_t i = first_link(m, ticket); i < m->link_count && m->link[i].ticket == ticket; i++)
		if (strcmp(m->link[i].link, link) == 0 && held(&m->link[i], event) &&
		    (m->link[i].to != INT64_MAX || last_event(m, m->link[i].other) > event))
			return true;
	return false;
}
