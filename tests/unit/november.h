/* A desk after November 2026, for the tests of samples: nine requests are done, it is 1 December. */
#ifndef CS_TESTS_NOVEMBER_H
#define CS_TESTS_NOVEMBER_H

#include "desk.h"
#include "domain/sample.h"
#include "store/draw.h"

enum { NOVEMBER_DONE = 9 };
extern int64_t november_ticket[NOVEMBER_DONE];
extern struct cs_arena november_arena;
extern struct cs_period november;

int november_begin(void **state);
int november_end(void **state);

void november_frame(const char *rule, int64_t unit, struct cs_frame *f);
/* qmc_month, four a stratum, inside an open transaction. */
int try_november(const char *seed, const char *again, int64_t *id, struct cs_err *e);
int64_t draw_november(void);
struct cs_draw_item *drawn_items(int64_t id, size_t *n);
/* Faults that drawing again finds. */
size_t draw_faults(int64_t id);

#endif
