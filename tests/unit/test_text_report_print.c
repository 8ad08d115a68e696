/* Reports in the five formats; what people read and what programs read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "text/report_print.h"

static const struct cs_report_column columns[] = {
	{"kind", CS_FIGURE_KEY},       {"unit", CS_FIGURE_KEY},
	{"met", CS_FIGURE_COUNT},      {"on_time", CS_FIGURE_PERCENT},
	{"mean_s", CS_FIGURE_SECONDS}, {"score", CS_FIGURE_HUNDREDTHS},
	{"verdict", CS_FIGURE_TEXT},
};
static const struct cs_report_shape shape = {"clocks", "about them", columns, 7, 2};
static const struct cs_report_shape *const shapes[] = {&shape};
static const struct cs_report_def def = {
	.name = "trial", .about = "a trial", .shape = shapes, .shape_count = 1};
static const struct cs_report_def tickets = {
	.name = "trial", .about = "a trial", .shape = shapes, .shape_count = 1, .tickets = true};

static struct cs_report make(void)
{
	struct cs_report r = {.def = &def, .period = "2026-10"};
	struct cs_report_table *t = cs_report_add(&r, &shape);
	struct cs_value *cell = cs_report_row(&r, t);

	r.fact[r.fact_count++] = (struct cs_report_fact){"report", "trial"};
	r.fact[r.fact_count++] = (struct cs_report_fact){"zone", "Asia/Shanghai"};
	cell[0] = CS_S("request");
	cell[1] = CS_S("=p1");
	cell[2] = CS_I(6);
	cell[3] = CS_I(8571);
	cell[4] = CS_I(97445);
	cell[5] = CS_I(407);
	cell[6] = CS_S("met");
	cell = cs_report_row(&r, t);
	cell[0] = CS_S("投诉");
	cell[1] = CS_S("-");
	cell[2] = CS_I(0);
	cell[4] = CS_I(3725);
	return r;
}

static void expect(const struct cs_report *r, enum cs_format format, const char *table, bool excel,
		   const char *want)
{
	const struct cs_report_style style = {.format = format, .table = table, .excel = excel};
	struct cs_buf out = {0};
	struct cs_err e = {0};

	assert_int_equal(cs_report_print(r, &style, &out, &e), 0);
	assert_string_equal(cs_buf_str(&out), want);
	cs_buf_free(&out);
}

static void test_page(void **state)
{
	struct cs_report r = make();

	(void)state;
	expect(&r, CS_FORMAT_TABLE, NULL, false,
	       "report      trial\n"
	       "zone        Asia/Shanghai\n"
	       "\n"
	       "clocks: about them\n"
	       "kind     unit  met  on time         mean    score  verdict\n"
	       "request  =p1     6   85.71%  1d 03:04:05     4.07  met\n"
	       "投诉     -       0  no data     01:02:05  no data  -\n");
	cs_report_free(&r);
}

static void test_tidy(void **state)
{
	struct cs_report r = make();

	(void)state;
	r.unit = "p1";
	expect(&r, CS_FORMAT_CSV, NULL, false,
	       "report,period,unit,table,row,row2,row3,column,value\n"
	       "trial,2026-10,p1,head,,,,report,trial\n"
	       "trial,2026-10,p1,head,,,,zone,Asia/Shanghai\n"
	       "trial,2026-10,p1,clocks,request,=p1,,met,6\n"
	       "trial,2026-10,p1,clocks,request,=p1,,on_time,85.71\n"
	       "trial,2026-10,p1,clocks,request,=p1,,mean_s,97445\n"
	       "trial,2026-10,p1,clocks,request,=p1,,score,4.07\n"
	       "trial,2026-10,p1,clocks,request,=p1,,verdict,met\n"
	       "trial,2026-10,p1,clocks,投诉,-,,met,0\n"
	       "trial,2026-10,p1,clocks,投诉,-,,on_time,no data\n"
	       "trial,2026-10,p1,clocks,投诉,-,,mean_s,3725\n"
	       "trial,2026-10,p1,clocks,投诉,-,,score,no data\n"
	       "trial,2026-10,p1,clocks,投诉,-,,verdict,\n");
	cs_report_free(&r);
}

static void test_wide(void **state)
{
	struct cs_report r = make();

	(void)state;
	expect(&r, CS_FORMAT_CSV, "clocks", false,
	       "kind,unit,met,on_time,mean_s,score,verdict\n"
	       "request,=p1,6,85.71,97445,4.07,met\n"
	       "投诉,-,0,no data,3725,no data,\n");
	expect(&r, CS_FORMAT_CSV, "clocks", true,
	       "\xEF\xBB\xBFkind,unit,met,on_time,mean_s,score,verdict\r\n"
	       "request,'=p1,6,85.71,97445,4.07,met\r\n"
	       "投诉,-,0,no data,3725,no data,\r\n");
	expect(&r, CS_FORMAT_CSV, "corrections", false, "table,row,column,stored,live\n");
	/* A list of tickets is printed as such in text. */
	r.def = &tickets;
	expect(&r, CS_FORMAT_TEXT, NULL, false,
	       "request\t=p1\t6\t85.71\t97445\t4.07\tmet\n投诉\t-\t0\tno data\t3725\tno data\t\n");
	cs_report_free(&r);
}

static void test_json(void **state)
{
	struct cs_report r = make();
	static const char want[] = "{\"head\":{\"report\":\"trial\",\"zone\":\"Asia/"
				   "Shanghai\"},\n\"tables\":{\n\"clocks\":[\n"
				   "{\"kind\":\"request\",\"unit\":\"=p1\",\"met\":6,\"on_time\":"
				   "85.71,\"mean_s\":97445,\"score\":4.07,\"verdict\":\"met\"},\n"
				   "{\"kind\":\"投诉\",\"unit\":\"-\",\"met\":0,\"on_time\":null,"
				   "\"mean_s\":3725,\"score\":null,\"verdict\":null}]},\n"
				   "\"corrections\":[]}\n";
	struct cs_json *doc = NULL;
	struct cs_err e = {0};

	(void)state;
	expect(&r, CS_FORMAT_JSON, NULL, false, want);
	assert_int_equal(cs_json_parse(want, strlen(want), &doc, &e), 0);
	cs_json_free(doc);
	expect(&r, CS_FORMAT_JSONL, NULL, false,
	       "{\"table\":\"head\",\"report\":\"trial\",\"zone\":\"Asia/Shanghai\"}\n"
	       "{\"table\":\"clocks\",\"kind\":\"request\",\"unit\":\"=p1\",\"met\":6,\"on_time\":"
	       "85.71,\"mean_s\":97445,\"score\":4.07,"
	       "\"verdict\":\"met\"}\n"
	       "{\"table\":\"clocks\",\"kind\":\"投诉\",\"unit\":\"-\",\"met\":0,\"on_time\":null,"
	       "\"mean_s\":3725,\"score\":null,"
	       "\"verdict\":null}\n");
	cs_report_free(&r);
}

static void test_corrections(void **state)
{
	struct cs_report r = make(), live = make();

	(void)state;
	live.table[0].cell[2] = CS_I(7);
	cs_report_diff(&r, &live);
	expect(&r, CS_FORMAT_TEXT, "corrections", false, "clocks\trequest/=p1\tmet\t6\t7\n");
	expect(&r, CS_FORMAT_CSV, "corrections", false,
	       "table,row,column,stored,live\nclocks,request/=p1,met,6,7\n");
	cs_report_free(&live);
	cs_report_free(&r);
}

static void test_style(void **state)
{
	static const struct {
		struct cs_report_style style;
		enum cs_code code;
	} cases[] = {
		{{.format = CS_FORMAT_CSV}, CS_OK},
		{{.format = CS_FORMAT_CSV, .table = "clocks", .excel = true}, CS_OK},
		{{.format = CS_FORMAT_JSON, .table = "corrections"}, CS_OK},
		{{.format = CS_FORMAT_JSON, .excel = true}, CS_USAGE},
		{{.format = CS_FORMAT_CSV, .table = "clock"}, CS_USAGE},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_err e = {0};

		cs_report_style_check(&def, &cases[i].style, &e);
		assert_int_equal(e.code, cases[i].code);
	}
}

/* Where the head is not in the output it is said beside it. */
static void test_head(void **state)
{
	struct cs_report r = make();
	char *line;

	(void)state;
	assert_true(
		cs_report_has_head(&r, &(struct cs_report_style){.format = CS_FORMAT_TEXT}, &line));
	assert_null(line);
	assert_false(cs_report_has_head(
		&r, &(struct cs_report_style){.format = CS_FORMAT_CSV, .table = "clocks"}, &line));
	assert_string_equal(line, "report trial, zone Asia/Shanghai");
	free(line);
	r.def = &tickets;
	assert_false(
		cs_report_has_head(&r, &(struct cs_report_style){.format = CS_FORMAT_TEXT}, &line));
	free(line);
	cs_report_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_page),        cmocka_unit_test(test_tidy),
		cmocka_unit_test(test_wide),        cmocka_unit_test(test_json),
		cmocka_unit_test(test_corrections), cmocka_unit_test(test_style),
		cmocka_unit_test(test_head),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
