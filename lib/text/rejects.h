/* The rows an import refused, in the form of its input, so that they can be mended and taken in again with the same
   options. */
#ifndef CS_TEXT_REJECTS_H
#define CS_TEXT_REJECTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/* How the input looks. header: of the CSV, as it stands; encoding NULL: UTF-8. */
struct cs_rejects_form {
	bool jsonl;
	const char *header;
	char delimiter;
	const char *encoding;
};

struct cs_rejects;
/* A file gets its name when all is written (cs_rejects_close), so an import that was ended early is not in its own way.
   CS_USAGE: there is one of this name already, which is never written over (devices and pipes are written to). CSV
   begins with the header, reject_line, reject_byte and reject_reason before its columns; where it has them already
   they are replaced. */
int cs_rejects_open(const char *path, const struct cs_rejects_form *form, struct cs_rejects **out, struct cs_err *e);
/* A row as it stands, in UTF-8, with line, byte and reason: in CSV before its cells, in JSON lines as members of the
   object. broken: its cells could not be told apart: it becomes one cell; so does what is no object, as reject_text.
   Kept in memory until cs_rejects_write, so that nobody waits for a slow reader of it with the lock held. */
void cs_rejects_put(struct cs_rejects *r, const char *raw, bool broken, uint64_t line, uint64_t byte, const char *reason);
/* Outside of any transaction: the rows put since are refused for good. */
void cs_rejects_write(struct cs_rejects *r);
/* whole: the import came to its end; else, or where no row came, no file is left. Rows not written are dropped.
   CS_IO when not everything was written. NULL is fine. */
int cs_rejects_close(struct cs_rejects *r, bool whole, struct cs_err *e);

#endif
