/* What is blacked out of a text when nobody is known. */
#ifndef CS_TESTS_REDACTED_H
#define CS_TESTS_REDACTED_H

#include <stddef.h>

struct redacted_text {
	const char *text, *want; /* want: "phone:13800138000|...", what is found, in its order */
};
/* Fails the test at the first text of which something else is found. */
void redacted_expect(const struct redacted_text *t, size_t count);
#define REDACTED(table) redacted_expect(table, sizeof(table) / sizeof *(table))

#endif
