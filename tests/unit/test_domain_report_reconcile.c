/* S3-4-5: four registers are one, and say so; where they are not, why. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "report_rows.h"
#include "store/ref.h"

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

static char ref[CS_REF_SIZE];

static const char *agrees(const struct cs_report *r, const char *name)
{
	return rows_figure(r, "registers", name, "agrees");
}

static const char *difference(const struct cs_report *r, int64_t ticket, const char *name, const char *column)
{
	char row[2 * CS_REF_SIZE];

	strcpy(row, cs_ref_text(ticket, ref));
	strcat(row, "/");
	strcat(row, name);
	return rows_figure(r, "differences", row, column);
}

static const char *const all[] = {"tickets", "record", "information", "ledger"};

static void S3_4_5_nothing(void **state)
{
	struct cs_report r;

	(void)state;
	desk_time("2026-12-01 00:00");
	r = rows_report("reconcile", "2026-11", NULL);
	for (size_t i = 0; i < 4; i++) {
		assert_string_equal(rows_figure(&r, "registers", all[i], "complaints"), "0");
		assert_string_equal(agrees(&r, all[i]), "yes");
	}
	cs_report_free(&r);
}

/* Also one on the last second of the month, one that was reopened, and one withdrawn; not one of the next month. */
static void S3_4_5_agree(void **state)
{
	int64_t first = desk_register("complaint", "env.waste", "", NULL), second;
	const char *digest;
	struct cs_report r;

	(void)state;
	desk_do(first, "answer result=好");
	desk_do(first, "rework note=again");
	desk_time("2026-11-30 23:59:59");
	second = desk_register("complaint", "env.waste", "", NULL);
	desk_actor("chief");
	desk_do(second, "withdraw why=error");
	desk_actor("ling");
	desk_register("request", "eng.leak", "", NULL);
	desk_time("2026-12-01 00:00");
	desk_register("complaint", "env.waste", "", NULL);
	r = rows_report("reconcile", "2026-11", NULL);
	digest = rows_figure(&r, "registers", "tickets", "digest");
	for (size_t i = 0; i < 4; i++) {
		assert_string_equal(rows_figure(&r, "registers", all[i], "complaints"), "2");
		assert_string_equal(agrees(&r, all[i]), "yes");
		assert_string_equal(rows_figure(&r, "registers", all[i], "digest"), digest);
	}
	assert_int_equal(r.table[1].row_count, 0);
	cs_report_free(&r);
}

/* Entered for November after its ledger had gone out. */
static void S3_4_5_late_entry(void **state)
{
	int64_t late;
	struct cs_report r;

	(void)state;
	desk_register("complaint", "env.waste", "", NULL);
	desk_time("2026-12-01 09:00");
	rows_close("ledger", "2026-11", NULL);
	r = rows_report("reconcile", "2026-11", NULL);
	assert_string_equal(agrees(&r, "ledger"), "yes");
	assert_string_equal(rows_figure(&r, "registers", "ledger", "closed"), "2026-12-01 09:00");
	cs_report_free(&r);
	desk_time("2026-12-02 10:00");
	late = desk_register("complaint", "env.waste", "at=2026-11-15_10:00", NULL);
	assert_true(late);
	r = rows_report("reconcile", "2026-11", NULL);
	assert_string_equal(agrees(&r, "ledger"), "no");
	assert_string_equal(rows_figure(&r, "registers", "ledger", "complaints"), "1");
	assert_string_equal(rows_figure(&r, "registers", "tickets", "complaints"), "2");
	assert_string_equal(agrees(&r, "record"), "yes");
	assert_string_equal(agrees(&r, "information"), "yes");
	assert_string_equal(difference(&r, late, "ledger", "is"), "missing");
	assert_string_equal(difference(&r, late, "ledger", "why"),
			    "entered 2026-12-02 10:00, after the ledger was closed");
	cs_report_free(&r);
}

/* Taken in by one project, with another now: for each of the two a register differs, and says why. */
static void S3_4_5_moved(void **state)
{
	int64_t id = desk_register("complaint", "env.waste", "", NULL);
	struct cs_report r;

	(void)state;
	desk_time("2026-11-02 10:00");
	desk_actor("chief");
	desk_do(id, "dispatch handling=p2.engineering note=x promised_at=2026-11-03_18:00");
	desk_time("2026-12-01 00:00");
	r = rows_report("reconcile", "2026-11", NULL);
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(agrees(&r, all[i]), "yes");
	cs_report_free(&r);
	r = rows_report("reconcile", "2026-11", "p1");
	assert_string_equal(rows_figure(&r, "registers", "tickets", "complaints"), "0");
	assert_string_equal(agrees(&r, "record"), "no");
	assert_string_equal(agrees(&r, "information"), "no");
	assert_string_equal(difference(&r, id, "record", "is"), "besides");
	assert_string_equal(difference(&r, id, "record", "why"), "moved: it is with p2.engineering now");
	cs_report_free(&r);
	r = rows_report("reconcile", "2026-11", "p2");
	assert_string_equal(difference(&r, id, "information", "is"), "missing");
	cs_report_free(&r);
}

/* A ticket that nobody registered is found. */
static void S3_4_5_without_history(void **state)
{
	int64_t id = rows_ticket(&(struct rows_ticket){.kind = "complaint", .opened = "2026-11-05 09:00"});
	struct cs_report r;

	(void)state;
	desk_time("2026-12-01 00:00");
	r = rows_report("reconcile", "2026-11", NULL);
	assert_string_equal(agrees(&r, "information"), "no");
	assert_string_equal(difference(&r, id, "information", "why"), "the history does not have it: run cs-check");
	cs_report_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(S3_4_5_nothing, begin, end),
		cmocka_unit_test_setup_teardown(S3_4_5_agree, begin, end),
		cmocka_unit_test_setup_teardown(S3_4_5_late_entry, begin, end),
		cmocka_unit_test_setup_teardown(S3_4_5_moved, begin, end),
		cmocka_unit_test_setup_teardown(S3_4_5_without_history, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
