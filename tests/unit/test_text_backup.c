/* Backups: a whole copy or none, never over another file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "desk.h"
#include "store/event.h"
#include "text/backup.h"

static int begin(void **state)
{
	(void)state;
	desk_begin();
	return 0;
}

static int end(void **state)
{
	(void)state;
	desk_end();
	return 0;
}

static char to[128];

static const char *beside(const char *name)
{
	snprintf(to, sizeof to, "%s", desk_path());
	snprintf(strrchr(to, '/') + 1, 40, "%s", name);
	return to;
}

static void put_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void test_copy(void **state)
{
	struct cs_backup b = {0};
	struct cs_db *copy = NULL;
	struct cs_chain chain = {0};
	struct cs_err e = {0};

	(void)state;
	desk_register("request", "eng.leak", "", NULL);
	if (cs_backup_write(desk->db, beside("copy.db"), true, &b, &e) < 0)
		fail_msg("%s", e.text);
	assert_int_equal(b.faults, 0);
	assert_int_equal(cs_db_open(to, CS_DB_READ, &copy, &e), 0);
	assert_int_equal(cs_chain_load(copy, desk->meta.database_id, &chain, &e), 0);
	assert_int_equal(b.count, cs_event_count(copy, &e));
	assert_memory_equal(b.head, chain.head, CS_HASH_SIZE);
	cs_db_close(copy);
	desk_register("request", "eng.leak", "", NULL);
	assert_int_equal(cs_backup_write(desk->db, to, true, &b, &e), -1);
	assert_int_equal(e.code, CS_USAGE);
	assert_non_null(strstr(e.text, "exists already"));
	assert_int_equal(unlink(to), 0);
}

static void test_refused(void **state)
{
	struct cs_backup b = {0};
	struct cs_err e = {0};

	(void)state;
	put_file(beside("copy.db-wal"), "a log");
	assert_int_equal(cs_backup_write(desk->db, beside("copy.db"), false, &b, &e), -1);
	assert_int_equal(e.code, CS_USAGE);
	assert_non_null(strstr(e.text, "copy.db-wal: belongs to another database"));
	assert_int_equal(access(to, F_OK), -1);
	assert_int_equal(unlink(beside("copy.db-wal")), 0);
	assert_int_equal(cs_backup_write(desk->db, beside("none/copy.db"), false, &b, &e), -1);
	assert_int_not_equal(e.code, CS_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_copy, begin, end),
		cmocka_unit_test_setup_teardown(test_refused, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
