/* A rehearsal database whose admin is the login that runs the tests, for what opens it by a
   command line. */
#ifndef CS_TESTS_OWN_DESK_H
#define CS_TESTS_OWN_DESK_H

#include "text/cli.h"

/* Made with the shipped property rules; *cli then names it, at 2026-11-21 09:30. The working
   folder is a scratch folder. Released by own_desk_end. */
void own_desk_begin(struct cs_cli *cli);
void own_desk_end(void);
const char *own_login(void);
/* A file in the scratch folder. */
void own_file(const char *name, const char *text);

#endif
