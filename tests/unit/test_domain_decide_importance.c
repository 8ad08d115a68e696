/* Importance as effects of a step. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "domain/effect.h"
#include "matters.h"
#include "rules.h"
#include "store/owed.h"

/* What the ticket's last event says of its class: "importance hot|importance_rules A.group|". */
static const char *said(int64_t ticket)
{
	static char text[400];
	struct cs_err e = {0};
	struct cs_stmt *walk = cs_event_of(desk->db, "ticket", ticket, &e);
	struct cs_effects l = {.arena = &desk->work};
	struct cs_event ev;

	while (walk && cs_event_next(walk, &ev, &e) == 1) {
		text[0] = '\0';
		if (cs_effects_read(&l, ev.facts, NULL, &e) < 0)
			fail_msg("%s", e.text);
		for (size_t i = 0; i < l.count; i++) {
			const struct cs_effect *f = &l.effect[i];
			const char *what = cs_arg_text(f, 0);
			bool set = f->op == CS_OP_SET &&
				   (strncmp(what, "importance", 10) == 0 || strcmp(what, "priority") == 0);

			if (set)
				snprintf(text + strlen(text), sizeof text - strlen(text), "%s %s|", what,
					 cs_arg_text(f, 1) ? cs_arg_text(f, 1) : "-");
			else if ((f->op == CS_OP_OWE || f->op == CS_OP_DONE) &&
				 strncmp(cs_arg_text(f, 1), "unknown/", 8) == 0)
				snprintf(text + strlen(text), sizeof text - strlen(text), "%s %s %s|",
					 cs_op_word(f->op), what, cs_arg_text(f, 1));
		}
	}
	return text;
}

static void test_said(void **state)
{
	int64_t id = matters_complain(PERSON_WANG, NULL);

	(void)state;
	assert_string_equal(said(id), "priority normal|importance ordinary|importance_peak ordinary|");
	rules_live("", id, "ling note note=无");
	assert_string_equal(said(id), "");
	rules_live("", id, "ling assess people=3");
	assert_string_equal(said(id),
			    "importance hot|importance_peak hot|importance_rules A.group,B.few|priority high|");
	rules_live("", id, "ling assess people=4");
	assert_string_equal(said(id), "");
	/* Other rules, the same class. */
	rules_live("", id, "ling assess lawsuit=possible");
	assert_string_equal(said(id), "importance_rules A.group,B.lawsuit_possible,B.few|");
	rules_live("", id, "ling assess people=1 lawsuit=none");
	assert_string_equal(said(id), "importance ordinary|importance_rules -|priority normal|");
	/* The peak is said once. */
	rules_live("", id, "ling assess people=3");
	assert_string_equal(said(id), "importance hot|importance_rules A.group,B.few|priority high|");
}

/* A priority said by hand stays above what the class demands; raised by hand it does not fall with the class. */
static void test_priority(void **state)
{
	int64_t id = matters_complain(PERSON_WANG, "urgent=yes people=3");

	(void)state;
	assert_string_equal(desk_ticket(id)->t.priority, "urgent");
	rules_live("", id, "ling assess people=1");
	assert_string_equal(desk_ticket(id)->t.priority, "urgent");
	id = matters_complain(PERSON_WANG, "priority=low people=3");
	assert_string_equal(desk_ticket(id)->t.priority, "high");
	id = matters_complain(PERSON_WANG, "priority=low");
	assert_string_equal(desk_ticket(id)->t.priority, "low");
}

static void test_find_out(void **state)
{
	int64_t id = matters_complain(PERSON_WANG, NULL);

	(void)state;
	assert_int_equal(desk_ticket(id)->t.wake_at, desk_at("2026-11-09 09:00:01"));
	desk_time("2026-11-12 09:00");
	desk_settle(id);
	assert_int_equal(desk_ticket(id)->t.wake_at, CS_NULL); /* it is asked: time changes nothing more */
	rules_live("", id, "chief assess our_fault=no");
	assert_string_equal(said(id), "done say_fault unknown/our_fault|");
	rules_live("", id, "chief assess our_fault=yes");
	assert_string_equal(said(id), "importance hot|importance_peak hot|importance_rules B.week|priority high|");
	assert_int_equal(desk_ticket(id)->t.wake_at, desk_at("2026-12-03 00:00:01"));
}

/* A closed ticket rests; reopened it is looked at again. */
static void test_closed(void **state)
{
	int64_t id = matters_complain(PERSON_WANG, NULL);

	(void)state;
	rules_live("", id, "chief withdraw why=customer");
	assert_int_equal(desk_ticket(id)->t.wake_at, CS_NULL);
	rules_live("", id, "chief reopen note=又来了");
	assert_int_equal(desk_ticket(id)->t.wake_at, desk_at("2026-11-09 09:00:01"));
}

static bool owes(int64_t id, const char *duty)
{
	struct cs_image *im = desk_ticket(id);

	for (size_t i = 0; i < cs_image_count(im, CS_P_OWED); i++) {
		const struct cs_owed_row *o = cs_image_at(im, CS_P_OWED, i);

		if (strcmp(o->duty, duty) == 0 && cs_owed_open(o))
			return true;
	}
	return false;
}

/* Of another class while it is closed: reopened it owes what the change brings about (S3-4-28), whatever imported steps
   came between. History alone owes nothing. */
static void test_class_of_a_closed_one(void **state)
{
	int64_t id = matters_complain(PERSON_WANG, NULL);

	(void)state;
	rules_live("", id, "chief withdraw why=customer|ling assess people=3");
	assert_string_equal(desk_ticket(id)->t.duty_class, "ordinary");
	assert_false(owes(id, "hot_report"));
	rules_live("", id, "boss note note=从前 history=yes");
	assert_string_equal(desk_ticket(id)->t.duty_class, "ordinary");
	rules_live("", id, "chief reopen note=又来了");
	assert_null(desk_ticket(id)->t.duty_class);
	assert_true(owes(id, "hot_report"));
	id = matters_complain(PERSON_WANG, NULL);
	rules_live("", id, "chief withdraw why=customer|boss assess people=3 history=yes");
	assert_null(desk_ticket(id)->t.duty_class);
	rules_live("", id, "chief reopen note=又来了");
	assert_string_equal(desk_ticket(id)->t.importance, "hot");
	assert_false(owes(id, "hot_report"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_said, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_priority, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_find_out, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_closed, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_class_of_a_closed_one, rules_begin, rules_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
