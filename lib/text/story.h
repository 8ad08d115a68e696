/* One event of a ticket in words, for people who read its history. */
#ifndef CS_TEXT_STORY_H
#define CS_TEXT_STORY_H

#include "base/buf.h"
#include "base/err.h"
#include "domain/policy.h"
#include "domain/session.h"
#include "store/event.h"

/* Appends what the event did ("state working; resolve met; result: replaced"), then its texts, erased ones named as such.
   kind may be NULL (no longer in the rules). CS_IO: facts that cannot be read. */
int cs_story_event(const struct cs_session *s, const struct cs_kind *kind, const struct cs_event *ev, struct cs_arena *a, struct cs_buf *out,
		   struct cs_err *e);

#endif
