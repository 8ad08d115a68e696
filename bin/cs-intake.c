/* cs-intake: tickets in, one from options or many from a file. */
#include "text/cli.h"
#include "text/intake_file.h"
#include "text/intake_one.h"

static struct cs_intake_typed typed;
static struct cs_intake_file file;

static const struct cs_opt options[] = {
	{.name = "kind", .arg = "KIND", .help = "what it is: an id or label of the rules", .text = &typed.kind},
	{.name = "channel", .arg = "CHANNEL", .help = "how it came in", .text = &typed.channel},
	{.name = "category", .arg = "CATEGORY", .help = "what it is about", .text = &typed.category},
	{.name = "subject", .arg = "TEXT", .help = "the matter in a line", .text = &typed.subject},
	{.name = "body", .arg = "TEXT", .help = "what the customer said", .text = &typed.body},
	{.name = "customer", .arg = "NAME", .help = "who", .text = &typed.customer},
	{.name = "phone", .arg = "PHONE", .help = "their number", .text = &typed.phone},
	{.name = "premises", .arg = "ADDRESS", .help = "house or shop, as in 3-2-501", .text = &typed.premises},
	{.name = "unit", .arg = "UNIT", .help = "project or area where it is (code or name)", .text = &typed.unit},
	{.name = "accepting",
	 .arg = "UNIT",
	 .help = "unit that takes it in (else the clerk's)",
	 .text = &typed.accepting},
	{.name = "priority", .arg = "PRIORITY", .help = "instead of what the rules say", .text = &typed.priority},
	{.name = "capacity", .arg = "CAPACITY", .help = "customer's part: owner, tenant, ...", .text = &typed.capacity},
	{.name = "for", .arg = "NAME[,phone=PHONE]", .help = "for whom the customer acts", .text = &typed.of},
	{.name = "also",
	 .arg = "NAME[,phone=PHONE][,capacity=...]",
	 .help = "who else complains (repeatable)",
	 .list = &typed.also},
	{.name = "due", .arg = "TIME", .help = "due time of the main clock", .text = &typed.due},
	{.name = "set", .arg = "FIELD=VALUE", .help = "a field of the kind (repeatable)", .list = &typed.set},
	{.name = "row",
	 .arg = "LIST:FIELD=V,...",
	 .help = "a row of a list of the kind (repeatable)",
	 .list = &typed.row},
	{.name = "evidence",
	 .arg = "KIND[=FILE][,signer=NAME]",
	 .help = "evidence seen (repeatable)",
	 .list = &typed.evidence},
	{.name = "note", .arg = "TEXT", .help = "remark kept with the registration", .text = &typed.note},
	{.name = "csv", .arg = "FILE", .help = "take in the rows of a CSV file (-: stdin)", .text = &file.csv},
	{.name = "jsonl", .arg = "FILE", .help = "take in objects, one a line (-: stdin)", .text = &file.jsonl},
	{.name = "map", .arg = "MAP", .help = "how to read a foreign CSV file: cs-csv(5)", .text = &file.map},
	{.name = "source", .arg = "NAME", .help = "where the rows' keys come from", .text = &file.source},
	{.name = "encoding",
	 .arg = "NAME",
	 .help = "of the CSV file, as iconv names it (else utf-8)",
	 .text = &file.encoding},
	{.name = "history", .help = "what lies before now has no consequences (admin)", .flag = &file.history},
	{.name = "update", .help = "add the later steps of rows known already", .flag = &file.update},
	{.name = "similar",
	 .help = "name the tickets that each new one may repeat (one typed: always)",
	 .flag = &file.similar},
	{.name = "strict", .help = "all rows or none", .flag = &file.strict},
	{.name = "rejects",
	 .arg = "FILE",
	 .help = "write the refused rows there (a new file), with reasons",
	 .text = &file.rejects},
	{0},
};

static int run(struct cs_cli *cli, struct cs_err *e)
{
	int rc;

	if (file.csv || file.jsonl)
		rc = cs_intake_typed_any(&typed, e) < 0 ? -1 : cs_intake_file(cli, &file, e);
	else
		rc = cs_intake_file_any(&file, e) < 0 ? -1 : cs_intake_one(cli, &typed, e);
	cs_texts_free(&typed.set);
	cs_texts_free(&typed.row);
	cs_texts_free(&typed.evidence);
	cs_texts_free(&typed.also);
	return rc;
}

int main(int argc, char **argv)
{
	static const struct cs_command command = {
		.synopsis =
			"--kind KIND [options]\n--csv FILE|- [--map MAP] --source NAME [options]\n"
			"--jsonl FILE|- --source NAME [options]",
		.about = "register tickets: one from options, many from CSV or JSON lines",
		.takes = CS_TAKES_WRITER,
		.writes = true,
		.options = options,
		.run = run,
	};
	static const struct cs_program program = {
		.name = "cs-intake",
		.about = "take in tickets",
		.commands = &command,
		.count = 1,
	};

	return cs_cli_main(&program, argc, argv);
}
