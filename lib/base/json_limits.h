/* What JSON this project takes: bounds of the reader and of its scan. */
#ifndef CS_BASE_JSON_LIMITS_H
#define CS_BASE_JSON_LIMITS_H

#include <stdint.h>

enum { CS_JSON_DEPTH = 64 };
/* Integers beyond this are not exact in a double; the reader refuses them. */
#define CS_JSON_INT_MAX INT64_C(9007199254740991)

#endif
