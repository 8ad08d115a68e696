/* Changes of the organisation: every rule of units, people and posts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/staffing.h"

static int begin(void **state)
{
	struct cs_err e = {0};

	(void)state;
	desk_begin();
	desk_actor("boss");
	assert_int_equal(cs_session_begin(desk, &e), 0);
	return 0;
}

static int end(void **state)
{
	(void)state;
	desk_end();
	return 0;
}

static const struct {
	struct cs_unit_row row;
	enum cs_code code;
	const char *says;
} unit_cases[] = {
	{{CS_NULL, "p3", "新苑", "project", NULL, UNIT_EAST, 10, CS_NULL}, CS_OK, NULL},
	{{CS_NULL, "p3", "新苑", "project", NULL, UNIT_EAST, 10, CS_NULL},
	 CS_REFUSED,
	 "exists already"},
	{{CS_NULL, "p4", "新苑", "projcet", NULL, UNIT_EAST, CS_NULL, CS_NULL},
	 CS_USAGE,
	 "did you mean 'project'"},
	{{CS_NULL, "p4", NULL, "project", NULL, UNIT_EAST, CS_NULL, CS_NULL},
	 CS_REFUSED,
	 "needs a name"},
	{{CS_NULL, "p4", "新苑", NULL, NULL, UNIT_EAST, CS_NULL, CS_NULL},
	 CS_REFUSED,
	 "needs a name and a level"},
	{{CS_NULL, "p4", "新苑", "project", NULL, 999, CS_NULL, CS_NULL},
	 CS_USAGE,
	 "parent does not exist"},
	{{CS_NULL, "p4", "新苑", "project", NULL, UNIT_EAST, -1, CS_NULL},
	 CS_REFUSED,
	 "households"},
	{{CS_NULL, "p 4", "新苑", "project", NULL, UNIT_EAST, CS_NULL, CS_NULL},
	 CS_REFUSED,
	 "unit code 'p 4'"},
	{{CS_NULL, "-p4", "新苑", "project", NULL, UNIT_EAST, CS_NULL, CS_NULL},
	 CS_REFUSED,
	 "unit code"},
	{{CS_NULL, "p1..x", "新苑", "area", NULL, UNIT_P1, CS_NULL, CS_NULL},
	 CS_REFUSED,
	 "unit code"},
	{{CS_NULL, NULL, "新苑", "project", NULL, UNIT_EAST, CS_NULL, CS_NULL},
	 CS_REFUSED,
	 "code is missing"},
	/* a department is written below its project */
	{{CS_NULL, "p1.safety", "安管部", "department", "safety", UNIT_P1, CS_NULL, CS_NULL},
	 CS_OK,
	 NULL},
	{{CS_NULL, "safety", "安管部", "department", "safety", UNIT_P1, CS_NULL, CS_NULL},
	 CS_REFUSED,
	 "below its parent's: p1.safety"},
	{{CS_NULL, "p2.fin", "财务部", "department", "finance", UNIT_P1, CS_NULL, CS_NULL},
	 CS_REFUSED,
	 "below its parent's: p1.fin"},
	{{CS_NULL, "p1.a.b", "片", "area", NULL, UNIT_P1, CS_NULL, CS_NULL}, CS_REFUSED, "p1.b"},
	{{CS_NULL, "p1.fin", "财务部", "department", "finances", UNIT_P1, CS_NULL, CS_NULL},
	 CS_USAGE,
	 "'finances' is not among the codes of function; did you mean 'finance'?"},
	{{CS_NULL, "p1.fin", "财务部", "department", "finance", CS_NULL, CS_NULL, CS_NULL},
	 CS_REFUSED,
	 "needs a parent"},
	{{CS_NULL, "west", "西区", "region", NULL, UNIT_P1, CS_NULL, CS_NULL},
	 CS_REFUSED,
	 "a region cannot lie below a project"},
	/* changes */
	{{UNIT_P2, "p2", "翠湖", "project", NULL, UNIT_EAST, 800, CS_NULL}, CS_OK, NULL},
	{{UNIT_EAST, "east", "东区", "region", NULL, UNIT_EAST, CS_NULL, CS_NULL},
	 CS_REFUSED,
	 "lies below it"},
	{{UNIT_HQ, "hq", "总部", "hq", NULL, UNIT_P1, CS_NULL, CS_NULL},
	 CS_REFUSED,
	 "lies below it"},
	{{UNIT_P2, "p1", "翠湖", "project", NULL, UNIT_EAST, 800, CS_NULL},
	 CS_REFUSED,
	 "unit p1 exists already"},
};

static void units(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof unit_cases / sizeof *unit_cases; i++) {
		struct cs_unit_row row = unit_cases[i].row;
		struct cs_err e = {0};
		bool changed;

		if (cs_staffing_unit(desk, &row, desk->now, &changed, &e) == 0)
			e.code = CS_OK;
		if (e.code != unit_cases[i].code ||
		    (unit_cases[i].says && !strstr(e.text, unit_cases[i].says)))
			fail_msg("case %zu: %d %s", i, (int)e.code, e.text);
		if (unit_cases[i].code == CS_OK) {
			assert_int_equal(changed, unit_cases[i].row.id == CS_NULL);
			assert_non_null(cs_org_unit(&desk->org, row.id));
		}
	}
}

static void unchanged_is_no_event(void **state)
{
	struct cs_unit_row row = *cs_org_unit(&desk->org, UNIT_P1);
	int64_t before = desk->chain.last_id;
	struct cs_err e = {0};
	bool changed = true;

	(void)state;
	assert_int_equal(cs_staffing_unit(desk, &row, desk->now, &changed, &e), 0);
	assert_false(changed);
	assert_int_equal(desk->chain.last_id, before);
	row.households = 1201;
	assert_int_equal(cs_staffing_unit(desk, &row, desk->now, &changed, &e), 0);
	assert_true(changed);
	assert_int_equal(desk->chain.last_id, before + 1);
	assert_int_equal(cs_org_unit(&desk->org, UNIT_P1)->households, 1201);
}

/* What was recorded is what another program will read. */
static void snapshot_and_table_agree(void **state)
{
	struct cs_unit_row row = {CS_NULL, "p3",      "新苑",  "project",
				  NULL,    UNIT_EAST, CS_NULL, CS_NULL};
	struct cs_err e = {0};
	struct cs_org fresh;
	bool changed;

	(void)state;
	assert_int_equal(cs_staffing_unit(desk, &row, desk->now, &changed, &e), 0);
	assert_int_equal(cs_session_commit(desk, &e), 0);
	assert_int_equal(cs_org_load(desk->db, &fresh, &e), 0);
	assert_int_equal(fresh.unit_count, desk->org.unit_count);
	for (size_t i = 0; i < fresh.unit_count; i++)
		assert_null(
			cs_row_differs(&cs_unit_table, &fresh.unit[i], &desk->org.unit[i]));
	cs_org_free(&fresh);
	cs_arena_reset(&desk->work);
	assert_string_equal(cs_org_unit(&desk->org, row.id)->name, "新苑");
}

static void people(void **state)
{
	const cs_time joined = desk_at("2026-01-01"), left = desk_at("2026-11-10");
	const struct {
		struct cs_staff_row row;
		enum cs_code code;
		const char *says;
	} cases[] = {
		{{CS_NULL, "zhao", "赵敏", UNIT_P1, "13800000000", joined, CS_NULL}, CS_OK, NULL},
		{{CS_NULL, "zhao", "赵敏", UNIT_P1, NULL, joined, CS_NULL},
		 CS_REFUSED,
		 "on the staff already"},
		{{CS_NULL, "qian", NULL, UNIT_P1, NULL, joined, CS_NULL},
		 CS_REFUSED,
		 "needs a name"},
		{{CS_NULL, "qi an", "钱", UNIT_P1, NULL, joined, CS_NULL}, CS_REFUSED, "login"},
		{{CS_NULL, "qian", "钱", 999, NULL, joined, CS_NULL}, CS_USAGE, "no such unit"},
		{{CS_NULL, "qian", "钱", CS_NULL, NULL, joined, joined},
		 CS_REFUSED,
		 "leave before joining"},
		{{CS_NULL, "qian", "钱", CS_NULL, NULL, joined, left}, CS_OK, NULL},
		{{1, "boss", "boss", UNIT_HQ, NULL, joined, left},
		 CS_REFUSED,
		 "last with the post admin"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_staff_row row = cases[i].row;
		struct cs_err e = {0};
		bool changed;

		if (cs_staffing_person(desk, &row, desk->now, &changed, &e) == 0)
			e.code = CS_OK;
		if (e.code != cases[i].code || (cases[i].says && !strstr(e.text, cases[i].says)))
			fail_msg("case %zu: %d %s", i, (int)e.code, e.text);
	}
}

static void who_leaves_loses_posts(void **state)
{
	struct cs_staff_row head = *cs_org_staff(&desk->org, desk_staff("head"));
	struct cs_err e = {0};
	bool changed;

	(void)state;
	head.left_at = desk_at("2026-11-05");
	assert_int_equal(cs_staffing_person(desk, &head, desk->now, &changed, &e), 0);
	assert_int_equal(
		cs_org_holder(&desk->org, "engineering_head", UNIT_ENGINEERING, head.left_at - 1),
		head.id);
	assert_int_equal(
		cs_org_holder(&desk->org, "engineering_head", UNIT_ENGINEERING, head.left_at),
		CS_NULL);
	for (size_t i = 0; i < desk->org.post_count; i++)
		if (desk->org.post[i].staff == head.id)
			assert_int_equal(desk->org.post[i].to_at, head.left_at);
}

static const struct cs_post_row *post_of(int64_t id)
{
	for (size_t i = 0; i < desk->org.post_count; i++)
		if (desk->org.post[i].id == id)
			return &desk->org.post[i];
	fail_msg("no post %lld", (long long)id);
	return NULL;
}

static void leave(const char *login, cs_time left)
{
	struct cs_staff_row row = *cs_org_staff(&desk->org, desk_staff(login));
	struct cs_err e = {0};
	bool changed;

	row.left_at = left;
	if (cs_staffing_person(desk, &row, desk->now, &changed, &e) < 0)
		fail_msg("%s", e.text);
	assert_true(changed);
}

/* A departure that is moved or taken back moves the ends that came from it, and no other. */
static void posts_follow_the_departure(void **state)
{
	const cs_time left = desk_at("2026-11-11"), later = desk_at("2026-11-16"), ends = desk_at("2026-11-21"),
		      early = desk_at("2026-11-06");
	struct cs_post_row row[] = {
		{CS_NULL, "front_desk", UNIT_P1, desk_staff("worker"), 0, desk_at("2026-11-01"), CS_NULL},
		{CS_NULL, "project_manager", UNIT_P1, desk_staff("worker"), 0, desk_at("2026-11-01"), ends},
		{CS_NULL, "assistant", UNIT_P1, desk_staff("worker"), 0, desk_at("2026-11-01"), left},
		{CS_NULL, "front_desk", UNIT_P2, desk_staff("worker"), 0, later, CS_NULL},
	};
	const struct {
		cs_time left, end[4];
	} cases[] = {
		{left, {left, left, left, later}},         {later, {later, later, left, later}},
		{early, {early, early, early, later}},     {ends, {ends, ends, left, ends}},
		{CS_NULL, {CS_NULL, ends, left, CS_NULL}}, {left, {left, left, left, later}},
		{CS_NULL, {CS_NULL, ends, left, CS_NULL}},
	};
	struct cs_err e = {0};
	bool changed;

	(void)state;
	for (size_t i = 0; i < 4; i++)
		if (cs_staffing_post(desk, &row[i], desk->now, &changed, &e) < 0)
			fail_msg("%s", e.text);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		leave("worker", cases[i].left);
		for (size_t k = 0; k < 4; k++)
			if (post_of(row[k].id)->to_at != cases[i].end[k])
				fail_msg("case %zu, post %zu: %lld", i, k, (long long)post_of(row[k].id)->to_at);
	}
	/* What was ended by hand meanwhile stays so. */
	leave("worker", left);
	row[0] = *post_of(row[0].id);
	row[0].to_at = early;
	assert_int_equal(cs_staffing_post(desk, &row[0], desk->now, &changed, &e), 0);
	leave("worker", CS_NULL);
	assert_int_equal(post_of(row[0].id)->to_at, early);
}

/* What lies below a unit is open no longer than it; nobody comes into one that is closed. */
static void closed_units(void **state)
{
	const cs_time day = desk_at("2026-11-01"), later = desk_at("2026-11-20");
	struct cs_unit_row p2 = *cs_org_unit(&desk->org, UNIT_P2), below = *cs_org_unit(&desk->org, UNIT_ENGINEERING2);
	struct cs_unit_row fresh = {CS_NULL, "p2.east", "东片", "area", NULL, UNIT_P2, CS_NULL, CS_NULL};
	struct cs_staff_row person = {CS_NULL, "qian", "钱", UNIT_P2, NULL, later, CS_NULL};
	struct cs_post_row post = {CS_NULL, "front_desk", UNIT_P2, desk_staff("worker"), 0, later, CS_NULL};
	struct cs_err e = {0};
	bool changed;

	(void)state;
	p2.closed_at = day;
	assert_int_equal(cs_staffing_unit(desk, &p2, desk->now, &changed, &e), -1);
	assert_int_equal(e.code, CS_REFUSED);
	assert_non_null(strstr(e.text, "open below it: p2.engineering"));
	below.closed_at = later;
	assert_int_equal(cs_staffing_unit(desk, &below, desk->now, &changed, &e), 0);
	assert_int_equal(cs_staffing_unit(desk, &p2, desk->now, &changed, &e), -1);
	below.closed_at = p2.closed_at;
	assert_int_equal(cs_staffing_unit(desk, &below, desk->now, &changed, &e), 0);
	assert_int_equal(cs_staffing_unit(desk, &p2, desk->now, &changed, &e), 0);
	assert_int_equal(cs_staffing_unit(desk, &fresh, desk->now, &changed, &e), -1);
	assert_non_null(strstr(e.text, "p2 above it is closed"));
	below.closed_at = CS_NULL;
	assert_int_equal(cs_staffing_unit(desk, &below, desk->now, &changed, &e), -1);
	assert_int_equal(cs_staffing_person(desk, &person, desk->now, &changed, &e), -1);
	assert_non_null(strstr(e.text, "unit p2 is closed"));
	assert_int_equal(cs_staffing_post(desk, &post, desk->now, &changed, &e), -1);
	assert_non_null(strstr(e.text, "unit p2 is closed"));
	person.joined_at = desk_at("2026-10-01"); /* was there while it was open */
	assert_int_equal(cs_staffing_person(desk, &person, desk->now, &changed, &e), 0);
	p2.name = "别名"; /* what does not touch the closing is not asked again */
	assert_int_equal(cs_staffing_unit(desk, &p2, desk->now, &changed, &e), 0);
	p2.closed_at = CS_NULL;
	assert_int_equal(cs_staffing_unit(desk, &p2, desk->now, &changed, &e), 0);
	assert_int_equal(cs_staffing_unit(desk, &fresh, desk->now, &changed, &e), 0);
}

static void posts(void **state)
{
	const cs_time from = desk_at("2026-11-01"), to = desk_at("2026-11-20");
	const int64_t worker = desk_staff("worker"), ling = desk_staff("ling"),
		      boss = desk_staff("boss");
	const struct {
		struct cs_post_row row;
		enum cs_code code;
		const char *says;
	} cases[] = {
		{{CS_NULL, "engineering_head", UNIT_ENGINEERING, worker, 1, from, to}, CS_OK, NULL},
		{{CS_NULL, "engineering_head", UNIT_ENGINEERING, worker, 0, from, CS_NULL},
		 CS_REFUSED,
		 "holds the post engineering_head there already"},
		{{CS_NULL, "engineering_head", UNIT_ENGINEERING, worker, 0, to, CS_NULL},
		 CS_OK,
		 NULL},
		{{CS_NULL, "engineering_head", UNIT_ENGINEERING2, worker, 0, from, CS_NULL},
		 CS_OK,
		 NULL},
		{{CS_NULL, "enginering_head", UNIT_ENGINEERING, worker, 0, from, CS_NULL},
		 CS_USAGE,
		 "did you mean 'engineering_head'"},
		{{CS_NULL, "front_desk", CS_NULL, worker, 0, from, CS_NULL},
		 CS_REFUSED,
		 "name its unit"},
		{{CS_NULL, "front_desk", 999, worker, 0, from, CS_NULL}, CS_USAGE, "no such unit"},
		{{CS_NULL, "front_desk", UNIT_P1, 999, 0, from, CS_NULL},
		 CS_USAGE,
		 "no such person"},
		{{CS_NULL, "front_desk", UNIT_P1, worker, 0, to, from},
		 CS_REFUSED,
		 "end before it begins"},
		{{CS_NULL, "front_desk", UNIT_P1, worker, 0, 0, CS_NULL},
		 CS_REFUSED,
		 "joined after"},
		{{CS_NULL, NULL, UNIT_P1, worker, 0, from, CS_NULL}, CS_REFUSED, "post is missing"},
		{{CS_NULL, "admin", UNIT_P1, ling, 0, from, CS_NULL}, CS_REFUSED, "has no unit"},
		{{1, "admin", CS_NULL, boss, 0, from, to}, CS_REFUSED, "last with the post admin"},
		{{CS_NULL, "admin", CS_NULL, ling, 0, from, CS_NULL}, CS_OK, NULL},
		{{1, "admin", CS_NULL, boss, 0, from, to}, CS_OK, NULL}, /* now there is another */
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_post_row row = cases[i].row;
		struct cs_err e = {0};
		bool changed;

		if (cs_staffing_post(desk, &row, desk->now, &changed, &e) == 0)
			e.code = CS_OK;
		if (e.code != cases[i].code || (cases[i].says && !strstr(e.text, cases[i].says)))
			fail_msg("case %zu: %d %s", i, (int)e.code, e.text);
	}
}

/* S0-2-9, S0-2-10: trainings and certificates with their validity. */
static void records(void **state)
{
	const cs_time at = desk_at("2026-01-05");
	const struct {
		struct cs_staff_record_row row;
		enum cs_code code;
		const char *says;
	} cases[] = {
		{{CS_NULL, 2, "pre_duty", at, at + 1, "all topics"}, CS_OK, NULL},
		{{1, 2, "pre_duty", at, at + 2, "all topics"}, CS_OK, NULL},
		{{CS_NULL, 999, "pre_duty", at, CS_NULL, NULL}, CS_USAGE, "no such person"},
		{{CS_NULL, 2, "pre duty", at, CS_NULL, NULL}, CS_REFUSED, "record 'pre duty'"},
		{{CS_NULL, 2, "pre_duty", CS_NULL, CS_NULL, NULL}, CS_REFUSED, "when it was"},
		{{CS_NULL, 2, "pre_duty", at, at, NULL}, CS_REFUSED, "end before it begins"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_staff_record_row row = cases[i].row;
		struct cs_err e = {0};
		bool changed;

		if (cs_staffing_record(desk, &row, desk->now, &changed, &e) == 0)
			e.code = CS_OK;
		if (e.code != cases[i].code || (cases[i].says && !strstr(e.text, cases[i].says)))
			fail_msg("case %zu: %d %s", i, (int)e.code, e.text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(units, begin, end),
		cmocka_unit_test_setup_teardown(unchanged_is_no_event, begin, end),
		cmocka_unit_test_setup_teardown(snapshot_and_table_agree, begin, end),
		cmocka_unit_test_setup_teardown(people, begin, end),
		cmocka_unit_test_setup_teardown(who_leaves_loses_posts, begin, end),
		cmocka_unit_test_setup_teardown(posts_follow_the_departure, begin, end),
		cmocka_unit_test_setup_teardown(closed_units, begin, end),
		cmocka_unit_test_setup_teardown(posts, begin, end),
		cmocka_unit_test_setup_teardown(records, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
