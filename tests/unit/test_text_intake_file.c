/* Imports of files: what is taken in, what is refused, what is left as it was. */
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
#include "ticks.h"
#include "base/buf.h"
#include "text/intake_file.h"
#include "text/process.h"

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

#define HEAD "source_key,kind,channel,subject,body,opened_at\n"
#define K1 "K1,inquiry,wechat,fee,how much,2026-11-20 09:00\n"
#define K2 "K2,inquiry,phone,fee,how much,2026-11-20 10:00\n"
#define BAD "K3,wish,phone,fee,how much,2026-11-20 11:00\n"

/* One after the other on the same desk. */
static void test_runs(void **state)
{
	static const struct {
		const char *text;
		struct cs_intake_file f;
		bool dry_run;
		int rc; /* < 0: -code */
		const char *printed;
	} cases[] = {
		{HEAD K1 BAD, {.csv = "in", .source = "s", .strict = true}, false, 1, ""},
		{HEAD K1, {.csv = "in", .source = "s"}, true, 0, NULL},
		{HEAD K1 BAD K2, {.csv = "in", .source = "s"}, false, 1,
		 "I20261120-0001\nI20261120-0002\n"},
		{HEAD K1 K2, {.csv = "in", .source = "s"}, false, 0,
		 "I20261120-0001\nI20261120-0002\n"},
		{HEAD K1, {.csv = "in", .source = "other"}, false, 0, "I20261120-0003\n"},
		{"{\"source_key\": \"K9\", \"kind\": \"inquiry\", \"channel\": \"phone\", "
		 "\"subject\": \"fee\", \"body\": \"x\", \"opened_at\": \"2026-11-20 12:00\"}\n",
		 {.jsonl = "in", .source = "s"}, false, 0, "I20261120-0004\n"},
		{"colour\nred\n", {.csv = "in", .source = "s"}, false, -CS_BADDATA, ""},
		{"", {.csv = "in", .source = "s"}, false, -CS_BADDATA, ""},
		{"", {.csv = "none", .source = "s"}, false, -CS_NOTFOUND, ""},
		{"", {.csv = "in", .jsonl = "in"}, false, -CS_USAGE, ""},
		{"", {.jsonl = "in", .map = "m"}, false, -CS_USAGE, ""},
		{"", {.jsonl = "in", .encoding = "gb18030"}, false, -CS_USAGE, ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_err e = {0};
		const char *text;
		int rc;

		own_file("in", cases[i].text);
		cli.common.dry_run = cases[i].dry_run;
		catch_stdout();
		rc = cs_intake_file(&cli, &cases[i].f, &e);
		text = caught_stdout();
		if ((rc < 0 ? -(int)e.code : rc) != cases[i].rc)
			fail_msg("case %zu: %d %d %s", i, rc, (int)e.code, e.text);
		if (cases[i].printed)
			assert_string_equal(text, cases[i].printed);
	}
}

static void test_rejects(void **state)
{
	const struct cs_intake_file f = {.csv = "in", .source = "s", .rejects = "bad.csv"};
	struct cs_err e = {0};
	char text[500];
	FILE *in;
	size_t n;

	(void)state;
	own_file("in", HEAD K1 BAD);
	catch_stdout();
	assert_int_equal(cs_intake_file(&cli, &f, &e), 1);
	assert_string_equal(caught_stdout(), "I20261120-0001\n");
	in = fopen("bad.csv", "r");
	assert_non_null(in);
	n = fread(text, 1, sizeof text - 1, in);
	fclose(in);
	text[n] = '\0';
	assert_non_null(strstr(text, "reject_line,reject_byte,reject_reason," HEAD "3,"));
	assert_non_null(strstr(text, ",K3,wish,phone,fee,how much,2026-11-20 11:00"));
	assert_null(strstr(text, "K1"));
}

static void test_options(void **state)
{
	static char urgent[] = "urgent=yes", *set[] = {urgent};
	static const struct {
		struct cs_intake_file f;
		const char *option;
	} files[] = {
		{{.map = "m"}, "--map "},         {{.source = "s"}, "--source "},
		{{.encoding = "x"}, "--encoding "}, {{.rejects = "r"}, "--rejects "},
		{{.history = true}, "--history "},  {{.update = true}, "--update "},
		{{.strict = true}, "--strict "},
	};
	const struct {
		struct cs_intake_typed t;
		const char *option;
	} ones[] = {
		{{.kind = "inquiry"}, "--kind "}, {{.due = "2026-11-21"}, "--due "},
		{{.note = "n"}, "--note "},       {{.set = {set, 1, 1}}, "--set "},
		{{.phone = "1"}, "--phone "},
	};
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(cs_intake_file_any(&(struct cs_intake_file){0}, &e), 0);
	assert_int_equal(cs_intake_typed_any(&(struct cs_intake_typed){0}, &e), 0);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		assert_int_equal(cs_intake_file_any(&files[i].f, &e), -1);
		assert_int_equal(e.code, CS_USAGE);
		assert_memory_equal(e.text, files[i].option, strlen(files[i].option));
	}
	for (size_t i = 0; i < sizeof ones / sizeof *ones; i++) {
		assert_int_equal(cs_intake_typed_any(&ones[i].t, &e), -1);
		assert_int_equal(e.code, CS_USAGE);
		assert_memory_equal(e.text, ones[i].option, strlen(ones[i].option));
	}
}

enum { ROWS = 100 };

/* Imports as many rows, which take 10 ms each; how many references were printed. */
static size_t timed_import(unsigned signal_at, int *rc)
{
	const struct cs_intake_file f = {.csv = "in", .source = "s"};
	struct cs_buf rows = {0};
	struct cs_err e = {0};
	size_t lines = 0;

	cs_buf_puts(&rows, HEAD);
	for (int i = 0; i < ROWS; i++)
		cs_buf_printf(&rows, "T%d,inquiry,phone,fee,how much %d,2026-11-20 10:00\n", i, i);
	own_file("in", cs_buf_str(&rows));
	cs_buf_free(&rows);
	memset(&ticks, 0, sizeof ticks);
	ticks.each_ms = 10;
	ticks.signal_at = signal_at;
	catch_stdout();
	*rc = cs_intake_file(&cli, &f, &e);
	for (const char *p = caught_stdout(); (p = strchr(p, '\n')); p++)
		lines++;
	ticks.each_ms = 0;
	return lines;
}

/* All rows are read ahead at once, and taken in by batches that hold the lock for at most 250 ms; a dry run alike. */
static void test_lock_by_time(void **state)
{
	int rc;

	(void)state;
	for (int dry = 1; dry >= 0; dry--) {
		cli.common.dry_run = dry;
		assert_int_equal(timed_import(0, &rc), ROWS);
		assert_int_equal(rc, 0);
		assert_in_range(ticks.longest_ms, 10, 250);
		assert_in_range(ticks.pauses, ROWS * 10 / 250, ROWS);
	}
}

/* A signal in the second batch ends the import with that batch, not with what was read ahead. The last one: the flag
   stays. */
static void test_signal_between_batches(void **state)
{
	size_t lines;
	int rc;

	(void)state;
	cs_process_catch();
	lines = timed_import(30, &rc);
	assert_in_range(lines, 20, 50);
	assert_int_not_equal(rc, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_runs, begin, end),
		cmocka_unit_test_setup_teardown(test_rejects, begin, end),
		cmocka_unit_test_setup_teardown(test_options, begin, end),
		cmocka_unit_test_setup_teardown(test_lock_by_time, begin, end),
		cmocka_unit_test_setup_teardown(test_signal_between_batches, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
