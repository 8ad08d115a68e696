/* The door to SQLite. Engine-only words (pragmas, file header fields) stay in this file. */
#include "store/db.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/migrations.h"

enum { SLOTS = 512 };

enum { STOP_STEPS = 100000, COPY_PAGES = 1024 };

static int64_t wait_limit_ms = 10000;
static bool (*stop_when)(void);

struct cs_stmt {
	struct cs_db *db;
	const char *key; /* the fixed text, by pointer */
	sqlite3_stmt *stmt;
	const char *bad_name;
	int bind_fault;
	bool checked;
};

struct cs_db {
	sqlite3 *sql;
	char *path;
	struct cs_stmt slot[SLOTS]; /* open addressing by pointer */
	unsigned used;
	struct timespec wait_began;
	unsigned jitter;
	int64_t vm_steps, scan_steps;
};

static bool is_on_readonly(const char *path)
{
	struct statvfs fs;

	return statvfs(path, &fs) == 0 && (fs.f_flag & ST_RDONLY) != 0;
}

static int db_fail(struct cs_db *db, int rc, const char *doing, struct cs_err *e)
{
	const char *what = db->sql ? sqlite3_errmsg(db->sql) : sqlite3_errstr(rc);

	/* The log and its index are made at the first use: a full disk shows there as a failed file operation. */
	if (((rc & 0xFF) == SQLITE_IOERR || (rc & 0xFF) == SQLITE_CANTOPEN) && db->sql &&
	    sqlite3_system_errno(db->sql) == ENOSPC)
		rc = SQLITE_FULL;
	if ((rc & 0xFF) == SQLITE_CANTOPEN && is_on_readonly(db->path))
		rc = SQLITE_READONLY;
	switch (rc & 0xFF) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return cs_fail(e, CS_BUSY, "%s: the database is in use by another program; try again", db->path);
	case SQLITE_FULL:
		return cs_fail(e, CS_BUSY, "%s: the disk is full; nothing of this transaction was kept", db->path);
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_AUTH:
		return cs_fail(e, CS_DENIED,
			       "%s: the database or its folder cannot be written, where its log is kept; read a copy "
			       "in a folder that can",
			       db->path);
	case SQLITE_INTERRUPT:
		return cs_fail(e, CS_BUSY, "%s: ended by a signal", db->path);
	case SQLITE_NOTADB:
		return cs_fail(e, CS_CONFIG, "%s: not a csdesk database", db->path);
	case SQLITE_CONSTRAINT:
	case SQLITE_ERROR:
	case SQLITE_MISUSE:
	case SQLITE_RANGE:
	case SQLITE_MISMATCH:
		return cs_fail(e, CS_INTERNAL, "%s: %s: %s", db->path, doing, what);
	default:
		return cs_fail(e, CS_IO, "%s: %s: %s", db->path, doing, what);
	}
}

void cs_db_wait(int64_t milliseconds)
{
	wait_limit_ms = milliseconds;
}

void cs_db_stop_when(bool (*stop)(void))
{
	stop_when = stop;
}

static int is_to_stop(void *arg)
{
	(void)arg;
	return stop_when && stop_when();
}

/* Jittered polls of 1-5 ms: SQLite's own waiting makes the worst wait more than twice as long. */
static int wait_for_lock(void *arg, int calls)
{
	struct cs_db *db = arg;
	struct timespec now, pause;
	int64_t waited;

	clock_gettime(CLOCK_MONOTONIC, &now);
	if (calls == 0)
		db->wait_began = now;
	waited = (now.tv_sec - db->wait_began.tv_sec) * 1000 + (now.tv_nsec - db->wait_began.tv_nsec) / 1000000;
	if (waited >= wait_limit_ms)
		return 0;
	db->jitter = db->jitter * 1103515245U + 12345U;
	pause = (struct timespec){0, (1 + (long)((db->jitter >> 16) % 5)) * 1000000L};
	nanosleep(&pause, NULL);
	return 1;
}

/* doing: said when it fails. */
static int execute(struct cs_db *db, const char *text, const char *doing, struct cs_err *e)
{
	int rc = sqlite3_exec(db->sql, text, NULL, NULL, NULL);

	return rc == SQLITE_OK ? 0 : db_fail(db, rc, doing, e);
}

static int pragma(struct cs_db *db, const char *text, struct cs_err *e)
{
	return execute(db, text, "open", e);
}

static int pragma_int(struct cs_db *db, const char *text, int64_t *out, struct cs_err *e)
{
	sqlite3_stmt *s = NULL;
	int rc = sqlite3_prepare_v2(db->sql, text, -1, &s, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_step(s);
	if (rc == SQLITE_ROW)
		*out = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return rc == SQLITE_ROW ? 0 : db_fail(db, rc, "open", e);
}

/* One thread, no statistics: the engine's own locks around memory cost a bulk import some percent. */
static void configure(void)
{
	static bool done;

	if (!done) {
		sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
		sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	}
	done = true;
}

static bool has_log(const char *path)
{
	char *log = NULL;
	struct stat st;
	bool there;

	if (asprintf(&log, "%s-wal", path) < 0)
		cs_oom();
	there = stat(log, &st) == 0 && st.st_size > 0;
	free(log);
	return there;
}

/* Without locks and without the log's index, which could not be made beside it: nothing changes there. */
static char *immutable_name(const char *path)
{
	char *name = cs_alloc(3 * strlen(path) + 32), *at = name + sprintf(name, "file:");

	for (const char *p = path; *p; p++)
		at += sprintf(at, "%%%02X", (unsigned)(unsigned char)*p);
	sprintf(at, "?immutable=1");
	return name;
}

static int open_handle(struct cs_db *db, const char *path, int flags)
{
	char *name = NULL;
	int rc;

	flags |= SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
	if ((flags & SQLITE_OPEN_READONLY) && is_on_readonly(path) && !has_log(path)) {
		name = immutable_name(path);
		flags |= SQLITE_OPEN_URI;
	}
	rc = sqlite3_open_v2(name ? name : path, &db->sql, flags, NULL);
	free(name);
	return rc;
}

static int open_file(const char *path, int flags, struct cs_db **out, struct cs_err *e)
{
	struct cs_db *db = cs_alloc(sizeof *db);
	int rc;

	configure();
	*out = NULL;
	db->path = cs_strdup(path);
	db->jitter = (unsigned)getpid() * 2654435761U;
	rc = open_handle(db, path, flags);
	if (rc != SQLITE_OK) {
		db_fail(db, rc, "open", e);
		cs_db_close(db);
		return -1;
	}
	sqlite3_busy_handler(db->sql, wait_for_lock, db);
	if (stop_when)
		sqlite3_progress_handler(db->sql, STOP_STEPS, is_to_stop, NULL);
	if (pragma(db,
		   "PRAGMA foreign_keys=ON; PRAGMA synchronous=FULL; PRAGMA trusted_schema=OFF; "
		   "PRAGMA secure_delete=ON",
		   e) < 0) {
		cs_db_close(db);
		return -1;
	}
	*out = db;
	return 0;
}

int cs_db_schema_version(void)
{
	return cs_migration_count ? cs_migrations[cs_migration_count - 1].version : 0;
}

static int check_identity(struct cs_db *db, struct cs_err *e)
{
	int64_t application = 0, version = 0;
	int known = cs_db_schema_version();

	if (pragma_int(db, "PRAGMA application_id", &application, e) < 0 ||
	    pragma_int(db, "PRAGMA user_version", &version, e) < 0)
		return -1;
	if (application != CS_DB_APPLICATION)
		return cs_fail(e, CS_CONFIG, "%s: not a csdesk database (make one with cs-init)", db->path);
	if (version > known)
		return cs_fail(e, CS_CONFIG,
			       "%s: made by a newer csdesk (schema %lld, this program knows %d); update the programs",
			       db->path, (long long)version, known);
	if (version < known)
		return cs_fail(e, CS_CONFIG,
			       "%s: made by an older csdesk (schema %lld, this program wants %d); run cs-init on it",
			       db->path, (long long)version, known);
	return 0;
}

static int check_file(const char *path, struct cs_err *e)
{
	struct stat st;

	if (stat(path, &st) < 0) {
		if (errno == ENOENT || errno == ENOTDIR)
			return cs_fail(e, CS_NOTFOUND,
				       "%s: no such database (make one with cs-init, or name one with -d or CS_DB)",
				       path);
		return cs_fail(e, errno == EACCES ? CS_DENIED : CS_IO, "%s: %s", path, strerror(errno));
	}
	if (!S_ISREG(st.st_mode))
		return cs_fail(e, CS_CONFIG, "%s: not a csdesk database (not a regular file)", path);
	return 0;
}

static int check_filled(const char *path, struct cs_err *e)
{
	struct stat st;

	return stat(path, &st) == 0 && st.st_size == 0
		       ? cs_fail(e, CS_CONFIG, "%s: not a csdesk database (empty file); cs-init makes it one", path)
		       : 0;
}

static int check_access(const char *path, int how, struct cs_err *e)
{
	if (access(path, how) == 0)
		return 0;
	return cs_fail(e, CS_DENIED, "%s: %s%s", path, strerror(errno),
		       errno == EROFS ? "; cs-backup --restore makes a database of it elsewhere" : "");
}

int cs_db_open(const char *path, enum cs_db_mode mode, struct cs_db **out, struct cs_err *e)
{
	struct cs_db *db = NULL;

	*out = NULL;
	if (check_file(path, e) < 0 || check_filled(path, e) < 0)
		return -1;
	if (check_access(path, mode == CS_DB_WRITE ? R_OK | W_OK : R_OK, e) < 0)
		return -1;
	if (open_file(path, mode == CS_DB_WRITE ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY, &db, e) < 0)
		return -1;
	if (check_identity(db, e) < 0) {
		cs_db_close(db);
		return -1;
	}
	*out = db;
	return 0;
}

/* Locks over a network are not to be trusted, and WAL needs shared memory. */
static int refuse_network(const char *path, struct cs_err *e)
{
	static const unsigned long remote[] = {0x6969 /* NFS */, 0xFF534D42 /* CIFS */, 0xFE534D42 /* SMB2 */,
					       0x517B /* SMB */, 0x01021997 /* 9P */, 0x00C36400 /* Ceph */,
					       0x5346414F /* AFS */, 0x73757245 /* Coda */};
	struct statfs fs;
	char *dir = cs_strdup(path), *slash = strrchr(dir, '/');
	int rc;

	if (slash)
		slash[slash == dir] = '\0';
	rc = statfs(slash ? dir : ".", &fs);
	free(dir);
	if (rc < 0)
		return cs_fail(e, errno == EACCES ? CS_DENIED : CS_NOTFOUND, "%s: %s", path, strerror(errno));
	for (size_t i = 0; i < sizeof remote / sizeof *remote; i++)
		if ((unsigned long)fs.f_type == remote[i])
			return cs_fail(e, CS_CONFIG,
				       "%s: on a network file system; the database must be on a local disk", path);
	return 0;
}

static int migrate(struct cs_db *db, int64_t version, struct cs_err *e)
{
	for (size_t i = 0; i < cs_migration_count; i++) {
		char set[64];

		if (cs_migrations[i].version <= version)
			continue;
		snprintf(set, sizeof set, "PRAGMA user_version=%d", cs_migrations[i].version);
		if (cs_db_begin(db, e) < 0)
			return -1;
		if (execute(db, cs_migrations[i].sql, "migrate", e) < 0 || execute(db, set, "migrate", e) < 0 ||
		    cs_db_commit(db, e) < 0) {
			cs_db_rollback(db);
			return cs_fail_in(e, "migration %d", cs_migrations[i].version);
		}
	}
	return 0;
}

/* Mode 660 less the umask: the group guards the file. */
static int create_file(const char *path, struct cs_err *e)
{
	int fd = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0660);

	if (fd < 0)
		return cs_fail(e, errno == EACCES || errno == EROFS ? CS_DENIED : CS_IO, "%s: %s", path,
			       strerror(errno));
	close(fd);
	return 0;
}

/* Nothing is in it yet: new, or left by a cs-init that was ended early. */
static int is_fresh(struct cs_db *db, bool *fresh, struct cs_err *e)
{
	int64_t application = 0, version = 0, tables = 0;

	if (pragma_int(db, "PRAGMA application_id", &application, e) < 0 ||
	    pragma_int(db, "PRAGMA user_version", &version, e) < 0 ||
	    pragma_int(db, "SELECT count(*) FROM sqlite_schema", &tables, e) < 0)
		return -1;
	*fresh = tables == 0 && version == 0 && (application == 0 || application == CS_DB_APPLICATION);
	return 0;
}

static int identify(struct cs_db *db, bool fresh, int64_t *version, struct cs_err *e)
{
	int64_t application = 0;
	char set[64];

	snprintf(set, sizeof set, "PRAGMA application_id=%d", CS_DB_APPLICATION);
	if (fresh)
		return pragma(db, set, e);
	if (pragma_int(db, "PRAGMA application_id", &application, e) < 0 ||
	    pragma_int(db, "PRAGMA user_version", version, e) < 0)
		return -1;
	return application != CS_DB_APPLICATION || *version > cs_db_schema_version() ? check_identity(db, e) : 0;
}

int cs_db_create(const char *path, struct cs_db **out, int *version_before, struct cs_err *e)
{
	struct cs_db *db = NULL;
	struct stat st;
	bool made = stat(path, &st) < 0 && errno == ENOENT, fresh;
	int64_t version = 0;

	*out = NULL;
	*version_before = 0;
	if (refuse_network(path, e) < 0)
		return -1;
	if (made ? create_file(path, e) < 0 : check_file(path, e) < 0 || check_access(path, R_OK | W_OK, e) < 0)
		return -1;
	if (open_file(path, SQLITE_OPEN_READWRITE, &db, e) < 0 || is_fresh(db, &fresh, e) < 0)
		goto fail;
	/* The people of the desk share the file through its group, whatever umask cs-init has. */
	if (fresh && chmod(path, 0660) < 0) {
		cs_fail(e, CS_IO, "%s: %s", path, strerror(errno));
		goto fail;
	}
	if (identify(db, fresh, &version, e) < 0 || pragma(db, "PRAGMA journal_mode=WAL", e) < 0 ||
	    migrate(db, version, e) < 0)
		goto fail;
	*version_before = (int)version;
	*out = db;
	return 0;
fail:
	cs_db_close(db);
	if (made)
		unlink(path);
	return -1;
}

static void finish_stats(struct cs_stmt *s)
{
	s->db->vm_steps += sqlite3_stmt_status(s->stmt, SQLITE_STMTSTATUS_VM_STEP, 1);
	s->db->scan_steps += sqlite3_stmt_status(s->stmt, SQLITE_STMTSTATUS_FULLSCAN_STEP, 1);
}

void cs_db_close(struct cs_db *db)
{
	if (!db)
		return;
	for (size_t i = 0; i < SLOTS; i++)
		sqlite3_finalize(db->slot[i].stmt);
	sqlite3_close(db->sql);
	free(db->path);
	free(db);
}

int cs_db_begin(struct cs_db *db, struct cs_err *e)
{
	return execute(db, "BEGIN IMMEDIATE", "begin", e);
}

int cs_db_begin_read(struct cs_db *db, struct cs_err *e)
{
	return execute(db, "BEGIN", "begin", e);
}

int cs_db_commit(struct cs_db *db, struct cs_err *e)
{
	return execute(db, "COMMIT", "commit", e);
}

void cs_db_rollback(struct cs_db *db)
{
	if (db && !sqlite3_get_autocommit(db->sql))
		sqlite3_exec(db->sql, "ROLLBACK", NULL, NULL, NULL);
}

int cs_db_savepoint(struct cs_db *db, struct cs_err *e)
{
	return execute(db, "SAVEPOINT one", "savepoint", e);
}

int cs_db_release(struct cs_db *db, struct cs_err *e)
{
	return execute(db, "RELEASE one", "release", e);
}

int cs_db_rollback_to(struct cs_db *db, struct cs_err *e)
{
	return execute(db, "ROLLBACK TO one; RELEASE one", "roll back", e);
}

bool cs_db_in_transaction(const struct cs_db *db)
{
	return !sqlite3_get_autocommit(db->sql);
}

int cs_db_bulk(struct cs_db *db, struct cs_err *e)
{
	return pragma(db, "PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=20000", e);
}

int cs_db_checkpoint(struct cs_db *db, bool truncate, struct cs_err *e)
{
	int mode = truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;
	int rc, calls = 0;

	/* Beside another's checkpoint the engine does not wait. */
	do
		rc = sqlite3_wal_checkpoint_v2(db->sql, NULL, mode, NULL, NULL);
	while (rc == SQLITE_BUSY && truncate && wait_for_lock(db, calls++));
	if (rc == SQLITE_BUSY && !truncate)
		return 0; /* a reader is in the way; the next one will do it */
	return rc == SQLITE_OK ? 0 : db_fail(db, rc, "checkpoint", e);
}

int cs_db_sweep(struct cs_db *db, struct cs_err *e)
{
	return execute(db, "VACUUM", "vacuum", e) < 0 ? -1 : cs_db_checkpoint(db, true, e);
}

int cs_db_integrity(struct cs_db *db, struct cs_faults *faults, struct cs_err *e)
{
	sqlite3_stmt *s = NULL;
	int rc = sqlite3_prepare_v2(db->sql, "PRAGMA integrity_check", -1, &s, NULL);

	while (rc == SQLITE_OK || rc == SQLITE_ROW) {
		const char *text;

		rc = sqlite3_step(s);
		text = rc == SQLITE_ROW ? (const char *)sqlite3_column_text(s, 0) : NULL;
		if (text && strcmp(text, "ok") != 0)
			cs_faults_add(faults, "file: %s", text);
	}
	sqlite3_finalize(s);
	return rc == SQLITE_DONE ? 0 : db_fail(db, rc, "check", e);
}

int cs_db_highest_id(struct cs_db *db, const char *table, int64_t *out, struct cs_err *e)
{
	static const char sql_sequence[] = "SELECT seq FROM sqlite_sequence WHERE name = :name";
	struct cs_stmt *s = cs_db_prepare(db, sql_sequence, e);
	int rc;

	if (!s)
		return -1;
	cs_bind_text(s, ":name", table);
	rc = cs_step(s, e);
	*out = rc == 1 ? cs_col_int(s, 0) : 0;
	cs_stmt_done(s);
	return rc < 0 ? -1 : 0;
}

static int fail_copy(const char *to, int rc, sqlite3 *target, struct cs_err *e)
{
	switch (rc & 0xFF) {
	case SQLITE_FULL: return cs_fail(e, CS_BUSY, "%s: the disk is full", to);
	case SQLITE_INTERRUPT: return cs_fail(e, CS_BUSY, "%s: ended by a signal", to);
	default: return cs_fail(e, CS_IO, "%s: %s", to, sqlite3_errmsg(target));
	}
}

/* In one snapshot of the source (cs_db_copy begins it); in WAL mode writers go on beside it. */
static int copy_pages(struct cs_db *db, sqlite3 *target)
{
	sqlite3_backup *b = sqlite3_backup_init(target, "main", db->sql, "main");
	int rc;

	if (!b)
		return sqlite3_errcode(target);
	do
		rc = is_to_stop(NULL) ? SQLITE_INTERRUPT : sqlite3_backup_step(b, COPY_PAGES);
	while (rc == SQLITE_OK);
	sqlite3_backup_finish(b);
	return rc == SQLITE_DONE ? sqlite3_exec(target, "PRAGMA journal_mode=WAL", NULL, NULL, NULL) : rc;
}

int cs_db_copy(struct cs_db *db, const char *to, struct cs_err *e)
{
	sqlite3 *target = NULL;
	int64_t pages;
	int rc;

	if (access(to, F_OK) == 0)
		return cs_fail(e, CS_USAGE, "%s: exists already; a copy never overwrites", to);
	if (cs_db_begin_read(db, e) < 0)
		return -1;
	/* The first read takes the snapshot, which the copy then stays with. */
	if (pragma_int(db, "PRAGMA page_count", &pages, e) < 0 || create_file(to, e) < 0) {
		cs_db_rollback(db);
		return -1;
	}
	rc = sqlite3_open_v2(to, &target, SQLITE_OPEN_READWRITE, NULL);
	if (rc == SQLITE_OK)
		rc = copy_pages(db, target);
	if (rc != SQLITE_OK)
		fail_copy(to, rc, target, e);
	sqlite3_close(target);
	cs_db_rollback(db);
	if (rc != SQLITE_OK)
		unlink(to);
	return rc == SQLITE_OK ? 0 : -1;
}

struct cs_stmt *cs_db_prepare(struct cs_db *db, const char *sql, struct cs_err *e)
{
	size_t at = ((uintptr_t)sql >> 3) % SLOTS;
	struct cs_stmt *s;
	int rc;

	while (db->slot[at].key && db->slot[at].key != sql)
		at = (at + 1) % SLOTS;
	s = &db->slot[at];
	if (s->key) {
		sqlite3_reset(s->stmt);
		sqlite3_clear_bindings(s->stmt);
		s->bad_name = NULL;
		s->bind_fault = SQLITE_OK;
		return s;
	}
	if (db->used >= SLOTS - 8) {
		cs_fail(e, CS_INTERNAL, "too many statements in one program");
		return NULL;
	}
	rc = sqlite3_prepare_v3(db->sql, sql, -1, SQLITE_PREPARE_PERSISTENT, &s->stmt, NULL);
	if (rc != SQLITE_OK) {
		db_fail(db, rc, "prepare", e);
		return NULL;
	}
	s->db = db;
	s->key = sql;
	db->used++;
	return s;
}

static int param(struct cs_stmt *s, const char *name)
{
	int at = sqlite3_bind_parameter_index(s->stmt, name);

	if (at == 0)
		s->bad_name = name;
	return at;
}

static void keep(struct cs_stmt *s, int rc)
{
	if (rc != SQLITE_OK && s->bind_fault == SQLITE_OK)
		s->bind_fault = rc;
}

void cs_bind_int_at(struct cs_stmt *s, int at, int64_t v)
{
	keep(s, sqlite3_bind_int64(s->stmt, at, v));
}

void cs_bind_text_at(struct cs_stmt *s, int at, const char *v)
{
	keep(s, v ? sqlite3_bind_text(s->stmt, at, v, -1, SQLITE_STATIC) : sqlite3_bind_null(s->stmt, at));
}

void cs_bind_blob_at(struct cs_stmt *s, int at, const void *p, size_t n)
{
	keep(s, p ? sqlite3_bind_blob64(s->stmt, at, p, n, SQLITE_STATIC) : sqlite3_bind_null(s->stmt, at));
}

void cs_bind_int(struct cs_stmt *s, const char *name, int64_t v)
{
	int at = param(s, name);

	if (at)
		cs_bind_int_at(s, at, v);
}

void cs_bind_text(struct cs_stmt *s, const char *name, const char *v)
{
	int at = param(s, name);

	if (at)
		cs_bind_text_at(s, at, v);
}

void cs_bind_blob(struct cs_stmt *s, const char *name, const void *p, size_t n)
{
	int at = param(s, name);

	if (at)
		cs_bind_blob_at(s, at, p, n);
}

void cs_bind_null(struct cs_stmt *s, const char *name)
{
	cs_bind_text(s, name, NULL);
}

const char *cs_stmt_param(struct cs_stmt *s, int at)
{
	return sqlite3_bind_parameter_name(s->stmt, at);
}

bool *cs_stmt_checked(struct cs_stmt *s)
{
	return &s->checked;
}

int cs_step(struct cs_stmt *s, struct cs_err *e)
{
	int rc;

	if (s->bad_name)
		return cs_fail(e, CS_INTERNAL, "statement has no parameter %s", s->bad_name);
	if (s->bind_fault != SQLITE_OK)
		return db_fail(s->db, s->bind_fault, "bind", e);
	rc = sqlite3_step(s->stmt);
	if (rc == SQLITE_ROW)
		return 1;
	finish_stats(s);
	if (rc != SQLITE_DONE)
		db_fail(s->db, rc, "read or write", e);
	sqlite3_reset(s->stmt);
	return rc == SQLITE_DONE ? 0 : -1;
}

void cs_stmt_done(struct cs_stmt *s)
{
	if (!s)
		return;
	finish_stats(s);
	sqlite3_reset(s->stmt);
}

int cs_run(struct cs_stmt *s, struct cs_err *e)
{
	int rc = cs_step(s, e);

	if (rc == 1) {
		cs_stmt_done(s);
		return cs_fail(e, CS_INTERNAL, "statement returned a row");
	}
	return rc;
}

int64_t cs_col_int(struct cs_stmt *s, int col)
{
	return sqlite3_column_int64(s->stmt, col);
}

int64_t cs_col_number(struct cs_stmt *s, int col)
{
	return cs_col_null(s, col) ? CS_NULL : cs_col_int(s, col);
}

const char *cs_col_text(struct cs_stmt *s, int col)
{
	return (const char *)sqlite3_column_text(s->stmt, col);
}

const void *cs_col_blob(struct cs_stmt *s, int col, size_t *n)
{
	const void *p = sqlite3_column_blob(s->stmt, col);

	*n = (size_t)sqlite3_column_bytes(s->stmt, col);
	return p;
}

bool cs_col_null(struct cs_stmt *s, int col)
{
	return sqlite3_column_type(s->stmt, col) == SQLITE_NULL;
}

int64_t cs_db_last_id(struct cs_db *db)
{
	return sqlite3_last_insert_rowid(db->sql);
}

int64_t cs_db_changes(struct cs_db *db)
{
	return sqlite3_changes64(db->sql);
}

void cs_db_steps(struct cs_db *db, int64_t *vm_steps, int64_t *scan_steps)
{
	*vm_steps = db->vm_steps;
	*scan_steps = db->scan_steps;
}
