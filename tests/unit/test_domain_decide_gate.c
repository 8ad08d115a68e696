/* What the gate of admission answers, and what it leaves on record. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
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

static void do_as(const char *login, int64_t id, const char *words)
{
	desk_actor(login);
	desk_do(id, words);
}

static int64_t in_review(const char *facts)
{
	int64_t id = desk_register("complaint", "claim", NULL, NULL);

	do_as("agent1", id, "complete");
	if (facts)
		do_as("agent1", id, facts);
	do_as("agent1", id, "link same_as=none");
	return id;
}

/* The value of the last event's remark of this word; NULL: none. */
static const char *noted(int64_t id, const char *word)
{
	struct cs_effects l = {.arena = &desk->work};
	struct cs_event ev;
	struct cs_err e = {0};

	assert_int_equal(cs_event_get(desk->db, desk_ticket(id)->t.last_event, &desk->work, &ev, &e), 1);
	assert_int_equal(cs_effects_read(&l, ev.facts, ev.private_part, &e), 0);
	for (size_t i = 0; i < l.count; i++)
		if (l.effect[i].op == CS_OP_NOTE && strcmp(cs_arg_text(&l.effect[i], 0), word) == 0)
			return cs_arg_text(&l.effect[i], 1);
	return NULL;
}

#define ELSE " (cs-decide explain C20260901-0001); against it, --override REASON by: head of operations management"

static void test_words(void **state)
{
	static const struct {
		const char *facts, *login, *step, *text; /* NULL: taken */
	} cases[] = {
		{NULL, "division", "accept",
		 "accept: rule 'not_entitled' is still open (S0-4-7): by_consumer_or_agent is unset" ELSE},
		{"examine by_consumer_or_agent=yes", "division", "accept",
		 "accept: rule 'ours' is still open (S0-4-6): insurance_matter is unset; ours is unset" ELSE},
		{"examine by_consumer_or_agent=no", "division", "accept",
		 "accept: rule 'not_entitled' decides here (S0-4-7) and allows refuse with the ground g1" ELSE},
		{"examine by_consumer_or_agent=no", "division", "refuse reason=x ground=g3",
		 "refuse: rule 'not_entitled' decides here (S0-4-7) and allows refuse with the ground g1" ELSE},
		{"examine by_consumer_or_agent=yes insurance_matter=yes ours=no", "division", "accept",
		 "accept: rule 'not_ours' decides here (S0-4-6) and allows refuse, refer with the ground "
		 "not_ours" ELSE},
		{"examine by_consumer_or_agent=no", "division", "accept override=x",
		 "accept: --override: only for: head of operations management"},
		{"examine by_consumer_or_agent=no", "operations", "accept override=_",
		 "accept: --override: the reason is wanted"},
		{"examine by_consumer_or_agent=no", "division", "refuse reason=x override=y",
		 "refuse: --override: rule 'not_entitled' allows the step; nothing is to be overridden"},
		{NULL, "agent1", "examine ours=yes override=y", "examine: --override: the step needs no admission"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_err e = {0};
		int64_t id;

		desk_end();
		desk_begin_insurer();
		id = in_review(cases[i].facts);
		desk_actor(cases[i].login);
		assert_int_equal(desk_step(id, cases[i].step, &e), CS_REFUSED);
		assert_string_equal(e.text, cases[i].text);
	}
}

/* The rule that allowed it, and the ground it gave; of a decision against it the rule, and the reason as a private
   text. */
static void test_record(void **state)
{
	int64_t id = in_review("examine by_consumer_or_agent=no"), other = in_review("examine by_consumer_or_agent=no"),
		choice = in_review("examine by_consumer_or_agent=yes insurance_matter=yes ours=yes");

	(void)state;
	do_as("division", id, "refuse reason=x");
	assert_string_equal(noted(id, "admission"), "not_entitled");
	assert_string_equal(cs_image_own(desk_ticket(id), "ground")->s, "g1");
	do_as("operations", other, "accept override=另有授权");
	assert_string_equal(noted(other, "against admission"), "not_entitled");
	assert_null(noted(other, "admission"));
	do_as("division", choice, "accept");
	assert_string_equal(noted(choice, "admission"), "ours");
	assert_null(cs_image_own(desk_ticket(choice), "ground"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_words, begin, end),
		cmocka_unit_test_setup_teardown(test_record, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
