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
		{"UPDATE unit SET households = 1 WHERE code = 'p1'",
		 "unit 3: households: stored 1, history says 1200"},
		{"UPDATE policy SET approved_by = approved_by, edition = '1999-01-01'",
		 "policy 1: stored property 1999-01-01, history says property "},
		{"UPDATE policy SET digest = '00'", "policy 1: digest: stored 00, history says "},
		{"INSERT INTO intake_row VALUES ('hotline', '1', '00', 1, 1)",
		 "intake_row of hotline: ticket "},
		{"INSERT INTO draw_item VALUES (1, 's', 1, 1, 'member', 'r')",
		 "draw_item 1 s 1: nobody recorded it"},
		{"UPDATE ticket SET level = 9", "ticket "},
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
		cmocka_unit_test_setup_teardown(counts, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
