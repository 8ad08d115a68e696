/* A notice as a mail message (RFC 5322, subject by RFC 2047, body in UTF-8). */
#ifndef CS_TEXT_MESSAGE_H
#define CS_TEXT_MESSAGE_H

#include "base/buf.h"
#include "base/time.h"

/* id: stable, the same for every attempt. ref may be NULL. The first line of text is the subject too. */
struct cs_message {
	const char *to, *id, *ref, *reason, *text;
	cs_time at;
	const struct cs_zone *zone;
};
void cs_message_write(const struct cs_message *m, struct cs_buf *out);

#endif
