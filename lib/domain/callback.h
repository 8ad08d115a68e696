/* Contacts to make and made: planning and recording (requirements section 7). */
#ifndef CS_DOMAIN_CALLBACK_H
#define CS_DOMAIN_CALLBACK_H

#include <stdbool.h>
#include <stdint.h>

#include "domain/policy.h"
#include "domain/view.h"

/* not_by of a callback row ("3,17") names this person. */
bool cs_callback_excludes(const char *not_by, int64_t staff);
/* Who is to make it by this method: whom the rule names, unless that person is excluded; else CS_NULL. */
int64_t cs_callback_caller(const struct cs_view *v, const struct cs_callback_rule *rule, const char *method, const char *not_by);
/* First allowed instant from `from` on, and the due moved into the call window (section 7.5). */
int cs_callback_times(const struct cs_view *v, const struct cs_callback_rule *rule, cs_time from, cs_time *first, cs_time *due, struct cs_err *e);

#endif
