/* Merging and undoing it (S0-4-8, G9): who survives, what restarts, and that nothing is left of a merge that was
   undone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/moves.h"
#include "editions.h"
#include "matters.h"
#include "refold.h"
#include "store/owed.h"
#include "store/ref.h"

static int64_t a, b, c;

/* resolve pauses while the customer is waited for, is moved by contact, climbs at 12 h and 24 h; reply restarts. */
static const char rules[] =
	"\"params\": {\"cmp.escalate\": {\"value\": \"24h\"}}, "
	"\"kinds\": {\"complaint\": {\"clocks\": {\"resolve\": {\"pause\": [\"customer\"], "
	"\"rungs\": [{\"id\": \"half\", \"over\": \"12h\", \"to\": \"post:area_director\", "
	"\"owe\": \"progress\"}, {\"id\": \"company\", \"over\": \"100%\", \"to\": \"post:company_complaints\", "
	"\"transfer\": true}]}, \"reply\": {\"pause\": [\"customer\"]}}, "
	"\"steps\": {\"merge\": {\"from\": [\"registered\", \"handling\", \"proposed\", \"agreed\", "
	"\"finished\"], \"by\": [\"any\"], \"restarts\": [{\"clock\": \"resolve\", "
	"\"when\": {\"field\": \"new_facts\", \"is\": true}}, \"reply\"]}, \"unmerge\": {\"by\": [\"any\"]}, "
	"\"contact\": {\"moves\": {\"resolve\": \"promised_at\"}, \"from\": [\"registered\", \"handling\", "
	"\"proposed\", \"agreed\"], \"by\": [\"any\"]}, \"reply\": {\"by\": [\"any\"]}, "
	"\"propose\": {\"by\": [\"any\"]}, \"agree\": {\"by\": [\"any\"]}, \"disagree\": {\"by\": [\"any\"]}, "
	"\"finish\": {\"by\": [\"any\"]}, \"rework\": {\"by\": [\"any\"]}, \"dispatch\": {\"by\": [\"any\"]}, "
	"\"verify\": {\"by\": [\"any\"], \"not_by\": []}, \"tell\": {\"by\": [\"any\"]}, "
	"\"link\": {\"by\": [\"any\"]}, \"close\": {\"by\": [\"any\"], \"needs\": []}, "
	"\"withdraw\": {\"by\": [\"any\"], \"not_by\": []}, "
	"\"prolong\": {\"from\": \"*\", \"to\": \"=\", \"by\": [\"any\"], \"takes\": [\"promised_at\"], "
	"\"moves\": {\"resolve\": {\"field\": \"promised_at\", \"within\": \"24h\"}}, \"source\": \"S0-4-11\"}}}}, "
	"\"labels\": {\"en\": {\"kinds/complaint/steps/prolong\": \"prolong\", "
	"\"kinds/complaint/clocks/resolve/rungs/half\": \"half\"}, "
	"\"zh\": {\"kinds/complaint/steps/prolong\": \"延长\", "
	"\"kinds/complaint/clocks/resolve/rungs/half\": \"半程\"}}";

static int begin(void **state)
{
	(void)state;
	desk_begin();
	edition_with(rules);
	a = desk_register("complaint", "eng.leak", "", NULL);
	b = desk_register("complaint", "eng.leak", "", NULL);
	c = desk_register("complaint", "eng.leak", "", NULL);
	return 0;
}

static int end(void **state)
{
	(void)state;
	refold_same(a);
	refold_same(b);
	refold_same(c);
	desk_end();
	return 0;
}

static enum cs_code merge(int64_t one, int64_t into, const char *words, struct cs_err *e)
{
	char text[200], ref[CS_REF_SIZE];

	snprintf(text, sizeof text, "merge note=x into=%s %s", cs_ref_text(into, ref), words);
	return desk_step(one, text, e);
}

static void refused(int64_t one, int64_t into, const char *why)
{
	struct cs_err e = {0};

	if (merge(one, into, "", &e) == CS_OK)
		fail_msg("merged, not: %s", why);
	if (!strstr(e.text, why))
		fail_msg("%s", e.text);
}

static void refused_step(int64_t ticket, const char *words, const char *why)
{
	struct cs_err e = {0};

	if (desk_step(ticket, words, &e) == CS_OK)
		fail_msg("%s: accepted", words);
	if (!strstr(e.text, why))
		fail_msg("%s: %s", words, e.text);
}

/* "met@1234": how a clock's current run stands. */
static const char *clock_text(int64_t ticket, const char *clock)
{
	static char text[80];
	const struct cs_clock_row *r = cs_image_clock(desk_ticket(ticket), clock);

	snprintf(text, sizeof text, "%s due %lld",
		 r->verdict                ? r->verdict
		 : r->paused_at != CS_NULL ? "paused"
					   : "running",
		 r->due_at == CS_NULL ? -1LL : (long long)(r->due_at - desk_at("2026-11-02 09:00")) / 3600);
	return text;
}

static void test_older_survives(void **state)
{
	(void)state;
	/* Whichever was named. */
	assert_int_equal(merge(a, b, "", NULL), CS_OK);
	assert_string_equal(desk_state(b), "merged");
	assert_true(desk_ticket(b)->t.merged_into == a);
	assert_true(desk_ticket(a)->t.matter == a && desk_ticket(b)->t.matter == a);
	/* As it is stated to be the same. */
	char words[60], ref[CS_REF_SIZE];

	snprintf(words, sizeof words, "link same_as=%s", cs_ref_text(b, ref));
	desk_do(c, words);
	desk_do(c, "merge note=y");
	assert_true(desk_ticket(c)->t.merged_into == a); /* b answers through a */
}

/* Who complained on two tickets that were merged goes with the last of them (S0-4-8, C17). */
static void test_two_bring_one(void **state)
{
	const int64_t x = matters_complain(FIRST_PERSON, NULL), y = matters_complain(FIRST_PERSON + 1, NULL),
		      z = matters_complain(FIRST_PERSON + 1, NULL), gone[] = {y, z};

	(void)state;
	assert_int_equal(merge(y, x, "", NULL), CS_OK);
	assert_int_equal(merge(z, x, "", NULL), CS_OK);
	for (int undone = 0; undone <= 2; undone++) {
		const struct cs_image *im = desk_ticket(x);
		int there = 0;

		for (size_t i = 0; i < cs_image_count(im, CS_P_PARTY); i++) {
			const struct cs_party_row *p = cs_image_at(im, CS_P_PARTY, i);

			there += p->person == FIRST_PERSON + 1 && p->until == CS_NULL;
		}
		assert_int_equal(there, undone < 2);
		if (undone < 2)
			desk_do(gone[undone], "unmerge note=x");
	}
	refold_same(x);
}

static void test_restart(void **state)
{
	(void)state;
	desk_time("2026-11-02 15:00");
	assert_string_equal(clock_text(a, "resolve"), "running due 24");
	assert_int_equal(merge(b, a, "new_facts=yes facts_at=2026-11-02_13:00", NULL), CS_OK);
	assert_string_equal(clock_text(a, "resolve"), "running due 28"); /* 13:00 + 24 h */
	assert_int_equal(cs_image_clock(desk_ticket(a), "resolve")->run, 2);
	/* Not without new facts; of papers that nobody dated, from when the ticket came in. */
	desk_time("2026-11-02 16:00");
	assert_int_equal(merge(c, a, "new_facts=no", NULL), CS_OK);
	assert_int_equal(cs_image_clock(desk_ticket(a), "resolve")->run, 2);
	desk_do(c, "unmerge note=x");
	assert_int_equal(merge(c, a, "new_facts=yes", NULL), CS_OK);
	assert_string_equal(clock_text(a, "resolve"), "running due 28"); /* never earlier than it began before */
	assert_int_equal(cs_image_clock(desk_ticket(a), "resolve")->run, 3);
}

static void test_steps_reach_the_survivor(void **state)
{
	const struct cs_image *im;
	int64_t last;

	(void)state;
	assert_int_equal(merge(c, b, "", NULL), CS_OK);
	assert_int_equal(merge(b, a, "", NULL), CS_OK);
	desk_do(c, "contact note=打电话");
	im = desk_ticket(a);
	assert_true(im->t.responded_at != CS_NULL);
	assert_true(desk_ticket(c)->t.responded_at == CS_NULL);
	desk_do(c, "repeat note=又来 party:李强:13700000001:tenant");
	assert_int_equal(cs_image_count(desk_ticket(a), CS_P_APPEAL), 1);
	assert_int_equal(cs_image_count(desk_ticket(c), CS_P_APPEAL), 0);
	last = desk_ticket(c)->t.last_event;
	desk_do(c, "note note=存档");
	assert_true(desk_ticket(c)->t.last_event == last);
	assert_true(desk_ticket(a)->t.last_event == desk->chain.last_id);
}

static void test_parties(void **state)
{
	const struct cs_image *im;

	(void)state;
	desk_do(b, "repeat note=x party:李强:13700000001:tenant");
	desk_do(b, "repeat note=x party:周敏:13700000002:owner:孙悦");
	assert_int_equal(merge(b, a, "", NULL), CS_OK);
	im = desk_ticket(a);
	assert_int_equal(cs_image_count(im, CS_P_PARTY), 3); /* 王芳 once */
	assert_true(((struct cs_party_row *)cs_image_at(im, CS_P_PARTY, 1))->via == b);
	assert_true(((struct cs_party_row *)cs_image_at(im, CS_P_PARTY, 2))->principal != CS_NULL);
	/* Who has complained of the survivor since stays with it. */
	desk_do(b, "repeat note=y party:李强:13700000001:tenant");
	desk_do(b, "unmerge note=x");
	im = desk_ticket(a);
	assert_true(((struct cs_party_row *)cs_image_at(im, CS_P_PARTY, 1))->until == CS_NULL);
	assert_true(((struct cs_party_row *)cs_image_at(im, CS_P_PARTY, 2))->until != CS_NULL);
	assert_int_equal(cs_image_count(desk_ticket(b), CS_P_PARTY), 3);
}

static void test_refused(void **state)
{
	int64_t request = desk_register("request", "eng.leak", "", NULL);

	(void)state;
	refused(a, a, "is the ticket itself");
	refused(a, request, "of kind request");
	refused_step(b, "merge note=x", "into which? --into REF");
	refused_step(b, "unmerge note=x", "the ticket is in state registered");
	assert_int_equal(merge(b, a, "", NULL), CS_OK);
	refused(b, a, "it is merged into");
	refused(b, c, "it is merged into");
	refused(a, b, "is merged into it already");
	/* Not below the survivor's last step. */
	desk_time("2026-11-02 12:00");
	desk_do(a, "note note=x");
	refused_step(b, "unmerge note=x at=2026-11-02_11:00", "was worked on since");
	/* A survivor that was merged in turn. */
	desk_do(b, "unmerge note=x");
	assert_int_equal(merge(c, b, "", NULL), CS_OK);
	assert_int_equal(merge(b, a, "", NULL), CS_OK);
	refused_step(c, "unmerge note=x", "is itself merged into");
	desk_do(b, "unmerge note=x");
	desk_do(c, "unmerge note=x");
	assert_string_equal(desk_state(b), "registered");
	assert_string_equal(desk_state(c), "registered");
	assert_true(desk_ticket(a)->t.matter == CS_NULL && desk_ticket(c)->t.matter == CS_NULL);
	/* Into one that is done. */
	desk_do(a, "answer result=x");
	refused(b, a, "is finished: link them");
}

/* Two absorbed, given back in either order: the clock is the one of before. */
static void test_two_absorbed(void **state)
{
	char before[80];

	(void)state;
	for (int order = 0; order < 2; order++) {
		snprintf(before, sizeof before, "%s", clock_text(a, "resolve"));
		desk_time(order ? "2026-11-02 11:00" : "2026-11-02 10:00");
		assert_int_equal(merge(b, a,
				       order ? "new_facts=yes facts_at=2026-11-02_11:00"
					     : "new_facts=yes facts_at=2026-11-02_10:00",
				       NULL),
				 CS_OK);
		assert_int_equal(merge(c, a, "new_facts=yes facts_at=2026-11-02_10:30", NULL), CS_OK);
		desk_do(order ? b : c, "unmerge note=x");
		desk_do(order ? c : b, "unmerge note=x");
		assert_string_equal(clock_text(a, "resolve"), before);
		assert_int_equal(cs_image_clock(desk_ticket(a), "resolve")->run, 1);
		assert_true(cs_image_clock(desk_ticket(a), "resolve")->held_at == CS_NULL);
	}
}

/* What ran out meanwhile has run out, at its own time; it is told when the merge is undone. */
static void test_ran_out(void **state)
{
	const struct cs_image *im;
	const struct cs_rung_row *r;
	int told = 0;

	(void)state;
	assert_int_equal(merge(b, a, "new_facts=yes", NULL), CS_OK);
	desk_time("2026-11-05 09:00");
	assert_int_equal(desk_settle(b), 0);
	assert_int_equal(cs_image_count(desk_ticket(b), CS_P_RUNG), 0);
	desk_do(b, "unmerge note=x");
	im = desk_ticket(b);
	assert_int_equal(cs_image_clock(im, "resolve")->breached, 1);
	for (size_t i = 0; i < cs_image_count(im, CS_P_RUNG); i++) {
		r = cs_image_at(im, CS_P_RUNG, i);
		if (strcmp(r->clock, "resolve") == 0)
			assert_true(r->at ==
				    desk_at(strcmp(r->rung, "half") == 0 ? "2026-11-02 21:00" : "2026-11-03 09:00"));
		told += strcmp(r->clock, "resolve") == 0;
	}
	assert_int_equal(told, 2);
	assert_true(im->t.responsible == desk_staff("company"));
}

/* Three merged one after the other, undone in any order: each is as it was, and of no matter. */
static void test_chain(void **state)
{
	static const struct {
		const char *merged; /* "cb": c into b */
		const char *undone; /* in this order */
		char refused;       /* whose unmerge is refused first; 0 none */
	} cases[] = {
		{"cb ba", "bc", 'c'}, /* c is b's, b is a's */
		{"ba cb", "bc", 0},   /* b answers through a: c goes there at once */
		{"ba cb", "cb", 0},   {"ba ca", "bc", 0}, {"ba ca", "cb", 0},
		{"ca ba", "bc", 0},   {"ca ba", "cb", 0}, {"cb ca", "cc", 'a'}, /* c is merged already */
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t t[3];
		char before[3][80];

		for (int k = 0; k < 3; k++) {
			t[k] = desk_register("complaint", "eng.leak", "", NULL);
			desk_time("2026-11-02 09:00");
			snprintf(before[k], sizeof before[k], "%s", clock_text(t[k], "resolve"));
		}
		for (const char *m = cases[i].merged; *m; m += m[2] ? 3 : 2)
			if (merge(t[m[0] - 'a'], t[m[1] - 'a'], "new_facts=yes", NULL) != CS_OK)
				assert_int_equal(cases[i].refused, m[1]);
		if (cases[i].refused == 'c')
			refused_step(t[2], "unmerge note=x", "is itself merged into");
		for (const char *m = cases[i].undone; *m; m++)
			if (desk_ticket(t[*m - 'a'])->t.merged_into != CS_NULL)
				desk_do(t[*m - 'a'], "unmerge note=x");
		for (int k = 0; k < 3; k++) {
			assert_string_equal(desk_state(t[k]), "registered");
			assert_true(desk_ticket(t[k])->t.matter == CS_NULL);
			assert_string_equal(clock_text(t[k], "resolve"), before[k]);
			refused_step(t[k], "unmerge note=x", "the ticket is in state registered");
			refold_same(t[k]);
		}
	}
}

/* An extension granted meanwhile (S0-4-11) is one of the clock's own due, by no more than the rules allow from that;
   its ladder goes by it, but for what came before. Merged at hour 6 by papers of hour 4: the new run is due at 28, at
   most at 52. */
static void test_extended_meanwhile(void **state)
{
	static const struct {
		int hours[2], until[2]; /* when it was extended, to what; 0: no more */
		int undone;             /* when the merge is undone */
		const char *order;      /* in which: c was merged, too, by papers of hour 5 */
		int due, extended, breached, missed;
		int company; /* when this rung comes */
		const char *verdict;
	} cases[] = {
		{{7}, {52}, 27, "b", 48, 1, 0, 0, 48, "met"},
		{{7}, {33}, 27, "b", 33, 1, 0, 0, 33, "met"},
		{{7, 8}, {40, 60}, 27, "b", 60, 2, 0, 0, 60, "met"},
		{{24}, {52}, 27, "b", 48, 1, 0, 0, 48, "met"},
		/* Its own due had passed by then: late it is, and it was told so at that time. */
		{{26}, {52}, 27, "b", 48, 1, 0, 24, 24, "late"},
		{{7}, {52}, 60, "b", 48, 1, 1, 0, 48, "late"},
		{{7}, {53}, 27, "bc", 48, 1, 0, 0, 48, "met"},
		{{7}, {53}, 27, "cb", 48, 1, 0, 0, 48, "met"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const cs_time from = desk_at("2026-11-02 09:00") + (cs_time)i * 7 * 86400;
		const struct cs_clock_row *run;
		struct cs_image *im;
		struct cs_due_moves l;
		struct cs_err e = {0};
		char words[80], at[40];
		int64_t t[3];
		int fired = 0;

		for (int k = 0; k < 3; k++) {
			desk->now = from;
			t[k] = desk_register("complaint", "eng.leak", "", NULL);
		}
		for (int k = 1; k <= (int)strlen(cases[i].order); k++) {
			desk->now = from + 6 * 3600;
			cs_time_text_minute(desk->policy->zone, from + (3 + k) * 3600, at);
			at[10] = '_';
			snprintf(words, sizeof words, "new_facts=yes facts_at=%s", at);
			assert_int_equal(merge(t[k], t[0], words, NULL), CS_OK);
		}
		for (int k = 0; k < 2 && cases[i].hours[k]; k++) {
			desk->now = from + cases[i].hours[k] * 3600;
			cs_time_text_minute(desk->policy->zone, from + cases[i].until[k] * 3600, at);
			at[10] = '_';
			snprintf(words, sizeof words, "prolong promised_at=%s", at);
			desk_do(t[0], words);
		}
		desk->now = from + cases[i].undone * 3600;
		for (const char *o = cases[i].order; *o; o++)
			desk_do(t[*o - 'a'], "unmerge note=x");
		im = desk_ticket(t[0]);
		run = cs_image_clock(im, "resolve");
		if (run->run != 1 || run->due_at != from + cases[i].due * 3600 || run->extended != cases[i].extended ||
		    run->breached != cases[i].breached ||
		    run->missed_due != (cases[i].missed ? from + cases[i].missed * 3600 : CS_NULL))
			fail_msg("case %zu: run %lld, due %lld, extended %lld, breached %lld", i, (long long)run->run,
				 (long long)(run->due_at - from) / 3600, (long long)run->extended,
				 (long long)run->breached);
		/* It is told like any other. */
		assert_int_equal(cs_due_moves(desk, im, run, &l, &e), 0);
		assert_int_equal(l.count, cases[i].extended);
		assert_true(l.first == from + 24 * 3600 && l.move[0].before == l.first && l.move[0].extends);
		assert_string_equal(l.move[0].step, "prolong");
		assert_true(l.move[0].at == from + cases[i].hours[0] * 3600 && l.move[0].most == from + 48 * 3600);
		assert_true(l.move[l.count - 1].due == run->due_at);
		if (cases[i].undone == 27)
			desk_do(t[0], "answer result=x");
		desk->now = from + 72 * 3600;
		desk_settle(t[0]);
		im = desk_ticket(t[0]);
		for (size_t k = 0; k < cs_image_count(im, CS_P_RUNG); k++) {
			const struct cs_rung_row *r = cs_image_at(im, CS_P_RUNG, k);

			if (r->run != 1 || strcmp(r->clock, "resolve") != 0)
				continue;
			assert_int_equal(r->moot, 0);
			if (r->at != from + (strcmp(r->rung, "half") == 0 ? 12 : cases[i].company) * 3600)
				fail_msg("case %zu: %s at %lld", i, r->rung, (long long)(r->at - from) / 3600);
			fired++;
		}
		assert_int_equal(fired, cases[i].undone == 27 && cases[i].company > 27 ? 1 : 2);
		if (cases[i].undone == 27)
			assert_string_equal(cs_image_run(im, "resolve", 1, 1)->verdict, cases[i].verdict);
		for (int k = 0; k < 3; k++)
			refold_same(t[k]);
	}
}

/* Two were merged, the later one is given back first: what befell the clock then, while it was held twice and after,
   it keeps when the other one is given back, too. */
static void test_held_twice(void **state)
{
	(void)state;
	for (int after = 0; after < 2; after++) {
		const cs_time from = desk_at(after ? "2026-11-09 09:00" : "2026-11-02 09:00");
		const struct cs_clock_row *run;
		int64_t t[3];

		for (int k = 0; k < 3; k++) {
			desk->now = from;
			t[k] = desk_register("complaint", "eng.leak", "", NULL);
		}
		desk->now = from + 3600;
		desk_do(t[0], "dispatch handling=p1.engineering promised_at=2026-11-30_18:00");
		assert_int_equal(merge(t[1], t[0], "new_facts=yes", NULL), CS_OK);
		assert_int_equal(merge(t[2], t[0], "new_facts=yes", NULL), CS_OK);
		desk->now = from + 2 * 3600;
		desk_do(t[0], "propose proposal=x");
		desk->now = from + 5 * 3600;
		desk_do(t[0], "agree"); /* 3 h of waiting */
		if (after)
			desk_do(t[2], "unmerge note=x");
		desk->now = from + 26 * 3600;
		desk_do(t[0], "finish result=x");
		desk->now = from + 30 * 3600;
		if (!after)
			desk_do(t[2], "unmerge note=x");
		desk_do(t[1], "unmerge note=x");
		run = cs_image_clock(desk_ticket(t[0]), "resolve");
		assert_int_equal(run->run, 1);
		assert_true(run->due_at == from + 27 * 3600 && run->stop_at == from + 26 * 3600);
		assert_string_equal(run->verdict, "met");
		for (int k = 0; k < 3; k++)
			refold_same(t[k]);
	}
}

/* So many rungs of the first run of the first cycle fired, each once and at its own time. */
static void check_rungs(int64_t ticket, cs_time from, int fired, size_t row)
{
	static const struct {
		const char *rung;
		int hours;
	} rungs[] = {{"half", 12}, {"company", 24}};
	const struct cs_image *im = desk_ticket(ticket);

	for (int k = 0; k < 2; k++) {
		int n = 0;

		for (size_t i = 0; i < cs_image_count(im, CS_P_RUNG); i++) {
			const struct cs_rung_row *r = cs_image_at(im, CS_P_RUNG, i);

			if (r->cycle != 1 || r->run != 1 || strcmp(r->clock, "resolve") != 0 ||
			    strcmp(r->rung, rungs[k].rung) != 0)
				continue;
			assert_true(r->at == from + 3600 * rungs[k].hours);
			assert_int_equal(r->moot, 0);
			n++;
		}
		if (n != (k < fired))
			fail_msg("case %zu: %s fired %d times", row, rungs[k].rung, n);
	}
}

/* The survivor was finished, closed, taken up again or taken back meanwhile: its clock is judged by the due of before.
   The merged one brought new papers after 6 h: by them it had 30. */
static void test_survivor_went_on(void **state)
{
	static const struct {
		int hours;                              /* after it came in */
		const char *steps[3], *state, *verdict; /* of the first run */
		int rungs, owed;                        /* progress: still owed, the first rung's */
	} cases[] = {
		{11, {"answer result=x"}, "finished", "met", 0, 0},
		{12, {"answer result=x"}, "finished", "met", 0, 0}, /* on the crossing itself */
		{13, {"answer result=x"}, "finished", "met", 1, 1},
		{13, {"answer result=x", "tell note=x"}, "finished", "met", 1, 0},
		{13, {"tell note=x", "answer result=x"}, "finished", "met", 1, 0},
		{24, {"answer result=x"}, "finished", "met", 1, 1}, /* on the due second */
		{25, {"answer result=x"}, "finished", "late", 2, 1},
		{25, {"answer result=x", "rework note=x", "withdraw why=twice"}, "closed", "late", 2, 0},
		{25, {"answer result=x", "rework note=x"}, "handling", "late", 2, 1},
		{11, {"withdraw why=twice"}, "closed", "void", 0, 0},
		{25, {"withdraw why=twice"}, "closed", "late", 2, 0},
		{11, {"withdraw why=twice", "reopen note=x"}, "handling", "void", 0, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const cs_time from = desk_at("2026-11-02 09:00") + (cs_time)i * 7 * 86400;
		const struct cs_image *im;
		char words[80], at[40];
		int64_t s, m;
		int owed = 0;

		desk->now = from;
		s = desk_register("complaint", "eng.leak", "", NULL);
		m = desk_register("complaint", "eng.leak", "", NULL);
		desk->now = from + 6 * 3600;
		cs_time_text_minute(desk->policy->zone, desk->now, at);
		at[10] = '_';
		snprintf(words, sizeof words, "new_facts=yes facts_at=%s", at);
		assert_int_equal(merge(m, s, words, NULL), CS_OK);
		desk->now = from + 3600 * cases[i].hours;
		for (size_t k = 0; k < 3 && cases[i].steps[k]; k++)
			desk_do(s, cases[i].steps[k]);
		check_rungs(s, from, 0, i);
		desk->now = from + 72 * 3600;
		desk_do(m, "unmerge note=x");
		check_rungs(s, from, cases[i].rungs, i);
		check_rungs(m, from, 2, i);
		im = desk_ticket(s);
		assert_string_equal(im->t.state, cases[i].state);
		assert_string_equal(cs_image_run(im, "resolve", 1, 1)->verdict, cases[i].verdict);
		for (size_t k = 0; k < cs_image_count(im, CS_P_OWED); k++) {
			const struct cs_owed_row *o = cs_image_at(im, CS_P_OWED, k);

			owed += strcmp(o->cause, "resolve/half/1") == 0 && o->done_at == CS_NULL &&
				o->waived_at == CS_NULL;
		}
		if (owed != cases[i].owed)
			fail_msg("case %zu: %d still owed", i, owed);
		/* Once: nothing more fires. */
		assert_int_equal(desk_settle(m), 0);
		check_rungs(s, from, cases[i].rungs, i);
		refold_same(s);
		refold_same(m);
	}
}

/* The new papers came while the customer was waited for: the new run stands still, too, from then on. */
static void test_restart_while_waiting(void **state)
{
	(void)state;
	desk_do(a, "dispatch handling=p1.engineering promised_at=2026-11-04_18:00");
	desk_time("2026-11-02 10:00");
	desk_do(a, "propose proposal=x");
	desk_time("2026-11-02 15:00");
	assert_int_equal(merge(b, a, "new_facts=yes facts_at=2026-11-02_12:00", NULL), CS_OK);
	assert_int_equal(cs_image_clock(desk_ticket(a), "resolve")->paused_at, desk_at("2026-11-02 12:00"));
	desk_time("2026-11-02 16:00");
	desk_do(a, "agree");
	assert_string_equal(clock_text(a, "resolve"), "running due 31"); /* 16:00 + 24 h: none of it was used up */
	desk_do(b, "unmerge note=x");
	assert_string_equal(clock_text(a, "resolve"), "running due 30"); /* 09:00 + 24 h + 6 h of waiting */
}

/* Whoever answers for it by a rung of the new run alone does so no longer; who did before is told. The period is
   shorter by the rules in force when it starts anew. */
static void test_moved_by_the_merge(void **state)
{
	int64_t before = desk_ticket(a)->t.responsible;

	(void)state;
	edition_with("\"params\": {\"cmp.escalate\": {\"value\": \"4h\"}}, \"kinds\": {\"complaint\": {\"clocks\": "
		     "{\"resolve\": {\"rungs\": [{\"id\": \"company\", \"over\": \"100%\", \"to\": "
		     "\"post:company_complaints\", \"transfer\": true}]}}, \"steps\": {\"merge\": {\"by\": [\"any\"]}, "
		     "\"unmerge\": {\"by\": [\"any\"]}}}}");
	desk_time("2026-11-02 10:00");
	assert_int_equal(merge(b, a, "new_facts=yes facts_at=2026-11-02_10:00", NULL), CS_OK);
	desk_time("2026-11-02 15:00");
	desk_settle(a);
	assert_true(desk_ticket(a)->t.responsible == desk_staff("company"));
	desk_do(b, "unmerge note=x");
	assert_true(desk_ticket(a)->t.responsible == before);
	assert_int_equal(desk_ticket(a)->t.level, 0);
	assert_string_equal(clock_text(a, "resolve"), "running due 24");
}

/* Of two runs that counted for nothing each takes back its own rungs, whichever is given back first. */
static void test_rungs_of_two(void **state)
{
	(void)state;
	for (int order = 0; order < 2; order++) {
		int64_t t[3];
		int moot = 0;

		desk_time(order ? "2026-11-10 09:00" : "2026-11-02 09:00");
		for (int k = 0; k < 3; k++)
			t[k] = desk_register("complaint", "eng.leak", "", NULL);
		assert_int_equal(merge(t[1], t[0], "new_facts=yes", NULL), CS_OK);
		desk_time(order ? "2026-11-11 10:00" : "2026-11-03 10:00");
		assert_int_equal(merge(t[2], t[0], "new_facts=yes", NULL), CS_OK);
		desk_time(order ? "2026-11-13 10:00" : "2026-11-05 10:00");
		desk_settle(t[0]);
		desk_do(t[order ? 2 : 1], "unmerge note=x");
		desk_do(t[order ? 1 : 2], "unmerge note=x");
		for (size_t i = 0; i < cs_image_count(desk_ticket(t[0]), CS_P_RUNG); i++) {
			const struct cs_rung_row *r = cs_image_at(desk_ticket(t[0]), CS_P_RUNG, i);

			if (strcmp(r->clock, "resolve") == 0)
				assert_int_equal(r->moot, r->run != 1);
			moot += r->moot == 1;
		}
		assert_true(moot > 0);
		refold_same(t[0]);
	}
}

/* Major only by what was merged (S3-4-7: three by one customer): undone, it falls, and what was owed of it with that
   reason; the highest class stays on record. */
static void test_class_of_the_merge(void **state)
{
	const struct cs_image *im;
	const char *why = NULL;

	(void)state;
	assert_int_equal(merge(b, a, "", NULL), CS_OK);
	assert_string_equal(desk_ticket(a)->t.importance, "ordinary");
	assert_int_equal(merge(c, a, "", NULL), CS_OK);
	assert_string_equal(desk_ticket(a)->t.importance, "major");
	desk_do(a, "turn note=x");
	desk_do(c, "unmerge note=x");
	im = desk_ticket(a);
	assert_string_equal(im->t.importance, "ordinary");
	assert_string_equal(im->t.importance_peak, "major");
	for (size_t i = 0; i < cs_image_count(im, CS_P_OWED); i++) {
		const struct cs_owed_row *o = cs_image_at(im, CS_P_OWED, i);

		if (strcmp(o->duty, "major_turn") == 0)
			why = o->why;
	}
	assert_string_equal(why, "fell");
}

static const struct cs_owed_row *owed(int64_t ticket, const char *duty)
{
	const struct cs_image *im = desk_ticket(ticket);

	for (size_t i = 0; i < cs_image_count(im, CS_P_OWED); i++) {
		const struct cs_owed_row *o = cs_image_at(im, CS_P_OWED, i);

		if (strcmp(o->duty, duty) == 0)
			return o;
	}
	return NULL;
}

static void link_same(int64_t ticket, const char *other)
{
	char words[60];

	snprintf(words, sizeof words, "link same_as=%s", other);
	desk_do(ticket, words);
}

/* Both of one matter before: what is merged makes the survivor's class all the same, and no more once it is undone. */
static void test_class_within_a_matter(void **state)
{
	char ref[CS_REF_SIZE];

	(void)state;
	link_same(b, cs_ref_text(a, ref));
	desk_actor("chief");
	desk_do(b, "assess people=4");
	desk_actor("ling");
	assert_string_equal(desk_ticket(a)->t.importance, "ordinary");
	assert_int_equal(merge(b, a, "", NULL), CS_OK);
	assert_string_equal(desk_ticket(a)->t.importance, "hot");
	desk_do(b, "unmerge note=x");
	assert_string_equal(desk_ticket(a)->t.importance, "ordinary");
}

/* The class that comes of others while it is merged: it owes what that brings about once it stands for itself again,
   and is rid of what it owed of a class that it has no more (S0-4-8, S3-4-26). */
static void test_class_meanwhile(void **state)
{
	char ref[CS_REF_SIZE];

	(void)state;
	link_same(b, cs_ref_text(a, ref));
	assert_int_equal(merge(b, a, "", NULL), CS_OK);
	link_same(c, cs_ref_text(a, ref));
	assert_string_equal(desk_ticket(b)->t.importance, "major");
	assert_null(owed(b, "major_weekly"));
	desk_do(b, "unmerge note=x");
	assert_string_equal(desk_ticket(b)->t.importance, "major");
	assert_non_null(owed(b, "major_weekly"));
	assert_true(cs_owed_open(owed(b, "major_weekly")));
	assert_true(owed(b, "major_notice")->done_at != CS_NULL);
	assert_null(desk_ticket(b)->t.duty_class);
	/* And the other way. */
	assert_int_equal(merge(b, a, "", NULL), CS_OK);
	assert_string_equal(owed(b, "major_weekly")->why, "merged");
	link_same(c, "none");
	assert_string_equal(desk_ticket(b)->t.importance, "ordinary");
	assert_string_equal(desk_ticket(b)->t.duty_class, "major");
	desk_do(b, "unmerge note=x");
	assert_string_equal(owed(b, "major_weekly")->why, "fell");
	assert_null(desk_ticket(b)->t.duty_class);
	/* As it was, though it was otherwise between: nothing. */
	assert_int_equal(merge(b, a, "", NULL), CS_OK);
	link_same(c, cs_ref_text(a, ref));
	link_same(c, "none");
	desk_do(b, "unmerge note=x");
	assert_string_equal(owed(b, "major_weekly")->why, "fell");
	assert_null(desk_ticket(b)->t.duty_class);
}

/* How often the ticket was told late, and that it was when its time was over. */
static int told_late(int64_t ticket, const char *duty, cs_time at)
{
	struct cs_stmt *walk = cs_event_of(desk->db, "ticket", ticket, NULL);
	struct cs_event ev;
	int n = 0;

	while (cs_event_next(walk, &ev, NULL) == 1) {
		struct cs_effects l = {.arena = &desk->work};

		assert_int_equal(cs_effects_read(&l, ev.facts, NULL, NULL), 0);
		for (size_t i = 0; i < l.count; i++)
			if (l.effect[i].op == CS_OP_DUTY_LATE && strcmp(cs_arg_text(&l.effect[i], 0), duty) == 0) {
				assert_true(ev.at == at);
				n++;
			}
	}
	return n;
}

/* What the merged one owes is waived with the merge and owed again without it; what got late meanwhile is told once, at
   its own time (S3-4-28: a hot report within one working day). */
static void test_duty_late_meanwhile(void **state)
{
	(void)state;
	desk_actor("chief");
	desk_do(b, "assess people=4");
	desk_actor("ling");
	assert_true(owed(b, "hot_report")->due_at == desk_at("2026-11-04 00:00"));
	assert_int_equal(merge(b, a, "", NULL), CS_OK);
	assert_string_equal(owed(b, "hot_report")->why, "merged");
	desk_time("2026-11-09 09:00");
	desk_settle(b);
	assert_int_equal(told_late(b, "hot_report", 0), 0);
	desk_do(b, "unmerge note=x");
	assert_true(owed(b, "hot_report")->waived_at == CS_NULL);
	assert_int_equal(told_late(b, "hot_report", desk_at("2026-11-04 00:00")), 1);
	assert_int_equal(desk_settle(b), 0);
	/* Merged and given back once more, nothing is told twice. */
	assert_int_equal(merge(b, a, "", NULL), CS_OK);
	desk_do(b, "unmerge note=x");
	assert_int_equal(told_late(b, "hot_report", desk_at("2026-11-04 00:00")), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_older_survives, begin, end),
		cmocka_unit_test_setup_teardown(test_two_bring_one, begin, end),
		cmocka_unit_test_setup_teardown(test_restart, begin, end),
		cmocka_unit_test_setup_teardown(test_steps_reach_the_survivor, begin, end),
		cmocka_unit_test_setup_teardown(test_parties, begin, end),
		cmocka_unit_test_setup_teardown(test_refused, begin, end),
		cmocka_unit_test_setup_teardown(test_two_absorbed, begin, end),
		cmocka_unit_test_setup_teardown(test_ran_out, begin, end),
		cmocka_unit_test_setup_teardown(test_chain, begin, end),
		cmocka_unit_test_setup_teardown(test_survivor_went_on, begin, end),
		cmocka_unit_test_setup_teardown(test_extended_meanwhile, begin, end),
		cmocka_unit_test_setup_teardown(test_held_twice, begin, end),
		cmocka_unit_test_setup_teardown(test_restart_while_waiting, begin, end),
		cmocka_unit_test_setup_teardown(test_moved_by_the_merge, begin, end),
		cmocka_unit_test_setup_teardown(test_rungs_of_two, begin, end),
		cmocka_unit_test_setup_teardown(test_class_of_the_merge, begin, end),
		cmocka_unit_test_setup_teardown(test_class_within_a_matter, begin, end),
		cmocka_unit_test_setup_teardown(test_class_meanwhile, begin, end),
		cmocka_unit_test_setup_teardown(test_duty_late_meanwhile, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
