/* One ticket from options: a call typed at the desk. */
#ifndef CS_TEXT_INTAKE_ONE_H
#define CS_TEXT_INTAKE_ONE_H

#include "base/err.h"
#include "text/cli.h"
#include "text/refs.h"

/* As typed; NULL: not given. */
struct cs_intake_typed {
	const char *kind, *channel, *category, *subject, *body, *customer, *phone, *premises;
	const char *unit, *accepting, *priority, *capacity, *of, *due, *note;
	struct cs_texts set, row, evidence, also;
};

/* Registers it and prints the reference. */
int cs_intake_one(const struct cs_cli *cli, const struct cs_intake_typed *typed, struct cs_err *e);

#endif
