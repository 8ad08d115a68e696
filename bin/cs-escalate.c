/* cs-escalate: fires every rung that was crossed; explains the clocks of a ticket. */
#include "text/alone.h"
#include "text/cli.h"
#include "text/desk.h"
#include "text/escalation.h"
#include "text/explain.h"

static const char *explain;
static const struct cs_opt options[] = {
	{.name = "explain",
	 .arg = "REF",
	 .help = "print what counted on the clocks of this ticket, and what is to come",
	 .text = &explain},
	{0},
};

static int run_explain(const struct cs_cli *cli, struct cs_err *e)
{
	const char *clock = cli->operands.count ? cli->operands.item[0] : NULL;
	struct cs_session *s = NULL;
	int rc = cs_desk_open(cli, CS_DB_READ, CS_RIGHT_STAFF, &s, e);

	if (rc == 0)
		rc = cs_explain_ticket(s, explain, clock, cli->common.format, e);
	cs_session_close(s);
	return rc;
}

static int run_nightly(const struct cs_cli *cli, struct cs_err *e)
{
	struct cs_session *s = NULL;
	struct cs_out *out = NULL;
	int rc = cs_desk_open(cli, CS_DB_WRITE, CS_RIGHT_STAFF, &s, e);

	if (rc == 0 && !cli->common.dry_run)
		rc = cs_alone(cli->common.db, cli->program->name, e);
	if (rc == 0)
		rc = cs_session_need_policy(s, e);
	if (rc == 0) {
		out = cs_out_open(stdout, cli->common.format, cs_escalation_columns,
				  cs_escalation_column_count);
		cs_out_set_writer(out);
		rc = cs_escalation_run(s, out, e);
	}
	if (cs_out_close(out, rc < 0 ? NULL : e) < 0)
		rc = -1;
	cs_desk_stats(s);
	cs_session_close(s);
	return rc;
}

static int run(struct cs_cli *cli, struct cs_err *e)
{
	if (explain && cli->common.dry_run)
		return cs_fail(e, CS_USAGE, "--dry-run is not wanted: --explain changes nothing");
	if (explain)
		return run_explain(cli, e);
	if (cli->operands.count)
		return cs_fail(e, CS_USAGE,
			       "'%s' is not wanted: it takes what is due, whatever ticket that is on (see "
			       "--explain)",
			       cli->operands.item[0]);
	if (cli->common.as)
		return cs_fail(e, CS_USAGE, "--as goes with --explain: what is due comes to pass, whoever runs it");
	return run_nightly(cli, e);
}

static const struct cs_command commands[] = {
	{.synopsis = "[-d PATH] [-f FORMAT] [-n] [--now TIME]\n[-d PATH] [-f FORMAT] [--as LOGIN] "
		     "[--now TIME] --explain REF [CLOCK]",
	 .about = "Fire every rung that was crossed, or explain the clocks of a ticket.",
	 .takes = CS_TAKES_VIEWER | CS_TAKES_DRY_RUN,
	 .writes = true,
	 .operands_max = 1,
	 .options = options,
	 .run = run},
};
static const struct cs_program program = {"cs-escalate", "climb the escalation ladder", commands,
					  1};

int main(int argc, char **argv)
{
	return cs_cli_main(&program, argc, argv);
}
