/* The run and its batches. */
#include "text/escalation.h"

#include <stdint.h>
#include <string.h>

#include "domain/access.h"
#include "domain/duty.h"
#include "domain/image.h"
#include "domain/ladder.h"
#include "store/due.h"
#include "store/owed.h"
#include "store/ref.h"
#include "text/batch.h"
#include "text/desk.h"
#include "text/hidden.h"
#include "text/process.h"

enum { CHUNK = 256, BULK_FROM = 1000 };

const struct cs_column cs_escalation_columns[] = {
	{.name = "ref"}, {.name = "clock"}, {.name = "rung"},
	{.name = "at"},  {.name = "to"},    {.name = "vacant"},
};
const size_t cs_escalation_column_count = sizeof cs_escalation_columns /
					  sizeof *cs_escalation_columns;

/* What is due: crossings of clocks and duties, then call-backs that were not made in their time. */
struct source {
	int (*list)(struct cs_db *db, const struct cs_due *after, int64_t upto, struct cs_due *list,
		    size_t max, size_t *count, struct cs_err *e);
	int (*fire)(struct cs_session *s, struct cs_image *im, cs_time upto,
		    struct cs_fired_list *fired, struct cs_err *e);
	cs_time (*first)(const struct cs_image *im); /* what is due on the ticket first */
};

static cs_time first_crossing(const struct cs_image *im)
{
	cs_time first = im->t.wake_at != CS_NULL ? im->t.wake_at : INT64_MAX;

	for (size_t i = 0; i < cs_image_count(im, CS_P_OWED); i++) {
		const struct cs_owed_row *o = cs_image_at(im, CS_P_OWED, i);

		if (o->next_at != CS_NULL && o->next_at < first)
			first = o->next_at;
	}
	for (size_t i = 0; i < cs_image_count(im, CS_P_CLOCK); i++) {
		const struct cs_clock_row *c = cs_image_at(im, CS_P_CLOCK, i);

		if (c->cycle == im->t.cycle && c->next_at != CS_NULL && c->next_at < first)
			first = c->next_at;
	}
	return first;
}

static cs_time first_give_up(const struct cs_image *im)
{
	cs_time first = INT64_MAX;

	for (size_t i = 0; i < cs_image_count(im, CS_P_CALLBACK); i++) {
		const struct cs_callback_row *c = cs_image_at(im, CS_P_CALLBACK, i);

		if (strcmp(c->state, "waiting") == 0 && c->give_up_at != CS_NULL &&
		    c->give_up_at < first)
			first = c->give_up_at;
	}
	return first;
}

struct line {
	const char *about; /* of a unit its code; NULL: a ticket */
	int64_t ticket;
	bool kept; /* from who runs it */
	struct cs_fired fired;
};
struct run {
	struct cs_session *s;
	struct cs_out *out;
	struct cs_batch batch;
	struct line *line; /* of the batch in hand, in the session's work arena */
	size_t line_count, line_size;
	size_t tickets, fired, refused;
};

static void note(struct run *r, const char *about, int64_t ticket, bool kept, const struct cs_fired_list *fired)
{
	for (size_t i = 0; i < fired->count; i++) {
		r->line = cs_arena_grow(&r->s->work, r->line, r->line_count, &r->line_size,
					sizeof *r->line);
		r->line[r->line_count++] = (struct line){about, ticket, kept, fired->item[i]};
	}
}

static void print(struct run *r)
{
	char ref[CS_REF_SIZE], at[32];

	for (size_t i = 0; i < r->line_count; i++) {
		const struct line *l = &r->line[i];
		const struct cs_fired *f = &l->fired;
		const char *name = l->about ? l->about : l->kept ? CS_KEPT_BACK : cs_ref_text(l->ticket, ref);

		cs_out_row(r->out,
			   (struct cs_cell[]){cs_cell_text(name), cs_cell_text(f->clock), cs_cell_text(f->rung),
					      cs_desk_time_cell(r->s, f->at, at), cs_cell_text(l->kept ? NULL : f->to),
					      cs_cell_text(l->kept ? NULL : f->vacant)});
	}
	cs_out_flush(r->out);
	r->fired += r->line_count;
}

/* One ticket whole. What it says is kept until the commit, so the arena is not reset here. */
static int settle(struct run *r, const struct source *src, const struct cs_due *due,
		  struct cs_err *e)
{
	struct cs_fired_list fired = {0};
	struct cs_image im;
	int64_t ticket = due->ticket;
	int rc;

	cs_image_init(&im, &r->s->work);
	rc = cs_image_load(&im, r->s->db, ticket, e);
	if (rc == 0)
		return cs_fail(e, CS_CONFIG, "has a clock but no row of its own; run cs-check");
	/* A dry run undoes each batch and would meet the ticket again at its next clock. */
	if (rc == 1 && r->s->dry_run && due->at > src->first(&im))
		return 0;
	if (rc < 0 || src->fire(r->s, &im, r->s->now, &fired, e) < 0 ||
	    cs_image_save(&im, r->s->db, e) < 0)
		return -1;
	r->tickets += fired.count > 0;
	note(r, NULL, ticket, fired.count && cs_access_kept(r->s, &im), &fired);
	return 0;
}

/* Rules that cannot be applied concern this ticket alone; all other failures end the run. */
static int settle_safely(struct run *r, const struct source *src, const struct cs_due *due,
			 struct cs_err *e)
{
	struct cs_err why = {0};
	struct cs_chain mark;
	char ref[CS_REF_SIZE];

	if (cs_session_mark(r->s, &mark, e) < 0)
		return -1;
	if (settle(r, src, due, &why) == 0)
		return cs_session_keep(r->s, e);
	if (why.code != CS_CONFIG && why.code != CS_REFUSED) {
		*e = why;
		return -1;
	}
	r->refused++;
	cs_msg("%s: %s", cs_access_ref(r->s, due->ticket, ref), cs_hide_kept(r->s, why.text, &r->s->work));
	return cs_session_undo(r->s, &mark, e);
}

/* A ticket with several clocks stands several times in what is due; the first time settles it
   whole. */
static bool stands_before(const struct cs_due *list, size_t i)
{
	for (size_t k = i; k > 0; k--)
		if (list[k - 1].ticket == list[i].ticket)
			return true;
	return false;
}

/* From behind *after until the lock was held long enough. 1: there is more, 0: nothing left, -1. */
static int run_batch(struct run *r, const struct source *src, struct cs_due *after,
		     struct cs_err *e)
{
	struct cs_due list[CHUNK];
	size_t n = 0, i = 0;

	cs_arena_reset(&r->s->work);
	r->line = NULL;
	r->line_count = r->line_size = 0;
	if (cs_batch_begin(&r->batch, r->s, e) < 0)
		return -1;
	do {
		if (src->list(r->s->db, after, r->s->now, list, CHUNK, &n, e) < 0)
			goto fail;
		for (i = 0; i < n && (i == 0 || !cs_batch_full(&r->batch)); i++) {
			if (!stands_before(list, i) && settle_safely(r, src, &list[i], e) < 0)
				goto fail;
			*after = list[i];
		}
	} while (n == CHUNK && i == n && !cs_batch_full(&r->batch));
	if (cs_session_commit(r->s, e) < 0)
		goto fail;
	print(r);
	return n == CHUNK || i < n;
fail:
	cs_session_rollback(r->s);
	return -1;
}

/* Once through all that is due. */
static int run_pass(struct run *r, const struct source *src, struct cs_err *e)
{
	struct cs_due after = {INT64_MIN, 0};
	int rc;

	while ((rc = run_batch(r, src, &after, e)) == 1) {
		if (cs_batch_pause(&r->batch, r->s, e) < 0)
			return -1;
		if (r->tickets > BULK_FROM && cs_db_bulk(r->s->db, e) < 0)
			return -1;
	}
	return rc;
}

/* --- units ------------------------------------------------------------------------------------------------------- */

/* What became due for one unit since. */
static int settle_unit(struct run *r, int64_t unit, int32_t from, int32_t to, struct cs_err *e)
{
	struct cs_fired_list fired = {0};

	if (cs_duty_settle(r->s, unit, from, to, r->s->now, &fired, e) < 0)
		return -1;
	note(r, cs_org_unit(&r->s->org, unit)->code, 0, false, &fired);
	return 0;
}

static int settle_unit_safely(struct run *r, int64_t unit, int32_t from, int32_t to, struct cs_err *e)
{
	const struct cs_unit_row *u = cs_org_unit(&r->s->org, unit);
	struct cs_err why = {0};
	struct cs_chain mark;

	if (cs_session_mark(r->s, &mark, e) < 0)
		return -1;
	if (settle_unit(r, unit, from, to, &why) == 0)
		return cs_session_keep(r->s, e);
	if (why.code != CS_CONFIG && why.code != CS_REFUSED) {
		*e = why;
		return -1;
	}
	r->refused++;
	cs_msg("%s: %s", u ? u->code : "?", why.text);
	return cs_session_undo(r->s, &mark, e);
}

/* The next unit behind *after: with days that have not begun for units yet every one, else those with a crossing. */
static int next_unit(struct run *r, bool days, int64_t after, int64_t *unit, struct cs_err *e)
{
	const struct cs_org *o = &r->s->org;

	if (!days)
		return cs_owed_next_unit(r->s->db, after, r->s->now, unit, e);
	for (size_t i = 0; i < o->unit_count; i++)
		if (o->unit[i].id > after) {
			*unit = o->unit[i].id;
			return 1;
		}
	return 0;
}

/* As run_batch. The days count as begun when the last unit has had them. */
static int unit_batch(struct run *r, int64_t *after, int32_t *to, size_t refused, struct cs_err *e)
{
	int32_t from, last;
	int rc;

	cs_arena_reset(&r->s->work);
	r->line = NULL;
	r->line_count = r->line_size = 0;
	if (cs_batch_begin(&r->batch, r->s, e) < 0)
		return -1;
	if (cs_duty_days(r->s, r->s->now, &from, &last, e) < 0)
		goto fail;
	if (*to == 0)
		*to = last; /* of one pass the days are the same for every unit */
	while ((rc = next_unit(r, from <= *to, *after, after, e)) == 1) {
		if (settle_unit_safely(r, *after, from, *to, e) < 0)
			goto fail;
		if (cs_batch_full(&r->batch))
			break;
	}
	if (rc < 0 || (rc == 0 && from <= *to && r->refused == refused && cs_meta_set_duty_day(r->s->db, *to, e) < 0))
		goto fail;
	if (cs_session_commit(r->s, e) < 0)
		goto fail;
	print(r);
	return rc;
fail:
	cs_session_rollback(r->s);
	return -1;
}

/* Without the lock: is there anything to do? */
static int units_wait(struct cs_session *s, struct cs_err *e)
{
	int32_t from, to;
	int64_t unit;

	if (cs_duty_days(s, s->now, &from, &to, e) < 0)
		return -1;
	return from <= to ? 1 : cs_owed_next_unit(s->db, 0, s->now, &unit, e);
}

static int run_units(struct run *r, struct cs_err *e)
{
	const size_t refused = r->refused; /* a unit that is refused has its days again the next time */
	int64_t after = 0;
	int32_t to = 0;
	int rc = units_wait(r->s, e);

	while (rc == 1 && (rc = unit_batch(r, &after, &to, refused, e)) == 1)
		if (cs_batch_pause(&r->batch, r->s, e) < 0)
			return -1;
	return rc;
}

int cs_escalation_run(struct cs_session *s, struct cs_out *out, struct cs_err *e)
{
	static const struct source sources[] = {
		{cs_due_crossings, cs_ladder_settle, first_crossing},
		{cs_due_give_ups, cs_ladder_give_up, first_give_up},
	};
	struct run r = {.s = s, .out = out};

	for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
		size_t before, refused;

		/* What comes in behind the walk while it goes on is taken by another pass. */
		do {
			before = r.fired;
			refused = r.refused;
			if ((cs_process_interrupted() ? cs_process_ended(e) : run_pass(&r, &sources[i], e)) < 0) {
				if (r.fired && !s->dry_run)
					cs_msg("%zu crossings of %zu tickets are done and "
					       "committed",
					       r.fired, r.tickets);
				return -1;
			}
		} while (r.fired > before && r.refused == refused && !s->dry_run);
	}
	if ((cs_process_interrupted() ? cs_process_ended(e) : run_units(&r, e)) < 0)
		return -1;
	return r.refused ? cs_err_exit(CS_REFUSED) : 0;
}
