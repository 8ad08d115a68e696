/* When the due and the rungs of a clock come, and how an edition that is asked again counts them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/counting.h"
#include "domain/crossing.h"
#include "editions.h"

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

/* A share is one of the clock's own limit, whatever due was stated (design sections 5 and 10); what counts back from
   the due goes with it, and comes never where there is none. */
static void rungs_beside_a_stated_due(void **state)
{
	static const struct {
		const char *due; /* NULL: none is stated, "": the source says there is none */
		const char *half, *before;
	} cases[] = {
		{NULL, "2026-11-03 09:00", "2026-11-04 08:00"},
		{"2026-11-10 09:00", "2026-11-03 09:00", "2026-11-10 08:00"},
		{"", "2026-11-03 09:00", NULL},
	};

	(void)state;
	edition_with("\"params\": {\"cmp.escalate\": {\"value\": \"48h\", \"source\": \"S3-4-20\"}}, "
		     "\"kinds\": {\"complaint\": {\"clocks\": {\"resolve\": {\"rungs\": ["
		     "{\"id\": \"passed\", \"over\": \"50%\", \"tell\": [\"responsible\"]},"
		     "{\"id\": \"company\", \"before\": \"1h\", \"tell\": [\"responsible\"]}]}}}}");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *stated = cases[i].due;
		const struct cs_registration reg = {
			.kind = "complaint",
			.channel = "phone",
			.subject = "事项",
			.body = "内容",
			.place = UNIT_NORTH,
			.accepting = CS_NULL,
			.first = CS_NULL,
			.customer = PERSON_WANG,
			.premises = PREMISES_1,
			.has_phone = true,
			.due_at = stated && *stated ? desk_at(stated) : CS_TIME_NONE,
			.no_due = stated && !*stated,
			.run = CS_NULL,
		};
		const struct cs_clock_row *row =
			cs_image_clock(desk_ticket(desk_register_as(&reg, "", NULL)), "resolve");
		struct cs_crossing *c;
		size_t n;

		c = cs_crossings_read(&desk->work, row->crossings, &n);
		for (size_t k = 0; k < n; k++) {
			const char *want = strcmp(c[k].id, "passed") == 0    ? cases[i].half
					   : strcmp(c[k].id, "company") == 0 ? cases[i].before
					   : stated && *stated               ? stated
									     : "2026-11-04 09:00";

			if (c[k].at != (want ? desk_at(want) : CS_TIME_NONE))
				fail_msg("case %zu: %s: %s", i, c[k].id, row->crossings);
		}
		assert_int_equal(n, stated && !*stated ? 2 : 3);
	}
}

/* A share of a limit in working days is counted by the calendar, also where the due is stated and is not. */
static void guessed_beside_a_stated_due(void **state)
{
	struct cs_registration reg = {.kind = "complaint",
				      .channel = "phone",
				      .subject = "事项",
				      .body = "内容",
				      .place = UNIT_NORTH,
				      .accepting = CS_NULL,
				      .first = CS_NULL,
				      .customer = PERSON_WANG,
				      .premises = PREMISES_1,
				      .has_phone = true,
				      .run = CS_NULL};
	struct cs_counting how;
	struct cs_err e = {0};
	struct cs_image *im;

	(void)state;
	edition_with("\"kinds\": {\"complaint\": {\"clocks\": {\"resolve\": {\"rungs\": ["
		     "{\"id\": \"company\", \"over\": \"80%\", \"tell\": [\"responsible\"]}]}}}}");
	desk_time("2026-12-31 09:00");
	reg.due_at = desk_at("2026-12-31 18:00");
	im = desk_ticket(desk_register_as(&reg, "", NULL));
	assert_int_equal(cs_clock_counting(desk, im, cs_image_clock(im, "resolve"), &how, &e), 0);
	assert_int_equal(how.due, reg.due_at);
	assert_int_equal(how.guessed_year, 2027); /* four of five working days from the last of 2026 */
}

/* Asked again, the edition reckons what it decided; a clock it has not is told. */
static void counting(void **state)
{
	int64_t id = desk_register("request", "eng.water", NULL, NULL);
	struct cs_image *im = desk_ticket(id);
	struct cs_clock_row row = *cs_image_clock(im, "dispatch");
	struct cs_counting how;
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(cs_clock_counting(desk, im, &row, &how, &e), 0);
	assert_int_equal(how.due, desk_at("2026-11-02 09:10"));
	assert_int_equal(how.count.from, desk_at("2026-11-02 09:00"));
	assert_int_equal(how.count.pause_count, 0);
	assert_string_equal(how.crossings, row.crossings);
	row.pauses = "1793581200-1793581260,1793581300-1793581330"; /* 09:00 60 s, 09:01:40 30 s */
	assert_int_equal(cs_clock_counting(desk, im, &row, &how, &e), 0);
	assert_int_equal(how.count.pause_count, 2);
	assert_int_equal(how.due, desk_at("2026-11-02 09:11:30"));
	row.paused_at = desk_at("2026-11-02 09:05");
	assert_int_equal(cs_clock_counting(desk, im, &row, &how, &e), 0);
	assert_int_equal(how.due, CS_TIME_NONE);
	row.rule = 9;
	assert_int_equal(cs_clock_counting(desk, im, &row, &how, &e), -1);
	assert_int_equal(e.code, CS_CONFIG);
	row.rule = 0;
	row.clock = "nowhere";
	assert_int_equal(cs_clock_counting(desk, im, &row, &how, &e), -1);
	assert_non_null(strstr(e.text, "clock nowhere is not in edition 1"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(rungs_beside_a_stated_due, begin, end),
		cmocka_unit_test_setup_teardown(guessed_beside_a_stated_due, begin, end),
		cmocka_unit_test_setup_teardown(counting, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
