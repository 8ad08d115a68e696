/* A class explained: the rule, the facts, the arithmetic. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "matters.h"
#include "rules.h"
#include "store/ref.h"
#include "text/explain_class.h"

static void keep(void *arg, const struct cs_class_line *l)
{
	char from[40] = "-";

	if (l->from != CS_TIME_NONE)
		cs_time_text(cs_session_zone(desk), l->from, from);
	cs_buf_printf(arg, "%s|%s|%s|%s\n", l->what, from, l->class ? l->class : "-", l->facts ? l->facts : "-");
}

static void explained(int64_t ticket, const char *want)
{
	struct cs_buf got = {0};
	struct cs_err e = {0};

	assert_int_equal(cs_explain_class(desk, desk_ticket(ticket), keep, &got, &e), 0);
	assert_string_equal(cs_buf_str(&got), want);
	cs_buf_free(&got);
}

static void test_age(void **state)
{
	int64_t id = matters_complain(PERSON_WANG, "people=3");

	(void)state;
	rules_live("", id, "ling assess people=1");
	explained(id, "ordinary|-|ordinary|highest ever hot\n"
		      "to come|2026-11-09 09:00:01|ordinary|rated again: then B.week is open\n");
	desk_time("2026-11-10 09:00");
	desk_settle(id);
	explained(id,
		  "ordinary|-|ordinary|highest ever hot\n"
		  "open B.week|2026-11-09 09:00:01|hot|our_fault not known; clock resolve is running, past its due; "
		  "since register 2026-11-02 09:00:00, "
		  "7d end 2026-11-09 09:00:00 [S3-4-10, G16, C5]\n");
	rules_live("", id, "chief assess our_fault=yes media=exposed");
	explained(id, "major|-|major|highest ever major\n"
		      "holds A.media|-|major|media exposed since 2026-11-10 09:00:00 by chief [S3-4-7]\n"
		      "holds B.media|-|major|media exposed since 2026-11-10 09:00:00 by chief [S3-4-8]\n"
		      "holds B.week|2026-11-09 09:00:01|hot|our_fault yes since 2026-11-10 09:00:00 by chief; "
		      "clock resolve is running, past its due; since register 2026-11-02 "
		      "09:00:00, "
		      "7d end 2026-11-09 09:00:00 [S3-4-10, G16, C5]\n"
		      "to come|2026-12-03 00:00:01|major|rated again: then B.month holds\n");
}

static void test_count(void **state)
{
	static const char *const at[] = {"2026-11-02 09:00", "2026-11-03 09:00", "2026-11-04 09:00"};
	int64_t id[3];

	(void)state;
	matters_of("aaa", at, id);
	explained(id[0],
		  "major|-|major|highest ever major\n"
		  "holds A.repeat|2026-11-04 09:00:00|major|C20261102-0001 2026-11-02 09:00:00 "
		  "(register) by person 1, C20261103-0001 2026-11-03 09:00:00 (register) by person 1, C20261104-0001 "
		  "2026-11-04 09:00:00 (register) by person 1: 3 of one, 3 wanted [S3-4-7, C18]\n");
}

/* S0-4-8: whose class it has by the merge, and by which fact of that one's. */
static void test_merged(void **state)
{
	int64_t into = matters_complain(PERSON_WANG, ""), hot, plain;
	char words[80], ref[CS_REF_SIZE];

	(void)state;
	snprintf(words, sizeof words, "merge note=x into=%s", cs_ref_text(into, ref));
	desk_time("2026-11-02 10:00");
	plain = matters_complain(PERSON_GOLD, "");
	hot = matters_complain(PERSON_GOLD, "people=3");
	desk_actor("chief");
	desk_do(plain, words);
	desk_do(hot, words);
	explained(into, "hot|-|hot|highest ever hot\n"
			"holds A.merged_hot|-|hot|merged_into of C20261102-0003; "
			"C20261102-0003: importance = hot [S0-4-8, S3-4-9]\n"
			"holds B.merged_hot|-|hot|merged_into of C20261102-0003; "
			"C20261102-0003: importance = hot [S0-4-8, S3-4-10]\n"
			"to come|2026-12-03 00:00:01|hot|rated again: then B.month is open, B.week is open\n");
	explained(hot, "hot|-|hot|highest ever hot\n"
		       "holds A.group|-|hot|people 3 (3 or more wanted) since 2026-11-02 10:00:00 by ling [S3-4-9]\n"
		       "holds B.few|-|hot|people 3 (3 or more wanted) since 2026-11-02 10:00:00 by ling [S3-4-10]\n");
}

static void test_none(void **state)
{
	(void)state;
	explained(desk_register("request", "eng.leak", NULL, NULL), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_age, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_count, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_merged, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_none, rules_begin, rules_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
