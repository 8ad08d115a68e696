/* cs-org import: the organisation from CSV. */
#ifndef CS_TEXT_ORG_IMPORT_H
#define CS_TEXT_ORG_IMPORT_H

#include <stdbool.h>

#include "base/err.h"
#include "text/cli.h"
#include "text/org_form.h"

/* Takes the rows of a file as cs-org export writes it ("-": standard input; encoding NULL: UTF-8), all in
   one transaction. Bad rows are named as messages and left out; with strict nothing is kept then.
   Returns 0, 1 when rows were refused, or -1. */
int cs_org_import(const struct cs_cli *cli, const struct cs_org_form *form, const char *path,
		  const char *encoding, bool strict, struct cs_err *e);

#endif
