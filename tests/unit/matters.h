/* Complaints of one matter, over the desk (desk.h). */
#ifndef CS_TESTS_MATTERS_H
#define CS_TESTS_MATTERS_H

#include "desk.h"

/* A complaint by this person (CS_NULL: unknown), who is entered when there is none of this id. */
int64_t matters_complain(int64_t person, const char *words);
/* States that the ticket is of this matter (CS_NULL: of none), and rates all that are of it or were. */
void matters_join(int64_t ticket, int64_t matter);
/* The complaints of so many persons, all of one matter, each registered at its time ("2026-11-02 09:00"); the ids in out. The
   persons are PERSON_OF(0), PERSON_OF(1) ... as `who` names them ("abca": the first and the last are one); '-' is unknown. */
enum { FIRST_PERSON = 100 };
void matters_of(const char *who, const char *const *at, int64_t *out);
const char *matters_class(int64_t ticket); /* "hot" */
const char *matters_rules(int64_t ticket); /* "A.same,B.same", "-" for none */

/* Seven complaints of nobody about one thing, linked by the test; the end folds each anew. */
enum { MATTERS_TICKETS = 7 };
extern int64_t matters_of_desk[MATTERS_TICKETS];
int matters_begin(void **state);
int matters_end(void **state);
enum cs_code matters_link(int from, int to, struct cs_err *e); /* to: -1 none */
const char *matters_all(void); /* "0.0.2.": whose matter each of them is of, by number; . none */

#endif
