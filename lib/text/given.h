/* What --set, --row, --evidence and --note say, as a request. */
#ifndef CS_TEXT_GIVEN_H
#define CS_TEXT_GIVEN_H

#include "base/err.h"
#include "base/mem.h"
#include "domain/decide.h"
#include "text/refs.h"

/* Appends to the request. set: FIELD=VALUE; row: LIST:FIELD=VALUE,FIELD=VALUE (a comma in a value is written \,);
   evidence: KIND[=FILE][,signer=NAME]. Everything in the arena. CS_USAGE: not of this form; CS_NOTFOUND, CS_IO: FILE cannot be
   read (its digest is recorded). */
int cs_given_set(struct cs_request *req, const struct cs_texts *set, struct cs_arena *a, struct cs_err *e);
int cs_given_rows(struct cs_request *req, const struct cs_texts *rows, struct cs_arena *a, struct cs_err *e);
int cs_given_evidence(struct cs_request *req, const struct cs_texts *evidence, struct cs_arena *a, struct cs_err *e);

#endif
