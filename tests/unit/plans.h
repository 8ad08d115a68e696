/* How the engine goes about a statement. */
#ifndef CS_TESTS_PLANS_H
#define CS_TESTS_PLANS_H

#include "store/db.h"

/* Fails unless the plan searches by index everywhere and sorts nothing. A SCAN is allowed over what contains `allowed` (an
   index that holds only what is wanted; may be NULL). */
void test_plan(struct cs_db *db, const char *sql, const char *allowed);

#endif
