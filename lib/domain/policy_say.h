/* Conditions of the policy language as English sentences (cs-policy explain). */
#ifndef CS_DOMAIN_POLICY_SAY_H
#define CS_DOMAIN_POLICY_SAY_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/json.h"

/* How a number, a span or a value of the condition is written: parameters resolved. */
struct cs_saying {
	void (*value)(const void *arg, const struct cs_json_node *n, struct cs_buf *out);
	const void *arg;
};

/* Appends the condition in words, ids as they are: "decision is set and new_facts is no". false: it is none, and nothing
   was appended. What is said to people with it, and its source, are left out. */
bool cs_policy_say(const struct cs_saying *how, const struct cs_json_node *cond, struct cs_buf *out);

#endif
