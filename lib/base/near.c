/* Nearest name by edit distance. */
#include "base/near.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { LETTERS_MAX = 63, ALIKE_MIN = 3 };

/* A letter is a byte and what continues it, so that 电化 is one letter away from 电话; any bytes may come. */
static size_t letters_of(const char *s, uint32_t out[LETTERS_MAX])
{
	size_t n = 0;

	for (const unsigned char *p = (const unsigned char *)s; *p; n++) {
		uint32_t letter = *p++;

		for (int more = 0; more < 3 && letter >= 0xC0 && (*p & 0xC0) == 0x80; more++)
			letter = letter << 8 | *p++;
		if (n < LETTERS_MAX)
			out[n] = letter;
	}
	return n;
}

static size_t least(size_t a, size_t b, size_t c)
{
	size_t m = a < b ? a : b;

	return m < c ? m : c;
}

static size_t distance(const uint32_t *a, size_t na, const uint32_t *b, size_t nb)
{
	size_t rows[3][LETTERS_MAX + 1], *before = rows[0], *above = rows[1], *row = rows[2];

	if (na > LETTERS_MAX || nb > LETTERS_MAX)
		return SIZE_MAX;
	for (size_t j = 0; j <= nb; j++)
		above[j] = j;
	memset(before, 0, sizeof rows[0]);
	for (size_t i = 1; i <= na; i++) {
		size_t *spare = before;

		row[0] = i;
		for (size_t j = 1; j <= nb; j++) {
			row[j] = least(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
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

size_t cs_near_distance(const char *a, const char *b)
{
	uint32_t x[LETTERS_MAX], y[LETTERS_MAX];
	const size_t nx = letters_of(a, x), ny = letters_of(b, y);

	return distance(x, nx, y, ny);
}

/* One of the two is how the other begins, and goes on as a name does. */
static bool begins(const uint32_t *a, size_t na, const uint32_t *b, size_t nb)
{
	size_t n = na < nb ? na : nb;
	uint32_t next = na > n ? a[n] : nb > n ? b[n] : 'a';

	return n >= ALIKE_MIN && memcmp(a, b, n * sizeof *a) == 0 && (next > 0x7F || !strchr(" ,;:|\t=", (int)next));
}

void cs_near_try(struct cs_near *n, const char *candidate)
{
	uint32_t a[LETTERS_MAX], b[LETTERS_MAX];
	size_t na = letters_of(n->wanted, a), nb = letters_of(candidate, b), d = distance(a, na, b, nb);
	size_t limit = na <= 3 ? 1 : na <= 7 ? 2 : 3;

	if (d == SIZE_MAX || ((d > limit || d >= na) && !begins(a, na, b, nb)) || (n->best && d >= n->distance))
		return;
	n->best = candidate;
	n->distance = d;
}
