/* Inside of decide: one decision in the making. Only decide*.c and ladder.c include this. */
#ifndef CS_DOMAIN_DECISION_H
#define CS_DOMAIN_DECISION_H

#include "base/err.h"
#include "domain/effect.h"
#include "domain/image.h"
#include "domain/request.h"
#include "domain/view.h"

/* v.im is &after: the ticket as it will be, kept up to date with every effect put out. */
struct cs_decision {
	struct cs_session *s;
	struct cs_view v;
	struct cs_image after;
	struct cs_event ev; /* the event to come */
	struct cs_effects *out;
	const struct cs_step *step;
	const struct cs_request *req;
	struct cs_row_key *row; /* given with the step, so far */
	size_t row_count;
	bool has_phone; /* of the registration */
	int64_t notice_seq;
	const struct cs_admission_rule
		*rule; /* of admission, that allows the step; NULL: it needs none, or overrides it */
};

void cs_decision_begin(struct cs_decision *d, struct cs_session *s, const struct cs_image *im,
		       const struct cs_kind *kind, const struct cs_policy *policy, struct cs_deed deed,
		       struct cs_effects *out);
/* Puts an effect out and carries it out on `after`. */
#define cs_emit(d, op, ...) \
	cs_decision_emit((d), (op), (struct cs_value[]){__VA_ARGS__}, sizeof((struct cs_value[]){__VA_ARGS__}) / sizeof(struct cs_value))
int cs_decision_emit(struct cs_decision *d, enum cs_op op, const struct cs_value *arg, size_t count);
int cs_emit_none(struct cs_decision *d, enum cs_op op); /* an effect without arguments */

/* Whether the person may take the step, and whether all it needs is there (decide_need.c). CS_REFUSED with all that is missing. */
bool cs_decide_may(const struct cs_view *v, const struct cs_step *st, int64_t staff); /* by the step's `by` alone */
int cs_decide_by(struct cs_decision *d, struct cs_err *e);
int cs_decide_needs(struct cs_decision *d, struct cs_err *e);

/* Takes what was typed as --set gives it, after those before (decide.c). */
int cs_decide_set(struct cs_decision *d, const struct cs_given *g, struct cs_err *e);
/* Fields that follow from the lists that the step touched (decide_derived.c). */
int cs_decide_derived(struct cs_decision *d, struct cs_err *e);
/* Admission: whether its rules let the step decide, with the ground they give; or the request overrides them, by whom the
   kind allows. CS_REFUSED with the rule named (decide_gate.c). */
int cs_decide_gate(struct cs_decision *d, struct cs_err *e);

/* The level that a rung raises a ticket to: its place on the clock's ladder, from 1. */
static inline int cs_rung_level(const struct cs_clock *def, const struct cs_rung *rung)
{
	return (int)(rung - def->rung) + 1;
}

/* Clocks (decide_clock.c). */
int cs_decide_clocks(struct cs_decision *d, bool new_cycle, struct cs_err *e);       /* stop, void, start, move, restart */
/* Before a new cycle: clocks still running end, late when past their due, else void; nobody could stop them any more. */
void cs_decide_end_cycle(struct cs_decision *d);
int cs_decide_pauses(struct cs_decision *d, struct cs_err *e);                       /* after a change of state */
int cs_decide_stated_due(struct cs_decision *d, cs_time due, bool none, struct cs_err *e); /* of the main clock */
void cs_decide_closed_before(struct cs_decision *d); /* imported history: ends what still runs when the ticket is closed */
/* Recomputes what is still to come of a running clock by the edition in force; no effect: it keeps its own. */
int cs_decide_reclock(struct cs_decision *d, const struct cs_clock_row *row, struct cs_err *e);

/* What follows (decide_plan.c). */
int cs_decide_callbacks(struct cs_decision *d, struct cs_err *e);
/* One contact by this rule, for a sample (draw) or CS_NULL; none with a person who is erased. */
int cs_decide_plan_callback(struct cs_decision *d, const struct cs_callback_rule *rule, int64_t person, int64_t draw,
			    struct cs_err *e);
void cs_decide_drop_callbacks(struct cs_decision *d, const char *why);
int cs_decide_duties(struct cs_decision *d, struct cs_err *e);
/* What nobody can owe any more: of a rung that is moot, of a ticket that is being closed. */
void cs_decide_waive(struct cs_decision *d);
int cs_decide_owe(struct cs_decision *d, const char *duty, const char *cause, struct cs_err *e);
/* What brought about the duties that a rung owes; each run of the clock has its own. */
const char *cs_rung_cause(struct cs_arena *a, const char *clock, const char *rung, int64_t cycle, int64_t run);
int cs_decide_tell(struct cs_decision *d, struct cs_err *e);
/* One notice; text is composed by the caller. Targets of kind NONE get nothing. */
void cs_decide_notice(struct cs_decision *d, const struct cs_target *to, const char *reason, const char *what, const char *text);

#endif
