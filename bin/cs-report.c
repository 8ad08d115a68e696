/* cs-report: the day, the week, the month, indicators, registers of complaints; closes a period's figures. */
#include <stdio.h>
#include <stdlib.h>

#include "domain/report.h"
#include "text/cli.h"
#include "text/desk.h"
#include "text/process.h"
#include "text/report_print.h"

static const char *unit, *table;
static bool excel, closing, live_wanted;
static const struct cs_opt options[] = {
	{.name = "unit", .arg = "UNIT", .help = "this unit and those below it", .text = &unit},
	{.name = "table",
	 .arg = "TABLE",
	 .help = "this table alone, with its own columns",
	 .text = &table},
	{.name = "excel", .help = "CSV for spreadsheets", .flag = &excel},
	{.name = "close", .help = "store the figures of a period that is over", .flag = &closing},
	{.name = "live", .help = "count anew what was closed", .flag = &live_wanted},
	{0},
};

/* What one call is about. */
struct work {
	struct cs_cli *cli;
	const struct cs_report_def *def;
	struct cs_report_style style;
	struct cs_session *s;
	struct cs_report_ask ask;
	struct cs_report live, closed;
	struct cs_faults remarks; /* of what is closed */
};

static int put(const struct work *w, const struct cs_report *r, struct cs_buf *to, struct cs_err *e)
{
	char *head;

	if (!cs_report_has_head(r, &w->style, &head))
		cs_note("%s", head);
	free(head);
	return cs_report_print(r, &w->style, to, e);
}

static int read_ask(struct work *w, struct cs_err *e)
{
	const struct cs_texts *words = &w->cli->operands;

	return cs_report_ask(w->s, w->def, words->count ? words->item[0] : NULL, unit, &w->ask, e);
}

/* Counts live, and finds out whether the period is closed: 1 yes, 0 no, and it could be if that is
   wanted. */
static int count(struct work *w, struct cs_err *e)
{
	int rc = read_ask(w, e);

	if (rc == 0)
		rc = cs_report_make(w->s, w->def, &w->ask, &w->live, e);
	if (rc == 0 && !live_wanted)
		rc = cs_report_closed(w->s, w->def, &w->ask, &w->live, &w->closed, e);
	if (rc == 0 && closing)
		rc = cs_report_ready(w->s, w->def, &w->ask, &w->remarks, e);
	return rc;
}

static int print(struct work *w, struct cs_err *e)
{
	struct cs_buf text = {0};
	int rc = cs_db_begin_read(w->s->db, e);
	int is_closed = rc < 0 ? -1 : count(w, e);

	cs_db_rollback(w->s->db);
	rc = is_closed < 0 ? -1 : put(w, is_closed ? &w->closed : &w->live, &text, e);
	if (rc == 0)
		fwrite(cs_buf_str(&text), 1, text.len, stdout);
	cs_buf_free(&text);
	return rc;
}

/* Counting takes its time and needs no lock: the lock is taken afterwards, and what was counted
   holds if nothing was recorded meanwhile. The last try counts under the lock. 1: done; 0: try
   again. */
static int try_close(struct work *w, bool last, struct cs_err *e)
{
	struct cs_call c = {.cli = w->cli, .s = w->s};
	struct cs_chain seen = {.last_id = -1};
	bool repeated;
	int rc = -1, is_closed = 0;

	cs_report_free(&w->live);
	cs_faults_free(&w->remarks);
	if (!last) {
		if (cs_db_begin_read(w->s->db, e) < 0)
			return -1;
		is_closed = count(w, e);
		if (is_closed >= 0)
			is_closed = cs_chain_load(w->s->db, w->s->meta.database_id, &seen, e) < 0
					    ? -1
					    : is_closed;
		cs_db_rollback(w->s->db);
	}
	if (is_closed < 0 || cs_call_begin(&c, NULL, &repeated, e) < 0)
		goto out;
	if (last)
		is_closed = count(w, e);
	else if (seen.last_id != w->s->chain.last_id)
		rc = 0;
	if (rc == 0 || is_closed < 0)
		goto out;
	for (size_t i = 0; i < w->remarks.count; i++)
		cs_note("%s", w->remarks.item[i]);
	if (is_closed)
		cs_note("closed already");
	else if (cs_report_close(w->s, &w->ask, &w->live, e) < 0)
		goto out;
	if (put(w, is_closed ? &w->closed : &w->live, &c.answer, e) == 0 &&
	    cs_call_commit(&c, e) == 0)
		rc = 1;
out:
	cs_call_end(&c);
	return rc;
}

static int close_period(struct work *w, struct cs_err *e)
{
	enum { TRIES = 3 };
	int rc = 0;

	cs_process_catch();
	for (int i = 1; rc == 0 && i <= TRIES; i++) {
		cs_report_free(&w->closed);
		rc = try_close(w, i == TRIES, e);
	}
	return rc < 0 ? -1 : 0;
}

static int check_words(const struct work *w, struct cs_err *e)
{
	if (closing && live_wanted)
		return cs_fail(e, CS_USAGE, "--close and --live are opposites");
	if (w->cli->common.dry_run && !closing)
		return cs_fail(e, CS_USAGE, "--dry-run is for --close");
	if (closing && w->cli->operands.count == 0)
		return cs_fail(e, CS_USAGE, "--close wants a period");
	return cs_report_style_check(w->def, &w->style, e);
}

static int run(struct cs_cli *cli, struct cs_err *e)
{
	struct work w = {.cli = cli,
			 .def = cs_report_find(cli->command->name),
			 .style = {.format = cli->common.format, .table = table, .excel = excel}};
	int rc = check_words(&w, e);

	if (rc == 0)
		rc = cs_desk_open(cli, closing ? CS_DB_WRITE : CS_DB_READ,
				  closing ? CS_RIGHT_ADMIN : CS_RIGHT_STAFF, &w.s, e);
	if (rc == 0)
		rc = closing ? close_period(&w, e) : print(&w, e);
	cs_report_free(&w.closed);
	cs_report_free(&w.live);
	cs_faults_free(&w.remarks);
	cs_session_close(w.s);
	return rc;
}

static int run_list(struct cs_cli *cli, struct cs_err *e)
{
	return cs_report_print_list(cli->common.format, e);
}

enum { TAKES = CS_TAKES_VIEWER | CS_TAKES_DRY_RUN };
static const struct cs_command commands[] = {
	{.name = "daily",
	 .synopsis = "[options] [PERIOD]",
	 .about = "the day's stock-take by kind and unit",
	 .takes = TAKES,
	 .options = options,
	 .operands_min = 0,
	 .operands_max = 1,
	 .run = run},
	{.name = "overdue",
	 .synopsis = "[options] [PERIOD]",
	 .about = "overdue tickets, oldest first: now, or at the end of a period",
	 .takes = TAKES,
	 .options = options,
	 .operands_min = 0,
	 .operands_max = 1,
	 .run = run},
	{.name = "monthly",
	 .synopsis = "[options] PERIOD",
	 .about = "stock, on-time rates, times, escalations, scores",
	 .takes = TAKES,
	 .options = options,
	 .operands_min = 1,
	 .operands_max = 1,
	 .run = run},
	{.name = "indicators",
	 .synopsis = "[options] PERIOD",
	 .about = "the policy's indicators with target and verdict",
	 .takes = TAKES,
	 .options = options,
	 .operands_min = 1,
	 .operands_max = 1,
	 .run = run},
	{.name = "weekly",
	 .synopsis = "[options] PERIOD",
	 .about = "complaints, requests, and what had to be put right",
	 .takes = TAKES,
	 .options = options,
	 .operands_min = 1,
	 .operands_max = 1,
	 .run = run},
	{.name = "complaints",
	 .synopsis = "[options] PERIOD",
	 .about = "complaints beside those of the period before",
	 .takes = TAKES,
	 .options = options,
	 .operands_min = 1,
	 .operands_max = 1,
	 .run = run},
	{.name = "ledger",
	 .synopsis = "[options] PERIOD",
	 .about = "every complaint of a period",
	 .takes = TAKES,
	 .options = options,
	 .operands_min = 1,
	 .operands_max = 1,
	 .run = run},
	{.name = "cases",
	 .synopsis = "[options] PERIOD",
	 .about = "the library of cases",
	 .takes = TAKES,
	 .options = options,
	 .operands_min = 1,
	 .operands_max = 1,
	 .run = run},
	{.name = "publication",
	 .synopsis = "[options] PERIOD",
	 .about = "approved notices, blacked out, and what is to be decided",
	 .takes = TAKES,
	 .options = options,
	 .operands_min = 1,
	 .operands_max = 1,
	 .run = run},
	{.name = "reconcile",
	 .synopsis = "[options] PERIOD",
	 .about = "whether the registers of complaints agree",
	 .takes = TAKES,
	 .options = options,
	 .operands_min = 1,
	 .operands_max = 1,
	 .run = run},
	{.name = "list",
	 .synopsis = "[options]",
	 .about = "the reports and their tables",
	 .takes = CS_TAKES_FORMAT,
	 .run = run_list},
};
static const struct cs_program program = {
	.name = "cs-report",
	.about = "Prints reports of any period and unit.",
	.commands = commands,
	.count = sizeof commands / sizeof *commands,
};

int main(int argc, char **argv)
{
	return cs_cli_main(&program, argc, argv);
}
