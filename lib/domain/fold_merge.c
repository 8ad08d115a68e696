/* Fold of merges: clocks that stand outside and go on, what is to be done after all. */
#include <string.h>

#include "domain/crossing.h"
#include "domain/fold.h"

static int odd(const struct cs_effect *f, const char *why, struct cs_err *e)
{
	return cs_fail(e, CS_IO, "effect '%s': %s", cs_op_word(f->op), why);
}

static int fold_via(struct cs_image *im, const struct cs_effect *f, struct cs_err *e)
{
	for (size_t i = 0; i < cs_image_count(im, CS_P_PARTY); i++) {
		struct cs_party_row *p = cs_image_at(im, CS_P_PARTY, i);

		if (p->seq != cs_arg_int(f, 0))
			continue;
		p->via = cs_arg_int(f, 1);
		cs_image_touch(im, CS_P_PARTY, p);
		return 0;
	}
	return odd(f, "no such party", e);
}

void cs_fold_extended(struct cs_clock_row *c)
{
	c->extended = (c->extended == CS_NULL ? 0 : c->extended) + 1;
}

static void hold(struct cs_clock_row *c, const struct cs_effect *f)
{
	c->held_at = c->stop_at = cs_arg_int(f, 3);
	c->verdict = cs_arg_text(f, 4);
	c->next_at = CS_NULL;
}

static void let_go_on(struct cs_clock_row *c)
{
	c->held_at = c->stop_at = CS_NULL;
	c->verdict = NULL;
	c->next_at = cs_crossings_next(c->crossings);
}

static void annul(struct cs_clock_row *c, const struct cs_event *ev)
{
	c->stop_at = c->stop_at == CS_NULL ? ev->at : c->stop_at;
	c->verdict = "void";
	c->held_at = c->next_at = CS_NULL;
	c->crossings = NULL;
	c->annulled = 1;
}

static void again(struct cs_clock_row *c, const struct cs_effect *f)
{
	c->held_at = CS_NULL;
	c->due_at = cs_arg_int(f, 3);
	c->due_set = cs_arg_int(f, 4);
	c->crossings = cs_arg_text(f, 5);
	c->paused_at = cs_arg_int(f, 6);
	c->pauses = cs_arg_text(f, 7);
	c->breached = cs_arg_int(f, 8);
	c->stop_at = cs_arg_int(f, 9);
	c->verdict = cs_arg_text(f, 10);
	c->missed_due = cs_arg_int(f, 11);
	c->next_at = c->verdict ? CS_NULL : cs_crossings_next(c->crossings);
}

/* How it goes on then, the effect after it says (again). */
static void moved(struct cs_clock_row *c, const struct cs_effect *f)
{
	c->due_at = cs_arg_int(f, 5);
	c->due_set = 1;
	if (cs_arg_int(f, 6) == 1)
		cs_fold_extended(c);
}

static int fold_run(struct cs_image *im, const struct cs_event *ev, const struct cs_effect *f, struct cs_err *e)
{
	struct cs_clock_row *c = f->op == CS_OP_RUN_VIA
					 ? cs_image_clock(im, cs_arg_text(f, 0))
					 : cs_image_run(im, cs_arg_text(f, 0), cs_arg_int(f, 1), cs_arg_int(f, 2));

	if (!c)
		return odd(f, "no such run of a clock", e);
	switch (f->op) {
	case CS_OP_RUN_VIA: c->via = cs_arg_int(f, 1); break;
	case CS_OP_HOLD: hold(c, f); break;
	case CS_OP_FREE: let_go_on(c); break;
	case CS_OP_ANNUL: annul(c, ev); break;
	case CS_OP_RUN_MOVE: moved(c, f); break;
	default: again(c, f); break;
	}
	cs_image_touch(im, CS_P_CLOCK, c);
	return 0;
}

static int fold_undrop(struct cs_image *im, const struct cs_effect *f, struct cs_err *e)
{
	struct cs_callback_row *c = cs_image_callback(im, cs_arg_int(f, 0));

	if (!c || !cs_arg_text(f, 1))
		return odd(f, "no such call-back", e);
	c->state = cs_arg_text(f, 1);
	c->outcome = NULL;
	c->done_at = CS_NULL;
	cs_image_touch(im, CS_P_CALLBACK, c);
	return 0;
}

static int fold_unwaive(struct cs_image *im, const struct cs_effect *f, struct cs_err *e)
{
	for (size_t i = 0; i < cs_image_count(im, CS_P_OWED); i++) {
		struct cs_owed_row *o = cs_image_at(im, CS_P_OWED, i);

		if (strcmp(o->duty, cs_arg_text(f, 0)) != 0 || strcmp(o->cause, cs_arg_text(f, 1)) != 0)
			continue;
		o->waived_at = CS_NULL;
		o->why = NULL;
		o->next_at = cs_crossings_next(o->crossings);
		cs_image_touch(im, CS_P_OWED, o);
		return 0;
	}
	return odd(f, "no such duty", e);
}

int cs_fold_merging(struct cs_image *im, const struct cs_event *ev, const struct cs_effect *f, struct cs_err *e)
{
	switch (f->op) {
	case CS_OP_VIA: return fold_via(im, f, e);
	case CS_OP_UNDROP: return fold_undrop(im, f, e);
	case CS_OP_UNWAIVE: return fold_unwaive(im, f, e);
	default: return fold_run(im, ev, f, e);
	}
}
