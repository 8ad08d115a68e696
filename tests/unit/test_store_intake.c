/* What is remembered of imports. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "database.h"
#include "store/intake.h"

#define A "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define B "ffffffffffffffffffffffffffffffff0123456789abcdef0123456789abcdef"

static struct cs_db *db;

static int begin(void **state)
{
	(void)state;
	db = test_db_begin();
	return 0;
}

static int end(void **state)
{
	(void)state;
	test_db_end(db);
	return 0;
}

static struct cs_intake_seen found(const char *source, const char *key)
{
	struct cs_intake_seen got = {0};
	struct cs_err e = {0};
	int rc = cs_intake_row_find(db, source, key, &got, &e);

	if (rc < 0)
		fail_msg("%s", e.text);
	if (rc == 0)
		got.ticket = -1;
	return got;
}

static void test_runs(void **state)
{
	struct cs_err e = {0};
	int64_t first = 0, second = 0;

	(void)state;
	assert_int_equal(cs_intake_run_add(db, "crm", true, 1000, "boss", &first, &e), 0);
	assert_int_equal(cs_intake_run_add(db, "crm", false, 2000, "ling", &second, &e), 0);
	assert_true(first > 0 && second > first);
	assert_int_equal(cs_intake_run_add(db, NULL, false, 2000, "ling", &second, &e), -1);
}

static void test_rows(void **state)
{
	const struct cs_intake_seen row = {.digest = A, .ticket = 7, .run = 1};
	static const struct {
		const char *digest; /* NULL: the same */
		int64_t run;
		const char *then;
	} changes[] = {{NULL, 2, A}, {B, 3, B}, {NULL, 4, B}};
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(found("crm", "k").ticket, -1);
	assert_int_equal(cs_intake_row_add(db, "crm", "k", &row, &e), 0);
	assert_int_equal(cs_intake_row_add(db, "crm", "other", &row, &e), 0);
	assert_int_equal(cs_intake_row_add(db, "crm", "k", &row, &e), -1); /* one of each */
	assert_int_equal(found("crm", "k").ticket, 7);
	assert_int_equal(found("crm", "k").run, 1);
	assert_string_equal(found("crm", "k").digest, A);
	assert_int_equal(found("web", "k").ticket, -1);
	assert_int_equal(found("crm", "K").ticket, -1);
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		assert_int_equal(cs_intake_row_change(db, "crm", "k", changes[i].digest,
						      changes[i].run, &e),
				 0);
		assert_int_equal(found("crm", "k").run, changes[i].run);
		assert_string_equal(found("crm", "k").digest, changes[i].then);
		assert_int_equal(found("crm", "k").ticket, 7);
	}
	assert_int_equal(found("crm", "other").run, 1);
	assert_string_equal(found("crm", "other").digest, A);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_runs, begin, end),
		cmocka_unit_test_setup_teardown(test_rows, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
