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
#include "editions.h"
#include "refold.h"
#include "store/ref.h"

/* resolve pauses while the customer is waited for, is moved by contact, climbs at 12 h and 24 h; reply restarts, too.
   */
static const char rules[] =
	"\"params\": {\"cmp.escalate\": {\"value\": \"24h\"}}, \"kinds\": {\"complaint\": {"
	"\"clocks\": {\"resolve\": {\"pause\": [\"customer\"], \"rungs\": [{\"id\": \"half\", \"over\": \"12h\", "
	"\"to\": "
	"\"post:area_director\", \"owe\": \"progress\"}, {\"id\": \"company\", \"over\": \"100%\", \"to\": "
	"\"post:company_complaints\", \"transfer\": true}]}, \"reply\": {\"pause\": [\"customer\"]}}, "
	"\"steps\": {\"merge\": {\"from\": [\"registered\", \"handling\", \"proposed\", \"agreed\", \"finished\"], "
	"\"by\": [\"any\"], "
	"\"restarts\": [{\"clock\": \"resolve\", \"when\": {\"field\": \"new_facts\", \"is\": true}}, \"reply\"]}, "
	"\"unmerge\": {\"by\": [\"any\"]}, \"contact\": {\"moves\": {\"resolve\": \"promised_at\"}, \"from\": "
	"[\"registered\", "
	"\"handling\", \"proposed\", \"agreed\"], \"by\": [\"any\"]}, \"reply\": {\"by\": [\"any\"]}, \"propose\": "
	"{\"by\": "
	"[\"any\"]}, \"agree\": {\"by\": [\"any\"]}, \"disagree\": {\"by\": [\"any\"]}, \"finish\": {\"by\": "
	"[\"any\"]}, "
	"\"rework\": {\"by\": [\"any\"]}, \"dispatch\": {\"by\": [\"any\"]}, \"verify\": {\"by\": [\"any\"], "
	"\"not_by\": []}, "
	"\"tell\": {\"by\": [\"any\"]}, \"link\": {\"by\": [\"any\"]}, \"close\": {\"by\": [\"any\"]}}}}, "
	"\"labels\": {\"en\": {\"kinds/complaint/clocks/resolve/rungs/half\": \"half\"}, \"zh\": "
	"{\"kinds/complaint/clocks/resolve/rungs/half\": \"半程\"}}";

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
			"clock %s %lld.%d from %lld due %lld%s stop %lld %s%s paused %lld %s breached %lld next %lld "
			"%s\n",
			r->clock, (long long)r->cycle, ordinal(im, r->clock, r->cycle, r->run), (long long)r->start_at,
			(long long)r->due_at, r->due_set ? "!" : "", (long long)r->stop_at,
			r->verdict ? r->verdict : "-", r->held_at == CS_NULL ? "" : " held", (long long)r->paused_at,
			r->pauses ? r->pauses : "", (long long)r->breached, (long long)r->next_at,
			r->crossings ? r->crossings : "");
	}
	for (size_t i = 0; i < cs_image_count(im, CS_P_RUNG); i++) {
		const struct cs_rung_row *r = cs_image_at(im, CS_P_RUNG, i);

		if (counts(im, r->clock, r->cycle, r->run))
			cs_buf_printf(out, "rung %s/%s %lld.%d at %lld to %lld moot %lld\n", r->clock, r->rung,
				      (long long)r->cycle, ordinal(im, r->clock, r->cycle, r->run), (long long)r->at,
				      (long long)r->to_staff, (long long)r->moot);
	}
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
	tell_clocks(im, out);
	for (size_t i = 0; i < cs_image_count(im, CS_P_CALLBACK); i++) {
		const struct cs_callback_row *r = cs_image_at(im, CS_P_CALLBACK, i);

		if (r->outcome && strcmp(r->outcome, "unmerged") == 0)
			continue; /* of somebody whom the merge had brought: what happened meanwhile */
		cs_buf_printf(out, "callback %s %s %lld %s %s from %lld due %lld done %lld\n", r->rule, r->purpose,
			      (long long)r->person, r->state, r->outcome ? r->outcome : "-", (long long)r->from_at,
			      (long long)r->due_at, (long long)r->done_at);
	}
	for (size_t i = 0; i < cs_image_count(im, CS_P_OWED); i++) {
		const struct cs_owed_row *r = cs_image_at(im, CS_P_OWED, i);

		if (strstr(r->cause, "/1.") == NULL) /* of runs that count: the first of the cycle */
			cs_buf_printf(out, "owed %s %s due %lld done %d waived %d\n", r->duty, r->cause,
				      (long long)r->due_at, r->done_at != CS_NULL, r->waived_at != CS_NULL);
	}
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
};

static void step_on(int64_t ticket, int64_t twin, int which, cs_time now)
{
	char words[120], at[40];
	enum cs_code one, other;

	cs_time_text_minute(desk->policy->zone, now + 3600 * (1 + which), at);
	at[10] = '_';
	snprintf(words, sizeof words, steps[which], at);
	one = desk_step(ticket, words, &(struct cs_err){0});
	other = desk_step(twin, words, &(struct cs_err){0});
	if (one != other)
		fail_msg("%s: %d and %d", words, one, other);
}

/* The same steps at the same times on two pairs; in one the tickets are merged for a while. */
static void one_life(unsigned seed)
{
	int64_t s, m, twin_s, twin_m;
	cs_time now;
	int merge_at, unmerge_at;
	int64_t cycle = 1;

	desk_begin();
	edition_with(rules);
	srand(seed);
	now = desk->now;
	s = desk_register("complaint", "eng.leak", "", NULL);
	twin_s = desk_register("complaint", "eng.leak", "", NULL);
	m = desk_register("complaint", "eng.leak", "", NULL);
	twin_m = desk_register("complaint", "eng.leak", "", NULL);
	merge_at = rand() % 6;
	unmerge_at = merge_at + 1 + rand() % 6;
	for (int i = 0; i < 16; i++) {
		int which = rand() % (int)(sizeof steps / sizeof *steps);
		bool on_survivor = rand() % 2, asked_of_merged = rand() % 2, merged;

		now += (1 + rand() % 16) * 1800;
		desk->now = now;
		if (i == merge_at &&
		    merge(m, s, rand() % 3 ? "new_facts=yes" : "new_facts=no", &(struct cs_err){0}) != CS_OK)
			break; /* one of them was done with before */
		merged = desk_ticket(m)->t.merged_into != CS_NULL;
		if (i == merge_at)
			cycle = desk_ticket(s)->t.cycle;
		if (i == unmerge_at && desk_ticket(s)->t.cycle != cycle)
			break; /* of a cycle that is over nobody is told any more */
		if (i == unmerge_at) {
			desk_do(m, "unmerge note=x");
			merged = false;
		}
		desk_settle(s);
		desk_settle(twin_s);
		if (!merged)
			desk_settle(m);
		desk_settle(twin_m);
		if (merged)
			step_on(asked_of_merged ? m : s, twin_s, which, now);
		else
			step_on(on_survivor ? s : m, on_survivor ? twin_s : twin_m, which, now);
		if (i >= unmerge_at) {
			compare(m, twin_m, "the ticket that had gone", seed);
			compare(s, twin_s, "the survivor", seed);
		}
	}
	refold_same(s);
	refold_same(m);
	desk_end();
}

static void test_as_if_never_merged(void **state)
{
	(void)state;
	for (unsigned seed = 1; seed <= 60; seed++)
		one_life(seed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_as_if_never_merged)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
