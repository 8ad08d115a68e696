/* Forms written, delivered and kept; who may. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"
#include "desk.h"
#include "domain/duty.h"
#include "editions.h"
#include "store/owed.h"

static int begin(void **state)
{
	(void)state;
	desk_begin();
	return 0;
}

static int end(void **state)
{
	(void)state;
	cs_session_rollback(desk);
	desk_end();
	return 0;
}

static void must(int rc, const struct cs_err *e)
{
	if (rc < 0)
		fail_msg("%s", e->text);
}

/* The rows of one duty in the order in which they were owed: "state due", or "state why". */
static const char *series(int64_t ticket, const char *duty)
{
	static char text[4000];
	const struct cs_image *im = desk_ticket(ticket);
	cs_time after = INT64_MIN;

	*text = 0;
	for (;;) {
		const struct cs_owed_row *next = NULL;
		char due[40];
		size_t n = strlen(text);

		for (size_t i = 0; i < cs_image_count(im, CS_P_OWED); i++) {
			const struct cs_owed_row *o = cs_image_at(im, CS_P_OWED, i);

			if (strcmp(o->duty, duty) == 0 && o->owed_at > after && (!next || o->owed_at < next->owed_at))
				next = o;
		}
		if (!next)
			return text;
		after = next->owed_at;
		snprintf(text + n, sizeof text - n, "%s%s %s", n ? "; " : "", cs_owed_state(next),
			 next->why ? next->why : cs_time_text_minute(cs_session_zone(desk), next->due_at, due));
	}
}

static void is(int64_t ticket, const char *duty, const char *want)
{
	if (strcmp(series(ticket, duty), want) != 0)
		fail_msg("%s: %s, not %s", duty, series(ticket, duty), want);
}

#define FORM \
	"\"forms\": {\"paper\": {\"parts\": [\"facts\", \"cause\", \"lessons\"], \"written\": [\"cause\", " \
	"\"lessons\"]}}, " \
	"\"duties\": {\"paper\": {\"each\": {\"of\": \"ticket\", \"kinds\": [\"request\"]}, \"every\": \"7d\", " \
	"\"owner\": " \
	"\"post:cs_supervisor\", \"to\": [\"post:company_complaints\"], \"done\": {\"form\": \"paper\"}}}, " \
	"\"labels\": {\"en\": {\"duties/paper\": \"p\", \"forms/paper\": \"p\"}, " \
	"\"zh\": {\"duties/paper\": \"周报\", " \
	"\"forms/paper\": \"p\"}}"

static int deliver(int64_t id, const char *login, const char *text, struct cs_err *e)
{
	struct cs_delivery d = {.at = CS_TIME_NONE, .text = text, .rule = cs_policy_duty(desk->policy, "paper")};
	struct cs_image *im;
	struct cs_owing o;
	const char *cause;
	int rc;

	desk_actor(login);
	must(cs_session_begin(desk, e), e);
	im = desk_ticket(id);
	rc = cs_owing_ticket(&o, desk, im, e) < 0 || cs_duty_done(&o, &d, &cause, e) < 0 ? -1 : 0;
	if (rc == 0)
		must(cs_image_save(im, desk->db, e), e);
	if (rc == 0)
		must(cs_session_commit(desk, e), e);
	else
		cs_session_rollback(desk);
	return rc;
}

static int write_part(int64_t id, const char *login, const char *part, const char *text, struct cs_err *e)
{
	struct cs_image *im;
	struct cs_owing o;
	int rc;

	desk_actor(login);
	must(cs_session_begin(desk, e), e);
	im = desk_ticket(id);
	rc = cs_owing_ticket(&o, desk, im, e) < 0 ||
			     cs_duty_write(&o, cs_policy_form(desk->policy, "paper"), part, text, desk->now, e) < 0
		     ? -1
		     : cs_image_save(im, desk->db, e);
	if (rc == 0)
		must(cs_session_commit(desk, e), e);
	else
		cs_session_rollback(desk);
	return rc;
}

/* All its parts are written, by whom it is owed, anew for each delivery; what was delivered is kept as it was. */
static void a_form(void **state)
{
	struct cs_err e = {0};
	const struct cs_owed_row *o;
	const char *text;
	int64_t id;

	(void)state;
	edition_with(FORM);
	id = desk_register("request", "eng.leak", "", NULL);
	assert_int_equal(write_part(id, "worker", "cause", "老化", &e), -1);
	assert_int_equal(e.code, CS_REFUSED);
	assert_int_equal(write_part(id, "chief", "facts", "老化", &e), -1);
	assert_int_equal(e.code, CS_USAGE);
	assert_int_equal(write_part(id, "chief", "nosuch", "老化", &e), -1);
	assert_int_equal(e.code, CS_USAGE);
	must(write_part(id, "chief", "cause", " 管道老化 ", &e), &e);
	assert_int_equal(deliver(id, "chief", "正文一", &e), -1);
	assert_non_null(strstr(e.text, "still to be written: lessons"));
	must(write_part(id, "chief", "lessons", "定期检查", &e), &e);
	assert_string_equal(
		cs_form_written(desk_ticket(id), desk->policy, cs_policy_form(desk->policy, "paper"), "cause"),
		"管道老化");
	assert_int_equal(deliver(id, "worker", "正文一", &e), -1);
	assert_non_null(strstr(e.text, "only for"));
	desk_time("2026-11-03 10:00");
	must(deliver(id, "chief", "正文一", &e), &e);
	is(id, "paper", "done 2026-11-09 09:00; owed 2026-11-10 10:00");
	assert_int_equal(deliver(id, "chief", "正文二", &e), -1); /* written for the one before */
	must(write_part(id, "chief", "cause", "新的原因", &e), &e);
	must(write_part(id, "chief", "lessons", "新的教训", &e), &e);
	desk_time("2026-11-04 10:00");
	must(deliver(id, "chief", "正文二", &e), &e);
	is(id, "paper", "done 2026-11-09 09:00; done 2026-11-10 10:00; owed 2026-11-11 10:00");
	o = cs_image_at(desk_ticket(id), CS_P_OWED, 0);
	assert_int_equal(cs_duty_delivered(desk->db, o, &desk->work, &text, &e), 1);
	assert_string_equal(text, "正文一");
	o = cs_image_at(desk_ticket(id), CS_P_OWED, 1);
	assert_int_equal(cs_duty_delivered(desk->db, o, &desk->work, &text, &e), 1);
	assert_string_equal(text, "正文二");
}

/* Whoever has the blank form and the facts cannot try what was erased: the same text has another digest each time, and
   none that the text alone gives. */
static void salted(void **state)
{
	struct cs_err e = {0};
	const struct cs_owed_row *first, *second;
	unsigned char sum[CS_HASH_SIZE];
	char hex[2 * CS_HASH_SIZE + 1];
	struct cs_hash h;
	int64_t id;

	(void)state;
	edition_with(FORM);
	id = desk_register("request", "eng.leak", "", NULL);
	for (int i = 0; i < 2; i++) {
		desk_time(i ? "2026-11-04 10:00" : "2026-11-03 10:00");
		must(write_part(id, "chief", "cause", "老化", &e), &e);
		must(write_part(id, "chief", "lessons", "检查", &e), &e);
		must(deliver(id, "chief", "正文", &e), &e);
	}
	first = cs_image_at(desk_ticket(id), CS_P_OWED, 0);
	second = cs_image_at(desk_ticket(id), CS_P_OWED, 1);
	cs_hash_init(&h);
	cs_hash_text(&h, "正文");
	cs_hash_end(&h, sum);
	assert_int_equal(strlen(first->evidence), 2 * CS_HASH_SIZE);
	assert_string_not_equal(first->evidence, second->evidence);
	assert_string_not_equal(first->evidence, cs_hex(sum, sizeof sum, hex));
}

/* An hour late it is the next that is delivered, unless the one that was missed is named. */
static void late(void **state)
{
	struct cs_delivery d = {.at = CS_TIME_NONE, .text = "正文"};
	const struct cs_owed_row *row;
	struct cs_err e = {0};
	struct cs_owing o;
	struct cs_image *im;
	int64_t id;

	(void)state;
	edition_with(FORM);
	id = desk_register("request", "eng.leak", "", NULL);
	d.rule = cs_policy_duty(desk->policy, "paper");
	desk_time("2026-11-09 10:00");
	desk_settle(id);
	is(id, "paper", "missed 2026-11-09 09:00; owed 2026-11-16 09:00");
	im = desk_ticket(id);
	o = (struct cs_owing){.s = desk, .im = im};
	row = cs_owing_find(&o, &d, &e);
	assert_string_equal(row->cause, "every/2");
	d.period = "every/1";
	row = cs_owing_find(&o, &d, &e);
	assert_non_null(row);
	assert_true(cs_owing_missed(desk->policy, d.rule, row, desk_at("2026-11-16 09:00")));
	assert_false(cs_owing_missed(desk->policy, d.rule, row, desk_at("2026-11-16 09:00") + 1));
	d.waive = true;
	assert_null(cs_owing_find(&o, &d, &e));
	assert_non_null(strstr(e.text, "was missed"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_form, begin, end),
		cmocka_unit_test_setup_teardown(salted, begin, end),
		cmocka_unit_test_setup_teardown(late, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
