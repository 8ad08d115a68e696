/* Customers as rows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/customer_change.h"
#include "text/customer_text.h"

enum { DAY = 86400 };

static void print(int kind, int64_t id, cs_time at, struct cs_buf *to)
{
	static const struct cs_column facts[] = {{.name = "field"}, {.name = "value"}};
	struct cs_out *out = cs_out_open_buf(to, CS_FORMAT_TEXT,
					     kind == 0   ? cs_customer_columns
					     : kind == 1 ? cs_customer_csv
							 : facts,
					     kind == 0   ? cs_customer_column_count
					     : kind == 1 ? CS_CC_COUNT
							 : 2);
	struct cs_person_row p;
	struct cs_err e = {0};
	int rc;

	assert_int_equal(cs_table_find(desk->db, &cs_person_table, id, &desk->work, &p, &e), 1);
	rc = kind == 0   ? cs_customer_print(desk, &p, at, out, &e)
	     : kind == 1 ? cs_customer_print_csv(desk, &p, out, &e)
			 : cs_customer_show(desk, &p, out, &e);
	assert_int_equal(rc, 0);
	assert_int_equal(cs_out_close(out, &e), 0);
}

static void rows_of_a_customer(void **state)
{
	const struct cs_customer_spec spec[] = {
		{.phone = "13800138000", .address = "3-2-501", .unit = UNIT_NORTH},
		{.phone = "13800138000", .address = "9-1", .unit = UNIT_P2}};
	struct cs_tenure_change t[] = {{"owner", 1793548800, 1793548800 + DAY},
				       {"tenant", 1793548800 + DAY, CS_NULL}};
	const struct cs_customer_change none = {0};
	struct cs_buf out = {0};
	struct cs_customer who;
	struct cs_err e = {0};
	bool changed;

	(void)state;
	desk_begin(); /* 2026-11-02 09:00; 1793548800 is 2026-11-02 00:00 */
	assert_int_equal(desk_at("2026-11-02"), 1793548800);
	assert_int_equal(cs_session_begin(desk, &e), 0);
	for (int i = 0; i < 2; i++)
		assert_int_equal(cs_customer_enter(desk, &spec[i], &none, &t[i], desk->now, &who,
						   &changed, &e),
				 0);
	print(0, 1, 1793548800, &out);
	assert_string_equal(cs_buf_str(&out),
			    "1\t王芳\t13800138000\t3-2-501\tp1.north\towner\t\t\t\n");
	cs_buf_clear(&out);
	print(0, 1, 1793548800 + DAY, &out);
	assert_string_equal(cs_buf_str(&out), "1\t王芳\t13800138000\t9-1\tp2\ttenant\t\t\t\n");
	cs_buf_clear(&out);
	print(1, 1, 0, &out);
	assert_string_equal(
		cs_buf_str(&out),
		"\t\t王芳\t13800138000\t3-2-501\tp1.north\towner\t2026-11-02\t2026-11-02\t\t\t\n"
		"\t\t王芳\t13800138000\t9-1\tp2\ttenant\t2026-11-03\t\t\t\t\n");
	cs_buf_clear(&out);
	print(1, 2, 0, &out);
	assert_string_equal(cs_buf_str(&out),
			    "\t\t王芳\t13900139000\t\t\t\t\t\tgold\t\tassistant\n");
	cs_session_rollback(desk);
	cs_buf_clear(&out);
	desk_register("request", "eng.leak", "", NULL);
	print(2, 1, 0, &out);
	assert_string_equal(
		cs_buf_str(&out),
		"customer\t1\nname\t王芳\nphone\t13800138000\nticket\tR20261102-0001\n");
	cs_buf_free(&out);
	desk_end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(rows_of_a_customer)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
