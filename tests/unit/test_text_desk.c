/* From the command line to the session; calls that happen once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <unistd.h>

#include "own_desk.h"
#include "text/desk.h"

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

static struct cs_session *open_desk(void)
{
	struct cs_session *s = NULL;
	struct cs_err e = {0};

	if (cs_desk_open(&cli, CS_DB_WRITE, CS_RIGHT_STAFF, &s, &e) < 0)
		fail_msg("%s", e.text);
	return s;
}

static void who_calls_and_when(void **state)
{
	struct cs_session *s = open_desk();
	struct cs_err e = {0};

	(void)state;
	assert_string_equal(s->login, own_login());
	assert_int_equal(s->now, 1795224600); /* 2026-11-21 09:30 in Shanghai */
	cs_session_close(s);
	cli.common.as = "nobody_here";
	assert_int_equal(cs_desk_open(&cli, CS_DB_READ, CS_RIGHT_STAFF, &s, &e), -1);
	assert_int_equal(e.code, CS_DENIED);
	cli.common.as = NULL;
	cli.common.now = "soon";
	assert_int_equal(cs_desk_open(&cli, CS_DB_READ, CS_RIGHT_STAFF, &s, &e), -1);
	assert_int_equal(e.code, CS_USAGE);
	assert_non_null(strstr(e.text, "--now"));
	cli.common.now = NULL;
	cli.common.db = "missing.db";
	assert_int_equal(cs_desk_open(&cli, CS_DB_READ, CS_RIGHT_STAFF, &s, &e), -1);
	assert_int_equal(e.code, CS_NOTFOUND);
}

static void at_is_not_in_the_future(void **state)
{
	static const struct {
		const char *at;
		cs_time wanted; /* 0: refused */
	} cases[] = {
		{NULL, 1795224600},         {"2026-11-21 09:30", 1795224600},
		{"2026-11-21 09:30:01", 0}, {"2026-11-20", 1795104000},
		{"yesterday", 0},
	};
	struct cs_session *s = open_desk();

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_err e = {0};
		cs_time at;

		cli.common.at = cases[i].at;
		assert_int_equal(cs_desk_at(&cli, s, &at, &e), cases[i].wanted ? 0 : -1);
		if (cases[i].wanted)
			assert_int_equal(at, cases[i].wanted);
		else
			assert_int_equal(e.code, CS_USAGE);
	}
	cs_session_close(s);
}

/* A day alone begins with its first instant and ends with its last. */
static void days(void **state)
{
	struct cs_session *s = open_desk();
	struct cs_err e = {0};
	char buf[32];
	cs_time t;

	(void)state;
	assert_int_equal(cs_desk_read_day(s, "2026-11-21", false, &t, &e), 0);
	assert_int_equal(t, 1795190400);
	assert_string_equal(cs_desk_day_cell(s, t, false, buf).text, "2026-11-21");
	assert_int_equal(cs_desk_read_day(s, "2026-11-20", true, &t, &e), 0);
	assert_int_equal(t, 1795190400);
	assert_string_equal(cs_desk_day_cell(s, t, true, buf).text, "2026-11-20");
	assert_int_equal(cs_desk_read_day(s, "2026-11-21 00:00:01", true, &t, &e), 0);
	assert_int_equal(t, 1795190401);
	assert_string_equal(cs_desk_day_cell(s, t, true, buf).text, "2026-11-21 00:00:01");
	assert_int_equal(cs_desk_day_cell(s, CS_NULL, true, buf).type, CS_CELL_NULL);
	assert_int_equal(cs_desk_read_day(s, "2026-11-31", false, &t, &e), -1);
	assert_int_equal(cs_desk_ref(s, "R20261121-0001", &t, &e), -1);
	assert_int_equal(e.code, CS_NOTFOUND);
	assert_int_equal(cs_desk_ref(s, "R2026", &t, &e), -1);
	assert_int_equal(e.code, CS_USAGE);
	cs_session_close(s);
}

/* One call with a key; how often its work was done. stdout goes to a file of its own. */
static int call(const char *key, const char *at, const struct cs_texts *input, int *done,
		struct cs_err *e)
{
	struct cs_call c = {.cli = &cli};
	bool repeated;
	int rc = -1;

	cli.common.key = key;
	cli.common.at = at;
	c.s = open_desk();
	if (cs_call_begin(&c, input, &repeated, e) == 0) {
		rc = 0;
		if (!repeated) {
			++*done;
			cs_buf_puts(&c.answer, "answer\n");
			rc = cs_call_commit(&c, e);
		}
	}
	cs_call_end(&c);
	cs_session_close(c.s);
	return rc;
}

static void a_key_happens_once(void **state)
{
	struct cs_texts input = {0}, more = {0};
	struct cs_err e = {0};
	int done = 0, kept = dup(STDOUT_FILENO);
	char text[100] = "";
	FILE *f;

	(void)state;
	cs_texts_add(&input, "R1", 2);
	cs_texts_add(&more, "R1", 2);
	cs_texts_add(&more, "R2", 2);
	fflush(stdout);
	assert_non_null(freopen("printed", "w", stdout));
	assert_int_equal(call("k", NULL, &input, &done, &e), 0);
	assert_int_equal(call("k", NULL, &input, &done, &e), 0);
	assert_int_equal(call("k", NULL, &more, &done, &e), -1);
	assert_int_equal(e.code, CS_USAGE);
	assert_int_equal(call("k", "2026-11-20", &input, &done, &e), -1);
	assert_int_equal(call("k2", NULL, &more, &done, &e), 0);
	assert_int_equal(call(NULL, NULL, &more, &done, &e), 0);
	assert_int_equal(call(NULL, NULL, &more, &done, &e), 0);
	cli.common.dry_run = true;
	assert_int_equal(call("k3", NULL, &more, &done, &e), 0);
	assert_int_equal(call("k3", NULL, &more, &done, &e), 0); /* a dry run leaves no key */
	fflush(stdout);
	dup2(kept, STDOUT_FILENO);
	close(kept);
	assert_int_equal(done, 6);
	f = fopen("printed", "r");
	assert_int_equal(fread(text, 1, sizeof text - 1, f), 7 * strlen("answer\n"));
	fclose(f);
	cs_texts_free(&input);
	cs_texts_free(&more);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(who_calls_and_when, begin, end),
		cmocka_unit_test_setup_teardown(at_is_not_in_the_future, begin, end),
		cmocka_unit_test_setup_teardown(days, begin, end),
		cmocka_unit_test_setup_teardown(a_key_happens_once, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
