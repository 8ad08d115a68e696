/* The organisation as text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "text/org_form.h"

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

static void forms_fit_their_tables(void **state)
{
	static const char *const words[] = {"unit",  "staff", "post",   "record",
					    "units", "posts", "records"};
	struct cs_err e = {0};

	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		const struct cs_org_form *f = cs_org_form_find(words[i], &e);

		assert_non_null(f);
		assert_true(f->count <= CS_ORG_FIELDS_MAX);
		assert_true(f->table->row_size <= sizeof(union cs_org_row));
		assert_string_equal(f->table->column[0].name, "id");
		for (size_t k = 0; k < f->count; k++)
			assert_ptr_equal(cs_org_form_field(f, f->field[k].name), &f->field[k]);
	}
	assert_null(cs_org_form_find("people", &e));
	assert_int_equal(e.code, CS_USAGE);
}

static void values(void **state)
{
	static const struct {
		const char *form, *field, *text, *back, *says; /* back: as printed, NULL empty */
	} cases[] = {
		{"unit", "code", " p9 ", "p9", NULL},
		{"unit", "households", "1200", "1200", NULL},
		{"unit", "households", "-1", NULL, "households: '-1' is no whole number"},
		{"unit", "households", "many", NULL, "is no whole number"},
		{"unit", "households", "", NULL, NULL},
		{"unit", "parent", "p1", "p1", NULL},
		{"unit", "parent", "阳光花园", "p1", NULL},
		{"unit", "parent", "engineering", NULL, "fits several"},
		{"unit", "parent", "nowhere", NULL, "no unit 'nowhere'"},
		{"unit", "closed", "2026-11-30", "2026-11-30", NULL},
		{"unit", "closed", "2026-11-30 12:00", "2026-11-30 12:00:00", NULL},
		{"staff", "joined", "2026-11-01", "2026-11-01", NULL},
		{"staff", "joined", "2026-13-01", NULL, "joined: "},
		{"post", "login", "ling", "ling", NULL},
		{"post", "login", "lin", NULL, "login: nobody on the staff has the login or name 'lin'; did you mean"},
		{"post", "deputy", "yes", "yes", NULL},
		{"post", "deputy", "no", "no", NULL},
		{"post", "deputy", "maybe", NULL, "neither yes nor no"},
		{"record", "note", "全部内容", "全部内容", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct cs_org_form *f = cs_org_form_find(cases[i].form, NULL);
		const struct cs_org_field *field = cs_org_form_field(f, cases[i].field);
		struct cs_cell cells[CS_ORG_FIELDS_MAX], *cell = &cells[field - f->field];
		char buf[CS_ORG_FIELDS_MAX][32], number[32] = "";
		union cs_org_row row;
		struct cs_err e = {0};
		const char *got;
		int rc;

		cs_table_blank(f->table, &row);
		rc = cs_org_form_set(desk, &desk->work, field, cases[i].text, f->table, &row, &e);
		if (rc != (cases[i].says ? -1 : 0) ||
		    (cases[i].says && !strstr(e.text, cases[i].says)))
			fail_msg("case %zu: %s", i, e.text);
		if (rc < 0)
			continue;
		cs_org_form_cells(desk, f, &row, cells, buf);
		snprintf(number, sizeof number, "%lld", (long long)cell->number);
		got = cell->type == CS_CELL_TEXT   ? cell->text
		      : cell->type == CS_CELL_BOOL ? (cell->number ? "yes" : "no")
						   : number;
		if (!cases[i].back)
			assert_int_equal(cell->type, CS_CELL_NULL);
		else
			assert_string_equal(got, cases[i].back);
	}
}

static void units_come_as_a_tree(void **state)
{
	static const char *const want[] = {
		"hq",       "east",       "p1", "p1.engineering", "p1.environment",
		"p1.north", "p1.service", "p2", "p2.engineering"};
	const struct cs_org_form *f = cs_org_form_find("units", NULL);
	const void **rows;
	struct cs_err e = {0};
	size_t n;

	(void)state;
	assert_int_equal(cs_org_form_rows(desk, f, &desk->work, &rows, &n, &e), 0);
	assert_int_equal(n, sizeof want / sizeof *want);
	for (size_t i = 0; i < n; i++)
		assert_string_equal(((const struct cs_unit_row *)rows[i])->code, want[i]);
	assert_int_equal(
		cs_org_form_rows(desk, cs_org_form_find("posts", NULL), &desk->work, &rows, &n, &e),
		0);
	assert_string_equal(((const struct cs_post_row *)rows[0])->post, "admin");
	assert_string_equal(((const struct cs_post_row *)rows[1])->post, "company_complaints");
}

static void what_holds(void **state)
{
	const struct cs_org_form *posts = cs_org_form_find("posts", NULL),
				 *units = cs_org_form_find("units", NULL);
	const struct cs_post_row p = {1, "front_desk", UNIT_P1, 2, 0, 100, 200};
	const struct cs_unit_row u = {1, "x", "x", "x", NULL, CS_NULL, CS_NULL, 50};

	(void)state;
	assert_false(cs_org_form_holds(posts, &p, 99));
	assert_true(cs_org_form_holds(posts, &p, 100));
	assert_true(cs_org_form_holds(posts, &p, 199));
	assert_false(cs_org_form_holds(posts, &p, 200));
	assert_true(cs_org_form_holds(units, &u, 49));
	assert_false(cs_org_form_holds(units, &u, 50));
}

static void found_again(void **state)
{
	const struct cs_org_form *f = cs_org_form_find("posts", NULL);
	union cs_org_row row;
	struct cs_err e = {0};

	(void)state;
	cs_table_blank(f->table, &row);
	row.post.post = "front_desk";
	row.post.staff = desk_staff("ling");
	row.post.unit = UNIT_P1;
	row.post.from_at = 1577808000;
	assert_int_equal(cs_org_form_match(desk, f, &row, &e), 1);
	assert_int_equal(row.post.id, 2);
	row.post.from_at++;
	assert_int_equal(cs_org_form_match(desk, f, &row, &e), 0);
	assert_int_equal(cs_org_form_get(desk, f, "2", &row, &e), 0);
	assert_string_equal(row.post.post, "front_desk");
	assert_int_equal(cs_org_form_get(desk, f, "99", &row, &e), -1);
	assert_int_equal(cs_org_form_get(desk, f, "two", &row, &e), -1);
	assert_int_equal(cs_org_form_get(desk, cs_org_form_find("staff", NULL), "nobody", &row, &e),
			 -1);
	assert_int_equal(e.code, CS_USAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(forms_fit_their_tables),
		cmocka_unit_test_setup_teardown(values, begin, end),
		cmocka_unit_test_setup_teardown(units_come_as_a_tree, begin, end),
		cmocka_unit_test(what_holds),
		cmocka_unit_test_setup_teardown(found_again, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
