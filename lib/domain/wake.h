/* Rating a ticket apart from its steps: when time alone changes its class, or something happened to others of its matter. Each
   rating is an event of its own, `rate`, at the time from which it holds. */
#ifndef CS_DOMAIN_WAKE_H
#define CS_DOMAIN_WAKE_H

#include "base/err.h"
#include "domain/image.h"
#include "domain/session.h"

/* Rates it as of `at`. 1: something changed and an event is recorded, 0: nothing, -1. The image is folded on, not saved. */
int cs_wake(struct cs_session *s, struct cs_image *im, cs_time at, struct cs_err *e);

#endif
