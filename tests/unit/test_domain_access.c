/* Restricted view: who may read which ticket, and that reading is recorded (S0-3-3, G33). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/access.h"

static const char *const only_requests[] = {"request"};
static const struct cs_cond leaks = {
	.op = CS_COND_FIELD,
	.name = "category",
	.test = CS_TEST_IS,
	.value = (struct cs_value[]){{CS_V_TEXT, 0, "eng.leak"}},
	.value_count = 1,
};
static struct cs_who director = {.kind = CS_WHO_POST, .name = "area_director"};
static struct cs_access_rule rule;

static int begin(void **state)
{
	struct cs_policy *p;

	(void)state;
	desk_begin();
	rule = (struct cs_access_rule){
		.id = "secret",
		.each = {.of = "ticket", .kinds = {(const char **)only_requests, 1}},
		.by = {&director, 1},
	};
	p = (struct cs_policy *)desk->policy;
	p->access = &rule;
	p->access_count = 1;
	return 0;
}

static int end(void **state)
{
	(void)state;
	desk_end();
	return 0;
}

static bool kept(int64_t ticket, const char *login)
{
	struct cs_image *im = desk_ticket(ticket);

	desk_actor(login);
	return cs_access_kept(desk, im) != NULL;
}

static void a_rule_is_about_its_kinds_alone(void **state)
{
	int64_t request = desk_register("request", "eng.water", "", NULL),
		inquiry = desk_register("inquiry", "eng.water", "", NULL);

	(void)state;
	assert_true(cs_access_bound(desk, "request"));
	assert_false(cs_access_bound(desk, "inquiry"));
	assert_true(kept(request, "ling"));
	assert_true(kept(request, "chief"));
	assert_false(kept(request, "director"));
	assert_false(kept(inquiry, "ling"));
	assert_int_equal(cs_access_kept_row(desk, "inquiry", 1, &desk->work, NULL), 0); /* not even looked up */
}

/* Loaded or not, by kind or by its id alone, for who may read it and who may not: the same answer. */
static void the_same_of_one_not_loaded(void **state)
{
	static const char *const logins[] = {"ling", "boss", "director"};
	int64_t request = desk_register("request", "eng.water", "", NULL),
		inquiry = desk_register("inquiry", "eng.water", "", NULL);
	struct cs_err e = {0};

	(void)state;
	for (size_t i = 0; i < sizeof logins / sizeof *logins; i++) {
		bool want = kept(request, logins[i]);

		assert_int_equal(want, strcmp(logins[i], "director") != 0);
		assert_int_equal(cs_access_kept_row(desk, "request", request, &desk->work, &e), want);
		assert_int_equal(cs_access_kept_id(desk, request, &e), want);
		assert_int_equal(cs_access_kept_id(desk, inquiry, &e), 0);
		assert_int_equal(cs_access_secret_row(desk, "request", request, &desk->work, &e), 1);
		assert_int_equal(cs_access_secret_id(desk, request, &e), 1);
		assert_int_equal(cs_access_secret_id(desk, inquiry, &e), 0);
		assert_int_equal(cs_access_kept_id(desk, request + 1000, &e), 0); /* there is none */
	}
}

/* Not even the person who holds every other right: admin is no post of the rule. */
static void the_admin_is_nobody_special(void **state)
{
	(void)state;
	assert_true(kept(desk_register("request", "eng.water", "", NULL), "boss"));
}

static void what_cannot_be_told_is_kept_back(void **state)
{
	int64_t leak = desk_register("request", "eng.leak", "", NULL);
	int64_t water = desk_register("request", "eng.water", "", NULL);
	int64_t unknown = desk_register("request", "eng.door", "", NULL);
	struct cs_image *im;

	(void)state;
	rule.each.where = &leaks;
	assert_true(kept(leak, "ling"));
	assert_false(kept(water, "ling"));
	im = desk_ticket(unknown);
	im->t.category = NULL;
	assert_non_null(cs_access_kept(desk, im));
}

static void who_may_is_named_in_the_refusal(void **state)
{
	struct cs_image *im = desk_ticket(desk_register("request", "eng.water", "", NULL));
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(cs_access_refuse(desk, im, &rule, &e), -1);
	assert_int_equal(e.code, CS_DENIED);
	assert_non_null(strstr(e.text, "only for area director to read"));
}

/* To who may read it by its reference, to others as kept back, or by the one they asked about. */
static void how_it_is_named(void **state)
{
	int64_t request = desk_register("request", "eng.water", "", NULL),
		inquiry = desk_register("inquiry", "eng.water", "", NULL);
	char ref[CS_REF_SIZE], want[CS_REF_SIZE];
	struct cs_err e = {0};

	(void)state;
	desk_actor("ling");
	assert_string_equal(cs_access_ref(desk, request, ref), CS_KEPT_BACK);
	assert_string_equal(cs_access_ref(desk, inquiry, ref), cs_ref_text(inquiry, want));
	assert_int_equal(cs_access_named(desk, request, inquiry), inquiry);
	assert_int_equal(cs_access_named(desk, inquiry, request), inquiry);
	assert_int_equal(cs_access_named(desk, request, request), request);
	assert_int_equal(cs_access_refuse_other(desk, &rule, &e), -1);
	assert_int_equal(e.code, CS_DENIED);
	assert_string_equal(e.text, CS_KEPT_BACK ": only for area director to read");
	desk_actor("director");
	assert_string_equal(cs_access_ref(desk, request, ref), cs_ref_text(request, want));
	assert_int_equal(cs_access_named(desk, request, inquiry), request);
}

static void reading_is_recorded_by_rules_that_say_so(void **state)
{
	int64_t ticket = desk_register("request", "eng.water", "", NULL);
	struct cs_access_row row;
	struct cs_event ev;

	(void)state;
	desk_actor("director");
	assert_null(cs_access_logged(desk, desk_ticket(ticket)));
	rule.log = true;
	assert_ptr_equal(cs_access_logged(desk, desk_ticket(ticket)), &rule);
	assert_int_equal(cs_session_begin(desk, NULL), 0);
	assert_int_equal(cs_access_record(desk, ticket, &rule, "audit", NULL), 0);
	assert_int_equal(cs_session_commit(desk, NULL), 0);
	assert_int_equal(cs_table_find(desk->db, &cs_access_table, 1, &desk->work, &row, NULL), 1);
	assert_int_equal(row.ticket, ticket);
	assert_int_equal(row.staff, desk_staff("director"));
	assert_string_equal(row.why, "audit");
	assert_int_equal(row.at, desk->now);
	/* It is no work on the ticket. */
	assert_int_equal(cs_event_last_step(desk->db, ticket, "read", 0, &ev, NULL), 0);
}

static void secret_tickets_are_those_some_rule_covers(void **state)
{
	struct cs_image *im = desk_ticket(desk_register("request", "eng.water", "", NULL));
	struct cs_view v = {.s = desk, .policy = desk->policy, .im = im, .at = desk->now};

	(void)state;
	assert_true(cs_access_secret(&v));
	rule.each.where = &leaks;
	assert_false(cs_access_secret(&v));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_rule_is_about_its_kinds_alone, begin, end),
		cmocka_unit_test_setup_teardown(the_same_of_one_not_loaded, begin, end),
		cmocka_unit_test_setup_teardown(the_admin_is_nobody_special, begin, end),
		cmocka_unit_test_setup_teardown(what_cannot_be_told_is_kept_back, begin, end),
		cmocka_unit_test_setup_teardown(who_may_is_named_in_the_refusal, begin, end),
		cmocka_unit_test_setup_teardown(how_it_is_named, begin, end),
		cmocka_unit_test_setup_teardown(reading_is_recorded_by_rules_that_say_so, begin, end),
		cmocka_unit_test_setup_teardown(secret_tickets_are_those_some_rule_covers, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
