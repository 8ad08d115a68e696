/* "Did you mean …": the nearest of some names. */
#ifndef CS_BASE_NEAR_H
#define CS_BASE_NEAR_H

#include <stddef.h>

/* Letters (of UTF-8; a stray byte is one) to swap, drop, add or replace to get from a to b (optimal string
   alignment). Names of more than 63 letters are infinitely far: SIZE_MAX. */
size_t cs_near_distance(const char *a, const char *b);

/* Set wanted, try every candidate; best is the first of the nearest ones, NULL if none is near enough: one fault in
   three letters, two in seven, three in more; or one begins as the whole of the other, of three letters at least. */
struct cs_near {
	const char *wanted, *best;
	size_t distance;
};
void cs_near_try(struct cs_near *n, const char *candidate);

#endif
