/* People who are named with a step become persons of the desk. */
#ifndef CS_DOMAIN_PARTY_H
#define CS_DOMAIN_PARTY_H

#include <stdint.h>

#include "base/err.h"
#include "domain/customer.h"
#include "domain/effect.h"
#include "domain/image.h"
#include "domain/request.h"
#include "domain/session.h"

/* Fills r->complainant (in l's arena) for r->party: on a ticket of the image (NULL: one that is being registered) whoever takes part under
   that name or phone already, else as intake matches customers, at these premises (address NULL: none); what has to be
   recorded is appended to l. known: the customer of the registration, NULL elsewhere. CS_REFUSED: nobody can be told by what was given,
   two are the same person, somebody leaves who takes no part. */
struct cs_party_place {
	const char *address;
	int64_t unit;
	const struct cs_customer *known;
};
int cs_parties_match(struct cs_session *s, const struct cs_image *im, const struct cs_party_place *at,
		     struct cs_request *r, struct cs_effects *l, struct cs_err *e);

/* The person for whom an agent acts, by name and phone (may be NULL), matched alike. */
int cs_principal_match(struct cs_session *s, const struct cs_image *im, const struct cs_party_place *at,
		       const struct cs_given_party *p, cs_time when, struct cs_effects *l, int64_t *person,
		       struct cs_err *e);

/* Where who else complains is to be found: where the ticket that was merged came from, or among the premises that the
   person has now; else, and for the first, where the ticket is about. 1, 0 not known, -1. */
int cs_party_home(struct cs_session *s, const struct cs_image *im, int64_t person, struct cs_premises_row *out,
		  struct cs_err *e);

/* Rows of a list that is per party: the key of such a row is that of the list, "#" and the person, "/" and for whom he acted
   then. Whose it is, CS_NULL: it names nobody; the list's own key of it; what the person is called, never NULL; both as words, of a row of any list
   (NULL: not known). All in the arena. */
int64_t cs_row_person(const char *key);
bool cs_row_speaks_for(const char *key, int64_t principal); /* false: he acted for somebody else when it was given */
const char *cs_row_key(const char *key, struct cs_arena *a);
const char *cs_person_called(const struct cs_session *s, int64_t person, struct cs_arena *a);
const char *cs_row_words(const struct cs_session *s, const struct cs_list *l, const char *key, struct cs_arena *a);
/* Whose a row is that names nobody: whoever had the capacity first. CS_NULL: nobody has it. */
int64_t cs_party_first(const struct cs_image *im, const char *capacity);
/* The key of the row of who takes part under this name or phone: with the person, but for a row of his that is there and
   names nobody. CS_REFUSED, NULL: nobody does, or several. */
const char *cs_row_key_of(struct cs_session *s, const struct cs_image *im, const struct cs_list *l, const char *key,
			  const char *who, struct cs_err *e);

#endif
