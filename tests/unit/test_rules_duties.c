/* What complaints, projects and the company owe, by the shipped rules (requirements 4.8 to 4.10, 13.1, 13.2). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "domain/duty.h"
#include "domain/duty_time.h"
#include "editions.h"
#include "report_rows.h"
#include "rules.h"
#include "store/owed.h"
#include "text/form.h"

/* The row of this duty that came last; NULL: none. */
static const struct cs_owed_row *last(int64_t ticket, const char *duty)
{
	const struct cs_image *im = desk_ticket(ticket);
	const struct cs_owed_row *best = NULL;

	for (size_t i = 0; i < cs_image_count(im, CS_P_OWED); i++) {
		const struct cs_owed_row *o = cs_image_at(im, CS_P_OWED, i);

		if (strcmp(o->duty, duty) == 0 && (!best || o->owed_at >= best->owed_at))
			best = o;
	}
	return best;
}

/* What is owed after a life of a complaint registered on Monday 2 November at nine, when it is due (NULL: without a
   time), or why no more. */
static void owed(void **state)
{
	static const struct {
		const char *id, *words, *life, *duty, *state, *due, *why;
	} cases[] = {
		{"S3-4-26 at once", NULL, "chief assess lawsuit=pending", "major_notice", "done", NULL, NULL},
		{"S3-4-26 every week", NULL, "chief assess lawsuit=pending", "major_weekly", "owed", "2026-11-09 09:00",
		 NULL},
		{"S3-4-26 on a change", NULL, "chief assess lawsuit=pending|chief turn note=开庭", "major_turn", "owed",
		 NULL, NULL},
		{"S3-4-26 not of others", NULL, "chief assess people=4|chief turn note=开庭", "major_turn", NULL, NULL,
		 NULL},
		{"S3-4-27 afterwards", NULL,
		 "chief assess lawsuit=pending|ling answer result=和解|company verify note=已查", "major_special",
		 "owed", NULL, NULL},
		{"S3-4-27 not of others", NULL, "ling answer result=和解|company verify note=已查", "major_special",
		 NULL, NULL, NULL},
		{"S0-4-17 an important one", NULL,
		 "chief assess important=yes|ling answer result=和解|company verify note=已查", "major_special", "owed",
		 NULL, NULL},
		{"S3-4-28 a working day", NULL, "chief assess people=3", "hot_report", "owed", "2026-11-04 00:00",
		 NULL},
		{"S3-4-28 not of two", NULL, "chief assess people=2", "hot_report", NULL, NULL, NULL},
		{"S3-4-29 a week after", NULL,
		 "chief assess people=3|"
		 "chief dispatch handling=p1.engineering assignee=worker promised_at=2026-11-03_18:00|"
		 "worker finish result=已换",
		 "hot_case", "owed", "2026-11-09 09:00", NULL},
		{"S3-4-29 not of others", NULL,
		 "chief dispatch handling=p1.engineering assignee=worker promised_at=2026-11-03_18:00|worker finish "
		 "result=已换",
		 "hot_case", NULL, NULL, NULL},
		{"S0-4-2 hot: told", NULL, "chief assess people=3", "hot_notice", "done", NULL, NULL},
		{"S0-4-2 hot: record", NULL, "chief assess people=3", "hot_record", "owed", NULL, NULL},
		{"S0-4-2 major: record", NULL, "chief assess lawsuit=pending", "major_record", "owed", NULL, NULL},
		{"S0-4-2 important: told", NULL, "chief assess important=yes", "important_notice", "done", NULL, NULL},
		{"S0-4-2 ordinary: nothing", NULL, "chief assess people=1", "hot_record", NULL, NULL, NULL},
		{"facts corrected: fell", NULL, "chief assess people=3|chief assess people=1", "hot_report", "fell",
		 NULL, "fell"},
		{"facts corrected: fell", NULL, "chief assess lawsuit=pending|chief assess lawsuit=none",
		 "major_weekly", "fell", NULL, "fell"},
		{"facts given again: anew", NULL, "chief assess people=3|chief assess people=1|chief assess people=3",
		 "hot_report", "owed", "2026-11-04 00:00", NULL},
		{"S0-4-2 major once more: told once more", NULL,
		 "chief assess lawsuit=pending|chief assess lawsuit=none|chief assess lawsuit=pending", "major_notice",
		 "done", NULL, NULL},
		{"a hot one that gets worse still owes its report", NULL,
		 "chief assess people=3|chief assess lawsuit=pending", "hot_report", "owed", "2026-11-04 00:00", NULL},
		{"S3-4-26 ends with the handling", NULL, "chief assess lawsuit=pending|ling answer result=和解",
		 "major_weekly", "ended", NULL, "finished"},
	};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		const struct cs_owed_row *o;
		int64_t id;

		desk_begin();
		id = rules_register("ling", "complaint", NULL, cases[i].words, NULL);
		rules_live(cases[i].id, id, cases[i].life);
		o = last(id, cases[i].duty);
		if (!o != !cases[i].state || (o && strcmp(cs_owed_state(o), cases[i].state) != 0))
			fail_msg("%s: %s is %s", cases[i].id, cases[i].duty, o ? cs_owed_state(o) : "not owed");
		if (o && cs_owed_open(o) && (cases[i].due ? desk_at(cases[i].due) : CS_NULL) != o->due_at)
			fail_msg("%s: %s is due at another time", cases[i].id, cases[i].duty);
		if (o && cases[i].why && strcmp(o->why, cases[i].why) != 0)
			fail_msg("%s: %s: %s", cases[i].id, cases[i].duty, o->why);
		desk_end();
	}
}

/* S0-4-17: filed in a volume of its own is what was ever major or hot, whatever it is when it is closed;
   nothing else. */
static void volume(void **state)
{
	static const struct {
		const char *assessed, *state;
	} cases[] = {{"chief assess people=3|chief assess people=1", "owed"}, {"chief assess people=2", NULL},
		     {"", NULL}};
	static const struct cs_given opinion[] = {
		{"timely", "yes"}, {"acceptance", "5"}, {"measures", "4"}, {"result", "4"}};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		const struct cs_owed_row *o;
		struct cs_call_done called;
		int64_t id;

		desk_begin();
		id = rules_register("ling", "complaint", NULL, NULL, NULL);
		rules_live("S0-4-17", id, cases[i].assessed);
		rules_live("S0-4-17", id, "ling answer result=和解|company verify note=已查|"
			   "ling reply reply_text=已和解");
		assert_null(last(id, "own_volume"));
		desk_time("2026-11-02 15:00");
		assert_int_equal(rules_call("chief", id,
					    (struct cs_call_result){.outcome = CS_CALL_REACHED,
								    .score = 4,
								    .answer = opinion,
								    .answer_count = 4},
					    &called),
				 CS_OK);
		rules_live("S0-4-17", id, "ling close");
		o = last(id, "own_volume");
		if (!o != !cases[i].state || (o && strcmp(cs_owed_state(o), cases[i].state) != 0))
			fail_msg("S0-4-17: case %zu: %s", i, o ? cs_owed_state(o) : "not owed");
		desk_end();
	}
}

/* Each rise into a class owes anew; falling into it owes nothing that was owed for it already. */
static void rises(void **state)
{
	static const struct {
		const char *life, *duty;
		int rows, open;
	} cases[] = {
		{"chief assess people=3|chief assess people=1|chief assess people=3", "hot_report", 2, 1},
		{"chief assess people=3|chief assess lawsuit=pending|chief assess lawsuit=none", "hot_report", 1, 1},
		{"chief assess lawsuit=pending|chief assess lawsuit=none people=3", "hot_report", 1, 1},
		{"chief assess lawsuit=pending|chief assess lawsuit=none|chief assess lawsuit=pending", "major_notice",
		 2, 0},
		{"chief assess lawsuit=pending|chief assess lawsuit=none|chief assess lawsuit=pending", "major_record",
		 2, 1},
		{"chief assess important=yes|chief assess important=no|chief assess important=yes", "important_record",
		 2, 1},
		/* What a closing ended undone is owed again once the ticket is taken up again; what was done is not. */
		{"chief assess people=3|company withdraw why=error|ling reopen note=x", "hot_report", 2, 1},
		{"chief assess people=3|company withdraw why=error|ling reopen note=x", "hot_notice", 1, 0},
		{"chief assess people=3|company withdraw why=error|ling reopen note=x|chief assess people=1",
		 "hot_report", 2, 0},
		{"chief assess important=yes|company withdraw why=error|ling reopen note=x", "important_record", 2, 1},
	};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		int rows = 0, open = 0;
		int64_t id;

		desk_begin();
		id = rules_register("ling", "complaint", NULL, NULL, NULL);
		rules_live(cases[i].duty, id, cases[i].life);
		for (size_t k = 0; k < cs_image_count(desk_ticket(id), CS_P_OWED); k++) {
			const struct cs_owed_row *o = cs_image_at(desk_ticket(id), CS_P_OWED, k);

			rows += strcmp(o->duty, cases[i].duty) == 0;
			open += strcmp(o->duty, cases[i].duty) == 0 && cs_owed_open(o);
		}
		if (rows != cases[i].rows || open != cases[i].open)
			fail_msg("%s: %s: %d rows, %d open", cases[i].life, cases[i].duty, rows, open);
		desk_end();
	}
}

/* What units owe: the due of the period in which 2026-11-04 lies. */
static void of_units(void **state)
{
	static const struct {
		const char *id, *duty, *level, *cause, *due;
		int64_t times;
	} cases[] = {
		{"S3-4-23", "forum_watch", "project", "2026-11-04", "2026-11-05 00:00", 2},
		{"S3-4-25", "weekly_report", "project", "2026-W45", "2026-11-16 00:00", 1},
		{"S0-4-20, S3-4-30", "publish", "project", "2026-11", "2026-12-06 00:00", 1},
		{"S3-4-33, S3-10-1", "monthly_ledger", "project", "2026-11", "2027-01-01 00:00", 1},
		{"S0-4-21, S3-4-32", "monthly_statistics", "project", "2026-11", "2027-01-01 00:00", 1},
		{"S3-10-2 cases", "monthly_cases", "project", "2026-11", "2027-01-01 00:00", 1},
		{"S3-10-2 developer's legacy", "developer_list", "project", "2026-11", "2027-01-01 00:00", 1},
		{"S0-4-22", "quarterly_statistics", "hq", "2026-Q4", "2027-04-01 00:00", 1},
	};

	(void)state;
	desk_begin();
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		const struct cs_duty *d = cs_policy_duty(desk->policy, cases[i].duty);
		struct cs_duty_times t;
		struct cs_err e = {0};

		assert_non_null(d);
		assert_string_equal(d->each.of, "unit");
		assert_string_equal(d->each.where->value[0].s, cases[i].level);
		assert_int_equal(d->times, cases[i].times);
		assert_int_equal(cs_duty_period(desk->policy, d, desk_at("2026-11-04 12:00"), &desk->work, &t, &e), 0);
		if (strcmp(t.cause, cases[i].cause) != 0 || t.due != desk_at(cases[i].due))
			fail_msg("%s: %s: %s", cases[i].id, cases[i].duty, t.cause);
	}
	desk_end();
}

/* S0-4-16, S3-4-16: progress is owed when none was given for too long, once the company says how long that is. */
static void progress(void **state)
{
	int64_t id;

	(void)state;
	desk_begin();
	id = rules_register("ling", "complaint", NULL, NULL, NULL);
	assert_null(last(id, "keep_informed"));
	edition_with("\"params\": {\"cmp.progress\": {\"value\": \"48h\", \"source\": \"S0-4-16\"}}");
	id = rules_register("ling", "complaint", NULL, NULL, NULL);
	assert_int_equal(last(id, "keep_informed")->due_at, desk_at("2026-11-04 09:00"));
	desk_time("2026-11-03 10:00");
	rules_live("S0-4-16", id, "ling tell note=正在处理");
	assert_int_equal(last(id, "keep_informed")->due_at, desk_at("2026-11-05 10:00"));
	desk_time("2026-11-06 10:00");
	desk_settle(id);
	assert_true(rules_told(id, "chief"));
	desk_end();
}

/* The forms fill themselves from the ticket; what people write stands in its part (S3-4-1, S4-4-1, S0-4-2, S3-4-26 to
   S3-4-29). */
static void forms(void **state)
{
	static const struct {
		const char *id, *form, *has[6];
		size_t missing;
	} cases[] = {
		{"S3-4-1, S4-4-1",
		 "registration",
		 {"客户投诉信息登记表", "内容", "13800138000", "接待人", "记录人"},
		 0},
		{"S0-4-2",
		 "handling_record",
		 {"客户投诉处理记录表", "处理过程及结果", "重要变化 chief: 开庭", "已登记"},
		 0},
		{"S3-4-26", "major_state", {"重大投诉状态报告", "简要状态", "重要变化 chief: 开庭"}, 0},
		{"S3-4-27",
		 "major_special",
		 {"原因分析", "处理过程及结果", "恶化原因", "经验教训", "整改措施", "（待填写）"},
		 4},
		{"S3-4-28", "hot_report", {"原因分析", "简要状态", "存在困难", "需要的支持", "（待填写）"}, 3},
		{"S3-4-29", "hot_case", {"原因分析", "处理过程及结果", "经验教训", "（待填写）"}, 2},
	};
	int64_t id;

	(void)state;
	desk_begin();
	id = rules_register("ling", "complaint", NULL, NULL, NULL);
	rules_live("forms", id, "chief assess lawsuit=pending|chief turn note=开庭");
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		const struct cs_form *form = cs_policy_form(desk->policy, cases[i].form);
		struct cs_image *im = desk_ticket(id);
		struct cs_buf page = {0};
		struct cs_err e = {0};

		assert_non_null(form);
		if (cs_form_print(desk, im, form, &page, &e) < 0)
			fail_msg("%s: %s", cases[i].id, e.text);
		for (size_t k = 0; k < RULES_COUNT(cases[i].has) && cases[i].has[k]; k++)
			if (!strstr(page.data, cases[i].has[k]))
				fail_msg("%s: no '%s' in:\n%s", cases[i].id, cases[i].has[k], page.data);
		assert_int_equal(cs_form_missing(im, desk->policy, form).count, cases[i].missing);
		cs_buf_free(&page);
	}
	desk_end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(owed),     cmocka_unit_test(rises),    cmocka_unit_test(volume),
		cmocka_unit_test(of_units), cmocka_unit_test(progress), cmocka_unit_test(forms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
