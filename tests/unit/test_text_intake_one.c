/* A call typed at the desk. */
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

static struct cs_cli cli;

static int begin(void **state)
{
	(void)state;
	own_desk_begin(&cli);
	return 0;
}

static int end(void **state)
{
	(void)state;
	own_desk_end();
	return 0;
}

/* In this order, on one desk: what is refused takes no number. */
static void test_typed(void **state)
{
	static char urgent[] = "urgent=yes", unknown[] = "colour=red", *set[] = {urgent, unknown};
	const struct {
		struct cs_intake_typed typed;
		bool dry_run;
		const char *printed, *fault; /* one of them */
	} cases[] = {
		{{.subject = "x"}, false, NULL, "--kind KIND"},
		{{.kind = "wish"}, false, NULL, "--kind: "},
		{{.kind = "inquiry", .channel = "smoke"}, false, NULL, "--channel: "},
		{{.kind = "inquiry", .category = "none"}, false, NULL, "--category: "},
		{{.kind = "inquiry", .unit = "p9"}, false, NULL, "--unit: "},
		{{.kind = "inquiry", .accepting = "p9"}, false, NULL, "--accepting: "},
		{{.kind = "inquiry", .priority = "huge"}, false, NULL, "--priority: "},
		{{.kind = "inquiry", .due = "soon"}, false, NULL, "--due: "},
		{{.kind = "inquiry", .channel = "phone", .subject = "费", .body = "多少",
		  .set = {set + 1, 1, 1}},
		 false, NULL, "colour"},
		{{.kind = "inquiry", .channel = "phone", .subject = "费", .body = "多少"},
		 true, "-\n", NULL},
		{{.kind = "inquiry", .channel = "phone", .subject = "费", .body = "多少"},
		 false, "I20261121-0001\n", NULL},
		{{.kind = " ｉｎｑｕｉｒｙ ", .channel = "电话", .subject = "费", .body = "多少"},
		 false, "I20261121-0002\n", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_err e = {0};
		const char *text;
		int rc;

		cli.common.dry_run = cases[i].dry_run;
		catch_stdout();
		rc = cs_intake_one(&cli, &cases[i].typed, &e);
		text = caught_stdout();
		if (rc != (cases[i].fault ? -1 : 0))
			fail_msg("case %zu: %d %s", i, rc, e.text);
		if (cases[i].fault && !strstr(e.text, cases[i].fault))
			fail_msg("case %zu: %s", i, e.text);
		assert_string_equal(text, cases[i].printed ? cases[i].printed : "");
	}
}

/* The same call under the same key happens once. */
static void test_key(void **state)
{
	const struct cs_intake_typed typed = {
		.kind = "inquiry", .channel = "phone", .subject = "费", .body = "多少"};
	struct cs_err e = {0};

	(void)state;
	for (int i = 0; i < 3; i++) {
		cli.common.key = i < 2 ? "k" : "other";
		catch_stdout();
		assert_int_equal(cs_intake_one(&cli, &typed, &e), 0);
		assert_string_equal(caught_stdout(),
				    i < 2 ? "I20261121-0001\n" : "I20261121-0002\n");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_typed, begin, end),
		cmocka_unit_test_setup_teardown(test_key, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
