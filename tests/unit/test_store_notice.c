/* The outbox: what is due, leases, results. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "database.h"
#include "plans.h"
#include "store/notice.h"
#include "store/table.h"

static struct cs_db *db;
static struct cs_arena arena;
static struct cs_err err;

static void add(int64_t event, int64_t seq, const char *to_kind, int64_t not_before)
{
	const struct cs_notice n = {.event = event,
				    .seq = seq,
				    .ticket = CS_NULL,
				    .reason = "tell",
				    .to_kind = to_kind,
				    .to_id = 1,
				    .at = 100,
				    .not_before = not_before,
				    .text = "x"};

	assert_int_equal(cs_notice_add(db, &n, &err), 0);
}

static int setup(void **state)
{
	(void)state;
	db = test_db_begin();
	add(7, 1, "staff", 300);
	add(7, 2, "customer", 200);
	add(5, 1, "staff", 300);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	cs_arena_free(&arena);
	test_db_end(db);
	return 0;
}

/* By the time of the next try, then in the order they were made; not before their time. */
static void due_in_order(void **state)
{
	static const int64_t want[][2] = {{7, 2}, {5, 1}, {7, 1}};
	struct cs_notice n = {0};

	(void)state;
	assert_int_equal(cs_notice_due(db, 199, NULL, &arena, &n, &err), 0);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(cs_notice_due(db, 300, NULL, &arena, &n, &err), 1);
		assert_int_equal(n.event, want[i][0]);
		assert_int_equal(n.seq, want[i][1]);
		assert_string_equal(n.state, "pending");
	}
	assert_int_equal(cs_notice_due(db, 300, NULL, &arena, &n, &err), 0);
	n = (struct cs_notice){0};
	assert_int_equal(cs_notice_due(db, 300, "customer", &arena, &n, &err), 1);
	assert_int_equal(n.seq, 2);
	assert_int_equal(cs_notice_due(db, 300, "customer", &arena, &n, &err), 0);
}

/* Leased: nobody else gets it until the lease is over, and only who holds it writes the result. */
static void leases(void **state)
{
	struct cs_notice n = {0}, again = {0};

	(void)state;
	assert_int_equal(cs_notice_due(db, 250, NULL, &arena, &n, &err), 1);
	assert_int_equal(cs_notice_lease(db, &n, "a", 400, NULL, &err), 0);
	assert_int_equal(cs_notice_due(db, 250, NULL, &arena, &again, &err), 0);
	assert_int_equal(cs_notice_due(db, 400, "customer", &arena, &again, &err),
			 0); /* its last second */
	assert_int_equal(cs_notice_due(db, 401, "customer", &arena, &again, &err), 1);
	assert_string_equal(again.lease, "a");
	assert_int_equal(again.attempts, 1);
	assert_int_equal(cs_notice_lease(db, &again, "b", 500, NULL, &err), 0);
	n.state = "sent";
	n.try_at = CS_NULL;
	n.sent_at = 410;
	assert_int_equal(cs_notice_finish(db, &n, "a", &err), 0); /* taken over by b */
	assert_int_equal(cs_notice_get(db, 7, 2, &arena, &again, &err), 1);
	assert_string_equal(again.state, "pending");
	assert_int_equal(cs_notice_finish(db, &n, "b", &err), 1);
	assert_int_equal(cs_notice_get(db, 7, 2, &arena, &again, &err), 1);
	assert_string_equal(again.state, "sent");
	assert_int_equal(again.sent_at, 410);
	assert_int_equal(again.try_at, CS_NULL);
	assert_null(again.lease);
	assert_int_equal(again.leased_until, CS_NULL);
}

/* A lease that ends it: whatever comes of it, it is not tried again. */
static void last_lease(void **state)
{
	struct cs_notice n = {0};

	(void)state;
	assert_int_equal(cs_notice_due(db, 250, NULL, &arena, &n, &err), 1);
	assert_int_equal(cs_notice_lease(db, &n, "a", 400, "doubtful", &err), 0);
	n = (struct cs_notice){0};
	assert_int_equal(cs_notice_due(db, 1000, "customer", &arena, &n, &err), 0);
	assert_int_equal(cs_notice_get(db, 7, 2, &arena, &n, &err), 1);
	assert_string_equal(n.state, "doubtful");
	assert_int_equal(n.try_at, CS_NULL);
}

static size_t count(const char *state, const char *to_kind, bool open)
{
	const struct cs_notice_filter f = {state, to_kind, open};
	struct cs_stmt *walk = cs_notice_list(db, &f, &err);
	struct cs_notice n;
	size_t k = 0;

	while (cs_notice_next(walk, &arena, &n, &err) == 1)
		k++;
	return k;
}

static void lists(void **state)
{
	struct cs_notice n = {
		.event = 7, .seq = 1, .state = "sent", .try_at = CS_NULL, .sent_at = 1};

	(void)state;
	assert_int_equal(cs_notice_finish(db, &n, NULL, &err), 1);
	assert_int_equal(count(NULL, NULL, false), 3);
	assert_int_equal(count(NULL, NULL, true), 2);
	assert_int_equal(count("sent", NULL, false), 1);
	assert_int_equal(count(NULL, "staff", true), 1);
	assert_int_equal(count("failed", NULL, false), 0);
	assert_int_equal(count("pending", NULL, false), 2);
}

/* What was sent stays for ever: neither the list of what is open nor delivery may read it. */
static void plans(void **state)
{
	(void)state;
	for (size_t i = 0; cs_notice_statements[i]; i++)
		test_plan(db, cs_notice_statements[i], "notice_unsettled");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(due_in_order, setup, teardown),
		cmocka_unit_test_setup_teardown(leases, setup, teardown),
		cmocka_unit_test_setup_teardown(last_lease, setup, teardown),
		cmocka_unit_test_setup_teardown(lists, setup, teardown),
		cmocka_unit_test_setup_teardown(plans, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
