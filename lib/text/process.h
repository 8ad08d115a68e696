/* The process around a program: messages, signals, standard descriptors, the last byte. */
#ifndef CS_TEXT_PROCESS_H
#define CS_TEXT_PROCESS_H

#include <stdbool.h>

#include "base/err.h"

/* The name before every message; a program's own, whatever argv[0] says. */
void cs_msg_program(const char *name);
/* Prints "cs-tool: text" to stderr, one line in one write; control characters become '?'. */
void cs_msg(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* The same for remarks, which cs_msg_quiet(true) (--quiet) silences. */
void cs_note(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* Each line of a text, behind `before` where that is not NULL. */
void cs_note_lines(const char *before, const char *text);
void cs_msg_quiet(bool quiet);
/* Keeps what is said until cs_msg_hold(false): nobody waits for a slow reader of stderr while this process has the
   database's lock (design section 7). However much it is: who says more than memory should hold ends its transaction
   first. */
void cs_msg_hold(bool hold);

/* Closed descriptors 0 to 2 are filled, so that no file or database is opened as stdout and
   written into; using them fails as before. SIGPIPE ends the process, also where a parent had
   it ignored. */
void cs_process_guard(void);
/* For programs that write: SIGINT and SIGTERM set a flag and interrupt reading (a second
   one ends the process; one that the caller had ignored stays ignored), SIGPIPE becomes the error
   EPIPE. Programs started later have the usual dispositions again. */
void cs_process_catch(void);
bool cs_process_interrupted(void);
/* Whatever a signal ended early fails with this: CS_BUSY, to be tried again. Returns -1. */
int cs_process_ended(struct cs_err *e);
/* What errno says about an open or read that failed; CS_BUSY where a signal ended it. Returns -1. */
int cs_process_io_failed(struct cs_err *e);

/* Flushes and closes stdout: status, or 74 with a message when output was lost. */
int cs_process_finish(int status);

#endif
