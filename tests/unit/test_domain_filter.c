/* Filters agree with a plain look at every ticket, whichever way they take. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/filter.h"
#include "store/list.h"

static int64_t leak, lamp, bill;

static int begin(void **state)
{
	(void)state;
	desk_begin();
	leak = desk_register("request", "eng.leak", "", NULL);
	desk_do(leak, "dispatch handling=p1.engineering assignee=worker");
	desk_time("2026-11-02 12:00");
	lamp = desk_register("request", "eng.light", "urgent=yes subject=路灯_Lamp", NULL);
	bill = desk_register("inquiry", "svc.fees", "", NULL);
	desk_time("2026-11-03 12:00");
	desk_do(bill, "reply reply_text=好");
	desk_do(lamp, "answer answer_text=好");
	return 0;
}

static int end(void **state)
{
	(void)state;
	desk_end();
	return 0;
}

static int64_t seen[8];
static size_t seen_count;

static int note(const struct cs_ticket_row *t, void *arg, struct cs_err *e)
{
	(void)e;
	seen[seen_count++] = t->id;
	return arg && seen_count == *(size_t *)arg; /* enough */
}

/* wanted: letters of the tickets, in the order of their references (b is an inquiry). */
static void check(const char *what, const struct cs_filter *f, const char *wanted)
{
	struct cs_err e = {0};

	seen_count = 0;
	if (cs_filter_walk(desk, f, 0, note, NULL, &e) < 0)
		fail_msg("%s: %s", what, e.text);
	assert_int_equal(seen_count, strlen(wanted));
	for (size_t i = 0; i < seen_count; i++)
		if (seen[i] != (wanted[i] == 'b' ? bill : wanted[i] == 'l' ? lamp : leak))
			fail_msg("%s: ticket %zu", what, i);
}

#define CHECK(wanted, ...)                                                                         \
	do {                                                                                       \
		struct cs_filter f;                                                                \
		cs_filter_init(&f);                                                                \
		__VA_ARGS__;                                                                       \
		check(#__VA_ARGS__, &f, wanted);                                                   \
	} while (0)

static void test_filters(void **state)
{
	static const char *const words[] = {"lamp", "路"};
	int64_t id[] = {leak, lamp};
	const struct cs_id_list both = {id, 2, 2}, none = {0};

	(void)state;
	CHECK("bkl", (void)f);
	CHECK("kl", f.kind = "request");
	CHECK("k", f.state = "open");
	CHECK("bl", f.state = "done");
	CHECK("k", f.state = "dispatched");
	CHECK("", f.state = "waiting");
	CHECK("kl", f.category = "eng");
	CHECK("", f.category = "en"); /* no part of a word */
	CHECK("l", f.category = "eng.light");
	CHECK("k", f.unit = UNIT_ENGINEERING);
	CHECK("bkl", f.unit = UNIT_P1);
	CHECK("", f.unit = UNIT_P2);
	CHECK("bl", f.unit = UNIT_SERVICE);
	CHECK("bkl", f.place = UNIT_NORTH);
	CHECK("", f.causing = UNIT_P1);
	CHECK("k", f.assignee = desk_staff("worker"));
	CHECK("l", f.priority = "urgent");
	CHECK("l", f.late = true);
	CHECK("k", f.overdue = true);
	CHECK("l", f.level = 1);
	CHECK("k", f.due_before = desk_at("2026-11-03 00:00:01"));
	CHECK("", f.due_before = desk_at("2026-11-03 00:00"));
	CHECK("", f.among = &both, f.due_before = desk_at("2026-11-03 00:00"));
	CHECK("k", f.among = &both, f.due_before = desk_at("2026-11-03 00:00:01"));
	CHECK("bl", f.done_from = desk_at("2026-11-03 12:00"), f.done_to = f.done_from + 1);
	CHECK("", f.done_from = desk_at("2026-11-03 12:00:01"), f.done_to = f.done_from + 1);
	CHECK("bl", f.opened_from = desk_at("2026-11-02 12:00"), f.opened_to = desk_at("2026-11-03"));
	CHECK("k", f.opened_from = desk_at("2026-11-02"), f.opened_to = desk_at("2026-11-02 12:00"));
	CHECK("l", f.word = words, f.word_count = 2);
	CHECK("kl", f.among = &both);
	CHECK("k", f.among = &both, f.overdue = true);
	CHECK("", f.among = &none);
}

static void test_enough(void **state)
{
	struct cs_filter f;
	struct cs_err e = {0};
	size_t limit = 2;

	(void)state;
	cs_filter_init(&f);
	seen_count = 0;
	assert_int_equal(cs_filter_walk(desk, &f, 0, note, &limit, &e), 0);
	assert_int_equal(seen_count, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_filters, begin, end),
		cmocka_unit_test_setup_teardown(test_enough, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
