/* References and the numbers that stand for them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/time.h"
#include "store/ref.h"

static void test_texts(void **state)
{
	static const char *const good[] = {"R20261121-0042", "A19000101-0001", "ZZZ22151231-9999", "CM20240229-10000",
					   "R20261121-2097151"};
	static const char *const bad[] = {
		"",
		"R",
		"ä20261121-0042",
		"R20261121-42",
		"R20261121-004",
		"R20261121-00042",
		"R20261121_0042",
		"RRRR20261121-0042",
		"R20261321-0042",
		"R20250229-0001",
		"R18991231-0001",
		"R20261121-0000",
		"R20261121-2097152",
		"R20261121-0042 ",
		" R20261121-0042",
		"R2026112-0042",
		"20261121-0042",
		"R20261121-0042x",
		"Ä20261121-0042",
		"R22170101-0001",
	};
	char buf[CS_REF_SIZE];
	struct cs_err e = {0};

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		int64_t id = cs_ref_parse(good[i], &e);

		assert_true(id > 0 && id < INT64_C(1) << 53); /* exact as a number in JSON */
		assert_string_equal(cs_ref_text(id, buf), good[i]);
	}
	/* as clerks type them */
	assert_int_equal(cs_ref_parse("r20261121-0042", &e), cs_ref_parse(good[0], &e));
	assert_int_equal(cs_ref_parse("Ｒ２０２６１１２１－００４２", &e), cs_ref_parse(good[0], &e));
	assert_int_equal(cs_ref_parse("cM20240229-10000", &e), cs_ref_parse(good[3], &e));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		e = (struct cs_err){0};
		if (cs_ref_parse(bad[i], &e) != 0 || e.code != CS_USAGE)
			fail_msg("'%s' was taken", bad[i]);
	}
}

/* Ordered by day, then prefix, then number; a day's tickets are one range. */
static void test_order(void **state)
{
	static const char *const sorted[] = {
		"Z20261120-9999",  "A20261121-0001", "A20261121-0002",   "A20261121-10000",
		"AB20261121-0001", "B20261121-0001", "ZZZ20261121-0001", "A20261122-0001",
	};
	const int32_t day = cs_day_from_date(2026, 11, 21);
	int64_t last = 0;

	(void)state;
	for (size_t i = 0; i < sizeof sorted / sizeof *sorted; i++) {
		int64_t id = cs_ref_parse(sorted[i], NULL);
		bool inside = id >= cs_ref_first(day) && id < cs_ref_first(day + 1);

		assert_true(id > last);
		assert_int_equal(inside, strstr(sorted[i], "20261121") != NULL);
		last = id;
	}
}

static void test_make(void **state)
{
	(void)state;
	assert_int_equal(cs_ref_make("", 0, 1), 0);
	assert_int_equal(cs_ref_make("ABCD", 0, 1), 0);
	assert_int_equal(cs_ref_make("a", 0, 1), 0);
	assert_int_equal(cs_ref_make("A", 0, 0), 0);
	assert_int_equal(cs_ref_make("A", 0, 2097152), 0);
	assert_int_equal(cs_ref_make("A", -50000, 1), 0);
	assert_true(cs_ref_make("A", 0, 1) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_texts), cmocka_unit_test(test_order),
					   cmocka_unit_test(test_make)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
