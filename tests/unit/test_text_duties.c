/* What is owed on the command line: whom a word names, what is listed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "store/ref.h"
#include "text/duties.h"

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

static void subjects(void **state)
{
	const struct cs_unit_row *unit;
	struct cs_err e = {0};
	char ref[CS_REF_SIZE];
	int64_t id = desk_register("complaint", "eng.leak", NULL, NULL), ticket;

	(void)state;
	assert_int_equal(cs_duties_subject(desk, cs_ref_text(id, ref), &ticket, &unit, &e), 0);
	assert_true(ticket == id && !unit);
	assert_int_equal(cs_duties_subject(desk, "p1", &ticket, &unit, &e), 0);
	assert_true(ticket == 0 && unit->id == UNIT_P1);
	assert_int_equal(cs_duties_subject(desk, "C20261102-0999", &ticket, &unit, &e), -1);
	assert_int_equal(e.code, CS_NOTFOUND);
	assert_int_equal(cs_duties_subject(desk, "p77", &ticket, &unit, &e), -1);
	assert_int_equal(e.code, CS_USAGE);
}

static size_t listed(struct cs_duties d)
{
	FILE *f = tmpfile();
	struct cs_out *out = cs_out_open(f, CS_FORMAT_TEXT, cs_duties_columns, cs_duties_column_count);
	struct cs_err e = {0};
	size_t lines = 0;
	int c;

	if (cs_duties_choose(desk, &d, &e) < 0 || cs_duties_list(desk, &d, out, &e) < 0)
		fail_msg("%s", e.text);
	assert_int_equal(cs_out_close(out, &e), 0);
	rewind(f);
	while ((c = fgetc(f)) != EOF)
		lines += c == '\n';
	fclose(f);
	return lines;
}

static void filters(void **state)
{
	int64_t id = desk_register("complaint", "eng.leak", NULL, NULL);
	char ref[CS_REF_SIZE];

	(void)state;
	desk_actor("chief");
	desk_do(id, "assess people=4");
	cs_ref_text(id, ref);
	assert_int_equal(listed((struct cs_duties){0}), 2);
	assert_int_equal(listed((struct cs_duties){.all = true}), 3);
	assert_int_equal(listed((struct cs_duties){.subject_name = ref, .duty_name = "hot_report"}), 1);
	assert_int_equal(listed((struct cs_duties){.owner_name = "me"}), 2);
	assert_int_equal(listed((struct cs_duties){.owner_name = "worker"}), 0);
	assert_int_equal(listed((struct cs_duties){.unit_name = "p1"}), 2);
	assert_int_equal(listed((struct cs_duties){.unit_name = "p2"}), 0);
	assert_int_equal(listed((struct cs_duties){.period = "2026-11-03"}), 1); /* due at its end */
	assert_int_equal(listed((struct cs_duties){.period = "2026-11-04"}), 0);
	assert_int_equal(listed((struct cs_duties){.overdue = true}), 0);
	desk_time("2026-11-04 00:00:01");
	assert_int_equal(listed((struct cs_duties){.overdue = true}), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(subjects, begin, end),
		cmocka_unit_test_setup_teardown(filters, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
