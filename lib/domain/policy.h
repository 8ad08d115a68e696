/* The rules of one company in compiled form: what `policy.md` says, as structures.
   A policy is built once (cs_policy_compile), never changed, and owns all it points to. Ids are
   strings that stand in the file; lookups by id return NULL when there is none. */
#ifndef CS_DOMAIN_POLICY_H
#define CS_DOMAIN_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/span.h"
#include "base/time.h"
#include "base/value.h"
#include "domain/calendar.h"

struct cs_ids { /* a list of ids */
	const char **id;
	size_t count;
};

/* Who: a person or body named by its part in the matter. `name` is the post, unit field, step, staff
   field, body or department function, according to the kind. */
enum cs_who_kind {
	CS_WHO_ANY, CS_WHO_SYSTEM, CS_WHO_SELF, CS_WHO_CUSTOMER, CS_WHO_ASSIGNEE, CS_WHO_RESPONSIBLE, CS_WHO_FIRST,
	CS_WHO_ACCOUNT_MANAGER, CS_WHO_ROUTE, CS_WHO_POST, CS_WHO_HOLDS, CS_WHO_IN, CS_WHO_DID,
	CS_WHO_STAFF_FIELD, CS_WHO_BODY, CS_WHO_DEPT
};
struct cs_cond;
struct cs_whos {
	struct cs_who *who;
	size_t count;
};
struct cs_who {
	enum cs_who_kind kind;
	const char *name;
	const struct cs_cond *when; /* not_by {who, when, except}: binds only then; NULL always */
	struct cs_whos except;      /* and none of these */
};
/* Who as the rules write it, "post:area_director", without when and except; in the arena, or a constant. And back: the name
   points into the text; false: it names nobody. */
const char *cs_who_text(const struct cs_who *w, struct cs_arena *a);
bool cs_who_read(const char *text, struct cs_who *out);

/* Conditions have three values (policy.md, "Unknown is not false"); domain/cond.h evaluates them. */
enum cs_cond_op {
	CS_COND_FIELD, /* `name` (+ test) */
	CS_COND_ALL,
	CS_COND_ANY,
	CS_COND_NOT,       /* over sub */
	CS_COND_SINCE,     /* time since step `name`: over or within `span` */
	CS_COND_DONE,      /* step `name` was taken in this cycle */
	CS_COND_CLOCK,     /* clock `name` is in state `clock_is` */
	CS_COND_EVIDENCE,  /* evidence kind `name` ("any": some) was given with this step */
	CS_COND_PARTY,     /* somebody has capacity `name` (principal: and all who have it act for somebody named) */
	CS_COND_LIST,      /* list `name`: at least `number` rows; some/every row fulfils sub[0] */
	CS_COND_VIA,       /* the ticket that the ref field `name` points to fulfils sub[0] */
	CS_COND_ADMISSION, /* the rule of admission that decides allows step `name` */
	CS_COND_COUNT,     /* what `tally` counts: at least `number` */
	CS_COND_OWED,      /* the ticket owes duty `name` */
	CS_COND_LINKED /* so many tickets linked by `name` (that fulfil sub[0]): TEST_AT_LEAST or AT_MOST `number` */
};
/* How often it came up in the ticket's matter: registered, or complained again, by one of `steps`. */
enum cs_tally_how { CS_TALLY_ALL, CS_TALLY_SAME, CS_TALLY_DISTINCT }; /* all; most of one; different ones */
enum cs_tally_by { CS_TALLY_PARTY, CS_TALLY_PREMISES };
struct cs_tally {
	struct cs_ids steps;
	enum cs_tally_how how;
	enum cs_tally_by by;
	bool has_within;
	struct cs_span within; /* the last so long; NONE: undecided, unknown */
};
enum cs_cond_test { CS_TEST_IS, CS_TEST_IN, CS_TEST_AT_LEAST, CS_TEST_AT_MOST, CS_TEST_SET, CS_TEST_EQUALS };
enum cs_clock_is { CS_CLOCK_RUNNING, CS_CLOCK_PAUSED, CS_CLOCK_MET, CS_CLOCK_LATE, CS_CLOCK_VOID };
struct cs_cond {
	enum cs_cond_op op;
	const char *name;
	enum cs_cond_test test;   /* FIELD */
	struct cs_value *value;   /* IS one, IN several; SET: i = 1 or 0; times and dates as in cs_value */
	size_t value_count;
	int64_t number;           /* AT_LEAST, AT_MOST, list at_least */
	bool number_undecided;    /* the parameter is null: the condition is unknown */
	const char *other;        /* EQUALS: the other field */
	enum cs_clock_is clock_is;
	struct cs_span span;      /* SINCE; unit NONE: unknown */
	bool within;              /* SINCE: within, else over */
	bool every;               /* LIST with sub: every row, else some row */
	struct cs_tally tally;    /* COUNT */
	bool principal;           /* PARTY */
	const char *row; /* PARTY: the list of which each has a row of his own that fulfils sub[0]; NULL none */
	struct cs_cond **sub;
	size_t sub_count;
};

enum cs_field_type {
	CS_FIELD_TEXT, CS_FIELD_INT, CS_FIELD_MONEY, CS_FIELD_TIME, CS_FIELD_DATE, CS_FIELD_BOOL,
	CS_FIELD_CODE, CS_FIELD_REF, CS_FIELD_STAFF, CS_FIELD_UNIT
};
/* A field that follows from the rows of a list; nobody sets it. `where`: the rows that count, NULL: all. While one of
   them has no value, or none counts, the field is unset. */
enum cs_derived_how { CS_DERIVED_NOT, CS_DERIVED_LAST, CS_DERIVED_SUM };
struct cs_derived {
	enum cs_derived_how how;
	const char *list, *column;
	const struct cs_cond *where;
	struct cs_ids not_before; /* LAST: fields, or opened_at; the first that is set bounds it */
};
struct cs_field {
	const char *id;
	enum cs_field_type type;
	struct cs_ids codes;    /* CODE */
	const char *code_list;  /* CODE: the list or section they come from */
	const char *ref_kind;   /* REF: a kind id or "any" */
	bool none;              /* the word "none" is a value: looked, none */
	struct cs_value start;  /* value at registration; NONE: unset */
	struct cs_whos by;      /* who may set it; empty: whoever may take the step */
	bool personal;          /* erasable even if coded; text is always erasable */
	bool find;              /* kept in ticket_key, indexed */
	const char *as;         /* what the reports take it for: wish, result, reply, notice, area; NULL nothing */
	struct cs_derived is;
	struct cs_ids source;   /* requirement ids; so in every struct below */
};
struct cs_list {
	const char *id, *key; /* key: the field that tells rows apart */
	bool per_party;       /* and who takes part, where a row names one (domain/party.h) */
	struct cs_field *field;
	size_t field_count;
	struct cs_ids source;
};

enum cs_is { CS_IS_OPEN, CS_IS_WAITING, CS_IS_STANDING, CS_IS_DONE, CS_IS_CLOSED };
struct cs_state {
	const char *id;
	enum cs_is is;
	const char *waits; /* WAITING: for whom; else NULL */
};

/* A need: a field that must be set (by this step or before: see `word`), or a condition. */
struct cs_need {
	const char *word;           /* NULL when cond is given */
	const struct cs_cond *cond;
	const char *say;            /* what to tell when it fails; may be NULL */
};
enum cs_to { CS_TO_STATE, CS_TO_SAME, CS_TO_FIRST };
struct cs_move {
	const char *clock, *field;
	bool extends;          /* an extension: only to a later time, told apart from other moves */
	struct cs_span within; /* ... by no more than this after the present due; NONE: undecided, by any time */
};
/* Who must agree before a step is taken: one after the other, never the one who asks. */
struct cs_stage {
	struct cs_who by;
	const char *word;           /* review or approve */
	const struct cs_cond *when; /* NULL always */
	const char *owe;            /* duty that arises while it waits; NULL none */
	struct cs_ids source;
};
struct cs_restart {
	const char *clock;
	const struct cs_cond *when; /* NULL: always */
};
struct cs_step {
	const char *id;
	struct cs_ids from; /* state ids; empty and !from_any: the step that registers */
	bool from_any;      /* "*": every state, a closed one too */
	enum cs_to to;
	const char *to_state;
	struct cs_whos by, not_by;
	struct cs_need *need;
	size_t need_count;
	struct cs_ids takes; /* fields and lists that may be given besides those it needs */
	struct cs_ids clears; /* fields that are empty afterwards, unless given */
	struct cs_stage *stage;
	size_t stage_count;
	struct cs_whos tell;
	struct cs_ids says;  /* fields, or "note", that the notice to the customer holds */
	struct cs_move *move;
	size_t move_count;
	struct cs_restart *restart; /* clocks that start anew */
	size_t restart_count;
	struct cs_ids at; /* of a merge: they are counted from the first of these time fields that is set, else from
				   the registration */
	const char *form;       /* form printed with it; NULL none */
	bool responds;          /* counts as the response to the customer (S3-9-2: on site, or contact) */
	bool publication[2];    /* decides on the publication of its notice: approve, decline (S0-4-20) */
	bool leaves;            /* the party given with it takes part no longer */
	struct cs_ids source;
};

struct cs_rung {
	const char *id;
	bool before;          /* before the due, else after the start */
	struct cs_span span;  /* NONE: undecided, the rung is off */
	bool has_to;
	struct cs_who to;
	bool transfer;
	struct cs_whos tell;
	const char *owe;      /* duty id; NULL none */
	struct cs_ids source;
};
struct cs_clock_rule { /* first whose `when` holds; unknown is no match */
	const struct cs_cond *when;
	const char *at;         /* field with an earlier start; NULL the step's own time */
	struct cs_span limit;   /* NONE and no due_field: undecided, the clock is off under this rule */
	const char *due_field;  /* due = this field plus/minus the spans (NONE when not given) */
	struct cs_span plus, minus;
	int cutoff;             /* minute of the day from which "eod" is the next day's end; -1 none */
};
struct cs_clock {
	const char *id;
	struct cs_ids start, stop, void_by; /* steps */
	struct cs_clock_rule *rule;
	size_t rule_count;
	const struct cs_calendar *calendar; /* NULL: natural time only */
	struct cs_ids pause;                /* waits codes */
	bool restart;                       /* starts anew with each start step and in each cycle */
	bool counts;                        /* is in the on-time rate */
	bool main;
	struct cs_rung *rung;
	size_t rung_count;
	struct cs_ids source;
};

/* Which steps may decide about a ticket: of a kind's rules the first whose `when` holds; an undecided one before it is
   the open question. ground: value of the field "ground" under this rule, NULL none. */
struct cs_admission_rule {
	const char *id;
	const struct cs_cond *when; /* NULL: always */
	struct cs_ids allow;
	const char *ground;
	struct cs_need *need; /* of any step it allows, besides the step's own */
	size_t need_count;
	struct cs_ids source;
};

struct cs_kind {
	const char *id, *prefix;
	struct cs_ids capacities, exclusive;
	struct cs_ids agents; /* of the capacities: who has it speaks for somebody else, who is named */
	bool anonymous;
	const char *about; /* staff field: who neither answers for it nor is told; NULL */
	struct cs_field *field;
	size_t field_count;
	struct cs_list *list;
	size_t list_count;
	struct cs_state *state;
	size_t state_count;
	struct cs_admission_rule *admission;
	size_t admission_count;
	struct cs_whos override; /* who may decide against admission */
	struct cs_step *step;
	size_t step_count;
	struct cs_clock *clock;
	size_t clock_count;
	const struct cs_clock *main_clock;    /* never NULL */
	const struct cs_step *register_step;  /* never NULL: the step without `from` */
	const char *first_state;              /* where register_step leads */
	struct cs_ids source;
};

struct cs_param {
	const char *id;
	bool decided;      /* false: null */
	bool is_span, is_time; /* neither: a plain number */
	struct cs_span span;   /* may be a percentage */
	int64_t share;     /* of a percentage: hundredths of a percent */
	int64_t number;    /* a number, or minutes of the day for a time like "20:00" */
	struct cs_ids source;
};
struct cs_codes {
	const char *id;
	struct cs_ids value;
};
struct cs_channel {
	const char *id, *group;
};
struct cs_category {
	const char *id, *specialty, *priority; /* priority may be NULL */
	bool has_route;
	struct cs_who route;
	struct cs_ids source;
};
struct cs_evidence_kind {
	const char *id;
	bool signer_customer, signer_staff;
};
struct cs_post_rule {
	const char *id, *serves, *above; /* serves: a level code; above may be NULL */
	bool from_handling;              /* looked up at the handling unit, else at the premises */
	struct cs_ids source;
};
struct cs_happening_kind {
	const char *id;
	struct cs_whos by;
	struct cs_ids source;
};
struct cs_priority_rule {
	const char *id;
	const struct cs_cond *when;
	const char *at_least;
	struct cs_ids source;
};
struct cs_priority {
	struct cs_ids scale; /* lowest first */
	const char *start;
	struct cs_priority_rule *rule;
	size_t rule_count;
};
/* Importance: all rules of the set in use are looked at, the highest class of those that hold counts. */
struct cs_importance_rule {
	const char *id, *class;
	const struct cs_cond *when;
	bool latch;          /* time alone does not undo it */
	const char *include; /* instead of all these: the rules of that set */
	const char *set;     /* the set it stands in */
	struct cs_ids source;
};
struct cs_importance_set {
	const char *id;
	struct cs_importance_rule *rule;
	size_t rule_count;
};
struct cs_importance_unknown { /* the duty to find out a field that keeps a rule from being decided */
	const char *field, *duty;
};
struct cs_importance {
	struct cs_ids scale; /* lowest first: the class without any rule; empty: no ticket has a class */
	struct cs_ids kinds;
	const char *use;
	struct cs_importance_set *set;
	size_t set_count;
	struct cs_importance_unknown *unknown;
	size_t unknown_count;
	const struct cs_importance_rule **rule; /* of the set in use, those it includes in their places */
	size_t rule_count;
};
struct cs_assign_rule {
	const struct cs_cond *when; /* NULL: always */
	struct cs_who to;
	struct cs_ids source;
};

struct cs_scope {
	const char *of;      /* "ticket"; of a duty also "unit" */
	struct cs_ids kinds; /* empty: all */
	const struct cs_cond *where; /* NULL: all */
};
struct cs_method_by {
	const char *method;
	struct cs_who who;
};
/* Which tickets a new one could repeat (S0-4-7, S3-4-7): of these kinds, of the same customer, premises, or unit and
   category, not longer ago than `within`, told with similar words. */
struct cs_similar {
	struct cs_ids kinds; /* empty: none is compared */
	bool party, premises, category;
	struct cs_span within; /* NONE: undecided, off */
	int64_t score;         /* from this likeness on, 1 to 100; 0: undecided, off */
	struct cs_ids source;
};
struct cs_callback_rule {
	const char *id;
	struct cs_scope each;
	bool per_party;
	const char *after_step, *then_happening; /* each may be NULL; no step: planned by hand or with a sample */
	struct cs_span within, give_up;          /* NONE: no limit */
	const struct cs_calendar *calendar;
	const char *purpose;
	struct cs_ids methods;
	int64_t attempts; /* per method; 0: undecided, one */
	const struct cs_window *window;
	struct cs_method_by *by;
	size_t by_count;
	struct cs_whos not_by;
	struct cs_ids ask, exempt;
	bool score;
	bool has_low;
	int64_t low_at_most;
	const char *low_step;
	const char *problem_opens, *problem_to, *problem_link; /* NULL: none; problem_to: a unit field */
	bool holds; /* an open one keeps the ticket from being closed */
	struct cs_ids source;
};
struct cs_sample_rule {
	const char *id;
	struct cs_scope each;
	const char *step; /* tickets that took this step in the period */
	enum cs_period_unit period;
	bool by_staff;     /* stratum: staff, else unit */
	const char *level; /* of those units; NULL: the very unit */
	bool has_percent;
	int64_t percent, count, least; /* count, least: of each stratum, all where there are fewer; 0 none or undecided */
	bool round_up;
	const char *then_contact; /* purpose of contacts to plan with it; NULL none */
	struct cs_ids source;
};
/* Something told while a duty is still owed: `span` before its due, else after it. */
struct cs_late {
	const char *id;
	bool before;
	struct cs_span span; /* NONE: undecided, it is off */
	bool has_to;
	struct cs_who to;
	struct cs_whos tell;
	struct cs_ids source;
};
/* What is owed: duty x subject (a ticket or a unit: each.of) x period or cause. One of on_step, on_class, on_field, on_set,
   on_change and `recurs` says what makes it arise; none of them: a rung or a stage of approval owes it. */
struct cs_duty {
	const char *id;
	struct cs_scope each;
	const char *on_step, *on_class, *on_field, *on_set;
	struct cs_ids on_change; /* "policy", "post:ID" */
	bool recurs,
		by_period; /* by_period: once in each `period`, else at most `every` apart (NONE: undecided, off) */
	enum cs_period_unit period;
	struct cs_span every;
	int64_t due_day; /* day of the period, or of the one behind it (due_after); 0: its last (undecided too) */
	bool due_after;
	int64_t times;                 /* so often in the period; at least 1 */
	bool joins_next;               /* in the middle of a period a subject joins with the next, else at once */
	struct cs_span within, before; /* NONE: at once, without a due; before: the time in on_field */
	const struct cs_calendar *calendar;
	struct cs_who owner;
	struct cs_whos to; /* who gets what is delivered */
	const char *form;  /* delivered with it; NULL none */
	const char *done_step, *done_evidence, *done_field, *done_report, *done_draw, *done_contact; /* one, or: */
	bool done_form, done_notice, done_approval;
	struct cs_whos done_by; /* empty: its owner; of a step whoever takes it */
	struct cs_late *late;
	size_t late_count;
	bool has_none;
	struct cs_scope none;    /* may be waived when there was none of these */
	struct cs_whos waive_by; /* empty: nobody may waive it */
	struct cs_ids source;
};
struct cs_indicator {
	const char *id, *measure; /* measure: one of cs_measure_names */
	const char *kind, *sample, *question; /* arguments; NULL where not given */
	int64_t score;            /* argument: satisfied from this score on; 0 not given */
	bool has_target, at_least;
	int64_t target;           /* hundredths of a percent: 98 % = 9800 */
	enum cs_period_unit period;
	bool previous;            /* of: previous */
	struct cs_ids source;
};
struct cs_form {
	const char *id;
	struct cs_ids parts, copies;
	struct cs_ids written;  /* of the parts: those that people write */
	struct cs_ids fields;   /* the only ones it shows; none: all */
	struct cs_ids steps;    /* the last of them taken is the outcome */
	struct cs_ids evidence; /* whose signatures it asks for; none: all kinds that are signed */
	struct cs_ids source;
};
/* What the reports of complaints speak of (requirements 10.1). `of` NULL in a scope: not said. */
struct cs_reports {
	const char *level;                            /* of the units that are their rows; NULL: the unit itself */
	struct cs_ids complaints, requests, findings; /* kinds */
	struct cs_ids ledger;                         /* fields of complaints and words that are columns of it too */
	struct cs_scope cases, publication;
};
/* Keeps fields of tickets from everybody but these (policy.md, "restricted view": through the programs). */
struct cs_access_rule {
	const char *id;
	struct cs_scope each;
	struct cs_whos by;
	struct cs_ids fields; /* "*", the whole ticket */
	bool log;             /* reading is recorded */
	struct cs_ids source;
};
struct cs_label {
	const char *lang, *path, *text;
};
struct cs_labels; /* of a loaded edition: read when the first is asked for */

struct cs_policy {
	const char *id, *edition;
	const struct cs_zone *zone;
	struct cs_param *param; size_t param_count;
	struct cs_codes *codes; size_t codes_count;
	struct cs_holidays *holidays; size_t holidays_count;
	struct cs_calendar *calendar; size_t calendar_count;
	struct cs_window *window; size_t window_count;
	struct cs_channel *channel; size_t channel_count;
	struct cs_category *category; size_t category_count;
	struct cs_evidence_kind *evidence; size_t evidence_count;
	struct cs_post_rule *post; size_t post_count;
	struct cs_ids bodies;
	struct cs_happening_kind *happening; size_t happening_count;
	struct cs_priority priority;
	struct cs_importance importance;
	struct cs_assign_rule *assign; size_t assign_count;
	struct cs_kind *kind; size_t kind_count; /* abstract kinds are not among them */
	struct cs_similar similar;
	struct cs_callback_rule *callback; size_t callback_count;
	struct cs_sample_rule *sample; size_t sample_count;
	struct cs_duty *duty; size_t duty_count;
	struct cs_indicator *indicator; size_t indicator_count;
	struct cs_form *form; size_t form_count;
	struct cs_reports reports;
	struct cs_access_rule *access;
	size_t access_count;
	struct cs_labels *labels;
	struct cs_json *doc;   /* owns the strings */
	struct cs_arena arena; /* owns the arrays */
};

/* The closed list of measures an indicator may name (SQL stands beside them in the reports):
   response_timely, callback_rate, satisfied_rate, valid_complaints_per_household, duty_coverage, segmentation. */
extern const char *const cs_measure_names[];
extern const size_t cs_measure_count;

/* The parts of forms that fill themselves; all others are written by people. */
extern const char *const cs_form_drawn[];
extern const size_t cs_form_drawn_count;

/* Fields every ticket has, usable in conditions, needs and takes besides the kind's own:
   see the table in domain/policy_words.h. */

/* Builds the compiled form from the text of a self-contained edition (parents merged, holidays
   inside). Trusts it when `faults` is NULL (a loaded edition): then only what would make the structures
   unsound is checked (CS_CONFIG). With `faults` every fault of shape and meaning is added as
   "/json/pointer: what is wrong, what is allowed" and the return is -1 (CS_CONFIG) if there was any. *out is
   NULL on failure. Owner: caller, cs_policy_free. */
int cs_policy_compile(const char *text, size_t len, struct cs_faults *faults, struct cs_policy **out, struct cs_err *e);
void cs_policy_free(struct cs_policy *p);

const struct cs_kind *cs_policy_kind(const struct cs_policy *p, const char *id);
const struct cs_channel *cs_policy_channel(const struct cs_policy *p, const char *id);
const struct cs_category *cs_policy_category(const struct cs_policy *p, const char *id);
const struct cs_post_rule *cs_policy_post(const struct cs_policy *p, const char *id);
const struct cs_callback_rule *cs_policy_callback(const struct cs_policy *p, const char *id);
const struct cs_sample_rule *cs_policy_sample(const struct cs_policy *p, const char *id);
const struct cs_duty *cs_policy_duty(const struct cs_policy *p, const char *id);
const struct cs_form *cs_policy_form(const struct cs_policy *p, const char *id);
const struct cs_evidence_kind *cs_policy_evidence(const struct cs_policy *p, const char *id);
const struct cs_happening_kind *cs_policy_happening(const struct cs_policy *p, const char *id);
/* A rule of any set by its id. */
const struct cs_importance_rule *cs_policy_importance_rule(const struct cs_policy *p, const char *id);
const struct cs_ids *cs_policy_codes(const struct cs_policy *p, const char *id);
const struct cs_param *cs_policy_param(const struct cs_policy *p, const char *id);
const struct cs_calendar *cs_policy_calendar(const struct cs_policy *p, const char *id);
const struct cs_field *cs_kind_field(const struct cs_kind *k, const char *id);
const struct cs_field *cs_kind_field_as(const struct cs_kind *k, const char *as); /* what the reports take for this */
const struct cs_list *cs_kind_list(const struct cs_kind *k, const char *id);
const struct cs_state *cs_kind_state(const struct cs_kind *k, const char *id);
/* The step's own need of admission: the step it must be allowed; NULL when it has none. */
const struct cs_need *cs_step_gate(const struct cs_step *st);
const struct cs_step *cs_kind_step(const struct cs_kind *k, const char *id);
/* It closes the ticket and gives its main clock no verdict: nothing was done, there is nothing to ask about. */
bool cs_step_withdraws(const struct cs_kind *k, const struct cs_step *st);
const struct cs_clock *cs_kind_clock(const struct cs_kind *k, const char *id);
const struct cs_rung *cs_clock_rung(const struct cs_clock *c, const char *id);
bool cs_ids_has(const struct cs_ids *ids, const char *id);
/* Position in a scale or list, -1 when absent. */
int cs_ids_index(const struct cs_ids *ids, const char *id);
/* The languages that labels are in. */
extern const struct cs_ids cs_policy_languages;
/* Every label, in the order of the text. */
const struct cs_label *cs_policy_labels(const struct cs_policy *p, size_t *count);
/* The label for a path like "kinds/complaint"; "kinds/complaint/steps/note" falls back to "steps/note"; else
   the last part of the path. Never NULL. */
const char *cs_policy_label(const struct cs_policy *p, const char *lang, const char *path);

#endif
