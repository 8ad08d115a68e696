/* A decision in the making: it looks ahead on a copy, the ticket in hand stays as it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/decision.h"

static int64_t id;
static struct cs_effects out;
static struct cs_decision d;

static int begin(void **state)
{
	struct cs_image *im;
	struct cs_err e = {0};

	(void)state;
	desk_begin();
	id = desk_register("request", "eng.leak", NULL, NULL);
	desk_time("2026-11-02 10:00");
	if (cs_session_begin(desk, &e) < 0)
		return -1;
	im = desk_ticket(id);
	out = (struct cs_effects){.arena = &desk->work};
	cs_decision_begin(&d, desk, im, cs_session_kind(desk, im, &e), desk->policy,
			  (struct cs_deed){"ticket", id, "arrive", desk_at("2026-11-02 09:30"), desk_staff("worker")},
			  &out);
	return 0;
}

static int end(void **state)
{
	(void)state;
	cs_session_rollback(desk);
	desk_end();
	return 0;
}

/* The event to come and what the rules see of it. */
static void begins(void **state)
{
	(void)state;
	assert_int_equal(d.ev.id, desk->chain.last_id + 1);
	assert_string_equal(d.ev.about, "ticket");
	assert_int_equal(d.ev.subject, id);
	assert_int_equal(d.ev.at, desk_at("2026-11-02 09:30"));
	assert_int_equal(d.ev.recorded_at, desk_at("2026-11-02 10:00"));
	assert_int_equal(d.ev.actor, desk_staff("worker"));
	assert_string_equal(d.ev.login, "boss");
	assert_int_equal(d.ev.edition, desk->edition);
	assert_string_equal(d.step->id, "arrive");
	assert_ptr_equal(d.v.im, &d.after);
	assert_int_equal(d.v.at, d.ev.at);
	assert_string_equal(d.v.step, "arrive");
	assert_int_equal(d.v.step_actor, desk_staff("worker"));
	assert_int_equal(d.notice_seq, 0);
	assert_int_equal(out.count, 0);
}

/* What is put out is carried out on the copy at once, for the conditions that come after. */
static void looks_ahead(void **state)
{
	(void)state;
	assert_int_equal(cs_emit(&d, CS_OP_SET, CS_S("priority"), CS_S("urgent")), 0);
	assert_string_equal(cs_view_value(&d.v, "priority").s, "urgent");
	assert_int_equal(cs_emit(&d, CS_OP_PARTY, CS_I(7), CS_I(PERSON_GOLD), CS_S("owner")), 0);
	assert_int_equal(out.count, 2);
	assert_int_equal(out.effect[0].op, CS_OP_SET);
	assert_int_equal(out.effect[1].op, CS_OP_PARTY);
	assert_int_equal(cs_arg_int(&out.effect[1], 1), PERSON_GOLD);
}

static void the_ticket_stays(void **state)
{
	struct cs_image *im = desk_ticket(id);
	size_t clocks = cs_image_count(im, CS_P_CLOCK), parties = cs_image_count(im, CS_P_PARTY);
	struct cs_err e = {0};

	(void)state;
	out = (struct cs_effects){.arena = &desk->work};
	cs_decision_begin(&d, desk, im, cs_session_kind(desk, im, &e), desk->policy,
			  (struct cs_deed){"ticket", id, "arrive", desk->now, CS_NULL}, &out);
	cs_emit(&d, CS_OP_SET, CS_S("level"), CS_I(9));
	cs_emit(&d, CS_OP_PARTY, CS_I(7), CS_I(PERSON_GOLD), CS_S("owner"));
	cs_emit(&d, CS_OP_STOP, CS_S("dispatch"), CS_I(desk->now), CS_S("late"));
	assert_int_equal(d.after.t.level, 9);
	assert_int_equal(cs_image_count(&d.after, CS_P_PARTY), parties + 1);
	assert_string_equal(cs_image_clock(&d.after, "dispatch")->verdict, "late");
	assert_int_equal(im->t.level, 0);
	assert_int_equal(cs_image_count(im, CS_P_PARTY), parties);
	assert_int_equal(cs_image_count(im, CS_P_CLOCK), clocks);
	assert_null(cs_image_clock(im, "dispatch")->verdict);
}

/* An effect that fits no ticket is told to the caller. */
static void does_not_fit(void **state)
{
	(void)state;
	assert_int_equal(cs_emit(&d, CS_OP_SET, CS_S("colour"), CS_S("red")), -1);
	assert_int_equal(cs_emit(&d, CS_OP_STOP, CS_S("nowhere"), CS_I(1), CS_S("met")), -1);
	assert_int_equal(cs_emit_none(&d, CS_OP_SET), -1);
	assert_int_equal(out.count, 3);
	assert_int_equal(out.effect[2].arg_count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(begins, begin, end),
		cmocka_unit_test_setup_teardown(looks_ahead, begin, end),
		cmocka_unit_test_setup_teardown(the_ticket_stays, begin, end),
		cmocka_unit_test_setup_teardown(does_not_fit, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
