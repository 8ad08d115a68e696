/* Renaming without replacing. */
#include "text/newname.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* Some file systems know no second name (FAT), others no such renaming (NFS). */
int cs_newname(const char *from, const char *to)
{
	if (link(from, to) == 0)
		return unlink(from);
	return errno == EEXIST ? -1 : renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
}
