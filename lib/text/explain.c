/* Clocks explained. */
#include "text/explain.h"

#include <stdio.h>
#include <string.h>

#include "domain/counting.h"
#include "domain/crossing.h"
#include "domain/names.h"
#include "store/ref.h"
#include "text/desk.h"
#include "text/explain_class.h"

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
	bool days; /* the limit counts days, else seconds */
};

static void row(const struct explanation *x, const char *what, cs_time from, cs_time to,
		const char *counted, const char *why)
{
	char a[32], b[32];

	cs_out_row(x->out,
		   (struct cs_cell[]){
			   cs_cell_text(x->ref), cs_cell_text(x->clock), cs_cell_text(what),
			   from == CS_TIME_NONE
				   ? cs_cell_null()
				   : cs_cell_text(cs_time_text(cs_session_zone(x->s), from, a)),
			   to == CS_TIME_NONE
				   ? cs_cell_null()
				   : cs_cell_text(cs_time_text(cs_session_zone(x->s), to, b)),
			   cs_cell_text(counted), cs_cell_text(why)});
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
	const struct explanation *x = arg;
	const char *why = NULL;
	char buf[40];

	if (st->kind == CS_STRETCH_PAUSED && x->im->t.waits && st->to >= x->s->now)
		why = cs_arena_printf(x->im->arena, "waits for %s", x->im->t.waits);
	row(x, words[st->kind], st->from, st->to, amount(x, st->counted, buf, sizeof buf), why);
}

static const char *verdict_text(const struct cs_clock_row *c)
{
	if (c->verdict)
		return c->verdict;
	return c->paused_at != CS_NULL          ? "paused"
	       : c->breached == 1               ? "running, overdue"
	       : c->breached == CS_BREACH_MOVED ? "running, late"
						: "running";
}

/* Rungs that fired in this run, then those to come. */
static void put_rungs(struct explanation *x, const struct cs_clock_row *c)
{
	const struct cs_crossing *list;
	size_t n;

	for (size_t i = 0; i < cs_image_count(x->im, CS_P_RUNG); i++) {
		const struct cs_rung_row *r = cs_image_at(x->im, CS_P_RUNG, i);

		if (r->cycle == c->cycle && r->run == c->run && strcmp(r->clock, c->clock) == 0)
			row(x, cs_arena_printf(x->im->arena, "fired %s", r->rung), r->at, CS_TIME_NONE, NULL,
			    r->moot == 1       ? c->verdict ? "moot: the clock had stopped" : "moot: it was yet to come"
			    : r->imported == 1 ? "imported"
					       : NULL);
	}
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

static int explain_clock(struct explanation *x, const struct cs_clock_row *c, struct cs_err *e)
{
	static const struct cs_span wall = {CS_SPAN_ELAPSED, 0};
	const struct cs_span *span;
	struct cs_counting how;
	char limit[40], buf[40];
	cs_time until = c->stop_at != CS_NULL ? c->stop_at : x->s->now;

	if (cs_clock_counting(x->s, x->im, c, &how, e) < 0)
		return -1;
	x->clock = c->clock;
	span = c->due_set != 1 && how.rule->limit.unit != CS_SPAN_NONE ? &how.rule->limit : &wall;
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
	if (until > how.count.from)
		cs_count_explain(&how.count, span, until, stretch, x);
	row(x, "due", c->due_at == CS_NULL ? CS_TIME_NONE : c->due_at, CS_TIME_NONE, NULL,
	    c->breached == 1 && c->due_at < c->counted_from ? "passed before the clock was reckoned anew"
	    : span != &wall        ? cs_arena_printf(x->im->arena, "limit %s", cs_span_text(span, limit))
	    : c->due_set == 1      ? "stated"
	    : c->due_at == CS_NULL ? "no limit"
				   : NULL);
	if (how.guessed_year)
		row(x, "guessed", CS_TIME_NONE, CS_TIME_NONE, NULL,
		    cs_arena_printf(x->im->arena,
				    "the holidays of %d are not known: their days count by the week alone",
				    how.guessed_year));
	put_rungs(x, c);
	return 0;
}

static bool wanted(const struct cs_image *im, size_t i, const char *clock)
{
	const struct cs_clock_row *c = cs_image_at(im, CS_P_CLOCK, i);

	return c->cycle == im->t.cycle && (!clock || strcmp(c->clock, clock) == 0);
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

static int load(struct cs_session *s, const char *ref, const char **clock, struct cs_image *im, struct cs_err *e)
{
	struct cs_ids there = {0};
	int64_t ticket;

	if (cs_desk_ref(s, ref, &ticket, e) < 0)
		return -1;
	cs_image_init(im, &s->work);
	if (cs_image_load(im, s->db, ticket, e) < 0)
		return -1;
	*clock = clock_id(s, im, *clock);
	there.id = cs_arena_alloc(&s->work, (cs_image_count(im, CS_P_CLOCK) + 1) * sizeof *there.id);
	for (size_t i = 0; i < cs_image_count(im, CS_P_CLOCK); i++) {
		if (wanted(im, i, *clock))
			return 0;
		if (wanted(im, i, NULL))
			there.id[there.count++] = ((const struct cs_clock_row *)cs_image_at(im, CS_P_CLOCK, i))->clock;
	}
	return *clock ? cs_name_unknown(cs_arena_printf(&s->work, "clocks of %s in its present cycle", ref), *clock,
					&there, e)
		      : 0;
}

static void class_row(void *arg, const struct cs_class_line *l)
{
	struct explanation *x = arg;

	x->clock = "importance";
	row(x, l->what, l->from, CS_TIME_NONE, l->class, l->facts);
}

int cs_explain_ticket(struct cs_session *s, const char *ref, const char *clock,
		      enum cs_format format, struct cs_err *e)
{
	struct cs_image im;
	struct explanation x = {.s = s, .im = &im};
	char own[CS_REF_SIZE];
	int rc = 0;

	if (load(s, ref, &clock, &im, e) < 0)
		return -1;
	x.ref = cs_ref_text(im.t.id, own);
	x.out = cs_out_open(stdout, format, columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; rc == 0 && i < cs_image_count(&im, CS_P_CLOCK); i++)
		if (wanted(&im, i, clock))
			rc = explain_clock(&x, cs_image_at(&im, CS_P_CLOCK, i), e);
	if (rc == 0 && !clock)
		rc = cs_explain_class(s, &im, class_row, &x, e);
	return cs_out_close(x.out, rc < 0 ? NULL : e) < 0 ? -1 : rc;
}
