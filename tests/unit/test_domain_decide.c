/* Deciding steps by the property rules: needs, gates, who may, what follows; named by requirement ids. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "editions.h"
#include "store/ref.h"

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

/* --- what is refused, and what would do ------------------------------------------------------ */

#define SIGNED "evidence:signature.owner:王芳"
#define REQUEST_WORKING "dispatch handling=p1.engineering assignee=worker|arrive|start"

static const struct {
	const char *id, *kind, *before; /* steps before, '|' between */
	const char *actor, *refused, *why, *done; /* what is refused with what words, what is then allowed */
} needs[] = {
	{"S3-5-3 handling", "request", "", "ling", "dispatch", "dispatch needs handling",
	 "dispatch handling=p1.engineering"},
	{"S4-3-1 answer", "request", "", "ling", "answer", "answer needs answer_text", "answer answer_text=明日_来人"},
	{"S0-5-2 first appointment", "request", "", "ling", "appoint", "appoint needs appointment",
	 "appoint appointment=2026-11-03_10:00"},
	{"S0-5-2 moved", "request", "appoint appointment=2026-11-03_10:00", "ling",
	 "appoint appointment=2026-11-03_15:00", "a moved appointment needs the customer's consent",
	 "appoint appointment=2026-11-03_15:00 consented_move=yes"},
	{"S0-5-2 not moved", "request", "appoint appointment=2026-11-03_10:00", "ling",
	 "appoint appointment=2026-11-03_15:00 consented_move=no", "a moved appointment needs the customer's consent",
	 "appoint appointment=2026-11-03_15:00 consented_move=yes"},
	{"S1-5-1 cannot come", "request", "dispatch handling=p1.engineering", "ling", "cannot_come",
	 "cannot_come needs note", "cannot_come note=堵车"},
	{"S4-5-2 quote", "request", "dispatch handling=p1.engineering|arrive", "worker", "quote",
	 "a quote has at least one fee line", "quote row:fees:line=1,item=水龙头,amount=35"},
	{"S4-5-2 line without amount", "request", "dispatch handling=p1.engineering|arrive", "worker",
	 "quote row:fees:line=1,item=水龙头", "each with item and amount",
	 "quote row:fees:line=1,item=水龙头,amount=35.5"},
	{"a line twice", "request", "dispatch handling=p1.engineering|arrive", "worker",
	 "quote row:fees:line=1,item=水龙头,amount=3 row:fees:line=01,item=人工,amount=4",
	 "row 1 of fees is given twice", "quote row:fees:line=01,item=水龙头,amount=3"},
	{"a line without its key", "request", "dispatch handling=p1.engineering|arrive", "worker",
	 "quote row:fees:item=水龙头,amount=3", "a row of fees needs its key line", NULL},
	{"a line with a wrong key", "request", "dispatch handling=p1.engineering|arrive", "worker",
	 "quote row:fees:line=x,item=水龙头,amount=3", "fees.line: ", NULL},
	{"S4-5-2 one line of two bare", "request", "dispatch handling=p1.engineering|arrive", "worker",
	 "quote row:fees:line=1,item=水龙头,amount=35 row:fees:line=2,item=人工", "each with item and amount",
	 "quote row:fees:line=1,item=水龙头,amount=35 row:fees:line=2,item=人工,amount=20"},
	{"S0-5-3 start unpriced", "request", "dispatch handling=p1.engineering|arrive", "worker",
	 "start agreed_amount=x", "no amount", "start"},
	{"S0-5-3 start before consent", "request",
	 "dispatch handling=p1.engineering|arrive|quote row:fees:line=1,item=水龙头,amount=35", "worker", "start",
	 "the ticket is in state quoted, which allows:", "consent agreed_amount=35"},
	{"S0-5-3 consent to an earlier quote", "request",
	 "dispatch handling=p1.engineering|arrive|quote row:fees:line=1,item=水龙头,amount=35|consent agreed_amount=35|"
	 "quote row:fees:line=2,item=人工,amount=865|decline unsigned_why=嫌贵|close|reopen note=改主意|"
	 "dispatch handling=p1.engineering|arrive",
	 "worker", "start", "paid work starts after quote and consent", "quote row:fees:line=02,item=人工,amount=10"},
	{"S0-5-3 consent with amount", "request",
	 "dispatch handling=p1.engineering|arrive|quote row:fees:line=1,item=水龙头,amount=35", "worker", "consent",
	 "consent needs agreed_amount", "consent agreed_amount=35"},
	{"G25 decline", "request",
	 "dispatch handling=p1.engineering|arrive|quote row:fees:line=1,item=水龙头,amount=35", "worker", "decline",
	 "the customer's signature, or why there is none", "decline unsigned_why=客户不在"},
	{"S3-5-8 finish without signature", "request", REQUEST_WORKING, "worker", "finish result=修好",
	 "the customer's signature, or why there is none", "finish result=修好 " SIGNED},
	{"S3-5-8 finish without result", "request", REQUEST_WORKING, "worker", "finish " SIGNED, "finish needs result",
	 "finish result=修好 unsigned_why=委托邻居"},
	{"S3-5-8 finish with a photo", "request", REQUEST_WORKING, "worker", "finish result=修好 evidence:photo",
	 "the customer's signature, or why there is none", "finish result=修好 " SIGNED},
	{"S3-5-8 finish unsigned by name", "request", REQUEST_WORKING, "worker",
	 "finish result=修好 evidence:signature.owner", "say who signed", "finish result=修好 " SIGNED},
	{"G12 pause says why", "request", REQUEST_WORKING, "worker", "pause", "pause needs note", "pause note=等配件"},
	{"G12 hold says why", "request", REQUEST_WORKING, "worker", "hold", "hold needs note", "hold note=客户外出"},
	{"S4-5-4 paid says how much", "request", REQUEST_WORKING, "money", "pay", "pay needs paid", "pay paid=35"},
	{"G35 rework says why", "request", REQUEST_WORKING "|finish result=修好 " SIGNED, "ling", "rework",
	 "rework needs note", "rework note=又漏"},
	{"reopen says why", "inquiry", "reply reply_text=九点|close", "ling", "reopen", "reopen needs note",
	 "reopen note=再问"},
	{"S3-4-3 promised", "complaint", "", "chief", "dispatch handling=p1.engineering",
	 "dispatch: agree with the customer when to answer: promised_at",
	 "dispatch handling=p1.engineering promised_at=2026-11-03_18:00"},
	{"S3-4-3 answer", "complaint", "", "ling", "answer", "answer needs result", "answer result=已解释"},
	{"S3-4-17 contact", "complaint", "", "ling", "contact", "contact needs note", "contact note=已联系"},
	{"S3-4-18 proposal", "complaint", "dispatch handling=p1.engineering promised_at=2026-11-03_18:00", "worker",
	 "propose", "propose needs proposal", "propose proposal=更换"},
	{"S3-4-19 disagree", "complaint",
	 "dispatch handling=p1.engineering promised_at=2026-11-03_18:00|propose proposal=更换", "worker", "disagree",
	 "disagree needs note", "disagree note=嫌慢"},
	{"S4-4-4 result", "complaint", "dispatch handling=p1.engineering promised_at=2026-11-03_18:00", "worker",
	 "finish", "finish needs result", "finish result=已换"},
	{"S3-4-22 reply", "complaint", "", "ling", "reply", "reply needs reply_text", "reply reply_text=已收到"},
	{"S3-4-12 validity", "complaint", "", "chief", "validate", "say whether the complaint is valid",
	 "validate validity=valid"},
	{"S3-4-12 invalid", "complaint", "", "chief", "validate validity=invalid",
	 "an invalid complaint needs its explanation", "validate validity=invalid validity_why=市政停水"},
	{"S0-4-17 close unanswered", "complaint",
	 "dispatch handling=p1.engineering promised_at=2026-11-03_18:00|finish result=已换|verify note=看过", "ling",
	 "close", "the customer has had no reply", "reply reply_text=已处理"},
	{"S0-4-17 close before the call-back", "complaint",
	 "dispatch handling=p1.engineering promised_at=2026-11-03_18:00|finish result=已换|verify note=看过|reply "
	 "reply_text=已处理",
	 "ling", "close", "call-back 1 (complaint_handling) is still to be made", NULL},
	{"S3-3-1 reply", "inquiry", "", "ling", "reply", "reply needs reply_text", "reply reply_text=九点"},
	{"S4-3-2 reply", "suggestion", "", "ling", "reply", "reply needs reply_text", "reply reply_text=采纳"},
	{"inquiry dispatch", "inquiry", "", "ling", "dispatch", "dispatch needs handling",
	 "dispatch handling=p1.service"},
	{"note", "message", "", "worker", "note", "note needs note", "note note=看到"},
	{"attach", "message", "", "worker", "attach", "name the evidence that is attached", "attach evidence:photo"},
	{"S3-5-7 tell", "request", "", "ling", "tell", "tell needs note", "tell note=在路上"},
};

static void take_all(int64_t id, const char *steps)
{
	char buf[512];

	snprintf(buf, sizeof buf, "%s", steps);
	for (char *save, *one = strtok_r(buf, "|", &save); one; one = strtok_r(NULL, "|", &save)) {
		struct cs_err e = {0};
		/* Whoever of these may. */
		static const char *const logins[] = {"worker", "ling", "chief"};
		enum cs_code code = CS_REFUSED;

		for (size_t i = 0; i < 3 && code != CS_OK; i++) {
			desk_actor(logins[i]);
			code = desk_step(id, one, &e);
		}
		if (code != CS_OK)
			fail_msg("%s: %s", one, e.text);
	}
}

static int64_t make(const char *kind)
{
	desk_actor("ling");
	return desk_register(kind, "eng.water", strcmp(kind, "message") == 0 ? "wanted=李经理" : "", NULL);
}

static void test_needs(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof needs / sizeof *needs; i++) {
		int64_t id = make(needs[i].kind), events;
		struct cs_err e = {0};

		take_all(id, needs[i].before);
		events = desk_ticket(id)->t.last_event;
		desk_actor(needs[i].actor);
		if (desk_step(id, needs[i].refused, &e) == CS_OK)
			fail_msg("%s: not refused", needs[i].id);
		if (!strstr(e.text, needs[i].why))
			fail_msg("%s: '%s' does not say '%s'", needs[i].id, e.text, needs[i].why);
		assert_int_equal(desk_ticket(id)->t.last_event, events); /* a refused step leaves no trace */
		if (needs[i].done && desk_step(id, needs[i].done, &e) != CS_OK)
			fail_msg("%s: %s", needs[i].id, e.text);
	}
}

/* --- who may ---------------------------------------------------------------------------------- */

static const struct {
	const char *id, *kind, *before, *step;
	const char *may[4], *may_not[6];
} rights[] = {
	{"S3-5-3",
	 "request",
	 "",
	 "dispatch handling=p1.engineering",
	 {"ling", "chief"},
	 {"worker", "money", "other", "qmc"}},
	{"S3-5-5",
	 "request",
	 "dispatch handling=p1.engineering assignee=worker",
	 "arrive",
	 {"worker", "worker2", "head", "ling"},
	 {"other", "chief", "assistant"}},
	{"S4-5-4 C27", "request", REQUEST_WORKING, "pay paid=10", {"money", "ling"}, {"worker", "head", "chief"}},
	{"S3-4-12",
	 "complaint",
	 "",
	 "validate validity=valid",
	 {"chief", "company"},
	 {"ling", "worker", "manager", "director"}},
	{"G16 field", "complaint", "", "validate validity=valid our_fault=yes", {"chief"}, {"company"}},
	{"S3-4-21 four eyes",
	 "complaint",
	 "dispatch handling=p1.service promised_at=2026-11-03_18:00|by chief|finish result=好",
	 "verify note=看过",
	 {"company"},
	 {"chief", "worker"}},
	{"note", "message", "", "note note=x", {"worker", "other", "qmc"}, {NULL}},
};

static void set_up_right(size_t i, int64_t *id)
{
	char buf[512];

	*id = make(rights[i].kind);
	snprintf(buf, sizeof buf, "%s", rights[i].before);
	if (strstr(buf, "|by ")) {
		char *by = strstr(buf, "|by "), *step = strchr(by + 1, '|');

		*by = *step = '\0';
		take_all(*id, buf);
		desk_actor(by + 4);
		desk_do(*id, step + 1);
	} else {
		take_all(*id, buf);
	}
}

static void test_rights(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rights / sizeof *rights; i++) {
		struct cs_err e = {0};
		int64_t id;

		for (size_t k = 0; k < 6 && rights[i].may_not[k]; k++) {
			set_up_right(i, &id);
			desk_actor(rights[i].may_not[k]);
			if (desk_step(id, rights[i].step, &e) != CS_REFUSED)
				fail_msg("%s: %s may", rights[i].id, rights[i].may_not[k]);
		}
		for (size_t k = 0; k < 4 && rights[i].may[k]; k++) {
			set_up_right(i, &id);
			desk_actor(rights[i].may[k]);
			if (desk_step(id, rights[i].step, &e) != CS_OK)
				fail_msg("%s: %s may not: %s", rights[i].id, rights[i].may[k], e.text);
		}
	}
}

/* --- whole lives ------------------------------------------------------------------------------ */

/* Each line: who, the step, the state then. */
struct life {
	const char *actor, *step, *state;
};
static const struct life paid_request[] = {
	{"ling", "appoint appointment=2026-11-02_10:00", "waiting_appointment"},
	{"ling", "dispatch handling=p1.engineering assignee=worker", "dispatched"},
	{"worker", "arrive", "on_site"},
	{"worker", "quote row:fees:line=1,item=水龙头,quantity=1,amount=35.00", "quoted"},
	{"worker", "consent agreed_amount=35", "on_site"},
	{"worker", "start", "working"},
	{"worker", "pause note=等配件", "waiting_parts"},
	{"worker", "resume", "working"},
	{"worker", "hold note=客户外出", "waiting_customer"},
	{"worker", "resume", "working"},
	{"worker", "requote note=另需阀门 row:fees:line=2,item=阀门,amount=20", "quoted"},
	{"worker", "consent agreed_amount=55", "on_site"},
	{"worker", "start", "working"},
	{"worker", "finish result=已换 " SIGNED, "finished"},
	{"money", "pay paid=55", "finished"},
	{"ling", "rework note=又漏", "dispatched"},
	{"worker", "arrive", "on_site"},
	{"worker", "start", "working"},
	{"worker", "finish result=重做 " SIGNED, "finished"},
	{NULL, NULL, NULL},
};
static const struct life declined_request[] = {
	{"ling", "dispatch handling=p1.engineering", "dispatched"},
	{"worker", "arrive", "on_site"},
	{"worker", "quote row:fees:line=1,item=门,amount=900", "quoted"},
	{"worker", "decline unsigned_why=嫌贵", "declined"},
	{"ling", "close", "closed"},
	{"other", "reopen note=改主意", "registered"},
	{NULL, NULL, NULL},
};
static const struct life complaint[] = {
	{"ling", "contact note=已联系", "registered"},
	{"chief", "dispatch handling=p1.environment promised_at=2026-11-03_18:00", "handling"},
	{"chief", "propose proposal=加派保洁", "proposed"},
	{"chief", "disagree note=不够", "handling"},
	{"chief", "propose proposal=每日两次", "proposed"},
	{"chief", "agree", "agreed"},
	{"chief", "finish result=已加派", "finished"},
	{"company", "verify note=现场看过", "verified"},
	{"ling", "reply reply_text=已处理", "verified"},
	{"ling", "rework note=又脏", "handling"},
	{NULL, NULL, NULL},
};
static const struct life inquiry[] = {
	{"ling", "dispatch handling=p1.service", "passed_on"},
	{"chief", "reply reply_text=周日休息", "answered"},
	{"ling", "close", "closed"},
	{"ling", "reopen note=再问", "registered"},
	{"ling", "reply reply_text=下午", "answered"},
	{NULL, NULL, NULL},
};
static const struct life message[] = {
	{"worker", "pass_on", "passed_on"}, {"ling", "close", "closed"}, {"ling", "reopen note=没收到", "recorded"},
	{NULL, NULL, NULL},
};
static const struct {
	const char *kind, *first;
	const struct life *life;
	int64_t cycle;
} lives[] = {
	{"request", "registered", paid_request, 2}, {"request", "registered", declined_request, 2},
	{"complaint", "registered", complaint, 2}, {"inquiry", "registered", inquiry, 2},
	{"suggestion", "registered", inquiry, 2}, {"message", "recorded", message, 2},
};

static void test_lives(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof lives / sizeof *lives; i++) {
		int64_t id = make(lives[i].kind);

		assert_string_equal(desk_state(id), lives[i].first);
		for (const struct life *l = lives[i].life; l->step; l++) {
			struct cs_err e = {0};

			desk_actor(l->actor);
			if (desk_step(id, l->step, &e) != CS_OK)
				fail_msg("%s: %s: %s", lives[i].kind, l->step, e.text);
			if (strcmp(desk_state(id), l->state) != 0)
				fail_msg("%s: %s leads to %s", lives[i].kind, l->step, desk_state(id));
		}
		assert_int_equal(desk_ticket(id)->t.cycle, lives[i].cycle);
	}
}

/* --- names, times, values --------------------------------------------------------------------- */

static void test_wrong_words(void **state)
{
	static const struct {
		const char *step, *says;
		enum cs_code code;
	} cases[] = {
		{"register", "no step 'register'", CS_USAGE},
		{"finsh", "kind request has no step 'finsh' (in state registered there are: ", CS_USAGE},
		{"finish result=x", "finish: the ticket is in state registered, which allows: ", CS_REFUSED},
		{"note note=x colour=red", "'colour' is not among the fields of request", CS_USAGE},
		{"note note=x result=y", "note does not take result", CS_REFUSED},
		{"dispatch handling=p9", "handling: ", CS_USAGE},
		{"dispatch handling=工程部", "handling: ", CS_USAGE},
		{"dispatch handling=p1.engineering assignee=nobody", "assignee: nobody on the staff", CS_USAGE},
		{"dispatch handling=p1.engineering category=eng.wet", "category: 'eng.wet' is not among the categories",
		 CS_USAGE},
		{"dispatch handling=p1.engineering row:papers:line=1",
		 "'papers' is not among the lists of request; allowed: fees", CS_USAGE},
		{"dispatch handling=p1.engineering row:fees:line=1", "does not take rows of fees", CS_REFUSED},
		{"attach evidence:seal", "'seal' is not among the kinds of evidence; allowed: signature.owner,",
		 CS_USAGE},
		{"note note=x at=2026-11-02_09:01", "lies in the future", CS_REFUSED},
		{"note note=x at=2026-11-02_08:59", "is before the ticket's last step", CS_REFUSED},
	};
	struct cs_err e = {0};
	int64_t id;

	(void)state;
	id = make("request");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		enum cs_code code = desk_step(id, cases[i].step, &e);

		if (code != cases[i].code || !strstr(e.text, cases[i].says))
			fail_msg("%s: %d %s", cases[i].step, (int)code, e.text);
	}
}

static void test_register_needs(void **state)
{
	static const struct {
		const char *id, *kind;
		const char *missing; /* party, phone, premises, body, channel */
		const char *says;    /* NULL: allowed */
	} cases[] = {
		{"S3-4-1", "complaint", "party", "needs party"},
		{"S3-4-1", "complaint", "body", "needs body"},
		{"S3-4-1", "complaint", "channel", "needs channel"},
		{"S3-4-1", "complaint", "phone", NULL},
		{"S3-5-2", "request", "party", "needs party"},
		{"S3-5-2", "request", "phone", "needs phone"},
		{"S3-5-2", "request", "premises", "needs premises"},
		{"S3-5-2", "request", "body", "needs body"},
		{"S3-5-2", "request", "channel", NULL},
		{"S4-3-1", "inquiry", "party", NULL},
		{"S4-3-1", "inquiry", "channel", "needs channel"},
		{"S4-3-2", "suggestion", "body", "needs body"},
		{"S4-3-8", "message", "phone", "needs phone"},
		{"S4-3-8", "message", "wanted", "needs wanted"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *m = cases[i].missing;
		bool party = strcmp(m, "party") != 0;
		const struct cs_registration reg = {
			.kind = cases[i].kind,
			.channel = strcmp(m, "channel") ? "phone" : NULL,
			.body = strcmp(m, "body") ? "内容" : NULL,
			.place = UNIT_NORTH,
			.accepting = CS_NULL,
			.first = CS_NULL,
			.customer = party ? PERSON_WANG : CS_NULL,
			.premises = strcmp(m, "premises") ? PREMISES_1 : CS_NULL,
			.has_phone = strcmp(m, "phone") != 0,
			.due_at = CS_TIME_NONE,
			.run = CS_NULL,
		};
		bool wanted = strcmp(cases[i].kind, "message") == 0 && strcmp(m, "wanted") != 0;
		struct cs_err e = {0};
		int64_t id = desk_register_as(&reg, wanted ? "wanted=李经理" : "", &e);

		if ((id != 0) != !cases[i].says || (cases[i].says && !strstr(e.text, cases[i].says)))
			fail_msg("%s %s without %s: %s", cases[i].id, cases[i].kind, m, id ? "taken" : e.text);
	}
}

/* References count per prefix and day; priority by category, customer and field. */
static void test_registered(void **state)
{
	const struct cs_registration gold = {
		.kind = "request",
		.category = "eng.leak",
		.body = "x",
		.place = UNIT_NORTH,
		.accepting = CS_NULL,
		.first = CS_NULL,
		.customer = PERSON_GOLD,
		.premises = PREMISES_1,
		.has_phone = true,
		.due_at = CS_TIME_NONE,
		.run = CS_NULL,
	};
	char ref[CS_REF_SIZE];
	struct cs_image *im;
	int64_t id;

	(void)state;
	assert_string_equal(cs_ref_text(make("request"), ref), "R20261102-0001");
	assert_string_equal(cs_ref_text(make("request"), ref), "R20261102-0002");
	assert_string_equal(cs_ref_text(make("complaint"), ref), "C20261102-0001");
	desk_time("2026-11-03 00:00");
	assert_string_equal(cs_ref_text(make("request"), ref), "R20261103-0001");
	im = desk_ticket(desk_register("request", "eng.power", "", NULL));
	assert_string_equal(im->t.priority, "urgent");
	assert_string_equal(im->t.specialty, "engineering");
	assert_int_equal(im->t.accepting, UNIT_SERVICE);
	assert_int_equal(im->t.first, desk_staff("ling"));
	assert_string_equal(desk_ticket(desk_register("request", "eng.leak", "urgent=yes", NULL))->t.priority,
			    "urgent");
	assert_string_equal(desk_ticket(desk_register("request", "eng.leak", "", NULL))->t.priority, "normal");
	assert_string_equal(desk_ticket(desk_register_as(&gold, "", NULL))->t.priority, "high"); /* S2-2-21 */
	assert_string_equal(desk_ticket(desk_register_as(&gold, "priority=low", NULL))->t.priority,
			    "high"); /* a hand does not go below at_least */
	im = desk_ticket(desk_register("request", "eng.lift", "priority=low urgent=yes", NULL));
	assert_string_equal(im->t.priority, "urgent");
	assert_string_equal(desk_ticket(desk_register("request", "eng.leak", "priority=low", NULL))->t.priority,
			    "low"); /* below the start, where nothing demands more */
	id = desk_register("request", "eng.leak", "priority=urgent", NULL);
	desk_do(id, "dispatch handling=p1.engineering");
	assert_string_equal(desk_ticket(id)->t.priority, "urgent"); /* until what the rules say changes */
	id = desk_register("request", "eng.leak", "priority=low", NULL);
	desk_do(id, "dispatch handling=p1.engineering category=safe.fire");
	assert_string_equal(desk_ticket(id)->t.priority, "urgent");
	id = desk_register("complaint", "eng.lift", "", NULL);
	assert_string_equal(desk_ticket(id)->t.priority, "urgent");
	desk_do(id, "dispatch handling=p1.engineering promised_at=2026-11-04_18:00 category=eng.leak");
	assert_string_equal(desk_ticket(id)->t.priority, "normal"); /* what raised it is gone */
	/* S3-4-3: a complaint is the CS supervisor's from the start. */
	assert_int_equal(desk_ticket(desk_register("complaint", "env", "", NULL))->t.responsible, desk_staff("chief"));
}

/* The specialty is the category's, also of a new one, unless it is said. */
static void test_category_changes_specialty(void **state)
{
	int64_t id;

	(void)state;
	id = desk_register("complaint", "eng.leak", "", NULL);
	assert_string_equal(desk_ticket(id)->t.specialty, "engineering");
	desk_do(id, "dispatch handling=p1.engineering promised_at=2026-11-03_18:00 category=env.cleaning");
	assert_string_equal(desk_ticket(id)->t.specialty, "environment");
	desk_do(id, "dispatch handling=p1.engineering promised_at=2026-11-03_18:00 specialty=other category=safe.fire");
	assert_string_equal(desk_ticket(id)->t.specialty, "other");
	desk_do(id, "dispatch handling=p1.engineering promised_at=2026-11-03_18:00 category=svc.fees specialty=safety");
	assert_string_equal(desk_ticket(id)->t.specialty, "safety");
	assert_string_equal(desk_ticket(id)->t.category, "svc.fees");
}

/* A rule of the priority speaks with every step, whether anything is set or not. */
static void test_priority_by_a_step(void **state)
{
	static const struct {
		const char *words, *before, *after;
	} cases[] = {
		{"", "normal", "high"},
		{"priority=low", "low", "high"},
		{"priority=urgent", "urgent", "urgent"},
	};

	(void)state;
	edition_with(
		"\"priority\": {\"rules\": [{\"id\": \"silver\", \"when\": {\"field\": \"customer.tier\", \"is\": "
		"\"silver\"}, "
		"\"at_least\": \"normal\"}, {\"id\": \"serious\", \"when\": {\"field\": \"importance\", \"is\": "
		"\"hot\"}, "
		"\"at_least\": \"high\"}, {\"id\": \"gold\", \"when\": {\"field\": \"customer.tier\", \"is\": "
		"\"gold\"}, \"at_least\": \"high\"}, {\"id\": \"urgent\", \"when\": {\"field\": \"urgent\", "
		"\"is\": true}, \"at_least\": \"urgent\"}, {\"id\": \"noted\", \"when\": {\"done\": \"note\"}, "
		"\"at_least\": \"high\"}]}, \"labels\": {\"en\": {\"priority/rules/noted\": \"noted\"}, "
		"\"zh\": {\"priority/rules/noted\": \"noted\"}}");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t id = desk_register("request", "eng.leak", cases[i].words, NULL);

		assert_string_equal(desk_ticket(id)->t.priority, cases[i].before);
		desk_do(id, "note note=x");
		assert_string_equal(desk_ticket(id)->t.priority, cases[i].after);
		desk_do(id, "dispatch handling=p1.engineering");
		assert_string_equal(desk_ticket(id)->t.priority, cases[i].after);
	}
}

/* One ticket in stock of the kind for the same value; a value set from the start can be found. */
static void test_exclusive(void **state)
{
	struct cs_err e = {0};
	struct cs_image *im;
	char ref[CS_REF_SIZE];
	int64_t id;

	(void)state;
	edition_with(
		"\"kinds\": {\"request\": "
		"{\"exclusive\": [\"tag\"], \"fields\": {\"tag\": {\"type\": \"int\", \"start\": 5, "
		"\"find\": true}}}}, "
		"\"labels\": {\"en\": {\"fields/tag\": \"tag\"}, \"zh\": {\"fields/tag\": \"tag\"}}");
	id = make("request");
	im = desk_ticket(id);
	assert_int_equal(cs_image_count(im, CS_P_KEY), 1);
	assert_string_equal(((struct cs_ticket_key_row *)cs_image_at(im, CS_P_KEY, 0))->value, "5");
	assert_int_equal(desk_register("request", "eng.leak", "", &e), 0);
	assert_non_null(strstr(e.text, "tag is taken by"));
	assert_non_null(strstr(e.text, cs_ref_text(id, ref)));
	desk_do(id, "note note=x"); /* itself is no other */
	desk_do(id, "answer answer_text=好");
	assert_int_not_equal(desk_register("request", "eng.leak", "", &e), 0);
	/* Out of stock it can be noted on and closed, but not come back while another has the value. */
	desk_do(id, "note note=y");
	desk_actor("ling");
	assert_int_equal(desk_step(id, "rework note=x", &e), CS_REFUSED);
}

/* Who of the staff signs is a login; a customer's name is any. */
static void test_signers(void **state)
{
	int64_t id = make("message");
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(desk_step(id, "attach evidence:signature.staff", &e), CS_REFUSED);
	assert_int_equal(desk_step(id, "attach evidence:signature.staff:王芳", &e), CS_REFUSED);
	assert_non_null(strstr(e.text, "one of the staff signs it; nobody on the staff has the login or name '王芳'"));
	desk_do(id, "attach evidence:signature.staff:worker");
	desk_do(id, "attach evidence:signature.owner:王芳");
}

/* --- what follows ------------------------------------------------------------------------------ */

static void test_reopening_is_a_cycle(void **state)
{
	struct cs_image *im;
	int64_t id;

	(void)state;
	id = make("request");
	desk_do(id, "dispatch handling=p1.engineering assignee=worker");
	desk_time("2026-11-02 10:00");
	desk_actor("worker");
	desk_do(id, "arrive");
	desk_do(id, "start");
	desk_do(id, "finish result=好 " SIGNED);
	assert_string_equal(desk_clock(id, "resolve"), "met");
	im = desk_ticket(id);
	assert_int_equal(im->t.done_at, desk_at("2026-11-02 10:00"));
	assert_int_equal(im->t.late, 0);
	assert_int_equal(cs_image_count(im, CS_P_CALLBACK), 1);
	desk_time("2026-11-04 09:00");
	desk_actor("ling");
	desk_do(id, "rework note=又漏");
	im = desk_ticket(id);
	assert_int_equal(im->t.cycle, 2);
	assert_int_equal(im->t.done_at, CS_NULL);
	assert_int_equal(im->t.late, CS_NULL);
	assert_int_equal(im->t.due_at, desk_at("2026-11-05 00:00")); /* resolve starts again: the end of this day */
	assert_string_equal(desk_clock(id, "resolve"), "running");
	assert_string_equal(desk_clock(id, "dispatch"), "none"); /* not marked restart: only in the first cycle */
	im = desk_ticket(id);
	assert_string_equal(((struct cs_callback_row *)cs_image_at(im, CS_P_CALLBACK, 0))->state, "dropped");
	assert_int_equal(cs_image_count(im, CS_P_STAY), 2); /* with the desk; with engineering until it was done */
	desk_do(id, "arrive");
	desk_do(id, "start");
	desk_actor("worker");
	/* The first signature does not serve for the second finish (policy.md: given with that step). */
	assert_int_equal(desk_step(id, "finish result=好", NULL), CS_REFUSED);
	desk_do(id, "finish result=好 " SIGNED);
	assert_int_equal(cs_image_count(desk_ticket(id), CS_P_CALLBACK), 2);
}

static void test_clocks(void **state)
{
	static const struct {
		const char *id, *clock;
		int day; /* after the day of registration at 09:00 */
		const char *at, *step, *verdict;
	} cases[] = {
		{"S3-5-3 on the due second", "dispatch", 0, "09:10", "dispatch handling=p1.engineering", "met"},
		{"S3-5-3 a second later", "dispatch", 0, "09:10:01", "dispatch handling=p1.engineering", "late"},
		{"S1-5-1", "handover", 0, "09:03", "dispatch handling=p1.engineering", "met"},
		{"S1-5-1 late", "handover", 0, "09:03:01", "dispatch handling=p1.engineering", "late"},
		{"S3-5-3 an appointment", "dispatch", 0, "09:10", "appoint appointment=2026-12-31_10:00", "void"},
		{"S3-5-3 made too late", "dispatch", 0, "09:10:01", "appoint appointment=2026-12-31_10:00", "late"},
		{"S3-5-6 an appointment", "arrive_customer", 0, "09:30", "appoint appointment=2026-12-31_10:00",
		 "void"},
		{"S3-5-6 made too late", "arrive_customer", 0, "09:30:01", "appoint appointment=2026-12-31_10:00",
		 "late"},
		{"S3-6-1 same day", "resolve", 1, "00:00", "answer answer_text=好", "met"},
		{"S3-6-1 the next day", "resolve", 1, "00:00:01", "answer answer_text=好", "late"},
	};
	char when[32];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t id;

		snprintf(when, sizeof when, "2026-11-%02d 09:00", (int)(2 + 2 * i));
		desk_time(when);
		id = make("request");
		snprintf(when, sizeof when, "2026-11-%02d %s", (int)(2 + 2 * i) + cases[i].day, cases[i].at);
		desk_time(when);
		desk_do(id, cases[i].step);
		if (strcmp(desk_clock(id, cases[i].clock), cases[i].verdict) != 0)
			fail_msg("%s: %s", cases[i].id, desk_clock(id, cases[i].clock));
	}
}

/* S3-5-4: the order goes out 20 minutes before the appointment; S0-5-2: not over 10 minutes late. */
static void test_appointment(void **state)
{
	int64_t id;

	(void)state;
	id = make("request");
	desk_do(id, "appoint appointment=2026-11-02_15:00");
	assert_int_equal(cs_image_clock(desk_ticket(id), "appt_lead")->due_at, desk_at("2026-11-02 14:40"));
	assert_int_equal(cs_image_clock(desk_ticket(id), "appt_late")->due_at, desk_at("2026-11-02 15:10"));
	desk_do(id, "appoint appointment=2026-11-02_16:00 consented_move=yes");
	assert_int_equal(cs_image_clock(desk_ticket(id), "appt_lead")->due_at, desk_at("2026-11-02 15:40"));
	assert_int_equal(cs_image_clock(desk_ticket(id), "appt_lead")->run, 2);
	desk_time("2026-11-02 15:41");
	desk_do(id, "dispatch handling=p1.engineering");
	assert_string_equal(desk_clock(id, "appt_lead"), "late");
	assert_string_equal(desk_clock(id, "arrive"), "none"); /* S3-5-5 holds where nothing was agreed */
	desk_time("2026-11-02 16:10");
	desk_do(id, "arrive");
	assert_string_equal(desk_clock(id, "appt_late"), "met");
}

/* S3-5-7, S0-4-16: what is owed to the customer is done by telling. */
static void test_duty(void **state)
{
	int64_t id;

	(void)state;
	id = desk_register("request", "eng.leak", "affects_life=yes", NULL);
	assert_int_equal(cs_image_count(desk_ticket(id), CS_P_OWED), 1);
	assert_int_equal(((struct cs_owed_row *)cs_image_at(desk_ticket(id), CS_P_OWED, 0))->owner, desk_staff("ling"));
	desk_do(id, "tell note=师傅已出发");
	assert_int_equal(((struct cs_owed_row *)cs_image_at(desk_ticket(id), CS_P_OWED, 0))->done_at,
			 desk_at("2026-11-02 09:00"));
	assert_int_equal(
		cs_image_count(desk_ticket(desk_register("request", "eng.leak", "affects_life=no", NULL)), CS_P_OWED),
		0);
	assert_int_equal(cs_image_count(desk_ticket(desk_register("request", "eng.leak", "", NULL)), CS_P_OWED), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_needs, begin, end),
		cmocka_unit_test_setup_teardown(test_rights, begin, end),
		cmocka_unit_test_setup_teardown(test_lives, begin, end),
		cmocka_unit_test_setup_teardown(test_wrong_words, begin, end),
		cmocka_unit_test_setup_teardown(test_register_needs, begin, end),
		cmocka_unit_test_setup_teardown(test_registered, begin, end),
		cmocka_unit_test_setup_teardown(test_category_changes_specialty, begin, end),
		cmocka_unit_test_setup_teardown(test_priority_by_a_step, begin, end),
		cmocka_unit_test_setup_teardown(test_exclusive, begin, end),
		cmocka_unit_test_setup_teardown(test_signers, begin, end),
		cmocka_unit_test_setup_teardown(test_reopening_is_a_cycle, begin, end),
		cmocka_unit_test_setup_teardown(test_clocks, begin, end),
		cmocka_unit_test_setup_teardown(test_appointment, begin, end),
		cmocka_unit_test_setup_teardown(test_duty, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
