/* Taking editions into force. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/edition.h"
#include "policy_files.h"

static int begin(void **state)
{
	struct cs_err e = {0};

	(void)state;
	desk_begin();
	assert_int_equal(cs_session_begin(desk, &e), 0);
	return 0;
}

static int end(void **state)
{
	(void)state;
	desk_end();
	return 0;
}

static void build(const char *text, struct cs_buf *edition)
{
	struct cs_faults faults = {0};
	struct cs_policy *p = NULL;
	struct cs_err e = {0};

	if (cs_policy_build("own", text, strlen(text), &shipped, &faults, edition, &p, &e) < 0)
		fail_msg("%s: %s", e.text, faults.count ? faults.item[0] : "");
	cs_policy_free(p);
	cs_faults_free(&faults);
}

static const char longer[] =
	"{\"policy\": \"own\", \"edition\": \"2026-12-01\", \"extends\": \"property\", "
	"\"params\": {\"req.dispatch\": {\"value\": \"15m\", \"source\": \"S3-5-3\"}}}";

static void in_force_at_once(void **state)
{
	struct cs_buf text = {0};
	struct cs_edition ed;
	struct cs_event ev;
	struct cs_err e = {0};
	int64_t first = desk->edition, events;
	char digest[65];
	enum cs_edition_done done;

	(void)state;
	build(longer, &text);
	assert_int_equal(cs_edition_load(desk, cs_buf_str(&text), text.len, "the board", &done, &e), 0);
	assert_int_equal(done, CS_EDITION_LOADED);
	assert_int_equal(desk->edition, first + 1);
	assert_string_equal(desk->policy->edition, "2026-12-01");
	assert_int_equal(cs_edition_get(desk->db, desk->edition, &desk->work, &ed, &e), 1);
	assert_string_equal(ed.name, "own");
	assert_string_equal(ed.approved_by, "the board");
	assert_string_equal(ed.loaded_by, "ling"); /* for whom; who typed it stands in the event */
	assert_int_equal(cs_event_get(desk->db, desk->chain.last_id, &desk->work, &ev, &e), 1);
	assert_string_equal(ev.login, "boss");
	/* Names of people are not for ever: facts are. */
	assert_int_equal(cs_event_get(desk->db, desk->chain.last_id, &desk->work, &ev, &e), 1);
	assert_null(strstr(ev.facts, "the board"));
	assert_non_null(strstr(ev.private_part, "the board"));
	assert_string_equal(ed.text, cs_buf_str(&text));
	assert_string_equal(ed.digest, cs_edition_digest(cs_buf_str(&text), text.len, digest));
	/* The same again is nothing. */
	events = desk->chain.last_id;
	assert_int_equal(cs_edition_load(desk, cs_buf_str(&text), text.len, NULL, &done, &e), 0);
	assert_int_equal(done, CS_EDITION_SAME);
	assert_int_equal(desk->edition, first + 1);
	assert_int_equal(desk->chain.last_id, events);
	cs_buf_free(&text);
}

/* The usual order is load, then approval; what is approved is approved once. */
static void approved_later(void **state)
{
	struct cs_buf text = {0};
	struct cs_edition ed;
	struct cs_event ev;
	struct cs_err e = {0};
	enum cs_edition_done done;
	int64_t last;

	(void)state;
	build(longer, &text);
	assert_int_equal(cs_edition_load(desk, cs_buf_str(&text), text.len, NULL, &done, &e), 0);
	last = desk->edition;
	assert_int_equal(cs_edition_load(desk, cs_buf_str(&text), text.len, "the board", &done, &e), 0);
	assert_int_equal(done, CS_EDITION_APPROVED);
	assert_int_equal(desk->edition, last);
	assert_int_equal(cs_edition_get(desk->db, last, &desk->work, &ed, &e), 1);
	assert_string_equal(ed.approved_by, "the board");
	assert_int_equal(cs_event_get(desk->db, desk->chain.last_id, &desk->work, &ev, &e), 1);
	assert_string_equal(ev.step, "approve");
	assert_int_equal(ev.subject, last);
	assert_null(strstr(ev.facts, "the board"));
	last = desk->chain.last_id;
	assert_int_equal(cs_edition_load(desk, cs_buf_str(&text), text.len, "the board", &done, &e), 0);
	assert_int_equal(done, CS_EDITION_SAME);
	assert_int_equal(cs_edition_load(desk, cs_buf_str(&text), text.len, "the boss", &done, &e), -1);
	assert_int_equal(e.code, CS_REFUSED);
	assert_non_null(strstr(e.text, "is approved by the board"));
	assert_int_equal(desk->chain.last_id, last);
	cs_buf_free(&text);
}

/* The first of a name goes by the name alone, whatever comes after it. */
static void titles(void **state)
{
	static const char *const text[] = {
		longer, "{\"policy\": \"own\", \"edition\": \"2026-12-01\", \"extends\": \"property\"}"};
	const int64_t first = desk->edition;
	const char *title;
	struct cs_err e = {0};
	enum cs_edition_done done;
	int64_t other;

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct cs_buf b = {0};

		build(text[i], &b);
		assert_int_equal(cs_edition_load(desk, cs_buf_str(&b), b.len, NULL, &done, &e), 0);
		cs_buf_free(&b);
		assert_int_equal(cs_edition_title(desk->db, first + 1, &desk->work, &title, &other, &e), 0);
		assert_string_equal(title, "own 2026-12-01");
		assert_int_equal(other, CS_NULL);
	}
	assert_int_equal(cs_edition_title(desk->db, first + 2, &desk->work, &title, &other, &e), 0);
	assert_string_equal(title, "own 2026-12-01 (number 3)");
	assert_int_equal(other, first + 1);
	assert_int_equal(cs_edition_title(desk->db, first + 3, &desk->work, &title, &other, &e), -1);
}

/* policy.md: a load that drops a state in use is refused. */
static void a_state_in_use_stays(void **state)
{
	static const char other_states[] =
		"{\"policy\":\"tiny2\",\"edition\":\"2026-12-01\",\"extends\":\"tiny\"}";
	struct cs_buf text = {0};
	struct cs_err e = {0};
	enum cs_edition_done done;

	(void)state;
	cs_session_rollback(desk);
	desk_register("request", "eng.leak", "", NULL);
	assert_int_equal(cs_session_begin(desk, &e), 0);
	build(other_states, &text);
	assert_int_equal(cs_edition_load(desk, cs_buf_str(&text), text.len, NULL, &done, &e), -1);
	assert_int_equal(e.code, CS_REFUSED);
	assert_non_null(strstr(e.text, "1 request"));
	assert_string_equal(desk->policy->id, "property");
	cs_buf_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(in_force_at_once, begin, end),
		cmocka_unit_test_setup_teardown(approved_later, begin, end),
		cmocka_unit_test_setup_teardown(titles, begin, end),
		cmocka_unit_test_setup_teardown(a_state_in_use_stays, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
