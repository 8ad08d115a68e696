/* Admission explained: the open question, the rule and its ground, the days of the notice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "caught.h"
#include "desk.h"
#include "text/admission.h"

static int begin(void **state)
{
	(void)state;
	desk_begin_insurer();
	return 0;
}

static int end(void **state)
{
	(void)state;
	desk_end();
	return 0;
}

static const char *explained(const char *ref)
{
	struct cs_err e = {0};

	cs_arena_reset(&desk->work);
	catch_stdout();
	if (cs_admission_explain(desk, ref, CS_FORMAT_TEXT, &e) != 0)
		fail_msg("%s", e.text);
	return caught_stdout();
}

static void says(const char *text, const char *line)
{
	const char *at = strstr(text, line);

	if (!at || (at != text && at[-1] != '\n'))
		fail_msg("'%s' is not in:\n%s", line, text);
}

#define REF "C20260901-0001\t"

static void test_explain(void **state)
{
	int64_t id;
	const char *text;
	struct cs_err e = {0};

	(void)state;
	id = desk_register("complaint", "claim", NULL, NULL);
	text = explained("C20260901-0001");
	says(text, REF "state\tregistered\topen\t\t\n");
	says(text, REF "open\tnot_entitled\tcannot be told yet\t\tby_consumer_or_agent is unset [S0-4-7]\n");
	says(text, REF "ask\tby_consumer_or_agent\tyes|no\t\tcs-progress examine C20260901-0001 --set "
		       "by_consumer_or_agent=yes|no, by people of the accepting unit");
	/* Tuesday 1 September: five working days are Wednesday to Tuesday. */
	says(text, REF "clock\tsupplement\trunning\t2026-09-09 00:00:00\tdue; 5wd from 2026-09-01 09:00:00; stopped by "
		       "ask_material, complete\n");
	says(text, REF "counted\tsupplement\t3d\t2026-09-02 00:00:00\tuntil 2026-09-05 00:00:00\n");
	says(text, REF "counted\tsupplement\t2d\t2026-09-07 00:00:00\tuntil 2026-09-09 00:00:00\n");
	desk_do(id, "complete");
	desk_do(id, "examine by_consumer_or_agent=no");
	text = explained("C20260901-0001");
	says(text, REF "rule\tnot_entitled\tholds\t\tby_consumer_or_agent = no [S0-4-7]\n");
	says(text, REF "ground\tg1\t\t\traised neither by the consumer nor by an agent / ");
	says(text,
	     REF "allow\trefuse\tnow\t\tby head of the customer service division, head of operations management\n");
	says(text, REF "override\t\t\t\t--override REASON, by head of operations management\n");
	says(text, REF
	     "clock\tadmission\trunning\t2026-09-16 00:00:00\tdue; 10wd from 2026-09-01 09:00:00; stopped by notify\n");
	desk_actor("operations");
	desk_do(id, "accept override=另有授权");
	says(explained("C20260901-0001"),
	     REF "decided\taccept\toperations\t2026-09-01 09:00:00\tagainst rule not_entitled: 另有授权; "
		 "by_consumer_or_agent = no [S0-4-7]\n");
	desk_actor("agent1");
	assert_true(desk_register("inquiry", "svc", NULL, NULL) != 0);
	assert_int_equal(cs_admission_explain(desk, "I20260901-0001", CS_FORMAT_TEXT, &e), -1);
	assert_string_equal(e.text, "I20260901-0001: the rules have no admission for the kind inquiry");
	assert_int_equal(cs_admission_explain(desk, "C20260901-0009", CS_FORMAT_TEXT, &e), -1);
	assert_int_equal(e.code, CS_NOTFOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_explain, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
