/* The ladder of requests and of complaints: when each rung fires, for whom, and that it fires once.
   */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "desk.h"
#include "domain/ladder.h"
#include "editions.h"
#include "store/notice.h"

static int setup(void **state)
{
	(void)state;
	desk_begin();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	desk_end();
	return 0;
}

static const char *login(int64_t staff)
{
	const struct cs_staff_row *p = cs_org_staff(&desk->org, staff);

	return p ? p->login : "-";
}

/* "esc_1 2026-11-03 00:00 dept, ..." of the clock's rungs in the order of their events; moot ones
   in brackets. */
static const char *fired(int64_t ticket, const char *clock, int64_t cycle)
{
	static char text[1000];
	struct cs_image *im = desk_ticket(ticket);
	int64_t last = 0;
	char at[40];

	text[0] = '\0';
	for (;;) {
		const struct cs_rung_row *next = NULL;
		size_t n = strlen(text);

		for (size_t i = 0; i < cs_image_count(im, CS_P_RUNG); i++) {
			const struct cs_rung_row *r = cs_image_at(im, CS_P_RUNG, i);

			if (strcmp(r->clock, clock) == 0 && r->cycle == cycle && r->event > last &&
			    (!next || r->event < next->event))
				next = r;
		}
		if (!next)
			return text;
		last = next->event;
		snprintf(text + n, sizeof text - n, "%s%s%s %s %s%s", n ? ", " : "",
			 next->moot ? "[" : "", next->rung,
			 cs_time_text_minute(cs_session_zone(desk), next->at, at),
			 login(next->to_staff), next->moot ? "]" : "");
	}
}

static int64_t dispatched(const char *opened)
{
	struct cs_err e = {0};
	int64_t id;
	int rc;

	desk_time(opened);
	id = desk_register("request", "eng.leak", NULL, NULL);
	if (desk_dispatch(id, "p1.engineering", "worker", NULL, &rc, &e) != CS_OK)
		fail_msg("dispatch: %s", e.text);
	return id;
}

/* S3-6-1 ... S3-6-5: not finished the same day, past 48 h, 72 h, 7 days, 15 days. */
static void request_rungs(void **state)
{
	static const struct {
		const char *what, *opened, *rung[5];
	} cases[] = {
		{"a morning",
		 "2026-11-02 09:00",
		 {"2026-11-03 00:00", "2026-11-04 09:00", "2026-11-05 09:00", "2026-11-09 09:00",
		  "2026-11-17 09:00"}},
		{"ten to midnight",
		 "2026-11-03 23:50",
		 {"2026-11-04 00:00", "2026-11-05 23:50", "2026-11-06 23:50", "2026-11-10 23:50",
		  "2026-11-18 23:50"}},
		{"on midnight",
		 "2026-11-21 00:00",
		 {"2026-11-22 00:00", "2026-11-23 00:00", "2026-11-24 00:00", "2026-11-28 00:00",
		  "2026-12-06 00:00"}},
		{"month end",
		 "2026-12-30 18:00",
		 {"2026-12-31 00:00", "2027-01-01 18:00", "2027-01-02 18:00", "2027-01-06 18:00",
		  "2027-01-14 18:00"}},
		{"before a leap day",
		 "2028-02-28 10:00",
		 {"2028-02-29 00:00", "2028-03-01 10:00", "2028-03-02 10:00", "2028-03-06 10:00",
		  "2028-03-14 10:00"}},
		{"no leap day",
		 "2029-02-27 10:00",
		 {"2029-02-28 00:00", "2029-03-01 10:00", "2029-03-02 10:00", "2029-03-06 10:00",
		  "2029-03-14 10:00"}},
	};
	static const char *const to[] = {"dept", "chief", "manager", "area", "qmc"};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_buf want = {0};
		int64_t id;

		desk_begin();
		id = dispatched(cases[i].opened);
		for (size_t k = 0; k < 5; k++) {
			cs_time at = desk_at(cases[i].rung[k]);

			/* over means later: on the second itself it is in time */
			desk->now = at;
			desk_settle(id);
			if (strcmp(fired(id, "resolve", 1), cs_buf_str(&want)) != 0)
				fail_msg("%s: on the second of rung %zu: %s", cases[i].what, k + 1,
					 fired(id, "resolve", 1));
			desk->now = at + 1;
			assert_true(desk_settle(id) >= 1);
			cs_buf_printf(&want, "%sesc_%zu %s %s", k ? ", " : "", k + 1,
				      cases[i].rung[k], to[k]);
			if (strcmp(fired(id, "resolve", 1), cs_buf_str(&want)) != 0)
				fail_msg("%s: a second after rung %zu: %s", cases[i].what, k + 1,
					 fired(id, "resolve", 1));
			assert_int_equal(desk_ticket(id)->t.level, k + 1);
			assert_string_equal(login(desk_ticket(id)->t.responsible), to[k]);
			assert_int_equal(desk_settle(id), 0);
		}
		cs_buf_free(&want);
		desk_end();
	}
}

/* S3-4-20, S3-6-6: five working days by count, the registering day not among them. */
static void complaint_rung(void **state)
{
	static const struct {
		const char *opened, *rung;
	} cases[] = {
		{"2026-11-06 10:00",
		 "2026-11-14 00:00"}, /* Friday: Monday to Friday of the next week */
		{"2026-11-07 10:00", "2026-11-14 00:00"}, /* Saturday */
		{"2026-11-09 00:00", "2026-11-17 00:00"}, /* Monday: Tuesday to Monday */
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char want[80];
		int64_t id;

		desk_begin();
		desk_time(cases[i].opened);
		id = desk_register("complaint", "eng.leak", NULL, NULL);
		desk_time(cases[i].rung);
		desk_settle(id);
		assert_string_equal(fired(id, "resolve", 1), "");
		desk->now++;
		desk_settle(id);
		snprintf(want, sizeof want, "company %s director", cases[i].rung);
		assert_string_equal(fired(id, "resolve", 1), want);
		/* told, but it does not move (no transfer) */
		assert_string_not_equal(login(desk_ticket(id)->t.responsible), "director");
		desk_end();
	}
}

/* Nobody has it yet: it climbs like all others; the post to ask is vacant, the next above answers.
   */
static void unassigned_and_vacant(void **state)
{
	struct cs_arena a = {0};
	struct cs_notice n = {0};
	int64_t id;

	(void)state;
	desk_time("2026-11-02 09:00");
	id = desk_register("request", "eng.leak", NULL, NULL);
	desk_time("2026-11-03 00:00:01");
	desk_settle(id);
	assert_string_equal(fired(id, "resolve", 1), "esc_1 2026-11-03 00:00 chief");
	assert_string_equal(login(desk_ticket(id)->t.responsible), "chief");
	assert_int_equal(cs_notice_get(desk->db, desk_ticket(id)->t.last_event, 1, &a, &n, NULL),
			 1);
	assert_non_null(strstr(n.text, "dept_supervisor"));
	cs_arena_free(&a);
}

static void work_on(int64_t id)
{
	desk_do(id, "arrive");
	desk_do(id, "start");
}

/* A finish on the due second is in time; a second later it is late. */
static void finish_on_the_second(void **state)
{
	static const struct {
		const char *at, *verdict, *rungs;
	} cases[] = {
		{"2026-11-04 00:00:00", "met", ""},
		{"2026-11-04 00:00:01", "late", "esc_1 2026-11-04 00:00 dept"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t id;

		desk_begin();
		id = dispatched("2026-11-03 10:00");
		work_on(id);
		desk_time(cases[i].at);
		desk_do(id, "finish result=x evidence:signature.owner:x");
		assert_string_equal(desk_clock(id, "resolve"), cases[i].verdict);
		assert_string_equal(fired(id, "resolve", 1), cases[i].rungs);
		desk_end();
	}
}

/* Settle first: what was crossed by the instant of recording fires whenever the night runs; what
   comes after the instant the step happened at is moot, and verdicts go by that instant; the level is that of the rungs
   that are not moot. */
static void recorded_later(void **state)
{
	static const struct {
		const char *at, *rungs, *verdict;
		int level;
	} cases[] = {
		{"2026-11-05_09:00", "esc_1 2026-11-04 00:00 dept, [esc_2 2026-11-05 10:00 chief]", "late", 1},
		{"2026-11-03_12:00", "[esc_1 2026-11-04 00:00 dept], [esc_2 2026-11-05 10:00 chief]", "met", 0},
		{"2026-11-04_00:00", "[esc_1 2026-11-04 00:00 dept], [esc_2 2026-11-05 10:00 chief]", "met", 0},
	};
	char words[120];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		for (int night = 0; night < 2; night++) {
			int64_t id;

			desk_begin();
			id = dispatched("2026-11-03 10:00");
			work_on(id);
			if (night) {
				desk_time("2026-11-05 10:30");
				desk_settle(id);
			}
			desk_time("2026-11-05 12:00");
			snprintf(words, sizeof words,
				 "finish result=x evidence:signature.owner:x at=%s", cases[i].at);
			desk_do(id, words);
			assert_string_equal(fired(id, "resolve", 1), cases[i].rungs);
			assert_string_equal(desk_clock(id, "resolve"), cases[i].verdict);
			assert_int_equal(desk_ticket(id)->t.level, cases[i].level);
			desk_time("2026-12-24 12:00");
			assert_int_equal(desk_settle(id), 0);
			desk_end();
		}
}

/* When a pause of 10:00 is told: then, two days later, or then but after a night had fired the rung. */
enum told { IN_TIME, LATER, AFTER_A_NIGHT, TOLD_COUNT };

/* A complaint of 09:00 that an hour later waits for the customer; 48 hours are its limit and its rung. */
static int64_t waiting_complaint(enum told told)
{
	int64_t id;

	edition_with("\"params\": {\"cmp.escalate\": {\"value\": \"48h\"}}, \"kinds\": {\"complaint\": {\"clocks\": "
		     "{\"resolve\": {\"pause\": [\"customer\"]}}}}");
	desk_actor("chief");
	id = desk_register("complaint", "eng.water", NULL, NULL);
	desk_do(id, "dispatch handling=p1.engineering promised_at=2026-11-30_10:00");
	desk_time("2026-11-02 10:00");
	if (told == AFTER_A_NIGHT) {
		desk_time("2026-11-04 10:30");
		desk_settle(id);
		assert_int_equal(desk_ticket(id)->t.level, 1);
	}
	if (told != IN_TIME)
		desk_time("2026-11-04 11:00");
	desk_do(id, "propose proposal=x at=2026-11-02_10:00");
	assert_string_equal(fired(id, "resolve", 1), told == IN_TIME ? "" : "[company 2026-11-04 09:00 director]");
	return id;
}

/* A pause counts from when it was, also for what fired before it was recorded: that is moot and comes again. */
static void paused_later(void **state)
{
	(void)state;
	for (enum told told = IN_TIME; told < TOLD_COUNT; told++) {
		const struct cs_owed_row *o;
		int64_t id;

		desk_begin();
		id = waiting_complaint(told);
		assert_string_equal(desk_clock(id, "resolve"), "paused");
		assert_int_equal(desk_ticket(id)->t.due_at, CS_NULL);
		assert_int_equal(desk_ticket(id)->t.level, 0);
		assert_int_equal(cs_image_clock(desk_ticket(id), "resolve")->breached, 0);
		assert_int_equal(desk_settle(id), 0);
		desk_time("2026-11-04 15:00");
		desk_do(id, "agree");
		assert_int_equal(desk_ticket(id)->t.due_at, desk_at("2026-11-06 14:00")); /* one hour was used */
		desk_time("2026-11-06 14:00");
		assert_int_equal(desk_settle(id), 0);
		desk->now++;
		assert_int_equal(desk_settle(id), 2); /* the due and the rung */
		assert_string_equal(fired(id, "resolve", 1), "company 2026-11-06 14:00 director");
		assert_int_equal(desk_ticket(id)->t.level, 1);
		assert_int_equal(cs_image_count(desk_ticket(id), CS_P_OWED), 1);
		o = cs_image_at(desk_ticket(id), CS_P_OWED, 0);
		assert_int_equal(o->owed_at, desk_at("2026-11-06 14:00"));
		assert_int_equal(o->waived_at, CS_NULL);
		desk_do(id, "finish result=x");
		assert_string_equal(desk_clock(id, "resolve"), "late");
		desk_end();
	}
	for (enum told told = IN_TIME; told < TOLD_COUNT; told++) {
		int64_t id;

		desk_begin();
		id = waiting_complaint(told);
		desk_time("2026-11-04 15:00");
		desk_do(id, "agree");
		desk_do(id, "finish result=x");
		assert_string_equal(desk_clock(id, "resolve"), "met");
		desk_end();
	}
}

/* The end of the day comes whether the clock stands or not: its rung stays, that of the 48 hours is moot. */
static void pause_of_some(void **state)
{
	int64_t id;

	(void)state;
	edition_with("\"kinds\": {\"request\": {\"clocks\": {\"resolve\": {\"pause\": [\"supplier\"]}}}}");
	id = dispatched("2026-11-03 10:00");
	work_on(id);
	desk_time("2026-11-05 12:00");
	desk_do(id, "pause note=x at=2026-11-03_11:00");
	assert_string_equal(fired(id, "resolve", 1), "esc_1 2026-11-04 00:00 dept, [esc_2 2026-11-05 10:00 chief]");
	assert_int_equal(desk_ticket(id)->t.level, 1);
	assert_int_equal(cs_image_clock(desk_ticket(id), "resolve")->breached, 1);
	assert_int_equal(desk_ticket(id)->t.due_at, desk_at("2026-11-04 00:00"));
	desk_do(id, "resume");
	desk_time("2026-11-07 11:00:01"); /* 47 hours were left at noon of the 5th */
	assert_int_equal(desk_settle(id), 1);
	assert_string_equal(fired(id, "resolve", 1), "esc_1 2026-11-04 00:00 dept, esc_2 2026-11-07 11:00 chief");
}

/* A return into work begins a new cycle, in which the ladder is climbed again. */
static void reopened(void **state)
{
	int64_t id = dispatched("2026-11-03 10:00");

	(void)state;
	work_on(id);
	desk_time("2026-11-06 09:00");
	desk_do(id, "finish result=x evidence:signature.owner:x");
	assert_string_equal(fired(id, "resolve", 1),
			    "esc_1 2026-11-04 00:00 dept, esc_2 2026-11-05 10:00 chief");
	desk_time("2026-11-08 09:00");
	assert_int_equal(desk_settle(id), 0);
	desk_do(id, "rework note=again");
	assert_int_equal(desk_ticket(id)->t.cycle, 2);
	assert_int_equal(desk_ticket(id)->t.level, 0);
	desk_time("2026-11-10 09:00:01");
	desk_settle(id);
	assert_string_equal(fired(id, "resolve", 2),
			    "esc_1 2026-11-09 00:00 dept, esc_2 2026-11-10 09:00 chief");
	assert_string_equal(fired(id, "resolve", 1),
			    "esc_1 2026-11-04 00:00 dept, esc_2 2026-11-05 10:00 chief");
	assert_int_equal(desk_ticket(id)->t.level, 2);
}

/* The clocks still running when a ticket comes back end with the old cycle: nothing of it stays
   due. */
static void old_cycle_ends(void **state)
{
	int64_t id = dispatched("2026-11-03 10:00");
	const struct cs_image *im;

	(void)state;
	work_on(id);
	desk_do(id, "finish result=x evidence:signature.owner:x");
	desk_do(id, "rework note=again");
	im = desk_ticket(id);
	for (size_t i = 0; i < cs_image_count(im, CS_P_CLOCK); i++) {
		const struct cs_clock_row *c = cs_image_at(im, CS_P_CLOCK, i);

		if (c->cycle == 1 && (!c->verdict || c->next_at != CS_NULL))
			fail_msg("clock %s of cycle 1 runs on", c->clock);
	}
}

/* One after five missed nights, and one a minute. */
static void missed_nights(void **state)
{
	int64_t often = dispatched("2026-11-03 10:00"), once = dispatched("2026-11-03 10:00");
	char text[1000];

	(void)state;
	for (cs_time t = desk_at("2026-11-03 10:00"); t <= desk_at("2026-11-08 02:00"); t += 60) {
		desk->now = t;
		if (t % 3600 < 120) /* the minutes around each hour; nothing is crossed between */
			desk_settle(often);
	}
	desk_settle(once);
	snprintf(text, sizeof text, "%s", fired(often, "resolve", 1));
	assert_string_equal(fired(once, "resolve", 1), text);
	assert_string_equal(
		text,
		"esc_1 2026-11-04 00:00 dept, esc_2 2026-11-05 10:00 chief, esc_3 2026-11-06 10:00 "
		"manager");
	assert_int_equal(desk_ticket(once)->t.responsible, desk_ticket(often)->t.responsible);
	assert_int_equal(cs_image_count(desk_ticket(once), CS_P_OWED), 3);
	assert_int_equal(cs_image_count(desk_ticket(often), CS_P_OWED), 3);
}

/* One notice a recipient and run, naming the highest rung. */
static void one_notice_each(void **state)
{
	struct cs_arena a = {0};
	int64_t id;
	size_t count = 0;

	(void)state;
	desk_time("2026-11-02 09:00");
	id = desk_register("request", "eng.leak", NULL,
			   NULL); /* chief stands in for the vacant post: rungs 1 and 2 */
	desk_time("2026-11-04 12:00");
	desk_settle(id);
	for (int64_t seq = 1; seq < 10; seq++) {
		struct cs_notice n = {0};

		if (cs_notice_get(desk->db, desk_ticket(id)->t.last_event, seq, &a, &n, NULL) != 1)
			break;
		assert_string_equal(login(n.to_id), "chief");
		assert_string_equal(n.what, "resolve/esc_2");
		assert_string_equal(n.reason, "rung");
		count++;
	}
	assert_int_equal(count, 1);
	cs_arena_free(&a);
}

/* One notice per recipient: two outside bodies are two, one named twice is one. */
static void bodies_are_told_apart(void **state)
{
	struct cs_arena a = {0};
	struct cs_notice n = {0};
	const char *codes[3];
	int64_t id, count = 0;

	(void)state;
	edition_with("\"bodies\": {\"regulator\": {}, \"police\": {}}, \"kinds\": {\"complaint\": {\"clocks\": "
		     "{\"resolve\": {\"rungs\": [{\"id\": \"company\", \"over\": \"$cmp.escalate\", \"to\": "
		     "\"body:regulator\", \"tell\": [\"body:police\", \"post:company_complaints\"]}]}}}}, "
		     "\"labels\": {\"en\": {\"bodies/regulator\": \"r\", \"bodies/police\": \"p\"}, \"zh\": "
		     "{\"bodies/regulator\": \"r\", \"bodies/police\": \"p\"}}");
	desk_time("2026-11-09 10:00");
	id = desk_register("complaint", "eng.leak", NULL, NULL);
	desk_time("2026-11-20 10:00");
	desk_settle(id);
	while (count < 3 && cs_notice_get(desk->db, desk_ticket(id)->t.last_event, count + 1, &a, &n, NULL) == 1)
		codes[count++] = n.to_code ? n.to_code : n.to_kind;
	assert_int_equal(count, 3);
	assert_string_equal(codes[0], "regulator");
	assert_string_equal(codes[1], "police");
	assert_string_equal(codes[2], "staff");
	cs_arena_free(&a);
}

/* Each rung owes the customer a word (S3-5-7); telling settles all of them. */
static void duty_to_tell(void **state)
{
	int64_t id = dispatched("2026-11-03 10:00");
	const struct cs_image *im;

	(void)state;
	desk_time("2026-11-05 12:00");
	desk_settle(id);
	im = desk_ticket(id);
	assert_int_equal(cs_image_count(im, CS_P_OWED), 2);
	for (size_t i = 0; i < 2; i++) {
		const struct cs_owed_row *o = cs_image_at(im, CS_P_OWED, i);

		assert_string_equal(o->duty, "progress");
		assert_string_equal(o->cause, i ? "resolve/esc_2/1" : "resolve/esc_1/1");
		assert_string_equal(login(o->owner), i ? "chief" : "dept");
	}
	desk_do(id, "tell note=x");
	im = desk_ticket(id);
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(
			((const struct cs_owed_row *)cs_image_at(im, CS_P_OWED, i))->done_at,
			desk_at("2026-11-05 12:00"));
}

/* Nothing is owed for a rung that turns out moot, nor for a ticket that is closed; what was done
   stays done. */
static void duties_waived(void **state)
{
	static const struct {
		const char *cause, *done, *waived;
	} want[] = {
		{"resolve/esc_1/1", "2026-11-04 09:00", NULL},
		{"resolve/esc_2/1", NULL, "2026-11-05 15:00"},
		{"resolve/esc_3/1", NULL, "2026-11-05 14:00"},
	};
	int64_t id = dispatched("2026-11-03 09:00");
	struct cs_event ev;
	struct cs_err e = {0};
	const struct cs_image *im;

	(void)state;
	desk_time("2026-11-04 09:00");
	desk_do(id, "tell note=x");
	desk_time("2026-11-05 12:00"); /* past esc_2 */
	desk_do(id, "arrive");
	desk_do(id, "quote row:fees:line=1,item=x,amount=9");
	desk_time("2026-11-06 12:00"); /* past esc_3 */
	assert_int_equal(desk_settle(id), 1);
	desk_do(id, "decline unsigned_why=x at=2026-11-05_14:00");
	assert_string_equal(desk_clock(id, "resolve"), "late");
	desk_do(id, "close at=2026-11-05_15:00");
	im = desk_ticket(id);
	assert_int_equal(cs_event_get(desk->db, im->t.last_event, &desk->work, &ev, &e), 1);
	assert_non_null(strstr(ev.facts, "[\"waive\",\"progress\",\"resolve/esc_2/1\",\"closed\"]"));
	assert_null(strstr(ev.facts, "esc_1"));
	assert_int_equal(cs_image_count(im, CS_P_OWED), 3);
	for (size_t i = 0; i < 3; i++) {
		const struct cs_owed_row *o = cs_image_at(im, CS_P_OWED, i);

		assert_string_equal(o->cause, want[i].cause);
		assert_int_equal(o->done_at, want[i].done ? desk_at(want[i].done) : CS_NULL);
		assert_int_equal(o->waived_at, want[i].waived ? desk_at(want[i].waived) : CS_NULL);
	}
}

/* A second promise is a run of its own: its rung owes anew, and alone is moot when the work was done before. */
static void each_run_owes(void **state)
{
	int64_t id = desk_register("complaint", "eng.water", "", NULL);
	const struct cs_image *im;

	(void)state;
	desk_actor("chief");
	desk_do(id, "dispatch handling=p1.engineering promised_at=2026-11-02_10:00");
	desk_time("2026-11-02 11:00"); /* past the first */
	desk_do(id, "dispatch handling=p1.environment promised_at=2026-11-02_12:00");
	desk_time("2026-11-02 13:00"); /* past the second */
	desk_settle(id);
	desk_do(id, "finish result=x at=2026-11-02_11:30");
	im = desk_ticket(id);
	assert_int_equal(cs_image_count(im, CS_P_OWED), 2);
	for (size_t i = 0; i < 2; i++) {
		const struct cs_owed_row *o = cs_image_at(im, CS_P_OWED, i);

		assert_string_equal(o->cause, i ? "promised/passed/1.2" : "promised/passed/1");
		assert_int_equal(o->waived_at, i ? desk_at("2026-11-02 11:30") : CS_NULL);
	}
}

/* G24: a call-back that waited for the rain in vain, given up at its own time whenever the night
   runs. */
static void given_up(void **state)
{
	int64_t id = dispatched("2026-11-03 10:00");
	struct cs_effects l = {.arena = &desk->life};
	struct cs_fired_list list = {0};
	struct cs_image *im;
	const struct cs_callback_row *c;
	struct cs_err e = {0};
	cs_time end = desk_at("2026-11-10 00:00");

	(void)state;
	cs_put(&l, CS_OP_CALLBACK, CS_I(1), CS_S(NULL), CS_S("leak_after_rain"), CS_I(PERSON_WANG),
	       CS_S("phone"), CS_I(CS_NULL), CS_S("waiting"), CS_S("rain"), CS_I(CS_NULL),
	       CS_I(CS_NULL), CS_I(end), CS_S(NULL), CS_I(CS_NULL));
	im = desk_ticket(id);
	assert_int_equal(cs_session_begin(desk, &e), 0);
	assert_int_equal(
		cs_session_record(desk, im, (struct cs_deed){"ticket", id, "note", desk->now, desk->actor}, &l, &e), 0);
	assert_int_equal(cs_ladder_give_up(desk, im, end, &list, &e), 0);
	assert_int_equal(list.count, 0);
	assert_int_equal(cs_ladder_give_up(desk, im, end + 86400, &list, &e), 0);
	assert_int_equal(list.count, 1);
	assert_string_equal(list.item[0].clock, "callback");
	assert_string_equal(list.item[0].rung, "leak_after_rain");
	c = cs_image_callback(im, 1);
	assert_string_equal(c->state, "dropped");
	assert_string_equal(c->outcome, "gave_up");
	assert_int_equal(c->done_at, end);
	assert_int_equal(im->t.last_at, desk_at("2026-11-03 10:00"));
	assert_int_equal(cs_ladder_give_up(desk, im, end + 86400, &list, &e), 0);
	assert_int_equal(list.count, 1);
	cs_session_rollback(desk);
}

/* The end of a duty's time is not told beside its rung of the same second; a clock's rung may have that very name. */
static void missed_by_name(void **state)
{
	static const struct {
		const char *clock, *rung;
		cs_time at;
		size_t told;
	} cases[] = {{"decide", "due", 10, 1},
		     {"decide", "missed", 10, 2},
		     {"duty/look", "late", 20, 3},
		     {"duty/look", "missed", 20, 3},
		     {"duty/look", "missed", 30, 4}};
	struct cs_fired_list list = {0};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct cs_fired one = {cases[i].clock, cases[i].rung, cases[i].at, NULL, NULL};

		cs_fired_add(&list, &one, &desk->work);
		assert_int_equal(list.count, cases[i].told);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(request_rungs),
		cmocka_unit_test(complaint_rung),
		cmocka_unit_test_setup_teardown(unassigned_and_vacant, setup, teardown),
		cmocka_unit_test(finish_on_the_second),
		cmocka_unit_test(recorded_later),
		cmocka_unit_test(paused_later),
		cmocka_unit_test_setup_teardown(pause_of_some, setup, teardown),
		cmocka_unit_test_setup_teardown(reopened, setup, teardown),
		cmocka_unit_test_setup_teardown(old_cycle_ends, setup, teardown),
		cmocka_unit_test_setup_teardown(missed_nights, setup, teardown),
		cmocka_unit_test_setup_teardown(one_notice_each, setup, teardown),
		cmocka_unit_test_setup_teardown(bodies_are_told_apart, setup, teardown),
		cmocka_unit_test_setup_teardown(duties_waived, setup, teardown),
		cmocka_unit_test_setup_teardown(each_run_owes, setup, teardown),
		cmocka_unit_test_setup_teardown(duty_to_tell, setup, teardown),
		cmocka_unit_test_setup_teardown(given_up, setup, teardown),
		cmocka_unit_test_setup_teardown(missed_by_name, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
