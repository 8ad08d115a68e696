/* What tickets owe: series, fields, evidence, forms, classes; what a step discharges and what ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "desk.h"
#include "domain/decision.h"
#include "domain/fold.h"
#include "editions.h"
#include "rules.h"
#include "store/owed.h"

static int begin(void **state)
{
	(void)state;
	desk_begin();
	return 0;
}

static int end(void **state)
{
	(void)state;
	cs_session_rollback(desk);
	desk_end();
	return 0;
}

/* The rows of one duty in the order in which they were owed: "state due", or "state why". */
static const char *series(int64_t ticket, const char *duty)
{
	static char text[4000];
	const struct cs_image *im = desk_ticket(ticket);
	cs_time after = INT64_MIN;

	*text = 0;
	for (;;) {
		const struct cs_owed_row *next = NULL;
		char due[40];
		size_t n = strlen(text);

		for (size_t i = 0; i < cs_image_count(im, CS_P_OWED); i++) {
			const struct cs_owed_row *o = cs_image_at(im, CS_P_OWED, i);

			if (strcmp(o->duty, duty) == 0 && o->owed_at > after && (!next || o->owed_at < next->owed_at))
				next = o;
		}
		if (!next)
			return text;
		after = next->owed_at;
		snprintf(text + n, sizeof text - n, "%s%s %s", n ? "; " : "", cs_owed_state(next),
			 next->why ? next->why : cs_time_text_minute(cs_session_zone(desk), next->due_at, due));
	}
}

static void is(int64_t ticket, const char *duty, const char *want)
{
	if (strcmp(series(ticket, duty), want) != 0)
		fail_msg("%s: %s, not %s", duty, series(ticket, duty), want);
}

#define RULE(id, rule, late) \
	"\"duties\": {\"" id "\": {\"each\": {\"of\": \"ticket\", \"kinds\": [\"request\"]" rule \
	"}}, \"labels\": {\"en\": {\"duties/" id "\": \"x\"" late "}, \"zh\": {\"duties/" id "\": \"x\"" late "}}"
#define ONE(id, rule) RULE(id, rule, "")
#define LOOK(every, more) \
	RULE("look", \
	     ", \"where\": {\"field\": \"state\", \"in\": [\"registered\", \"dispatched\", \"working\"]}}, " \
	     "\"every\": \"" every \
	     "\", \"owner\": \"responsible\", \"done\": {\"step\": \"tell\"}, \"late\": [{\"id\": \"r\", \"over\": " \
	     "\"0m\", " \
	     "\"tell\": [\"post:project_manager\"]}]" more, \
	     ", \"late/r\": \"r\"")

/* S0-3-18: an eight-day hole in a look every three days is two that were missed, not one. */
static void a_hole(void **state)
{
	int64_t id;

	(void)state;
	edition_with(LOOK("3d", ""));
	id = desk_register("request", "eng.leak", "", NULL);
	is(id, "look", "owed 2026-11-05 09:00");
	desk_time("2026-11-10 09:00:00");
	assert_true(desk_settle(id) >= 4); /* two rungs, two ends, besides what its clocks fire */
	is(id, "look", "missed 2026-11-05 09:00; missed 2026-11-08 09:00; owed 2026-11-11 09:00");
	desk_do(id, "tell note=来过");
	is(id, "look",
	   "missed 2026-11-05 09:00; missed 2026-11-08 09:00; done 2026-11-11 09:00; owed 2026-11-13 09:00");
}

/* In time on the second; a second later it was missed. */
static void the_second(void **state)
{
	int64_t on, behind;

	(void)state;
	edition_with(LOOK("3d", ""));
	on = desk_register("request", "eng.leak", "", NULL);
	behind = desk_register("request", "eng.leak", "", NULL);
	desk_time("2026-11-05 09:00:00");
	desk_do(on, "tell note=一");
	is(on, "look", "done 2026-11-05 09:00; owed 2026-11-08 09:00");
	desk_time("2026-11-05 09:00:01");
	desk_do(behind, "tell note=一");
	is(behind, "look", "missed 2026-11-05 09:00; done 2026-11-08 09:00; owed 2026-11-08 09:00");
}

/* Entered later: what was done in its time was not missed, and the next counts from there. */
static void entered_later(void **state)
{
	int64_t id;

	(void)state;
	edition_with(LOOK("3d", ""));
	id = desk_register("request", "eng.leak", "", NULL);
	desk_time("2026-11-09 12:00");
	desk_settle(id);
	is(id, "look", "missed 2026-11-05 09:00; missed 2026-11-08 09:00; owed 2026-11-11 09:00");
	desk_do(id, "tell at=2026-11-04_15:00 note=忘了登记");
	desk_settle(id);
	is(id, "look",
	   "done 2026-11-05 09:00; missed 2026-11-07 15:00; ended moot; owed 2026-11-10 15:00; ended moot");
}

/* It runs while its condition holds, and says why it ended. */
static void ends_with_the_condition(void **state)
{
	int64_t id, gone, away;

	(void)state;
	edition_with(LOOK("3d", ""));
	id = desk_register("request", "eng.leak", "", NULL);
	gone = desk_register("request", "eng.leak", "", NULL);
	away = desk_register("request", "eng.leak", "", NULL);
	desk_time("2026-11-03 09:00");
	desk_do(away, "appoint appointment=2026-11-09_09:00"); /* a state in which nobody need look */
	is(away, "look", "ended ended");
	desk_time("2026-11-04 09:00");
	desk_do(away, "dispatch handling=p1.engineering");
	is(away, "look", "ended ended; owed 2026-11-07 09:00");
	desk_do(id, "answer answer_text=自己修好了");
	is(id, "look", "ended finished");
	desk_time("2026-12-01 09:00");
	desk_settle(id);
	is(id, "look", "ended finished");
	desk_do(gone, "withdraw why=customer");
	is(gone, "look",
	   "missed 2026-11-05 09:00; missed 2026-11-08 09:00; missed 2026-11-11 09:00; missed 2026-11-14 09:00; "
	   "missed 2026-11-17 09:00; missed 2026-11-20 09:00; missed 2026-11-23 09:00; missed 2026-11-26 09:00; "
	   "missed 2026-11-29 09:00; ended closed");
}

/* Settled every day or once: the same events. */
static void however_often(void **state)
{
	struct cs_buf facts[2] = {{0}, {0}};
	char rows[2][4000];

	(void)state;
	for (int way = 0; way < 2; way++) {
		struct cs_err e = {0};
		struct cs_stmt *walk;
		struct cs_event ev;
		char now[40];
		int64_t id;

		desk_begin();
		edition_with(LOOK("2d", ""));
		id = desk_register("request", "eng.leak", "", NULL);
		for (cs_time t = desk_at("2026-11-02 12:00"); way == 0 && t < desk_at("2026-11-20 00:00");
		     t += 7 * 3600) {
			desk_time(cs_time_text(cs_session_zone(desk), t, now));
			desk_settle(id);
		}
		desk_time("2026-11-20 00:00");
		desk_settle(id);
		desk_settle(id);
		snprintf(rows[way], sizeof rows[way], "%s", series(id, "look"));
		walk = cs_event_of(desk->db, "ticket", id, &e);
		while (cs_event_next(walk, &ev, &e) == 1)
			if (strcmp(ev.step, "register") != 0 && !strstr(ev.facts, "notice"))
				cs_buf_printf(&facts[way], "%s %lld\n", ev.step, (long long)ev.at);
		desk_end();
	}
	assert_string_equal(rows[0], rows[1]);
	for (int way = 0; way < 2; way++)
		cs_buf_free(&facts[way]);
	desk_begin();
}

static size_t told_late(int64_t ticket)
{
	struct cs_err e = {0};
	struct cs_stmt *s = cs_db_prepare(
		desk->db, "SELECT count(*) FROM event WHERE subject = :id AND facts LIKE '%dutylate%'", &e);
	size_t late;

	cs_bind_int(s, ":id", ticket);
	assert_int_equal(cs_step(s, &e), 1);
	late = (size_t)cs_col_int(s, 0);
	cs_stmt_done(s);
	return late;
}

/* The rung tells once for each that is late. */
static void a_rung_each(void **state)
{
	int64_t id;

	(void)state;
	edition_with(LOOK("3d", ""));
	id = desk_register("request", "eng.leak", "", NULL);
	for (int day = 3; day < 20; day++) {
		char now[40];

		snprintf(now, sizeof now, "2026-11-%02d 10:00", day);
		desk_time(now);
		desk_settle(id);
	}
	assert_int_equal(told_late(id), 5); /* 5, 8, 11, 14 and 17 November */
}

/* By period on a ticket: one for each, the next begins when this one is over. */
static void by_period(void **state)
{
	int64_t id, next;

	(void)state;
	edition_with(LOOK("week", ", \"times\": 2"));
	id = desk_register("request", "eng.leak", "", NULL);
	is(id, "look", "owed 2026-11-09 00:00");
	desk_time("2026-11-03 10:00");
	desk_do(id, "tell note=一");
	is(id, "look", "owed 2026-11-09 00:00");
	desk_time("2026-11-04 10:00");
	desk_do(id, "tell note=二");
	is(id, "look", "done 2026-11-09 00:00; owed 2026-11-16 00:00");
	desk_do(id, "tell note=三"); /* its week has not begun */
	desk_time("2026-11-10 10:00");
	desk_do(id, "tell note=四");
	desk_time("2026-11-16 00:00:01");
	desk_settle(id);
	is(id, "look", "done 2026-11-09 00:00; missed 2026-11-16 00:00; owed 2026-11-23 00:00");
	desk_end();
	desk_begin();
	edition_with(LOOK("week", ", \"joins\": \"next\""));
	next = desk_register("request", "eng.leak", "", NULL); /* on a Monday at nine */
	is(next, "look", "owed 2026-11-16 00:00");
}

/* What is owed when its period is over: whatever was missed, none is left out. */
static void after_the_period(void **state)
{
	int64_t id;

	(void)state;
	edition_with(LOOK("week", ", \"due\": {\"day\": 3, \"after\": true}"));
	id = desk_register("request", "eng.leak", "", NULL);
	is(id, "look", "owed 2026-11-12 00:00"); /* of 2 to 8 November, by the Wednesday after */
	desk_time("2026-11-24 09:00");
	desk_settle(id);
	is(id, "look", "missed 2026-11-12 00:00; missed 2026-11-19 00:00; owed 2026-11-26 00:00");
	desk_do(id, "tell note=一");
	is(id, "look",
	   "missed 2026-11-12 00:00; missed 2026-11-19 00:00; done 2026-11-26 00:00; owed 2026-12-03 00:00");
}

/* Rules that turn a series by spans into one by periods: what is owed by the old ones ends in its time, the next goes
   by the new ones. */
static void from_spans_to_periods(void **state)
{
	int64_t missed, done;

	(void)state;
	edition_with(LOOK("7d", ""));
	missed = desk_register("request", "eng.leak", "", NULL);
	done = desk_register("request", "eng.leak", "", NULL);
	is(done, "look", "owed 2026-11-09 09:00");
	edition_with(LOOK("week", ""));
	desk_time("2026-11-05 10:00");
	desk_do(done, "tell note=一");
	is(done, "look", "done 2026-11-09 09:00; owed 2026-11-09 00:00");
	desk_time("2026-11-10 10:00");
	desk_settle(missed);
	is(missed, "look", "missed 2026-11-09 09:00; owed 2026-11-16 00:00");
}

/* S0-4-16: an undecided span owes nothing. */
static void undecided(void **state)
{
	int64_t id;

	(void)state;
	edition_with("\"params\": {\"never\": {\"value\": null, \"source\": \"x\"}}, " LOOK("$never", ""));
	id = desk_register("request", "eng.leak", "", NULL);
	is(id, "look", "");
}

/* S0-4-12: due by the time in a field, moved with it. */
static void by_a_field(void **state)
{
	int64_t id;

	(void)state;
	edition_with(ONE("visit",
			 "}, \"on\": {\"field\": \"appointment\"}, \"before\": \"1h\", \"owner\": \"responsible\", "
			 "\"done\": {\"step\": \"tell\"}"));
	id = desk_register("request", "eng.leak", "", NULL);
	is(id, "visit", "");
	desk_do(id, "appoint appointment=2026-11-05_15:00");
	is(id, "visit", "owed 2026-11-05 14:00");
	desk_do(id, "appoint consented_move=yes appointment=2026-11-06_10:00");
	is(id, "visit", "owed 2026-11-06 09:00");
	desk_do(id, "tell note=明天来");
	is(id, "visit", "done 2026-11-06 09:00");
	desk_time("2026-11-02 10:00"); /* what is asked for again is owed again, by its own time */
	desk_do(id, "appoint consented_move=yes appointment=2026-11-07_10:00");
	is(id, "visit", "done 2026-11-06 09:00; owed 2026-11-07 09:00");
	desk_do(id, "tell note=好");
	desk_do(id, "note note=无关");
	is(id, "visit", "done 2026-11-06 09:00; done 2026-11-07 09:00");
}

/* A rung fires once: a time set anew does not fire again what would lie before the change, but what lies behind it. */
static void a_field_set_anew(void **state)
{
	static const struct {
		const char *words;
		size_t late;
	} t[] = {{"appoint appointment=2026-11-05_15:00", 1},
		 {"appoint consented_move=yes appointment=2026-11-05_15:20", 1},
		 {"appoint consented_move=yes appointment=2026-11-05_18:00", 2}};
	static const char *const then[] = {"2026-11-05 14:30", "2026-11-05 14:40", "2026-11-05 17:30"};
	int64_t id;

	(void)state;
	edition_with(RULE("visit",
			  "}, \"on\": {\"field\": \"appointment\"}, \"before\": \"1h\", \"owner\": \"responsible\", "
			  "\"done\": {\"step\": \"tell\"}, \"late\": [{\"id\": \"r\", \"over\": \"0m\", "
			  "\"tell\": [\"post:project_manager\"]}]",
			  ", \"late/r\": \"r\""));
	id = desk_register("request", "eng.leak", "", NULL);
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		desk_do(id, t[i].words);
		desk_time(then[i]);
		desk_settle(id);
		assert_int_equal(told_late(id), t[i].late);
	}
}

/* A time of an earlier cycle makes nothing owed in the next where it has passed, or what was owed by it is done; what
   is open is not owed twice. */
static void a_field_of_an_earlier_cycle(void **state)
{
	static const struct {
		const char *told, *again, *want, *later, *then;
	} t[] = {
		{"2026-11-04 09:00", "2026-11-05 09:00", "done 2026-11-05 14:00",
		 "appoint appointment=2026-11-06_15:00", "done 2026-11-05 14:00; owed 2026-11-06 14:00"},
		{"2026-11-04 09:00", "2026-11-06 09:00", "done 2026-11-05 14:00",
		 "appoint appointment=2026-11-09_10:00", "done 2026-11-05 14:00; owed 2026-11-09 09:00"},
		{NULL, "2026-11-05 09:00", "owed 2026-11-05 14:00", "appoint appointment=2026-11-09_10:00",
		 "owed 2026-11-09 09:00"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		int64_t id;

		desk_begin();
		edition_with(
			ONE("visit",
			    "}, \"on\": {\"field\": \"appointment\"}, \"before\": \"1h\", \"owner\": \"responsible\", "
			    "\"done\": {\"step\": \"tell\"}"));
		id = desk_register("request", "eng.leak", "", NULL);
		desk_do(id, "appoint appointment=2026-11-05_15:00");
		desk_do(id, "dispatch handling=p1.engineering assignee=worker");
		desk_time("2026-11-04 09:00");
		if (t[i].told)
			desk_do(id, "tell note=明天来");
		rules_live("S0-4-12", id, "worker arrive|worker start|worker finish result=好 unsigned_why=不在");
		desk_actor("ling");
		desk_time(t[i].again);
		desk_do(id, "rework note=又漏");
		is(id, "visit", t[i].want);
		if (t[i].later) {
			desk_time("2026-11-06 10:00");
			desk_do(id, t[i].later);
			is(id, "visit", t[i].then);
		}
		desk_end();
	}
	desk_begin();
}

/* S0-7-8: discharged by the contact, once somebody was reached; waived when nobody can be, or wants to. */
static void by_contact(void **state)
{
	static const struct cs_given answers[] = {
		{"timely", "是"}, {"speed", "好"}, {"process", "好"}, {"result", "好"}};
	const struct cs_call_result reached = {
		.outcome = CS_CALL_REACHED, .score = 5, .answer = answers, .answer_count = 4, .at = CS_TIME_NONE};
	const struct cs_call_result away = {.outcome = CS_CALL_UNREACHABLE, .at = CS_TIME_NONE};
	const struct cs_call_result busy = {.outcome = CS_CALL_INCONVENIENT, .at = CS_TIME_NONE};
	const struct cs_call_result not_wished = {.outcome = CS_CALL_REFUSED, .at = CS_TIME_NONE};
	const struct {
		const struct cs_call_result *first, *second;
		const char *between, *want;
	} t[] = {
		{&reached, NULL, NULL, "done 2026-11-05 09:00"},
		{&away, &reached, "owed 2026-11-05 09:00", "done 2026-11-05 09:00"},
		{&away, &away, "owed 2026-11-05 09:00", "ended exempt"},
		{&busy, NULL, NULL, "ended exempt"},
		{&not_wished, NULL, NULL, "ended exempt"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct cs_call_done done;
		int64_t id;

		desk_begin();
		edition_with(ONE(
			"ask", "}, \"on\": {\"step\": \"finish\"}, \"within\": \"3d\", \"owner\": \"post:front_desk\", "
			       "\"done\": {\"contact\": \"satisfaction\"}"));
		id = desk_register("request", "eng.leak", "", NULL);
		desk_do(id, "dispatch handling=p1.engineering assignee=worker");
		rules_live("S0-7-8", id, "worker arrive|worker start|worker finish result=好 unsigned_why=不在");
		is(id, "ask", "owed 2026-11-05 09:00");
		desk_time("2026-11-02 10:30");
		assert_int_equal(rules_call("ling", id, *t[i].first, &done), CS_OK);
		if (t[i].second) {
			struct cs_call_result visit = *t[i].second;

			visit.method = "visit";
			is(id, "ask", t[i].between);
			assert_int_equal(rules_call("ling", id, visit, &done), CS_OK);
		}
		is(id, "ask", t[i].want);
		desk_end();
	}
	desk_begin();
}

/* A notice is the delivery: sent with the step itself. */
static void by_notice(void **state)
{
	const struct cs_owed_row *o;
	int64_t id;
	struct cs_err e = {0};
	struct cs_stmt *s;

	(void)state;
	edition_with(ONE("alarm", "}, \"on\": {\"step\": \"register\"}, \"owner\": \"system\", \"to\": "
				  "[\"post:project_manager\", \"post:company_complaints\"], "
				  "\"done\": {\"notice\": true}"));
	id = desk_register("request", "eng.leak", "", NULL);
	o = cs_image_at(desk_ticket(id), CS_P_OWED, 0);
	assert_int_equal(o->done_at, desk->now);
	s = cs_db_prepare(desk->db, "SELECT count(DISTINCT to_id) FROM notice WHERE reason = 'duty' AND ticket = :id",
			  &e);
	cs_bind_int(s, ":id", id);
	assert_int_equal(cs_step(s, &e), 1);
	assert_int_equal(cs_col_int(s, 0), 2);
	cs_stmt_done(s);
}

/* What a duty delivers to the customer goes to everybody who complains. */
static void to_all_who_complain(void **state)
{
	struct cs_effects out = {.arena = &desk->work};
	const struct cs_duty *rule;
	struct cs_decision d;
	struct cs_image *im;
	struct cs_err e = {0};

	(void)state;
	edition_with(ONE("alarm", "}, \"on\": {\"step\": \"register\"}, \"owner\": \"system\", \"to\": "
				  "[\"post:project_manager\", \"customer\"], \"done\": {\"notice\": true}"));
	im = desk_ticket(desk_register("request", "eng.leak", "", NULL));
	rule = cs_policy_duty(desk->policy, "alarm");
	cs_decision_begin(&d, desk, im, cs_session_kind(desk, im, &e), desk->policy,
			  (struct cs_deed){"ticket", im->t.id, "x", desk->now, CS_NULL}, &out);
	cs_emit(&d, CS_OP_PARTY, CS_I(7), CS_I(PERSON_GOLD), CS_S("owner"));
	out.count = 0;
	assert_int_equal(cs_decide_delivered(&d, rule, "x", &e), 0);
	assert_int_equal(out.count, 3);
	assert_int_equal(cs_arg_int(&out.effect[1], 4), PERSON_WANG);
	assert_int_equal(cs_arg_int(&out.effect[2], 4), PERSON_GOLD);
}

/* A ticket may not be closed while a report is owed, where the rules say so. */
static void keeps_open(void **state)
{
	struct cs_err e = {0};
	int64_t id;

	(void)state;
	edition_with(
		"\"kinds\": {\"request\": {\"steps\": {\"withdraw\": {\"needs\": [\"why\", {\"not\": {\"owed\": "
		"\"rest\"}, \"say\": "
		"\"the report is still owed\"}]}}}}, " ONE(
			"rest", "}, \"on\": {\"step\": \"register\"}, \"within\": \"1d\", \"owner\": \"responsible\", "
				"\"done\": {\"step\": \"tell\"}"));
	id = desk_register("request", "eng.leak", "", NULL);
	assert_int_equal(desk_step(id, "withdraw why=customer", &e), CS_REFUSED);
	assert_non_null(strstr(e.text, "the report is still owed"));
	desk_do(id, "tell note=报告");
	desk_do(id, "withdraw why=customer");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_hole, begin, end),
		cmocka_unit_test_setup_teardown(the_second, begin, end),
		cmocka_unit_test_setup_teardown(entered_later, begin, end),
		cmocka_unit_test_setup_teardown(ends_with_the_condition, begin, end),
		cmocka_unit_test_setup_teardown(however_often, NULL, end),
		cmocka_unit_test_setup_teardown(a_rung_each, begin, end),
		cmocka_unit_test_setup_teardown(by_period, begin, end),
		cmocka_unit_test_setup_teardown(after_the_period, begin, end),
		cmocka_unit_test_setup_teardown(from_spans_to_periods, begin, end),
		cmocka_unit_test_setup_teardown(undecided, begin, end),
		cmocka_unit_test_setup_teardown(by_a_field, begin, end),
		cmocka_unit_test_setup_teardown(a_field_set_anew, begin, end),
		cmocka_unit_test_setup_teardown(a_field_of_an_earlier_cycle, NULL, end),
		cmocka_unit_test_setup_teardown(by_contact, NULL, end),
		cmocka_unit_test_setup_teardown(by_notice, begin, end),
		cmocka_unit_test_setup_teardown(to_all_who_complain, begin, end),
		cmocka_unit_test_setup_teardown(keeps_open, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
