/* Rules over time: what holds when, what cannot be decided. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "domain/importance.h"
#include "editions.h"
#include "matters.h"
#include "rules.h"

static struct cs_importance_study study(int64_t ticket)
{
	struct cs_importance_study s;
	struct cs_err e = {0};
	struct cs_view v = rules_view(desk_ticket(ticket));

	if (cs_importance_study(&s, &v, &e) < 0)
		fail_msg("%s", e.text);
	return s;
}

/* "hot A.same,B.same", "ordinary - our_fault": class, rules, fields to be found out. */
static const char *result(int64_t ticket, const char *at)
{
	static char text[200];
	struct cs_importance_study s = study(ticket);
	struct cs_importance_result r;

	cs_importance_at(&s, desk_at(at), &r);
	snprintf(text, sizeof text, "%s %s%s%s", r.class, r.rules ? r.rules : "-", r.open_count ? " " : "",
		 r.open_count ? r.open[0]->field : "");
	assert_true(r.open_count < 2);
	return text;
}

#define IS(ticket, at, want) assert_string_equal(result(ticket, at), want)

static void test_kinds(void **state)
{
	(void)state;
	assert_true(cs_importance_rates(desk->policy, "complaint"));
	assert_false(cs_importance_rates(desk->policy, "request"));
	assert_false(cs_importance_rates(desk->policy, NULL));
	assert_false(cs_importance_rates(NULL, "complaint"));
}

static void test_unknown(void **state)
{
	int64_t id = matters_complain(PERSON_WANG, NULL);

	(void)state;
	IS(id, "2026-11-02 09:00", "ordinary -");
	IS(id, "2026-11-09 09:00:00", "ordinary -");
	IS(id, "2026-11-09 09:00:01", "ordinary - our_fault");
	IS(id, "2027-11-09 09:00:01", "ordinary - our_fault");
	rules_live("", id, "chief assess our_fault=yes");
	IS(id, "2026-11-09 09:00:00", "ordinary -");
	IS(id, "2026-11-09 09:00:01", "hot B.week");
	IS(id, "2026-12-03 00:00:01", "major B.month,B.week");
	/* What is major already does not ask. */
	id = matters_complain(PERSON_WANG, "lawsuit=pending");
	IS(id, "2027-01-01 09:00", "major A.lawsuit,B.lawsuit");
	/* What is hot asks only when it may become major. */
	id = matters_complain(PERSON_WANG, "people=3");
	IS(id, "2026-11-10 09:00", "hot A.group,B.few");
	IS(id, "2026-12-10 09:00", "hot A.group,B.few our_fault");
}

/* One rule with and without latch: three within a day. */
static void test_latch(void **state)
{
	static const char *const at[] = {"2026-11-02 09:00", "2026-11-02 10:00", "2026-11-02 11:00"};
	static const char *const ends[] = {"2026-11-02 10:59:59", "2026-11-02 11:00", "2026-11-03 09:00:00",
					   "2026-11-03 09:00:01", "2026-12-24 00:00"};
	static const char *const want[2][5] = {{"ordinary -", "hot day", "hot day", "ordinary -", "ordinary -"},
					       {"ordinary -", "hot day", "hot day", "hot day", "hot day"}};

	(void)state;
	for (size_t latch = 0; latch < 2; latch++) {
		char members[700];
		int64_t id[3];

		desk_time("2026-11-02 09:00");
		snprintf(
			members, sizeof members,
			"\"importance\": {\"use\": \"own\", \"sets\": {\"own\": [{\"id\": \"day\", \"class\": "
			"\"hot\", \"latch\": %s, "
			"\"when\": {\"count\": {\"steps\": [\"register\"], \"of\": \"matter\", \"within\": \"1d\"}, "
			"\"at_least\": 3}}]}}, \"labels\": {\"en\": {\"importance/sets/own\": \"own\", "
			"\"importance/sets/own/day\": \"day\"}, \"zh\": {\"importance/sets/own\": \"own\", "
			"\"importance/sets/own/day\": \"day\"}}",
			latch ? "true" : "false");
		edition_with(members);
		matters_of("abc", at, id);
		for (size_t i = 0; i < 5; i++)
			IS(id[1], ends[i], want[latch][i]);
		assert_int_equal(desk_ticket(id[1])->t.wake_at, latch ? CS_NULL : desk_at("2026-11-03 09:00:01"));
	}
}

static void test_course(void **state)
{
	struct cs_importance_study s;
	int64_t id = matters_complain(PERSON_WANG, NULL);

	(void)state;
	s = study(id);
	assert_int_equal(s.count, 18);
	for (size_t i = 0; i < s.count; i++) {
		const struct cs_importance_course *c = &s.course[i];
		bool timed = strstr("A.repeat A.same B.same B.month B.week", c->rule->id) != NULL;

		assert_int_equal(c->timed, timed);
		assert_int_equal(cs_importance_holds(&s, i, desk_at("2026-11-02 09:00")), CS_FALSE);
	}
	assert_false(cs_importance_known(&s, "our_fault"));
	assert_true(cs_importance_known(&s, "lawsuit"));
	for (size_t i = 1; i < s.moment.count; i++)
		assert_true(s.moment.at[i - 1] < s.moment.at[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_kinds, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_unknown, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_latch, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_course, rules_begin, rules_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
