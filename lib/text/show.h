/* One ticket whole, as rows (cs-show). */
#ifndef CS_TEXT_SHOW_H
#define CS_TEXT_SHOW_H

#include "base/err.h"
#include "domain/image.h"
#include "domain/session.h"
#include "text/out.h"

extern const struct cs_column cs_show_columns[];
extern const size_t cs_show_column_count;

/* Puts facts, parties, clocks, rungs, duties, call-backs, evidence, list rows, links and the history. The image is loaded. */
int cs_show_ticket(struct cs_session *s, const struct cs_image *im, struct cs_out *out, struct cs_err *e);

#endif
