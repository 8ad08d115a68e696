/* Making a database. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "domain/create.h"
#include "domain/session.h"
#include "policy_files.h"

static char folder[] = "/tmp/csdesk-make-XXXXXX", path[64];
static struct cs_buf edition;

static int begin(void **state)
{
	static const char text[] =
		"{\"policy\":\"own\",\"edition\":\"2026-01-01\",\"extends\":\"tiny\"}";
	struct cs_faults faults = {0};
	struct cs_policy *p = NULL;
	struct cs_err e = {0};

	(void)state;
	snprintf(folder, sizeof folder, "/tmp/csdesk-make-XXXXXX");
	if (!mkdtemp(folder) ||
	    cs_policy_build("own", text, strlen(text), &shipped, &faults, &edition, &p, &e) < 0)
		return -1;
	snprintf(path, sizeof path, "%s/desk.db", folder);
	cs_policy_free(p);
	cs_faults_free(&faults);
	return 0;
}

static int end(void **state)
{
	(void)state;
	unlink(path);
	rmdir(folder);
	cs_buf_free(&edition);
	return 0;
}

static struct cs_create spec(bool rehearsal, const char *seed)
{
	return (struct cs_create){.login = "caller",
				  .admin = "boss",
				  .admin_name = "老板",
				  .rehearsal = rehearsal,
				  .seed = seed,
				  .now = 1795224600,
				  .since = 1795190400,
				  .text = cs_buf_str(&edition),
				  .len = edition.len};
}

static void a_new_one(void **state)
{
	const struct cs_create c = spec(true, "s");
	const struct cs_caller boss = {.login = "boss", .now = 1795224600},
			       caller = {.login = "caller", .now = 1795224600};
	struct cs_session *s = NULL;
	struct cs_err e = {0};
	enum cs_created what;
	struct stat st;
	char id[33];

	(void)state;
	umask(077); /* the group guards the file, whatever the umask */
	assert_int_equal(cs_create_database(path, &c, &what, &e), 0);
	umask(022);
	assert_int_equal(what, CS_CREATED_NEW);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0660);
	assert_int_equal(cs_session_open(path, CS_DB_READ, CS_RIGHT_ADMIN, &boss, &s, &e), 0);
	assert_true(s->admin);
	assert_true(s->meta.rehearsal);
	assert_string_equal(s->policy->id, "own");
	assert_string_equal(s->org.staff[0].name, "老板");
	memcpy(id, s->meta.database_id, sizeof id);
	cs_session_close(s);
	assert_int_equal(cs_session_open(path, CS_DB_READ, CS_RIGHT_STAFF, &caller, &s, &e), -1);
	assert_int_equal(e.code, CS_DENIED);
	assert_int_equal(cs_create_database(path, &c, &what, &e), 0);
	assert_int_equal(what, CS_CREATED_CURRENT);
	/* The same seed, the same database. */
	unlink(path);
	assert_int_equal(cs_create_database(path, &c, &what, &e), 0);
	assert_int_equal(cs_session_open(path, CS_DB_READ, CS_RIGHT_STAFF, &boss, &s, &e), 0);
	assert_string_equal(s->meta.database_id, id);
	cs_session_close(s);
}

static void the_mode_stays(void **state)
{
	const struct cs_create live = spec(false, NULL), rehearsal = spec(true, NULL);
	struct cs_err e = {0};
	enum cs_created what;

	(void)state;
	assert_int_equal(cs_create_database(path, &live, &what, &e), 0);
	assert_int_equal(cs_create_database(path, &rehearsal, &what, &e), -1);
	assert_int_equal(e.code, CS_CONFIG);
}

/* Killed between the schema and the first row: another run finishes it. */
static void an_interrupted_one(void **state)
{
	const struct cs_create c = spec(false, NULL);
	const struct cs_caller boss = {.login = "boss", .now = 1795224600};
	struct cs_session *s = NULL;
	struct cs_db *db = NULL;
	struct cs_err e = {0};
	enum cs_created what;
	int before;

	(void)state;
	assert_int_equal(cs_db_create(path, &db, &before, &e), 0);
	cs_db_close(db);
	assert_int_equal(cs_session_open(path, CS_DB_READ, CS_RIGHT_STAFF, &boss, &s, &e), -1);
	assert_int_equal(e.code, CS_CONFIG);
	assert_non_null(strstr(e.text, "cs-init"));
	assert_int_equal(cs_create_database(path, &c, &what, &e), 0);
	assert_int_equal(what, CS_CREATED_NEW);
	assert_int_equal(cs_session_open(path, CS_DB_READ, CS_RIGHT_STAFF, &boss, &s, &e), 0);
	cs_session_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_new_one, begin, end),
		cmocka_unit_test_setup_teardown(the_mode_stays, begin, end),
		cmocka_unit_test_setup_teardown(an_interrupted_one, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
