/* Verifying a database: the chain, every folded row, the file (design sections 2 and 4). */
#ifndef CS_DOMAIN_CHECK_H
#define CS_DOMAIN_CHECK_H

#include "base/err.h"
#include "domain/check_job.h"

/* Checks all in one snapshot; memory does not grow with the tickets,
   but to ask again, with those that were ever linked. What was
   erased must be empty, and an erasure must say so. 0 whatever it found; -1: it could not be read. */
int cs_check_run(struct cs_check *c, struct cs_err *e);
/* Parts of it: the engine's own check; the chain with its marks, and the rows and notices that no
   ticket owns. */
int cs_check_file(struct cs_check *c, struct cs_err *e);
int cs_check_chain(struct cs_check *c, struct cs_err *e);

#endif
