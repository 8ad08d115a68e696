/* The only door to the engine: connection, transactions, statements (design sections 3 and 7). */
#ifndef CS_STORE_DB_H
#define CS_STORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* NULL of an integer column. */
#define CS_NULL INT64_MIN

#define CS_DB_APPLICATION 0x63736465 /* "csde" in the file header */

struct cs_db;
struct cs_stmt;

enum cs_db_mode { CS_DB_READ, CS_DB_WRITE };

/* Opens an existing database. CS_NOTFOUND: no such file; CS_CONFIG: not a csdesk database, newer or
   older than this program (the message says which and what to do); CS_IO: damaged. Caller closes. On a read-only
   file system a database without a log is read as one that nobody changes. */
int cs_db_open(const char *path, enum cs_db_mode mode, struct cs_db **out, struct cs_err *e);
/* Creates the file or brings an older one to the newest schema; cs-init alone calls it.
   Refuses network file systems (CS_CONFIG). *version_before is 0 for a new file. */
int cs_db_create(const char *path, struct cs_db **out, int *version_before, struct cs_err *e);
void cs_db_close(struct cs_db *db);
int cs_db_schema_version(void); /* the newest that this program knows */

/* How long every handle waits for a lock from now on, instead of 10 s. */
void cs_db_wait(int64_t milliseconds);
/* begin takes the write lock at once and waits for it (then CS_BUSY). begin_read pins a snapshot. */
int cs_db_begin(struct cs_db *db, struct cs_err *e);
int cs_db_begin_read(struct cs_db *db, struct cs_err *e);
int cs_db_commit(struct cs_db *db, struct cs_err *e);
void cs_db_rollback(struct cs_db *db);                     /* harmless outside a transaction */
int cs_db_savepoint(struct cs_db *db, struct cs_err *e);   /* one level */
int cs_db_release(struct cs_db *db, struct cs_err *e);     /* keep what was done since */
int cs_db_rollback_to(struct cs_db *db, struct cs_err *e); /* undo it and drop the savepoint */
bool cs_db_in_transaction(const struct cs_db *db);

/* For bulk work: a 64 MB cache and a rarer checkpoint. checkpoint moves the WAL into the file as far
   as readers allow; truncate also empties the WAL (erasure) and is CS_BUSY while readers are in the way. */
int cs_db_bulk(struct cs_db *db, struct cs_err *e);
int cs_db_checkpoint(struct cs_db *db, bool truncate, struct cs_err *e);
/* Rewrites the whole file and empties the WAL. What is cleared is zeroed at once; but where the engine moved a row to
   another page before, its bytes may still stand in the gap. Takes the time of a copy, holds the lock for it. Outside a
   transaction. */
int cs_db_sweep(struct cs_db *db, struct cs_err *e);
/* The engine's own check of the file; adds each complaint to faults. */
int cs_db_integrity(struct cs_db *db, struct cs_faults *faults, struct cs_err *e);
/* The largest id that an AUTOINCREMENT table ever had, also when the row is gone; 0 none yet. */
int cs_db_highest_id(struct cs_db *db, const char *table, int64_t *out, struct cs_err *e);
/* A consistent copy while others write. `to` must not exist. */
int cs_db_copy(struct cs_db *db, const char *to, struct cs_err *e);
/* For long work: every handle opened from now on, and copies, ask it now and then; true ends what is going on with
   CS_BUSY. NULL: nobody is asked. */
void cs_db_stop_when(bool (*stop)(void));

/* A statement for this fixed text, kept by the handle (keyed by the pointer: use string constants).
   It is reset and its bindings are cleared. NULL on error. */
struct cs_stmt *cs_db_prepare(struct cs_db *db, const char *sql, struct cs_err *e);
/* Binding by name, with the colon (":ref"). An unknown name is remembered and fails the next step
   (CS_INTERNAL). Texts and blobs must stay valid until the step that uses them. NULL binds NULL. */
void cs_bind_int(struct cs_stmt *s, const char *name, int64_t v);
void cs_bind_text(struct cs_stmt *s, const char *name, const char *v);
void cs_bind_blob(struct cs_stmt *s, const char *name, const void *p, size_t n);
void cs_bind_null(struct cs_stmt *s, const char *name);
/* By position from 1, for bulk writers that checked the order of names once with cs_stmt_param. */
void cs_bind_int_at(struct cs_stmt *s, int at, int64_t v);
void cs_bind_text_at(struct cs_stmt *s, int at, const char *v);
void cs_bind_blob_at(struct cs_stmt *s, int at, const void *p, size_t n);
const char *cs_stmt_param(struct cs_stmt *s, int at); /* name of a parameter, NULL past the last */
bool *cs_stmt_checked(struct cs_stmt *s); /* a mark that stays with the statement: names were checked */
/* 1: a row; 0: done (the statement is reset); -1: error (reset, e filled). */
int cs_step(struct cs_stmt *s, struct cs_err *e);
void cs_stmt_done(struct cs_stmt *s); /* stop early; NULL is fine */
/* Steps to the end of a statement that returns no rows. */
int cs_run(struct cs_stmt *s, struct cs_err *e);
/* Columns from 0, valid until the next step. null gives 0, NULL, NULL. */
int64_t cs_col_int(struct cs_stmt *s, int col);
int64_t cs_col_number(struct cs_stmt *s, int col); /* null gives CS_NULL */
const char *cs_col_text(struct cs_stmt *s, int col);
const void *cs_col_blob(struct cs_stmt *s, int col, size_t *n);
bool cs_col_null(struct cs_stmt *s, int col);
int64_t cs_db_last_id(struct cs_db *db);
int64_t cs_db_changes(struct cs_db *db); /* rows changed by the last statement */

/* Engine steps and full-scan steps of all statements run so far (measuring). */
void cs_db_steps(struct cs_db *db, int64_t *vm_steps, int64_t *scan_steps);

#endif
