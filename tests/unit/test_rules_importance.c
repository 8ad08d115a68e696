/* How important a complaint is: the table of both definitions and their union, with every edge (requirements 4.4, 6.2; C1 ...
   C5, G2, G15, G16). What is expected is typed from the table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "editions.h"
#include "matters.h"
#include "rules.h"

static const char *const profiles[] = {"A", "B", "union"};

/* The rules of one profile; a complaint may come from nobody known. */
static void use(const char *set)
{
	char members[160];

	snprintf(members, sizeof members,
		 "\"importance\": {\"use\": \"%s\"}, \"kinds\": {\"complaint\": {\"anonymous\": true}}", set);
	edition_with(members);
}

static void is_class(const char *id, const char *profile, int64_t ticket, const char *want)
{
	const char *class = matters_class(ticket);

	if (strcmp(class, want) != 0)
		fail_msg("%s, profile %s: %s, not %s (%s)", id, profile, class, want, matters_rules(ticket));
}

/* --- the table -------------------------------------------------------------------------------------------------- */

/* facts: given at registration; who: the complainants of the matter, the last one's ticket is asked; fault, until: whose fault it
   is by the CS supervisor, and when the desk looks. */
static const struct row {
	const char *id, *facts, *who, *fault, *until;
	const char *class[3]; /* A, B, union */
} rows[] = {
	{"S3-4-7 S3-4-8 lawsuit triggered", "lawsuit=pending", "a", NULL, NULL, {"major", "major", "major"}},
	{"S3-4-10 C2 lawsuit possible", "lawsuit=possible", "a", NULL, NULL, {"ordinary", "hot", "hot"}},
	{"S3-4-7 S3-4-8 media exposed", "media=exposed", "a", NULL, NULL, {"major", "major", "major"}},
	{"S3-4-7 S3-4-10 C2 media exposure possible", "media=possible", "a", NULL, NULL, {"major", "hot", "major"}},
	{"S3-4-7 C1 same customer, same matter, twice", NULL, "aa", NULL, NULL, {"ordinary", "ordinary", "ordinary"}},
	{"S3-4-7 C1 same customer, same matter, three times", NULL, "aaa", NULL, NULL, {"major", "ordinary", "major"}},
	{"S3-4-7 three times, others between", NULL, "abaa", NULL, NULL, {"major", "ordinary", "major"}},
	{"S3-4-9 S3-4-8 C1 C3 group of 10", "people=10", "a", NULL, NULL, {"hot", "major", "major"}},
	{"S3-4-9 S3-4-10 group of 9", "people=9", "a", NULL, NULL, {"hot", "hot", "hot"}},
	{"S3-4-9 S3-4-10 group of 3", "people=3", "a", NULL, NULL, {"hot", "hot", "hot"}},
	{"S3-4-11 group of 2", "people=2", "a", NULL, NULL, {"ordinary", "ordinary", "ordinary"}},
	{"S3-4-9 S3-4-10 three different people", NULL, "abc", NULL, NULL, {"hot", "hot", "hot"}},
	{"S3-4-11 two different people", NULL, "ab", NULL, NULL, {"ordinary", "ordinary", "ordinary"}},
	{"S3-4-11 two different people, three complaints", NULL, "aba", NULL, NULL, {"ordinary", "ordinary", "ordinary"}},
	{"S3-4-9 S3-4-10 anonymous ones are different", NULL, "a--", NULL, NULL, {"hot", "hot", "hot"}},
	{"S3-4-10 unsolved a week, our fault", NULL, "a", "yes", "2026-11-09 09:00:00", {"ordinary", "ordinary", "ordinary"}},
	{"S3-4-10 unsolved over a week, our fault", NULL, "a", "yes", "2026-11-09 09:00:01", {"ordinary", "hot", "hot"}},
	{"S3-4-10 unsolved over a week, not our fault", NULL, "a", "no", "2026-11-30 09:00", {"ordinary", "ordinary", "ordinary"}},
	{"S3-4-8 unsolved until the end of the month's day", NULL, "a", "yes", "2026-12-03 00:00", {"ordinary", "hot", "hot"}},
	{"S3-4-8 unsolved a month, our fault", NULL, "a", "yes", "2026-12-03 00:00:01", {"ordinary", "major", "major"}},
	{"S3-4-8 unsolved a month, not our fault", NULL, "a", "no", "2027-01-30 09:00", {"ordinary", "ordinary", "ordinary"}},
	{"S3-4-11 none", NULL, "a", NULL, NULL, {"ordinary", "ordinary", "ordinary"}},
};

static void test_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < RULES_COUNT(rows) * 3; i++) {
		const struct row *r = &rows[i / 3];
		int64_t id[8];
		size_t last = strlen(r->who) - 1;

		desk_begin();
		if (i % 3 < 2 || strchr(r->who, '-'))
			use(profiles[i % 3]);
		if (r->facts)
			id[last] = matters_complain(PERSON_WANG, r->facts);
		else
			matters_of(r->who, NULL, id);
		if (r->fault) {
			char step[40];

			snprintf(step, sizeof step, "assess our_fault=%s", r->fault);
			desk_actor("chief");
			desk_do(id[last], step);
			desk_time(r->until);
			desk_settle(id[last]);
		}
		is_class(r->id, profiles[i % 3], id[last], r->class[i % 3]);
		desk_end();
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
