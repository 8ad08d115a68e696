/* The command line that is the same for every program. */
#include "text/cli.h"

#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/near.h"
#include "base/utf8.h"
#include "store/db.h"
#include "text/process.h"

enum {
	EXIT_USAGE = 64,
	OPTIONS_MAX = 96, /* of one command, common ones included */
	COMMON_MAX = 12,
	LONG_CODE = 256
};

/* --- the option table ----------------------------------------------------- */

struct parser {
	struct cs_cli *cli;
	struct cs_opt option[OPTIONS_MAX];
	size_t count;
	bool seen[OPTIONS_MAX];
	const char *format_name;
	bool help, version;
};

static void add_common(struct parser *p)
{
	struct cs_common *c = &p->cli->common;
	const unsigned takes = p->cli->command ? p->cli->command->takes : 0;
	const struct {
		unsigned bit;
		struct cs_opt option;
	} all[] = {
		{CS_TAKES_DB,
		 {.name = "db",
		  .letter = 'd',
		  .arg = "PATH",
		  .help = "database (else $CS_DB, else " CS_DEFAULT_DB ")",
		  .text = &c->db}},
		{CS_TAKES_FORMAT,
		 {.name = "format",
		  .letter = 'f',
		  .arg = "F",
		  .help = "text, table, csv, json or jsonl",
		  .text = &p->format_name}},
		{CS_TAKES_DRY_RUN,
		 {.name = "dry-run",
		  .letter = 'n',
		  .help = "say what would happen, change nothing",
		  .flag = &c->dry_run}},
		{CS_TAKES_AS, {.name = "as", .arg = "LOGIN", .help = "act for this person", .text = &c->as}},
		{CS_TAKES_EYES,
		 {.name = "as", .arg = "LOGIN", .help = "what this person sees (in a rehearsal)", .text = &c->as}},
		{CS_TAKES_AT,
		 {.name = "at", .arg = "TIME", .help = "when it happened (not in the future)", .text = &c->at}},
		{CS_TAKES_KEY,
		 {.name = "key",
		  .arg = "K",
		  .help = "happens once: a repeat prints the first answer",
		  .text = &c->key}},
		{CS_TAKES_ALL, {.name = "all", .help = "all tickets or none", .flag = &c->all}},
		{CS_TAKES_NOW,
		 {.name = "now",
		  .arg = "TIME",
		  .help = "the present (rehearsals, readers, dry runs)",
		  .text = &c->now}},
		{0, {.name = "quiet", .letter = 'q', .help = "no remarks on stderr, only errors", .flag = &c->quiet}},
		{0, {.name = "help", .letter = 'h', .help = "print this and end", .flag = &p->help}},
		{0, {.name = "version", .letter = 'V', .help = "print the version and end", .flag = &p->version}},
	};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (!all[i].bit || (takes & all[i].bit))
			p->option[p->count++] = all[i].option;
}

static void add_options(struct parser *p)
{
	const struct cs_opt *o = p->cli->command ? p->cli->command->options : NULL;

	for (; o && o->name && p->count < OPTIONS_MAX - COMMON_MAX; o++)
		p->option[p->count++] = *o;
	add_common(p);
}

static int fail_usage(const struct parser *p, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static int fail_usage(const struct parser *p, const char *fmt, ...)
{
	const struct cs_command *c = p->cli->command;
	char *text = NULL;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) < 0)
		cs_oom();
	va_end(ap);
	cs_msg("%s (see %s%s%s --help)", text, p->cli->program->name, c && c->name ? " " : "",
	       c && c->name ? c->name : "");
	free(text);
	return EXIT_USAGE;
}

static int fail_unknown(const struct parser *p, const char *word, size_t len)
{
	char name[64];
	struct cs_near near = {.wanted = name};

	snprintf(name, sizeof name, "%.*s", (int)(len < sizeof name ? len : sizeof name - 1), word);
	for (size_t i = 0; i < p->count; i++)
		cs_near_try(&near, p->option[i].name);
	if (near.best)
		return fail_usage(p, "unknown option --%s; did you mean --%s?", name, near.best);
	return fail_usage(p, "unknown option --%s", name);
}

/* --- help ----------------------------------------------------------------- */

static void help_usage(const struct cs_program *program, const struct cs_command *c, bool first)
{
	const char *line = c->synopsis ? c->synopsis : "";

	for (;;) {
		size_t n = strcspn(line, "\n");

		printf("%s%s%s%s%s%.*s\n", first ? "usage: " : "       ", program->name,
		       c->name ? " " : "", c->name ? c->name : "", n ? " " : "", (int)n, line);
		first = false;
		if (!line[n])
			return;
		line += n + 1;
	}
}

static void help_option(const struct cs_opt *o)
{
	char left[96];
	int n = 0;

	if (o->letter)
		n = snprintf(left, sizeof left, "  -%c, --%s", o->letter, o->name);
	else
		n = snprintf(left, sizeof left, "      --%s", o->name);
	if (o->arg && n > 0 && (size_t)n < sizeof left)
		snprintf(left + n, sizeof left - (size_t)n, " %s", o->arg);
	if (strlen(left) > 28)
		printf("%s\n%30s%s\n", left, "", o->help);
	else
		printf("%-28s  %s\n", left, o->help);
}

static void print_help(const struct parser *p)
{
	const struct cs_program *program = p->cli->program;
	const struct cs_command *c = p->cli->command;

	if (!c) {
		for (size_t i = 0; i < program->count; i++)
			help_usage(program, &program->commands[i], i == 0);
		printf("\n%s\n\nCommands (each has --help):\n", program->about);
		for (size_t i = 0; i < program->count; i++)
			printf("  %-14s  %s\n", program->commands[i].name,
			       program->commands[i].about);
		printf("\nOptions:\n");
	} else {
		help_usage(program, c, true);
		printf("\n%s\n\nOptions:\n", c->about ? c->about : program->about);
	}
	for (size_t i = 0; i < p->count; i++)
		help_option(&p->option[i]);
}

/* --- parsing -------------------------------------------------------------- */

static int parse_number(const struct parser *p, const struct cs_opt *o, const char *s)
{
	const char *digits;
	char *end = NULL, plain[64];
	long long v;

	s = cs_utf8_plain(s, plain, sizeof plain);
	digits = *s == '-' ? s + 1 : s;
	errno = 0;
	v = strtoll(s, &end, 10);
	if (*digits < '0' || *digits > '9' || *end || errno)
		return fail_usage(p, "option --%s: '%s' is no whole number", o->name, s);
	if (v < o->min || v > o->max)
		return fail_usage(p, "option --%s: %lld is not within %" PRId64 " and %" PRId64,
				  o->name, v, o->min, o->max);
	*o->number = v;
	return -1;
}

/* Stores one value; -1 go on, else the exit code. */
static int assign(struct parser *p, size_t i, const char *value)
{
	const struct cs_opt *o = &p->option[i];

	if (p->seen[i] && !o->list)
		return fail_usage(p, "option --%s is given twice", o->name);
	p->seen[i] = true;
	if (value && cs_utf8_check(value, strlen(value)) < strlen(value))
		return fail_usage(p, "option --%s: the value is not UTF-8", o->name);
	if (o->flag)
		*o->flag = true;
	else if (o->text)
		*o->text = value;
	else if (o->list && value)
		cs_texts_add(o->list, value, strlen(value));
	else if (o->number && value)
		return parse_number(p, o, value);
	return -1;
}

/* getopt's two tables. The leading '-' returns operands in order whatever
   POSIXLY_CORRECT says; ':' tells a missing argument from an unknown option. */
static void fill_tables(const struct parser *p, struct option *longs, char *shorts)
{
	*shorts++ = '-';
	*shorts++ = ':';
	for (size_t i = 0; i < p->count; i++) {
		const struct cs_opt *o = &p->option[i];

		longs[i] = (struct option){.name = o->name,
					   .has_arg = o->flag ? no_argument : required_argument,
					   .val = LONG_CODE + (int)i};
		if (!o->letter)
			continue;
		*shorts++ = o->letter;
		if (!o->flag)
			*shorts++ = ':';
	}
	*shorts = '\0';
	longs[p->count] = (struct option){0};
}

static size_t find_long(const struct parser *p, const char *name, size_t len)
{
	size_t i = 0;

	while (i < p->count &&
	       (strlen(p->option[i].name) != len || memcmp(p->option[i].name, name, len) != 0))
		i++;
	return i;
}

static size_t find_letter(const struct parser *p, int letter)
{
	size_t i = 0;

	while (i < p->count && p->option[i].letter != letter)
		i++;
	return i;
}

/* A word of its own that reads like an option: the value was forgotten. --note=--so gives it all the same. */
static int take_value(struct parser *p, size_t i, const char *word)
{
	const struct cs_opt *o = &p->option[i];
	const bool apart = optarg && (optarg < word || optarg > word + strlen(word));
	const size_t name = apart && strncmp(optarg, "--", 2) == 0 ? strspn(optarg + 2, "abcdefghijklmnopqrstuvwxyz-")
								   : 0;

	if (name == 0 || (optarg[2 + name] != '\0' && optarg[2 + name] != '='))
		return assign(p, i, optarg);
	return fail_usage(p, "option --%s wants %s, not '%s'; --%s=%s if that is meant", o->name, o->arg, optarg,
			  o->name, optarg);
}

/* getopt also takes abbreviations of long names; only whole ones count here. */
static int take_long(struct parser *p, int code, const char *word)
{
	size_t len = strcspn(word + 2, "="), i = find_long(p, word + 2, len);

	if (i == p->count)
		return fail_unknown(p, word + 2, len);
	if (code == ':')
		return fail_usage(p, "option --%s wants %s", p->option[i].name, p->option[i].arg);
	if (code == '?')
		return fail_usage(p, "option --%s takes no argument", p->option[i].name);
	return take_value(p, i, word);
}

static int take_short(struct parser *p, int code, const char *word)
{
	size_t i = find_letter(p, code == ':' || code == '?' ? optopt : code);

	if (code == '?' || i == p->count) {
		if (optopt > 0x20 && optopt < 0x7F)
			return fail_usage(p, "unknown option -%c", optopt);
		return fail_usage(p, "unknown option %s", word);
	}
	if (code == ':')
		return fail_usage(p, "option -%c wants %s", p->option[i].letter, p->option[i].arg);
	return take_value(p, i, word);
}

static int add_operand(const struct parser *p, const char *word)
{
	if (cs_utf8_check(word, strlen(word)) < strlen(word))
		return fail_usage(p, "operand %zu is not UTF-8", p->cli->operands.count + 1);
	cs_texts_add(&p->cli->operands, word, strlen(word));
	return -1;
}

static int parse_words(struct parser *p, int argc, char **argv)
{
	struct option longs[OPTIONS_MAX + 1];
	char shorts[2 * OPTIONS_MAX + 3];
	int status = -1;

	fill_tables(p, longs, shorts);
	opterr = 0;
	optind = 0; /* start afresh: glibc reads the leading '-' only then */
	while (status < 0 && !p->help && !p->version) {
		const char *word = argv[optind ? optind : 1];
		int code = getopt_long(argc, argv, shorts, longs, NULL);

		if (code == -1)
			break;
		if (code == 1)
			status = add_operand(p, optarg);
		else if (strncmp(word, "--", 2) == 0)
			status = take_long(p, code, word);
		else
			status = take_short(p, code, word);
	}
	while (status < 0 && !p->help && !p->version && optind < argc)
		status = add_operand(p, argv[optind++]);
	return status;
}

/* Where the word or group in brackets ends that starts here. */
static size_t word_end(const char *line)
{
	size_t n = 0;

	for (int open = 0; line[n] && line[n] != '\n' && (open > 0 || line[n] != ' '); n++)
		open += line[n] == '[' ? 1 : line[n] == ']' ? -1 : 0;
	return n;
}

/* What the synopsis wants besides options: "RULE PERIOD or REF...|-". */
static void put_wanted(const char *synopsis, struct cs_buf *out)
{
	bool fresh = true, argument = false;

	for (const char *s = synopsis; *s;) {
		size_t n = word_end(s);

		if (*s == '-' && n > 1) {
			argument = true;
		} else if (argument) {
			argument = n > 3 && memmem(s, n, "|--", 3) != NULL;
		} else if (n > 0 && *s != '[') {
			cs_buf_puts(out, out->len == 0 ? "" : fresh ? " or " : " ");
			cs_buf_add(out, s, n);
			fresh = false;
		}
		s += n;
		if (*s == '\n') {
			fresh = true;
			argument = false;
		}
		s += *s != '\0';
	}
}

static int check_operands(const struct parser *p)
{
	const struct cs_command *c = p->cli->command;
	size_t n = p->cli->operands.count;
	struct cs_buf wanted = {0};
	int status;

	if (n < c->operands_min) {
		put_wanted(c->synopsis ? c->synopsis : "", &wanted);
		status = fail_usage(p, "%zu operand%s given, wanted: %s", n, n == 1 ? "" : "s", cs_buf_str(&wanted));
		cs_buf_free(&wanted);
		return status;
	}
	if (n > c->operands_max)
		return fail_usage(p, "operand '%s' is not wanted",
				  p->cli->operands.item[c->operands_max]);
	return -1;
}

/* CS_BUSY_MS: how long to wait for another program's lock, for whoever cannot wait ten seconds. */
static int read_wait(const struct parser *p)
{
	const char *text = getenv("CS_BUSY_MS");

	if (!text || !*text)
		return -1;
	if (strlen(text) > 6 || strspn(text, "0123456789") != strlen(text))
		return fail_usage(p, "CS_BUSY_MS: '%s' is not a number of milliseconds, 0 to 999999", text);
	cs_db_wait(strtol(text, NULL, 10));
	return -1;
}

static int finish_parse(struct parser *p)
{
	struct cs_common *c = &p->cli->common;
	const char *db = getenv("CS_DB"), *now = getenv("CS_NOW");
	struct cs_err e = {0};

	if (p->help || p->version) {
		if (p->help)
			print_help(p);
		else
			printf("%s (csdesk) %s\n", p->cli->program->name, CS_VERSION);
		return 0;
	}
	if (!c->db)
		c->db = db && *db ? db : CS_DEFAULT_DB;
	if (!c->now)
		c->now = now && *now ? now : NULL;
	c->format = cs_format_default(stdout);
	c->format_given = p->format_name != NULL;
	if (p->format_name && cs_format_parse(p->format_name, &c->format, &e))
		return fail_usage(p, "%s", e.text);
	if (read_wait(p) >= 0)
		return EXIT_USAGE;
	if (c->key && cs_utf8_blank(c->key))
		return fail_usage(p, "option --key: an empty text is no key");
	cs_msg_quiet(c->quiet);
	return check_operands(p);
}

/* Finds the command that the first word names; words of a program without commands stay. */
static int choose_command(struct parser *p, int *argc, char ***argv)
{
	const struct cs_program *program = p->cli->program;
	const char *word = *argc > 1 ? (*argv)[1] : NULL;
	struct cs_near near = {.wanted = word ? word : ""};
	bool steps = false;

	if (program->count == 1 && !program->commands[0].name) {
		p->cli->command = &program->commands[0];
		return -1;
	}
	if (word && word[0] == '-')
		return -1;
	for (size_t i = 0; word && i < program->count; i++) {
		cs_near_try(&near, program->commands[i].name);
		steps = steps || (program->commands[i].takes & CS_TAKES_STEP);
		if (strcmp(program->commands[i].name, word) != 0)
			continue;
		p->cli->command = &program->commands[i];
		--*argc;
		++*argv;
		return -1;
	}
	if (!word)
		return fail_usage(p, "wants a command");
	if (near.best)
		return fail_usage(p, "no command '%s'; did you mean '%s'?", word, near.best);
	return fail_usage(
		p, steps ? "no command '%s'; other steps of a ticket are taken by cs-progress" : "no command '%s'",
		word);
}

int cs_cli_parse(const struct cs_program *program, int argc, char **argv, struct cs_cli *cli)
{
	struct parser p = {.cli = cli};
	int status;

	*cli = (struct cs_cli){.program = program};
	cs_msg_program(program->name);
	status = choose_command(&p, &argc, &argv);
	if (status >= 0)
		return status;
	add_options(&p);
	status = parse_words(&p, argc, argv);
	if (status >= 0)
		return status;
	if (!cli->command && !p.help && !p.version)
		return fail_usage(&p, "the command comes first");
	return finish_parse(&p);
}

void cs_cli_free(struct cs_cli *cli)
{
	if (cli)
		cs_texts_free(&cli->operands);
}

int cs_cli_main(const struct cs_program *program, int argc, char **argv)
{
	struct cs_cli cli;
	struct cs_err e = {0};
	int status;

	cs_process_guard();
	status = cs_cli_parse(program, argc, argv, &cli);
	if (status < 0) {
		if (cli.command->writes)
			cs_process_catch();
		status = cli.command->run(&cli, &e);
	}
	if (status < 0) {
		cs_msg("%s", e.text);
		status = cs_err_exit(e.code ? e.code : CS_INTERNAL);
	}
	cs_cli_free(&cli);
	return cs_process_finish(status);
}

int cs_cli_refs(const struct cs_cli *cli, size_t first, struct cs_texts *refs, struct cs_err *e)
{
	const struct cs_texts *all = &cli->operands;
	bool read = false;

	if (all->count <= first)
		return cs_fail(
			e, CS_USAGE,
			"no ticket given: name references, or - to read them from standard input");
	for (size_t i = first; i < all->count; i++) {
		const char *word = all->item[i];

		if (strcmp(word, "-") != 0) {
			cs_texts_add(refs, word, strlen(word));
			continue;
		}
		if (read)
			return cs_fail(e, CS_USAGE, "standard input (-) is given twice");
		read = true;
		if (cs_refs_read(stdin, "standard input", refs, e))
			return -1;
	}
	return 0;
}
