/* Service requests and repairs (requirements 3.0, 3.7, 5), by the shipped property rules. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "report_rows.h"
#include "rules.h"
#include "text/form.h"

#define SIGNED  "evidence:signature.owner:王芳"
#define GONE    "ling dispatch handling=p1.engineering assignee=worker"
#define WORKING GONE "|worker arrive|worker start"
#define AGREED  "appointment=2026-11-03_15:00"
#define QUOTED  GONE "|worker arrive|worker quote row:fees:line=1,item=水龙头,quantity=1,amount=35"

static const struct rule_clock clocks[] = {
	{"S2-3-1 handed on", "request", NULL, NULL, "2026-11-03 09:00", NULL, "dispatch", "2026-11-03 09:10",
	 "ling dispatch handling=p1.engineering"},
	{"S4-5-1 slip", "request", NULL, NULL, "2026-11-03 23:55", NULL, "dispatch", "2026-11-04 00:05",
	 "ling dispatch handling=p1.engineering"},
	{"S2-3-7 sent", "request", NULL, NULL, "2026-11-03 09:00", GONE, "arrive", "2026-11-03 09:20", "worker arrive"},
	{"S4-5-1 to the home", "request", NULL, NULL, "2026-11-03 09:00", GONE, "arrive", "2026-11-03 09:20",
	 "worker arrive"},
	/* S2-5-1: at the time agreed (ten minutes of grace by S0-5-2); the 20 minutes then do not count. */
	{"S2-5-1", "request", NULL, NULL, "2026-11-03 09:00",
	 "ling appoint appointment=2026-11-03_15:00|ling dispatch handling=p1.engineering", "appt_late",
	 "2026-11-03 15:10", "worker arrive"},
	{"S2-5-1", "request", NULL, NULL, "2026-11-03 09:00",
	 "ling appoint appointment=2026-11-03_15:00|ling dispatch handling=p1.engineering", "arrive", NULL, NULL},
	{"S2-5-1 moved", "request", NULL, NULL, "2026-11-03 09:00",
	 "ling appoint appointment=2026-11-03_15:00|ling appoint appointment=2026-11-04_08:30 consented_move=yes|"
	 "ling dispatch handling=p1.engineering",
	 "appt_late", "2026-11-04 08:40", "worker arrive"},
	/* S1-5-1: the time may be agreed with the call; then S3-5-4 and S0-5-2 hold at once, the limits do not. */
	{"S3-5-4 agreed with the call", "request", NULL, AGREED, "2026-11-03 09:00", NULL, "appt_lead",
	 "2026-11-03 14:40", "ling dispatch handling=p1.engineering"},
	{"S0-5-2 agreed with the call", "request", NULL, AGREED, "2026-11-03 09:00", GONE, "appt_late",
	 "2026-11-03 15:10", "worker arrive"},
	{"S1-5-1 agreed with the call", "request", NULL, AGREED, "2026-11-03 09:00", NULL, "handover", NULL, NULL},
	{"S3-5-3 agreed with the call", "request", NULL, AGREED, "2026-11-03 09:00", NULL, "dispatch", NULL, NULL},
	{"S3-5-5 agreed with the call", "request", NULL, AGREED, "2026-11-03 09:00", GONE, "arrive", NULL, NULL},
	{"S0-5-2 nothing agreed", "request", NULL, NULL, "2026-11-03 09:00", GONE, "appt_late", NULL, NULL},
	{"S0-5-2 agreed, then moved", "request", NULL, AGREED, "2026-11-03 09:00",
	 "ling appoint appointment=2026-11-04_08:30 consented_move=yes|ling dispatch handling=p1.engineering",
	 "appt_late", "2026-11-04 08:40", "worker arrive"},
	{"S2-3-3 in time", "request", NULL, NULL, "2026-11-03 09:00", WORKING, "resolve", "2026-11-04 00:00",
	 "worker finish result=好 " SIGNED},
};

static void test_clocks(void **state)
{
	(void)state;
	rules_clocks(clocks, RULES_COUNT(clocks));
}

/* A visit that is over is not owed again when the ticket comes back to work. */
static void test_old_appointment(void **state)
{
	int64_t id = rules_register("ling", "request", NULL, "appointment=2026-11-02_10:00", NULL);

	(void)state;
	rules_live("S0-5-2", id, WORKING "|worker finish result=已换 " SIGNED);
	assert_string_equal(desk_clock(id, "appt_late"), "met");
	desk_time("2026-11-03 09:00");
	rules_live("S0-5-2", id, "chief rework note=又漏了");
	assert_string_equal(desk_clock(id, "appt_lead"), "none"); /* of this cycle */
	assert_string_equal(desk_clock(id, "appt_late"), "none");
	assert_string_equal(desk_clock(id, "resolve"), "running");
}

static const struct rule_need needs[] = {
	{"S2-3-2 the result is reported", "request", WORKING, "worker", "finish " SIGNED, "finish needs result",
	 "finish result=已换 " SIGNED},
	{"S2-3-2 the customer confirms", "request", WORKING, "worker", "finish result=已换",
	 "the customer's signature, or why there is none", "finish result=已换 " SIGNED},
	{"S2-3-8 acceptance with the customer", "request", WORKING, "worker", "finish result=已换 evidence:photo",
	 "the customer's signature", "finish result=已换 " SIGNED},
	{"S2-3-8 not filed before it is done", "request", WORKING, "ling", "close", "the ticket is in state working",
	 NULL},
	{"S2-3-8 not filed before the call-back", "request", WORKING "|worker finish result=已换 " SIGNED, "ling",
	 "close", "is still to be made", NULL},
	{"S0-5-5 each item has its amount", "request", GONE "|worker arrive", "worker",
	 "quote row:fees:line=1,item=水龙头,amount=35 row:fees:line=2,item=人工", "each with item and amount",
	 "quote row:fees:line=1,item=水龙头,amount=35 row:fees:line=2,item=人工,amount=20"},
	{"S0-5-5 the customer signs", "request", QUOTED "|worker consent agreed_amount=35|worker start", "worker",
	 "finish result=已换", "the customer's signature", "finish result=已换 " SIGNED},
	{"S2-3-4 answered by phone", "request", "", "ling", "answer", "answer needs answer_text",
	 "answer answer_text=阀门在水表旁"},
	{"S2-3-4 staff sent", "request", "", "ling", "dispatch", "dispatch needs handling",
	 "dispatch handling=p1.engineering"},
};

static void test_needs(void **state)
{
	(void)state;
	rules_needs(needs, RULES_COUNT(needs));
}

/* S2-3-4: who dealt with it and when stays on the ticket. */
static void test_handler(void **state)
{
	int64_t id = rules_register("ling", "request", NULL, NULL, NULL);

	(void)state;
	rules_live("S2-3-4", id, WORKING);
	desk_time("2026-11-02 11:20");
	rules_live("S2-3-4", id, "worker finish result=已换 " SIGNED);
	assert_int_equal(desk_ticket(id)->t.opened_at, desk_at("2026-11-02 09:00"));
	assert_int_equal(desk_ticket(id)->t.done_at, desk_at("2026-11-02 11:20"));
	assert_string_equal(rules_login(desk_ticket(id)->t.assignee), "worker");
	assert_int_equal(desk_ticket(id)->t.handling, UNIT_ENGINEERING);
}

/* S0-7-2: whoever did a part of the job does not ask how it was, but for a desk that types what it is told. */
static void test_doers(void **state)
{
	static const struct {
		const char *life, *never, *may;
	} cases[] = {
		{WORKING "|worker finish result=好 " SIGNED, "worker", "ling"},
		{"ling dispatch handling=p1.engineering assignee=worker|worker2 arrive|"
		 "worker start|worker finish result=好 "
		 SIGNED, "worker2", "head"},
		{"ling dispatch handling=p1.engineering assignee=worker|worker arrive|"
		 "worker2 start|worker finish result=好 "
		 SIGNED, "worker2", "head"},
		{GONE "|ling arrive|ling start|head finish result=好 " SIGNED, "head", "ling"},
		{GONE "|ling arrive|ling start|ling finish result=好 " SIGNED, "worker", "ling"},
		{"ling answer answer_text=已解释", "ling", "chief"},
		{"chief answer answer_text=已解释", "chief", "ling"},
	};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		int64_t id = rules_register("ling", "request", NULL, NULL, NULL), seq;
		const struct cs_callback_row *c;
		struct cs_image *im;
		struct cs_err e = {0};

		rules_live("S0-7-2", id, cases[i].life);
		desk_time("2026-11-02 15:00");
		im = desk_ticket(id);
		assert_int_equal(cs_callback_plan(desk, im, "spot", CS_NULL, &seq, &e), 1);
		c = cs_image_callback(im, seq);
		if (!cs_callback_excludes(c->not_by, desk_staff(cases[i].never)) ||
		    cs_callback_excludes(c->not_by, desk_staff(cases[i].may)))
			fail_msg("S0-7-2: %s: never %s, but %s may; not %s", cases[i].life, cases[i].never,
				 cases[i].may,
				 c->not_by ? c->not_by : "nobody");
	}
}

/* S2-3-8, S2-3-2: received, sent, repaired by those who know how, accepted by the customer, asked about, filed. */
static void test_life(void **state)
{
	static const struct cs_given said[] = {{"timely", "yes"}, {"speed", "5"}, {"process", "5"}, {"result", "5"}};
	static const struct {
		const char *step, *state;
	} life[] = {
		{GONE, "dispatched"},
		{"worker arrive", "on_site"},
		{"worker start", "working"},
		{"worker finish result=已换 " SIGNED, "finished"},
	};
	int64_t id = rules_register("ling", "request", NULL, NULL, NULL);
	struct cs_call_done done;

	(void)state;
	assert_string_equal(desk_state(id), "registered");
	for (size_t i = 0; i < RULES_COUNT(life); i++) {
		rules_live("S2-3-8", id, life[i].step);
		assert_string_equal(desk_state(id), life[i].state);
	}
	desk_time("2026-11-02 15:00");
	assert_int_equal(rules_call("ling", id,
				    (struct cs_call_result){
					    .outcome = CS_CALL_REACHED, .score = 5, .answer = said, .answer_count = 4},
				    &done),
			 CS_OK);
	rules_live("S2-3-8", id, "ling close");
	assert_string_equal(desk_state(id), "closed");
}

/* S0-5-8, S4-5-1: the order goes out with the dispatch and comes back with what was done, each item with its amount. */
static void test_order(void **state)
{
	static const struct {
		const char *id, *life, *step, *said[4];
	} cases[] = {
		{"S4-5-1", GONE, "dispatch", {"派工单", "工程部", "3-2-501", "13800138000"}},
		{"S0-5-8",
		 QUOTED "|worker consent agreed_amount=55|worker start|worker finish result=已换阀芯 " SIGNED,
		 "finish",
		 {"派工单", "水龙头", "35.00", "已换阀芯"}},
		{"S0-5-5",
		 QUOTED "|worker consent agreed_amount=55|worker start|worker finish result=已换阀芯 " SIGNED,
		 "finish",
		 {"水龙头", "35.00", "合计", "客户签字"}},
	};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		int64_t id = rules_register("ling", "request", NULL, NULL, NULL);
		const struct cs_step *step = cs_kind_step(cs_policy_kind(desk->policy, "request"), cases[i].step);
		struct cs_buf out = {0};
		struct cs_err e = {0};

		rules_live(cases[i].id, id, cases[i].life);
		assert_non_null(step->form);
		if (cs_form_print(desk, desk_ticket(id), cs_policy_form(desk->policy, step->form), &out, &e) < 0)
			fail_msg("%s", e.text);
		for (size_t k = 0; k < 4; k++)
			if (!strstr(cs_buf_str(&out), cases[i].said[k]))
				fail_msg("%s: %s is not on\n%s", cases[i].id, cases[i].said[k], cs_buf_str(&out));
		cs_buf_free(&out);
	}
}

/* S1-1-18: each day what came in and what engineering brought back; S1-1-20, S1-1-13: what is not finished on its day
   stands in the next day's count until it is, and is overdue. */
static void test_days(void **state)
{
	static const struct {
		/* carried in, opened, reopened, moved in, closed, merged, moved out, open, overdue, call-backs due */
		const char *day, *engineering, *stock;
	} cases[] = {
		{"2026-11-02", "0 0 0 3 1 0 0 2 0 0", "0 3 0 0 1 0 0 2 0 0"},
		{"2026-11-03", "2 0 0 0 1 0 0 1 1 1", "2 0 0 0 1 0 0 1 1 1"},
		{"2026-11-04", "1 0 0 0 0 0 0 1 1 2", "1 0 0 0 0 0 0 1 1 2"},
	};
	int64_t today, tomorrow, never;

	(void)state;
	today = rules_register("ling", "request", NULL, NULL, NULL);
	tomorrow = rules_register("ling", "request", NULL, NULL, NULL);
	never = rules_register("ling", "request", NULL, NULL, NULL);
	rules_live("S1-1-18", today, WORKING);
	rules_live("S1-1-18", tomorrow, WORKING);
	rules_live("S1-1-18", never, GONE);
	desk_time("2026-11-02 17:00");
	rules_live("S1-1-18", today, "worker finish result=好 " SIGNED);
	desk_time("2026-11-03 10:00");
	rules_live("S1-1-18", tomorrow, "worker finish result=好 " SIGNED);
	desk_time("2026-11-05 00:00:01");
	desk_settle(never);
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		struct cs_report r = rows_report("daily", cases[i].day, NULL);

		rows_expect(&r, "stock", "*/*", cases[i].stock);
		rows_expect(&r, "stock", "request/p1.engineering", cases[i].engineering);
		cs_report_free(&r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_clocks),
		cmocka_unit_test_setup_teardown(test_old_appointment, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_needs, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_handler, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_doers, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_life, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_order, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_days, rules_begin, rules_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
