/* What is due: crossings of clocks and contacts to give up, in order, page by page. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "database.h"
#include "plans.h"
#include "store/due.h"
#include "store/rows.h"

static struct cs_db *db;

static void put_clock(int64_t ticket, const char *clock, int64_t next)
{
	struct cs_clock_row row;
	struct cs_err e = {0};

	cs_table_blank(&cs_clock_table, &row);
	row.ticket = ticket;
	row.clock = clock;
	row.cycle = row.run = 1;
	row.rule = row.due_set = row.breached = 0;
	row.edition = 1;
	row.start_at = row.counted_from = 1;
	row.next_at = next;
	if (cs_table_save(db, &cs_clock_table, &row, &e) < 0)
		fail_msg("%s", e.text);
}

static void put_call(int64_t ticket, const char *state, int64_t give_up)
{
	struct cs_callback_row row;
	struct cs_err e = {0};

	cs_table_blank(&cs_callback_table, &row);
	row.ticket = ticket;
	row.seq = row.planned_at = row.cycle = 1;
	row.purpose = "satisfaction";
	row.method = "phone";
	row.state = state;
	row.give_up_at = give_up;
	row.tries = 0;
	if (cs_table_save(db, &cs_callback_table, &row, &e) < 0)
		fail_msg("%s", e.text);
}

static void put_duty(const char *about, int64_t subject, int64_t next)
{
	struct cs_owed_row row;
	struct cs_err e = {0};

	cs_table_blank(&cs_owed_table, &row);
	row.about = about;
	row.subject = subject;
	row.duty = row.cause = "x";
	row.edition = row.owed_at = 1;
	row.times = 0;
	row.next_at = next;
	if (cs_table_save(db, &cs_owed_table, &row, &e) < 0)
		fail_msg("%s", e.text);
}

static void put_wake(int64_t ticket, int64_t at)
{
	struct cs_ticket_row row;
	struct cs_err e = {0};

	cs_table_blank(&cs_ticket_table, &row);
	row.id = ticket;
	row.kind = row.state = row.state_is = "x";
	row.importance = row.importance_peak = row.priority = NULL;
	row.opened_at = row.cycle = row.cycle_event = row.level = row.stay_at = row.stays = row.imported = 1;
	row.stay_by = "opened";
	row.last_at = row.last_event = 1;
	row.wake_at = at;
	if (cs_table_save(db, &cs_ticket_table, &row, &e) < 0)
		fail_msg("%s", e.text);
}

static int begin(void **state)
{
	struct cs_err e = {0};

	(void)state;
	db = test_db_begin();
	if (cs_db_begin(db, &e) < 0)
		return -1;
	put_clock(1, "resolve", 300);
	put_clock(1, "respond", 200);
	put_clock(2, "resolve", 200);
	put_clock(3, "resolve", CS_NULL); /* stands or has stopped */
	put_clock(4, "resolve", 100);
	put_duty("ticket", 6, 400);
	put_duty("ticket", 9, 500); /* the bound is not in */
	put_duty("unit", 5, 400);   /* a unit's are settled by themselves */
	put_wake(7, 400);
	put_wake(8, 500);
	put_call(1, "waiting", 200);
	put_call(2, "open", 100); /* what it waited for came: nothing to give up */
	put_call(3, "waiting", CS_NULL);
	put_call(4, "waiting", 100);
	put_call(5, "dropped", 100);
	return 0;
}

static int end(void **state)
{
	(void)state;
	cs_db_rollback(db);
	test_db_end(db);
	return 0;
}

static void due(void **state)
{
	static const struct {
		const char *what;
		int (*read)(struct cs_db *, const struct cs_due *, int64_t, struct cs_due *, size_t,
			    size_t *, struct cs_err *);
		struct cs_due after;
		int64_t upto;
		size_t max;
		const char *want;
	} cases[] = {
		{"all", cs_due_crossings, {INT64_MIN, 0}, 301, 9, "100/4 200/1 200/2 300/1"},
		{"the bound is not in", cs_due_crossings, {INT64_MIN, 0}, 300, 9, "100/4 200/1 200/2"},
		{"before all", cs_due_crossings, {INT64_MIN, 0}, 100, 9, ""},
		{"a page", cs_due_crossings, {INT64_MIN, 0}, 301, 2, "100/4 200/1"},
		{"the next page", cs_due_crossings, {200, 1}, 301, 2, "200/2 300/1"},
		{"behind the last", cs_due_crossings, {300, 1}, 301, 2, ""},
		{"a duty and a wake among them, a wake at the bound", cs_due_crossings, {300, 1}, 500, 9,
		 "400/6 400/7 500/8"},
		{"give-ups", cs_due_give_ups, {INT64_MIN, 0}, 201, 9, "100/4 200/1"},
		{"give-ups, bound", cs_due_give_ups, {INT64_MIN, 0}, 200, 9, "100/4"},
		{"give-ups, behind", cs_due_give_ups, {100, 4}, 201, 9, "200/1"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_due list[9];
		struct cs_err e = {0};
		char text[200] = "";
		size_t n = 77;

		if (cases[i].read(db, &cases[i].after, cases[i].upto, list, cases[i].max, &n, &e))
			fail_msg("%s: %s", cases[i].what, e.text);
		for (size_t k = 0; k < n; k++)
			snprintf(text + strlen(text), sizeof text - strlen(text), "%s%lld/%lld",
				 k ? " " : "", (long long)list[k].at, (long long)list[k].ticket);
		if (strcmp(text, cases[i].want) != 0)
			fail_msg("%s: '%s', not '%s'", cases[i].what, text, cases[i].want);
	}
}

static void plans(void **state)
{
	(void)state;
	for (size_t i = 0; i < cs_due_statement_count; i++)
		test_plan(db, cs_due_statements[i], "USING ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(due, begin, end),
					   cmocka_unit_test_setup_teardown(plans, begin, end)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
