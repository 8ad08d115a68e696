/* Reading, writing and comparing rows by description. */
#include "store/table.h"

#include <stdio.h>
#include <string.h>

int64_t cs_row_int(const struct cs_table_column *c, const void *row)
{
	int64_t v;

	memcpy(&v, (const char *)row + c->offset, sizeof v);
	return v;
}

const char *cs_row_text(const struct cs_table_column *c, const void *row)
{
	const char *v;

	memcpy(&v, (const char *)row + c->offset, sizeof v);
	return v;
}

static void put_int(const struct cs_table_column *c, void *row, int64_t v)
{
	memcpy((char *)row + c->offset, &v, sizeof v);
}

static void put_text(const struct cs_table_column *c, void *row, const char *v)
{
	memcpy((char *)row + c->offset, &v, sizeof v);
}

void cs_table_blank(const struct cs_table *t, void *row)
{
	memset(row, 0, t->row_size);
	for (size_t i = 0; i < t->column_count; i++)
		if (t->column[i].type == CS_COL_INT)
			put_int(&t->column[i], row, CS_NULL);
}

void cs_table_read(const struct cs_table *t, struct cs_stmt *s, struct cs_arena *a, void *row)
{
	for (size_t i = 0; i < t->column_count; i++) {
		const struct cs_table_column *c = &t->column[i];

		if (c->type == CS_COL_TEXT)
			put_text(c, row, cs_arena_strdup(a, cs_col_text(s, (int)i)));
		else
			put_int(c, row, cs_col_null(s, (int)i) ? CS_NULL : cs_col_int(s, (int)i));
	}
}

static int load_rows(struct cs_db *db, const struct cs_table *t, const char *sql, int64_t key, struct cs_arena *a,
		     void **rows, size_t *count, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, sql, e);
	char *list = NULL;
	size_t n = 0, size = 0;
	int rc;

	*rows = NULL;
	*count = 0;
	if (!s)
		return -1;
	cs_bind_int(s, ":key", key);
	while ((rc = cs_step(s, e)) == 1) {
		list = cs_arena_grow(a, list, n, &size, t->row_size);
		cs_table_read(t, s, a, list + n++ * t->row_size);
	}
	*rows = list;
	*count = n;
	return rc;
}

void cs_table_borrow(const struct cs_table *t, struct cs_stmt *s, uint64_t columns, void *row)
{
	for (size_t i = 0; i < t->column_count; i++) {
		const struct cs_table_column *c = &t->column[i];

		if (!(columns >> i & 1))
			continue;
		if (c->type == CS_COL_TEXT)
			put_text(c, row, cs_col_text(s, (int)i));
		else
			put_int(c, row, cs_col_null(s, (int)i) ? CS_NULL : cs_col_int(s, (int)i));
	}
}

uint64_t cs_table_bit(const struct cs_table *t, const char *column)
{
	for (size_t i = 0; i < t->column_count; i++)
		if (strcmp(t->column[i].name, column) == 0)
			return UINT64_C(1) << i;
	return 0;
}

int cs_table_load(struct cs_db *db, const struct cs_table *t, int64_t key, struct cs_arena *a, void **rows,
		  size_t *count, struct cs_err *e)
{
	return load_rows(db, t, t->by_key, key, a, rows, count, e);
}

struct cs_stmt *cs_table_walk(struct cs_db *db, const struct cs_table *t, int64_t from, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, t->scan, e);

	if (s)
		cs_bind_int(s, ":key", from);
	return s;
}

int cs_table_next(struct cs_stmt *walk, const struct cs_table *t, struct cs_arena *a, void *row, struct cs_err *e)
{
	int rc = cs_step(walk, e);

	if (rc == 1)
		cs_table_read(t, walk, a, row);
	return rc;
}

int cs_table_all(struct cs_db *db, const struct cs_table *t, struct cs_arena *a, void **rows, size_t *count,
		 struct cs_err *e)
{
	return load_rows(db, t, t->scan, INT64_MIN, a, rows, count, e);
}

int cs_table_find(struct cs_db *db, const struct cs_table *t, int64_t id, struct cs_arena *a, void *row,
		  struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, t->by_key, e);
	int rc;

	if (!s)
		return -1;
	cs_bind_int(s, ":key", id);
	rc = cs_step(s, e);
	if (rc == 1)
		cs_table_read(t, s, a, row);
	cs_stmt_done(s);
	return rc;
}

/* The statement's parameters must be the table's columns in order; that is checked at its first use. */
static int check_names(const struct cs_table *t, struct cs_stmt *s, struct cs_err *e)
{
	for (size_t i = 0; i < t->column_count; i++) {
		const int at = (int)i + 1;
		const char *name = cs_stmt_param(s, at);

		if (!name || strcmp(name + 1, t->column[i].name) != 0)
			return cs_fail(e, CS_INTERNAL, "table %s: parameter %d is %s, not :%s", t->name, at,
				       name ? name : "missing", t->column[i].name);
	}
	*cs_stmt_checked(s) = true;
	return 0;
}

static int bind_row(const struct cs_table *t, struct cs_stmt *s, const void *row, struct cs_err *e)
{
	if (!*cs_stmt_checked(s) && check_names(t, s, e) < 0)
		return -1;
	for (size_t i = 0; i < t->column_count; i++) {
		const struct cs_table_column *c = &t->column[i];
		const int at = (int)i + 1;

		if (c->type == CS_COL_TEXT)
			cs_bind_text_at(s, at, cs_row_text(c, row));
		else if (cs_row_int(c, row) != CS_NULL)
			cs_bind_int_at(s, at, cs_row_int(c, row));
	}
	return 0;
}

int cs_table_save(struct cs_db *db, const struct cs_table *t, const void *row, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, t->save, e);

	return !s || bind_row(t, s, row, e) < 0 ? -1 : cs_run(s, e);
}

int cs_table_add(struct cs_db *db, const struct cs_table *t, const void *row, struct cs_err *e)
{
	struct cs_stmt *s = cs_db_prepare(db, t->add, e);

	return !s || bind_row(t, s, row, e) < 0 ? -1 : cs_run(s, e);
}

int cs_row_set(const struct cs_table *t, void *row, const char *column, const struct cs_value *v)
{
	for (size_t i = 0; column && i < t->column_count; i++) {
		const struct cs_table_column *c = &t->column[i];

		if (c->name[0] != column[0] || strcmp(c->name, column) != 0)
			continue;
		if (v->type == CS_V_NONE && c->type == CS_COL_INT)
			put_int(c, row, CS_NULL);
		else if (v->type == CS_V_NONE)
			put_text(c, row, NULL);
		else if (v->type == CS_V_INT && c->type == CS_COL_INT)
			put_int(c, row, v->i);
		else if (v->type == CS_V_TEXT && c->type == CS_COL_TEXT)
			put_text(c, row, v->s);
		else
			return -1;
		return 0;
	}
	return -1;
}

static int compare_text(const char *a, const char *b)
{
	if (!a || !b)
		return (a != NULL) - (b != NULL);
	return strcmp(a, b);
}

static int compare_column(const struct cs_table_column *c, const void *a, const void *b)
{
	if (c->type == CS_COL_TEXT)
		return compare_text(cs_row_text(c, a), cs_row_text(c, b));
	return (cs_row_int(c, a) > cs_row_int(c, b)) - (cs_row_int(c, a) < cs_row_int(c, b));
}

int cs_row_order(const struct cs_table *t, const void *a, const void *b)
{
	for (size_t i = 0; i < t->column_count; i++)
		if (t->column[i].key) {
			int order = compare_column(&t->column[i], a, b);

			if (order != 0)
				return order;
		}
	return 0;
}

const struct cs_table_column *cs_row_differs(const struct cs_table *t, const void *a, const void *b)
{
	for (size_t i = 0; i < t->column_count; i++)
		if (compare_column(&t->column[i], a, b) != 0)
			return &t->column[i];
	return NULL;
}
