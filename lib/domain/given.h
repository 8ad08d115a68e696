/* What is given with a step, as typed. */
#ifndef CS_DOMAIN_GIVEN_H
#define CS_DOMAIN_GIVEN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* --set NAME=VALUE, as typed. */
struct cs_given {
	const char *name, *text;
};
static inline bool cs_given_has(const struct cs_given *set, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(set[i].name, name) == 0)
			return true;
	return false;
}
/* --row LIST:FIELD=VALUE,... */
struct cs_given_row {
	const char *list;
	const struct cs_given *cell;
	size_t cell_count;
};
/* Somebody who complains with the step, as typed; what is not given NULL. key: of a customer in a source, SOURCE:KEY; of:
   for whom an agent acts (of_phone: that person's phone). */
struct cs_given_party {
	const char *name, *phone, *key, *capacity, *of, *of_phone;
};
struct cs_given_evidence {
	const char *kind, *signer, *kept, *digest;
};

#endif
