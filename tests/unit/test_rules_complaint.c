/* Complaints from the first word to the last call (requirements 4, 6.3, 7), by the shipped property rules. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "editions.h"
#include "report_rows.h"
#include "rules.h"
#include "text/form.h"

#define SEND     "dispatch handling=p1.engineering assignee=worker promised_at=2026-11-03_18:00"
#define SENT     "chief " SEND
#define FINISHED SENT "|worker finish result=已换"
#define VERIFIED FINISHED "|chief verify note=查过"

/* --- by when ----------------------------------------------------------------------------------- */

static const struct rule_clock clocks[] = {
	/* S3-4-23: two hours after the post, one hour after a department passed it on; elapsed time. */
	{"S3-4-23 post", "complaint", "forum", "posted_at=2026-11-03_08:40", "2026-11-03 09:00", NULL, "forum",
	 "2026-11-03 10:40", "ling courtesy note=已受理"},
	{"S3-4-23 at night", "complaint", "forum", "posted_at=2026-11-07_23:30", "2026-11-08 00:10", NULL, "forum",
	 "2026-11-08 01:30", "ling courtesy note=已受理"},
	{"S3-4-23 passed on", "complaint", "forum", "posted_at=2026-11-02_08:40 forwarded_at=2026-11-03_08:50",
	 "2026-11-03 09:00", NULL, "forum", "2026-11-03 09:50", "ling courtesy note=已受理"},
	{"S3-4-23 post without a time", "complaint", "forum", NULL, "2026-11-03 09:00", NULL, "forum",
	 "2026-11-03 11:00", "ling reply reply_text=已处理|manager approve|qmc approve|ling reply"},
	{"S3-4-23 not on the forum", "complaint", "wechat", "posted_at=2026-11-03_08:40", "2026-11-03 09:00", NULL,
	 "forum", NULL, NULL},
	/* Friday 6 November: two working days are Monday and Tuesday. */
	{"S4-2-2 forwarded by the company", "complaint", "company", NULL, "2026-11-06 10:00", NULL, "reply",
	 "2026-11-11 00:00", "ling reply reply_text=已处理"},
	{"S4-2-2 annotated by superiors", "complaint", "superior", NULL, "2026-11-06 10:00", NULL, "reply",
	 "2026-11-11 00:00", "ling reply reply_text=已处理"},
	{"S1-4-3 letter", "complaint", "letter", NULL, "2026-11-07 10:00", NULL, "reply", "2026-11-11 00:00",
	 "ling reply reply_text=已处理"},
	{"S1-4-3 phone", "complaint", "phone", NULL, "2026-11-06 10:00", NULL, "reply", "2026-11-07 00:00",
	 "ling reply reply_text=已处理"},
	/* At 23:50: the day is the day, however late (G30; the cut-off is a parameter), a working day is the next. */
	{"S3-4-22 at 23:50", "complaint", "phone", NULL, "2026-11-06 23:50", NULL, "reply", "2026-11-07 00:00",
	 "ling reply reply_text=已处理"},
	{"S3-4-22 letter at 23:50", "complaint", "letter", NULL, "2026-11-05 23:50", NULL, "reply", "2026-11-10 00:00",
	 "ling reply reply_text=已处理"},
	{"S3-4-17 at 23:50", "complaint", "phone", NULL, "2026-11-06 23:50", NULL, "contact", "2026-11-07 00:20",
	 "chief contact note=已联系"},
	{"S3-4-20 at 23:50", "complaint", "phone", NULL, "2026-11-05 23:50", NULL, "resolve", "2026-11-13 00:00",
	 "ling answer result=已处理"},
	{"S2-3-1 contact", "complaint", "phone", NULL, "2026-11-06 17:45", NULL, "contact", "2026-11-06 18:15",
	 "chief contact note=已联系"},
	{"S4-4-2 handled by the time agreed", "complaint", "phone", NULL, "2026-11-03 10:00", SENT, "promised",
	 "2026-11-03 18:00", "worker finish result=已换"},
};

static void test_clocks(void **state)
{
	(void)state;
	rules_clocks(clocks, RULES_COUNT(clocks));
}

/* G30: from the cut-off on, which a company may set, the same day is the next. */
static void test_cutoff(void **state)
{
	static const struct {
		const char *cutoff, *at, *due;
	} cases[] = {
		{"null", "2026-11-06 23:50", "2026-11-07 00:00"},
		{"\"18:00\"", "2026-11-06 17:59:59", "2026-11-07 00:00"},
		{"\"18:00\"", "2026-11-06 18:00:00", "2026-11-08 00:00"},
		{"\"18:00\"", "2026-11-06 23:50", "2026-11-08 00:00"},
		{"\"18:00\"", "2026-11-07 00:00", "2026-11-08 00:00"},
	};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		char members[120];
		int64_t id;

		desk_begin();
		snprintf(members, sizeof members, "\"params\": {\"cmp.reply_cutoff\": {\"value\": %s}}",
			 cases[i].cutoff);
		edition_with(members);
		desk_time(cases[i].at);
		id = rules_register("ling", "complaint", "phone", NULL, NULL);
		if (cs_image_clock(desk_ticket(id), "reply")->due_at != desk_at(cases[i].due))
			fail_msg("cut-off %s, %s: another due", cases[i].cutoff, cases[i].at);
		desk_end();
	}
}

/* Where a document says "within the prescribed time" the company prescribes it; past it the leader has it. Without a
   number nothing runs and nothing climbs. */
static void test_prescribed(void **state)
{
	static const struct {
		const char *id, *kind, *clock, *due, *answer;
	} cases[] = {
		{"S2-2-1, S2-3-3", "inquiry", "reply", "2026-11-02 11:00", "reply reply_text=九点"},
		{"S2-2-1, S2-3-3", "suggestion", "reply", "2026-11-04 09:00", "reply reply_text=采纳"},
		{"S2-3-3", "message", "pass_on", "2026-11-02 09:30", "pass_on"},
	};

	(void)state;
	for (size_t i = 0; i < 2 * RULES_COUNT(cases); i++) {
		size_t k = i / 2;
		bool prescribed = i % 2;
		const struct cs_image *im;
		int64_t id, answered;

		desk_begin();
		if (prescribed)
			edition_with("\"params\": {\"inq.reply\": {\"value\": \"2h\", \"source\": \"S2-2-1\"},"
				     "\"sug.reply\": {\"value\": \"48h\", \"source\": \"S2-2-1\"},"
				     "\"msg.pass_on\": {\"value\": \"30m\", \"source\": \"S4-3-8\"}}");
		id = rules_register("ling", cases[k].kind, NULL, NULL, NULL);
		answered = rules_register("ling", cases[k].kind, NULL, NULL, NULL);
		desk_time(cases[k].due);
		assert_int_equal(desk_settle(id), 0);
		desk_do(answered, cases[k].answer);
		desk->now++;
		desk_settle(id);
		desk_settle(answered);
		im = desk_ticket(id);
		if (cs_image_count(im, CS_P_RUNG) != (prescribed ? 1 : 0))
			fail_msg("%s: %s: %zu rungs", cases[k].id, cases[k].kind, cs_image_count(im, CS_P_RUNG));
		if (prescribed)
			assert_string_equal(
				rules_login(((const struct cs_rung_row *)cs_image_at(im, CS_P_RUNG, 0))->to_staff),
				"chief");
		assert_string_equal(desk_clock(answered, cases[k].clock), prescribed ? "met" : "none");
		assert_int_equal(cs_image_count(desk_ticket(answered), CS_P_RUNG), 0);
		desk_end();
	}
}

/* S3-4-16: what was promised and is not kept is followed up, and the customer is told. */
static void test_promise(void **state)
{
	static const struct {
		const char *id, *at, *before;
		size_t owed;
	} cases[] = {
		{"S3-4-16 on the second", "2026-11-03 18:00:00", NULL, 0},
		{"S3-4-16 a second later", "2026-11-03 18:00:01", NULL, 1},
		{"S3-4-16 kept", "2026-11-03 18:00:01", "ling reply reply_text=已换", 0},
	};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		const struct cs_owed_row *o;
		int64_t id;

		desk_begin();
		id = rules_register("ling", "complaint", NULL, NULL, NULL);
		rules_live(cases[i].id, id, SENT);
		rules_live(cases[i].id, id, cases[i].before);
		desk_time(cases[i].at);
		desk_settle(id);
		if (cs_image_count(desk_ticket(id), CS_P_OWED) != cases[i].owed)
			fail_msg("%s: %zu owed", cases[i].id, cs_image_count(desk_ticket(id), CS_P_OWED));
		if (cases[i].owed) {
			o = cs_image_at(desk_ticket(id), CS_P_OWED, 0);
			assert_string_equal(rules_login(o->owner), "chief");
			assert_int_equal(o->done_at, CS_NULL);
			rules_live(cases[i].id, id, "worker tell note=配件明日到"); /* S3-7-2: the state fed back */
			o = cs_image_at(desk_ticket(id), CS_P_OWED, 0);
			assert_int_equal(o->done_at, desk->now);
		}
		desk_end();
	}
}

/* --- classes ------------------------------------------------------------------------------------ */

/* S3-4-6: seven classes, no more; every category has one of them. */
static void test_specialties(void **state)
{
	static const struct {
		const char *specialty, *category;
	} cases[] = {
		{"safety", "safe.fire"},          {"environment", "env.waste"},
		{"engineering", "eng.lift"},      {"general_service", "svc.manner"},
		{"owner_dispute", "owner.noise"}, {"developer_related", "dev.quality"},
		{"other", "oth.municipal"}, /* water, power, gas, heating, cable, traffic of the municipality */
	};
	const struct cs_ids *all = cs_policy_codes(desk->policy, "specialty");

	(void)state;
	assert_int_equal(all->count, RULES_COUNT(cases));
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		int64_t id = desk_register("complaint", cases[i].category, "", NULL);

		if (strcmp(desk_ticket(id)->t.specialty, cases[i].specialty) != 0)
			fail_msg("S3-4-6: %s is %s", cases[i].category, desk_ticket(id)->t.specialty);
		assert_true(cs_ids_has(all, cases[i].specialty));
	}
	for (size_t i = 0; i < desk->policy->category_count; i++)
		assert_true(cs_ids_has(all, desk->policy->category[i].specialty));
}

/* S4-4-3: a company that classes otherwise says so in its rules. */
static void test_own_classes(void **state)
{
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(desk_register("complaint", "lifts", "", &e), 0);
	edition_with(
		"\"codes\": {\"specialty\": [\"safety\", \"environment\", \"engineering\", \"general_service\","
		"\"owner_dispute\", "
		"\"developer_related\", \"other\", \"machinery\"]},"
		"\"categories\": {\"lifts\": {\"specialty\": \"machinery\", \"route\": \"dept:engineering\"}},"
		"\"labels\": {\"en\": {\"codes/specialty/machinery\": \"machinery\", \"categories/lifts\": \"lifts\"},"
		"\"zh\": {\"codes/specialty/machinery\": \"设备类\", \"categories/lifts\": \"电梯\"}}");
	assert_string_equal(desk_ticket(desk_register("complaint", "lifts", "", NULL))->t.specialty, "machinery");
}

/* S1-4-2, S4-4-2: classed, weighed and handed to a department in one go; the slip says to whom and by when. */
static void test_dispatch(void **state)
{
	static const char *const said[] = {
		"派遣单", "工程部", "电梯", "紧急", "王芳", "13800138000", "3-2-501", "内容", "2026-11-03 18:00"};
	int64_t id = rules_register("ling", "complaint", NULL, NULL, NULL);
	const struct cs_kind *kind = cs_policy_kind(desk->policy, "complaint");
	struct cs_buf out = {0};
	struct cs_err e = {0};
	const struct cs_image *im;

	(void)state;
	rules_live("S1-4-2", id, SENT " category=eng.lift priority=urgent causing=p1.engineering");
	im = desk_ticket(id);
	assert_string_equal(im->t.category, "eng.lift");
	assert_string_equal(im->t.priority, "urgent");
	assert_int_equal(im->t.handling, UNIT_ENGINEERING);
	assert_int_equal(im->t.causing, UNIT_ENGINEERING);
	assert_int_equal(cs_image_own(im, "promised_at")->i, desk_at("2026-11-03 18:00"));
	assert_non_null(cs_kind_step(kind, "dispatch")->form);
	if (cs_form_print(desk, im, cs_policy_form(desk->policy, cs_kind_step(kind, "dispatch")->form), &out, &e) < 0)
		fail_msg("%s", e.text);
	for (size_t i = 0; i < RULES_COUNT(said); i++)
		if (!strstr(cs_buf_str(&out), said[i]))
			fail_msg("S4-4-2: %s is not on the slip:\n%s", said[i], cs_buf_str(&out));
	cs_buf_free(&out);
}

/* --- who ----------------------------------------------------------------------------------------- */

static const struct rule_right rights[] = {
	/* The accepting department alone replies: the centre here, not who handles it, nor those above. */
	{"S0-4-4",
	 "complaint",
	 SENT,
	 "reply reply_text=已换",
	 {"ling", "chief"},
	 {"worker", "head", "manager", "other", "company", "qmc", "director"}},
	{"S0-4-4",
	 "complaint",
	 VERIFIED,
	 "reply reply_text=已换",
	 {"ling", "chief"},
	 {"worker", "head", "manager", "other", "company", "qmc"}},
	{"S3-4-23",
	 "complaint",
	 "",
	 "courtesy note=已受理",
	 {NULL},
	 {"ling", "worker", "other"}}, /* by phone: nothing to post */
	{"S4-6-1",
	 "complaint",
	 SENT,
	 "report_up note=需公司决定 long_term=yes",
	 {"ling", "chief", "worker", "head"},
	 {"other", "money", "qmc"}},
	/* Whoever settled it does not verify it, on the spot or not. */
	{"S3-4-21", "complaint", "chief answer result=已道歉", "verify note=查过", {"company"}, {"chief"}},
	{"S3-4-21", "complaint", "ling answer result=已道歉", "verify note=查过", {"chief", "company"}, {"ling"}},
	{"S3-7-2", "complaint", SENT, "tell note=正在处理", {"ling", "worker", "chief"}, {"other", "money", "qmc"}},
};

static void test_rights(void **state)
{
	(void)state;
	rules_rights(rights, RULES_COUNT(rights));
}

static const struct cs_given opinion[] = {{"timely", "yes"}, {"acceptance", "5"}, {"measures", "4"}, {"result", "4"}};
static const struct cs_call_result satisfied = {
	.outcome = CS_CALL_REACHED, .score = 4, .answer = opinion, .answer_count = 4};
static const struct cs_given spot[] = {{"timely", "yes"}, {"measures", "4"}, {"result", "4"}};

/* C28, S4-1-2, S0-4-4, S3-4-3: who received it first, who answers for it and who replies are three people. Besides the
   department
   that took it in replies the front desk, to which every employee passes what he heard (S3-4-2). */
static void test_three_people(void **state)
{
	static const char *const others[] = {"chief", "manager", "other", "company"};
	int64_t id = rules_register("worker", "complaint", "oral_to_staff", NULL, NULL);
	struct cs_image *im = desk_ticket(id);

	(void)state;
	assert_string_equal(rules_login(im->t.first), "worker");
	assert_string_equal(rules_login(im->t.responsible), "chief");
	assert_int_equal(im->t.accepting, UNIT_ENGINEERING);
	for (size_t i = 0; i < RULES_COUNT(others); i++) {
		desk_actor(others[i]);
		assert_int_equal(desk_step(id, "reply reply_text=已换", NULL), CS_REFUSED);
	}
	desk_actor("ling");
	desk_do(id, "reply reply_text=已换");
	desk_actor("head");
	desk_do(id, "reply reply_text=已换");
	assert_string_equal(rules_login(desk_ticket(id)->t.first), "worker");
}

/* S3-4-21, S4-3-5, S4-3-6: what went up to the company or came from above is closed once the verified result is
   reported
   back, in writing where it was passed on; then the company makes a spot call. */
static void test_report_back(void **state)
{
	static const struct {
		const char *id, *channel, *life, *tried, *refused, *done;
		bool slow;
	} cases[] = {
		{"S3-4-21 of the project's own", "phone", NULL, NULL, NULL, NULL, false},
		{"S3-4-21 passed up", "phone", "worker report_up note=需公司决定", "report_back",
		 "report_back needs note", "report_back note=已办妥", false},
		{"S3-4-21 over five working days", "phone", NULL, NULL, NULL, "report_back note=已办妥", true},
		{"S3-4-21 made to the company", "company", NULL, "report_back note=已办妥",
		 "report_back: who passed it on gets the result in writing", "report_back note=已办妥 evidence:letter",
		 false},
		{"S4-3-6 annotated by superiors", "superior", NULL, "report_back note=已办妥",
		 "report_back: who passed it on gets the result in writing", "report_back note=已办妥 evidence:letter",
		 false},
		{"S4-3-5, S4-3-7 letter", "letter", NULL, NULL, NULL, NULL, false},
	};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		struct cs_err e = {0};
		struct cs_call_done called;
		int64_t id;

		desk_begin();
		id = rules_register("ling", "complaint", cases[i].channel, NULL, NULL);
		rules_live(cases[i].id, id, SENT);
		rules_live(cases[i].id, id, cases[i].life);
		if (cases[i].slow) {
			desk_time("2026-11-10 09:00");
			assert_int_equal(desk_settle(id) > 0, 1);
		}
		rules_live(cases[i].id, id,
			   "worker finish result=已换|chief verify note=查过|ling reply reply_text=已换");
		desk_time("2026-11-10 15:00");
		assert_int_equal(rules_call("ling", id, satisfied, &called), CS_OK);
		desk_actor("chief");
		if (cases[i].tried &&
		    (desk_step(id, cases[i].tried, &e) != CS_REFUSED || !strstr(e.text, cases[i].refused)))
			fail_msg("%s: '%s'", cases[i].id, e.text);
		desk_actor("ling");
		if (cases[i].done) {
			assert_int_equal(desk_step(id, "close", &e), CS_REFUSED);
			assert_non_null(strstr(e.text, "reported back"));
			desk_actor("chief");
			desk_do(id, cases[i].done);
			assert_true(rules_told(id, "company"));
			assert_int_equal(rules_call("company", id,
						    (struct cs_call_result){.outcome = CS_CALL_REACHED,
									    .score = 4,
									    .answer = spot,
									    .answer_count = 3},
						    &called),
					 CS_OK);
			desk_actor("ling");
		}
		if (desk_step(id, "close", &e) != CS_OK)
			fail_msg("%s: %s", cases[i].id, e.text);
		desk_end();
	}
}

/* S0-4-2: the responsible post hears of it at once; so S3-4-3, S2-4-1. */
static void test_told(void **state)
{
	static const char *const logins[] = {"ling", "worker", "other"};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(logins); i++) {
		int64_t id = rules_register(logins[i], "complaint", "oral_to_staff", NULL, NULL);

		assert_true(rules_told(id, "chief"));
		assert_false(rules_told(id, "director"));
		assert_false(rules_told(rules_register(logins[i], "inquiry", NULL, NULL, NULL), "chief"));
	}
}

/* S4-6-1, S1-1-13: what cannot be solved is reported to the company and to the leader in charge; the reason is given,
   the flag stays. */
static void test_report_up(void **state)
{
	int64_t id = rules_register("ling", "complaint", NULL, NULL, NULL);

	(void)state;
	desk->org.post[0].post = "leader_in_charge"; /* boss, who was admin alone */
	desk->org.post[0].unit = UNIT_HQ;
	rules_live("S4-6-1", id, SENT);
	desk_actor("worker");
	assert_int_equal(desk_step(id, "report_up", NULL), CS_REFUSED);
	desk_do(id, "report_up note=需公司决定 long_term=yes");
	assert_true(rules_told(id, "company"));
	assert_true(rules_told(id, "boss"));
	assert_string_equal(desk_state(id), "handling");
	assert_int_equal(cs_image_own(desk_ticket(id), "long_term")->i, 1);
}

static const struct rule_need needs[] = {
	{"S2-4-1 nobody has verified it", "complaint", FINISHED "|ling reply reply_text=已换", "ling", "close",
	 "is in state finished", NULL},
	{"S2-4-1 the result is not fed back", "complaint", VERIFIED, "ling", "close", "the customer has had no reply",
	 "reply reply_text=已换"},
	{"S4-4-2 no time agreed", "complaint", "", "chief", "dispatch handling=p1.engineering", "promised_at", SEND},
	{"S4-6-1 no reason", "complaint", SENT, "worker", "report_up", "report_up needs note", "report_up note=缺件"},
};

static void test_needs(void **state)
{
	(void)state;
	rules_needs(needs, RULES_COUNT(needs));
}

/* --- whole lives ---------------------------------------------------------------------------------- */

/* S2-4-1, S0-4-15, S1-4-3: accepted, looked into, a solution put forward, handed out, handled, verified by another, the
   customer told and asked; only then is it closed. */
static void test_life(void **state)
{
	static const struct {
		const char *step, *state;
	} life[] = {
		{"chief contact note=已联系", "registered"},      {SENT, "handling"},
		{"worker propose proposal=更换水泵", "proposed"}, {"chief agree", "agreed"},
		{"worker finish result=已更换", "finished"},      {"chief verify note=现场看过", "verified"},
		{"ling reply reply_text=水泵已换", "verified"},
	};
	int64_t id = rules_register("ling", "complaint", NULL, NULL, NULL);
	struct cs_call_done done;

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(life); i++) {
		rules_live("S2-4-1", id, life[i].step);
		assert_string_equal(desk_state(id), life[i].state);
		desk_actor("ling");
		assert_int_equal(desk_step(id, "close", NULL), CS_REFUSED);
	}
	desk_time("2026-11-02 15:00");
	assert_int_equal(rules_call("ling", id, satisfied, &done), CS_OK);
	desk_do(id, "close");
	assert_string_equal(desk_state(id), "closed");
}

/* --- call-backs ------------------------------------------------------------------------------------ */

static int64_t ended(const char *kind, const char *words)
{
	int64_t id = rules_register("ling", kind, NULL, words, NULL);

	rules_live("7.1", id,
		   strcmp(kind, "complaint") == 0
			   ? VERIFIED
			   : "ling dispatch handling=p1.engineering assignee=worker|worker arrive|worker start|"
			     "worker finish result=好 unsigned_why=不在");
	return id;
}

/* S0-7-4: what a contact is about; S1-7-1: each is planned with purpose and content. */
static void test_purposes(void **state)
{
	static const struct {
		const char *id, *kind, *words, *purpose, *asks;
	} cases[] = {
		{"S0-7-4 complaint handling", "complaint", NULL, "complaint_handling", "acceptance measures result"},
		{"S0-7-4 satisfaction", "request", NULL, "satisfaction", "speed process result"},
		{"S1-7-1", "complaint", NULL, "complaint_handling", "acceptance measures result"},
		{"S1-7-1", "request", "urgent=yes", "urgent_repair", "speed process result"},
	};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		int64_t id = ended(cases[i].kind, cases[i].words);
		const struct cs_callback_row *c = cs_image_callback(desk_ticket(id), 1);
		const struct cs_callback_rule *rule;
		char asks[80];

		assert_non_null(c);
		if (strcmp(c->purpose, cases[i].purpose) != 0)
			fail_msg("%s: %s", cases[i].id, c->purpose);
		rule = cs_policy_callback(desk->policy, c->rule);
		snprintf(asks, sizeof asks, "%s", cases[i].asks);
		for (char *save, *one = strtok_r(asks, " ", &save); one; one = strtok_r(NULL, " ", &save))
			if (!cs_ids_has(&rule->ask, one))
				fail_msg("%s: %s is not asked", cases[i].id, one);
	}
}

/* S0-7-5: a contact that was made leaves its record: when, how, by whom, each answer and the score. */
static void test_record(void **state)
{
	int64_t id = ended("complaint", NULL);
	struct cs_call_result r = satisfied;
	const struct cs_callback_row *c;
	const struct cs_attempt_row *a;
	struct cs_call_done done;

	(void)state;
	desk_time("2026-11-02 15:00");
	r.answer_count = 3;
	assert_int_equal(rules_call("ling", id, r, &done), CS_REFUSED);
	r = satisfied;
	r.score = 0;
	assert_int_equal(rules_call("ling", id, r, &done), CS_REFUSED);
	assert_int_equal(cs_image_count(desk_ticket(id), CS_P_ATTEMPT), 0);
	assert_int_equal(rules_call("ling", id, satisfied, &done), CS_OK);
	c = cs_image_callback(desk_ticket(id), 1);
	assert_string_equal(c->state, "done");
	assert_int_equal(c->done_at, desk_at("2026-11-02 15:00"));
	assert_int_equal(c->score, 4);
	for (size_t i = 0; i < RULES_COUNT(opinion); i++)
		assert_non_null(strstr(c->answers, opinion[i].name));
	a = cs_image_at(desk_ticket(id), CS_P_ATTEMPT, 0);
	assert_string_equal(a->method, "phone");
	assert_string_equal(rules_login(a->staff), "ling");
}

/* S1-7-1: what a call brings to light goes back to the department whose matter it is. */
static void test_returned(void **state)
{
	int64_t id = ended("complaint", NULL);
	struct cs_call_result r = satisfied;
	struct cs_call_done done;

	(void)state;
	desk_time("2026-11-02 15:00");
	r.problem = "垃圾未清";
	r.causing = UNIT_ENVIRONMENT;
	assert_int_equal(rules_call("ling", id, r, &done), CS_OK);
	assert_true(done.problem > 0);
	assert_int_equal(desk_ticket(done.problem)->t.causing, UNIT_ENVIRONMENT);
	assert_string_equal(desk_ticket(done.problem)->t.kind, "complaint");
}

/* --- counting --------------------------------------------------------------------------------------- */

/* S3-4-5: the month's record, the days' records, the ledger by channel and the tickets agree. */
static void test_one_store(void **state)
{
	static const struct {
		const char *at, *channel, *life;
	} cases[] = {
		{"2026-11-02 09:00", "phone", VERIFIED}, {"2026-11-02 23:59:59", "letter", NULL},
		{"2026-11-03 00:00", "phone", SENT},     {"2026-11-03 08:00", "forum", "ling answer result=已解释"},
		{"2026-11-04 10:00", "counter", NULL},
	};
	static const char *const days[] = {"2026-11-02", "2026-11-03", "2026-11-04"}, *const by_channel[] = {
											      "channel/phone",
											      "channel/letter",
											      "channel/forum",
											      "channel/counter"};
	long opened = 0, closed = 0, channel = 0, stock = 0;
	struct cs_report r;

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		int64_t id;

		desk_time(cases[i].at);
		id = rules_register("ling", "complaint", cases[i].channel, NULL, NULL);
		rules_live("S3-4-5", id, cases[i].life);
		stock += cs_image_in_stock(desk_ticket(id));
	}
	desk_time("2026-11-04 18:00");
	for (size_t i = 0; i < RULES_COUNT(days); i++) {
		r = rows_report("daily", days[i], NULL);
		opened += strtol(rows_figure(&r, "stock", "*/*", "opened"), NULL, 10);
		closed += strtol(rows_figure(&r, "stock", "*/*", "closed"), NULL, 10);
		if (i + 1 == RULES_COUNT(days))
			assert_int_equal(strtol(rows_figure(&r, "stock", "*/*", "open"), NULL, 10), stock);
		cs_report_free(&r);
	}
	r = rows_report("monthly", "2026-11", NULL);
	for (size_t i = 0; i < RULES_COUNT(by_channel); i++)
		channel += strtol(rows_figure(&r, "stock", by_channel[i], "opened"), NULL, 10);
	rows_expect(&r, "stock", "kind/complaint", "0 5 0 0 2 0 0 3");
	rows_expect(&r, "stock", "all/*", "0 5 0 0 2 0 0 3");
	cs_report_free(&r);
	assert_int_equal(opened, 5);
	assert_int_equal(closed, 2);
	assert_int_equal(channel, 5);
	assert_int_equal(stock, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_clocks),
		cmocka_unit_test(test_cutoff),
		cmocka_unit_test(test_prescribed),
		cmocka_unit_test(test_promise),
		cmocka_unit_test_setup_teardown(test_specialties, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_own_classes, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_dispatch, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_rights, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_needs, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_told, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_three_people, rules_begin, rules_end),
		cmocka_unit_test(test_report_back),
		cmocka_unit_test_setup_teardown(test_report_up, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_life, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_purposes, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_record, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_returned, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_one_store, rules_begin, rules_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
