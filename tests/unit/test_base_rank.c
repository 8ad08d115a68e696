/* Percentiles by nearest rank, against sorting. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/rank.h"

enum { MOST = 257 };

static int ascending(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return (x > y) - (x < y);
}

static void test_edges(void **state)
{
	/* Ranks by hand: ceil(n p / 100). */
	static const struct {
		int32_t v[12];
		size_t n;
		int32_t median, p90, last;
	} cases[] = {
		{{7}, 1, 7, 7, 7},
		{{9, 3}, 2, 3, 9, 9},
		{{3, 1, 2}, 3, 2, 3, 3},
		{{4, 3, 2, 1}, 4, 2, 4, 4},
		{{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 10, 5, 9, 10},
		{{11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, 11, 6, 10, 11},
		{{5, 5, 5, 5, 5}, 5, 5, 5, 5},
		{{INT32_MAX, 0, INT32_MIN}, 3, 0, INT32_MAX, INT32_MAX},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int32_t v[12];

		memcpy(v, cases[i].v, sizeof v);
		assert_int_equal(cs_rank_percentile(v, cases[i].n, 50), cases[i].median);
		assert_int_equal(cs_rank_percentile(v, cases[i].n, 90), cases[i].p90);
		assert_int_equal(cs_rank_percentile(v, cases[i].n, 100), cases[i].last);
	}
}

static void test_against_sorting(void **state)
{
	uint32_t random = 12345;

	(void)state;
	for (size_t n = 1; n <= MOST; n += n < 20 ? 1 : 13) {
		for (uint32_t spread = 1; spread < 5000; spread = spread * 7 + 1) {
			int32_t v[MOST] = {0}, sorted[MOST];

			for (size_t i = 0; i < n; i++) {
				random = random * 1664525U + 1013904223U;
				v[i] = (int32_t)(random >> 8) % (int32_t)spread;
			}
			memcpy(sorted, v, n * sizeof *v);
			qsort(sorted, n, sizeof *sorted, ascending);
			for (size_t rank = 1; rank <= n; rank++)
				assert_int_equal(cs_rank_value(v, n, rank), sorted[rank - 1]);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_edges),
		cmocka_unit_test(test_against_sorting),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
