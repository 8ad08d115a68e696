/* Events in words. */
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
#include "text/story.h"

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

/* The words of the last event of this step, "; " before and ";" behind each. */
static const char *told(int64_t ticket, const char *step, const struct cs_kind *kind)
{
	static char text[2000];
	struct cs_err e = {0};
	struct cs_stmt *walk = cs_event_of(desk->db, "ticket", ticket, &e);
	struct cs_event ev;

	assert_non_null(walk);
	text[0] = '\0';
	while (cs_event_next(walk, &ev, &e) == 1) {
		struct cs_buf b = {0};

		if (strcmp(ev.step, step) != 0)
			continue;
		cs_buf_puts(&b, "before ");
		if (cs_story_event(desk, kind, &ev, &desk->work, &b, &e) < 0)
			fail_msg("%s", e.text);
		snprintf(text, sizeof text, "; %s;", cs_buf_str(&b) + strlen("before "));
		assert_memory_equal(cs_buf_str(&b), "before ", 7);
		cs_buf_free(&b);
	}
	return text;
}

static void test_steps(void **state)
{
	static const struct {
		const char *words, *says[3];
	} cases[] = {
		{"dispatch handling=p1.engineering assignee=worker",
		 {"state dispatched;", "handling p1.engineering;", "assignee worker;"}},
		{"arrive", {"state on_site;", NULL, NULL}},
		{"start", {"state working;", NULL, NULL}},
		{"finish result=换阀 unsigned_why=不在 note=钥匙",
		 {"; result: 换阀;", "; unsigned_why: 不在;", "; note: 钥匙;"}},
	};
	const struct cs_kind *kind = cs_policy_kind(desk->policy, "request");
	int64_t id = desk_register("request", "eng.leak", "", NULL);

	(void)state;
	assert_non_null(strstr(told(id, "register", kind), "; subject: 事项;"));
	assert_non_null(strstr(told(id, "register", kind), "; body: 内容;"));
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char step[20] = "";

		sscanf(cases[i].words, "%19s", step);
		desk_do(id, cases[i].words);
		for (size_t k = 0; k < 3 && cases[i].says[k]; k++) {
			const char *text = told(id, step, kind);

			if (!strstr(text, cases[i].says[k]))
				fail_msg("%s: %s", cases[i].says[k], text);
		}
	}
	/* a kind that is in the rules no more */
	assert_non_null(strstr(told(id, "finish", NULL), "; result: 换阀;"));
}

/* The field and the link that it makes are told once. */
static void test_links(void **state)
{
	const struct cs_kind *kind = cs_policy_kind(desk->policy, "complaint");
	int64_t old = desk_register("complaint", "env.waste", "", NULL);
	int64_t young = desk_register("complaint", "env.waste", "", NULL);
	char ref[CS_REF_SIZE], words[100], want[100];

	(void)state;
	cs_ref_text(old, ref);
	snprintf(words, sizeof words, "link same_as=%s", ref);
	desk_do(young, words);
	snprintf(want, sizeof want, "; same_as %s;", ref);
	assert_non_null(strstr(told(young, "link", kind), want));
	assert_null(strstr(told(young, "link", kind), "link 1"));
	desk_do(young, "link same_as=none");
	assert_non_null(strstr(told(young, "link", kind), "; same_as none;"));
	assert_null(strstr(told(young, "link", kind), "link 1"));
}

static void test_unreadable(void **state)
{
	const struct cs_event ev = {.id = 7, .facts = "[[\"nonsense\"]]"};
	struct cs_buf b = {0};
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(cs_story_event(desk, NULL, &ev, &desk->work, &b, &e), -1);
	assert_memory_equal(e.text, "event 7: ", 9);
	cs_buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_steps, begin, end),
		cmocka_unit_test_setup_teardown(test_links, begin, end),
		cmocka_unit_test_setup_teardown(test_unreadable, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
