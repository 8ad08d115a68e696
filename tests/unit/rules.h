/* Tables of cases by the clauses of the documents, over the desk (desk.h). The first member of a case is the
   requirement id, which a failure names. A life is written "LOGIN step words|LOGIN step words". */
#ifndef CS_TESTS_RULES_H
#define CS_TESTS_RULES_H

#include "desk.h"
#include "domain/callback.h"
#include "domain/view.h"

int rules_begin(void **state);
int rules_end(void **state);

/* What every kind needs to be registered, by phone unless told otherwise. */
struct cs_registration rules_registration(const char *kind, const char *channel, const char *category);
/* 0 when it is refused. */
int64_t rules_register(const char *login, const char *kind, const char *channel, const char *words, struct cs_err *e);
void rules_live(const char *id, int64_t ticket, const char *life);
/* One more unit of the company; its id. */
int64_t rules_unit(const char *code, const char *level, const char *function, int64_t parent);
void rules_vacate(const char *login); /* holds no post from now on */
/* "chief", "-" for nobody. */
const char *rules_login(int64_t staff);
/* The ticket as the rules see it now; valid as long as the ticket's image. */
struct cs_view rules_view(struct cs_image *im);
const char *rules_holder(int64_t ticket, const char *post); /* who answers for the post */

/* Was this person told by the ticket's last event? */
bool rules_told(int64_t ticket, const char *login);
/* Records a try of a contact; CS_OK or why not. */
enum cs_code rules_call(const char *login, int64_t ticket, struct cs_call_result r, struct cs_call_done *done);
/* What is missing: refused with these words, then taken. done NULL: there is no such step. */
struct rule_need {
	const char *id, *kind, *life, *login, *refused, *why, *done;
};
void rules_needs(const struct rule_need *n, size_t count);

/* Who may take a step after a life, who may not. */
struct rule_right {
	const char *id, *kind, *life, *step, *may[8], *may_not[8];
};
void rules_rights(const struct rule_right *r, size_t count);

/* When a clock of a ticket registered at `opened` is due: a step on that second is in time, a second later it is late.
   `life` is taken at once; due NULL: the clock does not run. */
struct rule_clock {
	const char *id, *kind, *channel, *words, *opened, *life, *clock, *due, *stop;
};
void rules_clocks(const struct rule_clock *c, size_t count);

#define RULES_COUNT(table) (sizeof(table) / sizeof *(table))

#endif
