/* Rows of the folded tables: one struct, one description each (columns: store/sql/0001.sql). */
#ifndef CS_STORE_ROWS_H
#define CS_STORE_ROWS_H

#include <stdint.h>

#include "store/table.h"

/* Integer columns hold CS_NULL, text columns NULL for the SQL NULL. Texts are borrowed. */

struct cs_unit_row {
	int64_t id;
	const char *code;
	const char *name;
	const char *level;
	const char *function;
	int64_t parent;
	int64_t households;
	int64_t closed_at;
};
extern const struct cs_table cs_unit_table;

struct cs_staff_row {
	int64_t id;
	const char *login;
	const char *name;
	int64_t unit;
	const char *phone;
	int64_t joined_at;
	int64_t left_at;
};
extern const struct cs_table cs_staff_table;

struct cs_post_row {
	int64_t id;
	const char *post;
	int64_t unit;
	int64_t staff;
	int64_t deputy;
	int64_t from_at;
	int64_t to_at;
};
extern const struct cs_table cs_post_table;

struct cs_staff_record_row {
	int64_t id;
	int64_t staff;
	const char *record;
	int64_t at;
	int64_t until;
	const char *note;
};
extern const struct cs_table cs_staff_record_table;

struct cs_person_row {
	int64_t id;
	const char *name;
	const char *phone;
	const char *source;
	const char *customer_key;
	const char *tier;
	int64_t tier_at;
	const char *weight;
	int64_t weight_at;
	int64_t manager;
	int64_t erased_at;
};
extern const struct cs_table cs_person_table;

struct cs_premises_row {
	int64_t id;
	int64_t unit;
	const char *address;
	int64_t erased_at;
};
extern const struct cs_table cs_premises_table;

struct cs_tenure_row {
	int64_t id;
	int64_t person;
	int64_t premises;
	const char *capacity;
	int64_t from_at;
	int64_t to_at;
};
extern const struct cs_table cs_tenure_table;

struct cs_ticket_row {
	int64_t id;
	const char *kind;
	const char *state;
	const char *state_is;
	const char *waits;
	int64_t cycle;
	int64_t cycle_event;
	int64_t place;
	int64_t accepting;
	int64_t handling;
	int64_t causing;
	int64_t assignee;
	int64_t responsible;
	int64_t first;
	const char *channel;
	const char *category;
	const char *specialty;
	const char *importance;
	const char *importance_peak;
	const char *importance_rules;
	const char *duty_class;
	int64_t wake_at;
	int64_t rated_at;
	const char *validity;
	const char *priority;
	int64_t level;
	int64_t customer;
	int64_t premises;
	int64_t opened_at;
	int64_t responded_at;
	int64_t done_at;
	int64_t closed_at;
	int64_t due_at;
	int64_t late; /* 0, 1, CS_LATE_RUNNING; NULL */
	int64_t stay_at;
	const char *stay_by;
	int64_t stays;
	int64_t matter;
	int64_t merged_into; /* the older ticket it was merged into; everything goes there */
	int64_t imported;
	int64_t run;
	const char *fields;
	const char *subject;
	const char *texts;
	int64_t last_at;
	int64_t last_event;
};
enum { CS_LATE_RUNNING = 2 }; /* a due was missed and moved since, and the clock runs on */
extern const struct cs_table cs_ticket_table;

struct cs_stay_row {
	int64_t ticket;
	int64_t seq;
	const char *entered;
	const char *left;
	int64_t from_at;
	int64_t to_at;
	int64_t unit;
	const char *category;
	const char *channel;
};
extern const struct cs_table cs_stay_table;

struct cs_ticket_key_row {
	int64_t ticket;
	const char *field;
	const char *value;
};
extern const struct cs_table cs_ticket_key_table;

struct cs_ticket_row_row {
	int64_t ticket;
	const char *list;
	const char *key;
	const char *fields;
	const char *texts;
};
extern const struct cs_table cs_ticket_row_table;

struct cs_party_row {
	int64_t ticket;
	int64_t seq;
	int64_t person;
	const char *capacity;
	int64_t until;
	const char *name;
	int64_t principal; /* for whom an agent acts: a person */
	int64_t via;       /* the merged ticket that brought it */
};
extern const struct cs_table cs_party_table;

struct cs_link_row {
	int64_t ticket;
	int64_t seq;
	const char *link;
	int64_t other;
	int64_t until;
	int64_t from_at;
};
extern const struct cs_table cs_link_table;

struct cs_evidence_row {
	int64_t ticket;
	int64_t seq;
	int64_t event;
	const char *kind;
	const char *signer;
	const char *kept;
	const char *digest;
};
extern const struct cs_table cs_evidence_table;

struct cs_clock_row {
	int64_t ticket;
	const char *clock;
	int64_t cycle;
	int64_t run;
	int64_t rule;
	int64_t edition;
	int64_t start_at;
	int64_t counted_from;
	int64_t due_at;
	int64_t due_set;
	int64_t stop_at;
	const char *verdict;
	int64_t breached;   /* 1: the due was passed */
	int64_t missed_due; /* the first that was passed before it was moved: it stays late; NULL: none */
	int64_t paused_at;
	int64_t held_at;  /* by a merge: nothing fires, crossings are kept as they were */
	int64_t via;      /* the merged ticket whose new facts started this run */
	int64_t annulled; /* 1: that merge was undone, the run counts for nothing */
	const char *pauses;
	const char *crossings;
	int64_t next_at;
	int64_t extended; /* extensions of the due; NULL none */
};
extern const struct cs_table cs_clock_table;

struct cs_rung_row {
	int64_t ticket;
	const char *clock;
	int64_t cycle;
	const char *rung;
	int64_t run;
	int64_t at;
	int64_t event;
	int64_t to_staff;
	int64_t moot;
	int64_t imported;
};
extern const struct cs_table cs_rung_table;

struct cs_owed_row {
	const char *about;
	int64_t subject;
	const char *duty;
	const char *cause;
	int64_t edition;
	int64_t owner;
	int64_t owed_at;
	int64_t due_at;
	int64_t times;
	int64_t done_at;
	int64_t done_by;
	int64_t done_event;
	const char *evidence;
	int64_t waived_at;
	const char *why;
	int64_t missed_at;
	int64_t missed_due; /* the first that was passed before it was moved: it stays late; NULL: none */
	const char *crossings;
	int64_t next_at;
};
extern const struct cs_table cs_owed_table;

struct cs_callback_row {
	int64_t ticket;
	int64_t seq;
	const char *rule;
	const char *purpose;
	int64_t person;
	const char *method;
	int64_t caller;
	const char *state;
	const char *happening;
	int64_t planned_at;
	int64_t from_at;
	int64_t due_at;
	int64_t give_up_at;
	int64_t done_at;
	int64_t tries;
	const char *outcome;
	int64_t score;
	const char *not_by;
	int64_t draw;
	int64_t cycle;
	const char *answers;
};
extern const struct cs_table cs_callback_table;

struct cs_attempt_row {
	int64_t ticket;
	int64_t callback;
	int64_t seq;
	int64_t at;
	const char *method;
	const char *outcome;
	int64_t staff;
};
extern const struct cs_table cs_attempt_table;

struct cs_appeal_row {
	int64_t ticket;
	int64_t seq;
	int64_t person;
	int64_t at;
	const char *step;
};
extern const struct cs_table cs_appeal_table;
struct cs_approval_row {
	int64_t ticket;
	int64_t seq;
	const char *step;
	const char *digest;
	const char *whom;
	const char *word;
	const char *rest;
	int64_t asker;
	int64_t asked;
	int64_t asked_at;
	const char *state;
	int64_t staff;
	int64_t at;
};
extern const struct cs_table cs_approval_table;

struct cs_likeness_row {
	int64_t ticket;
	int64_t at;
	int64_t customer;
	int64_t premises;
	int64_t unit;
	const char *category;
	int64_t total;
	const char *grams;
};
extern const struct cs_table cs_likeness_table;

struct cs_happening_row {
	int64_t id;
	const char *happening;
	int64_t unit;
	int64_t at;
};
extern const struct cs_table cs_happening_table;

struct cs_draw_row {
	int64_t id;
	const char *name;
	const char *period;
	int64_t unit;
	int64_t again;
	const char *seed;
	int64_t seed_given;
	const char *chain_head;
	const char *frame_digest;
	int64_t frame_count;
	const char *spec;
	const char *frame;
	int64_t at;
};
extern const struct cs_table cs_draw_table;

struct cs_access_row {
	int64_t id;
	int64_t ticket;
	const char *rule;
	int64_t staff;
	int64_t at;
	const char *why;
};
extern const struct cs_table cs_access_table;

/* Every folded table, tickets' own first: for cs-check and erasure. */
extern const struct cs_table *const cs_tables[];
extern const size_t cs_table_count;
/* How many of them, from the first, belong to tickets (loaded and folded with the ticket). */
extern const size_t cs_ticket_table_count;

#endif
