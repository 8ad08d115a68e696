/* Who the customer is (policy.md, "same customer"): same key of a source; else same phone (of
   several who share it the one of the name given, else of the premises, else the oldest); without
   phone same name and premises, be it that they have them or called about them; else a new one. */
#ifndef CS_DOMAIN_CUSTOMER_H
#define CS_DOMAIN_CUSTOMER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/time.h"
#include "domain/effect.h"
#include "store/db.h"

/* What was typed or read; NULL or empty: not given. unit: the project or area of the premises,
   CS_NULL unknown. */
struct cs_customer_spec {
	const char *source, *key;
	const char *name, *phone, *address;
	int64_t unit;
	const char *capacity; /* a code; NULL not said */
};
/* CS_NULL: unknown customer (no name, phone or key), no premises. Name, phone and address as
   they are known now (the phone may be known from before), in the arena; NULL: not known.
   called: the name given, where the person goes by another; it is not recorded here. */
struct cs_customer {
	int64_t person, premises;
	bool person_new, premises_new, tenure_new;
	const char *name, *phone, *address, *called;
};

/* Finds the customer and appends to l what has to be recorded: new rows, and what was not known
   of the person before (name, phone, key). The caller records l in the same write transaction
   before the next match. A tenure is recorded when a capacity is said, or when only name and
   premises tell who it is. CS_REFUSED: a phone with other characters than a phone has. */
int cs_customer_match(struct cs_db *db, const struct cs_customer_spec *spec, cs_time at,
		      struct cs_effects *l, struct cs_customer *out, struct cs_err *e);

#endif
