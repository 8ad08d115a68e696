/* What is remarked on changes of the organisation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "desk.h"
#include "text/org_remark.h"
#include "text/process.h"

static char said[1024];

/* What cs_org_remark says of the row, with all before the first ": " cut off. */
static const char *remark(const char *form, const union cs_org_row *row)
{
	FILE *file = tmpfile();
	int old = dup(STDERR_FILENO), rc;
	struct cs_err e = {0};
	size_t n;

	assert_non_null(file);
	fflush(stderr);
	assert_true(dup2(fileno(file), STDERR_FILENO) >= 0);
	rc = cs_org_remark(desk, cs_org_form_find(form, &e), row, &e);
	fflush(stderr);
	dup2(old, STDERR_FILENO);
	close(old);
	assert_int_equal(rc, 0);
	rewind(file);
	n = fread(said, 1, sizeof said - 1, file);
	said[n] = '\0';
	fclose(file);
	return strstr(said, ": ") ? strstr(said, ": ") + 2 : said;
}

static int begin(void **state)
{
	(void)state;
	cs_msg_program("cs-org");
	desk_begin();
	return 0;
}

static int end(void **state)
{
	(void)state;
	desk_end();
	return 0;
}

static void test_posts(void **state)
{
	static const struct {
		const char *post;
		int64_t unit;
		const char *remark; /* NULL: none */
	} cases[] = {
		{"front_desk", UNIT_P1, NULL},
		{"front_desk", UNIT_SERVICE, "p1.service is a department"},
		{"front_desk", UNIT_EAST, "east is a region"},
		{"repair_worker", UNIT_ENGINEERING, NULL},
		{"repair_worker", UNIT_P1, "at units of the level department, and p1 is a project"},
		{CS_POST_ADMIN, CS_NULL, NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		union cs_org_row row = {
			.post = {.id = 99, .post = cases[i].post, .unit = cases[i].unit, .staff = 1, .to_at = CS_NULL}};
		const char *got = remark("posts", &row);

		if (cases[i].remark ? !strstr(got, cases[i].remark) : *got != '\0')
			fail_msg("%s: %s", cases[i].post, got);
	}
}

/* Those in stock count, whether they wait or not; those done do not. */
static void test_tickets(void **state)
{
	union cs_org_row row;
	int64_t id;

	(void)state;
	for (int i = 0; i < 3; i++) {
		id = desk_register("request", "eng.leak", "", NULL);
		desk_do(id, "dispatch handling=p1.engineering assignee=worker");
	}
	desk_do(id, "arrive");
	desk_do(id, "start");
	desk_do(id, "finish result=好 unsigned_why=不在");
	row.staff = *cs_org_staff(&desk->org, desk_staff("worker"));
	assert_string_equal(remark("staff", &row), "");
	row.staff.left_at = desk->now;
	assert_string_equal(remark("staff", &row),
			    "worker leaves with 2 open tickets assigned (cs-list --state open --assignee worker)\n");
	row.staff = *cs_org_staff(&desk->org, desk_staff("worker2"));
	row.staff.left_at = desk->now;
	assert_string_equal(remark("staff", &row), "");
	row.unit = *cs_org_unit(&desk->org, UNIT_P1);
	assert_string_equal(remark("units", &row), "");
	row.unit.closed_at = desk->now;
	assert_string_equal(remark("units", &row),
			    "p1 is closed with 2 open tickets in it and below (cs-list --state open --unit p1)\n");
	row.unit = *cs_org_unit(&desk->org, UNIT_P2);
	row.unit.closed_at = desk->now;
	assert_string_equal(remark("units", &row), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_posts, begin, end),
		cmocka_unit_test_setup_teardown(test_tickets, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
