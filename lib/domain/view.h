/* A ticket as the rules see it at one moment: values by name, conditions, who is meant. */
#ifndef CS_DOMAIN_VIEW_H
#define CS_DOMAIN_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/value.h"
#include "domain/given.h"
#include "domain/image.h"
#include "domain/policy.h"
#include "domain/session.h"
#include "domain/voices.h"

/* A row of a list, as it is kept. */
struct cs_row_key {
	const char *list, *key;
};

struct cs_linked {
	struct cs_link_row *row;
	size_t count;
};

/* policy is the edition whose rule is asked (a running clock's own); zero what is not known. */
struct cs_view {
	struct cs_session *s;
	const struct cs_policy *policy;
	const struct cs_kind *kind;
	const struct cs_image *im;
	const struct cs_unit_row *unit; /* asked about instead of the ticket; im is then blank, and lies there */
	cs_time at;
	const struct cs_given_evidence *evidence;
	size_t evidence_count;
	const char *step; /* the step in hand counts as done; NULL none */
	int64_t step_actor;
	/* For a step's needs: what it takes is not seen unless it was given with it. NULL: all is seen. */
	const struct cs_step *taking;
	const struct cs_given *set;
	size_t set_count;
	const struct cs_row_key *row;
	size_t row_count;
	/* Clocks and steps as they stood at `at`, which may lie before or after the moment of the ticket's image; the step in
	   hand is then taken at step_at. */
	bool as_of;
	bool just_before; /* with as_of: before what was done in that very second */
	cs_time step_at;
	struct cs_voices *voices; /* of the matter, where somebody has read them; NULL: read when asked for */
	const struct cs_linked *linked; /* links to the ticket, as they were; NULL: as they are stored */
};

enum cs_truth { CS_FALSE = 0, CS_TRUE = 1, CS_UNKNOWN = 2 };
enum cs_truth cs_cond_eval(const struct cs_view *v, const struct cs_cond *c);
/* A value by name (own field or built-in word): NONE when unset, which conditions take as unknown. */
struct cs_value cs_view_value(const struct cs_view *v, const char *name);
/* Admission: the first of the kind's rules that holds (*t TRUE); or the first undecided one, if it comes before (UNKNOWN);
   NULL where none holds (FALSE). */
const struct cs_admission_rule *cs_view_admission(const struct cs_view *v, enum cs_truth *t);
/* The other ticket as the rules see it then, in `im`. 1; 0: the ref field is unset or names none that exists; 2: it says
   none; -1 error. */
int cs_view_via(const struct cs_view *v, const char *field, struct cs_image *im, struct cs_view *out, struct cs_err *e);
/* A ticket as the rules see it then, in `im`; 1, 0: no such ticket, or of no kind that they know; -1 error. */
int cs_view_other(const struct cs_view *v, int64_t ticket, struct cs_image *im, struct cs_view *out, struct cs_err *e);
/* Of the tickets that are linked as the condition says, those of which it holds and how many cannot be told; the list lies
   in the image's arena. -1 error. */
struct cs_view_linked {
	int64_t *ticket;
	size_t count, size, open;
};
int cs_view_linked(const struct cs_view *v, const struct cs_cond *c, struct cs_view_linked *out, struct cs_err *e);
/* The condition about one row of a list. */
enum cs_truth cs_view_row_truth(const struct cs_view *v, const struct cs_ticket_row_row *row, const struct cs_cond *c);
/* What a condition about a capacity says of one party; of whoever has another capacity it holds. */
enum cs_truth cs_view_party_truth(const struct cs_view *v, const struct cs_cond *c, const struct cs_party_row *p);
/* When the step was last taken: the registration ever, others in this cycle; the step in hand counts. */
bool cs_view_step_at(const struct cs_view *v, const char *step, cs_time *at);
/* Which of the steps was taken last in this cycle, and when; NULL: none. */
const char *cs_view_last_step(const struct cs_view *v, const struct cs_ids *steps, cs_time *at);
/* Does the ticket lie in the scope? unknown is no. */
bool cs_scope_has(const struct cs_view *v, const struct cs_scope *scope);

/* Is this person meant by the rule? */
bool cs_who_is(const struct cs_view *v, const struct cs_who *w, int64_t staff);
/* ... or does this person answer in place of whom is meant, while that post is vacant? */
bool cs_who_answers(const struct cs_view *v, const struct cs_who *w, int64_t staff);
/* Is the ticket about this person, as its kind says? */
bool cs_who_about(const struct cs_view *v, int64_t staff);
bool cs_whos_have(const struct cs_view *v, const struct cs_whos *list, int64_t staff);

/* Whom the rule means: nobody who is not on the staff then, no unit that is closed. wanted: the post first looked for,
   where it was vacant and another answers. */
enum cs_target_kind { CS_TARGET_NONE, CS_TARGET_STAFF, CS_TARGET_CUSTOMER, CS_TARGET_BODY, CS_TARGET_UNIT };
struct cs_target {
	enum cs_target_kind kind;
	int64_t id;       /* staff, person or unit */
	const char *code; /* body; or the post that answered */
	const char *wanted;
};
/* Nobody holds the post at the unit served. */
bool cs_post_vacant(const struct cs_view *v, const char *post);
struct cs_target cs_who_find(const struct cs_view *v, const struct cs_who *w);
/* The same recipient, whatever post he answers for. */
bool cs_target_same(const struct cs_target *a, const struct cs_target *b);
/* All whom the rules mean, each once, behind those that are there. The customer is everybody who complains on the
   ticket: with him, after him, or on a ticket that was merged into this one (S0-4-8); nobody who left or was erased. */
struct cs_targets {
	struct cs_target *to;
	size_t count, size;
};
int cs_who_targets(const struct cs_view *v, const struct cs_who *w, struct cs_arena *a, struct cs_targets *out,
		   struct cs_err *e);
int cs_whos_targets(const struct cs_view *v, const struct cs_whos *list, struct cs_arena *a, struct cs_targets *out,
		    struct cs_err *e);
/* Of the `assign` rules that hold, with the category's route, the first that names a person: who becomes responsible. */
struct cs_target cs_responsible_find(const struct cs_view *v);
/* ... the first that names a unit or a person (but no account manager): where the ticket is sent. */
struct cs_target cs_route_find(const struct cs_view *v);
/* It has a place, or where it was taken in tells whom it goes to (without a category: some department). */
bool cs_project_known(const struct cs_view *v);
/* What such a place is called, the level of which the reports speak: "project", "branch". */
const char *cs_place_word(const struct cs_policy *p);
/* A rule's who in words: "head of engineering", "who took 'finish'". buf gets at least CS_WHO_WORDS bytes. */
enum { CS_WHO_WORDS = 160 };
char *cs_who_words(const struct cs_policy *p, const struct cs_who *w, char *buf);
/* The same of a text of cs_who_text; in the arena. "somebody": it names nobody. */
const char *cs_who_said(const struct cs_policy *p, const char *text, struct cs_arena *a);

/* The person row of the ticket's customer: 1, 0 (unknown customer), -1. */
int cs_view_customer(const struct cs_view *v, struct cs_person_row *out);

#endif
