/* Ways back from mistakes, by the shipped property rules: a ticket is withdrawn, work is handed to somebody else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "rules.h"

#define PROMISED "dispatch handling=p1.engineering assignee=worker promised_at=2026-11-03_18:00"
#define GONE     "ling dispatch handling=p1.engineering assignee=worker"

/* --- withdraw ------------------------------------------------------------------------------------ */

/* Whatever is still worked on or waited for can be withdrawn, nothing else; no clock gives a verdict then. */
static void test_everywhere(void **state)
{
	(void)state;
	for (size_t i = 0; i < desk->policy->kind_count; i++) {
		const struct cs_kind *k = &desk->policy->kind[i];
		const struct cs_step *st = cs_kind_step(k, "withdraw");

		if (!st || !st->to_state || strcmp(st->to_state, "closed") != 0)
			fail_msg("%s cannot be withdrawn", k->id);
		for (size_t j = 0; j < k->state_count; j++) {
			bool worked_on = k->state[j].is == CS_IS_OPEN || k->state[j].is == CS_IS_WAITING;

			if (cs_ids_has(&st->from, k->state[j].id) != worked_on)
				fail_msg("%s: withdrawn from %s", k->id, k->state[j].id);
		}
		for (size_t j = 0; j < k->clock_count; j++)
			if (!cs_ids_has(&k->clock[j].void_by, "withdraw"))
				fail_msg("%s: clock %s goes on", k->id, k->clock[j].id);
	}
}

static void test_withdrawn(void **state)
{
	static const struct {
		const char *kind, *words, *life, *login, *told;
	} cases[] = {
		{"request", "", "", "ling", NULL},
		{"request", "appointment=2026-11-02_15:00", "", "chief", NULL},
		{"request", "", GONE, "ling", "worker"},
		{"request", "", GONE "|worker arrive|worker start|worker hold note=客户不在", "chief", "worker"},
		{"complaint", "", "", "chief", "company"},
		{"complaint", "", "chief " PROMISED "|worker propose proposal=换", "chief", "worker"},
		{"complaint", "", "chief " PROMISED, "company", "worker"},
		{"inquiry", "", "ling dispatch handling=p1.engineering assignee=worker", "ling", "worker"},
		{"suggestion", "", "", "ling", NULL},
		{"message", "wanted=李经理", "", "ling", NULL},
	};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		struct cs_registration reg = rules_registration(cases[i].kind, NULL, "eng.leak");
		struct cs_image *im;
		int64_t id, seq = 0;
		struct cs_err e = {0};

		desk_actor("ling");
		id = desk_register_as(&reg, cases[i].words, NULL);
		rules_live(cases[i].kind, id, cases[i].life);
		desk_actor(cases[i].login);
		assert_int_equal(desk_step(id, "withdraw", &e), CS_REFUSED);
		assert_string_equal(e.text, "withdraw needs why (--set why=CODE)");
		/* A contact that was planned by hand keeps nothing open. */
		assert_int_equal(cs_session_begin(desk, &e), 0);
		im = desk_ticket(id);
		if (cs_callback_plan(desk, im, "spot", CS_NULL, &seq, &e) == 1)
			assert_int_equal(cs_image_save(im, desk->db, &e), 0);
		assert_int_equal(cs_session_commit(desk, &e), 0);
		if (desk_step(id, "withdraw why=twice instead=R20261102-0001", &e) != CS_OK)
			fail_msg("%s after '%s': %s", cases[i].kind, cases[i].life, e.text);
		im = desk_ticket(id);
		assert_string_equal(im->t.state, "closed");
		for (size_t j = 0; j < cs_image_count(im, CS_P_CLOCK); j++) {
			const struct cs_clock_row *c = cs_image_at(im, CS_P_CLOCK, j);

			if (!c->verdict || strcmp(c->verdict, "late") == 0)
				fail_msg("%s: clock %s: %s", cases[i].kind, c->clock, c->verdict ? c->verdict : "runs");
			if (strcmp(c->clock, cs_policy_kind(desk->policy, cases[i].kind)->main_clock->id) == 0)
				assert_string_equal(c->verdict, "void");
		}
		assert_int_equal(im->t.late, CS_NULL);
		for (size_t j = 0; j < cs_image_count(im, CS_P_CALLBACK); j++) {
			const struct cs_callback_row *c = cs_image_at(im, CS_P_CALLBACK, j);

			assert_string_equal(c->state, "dropped");
			assert_string_equal(c->outcome, "withdrawn");
		}
		if (cases[i].told && !rules_told(id, cases[i].told))
			fail_msg("%s: %s is not told", cases[i].kind, cases[i].told);
		/* And taken back, where that was the mistake. */
		rules_live(cases[i].kind, id, "ling reopen note=误撤");
		assert_true(cs_image_in_stock(desk_ticket(id)));
	}
}

/* A due that has passed is late, also of what is withdrawn after it. */
static void test_late(void **state)
{
	int64_t id = rules_register("ling", "request", NULL, NULL, NULL);

	(void)state;
	desk_time("2026-11-02 09:15");
	rules_live("late", id, "ling withdraw why=customer");
	assert_string_equal(cs_image_clock(desk_ticket(id), "handover")->verdict, "late");
	assert_string_equal(cs_image_clock(desk_ticket(id), "arrive_customer")->verdict, "void");
	assert_string_equal(cs_image_clock(desk_ticket(id), "resolve")->verdict, "void");
}

/* Who works on a complaint, took it in or is complained of does not make it disappear. */
static const struct rule_right rights[] = {
	{"complaint",
	 "complaint",
	 "",
	 "withdraw why=error",
	 {"chief", "company"},
	 {"ling", "worker", "head", "director"}},
	{"complaint", "complaint", "chief " PROMISED, "withdraw why=error", {"chief"}, {"worker", "head", "ling"}},
	{"complaint",
	 "complaint",
	 "chief dispatch handling=p1.service assignee=chief promised_at=2026-11-03_18:00",
	 "withdraw why=error",
	 {"company"},
	 {"chief", "ling"}},
	{"request", "request", GONE, "withdraw why=customer", {"ling", "chief"}, {"worker", "head", "other"}},
};

static void test_rights(void **state)
{
	(void)state;
	rules_rights(rights, RULES_COUNT(rights));
}

/* --- handing over ---------------------------------------------------------------------------------- */

/* The wrong worker is there already, or has begun. */
static void test_wrong_worker(void **state)
{
	static const struct {
		const char *kind, *life, *login, *step, *state;
	} cases[] = {
		{"request", GONE "|worker arrive", "ling", "dispatch handling=p1.engineering assignee=worker2",
		 "dispatched"},
		{"request", GONE "|worker arrive|worker start", "ling",
		 "dispatch handling=p1.engineering assignee=worker2", "dispatched"},
		{"complaint", "chief " PROMISED "|worker propose proposal=换", "chief",
		 "dispatch handling=p1.engineering assignee=worker2", "handling"},
		{"complaint", "chief " PROMISED "|worker propose proposal=换|worker agree", "chief",
		 "dispatch handling=p1.engineering assignee=worker2", "handling"},
	};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		int64_t id = rules_register("ling", cases[i].kind, NULL, NULL, NULL);
		struct cs_err e = {0};
		int rc;

		rules_live(cases[i].kind, id, cases[i].life);
		desk_actor(cases[i].login);
		/* Nobody named: who has begun goes on. */
		desk_dispatch(id, NULL, NULL, NULL, &rc, &e);
		assert_string_equal(rules_login(desk_ticket(id)->t.assignee), "worker");
		assert_string_not_equal(desk_state(id), cases[i].state);
		if (desk_step(id, cases[i].step, &e) != CS_OK)
			fail_msg("%s: %s", cases[i].life, e.text);
		assert_string_equal(desk_state(id), cases[i].state);
		assert_string_equal(rules_login(desk_ticket(id)->t.assignee), "worker2");
	}
}

/* What others were given by hand is not sent back by the rules once it is begun. */
static void test_begun(void **state)
{
	int64_t id = rules_register("ling", "request", NULL, NULL, NULL);
	struct cs_err e = {0};
	int rc;

	(void)state;
	rules_live("begun", id, "ling dispatch handling=p1.environment|ling arrive");
	assert_int_equal(desk_dispatch(id, NULL, NULL, NULL, &rc, &e), CS_REFUSED);
	assert_string_equal(e.text, "dispatch: it was handed over, and is on_site; say --to UNIT or --assignee LOGIN");
	assert_int_equal(desk_dispatch(id, "p1.engineering", NULL, NULL, &rc, &e), CS_OK);
	assert_string_equal(desk_state(id), "dispatched");
}

/* S3-4-3: the time is agreed before the first hand-over of a cycle; handing on is no new promise. */
static void test_one_promise(void **state)
{
	const struct cs_clock_row *c;
	int64_t id = rules_register("ling", "complaint", NULL, NULL, NULL);
	struct cs_err e = {0};

	(void)state;
	desk_actor("chief");
	assert_int_equal(desk_step(id, "dispatch handling=p1.engineering", &e), CS_REFUSED);
	assert_string_equal(e.text,
			    "dispatch: agree with the customer when to answer: promised_at (--set promised_at=TIME)");
	rules_live("S3-4-3", id, "chief " PROMISED);
	desk_time("2026-11-02 15:00");
	rules_live("S3-4-3", id, "chief dispatch handling=p1.environment");
	c = cs_image_clock(desk_ticket(id), "promised");
	assert_int_equal(c->run, 1);
	assert_int_equal(c->start_at, desk_at("2026-11-02 09:00"));
	assert_int_equal(c->due_at, desk_at("2026-11-03 18:00"));
	assert_null(c->verdict);
	/* Kept, it is not broken by handing on afterwards. */
	rules_live("S3-4-3", id, "ling reply reply_text=已安排");
	desk_time("2026-11-04 09:00");
	rules_live("S3-4-3", id, "chief dispatch handling=p1.engineering");
	c = cs_image_clock(desk_ticket(id), "promised");
	assert_int_equal(c->run, 1);
	assert_string_equal(c->verdict, "met");
	/* Another time is another promise. */
	rules_live("S3-4-3", id, "chief dispatch handling=p1.engineering promised_at=2026-11-05_18:00");
	c = cs_image_clock(desk_ticket(id), "promised");
	assert_int_equal(c->run, 2);
	assert_int_equal(c->due_at, desk_at("2026-11-05 18:00"));
	/* A new cycle needs its own. */
	rules_live("S3-4-3", id, "head finish result=好|ling rework note=x");
	desk_actor("chief");
	assert_int_equal(desk_step(id, "dispatch handling=p1.engineering", &e), CS_REFUSED);
}

/* S3-4-6, S1-4-2, S4-4-2: what was classed wrongly is put right whenever that is found out, a closed complaint too;
   the specialty
   comes with the category unless it is said. */
static void test_classify(void **state)
{
	static const struct {
		const char *id, *words, *category, *specialty, *priority;
	} cases[] = {
		{"S3-4-6 category", "category=eng.leak", "eng.leak", "engineering", "normal"},
		{"S3-4-6 another class", "category=owner.pets", "owner.pets", "owner_dispute", "normal"},
		{"S3-4-6 specialty", "specialty=safety", "eng.water", "safety", "normal"},
		{"S3-4-6 both", "category=eng.leak specialty=other", "eng.leak", "other", "normal"},
		{"S1-4-2 priority", "priority=high", "eng.water", "engineering", "high"},
	};

	(void)state;
	for (size_t i = 0; i < 2 * RULES_COUNT(cases); i++) {
		bool closed = i % 2;
		int64_t id = rules_register("ling", "complaint", NULL, "", NULL);
		char life[160];
		struct cs_image *im;

		snprintf(life, sizeof life, "%sling classify %s", closed ? "chief withdraw why=error|" : "",
			 cases[i / 2].words);
		rules_live(cases[i / 2].id, id, life);
		im = desk_ticket(id);
		if (strcmp(im->t.category, cases[i / 2].category) != 0 ||
		    strcmp(im->t.specialty, cases[i / 2].specialty) != 0 ||
		    strcmp(im->t.priority, cases[i / 2].priority) != 0)
			fail_msg("%s: %s, %s, %s", cases[i / 2].id, im->t.category, im->t.specialty, im->t.priority);
		assert_string_equal(im->t.state, closed ? "closed" : "registered");
	}
}

static const struct rule_need classify_needs[] = {
	{"S1-4-2 nothing said", "complaint", "", "ling", "classify",
	 "say what is right: category, specialty, priority or causing", "classify priority=high"},
};

static void test_classify_needs(void **state)
{
	(void)state;
	rules_needs(classify_needs, RULES_COUNT(classify_needs));
}

/* C5: more than five working days and more than a week are two clocks on one complaint; both run. */
static void test_two_ladders(void **state)
{
	int64_t id = rules_register("ling", "complaint", NULL, "", NULL);
	const struct cs_image *im;

	(void)state;
	rules_live("C5", id, "chief assess our_fault=yes");
	desk_time("2026-11-09 09:00:01");
	desk_settle(id);
	im = desk_ticket(id);
	assert_string_equal(im->t.importance, "hot");
	assert_int_equal(cs_image_count(im, CS_P_RUNG), 0);
	desk_time("2026-11-10 00:00:01");
	desk_settle(id);
	im = desk_ticket(id);
	assert_int_equal(cs_image_count(im, CS_P_RUNG), 1);
	assert_string_equal(((const struct cs_rung_row *)cs_image_at(im, CS_P_RUNG, 0))->rung, "company");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_everywhere, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_withdrawn, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_late, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_rights, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_wrong_worker, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_begun, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_one_promise, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_classify, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_classify_needs, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_two_ladders, rules_begin, rules_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
