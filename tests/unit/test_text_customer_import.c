/* Customers from CSV. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "own_desk.h"
#include "ticks.h"
#include "base/buf.h"
#include "store/event.h"
#include "store/ids.h"
#include "text/customer_text.h"
#include "text/desk.h"
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

static int64_t count(bool events)
{
	struct cs_session *s = NULL;
	struct cs_err e = {0};
	int64_t n = 0;

	assert_int_equal(cs_desk_open(&cli, CS_DB_READ, CS_RIGHT_STAFF, &s, &e), 0);
	if (events)
		n = cs_event_count(s->db, &e);
	else
		assert_int_equal(cs_id_next(s->db, &cs_person_table, &n, &e), 0);
	cs_session_close(s);
	return events ? n : n - 1;
}

static int import(const char *text, const char *source, bool strict)
{
	struct cs_err e = {0};
	int rc;

	own_file("in.csv", text);
	rc = cs_customer_import(&cli, "in.csv", NULL, source, strict, &e);
	return rc < 0 ? -(int)e.code : rc;
}

static void twice_is_once(void **state)
{
	static const char rows[] =
		"customer_key,name,phone,premises,capacity,tier,from,to\n"
		"K1,王芳,13800138000,3-2-501,owner,gold,2020-01-01,\n"
		"K2,李强,13800138000,3-2-502,,,,\n" /* the same phone, another key */
		",赵敏,,3-2-503,tenant,,2020-01-01,2021-01-01\n"
		",,13900139000,,,,,\n";
	int64_t n;

	(void)state;
	assert_int_equal(import(rows, "crm", false), 0);
	assert_int_equal(count(false), 4);
	n = count(true);
	assert_int_equal(import(rows, "crm", false), 0);
	assert_int_equal(count(true), n);
	assert_int_equal(count(false), 4);
}

static void bad_rows_leave_nothing(void **state)
{
	static const char rows[] =
		"name,phone,premises,unit,tier\n"
		"王芳,13800138000,,,gold\n"
		"李强,138****8000,,,\n"           /* no phone number */
		"李强,13900139000,,,golden\n"     /* no tier: the person is not kept either */
		"李强,13900139001,1-1,nowhere,\n" /* no unit */
		"李强,,,,\n"                      /* nobody could be known again */
		"赵敏,13700137000,,,\n";
	int64_t n;

	(void)state;
	assert_int_equal(import(rows, NULL, true), 1);
	assert_int_equal(count(false), 0);
	n = count(true);
	assert_int_equal(import(rows, NULL, false), 1);
	assert_int_equal(count(false), 2);
	assert_int_equal(count(true), n + 3);
	assert_int_equal(import("customer_key,name\nK1,x\n", NULL, false),
			 1); /* a key of no source */
	assert_int_equal(import("name,color\nx,y\n", NULL, false), -CS_BADDATA);
}

/* More rows than a batch, cut in the middle and run again. */
static void several_batches(void **state)
{
	struct cs_buf rows = {0};
	int64_t n;

	(void)state;
	cs_buf_puts(&rows, "name,phone\n");
	for (int i = 0; i < 1201; i++)
		cs_buf_printf(&rows, "n%d,1390000%04d\n", i, i);
	assert_int_equal(import(cs_buf_str(&rows), NULL, false), 0);
	assert_int_equal(count(false), 1201);
	n = count(true);
	assert_int_equal(import(cs_buf_str(&rows), NULL, true), 0);
	assert_int_equal(count(true), n);
	cs_buf_free(&rows);
}

/* Rows that take 10 ms each: the lock is held for at most 250 ms, and a signal ends the import with the batch in hand.
   The last one: the flag stays. */
static void batches_by_time(void **state)
{
	struct cs_buf rows = {0};

	(void)state;
	cs_buf_puts(&rows, "name,phone\n");
	for (int i = 0; i < 100; i++)
		cs_buf_printf(&rows, "n%d,1390000%04d\n", i, i);
	ticks.each_ms = 10;
	assert_int_equal(import(cs_buf_str(&rows), NULL, false), 0);
	assert_int_equal(count(false), 100);
	assert_in_range(ticks.longest_ms, 10, 250);
	for (int i = 100; i < 200; i++)
		cs_buf_printf(&rows, "n%d,1390000%04d\n", i, i);
	cs_process_catch();
	ticks.signal_at = ticks.looks + 130;
	assert_int_equal(import(cs_buf_str(&rows), NULL, false), -CS_BUSY);
	ticks.each_ms = 0;
	assert_in_range(count(false), 101, 150);
	cs_buf_free(&rows);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(twice_is_once, begin, end),
		cmocka_unit_test_setup_teardown(bad_rows_leave_nothing, begin, end),
		cmocka_unit_test_setup_teardown(several_batches, begin, end),
		cmocka_unit_test_setup_teardown(batches_by_time, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
