/* Quickselect. */
#include "base/rank.h"

static int32_t middle(int32_t a, int32_t b, int32_t c)
{
	if (a > b) {
		int32_t x = a;

		a = b;
		b = x;
	}
	return c < a ? a : c > b ? b : c;
}

int32_t cs_rank_value(int32_t *v, size_t n, size_t rank)
{
	ptrdiff_t lo = 0, hi = (ptrdiff_t)n - 1, at = (ptrdiff_t)rank - 1;

	while (lo < hi) {
		int32_t pivot = middle(v[lo], v[lo + (hi - lo) / 2], v[hi]);
		ptrdiff_t i = lo, j = hi;

		while (i <= j) {
			int32_t x;

			while (v[i] < pivot)
				i++;
			while (v[j] > pivot)
				j--;
			if (i > j)
				break;
			x = v[i];
			v[i++] = v[j];
			v[j--] = x;
		}
		if (at <= j)
			hi = j;
		else if (at >= i)
			lo = i;
		else
			break; /* between the two: equal to the pivot */
	}
	return v[at];
}

int32_t cs_rank_percentile(int32_t *v, size_t n, unsigned percent)
{
	return cs_rank_value(v, n, (n * percent + 99) / 100);
}
