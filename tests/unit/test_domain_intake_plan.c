/* The way to a state and what goes with which step, over the shipped rules. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/intake_plan.h"
#include "domain/policy_merge.h"
#include "policy_files.h"

static struct cs_policy *policy;
static struct cs_arena arena;

static int load(void **state)
{
	struct cs_faults faults = {0};
	struct cs_err e = {0};
	size_t len;
	char *text = read_tree_file("lib/policy/property.json", &len);

	(void)state;
	if (cs_policy_build("property.json", text, len, &shipped, &faults, NULL, &policy, &e) < 0)
		fail_msg("%s", e.text);
	cs_faults_free(&faults);
	free(text);
	return 0;
}

static int unload(void **state)
{
	(void)state;
	cs_policy_free(policy);
	cs_arena_free(&arena);
	return 0;
}

static void check_way(const struct cs_policy *p, const char *kind, const char *from, const char *to, const char *want)
{
	const struct cs_step **way = NULL;
	struct cs_buf got = {0};
	size_t n = 0;
	int found = cs_intake_way(cs_policy_kind(p, kind), from, to, &arena, &way, &n);

	for (size_t s = 0; found && s < n; s++)
		cs_buf_printf(&got, "%s%s", s ? " " : "", way[s]->id);
	if (found != (want != NULL) || (found && strcmp(cs_buf_str(&got), want) != 0))
		fail_msg("%s from %s to %s: %s", kind, from, to, found ? cs_buf_str(&got) : "no way");
	cs_buf_free(&got);
}

/* The ways were found by hand in the drawing of each kind's states. */
static void test_way(void **state)
{
	static const struct {
		const char *kind, *from, *to, *way; /* NULL: there is none */
	} cases[] = {
		{"request", "registered", "closed", "answer close"},
		{"request", "dispatched", "finished", "arrive start finish"},
		{"request", "dispatched", "done", "arrive quote decline"},
		{"request", "working", "done", "finish"},
		{"request", "registered", "registered", ""},
		{"request", "registered", "open", ""},
		{"request", "closed", "open", "reopen"},
		{"request", "registered", "waiting_parts", "dispatch arrive start pause"},
		{"inquiry", "registered", "closed", "reply close"},
		{"complaint", "registered", "closed", "answer verify close"},
		{"complaint", "handling", "closed", "finish verify close"},
		{"complaint", "registered", "merged", NULL},
		{"message", "recorded", "closed", "pass_on close"},
		{"request", "registered", "nowhere", NULL},
		{"request", "nowhere", "closed", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check_way(policy, cases[i].kind, cases[i].from, cases[i].to, cases[i].way);
}

/* What was decided of a complaint's admission is said by the row, by a state or by a step's time, and never chosen
   for it; what lapsed or was merged was not done with. */
static void test_way_of_decisions(void **state)
{
	static const struct {
		const char *kind, *from, *to, *way;
	} cases[] = {
		{"complaint", "registered", "closed", NULL},
		{"complaint", "registered", "done", NULL},
		{"complaint", "waiting_material", "closed", NULL},
		{"complaint", "registered", "merged", NULL},
		{"complaint", "registered", "investigating", "complete accept"},
		{"complaint", "registered", "refused", "complete refuse"},
		{"complaint", "investigating", "closed", "decide inform close"},
		{"complaint", "refused", "closed", "close"},
		{"complaint", "closed", "closed", ""},
		{"complaint", "refused", "done", ""},
		{"loss_report", "registered", "closed", "hand_over close"},
		{"whistleblow", "registered", "closed", "investigate finish close"},
	};
	struct cs_policy *insurer = good_policy("lib/policy/insurance.json");

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check_way(insurer, cases[i].kind, cases[i].from, cases[i].to, cases[i].way);
	cs_policy_free(insurer);
}

/* "step@time(field field) ..." after "(fields of the registration)". */
static void show_set(struct cs_buf *b, const struct cs_given *set, size_t count)
{
	cs_buf_putc(b, '(');
	for (size_t i = 0; i < count; i++)
		cs_buf_printf(b, "%s%s", i ? " " : "", set[i].name);
	cs_buf_putc(b, ')');
}

static const char *show(const struct cs_intake_plan *p)
{
	struct cs_buf b = {0};
	const char *text;

	show_set(&b, p->set, p->set_count);
	for (size_t i = 0; i < p->count; i++) {
		cs_buf_printf(&b, " %s@%lld", p->move[i].step->id, (long long)p->move[i].at);
		show_set(&b, p->move[i].set, p->move[i].set_count);
	}
	text = cs_arena_strdup(&arena, cs_buf_str(&b));
	cs_buf_free(&b);
	return text;
}

static void test_plan(void **state)
{
	static const struct cs_intake_step reply = {"reply", 20}, late = {"dispatch", 30};
	const struct cs_intake_step disorder[] = {late, reply}, unknown = {"dance", 20},
				    itself = {"register", 20};
	static const struct cs_given texts[] = {{"reply_text", "a"}, {"urgent", "yes"}};
	static const char *const with[] = {"reply", "close"};
	const struct {
		const char *kind, *state, *result;
		cs_time closed_at;
		const struct cs_intake_step *step;
		size_t steps, set, with;
		const char *plan; /* NULL: refused */
	} cases[] = {
		{"inquiry", NULL, NULL, CS_TIME_NONE, NULL, 0, 2, 0, "(reply_text urgent)"},
		{"inquiry", NULL, NULL, CS_TIME_NONE, &reply, 1, 2, 0,
		 "(urgent) reply@20(reply_text)"},
		{"inquiry", NULL, NULL, CS_TIME_NONE, disorder, 2, 0, 0,
		 "() reply@20() dispatch@30()"},
		{"inquiry", NULL, NULL, 40, &reply, 1, 0, 0, "() reply@20() close@40()"},
		{"inquiry", NULL, "r", 40, NULL, 0, 0, 0, "() reply@40(reply_text) close@40()"},
		{"inquiry", "done", NULL, 40, NULL, 0, 0, 0, "() reply@40()"},
		{"inquiry", "closed", NULL, 40, NULL, 0, 0, 0, "() reply@40() close@40()"},
		{"inquiry", "answered", NULL, 40, NULL, 0, 0, 0, "() reply@40()"},
		{"inquiry", "open", NULL, CS_TIME_NONE, NULL, 0, 0, 0, "()"},
		{"inquiry", "passed_on", NULL, CS_TIME_NONE, NULL, 0, 0, 0, "() dispatch@10()"},
		{"inquiry", "done", NULL, CS_TIME_NONE, &reply, 1, 0, 0, "() reply@20()"},
		{"inquiry", NULL, NULL, 40, NULL, 0, 0, 2, "() reply@40() close@40()"},
		{"request", NULL, "r", 40, NULL, 0, 0, 0, "() answer@40(answer_text) close@40()"},
		{"request", NULL, "r", CS_TIME_NONE, NULL, 0, 0, 0, "(result)"},
		{"inquiry", NULL, "r", CS_TIME_NONE, NULL, 0, 0, 0, NULL},
		{"inquiry", "closed", NULL, CS_TIME_NONE, NULL, 0, 0, 0, NULL},
		{"inquiry", "open", NULL, 40, NULL, 0, 0, 0, NULL},
		{"inquiry", "passed_on", NULL, 40, NULL, 0, 0, 0, NULL},
		{"inquiry", "lost", NULL, CS_TIME_NONE, NULL, 0, 0, 0, NULL},
		{"inquiry", NULL, NULL, CS_TIME_NONE, &unknown, 1, 0, 0, NULL},
		{"inquiry", NULL, NULL, CS_TIME_NONE, &itself, 1, 0, 0, NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_intake_run run = {
			.closes_with = {(const char **)(uintptr_t)with, cases[i].with}};
		struct cs_intake row = {.opened_at = 10,
					.closed_at = cases[i].closed_at,
					.state = cases[i].state,
					.result = cases[i].result,
					.req.set = texts,
					.req.set_count = cases[i].set,
					.step = cases[i].step,
					.step_count = cases[i].steps};
		struct cs_intake_plan p;
		struct cs_err e = {0};
		int rc = cs_intake_plan(cs_policy_kind(policy, cases[i].kind), &run, &row, &arena,
					&p, &e);

		if (!cases[i].plan) {
			assert_int_equal(rc, -1);
			assert_true(*e.text);
			continue;
		}
		if (rc < 0)
			fail_msg("case %zu: %s", i, e.text);
		assert_string_equal(show(&p), cases[i].plan);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_way),
		cmocka_unit_test(test_way_of_decisions),
		cmocka_unit_test(test_plan),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
