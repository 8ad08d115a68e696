/* S0-4-20, S3-4-30, C29, C40: what is published is what was approved, and nothing else. */
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

static const char *notice(const struct cs_report *r, int64_t ticket)
{
	return rows_figure(r, "notices", cs_ref_text(ticket, ref), "notice");
}

static const char *decision(const struct cs_report *r, int64_t ticket)
{
	return rows_figure(r, "decisions", cs_ref_text(ticket, ref), "decision");
}

/* Done, and summed up for publication. */
static int64_t compiled(const char *words)
{
	int64_t id = desk_register("complaint", "eng.lift", "", NULL);

	desk_do(id, "answer result=好");
	desk_actor("chief");
	desk_do(id, words);
	desk_actor("ling");
	return id;
}

static void publish(int64_t id)
{
	desk_actor("manager");
	desk_do(id, "publish notice_area=project notice_by=board");
	desk_actor("ling");
}

static void S3_4_30_approved_only(void **state)
{
	int64_t yes = compiled("compile common=yes notice_text=王女士（3栋2单元501）反映2号电梯停运，12月3日修好"),
		open = compiled("compile public=yes"), no = compiled("compile common=yes notice_text=不公布"),
		neither = compiled("compile common=no notice_text=不相关");
	struct cs_report r;

	(void)state;
	publish(yes);
	desk_actor("manager");
	desk_do(no, "withhold note=正在诉讼");
	desk_time("2026-12-03 00:00");
	r = rows_report("publication", "2026-11", NULL);
	assert_int_equal(r.table[0].row_count, 1);
	assert_string_equal(notice(&r, yes), "■■■（■■■）反映2号电梯停运，12月3日修好");
	assert_string_equal(rows_figure(&r, "notices", cs_ref_text(yes, ref), "approved_by"), "manager");
	assert_string_equal(rows_figure(&r, "notices", cs_ref_text(yes, ref), "area"), "project");
	assert_string_equal(decision(&r, open), "undecided");
	assert_string_equal(decision(&r, no), "declined");
	assert_null(decision(&r, neither));
	cs_report_free(&r);
	r = rows_report("publication", "2026-12", NULL);
	assert_int_equal(r.table[0].row_count + r.table[1].row_count, 0);
	cs_report_free(&r);
}

/* A later change takes the approval back; approved anew it is published as it reads now. */
static void S0_4_20_changed(void **state)
{
	int64_t id = compiled("compile common=yes notice_text=已修好");
	struct cs_report r;

	(void)state;
	publish(id);
	desk_actor("chief");
	desk_do(id, "compile notice_text=已修好");
	r = rows_report("publication", "2026-11", NULL);
	assert_string_equal(notice(&r, id), "已修好"); /* the same text is no change */
	cs_report_free(&r);
	desk_do(id, "compile notice_text=王芳家已修好");
	r = rows_report("publication", "2026-11", NULL);
	assert_null(notice(&r, id));
	assert_string_equal(decision(&r, id), "changed");
	cs_report_free(&r);
	publish(id);
	r = rows_report("publication", "2026-11", NULL);
	assert_string_equal(notice(&r, id), "■■■家已修好");
	cs_report_free(&r);
}

/* A name that became known after the approval: the notice would read otherwise, so it is not read at all. */
static void C40_party_known_later(void **state)
{
	int64_t id = compiled("compile common=yes notice_text=感谢赵小丽提供线索");
	struct cs_effects l = {.arena = &desk->work};
	struct cs_image im;
	struct cs_report r;
	struct cs_err e = {0};

	(void)state;
	publish(id);
	r = rows_report("publication", "2026-11", NULL);
	assert_string_equal(notice(&r, id), "感谢赵小丽提供线索");
	cs_report_free(&r);
	assert_int_equal(cs_session_begin(desk, &e), 0);
	assert_int_equal(cs_image_get(&im, desk->db, id, &desk->work, &e), 0);
	cs_effects_private(&l, "party.1.name", "赵小丽");
	cs_put(&l, CS_OP_PARTY_NAME, CS_I(1));
	assert_int_equal(
		cs_session_record(desk, &im, (struct cs_deed){"ticket", id, "note", desk->now, CS_NULL}, &l, &e), 0);
	assert_int_equal(cs_image_save(&im, desk->db, &e), 0);
	assert_int_equal(cs_session_commit(desk, &e), 0);
	r = rows_report("publication", "2026-11", NULL);
	assert_null(notice(&r, id));
	assert_string_equal(decision(&r, id), "changed");
	cs_report_free(&r);
}

/* A quarrel between owners must be decided on, whether or not anybody marked it. */
static void S3_4_30_owner_disputes(void **state)
{
	int64_t id = desk_register("complaint", "owner.noise", "", NULL);
	struct cs_faults remarks = {0};
	struct cs_report_ask ask;
	struct cs_report r;
	struct cs_err e = {0};

	(void)state;
	desk_do(id, "answer result=好");
	r = rows_report("publication", "2026-11", NULL);
	assert_string_equal(decision(&r, id), "undecided");
	cs_report_free(&r);
	desk_time("2026-12-05 09:00");
	desk_settle(id);
	assert_int_equal(cs_report_ask(desk, &cs_report_publication, "2026-11", NULL, &ask, &e), 0);
	assert_int_equal(cs_report_ready(desk, &cs_report_publication, &ask, &remarks, &e), 0);
	assert_int_equal(remarks.count, 1);
	assert_string_equal(remarks.item[0], "still to be decided whether they are published: 1");
	cs_faults_free(&remarks);
}

/* Closed, the notice of that time is printed, though another was approved since; its text is not in the figures. */
static void S3_4_30_closed(void **state)
{
	int64_t id = compiled("compile common=yes notice_text=王芳家已修好");
	struct cs_buf b = {0};
	struct cs_report r;

	(void)state;
	publish(id);
	desk_time("2026-12-05 09:00");
	rows_close("publication", "2026-11", NULL);
	desk_time("2027-12-05 09:00");
	desk_actor("chief");
	desk_do(id, "compile notice_text=另行公布");
	publish(id);
	r = rows_closed("publication", "2026-11", NULL);
	assert_string_equal(notice(&r, id), "■■■家已修好");
	cs_report_write(&r, &b);
	assert_null(strstr(cs_buf_str(&b), "修好"));
	cs_buf_free(&b);
	cs_report_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(S3_4_30_approved_only, begin, end),
		cmocka_unit_test_setup_teardown(S0_4_20_changed, begin, end),
		cmocka_unit_test_setup_teardown(C40_party_known_later, begin, end),
		cmocka_unit_test_setup_teardown(S3_4_30_owner_disputes, begin, end),
		cmocka_unit_test_setup_teardown(S3_4_30_closed, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
