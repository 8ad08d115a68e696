/* Acting: settle first, handing over, repeats, nothing left behind by what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/effect.h"
#include "store/notice.h"

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

static const struct cs_rung_row *rung(int64_t id, size_t i)
{
	struct cs_image *im = desk_ticket(id);

	return i < cs_image_count(im, CS_P_RUNG) ? cs_image_at(im, CS_P_RUNG, i) : NULL;
}

/* S0-1-17, S3-5-3: by the category's route in the project of the premises; by hand; by person. */
static void test_dispatch(void **state)
{
	static const struct {
		const char *kind, *category, *to, *assignee, *words;
		enum cs_code code;
		int64_t unit;
		const char *who;
	} cases[] = {
		{"request", "eng.leak", NULL, NULL, "", CS_OK, UNIT_ENGINEERING, NULL},
		{"request", "env.cleaning", NULL, NULL, "", CS_OK, UNIT_ENVIRONMENT, NULL},
		{"request", "safe.parking", NULL, NULL, "", CS_REFUSED, 0, NULL}, /* no department of safety */
		{"request", NULL, NULL, NULL, "", CS_REFUSED, 0, NULL},
		{"request", NULL, "p1.environment", NULL, "", CS_OK, UNIT_ENVIRONMENT, NULL},
		{"request", NULL, NULL, "worker", "", CS_OK, UNIT_ENGINEERING, "worker"},
		{"request", "eng.leak", "p2.engineering", "other", "", CS_OK, UNIT_ENGINEERING2, "other"},
		{"complaint", "eng.leak", NULL, NULL, "", CS_REFUSED, 0, NULL}, /* S3-4-3: promised_at */
		{"complaint", "eng.leak", NULL, NULL, "promised_at=2026-11-03_18:00", CS_OK, UNIT_SERVICE, "chief"},
		{"inquiry", "svc.fees", NULL, NULL, "", CS_OK, UNIT_SERVICE, NULL},
		{"message", "svc.fees", NULL, NULL, "wanted=x", CS_USAGE, 0,
		 NULL}, /* messages are passed on, not dispatched */
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		bool message = strcmp(cases[i].kind, "message") == 0;
		int64_t id = desk_register(cases[i].kind, cases[i].category, message ? cases[i].words : "", NULL);
		struct cs_err e = {0};
		struct cs_image *im;
		int rc;

		if (desk_dispatch(id, cases[i].to, cases[i].assignee, message ? "" : cases[i].words, &rc, &e) !=
		    cases[i].code)
			fail_msg("case %zu: %d %s", i, (int)e.code, e.text);
		im = desk_ticket(id);
		if (cases[i].code == CS_OK) {
			assert_int_equal(im->t.handling, cases[i].unit);
			assert_int_equal(im->t.assignee, cases[i].who ? desk_staff(cases[i].who) : CS_NULL);
		} else {
			assert_int_equal(im->t.handling, CS_NULL);
		}
	}
}

/* Dispatch to the same target repeats without effect; to another it does not pass for a repeat. */
static void test_dispatch_repeats(void **state)
{
	int64_t id, request, events;
	int rc;

	(void)state;
	request = desk_register("request", "eng.leak", "", NULL);
	desk_dispatch(request, NULL, NULL, "", &rc, NULL);
	assert_int_equal(rc, 0);
	events = desk_ticket(request)->t.last_event;
	assert_int_equal(desk_dispatch(request, NULL, NULL, "", &rc, NULL), CS_OK);
	assert_int_equal(rc, 1);
	assert_int_equal(desk_dispatch(request, "p1.engineering", NULL, "", &rc, NULL), CS_OK);
	assert_int_equal(rc, 1);
	assert_int_equal(desk_ticket(request)->t.last_event, events);
	/* S0-1-17: handed on to a person, to another department. */
	assert_int_equal(desk_dispatch(request, NULL, "worker", "", &rc, NULL), CS_OK);
	assert_int_equal(rc, 0);
	assert_int_equal(desk_dispatch(request, "p1.environment", NULL, "", &rc, NULL), CS_OK);
	assert_int_equal(rc, 0);
	assert_int_equal(desk_ticket(request)->t.assignee, CS_NULL);

	id = desk_register("complaint", "eng.leak", "", NULL);
	desk_dispatch(id, "p1.engineering", "worker", "promised_at=2026-11-03_18:00", &rc, NULL);
	desk_dispatch(id, "p1.engineering", "worker", "promised_at=2026-11-03_18:00", &rc, NULL);
	assert_int_equal(rc, 1);
	desk_dispatch(id, "p1.engineering", "worker", "promised_at=2026-11-04_18:00", &rc, NULL);
	assert_int_equal(rc, 0);
	assert_int_equal(cs_image_clock(desk_ticket(id), "promised")->due_at, desk_at("2026-11-04 18:00"));
	/* Another unit: who had it is not in it. */
	desk_dispatch(id, "p1.environment", NULL, "promised_at=2026-11-04_18:00", &rc, NULL);
	assert_int_equal(desk_ticket(id)->t.handling, UNIT_ENVIRONMENT);
	assert_int_equal(desk_ticket(id)->t.assignee, CS_NULL);
}

/* S3-5-4: --appoint is the step appoint and then dispatch. */
static void test_dispatch_with_appointment(void **state)
{
	struct cs_err e = {0};
	int64_t id;
	int rc;

	(void)state;
	id = desk_register("request", "eng.leak", "", NULL);
	assert_int_equal(desk_dispatch(id, NULL, "worker", "appointment=2026-11-02_15:00", &rc, &e), CS_OK);
	assert_string_equal(desk_state(id), "dispatched");
	assert_int_equal(cs_image_own(desk_ticket(id), "appointment")->i, desk_at("2026-11-02 15:00"));
	assert_string_equal(desk_clock(id, "appt_lead"), "met");
	assert_string_equal(desk_clock(id, "dispatch"), "void");
	desk_dispatch(id, NULL, "worker", "appointment=2026-11-02_15:00", &rc, &e);
	assert_int_equal(rc, 1);
	/* A time agreed on after the order: the order is given anew (S3-5-4: 20 minutes before). */
	desk_do(id, "appoint appointment=2026-11-02_16:00 consented_move=yes");
	assert_string_equal(desk_state(id), "waiting_appointment");
	assert_int_equal(desk_dispatch(id, NULL, "worker", "", &rc, &e), CS_OK);
	assert_int_equal(rc, 0);
	assert_string_equal(desk_state(id), "dispatched");
	desk_dispatch(id, NULL, "worker", "", &rc, &e);
	assert_int_equal(rc, 1);
	/* Another time is no repeat, and a dispatched request is not dispatched again. */
	assert_int_equal(desk_dispatch(id, NULL, "worker", "appointment=2026-11-02_17:00", &rc, &e), CS_REFUSED);
	assert_non_null(strstr(e.text, "consent"));
}

/* Settle first: the rungs crossed by the instant of recording fire with the step; verdicts go by --at. */
static void test_settle_first(void **state)
{
	static const char *const rungs[] = {"esc_1", "esc_2"};
	int64_t id;

	(void)state;
	id = desk_register("request", "eng.leak", "", NULL);
	desk_time("2026-11-04 10:00"); /* 49 h later */
	desk_do(id, "note note=x at=2026-11-04_08:00");
	for (size_t i = 0; i < 2; i++) {
		assert_non_null(rung(id, i));
		assert_string_equal(rung(id, i)->rung, rungs[i]);
	}
	assert_null(rung(id, 2));
	assert_int_equal(rung(id, 0)->at, desk_at("2026-11-03 00:00"));
	assert_int_equal(rung(id, 1)->at, desk_at("2026-11-04 09:00"));
	assert_int_equal(desk_ticket(id)->t.level, 2);
	assert_int_equal(desk_ticket(id)->t.responsible, desk_staff("chief")); /* S3-6-2 */
	assert_int_equal(desk_settle(id), 0);
}

/* A rung later than the stop's time is marked moot; a crossing is not passed on its own second. */
static void test_moot(void **state)
{
	int64_t id;

	(void)state;
	id = desk_register("request", "eng.leak", "", NULL);
	desk_do(id, "dispatch handling=p1.engineering");
	desk_do(id, "arrive");
	desk_do(id, "start");
	desk_time("2026-11-04 09:00");
	assert_int_equal(desk_settle(id), 2); /* the day's end: due and esc_1; 48 h are not over */
	desk_time("2026-11-04 11:00");
	desk_do(id, "finish at=2026-11-04_08:59 result=好 evidence:signature.owner:王芳");
	assert_string_equal(rung(id, 0)->rung, "esc_1");
	assert_int_equal(rung(id, 0)->moot, 0);
	assert_string_equal(rung(id, 1)->rung, "esc_2");
	assert_int_equal(rung(id, 1)->moot, 1);
	assert_string_equal(desk_clock(id, "resolve"), "late");
	assert_int_equal(desk_ticket(id)->t.done_at, desk_at("2026-11-04 08:59"));
}

/* Vacant posts: the next above answers, and the notice says so. */
static void test_vacant(void **state)
{
	struct cs_notice n;
	int64_t id;

	(void)state;
	id = desk_register("request", "eng.leak", "", NULL);
	desk_time("2026-11-02 23:59");
	desk_do(id, "dispatch handling=p1.environment"); /* has no supervisor of its own */
	desk_time("2026-11-03 00:00:01");
	desk_settle(id);
	assert_int_equal(rung(id, 0)->to_staff, desk_staff("chief")); /* above dept_supervisor */
	assert_int_equal(cs_notice_get(desk->db, rung(id, 0)->event, 1, &desk->work, &n, NULL), 1);
	assert_string_equal(n.to_kind, "staff");
	assert_int_equal(n.to_id, desk_staff("chief"));
	assert_non_null(strstr(n.text, "vacant post: dept_supervisor"));
}

/* Events of a ticket form one chain with all others; a refused step costs none. */
static void test_undone(void **state)
{
	int64_t id, before, last;

	(void)state;
	id = desk_register("request", "eng.leak", "", NULL);
	before = cs_event_count(desk->db, NULL);
	desk_time("2026-11-10 09:00");
	assert_int_equal(desk_step(id, "finish result=x", NULL), CS_REFUSED);
	assert_int_equal(cs_event_count(desk->db, NULL), before);
	assert_null(rung(id, 0)); /* what was settled before it is undone with it; the nightly run does it */
	desk_do(id, "note note=x");
	last = desk_ticket(id)->t.last_event;
	assert_int_equal(last, cs_event_count(desk->db, NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_dispatch, begin, end),
		cmocka_unit_test_setup_teardown(test_dispatch_repeats, begin, end),
		cmocka_unit_test_setup_teardown(test_dispatch_with_appointment, begin, end),
		cmocka_unit_test_setup_teardown(test_settle_first, begin, end),
		cmocka_unit_test_setup_teardown(test_moot, begin, end),
		cmocka_unit_test_setup_teardown(test_vacant, begin, end),
		cmocka_unit_test_setup_teardown(test_undone, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
