/* Entering and changing customers: name, phone, tier, importance, account manager, premises
   (requirements 2.2, 2.3). */
#ifndef CS_DOMAIN_CUSTOMER_CHANGE_H
#define CS_DOMAIN_CUSTOMER_CHANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "domain/customer.h"
#include "domain/session.h"

/* As typed: NULL leaves a value as it is, "" empties it. tier and weight are codes of the rules
   and dated by the change; manager is a login. */
struct cs_customer_change {
	const char *name, *phone, *tier, *weight, *manager;
};
/* Who has premises as what, from when till before when: NULL and CS_NULL leave it as it is. */
struct cs_tenure_change {
	const char *capacity;
	int64_t from_at, to_at;
};

/* Each appends its effects to l and writes nothing. CS_USAGE: an unknown code or login;
   CS_REFUSED: no phone number, a phone that another customer has, a customer that is erased;
   CS_NOTFOUND: no such customer. */
int cs_customer_change(struct cs_session *s, int64_t person, const struct cs_customer_change *c,
		       cs_time at, struct cs_effects *l, struct cs_err *e);
/* Changes the tenure that runs at `at`, or that has these very times; else there is a new one. */
int cs_customer_tenure(struct cs_session *s, int64_t person, int64_t premises,
		       const struct cs_tenure_change *c, cs_time at, struct cs_effects *l,
		       struct cs_err *e);

/* Everything about one customer at once, recorded: matched or new (domain/customer.h), then
   changed. With an address the premises are theirs. *changed: something was recorded.
   CS_REFUSED: neither name, phone nor key. */
int cs_customer_enter(struct cs_session *s, const struct cs_customer_spec *spec,
		      const struct cs_customer_change *c, const struct cs_tenure_change *t,
		      cs_time at, struct cs_customer *out, bool *changed, struct cs_err *e);

#endif
