/* Clocks explained. */
#include "text/explain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "domain/access.h"
#include "domain/approval.h"
#include "domain/counting.h"
#include "domain/crossing.h"
#include "domain/names.h"
#include "store/ref.h"
#include "text/desk.h"
#include "text/explain_class.h"
#include "text/hidden.h"
#include "text/explain_due.h"
#include "text/process.h"

static const struct cs_column columns[] = {
	{.name = "ref"},  {.name = "clock"}, {.name = "what"},
	{.name = "from"}, {.name = "to"},    {.name = "counted", .right = true},
	{.name = "note"},
};

struct explanation {
	struct cs_session *s;
	struct cs_image *im;
	struct cs_out *out;
	const char *ref, *clock;
	bool days;              /* the limit counts days, else seconds */
	bool stopped;           /* what is to come does not come any more */
	cs_time told;           /* stretches up to then are told already; CS_TIME_NONE: none */
	struct cs_stretch last; /* the last of those */
};

static void row(const struct explanation *x, const char *what, cs_time from, cs_time to,
		const char *counted, const char *why)
{
	char a[32], b[32];

	cs_out_row(x->out,
		   (struct cs_cell[]){cs_cell_text(x->ref), cs_cell_text(x->clock), cs_cell_text(what),
				      from == CS_TIME_NONE ? cs_cell_null()
							   : cs_cell_text(cs_time_text(cs_session_zone(x->s), from, a)),
				      to == CS_TIME_NONE ? cs_cell_null()
							 : cs_cell_text(cs_time_text(cs_session_zone(x->s), to, b)),
				      cs_cell_text(counted), cs_cell_text(cs_hide_kept(x->s, why, x->im->arena))});
}

/* Seconds as 49:10:00, days as 3d. */
static const char *amount(const struct explanation *x, int64_t counted, char *buf, size_t size)
{
	if (x->days)
		snprintf(buf, size, "%lldd", (long long)counted);
	else
		snprintf(buf, size, "%lld:%02d:%02d", (long long)(counted / 3600),
			 (int)(counted / 60 % 60), (int)(counted % 60));
	return buf;
}

static void stretch(const struct cs_stretch *st, void *arg)
{
	static const char *const words[] = {
		[CS_STRETCH_COUNTED] = "counted",     [CS_STRETCH_PAUSED] = "paused",
		[CS_STRETCH_CLOSED] = "closed",       [CS_STRETCH_HOLIDAY] = "holiday",
		[CS_STRETCH_FIRST_DAY] = "first day",
	};
	struct explanation *x = arg;
	const char *why = NULL;
	struct cs_stretch cut = *st;
	char buf[40];

	if (x->told != CS_TIME_NONE) {
		if (st->to <= x->told)
			return;
		if (st->from < x->told) {
			cut.counted -= x->last.kind == st->kind ? x->last.counted : 0;
			cut.from = x->told;
		}
		row(x,
		    st->kind != CS_STRETCH_COUNTED ? words[st->kind]
		    : x->stopped                   ? "left"
						   : "to count",
		    cut.from, cut.to, amount(x, cut.counted, buf, sizeof buf), NULL);
		return;
	}
	x->last = *st;
	if (st->kind == CS_STRETCH_PAUSED && x->im->t.waits && st->to >= x->s->now)
		why = cs_arena_printf(x->im->arena, "waits for %s", x->im->t.waits);
	row(x, words[st->kind], st->from, st->to, amount(x, st->counted, buf, sizeof buf), why);
}

static const char *verdict_text(const struct cs_clock_row *c)
{
	if (c->verdict)
		return c->verdict;
	return c->paused_at != CS_NULL    ? "paused"
	       : c->breached == 1         ? "running, overdue"
	       : c->missed_due != CS_NULL ? "running, late"
					  : "running";
}

/* To whom it went, for whom where that post was vacant, and whom the rules tell besides. Who was passed over,
   since it is about him, is not told. */
static void put_recipients(const struct explanation *x, const struct cs_rung *rung, const struct cs_rung_row *r,
			   struct cs_buf *out)
{
	const struct cs_staff_row *to = cs_org_staff(&x->s->org, r->to_staff);
	const bool post = rung && rung->has_to && (rung->to.kind == CS_WHO_POST || rung->to.kind == CS_WHO_HOLDS);
	struct cs_view v = {.s = x->s, .policy = x->s->policy, .im = x->im, .at = r->at};
	char word[CS_WHO_WORDS];

	v.kind = cs_policy_kind(v.policy, x->im->t.kind);
	if (to)
		cs_buf_printf(out, "%sto %s", out->len ? ", " : "", to->login);
	if (post && v.kind && (!to || !cs_org_holds(&x->s->org, to->id, rung->to.name, CS_NULL, r->at)) &&
	    cs_post_vacant(&v, rung->to.name))
		cs_buf_printf(out, "%s%s was vacant", out->len ? ", " : "",
			      cs_who_words(x->s->policy, &rung->to, word));
	for (size_t i = 0; rung && i < rung->tell.count; i++)
		cs_buf_printf(out, "%s%s",
			      i          ? ", "
			      : out->len ? "; tells "
					 : "tells ",
			      cs_who_words(x->s->policy, &rung->tell.who[i], word));
}

/* What the rung was: how far, to whom. */
static const char *rung_note(struct explanation *x, const struct cs_clock *def, const struct cs_clock_row *c,
			     const struct cs_rung_row *r)
{
	const struct cs_rung *rung = cs_clock_rung(def, r->rung);
	struct cs_buf b = {0};
	const char *text;
	char span[40];

	if (r->moot == 1)
		return c->verdict ? "moot: the clock had stopped" : "moot: it was yet to come";
	if (r->imported == 1)
		return "imported";
	if (rung && rung->span.unit != CS_SPAN_NONE)
		cs_buf_printf(&b, "%s %s", rung->before ? "before" : "over", cs_span_text(&rung->span, span));
	put_recipients(x, rung, r, &b);
	text = b.len ? cs_arena_strdup(x->im->arena, cs_buf_str(&b)) : NULL;
	cs_buf_free(&b);
	return text;
}

static int earlier(const void *a, const void *b)
{
	const struct cs_rung_row *x = *(const struct cs_rung_row *const *)a, *y = *(const struct cs_rung_row *const *)b;

	return x->at == y->at ? (x->event > y->event) - (x->event < y->event) : (x->at > y->at) - (x->at < y->at);
}

/* Rungs that fired in this run, in their order. */
static void put_fired(struct explanation *x, const struct cs_clock *def, const struct cs_clock_row *c)
{
	const struct cs_rung_row **list = cs_arena_alloc(x->im->arena, (cs_image_count(x->im, CS_P_RUNG) + 1) *
									       sizeof(const struct cs_rung_row *));
	size_t n = 0;

	for (size_t i = 0; i < cs_image_count(x->im, CS_P_RUNG); i++) {
		const struct cs_rung_row *r = cs_image_at(x->im, CS_P_RUNG, i);

		if (r->cycle == c->cycle && r->run == c->run && strcmp(r->clock, c->clock) == 0)
			list[n++] = r;
	}
	if (n)
		qsort(list, n, sizeof *list, earlier);
	for (size_t i = 0; i < n; i++)
		row(x, cs_arena_printf(x->im->arena, "fired %s", list[i]->rung), list[i]->at, CS_TIME_NONE, NULL,
		    rung_note(x, def, c, list[i]));
}

/* Rungs that are to come. */
static void put_rungs(struct explanation *x, const struct cs_clock_row *c)
{
	const struct cs_crossing *list;
	size_t n;

	list = cs_crossings_read(x->im->arena, c->crossings, &n);
	for (size_t i = 0; i < n; i++) {
		bool past = list[i].at != CS_TIME_NONE && list[i].at < x->s->now;

		row(x, cs_arena_printf(x->im->arena, past ? "crossed %s" : "to come %s", list[i].id), list[i].at,
		    CS_TIME_NONE, NULL,
		    c->held_at != CS_NULL        ? "held: it comes only if the merge is undone"
		    : past                       ? "cs-escalate fires it"
		    : list[i].at == CS_TIME_NONE ? "the clock stands still before it"
						 : NULL);
	}
}

/* What a merge has to do with this run. */
static const char *merging(struct explanation *x, const struct cs_clock_row *c)
{
	struct cs_arena *a = x->im->arena;
	const char *by = "";
	char ref[CS_REF_SIZE], when[40];

	if (c->via != CS_NULL)
		by = cs_arena_printf(a, ", anew by the facts of %s, merged", cs_ref_text(c->via, ref));
	if (c->annulled == 1)
		return cs_arena_printf(a, "%s; the merge was undone: it counts for nothing", by);
	if (c->held_at != CS_NULL)
		return cs_arena_printf(a, "%s; held by a merge since %s", by,
				       cs_time_text_minute(cs_session_zone(x->s), c->held_at, when));
	return by;
}

static void moved(void *arg, const struct cs_due_line *l)
{
	struct explanation *x = arg;

	row(x, l->step ? cs_arena_printf(x->im->arena, "%s %s", l->what, l->step) : l->what, l->step ? l->at : l->due,
	    l->step ? l->due : CS_TIME_NONE, NULL, l->note);
}

/* What counted until now or the stop, what is still to count until the due or was left of it, or how much it is over.
   first: before it was moved. */
static void put_stretches(struct explanation *x, const struct cs_clock_row *c, const struct cs_counting *how,
			  const struct cs_span *span, cs_time first)
{
	const cs_time now = c->stop_at != CS_NULL ? c->stop_at : x->s->now;
	const bool bounded = x->days && first != CS_NULL && first > how->count.from;
	struct cs_count late = how->count;
	char buf[40];

	x->told = CS_TIME_NONE;
	x->last = (struct cs_stretch){0};
	if (now > how->count.from)
		cs_count_explain(&how->count, span, bounded && first < now ? first : now, stretch, x);
	x->told = now > how->count.from ? now : how->count.from;
	x->stopped = c->verdict != NULL;
	if (bounded && first > now && c->paused_at == CS_NULL && c->held_at == CS_NULL)
		cs_count_explain(&how->count, span, first, stretch, x);
	if (!x->days || c->due_at == CS_NULL || now <= c->due_at)
		return;
	late.from = c->due_at - 1; /* at midnight the day before it has ended */
	late.started = 0;
	late.used = 0;
	row(x, "over", c->due_at, now, amount(x, cs_count_used(&late, span, now), buf, sizeof buf), NULL);
}

static int explain_clock(struct explanation *x, const struct cs_clock_row *c, struct cs_err *e)
{
	static const struct cs_span wall = {CS_SPAN_ELAPSED, 0};
	const struct cs_span *span;
	struct cs_counting how;
	const char *basis;
	struct cs_due_moves moves;
	char buf[40];

	if (cs_clock_counting(x->s, x->im, c, &how, e) < 0 || cs_due_moves(x->s, x->im, c, &moves, e) < 0)
		return -1;
	x->clock = c->clock;
	basis = cs_explain_basis(c, &how, x->im->arena);
	span = (c->due_set != 1 || moves.count) && how.rule->limit.unit != CS_SPAN_NONE ? &how.rule->limit : &wall;
	x->days = span->unit == CS_SPAN_WORKDAYS || span->unit == CS_SPAN_DAYS ||
		  span->unit == CS_SPAN_MONTHS;
	row(x, verdict_text(c), c->start_at, c->stop_at == CS_NULL ? CS_TIME_NONE : c->stop_at, NULL,
	    cs_arena_printf(x->im->arena, "cycle %lld, edition %lld%s", (long long)c->cycle, (long long)c->edition,
			    merging(x, c)));
	if (c->counted_from != c->start_at) {
		row(x, "before", c->start_at, c->counted_from,
		    how.count.used ? amount(x, how.count.used, buf, sizeof buf) : NULL, "by the edition before");
		row(x, "reckoned anew", c->counted_from, CS_TIME_NONE, NULL, NULL);
	}
	cs_explain_due(x->s, x->im, c, &how, &moves, moved, x);
	put_stretches(x, c, &how, span, moves.first);
	row(x, "due", c->due_at == CS_NULL ? CS_TIME_NONE : c->due_at, CS_TIME_NONE, NULL,
	    c->breached == 1 && c->due_at < c->counted_from ? "passed before the clock was reckoned anew"
	    : moves.count     ? cs_arena_printf(x->im->arena, "moved by %s", moves.move[moves.count - 1].step)
	    : !basis          ? c->due_at == CS_NULL ? "no limit" : NULL
	    : c->due_set == 1 ? basis
			      : cs_arena_printf(x->im->arena, "limit %s", basis));
	if (how.guessed_year)
		row(x, "guessed", CS_TIME_NONE, CS_TIME_NONE, NULL, cs_explain_guessed(how.guessed_year, x->im->arena));
	put_fired(x, how.clock, c);
	put_rungs(x, c);
	return 0;
}

static bool wanted(const struct cs_image *im, size_t i, const char *clock, int64_t cycle)
{
	const struct cs_clock_row *c = cs_image_at(im, CS_P_CLOCK, i);

	return (!cycle || c->cycle == cycle) && (!clock || strcmp(c->clock, clock) == 0);
}

/* By its id or label among those of the ticket's kind; rules of old may have had others. */
static const char *clock_id(const struct cs_session *s, const struct cs_image *im, const char *text)
{
	char section[128];
	const char *id;

	if (!text || !s->policy || !im->t.kind)
		return text;
	snprintf(section, sizeof section, "kinds/%s/clocks", im->t.kind);
	id = cs_name_find(s->policy, section, text, NULL);
	return id ? id : text;
}

/* cycle: 0 the present one, of a clock that is named every one; then 0 stands for every one. */
static int load(struct cs_session *s, const char *ref, const char **clock, int64_t *cycle, struct cs_image *im,
		struct cs_err *e)
{
	const struct cs_access_rule *kept;
	struct cs_ids there = {0};
	int64_t ticket;

	if (cs_desk_ref(s, ref, &ticket, e) < 0)
		return -1;
	cs_image_init(im, &s->work);
	if (cs_image_load(im, s->db, ticket, e) < 0)
		return -1;
	kept = cs_access_kept(s, im);
	if (kept)
		return cs_access_refuse(s, im, kept, e);
	if (*cycle > im->t.cycle)
		return cs_fail(e, CS_USAGE, "%s has no cycle %lld: it is in cycle %lld", ref, (long long)*cycle,
			       (long long)im->t.cycle);
	if (!*cycle && !*clock)
		*cycle = im->t.cycle;
	*clock = clock_id(s, im, *clock);
	there.id = cs_arena_alloc(&s->work, (cs_image_count(im, CS_P_CLOCK) + 1) * sizeof *there.id);
	for (size_t i = 0; i < cs_image_count(im, CS_P_CLOCK); i++) {
		if (wanted(im, i, *clock, *cycle))
			return 0;
		if (wanted(im, i, NULL, *cycle))
			there.id[there.count++] = ((const struct cs_clock_row *)cs_image_at(im, CS_P_CLOCK, i))->clock;
	}
	if (!*clock)
		return 0;
	return cs_name_unknown(*cycle ? cs_arena_printf(&s->work, "clocks of %s in cycle %lld", ref, (long long)*cycle)
				      : cs_arena_printf(&s->work, "clocks of %s", ref),
			       *clock, &there, e);
}

static void class_row(void *arg, const struct cs_class_line *l)
{
	struct explanation *x = arg;

	x->clock = "importance";
	row(x, l->what, l->from, CS_TIME_NONE, l->class, l->facts);
}

/* A step that waits for approval: since when, until when, for whom. */
static void put_approval(struct explanation *x, const struct cs_approval_row *r)
{
	struct cs_arena *a = x->im->arena;
	const char *cause = cs_arena_printf(a, CS_ASK_CAUSE "%lld", (long long)r->seq);
	const struct cs_staff_row *asker = cs_org_staff(&x->s->org, r->asker);
	const struct cs_owed_row *owed = NULL;

	for (size_t i = 0; i < cs_image_count(x->im, CS_P_OWED); i++) {
		const struct cs_owed_row *o = cs_image_at(x->im, CS_P_OWED, i);

		if (strcmp(o->cause, cause) == 0)
			owed = o;
	}
	x->clock = cs_arena_printf(a, "approval of %s", r->step);
	row(x, cs_arena_printf(a, "%s pending", r->word), r->asked_at, CS_TIME_NONE, NULL,
	    cs_arena_printf(a, "by %s, put by %s", cs_who_said(x->s->policy, r->whom, a),
			    asker ? asker->login : "nobody"));
	if (owed)
		row(x, "due", owed->due_at == CS_NULL ? CS_TIME_NONE : owed->due_at, CS_TIME_NONE, NULL,
		    cs_arena_printf(a, "duty %s%s", owed->duty,
				    owed->due_at == CS_NULL    ? ", no limit"
				    : owed->due_at < x->s->now ? ", late"
							       : ""));
}

static void put_approvals(struct explanation *x)
{
	for (size_t i = 0; i < cs_image_count(x->im, CS_P_APPROVAL); i++) {
		const struct cs_approval_row *r = cs_image_at(x->im, CS_P_APPROVAL, i);

		if (strcmp(r->state, "pending") == 0 && x->im->t.closed_at == CS_NULL)
			put_approval(x, r);
	}
}

int cs_explain_ticket(struct cs_session *s, const char *ref, const char *clock, int64_t cycle, enum cs_format format,
		      struct cs_err *e)
{
	struct cs_image im;
	struct explanation x = {.s = s, .im = &im};
	const bool asked = clock || cycle;
	char own[CS_REF_SIZE];
	int rc = 0;

	if (load(s, ref, &clock, &cycle, &im, e) < 0)
		return -1;
	x.ref = cs_ref_text(im.t.id, own);
	if (!asked && cycle > 1)
		cs_note("%s is in cycle %lld; of those before: --cycle N", x.ref, (long long)cycle);
	x.out = cs_out_open(stdout, format, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; rc == 0 && i < cs_image_count(&im, CS_P_CLOCK); i++)
		if (wanted(&im, i, clock, cycle))
			rc = explain_clock(&x, cs_image_at(&im, CS_P_CLOCK, i), e);
	if (rc == 0 && !clock && cycle == im.t.cycle)
		put_approvals(&x);
	if (rc == 0 && !clock && cycle == im.t.cycle)
		rc = cs_explain_class(s, &im, class_row, &x, e);
	return cs_out_close(x.out, rc < 0 ? NULL : e) < 0 ? -1 : rc;
}
