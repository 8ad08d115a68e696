/* Contacts: who may make them when, what comes of a try (requirements 7.1 to 7.5). The programs'
   tests take the rest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/callback.h"
#include "domain/ladder.h"
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
	desk_end();
	return 0;
}

static int64_t finished(const char *category, const char *words)
{
	int64_t id = desk_register("request", category, words, NULL);

	desk_do(id, "dispatch handling=p1.engineering assignee=worker");
	desk_do(id, "arrive");
	desk_do(id, "start");
	desk_do(id, "finish result=好 unsigned_why=不在");
	return id;
}

static const struct cs_callback_row *contact(int64_t ticket, int64_t seq)
{
	const struct cs_callback_row *c = cs_image_callback(desk_ticket(ticket), seq);

	assert_non_null(c);
	return c;
}

static enum cs_code record(int64_t ticket, struct cs_call_result r, struct cs_call_done *done)
{
	struct cs_err e = {0};
	struct cs_image *im;
	int rc;

	if (!r.at)
		r.at = CS_TIME_NONE;
	if (!r.causing)
		r.causing = CS_NULL;
	assert_int_equal(cs_session_begin(desk, &e), 0);
	im = desk_ticket(ticket);
	rc = cs_callback_record(desk, im, &r, done, &e);
	if (rc == 0 && (cs_image_save(im, desk->db, &e) < 0 || cs_session_commit(desk, &e) < 0))
		fail_msg("%s", e.text);
	cs_session_rollback(desk);
	return rc == 0 ? CS_OK : e.code;
}

static const struct cs_given all_said[] = {
	{"timely", "yes"}, {"speed", "3"}, {"process", "3"}, {"result", "3"}, {"dry", "no"}};

static void test_excludes(void **state)
{
	static const struct {
		const char *not_by;
		int64_t staff;
		bool is;
	} cases[] = {{NULL, 1, false},   {"", 1, false},      {"1", 1, true},
		     {"11", 1, false},   {"3,17", 17, true},  {"3,17", 3, true},
		     {"3,17", 7, false}, {"3,17", 31, false}, {"3", CS_NULL, false}};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(cs_callback_excludes(cases[i].not_by, cases[i].staff),
				 cases[i].is);
}

/* S3-7-4, S4-7-1, C12: first allowed time and due, the due moved into the last slot before it. */
static void test_times(void **state)
{
	static const struct {
		const char *rule, *priority, *from, *first, *due;
	} cases[] = {
		{"request", "normal", "2026-11-02 10:30", "2026-11-02 10:30", "2026-11-03 10:30"},
		{"request", "normal", "2026-11-02 09:59:59", "2026-11-02 10:00",
		 "2026-11-02 21:00"},
		{"request", "normal", "2026-11-02 10:00", "2026-11-02 10:00", "2026-11-03 10:00"},
		{"request", "normal", "2026-11-02 12:00", "2026-11-02 12:00", "2026-11-03 12:00"},
		{"request", "normal", "2026-11-02 12:01", "2026-11-02 14:00", "2026-11-03 12:00"},
		{"request", "normal", "2026-11-02 21:01", "2026-11-03 10:00", "2026-11-03 21:00"},
		{"request", "normal", "2026-11-02 00:00", "2026-11-02 10:00", "2026-11-02 21:00"},
		{"urgent", "urgent", "2026-11-02 23:00", "2026-11-02 23:00", "2026-11-03 23:00"},
		{"complaint", "normal", "2026-11-02 23:00", "2026-11-03 10:00", NULL},
	};
	int64_t id = desk_register("request", "eng.leak", "", NULL);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_image *im = desk_ticket(id);
		struct cs_view v = {.s = desk,
				    .policy = desk->policy,
				    .im = im,
				    .at = desk->now,
				    .kind = cs_policy_kind(desk->policy, "request")};
		struct cs_err e = {0};
		cs_time first, due;

		im->t.priority = cases[i].priority;
		assert_int_equal(cs_callback_times(&v,
						   cs_policy_callback(desk->policy, cases[i].rule), "phone",
						   desk_at(cases[i].from), &first, &due, &e),
				 0);
		assert_int_equal(first, desk_at(cases[i].first));
		assert_int_equal(due, cases[i].due ? desk_at(cases[i].due) : CS_TIME_NONE);
	}
}

/* A window binds only its methods: hours and due of a visit stay as they are, also when the method
   changes. */
static void test_times_by_method(void **state)
{
	static const struct {
		const char *method, *from, *due;
	} cases[] = {
		{"phone", "2026-11-02 10:00", "2026-11-02 21:00"},
		{"visit", "2026-11-02 09:00", "2026-11-03 09:00"},
	};
	struct cs_call_result nobody = {.outcome = CS_CALL_UNREACHABLE};
	struct cs_err e = {0};
	size_t released = 0;
	struct cs_call_done done;
	struct cs_image *im;
	int64_t id;

	(void)state;
	edition_with("\"windows\": {\"call\": {\"methods\": [\"phone\"]}}");
	id = finished("eng.leak", "");
	desk_time("2026-11-02 11:00");
	for (size_t i = 0; i < 2; i++) {
		assert_string_equal(contact(id, 1)->method, cases[i].method);
		assert_int_equal(contact(id, 1)->from_at, desk_at(cases[i].from));
		assert_int_equal(contact(id, 1)->due_at, desk_at(cases[i].due));
		nobody.seq = 1;
		nobody.method = cases[i].method;
		assert_int_equal(record(id, nobody, &done), CS_OK);
	}
	/* what waited counts from what it waited for, not from its planning */
	desk_time("2026-11-04 07:00");
	assert_int_equal(cs_session_begin(desk, &e), 0);
	im = desk_ticket(id);
	assert_int_equal(cs_callback_release(desk, im, "rain", desk->now, &released, &e), 0);
	assert_int_equal(released, 1);
	assert_int_equal(cs_image_callback(im, 2)->due_at, desk_at("2026-11-04 21:00"));
	assert_true(cs_image_save(im, desk->db, &e) == 0 && cs_session_commit(desk, &e) == 0);
	desk_time("2026-11-04 11:00");
	nobody.seq = 2;
	nobody.method = NULL;
	assert_int_equal(record(id, nobody, &done), CS_OK);
	assert_string_equal(contact(id, 2)->method, "visit");
	assert_int_equal(contact(id, 2)->from_at, desk_at("2026-11-04 07:00"));
	assert_int_equal(contact(id, 2)->due_at, desk_at("2026-11-05 07:00"));
}

/* Settle first: what was crossed fires before the release is recorded, and what was given up before
   the rain came is not released by it. */
static void test_release_settles(void **state)
{
	int64_t id;
	struct cs_err e = {0};
	size_t released = 0;
	struct cs_image *im;

	(void)state;
	edition_with("\"params\": {\"leak.give_up\": {\"value\": \"3d\", \"source\": \"G24\"}}");
	id = finished("eng.leak", "");
	desk_do(id, "rework note=x");
	desk_do(id, "arrive");
	desk_do(id, "start");
	desk_do(id, "finish result=好 unsigned_why=不在");
	desk_time("2026-11-05 09:00");
	assert_int_equal(cs_session_begin(desk, &e), 0);
	im = desk_ticket(id);
	assert_int_equal(cs_callback_release(desk, im, "rain", desk_at("2026-11-05 09:00"), &released, &e), 0);
	assert_int_equal(released, 1);
	cs_session_rollback(desk);
	desk_time("2026-11-05 09:00:01");
	assert_int_equal(cs_session_begin(desk, &e), 0);
	im = desk_ticket(id);
	assert_int_equal(cs_callback_release(desk, im, "rain", desk->now, &released, &e), 0);
	assert_int_equal(released, 1);
	assert_string_equal(cs_image_callback(im, 4)->outcome, "gave_up");
	cs_session_rollback(desk);
	/* a clock that runs: reworked, not finished again */
	id = finished("eng.leak", "");
	desk_do(id, "rework note=x");
	im = desk_ticket(id);
	assert_int_equal(im->t.level, 0);
	desk_time("2026-11-07 09:00");
	assert_int_equal(cs_session_begin(desk, &e), 0);
	im = desk_ticket(id);
	cs_image_callback(im, 2)->state = "waiting"; /* as if it had outlived the reopening */
	assert_int_equal(cs_callback_release(desk, im, "rain", desk->now, &released, &e), 0);
	assert_int_equal(im->t.level, 1);
	cs_session_rollback(desk);
}

/* S0-7-13, S3-7-5: both ends of a window belong to it; what is urgent, or made by a method without
   hours, is not bound. */
static void test_allowed(void **state)
{
	static const struct {
		const char *at;
		bool may;
	} cases[] = {{"09:59:59", false}, {"10:00", true},  {"12:00", true}, {"12:00:01", false},
		     {"12:01", false},    {"13:59", false}, {"14:00", true}, {"21:00", true},
		     {"21:00:01", false}, {"21:01", false}, {"00:00", false}};
	const struct cs_callback_rule *rule = cs_policy_callback(desk->policy, "request");
	int64_t id = desk_register("request", "eng.leak", "", NULL);
	struct cs_image *im = desk_ticket(id);
	struct cs_view v = {.s = desk,
			    .policy = desk->policy,
			    .im = im,
			    .at = desk->now,
			    .kind = cs_policy_kind(desk->policy, "request")};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char at[32] = "2026-11-02 ";

		strcat(at, cases[i].at);
		im->t.priority = "normal";
		assert_int_equal(cs_callback_allowed(&v, rule, "phone", desk_at(at)), cases[i].may);
		assert_int_equal(cs_callback_allowed(&v, rule, "visit", desk_at(at)), cases[i].may);
		assert_true(cs_callback_allowed(&v, rule, "letter", desk_at(at)));
		im->t.priority = "urgent";
		assert_true(cs_callback_allowed(&v, rule, "phone", desk_at(at)));
	}
}

/* S0-7-2: person, time, what is asked; not by who did the job, nor by another hand that entered it.
   */
static void test_planned(void **state)
{
	const struct cs_callback_row *c;
	int64_t id;

	(void)state;
	id = finished("eng.water", ""); /* ling enters what worker did */
	c = contact(id, 1);
	assert_string_equal(c->rule, "request");
	assert_string_equal(c->purpose, "satisfaction");
	assert_string_equal(c->method, "phone");
	assert_int_equal(c->caller, desk_staff("ling"));
	assert_int_equal(c->person, PERSON_WANG);
	assert_true(cs_callback_excludes(c->not_by, desk_staff("worker")));
	assert_false(cs_callback_excludes(c->not_by, desk_staff("ling")));
	id = desk_register("request", "eng.water", "", NULL);
	desk_do(id, "dispatch handling=p1.engineering"); /* to nobody by name */
	desk_do(id, "arrive");
	desk_do(id, "start");
	desk_actor("worker2");
	desk_do(id, "finish result=好 unsigned_why=不在");
	assert_true(cs_callback_excludes(contact(id, 1)->not_by, desk_staff("worker2")));
	desk_actor("ling");
	id = desk_register("complaint", "svc.manner", "", NULL);
	desk_do(id, "answer result=已道歉"); /* on the spot */
	desk_actor("chief");
	desk_do(id, "verify note=查过");
	c = contact(id, 1);
	assert_true(cs_callback_excludes(c->not_by, desk_staff("ling")));
	assert_int_equal(c->caller, CS_NULL); /* there is nobody else at the front desk */
}

/* S0-7-3, C41, G14. */
static void test_methods(void **state)
{
	const struct cs_call_result nobody = {.outcome = CS_CALL_UNREACHABLE};
	struct cs_call_result visit = nobody, phone = nobody;
	struct cs_call_done done;
	int64_t id = finished("eng.water", "");

	(void)state;
	desk_time("2026-11-02 11:00");
	desk_actor("ling");
	/* out of turn: a visit first; then the phone has its turn, then nothing is left */
	visit.method = "visit";
	assert_int_equal(record(id, visit, &done), CS_OK);
	assert_string_equal(done.state, "open");
	assert_string_equal(done.method, "visit"); /* the one that was used */
	assert_string_equal(contact(id, 1)->method, "phone");
	assert_int_equal(contact(id, 1)->caller, desk_staff("ling"));
	assert_int_equal(record(id, nobody, &done), CS_REFUSED); /* by which of the two? */
	phone.method = "phone";
	assert_int_equal(record(id, phone, &done), CS_OK);
	assert_string_equal(done.state, "exempt");
	assert_string_equal(contact(id, 1)->outcome, "unreachable");
	assert_int_equal(record(id, nobody, &done), CS_REFUSED);
	desk_time("2026-11-03 10:00");
	id = finished("eng.water", "");
	assert_int_equal(
		record(id, (struct cs_call_result){.outcome = CS_CALL_REFUSED, .method = "visit"},
		       &done),
		CS_OK);
	assert_string_equal(done.method, "visit");
	assert_string_equal(contact(id, 1)->method, "visit");
}

static void test_refusals(void **state)
{
	struct cs_call_result good = {.outcome = CS_CALL_REACHED,
				      .score = 5,
				      .answer = all_said,
				      .answer_count = 4},
			      r;
	struct cs_call_done done;
	int64_t id = finished("eng.water", "");

	(void)state;
	desk_time("2026-11-02 11:00");
	desk_actor("worker");
	assert_int_equal(record(id, good, &done), CS_REFUSED);
	desk_actor("ling");
	r = good;
	r.score = 0;
	assert_int_equal(record(id, r, &done), CS_REFUSED);
	r.score = 6;
	assert_int_equal(record(id, r, &done), CS_USAGE);
	r = good;
	r.answer_count = 3;
	assert_int_equal(record(id, r, &done), CS_REFUSED);
	r.answer_count = 5; /* dry is not asked */
	assert_int_equal(record(id, r, &done), CS_USAGE);
	r = good;
	r.outcome = CS_CALL_REFUSED;
	assert_int_equal(record(id, r, &done), CS_USAGE);
	r = good;
	r.method = "owl";
	assert_int_equal(record(id, r, &done), CS_USAGE);
	r = good;
	r.at = desk_at("2026-11-02 08:59");
	assert_int_equal(record(id, r, &done), CS_REFUSED);
	r.at = desk_at("2026-11-02 11:01");
	assert_int_equal(record(id, r, &done), CS_REFUSED);
	r = good;
	r.seq = 2;
	assert_int_equal(record(id, r, &done), CS_REFUSED);
	assert_int_equal(contact(id, 1)->tries, 0);
	assert_int_equal(record(id, good, &done), CS_OK);
}

/* G35: one and two are low, three is not (score.low). */
static void test_low(void **state)
{
	struct cs_call_result r = {
		.outcome = CS_CALL_REACHED, .answer = all_said, .answer_count = 4};
	struct cs_call_done done;

	(void)state;
	for (r.score = 1; r.score <= 5; r.score++) {
		int64_t id;

		desk_time("2026-11-02 10:00");
		id = finished("eng.leak", "");
		desk_time("2026-11-02 11:00");
		r.seq = 1;
		assert_int_equal(record(id, r, &done), CS_OK);
		assert_int_equal(done.low, r.score <= 2);
		assert_int_equal(done.reworked, r.score <= 2);
		assert_string_equal(desk_state(id), r.score <= 2 ? "dispatched" : "finished");
		assert_int_equal(desk_ticket(id)->t.cycle, r.score <= 2 ? 2 : 1);
		assert_string_equal(contact(id, 2)->state, r.score <= 2 ? "dropped" : "waiting");
	}
}

/* S4-7-2, G24. */
static void test_rain(void **state)
{
	int64_t id = finished("eng.leak", "");
	struct cs_err e = {0};
	size_t released = 0;
	struct cs_image *im;

	(void)state;
	assert_string_equal(contact(id, 2)->state, "waiting");
	assert_int_equal(contact(id, 2)->from_at, CS_NULL);
	desk_time("2026-11-04 07:00");
	assert_int_equal(cs_session_begin(desk, &e), 0);
	desk_actor("worker");
	assert_int_equal(cs_happening_enter(desk, "rain", UNIT_P1, desk->now, &e), -1);
	assert_int_equal(e.code, CS_REFUSED);
	desk_actor("ling");
	assert_int_equal(cs_happening_enter(desk, "snow", UNIT_P1, desk->now, &e), -1);
	assert_int_equal(e.code, CS_USAGE);
	assert_int_equal(cs_happening_enter(desk, "rain", UNIT_P1, desk->now, &e), 1);
	assert_int_equal(cs_happening_enter(desk, "rain", UNIT_P1, desk_at("2026-11-04 00:00"), &e),
			 0);
	assert_int_equal(
		cs_happening_enter(desk, "rain", UNIT_P1, desk_at("2026-11-03 23:59:59"), &e), 1);
	desk_actor("head"); /* of a department of the project */
	assert_int_equal(cs_happening_enter(desk, "rain", UNIT_NORTH, desk->now, &e), 1);
	assert_int_equal(cs_happening_enter(desk, "rain", UNIT_P2, desk->now, &e), -1);
	im = desk_ticket(id);
	assert_int_equal(
		cs_callback_release(desk, im, "rain", desk_at("2026-11-02 08:59"), &released, &e),
		0);
	assert_int_equal(released, 0); /* before the work was done */
	assert_int_equal(cs_callback_release(desk, im, "rain", desk->now, &released, &e), 0);
	assert_int_equal(released, 1);
	assert_int_equal(cs_callback_release(desk, im, "rain", desk->now, &released, &e), 0);
	assert_int_equal(released, 1);
	assert_string_equal(cs_image_callback(im, 2)->state, "open");
	assert_int_equal(cs_image_callback(im, 2)->from_at, desk_at("2026-11-04 10:00"));
	assert_int_equal(cs_image_callback(im, 2)->due_at, desk_at("2026-11-04 21:00"));
	cs_session_rollback(desk);
}

static void enter_rain(const char *when, int64_t unit)
{
	struct cs_err e = {0};

	desk_time(when);
	assert_int_equal(cs_session_begin(desk, &e), 0);
	desk_actor("ling");
	if (cs_happening_enter(desk, "rain", unit, desk->now, &e) != 1)
		fail_msg("%s: %s", when, e.text);
	assert_int_equal(cs_session_commit(desk, &e), 0);
}

/* S4-7-2: the first rain after the repair counts, also when the repair is recorded only then, and for the next method
   too; not one before it, elsewhere, or after the contact was to be given up. */
static void test_rain_before_the_record(void **state)
{
	static const struct {
		const char *finished, *state, *from, *due;
	} cases[] = {
		{"2026-11-03_08:00", "open", "2026-11-03 10:00", "2026-11-03 21:00"},
		{"2026-11-03_09:00", "open", "2026-11-03 10:00", "2026-11-03 21:00"},
		{"2026-11-03_09:01", "open", "2026-11-03 14:00", "2026-11-04 12:00"},
		{"2026-11-03_13:01", "open", "2026-11-04 10:00", "2026-11-04 21:00"},
		{"2026-11-04_07:01", "waiting", NULL, NULL},
		{"2026-11-02_10:00", "open", "2026-11-03 10:00", "2026-11-03 21:00"},
		{"2026-11-02_09:59", "waiting", NULL, NULL}, /* 23 hours are over by the rain */
	};
	enum { COUNT = sizeof cases / sizeof *cases };
	const struct cs_call_result nobody = {.seq = 2, .outcome = CS_CALL_UNREACHABLE, .at = CS_TIME_NONE};
	struct cs_call_done done;
	int64_t id[COUNT];
	char words[120];

	(void)state;
	edition_with("\"params\": {\"leak.give_up\": {\"value\": \"23h\", \"source\": \"G24\"}},"
		     "\"windows\": {\"call\": {\"methods\": [\"phone\"]}}");
	for (size_t i = 0; i < COUNT; i++) {
		id[i] = desk_register("request", "eng.leak", "", NULL);
		desk_do(id[i], "dispatch handling=p1.engineering assignee=worker");
		desk_do(id[i], "arrive");
		desk_do(id[i], "start");
	}
	enter_rain("2026-11-03 08:30", UNIT_ENGINEERING); /* the tickets lie in the north */
	enter_rain("2026-11-03 09:00", UNIT_P1);
	enter_rain("2026-11-03 13:00", UNIT_NORTH);
	enter_rain("2026-11-04 07:00", UNIT_P1);
	desk_time("2026-11-04 08:00");
	for (size_t i = 0; i < COUNT; i++) {
		const struct cs_callback_row *c;

		snprintf(words, sizeof words, "finish result=好 unsigned_why=不在 at=%s", cases[i].finished);
		desk_do(id[i], words);
		c = contact(id[i], 2);
		if (strcmp(c->state, cases[i].state) != 0)
			fail_msg("%s: %s", cases[i].finished, c->state);
		assert_string_equal(c->happening, "rain");
		assert_int_equal(c->from_at, cases[i].from ? desk_at(cases[i].from) : CS_NULL);
		assert_int_equal(c->due_at, cases[i].due ? desk_at(cases[i].due) : CS_NULL);
	}
	assert_int_equal(record(id[0], nobody, &done), CS_OK);
	assert_string_equal(contact(id[0], 2)->method, "visit");
	assert_int_equal(contact(id[0], 2)->from_at, desk_at("2026-11-03 09:00"));
	assert_int_equal(contact(id[0], 2)->due_at, desk_at("2026-11-04 09:00"));
}

static void test_plan(void **state)
{
	int64_t id = finished("eng.water", ""), seq = 0;
	struct cs_err e = {0};
	struct cs_image *im;

	(void)state;
	assert_int_equal(cs_session_begin(desk, &e), 0);
	im = desk_ticket(id);
	assert_int_equal(cs_callback_plan(desk, im, "satisfaction", CS_NULL, &seq, &e),
			 0); /* that of the rules is open */
	assert_int_equal(seq, 1);
	assert_int_equal(cs_callback_plan(desk, im, "spot", 7, &seq, &e), 1);
	assert_int_equal(seq, 2);
	assert_int_equal(cs_image_callback(im, 2)->draw, 7);
	assert_true(cs_callback_excludes(cs_image_callback(im, 2)->not_by, desk_staff("worker")));
	assert_int_equal(cs_callback_plan(desk, im, "spot", 7, &seq, &e), 0);
	assert_int_equal(cs_callback_plan(desk, im, "leak_after_rain", CS_NULL, &seq, &e),
			 -1); /* it was no leak */
	assert_int_equal(e.code, CS_REFUSED);
	cs_session_rollback(desk);
}

/* Without a purpose: the first the rules have for the ticket that is not asked of samples, once it is done. */
static void test_plan_first(void **state)
{
	static const struct {
		const char *kind, *words, *life[5], *rule; /* rule NULL: refused */
	} cases[] = {
		{"request", "", {NULL}, NULL},
		{"request", "", {"dispatch handling=p1.engineering", "arrive", NULL}, NULL},
		{"request", "", {"answer answer_text=好", NULL}, "request"},
		{"request", "priority=urgent", {"answer answer_text=好", NULL}, "urgent"},
		{"complaint", "", {NULL}, NULL},
		{"complaint", "", {"answer result=好", NULL}, "complaint"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_image *im;
		struct cs_err e = {0};
		int64_t id, seq = 0;
		int rc;

		desk_actor("ling");
		id = desk_register(cases[i].kind, "eng.water", cases[i].words, NULL);
		for (size_t k = 0; cases[i].life[k]; k++)
			desk_do(id, cases[i].life[k]);
		assert_int_equal(cs_session_begin(desk, &e), 0);
		im = desk_ticket(id);
		rc = cs_callback_plan(desk, im, NULL, CS_NULL, &seq, &e);
		if (cases[i].rule && (rc != 1 || strcmp(cs_image_callback(im, seq)->rule, cases[i].rule) != 0))
			fail_msg("case %zu: %s", i, rc == 1 ? cs_image_callback(im, seq)->rule : e.text);
		if (!cases[i].rule && (rc != -1 || e.code != CS_REFUSED || !strstr(e.text, "still")))
			fail_msg("case %zu: planned, or %s", i, e.text);
		/* What is named is planned: a sample may ask while it is being worked on. */
		assert_int_equal(cs_callback_plan(desk, im, "spot", CS_NULL, &seq, &e), 1);
		cs_session_rollback(desk);
	}
}

/* S3-7-3: all complainants are called, each once; nobody whose part has ended. */
static void test_parties(void **state)
{
	static const int64_t called[] = {PERSON_WANG, PERSON_GOLD};
	struct cs_effects l = {.arena = &desk->life};
	struct cs_err e = {0};
	struct cs_image *im;
	int64_t id;

	(void)state;
	id = desk_register("complaint", "eng.leak", "", NULL);
	assert_int_equal(cs_session_begin(desk, &e), 0);
	im = desk_ticket(id);
	cs_put(&l, CS_OP_PARTY, CS_I(2), CS_I(PERSON_GOLD), CS_S("owner"));
	cs_put(&l, CS_OP_PARTY, CS_I(3), CS_I(PERSON_GOLD + 1), CS_S("tenant"));
	cs_put(&l, CS_OP_PARTY_END, CS_I(3), CS_I(desk->now));
	assert_int_equal(
		cs_session_record(desk, im, (struct cs_deed){"ticket", id, "join", desk->now, desk->actor}, &l, &e), 0);
	assert_int_equal(cs_image_save(im, desk->db, &e), 0);
	assert_int_equal(cs_session_commit(desk, &e), 0);
	desk_do(id,
		"dispatch handling=p1.engineering assignee=worker promised_at=2026-11-03_12:00");
	desk_actor("worker");
	desk_do(id, "finish result=好");
	desk_actor("chief");
	desk_do(id, "verify note=查过");
	im = desk_ticket(id);
	assert_int_equal(cs_image_count(im, CS_P_CALLBACK), 2);
	for (int64_t seq = 1; seq <= 2; seq++)
		assert_int_equal(cs_image_callback(im, seq)->person, called[seq - 1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_excludes),
		cmocka_unit_test_setup_teardown(test_times, begin, end),
		cmocka_unit_test_setup_teardown(test_times_by_method, begin, end),
		cmocka_unit_test_setup_teardown(test_release_settles, begin, end),
		cmocka_unit_test_setup_teardown(test_allowed, begin, end),
		cmocka_unit_test_setup_teardown(test_planned, begin, end),
		cmocka_unit_test_setup_teardown(test_methods, begin, end),
		cmocka_unit_test_setup_teardown(test_refusals, begin, end),
		cmocka_unit_test_setup_teardown(test_low, begin, end),
		cmocka_unit_test_setup_teardown(test_rain, begin, end),
		cmocka_unit_test_setup_teardown(test_plan_first, begin, end),
		cmocka_unit_test_setup_teardown(test_rain_before_the_record, begin, end),
		cmocka_unit_test_setup_teardown(test_plan, begin, end),
		cmocka_unit_test_setup_teardown(test_parties, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
