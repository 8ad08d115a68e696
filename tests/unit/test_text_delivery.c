/* Delivering notices: how each ends, when the next try is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "text/delivery.h"
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

static void test_ids(void **state)
{
	static const struct {
		const char *text;
		int64_t event, seq; /* event 0: refused */
	} cases[] = {
		{"214-1", 214, 1},  {"1-999999999", 1, 999999999},
		{"", 0, 0},         {"214", 0, 0},
		{"214-", 0, 0},     {"-1", 0, 0},
		{"214-1x", 0, 0},   {"214-1234567890", 0, 0},
		{"a-1", 0, 0},      {"1234567890123456789-1", 0, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_notice n = {0};
		struct cs_err e = {0};
		char id[48];
		int rc = cs_notice_id_parse(cases[i].text, &n.event, &n.seq, &e);

		if (rc != (cases[i].event ? 0 : -1))
			fail_msg("%s: %d", cases[i].text, rc);
		if (rc < 0) {
			assert_int_equal(e.code, CS_USAGE);
			continue;
		}
		assert_int_equal(n.event, cases[i].event);
		assert_int_equal(n.seq, cases[i].seq);
		assert_string_equal(cs_notice_id(&n, id), cases[i].text);
	}
}

static void put_notice(int64_t seq, const char *to_kind, int64_t to)
{
	const struct cs_notice n = {.event = 1, .seq = seq, .ticket = CS_NULL, .reason = "tell",
				    .what = "step", .to_kind = to_kind, .to_id = to,
				    .at = desk->now, .not_before = desk->now, .text = "漏水"};
	struct cs_err e = {0};

	if (cs_session_begin(desk, &e) < 0 || cs_notice_add(desk->db, &n, &e) < 0 ||
	    cs_session_commit(desk, &e) < 0)
		fail_msg("%s", e.text);
}

static struct cs_notice notice(int64_t seq)
{
	struct cs_notice n = {0};
	struct cs_err e = {0};

	assert_int_equal(cs_notice_get(desk->db, 1, seq, &desk->life, &n, &e), 1);
	return n;
}

static int deliver(const struct cs_delivery *how, bool show, struct cs_buf *b)
{
	struct cs_out *out = cs_out_open_buf(b, CS_FORMAT_TEXT, cs_notice_columns,
					     cs_notice_column_count);
	struct cs_err e = {0};
	int rc = show ? cs_delivery_show(desk, how, out, &e) : cs_delivery_run(desk, how, out, &e);

	if (rc < 0)
		fail_msg("%s", e.text);
	assert_int_equal(cs_out_close(out, &e), 0);
	return rc;
}

static void test_ends(void **state)
{
	static const struct {
		struct cs_delivery how;
		const char *to_kind;
		int64_t to;
		int rc;
		const char *state, *error;
		int64_t again; /* after so many seconds; CS_NULL: never */
	} cases[] = {
		{{.command = "test \"$CS_NOTICE_TO\" = worker && grep -q 漏水", .timeout_s = 30},
		 "staff", 3, 0, "sent", NULL, CS_NULL},
		{{.command = "exit 3", .timeout_s = 30},
		 "staff", 3, 1, "pending", "the command ended with 3", 60},
		{{.command = "exit 3", .timeout_s = 30, .at_most_once = true},
		 "staff", 3, 1, "doubtful", "the command ended with 3", CS_NULL},
		{{.command = "true", .timeout_s = 30},
		 "staff", 99, 1, "failed", "no way to reach the recipient", CS_NULL},
		{{.command = "test \"$CS_NOTICE_TO\" = p1", .timeout_s = 30},
		 "unit", UNIT_P1, 0, "sent", NULL, CS_NULL},
		{{.command = "test \"$CS_NOTICE_TO\" = 13800138000", .timeout_s = 30},
		 "customer", PERSON_WANG, 0, "sent", NULL, CS_NULL},
	};
	struct cs_buf b = {0};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t seq = 100 + (int64_t)i;
		struct cs_notice n;

		put_notice(seq, cases[i].to_kind, cases[i].to);
		assert_int_equal(deliver(&cases[i].how, false, &b), cases[i].rc);
		n = notice(seq);
		assert_string_equal(n.state, cases[i].state);
		assert_int_equal(n.attempts, 1);
		assert_null(n.lease);
		assert_int_equal(n.try_at, cases[i].again == CS_NULL
						   ? CS_NULL
						   : desk->now + cases[i].again);
		if (cases[i].error)
			assert_non_null(strstr(n.last_error, cases[i].error));
		else
			assert_int_equal(n.sent_at, desk->now);
	}
	cs_buf_free(&b);
}

/* Who left gets nothing more, neither by a name that may be another's by now. */
static void test_left(void **state)
{
	const struct cs_delivery how = {.command = "true", .timeout_s = 30};
	struct cs_staff_row *worker = (struct cs_staff_row *)cs_org_staff(&desk->org, 3);
	struct cs_buf b = {0};

	(void)state;
	worker->left_at = desk->now + 1;
	put_notice(1, "staff", 3);
	assert_int_equal(deliver(&how, false, &b), 0);
	assert_string_equal(notice(1).state, "sent");
	worker->left_at = desk->now;
	put_notice(2, "staff", 3);
	assert_int_equal(deliver(&how, false, &b), 1);
	assert_string_equal(notice(2).state, "failed");
	assert_string_equal(notice(2).last_error, "the recipient has left");
	cs_buf_free(&b);
}

/* Each wait is longer than the one before; the last failure is the end. */
static void test_waits(void **state)
{
	static const int64_t waits[] = {60, 300, 1800, 7200, 43200, 86400};
	const struct cs_delivery how = {.command = "false", .timeout_s = 30};
	struct cs_buf b = {0};

	(void)state;
	put_notice(1, "staff", 3);
	for (size_t i = 0; i < sizeof waits / sizeof *waits; i++) {
		assert_int_equal(deliver(&how, false, &b), 1);
		assert_int_equal(notice(1).try_at, desk->now + waits[i]);
		desk->now += waits[i] - 1;
		assert_int_equal(deliver(&how, false, &b), 0); /* not yet */
		assert_int_equal(notice(1).attempts, i + 1);
		desk->now++;
	}
	assert_int_equal(deliver(&how, false, &b), 1);
	assert_string_equal(notice(1).state, "failed");
	cs_buf_free(&b);
}

static void test_show(void **state)
{
	const struct cs_delivery how = {.command = "true", .to_kind = "staff", .limit = 1};
	struct cs_buf b = {0};

	(void)state;
	put_notice(1, "unit", UNIT_P1);
	put_notice(2, "staff", 3);
	put_notice(3, "staff", 3);
	assert_int_equal(deliver(&how, true, &b), 0);
	assert_memory_equal(b.data, "1-2\tpending\tstaff\tworker\ttell\tstep\t\t", 36);
	assert_ptr_equal(strchr(b.data, '\n'), b.data + b.len - 1);
	assert_int_equal(notice(2).attempts, 0);
	assert_null(notice(2).lease);
	cs_buf_free(&b);
}

/* A signal ends it before the next notice: to be run again. The last one: the flag stays. */
static void test_ended(void **state)
{
	const struct cs_delivery how = {.command = "kill -TERM $PPID", .timeout_s = 30};
	struct cs_buf b = {0};
	struct cs_out *out = cs_out_open_buf(&b, CS_FORMAT_TEXT, cs_notice_columns, cs_notice_column_count);
	struct cs_err e = {0};

	(void)state;
	put_notice(1, "staff", 3);
	put_notice(2, "staff", 3);
	cs_process_catch();
	assert_int_equal(cs_delivery_run(desk, &how, out, &e), -1);
	assert_int_equal(e.code, CS_BUSY);
	assert_int_equal(cs_out_close(out, &e), 0);
	assert_string_equal(notice(1).state, "sent");
	assert_string_equal(notice(2).state, "pending");
	assert_int_equal(notice(2).attempts, 0);
	assert_memory_equal(b.data, "1-1\tsent\t", 9);
	assert_ptr_equal(strchr(b.data, '\n'), b.data + b.len - 1);
	cs_buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_ids, begin, end),
		cmocka_unit_test_setup_teardown(test_ends, begin, end),
		cmocka_unit_test_setup_teardown(test_left, begin, end),
		cmocka_unit_test_setup_teardown(test_waits, begin, end),
		cmocka_unit_test_setup_teardown(test_show, begin, end),
		cmocka_unit_test_setup_teardown(test_ended, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
