/* Fold of what is owed, whoever owes it. */
#include <string.h>

#include "domain/crossing.h"
#include "domain/fold.h"
#include "store/owed.h"

bool cs_fold_is_owed(enum cs_op op)
{
	return op == CS_OP_OWE || op == CS_OP_DONE || op == CS_OP_WAIVE || op == CS_OP_DUTY_LATE ||
	       op == CS_OP_DUTY_MISSED || op == CS_OP_DUTY_MOVE;
}

static void set_crossings(struct cs_owed_row *r, const char *crossings)
{
	r->crossings = crossings;
	r->next_at = cs_crossings_next(crossings);
}

/* Anew, when it had been waived. */
static void owe(struct cs_owed_row *r, const struct cs_event *ev, const struct cs_effect *f)
{
	r->duty = cs_arg_text(f, 0);
	r->cause = cs_arg_text(f, 1);
	r->owner = cs_arg_int(f, 2);
	r->due_at = cs_arg_int(f, 3);
	r->owed_at = cs_arg_int(f, 5) != CS_NULL ? cs_arg_int(f, 5) : ev->at;
	r->edition = cs_arg_int(f, 6) != CS_NULL ? cs_arg_int(f, 6) : ev->edition;
	r->times = 0;
	r->waived_at = CS_NULL;
	r->why = NULL;
	r->missed_due = CS_NULL;
	set_crossings(r, cs_arg_text(f, 4));
}

/* Moved only once it had passed: what was late stays so. */
static void move(struct cs_owed_row *r, const struct cs_event *ev, const struct cs_effect *f)
{
	const int64_t was = r->due_at;

	r->due_at = cs_arg_int(f, 2);
	if (r->due_at != was && was != CS_NULL && ev->at > was && r->missed_due == CS_NULL)
		r->missed_due = was;
	set_crossings(r, cs_arg_text(f, 3));
	if (cs_arg_int(f, 4) != CS_NULL)
		r->edition = cs_arg_int(f, 4);
}

/* It counts when it was done, whenever that is entered: what had been taken for missed is not. */
static void done(struct cs_owed_row *r, const struct cs_event *ev, const struct cs_effect *f)
{
	r->times++;
	if (cs_arg_text(f, 2))
		r->evidence = cs_arg_text(f, 2);
	if (cs_arg_int(f, 3) != CS_NULL && cs_arg_int(f, 3) > 0)
		return;
	r->done_at = ev->at;
	r->done_by = ev->actor;
	r->done_event = ev->id;
	r->missed_at = CS_NULL;
	set_crossings(r, NULL);
}

int cs_fold_owed(struct cs_owed_row *r, const struct cs_event *ev, const struct cs_effect *f, struct cs_arena *a,
		 struct cs_err *e)
{
	switch (f->op) {
	case CS_OP_OWE:
		if (r->duty && r->waived_at == CS_NULL)
			return cs_fail(e, CS_IO, "effect '%s' %s: owed already", cs_op_word(f->op), r->duty);
		owe(r, ev, f);
		break;
	case CS_OP_DONE: done(r, ev, f); break;
	case CS_OP_WAIVE:
		r->waived_at = ev->at;
		r->why = cs_arg_text(f, 2);
		r->missed_at = CS_NULL;
		r->next_at = CS_NULL; /* what was to come stays known, for it may be owed after all */
		break;
	case CS_OP_DUTY_LATE: set_crossings(r, cs_crossings_without(a, r->crossings, cs_arg_text(f, 2))); break;
	case CS_OP_DUTY_MISSED:
		r->missed_at = ev->at;
		set_crossings(r, cs_crossings_without(a, r->crossings, CS_CROSS_MISSED));
		break;
	default: move(r, ev, f); break;
	}
	return 0;
}
