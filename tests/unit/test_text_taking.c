/* A step by its name, from the command line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "caught.h"
#include "own_desk.h"
#include "text/intake_one.h"
#include "text/taking.h"

static struct cs_cli cli;

static int begin(void **state)
{
	const struct cs_intake_typed typed = {.kind = "inquiry", .channel = "phone", .subject = "费", .body = "多少"};
	struct cs_err e = {0};

	(void)state;
	own_desk_begin(&cli);
	catch_stdout();
	assert_int_equal(cs_intake_one(&cli, &typed, &e), 0);
	assert_string_equal(caught_stdout(), "I20261121-0001\n");
	return 0;
}

static int end(void **state)
{
	(void)state;
	own_desk_end();
	return 0;
}

/* A list as the command line makes it: the items are its own, freed with the list. */
static void put(struct cs_texts *list, const char *word)
{
	if (!word)
		return;
	list->item = calloc(1, sizeof *list->item);
	assert_non_null(list->item);
	list->item[0] = strdup(word);
	list->count = list->size = 1;
}

/* On one ticket: by id, by label; what no kind has is wrong usage; a refused one changes nothing. */
static void test_steps(void **state)
{
	static char ref[] = "I20261121-0001", *operand[] = {ref};
	static const struct {
		const char *step, *set, *note;
		int rc;
		const char *printed, *fault;
	} cases[] = {
		{"register", NULL, NULL, -1, "", "cs-intake(1) registers tickets"},
		{"arive", NULL, NULL, -1, "", "did you mean 'arrive'?"},
		{"note", NULL, "回电", 0, "I20261121-0001\tnote\tregistered\n", NULL},
		{"备注", NULL, "又来", 0, "I20261121-0001\tnote\tregistered\n", NULL},
		{"note", NULL, NULL, 1, "", NULL},
		{"reply", "reply_text", NULL, -1, "", "wanted is FIELD=VALUE"},
	};

	(void)state;
	cli.operands = (struct cs_texts){operand, 1, 1};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_taking t = {.note = cases[i].note};
		struct cs_err e = {0};
		const char *text;
		int rc;

		put(&t.given.set, cases[i].set);
		catch_stdout();
		rc = cs_taking_run(&cli, &t, cases[i].step, 0, &e);
		text = caught_stdout();
		if (rc != cases[i].rc)
			fail_msg("case %zu: %d %s", i, rc, e.text);
		if (cases[i].fault && !strstr(e.text, cases[i].fault))
			fail_msg("case %zu: %s", i, e.text);
		assert_string_equal(text, cases[i].printed);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_steps, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
