/* Priority by the tier of the customer, by urgency, by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "domain/record.h"
#include "rules.h"

static void tier(const char *tier)
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

static void test_tiers(void **state)
{
	static const struct {
		const char *id, *tier, *words, *want;
	} cases[] = {
		{"S2-2-21 S2-2-23 gold", "gold", NULL, "high"},
		{"S2-2-21 gold, said to be low", "gold", "priority=low", "high"},
		{"S2-2-21 gold and urgent", "gold", "urgent=yes", "urgent"},
		{"S2-2-22 silver", "silver", NULL, "normal"},
		{"S2-2-22 silver, said to be low", "silver", "priority=low", "normal"},
		{"S2-2-22 bronze", "bronze", NULL, "normal"},
		{"S2-2-22 bronze, said to be low", "bronze", "priority=low", "low"},
		{"S1-4-2 no tier", NULL, NULL, "normal"},
		{"S1-4-2 by hand", NULL, "priority=high", "high"},
	};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		int64_t id;

		tier(cases[i].tier);
		id = rules_register("ling", "complaint", NULL, cases[i].words, NULL);
		if (strcmp(desk_ticket(id)->t.priority, cases[i].want) != 0)
			fail_msg("%s: %s, not %s", cases[i].id, desk_ticket(id)->t.priority, cases[i].want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_tiers, rules_begin, rules_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
