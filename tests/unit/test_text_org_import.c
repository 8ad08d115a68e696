/* The organisation from CSV. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "own_desk.h"
#include "store/event.h"
#include "text/desk.h"
#include "text/org_import.h"

static struct cs_cli cli;

static int begin(void **state)
{
	(void)state;
	own_desk_begin(&cli);
	return 0;
}

static int end(void **state)
{
	(void)state;
	own_desk_end();
	return 0;
}

static int64_t events(void)
{
	struct cs_session *s = NULL;
	struct cs_err e = {0};
	int64_t n;

	assert_int_equal(cs_desk_open(&cli, CS_DB_READ, CS_RIGHT_STAFF, &s, &e), 0);
	n = cs_event_count(s->db, &e);
	cs_session_close(s);
	return n;
}

static int import(const char *what, const char *text, bool strict)
{
	struct cs_err e = {0};
	int rc;

	own_file("in.csv", text);
	rc = cs_org_import(&cli, cs_org_form_find(what, &e), "in.csv", NULL, strict, &e);
	return rc < 0 ? -(int)e.code : rc;
}

static const char units[] = "code,name,level,parent,function\nhq,总部,hq,,\np1,阳光,project,hq,\n"
			    "p1.eng,工程部,department,p1,engineering\n";

static void twice_is_once(void **state)
{
	int64_t n;

	(void)state;
	assert_int_equal(import("units", units, false), 0);
	n = events();
	assert_int_equal(import("units", units, false), 0);
	assert_int_equal(import("units", units, true), 0);
	assert_int_equal(events(), n);
	assert_int_equal(import("units", "code,name\np1,月光\n", false), 0);
	assert_int_equal(events(), n + 1);
}

static void good_rows_are_kept(void **state)
{
	int64_t n = events();

	(void)state;
	assert_int_equal(import("units",
				"code,name,level,parent\nhq,总部,hq,\nx,x,projekt,hq\n"
				"p1,阳光,project,hq\np2,x\np3,\"open",
				false),
			 1);
	assert_int_equal(events(), n + 2);
	assert_int_equal(
		import("units", "code,name,level,parent\np4,四,project,hq\nx,x,projekt,hq\n", true),
		1);
	assert_int_equal(events(), n + 2); /* all or none */
	assert_int_equal(import("units", "code,colour\np5,red\n", false), -CS_BADDATA);
	assert_int_equal(import("units", "", false), -CS_BADDATA);
}

static void people_and_posts(void **state)
{
	int64_t n;

	(void)state;
	assert_int_equal(import("units", units, false), 0);
	assert_int_equal(
		import("staff",
		       "login,name,unit,joined\nwang,王工,p1.eng,2025-01-01\nli,李工,p1.eng,\n",
		       false),
		0);
	assert_int_equal(import("posts",
				"post,login,unit,from\nengineering_head,wang,p1.eng,\n"
				"repair_worker,li,p1.eng,2026-11-21\n",
				false),
			 0);
	n = events();
	assert_int_equal(
		import("posts", "post,login,unit,from\nengineering_head,wang,p1.eng,\n", false),
		0); /* from: since joining */
	assert_int_equal(import("staff", "login,name,unit,joined\nli,李工,p1.eng,\n", false), 0);
	assert_int_equal(events(), n);
	assert_int_equal(import("staff", "login,left\nwang,2026-11-20\n", false), 0);
	assert_int_equal(events(), n + 2); /* the person and the post */
	assert_int_equal(import("records",
				"record,login,at,until\npre_duty,li,2026-11-20,2028-11-19\n",
				false),
			 0);
	assert_int_equal(import("records",
				"record,login,at,until\npre_duty,li,2026-11-20,2028-11-19\n",
				false),
			 0);
	assert_int_equal(events(), n + 3);
}

static void a_dry_run_changes_nothing(void **state)
{
	int64_t n = events();

	(void)state;
	cli.common.dry_run = true;
	assert_int_equal(import("units", units, false), 0);
	assert_int_equal(events(), n);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(twice_is_once, begin, end),
		cmocka_unit_test_setup_teardown(good_rows_are_kept, begin, end),
		cmocka_unit_test_setup_teardown(people_and_posts, begin, end),
		cmocka_unit_test_setup_teardown(a_dry_run_changes_nothing, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
