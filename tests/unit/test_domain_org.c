/* Units by name, the tree, who holds which post when (requirements section 1). */
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

/* Of hq, region r with projects a and b (each with areas), only some have departments. */
static void test_departments(void **state)
{
	enum { HQ = 1, R, A, A_NORTH, A_SOUTH, A_ENG, A_NORTH_CLEAN, A_SOUTH_CLEAN, B, B_NORTH, R_SAFETY, A_ENG_WATER };
	static struct cs_unit_row unit[] = {
		{.id = HQ, .level = "hq", .parent = CS_NULL},
		{.id = R, .level = "region", .parent = HQ},
		{.id = A, .level = "project", .parent = R},
		{.id = A_NORTH, .level = "area", .parent = A},
		{.id = A_SOUTH, .level = "area", .parent = A},
		{.id = A_ENG, .level = "department", .parent = A, .function = "engineering"},
		{.id = A_NORTH_CLEAN, .level = "department", .parent = A_NORTH, .function = "cleaning"},
		{.id = A_SOUTH_CLEAN, .level = "department", .parent = A_SOUTH, .function = "cleaning"},
		{.id = B, .level = "project", .parent = R},
		{.id = B_NORTH, .level = "area", .parent = B},
		{.id = R_SAFETY, .level = "department", .parent = R, .function = "safety"},
		{.id = A_ENG_WATER, .level = "department", .parent = A_ENG, .function = "water"},
	};
	static const struct {
		int64_t from;
		const char *function;
		int64_t unit; /* 0: none */
	} cases[] = {
		{A, "engineering", A_ENG},
		{A_NORTH, "engineering", A_ENG},
		{A_NORTH_CLEAN, "engineering", A_ENG},
		{A_NORTH_CLEAN, "water", A_ENG_WATER},
		{B, "engineering", 0}, /* never the other project's */
		{B_NORTH, "engineering", 0},
		{B_NORTH, "safety", R_SAFETY}, /* the region's serves all its projects */
		{A_ENG, "safety", R_SAFETY},
		{A_NORTH, "cleaning", A_NORTH_CLEAN},
		{A_SOUTH, "cleaning", A_SOUTH_CLEAN},
		{A, "cleaning", 0}, /* the north's or the south's? */
		{B_NORTH, "cleaning", 0},
		{HQ, "engineering", A_ENG},
		{CS_NULL, "engineering", 0},
	};
	struct cs_org o = {.unit = unit, .unit_count = sizeof unit / sizeof *unit};

	(void)state;
	for (size_t i = 0; i < sizeof unit / sizeof *unit; i++)
		unit[i].closed_at = CS_NULL;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct cs_unit_row *u = cs_org_department(&o, cases[i].from, cases[i].function);

		if ((u ? u->id : 0) != cases[i].unit)
			fail_msg("%s from %lld: %lld", cases[i].function, (long long)cases[i].from,
				 u ? (long long)u->id : 0);
	}
}

static void test_units(void **state)
{
	static const struct {
		const char *text;
		int64_t unit; /* 0: refused */
	} cases[] = {
		{"p1", UNIT_P1},
		{"p1.engineering", UNIT_ENGINEERING},
		{"阳光花园", UNIT_P1},
		{"环境部", UNIT_ENVIRONMENT},
		{"工程部", 0},
		{"engineering", 0},
		{"environment", UNIT_ENVIRONMENT},
		{"p9", 0},
		{"", 0},
		{"P1", 0},
	};
	struct cs_err e = {0};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct cs_unit_row *u = cs_org_find_unit(&desk->org, cases[i].text, &e);

		if ((u ? u->id : 0) != cases[i].unit)
			fail_msg("%s: %lld", cases[i].text, u ? (long long)u->id : 0);
	}
	cs_org_find_unit(&desk->org, "工程部", &e);
	assert_non_null(strstr(e.text, "p1.engineering"));
	assert_non_null(strstr(e.text, "p2.engineering"));
	assert_true(cs_org_below(&desk->org, UNIT_ENGINEERING, UNIT_EAST));
	assert_true(cs_org_below(&desk->org, UNIT_EAST, UNIT_EAST));
	assert_false(cs_org_below(&desk->org, UNIT_EAST, UNIT_P1));
	assert_false(cs_org_below(&desk->org, UNIT_ENGINEERING2, UNIT_P1));
	assert_int_equal(cs_org_up(&desk->org, UNIT_NORTH, "region")->id, UNIT_EAST);
	assert_null(cs_org_up(&desk->org, UNIT_HQ, "region"));
}

/* By login, else by name; a name that two have is no answer; what is nearly one is offered. */
static void test_people(void **state)
{
	struct cs_staff_row staff[] = {
		{1, "zhao", "赵师傅", CS_NULL, NULL, 0, CS_NULL},  {2, "wang", "王芳", CS_NULL, NULL, 0, CS_NULL},
		{3, "wang2", "王芳", CS_NULL, NULL, 0, CS_NULL},   {4, "gone", "", CS_NULL, NULL, 0, 1},
		{5, "赵师傅2", "wang", CS_NULL, NULL, 0, CS_NULL},
	};
	const struct cs_org o = {.staff = staff, .staff_count = 5};
	static const struct {
		const char *text;
		int64_t id;
		const char *why;
	} cases[] = {
		{"zhao", 1, NULL},
		{"赵师傅", 1, NULL},
		{"　ｚｈａｏ", 1, NULL},
		{"wang", 2, NULL},
		{"王芳", 0, "'王芳' is the name of several: wang, wang2; say the login"},
		{"赵师父", 0, "nobody on the staff has the login or name '赵师父'; did you mean zhao (赵师傅)?"},
		{"zhoa", 0, "did you mean zhao (赵师傅)?"},
		{"somebody", 0, "nobody on the staff has the login or name 'somebody' (cs-org list staff)"},
		{"", 0, "nobody on the staff"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_err e = {0};
		const struct cs_staff_row *p = cs_org_find_staff(&o, cases[i].text, &e);

		if ((p ? p->id : 0) != cases[i].id || (cases[i].why && !strstr(e.text, cases[i].why)))
			fail_msg("'%s': %s", cases[i].text, e.text);
		assert_int_equal(e.code, cases[i].id ? CS_OK : CS_USAGE);
	}
}

static void test_posts(void **state)
{
	/* Written by hand: ids of staff, terms in seconds. */
	struct cs_unit_row unit[] = {
		{1, "hq", "hq", "hq", NULL, CS_NULL, CS_NULL, CS_NULL},
		{2, "p", "p", "project", NULL, 1, CS_NULL, CS_NULL},
		{3, "p.d", "d", "department", "engineering", 2, CS_NULL, CS_NULL},
	};
	struct cs_staff_row staff[] = {
		{1, "a", "a", 3, NULL, 0, CS_NULL},
		{2, "b", "b", 3, NULL, 100, 200},
		{3, "c", "c", 2, NULL, 0, CS_NULL},
	};
	struct cs_post_row post[] = {
		{1, "head", 3, 1, 1, 0, CS_NULL}, /* deputy */
		{2, "head", 3, 2, 0, 100, 200},
		{3, "chief", 2, 3, 0, 0, 150},
	};
	const struct cs_org o = {
		.unit = unit, .unit_count = 3, .staff = staff, .staff_count = 3, .post = post, .post_count = 3};
	static const struct {
		const char *post;
		int64_t unit, at, holder;
	} cases[] = {
		{"head", 3, 99, 1},       /* only the deputy */
		{"head", 3, 100, 2},      /* from the first second */
		{"head", 3, 199, 2},
		{"head", 3, 200, 1},      /* to: no longer */
		{"head", 2, 100, CS_NULL}, /* posts are found upwards, not below */
		{"chief", 3, 100, 3},     /* above the department */
		{"chief", 3, 150, CS_NULL},
		{"chief", 1, 100, CS_NULL},
		{"nosuch", 3, 100, CS_NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (cs_org_holder(&o, cases[i].post, cases[i].unit, cases[i].at) != cases[i].holder)
			fail_msg("case %zu", i);
	assert_true(cs_org_holds(&o, 2, "head", 3, 150));
	assert_false(cs_org_holds(&o, 2, "head", 3, 200));
	assert_true(cs_org_holds(&o, 2, "head", CS_NULL, 150));
	assert_false(cs_org_holds(&o, 2, "head", 2, 150)); /* below the unit asked */
	assert_true(cs_org_holds(&o, 3, "chief", 3, 100)); /* above it */
	assert_true(cs_staff_active(&staff[1], 100));
	assert_false(cs_staff_active(&staff[1], 99));
	assert_false(cs_staff_active(&staff[1], 200));
	assert_false(cs_staff_active(NULL, 1));
	assert_int_equal(cs_org_department(&o, 1, "engineering")->id, 3);
	assert_null(cs_org_department(&o, 1, "safety"));
	assert_null(cs_org_unit(&o, CS_NULL));
	assert_null(cs_org_staff(&o, 4));
	assert_int_equal(cs_org_login(&o, "b")->id, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_departments),
		cmocka_unit_test_setup_teardown(test_units, begin, end),
		cmocka_unit_test(test_people),
		cmocka_unit_test(test_posts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
