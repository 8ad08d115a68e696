/* Advisory locks. */
#include "text/alone.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

int cs_alone(const char *path, const char *what, struct cs_err *e)
{
	/* Never closed: that would also drop the locks the engine holds on the same file. */
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return cs_fail(e,
			       errno == ENOENT   ? CS_NOTFOUND
			       : errno == EACCES ? CS_DENIED
						 : CS_IO,
			       "%s: %s", path, strerror(errno));
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		return 0;
	if (errno == EWOULDBLOCK)
		return cs_fail(e, CS_BUSY, "%s: %s is at work on it already", path, what);
	return cs_fail(e, CS_IO, "%s: %s", path, strerror(errno));
}
