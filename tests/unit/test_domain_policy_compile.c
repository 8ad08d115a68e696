/* The shipped policy and what the compiler makes of it: values stand as in the requirement table.
   */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "policy_files.h"

static int set_up(void **state)
{
	*state = good_policy("lib/policy/property.json");
	return 0;
}

static int tear_down(void **state)
{
	cs_policy_free(*state);
	return 0;
}

/* Requirements 13.3, the rows that the desk has. NULL: no number in the documents. */
static void limits_of_13_3(void **state)
{
	static const struct {
		const char *id, *span, *source;
	} rows[] = {
		{"cmp.contact", "30m", "S3-4-17"},    {"cmp.dispatch_check", "30m", "S3-8-46"},
		{"cmp.reply_oral", "eod", "S3-4-22"}, {"cmp.reply_written", "2wd", "S3-4-22"},
		{"cmp.escalate", "5wd", "S3-4-20"},   {"req.handover_3", "3m", "S1-5-1"},
		{"req.dispatch", "10m", "S3-5-3"},    {"req.appt_lead", "20m", "S3-5-4"},
		{"req.arrive", "20m", "S3-5-5"},      {"req.arrive_kpi", "30m", "S3-5-6"},
		{"req.appt_late", "10m", "S0-5-2"},   {"req.esc_1", "eod", "S3-6-1"},
		{"req.esc_2", "48h", "S3-6-2"},       {"req.esc_3", "72h", "S3-6-3"},
		{"req.esc_4", "7d", "S3-6-4"},        {"req.esc_5", "15d", "S3-6-5"},
		{"req.callback", "24h", "S3-7-4"},    {"rep.urgent_callback", "24h", "S4-7-1"},
		{"leak.give_up", NULL, "G24"},        {"contact.attempts", NULL, "G14"},
		{"sug.reply", NULL, "S4-3-2"},        {"msg.pass_on", NULL, "S4-3-8"},
	};
	const struct cs_policy *p = *state;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct cs_param *q = cs_policy_param(p, rows[i].id);
		struct cs_span want;
		struct cs_err e;

		assert_non_null(q);
		assert_int_equal(q->decided, rows[i].span != NULL);
		assert_true(cs_ids_has(&q->source, rows[i].source));
		if (!rows[i].span)
			continue;
		assert_int_equal(cs_span_parse(rows[i].span, false, &want, &e), 0);
		assert_true(q->is_span && q->span.unit == want.unit && q->span.n == want.n);
	}
}

/* S3-6-1 to S3-6-5: who gets a request after how long; each rung hands it over and owes the
   customer word. */
static void ladder_of_requests(void **state)
{
	static const struct {
		enum cs_span_unit unit;
		int64_t n;
		const char *post, *source;
	} rows[] = {
		{CS_SPAN_EOD, 0, "dept_supervisor", "S3-6-1"},
		{CS_SPAN_ELAPSED, 48 * 3600, "cs_supervisor", "S3-6-2"},
		{CS_SPAN_ELAPSED, 72 * 3600, "project_manager", "S3-6-3"},
		{CS_SPAN_ELAPSED, 7 * 86400, "area_manager", "S3-6-4"},
		{CS_SPAN_ELAPSED, 15 * 86400, "qmc_service_manager", "S3-6-5"},
	};
	const struct cs_clock *c = cs_policy_kind(*state, "request")->main_clock;

	assert_string_equal(c->id, "resolve");
	assert_int_equal(c->rung_count, 5);
	assert_int_equal(c->rule_count, 1);
	assert_int_equal(c->rule[0].limit.unit, CS_SPAN_EOD);
	assert_int_equal(c->rule[0].cutoff, -1);
	assert_int_equal(c->pause.count, 0);
	for (size_t i = 0; i < 5; i++) {
		const struct cs_rung *r = &c->rung[i];

		assert_int_equal(r->span.unit, rows[i].unit);
		assert_int_equal(r->span.n, rows[i].n);
		assert_true(r->has_to && r->transfer && !r->before);
		assert_int_equal(r->to.kind, CS_WHO_POST);
		assert_string_equal(r->to.name, rows[i].post);
		assert_string_equal(r->owe, "progress");
		assert_true(cs_ids_has(&r->source, rows[i].source));
	}
	assert_ptr_equal(cs_clock_rung(c, "esc_3"), &c->rung[2]);
	assert_null(cs_clock_rung(c, "esc_6"));
}

/* S3-4-22: in writing two working days, else the same day; the first rule that holds. */
static void reply_of_complaints(void **state)
{
	const struct cs_clock *c = cs_kind_clock(cs_policy_kind(*state, "complaint"), "reply");
	const struct cs_cond *when = c->rule[0].when;

	assert_int_equal(c->rule_count, 2);
	assert_int_equal(when->op, CS_COND_FIELD);
	assert_string_equal(when->name, "channel.group");
	assert_int_equal(when->test, CS_TEST_IN);
	assert_int_equal(when->value_count, 2);
	assert_string_equal(when->value[0].s, "written");
	assert_int_equal(c->rule[0].limit.unit, CS_SPAN_WORKDAYS);
	assert_int_equal(c->rule[0].limit.n, 2);
	assert_null(c->rule[1].when);
	assert_int_equal(c->rule[1].limit.unit, CS_SPAN_EOD);
	assert_non_null(c->calendar);
	assert_string_equal(c->calendar->holidays->name, "cn");
}

/* S3-5-4: the order is printed 20 minutes before the appointment; S0-5-2: 10 minutes after it at
   the latest. */
static void clocks_of_appointments(void **state)
{
	const struct cs_kind *k = cs_policy_kind(*state, "request");
	const struct cs_clock *lead = cs_kind_clock(k, "appt_lead"),
			      *late = cs_kind_clock(k, "appt_late");

	assert_string_equal(lead->rule[0].due_field, "appointment");
	assert_int_equal(lead->rule[0].minus.n, 20 * 60);
	assert_int_equal(lead->rule[0].plus.unit, CS_SPAN_NONE);
	assert_int_equal(late->rule[0].plus.n, 10 * 60);
	assert_true(lead->restart && late->restart && late->counts && !late->main);
	assert_false(cs_kind_clock(k, "arrive_customer")->counts);
	assert_int_equal(cs_kind_clock(k, "arrive")->rule[0].when->test, CS_TEST_SET);
	assert_int_equal(cs_kind_clock(k, "arrive")->rule[0].when->value[0].i, 0);
	assert_string_equal(cs_kind_clock(k, "dispatch")->void_by.id[0], "appoint");
}

static void kinds_are_whole(void **state)
{
	static const struct {
		const char *id, *prefix, *first, *main;
	} rows[] = {
		{"complaint", "C", "registered", "resolve"},
		{"request", "R", "registered", "resolve"},
		{"inquiry", "I", "registered", "reply"},
		{"suggestion", "S", "registered", "reply"},
		{"message", "M", "recorded", "pass_on"},
	};
	const struct cs_policy *p = *state;

	assert_int_equal(p->kind_count, 5);
	for (size_t i = 0; i < 5; i++) {
		const struct cs_kind *k = cs_policy_kind(p, rows[i].id);

		assert_non_null(k);
		assert_string_equal(k->prefix, rows[i].prefix);
		assert_string_equal(k->first_state, rows[i].first);
		assert_string_equal(k->register_step->id, "register");
		assert_string_equal(k->main_clock->id, rows[i].main);
		assert_true(k->main_clock->main);
		assert_non_null(cs_kind_step(k, "note"));
		assert_true(cs_kind_step(k, "tell")->from_any);
		assert_int_equal(cs_kind_step(k, "tell")->to, CS_TO_SAME);
		assert_int_equal(cs_kind_field(k, "urgent")->type, CS_FIELD_BOOL);
	}
	assert_null(cs_policy_kind(p, "case"));
	assert_null(cs_policy_kind(p, ""));
}

/* S0-5-3, S4-5-2: quote before consent before work where there are fee lines; S3-5-8: signature,
   or why none. */
static void needs_of_requests(void **state)
{
	const struct cs_kind *k = cs_policy_kind(*state, "request");
	const struct cs_step *quote = cs_kind_step(k, "quote"), *start = cs_kind_step(k, "start"),
			     *finish = cs_kind_step(k, "finish");
	const struct cs_cond *c = quote->need[0].cond;

	assert_int_equal(c->op, CS_COND_LIST);
	assert_string_equal(c->name, "fees");
	assert_int_equal(c->number, 1);
	assert_true(c->every);
	assert_int_equal(c->sub_count, 1);
	assert_int_equal(c->sub[0]->op, CS_COND_ALL);
	assert_int_equal(c->sub[0]->sub_count, 2);
	c = start->need[0].cond;
	assert_int_equal(c->op, CS_COND_ANY);
	assert_int_equal(c->sub[0]->op, CS_COND_NOT);
	assert_int_equal(c->sub[0]->sub[0]->number, 1);
	assert_int_equal(c->sub[0]->sub[0]->sub_count, 0);
	assert_string_equal(c->sub[1]->name, "agreed_amount");
	assert_string_equal(start->need[0].say, "paid work starts after quote and consent");
	assert_string_equal(cs_kind_step(k, "consent")->to_state, "on_site");
	assert_string_equal(finish->need[0].word, "result");
	assert_int_equal(finish->need[1].cond->sub[0]->op, CS_COND_EVIDENCE);
	assert_string_equal(finish->form, "work_order");
	assert_string_equal(cs_kind_step(k, "pay")->not_by.who[0].name, "repair_worker");
	assert_int_equal(cs_kind_list(k, "fees")->field_count, 4);
	assert_int_equal(cs_kind_state(k, "waiting_parts")->is, CS_IS_WAITING);
	assert_string_equal(cs_kind_state(k, "waiting_parts")->waits, "supplier");
}

/* Sections 7.2, 7.3, 7.5. */
static void callbacks_and_quiet_hours(void **state)
{
	const struct cs_policy *p = *state;
	const struct cs_callback_rule *leak = cs_policy_callback(p, "leak"),
				      *all = cs_policy_callback(p, "request");
	const struct cs_window *w = all->window;

	assert_string_equal(leak->after_step, "finish");
	assert_string_equal(leak->then_happening, "rain");
	assert_false(leak->holds);
	assert_int_equal(leak->give_up.unit, CS_SPAN_NONE);
	assert_string_equal(leak->each.where->value[0].s, "eng.leak");
	assert_true(all->holds && all->score && all->has_low);
	assert_int_equal(all->low_at_most, 2);
	assert_string_equal(all->low_step, "rework");
	assert_int_equal(all->within.n, 24 * 3600);
	assert_int_equal(all->attempts, 0);
	assert_int_equal(all->by_count, 2);
	assert_int_equal(all->not_by.who[0].kind, CS_WHO_ASSIGNEE);
	assert_int_equal(all->not_by.who[1].kind, CS_WHO_DID);
	assert_string_equal(all->not_by.who[1].except.who[0].name, "front_desk");
	assert_true(cs_policy_callback(p, "complaint")->per_party);
	assert_null(cs_policy_callback(p, "spot_request")->after_step);
	assert_int_equal(w->allow.count, 2);
	assert_int_equal(w->allow.span[0].from, 10 * 60);
	assert_int_equal(w->allow.span[0].to, 12 * 60);
	assert_int_equal(w->allow.span[1].from, 14 * 60);
	assert_int_equal(w->allow.span[1].to, 21 * 60);
	assert_int_equal(w->method_count, 2);
	assert_string_equal(w->unless->value[0].s, "urgent");
}

/* Sections 5.5 and 9.1. */
static void samples_and_indicators(void **state)
{
	static const struct {
		const char *id, *source;
		bool at_least;
		int64_t target;
		enum cs_period_unit period;
	} rows[] = {
		{"valid_complaints", "S3-9-1", false, 100, CS_PERIOD_YEAR},
		{"complaint_response", "S3-9-2", true, 10000, CS_PERIOD_MONTH},
		{"complaint_callback", "S3-9-3", true, 10000, CS_PERIOD_MONTH},
		{"complaint_satisfaction", "S3-9-4", true, 9000, CS_PERIOD_MONTH},
		{"request_response", "S3-9-5", true, 9800, CS_PERIOD_MONTH},
		{"request_callback", "S3-9-6", true, 8000, CS_PERIOD_MONTH},
		{"request_satisfaction", "S3-9-7", true, 9000, CS_PERIOD_MONTH},
		{"visit_important", "S3-9-8", true, 10000, CS_PERIOD_QUARTER},
		{"visit_ordinary", "S3-9-9", true, 8000, CS_PERIOD_YEAR},
		{"segmentation", "S3-9-10", true, 10000, CS_PERIOD_YEAR},
	};
	const struct cs_policy *p = *state;

	assert_int_equal(p->indicator_count, 10);
	for (size_t i = 0; i < 10; i++) {
		const struct cs_indicator *r = &p->indicator[i];

		assert_string_equal(r->id, rows[i].id);
		assert_true(cs_ids_has(&r->source, rows[i].source));
		assert_true(r->has_target && r->at_least == rows[i].at_least);
		assert_int_equal(r->target, rows[i].target);
		assert_int_equal(r->period, rows[i].period);
	}
	assert_true(p->indicator[8].previous && !p->indicator[7].previous);
	assert_int_equal(p->indicator[3].score, 4);
	assert_int_equal(cs_policy_sample(p, "area_month")->count, 10);
	assert_int_equal(cs_policy_sample(p, "qmc_month")->count, 7);
	assert_int_equal(cs_policy_sample(p, "kpi_complaint")->percent, 50);
	assert_true(cs_policy_sample(p, "kpi_complaint")->round_up);
	assert_string_equal(cs_policy_sample(p, "kpi_request")->then_contact, "spot");
	assert_false(cs_policy_sample(p, "month_end")->has_percent);
	assert_int_equal(cs_policy_form(p, "work_order")->copies.count, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(limits_of_13_3),
		cmocka_unit_test(ladder_of_requests),
		cmocka_unit_test(reply_of_complaints),
		cmocka_unit_test(clocks_of_appointments),
		cmocka_unit_test(kinds_are_whole),
		cmocka_unit_test(needs_of_requests),
		cmocka_unit_test(callbacks_and_quiet_hours),
		cmocka_unit_test(samples_and_indicators),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
