/* Columns of lists: which there are, what they hold of a ticket. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "store/ref.h"
#include "text/list_columns.h"

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

static void test_read(void **state)
{
	static const struct {
		const char *text;
		bool first_ref;
		const char *names; /* or, after '!', what the fault says */
	} cases[] = {
		{NULL, false,
		 "ref kind state unit assignee category priority level opened due subject"},
		{"kind", false, "kind"},
		{"kind", true, "ref kind"},
		{"ref,kind", true, "ref kind"},
		{"", true, "ref"},
		{"kind,ref,state", true, "ref kind state"}, /* first anyway, and once */
		{"ref,ref", true, "!ref is given twice"},
		{"kind,ref,ref", true, "!ref is given twice"},
		{"ref,kind,ref", false, "!ref is given twice"},
		{"urgent,result", false, "urgent result"},
		{"", false, "!no column is named"},
		{"kind,kind", false, "!kind is given twice"},
		{"kynd", false, "!--columns: no column 'kynd'; did you mean 'kind'?"},
		{"zzzzzzzzz", false, "!no column 'zzzzzzzzz', and no kind has such a field"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_list_columns l;
		struct cs_buf names = {0};
		struct cs_err e = {0};
		int rc = cs_list_columns_read(desk->policy, cases[i].text, cases[i].first_ref,
					      &desk->work, &l, &e);

		if (cases[i].names[0] == '!') {
			assert_int_equal(rc, -1);
			assert_int_equal(e.code, CS_USAGE);
			if (!strstr(e.text, cases[i].names + 1))
				fail_msg("case %zu: %s", i, e.text);
			continue;
		}
		if (rc < 0)
			fail_msg("case %zu: %s", i, e.text);
		for (size_t k = 0; k < l.count; k++) {
			cs_buf_printf(&names, "%s%s", k ? " " : "", l.item[k].name);
			assert_string_equal(cs_list_titles(&l, &desk->work)[k].name,
					    l.item[k].name);
		}
		assert_string_equal(cs_buf_str(&names), cases[i].names);
		cs_buf_free(&names);
	}
}

static struct cs_cell cell(const char *name, const struct cs_ticket_row *t)
{
	struct cs_list_column c;
	struct cs_value v;
	struct cs_err e = {0};
	uint64_t need = 0;

	if (cs_list_column_find(desk->policy, name, &desk->work, &c, &need, &e) < 0 ||
	    cs_list_value(desk, &c, t, &desk->work, &v, &e) < 0)
		fail_msg("%s", e.text);
	assert_true(need != 0);
	return cs_list_cell(desk, &c, t, &v, &desk->work);
}

static void test_cells(void **state)
{
	static const struct {
		const char *name, *text;
	} cases[] = {
		{"kind", "request"},       {"state", "dispatched"},      {"unit", "p1.engineering"},
		{"place", "p1.north"},     {"assignee", "worker"},       {"category", "eng.leak"},
		{"customer", "王芳"},      {"phone", "13800138000"},     {"premises", "3-2-501"},
		{"opened", "2026-11-02 09:00:00"}, {"done", NULL},       {"causing", NULL},
		{"subject", "事项"},       {"matter", NULL},             {"result", NULL},
	};
	int64_t id = desk_register("request", "eng.leak", "", NULL);
	struct cs_ticket_row t;
	char ref[CS_REF_SIZE];

	(void)state;
	assert_string_equal(cell("unit", &desk_ticket(id)->t).text, "p1.service"); /* accepts */
	desk_do(id, "dispatch handling=p1.engineering assignee=worker");
	t = desk_ticket(id)->t;
	assert_string_equal(cell("ref", &t).text, cs_ref_text(id, ref));
	assert_int_equal(cell("cycle", &t).number, 1);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_cell c = cell(cases[i].name, &t);

		if (!cases[i].text) {
			assert_int_equal(c.type, CS_CELL_NULL);
			continue;
		}
		if (c.type != CS_CELL_TEXT)
			fail_msg("%s: no text", cases[i].name);
		assert_string_equal(c.text, cases[i].text);
	}
}

/* Overdue: open or waiting, past its due, without verdict. At the due itself it is not. */
static void test_overdue(void **state)
{
	struct cs_ticket_row t = {.id = 1, .kind = "request", .state_is = "open"};
	const struct {
		const char *is;
		int64_t late, due;
		bool overdue;
	} cases[] = {
		{"open", CS_NULL, desk->now - 1, true},    {"open", CS_NULL, desk->now, false},
		{"waiting", CS_NULL, desk->now - 1, true}, {"done", CS_NULL, desk->now - 1, false},
		{"open", 0, desk->now - 1, false},         {"open", CS_NULL, CS_NULL, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		t.state_is = cases[i].is;
		t.late = cases[i].late;
		t.due_at = cases[i].due;
		assert_int_equal(cell("overdue", &t).type, CS_CELL_BOOL);
		assert_int_equal(cell("overdue", &t).number, cases[i].overdue);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_read, begin, end),
		cmocka_unit_test_setup_teardown(test_cells, begin, end),
		cmocka_unit_test_setup_teardown(test_overdue, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
