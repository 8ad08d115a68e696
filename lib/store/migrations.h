/* The schema's migrations: lib/store/sql/NNNN.sql, compiled in by scripts/embed-sql. */
#ifndef CS_STORE_MIGRATIONS_H
#define CS_STORE_MIGRATIONS_H

#include <stddef.h>

/* version: the user_version that the database has after running sql (1, 2, ...; without a gap).
   sql: one or more statements without BEGIN and COMMIT; static storage. */
struct cs_migration {
	int version;
	const char *sql;
};
extern const struct cs_migration cs_migrations[]; /* ascending */
extern const size_t cs_migration_count;

#endif
