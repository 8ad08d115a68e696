/* Who stands where and does what: the posts, departments and first receivers of the documents
   (requirements 1.2 to 1.5), as the shipped property rules have them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "rules.h"

/* Where a post sits, and to whom it reports: who answers when it is vacant. */
static void test_posts(void **state)
{
	static const struct {
		const char *id, *post, *serves, *above;
		bool of_premises; /* looked for where the customer lives, else with those who do the work */
	} cases[] = {
		{"S3-1-4", "dept_supervisor", "department", "cs_supervisor", false},
		{"S3-1-4", "cs_supervisor", "project", "project_manager", true},
		{"S3-1-4", "project_manager", "project", "area_manager", true},
		{"S3-1-4", "area_manager", "region", "qmc_service_manager", true},
		{"S3-1-4", "qmc_service_manager", "hq", "leader_in_charge", true},
		{"S3-1-5", "area_director", "region", "company_complaints", true},
		{"S3-1-5", "company_complaints", "hq", "leader_in_charge", true},
		{"S3-1-6", "guard", "project", "project_manager", true},
		{"S0-1-13", "archivist", "project", "project_manager", true},
		{"S1-1-1", "front_desk", "project", "cs_supervisor", true},
		{"S1-1-1", "assistant", "area", "cs_supervisor", true},
		{"S1-1-1", "cs_supervisor", "project", "project_manager", true},
		{"S1-1-11", "assistant", "area", "cs_supervisor", true},
		{"S1-1-17", "front_desk", "project", "cs_supervisor", true},
		{"S1-1-28", "dept_supervisor", "department", "cs_supervisor", false},
		{"S2-1-4", "cs_supervisor", "project", "project_manager", true},
	};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		const struct cs_post_rule *p = cs_policy_post(desk->policy, cases[i].post);

		if (!p)
			fail_msg("%s: no post %s", cases[i].id, cases[i].post);
		else if (strcmp(p->serves, cases[i].serves) != 0 || !p->above ||
			 strcmp(p->above, cases[i].above) != 0 || p->from_handling == cases[i].of_premises)
			fail_msg("%s: %s serves a %s, above it %s", cases[i].id, p->id, p->serves,
				 p->above ? p->above : "-");
	}
}

/* One after another leaves: whoever stands next in the chain answers, nobody else. */
static void test_chains(void **state)
{
	static const struct {
		const char *id, *kind, *post, *chain[6]; /* the last answers for nobody above */
	} cases[] = {
		{"S3-1-4", "request", "dept_supervisor", {"dept", "chief", "manager", "area", "qmc", NULL}},
		{"S3-1-5", "complaint", "area_director", {"director", "company", NULL}},
		{"S1-1-1", "request", "front_desk", {"ling", "chief", "manager", NULL}},
		{"S1-1-11", "request", "assistant", {"assistant", "chief", "manager", NULL}},
	};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		int64_t id;

		desk_begin();
		id = rules_register("ling", cases[i].kind, NULL, NULL, NULL);
		rules_live(cases[i].id, id,
			   strcmp(cases[i].kind, "request") == 0 ? "ling dispatch handling=p1.engineering" : NULL);
		for (size_t k = 0; cases[i].chain[k]; k++) {
			const char *now = rules_holder(id, cases[i].post);

			if (strcmp(now, cases[i].chain[k]) != 0)
				fail_msg("%s: %s answers for %s, not %s", cases[i].id, now, cases[i].post,
					 cases[i].chain[k]);
			rules_vacate(now);
		}
		desk_end();
	}
}

/* S1-1-13: at the end of every chain stands the leader in charge. */
static void test_leader(void **state)
{
	(void)state;
	for (size_t i = 0; i < desk->policy->post_count; i++) {
		const struct cs_post_rule *p = &desk->policy->post[i];

		for (int depth = 0; p->above && depth < 16; depth++)
			p = cs_policy_post(desk->policy, p->above);
		if (strcmp(p->id, "leader_in_charge") != 0)
			fail_msg("S1-1-13: above %s stands %s", desk->policy->post[i].id, p->id);
		assert_string_equal(p->serves, "hq");
	}
}

/* S3-1-2: the company, its regions, their projects: each level below the one before it. */
static void test_levels(void **state)
{
	static const struct {
		const char *level;
		int64_t unit;
	} cases[] = {{"hq", UNIT_HQ}, {"region", UNIT_EAST}, {"project", UNIT_P1}};
	const struct cs_ids *levels = cs_policy_codes(desk->policy, "level");

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		assert_int_equal(cs_ids_index(levels, cases[i].level), i);
		assert_int_equal(cs_org_up(&desk->org, UNIT_ENGINEERING, cases[i].level)->id, cases[i].unit);
		for (size_t k = 0; k < RULES_COUNT(cases); k++)
			assert_int_equal(cs_org_below(&desk->org, cases[i].unit, cases[k].unit), k <= i);
	}
}

/* --- who gets a matter ------------------------------------------------------------------------- */

/* Who is responsible from the start. */
static void test_responsible(void **state)
{
	static const struct {
		const char *id, *kind, *tier, *vacant, *login;
	} cases[] = {
		{"S0-1-11", "complaint", NULL, NULL, "chief"},       {"S0-1-11", "complaint", NULL, "chief", "manager"},
		{"S3-1-5", "complaint", NULL, NULL, "chief"},        {"S2-1-1", "complaint", "gold", NULL, "assistant"},
		{"S2-1-1", "request", "gold", NULL, "assistant"},    {"S2-1-1", "inquiry", "gold", NULL, "assistant"},
		{"S2-1-1", "suggestion", "gold", NULL, "assistant"}, {"S2-1-1", "message", "gold", NULL, "assistant"},
		{"S4-1-1", "request", NULL, NULL, "ling"},
	};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		struct cs_registration reg = rules_registration(cases[i].kind, NULL, "eng.water");
		const char *login;
		int64_t id;

		desk_begin();
		if (cases[i].vacant)
			rules_vacate(cases[i].vacant);
		if (cases[i].tier)
			reg.customer = PERSON_GOLD; /* whose manager is the assistant */
		id = desk_register_as(&reg, strcmp(cases[i].kind, "message") == 0 ? "wanted=李经理" : "", NULL);
		login = rules_login(desk_ticket(id)->t.responsible);
		if (strcmp(login, cases[i].login) != 0)
			fail_msg("%s: %s: %s is responsible", cases[i].id, cases[i].kind, login);
		desk_end();
	}
}

/* S0-1-11: the company has its own person for the complaints that come to it. */
static void test_company(void **state)
{
	int64_t id = rules_register("company", "complaint", NULL, NULL, NULL);

	(void)state;
	assert_string_equal(rules_holder(id, "company_complaints"), "company");
	assert_int_equal(desk_ticket(id)->t.accepting, UNIT_HQ); /* S0-1-12, S2-1-8 */
	rules_live(
		"S0-1-12", id,
		"company dispatch handling=p1.engineering promised_at=2026-11-30_18:00|company reply reply_text=已受理|"
		"worker finish result=已换|company verify note=查过");
	assert_string_equal(desk_state(id), "verified");
}

/* To which department the rules send what. */
static void test_departments(void **state)
{
	static const struct {
		const char *id, *category, *function;
	} cases[] = {
		{"S2-1-5 repair", "eng.water", "engineering"},
		{"S2-1-5 cleaning", "env.cleaning", "environment"},
		{"S2-1-5 security", "safe.theft", "safety"},
		{"S1-1-1 engineering", "eng", "engineering"},
		{"S1-1-1 safety", "safe", "safety"},
		{"S1-1-1 cleaning", "env", "environment"},
		{"S3-1-6 gate", "safe.access", "safety"},
		{"S2-3-9 repair", "eng.door", "engineering"},
		{"S2-3-9 cleaning", "env.cleaning", "environment"},
		{"S2-3-9 greening", "env.green", "environment"},
		{"S2-3-9 waste", "env.waste", "environment"},
		{"S2-3-9 patrol", "safe.parking", "safety"},
		{"S2-3-7 facility", "eng.lift", "engineering"},
		{"S4-5-1 engineering", "eng.drain", "engineering"},
	};

	(void)state;
	rules_unit("p2.safety", "department", "safety", UNIT_P2); /* not of this project */
	rules_unit("p1.safety", "department", "safety", UNIT_P1);
	desk_actor("ling");
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		int64_t id = desk_register("request", cases[i].category, "", NULL);
		const struct cs_unit_row *unit;
		int rc;

		if (desk_dispatch(id, NULL, NULL, NULL, &rc, &(struct cs_err){0}) != CS_OK)
			fail_msg("%s: %s goes nowhere", cases[i].id, cases[i].category);
		unit = cs_org_unit(&desk->org, desk_ticket(id)->t.handling);
		if (!unit || !unit->function || strcmp(unit->function, cases[i].function) != 0 ||
		    unit->parent != UNIT_P1)
			fail_msg("%s: %s goes to %s", cases[i].id, cases[i].category, unit ? unit->code : "nowhere");
	}
	assert_true(cs_ids_has(cs_policy_codes(desk->policy, "function"), "finance")); /* S1-1-1 */
}

/* --- who does what ------------------------------------------------------------------------------ */

#define SEND    "dispatch handling=p1.engineering promised_at=2026-11-30_18:00"
#define SENT    "chief " SEND
#define SETTLED SENT "|worker finish result=已换|chief verify note=查过"

static const struct rule_right rights[] = {
	/* Whoever is asked first solves it at once where it can be solved. */
	{"S1-1-13 at once", "complaint", "", "answer result=已解释", {"ling", "chief"}, {"worker", "other", "qmc"}},
	{"S1-1-13 not at once", "complaint", "", SEND, {"ling", "chief"}, {"worker", "other", "money"}},
	{"S1-1-22 reply", "complaint", SENT, "reply reply_text=已换", {"ling", "chief"}, {"worker", "head", "other"}},
	{"S1-1-22 not to the end", "complaint", SETTLED, "close", {NULL}, {"ling", "chief"}},
	/* S1-1-11: the assistant who looks after a repair in the home is told; the desk or engineering says so. */
	{"S1-1-11",
	 "request",
	 "ling dispatch handling=p1.engineering",
	 "cannot_come note=缺料",
	 {"head", "ling"},
	 {"other", "qmc"}},
	{"S1-1-19", "request", "", "tell note=师傅在路上", {"ling"}, {"worker", "other"}},
	/* The centre hands on what comes in, of every kind; departments only do their part. */
	{"S2-1-3", "request", "", "dispatch handling=p1.engineering", {"ling", "chief"}, {"head", "worker", "other"}},
	{"S2-1-3", "inquiry", "", "dispatch handling=p1.engineering", {"ling", "chief"}, {"head", "worker", "other"}},
	{"S2-1-3",
	 "suggestion",
	 "",
	 "dispatch handling=p1.engineering",
	 {"ling", "chief"},
	 {"head", "worker", "other"}},
	{"S2-1-3",
	 "complaint",
	 SETTLED "|ling reply reply_text=好",
	 "rework note=再查",
	 {"ling", "chief"},
	 {"worker", "head"}},
	/* S1-1-27, S1-3-1: the department that was given a suggestion answers it. */
	{"S1-1-27",
	 "suggestion",
	 "ling dispatch handling=p1.engineering",
	 "reply reply_text=采纳",
	 {"head", "ling"},
	 {"other", "qmc", "money"}},
	{"S2-1-8 company",
	 "complaint",
	 SENT "|worker finish result=已换",
	 "verify note=查过",
	 {"company"},
	 {"worker", "qmc"}},
	{"S2-1-8 follow-up",
	 "complaint",
	 SENT "|worker finish result=已换",
	 "verify note=查过",
	 {"chief"},
	 {"head", "money"}},
};

static void test_rights(void **state)
{
	(void)state;
	rules_rights(rights, RULES_COUNT(rights));
}

/* The first employee a customer asks opens the ticket and stays its first receiver, whoever has it then. */
static void test_first_asked(void **state)
{
	static const char *const logins[] = {"ling", "worker", "head", "manager", "assistant", "money", "qmc", "other"};
	static const struct {
		const char *id, *kind, *answer;
	} cases[] = {
		{"S4-1-1, S2-1-6 complaints", "complaint", "answer result=已解释"},
		{"S4-1-1, S2-1-6 repairs", "request", "answer answer_text=已解释"},
		{"S4-1-1, S2-1-6 inquiries", "inquiry", "reply reply_text=九点"},
		{"S4-1-1, S1-1-25, S1-1-27", "suggestion", "reply reply_text=采纳"},
		{"S4-1-1", "message", "pass_on"},
	};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++)
		for (size_t k = 0; k < RULES_COUNT(logins); k++) {
			struct cs_registration reg = rules_registration(cases[i].kind, NULL, "eng.water");
			struct cs_err e = {0};
			int64_t id = rules_register(logins[k], cases[i].kind, NULL, NULL, NULL);

			assert_string_equal(rules_login(desk_ticket(id)->t.first), logins[k]);
			/* So when the front desk writes it down: it is the employee, not their department, who may. */
			desk_actor("ling");
			reg.first = desk_staff(logins[k]);
			id = desk_register_as(&reg, strcmp(reg.kind, "message") == 0 ? "wanted=李经理" : "", NULL);
			desk_actor(logins[k]);
			if (desk_step(id, cases[i].answer, &e) != CS_OK)
				fail_msg("%s: %s of %s: %s", cases[i].id, cases[i].kind, logins[k], e.text);
		}
}

static void test_tracker(void **state)
{
	static const struct {
		const char *id, *kind, *life;
	} cases[] = {
		{"S4-1-2", "complaint", SENT " assignee=worker"},
		{"S4-1-2", "complaint", SETTLED "|ling rework note=又坏|chief finish result=重做"},
		{"S4-1-2", "request",
		 "ling dispatch handling=p1.engineering assignee=worker|worker arrive|worker start"},
	};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		int64_t id = rules_register("money", cases[i].kind, NULL, NULL, NULL);

		rules_live(cases[i].id, id, cases[i].life);
		desk->now += 8 * 86400; /* past every rung up to the area manager */
		desk_settle(id);
		assert_string_equal(rules_login(desk_ticket(id)->t.first), "money");
		assert_string_not_equal(rules_login(desk_ticket(id)->t.responsible), "money");
	}
}

/* S1-1-11: of the premises' own area; S1-1-19: by phone it is the front desk. */
static void test_callers(void **state)
{
	static const struct {
		const char *id, *kind, *rule, *method, *login;
	} cases[] = {
		{"S1-1-19", "request", "request", "phone", "ling"},
		{"S1-1-11", "request", "request", "visit", "assistant"},
		{"S1-1-19", "request", "urgent", "phone", "ling"},
		{"S1-1-11", "request", "urgent", "visit", "assistant"},
		{"S1-1-19", "request", "leak", "phone", "ling"},
		{"S1-1-11", "request", "leak", "visit", "assistant"},
		{"S1-1-19", "complaint", "complaint", "phone", "ling"},
		{"S1-1-11", "complaint", "complaint", "visit", "assistant"},
	};
	int64_t south = rules_unit("p1.south", "area", NULL, UNIT_P1);

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		const struct cs_callback_rule *rule = cs_policy_callback(desk->policy, cases[i].rule);
		struct cs_registration elsewhere = rules_registration(cases[i].kind, NULL, "eng.water");
		struct cs_view v;
		const char *who;

		elsewhere.place = south; /* has no assistant: the CS supervisor, to whom assistants report */
		v = rules_view(desk_ticket(rules_register("ling", cases[i].kind, NULL, NULL, NULL)));
		who = rules_login(cs_callback_caller(&v, rule, cases[i].method, NULL));
		if (strcmp(who, cases[i].login) != 0)
			fail_msg("%s: %s by %s: %s", cases[i].id, cases[i].rule, cases[i].method, who);
		v = rules_view(desk_ticket(desk_register_as(&elsewhere, "", NULL)));
		who = rules_login(cs_callback_caller(&v, rule, cases[i].method, NULL));
		if (strcmp(who, strcmp(cases[i].method, "visit") == 0 ? "chief" : "ling") != 0)
			fail_msg("%s: %s by %s elsewhere: %s", cases[i].id, cases[i].rule, cases[i].method, who);
	}
}

/* S1-1-11, S1-5-1: when engineering cannot come, the assistant of the area is told. */
static void test_cannot_come(void **state)
{
	int64_t id = rules_register("ling", "request", NULL, NULL, NULL);

	(void)state;
	rules_live("S1-1-11", id, "ling dispatch handling=p1.engineering|head cannot_come note=缺料");
	assert_true(rules_told(id, "assistant"));
	assert_false(rules_told(id, "manager"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_posts, rules_begin, rules_end),
		cmocka_unit_test(test_chains),
		cmocka_unit_test_setup_teardown(test_leader, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_levels, rules_begin, rules_end),
		cmocka_unit_test(test_responsible),
		cmocka_unit_test_setup_teardown(test_company, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_departments, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_rights, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_first_asked, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_tracker, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_callers, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_cannot_come, rules_begin, rules_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
