/* The table of personal columns agrees with the rows' descriptions; keys of erased rows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "database.h"
#include "store/personal.h"
#include "store/rows.h"

static const struct cs_personal_column *listed(const char *table, const char *column)
{
	for (size_t i = 0; i < cs_personal_count; i++)
		if (strcmp(cs_personal_columns[i].table, table) == 0 &&
		    strcmp(cs_personal_columns[i].column, column) == 0)
			return &cs_personal_columns[i];
	return NULL;
}

static void every_personal_column_is_listed(void **state)
{
	size_t folded = 0, marked = 0;

	(void)state;
	for (size_t i = 0; i < cs_personal_count; i++)
		folded += cs_personal_columns[i].by == CS_PERSONAL_FOLDED ||
			  cs_personal_columns[i].by == CS_PERSONAL_RECORD ||
			  cs_personal_columns[i].by == CS_PERSONAL_STAFF;
	for (size_t i = 0; i < cs_table_count; i++)
		for (size_t k = 0; k < cs_tables[i]->column_count; k++) {
			const struct cs_table_column *c = &cs_tables[i]->column[k];
			const struct cs_personal_column *p = listed(cs_tables[i]->name, c->name);

			if (c->personal != (p != NULL))
				fail_msg("%s.%s", cs_tables[i]->name, c->name);
			if (p)
				assert_int_equal(p->by, i < cs_ticket_table_count ? CS_PERSONAL_FOLDED
							: strncmp(p->table, "staff", 5) == 0
								? CS_PERSONAL_STAFF
								: CS_PERSONAL_RECORD);
			marked += c->personal;
		}
	assert_int_equal(marked, folded);
}

static void erased_keys(void **state)
{
	char a[CS_PERSONAL_KEY_SIZE], b[CS_PERSONAL_KEY_SIZE];

	(void)state;
	assert_string_equal(cs_personal_key("db1", "13800138000", a),
			    cs_personal_key("db1", "13800138000", b));
	assert_string_not_equal(a, cs_personal_key("db2", "13800138000", b));
	assert_string_not_equal(a, cs_personal_key("db1", "13800138001", b));
	assert_int_equal(a[0], '~');
	assert_int_equal(strlen(a), CS_PERSONAL_KEY_SIZE - 1);
	assert_null(strstr(a, "138001"));
}

static void rows_of_an_import(void **state)
{
	static const char insert[] =
		"INSERT INTO intake_row (source, key, digest, ticket, run) VALUES ('crm', 'K1', 'd', 7, 1), "
		"('app', 'K1', 'd', 7, 1), ('crm', 'K2', 'd', 8, 1), ('crm', '~K3', 'd', 7, 1)";
	static const char left[] =
		"SELECT count(*) FROM intake_row WHERE ticket = 7 AND key = :key AND digest = ''";
	static const char kept[] =
		"SELECT count(*) FROM intake_row WHERE key = 'K2' AND digest = 'd'";
	struct cs_db *db = test_db_begin();
	char key[CS_PERSONAL_KEY_SIZE];
	struct cs_err e = {0};
	struct cs_stmt *s;

	(void)state;
	assert_int_equal(cs_run(cs_db_prepare(db, insert, &e), &e), 0);
	assert_int_equal(cs_personal_clear(db, "id", 7, &e), 0);
	assert_int_equal(cs_personal_clear(db, "id", 7, &e), 0);
	s = cs_db_prepare(db, left, &e);
	cs_bind_text(s, ":key", cs_personal_key("id", "K1", key));
	assert_int_equal(cs_step(s, &e), 1);
	assert_int_equal(cs_col_int(s, 0), 2);
	cs_stmt_done(s);
	s = cs_db_prepare(db, left, &e);
	cs_bind_text(s, ":key", cs_personal_key("id", "~K3", key)); /* a key may look like a replaced one */
	assert_int_equal(cs_step(s, &e), 1);
	assert_int_equal(cs_col_int(s, 0), 1);
	cs_stmt_done(s);
	s = cs_db_prepare(db, kept, &e);
	assert_int_equal(cs_step(s, &e), 1);
	assert_int_equal(cs_col_int(s, 0), 1);
	cs_stmt_done(s);
	test_db_end(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_personal_column_is_listed),
		cmocka_unit_test(erased_keys),
		cmocka_unit_test(rows_of_an_import),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
