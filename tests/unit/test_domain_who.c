/* Who is meant: posts are looked up at the unit served, then upwards, then at the post above (policy.md). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/view.h"

static int64_t ticket;

static int begin(void **state)
{
	const struct cs_registration gold = {
		.kind = "request",
		.category = "eng.leak",
		.body = "x",
		.place = UNIT_NORTH,
		.accepting = CS_NULL,
		.first = CS_NULL,
		.customer = PERSON_GOLD,
		.premises = PREMISES_1,
		.has_phone = true,
		.due_at = CS_TIME_NONE,
		.run = CS_NULL,
	};

	(void)state;
	desk_begin();
	ticket = desk_register_as(&gold, "", NULL);
	desk_do(ticket, "dispatch handling=p1.engineering assignee=worker");
	return 0;
}

static int end(void **state)
{
	(void)state;
	desk_end();
	return 0;
}

static struct cs_view view(struct cs_image *im)
{
	return (struct cs_view){.s = desk,
				.policy = desk->policy,
				.kind = cs_policy_kind(desk->policy, im->t.kind),
				.im = im,
				.at = desk->now,
				.step_actor = desk_staff("ling")};
}

static void test_found(void **state)
{
	static const struct {
		enum cs_who_kind kind;
		const char *name;
		enum cs_target_kind target;
		const char *login; /* staff */
		int64_t id;        /* others */
		const char *wanted;
	} cases[] = {
		{CS_WHO_ASSIGNEE, NULL, CS_TARGET_STAFF, "worker", 0, NULL},
		{CS_WHO_FIRST, NULL, CS_TARGET_STAFF, "ling", 0, NULL},
		{CS_WHO_SELF, NULL, CS_TARGET_STAFF, "ling", 0, NULL},
		{CS_WHO_RESPONSIBLE, NULL, CS_TARGET_STAFF, "assistant", 0, NULL}, /* the gold customer's manager */
		{CS_WHO_ACCOUNT_MANAGER, NULL, CS_TARGET_STAFF, "assistant", 0, NULL},
		{CS_WHO_ROUTE, NULL, CS_TARGET_UNIT, NULL, UNIT_ENGINEERING, NULL}, /* where gold repairs go too */
		{CS_WHO_DID, "dispatch", CS_TARGET_STAFF, "ling", 0, NULL},
		{CS_WHO_DID, "finish", CS_TARGET_NONE, NULL, CS_NULL, NULL},
		{CS_WHO_POST, "engineering_head", CS_TARGET_STAFF, "head", 0, NULL},
		{CS_WHO_POST, "assistant", CS_TARGET_STAFF, "assistant", 0, NULL},     /* at the premises' area */
		{CS_WHO_POST, "front_desk", CS_TARGET_STAFF, "ling", 0, NULL},         /* upwards to the project */
		{CS_WHO_POST, "area_manager", CS_TARGET_STAFF, "area", 0, NULL},       /* to the region */
		{CS_WHO_POST, "qmc_service_manager", CS_TARGET_STAFF, "qmc", 0, NULL}, /* to the top */
		{CS_WHO_POST, "archivist", CS_TARGET_STAFF, "manager", 0, "archivist"}, /* vacant: the post above */
		{CS_WHO_POST, "guard", CS_TARGET_STAFF, "manager", 0, "guard"},
		{CS_WHO_POST, "leader_in_charge", CS_TARGET_NONE, NULL, CS_NULL, "leader_in_charge"},
		{CS_WHO_IN, "handling", CS_TARGET_UNIT, NULL, UNIT_ENGINEERING, NULL},
		{CS_WHO_IN, "causing", CS_TARGET_NONE, NULL, CS_NULL, NULL},
		{CS_WHO_DEPT, "environment", CS_TARGET_UNIT, NULL, UNIT_ENVIRONMENT, NULL},
		{CS_WHO_DEPT, "engineering", CS_TARGET_UNIT, NULL, UNIT_ENGINEERING, NULL}, /* of p1, not of p2 */
		{CS_WHO_DEPT, "safety", CS_TARGET_NONE, NULL, CS_NULL, NULL},
		{CS_WHO_CUSTOMER, NULL, CS_TARGET_CUSTOMER, NULL, PERSON_GOLD, NULL},
		{CS_WHO_ANY, NULL, CS_TARGET_NONE, NULL, CS_NULL, NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct cs_who w = {.kind = cases[i].kind, .name = cases[i].name};
		struct cs_view v = view(desk_ticket(ticket));
		struct cs_target t = cs_who_find(&v, &w);

		if (t.kind != cases[i].target || t.id != (cases[i].login ? desk_staff(cases[i].login) : cases[i].id) ||
		    (t.wanted == NULL) != (cases[i].wanted == NULL))
			fail_msg("case %zu: kind %d id %lld wanted %s", i, (int)t.kind, (long long)t.id,
				 t.wanted ? t.wanted : "-");
	}
}

static struct cs_staff_row *staff_row(const char *login)
{
	for (size_t i = 0; i < desk->org.staff_count; i++)
		if (strcmp(desk->org.staff[i].login, login) == 0)
			return &desk->org.staff[i];
	fail_msg("nobody is called %s", login);
	return NULL;
}

/* Who has left, or comes only later, is nobody's target; what they did stays theirs. */
static void test_not_on_the_staff(void **state)
{
	static const struct {
		enum cs_who_kind kind;
		const char *name, *login;
	} cases[] = {
		{CS_WHO_ASSIGNEE, NULL, "worker"},
		{CS_WHO_FIRST, NULL, "ling"},
		{CS_WHO_SELF, NULL, "ling"},
		{CS_WHO_RESPONSIBLE, NULL, "assistant"},
		{CS_WHO_ACCOUNT_MANAGER, NULL, "assistant"},
		{CS_WHO_DID, "dispatch", "ling"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct cs_who w = {.kind = cases[i].kind, .name = cases[i].name};
		struct cs_view v = view(desk_ticket(ticket));
		struct cs_staff_row *p = staff_row(cases[i].login), was = *p;

		p->left_at = desk->now + 1;
		assert_int_equal(cs_who_find(&v, &w).id, p->id);
		p->left_at = desk->now;
		if (cs_who_find(&v, &w).kind != CS_TARGET_NONE)
			fail_msg("case %zu: has left", i);
		assert_true(cs_who_is(&v, &w, p->id));
		p->left_at = CS_NULL;
		p->joined_at = desk->now + 1;
		if (cs_who_find(&v, &w).kind != CS_TARGET_NONE)
			fail_msg("case %zu: has not come yet", i);
		*p = was;
	}
}

/* S2-2-21: a gold customer's account manager answers; when that one has left, the next rule (S3-4-3), else whoever took
   it in. */
static void test_manager_has_left(void **state)
{
	struct cs_registration gold = {.channel = "phone",
				       .category = "eng.leak",
				       .body = "x",
				       .place = UNIT_NORTH,
				       .accepting = CS_NULL,
				       .first = CS_NULL,
				       .customer = PERSON_GOLD,
				       .premises = PREMISES_1,
				       .has_phone = true,
				       .due_at = CS_TIME_NONE,
				       .run = CS_NULL};
	static const struct {
		const char *kind, *manager, *next;
	} cases[] = {{"complaint", "assistant", "chief"}, {"request", "assistant", "ling"}};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		gold.kind = cases[i].kind;
		staff_row("assistant")->left_at = desk->now + 1;
		assert_int_equal(desk_ticket(desk_register_as(&gold, "", NULL))->t.responsible,
				 desk_staff(cases[i].manager));
		staff_row("assistant")->left_at = desk->now;
		assert_int_equal(desk_ticket(desk_register_as(&gold, "", NULL))->t.responsible,
				 desk_staff(cases[i].next));
	}
}

/* No unit that is closed gets work: the category's route stands behind the unit that caused it. */
static void test_closed_unit(void **state)
{
	const struct cs_who causing = {.kind = CS_WHO_IN, .name = "causing"};
	struct cs_view v;
	struct cs_target t;

	(void)state;
	ticket = desk_register("request", "eng.leak", "causing=p1.environment", NULL);
	v = view(desk_ticket(ticket));
	assert_int_equal(cs_route_find(&v).id, UNIT_ENVIRONMENT);
	for (size_t i = 0; i < desk->org.unit_count; i++)
		if (desk->org.unit[i].id == UNIT_ENVIRONMENT)
			desk->org.unit[i].closed_at = desk->now;
	t = cs_who_find(&v, &causing);
	assert_int_equal(t.kind, CS_TARGET_NONE);
	assert_int_equal(cs_route_find(&v).id, UNIT_ENGINEERING);
}

static void test_is(void **state)
{
	static const struct {
		enum cs_who_kind kind;
		const char *name, *login;
		bool is;
	} cases[] = {
		{CS_WHO_ANY, NULL, "other", true},
		{CS_WHO_ANY, NULL, NULL, false},
		{CS_WHO_SYSTEM, NULL, NULL, true},
		{CS_WHO_SYSTEM, NULL, "boss", false},
		{CS_WHO_POST, "repair_worker", "worker", true},
		{CS_WHO_POST, "repair_worker", "worker2", true},
		{CS_WHO_POST, "repair_worker", "other", false}, /* the same post in another project */
		{CS_WHO_HOLDS, "repair_worker", "other", true}, /* anywhere */
		{CS_WHO_POST, "front_desk", "ling", true},
		{CS_WHO_POST, "front_desk", "chief", false},
		{CS_WHO_IN, "handling", "head", true},
		{CS_WHO_IN, "handling", "ling", false},
		{CS_WHO_IN, "handling", "manager", false}, /* stands above, belongs not */
		{CS_WHO_IN, "accepting", "ling", true},
		{CS_WHO_ASSIGNEE, NULL, "worker", true},
		{CS_WHO_ASSIGNEE, NULL, "worker2", false},
		{CS_WHO_DID, "dispatch", "ling", true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct cs_who w = {.kind = cases[i].kind, .name = cases[i].name};
		struct cs_view v = view(desk_ticket(ticket));

		if (cs_who_is(&v, &w, cases[i].login ? desk_staff(cases[i].login) : CS_NULL) != cases[i].is)
			fail_msg("case %zu", i);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_found, begin, end),
		cmocka_unit_test_setup_teardown(test_not_on_the_staff, begin, end),
		cmocka_unit_test_setup_teardown(test_manager_has_left, begin, end),
		cmocka_unit_test_setup_teardown(test_closed_unit, begin, end),
		cmocka_unit_test_setup_teardown(test_is, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
