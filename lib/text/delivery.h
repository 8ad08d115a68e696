/* Delivering the outbox: claim, run the command, write how it went (design section 7). */
#ifndef CS_TEXT_DELIVERY_H
#define CS_TEXT_DELIVERY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "domain/session.h"
#include "store/notice.h"
#include "text/out.h"

/* Columns of notices, the first being the id EVENT-SEQ. */
extern const struct cs_column cs_notice_columns[];
extern const size_t cs_notice_column_count;
/* Of a ticket that is kept from the acting person it says neither its reference nor its customer. */
void cs_notice_row(struct cs_session *s, struct cs_out *out, const struct cs_notice *n);
/* The id as text, and back. CS_USAGE. */
char *cs_notice_id(const struct cs_notice *n, char buf[48]);
int cs_notice_id_parse(const char *text, int64_t *event, int64_t *seq, struct cs_err *e);

struct cs_delivery {
	const char *command, *to_kind; /* to_kind NULL: all */
	bool at_most_once;
	int64_t timeout_s, limit; /* limit 0: no limit */
};
/* Tries every notice that is due, once each; a row for each. Those that failed are tried again
   later, each time after a longer wait, until they end as failed. Returns the exit code, 1 when one
   was not delivered; or -1. */
int cs_delivery_run(struct cs_session *s, const struct cs_delivery *how, struct cs_out *out,
		    struct cs_err *e);
/* What that would try: the same rows, nothing changed. */
int cs_delivery_show(struct cs_session *s, const struct cs_delivery *how, struct cs_out *out,
		     struct cs_err *e);

#endif
