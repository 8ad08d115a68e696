/* Finding persons and premises through their indexes. */
#ifndef CS_STORE_CUSTOMER_H
#define CS_STORE_CUSTOMER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "store/db.h"
#include "store/rows.h"

/* Each: 1 found (the row's texts in the arena), 0 none, -1 error. Phone, address and name are
   normalised (base/normal.h). Of several the one that was entered first. */
int cs_person_by_key(struct cs_db *db, const char *source, const char *key, struct cs_arena *a,
		     struct cs_person_row *out, struct cs_err *e);
/* Of several with the phone the one of this name; *several: there are some, and none has it: the
   first then. other_than: persons whose key comes from this source are left out; NULL: none
   are. */
int cs_person_by_phone(struct cs_db *db, const char *phone, const char *name,
		       const char *other_than, struct cs_arena *a, struct cs_person_row *out,
		       bool *several, struct cs_err *e);
/* Who of those with the phone has the premises at that time, or has a ticket about them. */
int cs_person_by_phone_at(struct cs_db *db, const char *phone, int64_t premises,
			  const char *other_than, int64_t at, struct cs_arena *a,
			  struct cs_person_row *out, struct cs_err *e);
/* Who of this name has the premises at that time. */
int cs_person_at(struct cs_db *db, int64_t premises, const char *name, const char *other_than,
		 int64_t at, struct cs_arena *a, struct cs_person_row *out, struct cs_err *e);
/* Who of this name has a ticket about the premises, and never had them (else their tenure tells). */
int cs_person_called_from(struct cs_db *db, int64_t premises, const char *name,
			  const char *other_than, struct cs_arena *a, struct cs_person_row *out,
			  struct cs_err *e);
/* unit CS_NULL: the only premises of this address in all units, else the one in none. */
int cs_premises_by_address(struct cs_db *db, const char *address, int64_t unit, int64_t *premises,
			   struct cs_err *e);
/* Has the person these premises at that time? */
int cs_tenure_holds(struct cs_db *db, int64_t person, int64_t premises, int64_t at,
		    struct cs_err *e);

/* The statements above that sort nothing, for a look at how the engine goes about them; ends with
   NULL. */
extern const char *const cs_customer_lookups[];

/* Lists of ids, ascending, in the arena. */
struct cs_id_list {
	int64_t *id;
	size_t count, size;
};
/* Persons whose phone or key is `phone` or `text`, whose name holds `text`, or one of whose
   addresses holds `address`; each may be NULL. Reads all names. */
int cs_person_search(struct cs_db *db, const char *text, const char *phone, const char *address,
		     struct cs_arena *a, struct cs_id_list *out, struct cs_err *e);
/* Tickets of which the person is customer or party, or for whom somebody else acts there. */
int cs_person_tickets(struct cs_db *db, int64_t person, struct cs_arena *a, struct cs_id_list *out,
		      struct cs_err *e);
/* Others of the same name who have, had or called about premises that the person has, had or called about. */
int cs_person_namesakes(struct cs_db *db, int64_t person, struct cs_arena *a, struct cs_id_list *out, struct cs_err *e);
/* Was the person erased? 1, 0 (also: nobody), -1. */
int cs_person_erased(struct cs_db *db, int64_t person, struct cs_err *e);
/* Has or had anybody else these premises, or is a ticket of anybody else about them, erased
   people left out? 1, 0, -1. Reads all tickets. */
int cs_premises_shared(struct cs_db *db, int64_t premises, int64_t person, struct cs_err *e);
/* All tenures of a person, an array in the arena. */
int cs_person_tenures(struct cs_db *db, int64_t person, struct cs_arena *a,
		      struct cs_tenure_row **out, size_t *count, struct cs_err *e);
/* Premises of the tickets and tenures of a person. */
int cs_person_premises(struct cs_db *db, int64_t person, struct cs_arena *a, struct cs_id_list *out,
		       struct cs_err *e);

#endif
