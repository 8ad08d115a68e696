/* Imports: a file of rows into the database, batch by batch (design sections 7 and 10). */
#ifndef CS_TEXT_INTAKE_FILE_H
#define CS_TEXT_INTAKE_FILE_H

#include <stdbool.h>

#include "base/err.h"
#include "text/cli.h"
#include "text/intake_one.h"

/* The options; NULL: not given. */
struct cs_intake_file {
	const char *csv, *jsonl, *map, *source, *encoding, *rejects;
	bool history, update, strict, similar; /* similar: name the tickets each new one may repeat */
};

/* Takes the file in and prints the references of its rows, each once it is committed. The exit code: 0, or 1 when rows were
   refused (each named on stderr) or a signal ended it; -1 with e filled. */
int cs_intake_file(const struct cs_cli *cli, const struct cs_intake_file *f, struct cs_err *e);
/* CS_USAGE when an option for files is given without one; when an option for one ticket is given with a file. */
int cs_intake_file_any(const struct cs_intake_file *f, struct cs_err *e);
int cs_intake_typed_any(const struct cs_intake_typed *t, struct cs_err *e);

#endif
