/* Printed forms: A4-wide plain text, one copy per label of the policy (S0-5-6, S4-5-3, S3-5-8). */
#ifndef CS_TEXT_FORM_H
#define CS_TEXT_FORM_H

#include "base/buf.h"
#include "base/err.h"
#include "domain/image.h"
#include "domain/policy.h"
#include "domain/session.h"

enum { CS_FORM_WIDTH = 78 }; /* columns: A4 at ten a inch with its margins */

/* The form of this name, '-' standing for '_' ("work-order"). CS_USAGE: none; the message lists them. */
const struct cs_form *cs_form_find(const struct cs_policy *p, const char *name, struct cs_err *e);
/* Appends all copies for a loaded ticket; a form feed stands between pages. CS_CONFIG: a part that cannot be drawn. */
int cs_form_print(struct cs_session *s, const struct cs_image *im, const struct cs_form *form, struct cs_buf *out, struct cs_err *e);
/* Names the parts that are still to be written, if any, on stderr. */
void cs_form_remark(struct cs_session *s, const struct cs_image *im, const struct cs_form *form);

#endif
