/* cs-check: verifies the chain, every folded row and the file; prints count and head of the chain.
   */
#include <stdlib.h>

#include "domain/check.h"
#include "text/cli.h"
#include "text/desk.h"
#include "text/marks.h"
#include "text/process.h"

static bool recompute;
static const char *since, *count, *head;
static const struct cs_opt options[] = {
	{.name = "recompute",
	 .help = "ask each edition again what it makes of the clocks",
	 .flag = &recompute},
	{.name = "since",
	 .arg = "FILE",
	 .help = "earlier counts and heads, one of each a line",
	 .text = &since},
	{.name = "count", .arg = "N", .help = "an earlier count, with --head", .text = &count},
	{.name = "head", .arg = "HEX", .help = "the head of the chain then", .text = &head},
	{0},
};
/* What people read begins with the verdict; what is kept and compared later is count and head alone. */
static const struct cs_column columns[] = {{.name = "verdict"}, {.name = "count", .right = true}, {.name = "head"}};

static void say(void *arg, const char *line)
{
	(void)arg;
	cs_msg("%s", line);
}

static int read_marks(struct cs_chain_mark **list, size_t *n, struct cs_err *e)
{
	if (!count != !head)
		return cs_fail(e, CS_USAGE, "--count and --head belong together");
	if (since && cs_marks_read(since, list, n, e) < 0)
		return cs_fail_in(e, "--since");
	if (!count)
		return 0;
	*list = cs_realloc(*list, (*n + 1) * sizeof **list);
	return cs_mark_parse(count, head, &(*list)[(*n)++], e);
}

/* Rules that cannot be used any more are a fault to report, not a reason to look no further. */
static int open_desk(const struct cs_cli *cli, struct cs_session **s, struct cs_db **db,
		     struct cs_meta *meta, struct cs_arena *a, struct cs_err *e)
{
	if (cs_desk_open(cli, CS_DB_READ, CS_RIGHT_STAFF, s, e) == 0) {
		*db = (*s)->db;
		*meta = (*s)->meta;
		return 0;
	}
	if ((e->code != CS_CONFIG && e->code != CS_BADDATA) ||
	    cs_db_open(cli->common.db, CS_DB_READ, db, NULL) < 0)
		return -1;
	cs_msg("rules: %s", e->text);
	return cs_meta_load(*db, a, meta, e);
}

static int print(const struct cs_cli *cli, const struct cs_check *c, struct cs_err *e)
{
	const size_t first = cli->common.format == CS_FORMAT_TABLE ? 0 : 1;
	struct cs_out *out =
		cs_out_open(stdout, cli->common.format, columns + first, sizeof columns / sizeof *columns - first);
	const bool sound = c->s && !c->faults && !c->file_faults;
	char hex[2 * CS_HASH_SIZE + 1];

	cs_out_row(out, (struct cs_cell[]){cs_cell_text(sound ? "sound" : "faulty"), cs_cell_int(c->count),
					   cs_cell_text(cs_hex(c->head, CS_HASH_SIZE, hex))} +
				first);
	return cs_out_close(out, e);
}

static int run(struct cs_cli *cli, struct cs_err *e)
{
	struct cs_session *s = NULL;
	struct cs_db *db = NULL;
	struct cs_chain_mark *mark = NULL;
	struct cs_arena a = {0};
	struct cs_meta meta;
	size_t marks = 0;
	int rc = read_marks(&mark, &marks, e);

	if (rc == 0)
		rc = open_desk(cli, &s, &db, &meta, &a, e);
	if (rc == 0) {
		struct cs_check c = {.db = db,
				     .database_id = meta.database_id,
				     .s = s,
				     .recompute = recompute && s,
				     .mark = mark,
				     .mark_count = marks,
				     .fault = say,
				     .remark = say};

		rc = cs_check_run(&c, e) < 0 || print(cli, &c, e) < 0 ? -1 : 0;
		if (rc == 0 && c.file_faults)
			rc = cs_err_exit(CS_IO);
		else if (rc == 0 && (c.faults || !s))
			rc = cs_err_exit(CS_REFUSED);
	}
	if (s)
		cs_session_close(s);
	else
		cs_db_close(db);
	cs_arena_free(&a);
	free(mark);
	return rc;
}

static const struct cs_command commands[] = {
	{.synopsis = "[-d PATH] [-f FORMAT] [--recompute] [--since FILE] [--count N --head HEX]",
	 .about = "Verify the chain, every folded row and the file.",
	 .takes = CS_TAKES_READER,
	 .options = options,
	 .run = run},
};
static const struct cs_program program = {"cs-check", "verify a database", commands, 1};

int main(int argc, char **argv)
{
	return cs_cli_main(&program, argc, argv);
}
