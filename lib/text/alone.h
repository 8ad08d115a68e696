/* One run of a program at a time on one database. */
#ifndef CS_TEXT_ALONE_H
#define CS_TEXT_ALONE_H

#include "base/err.h"

/* Takes the advisory lock on the file at `path` (flock, beside the engine's own) and keeps it for the life of the
   process. CS_BUSY: another process has it; `what` names it in the message. */
int cs_alone(const char *path, const char *what, struct cs_err *e);

#endif
