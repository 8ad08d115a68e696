/* Making a database: its row, its first person, its rules (cs-init). */
#ifndef CS_DOMAIN_CREATE_H
#define CS_DOMAIN_CREATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/time.h"

struct cs_create {
	const char *login;              /* who calls */
	const char *admin, *admin_name; /* the first person */
	bool rehearsal;
	const char *seed;   /* rehearsal only: repeatable ids and salts; NULL */
	cs_time now, since; /* since: when the first person's time on the staff begins */
	const char *text;   /* of a checked self-contained edition */
	size_t len;
};
enum cs_created { CS_CREATED_NEW, CS_CREATED_MIGRATED, CS_CREATED_CURRENT };

/* Makes the file or finishes one whose making was interrupted; brings an older one to the newest
   schema; leaves a current one alone. Errors as cs_db_create; CS_CONFIG: an existing database of
   the other mode. */
int cs_create_database(const char *path, const struct cs_create *spec, enum cs_created *what,
		       struct cs_err *e);

#endif
