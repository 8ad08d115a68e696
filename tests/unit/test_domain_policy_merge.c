/* Parents, abstract kinds, holidays; where a fault stands. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "policy_files.h"

static void refused_with_these_words(void **state)
{
	(void)state;
	refuse_cases("merge", 7);
}

/* A company's own file: what it says counts, the rest is the parent's; the kind keeps its other
   steps. */
static void a_file_that_extends(void **state)
{
	struct cs_policy *p = good_policy("tests/data/policies/baltimore.json");
	const struct cs_kind *k = cs_policy_kind(p, "request");

	(void)state;
	assert_string_equal(p->id, "baltimore");
	assert_string_equal(p->edition, "2018-01-01");
	assert_string_equal(cs_zone_name(p->zone), "America/New_York");
	assert_int_equal(cs_kind_step(k, "register")->need_count, 0);
	assert_int_equal(cs_kind_step(k, "finish")->from.count, 4);
	assert_string_equal(cs_kind_step(k, "finish")->to_state, "finished");
	assert_int_equal(k->main_clock->rung_count, 5);
	assert_int_equal(p->kind_count, 5);
	assert_ptr_equal(cs_policy_calendar(p, "office")->zone, p->zone);
	cs_policy_free(p);
}

/* The edition that is stored needs no other file, and reads the same without the checker. */
static void an_edition_stands_alone(void **state)
{
	struct cs_faults faults = {0};
	struct cs_policy *p = NULL, *again = NULL;
	struct cs_buf edition = {0};
	struct cs_err e;
	size_t len;
	char *text = read_tree_file("tests/data/policies/baltimore.json", &len);
	size_t labels[2];

	(void)state;
	assert_int_equal(cs_policy_build("b.json", text, len, &shipped, &faults, &edition, &p, &e),
			 0);
	assert_null(strstr(cs_buf_str(&edition), "extends"));
	assert_null(strstr(cs_buf_str(&edition), "abstract"));
	assert_non_null(strstr(cs_buf_str(&edition), "2026-10-10"));
	assert_int_equal(cs_policy_compile(edition.data, edition.len, NULL, &again, &e), 0);
	assert_int_equal(again->kind_count, p->kind_count);
	assert_non_null(cs_policy_labels(p, &labels[0]));
	assert_non_null(cs_policy_labels(again, &labels[1]));
	assert_true(labels[0] > 0);
	assert_int_equal(labels[0], labels[1]);
	cs_policy_free(p);
	cs_policy_free(again);
	cs_faults_free(&faults);
	cs_buf_free(&edition);
	free(text);
}

/* Holidays given in the policy stay beside those that another calendar takes from a file. */
static void holidays_of_both_sorts(void **state)
{
	struct cs_policy *p = tiny_with(
		"\"holidays\": {\"own\": {\"years\": {\"2026\": {\"holidays\": [\"2026-03-03\"], \"workdays\": []}}}}, "
		"\"calendars\": {\"office\": {\"holidays\": \"cn\"}, "
		"\"shop\": {\"week\": {\"mon\": [[\"09:00\", \"17:00\"]]}, \"holidays\": \"own\"}}, "
		"\"kinds\": {\"job\": {\"clocks\": {\"resolve\": {\"calendar\": \"shop\"}}}}, "
		"\"labels\": {\"en\": {\"calendars/shop\": \"shop\"}, \"zh\": {\"calendars/shop\": \"shop\"}}");

	(void)state;
	assert_int_equal(p->holidays_count, 2);
	assert_int_equal(cs_policy_calendar(p, "shop")->holidays->holiday_count, 1);
	assert_true(cs_policy_calendar(p, "office")->holidays->holiday_count > 100);
	cs_policy_free(p);
}

/* A new year comes on top of the years of the file, and replaces a year that both have; the file need not be there. */
static void a_year_more(void **state)
{
	struct cs_policy *p = tiny_with(
		"\"holidays\": {\"cn\": {\"years\": {\"2027\": {\"holidays\": [\"2027-01-01\"], \"workdays\": []}, "
		"\"2026\": {\"holidays\": [\"2026-03-03\"], \"workdays\": []}}}, "
		"\"spare\": {\"years\": {\"2026\": {\"holidays\": []}}}}, "
		"\"calendars\": {\"office\": {\"holidays\": \"cn\"}}");
	const struct cs_calendar *office = cs_policy_calendar(p, "office");
	enum cs_day_kind kind;

	(void)state;
	assert_int_equal(p->holidays_count, 2);
	for (int y = 2020; y <= 2027; y++)
		assert_false(cs_calendar_unknown(office, cs_day_from_date(y, 1, 1)));
	assert_true(cs_calendar_unknown(office, cs_day_from_date(2028, 1, 1)));
	cs_calendar_day(office, cs_day_from_date(2025, 10, 1), &kind);
	assert_int_equal(kind, CS_DAY_HOLIDAY);
	cs_calendar_day(office, cs_day_from_date(2027, 1, 1), &kind);
	assert_int_equal(kind, CS_DAY_HOLIDAY);
	cs_calendar_day(office, cs_day_from_date(2026, 3, 3), &kind);
	assert_int_equal(kind, CS_DAY_HOLIDAY);
	cs_calendar_day(office, cs_day_from_date(2026, 10, 1), &kind);
	assert_int_not_equal(kind, CS_DAY_HOLIDAY);
	cs_policy_free(p);
}

/* A kind that extends another keeps its steps, and neither its prefix nor its source. */
static void kinds_that_extend(void **state)
{
	struct cs_policy *p = tiny_with(
		"\"kinds\": {\"job\": {\"source\": \"T-7\"}, \"paid\": {\"extends\": \"job\", "
		"\"prefix\": \"P\", "
		"\"steps\": {\"finish\": {\"needs\": [\"note\"], \"takes\": [\"text\", "
		"\"lines\"]}}}}, "
		"\"duties\": {\"say\": {\"each\": {\"kinds\": [\"job\", \"paid\"]}}}, "
		"\"labels\": {\"en\": {\"kinds/paid\": \"p\"}, \"zh\": {\"kinds/paid\": \"p\"}}");
	const struct cs_kind *k = cs_policy_kind(p, "paid");

	(void)state;
	assert_int_equal(p->kind_count, 2);
	assert_string_equal(k->prefix, "P");
	assert_int_equal(k->source.count, 0);
	assert_int_equal(cs_policy_kind(p, "job")->source.count, 1);
	assert_int_equal(cs_kind_step(k, "finish")->need_count, 1);
	assert_string_equal(cs_kind_step(k, "finish")->to_state, "done");
	assert_int_equal(cs_kind_step(cs_policy_kind(p, "job"), "finish")->need_count, 2);
	assert_int_equal(k->step_count, cs_policy_kind(p, "job")->step_count);
	cs_policy_free(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refused_with_these_words),
		cmocka_unit_test(a_file_that_extends),
		cmocka_unit_test(an_edition_stands_alone),
		cmocka_unit_test(holidays_of_both_sorts),
		cmocka_unit_test(a_year_more),
		cmocka_unit_test(kinds_that_extend),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
