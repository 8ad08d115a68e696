/* Ticket references: R20261121-0042 and the number that stands for it (design section 4). */
#ifndef CS_STORE_REF_H
#define CS_STORE_REF_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

#define CS_REF_SIZE 32

/* The number orders tickets by day, then prefix, then running number. Prefix 1-3 letters A-Z, day a
   day number from 1900 to 2216, n from 1 to 2097151. 0 when out of range. Below 2^53: facts hold numbers as JSON. */
int64_t cs_ref_make(const char *prefix, int32_t day, int64_t n);
/* Reads the text form, of a clerk also in small or full-width letters; 0 and CS_USAGE in e when it is none. */
int64_t cs_ref_parse(const char *s, struct cs_err *e);
char *cs_ref_text(int64_t id, char buf[CS_REF_SIZE]); /* returns buf */
/* Prefix, day and, returned, the running number of an id. */
int64_t cs_ref_split(int64_t id, char prefix[4], int32_t *day);
/* The same number for ids of the same prefix. */
int64_t cs_ref_code(int64_t id);
/* Above all ids of the same day and prefix. */
int64_t cs_ref_end(int64_t id);
/* The smallest id of a local day: tickets opened on days [a, b) have ids in [first(a), first(b)). */
int64_t cs_ref_first(int32_t day);

#endif
