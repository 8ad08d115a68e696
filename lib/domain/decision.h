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

/* What was given besides fields: the evidence of the request, its note (decide.c). */
int cs_decide_evidence(struct cs_decision *d, struct cs_err *e);
void cs_decide_note(struct cs_decision *d);
/* Who complains (decide_party.c). CS_USAGE: a capacity that the kind does not have. */
int cs_decide_capacity(const struct cs_decision *d, const char *capacity, struct cs_err *e);
/* CS_REFUSED: who has this capacity speaks for somebody else by the rules, and principal (0, CS_NULL) is nobody. */
int cs_decide_for_whom(const struct cs_decision *d, const char *capacity, int64_t principal, struct cs_err *e);
/* The column of that name as the file has it (decide_need.c). */
const char *cs_decide_heading(const struct cs_decision *d, const char *name);
/* The people given with the step join, complain again, or leave. */
int cs_decide_parties(struct cs_decision *d, struct cs_err *e);
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

/* Priority (decide_priority.c): one said by hand stays, but never below what the rules and the category demand. before: the
   ticket as it was; NULL at registration. */
void cs_decide_priority(struct cs_decision *d, const struct cs_image *before);

/* Importance (decide_importance.c): the class by the rules in force, which rules made it, what must be found out, when time
   alone may change it. */
int cs_decide_importance(struct cs_decision *d, const struct cs_image *before, struct cs_err *e);

/* Clocks (decide_clock.c). */
int cs_decide_clocks(struct cs_decision *d, bool new_cycle, struct cs_err *e);       /* stop, void, start, move, restart */
/* Before a new cycle: clocks still running end, late when past their due, else void; nobody could stop them any more. */
void cs_decide_end_cycle(struct cs_decision *d);
/* Whether an extension reaches no further than the rules allow. */
int cs_decide_may_move(struct cs_decision *d, const struct cs_move *m, struct cs_err *e);
int cs_decide_pauses(struct cs_decision *d, struct cs_err *e);                       /* after a change of state */
/* A merge: the clock stands outside until it is freed; a running one starts anew from `from`, by facts of the ticket `via`. */
void cs_decide_hold(struct cs_decision *d, const struct cs_clock_row *row);
int cs_decide_restart(struct cs_decision *d, const struct cs_clock *def, cs_time from, int64_t via, struct cs_err *e);
const char *cs_decide_verdict(const struct cs_clock_row *row, cs_time at,
			      const char *in_time); /* late, where its due has passed */
void cs_decide_tell_clock(struct cs_decision *d,
			  const struct cs_clock_row *row);          /* what the ticket says of its main clock */
int cs_decide_lower_level(struct cs_decision *d, struct cs_err *e); /* the level without the rungs that are moot */
int cs_decide_stated_due(struct cs_decision *d, cs_time due, bool none, struct cs_err *e); /* of the main clock */
void cs_decide_closed_before(
	struct cs_decision *d); /* imported history: ends what still runs when the ticket is closed */
/* Recomputes what is still to come of a running clock by the edition in force; no effect: it keeps its own. */
int cs_decide_reclock(struct cs_decision *d, const struct cs_clock_row *row, struct cs_err *e);
/* The row as it goes on from `at` on by this edition and rule of its clock; what came before `at` stays. And the effect that says
   so of a run that a merge holds or held. CS_CONFIG: the edition has it not. */
int cs_decide_count_anew(struct cs_decision *d, struct cs_clock_row *row, cs_time at, int64_t edition, int64_t rule,
			 struct cs_err *e);
void cs_decide_tell_anew(struct cs_decision *d, const struct cs_clock_row *row);

/* Merging (decide_merge.c): what the steps merge and unmerge do to the ticket that goes. */
int cs_decide_merge(struct cs_decision *d, struct cs_err *e);
int cs_decide_unmerge(struct cs_decision *d, struct cs_err *e);
/* The ticket enters a state of its kind (decide.c). */
void cs_decide_enter(struct cs_decision *d, const char *state);
/* What the field same_as now says becomes a link (decide_matter.c). */
int cs_decide_same_as(struct cs_decision *d, struct cs_err *e);

/* What follows (decide_plan.c). */
/* A contact that waits for what may have come to pass since `from`. */
int cs_decide_release(struct cs_decision *d, const struct cs_callback_rule *rule, int64_t seq, cs_time from,
		      cs_time give_up, struct cs_err *e);
int cs_decide_callbacks(struct cs_decision *d, struct cs_err *e);
/* One contact by this rule, for a sample (draw) or CS_NULL; none with a person who is erased. */
int cs_decide_plan_callback(struct cs_decision *d, const struct cs_callback_rule *rule, int64_t person, int64_t draw,
			    struct cs_err *e);
/* What was put to approval and not used yet; with the cycle it is over. */
void cs_decide_drop_approvals(struct cs_decision *d);
void cs_decide_drop_callbacks(struct cs_decision *d, const char *why);

/* What is owed (decide_duty.c). */
int cs_decide_duties(struct cs_decision *d, struct cs_err *e);
/* What nobody can owe any more: of a rung that is moot, of a ticket that is being closed. */
void cs_decide_waive(struct cs_decision *d);
/* Owes this duty for this cause, unless it is owed or done already, or is not for the ticket. */
int cs_decide_owe(struct cs_decision *d, const char *duty, const char *cause, struct cs_err *e);
/* What brought about the duties that a rung owes; each run of the clock has its own. */
const char *cs_rung_cause(struct cs_arena *a, const char *clock, const char *rung, int64_t cycle, int64_t run);
/* The ticket came from one class of importance (NULL: none) into another, which it has already: what is owed on that arises, and what is owed on
   a class it fell from ends with that reason ("fell"). */
int cs_decide_class_changed(struct cs_decision *d, const char *from, const char *to, struct cs_err *e);
/* It was taken up again in the class it was closed in: what its closing ended undone is owed anew. */
int cs_decide_class_again(struct cs_decision *d, struct cs_err *e);
/* A contact for this purpose was made: what it discharges is done. */
int cs_decide_contacted(struct cs_decision *d, const char *purpose, struct cs_err *e);
/* It ended without being made (S0-7-8): where no other is to be made, what it would have discharged is waived; a series goes on. */
void cs_decide_uncontacted(struct cs_decision *d, const char *purpose);
/* One row is done (once more); evidence: digest or name of what was delivered, NULL none. What recurs is owed anew. */
int cs_decide_done(struct cs_decision *d, const struct cs_owed_row *row, const char *evidence, struct cs_err *e);
/* A crossing of what the ticket owes by this rule (of the row's edition; NULL: it has none): a rung, with the person it
   goes to, or the end of its time, after which what recurs is owed anew. */
int cs_decide_late(struct cs_decision *d, const struct cs_duty *rule, const struct cs_owed_row *row,
		   const char *crossing, struct cs_target *to, struct cs_err *e);
/* A notice with this text to each in the duty's `to`. */
int cs_decide_delivered(struct cs_decision *d, const struct cs_duty *rule, const char *text, struct cs_err *e);

int cs_decide_tell(struct cs_decision *d, struct cs_err *e);
/* One notice; text is composed by the caller. Targets of kind NONE get nothing. */
void cs_decide_notice(struct cs_decision *d, const struct cs_target *to, const char *reason, const char *what, const char *text);

#endif
