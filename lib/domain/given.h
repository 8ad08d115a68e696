/* What is given with a step, as typed. */
#ifndef CS_DOMAIN_GIVEN_H
#define CS_DOMAIN_GIVEN_H

#include <stddef.h>

/* --set NAME=VALUE, as typed. */
struct cs_given {
	const char *name, *text;
};
/* --row LIST:FIELD=VALUE,... */
struct cs_given_row {
	const char *list;
	const struct cs_given *cell;
	size_t cell_count;
};
struct cs_given_evidence {
	const char *kind, *signer, *kept, *digest;
};

#endif
