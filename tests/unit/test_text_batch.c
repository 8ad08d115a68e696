/* Batches: the lock is held for the time of a batch, and the present moves on with it. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "desk.h"
#include "text/batch.h"
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

static void test_given_now(void **state)
{
	const cs_time now = desk->now;
	struct cs_batch b = {0};
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(cs_batch_begin(&b, desk, &e), 0);
	assert_int_equal(desk->now, now); /* as given, whatever the machine's clock says */
	assert_true(b.began_ms > 0);
	assert_int_equal(cs_session_commit(desk, &e), 0);
	assert_int_equal(cs_batch_pause(&b, desk, &e), 0);
}

static void test_full(void **state)
{
	struct cs_batch b = {0};
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(cs_batch_begin(&b, desk, &e), 0);
	b.began_ms += 60 * 1000; /* begins in a minute */
	assert_false(cs_batch_full(&b));
	b.began_ms -= 60 * 1000 + 250;
	assert_true(cs_batch_full(&b));
	cs_session_rollback(desk);
}

/* The last one: the flag stays. */
static void test_interrupted(void **state)
{
	struct cs_batch b = {0};
	struct cs_err e = {0};

	(void)state;
	cs_process_catch();
	assert_int_equal(raise(SIGTERM), 0);
	assert_int_equal(cs_batch_begin(&b, desk, &e), 0);
	b.began_ms += 60 * 1000;
	assert_true(cs_batch_full(&b));
	cs_session_rollback(desk);
	assert_int_equal(cs_batch_pause(&b, desk, &e), -1);
	assert_int_equal(e.code, CS_BUSY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_given_now, begin, end),
		cmocka_unit_test_setup_teardown(test_full, begin, end),
		cmocka_unit_test_setup_teardown(test_interrupted, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
