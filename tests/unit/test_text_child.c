/* Commands of the user: what they get, how they end, and that they do end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "text/child.h"

/* The commands answer by how they end: what they print is for people. */
static void test_ends(void **state)
{
	static const struct {
		const char *command, *why; /* NULL: it went well */
		long timeout_ms;
	} cases[] = {
		{"true", NULL, 30000},
		{"test \"$(cat)\" = 'a text'", NULL, 30000},
		{"test \"$CS_A\" = 'one two' && test -z \"${CS_B+x}\"", NULL, 30000},
		{"exit 3", "the command ended with 3", 30000},
		{"no-such-command-at-all 2>&-", "the command ended with 127", 30000},
		{"kill -TERM $$", "the command was ended by signal 15", 30000},
		{"while :; do read x || sleep 60; done", "the command was killed after 0 s", 50},
	};
	const struct cs_child_env env[] = {{"CS_A", "one two"}, {"CS_B", NULL}};

	(void)state;
	setenv("CS_B", "set before", 1);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_buf input = {0}, why = {0};
		struct cs_err e = {0};
		int rc;

		cs_buf_puts(&input, "a text");
		rc = cs_child_run(cases[i].command, &input, env, 2, cases[i].timeout_ms, &why, &e);
		if (rc != (cases[i].why ? 1 : 0))
			fail_msg("%s: %d %s", cases[i].command, rc, cs_buf_str(&why));
		assert_string_equal(cs_buf_str(&why), cases[i].why ? cases[i].why : "");
		cs_buf_free(&input);
		cs_buf_free(&why);
	}
}

/* More than a pipe holds, to a command that never reads: neither waits for the other. */
static void test_long_input(void **state)
{
	struct cs_buf input = {0}, why = {0};
	struct cs_err e = {0};

	(void)state;
	for (int i = 0; i < 200000; i++)
		cs_buf_putc(&input, 'x');
	assert_int_equal(cs_child_run("true", &input, NULL, 0, 30000, &why, &e), 0);
	assert_int_equal(
		cs_child_run("test $(wc -c) -eq 200000", &input, NULL, 0, 30000, &why, &e), 0);
	cs_buf_free(&input);
	cs_buf_free(&why);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ends),
		cmocka_unit_test(test_long_input),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
