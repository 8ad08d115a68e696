/* Copies of pipes. */
#include "text/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "text/process.h"

static const char *folder(void)
{
	const char *given = getenv("TMPDIR");

	return given && *given ? given : "/tmp";
}

static int unnamed_file(void)
{
	char *path = NULL;
	int fd;

	if (asprintf(&path, "%s/csdesk-XXXXXX", folder()) < 0)
		cs_oom();
	fd = mkostemp(path, O_CLOEXEC);
	if (fd >= 0)
		unlink(path);
	free(path);
	return fd;
}

static int fail_copy(const char *name, struct cs_err *e)
{
	return cs_fail(e, errno == ENOSPC || errno == EDQUOT ? CS_BUSY : CS_IO,
		       "%s: cannot keep a copy to read twice in %s (TMPDIR): %s", name, folder(), strerror(errno));
}

/* A write that is taken in part says why only when the rest is tried. */
static int write_all(int fd, const char *part, size_t n)
{
	while (n > 0) {
		ssize_t done = write(fd, part, n);

		if (done < 0)
			return -1;
		part += done;
		n -= (size_t)done;
	}
	return 0;
}

static int copy(int from, int to, const char *name, struct cs_err *e)
{
	char part[65536];
	ssize_t n;

	while ((n = read(from, part, sizeof part)) > 0)
		if (write_all(to, part, (size_t)n) < 0)
			return fail_copy(name, e);
	if (n < 0) {
		cs_process_io_failed(e);
		return cs_fail_in(e, "%s", name);
	}
	return lseek(to, 0, SEEK_SET) < 0 ? fail_copy(name, e) : 0;
}

int cs_spool(int *fd, const char *name, struct cs_err *e)
{
	struct stat st;
	int own;

	if (fstat(*fd, &st) == 0 && S_ISREG(st.st_mode))
		return 0;
	own = unnamed_file();
	if (own < 0)
		return fail_copy(name, e);
	if (copy(*fd, own, name, e) < 0) {
		close(own);
		return -1;
	}
	if (*fd != STDIN_FILENO)
		close(*fd);
	*fd = own;
	return 0;
}
