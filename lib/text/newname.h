/* A name for a file that is whole. */
#ifndef CS_TEXT_NEWNAME_H
#define CS_TEXT_NEWNAME_H

/* Renames within a folder. Unlike rename(2) it never replaces what came into being meanwhile: -1 with errno EEXIST. */
int cs_newname(const char *from, const char *to);

#endif
