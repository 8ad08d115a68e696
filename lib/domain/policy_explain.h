/* Rules in words. */
#ifndef CS_DOMAIN_POLICY_EXPLAIN_H
#define CS_DOMAIN_POLICY_EXPLAIN_H

#include "base/err.h"
#include "domain/policy.h"

/* Explains what stands at a path ("kinds/request/clocks/resolve", "params/req.esc_2"), or each
   thing with an id ("req.esc_2", "request"): its words with parameters resolved, its requirement
   ids, and for a parameter who uses it. Hands over one line after the other (no newline; the text
   is gone after the call). CS_USAGE: there is nothing of this name. lang: of the labels. */
int cs_policy_explain(const struct cs_policy *p, const char *lang, const char *path,
		      void (*line)(const char *text, void *arg), void *arg, struct cs_err *e);

#endif
