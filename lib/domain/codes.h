/* Codes that people type, against the lists of the rules. */
#ifndef CS_DOMAIN_CODES_H
#define CS_DOMAIN_CODES_H

#include "base/err.h"
#include "domain/policy.h"

/* The code stands in this list of the rules (tier, level, ...). CS_USAGE: it does not; the
   message names the nearest one or all. */
int cs_code_check(const struct cs_policy *p, const char *list, const char *code, struct cs_err *e);

#endif
