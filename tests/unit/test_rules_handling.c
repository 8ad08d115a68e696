/* Complaints of a property company dealt with in time (requirements 4.5 to 4.7, 6.2, 13.3 cmp.*), by the shipped
   rules. Of autumn 2026: 25 to 27 September and 1 to 7 October are free, Sunday 20 September and Saturday 10
   October are worked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "editions.h"
#include "rules.h"
#include "store/owed.h"

#define SEND "chief dispatch handling=p1.engineering assignee=worker promised_at=2026-12-01_18:00"

/* --- by when ----------------------------------------------------------------------------------- */

static const struct rule_clock clocks[] = {
	/* Elapsed time, at any hour of any day. */
	{"S3-4-17 contact", "complaint", "phone", NULL, "2026-09-21 09:00", NULL, "contact", "2026-09-21 09:30",
	 "chief contact note=已联系"},
	{"S3-4-17 before midnight", "complaint", "phone", NULL, "2026-09-30 23:50", NULL, "contact", "2026-10-01 00:20",
	 "ling contact note=已联系"},
	{"S3-4-17 on National Day", "complaint", "counter", NULL, "2026-10-01 13:00", NULL, "contact",
	 "2026-10-01 13:30", "ling contact note=已联系"},
	{"S3-4-17 settled on the spot", "complaint", "phone", NULL, "2026-09-21 09:00", NULL, "contact",
	 "2026-09-21 09:30", "ling answer result=已解释"},
	{"C6 dispatch", "complaint", "phone", NULL, "2026-09-21 17:45", NULL, "dispatch_check", "2026-09-21 18:15",
	 SEND},
	{"C6 dispatch before midnight", "complaint", "phone", NULL, "2026-09-30 23:50", NULL, "dispatch_check",
	 "2026-10-01 00:20", SEND},
	/* In person, by phone, by word of mouth: until midnight, on a rest day too. */
	{"S3-4-22 oral", "complaint", "phone", NULL, "2026-09-21 00:00", NULL, "reply", "2026-09-22 00:00",
	 "ling reply reply_text=已查"},
	{"S3-4-22 in person", "complaint", "counter", NULL, "2026-09-21 16:00", NULL, "reply", "2026-09-22 00:00",
	 "ling reply reply_text=已查"},
	{"S3-4-22 told to staff", "complaint", "oral_to_staff", NULL, "2026-09-21 16:00", NULL, "reply",
	 "2026-09-22 00:00", "ling reply reply_text=已查"},
	{"S3-4-22 G30 at 23:50", "complaint", "phone", NULL, "2026-09-21 23:50", NULL, "reply", "2026-09-22 00:00",
	 "ling reply reply_text=已查"},
	{"S3-4-22 on a holiday", "complaint", "phone", NULL, "2026-10-03 10:00", NULL, "reply", "2026-10-04 00:00",
	 "ling reply reply_text=已查"},
	/* In writing: 22, 23 September; 8, 9 October; 20 (Sunday), 21 September; 9, 10 (Saturday) October. */
	{"S3-4-22 letter", "complaint", "letter", NULL, "2026-09-21 10:00", NULL, "reply", "2026-09-24 00:00",
	 "ling reply reply_text=已查"},
	{"S3-4-22 e-mail at 23:50", "complaint", "email", NULL, "2026-09-21 23:50", NULL, "reply", "2026-09-24 00:00",
	 "ling reply reply_text=已查"},
	{"S3-4-22 before National Day", "complaint", "letter", NULL, "2026-09-30 10:00", NULL, "reply",
	 "2026-10-10 00:00", "ling reply reply_text=已查"},
	{"S3-4-22 on National Day", "complaint", "fax", NULL, "2026-10-01 10:00", NULL, "reply", "2026-10-10 00:00",
	 "ling reply reply_text=已查"},
	{"S3-4-22 worked Sunday", "complaint", "opinion_box", NULL, "2026-09-18 10:00", NULL, "reply",
	 "2026-09-22 00:00", "ling reply reply_text=已查"},
	{"S3-4-22 worked Saturday", "complaint", "email", NULL, "2026-10-08 10:00", NULL, "reply", "2026-10-11 00:00",
	 "ling reply reply_text=已查"},
	{"S3-4-22 received on the worked Saturday", "complaint", "letter", NULL, "2026-10-10 10:00", NULL, "reply",
	 "2026-10-14 00:00", "ling reply reply_text=已查"},
	/* On the forum: from the posting, else from the forwarding; elapsed, on a holiday too. */
	{"S3-4-23 posted", "complaint", "forum", "posted_at=2026-10-01_09:10", "2026-10-01 10:00", NULL, "forum",
	 "2026-10-01 11:10", "ling courtesy note=已受理"},
	{"S3-4-23 posted before midnight", "complaint", "forum", "posted_at=2026-09-30_23:50", "2026-10-01 00:05", NULL,
	 "forum", "2026-10-01 01:50", "ling courtesy note=已受理"},
	{"S3-4-23 forwarded", "complaint", "forum", "posted_at=2026-09-29_09:00 forwarded_at=2026-10-01_09:40",
	 "2026-10-01 10:00", NULL, "forum", "2026-10-01 10:40", "ling courtesy note=已受理"},
	/* As promised to the customer. */
	{"S3-4-18 replied", "complaint", "phone", NULL, "2026-09-21 10:00",
	 "chief dispatch handling=p1.engineering promised_at=2026-09-23_18:00", "promised", "2026-09-23 18:00",
	 "ling reply reply_text=已查"},
	{"S3-4-18 on a holiday", "complaint", "phone", NULL, "2026-09-30 10:00",
	 "chief dispatch handling=p1.engineering assignee=worker promised_at=2026-10-02_12:00", "promised",
	 "2026-10-02 12:00", "worker finish result=已换"},
	{"S3-4-18 nothing promised yet", "complaint", "phone", NULL, "2026-09-21 10:00", NULL, "promised", NULL, NULL},
	/* Five working days: 22, 23, 24, 28, 29 September. */
	{"S3-4-20 exactly 5", "complaint", "phone", NULL, "2026-09-21 09:00", SEND, "resolve", "2026-09-30 00:00",
	 "worker finish result=已换"},
	/* 20 (Sunday), 21, 22, 23, 24 September. */
	{"S3-4-20 worked Sunday", "complaint", "phone", NULL, "2026-09-18 17:30", SEND, "resolve", "2026-09-25 00:00",
	 "worker finish result=已换"},
	/* 8, 9, 10 (Saturday), 12, 13 October. */
	{"S3-4-20 before National Day", "complaint", "phone", NULL, "2026-09-30 09:00", SEND, "resolve",
	 "2026-10-14 00:00", "worker finish result=已换"},
	{"S3-4-20 at 23:50", "complaint", "phone", NULL, "2026-09-30 23:50", SEND, "resolve", "2026-10-14 00:00",
	 "worker finish result=已换"},
	{"S3-4-20 on National Day", "complaint", "letter", NULL, "2026-10-01 00:00", SEND, "resolve",
	 "2026-10-14 00:00", "worker finish result=已换"},
	/* 12, 13, 14, 15, 16 October. */
	{"S3-4-20 on the worked Saturday", "complaint", "phone", NULL, "2026-10-10 09:00", SEND, "resolve",
	 "2026-10-17 00:00", "worker finish result=已换"},
};

static void test_clocks(void **state)
{
	(void)state;
	rules_clocks(clocks, RULES_COUNT(clocks));
}

/* G30: a company that answers on the same day what comes in by eight in the evening, and the rest on the next day. */
static void test_cutoff(void **state)
{
	static const struct {
		const char *opened, *due;
	} cases[] = {
		{"2026-09-21 19:59:59", "2026-09-22 00:00"}, {"2026-09-21 20:00:01", "2026-09-23 00:00"},
		{"2026-09-21 23:50:00", "2026-09-23 00:00"}, {"2026-09-22 00:00:00", "2026-09-23 00:00"},
		{"2026-09-30 23:50:00", "2026-10-02 00:00"},
	};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		int64_t id;

		desk_begin_early();
		edition_with("\"params\": {\"cmp.reply_cutoff\": {\"value\": \"20:00\", \"source\": \"G30\"}}");
		desk_time(cases[i].opened);
		id = rules_register("ling", "complaint", "phone", NULL, NULL);
		if (cs_image_clock(desk_ticket(id), "reply")->due_at != desk_at(cases[i].due))
			fail_msg("G30: taken in at %s", cases[i].opened);
		desk_end();
	}
}

/* S3-4-20, S3-6-6: not handled after more than five working days: to the area director, the company's complaint
   department is told; not on the last second. Responsible stays who is. */
static void test_director(void **state)
{
	static const struct {
		const char *opened, *at;
		size_t rungs;
	} cases[] = {
		{"2026-09-30 23:50", "2026-10-14 00:00:00", 0},
		{"2026-09-30 23:50", "2026-10-14 00:00:01", 1},
		{"2026-09-18 09:00", "2026-09-25 00:00:00", 0},
		{"2026-09-18 09:00", "2026-09-25 00:00:01", 1},
	};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		const struct cs_image *im;
		int64_t id;

		desk_begin_early();
		desk_time(cases[i].opened);
		id = rules_register("ling", "complaint", NULL, NULL, NULL);
		rules_live("S3-4-20", id, SEND);
		desk_time(cases[i].at);
		desk_settle(id);
		im = desk_ticket(id);
		if (cs_image_count(im, CS_P_RUNG) != cases[i].rungs)
			fail_msg("S3-4-20: %zu rungs at %s", cs_image_count(im, CS_P_RUNG), cases[i].at);
		if (cases[i].rungs) {
			const struct cs_rung_row *r = cs_image_at(im, CS_P_RUNG, 0);

			assert_string_equal(rules_login(r->to_staff), "director");
			assert_true(rules_told(id, "director"));
			assert_true(rules_told(id, "company"));
			assert_string_equal(rules_login(im->t.responsible), "chief");
		}
		desk_end();
	}
}

/* --- proposal and agreement ----------------------------------------------------------------------- */

/* S3-4-18, S3-4-19: measures are put to the customer; talks go on until he agrees; then it is handled as agreed. */
static void test_agreement(void **state)
{
	static const struct {
		const char *login, *step, *state; /* state NULL: refused */
	} talks[] = {
		{"worker", "agree", NULL},
		{"worker", "propose", NULL},
		{"worker", "propose proposal=下周更换", "proposed"},
		{"worker", "finish result=已换", NULL}, /* not before the customer agrees */
		{"worker", "disagree", NULL},           /* why not */
		{"worker", "disagree note=太慢", "handling"},
		{"worker", "agree", NULL},
		{"worker", "propose proposal=明天更换", "proposed"},
		{"chief", "disagree note=要求赔偿", "handling"},
		{"worker", "propose proposal=明天更换并减免一月", "proposed"},
		{"chief", "agree", "agreed"},
		{"worker", "disagree note=反悔", NULL},
		{"worker", "finish result=已换", "finished"},
	};
	int64_t id = rules_register("ling", "complaint", NULL, NULL, NULL);

	(void)state;
	rules_live("S3-4-19", id, SEND);
	for (size_t i = 0; i < RULES_COUNT(talks); i++) {
		struct cs_err e = {0};
		const char *was = cs_arena_strdup(&desk->life, desk_state(id));

		desk_actor(talks[i].login);
		if (desk_step(id, talks[i].step, &e) != (talks[i].state ? CS_OK : CS_REFUSED))
			fail_msg("S3-4-19: %zu: %s in %s: %s", i, talks[i].step, was, e.text);
		assert_string_equal(desk_state(id), talks[i].state ? talks[i].state : was);
	}
}

/* --- keeping the customer informed ------------------------------------------------------------------ */

/* Of the one that is owed, or of the last one. */
static const struct cs_owed_row *latest(int64_t ticket, const char *duty)
{
	const struct cs_image *im = desk_ticket(ticket);
	const struct cs_owed_row *best = NULL;

	for (size_t i = 0; i < cs_image_count(im, CS_P_OWED); i++) {
		const struct cs_owed_row *o = cs_image_at(im, CS_P_OWED, i);

		if (strcmp(o->duty, duty) == 0 &&
		    (!best || (cs_owed_open(o) && !cs_owed_open(best)) ||
		     (cs_owed_open(o) == cs_owed_open(best) && o->owed_at >= best->owed_at)))
			best = o;
	}
	return best;
}

/* S0-4-16, S3-4-16: nobody told the customer anything for too long. As long as the company sets no time nothing is
   owed. */
static void test_kept_informed(void **state)
{
	static const struct {
		const char *id, *life, *at;
		bool told; /* the supervisor, that it is late */
		const char *due;
	} cases[] = {
		{"S0-4-16 on the last second", NULL, "2026-11-04 09:00:00", false, "2026-11-04 09:00"},
		{"S0-4-16 a second later", NULL, "2026-11-04 09:00:01", true, NULL},
		{"S0-4-16 told", "ling tell note=已派人|chief note note=内部", "2026-11-04 09:00:01", false,
		 "2026-11-05 10:00"},
		{"S3-4-16 a note among ourselves tells nobody", "chief note note=内部", "2026-11-04 09:00:01", true,
		 NULL},
		{"S3-4-16 over", "ling answer result=已解释", "2026-11-12 09:00", false, NULL},
	};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		const struct cs_owed_row *o;
		bool told;
		int64_t id;

		desk_begin();
		id = rules_register("ling", "complaint", NULL, NULL, NULL);
		assert_null(latest(id, "keep_informed"));
		edition_with("\"params\": {\"cmp.progress\": {\"value\": \"48h\", \"source\": \"S0-4-16\"}}");
		id = rules_register("ling", "complaint", NULL, NULL, NULL);
		desk_time("2026-11-03 10:00");
		rules_live(cases[i].id, id, cases[i].life);
		desk_time(cases[i].at);
		told = desk_settle(id) > 0 && rules_told(id, "chief");
		if (told != cases[i].told)
			fail_msg("%s: %s", cases[i].id, told ? "told" : "not told");
		o = latest(id, "keep_informed");
		assert_non_null(o);
		if (cases[i].due && (!cs_owed_open(o) || o->due_at != desk_at(cases[i].due)))
			fail_msg("%s: due at another time", cases[i].id);
		if (strstr(cases[i].id, "over"))
			assert_string_equal(cs_owed_state(o), "ended");
		desk_end();
	}
}

/* S0-4-16, recorded later: what was taken for missed after the complaint, as it turns out, was done is not; on the last
   second neither, a second later it is. */
static void test_progress_recorded_later(void **state)
{
	static const struct {
		const char *step;
		bool missed;
	} cases[] = {{"ling answer result=已解释 at=2026-11-03_09:00", false},
		     {"ling answer result=已解释 at=2026-11-04_09:00", false},
		     {"ling answer result=已解释 at=2026-11-04_09:01", true}};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		struct cs_image *im;
		int64_t id;
		int missed = 0;

		desk_begin();
		edition_with("\"params\": {\"cmp.progress\": {\"value\": \"48h\", \"source\": \"S0-4-16\"}}");
		id = rules_register("ling", "complaint", NULL, NULL, NULL);
		desk_time("2026-11-05 10:00");
		desk_settle(id);
		assert_string_equal(cs_owed_state(cs_image_at(desk_ticket(id), CS_P_OWED, 0)), "missed");
		rules_live("S0-4-16", id, cases[i].step);
		im = desk_ticket(id);
		for (size_t k = 0; k < cs_image_count(im, CS_P_OWED); k++) {
			const struct cs_owed_row *o = cs_image_at(im, CS_P_OWED, k);

			if (strcmp(o->duty, "keep_informed") != 0)
				continue;
			assert_false(cs_owed_open(o));
			missed += o->missed_at != CS_NULL;
			assert_true(cs_owed_late(o, desk->now) == (o->missed_at != CS_NULL));
		}
		assert_int_equal(missed, cases[i].missed);
		desk_end();
	}
}

/* --- valid or not ---------------------------------------------------------------------------------- */

/* S3-4-12, S3-4-13: whoever may say so says it, an invalid one with its explanation; said anew it is otherwise. */
static void test_validity(void **state)
{
	static const struct {
		const char *id, *login, *step, *validity; /* NULL: refused */
	} cases[] = {
		{"S3-4-12 nothing said", "chief", "validate", NULL},
		{"S3-4-12 why not", "chief", "validate validity=invalid", NULL},
		{"S3-4-12 a blank is no explanation", "chief", "validate validity=invalid validity_why=_", NULL},
		{"S3-4-12 invalid", "chief", "validate validity=invalid validity_why=市政停水，已向业主说明",
		 "invalid"},
		{"S3-4-13 not by the front desk", "ling", "validate validity=valid", NULL},
		{"S3-4-13 not by who handles it", "worker", "validate validity=valid", NULL},
		{"S3-4-13 valid", "chief", "validate validity=valid", "valid"},
		{"S3-4-13 by the company", "company", "validate validity=valid", "valid"},
		{"S3-4-12 no third word", "chief", "validate validity=unreasonable validity_why=x", NULL},
	};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		int64_t id = rules_register("ling", "complaint", NULL, NULL, NULL);
		struct cs_err e = {0};

		assert_null(desk_ticket(id)->t.validity); /* S3-4-13: not invalid until somebody says so */
		rules_live(cases[i].id, id, SEND);
		desk_actor(cases[i].login);
		if ((desk_step(id, cases[i].step, &e) == CS_OK) != (cases[i].validity != NULL))
			fail_msg("%s: %s", cases[i].id, e.text);
		if (cases[i].validity)
			assert_string_equal(desk_ticket(id)->t.validity, cases[i].validity);
		else
			assert_null(desk_ticket(id)->t.validity);
	}
}

/* --- what waits for approval -------------------------------------------------------------------------- */

#define ASKED  "ling reply reply_text=已派人"
#define LONGER "worker extend note=等配件 extended_to=2026-12-05_18:00"

/* S3-4-24, S3-4-16: what waits is owed by whom it waits for, each stage by its own; it ends with the answer. */
static void test_pending(void **state)
{
	static const struct {
		const char *id, *life, *duty, *owner, *state;
	} cases[] = {
		{"S3-4-24 review", ASKED, "review_post", "manager", "owed"},
		{"S3-4-24 not yet", ASKED, "approve_post", NULL, NULL},
		{"S3-4-24 reviewed", ASKED "|manager approve", "review_post", "manager", "done"},
		{"S3-4-24 approval", ASKED "|manager approve", "approve_post", "qmc", "owed"},
		{"S3-4-24 approved", ASKED "|manager approve|qmc approve", "approve_post", "qmc", "done"},
		{"S3-4-24 refused", ASKED "|manager reject note=太短", "review_post", "manager", "done"},
		{"S3-4-24 refused: nothing follows", ASKED "|manager reject note=太短", "approve_post", NULL, NULL},
		{"S3-4-24 another text", ASKED "|ling reply reply_text=改过", "review_post", "manager", "owed"},
		{"S3-4-24 withdrawn", ASKED "|chief withdraw why=customer", "review_post", "manager", "ended"},
		{"S3-4-24 courtesy", "ling courtesy note=已收到", "review_post", NULL, NULL},
		{"S3-4-16 extension", SEND "|" LONGER, "approve_extension", "manager", "owed"},
		{"S3-4-16 extended", SEND "|" LONGER "|manager approve", "approve_extension", "manager", "done"},
	};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		int64_t id = rules_register("ling", "complaint", "forum", NULL, NULL);
		const struct cs_owed_row *o;

		rules_live(cases[i].id, id, cases[i].life);
		o = latest(id, cases[i].duty);
		if (!o != !cases[i].state || (o && strcmp(cs_owed_state(o), cases[i].state) != 0))
			fail_msg("%s: %s is %s", cases[i].id, cases[i].duty, o ? cs_owed_state(o) : "not owed");
		if (o)
			assert_string_equal(rules_login(o->owner), cases[i].owner);
		if (o && strcmp(cases[i].state, "owed") == 0)
			assert_int_equal(o->due_at, CS_NULL); /* the documents give no time */
	}
}

/* ... and late when the company says by when: the area manager is told. The second stage has a time of its own from
   the first's answer. */
static void test_pending_late(void **state)
{
	static const struct {
		const char *at;
		bool told;
	} cases[] = {{"2026-11-02 14:30:00", false}, {"2026-11-02 14:30:01", true}};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		int64_t id;

		desk_begin();
		edition_with("\"params\": {\"cmp.approve\": {\"value\": \"4wh\", \"source\": \"S3-4-24\"}}");
		id = rules_register("ling", "complaint", "forum", NULL, NULL);
		rules_live("S3-4-24", id, ASKED);
		/* 09:00 to 12:00, 13:30 to 14:30. */
		assert_int_equal(latest(id, "review_post")->due_at, desk_at("2026-11-02 14:30"));
		desk_time(cases[i].at);
		desk_settle(id);
		assert_true(rules_told(id, "area") == cases[i].told);
		rules_live("S3-4-24", id, "manager approve");
		assert_string_equal(cs_owed_state(latest(id, "review_post")), "done");
		/* 14:30 to 18:00, 09:00 to 09:30. */
		assert_int_equal(latest(id, "approve_post")->due_at, desk_at("2026-11-03 09:30") + (cs_time)i);
		desk_end();
	}
}

/* --- what goes up ------------------------------------------------------------------------------------- */

/* S0-4-2, S3-4-26, S0-4-13, C17: who hears at once of which class. The area hears of major ones only; nobody of
   ordinary ones. */
static void test_told_of_classes(void **state)
{
	static const struct {
		const char *id, *words, *life, *duty;
		const char *told[6], *not_told[6];
	} cases[] = {
		{"S3-4-26 major",
		 NULL,
		 "company assess lawsuit=pending",
		 "major_notice",
		 {"chief", "manager", "area", "qmc", "company", "boss"},
		 {"director", "worker", "ling"}},
		{"S0-4-2 hot",
		 NULL,
		 "chief assess people=3",
		 "hot_notice",
		 {"chief", "manager", "company", "boss"},
		 {"area", "qmc", "director", "worker"}},
		{"S0-4-2 S0-4-13 important, said at once",
		 "important=yes",
		 NULL,
		 "important_notice",
		 {"chief", "manager", "company", "boss"},
		 {"area", "qmc", "worker"}},
		{"S0-4-2 S0-4-13 important, said later",
		 NULL,
		 "chief assess important=yes",
		 "important_notice",
		 {"chief", "manager", "company", "boss"},
		 {"area", "qmc", "worker"}},
		{"S3-4-11 ordinary",
		 NULL,
		 "chief assess people=2 lawsuit=none media=none important=no",
		 NULL,
		 {NULL},
		 {"chief", "manager", "area", "qmc", "company", "boss"}},
	};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		int64_t id;

		desk_begin();
		desk->org.post[0].post = "leader_in_charge"; /* boss, who was admin alone */
		desk->org.post[0].unit = UNIT_HQ;
		id = rules_register("ling", "complaint", NULL, cases[i].words, NULL);
		rules_live(cases[i].id, id, cases[i].life);
		for (size_t k = 0; k < 6 && cases[i].told[k]; k++)
			if (!rules_told(id, cases[i].told[k]))
				fail_msg("%s: %s is not told", cases[i].id, cases[i].told[k]);
		for (size_t k = 0; k < 6 && cases[i].not_told[k]; k++)
			if (rules_told(id, cases[i].not_told[k]))
				fail_msg("%s: %s is told", cases[i].id, cases[i].not_told[k]);
		if (cases[i].duty)
			assert_string_equal(cs_owed_state(latest(id, cases[i].duty)), "done");
		desk_end();
	}
}

/* S0-4-13, S0-4-2: an important one has its handling record, once, until somebody says that it is not important. */
static void test_important(void **state)
{
	static const struct {
		const char *words, *life, *state;
	} cases[] = {
		{"important=yes", NULL, "owed"},
		{NULL, "chief assess important=yes", "owed"},
		{"important=yes", "chief assess important=no", "ended"},
		{"important=yes", "chief assess important=no|company assess important=yes", "owed"},
		{"important=no", NULL, NULL},
		{NULL, "chief assess people=2", NULL},
	};
	size_t told = 0;
	int64_t id;

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		const struct cs_owed_row *o;

		id = rules_register("ling", "complaint", NULL, cases[i].words, NULL);
		rules_live("S0-4-13", id, cases[i].life);
		o = latest(id, "important_record");
		if (!o != !cases[i].state || (o && strcmp(cs_owed_state(o), cases[i].state) != 0))
			fail_msg("S0-4-13: case %zu: %s", i, o ? cs_owed_state(o) : "not owed");
	}
	/* What is said of it afterwards is no second one. */
	id = rules_register("ling", "complaint", NULL, "important=yes", NULL);
	rules_live("S0-4-13", id, "chief assess people=2|chief assess important=yes|chief contact note=已联系");
	for (size_t i = 0; i < cs_image_count(desk_ticket(id), CS_P_OWED); i++)
		told += strcmp(((const struct cs_owed_row *)cs_image_at(desk_ticket(id), CS_P_OWED, i))->duty,
			       "important_notice") == 0;
	assert_int_equal(told, 1);
}

/* S3-4-26, S3-4-28, S3-4-29: what is owed on a class, on the last second and a second later; across National Day. */
static void test_reports_late(void **state)
{
	static const struct {
		const char *id, *opened, *life, *duty, *due;
	} cases[] = {
		{"S3-4-28 a working day", "2026-09-21 10:00", "chief assess people=3", "hot_report",
		 "2026-09-23 00:00"},
		{"S3-4-28 at 23:50", "2026-09-21 23:50", "chief assess people=3", "hot_report", "2026-09-23 00:00"},
		{"S3-4-28 worked Sunday", "2026-09-18 10:00", "chief assess people=3", "hot_report",
		 "2026-09-21 00:00"},
		{"S3-4-28 before National Day", "2026-09-30 23:50", "chief assess people=3", "hot_report",
		 "2026-10-09 00:00"},
		{"S3-4-28 worked Saturday", "2026-10-09 10:00", "chief assess people=3", "hot_report",
		 "2026-10-11 00:00"},
		/* A week is seven days, whatever days they are. */
		{"S3-4-26 every week", "2026-09-30 10:00", "chief assess lawsuit=pending", "major_weekly",
		 "2026-10-07 10:00"},
		{"S3-4-29 a week after", "2026-09-30 10:00", "chief assess people=3|" SEND "|worker finish result=已换",
		 "hot_case", "2026-10-07 10:00"},
	};

	(void)state;
	for (size_t i = 0; i < 2 * RULES_COUNT(cases); i++) {
		const size_t k = i / 2;
		int64_t id;

		desk_begin_early();
		desk_time(cases[k].opened);
		id = rules_register("ling", "complaint", NULL, NULL, NULL);
		rules_live(cases[k].id, id, cases[k].life);
		if (latest(id, cases[k].duty)->due_at != desk_at(cases[k].due))
			fail_msg("%s: due at another time", cases[k].id);
		desk->now = desk_at(cases[k].due) + (cs_time)(i % 2);
		desk_settle(id);
		if (rules_told(id, "area") != (i % 2 == 1))
			fail_msg("%s: the area is %stold %zu s after the due", cases[k].id, i % 2 == 1 ? "not " : "",
				 i % 2);
		desk_end();
	}
}

/* S3-4-21, S4-3-5, S4-3-6: what came from above or went up is owed back to them once it is verified; the company
   hears when that takes longer than it says. What was reported back before is not owed again. */
static void test_owed_back(void **state)
{
	static const struct {
		const char *id, *channel, *life, *state, *at;
		bool told;
	} cases[] = {
		{"S3-4-21 of the project's own", "phone", NULL, NULL, NULL, false},
		{"S4-3-5 from the company", "company", NULL, "owed", "2026-11-03 09:00:00", false},
		{"S4-3-5 from the company, late", "company", NULL, "owed", "2026-11-03 09:00:01", true},
		{"S4-3-6 from superiors", "superior", NULL, "owed", "2026-11-03 09:00:00", false},
		{"S3-4-21 went up", "phone", "worker report_up note=需公司决定", "owed", "2026-11-03 09:00:00", false},
		{"S3-4-21 reported back", "company", "chief report_back note=已办妥 evidence:letter", "done",
		 "2026-11-03 09:00:01", false},
	};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		const bool after = cases[i].life && strstr(cases[i].life, "report_back");
		const struct cs_owed_row *o;
		int64_t id;

		desk_begin();
		edition_with("\"params\": {\"cmp.report_back\": {\"value\": \"24h\", \"source\": \"S3-4-21\"}}");
		id = rules_register("ling", "complaint", cases[i].channel, NULL, NULL);
		rules_live(cases[i].id, id, SEND);
		rules_live(cases[i].id, id, after ? NULL : cases[i].life);
		rules_live(cases[i].id, id, "worker finish result=已换");
		assert_null(latest(id, "report_back"));
		rules_live(cases[i].id, id, "chief verify note=查过");
		rules_live(cases[i].id, id, after ? cases[i].life : NULL);
		if (cases[i].at) {
			desk_time(cases[i].at);
			desk_settle(id);
		}
		o = latest(id, "report_back");
		if (!o != !cases[i].state || (o && strcmp(cs_owed_state(o), cases[i].state) != 0))
			fail_msg("%s: %s", cases[i].id, o ? cs_owed_state(o) : "not owed");
		if (cases[i].at && !after && rules_told(id, "company") != cases[i].told)
			fail_msg("%s: the company is %stold", cases[i].id, cases[i].told ? "not " : "");
		if (!o) { /* nor twice */
			rules_live(cases[i].id, id, "ling rework note=x|worker report_up note=x");
			rules_live(cases[i].id, id, SEND "|worker finish result=已换");
			rules_live(cases[i].id, id, "chief report_back note=x|chief verify note=x");
			assert_null(latest(id, "report_back"));
		}
		desk_end();
	}
}

/* C16: requests climb from post to post and change hands; a complaint goes to the area director, and stays whose it
   is. */
static void test_ladders(void **state)
{
	static const struct {
		const char *kind, *holders, *responsible;
	} cases[] = {{"request", "dept chief manager area qmc", "qmc"}, {"complaint", "director", "chief"}};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		int64_t id = rules_register("ling", cases[i].kind, NULL, NULL, NULL);
		const struct cs_image *im;
		char to[80] = "";

		rules_live("C16", id, i == 0 ? "ling dispatch handling=p1.engineering assignee=worker" : SEND);
		desk_time("2026-11-25 09:00");
		desk_settle(id);
		im = desk_ticket(id);
		for (size_t k = 0; k < cs_image_count(im, CS_P_RUNG); k++) {
			const struct cs_rung_row *r = cs_image_at(im, CS_P_RUNG, k);

			if (strcmp(r->clock, "resolve") == 0)
				snprintf(to + strlen(to), sizeof to - strlen(to), "%s%s", *to ? " " : "",
					 rules_login(r->to_staff));
		}
		assert_string_equal(to, cases[i].holders);
		assert_string_equal(rules_login(im->t.responsible), cases[i].responsible);
		rules_end(NULL);
		rules_begin(NULL);
	}
}

/* --- letters ------------------------------------------------------------------------------------------- */

/* S4-3-3: an opinion by letter is registered and answered. S4-3-4, S4-3-7: a complaint by letter takes one of three
   ways: our own department deals with it and the writer is called; another one is informed and the result is
   followed; what is not ours is explained. In each the writer gets an answer and the one who received the letter
   stays on it. */
static void test_letters(void **state)
{
	static const struct {
		const char *id, *kind, *life, *told, *validity;
		bool called;
	} cases[] = {
		{"S4-3-3 opinion", "suggestion", "ling reply reply_text=采纳", NULL, NULL, false},
		{"S4-3-4 own department", "complaint",
		 "chief dispatch handling=p1.service assignee=chief promised_at=2026-11-04_18:00|"
		 "chief finish result=已办|"
		 "company verify note=已核|ling reply reply_text=已办",
		 NULL, NULL, true},
		{"S4-3-4 another department", "complaint",
		 "chief dispatch handling=p1.engineering assignee=worker promised_at=2026-11-04_18:00|TOLD|"
		 "worker finish result=已修|chief verify note=已核|ling reply reply_text=已修",
		 "worker", NULL, true},
		{"S4-3-4 not ours", "complaint",
		 "chief validate validity=invalid validity_why=市政停水，已说明|"
		 "ling answer result=已说明由自来水公司处理|"
		 "chief verify note=已核|ling reply reply_text=已说明",
		 NULL, "invalid", true},
	};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		int64_t id = rules_register("ling", cases[i].kind, "letter", NULL, NULL);
		const char *at = strstr(cases[i].life, "TOLD|");
		const struct cs_image *im;
		char before[300];

		snprintf(before, sizeof before, "%.*s", at ? (int)(at - cases[i].life) : 0, cases[i].life);
		rules_live(cases[i].id, id, before);
		if (cases[i].told && !rules_told(id, cases[i].told))
			fail_msg("%s: %s is not informed", cases[i].id, cases[i].told);
		rules_live(cases[i].id, id, at ? at + 5 : cases[i].life);
		im = desk_ticket(id);
		assert_non_null(cs_image_own(im, "reply_text"));
		assert_string_equal(rules_login(im->t.first), "ling");
		if (cases[i].validity)
			assert_string_equal(im->t.validity, cases[i].validity);
		if ((cs_image_count(im, CS_P_CALLBACK) > 0) != cases[i].called)
			fail_msg("%s: %zu calls", cases[i].id, cs_image_count(im, CS_P_CALLBACK));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_clocks),
		cmocka_unit_test(test_cutoff),
		cmocka_unit_test(test_director),
		cmocka_unit_test_setup_teardown(test_agreement, rules_begin, rules_end),
		cmocka_unit_test(test_kept_informed),
		cmocka_unit_test_setup_teardown(test_validity, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_pending, rules_begin, rules_end),
		cmocka_unit_test(test_progress_recorded_later),
		cmocka_unit_test(test_pending_late),
		cmocka_unit_test(test_told_of_classes),
		cmocka_unit_test_setup_teardown(test_important, rules_begin, rules_end),
		cmocka_unit_test(test_reports_late),
		cmocka_unit_test(test_owed_back),
		cmocka_unit_test_setup_teardown(test_ladders, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_letters, rules_begin, rules_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
