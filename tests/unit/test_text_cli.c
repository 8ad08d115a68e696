/* The common command line (design section 9). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "text/cli.h"
#include "text/process.h"

static bool open_only;
static const char *unit;
static int64_t limit;
static struct cs_texts fields;

static const struct cs_opt options[] = {
	{.name = "open", .letter = 'o', .help = "only open tickets", .flag = &open_only},
	{.name = "unit", .letter = 'u', .arg = "UNIT", .help = "of this unit", .text = &unit},
	{.name = "limit",
	 .arg = "N",
	 .help = "at most N lines",
	 .number = &limit,
	 .min = 1,
	 .max = 1000},
	{.name = "a-rather-long-option",
	 .arg = "FIELD=VALUE",
	 .help = "set a field",
	 .list = &fields},
	{0},
};

static const struct cs_command list_commands[] = {
	{.synopsis = "[options] [REF...|-]\n--all",
	 .about = "Lists tickets.",
	 .takes = CS_TAKES_READER | CS_TAKES_ALL,
	 .operands_max = SIZE_MAX,
	 .options = options},
};
static const struct cs_program list = {
	.name = "cs-list", .about = "Tickets.", .commands = list_commands, .count = 1};

static const struct cs_command rule_commands[] = {
	{.name = "check",
	 .synopsis = "FILE",
	 .about = "Checks a file.",
	 .operands_min = 1,
	 .operands_max = 1},
	{.name = "load",
	 .synopsis = "[options] FILE",
	 .about = "Takes a file into force.",
	 .takes = CS_TAKES_WRITER,
	 .writes = true,
	 .operands_min = 1,
	 .operands_max = 1,
	 .options = options},
	{.name = "draw",
	 .synopsis = "[--unit UNIT] [--list A:B=C,...]... RULE PERIOD\n--count N|--percent P [-q] REF...|-",
	 .about = "Draws by a rule.",
	 .operands_min = 2,
	 .operands_max = 2},
};
static const struct cs_program rules = {
	.name = "cs-rules", .about = "Rules.", .commands = rule_commands, .count = 3};

/* What fn printed on this descriptor. */
struct capture {
	int fd, saved;
	FILE *file;
};

static void capture_begin(struct capture *c, int fd)
{
	fflush(stdout);
	c->fd = fd;
	c->saved = dup(fd);
	c->file = tmpfile();
	dup2(fileno(c->file), fd);
}

static char *capture_end(struct capture *c)
{
	struct cs_buf b = {0};
	int ch;

	fflush(stdout);
	dup2(c->saved, c->fd);
	close(c->saved);
	rewind(c->file);
	while ((ch = getc(c->file)) != EOF)
		cs_buf_putc(&b, (char)ch);
	fclose(c->file);
	return cs_buf_take(&b);
}

enum { WORDS = 12 };

/* Parses program name + words; the text of stderr goes to *err if wanted. */
static int parse(const struct cs_program *program, const char *const *words, struct cs_cli *cli,
		 char **err)
{
	char *argv[WORDS + 2] = {(char *)(uintptr_t)"/odd/name"};
	struct capture c;
	int argc = 1, status;
	char *text;

	for (; argc <= WORDS && words[argc - 1]; argc++)
		argv[argc] = (char *)(uintptr_t)words[argc - 1];
	open_only = false;
	unit = NULL;
	limit = 0;
	cs_texts_free(&fields);
	capture_begin(&c, STDERR_FILENO);
	status = cs_cli_parse(program, argc, argv, cli);
	text = capture_end(&c);
	if (err)
		*err = text;
	else
		free(text);
	return status;
}

static void reads_options_anywhere(void **state)
{
	static const char *const words[] = {"R1", "-ou", "p1", "R2", "--limit=7",
					    "-",  "--",  "-o", NULL};
	struct cs_cli cli;

	(void)state;
	for (int posix = 0; posix <= 1; posix++) {
		if (posix)
			setenv("POSIXLY_CORRECT", "1", 1);
		assert_int_equal(parse(&list, words, &cli, NULL), -1);
		unsetenv("POSIXLY_CORRECT");
		assert_true(open_only);
		assert_string_equal(unit, "p1");
		assert_int_equal(limit, 7);
		assert_int_equal(cli.operands.count, 4);
		assert_string_equal(cli.operands.item[0], "R1");
		assert_string_equal(cli.operands.item[1], "R2");
		assert_string_equal(cli.operands.item[2], "-");
		assert_string_equal(cli.operands.item[3], "-o");
		cs_cli_free(&cli);
	}
}

static void reads_common_options(void **state)
{
	static const char *const words[] = {"load", "-d",      "a.db", "--format",   "jsonl",
					    "-n",   "--as=li", "--at", "2026-11-21", "--key=k",
					    "-q",   "f",       NULL};
	struct cs_cli cli;

	(void)state;
	assert_int_equal(parse(&rules, words, &cli, NULL), -1);
	assert_ptr_equal(cli.command, &rule_commands[1]);
	assert_string_equal(cli.common.db, "a.db");
	assert_int_equal(cli.common.format, CS_FORMAT_JSONL);
	assert_true(cli.common.format_given);
	assert_true(cli.common.dry_run);
	assert_true(cli.common.quiet);
	assert_false(cli.common.all);
	assert_string_equal(cli.common.as, "li");
	assert_string_equal(cli.common.at, "2026-11-21");
	assert_string_equal(cli.common.key, "k");
	assert_null(cli.common.now);
	assert_string_equal(cli.operands.item[0], "f");
	cs_cli_free(&cli);
	cs_msg_quiet(false);
}

static void options_may_repeat_where_they_are_lists(void **state)
{
	static const char *const words[] = {"--a-rather-long-option=a=1", "--a-rather-long-option",
					    "b=", NULL};
	struct cs_cli cli;

	(void)state;
	assert_int_equal(parse(&list, words, &cli, NULL), -1);
	assert_int_equal(fields.count, 2);
	assert_string_equal(fields.item[0], "a=1");
	assert_string_equal(fields.item[1], "b=");
	cs_cli_free(&cli);
}

static void finds_the_database_and_the_present(void **state)
{
	static const char *const none[] = {NULL}, *const given[] = {"--db=x", "--now=@5", NULL};
	struct cs_cli cli;

	(void)state;
	unsetenv("CS_DB");
	unsetenv("CS_NOW");
	assert_int_equal(parse(&list, none, &cli, NULL), -1);
	assert_string_equal(cli.common.db, "/var/lib/csdesk/desk.db");
	assert_null(cli.common.now);
	setenv("CS_DB", "", 1);
	assert_int_equal(parse(&list, none, &cli, NULL), -1);
	assert_string_equal(cli.common.db, "/var/lib/csdesk/desk.db");
	setenv("CS_DB", "env.db", 1);
	setenv("CS_NOW", "@7", 1);
	assert_int_equal(parse(&list, none, &cli, NULL), -1);
	assert_string_equal(cli.common.db, "env.db");
	assert_string_equal(cli.common.now, "@7");
	assert_int_equal(parse(&list, given, &cli, NULL), -1);
	assert_string_equal(cli.common.db, "x");
	assert_string_equal(cli.common.now, "@5");
	unsetenv("CS_DB");
	unsetenv("CS_NOW");
}

static const struct {
	const struct cs_program *program;
	const char *words[5];
	const char *message;
} wrong[] = {
	{&list, {"--untl"}, "cs-list: unknown option --untl; did you mean --unit? (see cs-list --help)\n"},
	{&list, {"--unknown"}, "cs-list: unknown option --unknown (see cs-list --help)\n"},
	{&list, {"--uni", "x"}, "cs-list: unknown option --uni; did you mean --unit? (see cs-list --help)\n"},
	{&list, {"--uni=x"}, "cs-list: unknown option --uni; did you mean --unit? (see cs-list --help)\n"},
	{&list, {"--lim"}, "cs-list: unknown option --lim; did you mean --limit? (see cs-list --help)\n"},
	{&list, {"--o"}, "cs-list: unknown option --o (see cs-list --help)\n"},
	{&list, {"--key", "k"}, "cs-list: unknown option --key (see cs-list --help)\n"},
	{&list, {"-n"}, "cs-list: unknown option -n (see cs-list --help)\n"},
	{&list, {"-ox"}, "cs-list: unknown option -x (see cs-list --help)\n"},
	{&list, {"-?"}, "cs-list: unknown option -? (see cs-list --help)\n"},
	{&list, {"-:"}, "cs-list: unknown option -: (see cs-list --help)\n"},
	{&list, {"--unit"}, "cs-list: option --unit wants UNIT (see cs-list --help)\n"},
	{&list, {"-u"}, "cs-list: option -u wants UNIT (see cs-list --help)\n"},
	{&list,
	 {"--unit", "--open"},
	 "cs-list: option --unit wants UNIT, not '--open'; --unit=--open if that is meant (see cs-list --help)\n"},
	{&list,
	 {"-u", "--now=x"},
	 "cs-list: option --unit wants UNIT, not '--now=x'; --unit=--now=x if that is meant (see cs-list --help)\n"},
	{&list, {"--open=yes"}, "cs-list: option --open takes no argument (see cs-list --help)\n"},
	{&list, {"-u", "a", "--unit=b"}, "cs-list: option --unit is given twice (see cs-list --help)\n"},
	{&list, {"-oo"}, "cs-list: option --open is given twice (see cs-list --help)\n"},
	{&list, {"--limit", "0"}, "cs-list: option --limit: 0 is not within 1 and 1000 (see cs-list --help)\n"},
	{&list, {"--limit", "1001"}, "cs-list: option --limit: 1001 is not within 1 and 1000 (see cs-list --help)\n"},
	{&list, {"--limit", "7x"}, "cs-list: option --limit: '7x' is no whole number (see cs-list --help)\n"},
	{&list, {"--limit", ""}, "cs-list: option --limit: '' is no whole number (see cs-list --help)\n"},
	{&list, {"--limit", " 7"}, "cs-list: option --limit: ' 7' is no whole number (see cs-list --help)\n"},
	{&list,
	 {"--limit", "99999999999999999999"},
	 "cs-list: option --limit: '99999999999999999999' is no whole number (see "
	 "cs-list --help)\n"},
	{&list,
	 {"-f", "xml"},
	 "cs-list: no format 'xml'; there are text, table, csv, json, jsonl (see "
	 "cs-list --help)\n"},
	{&list, {"-u", "\xFF"}, "cs-list: option --unit: the value is not UTF-8 (see cs-list --help)\n"},
	{&list, {"R1", "\xC3"}, "cs-list: operand 2 is not UTF-8 (see cs-list --help)\n"},
	{&list, {"--\x1B[2J"}, "cs-list: unknown option --?[2J (see cs-list --help)\n"},
	{&rules, {NULL}, "cs-rules: wants a command (see cs-rules --help)\n"},
	{&rules, {"laod", "f"}, "cs-rules: no command 'laod'; did you mean 'load'? (see cs-rules --help)\n"},
	{&rules, {"x"}, "cs-rules: no command 'x' (see cs-rules --help)\n"},
	{&rules, {"-q", "check", "f"}, "cs-rules: the command comes first (see cs-rules --help)\n"},
	{&rules, {"check"}, "cs-rules: 0 operands given, wanted: FILE (see cs-rules check --help)\n"},
	{&rules,
	 {"draw", "a"},
	 "cs-rules: 1 operand given, wanted: RULE PERIOD or REF...|- (see cs-rules draw --help)\n"},
	{&rules, {"check", "a", "b"}, "cs-rules: operand 'b' is not wanted (see cs-rules check --help)\n"},
	{&rules, {"check", "-d", "x", "a"}, "cs-rules: unknown option -d (see cs-rules check --help)\n"},
	{&rules, {"check", "--open", "a"}, "cs-rules: unknown option --open (see cs-rules check --help)\n"},
};

static void refuses_wrong_usage(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct cs_cli cli;
		char *err = NULL;

		assert_int_equal(parse(wrong[i].program, wrong[i].words, &cli, &err), 64);
		assert_string_equal(err, wrong[i].message);
		free(err);
		cs_cli_free(&cli);
	}
}

static void prints_help_from_the_table(void **state)
{
	static const struct {
		const struct cs_program *program;
		const char *words[3];
		const char *text;
	} cases[] = {
		{&list,
		 {"--help"},
		 "usage: cs-list [options] [REF...|-]\n"
		 "       cs-list --all\n"
		 "\n"
		 "Lists tickets.\n"
		 "\n"
		 "Options:\n"
		 "  -o, --open                  only open tickets\n"
		 "  -u, --unit UNIT             of this unit\n"
		 "      --limit N               at most N lines\n"
		 "      --a-rather-long-option FIELD=VALUE\n"
		 "                              set a field\n"
		 "  -d, --db PATH               database (else $CS_DB, else "
		 "/var/lib/csdesk/desk.db)\n"
		 "  -f, --format F              text, table, csv, json or jsonl\n"
		 "      --all                   all tickets or none\n"
		 "      --now TIME              the present (rehearsals, readers, dry runs)\n"
		 "  -q, --quiet                 no remarks on stderr, only errors\n"
		 "  -h, --help                  print this and end\n"
		 "  -V, --version               print the version and end\n"},
		{&rules,
		 {"-h"},
		 "usage: cs-rules check FILE\n"
		 "       cs-rules load [options] FILE\n"
		 "       cs-rules draw [--unit UNIT] [--list A:B=C,...]... RULE PERIOD\n"
		 "       cs-rules draw --count N|--percent P [-q] REF...|-\n"
		 "\n"
		 "Rules.\n"
		 "\n"
		 "Commands (each has --help):\n"
		 "  check           Checks a file.\n"
		 "  load            Takes a file into force.\n"
		 "  draw            Draws by a rule.\n"
		 "\n"
		 "Options:\n"
		 "  -q, --quiet                 no remarks on stderr, only errors\n"
		 "  -h, --help                  print this and end\n"
		 "  -V, --version               print the version and end\n"},
		{&rules,
		 {"check", "-h"},
		 "usage: cs-rules check FILE\n"
		 "\n"
		 "Checks a file.\n"
		 "\n"
		 "Options:\n"
		 "  -q, --quiet                 no remarks on stderr, only errors\n"
		 "  -h, --help                  print this and end\n"
		 "  -V, --version               print the version and end\n"},
		{&list, {"-V"}, "cs-list (csdesk) "},
		{&rules, {"load", "--version"}, "cs-rules (csdesk) "},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct capture c;
		struct cs_cli cli;
		char *text;

		capture_begin(&c, STDOUT_FILENO);
		assert_int_equal(parse(cases[i].program, cases[i].words, &cli, NULL), 0);
		text = capture_end(&c);
		if (strstr(cases[i].text, "(csdesk)")) /* the version follows */
			text[strlen(cases[i].text)] = '\0';
		assert_string_equal(text, cases[i].text);
		free(text);
		cs_cli_free(&cli);
	}
}

static void collects_references(void **state)
{
	static const struct {
		const char *words[5];
		const char *in, *wanted, *message;
	} cases[] = {
		{{"R1", "R2", "R1"}, "", "R1 R2 R1 ", NULL},
		{{"R1", "-", "R4"}, "R2\tx\nR3\n", "R1 R2 R3 R4 ", NULL},
		{{"-"}, "", "", NULL},
		{{NULL},
		 "",
		 NULL,
		 "no ticket given: name references, or - to read them from standard input"},
		{{"-", "-"}, "R1\n", NULL, "standard input (-) is given twice"},
		{{"-"},
		 "R1",
		 NULL,
		 "standard input:1: the last line does not end with a newline, it may have "
		 "been cut"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_texts refs = {0};
		struct cs_buf got = {0};
		struct cs_err e = {0};
		struct cs_cli cli;
		FILE *f = tmpfile();
		int saved = dup(STDIN_FILENO), result;

		fputs(cases[i].in, f);
		rewind(f);
		dup2(fileno(f), STDIN_FILENO);
		clearerr(stdin);
		assert_int_equal(parse(&list, cases[i].words, &cli, NULL), -1);
		result = cs_cli_refs(&cli, 0, &refs, &e);
		assert_int_equal(result, cases[i].message ? -1 : 0);
		for (size_t k = 0; k < refs.count; k++)
			cs_buf_printf(&got, "%s ", refs.item[k]);
		if (cases[i].message)
			assert_string_equal(e.text, cases[i].message);
		else
			assert_string_equal(cs_buf_str(&got), cases[i].wanted);
		dup2(saved, STDIN_FILENO);
		close(saved);
		fclose(f);
		cs_buf_free(&got);
		cs_texts_free(&refs);
		cs_cli_free(&cli);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_options_anywhere),
		cmocka_unit_test(reads_common_options),
		cmocka_unit_test(options_may_repeat_where_they_are_lists),
		cmocka_unit_test(finds_the_database_and_the_present),
		cmocka_unit_test(refuses_wrong_usage),
		cmocka_unit_test(prints_help_from_the_table),
		cmocka_unit_test(collects_references),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	cs_texts_free(&fields);
	return failed;
}
