/* The nightly run: what is due fires once, a dry run leaves no trace. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "store/ref.h"
#include "text/escalation.h"
#include "text/process.h"

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

static char *run(bool dry)
{
	struct cs_buf b = {0};
	struct cs_out *out = cs_out_open_buf(&b, CS_FORMAT_TEXT, cs_escalation_columns,
					     cs_escalation_column_count);
	struct cs_err e = {0};
	int rc;

	desk->dry_run = dry;
	rc = cs_escalation_run(desk, out, &e);
	desk->dry_run = false;
	if (rc != 0)
		fail_msg("%d %s", rc, e.text);
	assert_int_equal(cs_out_close(out, &e), 0);
	return cs_buf_take(&b);
}

static cs_time next_crossing(int64_t ticket)
{
	struct cs_image *im = desk_ticket(ticket);
	cs_time first = INT64_MAX;

	for (size_t i = 0; i < cs_image_count(im, CS_P_CLOCK); i++) {
		const struct cs_clock_row *c = cs_image_at(im, CS_P_CLOCK, i);

		if (c->next_at != CS_NULL && c->next_at < first)
			first = c->next_at;
	}
	assert_true(first < INT64_MAX);
	return first;
}

static void test_run(void **state)
{
	int64_t id = desk_register("request", "eng.leak", "", NULL);
	int64_t later;
	cs_time at = next_crossing(id);
	char ref[CS_REF_SIZE], *dry, *wet, *again;

	(void)state;
	desk->now = at; /* in time on its own second */
	wet = run(false);
	assert_string_equal(wet, "");
	free(wet);
	later = desk_register("request", "eng.leak", "", NULL);
	desk->now = at + 1;
	dry = run(true);
	assert_int_equal(next_crossing(id), at);
	wet = run(false);
	assert_string_equal(wet, dry);
	assert_memory_equal(wet, cs_ref_text(id, ref), strlen(ref));
	assert_null(strstr(wet, cs_ref_text(later, ref)));
	again = run(false);
	assert_string_equal(again, "");
	free(dry);
	free(wet);
	free(again);
}

static int64_t behind; /* hidden from the walk until its first batch is over */
static cs_time behind_at;

static void put_crossing(int64_t ticket, cs_time at)
{
	static const char sql[] = "UPDATE clock SET next_at = :at WHERE ticket = :ticket AND next_at IS NOT NULL";
	struct cs_err e = {0};
	struct cs_stmt *s = cs_db_prepare(desk->db, sql, &e);

	assert_non_null(s);
	cs_bind_int(s, ":at", at);
	cs_bind_int(s, ":ticket", ticket);
	assert_int_equal(cs_run(s, &e), 0);
}

/* Told when the lock is taken and given back. */
static void come_in(bool locked)
{
	if (!locked && behind)
		put_crossing(behind, behind_at);
	behind = locked ? behind : 0;
}

/* Design section 6: "until none is left": also what is put in order before what was walked past already. */
static void test_behind(void **state)
{
	int64_t second = desk_register("request", "eng.leak", "", NULL), first;
	char ref[CS_REF_SIZE], *text;

	(void)state;
	behind = second;
	behind_at = next_crossing(second);
	first = desk_register("request", "eng.leak", "", NULL);
	put_crossing(second, behind_at + 1000000);
	desk->now = behind_at + 1;
	desk->locked = come_in;
	text = run(false);
	desk->locked = NULL;
	assert_memory_equal(text, cs_ref_text(first, ref), strlen(ref));
	assert_non_null(strstr(text, cs_ref_text(second, ref)));
	free(text);
}

/* To be run again. The last one: the flag stays. */
static void test_ended(void **state)
{
	struct cs_buf b = {0};
	struct cs_out *out = cs_out_open_buf(&b, CS_FORMAT_TEXT, cs_escalation_columns, cs_escalation_column_count);
	struct cs_err e = {0};

	(void)state;
	cs_process_catch();
	assert_int_equal(raise(SIGTERM), 0);
	assert_int_equal(cs_escalation_run(desk, out, &e), -1);
	assert_int_equal(e.code, CS_BUSY);
	assert_int_equal(cs_out_close(out, &e), 0);
	cs_buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_run, begin, end),
		cmocka_unit_test_setup_teardown(test_behind, begin, end),
		cmocka_unit_test_setup_teardown(test_ended, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
