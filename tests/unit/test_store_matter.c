/* All of one matter: its tickets oldest first, and each time somebody complained in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "store/matter.h"
#include "store/rows.h"

static int begin(void **state)
{
	struct cs_err e = {0};

	(void)state;
	desk_begin();
	assert_int_equal(cs_db_begin(desk->db, &e), 0);
	return 0;
}

static int end(void **state)
{
	(void)state;
	cs_db_rollback(desk->db);
	desk_end();
	return 0;
}

static void put_ticket(int64_t id, int64_t matter, int64_t customer, int64_t opened_at)
{
	struct cs_ticket_row t;
	struct cs_err e = {0};

	cs_table_blank(&cs_ticket_table, &t);
	t.id = id;
	t.kind = "complaint";
	t.state = "handling";
	t.state_is = "open";
	t.cycle = 1;
	t.cycle_event = t.level = t.late = t.stays = t.imported = 0;
	t.stay_by = "opened";
	t.matter = matter;
	t.customer = customer;
	t.premises = 7;
	t.opened_at = t.stay_at = t.last_at = opened_at;
	t.last_event = 1;
	if (cs_table_save(desk->db, &cs_ticket_table, &t, &e) < 0)
		fail_msg("%s", e.text);
}

static void put_appeal(int64_t ticket, int64_t seq, int64_t person, int64_t at)
{
	struct cs_appeal_row r = {ticket, seq, person, at, "repeat"};
	struct cs_err e = {0};

	if (cs_table_save(desk->db, &cs_appeal_table, &r, &e) < 0)
		fail_msg("%s", e.text);
}

/* 30 names the matter of 30, 31 and 40; 35 is alone; 50 has a matter of its own with 60. */
static void put_all(void)
{
	put_ticket(40, 30, 2, 4000);
	put_ticket(31, 30, CS_NULL, 3100);
	put_ticket(30, 30, 1, 3000);
	put_ticket(35, CS_NULL, 1, 3500);
	put_ticket(60, 50, 1, 6000);
	put_ticket(50, 50, 1, 5000);
	put_appeal(30, 1, 1, 3050);
	put_appeal(30, 2, CS_NULL, 4100);
	put_appeal(40, 1, 2, 4000);
	put_appeal(35, 1, 1, 3600);
}

static void test_tickets(void **state)
{
	static const struct {
		int64_t matter, want[4];
	} t[] = {
		{30, {30, 31, 40}}, {35, {35}},
		{50, {50, 60}},     {31, {31}}, /* names no matter: alone under its own id */
		{99, {0}},
	};

	(void)state;
	put_all();
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct cs_id_list l = {0};
		struct cs_arena a = {0};
		struct cs_err e = {0};
		size_t n = 0;

		while (t[i].want[n])
			n++;
		assert_int_equal(cs_matter_tickets(desk->db, t[i].matter, &a, &l, &e), 0);
		assert_int_equal(l.count, n);
		for (size_t k = 0; k < n; k++)
			assert_int_equal(l.id[k], t[i].want[k]);
		cs_arena_free(&a);
	}
}

static void test_voices(void **state)
{
	static const struct cs_voice want[] = {
		{30, 0, 1, 3000, 7, NULL}, {30, 1, 1, 3050, 7, "repeat"}, {31, 0, CS_NULL, 3100, 7, NULL},
		{40, 0, 2, 4000, 7, NULL}, {40, 1, 2, 4000, 7, "repeat"}, {30, 2, CS_NULL, 4100, 7, "repeat"},
	};
	struct cs_arena a = {0};
	struct cs_voice *list;
	struct cs_err e = {0};
	size_t n;

	(void)state;
	put_all();
	assert_int_equal(cs_matter_voices(desk->db, 30, &a, &list, &n, &e), 0);
	assert_int_equal(n, sizeof want / sizeof *want);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(list[i].ticket, want[i].ticket);
		assert_int_equal(list[i].seq, want[i].seq);
		assert_true(list[i].person == want[i].person);
		assert_int_equal(list[i].at, want[i].at);
		assert_int_equal(list[i].premises, want[i].premises);
		assert_true(want[i].step ? strcmp(list[i].step, want[i].step) == 0 : !list[i].step);
	}
	assert_int_equal(cs_matter_voices(desk->db, 35, &a, &list, &n, &e), 0);
	assert_int_equal(n, 2);
	cs_arena_free(&a);
}

static void put_link(int64_t ticket, const char *link, int64_t other, int64_t until)
{
	struct cs_link_row r = {ticket, 1, link, other, until, 1};
	struct cs_err e = {0};

	if (cs_table_save(desk->db, &cs_link_table, &r, &e) < 0)
		fail_msg("%s", e.text);
}

/* Of the matter; merged with one of these, undone or not, in either direction, through others too. */
static void test_known(void **state)
{
	static const struct {
		int64_t ticket, matter, want[6];
	} t[] = {
		{30, 30, {31, 35, 40, 70, 71}}, {35, CS_NULL, {31, 70, 71}}, {50, 50, {60}}, {80, CS_NULL, {0}},
		{35, 50, {31, 50, 60, 70, 71}},
	};

	(void)state;
	put_all();
	put_ticket(70, CS_NULL, 1, 7000);
	put_ticket(71, CS_NULL, 1, 7100);
	put_ticket(80, CS_NULL, 1, 8000);
	put_link(35, "merged_into", 31, 3600);
	put_link(70, "merged_into", 35, 7200);
	put_link(71, "merged_into", 70, CS_NULL);
	put_link(80, "same_as", 30, 8100); /* stated and taken back: another matter */
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct cs_id_list l = {0};
		struct cs_arena a = {0};
		struct cs_err e = {0};
		size_t n = 0;

		while (t[i].want[n])
			n++;
		assert_int_equal(cs_matter_known(desk->db, t[i].ticket, t[i].matter, &a, &l, &e), 0);
		assert_int_equal(l.count, n);
		for (size_t k = 0; k < n; k++)
			assert_int_equal(l.id[k], t[i].want[k]);
		cs_arena_free(&a);
	}
}

/* Whatever the number of tickets, only those of the matter are read. */
static void test_plans(void **state)
{
	struct cs_err e = {0};

	(void)state;
	for (size_t i = 0; i < cs_matter_sql_count; i++) {
		struct cs_arena a = {0};
		struct cs_stmt *s =
			cs_db_prepare(desk->db, cs_arena_printf(&a, "EXPLAIN QUERY PLAN %s", cs_matter_sql[i]), &e);
		int searches = 0;

		assert_non_null(s);
		while (cs_step(s, &e) == 1) {
			const char *line = cs_col_text(s, 3);

			searches += strncmp(line, "SEARCH", 6) == 0;
			if (strncmp(line, "SCAN ticket", 11) == 0 || strncmp(line, "SCAN a", 6) == 0 ||
			    strncmp(line, "SCAN l", 6) == 0)
				fail_msg("%s: %s", cs_matter_sql[i], line);
		}
		assert_true(searches >= 2);
		cs_arena_free(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_tickets, begin, end),
		cmocka_unit_test_setup_teardown(test_voices, begin, end),
		cmocka_unit_test_setup_teardown(test_known, begin, end),
		cmocka_unit_test_setup_teardown(test_plans, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
