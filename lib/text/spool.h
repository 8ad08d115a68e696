/* Input that is read twice. */
#ifndef CS_TEXT_SPOOL_H
#define CS_TEXT_SPOOL_H

#include "base/err.h"

/* Makes *fd one that can be read again from its beginning: what is no file is copied to one without a name first, in
   TMPDIR or else /tmp, and *fd closed unless it is the standard input. name: for messages. CS_BUSY: no room; CS_IO. */
int cs_spool(int *fd, const char *name, struct cs_err *e);

#endif
