/* Likenesses in memory: the same as in the database, bounded, forgotten when others wrote. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "database.h"
#include "domain/suspect_pool.h"

static struct cs_db *db;
static struct cs_suspect_pool *pool;
static struct cs_err err;

static int begin(void **state)
{
	(void)state;
	db = test_db_begin();
	pool = cs_suspect_pool_new();
	return cs_db_begin(db, &err);
}

static int end(void **state)
{
	(void)state;
	cs_suspect_pool_free(pool);
	cs_db_rollback(db);
	test_db_end(db);
	return 0;
}

static struct cs_likeness_row row(int64_t ticket, const char *category)
{
	return (struct cs_likeness_row){ticket, ticket, 1, CS_NULL, 1, category, 1, "---"};
}

static void put(int64_t ticket, const char *category)
{
	const struct cs_likeness_row r = row(ticket, category);

	if (cs_table_save(db, &cs_likeness_table, &r, &err) < 0)
		fail_msg("%s", err.text);
}

static const struct cs_suspect_cell *cell(const char *category, int64_t from)
{
	const struct cs_likeness_row of = row(0, category);
	const struct cs_suspect_cell *c = NULL;

	if (cs_suspect_pool_cell(pool, db, &of, from, &c, &err) < 0)
		fail_msg("%s", err.text);
	for (size_t i = 1; i < c->count; i++)
		assert_int_equal(c->item[i - 1].ticket < c->item[i].ticket, 1);
	return c;
}

static void reads_what_is_stored(void **state)
{
	const struct cs_suspect_cell *c;

	(void)state;
	for (int i = 1; i <= 9; i++)
		put(i, i % 3 ? "env" : "eng");
	c = cell("env", 0);
	assert_int_equal(c->count, 6);
	assert_int_equal(c->floor, 0);
	assert_int_equal(c->item[5].words.count, 1);
	assert_int_equal(cell("eng", 4)->count, 2);
	assert_int_equal(cell("none", 0)->count, 0);
}

static void keeps_what_is_added(void **state)
{
	struct cs_likeness_row r = row(5, "env");

	(void)state;
	put(3, "env");
	put(9, "env");
	assert_int_equal(cell("env", 2)->count, 2);
	cs_suspect_pool_add(pool, &r);
	cs_suspect_pool_add(pool, &r); /* once */
	assert_int_equal(cell("env", 2)->count, 3);
	r.ticket = 1; /* before what is complete */
	cs_suspect_pool_add(pool, &r);
	r = row(7, "eng"); /* of a cell that is not there: read when it is asked for */
	cs_suspect_pool_add(pool, &r);
	assert_int_equal(cell("env", 2)->count, 3);
	assert_int_equal(cell("eng", 2)->count, 0);
}

static void is_bounded(void **state)
{
	const struct cs_suspect_cell *c;

	(void)state;
	for (int i = 1; i <= 600; i++)
		put(i, "env");
	c = cell("env", 0);
	assert_int_equal(c->count, CS_SUSPECTS_MOST + 1);
	assert_int_equal(c->floor, 600 - CS_SUSPECTS_MOST);
	for (int i = 601; i <= 3000; i++) {
		const struct cs_likeness_row r = row(i, "env");

		cs_suspect_pool_add(pool, &r);
		assert_int_equal(c->count >= CS_SUSPECTS_MOST && c->count <= CS_SUSPECTS_MOST + 64, 1);
	}
	assert_int_equal(c->item[c->count - 1].ticket, 3000);
	assert_int_equal(c->item[0].ticket, c->floor);
}

static void many_cells(void **state)
{
	(void)state;
	for (int i = 0; i < 5000; i++) {
		char name[32];

		snprintf(name, sizeof name, "c%d", i);
		assert_string_equal(cell(name, 0)->category, name);
	}
}

static void forgets(void **state)
{
	(void)state;
	cs_suspect_pool_begin(pool, 10);
	assert_int_equal(cell("env", 0)->count, 0);
	put(1, "env");
	cs_suspect_pool_commit(pool, 12);
	cs_suspect_pool_begin(pool, 12); /* nobody else wrote: what is kept holds */
	assert_int_equal(cell("env", 0)->count, 0);
	cs_suspect_pool_commit(pool, 12);
	cs_suspect_pool_begin(pool, 13);
	assert_int_equal(cell("env", 0)->count, 1);
	put(2, "env");
	cs_suspect_pool_clear(pool);
	assert_int_equal(cell("env", 0)->count, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(reads_what_is_stored, begin, end),
		cmocka_unit_test_setup_teardown(keeps_what_is_added, begin, end),
		cmocka_unit_test_setup_teardown(is_bounded, begin, end),
		cmocka_unit_test_setup_teardown(many_cells, begin, end),
		cmocka_unit_test_setup_teardown(forgets, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
