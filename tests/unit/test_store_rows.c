/* The tables that are of no ticket: the columns are those of the schema, in every statement, and a row comes back as it
   was saved. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "round_trip.h"

static int begin(void **state)
{
	(void)state;
	desk_begin();
	return 0;
}

static int end(void **state)
{
	(void)state;
	desk_end();
	return 0;
}

static void test_tables(void **state)
{
	(void)state;
	assert_true(cs_table_count > cs_ticket_table_count);
	round_trip_begin();
	for (size_t i = cs_ticket_table_count; i < cs_table_count; i++)
		round_trip(cs_tables[i]);
	cs_db_rollback(desk->db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(test_tables, begin, end)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
