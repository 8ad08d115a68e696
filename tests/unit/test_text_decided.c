/* Decisions told from the history: the rule and its facts as they were then, in every cycle, undone ones named. */
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
#include "text/decided.h"

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

static char told[2000];
static bool stands;

static void line(void *arg, const struct cs_decided_line *l)
{
	const size_t n = strlen(told);

	assert_null(arg);
	snprintf(told + n, sizeof told - n, "%s %s %s: %s\n", l->what, l->step, l->by, l->detail);
}

static const char *decided(int64_t id)
{
	struct cs_image *im = desk_ticket(id);
	struct cs_err e = {0};

	told[0] = '\0';
	if (cs_decided(desk, im, cs_policy_kind(desk->policy, im->t.kind), line, NULL, &stands, &e) < 0)
		fail_msg("%s", e.text);
	return told;
}

static int64_t in_review(const char *facts)
{
	int64_t id = desk_register("complaint", "claim", NULL, NULL);

	do_as("agent1", id, "complete");
	if (facts)
		do_as("agent1", id, facts);
	return id;
}

static void link_to(int64_t id, int64_t other)
{
	char words[60], ref[CS_REF_SIZE];

	snprintf(words, sizeof words, "link same_as=%s", other ? cs_ref_text(other, ref) : "none");
	do_as("agent1", id, words);
}

/* What is found out later changes nothing of what was decided by (S0-4-7), and the first refusal stays told (G8). */
static void test_facts_of_then(void **state)
{
	int64_t first = in_review(NULL), id = in_review("examine by_consumer_or_agent=no");

	(void)state;
	assert_string_equal(decided(id), "");
	assert_false(stands);
	do_as("division", id, "refuse reason=非本人");
	assert_string_equal(decided(id), "decided refuse division: rule not_entitled; by_consumer_or_agent = no "
					 "[S0-4-7]; reason: 非本人; ground g1\n");
	assert_true(stands);
	link_to(id, first);
	do_as("agent1", id, "reopen note=补交授权书 new_facts=yes");
	do_as("agent1", id, "examine by_consumer_or_agent=yes");
	assert_string_equal(decided(id), "decided refuse division: rule not_entitled; by_consumer_or_agent = no "
					 "[S0-4-7]; reason: 非本人; ground g1\n"
					 "reopened reopen agent1: new_facts yes; note: 补交授权书\n");
	assert_false(stands);
}

/* S0-4-8, G8. */
static void test_undone(void **state)
{
	int64_t first = in_review(NULL), id = in_review("examine by_consumer_or_agent=yes");
	char want[400], ref[CS_REF_SIZE];

	(void)state;
	link_to(id, first);
	do_as("division", id, "merge note=同一事");
	do_as("division", id, "unmerge note=不同保单");
	cs_ref_text(first, ref);
	snprintf(want, sizeof want,
		 "decided merge division: rule first_pending; same_as = %s; %s: state = review [G8]; into %s; note: "
		 "同一事\nundone unmerge division: note: 不同保单\n",
		 ref, ref, ref);
	assert_string_equal(decided(id), want);
	assert_false(stands);
}

/* Against a rule that holds, and before one could be told: two things. */
static void test_overridden(void **state)
{
	int64_t against = in_review("examine by_consumer_or_agent=no"), open = in_review(NULL);

	(void)state;
	do_as("operations", against, "accept override=另有授权");
	assert_string_equal(decided(against), "decided accept operations: against rule not_entitled: 另有授权; "
					      "by_consumer_or_agent = no [S0-4-7]\n");
	do_as("operations", open, "accept override=早办");
	assert_string_equal(decided(open), "decided accept operations: before rule not_entitled could be told: 早办; "
					   "by_consumer_or_agent is unset [S0-4-7]\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_facts_of_then, begin, end),
		cmocka_unit_test_setup_teardown(test_undone, begin, end),
		cmocka_unit_test_setup_teardown(test_overridden, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
