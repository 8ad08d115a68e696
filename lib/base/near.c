/* Nearest name by edit distance. */
#include "base/near.h"

#include <stdint.h>
#include <string.h>

enum { NAME_MAX_BYTES = 63 };

static size_t least(size_t a, size_t b, size_t c)
{
	size_t m = a < b ? a : b;

	return m < c ? m : c;
}

size_t cs_near_distance(const char *a, const char *b)
{
	size_t rows[3][NAME_MAX_BYTES + 1], *before = rows[0], *above = rows[1], *row = rows[2];
	size_t na = strlen(a), nb = strlen(b);

	if (na > NAME_MAX_BYTES || nb > NAME_MAX_BYTES)
		return SIZE_MAX;
	for (size_t j = 0; j <= nb; j++)
		above[j] = j;
	memset(before, 0, sizeof rows[0]);
	for (size_t i = 1; i <= na; i++) {
		size_t *spare = before;

		row[0] = i;
		for (size_t j = 1; j <= nb; j++) {
			row[j] = least(above[j] + 1, row[j - 1] + 1,
				       above[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
			    before[j - 2] + 1 < row[j])
				row[j] = before[j - 2] + 1;
		}
		before = above;
		above = row;
		row = spare;
	}
	return above[nb];
}

void cs_near_try(struct cs_near *n, const char *candidate)
{
	size_t length = strlen(n->wanted), d = cs_near_distance(n->wanted, candidate);
	size_t limit = length <= 3 ? 1 : length <= 7 ? 2 : 3;

	if (d > limit || d >= length || (n->best && d >= n->distance))
		return;
	n->best = candidate;
	n->distance = d;
}
