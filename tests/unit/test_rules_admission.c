/* Admission of insurance complaints (requirements 4.1, 4.2, 14), by the shipped insurance rules. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/access.h"
#include "domain/admission.h"
#include "domain/filter.h"
#include "rules.h"
#include "store/owed.h"
#include "store/ref.h"

static int begin(void **state)
{
	(void)state;
	desk_begin_insurer();
	return 0;
}

static int end(void **state)
{
	(void)state;
	desk_end();
	return 0;
}

/* A complaint of the policyholder by letter, unless told otherwise. */
static int64_t complain(const char *channel, const char *capacity, const char *words, struct cs_err *e)
{
	const struct cs_registration reg = {
		.kind = "complaint",
		.channel = channel ? channel : "letter",
		.category = "claim.denied",
		.subject = "拒赔",
		.body = "拒赔不合理",
		.capacity = capacity ? capacity : "policyholder",
		.place = CS_NULL,
		.accepting = CS_NULL,
		.first = CS_NULL,
		.customer = PERSON_WANG,
		.principal = capacity && strcmp(capacity, "agent") == 0 ? PERSON_GOLD : CS_NULL,
		.premises = CS_NULL,
		.has_phone = true,
		.due_at = CS_TIME_NONE,
		.run = CS_NULL,
	};
	struct cs_err mine = {0};
	int64_t id;

	desk_actor("agent1");
	id = desk_register_as(&reg, words, e ? e : &mine);
	if (!id && !e)
		fail_msg("a complaint by %s: %s", reg.channel, mine.text);
	return id;
}

#define COMPLETE "agent1 complete"
#define OURS     COMPLETE "|agent1 examine by_consumer_or_agent=yes insurance_matter=yes ours=yes|agent1 link " \
	"same_as=none"
#define ACCEPTED OURS "|division accept"
#define DECIDED  ACCEPTED "|operations decide decision=rejected decision_text=维持原决定"
#define CLOSED   DECIDED "|agent1 inform note=已告知|agent2 call|agent1 close"
#define REFUSED  COMPLETE "|agent1 examine by_consumer_or_agent=no|division refuse reason=非本人投诉"
#define NOT_OURS \
	COMPLETE "|agent1 examine by_consumer_or_agent=yes insurance_matter=yes ours=no|agent1 link same_as=none"
#define ELSEWHERE \
	COMPLETE "|agent1 examine by_consumer_or_agent=yes insurance_matter=no other_department=yes|" \
		 "agent1 link same_as=none"

/* rules_live, and "LOGIN call" for the contact that was planned. */
static void live(const char *id, int64_t ticket, const char *life)
{
	static const struct cs_given answers[] = {
		{"timely", "是"}, {"acceptance", "是"}, {"measures", "是"}, {"result", "是"}};
	const struct cs_call_result reached = {
		.outcome = CS_CALL_REACHED, .score = 4, .answer = answers, .answer_count = RULES_COUNT(answers)};
	const char *call = life ? strstr(life, "|agent2 call|") : NULL;
	struct cs_call_done done;
	char before[500];

	if (!call) {
		rules_live(id, ticket, life);
		return;
	}
	snprintf(before, sizeof before, "%.*s", (int)(call - life), life);
	rules_live(id, ticket, before);
	assert_int_equal(rules_call("agent2", ticket, reached, &done), CS_OK);
	rules_live(id, ticket, strchr(call + 1, '|') + 1);
}

/* --- the tree: every answer set ----------------------------------------------------------------- */

/* The first complaint, to which the one in question says it is the same. */
static const struct first {
	const char *name, *life;
	enum { UNSET, NONE, OTHER, PENDING, RUNNING, DECISION } is;
} firsts[] = {
	{"not looked", NULL, UNSET},
	{"looked, there is none", NULL, NONE},
	{"registered", "", PENDING},
	{"waiting for material", "agent1 ask_material note=请补 row:materials:item=identity,required=yes", PENDING},
	{"under review", COMPLETE, PENDING},
	{"accepted, in the period", ACCEPTED, RUNNING},
	{"accepted, overdue", ACCEPTED, PENDING},
	{"decided", DECIDED, DECISION},
	{"informed", DECIDED "|agent1 inform note=已告知", DECISION},
	{"closed after the decision", CLOSED, DECISION},
	{"refused", REFUSED, OTHER},
	{"closed after refusal", REFUSED "|agent1 notify note=已告知|agent1 close", OTHER},
	{"passed to another body", NOT_OURS "|division refer body_name=mediation reason=承保方为他司", OTHER},
	{"passed to another department", ELSEWHERE "|division transfer handling=hq.claims", OTHER},
	{"withdrawn", "division withdraw why=customer", OTHER},
};
enum { FIRSTS = sizeof firsts / sizeof *firsts, FACTS = 6 };

static const char *const fact_names[FACTS] = {"by_consumer_or_agent", "new_facts", "needs_verification",
					      "insurance_matter",     "ours",      "other_department"};
enum { BY, NEW, VERIFY, INSURANCE, OWN, DEPARTMENT };
enum { NO = 0, YES = 1, OPEN = 2 };

/* Section 4.2 read from top to bottom: what may be decided, with the ground of a refusal; or the question that comes
   first, as "? field". */
static const char *by_the_book(const int *x, int first)
{
	if (x[BY] == OPEN)
		return "? by_consumer_or_agent";
	if (x[BY] == NO)
		return "refuse g1";
	if (first == UNSET)
		return "? same_as";
	if (first == PENDING)
		return "merge";
	if ((first == RUNNING || first == DECISION) && x[NEW] == OPEN)
		return "? new_facts";
	if (first == RUNNING && x[NEW] == NO)
		return "refuse g2";
	if (first == RUNNING && x[VERIFY] == OPEN)
		return "? needs_verification";
	if (first == RUNNING)
		return x[VERIFY] == YES ? "merge accept" : "accept merge refuse";
	if (first == DECISION && x[NEW] == NO)
		return "refuse g3";
	if (x[INSURANCE] == OPEN)
		return "? insurance_matter";
	if (x[INSURANCE] == YES)
		return x[OWN] == OPEN ? "? ours" : x[OWN] == YES ? "accept" : "refuse refer not_ours";
	if (x[DEPARTMENT] == OPEN)
		return "? other_department";
	return x[DEPARTMENT] == YES ? "transfer" : "refuse no_competence";
}

/* What the rules make of it, in the same words. */
static const char *by_the_rules(const struct cs_view *v, char *buf, size_t size)
{
	enum cs_truth t;
	const struct cs_admission_rule *r = cs_view_admission(v, &t);
	struct cs_facts facts = {0};
	size_t n = 0;

	assert_non_null(r);
	if (t == CS_UNKNOWN) {
		cs_facts_of(v, r->when, &facts);
		assert_true(facts.count > 0);
		for (size_t i = 0; i < facts.count; i++)
			if (facts.fact[i].field) {
				snprintf(buf, size, "? %s", facts.fact[i].field);
				return buf;
			}
		return "? nothing to be found out";
	}
	for (size_t i = 0; i < r->allow.count; i++)
		n += (size_t)snprintf(buf + n, size - n, "%s%s", i ? " " : "", r->allow.id[i]);
	if (r->ground)
		snprintf(buf + n, size - n, " %s", r->ground);
	return buf;
}

static void answer(struct cs_image *im, const int *x, int64_t first, int is)
{
	char text[CS_REF_SIZE];
	const struct cs_value none = {CS_V_NONE, 0, NULL}, word = {CS_V_TEXT, 0, "none"},
			      ref = {CS_V_TEXT, 0, cs_arena_strdup(im->arena, cs_ref_text(first, text))};

	for (size_t i = 0; i < FACTS; i++) {
		const struct cs_value v = {CS_V_INT, x[i], NULL};

		cs_image_set_own(im, fact_names[i], x[i] == OPEN ? &none : &v, false);
	}
	cs_image_set_own(im, "same_as", is == UNSET ? &none : is == NONE ? &word : &ref, false);
}

/* The first complaints, as they stand on 20 September; the overdue one was accepted on the 1st, the other on the 18th.
   */
static void make_firsts(int64_t *ticket)
{
	for (size_t k = 0; k < 2; k++) {
		for (size_t i = 0; i < FIRSTS; i++) {
			bool early = firsts[i].is != RUNNING;

			if (!firsts[i].life || early != (k == 0))
				continue;
			ticket[i] = complain(NULL, NULL, NULL, NULL);
			live(firsts[i].name, ticket[i], firsts[i].life);
		}
		desk_time(k == 0 ? "2026-09-18 09:00" : "2026-09-20 09:00");
	}
}

/* S0-4-6, S0-4-7, S0-4-8, G8: 15 states of the first complaint times 3^6 answers; each comes to one outcome or to one
   question, which is the one that section 4.2 comes to. */
static void test_tree(void **state)
{
	int64_t ticket[FIRSTS] = {0}, mine;
	struct cs_view v;
	struct cs_image *im = NULL;
	size_t sets = 0;

	(void)state;
	make_firsts(ticket);
	mine = complain(NULL, NULL, NULL, NULL);
	live("tree", mine, COMPLETE);
	for (size_t f = 0; f < FIRSTS; f++)
		for (int n = 0; n < 729; n++) {
			int x[FACTS], rest = n;
			char have[80];
			const char *want;

			if (n % 243 == 0 || !im) { /* texts of the tickets it looked at lie there too */
				im = desk_ticket(mine);
				v = rules_view(im);
			}
			for (size_t i = 0; i < FACTS; i++, rest /= 3)
				x[i] = rest % 3;
			answer(im, x, ticket[f], (int)firsts[f].is);
			want = by_the_book(x, (int)firsts[f].is);
			if (strcmp(by_the_rules(&v, have, sizeof have), want) != 0)
				fail_msg("first %s, answers %d%d%d%d%d%d: '%s', by the book '%s'", firsts[f].name, x[0],
					 x[1], x[2], x[3], x[4], x[5], have, want);
			sets++;
		}
	assert_int_equal(sets, 15 * 729);
}

/* --- the gate ----------------------------------------------------------------------------------- */

/* Of the five steps those that are allowed can be taken, and no other; the refusal names the rule. first: index above.
   */
static const struct gate {
	const char *id;
	const char *first;
	const char *facts;
	const char *allowed; /* steps */
	const char *rule;
} gates[] = {
	{"S0-4-7 (1)", "looked, there is none", "by_consumer_or_agent=no", "refuse", "not_entitled"},
	{"G8 before acceptance", "under review", "by_consumer_or_agent=yes", "merge", "first_pending"},
	{"G8 overdue", "accepted, overdue", "by_consumer_or_agent=yes new_facts=no", "merge", "first_pending"},
	{"S0-4-7 (2)", "accepted, in the period", "by_consumer_or_agent=yes new_facts=no", "refuse",
	 "repeat_in_period"},
	{"S0-4-8", "accepted, in the period", "by_consumer_or_agent=yes new_facts=yes needs_verification=yes",
	 "merge accept", "to_verify"},
	{"G8 nothing to verify", "accepted, in the period",
	 "by_consumer_or_agent=yes new_facts=yes needs_verification=no", "merge accept refuse", "free_choice"},
	{"S0-4-7 (3)", "informed", "by_consumer_or_agent=yes new_facts=no", "refuse", "repeat_after_decision"},
	{"G8 after the decision", "decided", "by_consumer_or_agent=yes new_facts=yes insurance_matter=yes ours=yes",
	 "accept", "ours"},
	{"S0-4-6 (1)", "looked, there is none", "by_consumer_or_agent=yes insurance_matter=yes ours=yes", "accept",
	 "ours"},
	{"S0-4-6 (2)", "looked, there is none", "by_consumer_or_agent=yes insurance_matter=yes ours=no", "refuse refer",
	 "not_ours"},
	{"S0-4-6 (3)", "looked, there is none", "by_consumer_or_agent=yes insurance_matter=no other_department=yes",
	 "transfer", "other_department"},
	{"S0-4-6 (4)", "refused", "by_consumer_or_agent=yes insurance_matter=no other_department=no", "refuse",
	 "nobody"},
	{"S0-4-6 still open", "looked, there is none", "by_consumer_or_agent=yes insurance_matter=yes", "", "ours"},
};
static const struct decision {
	const char *step, *words;
} decisions[] = {
	{"accept", "accept note=x"},
	{"refuse", "refuse reason=x note=x"},
	{"refer", "refer body_name=mediation reason=x"},
	{"transfer", "transfer handling=hq.claims"},
	{"merge", "merge note=x"},
};

static int64_t first_of(const struct gate *g, const int64_t *ticket)
{
	size_t f = 0;

	while (strcmp(firsts[f].name, g->first) != 0)
		f++;
	return ticket[f];
}

static int64_t repeat(const struct gate *g, const int64_t *ticket)
{
	int64_t id = complain(NULL, NULL, NULL, NULL);
	char life[400], ref[CS_REF_SIZE];
	int64_t first = first_of(g, ticket);

	snprintf(life, sizeof life, COMPLETE "|agent1 examine %s|agent1 link same_as=%s", g->facts,
		 first ? cs_ref_text(first, ref) : "none");
	live(g->id, id, life);
	return id;
}

static bool names(const char *words, const char *word)
{
	const char *at = strstr(words, word);
	size_t n = strlen(word);

	return at && (at == words || at[-1] == ' ') && (at[n] == '\0' || at[n] == ' ');
}

static void test_gate(void **state)
{
	int64_t ticket[FIRSTS] = {0};

	(void)state;
	make_firsts(ticket);
	for (size_t i = 0; i < RULES_COUNT(gates); i++)
		for (size_t k = 0; k < RULES_COUNT(decisions); k++) {
			const struct gate *g = &gates[i];
			bool may = names(g->allowed, decisions[k].step);
			/* The rule that leaves the choice gives no ground. */
			bool typed = may && strcmp(g->rule, "free_choice") == 0 &&
				     strcmp(decisions[k].step, "refuse") == 0;
			int64_t id = repeat(g, ticket);
			struct cs_err e = {0};

			desk_actor("division");
			if (desk_step(id, typed ? "refuse reason=x note=x ground=g2" : decisions[k].words, &e) !=
			    (may ? CS_OK : CS_REFUSED))
				fail_msg("%s: %s: %s", g->id, decisions[k].step, may ? e.text : "not refused");
			/* There may be nothing to merge it into. */
			if (strcmp(decisions[k].step, "merge") == 0 &&
			    (!first_of(g, ticket) || !cs_image_in_stock(desk_ticket(first_of(g, ticket)))))
				continue;
			if (!may && !strstr(e.text, g->rule))
				fail_msg("%s: %s does not name the rule: %s", g->id, decisions[k].step, e.text);
			if (!may)
				assert_string_equal(desk_state(id), "review");
		}
}

/* --- who needs what ----------------------------------------------------------------------------- */

static const struct need {
	const char *id, *channel, *capacity, *words, *life, *login, *refused, *why, *done;
} needs[] = {
	/* S0-4-9: no refusal without its reasons; the ground comes from the rule. */
	{"S0-4-9", NULL, NULL, NULL, COMPLETE "|agent1 examine by_consumer_or_agent=no", "division", "refuse",
	 "refuse needs reason (--set reason=TEXT)", "refuse reason=非本人"},
	{"S0-4-9 another ground", NULL, NULL, NULL, COMPLETE "|agent1 examine by_consumer_or_agent=no", "division",
	 "refuse reason=x ground=g2", "with the ground g1", "refuse reason=x ground=g1"},
	/* G5: 15 calendar days, 30 of a complex case, no further than 30 after that; each with the reason. */
	{"G5 complex, too far", NULL, NULL, NULL, OURS "|division accept", "division",
	 "complicate note=x decide_until=2026-10-08_10:00", "complicate: decide_until: at most until 2026-10-02 00:00",
	 "complicate note=x decide_until=2026-10-02_00:00"},
	{"G5 complex, why", NULL, NULL, NULL, OURS "|division accept", "division",
	 "complicate decide_until=2026-09-30_10:00", "complicate needs note", "note note=x"},
	{"G5 complex once", NULL, NULL, NULL, OURS "|division accept complex=yes", "division",
	 "complicate note=x decide_until=2026-10-08_10:00", "the time of a complex case already", "note note=x"},
	{"G5 not complex", NULL, NULL, NULL, OURS "|division accept", "division",
	 "extend note=x decide_until=2026-09-30_10:00", "complicate comes first", "note note=x"},
	{"G5 too far", NULL, NULL, NULL, OURS "|division accept complex=yes", "division",
	 "extend note=x decide_until=2027-06-01_10:00", "extend: decide_until: at most until ", "note note=x"},
	{"G5 why", NULL, NULL, NULL, OURS "|division accept complex=yes", "division",
	 "extend decide_until=2027-06-01_10:00", "extend needs note", "note note=x"},
	{"S0-4-6 referred to whom", NULL, NULL, NULL, NOT_OURS, "division", "refer reason=x", "refer needs body_name",
	 "refer reason=x body_name=mediation"},
	{"S0-4-6 transferred to whom", NULL, NULL, NULL, ELSEWHERE, "division", "transfer", "transfer needs handling",
	 "transfer handling=hq.claims"},
	/* The agent of the front line registers and examines; others decide. */
	{"S0-1-4", NULL, NULL, NULL, OURS, "agent1", "accept", "only for", NULL},
	{"S0-1-8", NULL, NULL, NULL, OURS, "agent1", "refuse reason=x", "only for", NULL},
	/* Nothing is decided before the material is complete. */
	{"S0-4-5", NULL, NULL, NULL, NULL, "division", "accept", "in state registered", NULL},
	{"S0-4-5 nothing missing", NULL, NULL, NULL, NULL, "agent1", "ask_material note=请补", "name what is missing",
	 "ask_material note=请补 row:materials:item=policy,required=yes"},
	{"S0-4-5 still missing", NULL, NULL,
	 "received_at=2026-09-01_08:30 row:materials:item=letter,required=yes,received_at=2026-09-01_08:30",
	 "agent1 ask_material note=请补 row:materials:item=identity,required=yes "
	 "row:materials:item=policy,required=yes|"
	 "agent1 material row:materials:item=identity,received_at=2026-09-01_08:00",
	 "agent1", "complete", "required material is still missing", NULL},
	{"S0-4-5 not required", NULL, NULL, "row:materials:item=record,required=no", NULL, "agent1", "material note=x",
	 "name what came in", "complete"},
	{"S0-4-6 follows from the papers", NULL, NULL, NULL, NULL, "agent1", "examine complete_at=2026-09-01", "row",
	 NULL},
	{"S0-4-6 not yet received", NULL, NULL, NULL, NULL, "agent1",
	 "material row:materials:item=policy,required=yes,received_at=2026-09-02_08:00", "lies after the step", NULL},
	/* S0-2-6: an agent speaks for somebody only with the authorisation. */
	{"S0-2-6 agent", NULL, "agent", NULL, NULL, "agent1", "complete", "an agent needs somebody he speaks for",
	 NULL},
	{"S0-2-6 agent, paper asked for", NULL, "agent", "row:materials:item=authorisation,required=no", NULL, "agent1",
	 "complete", "an agent needs somebody he speaks for", NULL},
	{"S0-2-6 agent with paper", NULL, "agent", NULL,
	 "agent1 material row:materials:item=authorisation,required=yes,received_at=2026-09-01_08:00", "agent1",
	 "close", "state registered", "complete"},
	/* S0-4-12: the regulator's case has its reference, its due date and its report. */
	{"S0-4-12", "regulator", NULL, "regulator_ref=监2026-7 regulator_due=2026-09-20_17:00",
	 OURS "|division accept|operations decide decision=rejected decision_text=x|agent1 inform note=x", "agent1",
	 "close", "the regulator's written report is still owed", NULL},
	{"S0-4-12 report", "regulator", NULL, "regulator_ref=监2026-7 regulator_due=2026-09-20_17:00", NULL, "division",
	 "report_regulator", "written report", "report_regulator evidence:letter"},
	{"S0-4-12 not the regulator's", NULL, NULL, NULL, NULL, "division", "report_regulator evidence:letter",
	 "did not pass this case on", NULL},
	/* G26, S0-4-9: every outcome is told before the case is closed, a transfer too. */
	{"G26", NULL, NULL, NULL, ELSEWHERE "|division transfer handling=hq.claims", "agent1", "close",
	 "has not been told", "notify note=已转理赔部"},
	{"S0-4-9 told", NULL, NULL, NULL, REFUSED, "agent1", "close", "has not been told", "notify note=已告知"},
	{"S0-4-9 referred", NULL, NULL, NULL, NOT_OURS "|division refer body_name=mediation reason=x", "agent1",
	 "close", "has not been told", "notify note=已告知"},
	/* S0-4-10, S0-4-11 */
	{"S0-4-10", NULL, NULL, NULL, ACCEPTED, "operations", "decide", "decide needs decision",
	 "decide decision=upheld decision_text=重新核定"},
	{"S0-4-11", NULL, NULL, NULL, DECIDED, "agent1", "inform", "inform needs note", "inform note=已邮寄"},
	{"G6", NULL, NULL, NULL, "agent1 ask_material note=请补 row:materials:item=policy,required=yes", "division",
	 "lapse reason=逾期", "the company has set none", NULL},
	{"G8 note of a free choice", NULL, NULL, NULL, OURS, "agent1", "link", "link needs same_as",
	 "link same_as=none"},
};

static void test_needs(void **state)
{
	(void)state;
	for (size_t i = 0; i < RULES_COUNT(needs); i++) {
		const struct need *n = &needs[i];
		int64_t id = complain(n->channel, n->capacity, n->words, NULL);
		struct cs_err e = {0};

		live(n->id, id, n->life);
		desk_actor(n->login);
		if (desk_step(id, n->refused, &e) != CS_REFUSED || !strstr(e.text, n->why))
			fail_msg("%s: %s: '%s' does not say '%s'", n->id, n->refused, e.text, n->why);
		if (n->done && desk_step(id, n->done, &e) != CS_OK)
			fail_msg("%s: %s: %s", n->id, n->done, e.text);
	}
}

/* S0-2-6: each agent has the authorisation of the one for whom he acts, also who joins when the material was complete.
   One that names nobody is that of whoever was an agent first; one who left needs none. */
static void test_authorised(void **state)
{
#define SECOND          "agent1 repeat note=x party:周律:13600000007:agent:赵敏"
#define AUTHORISED(who) "agent1 material row:materials:item=authorisation," who "received_at=2026-09-01_08:00"
	static const struct {
		const char *said, *first, *life, *actor, *step, *lacks; /* lacks: NULL, the step is taken */
	} t[] = {
		{"one of one", "agent", AUTHORISED(""), "agent1", "complete", NULL},
		{"one of two", "agent", SECOND "|" AUTHORISED(""), "agent1", "complete", ": 周律"},
		{"the other of two", "agent", SECOND "|" AUTHORISED("party=周律,"), "agent1", "complete", ": 王芳"},
		{"neither", "agent", SECOND, "agent1", "complete", ": 王芳, 周律"},
		{"both", "agent", SECOND "|" AUTHORISED("") "|" AUTHORISED("party=周律,"), "agent1", "complete", NULL},
		{"by the phone", "agent", SECOND "|" AUTHORISED("") "|" AUTHORISED("party=13600000007,"), "agent1",
		 "complete", NULL},
		{"only promised", "agent",
		 SECOND "|" AUTHORISED("") "|agent1 ask_material note=x "
					   "row:materials:item=authorisation,party=周律,required=yes",
		 "agent1", "complete", "missing: authorisation (周律)"},
		{"asked for of nobody, given as his", "agent",
		 "agent1 ask_material note=x row:materials:item=authorisation,required=yes|" AUTHORISED("party=王芳,"),
		 "agent1", "complete", NULL},
		{"asked for of nobody, given as another's", "agent",
		 SECOND
		 "|agent1 ask_material note=x row:materials:item=authorisation,required=yes|" AUTHORISED("party=周律,"),
		 "agent1", "complete", "missing: authorisation"},
		{"acts for another since", "agent",
		 AUTHORISED("") "|" SECOND
				"|" AUTHORISED("party=周律,") "|agent1 leave note=x party::13600000007|"
							      "agent1 repeat note=x party:周律:13600000007:agent:钱进",
		 "agent1", "complete", ": 周律"},
		{"speaks for one already", "agent", SECOND, "agent1", "repeat note=x party:周律:13600000007:agent:钱进",
		 "speaks for 赵敏 in it already"},
		{"left", "agent", SECOND "|" AUTHORISED("") "|agent1 leave note=x party::13600000007", "agent1",
		 "complete", NULL},
		{"the first left", "agent", SECOND "|" AUTHORISED("") "|agent1 leave note=x party::13800138000",
		 "agent1", "complete", ": 周律"},
		{"joined after that", "policyholder", OURS "|" SECOND, "division", "accept", ": 周律"},
		{"joined and has it", "policyholder", OURS "|" SECOND "|" AUTHORISED(""), "division", "accept", NULL},
		{"joined once decided", "policyholder", DECIDED "|" SECOND, "agent1", "inform note=x", ": 周律"},
		{"decided, and has it", "policyholder", DECIDED "|" SECOND "|" AUTHORISED("party=周律,"), "agent1",
		 "inform note=x", NULL},
	};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(t); i++) {
		int64_t id = complain(NULL, t[i].first, NULL, NULL);
		struct cs_err e = {0};
		enum cs_code code;

		live(t[i].said, id, t[i].life);
		desk_actor(t[i].actor);
		code = desk_step(id, t[i].step, &e);
		if ((code == CS_OK) != !t[i].lacks || (t[i].lacks && !strstr(e.text, t[i].lacks)))
			fail_msg("%s: %s", t[i].said, code == CS_OK ? "taken" : e.text);
	}
}

/* S0-4-1: every complaint is registered, whatever will become of it; S0-4-12: only the regulator's needs more. */
static void test_registered(void **state)
{
	static const char *const channels[] = {"phone", "fax", "letter", "counter", "email", "online_chat", "media"};
	struct cs_err e = {0};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(channels); i++)
		assert_string_equal(desk_state(complain(channels[i], "other", NULL, NULL)), "registered");
	assert_int_equal(complain("regulator", NULL, NULL, &e), 0);
	assert_non_null(strstr(e.text, "regulator_ref, regulator_due"));
	assert_int_equal(complain("regulator", NULL, "regulator_ref=7", &e), 0);
	assert_true(complain("regulator", NULL, "regulator_ref=7 regulator_due=2026-09-20_17:00", NULL) != 0);
	/* A letter that came before it was registered, or a paper older than the complaint? */
	assert_int_equal(complain(NULL, NULL, "row:materials:item=letter,received_at=2026-09-01_08:00", &e), 0);
	assert_string_equal(e.text,
			    "materials.received_at: 2026-09-01 08:00:00 lies before 2026-09-01 09:00:00, when it was "
			    "registered: say when it came in (received_at)");
	assert_true(complain(NULL, NULL,
			     "received_at=2026-09-01_08:30 row:materials:item=letter,received_at=2026-09-01_08:00",
			     NULL) != 0);
}

/* --- by when ------------------------------------------------------------------------------------ */

/* Taken in at `opened`; each step of `life` at its own time. A stop on the second of the due is in time, a second later
   it is late. Working days of 2026: Mid-Autumn 25 to 27 September, National Day 1 to 7 October are free, Sunday
   20 September and Saturday 10 October are worked. */
static const struct limit {
	const char *id, *channel, *words, *opened, *life, *clock, *due, *stop;
} limits[] = {
#define ASK "agent1 ask_material note=请补 row:materials:item=policy,required=yes"
	/* S0-4-5: 8, 9, 10, 11, 14 September. */
	{"S0-4-5 exactly 5", NULL, "received_at=2026-09-07_10:00", "2026-09-07 10:00", NULL, "supplement",
	 "2026-09-15 00:00", ASK},
	{"S0-4-5 from the receipt", NULL, "received_at=2026-09-07_10:00", "2026-09-10 16:00", NULL, "supplement",
	 "2026-09-15 00:00", ASK},
	{"S0-4-5 of a paper", NULL,
	 "received_at=2026-09-01_10:00 row:materials:item=letter,required=yes,received_at="
	 "2026-09-07_10:00",
	 "2026-09-10 16:00", NULL, "supplement", "2026-09-15 00:00", ASK},
	{"S0-4-5 at 23:50", NULL, NULL, "2026-09-07 23:50", NULL, "supplement", "2026-09-15 00:00", ASK},
	/* 20 (Sunday, worked), 21, 22, 23, 24 September. */
	{"S0-4-5 worked Sunday", NULL, "received_at=2026-09-18_09:00", "2026-09-18 09:00", NULL, "supplement",
	 "2026-09-25 00:00", ASK},
	/* 24, 28, 29, 30 September, 8 October. */
	{"S0-4-5 across both holidays", NULL, "received_at=2026-09-23_15:00", "2026-09-23 15:00", NULL, "supplement",
	 "2026-10-09 00:00", ASK},
	/* Received on National Day: 8, 9, 10 (Saturday, worked), 12, 13 October. */
	{"S0-4-5 received on a holiday", "email", "received_at=2026-10-03_11:00", "2026-10-08 09:00", NULL,
	 "supplement", "2026-10-14 00:00", ASK},
	/* The second paper: told anew within 5 days of its receipt. 10, 11, 14, 15, 16 September. */
	{"S0-4-5 piece by piece", NULL, "received_at=2026-09-07_10:00", "2026-09-07 10:00",
	 ASK " row:materials:item=identity,required=yes|agent1 material "
	     "row:materials:item=identity,received_at=2026-09-07_09:00",
	 "supplement", "2026-09-15 00:00", ASK},
/* S0-4-9: 8, 9, 10, 11, 14, 15, 16, 17, 18, 20 (Sunday, worked) September. */
#define ALL_IN "row:materials:item=letter,required=yes,received_at="
	{"S0-4-9 exactly 10", NULL, ALL_IN "2026-09-07_10:00", "2026-09-07 10:00", OURS "|division accept", "admission",
	 "2026-09-21 00:00", "agent1 notify note=已受理"},
	{"S0-4-9 refused", NULL, ALL_IN "2026-09-07_10:00", "2026-09-07 10:00", REFUSED, "admission",
	 "2026-09-21 00:00", "agent1 notify note=不予受理"},
	{"S0-4-9 referred", NULL, ALL_IN "2026-09-07_10:00", "2026-09-07 10:00",
	 NOT_OURS "|division refer body_name=mediation reason=x", "admission", "2026-09-21 00:00",
	 "agent1 notify note=已转"},
	{"G26 transferred", NULL, ALL_IN "2026-09-07_10:00", "2026-09-07 10:00",
	 ELSEWHERE "|division transfer handling=hq.claims", "admission", "2026-09-21 00:00", "agent1 notify note=已转"},
	{"S0-4-9 without papers", "phone", "received_at=2026-09-07_10:00", "2026-09-09 10:00", OURS "|division accept",
	 "admission", "2026-09-21 00:00", "agent1 notify note=已受理"},
	/* Not from the click: the paper came on Monday, it was entered on Thursday. */
	{"S0-4-9 from the paper's receipt", NULL, "received_at=2026-09-07_10:00 " ALL_IN "2026-09-07_10:00",
	 "2026-09-10 17:00", OURS "|division accept", "admission", "2026-09-21 00:00", "agent1 notify note=已受理"},
/* A paper that was in the house before the complaint came in starts nothing before that. */
#define OLD "agent1 material row:materials:item=policy,required=yes,received_at=2026-08-20_09:00"
	{"S0-4-9 an older paper", NULL, "received_at=2026-09-07_10:00", "2026-09-08 10:00",
	 OLD "|" OURS "|division accept", "admission", "2026-09-21 00:00", "agent1 notify note=已受理"},
	{"S0-4-9 an older paper, registered at once", NULL, NULL, "2026-09-07 10:00", OLD "|" OURS "|division accept",
	 "admission", "2026-09-21 00:00", "agent1 notify note=已受理"},
	{"S0-4-5 an older paper", NULL, "received_at=2026-09-07_10:00", "2026-09-08 10:00", OLD, "supplement",
	 "2026-09-15 00:00", "agent1 ask_material note=请补 row:materials:item=identity,required=yes"},
	/* 20 to 24 (5), 28, 29, 30 September, 8, 9 October. */
	{"S0-4-9 across National Day", NULL, "received_at=2026-09-18_17:00 " ALL_IN "2026-09-18_17:00",
	 "2026-09-18 17:30", OURS "|division accept", "admission", "2026-10-10 00:00", "agent1 notify note=已受理"},
	/* 30 September, 8, 9, 10 (Saturday, worked), 12 to 16, 19 October. */
	{"S0-4-9 worked Saturday", NULL, "received_at=2026-09-29_17:00 " ALL_IN "2026-09-29_17:00", "2026-09-29 18:00",
	 OURS "|division accept", "admission", "2026-10-20 00:00", "agent1 notify note=已受理"},
	/* The last minute before the holidays: 8, 9, 10, 12 to 16, 19, 20 October. */
	{"S0-4-9 at 23:59", NULL, "received_at=2026-09-30_23:59 " ALL_IN "2026-09-30_23:59", "2026-10-08 09:00",
	 OURS "|division accept", "admission", "2026-10-21 00:00", "agent1 notify note=已受理"},
	/* S0-4-11, G5: 15 and 30 calendar days after the acceptance. */
	{"G5 fifteen days", NULL, NULL, "2026-09-07 10:00", OURS "|division accept", "decide", "2026-09-23 00:00",
	 "operations decide decision=upheld decision_text=x"},
	{"G5 complex", NULL, NULL, "2026-09-07 10:00", OURS "|division accept complex=yes", "decide",
	 "2026-10-08 00:00", "operations decide decision=upheld decision_text=x"},
	/* Found to be complex later: 15 days after 22 September, when the 15 are over. */
	{"G5 found complex", NULL, NULL, "2026-09-07 10:00",
	 OURS "|division accept|division complicate note=须鉴定 decide_until=2026-10-08_00:00", "decide",
	 "2026-10-08 00:00", "operations decide decision=upheld decision_text=x"},
	{"G5 extended", NULL, NULL, "2026-09-07 10:00",
	 OURS "|division accept complex=yes|division extend note=待鉴定 decide_until=2026-10-20_18:00|operations "
	      "approve|division extend",
	 "decide", "2026-10-20 18:00", "operations decide decision=upheld decision_text=x"},
	/* Thirty days after 7 October, the last day before. */
	{"G5 extended to the last", NULL, NULL, "2026-09-07 10:00",
	 OURS
	 "|division accept|division complicate note=须鉴定 decide_until=2026-10-08_00:00|division extend note=待鉴定 "
	 "decide_until=2026-11-07_00:00|operations approve|division extend",
	 "decide", "2026-11-07 00:00", "operations decide decision=upheld decision_text=x"},
	/* S0-4-12, G7: due as the regulator says. */
	{"S0-4-12", "regulator", "regulator_ref=7 regulator_due=2026-09-20_17:00", "2026-09-07 10:00", NULL,
	 "regulator", "2026-09-20 17:00", "division report_regulator evidence:letter"},
	{"S0-4-12 not the regulator's", NULL, NULL, "2026-09-07 10:00", NULL, "regulator", NULL, NULL},
	/* G6: the company has set no time to supplement, so none runs. */
	{"G6", NULL, NULL, "2026-09-07 10:00", ASK, "supplement_wait", NULL, NULL},
};

static void test_limits(void **state)
{
	static const char *const verdicts[] = {"met", "late"};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(limits); i++)
		for (int over = 0; over <= 1; over++) {
			const struct limit *l = &limits[i];
			const struct cs_clock_row *row;
			char due[40] = "none";
			int64_t id;

			desk_begin_insurer(); /* time does not go back */
			desk_time(l->opened);
			id = complain(l->channel, NULL, l->words, NULL);
			live(l->id, id, l->life);
			row = cs_image_clock(desk_ticket(id), l->clock);
			if (row)
				cs_time_text(cs_session_zone(desk), row->due_at, due);
			if (!l->due ? row != NULL : !row || row->due_at != desk_at(l->due))
				fail_msg("%s: %s is due %s", l->id, l->clock, due);
			if (l->due) {
				desk->now = desk_at(l->due) + over;
				live(l->id, id, l->stop);
				if (strcmp(desk_clock(id, l->clock), verdicts[over]) != 0)
					fail_msg("%s: %s is %s %d s after the due", l->id, l->clock,
						 desk_clock(id, l->clock), over);
			}
			desk_end();
		}
}

/* S0-4-6, S0-4-9: complete with the last paper, whatever the order; taken back when another is asked for. */
static void test_piece_by_piece(void **state)
{
	static const struct {
		const char *words, *complete, *latest;
	} steps[] = {
		{"ask_material note=x row:materials:item=identity,required=yes row:materials:item=policy,required=yes",
		 NULL, "2026-09-01 08:00"},
		{"material row:materials:item=policy,received_at=2026-09-03_16:00", NULL, "2026-09-03 16:00"},
		{"material row:materials:item=record,required=no,received_at=2026-09-04_09:00", NULL,
		 "2026-09-04 09:00"},
		{"material row:materials:item=identity,received_at=2026-09-02_11:00", "2026-09-03 16:00",
		 "2026-09-04 09:00"},
		{"ask_material note=x row:materials:item=payment,required=yes", NULL, "2026-09-04 09:00"},
		{"material row:materials:item=payment,required=no", "2026-09-03 16:00", "2026-09-04 09:00"},
	};
	int64_t id;

	(void)state;
	desk_time("2026-09-05 10:00");
	id = complain(
		NULL, NULL,
		"received_at=2026-09-01_08:00 row:materials:item=letter,required=yes,received_at=2026-09-01_08:00",
		NULL);
	for (size_t i = 0; i < RULES_COUNT(steps); i++) {
		static const char *const fields[] = {"complete_at", "latest_at"};

		desk_actor("agent1");
		desk_do(id, steps[i].words);
		for (size_t k = 0; k < 2; k++) {
			const struct cs_value *v = cs_image_own(desk_ticket(id), fields[k]);
			const char *want = k == 0 ? steps[i].complete : steps[i].latest;

			if (!want ? v != NULL : !v || v->i != desk_at(want))
				fail_msg("after step %zu: %s is not %s", i, fields[k], want ? want : "unset");
		}
	}
}

/* --- deciding against the rules ------------------------------------------------------------------ */

static const char *reason_kept(int64_t ticket, const char *step)
{
	struct cs_effects l = {.arena = &desk->work};
	struct cs_event found, ev;
	struct cs_err e = {0};

	assert_int_equal(cs_event_last_step(desk->db, ticket, step, 0, &found, &e), 1);
	assert_int_equal(cs_event_get(desk->db, found.id, &desk->work, &ev, &e), 1);
	assert_int_equal(cs_effects_read(&l, ev.facts, ev.private_part, &e), 0);
	return cs_effects_text(&l, "override");
}

/* policy.md, settled: refused; by the post the rules name with the reason, which is kept. */
static void test_override(void **state)
{
	int64_t id = complain(NULL, NULL, NULL, NULL), open = complain(NULL, NULL, NULL, NULL);
	struct cs_err e = {0};

	(void)state;
	live("override", id, OURS);
	desk_actor("division");
	assert_int_equal(desk_step(id, "refuse reason=x ground=g3", &e), CS_REFUSED);
	assert_non_null(strstr(e.text, "--override REASON by"));
	assert_int_equal(desk_step(id, "refuse reason=x ground=g3 override=另有判决", &e), CS_REFUSED);
	assert_non_null(strstr(e.text, "only for"));
	assert_int_equal(desk_step(id, "accept override=另有判决", &e), CS_REFUSED);
	assert_non_null(strstr(e.text, "nothing is to be overridden"));
	desk_actor("agent1");
	assert_int_equal(desk_step(id, "examine ours=yes override=x", &e), CS_REFUSED);
	assert_non_null(strstr(e.text, "needs no admission"));
	desk_actor("operations");
	assert_int_equal(desk_step(id, "refuse reason=x ground=g3 override=_", &e), CS_REFUSED);
	assert_non_null(strstr(e.text, "the reason is wanted"));
	desk_do(id, "refuse reason=x ground=g3 override=另有判决");
	assert_string_equal(desk_state(id), "refused");
	assert_string_equal(reason_kept(id, "refuse"), "另有判决");
	/* An open question too. */
	live("open", open, COMPLETE);
	desk_actor("operations");
	assert_int_equal(desk_step(open, "accept", &e), CS_REFUSED);
	assert_non_null(strstr(e.text, "by_consumer_or_agent is unset"));
	desk_do(open, "accept override=总经理批示");
	assert_string_equal(reason_kept(open, "accept"), "总经理批示");
}

static int is_there(const struct cs_ticket_row *t, void *arg, struct cs_err *e)
{
	(void)t;
	(void)e;
	*(bool *)arg = true;
	return 0;
}

static bool found(int64_t id, bool late, bool overdue)
{
	struct cs_id_list one = {&id, 1, 1};
	struct cs_filter f;
	struct cs_err e = {0};
	bool there = false;

	cs_filter_init(&f);
	f.among = &one;
	f.late = late;
	f.overdue = overdue;
	assert_int_equal(cs_filter_walk(desk, &f, 0, is_there, &there, &e), 0);
	return there;
}

/* S0-4-8: the period counts anew from the receipt of the new papers, without any from that of the complaint, which may
   have been registered later. 15 days from the end of 3 or of 4 September. */
#define FACTS "agent1 examine by_consumer_or_agent=yes new_facts=yes needs_verification=yes"
static void test_merged_from(void **state)
{
	static const struct {
		const char *words, *life, *due;
	} t[] = {
		{"received_at=2026-09-03_11:00", NULL, "2026-09-19 00:00"},
		{"received_at=2026-09-03_11:00",
		 "agent1 material row:materials:item=record,received_at=2026-09-04_10:00", "2026-09-20 00:00"},
		{"received_at=2026-09-03_11:00",
		 "agent1 material row:materials:item=record,received_at=2026-09-02_10:00", "2026-09-19 00:00"},
		{NULL, NULL, "2026-09-22 00:00"},
	};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(t); i++) {
		int64_t first, again;
		char words[250], ref[CS_REF_SIZE];

		desk_end();
		desk_begin_insurer();
		desk_time("2026-09-01 10:00");
		first = complain(NULL, NULL, NULL, NULL);
		live("first", first, ACCEPTED);
		desk_time("2026-09-06 09:00");
		again = complain(NULL, NULL, t[i].words, NULL);
		live("again", again, t[i].life);
		snprintf(words, sizeof words, COMPLETE "|agent1 link same_as=%s|" FACTS "|division merge note=x",
			 cs_ref_text(first, ref));
		live("merge", again, words);
		if (cs_image_clock(desk_ticket(first), "decide")->due_at != desk_at(t[i].due))
			fail_msg("case %zu", i);
	}
}

static void merge_into(int64_t first, int64_t again, const char *before)
{
	char words[300], ref[CS_REF_SIZE];

	snprintf(words, sizeof words, COMPLETE "|agent1 link same_as=%s|" FACTS "%s", cs_ref_text(first, ref), before);
	live("merge", again, words);
	live("merge", again, "division merge note=x");
}

/* S0-4-8: merged once the period of the first was over (2026-09-16 00:00), it is late, whatever the new period brings;
   with the merge undone, too. A class that another brings makes what survives of it. */
static void test_merged_too_late(void **state)
{
	int64_t first, again;

	(void)state;
	desk_end();
	desk_begin_insurer();
	desk_time("2026-09-01 10:00");
	first = complain(NULL, NULL, NULL, NULL);
	live("first", first, ACCEPTED);
	desk_time("2026-09-20 09:00");
	again = complain(NULL, NULL, NULL, NULL);
	merge_into(first, again, "|agent1 assess media=exposed");
	assert_true(found(first, true, false));
	assert_false(found(first, false, true));
	assert_int_equal(desk_ticket(first)->t.late, CS_LATE_RUNNING);
	assert_string_equal(desk_ticket(first)->t.importance, "major");
	assert_string_equal(desk_ticket(first)->t.importance_rules, "merged");
	live("decided", first, "operations decide decision=rejected decision_text=x");
	assert_string_equal(desk_clock(first, "decide"), "met");
	assert_int_equal(desk_ticket(first)->t.late, 1);
	live("apart", again, "division unmerge note=x");
	assert_int_equal(desk_ticket(first)->t.late, 1);
	assert_string_equal(desk_ticket(first)->t.importance, "ordinary");
}

/* S0-2-6: an agent who joined after the papers were complete is not carried over without his. */
static void test_merged_agent(void **state)
{
	int64_t first = complain(NULL, NULL, NULL, NULL), again = complain(NULL, NULL, NULL, NULL);
	char words[250], ref[CS_REF_SIZE];
	struct cs_err e = {0};

	(void)state;
	live("first", first, ACCEPTED);
	snprintf(words, sizeof words, COMPLETE "|agent1 link same_as=%s|" FACTS "|" SECOND, cs_ref_text(first, ref));
	live("again", again, words);
	desk_actor("division");
	assert_int_equal(desk_step(again, "merge note=x", &e), CS_REFUSED);
	assert_non_null(strstr(e.text, ": 周律"));
	live("again", again, AUTHORISED("party=周律,"));
	desk_actor("division");
	desk_do(again, "merge note=x");
	/* His paper lies with the one he came by. */
	live("first", first, "operations decide decision=rejected decision_text=x|agent1 inform note=x");
}

/* Who answers for it has left: what he owes and may do is whose it would be by the rules. */
static void test_responsible_left(void **state)
{
	const struct cs_who who = {.kind = CS_WHO_RESPONSIBLE};
	int64_t id = complain(NULL, NULL, NULL, NULL), division = desk_staff("division");
	struct cs_view v = {.s = desk, .policy = desk->policy, .im = desk_ticket(id), .at = desk->now};

	(void)state;
	v.kind = cs_policy_kind(desk->policy, "complaint");
	assert_int_equal(cs_who_find(&v, &who).id, division);
	for (size_t i = 0; i < desk->org.staff_count; i++)
		if (desk->org.staff[i].id == division)
			desk->org.staff[i].left_at = desk->now;
	assert_int_equal(cs_who_find(&v, &who).id, desk_staff("operations")); /* above the vacant post */
	assert_true(cs_who_is(&v, &who, desk_staff("operations")));
	assert_false(cs_who_is(&v, &who, division));
}

/* What the rule of admission demands besides, and the step itself too, is said once. */
static void test_said_once(void **state)
{
	int64_t first = complain(NULL, NULL, NULL, NULL), again = complain(NULL, NULL, NULL, NULL);
	char words[250], ref[CS_REF_SIZE];
	struct cs_err e = {0};

	(void)state;
	live("first", first, ACCEPTED);
	snprintf(words, sizeof words,
		 COMPLETE "|agent1 link same_as=%s|agent1 examine by_consumer_or_agent=yes new_facts=yes "
			  "needs_verification=no",
		 cs_ref_text(first, ref));
	live("again", again, words);
	desk_actor("division");
	assert_int_equal(desk_step(again, "merge", &e), CS_REFUSED);
	assert_string_equal(e.text, "merge needs note (--note TEXT)");
}

/* --- refused is not gone --------------------------------------------------------------------------- */

/* S0-4-9: ten working days from the receipt of complete material, whenever the desk says that it is complete. Nothing
   was asked for: complete since it was registered, or since the agent's authorisation came. */
static void test_sat_on(void **state)
{
	static const struct {
		const char *words, *life, *due;
	} cases[] = {
		{NULL, COMPLETE, "2026-09-21 00:00"},
		{"row:materials:item=authorisation,received_at=2026-09-07_10:00", COMPLETE, "2026-09-21 00:00"},
		{NULL, "agent1 material row:materials:item=authorisation,received_at=2026-09-09_10:00|" COMPLETE,
		 "2026-09-23 00:00"},
	};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		const struct cs_clock_row *row;
		int64_t id;

		desk_begin_insurer();
		desk_time("2026-09-07 10:00");
		id = complain("phone", NULL, cases[i].words, NULL);
		desk_time("2026-09-17 10:00");
		live("S0-4-9", id, cases[i].life);
		row = cs_image_clock(desk_ticket(id), "admission");
		if (!row || row->due_at != desk_at(cases[i].due))
			fail_msg("case %zu", i);
		desk_end();
	}
}

/* G8, S0-4-7: a refused repeat is stored and points to the first; reopened by the complainant up to the last second
   of the window, then no more. The window is 30 calendar days after the refusal: up to the end of 1 October. */
static void test_reopened(void **state)
{
	static const struct {
		const char *life;
		const char *at;
		bool may;
	} cases[] = {
		{REFUSED, "2026-10-02 00:00:00", true},
		{REFUSED, "2026-10-02 00:00:01", false},
		{REFUSED "|agent1 notify note=x|agent1 close", "2026-10-02 00:00:00", true},
		{REFUSED "|agent1 notify note=x|agent1 close", "2026-10-02 00:00:01", false},
		{CLOSED, "2026-10-02 00:00:00", true},
		{CLOSED, "2026-10-02 00:00:01", false},
	};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		struct cs_err e = {0};
		int64_t id;
		enum cs_code code;

		desk_begin_insurer();
		desk_time("2026-09-01 10:00");
		id = complain(NULL, NULL, NULL, NULL);
		live("reopen", id, cases[i].life);
		desk_actor("agent1");
		desk_time(cases[i].at);
		code = desk_step(id, "reopen note=补充新证据", &e);
		if (code != (cases[i].may ? CS_OK : CS_REFUSED))
			fail_msg("case %zu: %s", i, e.text);
		if (cases[i].may) {
			assert_string_equal(desk_state(id), "review");
			assert_int_equal(desk_ticket(id)->t.cycle, 2);
			assert_string_equal(desk_clock(id, "admission"), "running");
			assert_string_equal(desk_clock(id, "supplement"), "none");
			/* The reasons of the refusal are not those of what is decided now. */
			assert_null(cs_image_own(desk_ticket(id), "reason"));
			assert_null(cs_image_own(desk_ticket(id), "ground"));
		} else {
			assert_non_null(strstr(e.text, "is over"));
		}
		desk_end();
	}
}

/* S0-4-12: the report is owed from the first day on, S0-4-9 and S0-4-5: overdue, it goes to the head of operations. */
static void test_owed(void **state)
{
	int64_t id = complain("regulator", NULL, "regulator_ref=7 regulator_due=2026-09-20_17:00", NULL);
	const struct cs_owed_row *o;

	(void)state;
	assert_int_equal(cs_image_count(desk_ticket(id), CS_P_OWED), 1);
	o = cs_image_at(desk_ticket(id), CS_P_OWED, 0);
	assert_string_equal(o->duty, "regulator_report");
	assert_int_equal(o->due_at, desk_at("2026-09-20 17:00"));
	assert_int_equal(o->owner, desk_staff("operations"));
	desk_actor("division");
	desk_do(id, "report_regulator evidence:letter");
	o = cs_image_at(desk_ticket(id), CS_P_OWED, 0);
	assert_true(o->done_at != CS_NULL);
	desk_time("2026-09-09 09:00");
	assert_true(desk_settle(id) >= 1);
	assert_string_equal(desk_ticket(id)->t.priority, "high");
}

/* S0-4-12, G7: told three days before its end, late to the general manager; the regulator may ask again, or later. */
static void test_regulator(void **state)
{
	int64_t id = complain("regulator", NULL, "regulator_ref=7 regulator_due=2026-09-20_17:00", NULL), other;
	const struct cs_owed_row *o;

	(void)state;
	desk_time("2026-09-17 17:00:01");
	desk_settle(id);
	assert_true(rules_told(id, "division"));
	desk_time("2026-09-20 17:00:00");
	desk_settle(id);
	assert_false(rules_told(id, "general"));
	desk_time("2026-09-20 17:00:01");
	desk_settle(id);
	assert_true(rules_told(id, "general"));
	rules_live("S0-4-12", id, "operations report_regulator evidence:letter");
	assert_string_equal(desk_clock(id, "regulator"), "late");
	rules_live("G7", id, "agent1 regulator_case note=要求补充说明 regulator_ref=7 regulator_due=2026-10-09_17:00");
	assert_int_equal(cs_image_count(desk_ticket(id), CS_P_OWED), 2);
	o = cs_image_at(desk_ticket(id), CS_P_OWED, 1);
	assert_int_equal(o->due_at, desk_at("2026-10-09 17:00"));
	assert_true(cs_owed_open(o));
	assert_string_equal(desk_clock(id, "regulator"), "running");
	other = complain(NULL, NULL, NULL, NULL);
	assert_int_equal(cs_image_count(desk_ticket(other), CS_P_OWED), 0);
	rules_live("G7", other, "agent1 regulator_case note=转来 regulator_ref=8 regulator_due=2026-10-12_17:00");
	assert_int_equal(cs_image_count(desk_ticket(other), CS_P_OWED), 1);
	assert_string_equal(desk_clock(other, "regulator"), "running");
}

static const struct cs_owed_row *report_owed(int64_t id, size_t at, size_t count)
{
	assert_int_equal(cs_image_count(desk_ticket(id), CS_P_OWED), count);
	return cs_image_at(desk_ticket(id), CS_P_OWED, at);
}

/* G7: a later date, said once the report was late, moves what is owed, and late it stays, as the run of the clock that
   ended then. On its last second it is not late. */
static void test_regulator_later(void **state)
{
	int64_t id[] = {complain("regulator", NULL, "regulator_ref=7 regulator_due=2026-09-20_17:00", NULL),
			complain("regulator", NULL, "regulator_ref=8 regulator_due=2026-09-20_17:00", NULL)};

	(void)state;
	for (int late = 0; late < 2; late++) {
		const struct cs_owed_row *o;

		desk_time(late ? "2026-09-20 17:00:01" : "2026-09-20 17:00:00");
		desk_settle(id[late]);
		rules_live("G7", id[late],
			   "agent1 regulator_case note=延期 regulator_ref=9 regulator_due=2026-10-09_17:00");
		o = report_owed(id[late], 0, 1);
		assert_int_equal(o->due_at, desk_at("2026-10-09 17:00"));
		assert_true(cs_owed_late(o, o->due_at) == late);
		rules_live("G7", id[late], "operations report_regulator evidence:letter");
		assert_string_equal(cs_image_run(desk_ticket(id[late]), "regulator", 1, 1)->verdict,
				    late ? "late" : "void");
		assert_string_equal(desk_clock(id[late], "regulator"), "met");
		o = report_owed(id[late], 0, 1);
		assert_true(o->done_at != CS_NULL && cs_owed_late(o, o->due_at) == late);
	}
}

/* G7: what was reported in time is not owed again when the complaint is taken up once more, until another date is set;
   what the withdrawal ended is, while its date lies ahead. */
static void test_regulator_reopened(void **state)
{
	static const struct {
		const char *life, *at;
		size_t owed;
	} cases[] = {
		{"operations report_regulator evidence:letter|" REFUSED "|agent1 notify note=x|agent1 close",
		 "2026-09-09 09:00", 1},
		{"operations report_regulator evidence:letter|" REFUSED, "2026-09-09 09:00", 1},
		{"division withdraw why=customer", "2026-09-09 09:00", 2},
		{"division withdraw why=customer", "2026-09-20 17:00:01", 1},
	};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		const bool again = cases[i].owed == 2;
		int64_t id;

		desk_begin_insurer();
		desk_time("2026-09-07 10:00");
		id = complain("regulator", NULL, "regulator_ref=7 regulator_due=2026-09-20_17:00", NULL);
		rules_live("G7", id, cases[i].life);
		desk_time(cases[i].at);
		rules_live("G7", id, "agent1 reopen note=补充新证据");
		assert_string_equal(desk_clock(id, "regulator"), again ? "running" : "none");
		assert_true(cs_owed_open(report_owed(id, cases[i].owed - 1, cases[i].owed)) == again);
		rules_live("G7", id, "agent1 regulator_case note=又 regulator_ref=8 regulator_due=2026-10-09_17:00");
		assert_string_equal(desk_clock(id, "regulator"), "running");
		assert_true(cs_owed_open(report_owed(id, 1, 2)));
		desk_end();
	}
}

/* S0-4-17: a hot or important one has its special report and a volume of its own; closing waits for the report. */
static void test_special(void **state)
{
	struct cs_err e = {0};
	int64_t id = complain(NULL, NULL, NULL, NULL);

	(void)state;
	live("S0-4-17", id, ACCEPTED "|agent1 assess people=3");
	assert_string_equal(desk_ticket(id)->t.importance, "hot");
	live("S0-4-17", id,
	     "agent1 assess people=1|operations decide decision=upheld decision_text=x|agent1 inform note=x|"
	     "agent2 call|agent1 note note=x");
	assert_string_equal(desk_ticket(id)->t.importance, "ordinary");
	assert_string_equal(desk_ticket(id)->t.importance_peak, "hot");
	desk_actor("agent1");
	assert_int_equal(desk_step(id, "close", &e), CS_REFUSED);
	assert_non_null(strstr(e.text, "the special report is still owed"));
}

/* --- who calls, by which method ------------------------------------------------------------------ */

/* S0-1-10, S0-7-1, S0-7-3: agents by phone; unreachable, the sales post of the unit that has it goes there; at last a
   questionnaire by the administrator. Never whoever has the complaint or decided it. */
static void test_methods(void **state)
{
	static const struct {
		const char *method, *caller;
	} turns[] = {{"phone", "agent1"}, {"visit", "sales"}, {"questionnaire", "admin1"}};
	int64_t id = complain(NULL, NULL, NULL, NULL);
	struct cs_call_done done;

	(void)state;
	live("S0-7-1", id,
	     OURS "|division accept handling=jiangsu.sales assignee=agent2|"
		  "operations decide decision=upheld decision_text=x|agent1 inform note=x");
	for (size_t i = 0; i < RULES_COUNT(turns); i++) {
		const struct cs_call_result nobody = {.outcome = CS_CALL_UNREACHABLE, .method = turns[i].method};
		const struct cs_callback_row *c = cs_image_callback(desk_ticket(id), 1);

		assert_string_equal(c->method, turns[i].method);
		if (strcmp(c->state, "open") != 0 || c->caller != desk_staff(turns[i].caller))
			fail_msg("S0-1-10: %s by %lld, not %s", c->method, (long long)c->caller, turns[i].caller);
		assert_int_equal(rules_call("agent2", id, nobody, &done), CS_REFUSED);
		assert_int_equal(rules_call("operations", id, nobody, &done), CS_REFUSED);
		assert_int_equal(rules_call(turns[i].caller, id, nobody, &done), CS_OK);
	}
	assert_string_equal(cs_image_callback(desk_ticket(id), 1)->outcome, "unreachable");
	desk_actor("agent1");
	desk_do(id, "close");
}

static int64_t fired(int64_t ticket, const char *clock, const char *rung)
{
	struct cs_image *im = desk_ticket(ticket);
	int64_t n = 0;

	for (size_t i = 0; i < cs_image_count(im, CS_P_RUNG); i++) {
		const struct cs_rung_row *r = cs_image_at(im, CS_P_RUNG, i);

		n += strcmp(r->clock, clock) == 0 && strcmp(r->rung, rung) == 0 && r->moot != 1;
	}
	return n;
}

/* G5: what was granted moves the ladder, too: nobody is told of a miss before it is one. */
static void test_granted(void **state)
{
	int64_t id;

	(void)state;
	desk_begin_insurer();
	desk_time("2026-09-07 10:00");
	id = complain(NULL, NULL, NULL, NULL);
	live("G5", id, OURS "|division accept complex=yes|division extend note=待鉴定 decide_until=2026-10-20_18:00|"
			    "operations approve|division extend");
	desk_time("2026-10-08 00:00:01");
	desk_settle(id);
	assert_int_equal(fired(id, "decide", "missed"), 0);
	assert_string_equal(desk_clock(id, "decide"), "running");
	desk_time("2026-10-20 18:00:01");
	desk_settle(id);
	assert_int_equal(fired(id, "decide", "missed"), 1);
	desk_end();
}

/* G5: granted only once the time was over: it is late from then on, while it still runs, and overdue again after the
   new due (2026-10-08 00:00, then 2026-10-20 18:00). */
static void test_granted_too_late(void **state)
{
	int64_t id;

	(void)state;
	desk_begin_insurer();
	desk_time("2026-09-07 10:00");
	id = complain(NULL, NULL, NULL, NULL);
	live("G5", id, OURS "|division accept complex=yes");
	desk_time("2026-10-08 00:00:00");
	live("G5", id, "division extend note=待鉴定 decide_until=2026-10-20_18:00");
	assert_false(found(id, true, false) || found(id, false, true));
	desk_time("2026-10-08 00:00:01");
	assert_true(found(id, false, true));
	live("G5", id, "operations approve|division extend");
	assert_true(found(id, true, false));
	assert_false(found(id, false, true));
	assert_int_equal(desk_ticket(id)->t.late, CS_LATE_RUNNING);
	assert_int_equal(cs_image_clock(desk_ticket(id), "decide")->missed_due, desk_at("2026-10-08 00:00"));
	desk_time("2026-10-20 18:00:01");
	desk_settle(id);
	assert_true(found(id, true, true));
	live("G5", id, "division decide decision=upheld decision_text=退");
	assert_string_equal(desk_clock(id, "decide"), "late");
	assert_int_equal(desk_ticket(id)->t.late, 1);
	assert_false(found(id, false, true));
	desk_end();
}

/* S0-2-1, S0-1-5: four kinds of matters through one desk, by hotline and online; each has somebody who answers for it.
   */
static void test_kinds(void **state)
{
	static const struct {
		const char *kind, *responsible;
	} kinds[] = {{"inquiry", "division"},
		     {"loss_report", "claims"},
		     {"complaint", "division"},
		     {"whistleblow", "operations"}};
	static const char *const channels[] = {"phone", "online_chat"};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(kinds); i++)
		for (size_t k = 0; k < RULES_COUNT(channels); k++) {
			const struct cs_registration reg = {
				.kind = kinds[i].kind,
				.channel = channels[k],
				.category = "svc",
				.body = "内容",
				.place = CS_NULL,
				.accepting = CS_NULL,
				.first = CS_NULL,
				.customer = strcmp(kinds[i].kind, "whistleblow") == 0 ? CS_NULL : PERSON_WANG,
				.premises = CS_NULL,
				.due_at = CS_TIME_NONE,
				.run = CS_NULL,
			};
			struct cs_err e = {0};
			int64_t id = desk_register_as(&reg, NULL, &e);

			if (!id)
				fail_msg("S0-2-1: %s: %s", kinds[i].kind, e.text);
			if (desk_ticket(id)->t.responsible != desk_staff(kinds[i].responsible))
				fail_msg("S0-2-1: %s: %s does not answer for it", kinds[i].kind, kinds[i].responsible);
		}
}

/* S0-4-5: what is wanted is asked for before admission; a paper that comes later gives no new time to ask. */
static void test_paper_after_admission(void **state)
{
	const struct cs_clock_row *clock;
	int64_t id, run;

	(void)state;
	id = complain(
		NULL, NULL,
		"received_at=2026-09-01_08:00 row:materials:item=letter,required=yes,received_at=2026-09-01_08:00",
		NULL);
	run = cs_image_clock(desk_ticket(id), "supplement")->run;
	rules_live("S0-4-5", id, ACCEPTED);
	desk_actor("agent1");
	desk_do(id, "material row:materials:item=record,received_at=2026-09-01_09:00");
	clock = cs_image_clock(desk_ticket(id), "supplement");
	assert_int_equal(clock->run, run);
	assert_string_equal(clock->verdict, "met");
}

/* S0-3-3: for a report about whoever answers for such reports the post above answers, and its subject neither gets word
   of it nor reads it. */
static void test_about(void **state)
{
	static const struct {
		const char *words, *responsible;
		bool reads;
	} cases[] = {{"", "operations", true},
		     {"subject_staff=agent1", "operations", true},
		     {"subject_staff=operations", "general", false}};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		const struct cs_registration reg = {.kind = "whistleblow",
						    .channel = "letter",
						    .category = "svc",
						    .body = "内容",
						    .place = CS_NULL,
						    .accepting = CS_NULL,
						    .first = CS_NULL,
						    .customer = CS_NULL,
						    .premises = CS_NULL,
						    .due_at = CS_TIME_NONE,
						    .run = CS_NULL};
		struct cs_err e = {0};
		int64_t id = desk_register_as(&reg, cases[i].words, &e);
		const struct cs_image *im;

		if (!id)
			fail_msg("S0-3-3: %s", e.text);
		im = desk_ticket(id);
		if (im->t.responsible != desk_staff(cases[i].responsible))
			fail_msg("S0-3-3: %s: not %s answers for it", cases[i].words, cases[i].responsible);
		desk_actor("operations");
		if (!cs_access_kept(desk, im) != cases[i].reads)
			fail_msg("S0-3-3: %s: operations reads it or not", cases[i].words);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_tree, begin, end),
		cmocka_unit_test_setup_teardown(test_gate, begin, end),
		cmocka_unit_test_setup_teardown(test_needs, begin, end),
		cmocka_unit_test_setup_teardown(test_said_once, begin, end),
		cmocka_unit_test_setup_teardown(test_merged_from, begin, end),
		cmocka_unit_test_setup_teardown(test_merged_too_late, begin, end),
		cmocka_unit_test_setup_teardown(test_merged_agent, begin, end),
		cmocka_unit_test_setup_teardown(test_responsible_left, begin, end),
		cmocka_unit_test_setup_teardown(test_authorised, begin, end),
		cmocka_unit_test_setup_teardown(test_registered, begin, end),
		cmocka_unit_test(test_limits),
		cmocka_unit_test_setup_teardown(test_piece_by_piece, begin, end),
		cmocka_unit_test_setup_teardown(test_override, begin, end),
		cmocka_unit_test(test_sat_on),
		cmocka_unit_test(test_granted),
		cmocka_unit_test(test_granted_too_late),
		cmocka_unit_test(test_reopened),
		cmocka_unit_test_setup_teardown(test_owed, begin, end),
		cmocka_unit_test_setup_teardown(test_regulator, begin, end),
		cmocka_unit_test_setup_teardown(test_regulator_later, begin, end),
		cmocka_unit_test(test_regulator_reopened),
		cmocka_unit_test_setup_teardown(test_special, begin, end),
		cmocka_unit_test_setup_teardown(test_methods, begin, end),
		cmocka_unit_test_setup_teardown(test_kinds, begin, end),
		cmocka_unit_test_setup_teardown(test_paper_after_admission, begin, end),
		cmocka_unit_test_setup_teardown(test_about, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
