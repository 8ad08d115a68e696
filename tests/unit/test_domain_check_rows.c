/* Records and notices beside the events that made them: altered, missing, made by nobody. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/check.h"
#include "domain/checking.h"
#include "domain/record.h"
#include "faults.h"

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

/* Lines about the chain itself are left to its own test: nothing here touches it. */
static void run(void)
{
	struct cs_check c = faults_job();
	struct cs_err e = {0};

	if (cs_check_chain(&c, &e) < 0)
		fail_msg("%s", e.text);
}

static void alike(const char *sql, const char *want)
{
	faults_make(sql);
	run();
	if (strcmp(faults_text(), want) != 0)
		fail_msg("%s: '%s', not '%s'", sql, faults_text(), want);
}

static void records(void **state)
{
	static const struct {
		const char *sql, *want;
	} cases[] = {
		{"UPDATE unit SET code = 'p9' WHERE id = 8",
		 "unit 8: code: stored p9, history says p2\n"},
		{"UPDATE unit SET closed_at = 5 WHERE id = 8", /* no event ever said it */
		 "unit 8: closed_at: stored 5, history says nothing\n"},
		{"UPDATE unit SET households = NULL WHERE id = 8",
		 "unit 8: households: stored nothing, history says 800\n"},
		{"UPDATE person SET name = 'x' WHERE id = 1",
		 "person 1: name: not what the history says (personal, not shown)\n"},
		{"UPDATE person SET tier = 'silver' WHERE id = 2",
		 "person 2: tier: stored silver, history says gold\n"},
		{"INSERT INTO happening VALUES (1, 'rain', 3, 100)",
		 "happening 1: nobody recorded it\n"},
	};

	(void)state;
	run();
	faults_are("");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		if (i) {
			end(NULL);
			begin(NULL);
		}
		alike(cases[i].sql, cases[i].want);
	}
}

static void missing(void **state)
{
	(void)state;
	faults_make("DELETE FROM premises WHERE id = 1");
	run();
	assert_non_null(strstr(faults_text(), "premises 1: recorded by event "));
	assert_non_null(strstr(faults_text(), ", but not there\n"));
	assert_ptr_equal(strchr(faults_text(), '\n') + 1, strchr(faults_text(), '\0')); /* once */
}

static void record(struct cs_effects *l)
{
	struct cs_err e = {0};

	if (cs_session_begin(desk, &e) < 0 ||
	    cs_session_record(desk, NULL, (struct cs_deed){"unit", UNIT_P2, "change", desk->now, CS_NULL}, l, &e) < 0 ||
	    cs_session_commit(desk, &e) < 0)
		fail_msg("%s", e.text);
	cs_effects_clear(l);
}

/* Of several events, and of several effects in one, the last holds. */
static void the_last_holds(void **state)
{
	struct cs_effects l = {.arena = &desk->work};

	(void)state;
	cs_record_int(&l, &cs_unit_table, UNIT_P2, "households", 810);
	record(&l);
	cs_record_int(&l, &cs_unit_table, UNIT_P2, "households", 820);
	cs_record_int(&l, &cs_unit_table, UNIT_P2, "households", 830);
	record(&l);
	run();
	faults_are("");
	alike("UPDATE unit SET households = 820 WHERE id = 8",
	      "unit 8: households: stored 820, history says 830\n");
}

/* What was erased has no text to compare; its coded columns still have. */
static void erased(void **state)
{
	struct cs_effects l = {.arena = &desk->work};
	struct cs_check c = faults_job();
	struct cs_check_records *r = cs_check_records_new(&c);
	struct cs_event ev = {.id = 7, .about = "person", .subject = PERSON_GOLD, .erased = true};
	struct cs_err e = {0};

	(void)state;
	cs_record_code(&l, &cs_person_table, PERSON_GOLD, "tier", "silver");
	cs_record_text(&l, &cs_person_table, PERSON_GOLD, "phone", "1");
	assert_int_equal(cs_check_records_event(r, &ev, &l, &e), 0);
	faults_are("person 2: tier: stored gold, history says silver\n");
	cs_check_records_free(r);
	c = faults_job();
	r = cs_check_records_new(&c);
	ev.erased = false;
	assert_int_equal(cs_check_records_event(r, &ev, &l, &e), 0);
	assert_int_equal(c.faults, 2);
	cs_check_records_free(r);
}

/* Effects that can be of no row are faults, not crashes. */
static void impossible(void **state)
{
	static const struct {
		const char *table;
		int64_t id;
		const char *column, *want;
	} cases[] = {
		{"nowhere", 1, "name", "event 7: speaks of a row that cannot be: nowhere 1\n"},
		{"ticket", 1, "kind", "event 7: speaks of a row that cannot be: ticket 1\n"},
		{"unit", -1, "code", "event 7: speaks of a row that cannot be: unit -1\n"},
		{"unit", 1, "colour", "event 7: table unit has no column 'colour'\n"},
		{"unit", 1, "households", "event 7: unit.households of another type\n"},
	};
	const struct cs_event ev = {.id = 7, .about = "unit", .subject = 1};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_effects l = {.arena = &desk->work};
		struct cs_check c = faults_job();
		struct cs_check_records *r = cs_check_records_new(&c);
		struct cs_err e = {0};

		cs_put(&l, CS_OP_RECORD, CS_S(cases[i].table), CS_I(cases[i].id),
		       CS_S(cases[i].column), CS_S("x"));
		assert_int_equal(cs_check_records_event(r, &ev, &l, &e), 0);
		faults_are(cases[i].want);
		cs_check_records_free(r);
	}
}

static void notices(void **state)
{
	static const struct {
		const char *sql, *want; /* what is said behind the notice's number */
	} cases[] = {
		{"UPDATE notice SET reason = 'rung'", "reason: not what the history says"},
		{"UPDATE notice SET what = NULL", "reason: not what the history says"},
		{"UPDATE notice SET to_id = 9 WHERE to_kind = 'staff'",
		 "to: not what the history says"},
		{"UPDATE notice SET at = at + 1", "time: not what the history says"},
		{"UPDATE notice SET not_before = 0", "time: not what the history says"},
		{"UPDATE notice SET ticket = NULL", "ticket: not what the history says"},
		{"UPDATE notice SET text = 'x'",
		 "text: not what the history says (personal, not shown)"},
		{"DELETE FROM notice", "recorded, but not there"},
		{"UPDATE notice SET seq = seq + 9", "nobody recorded it"},
		{"UPDATE notice SET event = event + 900", "nobody recorded it"},
		{"UPDATE notice SET event = 1, seq = event * 10 + seq", "nobody recorded it"},
		{"UPDATE notice SET state = 'sent', attempts = 3", ""}, /* delivery is no history */
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t id;
		int rc;

		if (i) {
			end(NULL);
			begin(NULL);
		}
		id = desk_register("request", "eng.leak", NULL, NULL);
		assert_int_equal(desk_dispatch(id, "p1.engineering", "worker", NULL, &rc, NULL), 0);
		desk_do(id, "cannot_come note=堵车"); /* tells the customer and the assistant */
		run();
		faults_are("");
		faults_make(cases[i].sql);
		run();
		if (*cases[i].want ? !strstr(faults_text(), cases[i].want) : *faults_text() != 0)
			fail_msg("%s: '%s', not '%s'", cases[i].sql, faults_text(), cases[i].want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(records, begin, end),
		cmocka_unit_test_setup_teardown(missing, begin, end),
		cmocka_unit_test_setup_teardown(the_last_holds, begin, end),
		cmocka_unit_test_setup_teardown(erased, begin, end),
		cmocka_unit_test_setup_teardown(impossible, begin, end),
		cmocka_unit_test_setup_teardown(notices, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
