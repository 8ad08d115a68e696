/* Backups. */
#include "text/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "domain/check.h"
#include "store/meta.h"
#include "text/newname.h"
#include "text/process.h"

static void say(void *arg, const char *line)
{
	cs_msg("%s: %s", (const char *)arg, line);
}

static int check(struct cs_check *c, bool sound, struct cs_err *e)
{
	if (sound ? cs_check_run(c, e) < 0
		  : cs_check_file(c, e) < 0 || (!c->file_faults && cs_check_chain(c, e) < 0))
		return -1;
	if (c->file_faults || (sound && c->faults))
		return cs_fail(e, CS_IO, "%s: %zu faults in the copy; it was not kept",
			       (const char *)c->arg, c->faults);
	return 0;
}

static int verify(char *path, bool sound, struct cs_backup *out, struct cs_err *e)
{
	struct cs_db *db = NULL;
	struct cs_arena a = {0};
	struct cs_meta meta;
	int rc = cs_db_open(path, CS_DB_WRITE, &db, e);

	if (rc == 0)
		rc = cs_meta_load(db, &a, &meta, e);
	if (rc == 0) {
		struct cs_check c = {.db = db,
				     .database_id = meta.database_id,
				     .fault = say,
				     .remark = say,
				     .arg = path};

		rc = check(&c, sound, e);
		out->count = c.count;
		out->faults = c.faults;
		memcpy(out->head, c.head, sizeof out->head);
	}
	cs_arena_free(&a);
	cs_db_close(db);
	return rc;
}

static int sync_path(const char *path, int flags, struct cs_err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | flags), rc = 0;

	if (fd < 0 || fsync(fd) < 0)
		rc = cs_fail(e, CS_IO, "%s: %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return rc;
}

static int sync_folder(const char *path, struct cs_err *e)
{
	char *dir = cs_strdup(path), *slash = strrchr(dir, '/');
	int rc;

	if (slash)
		slash[slash == dir] = '\0';
	rc = sync_path(slash ? dir : ".", O_DIRECTORY, e);
	free(dir);
	return rc;
}

static int give_name(const char *from, const char *to, struct cs_err *e)
{
	if (cs_newname(from, to) < 0)
		return cs_fail(e, errno == EEXIST ? CS_USAGE : CS_IO, "%s: %s", to,
			       errno == EEXIST ? "exists already; a backup never overwrites"
					       : strerror(errno));
	return sync_folder(to, e);
}

/* A log left behind by a database of that name that was removed would be played into the new one.
   */
static int check_log(const char *to, struct cs_arena *a, struct cs_err *e)
{
	const char *log = cs_arena_printf(a, "%s-wal", to);
	struct stat st;

	if (stat(log, &st) == 0 && st.st_size > 0)
		return cs_fail(e, CS_USAGE,
			       "%s: belongs to another database of that name; remove it first",
			       log);
	return 0;
}

/* A database that people are to work on is shared through its group, as cs-init makes it; a copy that is
   kept is guarded by the umask. */
static int share(const char *path, struct cs_err *e)
{
	return chmod(path, 0660) < 0 ? cs_fail(e, CS_IO, "%s: %s", path, strerror(errno)) : 0;
}

int cs_backup_write(struct cs_db *db, const char *to, bool sound, struct cs_backup *out,
		    struct cs_err *e)
{
	struct cs_arena a = {0};
	char *partial = cs_arena_printf(&a, "%s.%ld.partial", to, (long)getpid());
	int rc;

	if (access(to, F_OK) == 0) {
		rc = cs_fail(e, CS_USAGE, "%s: exists already; a backup never overwrites", to);
	} else if (check_log(to, &a, e) < 0) {
		rc = -1;
	} else {
		rc = cs_db_copy(db, partial, e);
		if (rc == 0 && (verify(partial, sound, out, e) < 0 ||
				(sound && share(partial, e) < 0) || sync_path(partial, 0, e) < 0 ||
				give_name(partial, to, e) < 0)) {
			unlink(partial);
			rc = -1;
		}
	}
	cs_arena_free(&a);
	return rc;
}
