/* cs-decide: admission of complaints. */
#include <stdio.h>

#include "text/admission.h"
#include "text/desk.h"
#include "text/taking.h"

static struct cs_taking taking;

static const struct cs_opt step_options[] = {CS_TAKING_OPTIONS(taking), {0}};

/* The command is the name of the step, with dashes for its underscores. */
static int run_step(struct cs_cli *cli, struct cs_err *e)
{
	char step[64];
	size_t n = 0;

	for (const char *c = cli->command->name; *c && n + 1 < sizeof step; c++)
		step[n++] = (char)(*c == '-' ? '_' : *c);
	step[n] = '\0';
	return cs_taking_run(cli, &taking, step, 0, e);
}

static int run_explain(struct cs_cli *cli, struct cs_err *e)
{
	struct cs_session *s = NULL;
	int rc = -1;

	if (cs_desk_open(cli, CS_DB_READ, CS_RIGHT_STAFF, &s, e) == 0 && cs_session_need_policy(s, e) == 0 &&
	    cs_db_begin_read(s->db, e) == 0)
		rc = cs_admission_explain(s, cli->operands.item[0], cli->common.format, e);
	cs_session_close(s);
	return rc;
}

#define OPTIONS "[-nq] [-d PATH] [-f F] [--as LOGIN] [--at TIME] [--now TIME] [--key K] [--all] "
#define STEP(step_name, what) \
	{ \
		.name = (step_name), .synopsis = OPTIONS CS_TAKING_SYNOPSIS " REF...|-", .about = (what), \
		.takes = CS_TAKES_WRITER | CS_TAKES_ALL, .writes = true, .operands_min = 1, .operands_max = SIZE_MAX, \
		.options = step_options, .run = run_step \
	}

int main(int argc, char **argv)
{
	static const struct cs_command commands[] = {
		STEP("ask-material", "Asks the complainant for papers that are missing."),
		STEP("material", "Takes in papers that came, or facts that were found out."),
		STEP("complete", "States that nothing is missing."),
		STEP("accept", "Accepts the complaint."),
		STEP("refuse", "Refuses it, with the ground and the reason."),
		STEP("refer", "Passes it to a body outside."),
		STEP("transfer", "Hands it to another department."),
		STEP("notify", "Tells the complainant what came of it."),
		STEP("reopen", "Takes it up again."),
		{.name = "explain",
		 .synopsis = "[-q] [-d PATH] [-f F] [--now TIME] REF",
		 .about = "Says what the rules of admission make of it, why, and by when the notice is due.",
		 .takes = CS_TAKES_READER,
		 .operands_min = 1,
		 .operands_max = 1,
		 .run = run_explain},
	};
	static const struct cs_program program = {
		"cs-decide",
		"Admission of complaints: each command takes the step of that name.",
		commands,
		sizeof commands / sizeof *commands,
	};

	return cs_cli_main(&program, argc, argv);
}
