/* Suspects of a ticket: who is compared, the window to the second, the bound, why (S0-4-7, S3-4-7, S3-4-9). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/check.h"
#include "domain/erase.h"
#include "domain/suspect.h"
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

/* A complaint about the same thing, unless told otherwise. */
static struct cs_registration complaint(void)
{
	return (struct cs_registration){
		.kind = "complaint",
		.channel = "phone",
		.category = "env",
		.subject = "搅拌站噪音扰民",
		.body = "晚上睡不着",
		.place = UNIT_P1,
		.accepting = CS_NULL,
		.first = CS_NULL,
		.customer = PERSON_WANG,
		.premises = PREMISES_1,
		.has_phone = true,
		.due_at = CS_TIME_NONE,
		.run = CS_NULL,
	};
}

static int64_t put(const struct cs_registration *reg, const char *at)
{
	char words[64] = "";
	struct cs_err e = {0};
	int64_t id;

	if (at)
		snprintf(words, sizeof words, "at=%s", at);
	id = desk_register_as(reg, words, &e);
	if (!id)
		fail_msg("%s", e.text);
	return id;
}

static struct cs_suspects found(int64_t ticket, int64_t score, struct cs_suspect_pool *pool)
{
	struct cs_suspects l;
	struct cs_err e = {0};

	cs_arena_reset(&desk->work);
	if (cs_suspects_find(desk, ticket, score, 1000, pool, &l, &e) < 0)
		fail_msg("%s", e.text);
	return l;
}

static void state(int64_t ticket, const char *words, int64_t other)
{
	char text[80], ref[CS_REF_SIZE];

	snprintf(text, sizeof text, words, other ? cs_ref_text(other, ref) : "none");
	desk_actor("chief");
	desk_do(ticket, text);
	desk_actor("ling");
}

static void found_are(int64_t of, int64_t one, int64_t two)
{
	const struct cs_suspects l = found(of, CS_NULL, NULL);
	size_t n = 0;

	for (size_t i = 0; i < l.count; i++) {
		assert_true(l.list[i].ticket == one || l.list[i].ticket == two);
		n++;
	}
	assert_int_equal(n, (size_t)(one != 0) + (two != 0));
	assert_int_equal(l.found, n);
}

/* What is stated to be of the matter, through others too, and what is merged is no suspicion; taken back, it is one. */
static void what_is_stated(void **unused)
{
	struct cs_registration reg = complaint();
	int64_t a = put(&reg, NULL), b = put(&reg, NULL), c = put(&reg, NULL);

	(void)unused;
	found_are(c, a, b);
	state(b, "link same_as=%s", a);
	found_are(c, a, b);
	state(c, "link same_as=%s", b);
	found_are(c, 0, 0);
	state(c, "link same_as=%s", 0);
	found_are(c, a, b);
	state(c, "merge note=x into=%s", a);
	found_are(c, 0, 0);
	found_are(a, 0, 0);
	desk_actor("chief");
	desk_do(c, "unmerge note=x");
	state(c, "link same_as=%s", 0);
	found_are(c, a, b);
}

static void what_two_have_in_common(void **state)
{
	static const struct {
		int64_t customer, premises, place;
		const char *category;
		bool same[CS_SAME_COUNT];
	} cases[] = {
		{PERSON_WANG, PREMISES_1, UNIT_P1, "env", {true, true, true}},
		{PERSON_WANG, CS_NULL, UNIT_P2, "eng", {true, false, false}},
		{PERSON_GOLD, PREMISES_1, UNIT_P2, "eng", {false, true, false}},
		{PERSON_GOLD, CS_NULL, UNIT_P1, "env", {false, false, true}},
		{PERSON_GOLD, CS_NULL, UNIT_P2, "env", {false, false, false}},
		{PERSON_GOLD, CS_NULL, UNIT_P1, "eng", {false, false, false}},
		{CS_NULL, CS_NULL, UNIT_P1, NULL, {false, false, false}},
	};
	struct cs_registration reg = complaint();
	int64_t id[8];
	struct cs_suspects l;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		reg = complaint();
		reg.customer = cases[i].customer;
		reg.premises = cases[i].premises;
		reg.place = cases[i].place;
		reg.category = cases[i].category;
		if (reg.customer == CS_NULL)
			reg.customer = PERSON_GOLD;
		id[i] = put(&reg, NULL);
	}
	reg = complaint();
	l = found(put(&reg, NULL), CS_NULL, NULL);
	assert_int_equal(l.compared, 4);
	assert_int_equal(l.cut, 0);
	assert_int_equal(l.found, 4);
	for (size_t i = 0; i < l.count; i++) { /* of equals the newest first */
		const struct cs_suspect *one = &l.list[l.count - 1 - i];

		assert_int_equal(one->ticket, id[i]);
		assert_int_equal(one->score, 100);
		for (int k = 0; k < CS_SAME_COUNT; k++)
			assert_int_equal(one->same[k], cases[i].same[k]);
		assert_string_equal(one->word[0], "搅拌站噪音扰民");
	}
}

static void only_kinds_that_are_compared(void **state)
{
	struct cs_registration reg = complaint();
	struct cs_suspects l;
	int64_t request = desk_register("request", "eng.leak", "", NULL);

	(void)state;
	assert_int_equal(cs_image_count(desk_ticket(request), CS_P_LIKENESS), 0);
	l = found(request, CS_NULL, NULL);
	assert_int_equal(l.compared, 0);
	l = found(put(&reg, NULL), CS_NULL, NULL);
	assert_int_equal(l.compared, 0);
	assert_true(cs_suspects_kind(desk, "complaint"));
	assert_false(cs_suspects_kind(desk, "request"));
}

static void by_their_words(void **state)
{
	static const struct {
		const char *subject, *body;
		int score; /* worked out by hand: 搅拌 拌站 站噪 噪音 音扰 扰民 晚上 上睡 睡不 不着: ten */
	} cases[] = {
		{"搅拌站噪音扰民", "晚上睡不着", 100},
		{"搅拌站噪音扰民", NULL, 77},   /* 6 of 6 and 10 */
		{"噪音扰民", "晚上睡不着", 84}, /* 7 of 7 and 10 */
		{"搅拌站", "粉尘很大", 28},     /* 2 of 5 and 10 */
		{"停水", NULL, 0},
	};
	struct cs_registration reg;
	struct cs_suspects l;
	int64_t id;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		reg = complaint();
		reg.subject = cases[i].subject;
		reg.body = cases[i].body ? cases[i].body : "。";
		put(&reg, NULL);
	}
	reg = complaint();
	id = put(&reg, NULL);
	l = found(id, 1, NULL);
	assert_int_equal(l.found, 4);
	assert_int_equal(l.list[0].score, 100);
	assert_int_equal(l.list[1].score, 84);
	assert_int_equal(l.list[2].score, 77);
	assert_int_equal(l.list[3].score, 28);
	l = found(id, CS_NULL, NULL); /* the shipped rules: 40 */
	assert_int_equal(l.found, 3);
	assert_int_equal(found(id, 84, NULL).found, 2);
	assert_int_equal(found(id, 85, NULL).found, 1);
}

/* Three months: a day is in until its same day number has closed. */
static void within_the_window(void **state)
{
	static const struct {
		const char *opened, *later;
		size_t want;
	} cases[] = {
		{"2026-07-31_23:59:59", "2026-10-31_23:59:59", 1},
		{"2026-07-30_23:59:59", "2026-10-31_00:00:01", 0},
		{"2026-07-31_00:00:00", "2026-10-31_23:59:59", 1},
		{"2026-07-31_09:00", "2026-11-01_00:00:00", 1}, /* the close of the last day itself */
		{"2026-07-31_09:00", "2026-11-01_00:00:01", 0},
		{"2025-11-30_09:00", "2026-02-28_23:59", 1}, /* there is no 30 February */
		{"2025-11-28_00:00", "2026-02-28_23:59", 1},
		{"2025-11-27_23:59", "2026-02-28_00:01", 0},
		{"2026-09-01_09:00", "2026-09-01_09:00", 1}, /* at once */
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_registration reg = complaint();
		int64_t id;
		size_t n;

		if (i) {
			desk_end();
			desk_begin();
		}
		put(&reg, cases[i].opened);
		id = put(&reg, cases[i].later);
		n = found(id, CS_NULL, NULL).compared;
		if (n != cases[i].want)
			fail_msg("%s then %s: %zu", cases[i].opened, cases[i].later, n);
	}
}

static void no_later_one_is_repeated(void **state)
{
	struct cs_registration reg = complaint();
	int64_t first;

	(void)state;
	put(&reg, "2026-11-01_10:00:01");
	put(&reg, "2026-11-02_08:00");
	first = put(&reg, "2026-11-01_10:00");
	assert_int_equal(found(first, CS_NULL, NULL).compared, 0);
}

static void the_newest_five_hundred(void **state)
{
	struct cs_registration reg = complaint();
	struct cs_suspects l;
	int64_t first, second, last;

	(void)state;
	first = put(&reg, "2026-11-01_09:00");
	for (int i = 0; i < CS_SUSPECTS_MOST - 1; i++) {
		reg = complaint();
		/* some have all in common, some one thing: each counts once */
		if (i % 3 == 1)
			reg.customer = PERSON_GOLD, reg.premises = CS_NULL;
		if (i % 3 == 2)
			reg.category = "eng", reg.premises = CS_NULL;
		put(&reg, "2026-11-01_10:00");
	}
	reg = complaint();
	second = put(&reg, "2026-11-02_08:00");
	l = found(second, 100, NULL);
	assert_int_equal(l.compared, CS_SUSPECTS_MOST);
	assert_int_equal(l.cut, 0);
	assert_int_equal(l.list[l.count - 1].ticket, first);
	last = put(&reg, "2026-11-02_08:30");
	l = found(last, 100, NULL);
	assert_int_equal(l.compared, CS_SUSPECTS_MOST);
	assert_int_equal(l.cut, 1);
	assert_int_equal(l.list[0].ticket, second);
	assert_int_equal(l.list[l.count - 1].ticket == first, 0);
}

static void in_memory_the_same(void **state)
{
	static const char *const categories[] = {"env", "eng", NULL};
	struct cs_suspect_pool *pool = cs_suspect_pool_new();

	(void)state;
	for (int i = 0; i < 120; i++) {
		struct cs_registration reg = complaint();
		struct cs_suspects a, b;
		struct cs_suspect kept[128];
		char at[32];
		int64_t id;

		reg.category = categories[i % 3];
		reg.customer = i % 5 ? PERSON_GOLD : PERSON_WANG;
		reg.premises = i % 7 ? CS_NULL : PREMISES_1;
		reg.subject = i % 2 ? "搅拌站噪音扰民" : "楼道灯不亮";
		/* mostly in order; some come late, some long after */
		snprintf(at, sizeof at, "2026-%02d-%02d_09:%02d", 1 + (i % 11 == 0 ? 0 : i / 12), 1 + i % 12 * 2,
			 i % 60);
		id = put(&reg, at);
		a = found(id, CS_NULL, NULL);
		for (size_t k = 0; k < a.count; k++)
			kept[k] = a.list[k];
		b = found(id, CS_NULL, pool);
		if (a.found != b.found || a.compared != b.compared || a.cut != b.cut)
			fail_msg("ticket %d: %zu of %zu, in memory %zu of %zu", i, a.found, a.compared, b.found,
				 b.compared);
		for (size_t k = 0; k < b.count; k++)
			assert_int_equal(b.list[k].ticket, kept[k].ticket);
	}
	cs_suspect_pool_free(pool);
}

/* What is compared follows the ticket; what is erased is compared no more. */
static void follows_the_ticket(void **state)
{
	struct cs_registration reg = complaint();
	int64_t old, new;
	struct cs_erasure done;
	struct cs_err e = {0};

	(void)state;
	old = put(&reg, NULL);
	reg.customer = PERSON_GOLD;
	reg.premises = CS_NULL;
	reg.category = "eng";
	new = put(&reg, NULL);
	assert_int_equal(found(new, CS_NULL, NULL).compared, 0);
	desk_do(old, "dispatch handling=p1.engineering category=eng promised_at=2026-11-03_18:00");
	assert_int_equal(found(new, CS_NULL, NULL).found, 1);
	desk_actor("boss");
	if (cs_session_begin(desk, &e) < 0 || cs_erase_person(desk, PERSON_WANG, "asked", desk->now, &done, &e) < 0 ||
	    cs_session_commit(desk, &e) < 0)
		fail_msg("%s", e.text);
	assert_int_equal(found(new, 1, NULL).compared, 1);
	assert_int_equal(found(new, 1, NULL).found, 0);
	assert_null(((struct cs_likeness_row *)cs_image_at(desk_ticket(old), CS_P_LIKENESS, 0))->grams);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_stated, begin, end),
		cmocka_unit_test_setup_teardown(what_two_have_in_common, begin, end),
		cmocka_unit_test_setup_teardown(only_kinds_that_are_compared, begin, end),
		cmocka_unit_test_setup_teardown(by_their_words, begin, end),
		cmocka_unit_test_setup_teardown(within_the_window, begin, end),
		cmocka_unit_test_setup_teardown(no_later_one_is_repeated, begin, end),
		cmocka_unit_test_setup_teardown(the_newest_five_hundred, begin, end),
		cmocka_unit_test_setup_teardown(in_memory_the_same, begin, end),
		cmocka_unit_test_setup_teardown(follows_the_ticket, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
