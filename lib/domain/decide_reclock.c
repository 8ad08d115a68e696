/* Reclocking, ticket by ticket, unit by unit. */
#include "domain/reclock.h"

#include "domain/decision.h"
#include "domain/duty.h"
#include "domain/fold.h"
#include "domain/ladder.h"
#include "store/owed.h"

/* Of a unit the image is its own; the rows are the event's. */
static int owed_one(struct cs_owing *o, const struct cs_kind *k, const struct cs_owed_row *row,
		    struct cs_reclocked *done, struct cs_err *e)
{
	const struct cs_deed deed = {o->unit ? "unit" : "ticket", o->unit ? o->unit->id : o->im->t.id, CS_STEP_RECLOCK,
				     o->s->now, o->s->actor};
	struct cs_effects out = {.arena = &o->s->work};
	struct cs_decision d;

	cs_decision_begin(&d, o->s, o->im, k, o->s->policy, deed, &out);
	d.v.unit = o->unit;
	if (cs_decide_duty_anew(&d, row, e) < 0)
		return -1;
	if (out.count == 0)
		return 0;
	done->duties++;
	return cs_session_record(o->s, o->unit ? NULL : o->im, deed, &out, e);
}

static int owed_anew(struct cs_owing *o, const struct cs_kind *k, struct cs_reclocked *done, struct cs_err *e)
{
	for (size_t i = 0; i < cs_image_count(o->im, CS_P_OWED); i++) {
		const struct cs_owed_row *row = cs_image_at(o->im, CS_P_OWED, i);

		if (cs_owed_open(row) && row->due_at != CS_NULL && row->edition != o->s->edition &&
		    owed_one(o, k, row, done, e) < 0)
			return -1;
	}
	return 0;
}

int cs_reclock_unit(struct cs_session *s, int64_t unit, struct cs_reclocked *done, struct cs_err *e)
{
	const struct cs_unit_row *u = cs_org_unit(&s->org, unit);
	static const struct cs_kind none;
	struct cs_owing o;

	if (!u)
		return cs_fail(e, CS_IO, "unit %lld is not there; run cs-check", (long long)unit);
	if (cs_duty_catch_up(s, unit, e) < 0 || cs_owing_unit(&o, s, u, e) < 0)
		return -1;
	return owed_anew(&o, &none, done, e);
}

static int reclock_one(struct cs_session *s, struct cs_image *im, const struct cs_kind *k,
		       const struct cs_clock_row *row, struct cs_reclocked *done, struct cs_err *e)
{
	struct cs_effects out = {.arena = &s->work};
	struct cs_decision d;

	cs_decision_begin(&d, s, im, k, s->policy,
			  (struct cs_deed){"ticket", im->t.id, CS_STEP_RECLOCK, s->now, s->actor}, &out);
	if (cs_decide_reclock(&d, row, e) < 0)
		return -1;
	if (out.count == 0) {
		done->kept += row->held_at == CS_NULL;
		return 0;
	}
	done->clocks++;
	done->held += row->held_at != CS_NULL;
	return cs_session_record(s, im, (struct cs_deed){"ticket", im->t.id, CS_STEP_RECLOCK, s->now, s->actor}, &out,
				 e);
}

/* It runs, or does so again when the merge is undone that holds it. Of a survivor the runs that a restart holds are
   counted anew by then (decide_merge.c). */
static bool goes_on(const struct cs_image *im, const struct cs_clock_row *row)
{
	return !row->verdict ||
	       (im->t.merged_into != CS_NULL && row->held_at != CS_NULL && row == cs_image_clock(im, row->clock));
}

int cs_reclock_ticket(struct cs_session *s, int64_t ticket, struct cs_reclocked *done, struct cs_err *e)
{
	const struct cs_kind *k;
	struct cs_image im;

	if (cs_image_get(&im, s->db, ticket, &s->work, e) < 0 || cs_ladder_settle(s, &im, s->now, NULL, e) < 0)
		return -1;
	k = cs_session_kind(s, &im, e);
	if (!k)
		return -1;
	for (size_t i = 0; i < cs_image_count(&im, CS_P_CLOCK); i++) {
		const struct cs_clock_row *row = cs_image_at(&im, CS_P_CLOCK, i);

		if (row->edition == s->edition || row->cycle != im.t.cycle || !goes_on(&im, row))
			continue;
		if (reclock_one(s, &im, k, row, done, e) < 0)
			return -1;
	}
	return owed_anew(&(struct cs_owing){.s = s, .im = &im}, k, done, e) < 0 ? -1 : cs_image_save(&im, s->db, e);
}
