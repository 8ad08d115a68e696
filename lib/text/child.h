/* Running a command of the user's with a text on its standard input. */
#ifndef CS_TEXT_CHILD_H
#define CS_TEXT_CHILD_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

struct cs_child_env {
	const char *name, *value; /* NULL value: unset */
};

/* Runs `command` by the shell in a process group of its own; what it prints goes to stderr. 0: it
   ended with 0; 1: it did not, or was still running after timeout_ms and was killed (`why` says
   which); -1: it could not be started (CS_IO). Never inside a transaction. */
int cs_child_run(const char *command, const struct cs_buf *input, const struct cs_child_env *env,
		 size_t env_count, long timeout_ms, struct cs_buf *why, struct cs_err *e);

#endif
