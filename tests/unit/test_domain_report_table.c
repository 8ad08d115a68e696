/* Tables of figures: keys, order, the stored form, differences. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/report.h"

static const struct cs_report_column columns[] = {
	{"kind", CS_FIGURE_KEY},       {"clock", CS_FIGURE_KEY},
	{"met", CS_FIGURE_COUNT},      {"on_time", CS_FIGURE_PERCENT},
	{"mean_s", CS_FIGURE_SECONDS}, {"score", CS_FIGURE_HUNDREDTHS},
	{"verdict", CS_FIGURE_TEXT},
};
static const struct cs_report_shape shape = {"clocks", "about them", columns, 7, 2};

static struct cs_report make(int64_t met)
{
	struct cs_report r = {.period = "2026-10", .unit = NULL};
	struct cs_report_table *t = cs_report_add(&r, &shape);
	struct cs_value *cell = cs_report_row(&r, t);

	r.fact[r.fact_count++] = (struct cs_report_fact){"zone", "Asia/Shanghai"};
	cell[0] = CS_S("request");
	cell[1] = cs_report_key(NULL);
	cell[2] = CS_I(met);
	cell[3] = cs_report_percent(met, 3);
	cell[5] = CS_I(467);
	cell[6] = CS_S("好\"的");
	return r;
}

static void test_percent(void **state)
{
	static const struct {
		int64_t num, den, want; /* -1: no data */
	} cases[] = {{0, 0, -1},    {0, 7, 0},    {6, 7, 8571},
		     {7, 7, 10000}, {2, 3, 6666}, {99999, 100000, 9999},
		     {3, 2, 15000}};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_value v = cs_report_percent(cases[i].num, cases[i].den);

		assert_int_equal(v.type, cases[i].want < 0 ? CS_V_NONE : CS_V_INT);
		if (cases[i].want >= 0)
			assert_int_equal(v.i, cases[i].want);
	}
}

static void test_keys_and_order(void **state)
{
	struct cs_report r = make(2);
	struct cs_report_table *t = &r.table[0];

	(void)state;
	cs_report_keyed(&r, t, (const char *const[]){"complaint", "reply"})[2].i = 5;
	assert_int_equal(cs_report_keyed(&r, t, (const char *const[]){"complaint", "reply"})[2].i,
			 5);
	cs_report_keyed(&r, t, (const char *const[]){"*", NULL})[2].i = 1;
	assert_int_equal(t->row_count, 3);
	cs_report_sort(t, 0);
	assert_string_equal(t->cell[0].s, "*");
	assert_string_equal(t->cell[7].s, "complaint");
	assert_string_equal(cs_report_row_text(&r.arena, t, &t->cell[14]), "request/-");
	cs_report_free(&r);
}

static void test_there_and_back(void **state)
{
	struct cs_report r = make(2), back = {0};
	struct cs_buf a = {0}, b = {0};
	struct cs_err e = {0};

	(void)state;
	cs_report_write(&r, &a);
	assert_int_equal(cs_report_read(cs_buf_str(&a), &back, &e), 0);
	cs_report_write(&back, &b);
	assert_string_equal(cs_buf_str(&a), cs_buf_str(&b));
	assert_int_equal(back.table[0].shape->key_count, 2);
	assert_int_equal(back.table[0].cell[4].type, CS_V_NONE);
	cs_report_free(&r);
	cs_report_free(&back);
	cs_buf_free(&a);
	cs_buf_free(&b);
}

static void test_damaged(void **state)
{
	static const struct {
		const char *text;
		enum cs_code code;
	} cases[] = {
		{"", CS_IO},
		{"{}", CS_CONFIG},
		{"{\"version\":2}", CS_CONFIG},
		{"{\"version\":1}", CS_IO},
		{"{\"version\":1,\"period\":\"2026\",\"tables\":[]}", CS_IO},
		{"{\"version\":1,\"period\":\"2026\",\"tables\":[{\"table\":\"t\",\"columns\":[["
		 "\"a\",\"what\"]],\"rows\":[]}]}",
		 CS_IO},
		{"{\"version\":1,\"period\":\"2026\",\"tables\":[{\"table\":\"t\",\"columns\":[["
		 "\"a\",\"key\"]],\"rows\":[[1,2]]}]}",
		 CS_IO},
		{"{\"version\":1,\"period\":\"2026\",\"tables\":[{\"table\":\"t\",\"columns\":[["
		 "\"a\",\"key\"]],\"rows\":[[1]]}]}",
		 CS_IO},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_report r = {0};
		struct cs_err e = {0};

		assert_int_equal(cs_report_read(cases[i].text, &r, &e), -1);
		assert_int_equal(e.code, cases[i].code);
		cs_report_free(&r);
	}
}

static void test_differences(void **state)
{
	struct cs_report stored = make(2), live = make(3);
	const struct cs_value *c;

	(void)state;
	cs_report_diff(&stored, &live);
	assert_int_equal(stored.corrections.row_count, 2); /* met and on_time */
	c = stored.corrections.cell;
	assert_string_equal(c[0].s, "clocks");
	assert_string_equal(c[1].s, "request/-");
	assert_string_equal(c[2].s, "met");
	assert_string_equal(c[3].s, "2");
	assert_string_equal(c[4].s, "3");
	assert_string_equal(c[7].s, "on_time");
	assert_string_equal(c[8].s, "66.66");
	assert_string_equal(c[9].s, "100.00");
	cs_report_free(&live);
	live = make(2);
	cs_report_diff(&stored, &live);
	assert_int_equal(stored.corrections.row_count, 0);
	/* A row that is new: what is not zero in it. */
	cs_report_keyed(&live, &live.table[0], (const char *const[]){"complaint", "reply"})[2].i =
		4;
	cs_report_diff(&stored, &live);
	assert_int_equal(stored.corrections.row_count, 1);
	assert_null(stored.corrections.cell[3].s);
	assert_string_equal(stored.corrections.cell[4].s, "4");
	cs_report_diff(&live, &stored); /* and one that is gone */
	assert_int_equal(live.corrections.row_count, 1);
	assert_string_equal(live.corrections.cell[3].s, "4");
	assert_null(live.corrections.cell[4].s);
	cs_report_free(&live);
	cs_report_free(&stored);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_percent),        cmocka_unit_test(test_keys_and_order),
		cmocka_unit_test(test_there_and_back), cmocka_unit_test(test_damaged),
		cmocka_unit_test(test_differences),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
