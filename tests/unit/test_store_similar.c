/* Candidates through the indexes of table likeness. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "database.h"
#include "plans.h"
#include "store/similar.h"

static struct cs_db *db;

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
	return 0;
}

static void put(int64_t ticket, int64_t customer, int64_t premises, int64_t unit, const char *category)
{
	const struct cs_likeness_row row = {ticket, ticket * 10, customer, premises, unit, category, 1, "---"};
	struct cs_err e = {0};

	if (cs_table_save(db, &cs_likeness_table, &row, &e) < 0)
		fail_msg("%s", e.text);
}

static void through_indexes(void **state)
{
	(void)state;
	for (size_t i = 0; i < CS_SAME_COUNT; i++)
		test_plan(db, cs_similar_sql[i], NULL);
}

static void newest_first(void **state)
{
	static const struct {
		enum cs_same same;
		struct cs_likeness_row of;
		int64_t from, to, want[4];
	} cases[] = {
		{CS_SAME_CUSTOMER, {.customer = 7}, 0, 100, {5, 3, 1}},
		{CS_SAME_CUSTOMER, {.customer = 7}, 3, 4, {3}},
		{CS_SAME_CUSTOMER, {.customer = CS_NULL}, 0, 100, {0}},
		{CS_SAME_PREMISES, {.premises = 2}, 0, 100, {4, 2}},
		{CS_SAME_PREMISES, {.premises = CS_NULL}, 0, 100, {0}},
		{CS_SAME_CATEGORY, {.unit = 1, .category = "env"}, 0, 100, {4, 1}},
		{CS_SAME_CATEGORY, {.unit = 2, .category = "env"}, 0, 100, {5}},
		{CS_SAME_CATEGORY, {.unit = CS_NULL, .category = "env"}, 0, 100, {6}},
		{CS_SAME_CATEGORY, {.unit = 1, .category = NULL}, 0, 100, {0}},
	};

	(void)state;
	put(1, 7, CS_NULL, 1, "env");
	put(2, 8, 2, 1, NULL);
	put(3, 7, CS_NULL, 1, "eng");
	put(4, CS_NULL, 2, 1, "env");
	put(5, 7, 3, 2, "env");
	put(6, CS_NULL, CS_NULL, CS_NULL, "env");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_likeness_row row;
		struct cs_stmt *walk;
		struct cs_err e = {0};
		size_t n = 0;

		if (cs_similar_walk(db, cases[i].same, &cases[i].of, cases[i].from, cases[i].to, &walk, &e) < 0)
			fail_msg("%s", e.text);
		for (; walk && cs_similar_next(walk, &row, &e) == 1; n++)
			if (row.ticket != cases[i].want[n] || row.at != row.ticket * 10 || strcmp(row.grams, "---") != 0)
				fail_msg("case %zu: %lld", i, (long long)row.ticket);
		assert_int_equal(cases[i].want[n], 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(through_indexes, begin, end),
		cmocka_unit_test_setup_teardown(newest_first, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
