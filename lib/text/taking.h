/* Taking one step on many tickets: what the programs that go by step names share. */
#ifndef CS_TEXT_TAKING_H
#define CS_TEXT_TAKING_H

#include <stddef.h>

#include "base/err.h"
#include "text/cli.h"
#include "text/given.h"

/* What is given with the step, filled by the options below. */
struct cs_taking {
	struct cs_given_options given;
	struct cs_given_customer customer;
	const char *note, *override;
	const char *same_as, *into; /* of link and merge: references; NULL not given */
};

/* The rows of an option table that fill `t`, a static struct cs_taking. */
#define CS_TAKING_OPTIONS(t) \
	{.name = "set", .arg = "FIELD=VALUE", .help = "a value given with the step", .list = &(t).given.set}, \
		{.name = "row", \
		 .arg = "LIST:FIELD=VALUE,...", \
		 .help = "a row of one of the ticket's lists", \
		 .list = &(t).given.row}, \
		{.name = "evidence", \
		 .arg = "KIND[=FILE][,signer=NAME]", \
		 .help = "a signature, photo, letter ...", \
		 .list = &(t).given.evidence}, \
		{.name = "customer", .arg = "NAME", .help = "who complains with it", .text = &(t).customer.name}, \
		{.name = "phone", .arg = "PHONE", .help = "their number", .text = &(t).customer.phone}, \
		{.name = "customer-key", \
		 .arg = "SOURCE:KEY", \
		 .help = "or the key they have in a source", \
		 .text = &(t).customer.key}, \
		{.name = "capacity", \
		 .arg = "CAPACITY", \
		 .help = "their part: owner, agent, ...", \
		 .text = &(t).customer.capacity}, \
		{.name = "for", \
		 .arg = "NAME[,phone=PHONE]", \
		 .help = "for whom an agent acts", \
		 .text = &(t).customer.of}, \
		{.name = "note", .arg = "TEXT", .help = "a remark", .text = &(t).note}, \
	{ \
		.name = "override", .arg = "REASON", .help = "decide against the rules of admission", \
		.text = &(t).override \
	}
#define CS_TAKING_SYNOPSIS \
	"[--set FIELD=VALUE]... [--row LIST:FIELD=VALUE,...]... [--evidence KIND[=FILE][,signer=NAME]]... [--note TEXT] " \
	"[--customer NAME] [--phone PHONE] [--customer-key SOURCE:KEY] [--capacity CAPACITY] [--for NAME[,phone=PHONE]] " \
	"[--override REASON]"

/* Takes the step, named by id or label, on the tickets operands[first…] name, and prints reference, step and new state
   of each. Releases what t holds. The exit code as of cs_tickets_run, or -1; CS_USAGE: no kind has such a step. */
int cs_taking_run(struct cs_cli *cli, struct cs_taking *o, const char *step, size_t first, struct cs_err *e);

#endif
