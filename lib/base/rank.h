/* Exact percentiles by nearest rank: the p-th percentile of n values is the one at rank ceil(n
   p / 100). */
#ifndef CS_BASE_RANK_H
#define CS_BASE_RANK_H

#include <stddef.h>
#include <stdint.h>

/* The value at this rank (1..n) in ascending order. Reorders v; linear time on average. */
int32_t cs_rank_value(int32_t *v, size_t n, size_t rank);
/* percent 1..100, n at least 1. Reorders v. */
int32_t cs_rank_percentile(int32_t *v, size_t n, unsigned percent);

#endif
