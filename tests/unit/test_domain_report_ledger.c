/* S3-4-33, S3-10-1, S4-4-1, S3-4-5: the complaint ledger and the registers beside it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "domain/erase.h"
#include "editions.h"
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

static const char *figure(const struct cs_report *r, int64_t ticket, const char *column)
{
	return rows_figure(r, "ledger", cs_ref_text(ticket, ref), column);
}

/* A complaint of the second of November, replied to and finished on the third. */
static int64_t complain(void)
{
	int64_t id = desk_register("complaint", "owner.noise", "wish=尽快", NULL);

	desk_time("2026-11-03 10:00");
	desk_do(id, "answer result=已协调");
	desk_do(id, "reply reply_text=已答复");
	desk_actor("chief");
	desk_do(id, "validate validity=valid");
	desk_actor("ling");
	return id;
}

/* Date, time, property code, phone, complaint code, content, complainant, receptionist, recorder. */
static void S4_4_1_nine_fields(void **state)
{
	static const struct {
		const char *column, *want;
	} cases[] = {
		{"date", "2026-11-02"},      {"time", "09:00"},     {"premises", "3-2-501"},
		{"phone", "13800138000"},    {"content", "内容"},   {"complainant", "王芳"},
		{"receptionist", "ling"},    {"recorder", "ling"},  {"project", "p1"},
		{"channel", "phone"},        {"wish", "尽快"},      {"class", "owner_dispute"},
		{"category", "owner.noise"}, {"validity", "valid"}, {"unit", "p1.service"},
		{"responsible", "chief"},    {"reply", "已答复"},   {"result", "已协调"},
		{"state", "finished"},       {"late", "no"},        {"done_at", "2026-11-03 10:00"},
		{"closed_at", "-"},          {"score", "no data"},  {"importance", "ordinary"},
	};
	int64_t id = complain();
	struct cs_report r;

	(void)state;
	desk_time("2026-12-01 00:00");
	r = rows_report("ledger", "2026-11", NULL);
	assert_int_equal(r.table[0].row_count, 1);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(figure(&r, id, cases[i].column), cases[i].want);
	cs_report_free(&r);
}

/* Who took it in and who typed it in are two. */
static void S4_4_1_receptionist_and_recorder(void **state)
{
	const struct cs_registration reg = {.kind = "complaint",
					    .channel = "counter",
					    .category = "env.waste",
					    .body = "垃圾",
					    .place = UNIT_NORTH,
					    .accepting = UNIT_SERVICE,
					    .first = desk_staff("assistant"),
					    .customer = PERSON_WANG,
					    .premises = CS_NULL,
					    .due_at = CS_TIME_NONE,
					    .run = CS_NULL};
	int64_t id = desk_register_as(&reg, "", NULL);
	struct cs_report r;

	(void)state;
	assert_true(id);
	desk_time("2026-12-01 00:00");
	r = rows_report("ledger", "2026-11", NULL);
	assert_string_equal(figure(&r, id, "receptionist"), "assistant");
	assert_string_equal(figure(&r, id, "recorder"), "ling");
	assert_string_equal(figure(&r, id, "premises"), "-");
	cs_report_free(&r);
}

static const char columns_of_ours[] =
	"\"reports\": {\"ledger\": [\"capacity\", \"principal\", \"media\", \"same_as\", \"notice_text\"]}";

/* What a company wants besides: a code as a figure, texts and names looked up, whom an agent speaks for. */
static void S0_4_19_columns_of_the_rules(void **state)
{
	static const struct {
		const char *column, *want, *of_same;
	} cases[] = {
		{"capacity", "customer", "customer"}, {"principal", "-", "-"},   {"media", "exposed", "none"},
		{"notice_text", "电梯已修好", "-"},   {"merged_into", "-", "-"},
	};
	int64_t id = complain(), same;
	char words[60], own[CS_REF_SIZE];
	struct cs_report r, closed;
	struct cs_buf text = {0};
	struct cs_err e = {0};

	(void)state;
	edition_with(columns_of_ours);
	same = desk_register("complaint", "owner.noise", "", NULL);
	snprintf(words, sizeof words, "link same_as=%s", cs_ref_text(id, ref));
	desk_actor("chief");
	desk_do(same, words);
	desk_do(id, "compile notice_text=电梯已修好");
	desk_do(id, "assess media=exposed");
	desk_time("2026-12-01 00:00");
	r = rows_report("ledger", "2026-11", NULL);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_string_equal(figure(&r, id, cases[i].column), cases[i].want);
		assert_string_equal(figure(&r, same, cases[i].column), cases[i].of_same);
	}
	assert_string_equal(figure(&r, id, "same_as"), "-");
	assert_string_equal(figure(&r, same, "same_as"), cs_ref_text(id, own));
	/* Stored is the code; what people wrote is not. */
	cs_report_write(&r, &text);
	assert_null(strstr(cs_buf_str(&text), "电梯"));
	assert_non_null(strstr(cs_buf_str(&text), "exposed"));
	closed = (struct cs_report){0};
	assert_int_equal(cs_report_read(cs_buf_str(&text), &closed, &e), 0);
	assert_int_equal(cs_report_ledger.fill(desk, &closed, INT64_MAX, &e), 0);
	assert_string_equal(figure(&closed, id, "notice_text"), "电梯已修好");
	assert_string_equal(figure(&closed, id, "media"), "exposed");
	assert_string_equal(figure(&closed, id, "complainant"), "王芳");
	cs_report_free(&closed);
	cs_report_free(&r);
	cs_buf_free(&text);
}

static void S3_10_1_month(void **state)
{
	struct cs_report r;
	int64_t last;

	(void)state;
	desk_time("2026-11-30 23:59:59");
	last = desk_register("complaint", "env.waste", "", NULL);
	desk_register("request", "eng.leak", "", NULL);
	desk_time("2026-12-01 00:00");
	desk_register("complaint", "env.waste", "", NULL);
	r = rows_report("ledger", "2026-11", NULL);
	assert_int_equal(r.table[0].row_count, 1);
	assert_string_equal(figure(&r, last, "time"), "23:59");
	cs_report_free(&r);
	r = rows_report("ledger", "2026-10", NULL);
	assert_int_equal(r.table[0].row_count, 0);
	cs_report_free(&r);
	r = rows_report("ledger", "2026-11", "p2");
	assert_int_equal(r.table[0].row_count, 0);
	cs_report_free(&r);
}

/* Open and past its due. */
static void S3_4_33_overdue(void **state)
{
	int64_t id = desk_register("complaint", "env.waste", "", NULL);
	struct cs_report r = rows_report("ledger", "2026-11", NULL);

	(void)state;
	assert_string_equal(figure(&r, id, "late"), "-");
	cs_report_free(&r);
	desk_time("2026-12-31 00:00");
	r = rows_report("ledger", "2026-11", NULL);
	assert_string_equal(figure(&r, id, "late"), "overdue");
	cs_report_free(&r);
}

/* Its due was missed, and moved only then: late it is, and overdue again once the new one has passed. */
static void S3_4_33_late_and_open(void **state)
{
	struct cs_ticket_row *t = &desk_ticket(desk_register("complaint", "env.waste", "", NULL))->t;
	struct cs_report r;
	struct cs_err e = {0};

	(void)state;
	t->late = CS_LATE_RUNNING;
	t->due_at = desk_at("2026-12-30 00:00");
	assert_int_equal(cs_table_save(desk->db, &cs_ticket_table, t, &e), 0);
	for (int past = 0; past < 2; past++) {
		desk_time(past ? "2026-12-30 00:00:01" : "2026-12-30 00:00:00");
		r = rows_report("ledger", "2026-11", NULL);
		assert_string_equal(figure(&r, t->id, "late"), past ? "overdue" : "yes");
		cs_report_free(&r);
	}
}

/* Withdrawn as a repeat, it is a complaint of the month all the same. */
static void S3_4_33_withdrawn_counts(void **state)
{
	int64_t id = desk_register("complaint", "env.waste", "", NULL);
	struct cs_report r;

	(void)state;
	desk_actor("chief");
	desk_do(id, "withdraw why=twice");
	desk_time("2026-12-01 00:00");
	r = rows_report("ledger", "2026-11", NULL);
	assert_string_equal(figure(&r, id, "state"), "closed");
	assert_string_equal(figure(&r, id, "late"), "-");
	cs_report_free(&r);
}

/* What was written stands in no stored figure; it is read again as it stood when the ledger was closed. */
static void S3_4_33_closed(void **state)
{
	int64_t id = complain();
	struct cs_report r;
	struct cs_buf b = {0};

	(void)state;
	desk_time("2026-12-01 00:00");
	rows_close("ledger", "2026-11", NULL);
	desk_time("2027-12-01 00:00");
	desk_do(id, "rework note=again");
	desk_actor("worker");
	desk_actor("chief");
	desk_do(id, "dispatch handling=p1.engineering assignee=worker note=x promised_at=2027-12-02_18:00");
	desk_actor("worker");
	desk_do(id, "finish result=重做");
	r = rows_closed("ledger", "2026-11", NULL);
	assert_string_equal(figure(&r, id, "result"), "已协调");
	assert_string_equal(figure(&r, id, "complainant"), "王芳");
	assert_string_equal(figure(&r, id, "unit"), "p1.service");
	assert_string_equal(rows_figure(&r, "ledger", cs_ref_text(id, ref), "state"), "finished");
	cs_report_write(&r, &b);
	assert_null(strstr(cs_buf_str(&b), "王芳"));
	assert_null(strstr(cs_buf_str(&b), "13800138000"));
	assert_null(strstr(cs_buf_str(&b), "已协调"));
	cs_buf_free(&b);
	/* The corrections name what is coded alone. */
	for (size_t i = 0; i < r.corrections.row_count; i++) {
		assert_string_not_equal(r.corrections.cell[i * 5 + 2].s, "result");
		assert_string_not_equal(r.corrections.cell[i * 5 + 2].s, "phone");
	}
	assert_true(r.corrections.row_count > 0);
	cs_report_free(&r);
}

/* Personal columns only as the ticket has them: erased, they are empty in the closed ledger too. */
static void S3_4_33_erased(void **state)
{
	int64_t id = complain();
	struct cs_erasure done;
	struct cs_report r;
	struct cs_err e = {0};

	(void)state;
	desk_time("2026-12-01 00:00");
	rows_close("ledger", "2026-11", NULL);
	assert_int_equal(cs_session_begin(desk, &e), 0);
	assert_int_equal(cs_erase_person(desk, PERSON_WANG, "asked", desk->now, &done, &e), 0);
	assert_int_equal(cs_session_commit(desk, &e), 0);
	r = rows_closed("ledger", "2026-11", NULL);
	assert_string_equal(figure(&r, id, "complainant"), "-");
	assert_string_equal(figure(&r, id, "phone"), "-");
	assert_string_equal(figure(&r, id, "content"), "-");
	assert_string_equal(figure(&r, id, "result"), "-");
	assert_string_equal(figure(&r, id, "class"), "owner_dispute");
	cs_report_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(S4_4_1_nine_fields, begin, end),
		cmocka_unit_test_setup_teardown(S4_4_1_receptionist_and_recorder, begin, end),
		cmocka_unit_test_setup_teardown(S0_4_19_columns_of_the_rules, begin, end),
		cmocka_unit_test_setup_teardown(S3_10_1_month, begin, end),
		cmocka_unit_test_setup_teardown(S3_4_33_overdue, begin, end),
		cmocka_unit_test_setup_teardown(S3_4_33_late_and_open, begin, end),
		cmocka_unit_test_setup_teardown(S3_4_33_withdrawn_counts, begin, end),
		cmocka_unit_test_setup_teardown(S3_4_33_closed, begin, end),
		cmocka_unit_test_setup_teardown(S3_4_33_erased, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
