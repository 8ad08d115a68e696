/* A desk with the shipped property rules and a small company, for tests of what happens to tickets.

   hq
   +- east (region)
      +- p1 (project): p1.service, p1.engineering, p1.environment; p1.north (area)
      +- p2 (project): p2.engineering
   Logins say what they are: boss (admin), ling (front desk), worker and worker2 (repair workers), head (head of engineering),
   dept (department supervisor of p1.engineering), chief (CS supervisor), manager (project), area (area manager), director,
   company (company complaints), qmc, assistant (p1.north), money (finance), other (worker of p2). No leader in charge. */
#ifndef CS_TESTS_DESK_H
#define CS_TESTS_DESK_H

#include "domain/merge.h"
#include "domain/session.h"

enum { UNIT_HQ = 1, UNIT_EAST, UNIT_P1, UNIT_SERVICE, UNIT_ENGINEERING, UNIT_ENVIRONMENT, UNIT_NORTH, UNIT_P2, UNIT_ENGINEERING2 };
enum { PERSON_WANG = 1, PERSON_GOLD = 2, PREMISES_1 = 1 };

extern struct cs_session *desk;

/* The same with the shipped insurance rules, Tuesday 2026-09-01 09:00; agent1 acts. Units: hq, hq.service, hq.claims, jiangsu
   (branch), jiangsu.sales. Logins: boss (admin), agent1 and agent2 (service agents), admin1 (service administrator), division
   (head of the service division), operations, claims, sales, general (manager). Persons as above. */
void desk_begin_insurer(void);
/* Monday 2026-11-02 09:00; ling acts. Fails the test when it cannot be made. Released by desk_end. */
void desk_begin(void);
void desk_begin_early(void); /* the same on Tuesday 2026-09-01 09:00 */
void desk_end(void);
const char *desk_path(void); /* of the database */
void desk_time(const char *local); /* the present from now on */
cs_time desk_at(const char *local);
void desk_actor(const char *login); /* who acts from now on; NULL: the system */
int64_t desk_staff(const char *login);

/* Registers a ticket with all that every kind needs, unless `reg` says otherwise (zero values are filled in). words as below.
   0 when it is refused. */
int64_t desk_register(const char *kind, const char *category, const char *words, struct cs_err *e);
int64_t desk_register_as(const struct cs_registration *reg, const char *words, struct cs_err *e);
/* Takes a step. words: the step, then, blanks between: FIELD=VALUE, note=TEXT, override=TEXT, into=REF, at=TIME
   ('_' for the blank), history=yes (imported),
   row:LIST:FIELD=VALUE,FIELD=VALUE, evidence:KIND[:SIGNER], party:[NAME]:[PHONE]:[CAPACITY]:[PRINCIPAL]. Returns the code; *e may be NULL. */
enum cs_code desk_step(int64_t ticket, const char *words, struct cs_err *e);
/* The same, which must succeed. */
void desk_do(int64_t ticket, const char *words);
enum cs_code desk_dispatch(int64_t ticket, const char *to, const char *assignee, const char *words, int *rc, struct cs_err *e);
/* Fires what is crossed at the present; returns how many. */
size_t desk_settle(int64_t ticket);
/* The ticket whole; valid until the next call of any of these. */
struct cs_image *desk_ticket(int64_t ticket);
const char *desk_state(int64_t ticket);
/* "clock verdict", "clock running", "clock paused" or "clock none". */
const char *desk_clock(int64_t ticket, const char *clock);

#endif
