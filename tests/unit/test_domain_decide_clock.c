/* Clocks in a decision: starting, stopping, moving, standing, ending. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/decision.h"
#include "editions.h"

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

static cs_time due(int64_t id, const char *clock)
{
	return cs_image_clock(desk_ticket(id), clock)->due_at;
}

/* S3-5-3: dispatched within 10 minutes; on the second itself it is in time. S1-5-1: 3 minutes. */
static void stops(void **state)
{
	static const struct {
		int64_t after; /* seconds */
		const char *handover, *dispatch;
	} cases[] = {
		{0, "met", "met"},   {180, "met", "met"},  {181, "late", "met"},
		{600, "late", "met"}, {601, "late", "late"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t id = desk_register("request", "eng.water", NULL, NULL);

		assert_string_equal(desk_clock(id, "dispatch"), "running");
		desk->now += cases[i].after;
		desk_do(id, "dispatch handling=p1.engineering assignee=worker");
		assert_string_equal(desk_clock(id, "handover"), cases[i].handover);
		assert_string_equal(desk_clock(id, "dispatch"), cases[i].dispatch);
		assert_int_equal(cs_image_clock(desk_ticket(id), "dispatch")->stop_at, desk->now);
		assert_string_equal(desk_clock(id, "resolve"), "running");
	}
}

/* S3-5-4, S0-5-2: the appointment takes the place of the limits; a moved one starts anew. */
static void by_appointment(void **state)
{
	int64_t id = desk_register("request", "eng.water", NULL, NULL);

	(void)state;
	desk_do(id, "appoint appointment=2026-11-02_15:00");
	assert_string_equal(desk_clock(id, "handover"), "void");
	assert_string_equal(desk_clock(id, "dispatch"), "void");
	assert_int_equal(due(id, "appt_lead"), desk_at("2026-11-02 14:40"));
	assert_int_equal(due(id, "appt_late"), desk_at("2026-11-02 15:10"));
	desk_do(id, "appoint appointment=2026-11-02_16:00 consented_move=yes");
	assert_int_equal(due(id, "appt_lead"), desk_at("2026-11-02 15:40"));
	assert_int_equal(cs_image_clock(desk_ticket(id), "appt_lead")->run, 2);
	desk_do(id, "dispatch handling=p1.engineering assignee=worker");
	assert_string_equal(desk_clock(id, "arrive"), "none"); /* only without an appointment */
}

/* The main clock's due and verdict stand in the ticket; one stated replaces the reckoned. */
static void main_clock(void **state)
{
	struct cs_registration reg = {
		.kind = "request", .channel = "phone", .category = "eng.water", .subject = "事项",
		.body = "内容", .place = UNIT_NORTH, .accepting = CS_NULL, .first = CS_NULL,
		.customer = PERSON_WANG, .premises = PREMISES_1, .has_phone = true,
		.due_at = CS_TIME_NONE, .run = CS_NULL,
	};
	int64_t id = desk_register_as(&reg, NULL, NULL);

	(void)state;
	assert_int_equal(desk_ticket(id)->t.due_at, desk_at("2026-11-03 00:00"));
	assert_int_equal(desk_ticket(id)->t.late, CS_NULL);
	desk_do(id, "answer answer_text=好");
	assert_int_equal(desk_ticket(id)->t.late, 0);
	reg.due_at = desk_at("2026-11-06 18:00");
	id = desk_register_as(&reg, NULL, NULL);
	assert_int_equal(desk_ticket(id)->t.due_at, desk_at("2026-11-06 18:00"));
	assert_int_equal(cs_image_clock(desk_ticket(id), "resolve")->due_set, 1);
	desk_time("2026-11-06 18:01");
	desk_do(id, "answer answer_text=好");
	assert_int_equal(desk_ticket(id)->t.late, 1);
	reg.due_at = CS_TIME_NONE;
	reg.no_due = true;
	id = desk_register_as(&reg, NULL, NULL);
	assert_int_equal(desk_ticket(id)->t.due_at, CS_NULL);
	assert_string_equal(desk_clock(id, "resolve"), "running");
}

/* A due stated for a kind whose main clock has no number is its due all the same (design section 10): as long as that
   clock runs; without one there is no clock. A clock that the rules do not run for the ticket cannot take it. */
static void stated_due(void **state)
{
	static const struct {
		const char *kind, *clock, *words, *end;
	} cases[] = {
		{"inquiry", "reply", "", "reply reply_text=好"},
		{"suggestion", "reply", "", "reply reply_text=好"},
		{"message", "pass_on", "wanted=张经理", "pass_on"},
	};
	struct cs_registration reg = {.channel = "phone",
				      .subject = "事项",
				      .body = "内容",
				      .place = UNIT_NORTH,
				      .accepting = CS_NULL,
				      .first = CS_NULL,
				      .customer = PERSON_WANG,
				      .premises = PREMISES_1,
				      .has_phone = true,
				      .run = CS_NULL};
	struct cs_err e = {0};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *clock = cases[i].clock;
		const cs_time stated = desk->now + 9 * 3600;
		int64_t id;

		reg.kind = cases[i].kind;
		reg.due_at = CS_TIME_NONE;
		id = desk_register_as(&reg, cases[i].words, &e);
		if (!id)
			fail_msg("%s: %s", cases[i].kind, e.text);
		assert_string_equal(desk_clock(id, clock), "none");
		reg.due_at = stated;
		id = desk_register_as(&reg, cases[i].words, &e);
		if (!id)
			fail_msg("%s: %s", cases[i].kind, e.text);
		assert_int_equal(desk_ticket(id)->t.due_at, stated);
		assert_int_equal(due(id, clock), stated);
		assert_int_equal(cs_image_clock(desk_ticket(id), clock)->due_set, 1);
		desk->now += 24 * 3600;
		assert_int_equal(desk_settle(id), 1); /* the due alone: no rung has a number */
		desk_do(id, cases[i].end);
		assert_string_equal(desk_clock(id, clock), "late");
		assert_int_equal(desk_ticket(id)->t.late, 1);
		desk_do(id, "close");
		desk_do(id, "reopen note=再问");
		assert_string_equal(desk_clock(id, clock), "none");
		assert_int_equal(desk_ticket(id)->t.due_at, CS_NULL);
		assert_int_equal(desk_ticket(id)->t.late, CS_NULL);
	}
	edition_with("\"kinds\": {\"message\": {\"clocks\": {\"pass_on\": {\"limit\": \"1d\", "
		     "\"when\": {\"field\": \"urgent\", \"is\": true}}}}}");
	reg.due_at = desk->now + 3600;
	assert_int_equal(desk_register_as(&reg, "wanted=张经理", &e), 0);
	assert_int_equal(e.code, CS_REFUSED);
	assert_non_null(strstr(e.text, "due: clock pass_on does not run for it"));
	assert_true(desk_register_as(&reg, "wanted=张经理 urgent=yes", NULL) != 0);
}

/* S3-5-4: the order goes out 20 minutes before the appointment. Of one that is nearer nobody can keep that; S0-5-2
   holds all the same. */
static void near_appointment(void **state)
{
	static const struct {
		const char *at, *lead;
	} cases[] = {
		{"appoint appointment=2026-11-02_09:19", "none"},
		{"appoint appointment=2026-11-02_09:20", "running"},
		{"appoint appointment=2026-11-02_09:21", "running"},
	};
	int64_t id;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		id = desk_register("request", "eng.water", NULL, NULL);
		desk_do(id, cases[i].at);
		if (strcmp(desk_clock(id, "appt_lead"), cases[i].lead) != 0)
			fail_msg("%s: appt_lead %s", cases[i].at, desk_clock(id, "appt_lead"));
		assert_string_equal(desk_clock(id, "appt_late"), "running");
	}
	/* Moved nearer: the clock of the appointment given up ends, none takes its place. */
	id = desk_register("request", "eng.water", NULL, NULL);
	desk_do(id, "appoint appointment=2026-11-02_15:00");
	desk_do(id, "appoint appointment=2026-11-02_09:15 consented_move=yes");
	assert_string_equal(desk_clock(id, "appt_lead"), "void");
	assert_int_equal(due(id, "appt_late"), desk_at("2026-11-02 09:25"));
}

/* A decision on a ticket of 09:00, of which nothing is recorded. */
static void decide(struct cs_decision *d, int64_t id, const char *at)
{
	static struct cs_effects out;
	struct cs_image *im;
	struct cs_err e = {0};

	if (cs_session_begin(desk, &e) < 0)
		fail_msg("%s", e.text);
	im = desk_ticket(id);
	out = (struct cs_effects){.arena = &desk->work};
	cs_decision_begin(d, desk, im, cs_session_kind(desk, im, &e), desk->policy,
			  (struct cs_deed){"ticket", id, "note", desk_at(at), CS_NULL}, &out);
}

static void verdict(struct cs_decision *d, const char *clock, const char *want)
{
	const char *is = cs_image_clock(&d->after, clock)->verdict;

	if (!is || strcmp(is, want) != 0)
		fail_msg("%s: %s, not %s", clock, is ? is : "running", want);
}

/* A cycle that ends: late is what was passed, void what nobody could stop any more. */
static void end_of_cycle(void **state)
{
	static const struct {
		const char *at, *dispatch, *resolve;
	} cases[] = {
		{"2026-11-02 09:10:00", "void", "void"},
		{"2026-11-02 09:10:01", "late", "void"},
		{"2026-11-03 00:00:01", "late", "late"},
	};
	int64_t id = desk_register("request", "eng.water", NULL, NULL);
	struct cs_decision d;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		decide(&d, id, cases[i].at);
		cs_decide_end_cycle(&d);
		verdict(&d, "dispatch", cases[i].dispatch);
		verdict(&d, "resolve", cases[i].resolve);
		cs_session_rollback(desk);
	}
}

/* Of an imported closed matter only the main clock is known to have stopped. */
static void closed_before(void **state)
{
	int64_t id = desk_register("request", "eng.water", NULL, NULL);
	struct cs_decision d;
	struct cs_err e = {0};

	(void)state;
	decide(&d, id, "2026-11-02 09:30");
	assert_int_equal(cs_decide_closed_before(&d, &e), 0);
	verdict(&d, "dispatch", "void");
	verdict(&d, "resolve", "met");
	assert_int_equal(d.after.t.late, 0);
	cs_session_rollback(desk);
	decide(&d, id, "2026-11-03 00:00:01");
	assert_int_equal(cs_decide_closed_before(&d, &e), 0);
	verdict(&d, "resolve", "late");
	assert_int_equal(d.after.t.late, 1);
}

/* G12: what a clock stands in a waiting state is lost to its rungs (S3-6-2: past 48 h). */
static void pauses(void **state)
{
	int64_t id;

	(void)state;
	edition_with("\"kinds\": {\"request\": {\"clocks\": {\"resolve\": {\"pause\": "
		     "[\"supplier\"]}}}}");
	id = desk_register("request", "eng.water", NULL, NULL);
	desk_do(id, "dispatch handling=p1.engineering assignee=worker");
	desk_do(id, "arrive");
	desk_do(id, "start");
	desk_time("2026-11-02 10:00");
	desk_do(id, "pause note=等配件");
	assert_string_equal(desk_clock(id, "resolve"), "paused");
	desk_time("2026-11-02 12:00");
	desk_do(id, "resume");
	assert_string_equal(desk_clock(id, "resolve"), "running");
	desk_do(id, "hold note=不在家"); /* waits for the customer: that does not stop it */
	assert_string_equal(desk_clock(id, "resolve"), "running");
	desk_time("2026-11-04 11:00");
	desk_settle(id);
	assert_int_equal(desk_ticket(id)->t.level, 1);
	desk->now++;
	desk_settle(id);
	assert_int_equal(desk_ticket(id)->t.level, 2);
}

static size_t events(int64_t id, const char *part)
{
	struct cs_arena a = {0};
	struct cs_event ev;
	size_t n = 0;

	for (int64_t i = 1; i <= desk->chain.last_id; i++)
		if (cs_event_get(desk->db, i, &a, &ev, NULL) == 1 && ev.subject == id && strstr(ev.facts, part))
			n++;
	cs_arena_free(&a);
	return n;
}

/* A due that is moved in time is the due; one that was missed stays missed, whatever is promised after it. */
static void moved(void **state)
{
	static const struct {
		const char *what, *night, *now, *words, *finish, *verdict;
		size_t breaches;
		int64_t soon; /* the rung of two hours before the due: 1 fired, 0 did not, -1 is moot */
	} cases[] = {
		{"in time", NULL, "2026-11-04 08:00", "", "2026-11-05 18:00", "met", 0, 1},
		{"in time, and missed", NULL, "2026-11-04 08:00", "", "2026-11-05 18:00:01", "late", 1, 1},
		{"on the second", NULL, "2026-11-04 09:00", "", "2026-11-05 10:00", "met", 0, 1},
		{"too late", NULL, "2026-11-04 09:00:01", "", "2026-11-05 10:00", "late", 1, 1},
		{"too late, after a night", "2026-11-04 09:30", "2026-11-04 10:00", "", "2026-11-05 10:00", "late", 1,
		 1},
		{"too late, and missed again", NULL, "2026-11-04 10:00", "", "2026-11-05 18:01", "late", 2, 1},
		{"recorded later", NULL, "2026-11-04 10:00", " at=2026-11-04_06:00", "2026-11-05 10:00", "met", 1, -1},
		{"recorded after a night", "2026-11-04 09:30", "2026-11-04 10:00", " at=2026-11-04_06:00",
		 "2026-11-05 17:00", "met", 1, 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct cs_rung_row *soon;
		char words[100];
		int64_t id;

		desk_begin();
		edition_with(
			"\"params\": {\"cmp.escalate\": {\"value\": \"48h\"}}, \"kinds\": {\"complaint\": {\"clocks\": "
			"{\"resolve\": {\"rungs\": [{\"id\": \"company\", \"before\": \"2h\", \"to\": "
			"\"post:company_complaints\"}]}}, \"steps\": {\"contact\": {\"moves\": {\"resolve\": "
			"\"promised_at\"}}}}}");
		desk_actor("chief");
		id = desk_register("complaint", "eng.water", NULL, NULL);
		desk_do(id, "dispatch handling=p1.engineering promised_at=2026-11-30_10:00");
		if (cases[i].night) {
			desk_time(cases[i].night);
			desk_settle(id);
		}
		desk_time(cases[i].now);
		snprintf(words, sizeof words, "contact note=x promised_at=2026-11-05_18:00%s", cases[i].words);
		desk_do(id, words);
		assert_int_equal(desk_ticket(id)->t.due_at, desk_at("2026-11-05 18:00"));
		desk_time(cases[i].finish);
		desk_do(id, "contact note=again"); /* promises nothing new */
		desk_do(id, "finish result=x");
		soon = cs_image_count(desk_ticket(id), CS_P_RUNG) ? cs_image_at(desk_ticket(id), CS_P_RUNG, 0) : NULL;
		if (strcmp(desk_clock(id, "resolve"), cases[i].verdict) != 0 ||
		    events(id, "[\"breach\",\"resolve\"]") != cases[i].breaches ||
		    desk_ticket(id)->t.late != (strcmp(cases[i].verdict, "late") == 0) ||
		    (soon ? soon->moot ? -1 : 1 : 0) != cases[i].soon)
			fail_msg("%s: %s, passed %zu times, rung %d", cases[i].what, desk_clock(id, "resolve"),
				 events(id, "[\"breach\",\"resolve\"]"), soon ? soon->moot ? -1 : 1 : 0);
		desk_end();
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(stops, begin, end),
		cmocka_unit_test_setup_teardown(by_appointment, begin, end),
		cmocka_unit_test_setup_teardown(main_clock, begin, end),
		cmocka_unit_test_setup_teardown(stated_due, begin, end),
		cmocka_unit_test_setup_teardown(near_appointment, begin, end),
		cmocka_unit_test_setup_teardown(end_of_cycle, begin, end),
		cmocka_unit_test_setup_teardown(closed_before, begin, end),
		cmocka_unit_test_setup_teardown(pauses, begin, end),
		cmocka_unit_test(moved),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
