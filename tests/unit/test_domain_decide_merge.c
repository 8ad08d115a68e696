/* A merge that was undone leaves nothing (S0-4-8, G9): lives with and without one, of random steps at random times. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "desk.h"
#include "domain/reclock.h"
#include "editions.h"
#include "refold.h"
#include "store/ref.h"
#include "store/running.h"

/* resolve pauses while the customer is waited for, is moved by contact, climbs at 12 h and 24 h; reply restarts, too.
   Everybody may take any step, as the merged ticket and its twin would have other people else. */
#define FROM_WORK "\"from\": [\"registered\", \"handling\", \"proposed\", \"agreed\""
#define BY_ANY    "\"by\": [\"any\"]"
#define ANY(id)   "\"" id "\": {" BY_ANY "}, "
#define RULES(limit) "\"params\": {\"cmp.escalate\": {\"value\": \"" limit "\"}}, " OTHER_RULES
/* clang-format off */
#define OTHER_RULES \
	"\"kinds\": {\"complaint\": {" \
	"\"clocks\": {\"resolve\": {\"pause\": [\"customer\"], \"rungs\": [{\"id\": \"half\", \"over\": \"12h\", " \
	"\"to\": " \
	"\"post:area_director\", \"owe\": \"progress\"}, {\"id\": \"company\", \"over\": \"100%\", \"to\": " \
	"\"post:company_complaints\", \"transfer\": true}]}, \"reply\": {\"pause\": [\"customer\"]}}, " \
	"\"steps\": {\"merge\": {" FROM_WORK ", \"finished\"], " BY_ANY ", \"restarts\": [{\"clock\": \"resolve\", " \
	"\"when\": {\"field\": \"new_facts\", \"is\": true}}, \"reply\"]}, " \
	"\"contact\": {" FROM_WORK "], " BY_ANY ", \"moves\": {\"resolve\": \"promised_at\"}}, " \
	"\"verify\": {" BY_ANY ", \"not_by\": []}, \"withdraw\": {" BY_ANY ", \"not_by\": []}, " \
	"\"close\": {" BY_ANY ", \"needs\": []}, " \
	ANY("unmerge") ANY("reply") ANY("propose") ANY("agree") ANY("disagree") ANY("finish") ANY("rework") \
	ANY("dispatch") ANY("tell") ANY("link") ANY("leave") ANY("assess") "\"turn\": {" BY_ANY "}}, " \
	"\"fields\": {" ANY("our_fault") ANY("lawsuit") "\"media\": {" BY_ANY "}}}}, " \
	"\"labels\": {\"en\": {\"kinds/complaint/clocks/resolve/rungs/half\": \"half\"}, \"zh\": " \
	"{\"kinds/complaint/clocks/resolve/rungs/half\": \"半程\"}}"
/* clang-format on */
static const char rules[] = RULES("24h"), slower[] = RULES("40h"), quicker[] = RULES("18h");

static enum cs_code merge(int64_t one, int64_t into, const char *words, struct cs_err *e)
{
	char text[200], ref[CS_REF_SIZE];

	snprintf(text, sizeof text, "merge note=x into=%s %s", cs_ref_text(into, ref), words);
	return desk_step(one, text, e);
}

/* --- as if never merged --------------------------------------------------------------------------- */

static bool counts(const struct cs_image *im, const char *clock, int64_t cycle, int64_t run)
{
	const struct cs_clock_row *r = cs_image_run(im, clock, cycle, run);

	return r && r->annulled != 1;
}

/* Its number among the runs that count. */
static int ordinal(const struct cs_image *im, const char *clock, int64_t cycle, int64_t run)
{
	int n = 0;

	for (int64_t i = 1; i <= run; i++)
		n += counts(im, clock, cycle, i);
	return n;
}

static void tell_clocks(const struct cs_image *im, struct cs_buf *out)
{
	for (size_t i = 0; i < cs_image_count(im, CS_P_CLOCK); i++) {
		const struct cs_clock_row *r = cs_image_at(im, CS_P_CLOCK, i);

		if (r->annulled == 1)
			continue;
		cs_buf_printf(
			out,
			"clock %s %lld.%d from %lld due %lld%s stop %lld %s%s paused %lld %s breached %lld %lld next "
			"%lld %s\n",
			r->clock, (long long)r->cycle, ordinal(im, r->clock, r->cycle, r->run), (long long)r->start_at,
			(long long)r->due_at, r->due_set ? "!" : "", (long long)r->stop_at,
			r->verdict ? r->verdict : "-", r->held_at == CS_NULL ? "" : " held", (long long)r->paused_at,
			r->pauses ? r->pauses : "", (long long)r->breached, (long long)r->missed_due,
			(long long)r->next_at, r->crossings ? r->crossings : "");
	}
	for (size_t i = 0; i < cs_image_count(im, CS_P_RUNG); i++) {
		const struct cs_rung_row *r = cs_image_at(im, CS_P_RUNG, i);

		if (counts(im, r->clock, r->cycle, r->run))
			cs_buf_printf(out, "rung %s/%s %lld.%d at %lld to %lld moot %lld\n", r->clock, r->rung,
				      (long long)r->cycle, ordinal(im, r->clock, r->cycle, r->run), (long long)r->at,
				      (long long)r->to_staff, (long long)r->moot);
	}
}

/* On a class ("importance/hot/1"), or for a step or a period by its number ("turn/105", "every/2"): by the class that
   the ticket had then. Which classes it was in, and the highest, stay on record, be it by the merge. */
static bool is_of_class(const char *cause)
{
	const char *number = strchr(cause, '/');

	return strncmp(cause, "importance/", strlen("importance/")) == 0 ||
	       (number && strspn(number + 1, "0123456789") == strlen(number + 1));
}

/* What is over, of a run that counts for nothing: it happened meanwhile. */
static bool happened_meanwhile(const struct cs_image *im, const struct cs_owed_row *r)
{
	char clock[64], rung[64];
	int cycle, run = 1;

	if (r->done_at == CS_NULL && r->waived_at == CS_NULL)
		return false;
	return sscanf(r->cause, "%63[^/]/%63[^/]/%d.%d", clock, rung, &cycle, &run) >= 3 &&
	       cs_image_run(im, clock, cycle, run) && !counts(im, clock, cycle, run);
}

static void tell_owed(const struct cs_image *im, struct cs_buf *out)
{
	for (size_t i = 0; i < cs_image_count(im, CS_P_OWED); i++) {
		const struct cs_owed_row *r = cs_image_at(im, CS_P_OWED, i);

		if (!is_of_class(r->cause) && !happened_meanwhile(im, r))
			cs_buf_printf(out, "owed %s %s due %lld done %d waived %d\n", r->duty, r->cause,
				      (long long)r->due_at, r->done_at != CS_NULL, r->waived_at != CS_NULL);
	}
}

static bool complains(const struct cs_image *im, int64_t person)
{
	for (size_t i = 0; i < cs_image_count(im, CS_P_PARTY); i++) {
		const struct cs_party_row *p = cs_image_at(im, CS_P_PARTY, i);

		if (p->until == CS_NULL && p->person == person)
			return true;
	}
	return false;
}

static const char *tell(int64_t ticket, struct cs_buf *out)
{
	struct cs_image *im = desk_ticket(ticket);

	cs_image_settle(im);
	cs_buf_printf(
		out,
		"%s %s waits %s cycle %lld level %lld responsible %lld due %lld late %lld responded %lld done %lld "
		"closed %lld\n",
		im->t.state, im->t.state_is, im->t.waits ? im->t.waits : "-", (long long)im->t.cycle,
		(long long)im->t.level, (long long)im->t.responsible, (long long)im->t.due_at, (long long)im->t.late,
		(long long)im->t.responded_at, (long long)im->t.done_at, (long long)im->t.closed_at);
	cs_buf_printf(out, "importance %s by %s\n", im->t.importance,
		      im->t.importance_rules ? im->t.importance_rules : "-");
	tell_clocks(im, out);
	for (size_t i = 0; i < cs_image_count(im, CS_P_CALLBACK); i++) {
		const struct cs_callback_row *r = cs_image_at(im, CS_P_CALLBACK, i);

		if (r->outcome && strcmp(r->outcome, "unmerged") == 0 && !complains(im, r->person))
			continue; /* of somebody whom the merge had brought: what happened meanwhile */
		cs_buf_printf(out, "callback %s %s %lld %s %s from %lld due %lld done %lld\n", r->rule, r->purpose,
			      (long long)r->person, r->state, r->outcome ? r->outcome : "-", (long long)r->from_at,
			      (long long)r->due_at, (long long)r->done_at);
	}
	tell_owed(im, out);
	return cs_buf_str(out);
}

static void compare(int64_t one, int64_t other, const char *which, unsigned seed)
{
	struct cs_buf x = {0}, y = {0};

	tell(one, &x);
	tell(other, &y);
	if (strcmp(cs_buf_str(&x), cs_buf_str(&y)) != 0) {
		fprintf(stderr, "merged and given back:\n%s\nnever merged:\n%s", cs_buf_str(&x), cs_buf_str(&y));
		fail_msg("seed %u, %s: they differ", seed, which);
	}
	cs_buf_free(&x);
	cs_buf_free(&y);
}

static const char *const steps[] = {
	"contact note=x",
	"contact note=x promised_at=%s",
	"dispatch handling=p1.engineering promised_at=%s",
	"propose proposal=x",
	"agree",
	"disagree note=x",
	"tell note=x",
	"reply reply_text=x",
	"finish result=x",
	"rework note=x",
	"verify note=x",
	"repeat note=x party:李强:13700000001:tenant",
	"note note=x",
	"repeat note=x party:王芳:13800138000:owner",
	"assess our_fault=yes",
	"assess our_fault=no lawsuit=possible",
	"turn note=x",
	"close",
	"reopen note=x",
	"withdraw why=customer",
	"leave note=x party:李强:13700000001:tenant",
};

static void step_on(int64_t ticket, int64_t twin, int which)
{
	char words[120], at[40];
	enum cs_code one, other;

	cs_time_text_minute(desk->policy->zone, desk->now + 3600 * (1 + which), at);
	at[10] = '_';
	snprintf(words, sizeof words, steps[which], at);
	one = desk_step(ticket, words, &(struct cs_err){0});
	other = desk_step(twin, words, &(struct cs_err){0});
	if (one != other)
		fail_msg("%s: %d and %d", words, one, other);
}

/* Two tickets that are merged for a while, and two that never are. */
struct pair {
	int64_t s, m, twin_s, twin_m;
};

static void begin(struct pair *p, unsigned seed)
{
	desk_begin();
	edition_with(rules);
	srand(seed);
	p->s = desk_register("complaint", "eng.leak", "", NULL);
	p->twin_s = desk_register("complaint", "eng.leak", "", NULL);
	p->m = desk_register("complaint", "eng.leak", "", NULL);
	p->twin_m = desk_register("complaint", "eng.leak", "", NULL);
}

static void settle(const struct pair *p, bool merged)
{
	desk_settle(p->s);
	desk_settle(p->twin_s);
	if (!merged)
		desk_settle(p->m);
	desk_settle(p->twin_m);
}

/* All that run or are held are counted by these rules from now on. */
static void reclock(const char *members)
{
	struct cs_reclocked done = {0};
	struct cs_arena a = {0};
	struct cs_err e = {0};
	int64_t *ticket;
	size_t n;

	edition_with(members);
	assert_int_equal(cs_session_begin(desk, &e), 0);
	assert_int_equal(cs_running_elsewhere(desk->db, desk->edition, 0, 10, &a, &ticket, &n, &e), 0);
	for (size_t i = 0; i < n; i++)
		if (cs_reclock_ticket(desk, ticket[i], &done, &e) < 0)
			fail_msg("%s", e.text);
	assert_int_equal(cs_session_commit(desk, &e), 0);
	cs_arena_free(&a);
}

/* The same steps at the same times on both pairs. */
static void one_life(unsigned seed, bool other_rules)
{
	int merge_at, unmerge_at, anew_at;
	struct pair p;

	begin(&p, seed);
	merge_at = rand() % 6;
	unmerge_at = merge_at + 1 + rand() % 6;
	anew_at = other_rules ? rand() % 10 : -1;
	for (int i = 0; i < 16; i++) {
		int which = rand() % (int)(sizeof steps / sizeof *steps);
		bool on_survivor = rand() % 2, asked_of_merged = rand() % 2, merged;

		desk->now += (1 + rand() % 16) * 1800;
		if (i == merge_at &&
		    merge(p.m, p.s, rand() % 3 ? "new_facts=yes" : "new_facts=no", &(struct cs_err){0}) != CS_OK)
			break; /* one of them was done with before */
		if (i == anew_at)
			reclock(seed % 2 ? slower : quicker);
		if (i == unmerge_at)
			desk_do(p.m, "unmerge note=x");
		merged = desk_ticket(p.m)->t.merged_into != CS_NULL;
		settle(&p, merged);
		if (merged && strncmp(steps[which], "leave", 5) == 0)
			which = 0; /* whoever came with the merge may leave only then */
		if (merged)
			step_on(asked_of_merged ? p.m : p.s, p.twin_s, which);
		else
			step_on(on_survivor ? p.s : p.m, on_survivor ? p.twin_s : p.twin_m, which);
		if (i >= unmerge_at) {
			compare(p.m, p.twin_m, "the ticket that had gone", seed);
			compare(p.s, p.twin_s, "the survivor", seed);
		}
	}
	refold_same(p.s);
	refold_same(p.m);
	desk_end();
}

static void test_as_if_never_merged(void **state)
{
	static const unsigned differed[] = {55, 155, 166}; /* once: the survivor was closed while they were merged */

	(void)state;
	for (unsigned seed = 1; seed <= 40; seed++)
		one_life(seed, false);
	for (size_t i = 0; i < sizeof differed / sizeof *differed; i++)
		one_life(differed[i], false);
}

static void test_counted_anew_meanwhile(void **state)
{
	(void)state;
	for (unsigned seed = 201; seed <= 240; seed++)
		one_life(seed, true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_as_if_never_merged),
		cmocka_unit_test(test_counted_anew_meanwhile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
