/* The history of a ticket folded again. */
#ifndef CS_TESTS_REFOLD_H
#define CS_TESTS_REFOLD_H

#include <stdint.h>

/* Fails unless the events of the ticket give its stored rows, column by column. */
void refold_same(int64_t ticket);

#endif
