/* S3-4-31, S3-10-2, S0-4-22: the library of cases. */
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

static const char *text_of(const struct cs_report *r, int64_t ticket, const char *part)
{
	char row[3 * CS_REF_SIZE];

	strcpy(row, cs_ref_text(ticket, ref));
	strcat(row, "/");
	strcat(row, part);
	return rows_figure(r, "parts", row, "text");
}

static int64_t complain(const char *words)
{
	const struct cs_registration reg = {.kind = "complaint",
					    .channel = "phone",
					    .category = "owner.noise",
					    .body = "3栋2单元501的王芳说楼上太吵，电话13800138000",
					    .place = UNIT_NORTH,
					    .accepting = CS_NULL,
					    .first = CS_NULL,
					    .customer = PERSON_WANG,
					    .premises = PREMISES_1,
					    .has_phone = true,
					    .due_at = CS_TIME_NONE,
					    .run = CS_NULL};

	return desk_register_as(&reg, words, NULL);
}

/* Marked as typical, or important: of those done in the period, nothing else. */
static void S3_4_31_which(void **state)
{
	int64_t important = complain("important=yes"), typical = complain(""), open = complain("important=yes"),
		other = complain("");
	struct cs_report r;

	(void)state;
	desk_do(important, "answer result=已协调，王女士满意");
	desk_do(typical, "answer result=已协调");
	desk_do(other, "answer result=已协调");
	desk_actor("chief");
	desk_do(typical, "verify note=ok typical=yes");
	desk_time("2026-12-01 00:00");
	r = rows_report("cases", "2026-11", NULL);
	assert_int_equal(r.table[0].row_count, 2);
	assert_string_equal(rows_figure(&r, "cases", cs_ref_text(important, ref), "class"), "owner_dispute");
	assert_string_equal(rows_figure(&r, "cases", cs_ref_text(typical, ref), "done_at"), "2026-11-02 09:00");
	assert_null(rows_figure(&r, "cases", cs_ref_text(open, ref), "class"));
	/* What the whole company may read names nobody. */
	assert_string_equal(text_of(&r, important, "ticket/result"), "已协调，■■■满意");
	assert_string_equal(text_of(&r, important, "ticket/body"), "■■■的■■■说楼上太吵，电话■■■");
	assert_null(text_of(&r, important, "ticket/note"));
	cs_report_free(&r);
	r = rows_report("cases", "2026-10", NULL);
	assert_int_equal(r.table[0].row_count, 0);
	cs_report_free(&r);
}

/* Written parts of a report of the ticket are parts of the case. */
static void S3_4_31_written_parts(void **state)
{
	int64_t id = complain("important=yes");
	struct cs_effects l = {.arena = &desk->work};
	struct cs_report r;
	struct cs_image im;
	struct cs_err e = {0};

	(void)state;
	desk_do(id, "answer result=已协调");
	assert_int_equal(cs_session_begin(desk, &e), 0);
	assert_int_equal(cs_image_get(&im, desk->db, id, &desk->work, &e), 0);
	cs_effects_private(&l, "cell.form.hot_case.cause.text", "王芳家楼上装修");
	cs_put(&l, CS_OP_CELL_TEXT, CS_S("form.hot_case"), CS_S("cause"), CS_S("text"));
	assert_int_equal(
		cs_session_record(desk, &im, (struct cs_deed){"ticket", id, "note", desk->now, CS_NULL}, &l, &e), 0);
	assert_int_equal(cs_image_save(&im, desk->db, &e), 0);
	assert_int_equal(cs_session_commit(desk, &e), 0);
	desk_time("2026-12-01 00:00");
	r = rows_report("cases", "2026-11", NULL);
	assert_string_equal(text_of(&r, id, "hot_case/cause"), "■■■家楼上装修");
	cs_report_free(&r);
}

/* Closed, it keeps no text, and prints the same. */
static void S3_10_2_closed(void **state)
{
	int64_t id = complain("important=yes");
	struct cs_buf b = {0};
	struct cs_report r;

	(void)state;
	desk_do(id, "answer result=已协调");
	desk_time("2026-12-01 00:00");
	rows_close("cases", "2026-11", NULL);
	desk_time("2027-12-01 00:00");
	r = rows_closed("cases", "2026-11", NULL);
	assert_string_equal(text_of(&r, id, "ticket/result"), "已协调");
	assert_int_equal(r.corrections.row_count, 0);
	cs_report_write(&r, &b);
	assert_null(strstr(cs_buf_str(&b), "已协调"));
	cs_buf_free(&b);
	cs_report_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(S3_4_31_which, begin, end),
		cmocka_unit_test_setup_teardown(S3_4_31_written_parts, begin, end),
		cmocka_unit_test_setup_teardown(S3_10_2_closed, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
