/* Copies of pipes. */
#include "text/spool.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int copy(int from, int to)
{
	char part[65536];
	ssize_t n;

	while ((n = read(from, part, sizeof part)) > 0)
		if (write(to, part, (size_t)n) != n)
			return -1;
	return n < 0 || lseek(to, 0, SEEK_SET) < 0 ? -1 : 0;
}

int cs_spool(int *fd, const char *name, struct cs_err *e)
{
	struct stat st;
	FILE *file;
	int own;

	if (fstat(*fd, &st) == 0 && S_ISREG(st.st_mode))
		return 0;
	file = tmpfile();
	own = file ? dup(fileno(file)) : -1;
	if (own < 0 || copy(*fd, own) < 0) {
		cs_fail(e, CS_IO, "%s: cannot keep a copy to read twice: %s", name,
			strerror(errno));
		if (own >= 0)
			close(own);
		own = -1;
	}
	if (file)
		fclose(file);
	if (own < 0)
		return -1;
	if (*fd != STDIN_FILENO)
		close(*fd);
	*fd = own;
	return 0;
}
