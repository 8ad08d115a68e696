/* What database this is, and its editions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "store/meta.h"

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

static void test_meta(void **state)
{
	struct cs_arena a = {0};
	struct cs_err e = {0};
	struct cs_meta m;
	int64_t edition, org, later;

	(void)state;
	assert_int_equal(cs_meta_load(desk->db, &a, &m, &e), 0);
	assert_int_equal(strlen(m.database_id), 32);
	assert_int_equal(cs_meta_versions(desk->db, &edition, &org, &e), 0);
	assert_int_equal(edition, desk->edition);
	assert_int_equal(cs_session_begin(desk, &e), 0);
	assert_int_equal(cs_meta_org_changed(desk->db, &e), 0);
	assert_int_equal(cs_meta_versions(desk->db, &edition, &later, &e), 0);
	assert_int_equal(later, org + 1);
	cs_session_rollback(desk);
	cs_arena_free(&a);
}

static void test_editions(void **state)
{
	struct cs_edition ed = {.name = "n",
				.edition = "2027-01-01",
				.digest = "d",
				.text = "{}",
				.loaded_at = 5,
				.loaded_by = "boss"},
			  got, *list;
	struct cs_arena a = {0};
	struct cs_err e = {0};
	size_t n;

	(void)state;
	assert_int_equal(cs_session_begin(desk, &e), 0);
	assert_int_equal(cs_edition_add(desk->db, &ed, &e), 0);
	assert_int_equal(ed.id, desk->edition + 1);
	assert_int_equal(cs_edition_get(desk->db, ed.id, &a, &got, &e), 1);
	assert_string_equal(got.text, "{}");
	assert_string_equal(got.loaded_by, "boss");
	assert_null(got.approved_by);
	assert_int_equal(cs_edition_get(desk->db, 99, &a, &got, &e), 0);
	assert_int_equal(cs_edition_list(desk->db, &a, &list, &n, &e), 0);
	assert_int_equal(n, 2);
	assert_string_equal(list[0].name, "property"); /* oldest first */
	assert_int_equal(list[1].id, ed.id);
	cs_session_rollback(desk);
	cs_arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_meta, begin, end),
		cmocka_unit_test_setup_teardown(test_editions, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
