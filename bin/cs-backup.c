/* cs-backup: a consistent, verified copy while others write; and back. */
#include "text/backup.h"
#include "text/cli.h"
#include "text/desk.h"
#include "text/process.h"

static const char *restore, *to;
static const struct cs_opt options[] = {
	{.name = "restore",
	 .arg = "FILE",
	 .help = "make a database of this backup",
	 .text = &restore},
	{.name = "to",
	 .arg = "DB",
	 .help = "its name, with --restore; it must not exist",
	 .text = &to},
	{0},
};
static const struct cs_column columns[] = {
	{.name = "file"}, {.name = "count", .right = true}, {.name = "head"}};

static int print(const struct cs_cli *cli, const char *file, const struct cs_backup *b,
		 struct cs_err *e)
{
	struct cs_out *out =
		cs_out_open(stdout, cli->common.format, columns, sizeof columns / sizeof *columns);
	char hex[2 * CS_HASH_SIZE + 1];

	cs_out_set_writer(out);
	cs_out_row(out, (struct cs_cell[]){cs_cell_text(file), cs_cell_int(b->count),
					   cs_cell_text(cs_hex(b->head, CS_HASH_SIZE, hex))});
	return cs_out_close(out, e);
}

static int run(struct cs_cli *cli, struct cs_err *e)
{
	struct cs_session *s = NULL;
	struct cs_backup made;
	int rc;

	if (!restore != !to)
		return cs_fail(e, CS_USAGE, "--restore FILE and --to DB belong together");
	if (restore ? cli->operands.count > 0 : cli->operands.count != 1)
		return cs_fail(e, CS_USAGE, "%s",
			       restore ? "a file is not wanted with --restore FILE --to DB"
				       : "say the file to write");
	if (restore)
		cli->common.db = restore;
	else
		to = cli->operands.item[0];
	cs_db_stop_when(cs_process_interrupted);
	rc = cs_desk_open(cli, CS_DB_READ, CS_RIGHT_STAFF, &s, e);
	if (rc == 0)
		rc = cs_backup_write(s->db, to, restore != NULL, &made, e);
	if (rc == 0)
		rc = print(cli, to, &made, e);
	if (rc == 0 && made.faults)
		rc = cs_err_exit(CS_REFUSED);
	cs_session_close(s);
	return rc;
}

static const struct cs_command commands[] = {
	{.synopsis = "[-d PATH] [-f FORMAT] FILE\n[-f FORMAT] --restore FILE --to DB",
	 .about =
		 "Copy a database while others write, and verify the copy; or make a database of "
		 "such a copy.",
	 .takes = CS_TAKES_DB | CS_TAKES_FORMAT,
	 .writes = true,
	 .operands_max = 1,
	 .options = options,
	 .run = run},
};
static const struct cs_program program = {"cs-backup", "copy and restore a database", commands, 1};

int main(int argc, char **argv)
{
	return cs_cli_main(&program, argc, argv);
}
