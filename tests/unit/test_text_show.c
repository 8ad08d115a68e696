/* A ticket whole, as rows. */
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
#include "text/show.h"

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

static char *shown(int64_t ticket)
{
	struct cs_buf b = {0};
	struct cs_out *out = cs_out_open_buf(&b, CS_FORMAT_TEXT, cs_show_columns,
					     cs_show_column_count);
	struct cs_err e = {0};

	if (cs_show_ticket(desk, desk_ticket(ticket), out, &e) < 0)
		fail_msg("%s", e.text);
	assert_int_equal(cs_out_close(out, &e), 0);
	return cs_buf_take(&b);
}

/* REF, part, item, value, time, detail. */
static void test_parts(void **state)
{
	static const char *const lines[] = {
		"fact\tkind\trequest\t\t\n",
		"fact\tstate\tdispatched\t\t\n",
		"fact\tcycle\t1\t\t\n",
		"fact\thandling\tp1.engineering\t\t\n",
		"fact\tassignee\tworker\t\t\n",
		"fact\topened\t\t2026-11-02 09:00:00\t\n",
		"premises\tp1.north\t3-2-501\t\t\n",
		"event\tregister\tling (boss)\t2026-11-02 09:00:00\t",
		"event\tdispatch\tling (boss)\t2026-11-02 09:00:00\t",
	};
	int64_t id = desk_register("request", "eng.leak", "", NULL);
	char ref[CS_REF_SIZE], line[200], *text;

	(void)state;
	desk_do(id, "dispatch handling=p1.engineering assignee=worker");
	text = shown(id);
	cs_ref_text(id, ref);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		snprintf(line, sizeof line, "%s\t%s", ref, lines[i]);
		if (!strstr(text, line))
			fail_msg("%s is not in\n%s", lines[i], text);
	}
	assert_non_null(strstr(text, "phone 13800138000"));
	assert_null(strstr(text, "arrive\tling"));
	assert_null(strstr(text, "fact\tclosed"));
	free(text);
}

/* What is over says by how much. */
static void test_clocks(void **state)
{
	int64_t id = desk_register("request", "eng.leak", "", NULL);
	const struct cs_clock_row *c = cs_image_at(desk_ticket(id), CS_P_CLOCK, 0);
	char name[40], line[80], *text;
	cs_time due = c->due_at;

	(void)state;
	assert_true(due != CS_NULL);
	snprintf(name, sizeof name, "%s", c->clock);
	for (int k = 0; k < 2; k++) {
		desk->now = k ? due + 2 * 86400 + 3 * 3600 + 5 * 60 : due;
		text = shown(id);
		snprintf(line, sizeof line, "\tclock\t%s\t%s\t", name, k ? "overdue" : "running");
		assert_non_null(strstr(text, line));
		assert_non_null(strstr(text, k ? ", 2d 3h 05m over" : ", 0m left"));
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_parts, begin, end),
		cmocka_unit_test_setup_teardown(test_clocks, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
