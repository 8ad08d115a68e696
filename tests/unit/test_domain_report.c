/* Asking, closing, and what is printed a year later (design section 8). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "report_rows.h"
#include "store/report_close.h"

static int begin(void **state)
{
	(void)state;
	desk_begin();
	desk_time("2026-11-05 12:00");
	return 0;
}

static int end(void **state)
{
	(void)state;
	desk_end();
	return 0;
}

static enum cs_code ask(const char *name, const char *period, const char *unit,
			struct cs_report_ask *out)
{
	struct cs_err e = {0};

	return cs_report_ask(desk, cs_report_find(name), period, unit, out, &e) == 0 ? CS_OK
										     : e.code;
}

static void test_ask(void **state)
{
	struct cs_report_ask a;

	(void)state;
	assert_null(cs_report_find("yearly"));
	assert_int_equal(ask("monthly", NULL, NULL, &a), CS_USAGE);
	assert_int_equal(ask("monthly", "2026-13", NULL, &a), CS_USAGE);
	assert_int_equal(ask("monthly", "2026-12", NULL, &a), CS_USAGE); /* not begun */
	assert_int_equal(ask("monthly", "2026-10", "nowhere", &a), CS_USAGE);
	assert_int_equal(ask("monthly", "2026-10", "p1", &a), CS_OK);
	assert_int_equal(a.unit->id, UNIT_P1);
	assert_int_equal(a.edge, desk_at("2026-11-01 00:00"));
	assert_int_equal(ask("daily", NULL, NULL, &a), CS_OK);
	assert_string_equal(a.period.label, "2026-11-05");
	assert_int_equal(a.edge, desk->now);
	assert_int_equal(ask("monthly", "2026-W45", NULL, &a), CS_OK);
	assert_int_equal(ask("monthly", "2026-Q4", NULL, &a), CS_OK);
	assert_int_equal(ask("monthly", "2026-10-01..2026-10-15", NULL, &a), CS_OK);
	assert_int_equal(a.period.to, desk_at("2026-10-16 00:00"));
}

static const char *fact(const struct cs_report *r, const char *name)
{
	for (size_t i = 0; i < r->fact_count; i++)
		if (strcmp(r->fact[i].name, name) == 0)
			return r->fact[i].value;
	return NULL;
}

/* Edges in local time, zone, edition, mode of the database: in every report. */
static void test_head(void **state)
{
	(void)state;
	for (size_t i = 0; i < cs_report_count; i++) {
		struct cs_report r = rows_report(cs_reports[i]->name, "2026-10", "p1");

		assert_string_equal(fact(&r, "report"), cs_reports[i]->name);
		assert_string_equal(fact(&r, "from"), "2026-10-01 00:00:00");
		assert_string_equal(fact(&r, "before"), "2026-11-01 00:00:00");
		assert_string_equal(fact(&r, "zone"), "Asia/Shanghai");
		assert_string_equal(fact(&r, "unit"), "p1");
		assert_string_equal(fact(&r, "rules"), "property 2026-11-21");
		assert_string_equal(fact(&r, "database"), "rehearsal");
		assert_null(fact(&r, "closed"));
		assert_int_equal(r.table_count, cs_reports[i]->shape_count);
		cs_report_free(&r);
	}
}

static enum cs_code close_month(struct cs_report *r, const char *period, const char *unit)
{
	const struct cs_report_def *def = cs_report_find("monthly");
	struct cs_report_ask a;
	struct cs_err e = {0};
	int rc;

	assert_int_equal(cs_session_begin(desk, &e), 0);
	assert_int_equal(cs_report_ask(desk, def, period, unit, &a, &e), 0);
	assert_int_equal(cs_report_make(desk, def, &a, r, &e), 0);
	rc = cs_report_close(desk, &a, r, &e);
	if (rc == 0)
		assert_int_equal(cs_session_commit(desk, &e), 0);
	else
		cs_session_rollback(desk);
	return rc == 0 ? CS_OK : e.code;
}

static int closed(struct cs_report *live, struct cs_report *r, const char *period, struct cs_err *e)
{
	const struct cs_report_def *def = cs_report_find("monthly");
	struct cs_report_ask a;

	assert_int_equal(cs_report_ask(desk, def, period, NULL, &a, e), 0);
	assert_int_equal(cs_report_make(desk, def, &a, live, e), 0);
	return cs_report_closed(desk, def, &a, live, r, e);
}

static void written(const struct cs_report *r, struct cs_buf *out)
{
	cs_buf_clear(out);
	cs_report_write(r, out);
}

static void test_close(void **state)
{
	struct cs_report first, again, live, r;
	struct cs_buf a = {0}, b = {0};
	struct cs_err e = {0};

	(void)state;
	rows_ticket(&(struct rows_ticket){
		.kind = "request", .opened = "2026-10-05 09:00", .category = "eng.leak"});
	assert_int_equal(close_month(&first, "2026-11", NULL), CS_REFUSED); /* not over */
	cs_report_free(&first);
	assert_int_equal(closed(&live, &r, "2026-10", &e), 0);
	cs_report_free(&live);
	cs_report_free(&r);
	assert_int_equal(close_month(&first, "2026-10", NULL), CS_OK);
	assert_non_null(fact(&first, "chain_head"));
	assert_int_equal(close_month(&again, "2026-10", NULL), CS_REFUSED);
	assert_int_equal(close_month(&live, "2026-10", "p1"),
			 CS_OK); /* another unit is another report */
	cs_report_free(&again);
	cs_report_free(&live);
	/* A year later the same, byte for byte, and nothing to correct. */
	desk_time("2027-11-05 12:00");
	assert_int_equal(closed(&live, &r, "2026-10", &e), 1);
	written(&first, &a);
	written(&r, &b);
	assert_string_equal(cs_buf_str(&a), cs_buf_str(&b));
	assert_int_equal(r.corrections.row_count, 0);
	cs_report_free(&live);
	cs_report_free(&r);
	/* A ticket that is entered late for October: the stored figures stay, the correction is
	   listed. */
	rows_ticket(&(struct rows_ticket){
		.kind = "request", .opened = "2026-10-06 09:00", .category = "eng.leak"});
	rows_ticket(&(struct rows_ticket){
		.kind = "complaint", .opened = "2026-10-07 09:00", .done = "2026-10-08 09:00"});
	assert_int_equal(closed(&live, &r, "2026-10", &e), 1);
	written(&r, &b);
	assert_string_equal(cs_buf_str(&a), cs_buf_str(&b));
	assert_true(r.corrections.row_count > 0);
	for (size_t i = 0; i < r.corrections.row_count; i++) {
		const struct cs_value *c = &r.corrections.cell[i * 5];

		if (strcmp(c[0].s, "stock") == 0 && strcmp(c[1].s, "all/*") == 0 &&
		    strcmp(c[2].s, "opened") == 0) {
			assert_string_equal(c[3].s, "1");
			assert_string_equal(c[4].s, "3");
		}
		if (strcmp(c[0].s, "stock") == 0 && strcmp(c[1].s, "kind/complaint") == 0 &&
		    strcmp(c[2].s, "closed") == 0) {
			assert_null(c[3].s);
			assert_string_equal(c[4].s, "1");
		}
	}
	cs_report_free(&live);
	cs_report_free(&r);
	cs_report_free(&first);
	cs_buf_free(&a);
	cs_buf_free(&b);
}

/* Stored figures that somebody changed are not passed off as those that were closed. */
static void test_altered(void **state)
{
	struct cs_report_close_row row = {.name = "monthly",
					  .period = "2026-10",
					  .unit = CS_NULL,
					  .edition = 1,
					  .chain_head = "",
					  .figures = "{\"version\":1}"};
	struct cs_report live, r;
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(cs_db_begin(desk->db, &e), 0);
	assert_int_equal(cs_report_close_add(desk->db, &row, &e), 0);
	assert_int_equal(cs_db_commit(desk->db, &e), 0);
	assert_int_equal(closed(&live, &r, "2026-10", &e), -1);
	assert_int_equal(e.code, CS_IO);
	cs_report_free(&live);
	cs_report_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_ask, begin, end),
		cmocka_unit_test_setup_teardown(test_head, begin, end),
		cmocka_unit_test_setup_teardown(test_close, begin, end),
		cmocka_unit_test_setup_teardown(test_altered, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
