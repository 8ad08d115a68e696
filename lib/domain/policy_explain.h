/* Rules in words. */
#ifndef CS_DOMAIN_POLICY_EXPLAIN_H
#define CS_DOMAIN_POLICY_EXPLAIN_H

#include "base/err.h"
#include "domain/policy.h"

/* Explains what stands at a path ("kinds/request/clocks/resolve", "params/req.esc_2"), or what an id or label
   means ("req.esc_2", "报事报修"): its words with parameters resolved, its requirement ids, and for a parameter who
   uses it. What a word means several times is listed, a path with its labels each. Hands over one line after the other
   (no newline; the text is gone after the call). CS_USAGE: nothing of this name; lang, of the label, is none. */
int cs_policy_explain(const struct cs_policy *p, const char *lang, const char *path,
		      void (*line)(const char *text, void *arg), void *arg, struct cs_err *e);

#endif
