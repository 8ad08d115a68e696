/* Complaints classed at intake, and put right later, by the rules of both companies (requirements 4.3, 4.5; S1-4-2;
   C33). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "domain/record.h"
#include "rules.h"

static void begin_insurer(void)
{
	desk_begin_insurer();
}

static const struct company {
	const char *name;
	void (*begin)(void);
	const char *clerk, *category, *channel; /* one of its categories, and a way in that raises nothing */
} companies[] = {
	{"property", desk_begin, "ling", "eng.water", "phone"},
	{"insurance", begin_insurer, "agent1", "claim.slow", "phone"},
};

static int64_t complain(const struct company *c, const char *category, const char *channel, int64_t person,
			const char *words)
{
	const struct cs_registration reg = {
		.kind = "complaint",
		.channel = channel,
		.category = category,
		.subject = "事项",
		.body = "内容",
		.place = CS_NULL,
		.accepting = CS_NULL,
		.first = CS_NULL,
		.customer = person,
		.premises = CS_NULL,
		.has_phone = true,
		.due_at = CS_TIME_NONE,
		.run = CS_NULL,
	};
	struct cs_err e = {0};
	int64_t id;

	desk_actor(c->clerk);
	id = desk_register_as(&reg, words, &e);
	if (!id)
		fail_msg("%s: %s", c->name, e.text);
	return id;
}

/* S3-4-6, S4-4-3: each category has one class of the company's own list, which the ticket has with it; so has each
   category a department or person that it goes to. */
static void test_categories(void **state)
{
	(void)state;
	for (size_t i = 0; i < RULES_COUNT(companies); i++) {
		const struct cs_ids *all;

		companies[i].begin();
		all = cs_policy_codes(desk->policy, "specialty");
		for (size_t k = 0; k < desk->policy->category_count; k++) {
			const struct cs_category *c = &desk->policy->category[k];
			const struct cs_image *im =
				desk_ticket(complain(&companies[i], c->id, companies[i].channel, PERSON_WANG, NULL));

			if (!cs_ids_has(all, c->specialty) || strcmp(im->t.specialty, c->specialty) != 0)
				fail_msg("S3-4-6: %s: %s is %s", companies[i].name, c->id, im->t.specialty);
			assert_string_equal(im->t.category, c->id);
			assert_true(im->t.responsible != CS_NULL); /* S1-4-2 */
		}
		desk_end();
	}
}

static void give_tier(const char *tier)
{
	struct cs_effects l = {.arena = &desk->life};
	struct cs_err e = {0};

	cs_record_code(&l, &cs_person_table, PERSON_WANG, "tier", tier);
	if (cs_session_begin(desk, &e) < 0 ||
	    cs_session_record(desk, NULL, (struct cs_deed){"person", PERSON_WANG, "change", desk->now, CS_NULL}, &l,
			      &e) < 0 ||
	    cs_session_commit(desk, &e) < 0)
		fail_msg("%s", e.text);
}

/* S1-4-2, S2-2-21, S2-2-23: the priority by the rules, the highest that holds; what people say does not lower it
   below them. */
static void test_priority(void **state)
{
	static const struct {
		const char *id, *company, *category, *channel, *tier, *words, *priority;
	} cases[] = {
		{"S1-4-2 nothing said", "property", NULL, NULL, NULL, NULL, "normal"},
		{"S1-4-2 said", "property", NULL, NULL, NULL, "priority=low", "low"},
		{"S2-2-21 gold", "property", NULL, NULL, "gold", NULL, "high"},
		{"S2-2-21 gold is never low", "property", NULL, NULL, "gold", "priority=low", "high"},
		{"S2-2-22 silver is never low", "property", NULL, NULL, "silver", "priority=low", "normal"},
		{"S2-2-22 bronze", "property", NULL, NULL, "bronze", "priority=low", "low"},
		{"G32 urgent", "property", NULL, NULL, NULL, "urgent=yes", "urgent"},
		{"G32 urgent by category", "property", "safe.fire", NULL, NULL, NULL, "urgent"},
		{"S2-2-21 the highest holds", "property", "eng.lift", NULL, "gold", NULL, "urgent"},
		{"S0-4-2 a serious one", "property", NULL, NULL, NULL, "lawsuit=pending", "high"},
		{"S0-4-2 a hot one", "property", NULL, NULL, NULL, "people=3", "high"},
		{"S3-4-11 an ordinary one", "property", NULL, NULL, NULL, "people=2", "normal"},
		{"S1-4-2 nothing said", "insurance", NULL, NULL, NULL, NULL, "normal"},
		{"S2-2-21 gold", "insurance", NULL, NULL, "gold", "priority=low", "high"},
		{"S0-4-12 the regulator's", "insurance", NULL, "regulator", NULL,
		 "priority=low regulator_ref=7 regulator_due=2026-09-20_17:00", "high"},
		{"G32 urgent", "insurance", NULL, NULL, NULL, "urgent=yes", "urgent"},
	};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		const struct company *c = &companies[strcmp(cases[i].company, "insurance") == 0];
		const struct cs_image *im;

		c->begin();
		if (cases[i].tier)
			give_tier(cases[i].tier);
		im = desk_ticket(complain(c, cases[i].category ? cases[i].category : c->category,
					  cases[i].channel ? cases[i].channel : c->channel, PERSON_WANG,
					  cases[i].words));
		if (strcmp(im->t.priority, cases[i].priority) != 0)
			fail_msg("%s (%s): %s, not %s", cases[i].id, c->name, im->t.priority, cases[i].priority);
		desk_end();
	}
}

/* S1-4-2, S3-4-6: whatever was classed wrongly is put right, by those who have it and the desk; nothing said is
   refused. */
static void test_corrected(void **state)
{
	static const struct {
		const char *words, *category, *specialty, *priority; /* of the property company; then of the insurer */
	} cases[RULES_COUNT(companies)][5] = {
		{{"category=env.waste", "env.waste", "environment", "normal"},
		 {"specialty=other", "eng.water", "other", "normal"},
		 {"category=env.waste specialty=other", "env.waste", "other", "normal"},
		 {"priority=high", "eng.water", "engineering", "high"},
		 {"category=safe.fire", "safe.fire", "safety", "urgent"}},
		{{"category=sale.misleading", "sale.misleading", "sales", "normal"},
		 {"specialty=service", "claim.slow", "service", "normal"},
		 {"category=uw specialty=other", "uw", "other", "normal"},
		 {"priority=high", "claim.slow", "claims", "high"},
		 {"causing=CAUSING", "claim.slow", "claims", "normal"}},
	};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(companies); i++) {
		const struct company *c = &companies[i];

		c->begin();
		for (size_t k = 0; k < RULES_COUNT(cases[i]); k++) {
			int64_t id = complain(c, c->category, c->channel, PERSON_WANG, NULL);
			bool unit = strstr(cases[i][k].words, "CAUSING") != NULL;
			const struct cs_image *im;
			struct cs_err e = {0};
			char step[80];

			assert_int_equal(desk_step(id, "classify", &e), CS_REFUSED);
			assert_non_null(strstr(e.text, "say what is right"));
			snprintf(step, sizeof step, "classify %s", unit ? "causing=hq.claims" : cases[i][k].words);
			desk_do(id, step);
			im = desk_ticket(id);
			if (strcmp(im->t.category, cases[i][k].category) != 0 ||
			    strcmp(im->t.specialty, cases[i][k].specialty) != 0 ||
			    strcmp(im->t.priority, cases[i][k].priority) != 0)
				fail_msg("S1-4-2 (%s): %s: %s, %s, %s", c->name, step, im->t.category, im->t.specialty,
					 im->t.priority);
			if (unit)
				assert_int_equal(im->t.causing, 3);
		}
		desk_end();
	}
}

/* C33: whether a policy was mis-sold is asked by nobody who sells. */
static void test_mis_selling(void **state)
{
	const struct cs_callback_rule *rule;

	(void)state;
	desk_begin_insurer();
	rule = cs_policy_callback(desk->policy, "mis_selling");
	assert_non_null(rule);
	assert_true(rule->by_count > 0);
	for (size_t i = 0; i < rule->by_count; i++)
		if (rule->by[i].who.kind == CS_WHO_POST && strcmp(rule->by[i].who.name, "sales_post") == 0)
			fail_msg("C33: the sales post asks %s", rule->by[i].method);
	desk_end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_categories),
		cmocka_unit_test(test_priority),
		cmocka_unit_test(test_corrected),
		cmocka_unit_test(test_mis_selling),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
