/* Finding suspects. */
#include "domain/suspect.h"

#include <stdlib.h>
#include <string.h>

#include "domain/access.h"
#include "domain/clock.h"
#include "domain/effect.h"
#include "store/matter.h"
#include "store/ref.h"

struct search {
	struct cs_session *s;
	const struct cs_similar *rule;
	int64_t *code; /* of the prefixes of the kinds compared */
	bool *bound;   /* some of the kind's tickets are not for everybody to read */
	struct cs_likeness_row of;
	cs_time from_at;
	int64_t from, to; /* ids */
	struct cs_id_list stated; /* of its matter: what is stated is no suspicion; sorted */
	struct cs_suspect_pool *pool;
	/* Of each way to have something in common the newest, ids descending. */
	struct {
		struct cs_candidate *item;
		const struct cs_candidate **list;
		size_t count;
	} way[CS_SAME_COUNT];
};

bool cs_suspects_kind(const struct cs_session *s, const char *kind)
{
	return s->policy && cs_ids_has(&s->policy->similar.kinds, kind);
}

/* The first instant from which on a ticket lies within the window that ends at `at`. */
static int window_from(const struct cs_policy *p, cs_time at, cs_time *from, struct cs_err *e)
{
	const struct cs_span *span = &p->similar.within;
	struct cs_count count = {.zone = p->zone};
	int32_t day = cs_time_day(p->zone, at);
	cs_time end;

	if (span->unit == CS_SPAN_ELAPSED) {
		*from = at - span->n;
		return 0;
	}
	/* Counted days end with their day: whole days are in or out. */
	day = span->unit == CS_SPAN_MONTHS ? cs_day_add_months(day, -(int)span->n) - 1 : day - (int32_t)span->n - 1;
	do {
		*from = count.from = cs_day_start(p->zone, day++);
		if (cs_count_end(&count, span, &end, e) < 0)
			return -1;
	} while (end < at);
	return 0;
}

static void read_kinds(struct search *x)
{
	x->code = cs_arena_alloc(&x->s->work, (x->rule->kinds.count + 1) * sizeof *x->code);
	x->bound = cs_arena_alloc(&x->s->work, x->rule->kinds.count + 1);
	for (size_t i = 0; i < x->rule->kinds.count; i++) {
		const struct cs_kind *k = cs_policy_kind(x->s->policy, x->rule->kinds.id[i]);

		x->bound[i] = cs_access_bound(x->s, x->rule->kinds.id[i]);
		x->code[i] = k ? cs_ref_code(cs_ref_make(k->prefix, 0, 1)) : 0;
	}
}

/* By its reference alone. */
static bool is_compared(const struct search *x, int64_t ticket)
{
	for (size_t i = 0; i < x->rule->kinds.count; i++)
		if (cs_ref_code(ticket) == x->code[i])
			return true;
	return false;
}

/* Kept from the acting person: nothing is told about it. 1, 0, -1. */
static int is_kept(const struct search *x, int64_t ticket, struct cs_err *e)
{
	for (size_t i = 0; i < x->rule->kinds.count; i++)
		if (x->bound[i] && cs_ref_code(ticket) == x->code[i])
			return cs_access_kept_row(x->s, x->rule->kinds.id[i], ticket, &x->s->work, e);
	return 0;
}

static int read_stated(struct search *x, struct cs_err *e)
{
	struct cs_ticket_row t;
	int rc = cs_table_find(x->s->db, &cs_ticket_table, x->of.ticket, &x->s->work, &t, e);

	if (rc != 1 || t.matter == CS_NULL)
		return rc < 0 ? -1 : 0;
	return cs_matter_tickets(x->s->db, t.matter, &x->s->work, &x->stated, e);
}

static int by_id(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static bool is_stated(const struct search *x, int64_t ticket)
{
	return x->stated.count && bsearch(&ticket, x->stated.id, x->stated.count, sizeof ticket, by_id);
}

static bool is_candidate(const struct search *x, int64_t ticket, cs_time at)
{
	return ticket != x->of.ticket && at >= x->from_at && at <= x->of.at && is_compared(x, ticket);
}

/* Through the index: no more than one past the limit. */
static int walk_way(struct search *x, enum cs_same same, struct cs_err *e)
{
	struct cs_likeness_row row;
	struct cs_stmt *walk;
	size_t size = 0, n = 0;
	int rc = 0;

	x->way[same].count = 0;
	if (cs_similar_walk(x->s->db, same, &x->of, x->from, x->to, &walk, e) < 0)
		return -1;
	while (walk && n <= CS_SUSPECTS_MOST && (rc = cs_similar_next(walk, &row, e)) == 1) {
		struct cs_candidate *c;

		if (!is_candidate(x, row.ticket, row.at))
			continue;
		x->way[same].item = cs_arena_grow(&x->s->work, x->way[same].item, n, &size, sizeof *c);
		c = &x->way[same].item[n++];
		*c = (struct cs_candidate){row.ticket, row.at, {{0}, 0, 0}};
		cs_likeness_read(row.grams, row.total, &c->words);
	}
	if (rc == 1)
		cs_stmt_done(walk);
	if (rc < 0)
		return -1;
	x->way[same].list = cs_arena_alloc(&x->s->work, (n + 1) * sizeof *x->way[same].list);
	for (size_t i = 0; i < n; i++)
		x->way[same].list[i] = &x->way[same].item[i];
	x->way[same].count = n;
	return 0;
}

/* From memory. 1: done; 0: what is kept there does not reach so far back. */
static int pool_way(struct search *x, struct cs_err *e)
{
	const struct cs_suspect_cell *cell;
	size_t n = 0, i;

	if (cs_suspect_pool_cell(x->pool, x->s->db, &x->of, x->from, &cell, e) < 0)
		return -1;
	x->way[CS_SAME_CATEGORY].list =
		cs_arena_alloc(&x->s->work, (CS_SUSPECTS_MOST + 1) * sizeof *x->way[CS_SAME_CATEGORY].list);
	for (i = cell->count; i > 0 && n <= CS_SUSPECTS_MOST; i--) {
		const struct cs_candidate *c = &cell->item[i - 1];

		if (c->ticket < x->from)
			break;
		if (is_candidate(x, c->ticket, c->at))
			x->way[CS_SAME_CATEGORY].list[n++] = c;
	}
	x->way[CS_SAME_CATEGORY].count = n;
	return i > 0 || n > CS_SUSPECTS_MOST || cell->floor <= x->from;
}

static int gather(struct search *x, struct cs_err *e)
{
	const bool wanted[CS_SAME_COUNT] = {x->rule->party, x->rule->premises, x->rule->category};
	int pooled = 0;

	if (x->pool && x->rule->category && x->of.category)
		pooled = pool_way(x, e);
	if (pooled < 0)
		return -1;
	for (int i = 0; i < CS_SAME_COUNT; i++)
		if (wanted[i] && !(pooled && i == CS_SAME_CATEGORY) && walk_way(x, (enum cs_same)i, e) < 0)
			return -1;
	return 0;
}

/* What a way has next; NULL: no more. */
static const struct cs_candidate *head(const struct search *x, int way, size_t at)
{
	return at < x->way[way].count ? x->way[way].list[at] : NULL;
}

/* The next of all ways, each ticket once. */
static const struct cs_candidate *next(struct search *x, size_t at[CS_SAME_COUNT], bool same[CS_SAME_COUNT])
{
	const struct cs_candidate *best = NULL;

	for (int i = 0; i < CS_SAME_COUNT; i++) {
		const struct cs_candidate *c = head(x, i, at[i]);

		if (c && (!best || c->ticket > best->ticket))
			best = c;
	}
	for (int i = 0; best && i < CS_SAME_COUNT; i++) {
		const struct cs_candidate *c = head(x, i, at[i]);

		same[i] = c && c->ticket == best->ticket;
		at[i] += same[i];
	}
	return best;
}

static int by_score(const void *a, const void *b)
{
	const struct cs_suspect *x = a, *y = b;

	if (x->score != y->score)
		return x->score < y->score ? 1 : -1;
	return x->ticket < y->ticket ? 1 : x->ticket > y->ticket ? -1 : 0;
}

static int subject_of(struct search *x, int64_t ticket, const char **out, struct cs_err *e)
{
	struct cs_ticket_row t = {0};
	int rc = cs_table_find(x->s->db, &cs_ticket_table, ticket, &x->s->work, &t, e);

	*out = rc == 1 ? t.subject : NULL;
	return rc < 0 ? -1 : 0;
}

/* What one customer calls the same is of one matter far oftener than the rest of the words shows: it counts half. */
static int same_subject(struct search *x, struct cs_suspect *one, struct cs_err *e)
{
	const char *own, *other;

	if (!one->same[CS_SAME_CUSTOMER])
		return 0;
	if (subject_of(x, x->of.ticket, &own, e) < 0 || subject_of(x, one->ticket, &other, e) < 0)
		return -1;
	if (own && other && *own && strcmp(own, other) == 0)
		one->score = (100 + one->score) / 2;
	return 0;
}

static int compare(struct search *x, int64_t score, struct cs_suspects *out, struct cs_err *e)
{
	struct cs_probe *probe = cs_arena_alloc(&x->s->work, sizeof *probe);
	const struct cs_candidate *c;
	struct cs_suspect one = {0};
	struct cs_likeness own;
	size_t at[CS_SAME_COUNT] = {0}, size = 0;

	cs_likeness_read(x->of.grams, x->of.total, &own);
	cs_probe_set(probe, &own);
	while ((c = next(x, at, one.same)) != NULL) {
		int kept;

		out->cut = out->compared == CS_SUSPECTS_MOST;
		if (out->cut)
			break;
		out->compared++;
		one.ticket = c->ticket;
		one.score = cs_probe_score(probe, &c->words);
		if (one.score < x->rule->score && same_subject(x, &one, e) < 0)
			return -1;
		kept = one.score < score || is_stated(x, one.ticket) ? 1 : is_kept(x, one.ticket, e);
		if (kept < 0)
			return -1;
		if (kept)
			continue;
		out->list = cs_arena_grow(&x->s->work, out->list, out->found, &size, sizeof *out->list);
		out->list[out->found++] = one;
	}
	if (out->found)
		qsort(out->list, out->found, sizeof *out->list, by_score);
	return 0;
}

/* What the ticket was registered with; NULL where it was erased. */
static int texts_of(struct cs_session *s, int64_t ticket, const char **subject, const char **body, struct cs_err *e)
{
	struct cs_stmt *walk = cs_event_of(s->db, "ticket", ticket, e);
	struct cs_effects l = {.arena = &s->work};
	struct cs_event ev;
	int rc = walk ? cs_event_next(walk, &ev, e) : -1;

	*subject = *body = NULL;
	if (rc == 1) {
		rc = cs_effects_read(&l, ev.facts, ev.private_part, e);
		*subject = cs_effects_text(&l, "subject");
		*body = cs_effects_text(&l, "body");
		cs_stmt_done(walk);
	}
	return rc < 0 ? -1 : 0;
}

static const char *joined(struct cs_arena *a, const char *subject, const char *body)
{
	return cs_arena_printf(a, "%s\n%s", subject ? subject : "", body ? body : "");
}

static int put_words(struct search *x, struct cs_suspects *out, struct cs_err *e)
{
	const char *subject, *body, *own;

	if (!out->count)
		return 0;
	if (texts_of(x->s, x->of.ticket, &subject, &body, e) < 0)
		return -1;
	own = joined(&x->s->work, subject, body);
	for (size_t i = 0; i < out->count; i++) {
		struct cs_suspect *one = &out->list[i];

		if (texts_of(x->s, one->ticket, &subject, &body, e) < 0)
			return -1;
		one->word_count = cs_similar_shared(own, joined(&x->s->work, subject, body), &x->s->work, one->word,
						    CS_SUSPECT_WORDS);
	}
	return 0;
}

int cs_suspects_find(struct cs_session *s, int64_t ticket, int64_t score, size_t limit, struct cs_suspect_pool *pool,
		     struct cs_suspects *out, struct cs_err *e)
{
	struct search x = {.s = s, .pool = pool};
	int rc;

	memset(out, 0, sizeof *out);
	if (cs_session_need_policy(s, e) < 0)
		return -1;
	x.rule = &s->policy->similar;
	if (score == CS_NULL)
		score = x.rule->score;
	if (x.rule->within.unit == CS_SPAN_NONE || score < 1)
		return 0;
	read_kinds(&x);
	rc = cs_table_find(s->db, &cs_likeness_table, ticket, &s->work, &x.of, e);
	if (rc == 1)
		rc = is_compared(&x, ticket) ? is_kept(&x, ticket, e) : 1;
	else if (rc == 0)
		rc = 1;
	if (rc != 0)
		return rc < 0 ? -1 : 0;
	if (window_from(s->policy, x.of.at, &x.from_at, e) < 0)
		return -1;
	x.from = cs_ref_first(cs_time_day(s->policy->zone, x.from_at));
	x.to = cs_ref_first(cs_time_day(s->policy->zone, x.of.at) + 1) - 1;
	if (read_stated(&x, e) < 0 || gather(&x, e) < 0 || compare(&x, score, out, e) < 0)
		return -1;
	if (pool)
		cs_suspect_pool_add(pool, &x.of);
	out->count = out->found < limit ? out->found : limit;
	return put_words(&x, out, e);
}
