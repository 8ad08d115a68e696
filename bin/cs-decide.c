/* cs-decide: admission and identity of complaints. */
#include <stdio.h>

#include "text/admission.h"
#include "text/desk.h"
#include "text/suspects.h"
#include "text/taking.h"

static struct cs_taking taking;

static const struct cs_opt step_options[] = {CS_TAKING_OPTIONS(taking), {0}};
static const struct cs_opt link_options[] = {
	CS_TAKING_OPTIONS(taking),
	{.name = "same-as", .arg = "REF|none", .help = "the ticket it is the same matter as", .text = &taking.same_as},
	{0},
};
static const struct cs_opt merge_options[] = {
	CS_TAKING_OPTIONS(taking),
	{.name = "into",
	 .arg = "REF",
	 .help = "the ticket it is merged with; the older survives",
	 .text = &taking.into},
	{0},
};

static struct cs_suspects_options similar = {.limit = 20};
static const struct cs_opt similar_options[] = {
	{.name = "score",
	 .arg = "N",
	 .help = "from this likeness on, 1 to 100 (else as the rules say)",
	 .number = &similar.score,
	 .min = 1,
	 .max = 100},
	{.name = "limit",
	 .arg = "N",
	 .help = "at most so many for each ticket (else 20)",
	 .number = &similar.limit,
	 .min = 1,
	 .max = CS_SUSPECTS_MOST},
	{0},
};

static int run_similar(struct cs_cli *cli, struct cs_err *e)
{
	return cs_suspects_run(cli, &similar, e);
}

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

#define STEP_WITH(step_name, more, opts, what) \
	{ \
		.name = (step_name), .synopsis = "[options] " more "REF...|-", .about = (what), \
		.takes = CS_TAKES_WRITER | CS_TAKES_ALL | CS_TAKES_STEP, .writes = true, .operands_min = 1, \
		.operands_max = SIZE_MAX, .options = (opts), .run = run_step \
	}
#define STEP(step_name, what) STEP_WITH(step_name, "", step_options, what)

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
		STEP_WITH("link", "--same-as REF|none ", link_options, "States which ticket it is the same matter as."),
		STEP_WITH("merge", "[--into REF] ", merge_options,
			  "Merges it with the one it repeats; the older survives."),
		STEP("unmerge", "Gives both tickets back as if never merged."),
		{.name = "explain",
		 .synopsis = "[options] REF",
		 .about = "Says what the rules of admission make of it, why, and by when the notice is due.",
		 .takes = CS_TAKES_VIEWER,
		 .operands_min = 1,
		 .operands_max = 1,
		 .run = run_explain},
		{.name = "similar",
		 .synopsis = "[options] REF...|-",
		 .about = "Lists the tickets that these may repeat, with a score and why.",
		 .takes = CS_TAKES_VIEWER,
		 .operands_min = 1,
		 .operands_max = SIZE_MAX,
		 .options = similar_options,
		 .run = run_similar},
	};
	static const struct cs_program program = {
		"cs-decide",
		"Admission and identity of complaints: each command takes the step of that name.",
		commands,
		sizeof commands / sizeof *commands,
	};

	return cs_cli_main(&program, argc, argv);
}
