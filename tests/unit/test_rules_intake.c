/* What comes in by which way, at any hour, and what is put on record of it (requirements 2.1, 3.0 to 3.7, 4.1, 5.1),
   by the shipped property rules. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "domain/effect.h"
#include "editions.h"
#include "rules.h"

/* --- channels ---------------------------------------------------------------------------------- */

/* The ways by which a customer's matter must be able to come in, and whether it came by word of mouth or in writing. */
static const struct {
	const char *id, *kind, *channel, *group;
} channels[] = {
	{"S0-2-2 hotline", "complaint", "phone", "oral"},
	{"S0-2-2 fax", "complaint", "fax", "written"},
	{"S0-2-2 letter", "complaint", "letter", "written"},
	{"S0-2-2 on site", "complaint", "counter", "oral"},
	{"S0-2-2 e-mail", "complaint", "email", "written"},
	{"S0-2-5 to the project", "complaint", "counter", "oral"},
	{"S0-2-5 to the property company", "complaint", "company", "written"},
	{"S0-2-5 to the developer", "complaint", "developer", "written"},
	{"S0-2-5 media", "complaint", "media", "written"},
	{"S0-2-5 online", "complaint", "online_chat", "online"},
	{"S1-2-1 phone", "inquiry", "phone", "oral"},
	{"S1-2-1 e-mail", "inquiry", "email", "written"},
	{"S1-2-1 online", "inquiry", "online_chat", "online"},
	{"S2-2-1 phone", "complaint", "phone", "oral"},
	{"S2-2-1 e-mail", "suggestion", "email", "written"},
	{"S2-2-2 phone", "inquiry", "phone", "oral"},
	{"S2-2-2 WeChat", "complaint", "wechat", "online"},
	{"S2-2-2 e-mail", "complaint", "email", "written"},
	{"S2-2-2 inquiry office", "inquiry", "counter", "oral"},
	{"S2-3-5 phone", "inquiry", "phone", "oral"},
	{"S2-3-5 WeChat", "inquiry", "wechat", "online"},
	{"S2-3-5 e-mail", "inquiry", "email", "written"},
	{"S3-2-1 phone", "complaint", "phone", "oral"},
	{"S3-2-1 fax", "complaint", "fax", "written"},
	{"S3-2-1 e-mail", "complaint", "email", "written"},
	{"S3-2-1 postal address", "complaint", "letter", "written"},
	{"S3-2-1 opinion box", "suggestion", "opinion_box", "written"},
	{"S3-2-2 owners' forum", "complaint", "forum", "online"},
	{"S4-2-1 repair line", "request", "phone", "oral"},
	{"S4-2-1 complaint line", "complaint", "phone", "oral"},
	{"S4-2-2 opinion", "suggestion", "letter", "written"},
	{"S4-2-2 complaint", "complaint", "letter", "written"},
	{"S4-2-2 forwarded by the company", "complaint", "company", "written"},
	{"S4-2-2 annotated by superiors", "complaint", "superior", "written"},
	{"S4-2-3 in person", "request", "counter", "oral"},
	{"S4-2-3 in writing", "request", "letter", "written"},
	{"S4-2-3 told to an employee", "request", "oral_to_staff", "oral"},
	{"S0-5-1 oral notice", "request", "oral_to_staff", "oral"},
};

static void test_channels(void **state)
{
	(void)state;
	for (size_t i = 0; i < RULES_COUNT(channels); i++) {
		struct cs_err e = {0};
		int64_t id = rules_register("ling", channels[i].kind, channels[i].channel, NULL, &e);
		const struct cs_image *im;
		struct cs_view v;

		if (!id)
			fail_msg("%s: %s", channels[i].id, e.text);
		im = desk_ticket(id);
		v = rules_view((struct cs_image *)im);
		assert_string_equal(im->t.channel, channels[i].channel);
		if (strcmp(cs_view_value(&v, "channel.group").s, channels[i].group) != 0)
			fail_msg("%s: %s", channels[i].id, cs_view_value(&v, "channel.group").s);
	}
}

/* Day and night, rest days too: whoever is there takes it in, and its clocks run at once. */
static const struct rule_clock around_the_clock[] = {
	{"S0-2-4 repair at night", "request", NULL, NULL, "2026-11-08 03:00", NULL, "dispatch", "2026-11-08 03:10",
	 "ling dispatch handling=p1.engineering"},
	{"S0-2-4 complaint at night", "complaint", NULL, NULL, "2026-11-08 23:45", NULL, "contact", "2026-11-09 00:15",
	 "ling contact note=已联系"},
	{"S0-2-4 New Year's Day", "complaint", NULL, NULL, "2027-01-01 02:00", NULL, "contact", "2027-01-01 02:30",
	 "ling contact note=已联系"},
	{"S3-2-1 complaints at night", "complaint", "counter", NULL, "2026-11-07 04:59:59", NULL, "contact",
	 "2026-11-07 05:29:59", "ling contact note=已联系"},
	{"S4-2-1", "request", NULL, NULL, "2026-11-08 00:00", NULL, "dispatch", "2026-11-08 00:10",
	 "ling dispatch handling=p1.engineering"},
};

static void test_around_the_clock(void **state)
{
	(void)state;
	rules_clocks(around_the_clock, RULES_COUNT(around_the_clock));
}

/* --- what must be said, what is put on record ------------------------------------------------- */

/* What a registration cannot do without, and what it can. */
static const struct {
	const char *id, *kind, *missing; /* party, body, channel, phone, premises */
	bool refused;
} needed[] = {
	{"S4-4-1 complainant", "complaint", "party", true},
	{"S4-4-1 content", "complaint", "body", true},
	{"S4-4-1 phone, written or in person", "complaint", "channel", true},
	{"S1-4-1 name", "complaint", "party", true},
	{"S1-4-1 matter", "complaint", "body", true},
	{"S2-3-4 content", "request", "body", true},
	{"S2-3-4 content", "inquiry", "body", true},
	{"S2-3-4 content", "suggestion", "body", true},
	{"S2-3-7 what is broken", "request", "body", true},
	{"S2-3-7 where", "request", "premises", true},
	{"S4-2-3", "request", "party", true},
	{"S4-2-3", "request", "phone", true},
	{"S4-2-3 no form is prescribed", "request", "channel", false},
	{"S0-4-1", "complaint", "phone", false},
	{"S0-4-1", "complaint", "premises", false},
};

static void test_needed(void **state)
{
	(void)state;
	for (size_t i = 0; i < RULES_COUNT(needed); i++) {
		struct cs_registration reg = rules_registration(needed[i].kind, "phone", "eng.water");
		const char *m = needed[i].missing;
		struct cs_err e = {0};

		if (strcmp(m, "party") == 0)
			reg.customer = CS_NULL;
		else if (strcmp(m, "body") == 0)
			reg.body = NULL;
		else if (strcmp(m, "channel") == 0)
			reg.channel = NULL;
		else if (strcmp(m, "phone") == 0)
			reg.has_phone = false;
		else
			reg.premises = CS_NULL;
		if ((desk_register_as(&reg, "", &e) == 0) != needed[i].refused)
			fail_msg("%s: a %s without %s: %s", needed[i].id, needed[i].kind, m,
				 needed[i].refused ? "taken" : e.text);
	}
}

/* The effects of the event that registered the ticket. */
static void read_registered(int64_t ticket, struct cs_event *ev, struct cs_effects *l)
{
	struct cs_err e = {0};
	struct cs_stmt *walk = cs_event_of(desk->db, "ticket", ticket, &e);

	*l = (struct cs_effects){.arena = &desk->work};
	if (!walk || cs_event_next(walk, ev, &e) != 1 || cs_effects_read(l, ev->facts, ev->private_part, &e) < 0)
		fail_msg("%s", e.text);
	cs_stmt_done(walk);
}

/* S4-4-1: nine particulars, the receptionist not being the one who writes them down; S1-4-1: four of them. */
static void test_particulars(void **state)
{
	struct cs_registration reg = rules_registration("complaint", "letter", "owner.noise");
	const struct cs_image *im;
	struct cs_effects l;
	struct cs_event ev;
	int64_t id;

	(void)state;
	reg.first = desk_staff("assistant");
	desk_time("2026-11-02 10:17:30");
	desk_actor("ling");
	id = desk_register_as(&reg, "at=2026-11-02_09:05", NULL);
	im = desk_ticket(id);
	assert_int_equal(im->t.opened_at, desk_at("2026-11-02 09:05"));
	assert_int_equal(im->t.premises, PREMISES_1);
	assert_int_equal(im->t.customer, PERSON_WANG);
	assert_string_equal(im->t.category, "owner.noise");
	assert_string_equal(rules_login(im->t.first), "assistant");
	assert_int_equal(cs_image_count(im, CS_P_PARTY), 1);
	read_registered(id, &ev, &l);
	assert_string_equal(rules_login(ev.actor), "ling");
	assert_int_equal(ev.recorded_at, desk_at("2026-11-02 10:17:30"));
	assert_string_equal(cs_effects_text(&l, "body"), "内容");
}

/* S0-5-1: told by word of mouth at 20:40, entered the next morning (C42): a record like any other, whose clocks ran
   since then. */
static void test_oral_notice(void **state)
{
	struct cs_registration reg = rules_registration("request", "oral_to_staff", "eng.leak");
	struct cs_effects l;
	struct cs_event ev;
	int64_t id;

	(void)state;
	desk_time("2026-11-03 08:30");
	desk_actor("worker");
	id = desk_register_as(&reg, "at=2026-11-02_20:40", NULL);
	assert_int_equal(desk_ticket(id)->t.opened_at, desk_at("2026-11-02 20:40"));
	assert_string_equal(rules_login(desk_ticket(id)->t.first), "worker");
	assert_int_equal(cs_image_clock(desk_ticket(id), "dispatch")->due_at, desk_at("2026-11-02 20:50"));
	read_registered(id, &ev, &l);
	assert_int_equal(ev.recorded_at, desk_at("2026-11-03 08:30"));
	/* S4-2-3: no work without a record: what is not registered takes no step. */
	assert_int_equal(desk_step(id + 1, "arrive", NULL), CS_NOTFOUND);
}

/* S0-4-1: the same complaint by the same customer is registered again and again; what becomes of it comes after. */
static void test_every_complaint(void **state)
{
	int64_t last = 0;

	(void)state;
	for (int i = 0; i < 4; i++) {
		int64_t id = rules_register("ling", "complaint", NULL, NULL, NULL);

		assert_true(id > last);
		assert_string_equal(desk_state(id), "registered");
		last = id;
	}
}

/* --- who takes it in, who has it then --------------------------------------------------------- */

static void test_any_employee(void **state)
{
	static const char *const logins[] = {"worker", "other", "money", "manager", "qmc", "assistant", "head"};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(logins); i++) {
		int64_t id = rules_register(logins[i], "complaint", "oral_to_staff", NULL, NULL);

		/* S0-4-2: with the post that is responsible; S3-4-2: and the front desk, which hands it on. */
		assert_string_equal(rules_login(desk_ticket(id)->t.responsible), "chief");
		rules_live("S3-4-2", id,
			   "ling dispatch handling=p1.engineering promised_at=2026-11-03_18:00|"
			   "ling reply reply_text=已受理");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_channels, rules_begin, rules_end),
		cmocka_unit_test(test_around_the_clock),
		cmocka_unit_test_setup_teardown(test_needed, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_particulars, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_oral_notice, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_every_complaint, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_any_employee, rules_begin, rules_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
