/* Ratings asked again count over the matter as it was with their event, whatever became of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "domain/check.h"
#include "domain/checking.h"
#include "editions.h"
#include "faults.h"
#include "matters.h"
#include "store/event.h"
#include "store/ref.h"

static int64_t a, b, c;

static int begin(void **state)
{
	(void)state;
	desk_begin();
	a = matters_complain(FIRST_PERSON, NULL);
	desk_time("2026-11-03 09:00");
	b = matters_complain(FIRST_PERSON + 1, NULL);
	desk_time("2026-11-04 09:00");
	c = matters_complain(FIRST_PERSON + 2, NULL);
	return 0;
}

static int end(void **state)
{
	(void)state;
	desk_end();
	return 0;
}

static void same(int64_t ticket, int64_t as)
{
	char words[60], ref[CS_REF_SIZE];

	snprintf(words, sizeof words, "link same_as=%s", as ? cs_ref_text(as, ref) : "none");
	desk_actor("chief");
	desk_do(ticket, words);
}

static void merge(int64_t ticket, int64_t into)
{
	char words[60], ref[CS_REF_SIZE];

	snprintf(words, sizeof words, "merge note=x into=%s", cs_ref_text(into, ref));
	desk_actor("chief");
	desk_do(ticket, words);
}

static size_t asked_again(void)
{
	struct cs_check job = faults_job();
	struct cs_err e = {0};

	job.recompute = true;
	if (cs_check_run(&job, &e) < 0)
		fail_msg("%s", e.text);
	return job.faults;
}

/* Three different ones within a month are hot (S3-4-9); two are not, and are told apart from three at each event. */
static void joined_and_taken_apart(void **state)
{
	(void)state;
	same(b, a);
	desk_time("2026-11-05 09:00");
	same(c, a);
	assert_string_equal(matters_class(a), "hot");
	desk_do(a, "note note=x");
	desk_time("2026-11-06 09:00");
	same(c, 0);
	same(b, 0);
	assert_true(desk_ticket(a)->t.matter == CS_NULL);
	desk_do(a, "note note=y");
	assert_int_equal(asked_again(), 0);
	faults_are("");
}

/* Who complains again after an event did not count with it, though it is entered for a time before. */
static void entered_later(void **state)
{
	(void)state;
	same(b, a);
	desk_time("2026-11-10 09:00");
	desk_do(a, "note note=x");
	desk_do(b, "repeat note=x at=2026-11-04_10:00 party:李强:13700000001:tenant");
	assert_string_equal(matters_class(a), "hot");
	assert_int_equal(asked_again(), 0);
	faults_are("");
}

static void not_compared(size_t ratings, int64_t first)
{
	char want[300], ref[CS_REF_SIZE];

	snprintf(
		want, sizeof want,
		"~importance: %zu rating%s not compared (the first of %s): the rules ask about linked tickets, and one "
		"that was linked has changed since\n",
		ratings, ratings == 1 ? " is" : "s are", cs_ref_text(first, ref));
	faults_are(want);
}

/* Two of three are merged, one of them given back: who counted then counts. */
static void merged_and_given_back(void **state)
{
	(void)state;
	edition_with("\"importance\": {\"use\": \"T\", \"sets\": {\"T\": [{\"id\": \"T.same\", \"class\": \"hot\", "
		     "\"when\": {\"count\": {\"steps\": [\"register\"], \"of\": \"matter\", \"distinct\": \"party\"}, "
		     "\"at_least\": 3}}]}}, \"labels\": {"
		     "\"en\": {\"importance/sets/T\": \"t\", \"importance/sets/T/T.same\": \"s\"}, "
		     "\"zh\": {\"importance/sets/T\": \"丁\", \"importance/sets/T/T.same\": \"同\"}}");
	merge(b, a);
	merge(c, a);
	assert_string_equal(matters_class(a), "hot");
	desk_time("2026-11-06 09:00");
	desk_do(b, "unmerge note=x");
	same(b, 0);
	desk_do(a, "note note=x");
	assert_string_equal(matters_class(a), "ordinary");
	assert_int_equal(asked_again(), 0);
	faults_are("");
}

/* While the link holds it is asked as with each event; what the class of another was that is linked no more is not
   known: said in one line, and only where it makes a difference. */
static void by_the_class_of_another(void **state)
{
	(void)state;
	desk_actor("chief");
	desk_do(b, "assess media=exposed");
	assert_string_equal(matters_class(b), "major");
	merge(b, a);
	assert_string_equal(matters_class(a), "major");
	desk_do(a, "note note=x");
	assert_int_equal(asked_again(), 0);
	faults_are("");
	desk_time("2026-11-06 09:00");
	desk_do(b, "unmerge note=x");
	assert_string_equal(matters_class(a), "ordinary");
	desk_do(b, "assess media=none");
	assert_int_equal(asked_again(), 0);
	not_compared(2, a);
}

/* A rating that was none of the rules' is found all the same. */
static void decided_otherwise(void **state)
{
	(void)state;
	same(b, a);
	same(c, a);
	same(c, 0);
	asked_again();
	faults_are("");
	faults_make("UPDATE event SET facts = replace(facts, '\"hot\"', '\"major\"') "
		    "WHERE id = (SELECT max(id) FROM event WHERE facts LIKE '%\"hot\"%')");
	assert_true(asked_again() > 0);
	assert_non_null(strstr(faults_text(), "importance: decided major ("));
	assert_non_null(strstr(faults_text(), "now it would be hot ("));
}

/* Links as they were with each event. */
static void links(void **state)
{
	struct cs_check job = faults_job();
	struct cs_check_matters *m;
	struct cs_linked l;
	struct cs_err e = {0};
	int64_t before, merged, undone;

	(void)state;
	same(c, a);
	before = cs_event_count(desk->db, &e);
	merge(b, a);
	merged = cs_event_count(desk->db, &e);
	desk_do(b, "unmerge note=x");
	undone = cs_event_count(desk->db, &e);
	m = cs_check_matters_new(&job, &e);
	assert_non_null(m);
	cs_check_linked(m, desk_ticket(a), 1, &l);
	assert_int_equal(l.count, 0);
	cs_check_linked(m, desk_ticket(a), before, &l);
	assert_int_equal(l.count, 1);
	assert_int_equal(l.row[0].ticket, c);
	assert_string_equal(l.row[0].link, "same_as");
	cs_check_linked(m, desk_ticket(a), merged, &l);
	assert_int_equal(l.count, 2);
	assert_int_equal(l.row[1].ticket, b);
	assert_string_equal(l.row[1].link, "merged_into");
	cs_check_linked(m, desk_ticket(a), undone, &l);
	assert_int_equal(l.count, 1);
	cs_check_linked(m, desk_ticket(c), merged, &l);
	assert_int_equal(l.count, 0);
	assert_false(cs_check_link_changed(m, a, "merged_into", before));
	assert_true(cs_check_link_changed(m, a, "merged_into", merged));
	assert_true(cs_check_link_changed(m, b, "merged_into", merged));
	assert_true(cs_check_link_changed(m, a, "same_as", merged)); /* c came and went later */
	assert_false(cs_check_link_changed(m, c, "merged_into", merged));
	assert_false(cs_check_link_changed(m, a, "merged_into", undone));
	cs_check_matters_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(joined_and_taken_apart, begin, end),
		cmocka_unit_test_setup_teardown(entered_later, begin, end),
		cmocka_unit_test_setup_teardown(merged_and_given_back, begin, end),
		cmocka_unit_test_setup_teardown(by_the_class_of_another, begin, end),
		cmocka_unit_test_setup_teardown(decided_otherwise, begin, end),
		cmocka_unit_test_setup_teardown(links, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
