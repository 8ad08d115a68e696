/* The rows an import refused, as a CSV file that can be mended and taken in again. */
#ifndef CS_TEXT_REJECTS_H
#define CS_TEXT_REJECTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct cs_rejects;
/* Creates (or empties) the file and writes the header: that of the import (NULL: "row") and reject_line, reject_byte,
   reject_reason. columns: of the import. */
int cs_rejects_open(const char *path, const char *header, size_t columns, char delimiter, struct cs_rejects **out, struct cs_err *e);
/* A row as it stands; one that is broken becomes the first cell. */
void cs_rejects_put(struct cs_rejects *r, const char *raw, bool broken, uint64_t line, uint64_t byte, const char *reason);
/* CS_IO when not everything was written. NULL is fine. */
int cs_rejects_close(struct cs_rejects *r, struct cs_err *e);

#endif
