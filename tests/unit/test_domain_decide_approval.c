/* A step that needs approval: asked, reviewed, approved, taken with that very text (S3-4-24); extensions (S3-4-16). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "domain/approval.h"
#include "domain/erase.h"
#include "domain/fold.h"
#include "editions.h"
#include "rules.h"
#include "store/event.h"

#define ASKED "ling reply reply_text=我们已经派人"

static int64_t forum(const char *life)
{
	int64_t id = rules_register("ling", "complaint", "forum", "", NULL);

	rules_live("S3-4-24", id, life);
	return id;
}

/* "review pending|approve given": each stage with its state. */
static const char *stages(int64_t id)
{
	static char text[400];
	struct cs_image *im = desk_ticket(id);

	*text = '\0';
	for (size_t i = 0; i < cs_image_count(im, CS_P_APPROVAL); i++) {
		const struct cs_approval_row *r = cs_image_at(im, CS_P_APPROVAL, i);

		snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s %s", i ? "|" : "", r->word, r->state);
	}
	return text;
}

static const char *said(int64_t id)
{
	const struct cs_value *v = cs_image_own(desk_ticket(id), "reply_text");

	return v ? v->s : "";
}

static const char *last_step(int64_t id, char *buf, size_t size)
{
	struct cs_event ev;
	struct cs_arena a = {0};

	assert_int_equal(cs_event_get(desk->db, desk_ticket(id)->t.last_event, &a, &ev, NULL), 1);
	snprintf(buf, size, "%s", ev.step);
	cs_arena_free(&a);
	return buf;
}

static void reviewed_then_approved_then_taken(void **state)
{
	int64_t id = forum(ASKED);
	char step[64];

	(void)state;
	assert_string_equal(last_step(id, step, sizeof step), CS_STEP_ASK);
	assert_string_equal(stages(id), "review pending");
	assert_string_equal(said(id), "");
	assert_string_equal(desk_clock(id, "reply"), "running");
	assert_true(rules_told(id, "manager"));
	rules_live("S3-4-24", id, "manager approve");
	assert_string_equal(stages(id), "review given|approve pending");
	assert_true(rules_told(id, "qmc"));
	rules_live("S3-4-24", id, "qmc approve note=可以");
	assert_string_equal(stages(id), "review given|approve given");
	assert_true(rules_told(id, "ling"));
	assert_string_equal(said(id), "");
	rules_live("S3-4-24", id, "ling reply");
	assert_string_equal(said(id), "我们已经派人");
	assert_string_equal(stages(id), "review given|approve used");
	assert_string_equal(last_step(id, step, sizeof step), "reply");
	assert_string_equal(desk_clock(id, "reply"), "met");
}

static void that_very_text(void **state)
{
	int64_t id = forum(ASKED "|manager approve|qmc approve|ling reply reply_text=我们已经派人");

	(void)state;
	assert_string_equal(stages(id), "review given|approve used"); /* typed again, the same */
	id = forum(ASKED "|manager approve|qmc approve|ling reply reply_text=另一份");
	assert_string_equal(said(id), ""); /* another text is put to approval anew */
	assert_string_equal(stages(id), "review given|approve dropped|review pending");
	id = forum(ASKED "|manager approve|qmc approve|ling reply|ling reply reply_text=再说一次");
	assert_string_equal(said(id), "我们已经派人"); /* once used, the next reply is another */
	assert_string_equal(stages(id), "review given|approve used|review pending");
	id = forum(ASKED "|manager approve|ling reply reply_text=改过");
	assert_string_equal(stages(id), "review given|approve dropped|review pending");
}

static void a_courtesy_reply_is_exempt(void **state)
{
	int64_t id = forum("ling courtesy note=已收到");

	(void)state;
	assert_string_equal(stages(id), "");
}

static void only_posts_on_the_forum(void **state)
{
	int64_t id = rules_register("ling", "complaint", "phone", "", NULL);

	(void)state;
	rules_live("S3-4-24", id, "ling reply reply_text=好");
	assert_string_equal(stages(id), "");
	assert_string_equal(said(id), "好");
}

static void refused(void **state)
{
	static const struct {
		const char *life, *login, *step, *why;
	} cases[] = {
		{ASKED, "qmc", "approve", "approve: only for: "}, /* the review comes first */
		{ASKED, "ling", "approve", "approve: never by the one who asks"},
		{ASKED, "worker", "reject note=x", "reject: only for: "},
		{ASKED "|manager approve", "manager", "approve", "approve: only for: "},
		{ASKED, "manager", "reject", "reject needs note"},
		{"ling courtesy note=x", "manager", "approve", "approve: nothing waits for it"},
		{ASKED, "manager", "approve step=extend", "approve: nothing of step 'extend' waits for it"},
		{"ling courtesy note=x", "ling", "reply", "reply needs reply_text"},
		{ASKED, "ling", "reply", "reply: waits for project manager (review)"}, /* nothing is approved yet */
		{ASKED "|manager reject note=太短", "ling", "reply", "reply needs reply_text"},
		{"ling courtesy note=x", "worker", &ASKED[5], "reply: only for: "}, /* who may not reply may not ask */
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t id = forum(cases[i].life);
		struct cs_err e = {0};

		desk_actor(cases[i].login);
		assert_int_equal(desk_step(id, cases[i].step, &e), CS_REFUSED);
		if (strncmp(e.text, cases[i].why, strlen(cases[i].why)) != 0)
			fail_msg("%s %s: %s", cases[i].login, cases[i].step, e.text);
	}
}

static void rejected_and_asked_again(void **state)
{
	int64_t id = forum(ASKED "|manager approve step=reply|qmc reject note=语气不当");

	(void)state;
	assert_string_equal(stages(id), "review given|approve rejected");
	assert_true(rules_told(id, "ling"));
	rules_live("S3-4-24", id, "ling reply reply_text=抱歉|manager approve|qmc approve|ling reply");
	assert_string_equal(said(id), "抱歉");
}

static void erased_texts_are_not_used(void **state)
{
	int64_t id = forum(ASKED "|manager approve|qmc approve");
	struct cs_erasure done;
	struct cs_err e = {0};

	(void)state;
	desk_actor("boss");
	assert_int_equal(cs_session_begin(desk, &e), 0);
	assert_int_equal(cs_erase_person(desk, PERSON_WANG, "asked", desk->now, &done, &e), 0);
	assert_int_equal(cs_session_commit(desk, &e), 0);
	desk_actor("ling");
	assert_int_equal(desk_step(id, "reply", &e), CS_REFUSED);
	assert_string_equal(e.text, "reply: what was approved was erased");
}

/* S3-4-24: that very text, then; not another time's. */
static void ends_with_the_cycle(void **state)
{
	int64_t id = forum(ASKED "|manager approve|qmc approve"), waits = forum(ASKED);
	struct cs_err e = {0};

	(void)state;
	rules_live("S3-4-24", id, "chief withdraw why=customer");
	assert_string_equal(stages(id), "review given|approve dropped");
	rules_live("S3-4-24", id, "ling reopen note=x");
	desk_actor("ling");
	assert_int_equal(desk_step(id, "reply", &e), CS_REFUSED);
	assert_non_null(strstr(e.text, "reply needs reply_text"));
	rules_live("S3-4-24", waits, "chief withdraw why=customer");
	desk_actor("manager");
	assert_int_equal(desk_step(waits, "approve", &e), CS_REFUSED);
	assert_non_null(strstr(e.text, "nothing waits for it"));
}

/* Stages that come to hold after the asking: they are asked before the text is used, and what was given stays. */
static void stages_that_hold_now(void **state)
{
	int64_t id;
	struct cs_err e = {0};

	(void)state;
	edition_with("\"kinds\": {\"complaint\": {\"steps\": {\"reply\": {\"approve\": ["
		     "{\"by\": \"post:project_manager\", \"word\": \"review\", \"owe\": \"review_post\"},"
		     "{\"by\": \"post:area_director\", \"word\": \"approve\", \"owe\": \"approve_post\", "
		     "\"when\": {\"field\": \"people\", \"at_least\": 2}},"
		     "{\"by\": \"post:qmc_service_manager\", \"word\": \"approve\", \"when\": {\"field\": \"people\", "
		     "\"at_least\": 3}}]}}}}");
	id = forum(ASKED "|manager approve|ling assess people=5|ling reply");
	assert_string_equal(said(id), "");
	assert_string_equal(stages(id), "review given|approve pending");
	assert_true(rules_told(id, "director"));
	assert_false(rules_told(id, "manager"));
	assert_int_equal(desk_step(id, "approve", &e), CS_REFUSED); /* ling asked, as before */
	rules_live("S3-4-24", id, "director approve");
	assert_string_equal(stages(id), "review given|approve given|approve pending");
	rules_live("S3-4-24", id, "qmc approve|ling reply");
	assert_string_equal(said(id), "我们已经派人");
	assert_string_equal(stages(id), "review given|approve given|approve used");
	desk_actor("ling"); /* all of it is used up */
	assert_int_equal(desk_step(id, "reply", &e), CS_REFUSED);
	assert_non_null(strstr(e.text, "reply needs reply_text"));
	/* Another text is asked of all anew; one that is rejected later is not to be used. */
	id = forum(ASKED "|manager approve|ling assess people=2|ling reply reply_text=另一份");
	assert_string_equal(stages(id), "review dropped|review pending");
	id = forum(ASKED "|manager approve|ling assess people=2|ling reply|director reject note=x");
	assert_string_equal(stages(id), "review given|approve rejected");
	desk_actor("ling");
	assert_int_equal(desk_step(id, "reply", &e), CS_REFUSED);
	assert_non_null(strstr(e.text, "reply needs reply_text"));
	/* Stages that hold no longer are not missed; who asks for what is missing does not answer it himself. */
	id = forum("ling assess people=5|" ASKED
		   "|manager approve|director approve|qmc approve|ling assess people=1|ling reply");
	assert_string_equal(stages(id), "review given|approve given|approve used");
}

#define STAGE(post, word) "{\"by\": \"post:" post "\", \"word\": \"" word "\", \"owe\": \"" word "_post\"}"
#define REPLY(stages)     "\"kinds\": {\"complaint\": {\"steps\": {\"reply\": {\"approve\": [" stages "]}}}}"

/* The list of stages is changed by an edition while a text waits: a stage is whom it means and its word, not its
   place in the list. Whoever was asked answers; one that came between is asked before the text is used; nobody is asked
   twice. */
static void stages_that_an_edition_moves(void **state)
{
	int64_t given = forum(ASKED "|manager approve|qmc approve"), waits = forum(ASKED "|manager approve"),
		first = forum(ASKED);
	struct cs_err e = {0};

	(void)state;
	edition_with(REPLY(STAGE("project_manager", "review") "," STAGE("area_director", "approve") "," STAGE(
		"qmc_service_manager", "approve")));
	rules_live("S3-4-24", given, "ling reply"); /* both were given: the one between is missing */
	assert_string_equal(said(given), "");
	assert_string_equal(stages(given), "review given|approve given|approve pending");
	desk_actor("qmc");
	assert_int_equal(desk_step(given, "approve", &e), CS_REFUSED);
	rules_live("S3-4-24", given, "director approve|ling reply");
	assert_string_equal(said(given), "我们已经派人");
	desk_actor("director"); /* it is the service manager whom it waits for */
	assert_int_equal(desk_step(waits, "approve", &e), CS_REFUSED);
	rules_live("S3-4-24", waits, "qmc approve|ling reply");
	assert_string_equal(stages(waits), "review given|approve given|approve pending");
	rules_live("S3-4-24", waits, "director approve|ling reply");
	assert_string_equal(said(waits), "我们已经派人");
	/* What was to come and is asked for no longer is not asked; the rest is. */
	edition_with(REPLY(STAGE("area_director", "approve") "," STAGE("project_manager", "review")));
	rules_live("S3-4-24", first, "manager approve");
	assert_string_equal(stages(first), "review given");
	rules_live("S3-4-24", first, "ling reply|director approve|ling reply");
	assert_string_equal(said(first), "我们已经派人");
	assert_string_equal(stages(first), "review given|approve used");
}

static void end_post(const char *post)
{
	for (size_t i = 0; i < desk->org.post_count; i++)
		if (strcmp(desk->org.post[i].post, post) == 0)
			desk->org.post[i].to_at = desk->now;
}

/* The post that is to approve is vacant: the one above is asked, and answers. A stage that the rules name twice is
   asked once. */
static void of_a_vacant_post(void **state)
{
	int64_t id;

	(void)state;
	edition_with(REPLY(STAGE("area_director", "approve") "," STAGE("area_director", "approve") "," STAGE(
		"project_manager", "review")));
	end_post("area_director");
	id = forum(ASKED);
	assert_string_equal(stages(id), "approve pending");
	assert_true(rules_told(id, "company"));
	rules_live("S3-4-24", id, "company approve");
	assert_string_equal(stages(id), "approve given|review pending");
	rules_live("S3-4-24", id, "manager approve|ling reply");
	assert_string_equal(said(id), "我们已经派人");
}

/* Nobody need agree any longer: what waited or was approved is past with the step that is taken. */
static void nothing_left_to_ask(void **state)
{
	static const char *const lives[] = {"", "|director approve"};
	struct cs_err e = {0};

	(void)state;
	edition_with("\"kinds\": {\"complaint\": {\"steps\": {\"reply\": {\"approve\": ["
		     "{\"by\": \"post:area_director\", \"word\": \"approve\", \"owe\": \"approve_post\", "
		     "\"when\": {\"field\": \"people\", \"at_least\": 2}},"
		     "{\"by\": \"post:project_manager\", \"word\": \"review\", \"owe\": \"review_post\", "
		     "\"when\": {\"field\": \"people\", \"at_least\": 9}}]}}}}");
	for (size_t i = 0; i < RULES_COUNT(lives); i++) {
		char life[200];
		int64_t id;

		snprintf(life, sizeof life, "ling assess people=2|%s%s|ling assess people=1|ling reply reply_text=好",
			 ASKED, lives[i]);
		id = forum(life);
		assert_string_equal(said(id), "好");
		assert_string_equal(stages(id), "approve dropped");
		desk_actor("ling");
		assert_int_equal(desk_step(id, "reply", &e), CS_REFUSED);
		assert_non_null(strstr(e.text, "reply needs reply_text"));
	}
}

/* An extension: asked with a reason, approved, told to the customer, and counted apart from a breach. */
static void extended(void **state)
{
	int64_t id = rules_register("ling", "complaint", "phone", "", NULL);
	const struct cs_clock_row *c;
	struct cs_err e = {0};

	(void)state;
	rules_live("S3-4-16", id,
		   "ling dispatch handling=p1.engineering assignee=worker promised_at=2026-11-03_18:00|"
		   "worker extend note=等配件 extended_to=2026-11-05_18:00");
	c = cs_image_clock(desk_ticket(id), "promised");
	assert_int_equal(c->due_at, desk_at("2026-11-03 18:00"));
	assert_int_equal(c->extended, CS_NULL);
	desk_actor("worker");
	assert_int_equal(desk_step(id, "extend note=x extended_to=2026-11-03_17:00", &e), CS_REFUSED);
	assert_non_null(strstr(e.text, "extended_to"));
	rules_live("S3-4-16", id, "manager approve|worker extend");
	c = cs_image_clock(desk_ticket(id), "promised");
	assert_int_equal(c->due_at, desk_at("2026-11-05 18:00"));
	assert_int_equal(c->extended, 1);
	assert_int_equal(c->breached, 0);
	desk_time("2026-11-05 18:00");
	rules_live("S3-4-16", id, "ling reply reply_text=好");
	assert_string_equal(desk_clock(id, "promised"), "met");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(reviewed_then_approved_then_taken, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(that_very_text, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(a_courtesy_reply_is_exempt, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(only_posts_on_the_forum, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(refused, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(rejected_and_asked_again, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(erased_texts_are_not_used, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(ends_with_the_cycle, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(stages_that_hold_now, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(stages_that_an_edition_moves, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(of_a_vacant_post, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(nothing_left_to_ask, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(extended, rules_begin, rules_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
