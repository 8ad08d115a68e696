/* Conditions told by the facts that make them what they are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/admission.h"
#include "rules.h"
#include "store/ref.h"

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

static const struct cs_admission_rule *rule(const struct cs_view *v, const char *id)
{
	for (size_t i = 0; i < v->kind->admission_count; i++)
		if (strcmp(v->kind->admission[i].id, id) == 0)
			return &v->kind->admission[i];
	fail_msg("no rule %s", id);
	return NULL;
}

static int64_t other;

/* words: the step's; FIRST stands for the other complaint. */
static int64_t examined(const char *words, const char *same)
{
	int64_t id = desk_register("complaint", "claim", NULL, NULL);
	char text[100], ref[CS_REF_SIZE];

	desk_actor("agent1");
	desk_do(id, "complete");
	if (words)
		desk_do(id, words);
	if (same) {
		snprintf(text, sizeof text, "link same_as=%s",
			 strcmp(same, "FIRST") == 0 ? cs_ref_text(other, ref) : same);
		desk_do(id, text);
	}
	return id;
}

static void test_facts(void **state)
{
	static const struct {
		const char *words, *same, *rule, *text, *field; /* field: of the first fact */
	} cases[] = {
		{NULL, NULL, "not_entitled", "by_consumer_or_agent is unset", "by_consumer_or_agent"},
		{"examine by_consumer_or_agent=yes", NULL, "not_entitled", "by_consumer_or_agent = yes", NULL},
		{NULL, NULL, "first_pending", "same_as is unset", "same_as"},
		{NULL, "none", "first_pending", "same_as = none", NULL},
		/* The ticket it points to is under review: that is why the rule holds. */
		{NULL, "FIRST", "first_pending", "same_as = C20260901-0001; C20260901-0001: state = review", NULL},
		{NULL, "FIRST", "repeat_in_period", "same_as = C20260901-0001; C20260901-0001: state = review", NULL},
		{NULL, "FIRST", "repeat_after_decision", "same_as = C20260901-0001; C20260901-0001: decision is unset",
		 NULL},
		/* all: false by its first false member; unknown by the unknown ones alone; true by all. */
		{"examine insurance_matter=yes", NULL, "ours", "ours is unset", "ours"},
		{"examine insurance_matter=no", NULL, "ours", "insurance_matter = no", NULL},
		{"examine insurance_matter=yes ours=yes", NULL, "ours", "insurance_matter = yes; ours = yes", NULL},
		{NULL, NULL, "ours", "insurance_matter is unset; ours is unset", "insurance_matter"},
		{NULL, NULL, "nobody", "", NULL},
	};

	(void)state;
	other = examined(NULL, NULL);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_image *im = desk_ticket(examined(cases[i].words, cases[i].same));
		struct cs_view v = rules_view(im);
		struct cs_facts facts = {0};
		const char *text;

		cs_facts_of(&v, rule(&v, cases[i].rule)->when, &facts);
		text = cs_facts_text(&facts, im->arena);
		if (strcmp(text, cases[i].text) != 0)
			fail_msg("case %zu: %s", i, text);
		if (cases[i].field)
			assert_string_equal(facts.fact[0].field, cases[i].field);
		else
			assert_true(facts.count == 0 || !facts.fact[0].field);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_facts, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
