/* What is given with a step on the command line: --set, --row, --evidence. */
#ifndef CS_TEXT_GIVEN_H
#define CS_TEXT_GIVEN_H

#include "base/err.h"
#include "base/mem.h"
#include "domain/decide.h"
#include "text/refs.h"

/* Repeated options as typed. */
struct cs_given_options {
	struct cs_texts set, row, evidence;
};
void cs_given_free(struct cs_given_options *o);

/* Fills set, row and evidence of the request; everything lies in the arena, the options may go. FIELD=VALUE; LIST:FIELD=VALUE,...
   (a comma within a value is written \,); KIND[=FILE][,signer=NAME], where the file is read for its digest and its path is
   kept. CS_USAGE: another form, a field given twice; CS_NOTFOUND: a file that cannot be read. */
int cs_given_read(const struct cs_given_options *o, struct cs_arena *a, struct cs_request *req, struct cs_err *e);

/* The same one by one; sets are put behind those that the request has. */
int cs_given_set(struct cs_request *req, const struct cs_texts *in, struct cs_arena *a, struct cs_err *e);
int cs_given_rows(struct cs_request *req, const struct cs_texts *in, struct cs_arena *a, struct cs_err *e);
int cs_given_evidence(struct cs_request *req, const struct cs_texts *in, struct cs_arena *a, struct cs_err *e);

/* Somebody else who complains: NAME[,phone=P][,key=SOURCE:KEY][,capacity=C][,for=NAME][,for_phone=P], as many as there are. */
int cs_given_parties(struct cs_request *req, const struct cs_texts *in, struct cs_arena *a, struct cs_err *e);
/* For whom an agent acts: NAME[,phone=P]. */
int cs_given_principal(const char *text, struct cs_arena *a, const char **name, const char **phone, struct cs_err *e);

/* --customer, --phone, --customer-key, --capacity and --for as typed: one who complains with the step. */
struct cs_given_customer {
	const char *name, *phone, *key, *capacity, *of;
};
int cs_given_customer(struct cs_request *req, const struct cs_given_customer *c, struct cs_arena *a, struct cs_err *e);

#endif
