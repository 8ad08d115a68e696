/* What is said of a step that needs more, or somebody else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"

static int begin(void **state)
{
	(void)state;
	desk_begin();
	return 0;
}

static int end(void **state)
{
	(void)state;
	desk_end();
	return 0;
}

/* All that is missing, each with the way to give it: an option, --set, or for a row of a file its column. */
static void test_registration(void **state)
{
	static const struct {
		const char *kind;
		bool from_row;
		const char *says;
	} cases[] = {
		{"request", false,
		 "register needs party (--customer or --phone), premises (--premises), phone (--phone), body (--body)"},
		{"request", true,
		 "register needs party (column customer or phone), premises (column premises), phone (column phone), "
		 "body (column body)"},
		{"complaint", false,
		 "register needs party (--customer or --phone), channel (--channel), body (--body)"},
		{"message", false,
		 "register needs party (--customer or --phone), phone (--phone), body (--body), "
		 "wanted (--set wanted=TEXT)"},
		{"message", true,
		 "register needs party (column customer or phone), phone (column phone), body (column body), "
		 "wanted (column wanted)"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct cs_registration reg = {
			.kind = cases[i].kind,
			.place = UNIT_NORTH,
			.accepting = CS_NULL,
			.first = CS_NULL,
			.customer = CS_NULL,
			.premises = CS_NULL,
			.due_at = CS_TIME_NONE,
			.run = CS_NULL,
		};
		const struct cs_request req = {.at = CS_TIME_NONE, .from_row = cases[i].from_row};
		struct cs_err e = {0};
		struct cs_image im;

		assert_int_equal(cs_session_begin(desk, &e), 0);
		assert_int_equal(cs_act_register(desk, &reg, &req, NULL, &im, &e), -1);
		cs_session_rollback(desk);
		assert_int_equal(e.code, CS_REFUSED);
		if (strcmp(e.text, cases[i].says) != 0)
			fail_msg("%s", e.text);
	}
}

static void test_steps(void **state)
{
	static const struct {
		const char *kind, *before, *actor, *step, *says;
	} cases[] = {
		{"request", NULL, "ling", "dispatch", "dispatch needs handling (--set handling=UNIT)"},
		{"complaint", NULL, "chief", "dispatch",
		 "dispatch needs handling (--set handling=UNIT); agree with the customer when to answer: promised_at "
		 "(--set promised_at=TIME)"},
		/* Whether it needs an explanation cannot be told before it is said to be invalid. */
		{"complaint", NULL, "chief", "validate",
		 "validate: say whether the complaint is valid (--set validity=CODE)"},
		{"complaint", NULL, "chief", "validate validity=invalid",
		 "validate: an invalid complaint needs its explanation"},
		{"complaint", NULL, "chief", "contact", "contact needs note (--note TEXT)"},
		{"request", "dispatch handling=p1.engineering assignee=worker", "other", "arrive",
		 "arrive: only for: the assignee, people of the handling unit, front desk"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t id = desk_register(cases[i].kind, "eng.leak", "", NULL);
		struct cs_err e = {0};

		desk_actor("ling");
		if (cases[i].before)
			desk_do(id, cases[i].before);
		desk_actor(cases[i].actor);
		assert_int_equal(desk_step(id, cases[i].step, &e), CS_REFUSED);
		if (strcmp(e.text, cases[i].says) != 0)
			fail_msg("%s", e.text);
		desk_actor("ling");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_registration, begin, end),
		cmocka_unit_test_setup_teardown(test_steps, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
