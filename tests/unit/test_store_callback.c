/* Contacts through their indexes, and what came to pass. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "database.h"
#include "plans.h"
#include "store/callback.h"

static struct cs_db *db;
static struct cs_arena arena;

static int begin(void **state)
{
	struct cs_err e = {0};

	(void)state;
	db = test_db_begin();
	return cs_db_begin(db, &e);
}

static int end(void **state)
{
	(void)state;
	cs_db_rollback(db);
	test_db_end(db);
	cs_arena_free(&arena);
	return 0;
}

static void put(int64_t ticket, int64_t seq, const char *state, const char *happening, int64_t due,
		int64_t done)
{
	struct cs_callback_row row;
	struct cs_err e = {0};

	cs_table_blank(&cs_callback_table, &row);
	row.ticket = ticket;
	row.seq = seq;
	row.purpose = "satisfaction";
	row.method = "phone";
	row.state = state;
	row.happening = happening;
	row.planned_at = 1;
	row.due_at = due;
	row.done_at = done;
	row.tries = 0;
	row.cycle = 1;
	if (cs_table_save(db, &cs_callback_table, &row, &e) < 0)
		fail_msg("%s", e.text);
}

static void put_all(void)
{
	put(1, 1, "open", NULL, 300, CS_NULL);
	put(1, 2, "waiting", "rain", CS_NULL, CS_NULL);
	put(2, 1, "open", NULL, 200, CS_NULL);
	put(3, 1, "open", NULL, CS_NULL, CS_NULL);
	put(4, 1, "done", NULL, 100, 150);
	put(4, 2, "exempt", NULL, 100, 199);
	put(5, 1, "done", NULL, 100, 200);
	put(5, 2, "waiting", "rain", CS_NULL, CS_NULL);
	put(6, 1, "waiting", "frost", CS_NULL, CS_NULL);
	put(6, 2, "waiting", "frost", CS_NULL, CS_NULL);
}

static void lists(struct cs_stmt *walk, const char *wanted)
{
	struct cs_callback_row row;
	struct cs_err e = {0};
	char found[128] = "";
	int rc;

	while ((rc = cs_callbacks_next(walk, &arena, &row, &e)) == 1)
		snprintf(found + strlen(found), sizeof found - strlen(found), "%s%lld/%lld",
			 *found ? " " : "", (long long)row.ticket, (long long)row.seq);
	assert_int_equal(rc, 0);
	assert_string_equal(found, wanted);
}

static void test_walks(void **state)
{
	struct cs_err e = {0};

	(void)state;
	put_all();
	lists(cs_callbacks_open(db, &e), "2/1 1/1 3/1"); /* by due, those without last */
	lists(cs_callbacks_waiting(db, &e), "6/1 6/2 1/2 5/2");
	lists(cs_callbacks_done(db, 150, 200, &e), "4/1 4/2");
	lists(cs_callbacks_done(db, 151, 199, &e), "");
	lists(cs_callbacks_done(db, 200, 201, &e), "5/1");
}

static void test_waiting(void **state)
{
	static const int64_t rain[] = {1, 5}, frost[] = {6};
	static const struct {
		const char *happening;
		const int64_t *ticket;
		size_t count;
	} cases[] = {{"rain", rain, 2}, {"frost", frost, 1}, {"snow", NULL, 0}};
	struct cs_err e = {0};

	(void)state;
	put_all();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t ticket = INT64_MIN;

		for (size_t k = 0; k < cases[i].count; k++) {
			assert_int_equal(cs_callback_next_waiting(db, cases[i].happening, ticket,
								  &ticket, &e),
					 1);
			assert_int_equal(ticket, cases[i].ticket[k]);
		}
		assert_int_equal(
			cs_callback_next_waiting(db, cases[i].happening, ticket, &ticket, &e), 0);
	}
}

static void test_happening(void **state)
{
	const struct cs_happening_row row = {7, "rain", 3, 100};
	struct cs_err e = {0};
	int64_t id = 0;

	(void)state;
	assert_int_equal(cs_happening_known(db, "rain", 3, 0, 1000, &id, &e), 0);
	assert_int_equal(id, 1);
	assert_int_equal(cs_table_save(db, &cs_happening_table, &row, &e), 0);
	assert_int_equal(cs_happening_known(db, "rain", 3, 100, 101, &id, &e), 1);
	assert_int_equal(cs_happening_known(db, "rain", 3, 0, 100, &id, &e), 0);
	assert_int_equal(id, 8);
	assert_int_equal(cs_happening_known(db, "rain", 3, 101, 200, &id, &e), 0);
	assert_int_equal(cs_happening_known(db, "rain", 4, 100, 101, &id, &e), 0);
	assert_int_equal(cs_happening_known(db, "frost", 3, 100, 101, &id, &e), 0);
}

static void test_plans(void **state)
{
	(void)state;
	assert_true(cs_callback_statement_count >= 5);
	for (size_t i = 0; i < cs_callback_statement_count; i++)
		test_plan(db, cs_callback_statements[i], "USING INDEX callback_");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_walks, begin, end),
		cmocka_unit_test_setup_teardown(test_waiting, begin, end),
		cmocka_unit_test_setup_teardown(test_happening, begin, end),
		cmocka_unit_test_setup_teardown(test_plans, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
