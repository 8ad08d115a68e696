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
	bool loaded;

	(void)state;
	build(longer, &text);
	assert_int_equal(
		cs_edition_load(desk, cs_buf_str(&text), text.len, "the board", &loaded, &e), 0);
	assert_true(loaded);
	assert_int_equal(desk->edition, first + 1);
	assert_string_equal(desk->policy->edition, "2026-12-01");
	assert_int_equal(cs_edition_get(desk->db, desk->edition, &desk->work, &ed, &e), 1);
	assert_string_equal(ed.name, "own");
	assert_string_equal(ed.approved_by, "the board");
	assert_string_equal(ed.loaded_by, "boss");
	/* Names of people are not for ever: facts are. */
	assert_int_equal(cs_event_get(desk->db, desk->chain.last_id, &desk->work, &ev, &e), 1);
	assert_null(strstr(ev.facts, "the board"));
	assert_non_null(strstr(ev.private_part, "the board"));
	assert_string_equal(ed.text, cs_buf_str(&text));
	assert_string_equal(ed.digest, cs_edition_digest(cs_buf_str(&text), text.len, digest));
	/* The same again is nothing. */
	events = desk->chain.last_id;
	assert_int_equal(cs_edition_load(desk, cs_buf_str(&text), text.len, NULL, &loaded, &e), 0);
	assert_false(loaded);
	assert_int_equal(desk->edition, first + 1);
	assert_int_equal(desk->chain.last_id, events);
	cs_buf_free(&text);
}

/* policy.md: a load that drops a state in use is refused. */
static void a_state_in_use_stays(void **state)
{
	static const char other_states[] =
		"{\"policy\":\"tiny2\",\"edition\":\"2026-12-01\",\"extends\":\"tiny\"}";
	struct cs_buf text = {0};
	struct cs_err e = {0};
	bool loaded;

	(void)state;
	cs_session_rollback(desk);
	desk_register("request", "eng.leak", "", NULL);
	assert_int_equal(cs_session_begin(desk, &e), 0);
	build(other_states, &text);
	assert_int_equal(cs_edition_load(desk, cs_buf_str(&text), text.len, NULL, &loaded, &e), -1);
	assert_int_equal(e.code, CS_REFUSED);
	assert_non_null(strstr(e.text, "1 request"));
	assert_string_equal(desk->policy->id, "property");
	cs_buf_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(in_force_at_once, begin, end),
		cmocka_unit_test_setup_teardown(a_state_in_use_stays, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
