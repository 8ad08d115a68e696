/* A cell of an import: what its column makes of the text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "text/intake_cell.h"

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

static struct cs_intake row;

static int put(struct cs_cells *c, enum cs_intake_standard to, const char *text, struct cs_err *e)
{
	const struct cs_intake_column col = {.number = (size_t)to + 1,
					     .target = {CS_INTAKE_STANDARD, to, cs_intake_column_name(to, false)}};

	row = (struct cs_intake){.place = CS_NULL, .opened_at = CS_TIME_NONE, .score = CS_NULL};
	cs_cells_room(&row, 4, &desk->work);
	return cs_cell_put(c, &col, text, &desk->work, &row, e);
}

/* Codes by id or label, also in full-width forms; what is not there is named with its column. */
static void test_codes(void **state)
{
	static const struct {
		enum cs_intake_standard to;
		const char *text, *id; /* NULL: refused */
	} cases[] = {
		{CS_COL_KIND, "request", "request"},
		{CS_COL_KIND, " request\t", "request"},
		{CS_COL_KIND, "ｒｅｑｕｅｓｔ", "request"},
		{CS_COL_KIND, "request", "request"}, /* remembered */
		{CS_COL_KIND, "wish", NULL},
		{CS_COL_CATEGORY, "eng.leak", "eng.leak"},
		{CS_COL_CHANNEL, "phone", "phone"},
		{CS_COL_CHANNEL, "request", NULL},
	};
	struct cs_cells *c = cs_cells_open(desk, cs_session_zone(desk), NULL);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *column = cs_intake_column_name(cases[i].to, false), *got;
		struct cs_err e = {0};
		int rc = put(c, cases[i].to, cases[i].text, &e);

		if (rc != (cases[i].id ? 0 : -1))
			fail_msg("case %zu: %d %s", i, rc, e.text);
		if (rc < 0) {
			assert_memory_equal(e.text, column, strlen(column));
			assert_non_null(strstr(e.text, cases[i].text));
			continue;
		}
		got = cases[i].to == CS_COL_KIND      ? row.kind
		      : cases[i].to == CS_COL_CHANNEL ? row.channel
						      : row.category;
		assert_string_equal(got, cases[i].id);
	}
	cs_cells_free(c);
}

static void test_others(void **state)
{
	static const char *const scores[] = {"-1", "4.5", "x", "1234567890"};
	struct cs_cells *c = cs_cells_open(desk, cs_session_zone(desk), NULL);
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(put(c, CS_COL_UNIT, "p1.north", &e), 0);
	assert_int_equal(row.place, UNIT_NORTH);
	assert_int_equal(put(c, CS_COL_UNIT, "p1.south", &e), -1);
	assert_int_equal(put(c, CS_COL_SUBJECT, "  漏水 ", &e), 0);
	assert_string_equal(row.subject, "漏水");
	assert_int_equal(put(c, CS_COL_SUBJECT, " \t", &e), 0);
	assert_null(row.subject);
	assert_int_equal(put(c, CS_COL_SCORE, "5", &e), 0);
	assert_int_equal(row.score, 5);
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(put(c, CS_COL_SCORE, scores[i], &e), -1);
		assert_int_equal(e.code, CS_REFUSED);
	}
	cs_cells_free(c);
}

static void test_times(void **state)
{
	static const struct {
		const char *text, *time; /* NULL: refused */
	} cases[] = {
		{"2026-11-02", "2026-11-02 00:00"},
		{"2026-11-02 08:05", "2026-11-02 08:05"},
		{"2026-11-02T08:05:09", "2026-11-02 08:05:09"},
		{"2026-02-29", NULL},
		{"2026-11-02 24:00", NULL},
		{"2026-11-02 08:60", NULL},
		{"soon", NULL},
	};
	struct cs_cells *c = cs_cells_open(desk, cs_session_zone(desk), NULL);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_err e = {0};
		int rc = put(c, CS_COL_OPENED_AT, cases[i].text, &e);

		if (rc != (cases[i].time ? 0 : -1))
			fail_msg("%s: %d %s", cases[i].text, rc, e.text);
		if (rc == 0)
			assert_int_equal(row.opened_at, desk_at(cases[i].time));
	}
	cs_cells_free(c);
}

/* Of the map: its patterns alone count, in their order; clocks set back or on are told. */
static void test_map_times(void **state)
{
	const char *patterns[] = {"%d.%m.%Y %H:%M", "%Y/%m/%d"};
	const struct cs_ids times = {patterns, 2};
	const struct cs_zone *berlin;
	struct cs_cells *c = cs_cells_open(desk, cs_session_zone(desk), &times);
	struct cs_err e = {0};
	uint64_t twice = 9, skipped = 9;

	(void)state;
	assert_int_equal(put(c, CS_COL_DUE_AT, "02.11.2026 08:05", &e), 0);
	assert_int_equal(row.due_at, desk_at("2026-11-02 08:05"));
	assert_int_equal(put(c, CS_COL_DUE_AT, "2026/11/02", &e), 0);
	assert_int_equal(row.due_at, desk_at("2026-11-02"));
	assert_int_equal(put(c, CS_COL_DUE_AT, "2026-11-02", &e), -1);
	assert_non_null(strstr(e.text, "'2026-11-02' fits none of the map's times"));
	cs_cells_free(c);
	assert_int_equal(cs_zone_open("Europe/Berlin", &berlin, &e), 0);
	c = cs_cells_open(desk, berlin, NULL);
	assert_int_equal(put(c, CS_COL_OPENED_AT, "2026-10-25 02:30", &e), 0);
	assert_int_equal(put(c, CS_COL_OPENED_AT, "2026-03-29 02:30", &e), 0);
	assert_int_equal(put(c, CS_COL_OPENED_AT, "2026-03-29 03:30", &e), 0);
	cs_cells_doubts(c, &twice, &skipped);
	assert_int_equal(twice, 1);
	assert_int_equal(skipped, 1);
	cs_cells_free(c);
}

static void test_targets(void **state)
{
	struct cs_map_pair pair = {"A", "是"};
	const struct cs_map_values values = {"urgent", {&pair, 1}, NULL};
	const struct cs_intake_column columns[] = {
		{.target = {CS_INTAKE_FIELD, CS_COL_COUNT, "urgent"}, .values = &values},
		{.target = {CS_INTAKE_STEP, CS_COL_COUNT, "reply"}},
		{.target = {CS_INTAKE_KEEP, CS_COL_COUNT, "old id"}},
		{.target = {CS_INTAKE_IGNORE, CS_COL_COUNT, "x"}},
		{.target = {CS_INTAKE_STANDARD, CS_COL_DUE_AT, "due_at"}, .no_due = true},
	};
	static const char *const cells[] = {"A", "2026-11-02", "7", "y", ""};
	struct cs_cells *c = cs_cells_open(desk, cs_session_zone(desk), NULL);
	struct cs_err e = {0};

	(void)state;
	row = (struct cs_intake){.due_at = CS_TIME_NONE};
	cs_cells_room(&row, 5, &desk->work);
	for (size_t i = 0; i < 5; i++)
		if (cs_cell_put(c, &columns[i], cells[i], &desk->work, &row, &e) < 0)
			fail_msg("%s", e.text);
	assert_int_equal(row.req.set_count, 1);
	assert_string_equal(row.req.set[0].name, "urgent");
	assert_string_equal(row.req.set[0].text, "是");
	assert_int_equal(row.step_count, 1);
	assert_int_equal(row.step[0].at, desk_at("2026-11-02"));
	assert_int_equal(row.keep_count, 1);
	assert_string_equal(row.keep[0].text, "7");
	assert_true(row.no_due);
	assert_int_equal(cs_cell_put(c, &columns[1], "soon", &desk->work, &row, &e), -1);
	assert_memory_equal(e.text, "reply_at: ", 10);
	cs_cells_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_codes, begin, end),
		cmocka_unit_test_setup_teardown(test_others, begin, end),
		cmocka_unit_test_setup_teardown(test_times, begin, end),
		cmocka_unit_test_setup_teardown(test_map_times, begin, end),
		cmocka_unit_test_setup_teardown(test_targets, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
