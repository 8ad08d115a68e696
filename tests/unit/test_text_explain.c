/* Clocks explained. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "caught.h"
#include "desk.h"
#include "store/ref.h"
#include "text/explain.h"

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

static void test_refused(void **state)
{
	int64_t id = desk_register("request", "eng.leak", "", NULL);
	char ref[CS_REF_SIZE];
	const struct {
		const char *ref, *clock;
		enum cs_code code;
	} cases[] = {
		{"nonsense", NULL, CS_USAGE},
		{"R20200101-0001", NULL, CS_NOTFOUND},
		{cs_ref_text(id, ref), "sundial", CS_USAGE},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_err e = {0};

		assert_int_equal(cs_explain_ticket(desk, cases[i].ref, cases[i].clock, CS_FORMAT_TEXT, &e), -1);
		assert_int_equal(e.code, cases[i].code);
	}
}

/* Each running clock: its beginning, what counted until now, its due; one alone where asked. */
static void test_clocks(void **state)
{
	int64_t id = desk_register("request", "eng.leak", "", NULL);
	struct cs_image *im = desk_ticket(id);
	struct cs_err e = {0};
	char ref[CS_REF_SIZE], name[2][40], start[200], due[200], buf[32];
	const char *text;

	(void)state;
	cs_ref_text(id, ref);
	assert_true(cs_image_count(im, CS_P_CLOCK) >= 2);
	for (size_t i = 0; i < 2; i++) {
		const struct cs_clock_row *c = cs_image_at(im, CS_P_CLOCK, i);

		snprintf(name[i], sizeof name[i], "%s", c->clock);
		if (i == 0)
			snprintf(due, sizeof due, "%s\t%s\tdue\t%s\t", ref, c->clock,
				 cs_time_text(cs_session_zone(desk), c->due_at, buf));
	}
	snprintf(start, sizeof start, "%s\t%s\trunning\t2026-11-02 09:00:00\t", ref, name[0]);
	desk_time("2026-11-02 09:07:05");
	for (int one = 0; one < 2; one++) {
		catch_stdout();
		if (cs_explain_ticket(desk, ref, one ? name[0] : NULL, CS_FORMAT_TEXT, &e) < 0) {
			caught_stdout();
			fail_msg("%s", e.text);
		}
		text = caught_stdout();
		if (!strstr(text, start) || !strstr(text, due))
			fail_msg("neither %s nor %s in\n%s", start, due, text);
		assert_non_null(strstr(text, "\tcounted\t2026-11-02 09:00:00\t"
					     "2026-11-02 09:07:05\t0:07:05\t"));
		snprintf(start, sizeof start, "%s\t%s\trunning\t", ref, name[1]);
		assert_int_equal(strstr(text, start) != NULL, !one);
		snprintf(start, sizeof start, "%s\t%s\trunning\t2026-11-02 09:00:00\t", ref,
			 name[0]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_refused, begin, end),
		cmocka_unit_test_setup_teardown(test_clocks, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
