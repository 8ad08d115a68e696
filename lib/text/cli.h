/* The command line that is the same for every program (design section 9): options, help,
   the frame of main(). */
#ifndef CS_TEXT_CLI_H
#define CS_TEXT_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/err.h"
#include "text/out.h"
#include "text/refs.h"

#define CS_DEFAULT_DB "/var/lib/csdesk/desk.db"

/* One option. Exactly one of the pointers says where its value goes; an option may be
   given once, but a list as often as wanted. A table ends with a NULL name. */
struct cs_opt {
	const char *name; /* long name without dashes */
	char letter;      /* 0: none */
	const char *arg;  /* what --help calls the argument; a flag has none */
	const char *help;
	bool *flag;
	const char **text; /* points into argv */
	struct cs_texts *list;
	int64_t *number; /* min <= number <= max */
	int64_t min, max;
};

/* Common options a command takes besides -q, -h and -V, which all take. */
enum {
	CS_TAKES_DB = 1 << 0,
	CS_TAKES_FORMAT = 1 << 1,
	CS_TAKES_DRY_RUN = 1 << 2,
	CS_TAKES_AS = 1 << 3,
	CS_TAKES_AT = 1 << 4,
	CS_TAKES_KEY = 1 << 5,
	CS_TAKES_ALL = 1 << 6,
	CS_TAKES_NOW = 1 << 7,
	CS_TAKES_STEP = 1 << 8, /* no option: the command takes the step of its name, cs-progress takes all others */
	CS_TAKES_EYES = 1 << 9, /* --as of a reader whose answer depends on who reads: in rehearsals */
	CS_TAKES_READER = CS_TAKES_DB | CS_TAKES_FORMAT | CS_TAKES_NOW,
	CS_TAKES_VIEWER = CS_TAKES_READER | CS_TAKES_EYES,
	CS_TAKES_WRITER = CS_TAKES_READER | CS_TAKES_DRY_RUN | CS_TAKES_AS | CS_TAKES_AT | CS_TAKES_KEY
};

struct cs_common {
	const char *db; /* -d, else CS_DB, else CS_DEFAULT_DB */
	enum cs_format format;
	bool format_given, dry_run, all, quiet;
	const char *as, *at, *key; /* NULL: not given */
	const char *now;           /* --now, else CS_NOW, else NULL */
};

struct cs_cli {
	const struct cs_program *program;
	const struct cs_command *command;
	struct cs_common common;
	struct cs_texts operands; /* without the command's name */
};

/* A program has one command without a name, or several with names, the name being the
   first word of the command line. */
struct cs_command {
	const char *name;
	const char
		*synopsis; /* what follows the name, "[options] REF...|-"; more lines after "\n" */
	const char *about;    /* one line */
	unsigned takes;       /* CS_TAKES_… */
	bool writes;          /* SIGINT, SIGTERM and a closed output end it only at a safe point */
	size_t operands_min, operands_max; /* SIZE_MAX: any number */
	const struct cs_opt *options;      /* may be NULL */
	/* The exit code (0, 1 …), or -1 with e filled. */
	int (*run)(struct cs_cli *cli, struct cs_err *e);
};
struct cs_program {
	const char *name;  /* fixed, whatever argv[0] says */
	const char *about; /* one line */
	const struct cs_command *commands;
	size_t count;
};

/* Whole main(): guards the standard descriptors, parses, runs, prints e, checks that
   stdout took everything. Returns the exit code. */
int cs_cli_main(const struct cs_program *program, int argc, char **argv);
/* Parsing alone: -1 go on, else the exit code to end with (0 after --help and --version,
   64 after a message). Release cli in every case. */
int cs_cli_parse(const struct cs_program *program, int argc, char **argv, struct cs_cli *cli);
void cs_cli_free(struct cs_cli *cli);
/* Ticket references: operands[first…], "-" among them standing for standard input, which
   is read to its end. At least one operand, "-" at most once: else CS_USAGE. */
int cs_cli_refs(const struct cs_cli *cli, size_t first, struct cs_texts *refs, struct cs_err *e);

#endif
