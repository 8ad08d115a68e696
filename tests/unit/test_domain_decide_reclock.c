/* Running clocks under a new edition: what was used by the old one, the rest by the new (design
   section 5). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/edition.h"
#include "domain/reclock.h"
#include "store/running.h"
#include "policy_files.h"

static const char longer[] =
	"{\"policy\": \"own\", \"edition\": \"2026-12-01\", \"extends\": \"property\", "
	"\"params\": {\"req.dispatch\": {\"value\": \"15m\", \"source\": \"S3-5-3\"}}}";

static void load_longer(void)
{
	struct cs_faults faults = {0};
	struct cs_policy *p = NULL;
	struct cs_buf text = {0};
	struct cs_err e = {0};
	enum cs_edition_done done;

	if (cs_policy_build("own", longer, strlen(longer), &shipped, &faults, &text, &p, &e) < 0 ||
	    cs_session_begin(desk, &e) < 0 || cs_edition_load(desk, cs_buf_str(&text), text.len, NULL, &done, &e) < 0 ||
	    cs_session_commit(desk, &e) < 0)
		fail_msg("%s", e.text);
	cs_policy_free(p);
	cs_buf_free(&text);
	cs_faults_free(&faults);
}

/* All that run elsewhere; *tickets: how many those were. */
static size_t reclock(size_t *tickets)
{
	struct cs_reclocked done = {0};
	struct cs_arena a = {0};
	struct cs_err e = {0};
	int64_t *ticket;

	assert_int_equal(cs_session_begin(desk, &e), 0);
	assert_int_equal(cs_running_elsewhere(desk->db, desk->edition, 0, 10, &a, &ticket, tickets, &e), 0);
	for (size_t i = 0; i < *tickets; i++)
		if (cs_reclock_ticket(desk, ticket[i], &done, &e) < 0)
			fail_msg("%s", e.text);
	assert_int_equal(cs_session_commit(desk, &e), 0);
	cs_arena_free(&a);
	return done.clocks;
}

static void the_rest_by_the_new(void **state)
{
	int64_t id, edition, before;
	const struct cs_clock_row *c;
	size_t tickets;

	(void)state;
	desk_begin();
	edition = desk->edition;
	id = desk_register("request", "eng.leak", "", NULL);
	desk_register("request", "eng.leak", "", NULL);
	c = cs_image_clock(desk_ticket(id), "dispatch");
	assert_int_equal(c->edition, edition);
	assert_int_equal(c->due_at, desk_at("2026-11-02 09:10"));
	load_longer();
	c = cs_image_clock(desk_ticket(id), "dispatch");
	assert_int_equal(c->due_at, desk_at("2026-11-02 09:10")); /* running clocks keep theirs */
	desk_time("2026-11-02 09:04");
	assert_true(reclock(&tickets) >= 2);
	assert_int_equal(tickets, 2);
	c = cs_image_clock(desk_ticket(id), "dispatch");
	assert_int_equal(c->edition, edition + 1);
	assert_int_equal(c->start_at, desk_at("2026-11-02 09:00"));
	assert_int_equal(c->counted_from, desk_at("2026-11-02 09:04"));
	assert_int_equal(c->due_at, desk_at("2026-11-02 09:15")); /* 4 of 15 minutes are used */
	before = desk->chain.last_id;
	assert_int_equal(reclock(&tickets), 0);
	assert_int_equal(desk->chain.last_id, before);
	desk_end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(the_rest_by_the_new)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
