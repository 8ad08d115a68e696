/* The whole check: a desk in order, and one fault of each part it runs. */
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
#include "domain/erase.h"
#include "faults.h"
#include "store/ref.h"

static int64_t id;

static int begin(void **state)
{
	(void)state;
	desk_begin();
	id = desk_register("request", "eng.leak", NULL, NULL);
	desk_do(id, "tell note=在路上");
	return 0;
}

static int end(void **state)
{
	(void)state;
	desk_end();
	return 0;
}

static size_t run(void)
{
	struct cs_check c = faults_job();
	struct cs_err e = {0};

	c.recompute = true;
	if (cs_check_run(&c, &e) < 0)
		fail_msg("%s", e.text);
	assert_int_equal(c.count, cs_event_count(desk->db, &e));
	assert_int_equal(c.file_faults, 0);
	assert_false(cs_db_in_transaction(desk->db));
	return c.faults;
}

static void in_order(void **state)
{
	(void)state;
	assert_int_equal(run(), 0);
	faults_are("");
}

/* Each of the parts is run: what is altered in its tables is found, and nothing else is said. */
static void each_part(void **state)
{
	static const struct {
		const char *sql, *says; /* what its only line begins with */
	} cases[] = {
		{"UPDATE event SET login = 'x' WHERE id = 2", "event 2: altered"},
		{"UPDATE unit SET households = 1 WHERE code = 'p1'", "unit 3: households: stored 1, history says 1200"},
		{"UPDATE policy SET approved_by = approved_by, edition = '1999-01-01'",
		 "policy 1: stored property 1999-01-01, history says property "},
		{"UPDATE policy SET approved_by = 'x'", "policy 1: approved_by: stored x, history says nobody"},
		{"UPDATE policy SET digest = '00'", "policy 1: digest: stored 00, history says "},
		{"INSERT INTO intake_row VALUES ('hotline', '1', '00', 1, 1)", "intake_row of hotline: ticket "},
		{"INSERT INTO draw_item VALUES (1, 's', 1, 1, 'member', 'r')", "draw_item 1 s 1: nobody recorded it"},
		{"UPDATE ticket SET level = 9", "ticket "},
		{"UPDATE counter SET last = 9", "counter R 2026-11-02: stored 9, the highest reference is 1"},
		{"INSERT INTO report_close VALUES (1, 'daily', '2026-11-01', NULL, 0, 1, 1, '', '')",
		 "report_close 1 (daily 2026-11-01): nobody recorded it"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		if (i) {
			end(NULL);
			begin(NULL);
		}
		faults_make(cases[i].sql);
		if (run() != 1)
			fail_msg("%s: %s", cases[i].sql, faults_text());
		if (strncmp(faults_text(), cases[i].says, strlen(cases[i].says)) != 0)
			fail_msg("%s: %s", cases[i].sql, faults_text());
	}
}

/* Tickets are named by their reference; values of people are not shown. */
static void names(void **state)
{
	char ref[CS_REF_SIZE], want[200];

	(void)state;
	faults_make("UPDATE ticket SET channel = 'fax'");
	run();
	snprintf(want, sizeof want, "ticket %s: channel: stored fax, history says phone\n",
		 cs_ref_text(id, ref));
	faults_are(want);
	faults_make("UPDATE ticket SET channel = 'phone', subject = 'secret'");
	run();
	snprintf(want, sizeof want,
		 "ticket %s: subject: not what the history says (personal, not shown)\n", ref);
	faults_are(want);
}

static void must(int rc, const struct cs_err *e)
{
	if (rc < 0)
		fail_msg("%s", e->text);
}

static void erase(int64_t person)
{
	struct cs_erasure done;
	struct cs_err e = {0};

	must(cs_session_begin(desk, &e), &e);
	must(cs_erase_person(desk, person, "request", desk->now, &done, &e), &e);
	must(cs_session_commit(desk, &e), &e);
}

/* Only what an erasure names may be gone; what it cleared stays empty, and steps after it are whole. */
static void erasure(void **state)
{
	static const struct {
		const char *sql, *says;
	} cases[] = {
		{"UPDATE event SET private = '{\"x\":\"y\"}', private_digest = NULL WHERE private_digest IS NOT NULL",
		 ": its private part is there again after its erasure"},
		{"UPDATE ticket SET subject = 'forged'", "subject: not what the history says"},
		{"UPDATE person SET name = 'forged' WHERE erased_at IS NOT NULL",
		 "person 1: name: not what the history says"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		end(NULL);
		begin(NULL);
		erase(desk_ticket(id)->t.customer);
		desk_do(id, "note note=still_works");
		run();
		faults_are("");
		faults_make(cases[i].sql);
		if (run() == 0 || !strstr(faults_text(), cases[i].says))
			fail_msg("%s: '%s'", cases[i].sql, faults_text());
	}
}

/* A second erasure names what it cleared, as the first does. */
static void erased_again(void **state)
{
	int64_t person = desk_ticket(id)->t.customer;

	(void)state;
	erase(person);
	desk_do(id, "note note=still_works");
	erase(person);
	run();
	faults_are("");
	faults_make("UPDATE event SET private = '{\"x\":\"y\"}', private_digest = NULL WHERE id = "
		    "(SELECT max(id) FROM event WHERE step = 'note')");
	run();
	assert_non_null(strstr(faults_text(), ": its private part is there again after its erasure"));
}

/* The private part of one event cleared as an erasure would do it, but without one. */
static void wiped(void **state)
{
	struct cs_err e = {0};
	char want[80];
	int64_t event;

	(void)state;
	event = desk_ticket(id)->t.cycle_event;
	must(cs_session_begin(desk, &e), &e);
	must(cs_event_erase(desk->db, event, &e), &e);
	must(cs_session_commit(desk, &e), &e);
	faults_make("UPDATE ticket SET subject = 'forged'");
	run();
	snprintf(want, sizeof want, "event %lld: its private part is gone, but no erasure says so\n",
		 (long long)event);
	assert_non_null(strstr(faults_text(), want));
	assert_non_null(strstr(faults_text(), ": subject: not what the history says"));
}

/* A fault is counted and said with its arguments. */
static void counts(void **state)
{
	struct cs_check c = faults_job();

	(void)state;
	cs_check_fault(&c, "a %d", 1);
	cs_check_fault(&c, "b %s", "2");
	assert_int_equal(c.faults, 2);
	faults_are("a 1\nb 2\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(in_order, begin, end),
		cmocka_unit_test_setup_teardown(each_part, begin, end),
		cmocka_unit_test_setup_teardown(names, begin, end),
		cmocka_unit_test_setup_teardown(erasure, begin, end),
		cmocka_unit_test_setup_teardown(erased_again, begin, end),
		cmocka_unit_test_setup_teardown(wiped, begin, end),
		cmocka_unit_test_setup_teardown(counts, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
