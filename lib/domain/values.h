/* Values as people type and read them, by field type. */
#ifndef CS_DOMAIN_VALUES_H
#define CS_DOMAIN_VALUES_H

#include "base/err.h"
#include "base/mem.h"
#include "base/value.h"
#include "domain/policy.h"
#include "domain/session.h"

/* Reads a typed text as a value of this type (CS_USAGE with what would be right). Texts and codes are copied
   into the arena. codes may be NULL (any code). `none` allows the word "none". Staff are logins, units codes or
   names, money is yuan with up to two decimals, bools yes/no/true/false/1/0/是/否. */
int cs_value_read(struct cs_session *s, enum cs_field_type type, const struct cs_ids *codes, bool none, const char *text,
		  struct cs_arena *a, struct cs_value *out, struct cs_err *e);
/* The text form, in the arena: local times, dates, money with two decimals, logins, unit codes; "" for NONE. */
const char *cs_value_show(const struct cs_session *s, enum cs_field_type type, const struct cs_value *v, struct cs_arena *a);
/* The codes a built-in word may have (categories, channels, ...); NULL where anything goes. */
const struct cs_ids *cs_word_codes(const struct cs_policy *p, const struct cs_kind *k, const char *codes, struct cs_arena *a);

#endif
