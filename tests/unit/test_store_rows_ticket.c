/* The tables of a ticket: first in the list, kept by the ticket's id, and a row comes back as it was saved. */
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
	assert_string_equal(cs_tables[0]->name, "ticket");
	round_trip_begin();
	for (size_t i = 0; i < cs_ticket_table_count; i++) {
		const struct cs_table *t = cs_tables[i];
		const char *owner = i == 0 ? "id" : t == &cs_owed_table ? "subject" : "ticket";
		bool kept = false;

		for (size_t k = 0; k < t->column_count; k++)
			kept = kept || (t->column[k].key && strcmp(t->column[k].name, owner) == 0);
		if (!kept)
			fail_msg("%s: %s is no key of it", t->name, owner);
		round_trip(t);
	}
	cs_db_rollback(desk->db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(test_tables, begin, end)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
