/* Persons and premises through their indexes, and who belongs to whom. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "database.h"
#include "domain/record.h"
#include "plans.h"
#include "store/customer.h"

static const struct cs_person_row persons[] = {
	{1, "王芳", "111", NULL, NULL, NULL, CS_NULL, NULL, CS_NULL, CS_NULL, CS_NULL},
	{2, "李强", "111", "crm", "K1", NULL, CS_NULL, NULL, CS_NULL, CS_NULL, CS_NULL},
	{3, "李强", NULL, "app", "K1", NULL, CS_NULL, NULL, CS_NULL, CS_NULL, CS_NULL},
};
static const struct cs_premises_row places[] = {{1, CS_NULL, "3-2-501", CS_NULL},
						{2, CS_NULL, "3-2-502", CS_NULL}};
static const struct cs_tenure_row tenures[] = {{1, 1, 1, "owner", CS_NULL, 100},
					       {2, 3, 1, NULL, CS_NULL, CS_NULL},
					       {3, 2, 2, NULL, CS_NULL, CS_NULL},
					       {4, 2, 1, "tenant", 200, CS_NULL}};

static struct cs_db *fill(struct cs_arena *a)
{
	struct cs_effects l = {.arena = a};
	struct cs_db *db = test_db_begin();

	for (size_t i = 0; i < 3; i++)
		cs_record_row(&l, &cs_person_table, NULL, &persons[i]);
	for (size_t i = 0; i < 2; i++)
		cs_record_row(&l, &cs_premises_table, NULL, &places[i]);
	for (size_t i = 0; i < 4; i++)
		cs_record_row(&l, &cs_tenure_table, NULL, &tenures[i]);
	test_db_record(db, &l);
	return db;
}

static void persons_are_found(void **state)
{
	struct cs_arena a = {0};
	struct cs_db *db = fill(&a);
	struct cs_person_row p;
	struct cs_err e = {0};
	bool several;

	(void)state;
	assert_int_equal(cs_person_by_key(db, "app", "K1", &a, &p, &e), 1);
	assert_int_equal(p.id, 3);
	assert_int_equal(cs_person_by_key(db, "web", "K1", &a, &p, &e), 0);
	assert_int_equal(cs_person_by_phone(db, "111", NULL, NULL, &a, &p, &several, &e), 1);
	assert_int_equal(p.id, 1);
	assert_string_equal(p.name, "王芳");
	assert_true(several);
	assert_int_equal(cs_person_by_phone(db, "111", "李强", NULL, &a, &p, &several, &e), 1);
	assert_int_equal(p.id, 2);
	assert_false(several);
	assert_int_equal(cs_person_by_phone(db, "111", "赵敏", NULL, &a, &p, &several, &e), 1);
	assert_int_equal(p.id, 1);
	assert_true(several);
	assert_int_equal(cs_person_by_phone(db, "111", "赵敏", "crm", &a, &p, &several, &e), 1);
	assert_false(several);
	assert_int_equal(cs_person_by_phone(db, "222", NULL, NULL, &a, &p, &several, &e), 0);
	assert_int_equal(cs_person_by_phone_at(db, "111", 2, NULL, 1, &a, &p, &e), 1);
	assert_int_equal(p.id, 2);
	assert_int_equal(cs_person_by_phone_at(db, "111", 2, "crm", 1, &a, &p, &e), 0);
	assert_int_equal(cs_person_by_phone_at(db, "111", 1, NULL, 100, &a, &p, &e), 0);
	assert_int_equal(cs_person_at(db, 1, "王芳", NULL, 99, &a, &p, &e), 1);
	assert_int_equal(cs_person_at(db, 1, "王芳", NULL, 100, &a, &p, &e), 0);
	assert_int_equal(cs_person_at(db, 1, "李强", NULL, 100, &a, &p, &e), 1);
	assert_int_equal(p.id, 3);
	assert_int_equal(cs_person_at(db, 1, "李强", "app", 100, &a, &p, &e), 0);
	test_db_end(db);
	cs_arena_free(&a);
}

/* No lookup of an import may read a whole table. */
static void lookups_use_indexes(void **state)
{
	struct cs_arena a = {0};
	struct cs_db *db = fill(&a);
	struct cs_person_row p;
	struct cs_err e = {0};
	int64_t vm, before, after, id;
	bool several;

	(void)state;
	cs_db_steps(db, &vm, &before);
	cs_person_by_key(db, "app", "K1", &a, &p, &e);
	cs_person_by_phone(db, "111", "李强", "crm", &a, &p, &several, &e);
	cs_person_by_phone_at(db, "111", 2, "crm", 1, &a, &p, &e);
	cs_person_at(db, 1, "李强", NULL, 100, &a, &p, &e);
	cs_person_called_from(db, 1, "李强", "crm", &a, &p, &e);
	cs_premises_by_address(db, "3-2-501", CS_NULL, &id, &e);
	cs_premises_by_address(db, "3-2-501", 7, &id, &e);
	cs_tenure_holds(db, 1, 1, 1, &e);
	cs_db_steps(db, &vm, &after);
	assert_int_equal(after - before, 0);
	for (size_t i = 0; cs_customer_lookups[i]; i++)
		test_plan(db, cs_customer_lookups[i], NULL);
	test_db_end(db);
	cs_arena_free(&a);
}

static void what_belongs_to_a_person(void **state)
{
	struct cs_arena a = {0};
	struct cs_db *db = fill(&a);
	struct cs_id_list ids;
	struct cs_tenure_row *t;
	struct cs_err e = {0};
	int64_t id;
	size_t n;

	(void)state;
	assert_int_equal(cs_person_tenures(db, 1, &a, &t, &n, &e), 0);
	assert_int_equal(n, 1);
	assert_int_equal(t[0].premises, 1);
	assert_int_equal(cs_person_premises(db, 3, &a, &ids, &e), 0);
	assert_int_equal(ids.count, 1);
	assert_int_equal(cs_premises_shared(db, 1, 1, &e), 1);
	assert_int_equal(cs_premises_shared(db, 2, 2, &e), 0);
	assert_int_equal(cs_tenure_holds(db, 1, 1, 99, &e), 1);
	assert_int_equal(cs_tenure_holds(db, 1, 1, 100, &e), 0);
	assert_int_equal(cs_premises_by_address(db, "3-2-502", CS_NULL, &id, &e), 1);
	assert_int_equal(id, 2);
	assert_int_equal(cs_premises_by_address(db, "3-2-503", CS_NULL, &id, &e), 0);
	assert_int_equal(cs_person_search(db, "李", NULL, NULL, &a, &ids, &e), 0);
	assert_int_equal(ids.count, 2);
	assert_int_equal(cs_person_search(db, "K1", "111", "3-2-50", &a, &ids, &e), 0);
	assert_int_equal(ids.count, 3);
	assert_int_equal(cs_person_search(db, NULL, NULL, "3-2-502", &a, &ids, &e), 0);
	assert_int_equal(ids.count, 1);
	assert_int_equal(ids.id[0], 2);
	test_db_end(db);
	cs_arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(persons_are_found),
		cmocka_unit_test(lookups_use_indexes),
		cmocka_unit_test(what_belongs_to_a_person),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
