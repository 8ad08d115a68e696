/* Samples of a desk: frames, recording, contacts, replacing, drawing again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "november.h"
#include "store/draw.h"
#include "store/event.h"

/* S3-5-9: requests done in the month, per project. */
static void test_frame(void **state)
{
	struct cs_frame f;
	struct cs_err e = {0};
	struct cs_period december;

	(void)state;
	november_frame("area_month", CS_NULL, &f);
	assert_int_equal(f.count, NOVEMBER_DONE);
	for (size_t i = 0; i < f.count; i++) {
		assert_int_equal(f.item[i].ticket, november_ticket[i]);
		assert_string_equal(f.item[i].stratum, "p1");
	}
	november_frame("area_month", UNIT_NORTH, &f);
	assert_int_equal(f.count, NOVEMBER_DONE);
	november_frame("area_month", UNIT_P2, &f);
	assert_int_equal(f.count, 0);
	november_frame("kpi_complaint", CS_NULL, &f);
	assert_int_equal(f.count, 0);
	assert_int_equal(cs_sample_period(desk, cs_policy_sample(desk->policy, "qmc_month"),
					  "2026-12", false, &december, &e),
			 0);
	f = (struct cs_frame){.arena = &november_arena};
	assert_int_equal(cs_sample_frame(desk, cs_policy_sample(desk->policy, "qmc_month"),
					 &december, CS_NULL, &f, &e),
			 0);
	assert_int_equal(f.count, 0);
}

static void test_period(void **state)
{
	static const struct {
		const char *text, *now;
		enum cs_code code;
	} cases[] = {
		{"2026-11", "2026-12-01 00:00", CS_OK},
		{"2026-11", "2026-11-30 23:59:59", CS_REFUSED},
		{"2026-12", "2026-12-01 00:00", CS_REFUSED},
		{"2026-11-01..2026-11-30", "2026-12-01", CS_USAGE},
		{"2026", "2027-01-01", CS_USAGE},
		{"x", "2026-12-01", CS_USAGE},
	};
	struct cs_period p;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_err e = {0};

		desk_time(cases[i].now);
		cs_sample_period(desk, cs_policy_sample(desk->policy, "qmc_month"), cases[i].text,
				 true, &p, &e);
		assert_int_equal(e.code, cases[i].code);
	}
}

static void test_strata(void **state)
{
	static const struct {
		const char *per, *wanted;
	} cases[] = {{"none", "-"},
		     {"unit", "p1.engineering"},
		     {"project", "p1"},
		     {"kind", "request"},
		     {"category", "eng.water"},
		     {"channel", "phone"},
		     {"specialty", "engineering"},
		     {"priority", "normal"},
		     {"state", "finished"},
		     {"assignee", "worker"}};
	struct cs_err e = {0};
	const char *stratum;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(cs_sample_stratum(desk, november_ticket[0], cases[i].per, &stratum, &e), 0);
		assert_string_equal(stratum, cases[i].wanted);
	}
	assert_int_equal(cs_sample_stratum(desk, november_ticket[0], "subject", &stratum, &e), -1);
	assert_int_equal(e.code, CS_USAGE);
	assert_int_equal(cs_sample_stratum(desk, 5, "unit", &stratum, &e), -1);
	assert_int_equal(e.code, CS_NOTFOUND);
}

/* The same head of the chain gives the same seed; each draw moves the head. */
static void test_seed(void **state)
{
	struct cs_draw_row a, b, c;
	struct cs_err e = {0};
	int64_t id;

	(void)state;
	assert_int_equal(cs_session_begin(desk, &e), 0);
	assert_int_equal(try_november(NULL, NULL, &id, &e), 0);
	assert_int_equal(cs_table_find(desk->db, &cs_draw_table, id, &november_arena, &a, &e), 1);
	assert_int_equal(draw_faults(id), 0);
	cs_session_rollback(desk);
	assert_int_equal(cs_session_begin(desk, &e), 0);
	assert_int_equal(try_november(NULL, NULL, &id, &e), 0);
	assert_int_equal(cs_table_find(desk->db, &cs_draw_table, id, &november_arena, &b, &e), 1);
	assert_string_equal(a.seed, b.seed);
	assert_int_equal(a.seed_given, 0);
	assert_int_equal(strlen(a.seed), 32);
	assert_int_equal(try_november(NULL, "once more", &id, &e), 0);
	assert_int_equal(cs_table_find(desk->db, &cs_draw_table, id, &november_arena, &c, &e), 1);
	assert_string_not_equal(a.seed, c.seed);
	assert_int_equal(c.again, 1);
	assert_int_equal(draw_faults(id), 0);
	cs_session_rollback(desk);
}

static void test_again(void **state)
{
	struct cs_err e = {0};
	int64_t id;

	(void)state;
	assert_int_equal(cs_session_begin(desk, &e), 0);
	assert_int_equal(try_november(NULL, "x", &id, &e), -1); /* nothing to repeat */
	assert_int_equal(e.code, CS_REFUSED);
	draw_november();
	assert_int_equal(try_november(NULL, NULL, &id, &e), -1);
	assert_int_equal(e.code, CS_REFUSED);
	assert_int_equal(try_november(NULL, "x", &id, &e), 0);
	cs_session_rollback(desk);
}

static void test_replace(void **state)
{
	struct cs_draw_item *item;
	struct cs_err e = {0};
	int64_t id, other, seq;
	size_t n;

	(void)state;
	assert_int_equal(cs_session_begin(desk, &e), 0);
	id = draw_november();
	item = drawn_items(id, &n);
	assert_int_equal(n, 8); /* four, and four in reserve */
	assert_int_equal(cs_draw_contact(desk, id, item[0].ticket, "spot", &seq, &e), 0);
	assert_int_equal(cs_draw_replace(desk, id, item[5].ticket, "x", &other, &e),
			 -1); /* in reserve: no member */
	assert_int_equal(cs_draw_replace(desk, id, item[0].ticket, "x", &other, &e), 0);
	assert_int_equal(other, item[4].ticket);
	assert_string_equal(cs_image_callback(desk_ticket(item[0].ticket), seq)->state, "dropped");
	assert_int_equal(cs_draw_replace(desk, id, item[4].ticket, "x", &other, &e), 0);
	assert_int_equal(other, item[5].ticket);
	item = drawn_items(id, &n);
	assert_string_equal(item[0].role, "replaced");
	assert_string_equal(item[4].role, "replaced");
	assert_string_equal(item[5].role, "member");
	assert_int_equal(draw_faults(id), 0);
	assert_int_equal(cs_draw_replace(desk, id, item[1].ticket, "x", &other, &e), 0);
	assert_int_equal(cs_draw_replace(desk, id, item[2].ticket, "x", &other, &e), 0);
	assert_int_equal(cs_draw_replace(desk, id, item[3].ticket, "x", &other, &e), -1);
	assert_int_equal(e.code, CS_REFUSED);
	cs_session_rollback(desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_frame, november_begin, november_end),
		cmocka_unit_test_setup_teardown(test_period, november_begin, november_end),
		cmocka_unit_test_setup_teardown(test_strata, november_begin, november_end),
		cmocka_unit_test_setup_teardown(test_seed, november_begin, november_end),
		cmocka_unit_test_setup_teardown(test_again, november_begin, november_end),
		cmocka_unit_test_setup_teardown(test_replace, november_begin, november_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
