/* Matters as they were: what counted over them and what was linked, event by event. */
#include <stdlib.h>
#include <string.h>

#include "domain/checking.h"
#include "domain/fold.h"
#include "domain/image.h"
#include "store/list.h"
#include "store/matter.h"

/* One complaint that counts to a matter, or a link of a ticket or to it: from an event until before another. */
struct said {
	int64_t matter, from, to;
	struct cs_voice voice;
};
struct bond {
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
	struct said *said;           /* by matter, then in the order of their times */
	size_t said_count, said_size;
	struct bond *bond; /* by ticket */
	size_t bond_count, bond_size;
	struct followed *followed; /* by ticket */
	size_t followed_count, followed_size;
};

/* The ticket in hand; places of what holds still, in the order of its complaints and of its links. */
struct tale {
	struct cs_check_matters *m;
	struct cs_image im;
	size_t *said, *bond;
	size_t said_count, said_size, bond_count, bond_size;
};

enum { NOWHERE = 0 }; /* places are counted from 1 */

static bool same_voice(const struct cs_voice *a, const struct cs_voice *b)
{
	return a->seq == b->seq && a->person == b->person && a->at == b->at && a->premises == b->premises;
}

static void say(struct tale *t, size_t i, const struct cs_voice *v, int64_t event)
{
	struct cs_check_matters *m = t->m;
	struct said *old = t->said[i] != NOWHERE ? &m->said[t->said[i] - 1] : NULL;

	if (old && old->matter == t->im.t.matter && same_voice(&old->voice, v))
		return;
	if (old)
		old->to = event;
	t->said[i] = NOWHERE;
	if (t->im.t.matter == CS_NULL)
		return;
	m->said = cs_arena_grow(&m->arena, m->said, m->said_count, &m->said_size, sizeof *m->said);
	m->said[m->said_count] = (struct said){t->im.t.matter, event, INT64_MAX, *v};
	m->said[m->said_count].voice.step = cs_arena_strdup(&m->arena, v->step);
	t->said[i] = ++m->said_count;
}

/* Its own complaints alone: what the matter makes of them is told by the tickets together. */
static int hear(struct tale *t, int64_t event, struct cs_err *e)
{
	struct cs_image own = t->im;
	struct cs_voices l;

	own.t.matter = CS_NULL;
	if (cs_voices_read(&l, t->m->c->db, &own, NULL, e) < 0)
		return -1;
	for (size_t i = 0; i < l.count; i++) {
		size_t place = (size_t)l.voice[i].seq;

		while (place >= t->said_count) {
			t->said = cs_arena_grow(&t->m->work, t->said, t->said_count, &t->said_size, sizeof *t->said);
			t->said[t->said_count++] = NOWHERE;
		}
		say(t, place, &l.voice[i], event);
	}
	return 0;
}

static void add_bond(struct cs_check_matters *m, struct bond b)
{
	m->bond = cs_arena_grow(&m->arena, m->bond, m->bond_count, &m->bond_size, sizeof *m->bond);
	m->bond[m->bond_count++] = b;
}

/* Of both tickets, side by side; the place of the first. */
static size_t add_pair(struct tale *t, const struct cs_link_row *l, int64_t event)
{
	const char *link = cs_arena_strdup(&t->m->arena, l->link);

	add_bond(t->m, (struct bond){l->ticket, l->other, event, INT64_MAX, link, false});
	add_bond(t->m, (struct bond){l->other, l->ticket, event, INT64_MAX, link, true});
	return t->m->bond_count - 1;
}

static void bind(struct tale *t, int64_t event)
{
	struct cs_check_matters *m = t->m;

	for (size_t i = 0; i < cs_image_count(&t->im, CS_P_LINK); i++) {
		const struct cs_link_row *l = cs_image_at(&t->im, CS_P_LINK, i);
		struct bond *pair;

		if (i == t->bond_count) {
			t->bond = cs_arena_grow(&m->work, t->bond, t->bond_count, &t->bond_size, sizeof *t->bond);
			t->bond[t->bond_count++] = NOWHERE;
		}
		pair = t->bond[i] != NOWHERE ? &m->bond[t->bond[i] - 1] : NULL;
		if (l->until == CS_NULL && !pair) {
			t->bond[i] = add_pair(t, l, event);
		} else if (l->until != CS_NULL && pair) {
			pair[0].to = pair[1].to = event;
			t->bond[i] = NOWHERE;
		}
	}
}

/* A history that cannot be folded is told by who checks the ticket; what is known of it before stands. */
static int follow(struct tale *t, int64_t ticket, struct cs_err *e)
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
		bind(t, ev.id);
		rc = hear(t, ev.id, e);
	}
	cs_stmt_done(walk);
	return rc;
}

static int by_matter(const void *a, const void *b)
{
	const struct said *x = a, *y = b;
	const int64_t left[] = {x->matter, x->voice.at, x->voice.ticket, x->voice.seq, x->from},
		      right[] = {y->matter, y->voice.at, y->voice.ticket, y->voice.seq, y->from};

	for (size_t i = 0; i < sizeof left / sizeof *left; i++)
		if (left[i] != right[i])
			return left[i] < right[i] ? -1 : 1;
	return 0;
}

static int by_ticket(const void *a, const void *b)
{
	const struct bond *x = a, *y = b;

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
		struct tale t = {.m = m};

		cs_arena_reset(&m->work);
		cs_image_init(&t.im, &m->work);
		if (follow(&t, ids.id[i], e) < 0)
			goto fail;
	}
	if (m->said_count)
		qsort(m->said, m->said_count, sizeof *m->said, by_matter);
	if (m->bond_count)
		qsort(m->bond, m->bond_count, sizeof *m->bond, by_ticket);
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
	from = to = first_of(m->said, m->said_count, sizeof *m->said, im->t.matter);
	while (to < m->said_count && m->said[to].matter == im->t.matter)
		to++;
	*out = (struct cs_voices){.matter = im->t.matter, .registers = registers, .arena = im->arena};
	out->voice = cs_arena_alloc(im->arena, (to - from + 1) * sizeof *out->voice);
	for (size_t i = from; i < to; i++) {
		if (m->said[i].from > event || m->said[i].to <= event)
			continue;
		out->voice[out->count] = m->said[i].voice;
		if (m->said[i].voice.seq == 0)
			out->voice[out->count].step = registers;
		out->count++;
		own = own || m->said[i].voice.ticket == im->t.id;
	}
	return own;
}

static size_t first_bond(const struct cs_check_matters *m, int64_t ticket)
{
	return first_of(m->bond, m->bond_count, sizeof *m->bond, ticket);
}

static bool held(const struct bond *b, int64_t event)
{
	return b->from <= event && event < b->to;
}

void cs_check_linked(const struct cs_check_matters *m, const struct cs_image *im, int64_t event, struct cs_linked *out)
{
	struct cs_link_row *row = NULL;
	size_t size = 0;

	*out = (struct cs_linked){0};
	for (size_t i = first_bond(m, im->t.id); i < m->bond_count && m->bond[i].ticket == im->t.id; i++) {
		const struct bond *b = &m->bond[i];

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
	for (size_t i = first_bond(m, ticket); i < m->bond_count && m->bond[i].ticket == ticket; i++)
		if (strcmp(m->bond[i].link, link) == 0 && held(&m->bond[i], event) &&
		    (m->bond[i].to != INT64_MAX || last_event(m, m->bond[i].other) > event))
			return true;
	return false;
}
