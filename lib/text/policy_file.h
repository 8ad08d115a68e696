/* Policies in files: shipped ones by name, a company's own by path. */
#ifndef CS_TEXT_POLICY_FILE_H
#define CS_TEXT_POLICY_FILE_H

#include "base/buf.h"
#include "base/err.h"
#include "domain/policy.h"

/* Where the shipped rules lie: the folder "policy" of CS_DATADIR in the environment, else of the
   installation. */
const char *cs_policy_folder(void);
/* Builds the edition that a file (a word with a slash or ending in .json) or a shipped policy
   (any other word) says, as cs_policy_build: parents are looked for beside the file, then among
   the shipped ones. Faults come as "file: /pointer: ...". CS_NOTFOUND: no such file. */
int cs_policy_file_build(const char *name, struct cs_faults *faults, struct cs_buf *edition,
			 struct cs_policy **out, struct cs_err *e);
/* Prints each fault as a message of its own. */
void cs_policy_file_complain(const struct cs_faults *faults);

#endif
