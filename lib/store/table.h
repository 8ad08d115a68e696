/* Folded tables described as data: one reader, one writer, one comparison for all of them. */
#ifndef CS_STORE_TABLE_H
#define CS_STORE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/value.h"
#include "store/db.h"

enum cs_column_type { CS_COL_INT, CS_COL_TEXT }; /* int64_t; const char * */
struct cs_table_column {
	const char *name;
	enum cs_column_type type;
	size_t offset;
	bool key, personal;
};

/* A table's columns, in the order of the SELECTs' columns and of the save statement's parameters
   (":name" each). `by_key` selects the rows of one owner (:key) in key order, `scan` all rows in key order
   from :key on, `add` inserts one row, `save` inserts or replaces it. */
struct cs_table {
	const char *name;
	const struct cs_table_column *column;
	size_t column_count, row_size;
	const char *by_key, *scan, *add, *save;
};

#define CS_INT(s, member) {#member, CS_COL_INT, offsetof(struct s, member), false, false}
#define CS_TEXT(s, member) {#member, CS_COL_TEXT, offsetof(struct s, member), false, false}
#define CS_KEY_INT(s, member) {#member, CS_COL_INT, offsetof(struct s, member), true, false}
#define CS_KEY_TEXT(s, member) {#member, CS_COL_TEXT, offsetof(struct s, member), true, false}
#define CS_PERSONAL(s, member) {#member, CS_COL_TEXT, offsetof(struct s, member), false, true}

/* One row: added, where it is known not to be there, or saved. Two texts that stand side by side. */
#define CS_SAVE(insert, otherwise) .add = insert, .save = insert otherwise /* NOLINT(bugprone-macro-parentheses) */

/* Reads the current row of a running statement into `row`; texts are copied into the arena. */
void cs_table_read(const struct cs_table *t, struct cs_stmt *s, struct cs_arena *a, void *row);
/* The same for the columns whose bit is set (by their order); texts are borrowed until the next step. */
void cs_table_borrow(const struct cs_table *t, struct cs_stmt *s, uint64_t columns, void *row);
/* The bit of a column by name; 0: there is none. */
uint64_t cs_table_bit(const struct cs_table *t, const char *column);
/* All rows of one owner; *rows is an array in the arena. */
int cs_table_load(struct cs_db *db, const struct cs_table *t, int64_t key, struct cs_arena *a, void **rows, size_t *count, struct cs_err *e);
/* Row by row in key order from `from` on: start one walk, call next until 0; the texts are the caller's to reset. */
struct cs_stmt *cs_table_walk(struct cs_db *db, const struct cs_table *t, int64_t from, struct cs_err *e);
int cs_table_next(struct cs_stmt *walk, const struct cs_table *t, struct cs_arena *a, void *row, struct cs_err *e); /* 1, 0, -1 */
/* All rows of the table in key order, alike. */
int cs_table_all(struct cs_db *db, const struct cs_table *t, struct cs_arena *a, void **rows, size_t *count, struct cs_err *e);
/* The one row with this id: 1 found, 0 none, -1 error. */
int cs_table_find(struct cs_db *db, const struct cs_table *t, int64_t id, struct cs_arena *a, void *row, struct cs_err *e);
int cs_table_save(struct cs_db *db, const struct cs_table *t, const void *row, struct cs_err *e);
/* For a row that is not there yet: half the work of preparing a save. */
int cs_table_add(struct cs_db *db, const struct cs_table *t, const void *row, struct cs_err *e);
void cs_table_blank(const struct cs_table *t, void *row); /* every column NULL */
int64_t cs_row_int(const struct cs_table_column *c, const void *row);
const char *cs_row_text(const struct cs_table_column *c, const void *row);
/* Sets a column by name; the text is borrowed. -1 when there is no such column (NULL neither) or the
   type differs. */
int cs_row_set(const struct cs_table *t, void *row, const char *column, const struct cs_value *v);
/* Order by the key columns: <0, 0, >0. */
int cs_row_order(const struct cs_table *t, const void *a, const void *b);
/* The first column that differs, NULL when none does. */
const struct cs_table_column *cs_row_differs(const struct cs_table *t, const void *a, const void *b);

#endif
