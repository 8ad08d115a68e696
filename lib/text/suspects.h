/* Suspects as printed: tickets that one may repeat. */
#ifndef CS_TEXT_SUSPECTS_H
#define CS_TEXT_SUSPECTS_H

#include "base/buf.h"
#include "base/err.h"
#include "domain/suspect.h"
#include "text/cli.h"

/* One message for each, a line each, and one that tells how many more there are or were not looked at:
   "REF may repeat C20261120-0003: 72 of 100, same customer; 搅拌站, 噪音扰民". ref: of the ticket itself. */
void cs_suspects_lines(const struct cs_suspects *l, const char *ref, struct cs_buf *out);
/* How many cs-intake names of each ticket. */
enum { CS_INTAKE_SUSPECTS = 5 };
/* A JSON list of objects: reference, score, why (list), words (list). */
void cs_suspects_json(const struct cs_suspects *l, struct cs_buf *out);

/* cs-decide similar REF...: a table of them. score 0: the rules' own. */
struct cs_suspects_options {
	int64_t score, limit;
};
int cs_suspects_run(struct cs_cli *cli, const struct cs_suspects_options *o, struct cs_err *e);

#endif
