/* Contacts to make and made: planning and recording (requirements section 7). */
#ifndef CS_DOMAIN_CALLBACK_H
#define CS_DOMAIN_CALLBACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/decide.h"
#include "domain/policy.h"
#include "domain/view.h"

/* not_by of a callback row ("3,17") names this person. */
bool cs_callback_excludes(const char *not_by, int64_t staff);
/* Who is to make it by this method: whom the rule names, unless that person is excluded; else
   CS_NULL. */
int64_t cs_callback_caller(const struct cs_view *v, const struct cs_callback_rule *rule,
			   const char *method, const char *not_by);
/* First allowed instant from `from` on, and the due moved into the call window (section 7.5), where
   the window binds the method. */
int cs_callback_times(const struct cs_view *v, const struct cs_callback_rule *rule, const char *method,
		      cs_time from, cs_time *first, cs_time *due, struct cs_err *e);
/* May it be made at `at`: the window allows it, or does not bind (other method, urgent). */
bool cs_callback_allowed(const struct cs_view *v, const struct cs_callback_rule *rule,
			 const char *method, cs_time at);

/* What came of a try. */
enum cs_call_outcome {
	CS_CALL_REACHED,
	CS_CALL_UNREACHABLE,
	CS_CALL_INCONVENIENT,
	CS_CALL_REFUSED
};
int cs_call_outcome_parse(const char *text, enum cs_call_outcome *out, struct cs_err *e);

struct cs_call_result {
	int64_t seq;        /* of the ticket's contact; 0: its only open one */
	cs_time at;         /* CS_TIME_NONE: now */
	enum cs_call_outcome outcome;
	int64_t score;      /* 1-5; 0 not given (S3-7-1) */
	const struct cs_given *answer; /* question and answer */
	size_t answer_count;
	const char *note, *method; /* method NULL: that of the last try; CS_REFUSED when another has its turn */
	const char *problem;       /* what the customer complains of now; NULL none (S0-7-6) */
	int64_t causing;           /* the unit whose problem it is; CS_NULL: the handling unit */
};
/* What recording did, for the program to print. state: of the contact afterwards. */
struct cs_call_done {
	int64_t seq;
	const char *state, *method;
	bool outside_window; /* it was made in quiet hours: recorded, and to be told */
	bool low;	     /* the score is low */
	bool reworked;	     /* so the ticket went back (a closed one stays closed) */
	int64_t problem;     /* the new ticket; 0 none */
};
/* Records one try on a loaded ticket and what follows from it: the next method, an exemption,
   rework after a low score, a ticket for a problem. CS_REFUSED: no such open contact, the caller
   did the job, score or answers missing. The image is folded on; the caller saves it. */
int cs_callback_record(struct cs_session *s, struct cs_image *im, const struct cs_call_result *given,
		       struct cs_call_done *done, struct cs_err *e);

/* Plans one contact of this purpose (NULL: the first that the rules have for the ticket and no sample plans) where none
   is open for it: 1 planned (*seq), 0 there was one (*seq is it), -1. draw: the sample it is for, or CS_NULL.
   CS_REFUSED: there is no such contact for it, it follows a step and the ticket is still being worked on, or the
   customer is erased. */
int cs_callback_plan(struct cs_session *s, struct cs_image *im, const char *purpose, int64_t draw,
		     int64_t *seq, struct cs_err *e);

/* A happening (the first rain) at a unit: 1 entered, 0 already entered that day, -1. CS_REFUSED:
   not the caller's to enter; CS_USAGE: the policy knows no such happening. */
int cs_happening_enter(struct cs_session *s, const char *happening, int64_t unit, cs_time at,
		       struct cs_err *e);
/* Where a ticket lies for what comes to pass at a unit and below. */
int64_t cs_happening_unit(const struct cs_image *im);
/* The first that came to pass there since `from`: 1 (*at), 0 none yet, -1. */
int cs_happening_since(struct cs_session *s, const struct cs_image *im, const char *happening, cs_time from,
		       cs_time *at, struct cs_err *e);
/* Opens the contacts of this ticket that waited for it. *released: how many. */
int cs_callback_release(struct cs_session *s, struct cs_image *im, const char *happening,
			cs_time at, size_t *released, struct cs_err *e);

#endif
