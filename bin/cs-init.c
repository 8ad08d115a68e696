/* cs-init: makes the database of a desk, or brings an older one up to date. */
#include <pwd.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "domain/create.h"
#include "store/db.h"
#include "text/cli.h"
#include "text/policy_file.h"
#include "text/process.h"

static const char *policy, *seed, *admin;
static bool rehearsal;
static const struct cs_opt options[] = {
	{.name = "policy",
	 .arg = "NAME|FILE",
	 .help = "the rules (default: property)",
	 .text = &policy},
	{.name = "rehearsal",
	 .help = "a database for tests and training, whose clock can be set",
	 .flag = &rehearsal},
	{.name = "seed",
	 .arg = "S",
	 .help = "ids and salts the same every time (rehearsal)",
	 .text = &seed},
	{.name = "admin",
	 .arg = "LOGIN",
	 .help = "the first person (default: the caller)",
	 .text = &admin},
	{0},
};
static const struct cs_column columns[] = {
	{.name = "database"}, {.name = "done"},  {.name = "schema", .right = true},
	{.name = "mode"},     {.name = "rules"}, {.name = "admin"},
};

/* The name in the password file, up to the first comma; the login where there is none. */
static const char *name_of(struct cs_arena *a, const char *login)
{
	const struct passwd *p = getpwnam(login);
	const char *name =
		p && p->pw_gecos ? cs_arena_strndup(a, p->pw_gecos, strcspn(p->pw_gecos, ",")) : "";

	return *name && cs_utf8_check(name, strlen(name)) == strlen(name) ? name : login;
}

static int choose_time(const struct cs_cli *cli, const struct cs_policy *p, cs_time *now,
		       struct cs_err *e)
{
	*now = cs_time_machine();
	if (!cli->common.now || (!rehearsal && access(cli->common.db, F_OK) == 0))
		return 0; /* what exists already needs no time */
	if (!rehearsal)
		return cs_fail(e, CS_DENIED,
			       "the clock of a live database cannot be set; --now (CS_NOW) is for "
			       "--rehearsal");
	return cs_time_parse(cli->common.now, p->zone, now, e) < 0 ? cs_fail_in(e, "--now (CS_NOW)")
								   : 0;
}

static int print(const struct cs_cli *cli, const struct cs_create *c, const struct cs_policy *p,
		 enum cs_created what, struct cs_err *e)
{
	static const char *const done[] = {"created", "brought up to date", "up to date"};
	struct cs_out *out =
		cs_out_open(stdout, cli->common.format, columns, sizeof columns / sizeof *columns);
	char rules[128];

	snprintf(rules, sizeof rules, "%s %s", p->id, p->edition);
	cs_out_set_writer(out);
	cs_out_row(out, (struct cs_cell[]){cs_cell_text(cli->common.db), cs_cell_text(done[what]),
					   cs_cell_int(cs_db_schema_version()),
					   cs_cell_text(what != CS_CREATED_NEW ? NULL
							: c->rehearsal         ? "rehearsal"
									       : "live"),
					   cs_cell_text(what != CS_CREATED_NEW ? NULL : rules),
					   cs_cell_text(what != CS_CREATED_NEW ? NULL : c->admin)});
	return cs_out_close(out, e);
}

static int create(const struct cs_cli *cli, const struct cs_policy *p, const struct cs_buf *edition,
		  struct cs_err *e)
{
	const struct passwd *me = getpwuid(getuid());
	struct cs_create c = {.rehearsal = rehearsal,
			      .seed = seed,
			      .text = cs_buf_str(edition),
			      .len = edition->len};
	struct cs_arena a = {0};
	enum cs_created what;
	int rc;

	if (!me || !me->pw_name[0])
		return cs_fail(e, CS_DENIED, "user %ld has no login name", (long)getuid());
	c.login = cs_arena_strdup(&a, me->pw_name);
	c.admin = admin ? admin : c.login;
	c.admin_name = name_of(&a, c.admin);
	rc = choose_time(cli, p, &c.now, e);
	if (rc == 0) {
		c.since = cs_day_start(p->zone, cs_time_day(p->zone, c.now));
		rc = cs_create_database(cli->common.db, &c, &what, e);
	}
	if (rc == 0 && what != CS_CREATED_NEW && (admin || policy || seed))
		rc = cs_fail(
			e, CS_USAGE,
			"%s exists already: --policy, --admin and --seed are for a new one (see "
			"cs-policy load, cs-org add)",
			cli->common.db);
	if (rc == 0)
		rc = print(cli, &c, p, what, e);
	cs_arena_free(&a);
	return rc;
}

static int run(struct cs_cli *cli, struct cs_err *e)
{
	struct cs_faults faults = {0};
	struct cs_buf edition = {0};
	struct cs_policy *p = NULL;
	int rc;

	if (seed && !rehearsal)
		return cs_fail(e, CS_USAGE,
			       "--seed is for --rehearsal: what can be guessed protects nobody");
	if (admin && (!*admin || strcspn(admin, " \t\n:/") != strlen(admin)))
		return cs_fail(e, CS_USAGE, "--admin '%s' is no login name", admin);
	rc = cs_policy_file_build(policy ? policy : "property", &faults, &edition, &p, e);
	cs_policy_file_complain(&faults);
	if (rc == 0)
		rc = create(cli, p, &edition, e);
	cs_policy_free(p);
	cs_buf_free(&edition);
	cs_faults_free(&faults);
	return rc;
}

static const struct cs_command commands[] = {
	{.synopsis = "[-d PATH] [--policy NAME|FILE] [--rehearsal [--seed S]] [--admin LOGIN]",
	 .about = "Make the database of a desk, or bring an older one up to date.",
	 .takes = CS_TAKES_DB | CS_TAKES_FORMAT | CS_TAKES_NOW,
	 .writes = true,
	 .options = options,
	 .run = run},
};
static const struct cs_program program = {"cs-init", "make the database of a desk", commands, 1};

int main(int argc, char **argv)
{
	return cs_cli_main(&program, argc, argv);
}
