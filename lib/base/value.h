/* A coded value: nothing, a number or a code. */
#ifndef CS_BASE_VALUE_H
#define CS_BASE_VALUE_H

#include <stdint.h>

enum cs_value_type { CS_V_NONE, CS_V_INT, CS_V_TEXT };

/* s is borrowed from whoever made the value. Field types map to it so: text, code and ref (a
   ticket reference) are TEXT; int, money (fen), time (UTC seconds), date (day number), bool (0/1),
   staff and unit (row ids) are INT. */
struct cs_value {
	enum cs_value_type type;
	int64_t i;
	const char *s;
};

#endif
