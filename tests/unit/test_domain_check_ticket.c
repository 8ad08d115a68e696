/* Tickets refolded beside their stored rows: every table of a ticket, rows too many and too few,
   and what an edition would reckon otherwise. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/checking.h"
#include "domain/fold.h"
#include "faults.h"
#include "store/ref.h"

static int64_t first;

static int begin(void **state)
{
	struct cs_err e = {0};
	int rc;

	(void)state;
	desk_begin();
	first = desk_register("request", "eng.leak", "affects_life=yes", NULL);
	desk_register("request", "eng.leak", NULL, NULL);
	assert_int_equal(desk_dispatch(first, "p1.engineering", "worker", NULL, &rc, &e), CS_OK);
	desk_time("2026-11-04 10:00");
	desk_settle(first); /* rungs */
	desk_do(first, "arrive");
	desk_do(first, "start");
	desk_do(first, "finish result=换了 evidence:signature.owner:王芳"); /* contacts */
	return 0;
}

static int end(void **state)
{
	(void)state;
	desk_end();
	return 0;
}

static void run(struct cs_check *c)
{
	struct cs_err e = {0};

	if (cs_check_tickets(c, &e) < 0)
		fail_msg("%s", e.text);
}

static void in_order(void **state)
{
	struct cs_check c = faults_job();

	(void)state;
	c.recompute = true;
	run(&c);
	faults_are("");
}

/* REF in `want` stands for the first ticket. */
static void altered(void **state)
{
	static const struct {
		const char *sql, *table, *want; /* the line: table, reference, this */
	} cases[] = {
		{"UPDATE ticket SET level = 7 WHERE id = (SELECT min(id) FROM ticket)", "ticket",
		 ": level: stored 7, history says 2"},
		{"UPDATE clock SET due_at = NULL WHERE clock = 'dispatch' AND "
		 "ticket = (SELECT min(id) FROM ticket)",
		 "clock", ", dispatch, 1, 1: due_at: stored nothing, history says 1793581800"},
		{"UPDATE rung SET to_staff = 1 WHERE rung = 'esc_1'", "rung",
		 ", resolve, 1, esc_1, 1: to_staff: stored 1, history says 6"},
		{"DELETE FROM rung WHERE rung = 'esc_2'", "rung",
		 ", resolve, 1, esc_2, 1: recorded, but not there"},
		{"INSERT INTO link VALUES ((SELECT min(id) FROM ticket), 9, 'follows', 9, NULL, 1)",
		 "link", ", 9: nobody recorded it"},
		{"UPDATE evidence SET signer = 'x'", "evidence",
		 ", 1: signer: not what the history says (personal, not shown)"},
		{"UPDATE callback SET state = 'done' WHERE rule = 'request'", "callback",
		 ", 1: state: stored done, history says open"},
		{"DELETE FROM ticket WHERE id = (SELECT min(id) FROM ticket)", "ticket",
		 ": recorded, but not there"},
	};
	char ref[CS_REF_SIZE], want[300];

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
		snprintf(want, sizeof want, "%s %s%s\n", cases[i].table, cs_ref_text(first, ref),
			 cases[i].want);
		if (strcmp(faults_text(), want) != 0)
			fail_msg("%s: '%s', not '%s'", cases[i].sql, faults_text(), want);
	}
}

/* Rows of tickets that no event speaks of: before the first, between, behind the last. */
static void nobody(void **state)
{
	static const char *const sql[] = {
		"INSERT INTO party VALUES (5, 1, 1, 'owner', NULL, NULL, NULL, NULL)",
		"INSERT INTO party VALUES ((SELECT min(id) FROM ticket) + 50, 1, 1, 'owner', NULL, NULL, NULL, NULL)",
		"INSERT INTO party VALUES (9000000000000, 1, 1, 'owner', NULL, NULL, NULL, NULL)",
	};

	(void)state;
	for (size_t i = 0; i < sizeof sql / sizeof *sql; i++) {
		struct cs_check c;

		faults_make(sql[i]);
		c = faults_job();
		run(&c);
		assert_int_equal(c.faults, i + 1);
		assert_non_null(strstr(faults_text(), "party "));
		assert_non_null(strstr(faults_text(), ", 1: nobody recorded it\n"));
	}
}

/* A history that does not fold is one fault; the other tickets are still compared. */
static void damaged(void **state)
{
	struct cs_check c = faults_job();

	(void)state;
	faults_make("UPDATE event SET facts = '[[\"nonsense\"]]' WHERE about = 'ticket' AND "
		    "subject = (SELECT min(id) FROM ticket)");
	faults_make("UPDATE ticket SET channel = 'fax'");
	run(&c);
	assert_int_equal(c.faults, 2);
	assert_non_null(strstr(faults_text(), ": channel: stored fax, history says phone\n"));
	assert_non_null(strstr(faults_text(), ": event "));
}

/* Effects without what belongs to them, of every word: told or harmless, never a crash. */
static void bare_words(void **state)
{
	(void)state;
	for (int op = 0; op < CS_OP_COUNT; op++) {
		struct cs_image *im = desk_ticket(first);
		struct cs_effects l = {.arena = &desk->work};
		const struct cs_event ev = {.id = 99, .about = "ticket", .subject = first,
					    .step = "note"};
		struct cs_err e = {0};

		cs_effects_put(&l, (enum cs_op)op, NULL, 0);
		if (cs_fold_ticket(im, &ev, &l, &e) < 0)
			assert_int_equal(e.code, CS_IO);
		cs_image_settle(im);
	}
}

/* Asked again: a due that the history holds but the edition does not reckon is a remark. */
static void reckoned(void **state)
{
	struct cs_check c = faults_job();

	(void)state;
	/* both the event and the row: folded alike, reckoned otherwise (09:10 is 1793581800) */
	faults_make("UPDATE event SET facts = replace(facts, '1793581800', '1793581860') "
		    "WHERE about = 'ticket'");
	faults_make("UPDATE clock SET due_at = 1793581860 WHERE due_at = 1793581800");
	run(&c);
	assert_null(strstr(faults_text(), "~"));
	c = faults_job();
	c.recompute = true;
	run(&c);
	assert_non_null(strstr(faults_text(), "clock dispatch: due: decided 2026-11-02 09:11"));
	assert_non_null(strstr(faults_text(), ", now it would be 2026-11-02 09:10"));
}

/* Of a clock's rules the one that the ticket tells is asked for: an answer in writing has its own limit. */
static void rule_chosen(void **state)
{
	struct cs_check c;

	(void)state;
	desk_register("complaint", "eng.leak", NULL, NULL);
	c = faults_job();
	c.recompute = true;
	run(&c);
	faults_are("");
	faults_make("UPDATE event SET facts = replace(facts, '[\"set\",\"channel\",\"phone\"]', "
		    "'[\"set\",\"channel\",\"letter\"]') WHERE about = 'ticket' AND step = 'register'");
	faults_make("UPDATE ticket SET channel = 'letter' WHERE kind = 'complaint'");
	c = faults_job();
	c.recompute = true;
	run(&c);
	assert_non_null(strstr(faults_text(), "(register): clock reply: rule: decided 2, now it would be 1 of 2\n"));
}

/* What a ticket owes is asked for again: a report within a working day of becoming hot, on the 4th of November. */
static void owed(void **state)
{
	struct cs_check c;
	char sql[300];
	const cs_time due = desk_at("2026-11-06 00:00");
	int64_t id = desk_register("complaint", "eng.leak", NULL, NULL);

	(void)state;
	desk_do(id, "assess people=3");
	c = faults_job();
	c.recompute = true;
	run(&c);
	faults_are("");
	snprintf(sql, sizeof sql, "UPDATE event SET facts = replace(facts, '%lld', '%lld') WHERE step = 'assess'",
		 (long long)due, (long long)due + 60);
	faults_make(sql);
	c = faults_job();
	c.recompute = true;
	run(&c);
	if (!strstr(faults_text(),
		    "duty hot_report, importance/hot/1: due: decided 2026-11-06 00:01:00, now it would be "
		    "2026-11-06 00:00:00"))
		fail_msg("%s", faults_text());
}

/* A date set anew once its first rung had fired: what has fired is not to come again, and nothing is remarked. */
static void owed_by_a_date_set_anew(void **state)
{
	struct cs_check c;
	int64_t id;

	(void)state;
	desk_end();
	desk_begin_insurer();
	id = desk_register("complaint", NULL, "regulator_ref=Z regulator_due=2026-11-03_18:00", NULL);
	desk_settle(id); /* three days before: told at once */
	desk_time("2026-11-02 12:00");
	desk_do(id, "regulator_case note=x regulator_ref=Z regulator_due=2026-11-04_18:00");
	c = faults_job();
	c.recompute = true;
	run(&c);
	faults_are("");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(in_order, begin, end),
		cmocka_unit_test_setup_teardown(altered, begin, end),
		cmocka_unit_test_setup_teardown(nobody, begin, end),
		cmocka_unit_test_setup_teardown(damaged, begin, end),
		cmocka_unit_test_setup_teardown(bare_words, begin, end),
		cmocka_unit_test_setup_teardown(reckoned, begin, end),
		cmocka_unit_test_setup_teardown(rule_chosen, begin, end),
		cmocka_unit_test_setup_teardown(owed, begin, end),
		cmocka_unit_test_setup_teardown(owed_by_a_date_set_anew, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
