/* What is given with a step is named by id or label. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"

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

static void test_read(void **state)
{
	static const struct cs_given set[] = {{"紧急", "是"}, {"category", "eng.leak"}},
				     cell[] = {{"序号", "1"}, {"amount", "5"}};
	static const struct cs_given_row row = {"费用明细", cell, 2};
	struct cs_request r = {.set = set, .set_count = 2, .row = &row, .row_count = 1};
	struct cs_err e = {0};

	(void)state;
	if (cs_request_read(desk->policy, cs_policy_kind(desk->policy, "request"), &r, &desk->work, &e) < 0)
		fail_msg("%s", e.text);
	assert_string_equal(r.set[0].name, "urgent");
	assert_string_equal(r.set[0].text, "是");
	assert_string_equal(r.set[1].name, "category");
	assert_string_equal(r.row[0].list, "fees");
	assert_string_equal(r.row[0].cell[0].name, "line");
	assert_string_equal(r.row[0].cell[1].name, "amount");
}

static void test_refused(void **state)
{
	static const struct {
		struct cs_given set[2];
		const char *list, *why;
	} cases[] = {
		{{{"urgent", "yes"}, {"紧急", "否"}}, "fees", "urgent is given twice"},
		{{{"reslt", "x"}, {"urgent", "no"}},
		 "fees",
		 "'reslt' is not among the fields of request; did you mean 'result'?"},
		{{{"result", "x"}, {"urgent", "no"}}, "费用", "'费用' is not among the lists of request; did you mean"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct cs_given_row row = {cases[i].list, NULL, 0};
		struct cs_request r = {.set = cases[i].set, .set_count = 2, .row = &row, .row_count = 1};
		const struct cs_kind *k = cs_policy_kind(desk->policy, "request");
		struct cs_err e = {0};

		assert_int_equal(cs_request_read(desk->policy, k, &r, &desk->work, &e), -1);
		assert_int_equal(e.code, CS_USAGE);
		if (!strstr(e.text, cases[i].why))
			fail_msg("%s", e.text);
		/* of a file they are the reader's affair: columns of other kinds may stand there */
		r.from_row = true;
		assert_int_equal(cs_request_read(desk->policy, k, &r, &desk->work, &e), 0);
	}
}

/* Handed over with a label and handed over with the id are the same: the second is a repeat. */
static void test_repeat(void **state)
{
	int64_t id = desk_register("request", "eng.leak", "", NULL);
	int rc = -1;

	(void)state;
	assert_int_equal(desk_dispatch(id, NULL, NULL, "priority=urgent", &rc, NULL), CS_OK);
	assert_int_equal(rc, 0);
	assert_int_equal(desk_dispatch(id, NULL, NULL, "priority=紧急", &rc, NULL), CS_OK);
	assert_int_equal(rc, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_read, begin, end),
		cmocka_unit_test_setup_teardown(test_refused, begin, end),
		cmocka_unit_test_setup_teardown(test_repeat, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
