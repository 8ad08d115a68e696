/* Rows of described tables, saved and read again, on the desk (desk.h). */
#ifndef CS_TESTS_ROUND_TRIP_H
#define CS_TESTS_ROUND_TRIP_H

#include "store/rows.h"

/* A row comes back as it was saved, and saving it again replaces every column that is no key; beside it the row of another
   owner stays away. */
void round_trip(const struct cs_table *t);
/* A transaction in which rows may name what is not there. */
void round_trip_begin(void);

#endif
