/* The chain and the marks kept outside of the database: what was altered, cut or written anew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/check.h"
#include "faults.h"

static int begin(void **state)
{
	(void)state;
	desk_begin();
	for (size_t i = 0; i < 4; i++)
		desk_register("request", "eng.leak", NULL, NULL);
	return 0;
}

static int end(void **state)
{
	(void)state;
	desk_end();
	return 0;
}

static struct cs_chain chain(void)
{
	struct cs_chain c;
	struct cs_err e = {0};

	if (cs_chain_load(desk->db, desk->meta.database_id, &c, &e) < 0)
		fail_msg("%s", e.text);
	return c;
}

static void run(struct cs_check *c)
{
	struct cs_err e = {0};

	if (cs_check_chain(c, &e) < 0)
		fail_msg("%s", e.text);
}

static void unbroken(void **state)
{
	const struct cs_chain last = chain();
	struct cs_check c = faults_job();

	(void)state;
	run(&c);
	faults_are("");
	assert_int_equal(c.count, last.last_id); /* numbered without gaps from 1 */
	assert_memory_equal(c.head, last.head, CS_HASH_SIZE);
}

/* No event can be changed, taken out or put in unseen. */
static void broken(void **state)
{
	static const struct {
		const char *sql, *want;
	} cases[] = {
		{"UPDATE event SET at = at - 1 WHERE id = 3",
		 "event 3: altered, or not the one that followed event 2\n"},
		{"UPDATE event SET login = 'x' WHERE id = 1",
		 "event 1: altered, or not the one that followed event 0\n"},
		{"UPDATE event SET actor = 1 WHERE id = 5",
		 "event 5: altered, or not the one that followed event 4\n"},
		{"UPDATE event SET chain = zeroblob(32) WHERE id = 5",
		 "event 6: altered, or not the one that followed event 5\n"
		 "event 5: altered, or not the one that followed event 4\n"},
		{"UPDATE event SET private = '{}' WHERE id = 3",
		 "event 3: altered, or not the one that followed event 2\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_check c;

		if (i) {
			end(NULL);
			begin(NULL);
		}
		faults_make(cases[i].sql);
		c = faults_job();
		run(&c);
		if (strcmp(faults_text(), cases[i].want) != 0)
			fail_msg("%s: '%s'", cases[i].sql, faults_text());
	}
}

/* Events taken out: in the middle one, two; at the end. */
static void taken_out(void **state)
{
	const long long last = chain().last_id;
	struct cs_check c = faults_job();
	char want[200];

	(void)state;
	faults_make("DELETE FROM event WHERE id = 3");
	run(&c);
	assert_non_null(strstr(faults_text(), "event 3: not there\n"));
	faults_make("DELETE FROM event WHERE id = 4");
	c = faults_job();
	run(&c);
	assert_non_null(strstr(faults_text(), "event 3 to 4: not there\n"));
	faults_make("DELETE FROM event WHERE id = (SELECT max(id) FROM event)");
	c = faults_job();
	run(&c);
	snprintf(want, sizeof want,
		 "chain: event %lld was written once, now it ends with event %lld: its tail was "
		 "cut\n",
		 last, last - 1);
	assert_non_null(strstr(faults_text(), want));
	faults_make("DELETE FROM event");
	c = faults_job();
	run(&c);
	snprintf(want, sizeof want,
		 "chain: event %lld was written once, now it ends with event 0: its tail was cut\n",
		 last);
	assert_non_null(strstr(faults_text(), want));
	assert_int_equal(c.count, 0);
}

/* A mark tells of a chain written anew, and of a tail that was cut. */
static void marks(void **state)
{
	const struct cs_chain last = chain();
	struct cs_chain_mark mark[2] = {{.count = last.last_id}, {.count = last.last_id}};
	struct cs_check c = faults_job();
	char want[200];

	(void)state;
	memcpy(mark[0].head, last.head, CS_HASH_SIZE);
	memcpy(mark[1].head, last.head, CS_HASH_SIZE);
	c.mark = mark;
	c.mark_count = 2;
	run(&c);
	faults_are("");
	desk_register("request", "eng.leak", NULL, NULL); /* it may grow */
	c.faults = 0;
	run(&c);
	faults_are("");
	mark[1].head[0] ^= 1;
	run(&c);
	assert_int_equal(c.faults, 1);
	snprintf(want, sizeof want, "chain: after %lld events its head was ",
		 (long long)last.last_id);
	assert_int_equal(strncmp(faults_text(), want, strlen(want)), 0);
	c = faults_job();
	mark[1].count = 999;
	c.mark = mark;
	c.mark_count = 2;
	run(&c);
	snprintf(want, sizeof want,
		 "chain: it had 999 events, now it ends with event %lld: its tail was cut\n",
		 (long long)chain().last_id);
	faults_are(want);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(unbroken, begin, end),
		cmocka_unit_test_setup_teardown(broken, begin, end),
		cmocka_unit_test_setup_teardown(taken_out, begin, end),
		cmocka_unit_test_setup_teardown(marks, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
