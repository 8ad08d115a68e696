/* Values as people type and read them, by field type. */
#ifndef CS_DOMAIN_VALUES_H
#define CS_DOMAIN_VALUES_H

#include "base/err.h"
#include "base/mem.h"
#include "base/value.h"
#include "domain/policy.h"
#include "domain/policy_words.h"
#include "domain/session.h"

/* Reads a typed text as a value of this type (CS_USAGE with what would be right). Texts are copied into the arena;
   in all others full-width forms are folded.
   Codes are ids or labels of `section` (domain/names.h); NULL: any code. `none` allows the word "none". Staff are
   logins or names, units codes or names, money is yuan with up to two decimals, bools yes/no/true/false/1/0/是/否. */
int cs_value_read(struct cs_session *s, enum cs_field_type type, const char *section, bool none, const char *text,
		  struct cs_arena *a, struct cs_value *out, struct cs_err *e);
/* The same for a field of a kind or list, and for a built-in word of a ticket of this kind (NULL: of any). */
int cs_value_of_field(struct cs_session *s, const struct cs_field *f, const char *text, struct cs_arena *a,
		      struct cs_value *out, struct cs_err *e);
int cs_value_of_word(struct cs_session *s, const struct cs_kind *k, const struct cs_word *w, const char *text,
		     struct cs_arena *a, struct cs_value *out, struct cs_err *e);
/* Yes or no in the forms that cs_value_read takes: 1, 0; -1 and CS_USAGE. */
int cs_bool_read(const char *text, struct cs_err *e);
/* The text form, in the arena: local times, dates, money with two decimals, logins, unit codes; "" for NONE. */
const char *cs_value_show(const struct cs_session *s, enum cs_field_type type, const struct cs_value *v, struct cs_arena *a);
/* The same in words of this language where the rules have some: labels of codes, yes and no. */
const char *cs_value_words(const struct cs_session *s, const char *lang, const struct cs_field *f, const struct cs_value *v,
			   struct cs_arena *a);

#endif
