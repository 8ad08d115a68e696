/* CSV fields: quoted only where needed, and the reader gives them back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "text/csv.h"
#include "text/csv_write.h"

struct one {
	const char *value, *plain, *excel;
};

static const struct one cases[] = {
	{"plain", "plain", "plain"},
	{"", "", ""},
	{"a,b", "\"a,b\"", "\"a,b\""},
	{"a\"b", "\"a\"\"b\"", "\"a\"\"b\""},
	{"\"", "\"\"\"\"", "\"\"\"\""},
	{"a\nb", "\"a\nb\"", "\"a\nb\""},
	{"a\rb", "\"a\rb\"", "\"a\rb\""},
	{" a", "\" a\"", "\" a\""},
	{"a\t", "\"a\t\"", "\"a\t\""},
	{"a b", "a b", "a b"},
	{"漏水", "漏水", "漏水"},
	{"=1+1", "=1+1", "'=1+1"},
	{"+1", "+1", "'+1"},
	{"-1,5", "\"-1,5\"", "\"'-1,5\""},
	{"@x", "@x", "'@x"},
	{"\tx", "\"\tx\"", "\"'\tx\""},
	{"\rx", "\"\rx\"", "\"'\rx\""},
	{"a=b", "a=b", "a=b"},
	{"-", "-", "-"}, /* no formula: how reports write "none" */
	{"--", "--", "'--"},
};
enum { CASES = sizeof cases / sizeof *cases };

static void quotes_where_needed(void **state)
{
	(void)state;
	for (size_t i = 0; i < CASES; i++) {
		struct cs_buf b = {0};

		cs_csv_put(&b, cases[i].value, ',', false);
		assert_string_equal(cs_buf_str(&b), cases[i].plain);
		cs_buf_clear(&b);
		cs_csv_put(&b, cases[i].value, ',', true);
		assert_string_equal(cs_buf_str(&b), cases[i].excel);
		cs_buf_free(&b);
	}
}

static void heeds_the_delimiter(void **state)
{
	struct cs_buf b = {0};

	(void)state;
	cs_csv_put(&b, "a;b", ';', false);
	cs_csv_put(&b, ",", ';', false);
	assert_string_equal(cs_buf_str(&b), "\"a;b\",");
	cs_buf_free(&b);
}

static void plain_fields_read_back_as_they_were(void **state)
{
	struct cs_csv *c = NULL;
	struct cs_csv_row row;
	struct cs_buf line = {0};

	(void)state;
	for (size_t i = 0; i < CASES; i++) {
		if (i)
			cs_buf_putc(&line, ',');
		cs_csv_put(&line, cases[i].value, ',', false);
	}
	cs_buf_putc(&line, '\n');
	assert_int_equal(cs_csv_open_text(line.data, line.len, NULL, ',', &c, NULL), 0);
	assert_int_equal(cs_csv_next(c, &row, NULL), 1);
	assert_null(row.bad);
	assert_int_equal(row.count, CASES);
	for (size_t i = 0; i < CASES; i++)
		assert_string_equal(row.field[i], cases[i].value);
	cs_csv_free(c);
	cs_buf_free(&line);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quotes_where_needed),
		cmocka_unit_test(heeds_the_delimiter),
		cmocka_unit_test(plain_fields_read_back_as_they_were),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
