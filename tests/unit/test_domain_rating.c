/* Ratings over a matter. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "domain/rating.h"
#include "faults.h"
#include "matters.h"
#include "rules.h"

/* All in one transaction, the one in hand left alone; a repeat says nothing new. */
static void test_matter(void **state)
{
	struct cs_err e = {0};
	int64_t id[3], events;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		id[i] = matters_complain(FIRST_PERSON + (int64_t)i, NULL);
		faults_make(i == 0   ? "UPDATE ticket SET matter = id"
			    : i == 1 ? "UPDATE ticket SET matter = (SELECT min(id) FROM ticket)"
				     : "UPDATE ticket SET matter = (SELECT min(id) FROM ticket) WHERE 1");
	}
	assert_string_equal(matters_class(id[0]), "ordinary");
	assert_int_equal(cs_session_begin(desk, &e), 0);
	assert_int_equal(cs_rate_matter(desk, id[0], id[1], desk->now, &e), 0);
	assert_int_equal(cs_session_commit(desk, &e), 0);
	assert_string_equal(matters_class(id[0]), "hot");
	assert_string_equal(matters_class(id[1]), "ordinary");
	assert_string_equal(matters_class(id[2]), "hot");
	assert_int_equal(cs_session_begin(desk, &e), 0);
	events = desk->chain.last_id;
	assert_int_equal(cs_rate_matter(desk, id[0], id[1], desk->now, &e), 0);
	assert_int_equal(cs_rate_matter(desk, CS_NULL, CS_NULL, desk->now, &e), 0);
	assert_int_equal(desk->chain.last_id, events);
	assert_int_equal(cs_rate_matter(desk, id[0], CS_NULL, desk->now, &e), 0);
	assert_int_equal(desk->chain.last_id, events + 1);
	cs_session_rollback(desk);
}

/* What had come to pass before is settled first, at its own time; the rating is not before the last step. */
static void test_settled_first(void **state)
{
	struct cs_err e = {0};
	int64_t id = matters_complain(PERSON_WANG, NULL);

	(void)state;
	rules_live("", id, "chief assess our_fault=yes");
	desk_time("2026-11-20 09:00");
	assert_int_equal(cs_session_begin(desk, &e), 0);
	assert_int_equal(cs_rate_matter(desk, id, CS_NULL, desk_at("2026-11-03 09:00"), &e), 0);
	assert_int_equal(cs_session_commit(desk, &e), 0);
	assert_string_equal(matters_class(id), "hot");
	assert_int_equal(desk_ticket(id)->t.rated_at, desk_at("2026-11-09 09:00:01"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_matter, rules_begin, rules_end),
		cmocka_unit_test_setup_teardown(test_settled_first, rules_begin, rules_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
