#include "own_desk.h"

#include <pwd.h>
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
#include "domain/create.h"
#include "policy_files.h"
#include "text/process.h"

static char folder[] = "/tmp/csdesk-own-XXXXXX", before[4096];
static const struct cs_command command = {.name = "test"};
static const struct cs_program program = {"cs-test", "test", &command, 1};

const char *own_login(void)
{
	const struct passwd *me = getpwuid(getuid());

	assert_non_null(me);
	return me->pw_name;
}

void own_desk_begin(struct cs_cli *cli)
{
	struct cs_create spec = {.login = own_login(),
				 .admin = own_login(),
				 .admin_name = "admin",
				 .rehearsal = true,
				 .seed = "own",
				 .now = 1795190400,
				 .since = 1795190400};
	struct cs_faults faults = {0};
	struct cs_buf edition = {0};
	struct cs_policy *p = NULL;
	struct cs_err e = {0};
	enum cs_created what;
	size_t len;
	char *text = read_tree_file("lib/policy/property.json", &len);

	if (cs_policy_build("property", text, len, &shipped, &faults, &edition, &p, &e) < 0)
		fail_msg("%s", e.text);
	free(text);
	cs_policy_free(p);
	cs_faults_free(&faults);
	spec.text = cs_buf_str(&edition);
	spec.len = edition.len;
	snprintf(folder, sizeof folder, "/tmp/csdesk-own-XXXXXX");
	assert_non_null(getcwd(before, sizeof before));
	assert_non_null(mkdtemp(folder));
	assert_int_equal(chdir(folder), 0);
	if (cs_create_database("desk.db", &spec, &what, &e) < 0)
		fail_msg("%s", e.text);
	cs_buf_free(&edition);
	*cli = (struct cs_cli){
		.program = &program,
		.command = &command,
		.common = {.db = "desk.db", .format = CS_FORMAT_TEXT, .now = "2026-11-21 09:30"}};
	cs_msg_quiet(true);
}

void own_desk_end(void)
{
	char remove_all[64];

	assert_int_equal(chdir(before), 0);
	snprintf(remove_all, sizeof remove_all, "rm -rf %s", folder);
	assert_int_equal(system(remove_all), 0);
}

void own_file(const char *name, const char *text)
{
	FILE *f = fopen(name, "wb");

	assert_non_null(f);
	fwrite(text, 1, strlen(text), f);
	fclose(f);
}
