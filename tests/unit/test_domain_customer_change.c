/* Changing customers: requirements 2.2, 2.3 (S3-2-3 importance, S2-2-17 tiers, S2-2-21 account
   manager). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/customer_change.h"
#include "store/customer.h"

static int begin(void **state)
{
	struct cs_err e = {0};

	(void)state;
	desk_begin();
	assert_int_equal(cs_session_begin(desk, &e), 0);
	return 0;
}

static int end(void **state)
{
	(void)state;
	desk_end();
	return 0;
}

static void changes(void **state)
{
	static const struct {
		int64_t person;
		struct cs_customer_change c;
		enum cs_code code;
		const char *says;
		size_t effects;
	} cases[] = {
		{1, {0}, CS_OK, NULL, 0},
		{1, {.tier = "gold"}, CS_OK, NULL, 2},
		{2, {.tier = "gold"}, CS_OK, NULL, 0}, /* is gold */
		{2, {.tier = ""}, CS_OK, NULL, 2},
		{1, {.tier = ""}, CS_OK, NULL, 0},
		{1, {.tier = "golden"}, CS_USAGE, "did you mean 'gold'", 0},
		{1, {.weight = "important", .manager = "ling"}, CS_OK, NULL, 3},
		{1,
		 {.weight = "vital"},
		 CS_USAGE,
		 "'vital' is not among the codes of weight; allowed: important, ordinary",
		 0},
		{1, {.manager = "nobody"}, CS_USAGE, "nobody on the staff", 0},
		{2, {.manager = ""}, CS_OK, NULL, 1},
		{1, {.phone = "138 0013 8000"}, CS_OK, NULL, 0}, /* has it */
		{1, {.phone = "13900139000"}, CS_REFUSED, "customer 2 has this phone", 0},
		{1, {.phone = "call me"}, CS_REFUSED, "is no phone number", 0},
		{1, {.phone = "", .name = ""}, CS_REFUSED, "neither name, phone nor key left", 0},
		{1, {.phone = ""}, CS_OK, NULL, 1},
		{1, {.name = "王 小 芳"}, CS_OK, NULL, 1},
		{99, {.name = "x"}, CS_NOTFOUND, "no customer 99", 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_effects l = {.arena = &desk->work};
		struct cs_err e = {0};

		if (cs_customer_change(desk, cases[i].person, &cases[i].c, desk->now, &l, &e) == 0)
			e.code = CS_OK;
		if (e.code != cases[i].code || (cases[i].says && !strstr(e.text, cases[i].says)) ||
		    l.count != cases[i].effects)
			fail_msg("case %zu: %d %s, %zu effects", i, (int)e.code, e.text, l.count);
	}
}

/* S2-2-18: a tier that moves is dated anew; one that stays keeps its date. */
static void tiers_are_dated(void **state)
{
	const struct cs_customer_spec spec = {.phone = "13800138000", .unit = CS_NULL};
	const struct cs_tenure_change none = {NULL, CS_NULL, CS_NULL};
	static const char *const tier[] = {"silver", "silver", "gold"};
	struct cs_person_row p;
	struct cs_customer who;
	struct cs_err e = {0};
	cs_time since = 0;
	bool changed;

	(void)state;
	for (int i = 0; i < 3; i++) {
		const struct cs_customer_change c = {.tier = tier[i]};

		assert_int_equal(cs_customer_enter(desk, &spec, &c, &none, desk->now + i, &who,
						   &changed, &e),
				 0);
		assert_int_equal(who.person, PERSON_WANG);
		assert_int_equal(changed, i != 1);
		assert_int_equal(cs_table_find(desk->db, &cs_person_table, 1, &desk->work, &p, &e),
				 1);
		assert_string_equal(p.tier, tier[i]);
		if (i == 1)
			assert_int_equal(p.tier_at, since);
		since = p.tier_at;
	}
	assert_int_equal(since, desk->now + 2);
}

static void tenures(void **state)
{
	const cs_time now = desk->now;
	static const struct {
		struct cs_tenure_change c;
		cs_time after; /* since now */
		size_t rows;
		enum cs_code code;
	} cases[] = {
		{{"owner", CS_NULL, CS_NULL}, 0, 1, CS_OK},
		{{"owner", CS_NULL, CS_NULL}, 1, 1, CS_OK},
		{{"tenant", CS_NULL, CS_NULL}, 2, 1, CS_OK}, /* as something else */
		{{NULL, 100, 50}, 3, 1, CS_REFUSED},
		{{"ownr", CS_NULL, CS_NULL}, 3, 1, CS_USAGE},
		{{NULL, 100, 200}, 4, 1, CS_OK},     /* it has ended */
		{{NULL, 100, 200}, 5, 1, CS_OK},     /* said again */
		{{NULL, 300, CS_NULL}, 6, 2, CS_OK}, /* came back */
	};
	struct cs_tenure_row *t;
	size_t n;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_effects l = {.arena = &desk->work};
		struct cs_err e = {0};

		if (cs_customer_tenure(desk, 1, PREMISES_1, &cases[i].c, now + cases[i].after, &l,
				       &e) == 0)
			e.code = CS_OK;
		if (e.code != cases[i].code)
			fail_msg("case %zu: %d %s", i, (int)e.code, e.text);
		if (e.code == CS_OK && l.count)
			assert_int_equal(cs_session_record(desk, NULL,
							   (struct cs_deed){"person", 1, "tenure", now, CS_NULL}, &l,
							   &e),
					 0);
		assert_int_equal(cs_person_tenures(desk->db, 1, &desk->work, &t, &n, &e), 0);
		assert_int_equal(n, cases[i].rows);
	}
	assert_string_equal(t[0].capacity, "tenant");
	assert_int_equal(t[0].to_at, 200);
	assert_int_equal(t[1].to_at, CS_NULL);
}

static void enter_needs_something(void **state)
{
	const struct cs_customer_spec spec = {.address = "9-9-9", .unit = CS_NULL};
	const struct cs_customer_change c = {0};
	const struct cs_tenure_change none = {NULL, CS_NULL, CS_NULL};
	struct cs_customer who;
	struct cs_err e = {0};
	bool changed;

	(void)state;
	assert_int_equal(cs_customer_enter(desk, &spec, &c, &none, desk->now, &who, &changed, &e),
			 -1);
	assert_int_equal(e.code, CS_REFUSED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(changes, begin, end),
		cmocka_unit_test_setup_teardown(tiers_are_dated, begin, end),
		cmocka_unit_test_setup_teardown(tenures, begin, end),
		cmocka_unit_test_setup_teardown(enter_needs_something, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
