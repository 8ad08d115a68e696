/* The nightly run: what is due fires once, a dry run leaves no trace. */
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
#include "text/escalation.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_run, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
