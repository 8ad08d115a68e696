/* The door to the engine: files that are not ours, transactions, savepoints, statements, copies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "database.h"
#include "store/counter.h"
#include "store/db.h"
#include "store/meta.h"

static struct cs_db *db;

static int begin(void **state)
{
	(void)state;
	db = test_db_begin();
	return 0;
}

static int end(void **state)
{
	(void)state;
	test_db_end(db);
	return 0;
}

static int64_t next(const char *prefix, int32_t day)
{
	struct cs_err e = {0};
	int64_t n = 0;

	if (cs_counter_next(db, prefix, day, &n, &e) < 0 || cs_counter_set(db, prefix, day, n, &e) < 0)
		fail_msg("%s", e.text);
	return n;
}

/* The running numbers of each prefix and day, without holes but those of what was undone. */
static void test_counter_and_savepoints(void **state)
{
	struct cs_err e = {0};

	(void)state;
	assert_false(cs_db_in_transaction(db));
	assert_int_equal(cs_db_begin(db, &e), 0);
	assert_true(cs_db_in_transaction(db));
	assert_int_equal(next("R", 1), 1);
	assert_int_equal(next("R", 1), 2);
	assert_int_equal(next("R", 2), 1);
	assert_int_equal(next("C", 1), 1);
	assert_int_equal(cs_db_savepoint(db, &e), 0);
	assert_int_equal(next("R", 1), 3);
	assert_int_equal(cs_db_rollback_to(db, &e), 0);
	assert_int_equal(cs_db_savepoint(db, &e), 0);
	assert_int_equal(next("R", 1), 3);
	assert_int_equal(cs_db_release(db, &e), 0);
	assert_int_equal(next("R", 1), 4);
	assert_int_equal(cs_db_commit(db, &e), 0);
	assert_int_equal(cs_db_begin(db, &e), 0);
	assert_int_equal(next("R", 1), 5);
	cs_db_rollback(db);
	cs_db_rollback(db); /* harmless */
	assert_int_equal(cs_db_begin(db, &e), 0);
	assert_int_equal(next("R", 1), 5);
	cs_db_rollback(db);
}

static void test_statements(void **state)
{
	static const char sql[] = "SELECT :a, :b, :c";
	struct cs_err e = {0};
	struct cs_stmt *s = cs_db_prepare(db, sql, &e);
	size_t n;

	(void)state;
	assert_non_null(s);
	cs_bind_int(s, ":a", INT64_MIN);
	cs_bind_text(s, ":b", NULL);
	cs_bind_blob(s, ":c", "\0x", 2);
	assert_int_equal(cs_step(s, &e), 1);
	assert_int_equal(cs_col_int(s, 0), INT64_MIN);
	assert_true(cs_col_null(s, 1));
	assert_null(cs_col_text(s, 1));
	assert_memory_equal(cs_col_blob(s, 2, &n), "\0x", 2);
	assert_int_equal(n, 2);
	assert_int_equal(cs_step(s, &e), 0);
	assert_ptr_equal(cs_db_prepare(db, sql, &e), s); /* kept by its text's address */
	assert_int_equal(cs_step(s, &e), 1);
	assert_true(cs_col_null(s, 0)); /* bindings are cleared */
	s = cs_db_prepare(db, sql, &e);
	cs_bind_int(s, ":nosuch", 1);
	assert_int_equal(cs_step(s, &e), -1);
	assert_int_equal(e.code, CS_INTERNAL);
	assert_null(cs_db_prepare(db, "SELEC", &e));
	cs_stmt_done(NULL);
}

static void write_file(const char *path, const char *text, size_t len)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	fwrite(text, 1, len, f);
	fclose(f);
}

static void test_other_files(void **state)
{
	struct cs_db *other = NULL;
	struct cs_err e = {0};
	char path[128];

	(void)state;
	snprintf(path, sizeof path, "%s-other", test_db_path());
	assert_int_equal(cs_db_open(path, CS_DB_READ, &other, &e), -1);
	assert_int_equal(e.code, CS_NOTFOUND);
	assert_null(other);
	write_file(path, "", 0);
	assert_int_equal(cs_db_open(path, CS_DB_READ, &other, &e), -1);
	assert_int_equal(e.code, CS_CONFIG);
	write_file(
		path,
		"not a database at all, but longer than a header, which has a hundred bytes of its own, so that it "
		"is read",
		104);
	assert_int_equal(cs_db_open(path, CS_DB_READ, &other, &e), -1);
	assert_true(e.code == CS_CONFIG || e.code == CS_IO);
	unlink(path);
}

static void test_copy(void **state)
{
	struct cs_db *copy = NULL;
	struct cs_faults faults = {0};
	struct cs_err e = {0};
	int64_t edition, org;
	char path[128];

	(void)state;
	snprintf(path, sizeof path, "%s-copy", test_db_path());
	assert_int_equal(cs_db_copy(db, path, &e), 0);
	assert_int_equal(cs_db_copy(db, path, &e), -1); /* must not exist */
	assert_int_equal(cs_db_open(path, CS_DB_READ, &copy, &e), 0);
	assert_int_equal(cs_db_integrity(copy, &faults, &e), 0);
	assert_int_equal(faults.count, 0);
	assert_int_equal(cs_meta_versions(copy, &edition, &org, &e), 0);
	cs_db_close(copy);
	unlink(path);
	strcat(path, "-wal");
	unlink(path);
	strcpy(strrchr(path, '-'), "-shm");
	unlink(path);
}

static struct cs_db *writer;
static bool stopping;

/* Asked while a copy goes on: another program writes just then. */
static bool asked(void)
{
	struct cs_err e = {0};

	if (writer)
		assert_int_equal(cs_meta_org_changed(writer, &e), 0);
	return stopping;
}

static void test_copy_beside_a_writer(void **state)
{
	struct cs_db *copy = NULL;
	struct cs_err e = {0};
	int64_t edition, before, after, copied;
	char path[128];

	(void)state;
	snprintf(path, sizeof path, "%s-copy", test_db_path());
	assert_int_equal(cs_db_open(test_db_path(), CS_DB_WRITE, &writer, &e), 0);
	assert_int_equal(cs_meta_versions(db, &edition, &before, &e), 0);
	cs_db_stop_when(asked);
	assert_int_equal(cs_db_copy(db, path, &e), 0);
	cs_db_stop_when(NULL);
	assert_int_equal(cs_meta_versions(db, &edition, &after, &e), 0);
	assert_true(after > before);
	assert_int_equal(cs_db_open(path, CS_DB_READ, &copy, &e), 0);
	assert_int_equal(cs_meta_versions(copy, &edition, &copied, &e), 0);
	assert_int_equal(copied, before); /* one state, that of the beginning */
	cs_db_close(copy);
	cs_db_close(writer);
	writer = NULL;
	unlink(path);
}

/* Long work ends when it is told to, and leaves no half copy. */
static void test_stop(void **state)
{
	static const char sql[] = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT 1000000) "
				  "SELECT count(*) FROM c";
	struct cs_db *other = NULL;
	struct cs_err e = {0};
	char path[128];

	(void)state;
	snprintf(path, sizeof path, "%s-copy", test_db_path());
	cs_db_stop_when(asked);
	assert_int_equal(cs_db_open(test_db_path(), CS_DB_READ, &other, &e), 0);
	assert_int_equal(cs_step(cs_db_prepare(other, sql, &e), &e), 1);
	stopping = true;
	assert_int_equal(cs_step(cs_db_prepare(other, sql, &e), &e), -1);
	assert_int_equal(e.code, CS_BUSY);
	assert_int_equal(cs_db_copy(db, path, &e), -1);
	assert_int_equal(e.code, CS_BUSY);
	assert_int_equal(access(path, F_OK), -1);
	cs_db_stop_when(NULL);
	stopping = false;
	assert_int_equal(cs_db_begin(db, &e), 0); /* the snapshot is given back */
	cs_db_rollback(db);
	cs_db_close(other);
}

/* Design section 7: every writer begins with the write lock; one who read first would fail when it comes to write. */
static void test_write_lock(void **state)
{
	struct cs_db *other = NULL;
	struct cs_err e = {0};

	(void)state;
	cs_db_wait(0);
	assert_int_equal(cs_db_open(test_db_path(), CS_DB_WRITE, &other, &e), 0);
	assert_int_equal(cs_db_begin(db, &e), 0);
	assert_int_equal(cs_db_begin(other, &e), -1);
	assert_int_equal(e.code, CS_BUSY);
	assert_int_equal(cs_db_begin_read(other, &e), 0);
	cs_db_rollback(other);
	cs_db_rollback(db);
	assert_int_equal(cs_db_begin(other, &e), 0);
	cs_db_close(other);
	cs_db_wait(10000);
}

/* A second writer waits for the first; a reader keeps the snapshot it began with. */
static void test_two_connections(void **state)
{
	struct cs_db *reader = NULL;
	struct cs_err e = {0};
	int64_t edition, before, after;

	(void)state;
	assert_int_equal(cs_db_open(test_db_path(), CS_DB_READ, &reader, &e), 0);
	assert_int_equal(cs_db_begin_read(reader, &e), 0);
	assert_int_equal(cs_meta_versions(reader, &edition, &before, &e), 0);
	assert_int_equal(cs_db_begin(db, &e), 0);
	assert_int_equal(cs_meta_org_changed(db, &e), 0);
	assert_int_equal(cs_db_commit(db, &e), 0);
	assert_int_equal(cs_meta_versions(reader, &edition, &after, &e), 0);
	assert_int_equal(after, before);
	cs_db_rollback(reader);
	assert_int_equal(cs_meta_versions(reader, &edition, &after, &e), 0);
	assert_int_equal(after, before + 1);
	cs_db_close(reader);
}

/* Design section 7: what is committed survives a power cut; what is cleared is zeroed. */
static void test_settings(void **state)
{
	static const struct {
		const char *ask;
		int64_t value;
	} cases[] = {
		{"PRAGMA synchronous", 2},
		{"PRAGMA secure_delete", 1},
		{"PRAGMA foreign_keys", 1},
		{"PRAGMA trusted_schema", 0},
		{"SELECT journal_mode = 'wal' FROM pragma_journal_mode", 1},
	};
	struct cs_err e = {0};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_stmt *s = cs_db_prepare(db, cases[i].ask, &e);

		assert_non_null(s);
		assert_int_equal(cs_step(s, &e), 1);
		if (cs_col_int(s, 0) != cases[i].value)
			fail_msg("%s: %lld", cases[i].ask, (long long)cs_col_int(s, 0));
		cs_stmt_done(s);
	}
}

/* The log is not emptied while a reader needs it; afterwards it is. */
static void test_log_emptied(void **state)
{
	struct cs_db *reader = NULL;
	struct cs_err e = {0};
	int64_t edition, org;

	(void)state;
	assert_int_equal(cs_db_open(test_db_path(), CS_DB_READ, &reader, &e), 0);
	assert_int_equal(cs_db_begin_read(reader, &e), 0);
	assert_int_equal(cs_meta_versions(reader, &edition, &org, &e), 0);
	assert_int_equal(cs_db_begin(db, &e), 0);
	assert_int_equal(cs_meta_org_changed(db, &e), 0);
	assert_int_equal(cs_db_commit(db, &e), 0);
	cs_db_wait(20);
	assert_int_equal(cs_db_checkpoint(db, true, &e), -1);
	assert_int_equal(e.code, CS_BUSY);
	assert_int_equal(cs_db_checkpoint(db, false, &e), 0);
	cs_db_rollback(reader);
	assert_int_equal(cs_db_checkpoint(db, true, &e), 0);
	cs_db_close(reader);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_counter_and_savepoints, begin, end),
		cmocka_unit_test_setup_teardown(test_statements, begin, end),
		cmocka_unit_test_setup_teardown(test_other_files, begin, end),
		cmocka_unit_test_setup_teardown(test_copy, begin, end),
		cmocka_unit_test_setup_teardown(test_copy_beside_a_writer, begin, end),
		cmocka_unit_test_setup_teardown(test_stop, begin, end),
		cmocka_unit_test_setup_teardown(test_write_lock, begin, end),
		cmocka_unit_test_setup_teardown(test_two_connections, begin, end),
		cmocka_unit_test_setup_teardown(test_settings, begin, end),
		cmocka_unit_test_setup_teardown(test_log_emptied, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
