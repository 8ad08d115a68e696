/* Fields that follow from a list: by the fee lines of a rule made for it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "editions.h"

static int begin(void **state)
{
	(void)state;
	desk_begin();
	edition_with("\"kinds\": {\"request\": {\"fields\": {"
		     "\"total\": {\"type\": \"money\", \"is\": {\"sum\": \"fees.amount\", "
		     "\"where\": {\"not\": {\"field\": \"quantity\", \"is\": 0}}}}}}}, "
		     "\"labels\": {\"en\": {\"fields/total\": \"total\"}, \"zh\": {\"fields/total\": \"合计\"}}");
	return 0;
}

static int end(void **state)
{
	(void)state;
	desk_end();
	return 0;
}

static void test_sum(void **state)
{
	static const struct {
		const char *words;
		int64_t total; /* in fen; -1: unset */
	} cases[] = {
		{"requote note=x row:fees:line=1,item=a,quantity=1,amount=10", 1000},
		{"requote note=x row:fees:line=2,item=b,quantity=1,amount=2.50 "
			"row:fees:line=3,item=c,quantity=2,amount=1",
		 1350},
		{"requote note=x row:fees:line=1,item=a,quantity=0,amount=10", 350}, /* counts no more */
		{"requote note=x row:fees:line=1,item=a,quantity=0,amount=99", 350}, /* and changes nothing */
		/* Whether it counts cannot be told: neither can the sum. */
		{"requote note=x row:fees:line=4,item=d,amount=7", -1},
		{"requote note=x row:fees:line=4,item=d,quantity=1,amount=7", 1050},
	};
	int64_t id = desk_register("request", "eng.water", NULL, NULL);
	int rc;

	(void)state;
	assert_int_equal(desk_dispatch(id, "p1.engineering", "worker", NULL, &rc, NULL), CS_OK);
	desk_actor("worker");
	desk_do(id, "arrive");
	desk_do(id, "start");
	assert_null(cs_image_own(desk_ticket(id), "total"));
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct cs_value *v;

		if (i > 0) {
			desk_do(id, "consent agreed_amount=1");
			desk_do(id, "start");
		}
		desk_do(id, cases[i].words);
		v = cs_image_own(desk_ticket(id), "total");
		if (cases[i].total < 0 ? v != NULL : !v || v->i != cases[i].total)
			fail_msg("case %zu: %lld", i, v ? (long long)v->i : -1LL);
	}
}

static void test_not_by_hand(void **state)
{
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(desk_register("request", "eng.water", "total=5", &e), 0);
	assert_string_equal(e.text, "total follows from the rows of fees: give those (--row fees:...)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_sum, begin, end),
		cmocka_unit_test_setup_teardown(test_not_by_hand, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
