/* cs-progress: take a step on tickets. */
#include "text/taking.h"

static struct cs_taking taking;

static const struct cs_opt options[] = {CS_TAKING_OPTIONS(taking), {0}};

static int run(struct cs_cli *cli, struct cs_err *e)
{
	return cs_taking_run(cli, &taking, cli->operands.item[0], 1, e);
}

int main(int argc, char **argv)
{
	static const struct cs_command command = {
		.synopsis = "[-nq] [-d PATH] [-f F] [--as LOGIN] [--at TIME] [--now TIME] [--key K] "
			    "[--all] " CS_TAKING_SYNOPSIS " STEP REF...|-",
		.about = "Takes a step on each of the tickets and prints its reference, the step and its new state.",
		.takes = CS_TAKES_WRITER | CS_TAKES_ALL,
		.writes = true,
		.operands_min = 2,
		.operands_max = SIZE_MAX,
		.options = options,
		.run = run,
	};
	static const struct cs_program program = {"cs-progress", "Takes a step on tickets.", &command, 1};

	return cs_cli_main(&program, argc, argv);
}
