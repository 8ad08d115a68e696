/* How important a complaint is: the table of both definitions and their union, with every edge (requirements 4.4, 6.2;
   C1 ...
   C5, G2, G15, G16). What is expected is typed from the table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "domain/effect.h"
#include "editions.h"
#include "matters.h"
#include "rules.h"
#include "store/due.h"

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

/* facts: given at registration; who: the complainants of the matter, the last one's ticket is asked; fault, until:
   whose fault it
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
	{"S3-4-11 two different people, three complaints",
	 NULL,
	 "aba",
	 NULL,
	 NULL,
	 {"ordinary", "ordinary", "ordinary"}},
	{"S3-4-9 S3-4-10 anonymous ones are different", NULL, "a--", NULL, NULL, {"hot", "hot", "hot"}},
	{"S3-4-10 unsolved a week, our fault",
	 NULL,
	 "a",
	 "yes",
	 "2026-11-09 09:00:00",
	 {"ordinary", "ordinary", "ordinary"}},
	{"S3-4-10 unsolved over a week, our fault",
	 NULL,
	 "a",
	 "yes",
	 "2026-11-09 09:00:01",
	 {"ordinary", "hot", "hot"}},
	{"S3-4-10 unsolved over a week, not our fault",
	 NULL,
	 "a",
	 "no",
	 "2026-11-30 09:00",
	 {"ordinary", "ordinary", "ordinary"}},
	{"S3-4-8 unsolved until the end of the month's day",
	 NULL,
	 "a",
	 "yes",
	 "2026-12-03 00:00",
	 {"ordinary", "hot", "hot"}},
	{"S3-4-8 unsolved a month, our fault", NULL, "a", "yes", "2026-12-03 00:00:01", {"ordinary", "major", "major"}},
	{"S3-4-8 unsolved a month, not our fault",
	 NULL,
	 "a",
	 "no",
	 "2027-01-30 09:00",
	 {"ordinary", "ordinary", "ordinary"}},
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

/* --- edges ------------------------------------------------------------------------------------------------------- */

/* Three complainants; the window of thirty days begins with the first. */
static void test_window(void **state)
{
	static const struct {
		const char *id, *at[3], *class;
	} cases[] = {
		{"S3-4-9 on the last second",
		 {"2026-11-02 09:00:00", "2026-11-15 10:00", "2026-12-02 09:00:00"},
		 "hot"},
		{"S3-4-9 a second later",
		 {"2026-11-02 09:00:00", "2026-11-15 10:00", "2026-12-02 09:00:01"},
		 "ordinary"},
		{"S3-4-9 within a minute",
		 {"2026-11-02 09:00:00", "2026-11-02 09:00:00", "2026-11-02 09:00:59"},
		 "hot"},
	};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		int64_t id[3];

		desk_begin();
		matters_of("abc", cases[i].at, id);
		for (size_t k = 0; k < 3; k++)
			is_class(cases[i].id, "union", id[k], cases[i].class);
		desk_end();
	}
}

/* The same by steps on one ticket: the third that complains, on the last second of the thirty days and the
   second after; the third time of one and the same person has no window (S3-4-7). */
static void test_window_of_repeats(void **state)
{
	static const struct {
		const char *id, *opened, *again[2], *who[2], *class;
	} cases[] = {
		{"S3-4-9 on the last second",
		 "2026-11-02 09:00:00",
		 {"2026-11-15 10:00", "2026-12-02 09:00:00"},
		 {"李强:13700000001", "周敏:13700000002"},
		 "hot"},
		{"S3-4-9 a second later",
		 "2026-11-02 09:00:00",
		 {"2026-11-15 10:00", "2026-12-02 09:00:01"},
		 {"李强:13700000001", "周敏:13700000002"},
		 "ordinary"},
		{"S3-4-9 from 23:50 on the last second",
		 "2026-11-02 23:50:00",
		 {"2026-11-02 23:59:59", "2026-12-02 23:50:00"},
		 {"李强:13700000001", "周敏:13700000002"},
		 "hot"},
		{"S3-4-9 from 23:50 a second later",
		 "2026-11-02 23:50:00",
		 {"2026-11-02 23:59:59", "2026-12-02 23:50:01"},
		 {"李强:13700000001", "周敏:13700000002"},
		 "ordinary"},
		{"S3-4-9 two people",
		 "2026-11-02 09:00:00",
		 {"2026-11-15 10:00", "2026-12-02 09:00:00"},
		 {"李强:13700000001", "李强:13700000001"},
		 "ordinary"},
		{"S3-4-7 the third time of one",
		 "2026-11-02 09:00:00",
		 {"2026-11-15 10:00", "2026-12-02 09:00:01"},
		 {"王芳:13800138000", "王芳:13800138000"},
		 "major"},
	};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		int64_t id;

		desk_begin();
		desk_time(cases[i].opened);
		id = matters_complain(PERSON_WANG, NULL);
		for (size_t k = 0; k < 2; k++) {
			char words[120];

			desk_time(cases[i].again[k]);
			snprintf(words, sizeof words, "repeat note=又来 party:%s:owner", cases[i].who[k]);
			desk_do(id, words);
		}
		is_class(cases[i].id, "union", id, cases[i].class);
		desk_end();
	}
}

/* G15: the operator links. Found out late they are no less the same. */
static void test_linked_late(void **state)
{
	static const char *const at[] = {"2026-11-02 09:00", "2026-11-10 09:00", "2026-12-01 09:00"};
	int64_t id[3];

	(void)state;
	desk_begin();
	for (size_t i = 0; i < 3; i++) {
		desk_time(at[i]);
		id[i] = matters_complain(FIRST_PERSON + (int64_t)i, NULL);
	}
	desk_time("2027-02-15 09:00");
	for (size_t i = 0; i < 3; i++)
		matters_join(id[i], id[0]);
	for (size_t i = 0; i < 3; i++)
		is_class("G15", "union", id[i], "hot");
	/* One of them was something else. */
	matters_join(id[1], CS_NULL);
	is_class("G15 undone", "union", id[1], "ordinary");
	desk_end();
}

/* Once hot for three complainants it stays so when the window has passed. */
static void test_latch(void **state)
{
	int64_t id[3];

	(void)state;
	desk_begin();
	matters_of("abc", NULL, id);
	desk_time("2027-06-01 09:00");
	desk_settle(id[0]);
	desk_actor("chief");
	desk_do(id[0], "note note=半年后");
	is_class("S3-4-9", "union", id[0], "hot");
	assert_string_equal(matters_rules(id[0]), "A.same,B.same");
	desk_end();
}

/* How long is a week, how long is a month: the second before, and the first after. */
static void test_age(void **state)
{
	static const struct {
		const char *id, *opened, *last, *after, *before_class, *after_class;
	} cases[] = {
		{"S3-4-10 seven days", "2026-11-02 09:00:00", "2026-11-09 09:00:00", "2026-11-09 09:00:01", "ordinary",
		 "hot"},
		{"S3-4-10 over a year's end", "2026-12-28 23:50:00", "2027-01-04 23:50:00", "2027-01-04 23:50:01",
		 "ordinary", "hot"},
		{"S3-4-8 thirty days", "2026-11-02 09:00:00", "2026-12-03 00:00:00", "2026-12-03 00:00:01", "hot",
		 "major"},
		{"S3-4-8 a month's end", "2027-01-31 09:00:00", "2027-03-01 00:00:00", "2027-03-01 00:00:01", "hot",
		 "major"},
		{"S3-4-8 a leap day", "2028-01-31 09:00:00", "2028-03-01 00:00:00", "2028-03-01 00:00:01", "hot",
		 "major"},
		{"S3-4-8 from a leap day", "2028-02-29 09:00:00", "2028-03-30 00:00:00", "2028-03-30 00:00:01", "hot",
		 "major"},
	};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		int64_t id;

		desk_begin();
		desk_time(cases[i].opened);
		id = matters_complain(PERSON_WANG, NULL);
		desk_actor("chief");
		desk_do(id, "assess our_fault=yes");
		desk_time(cases[i].last);
		desk_settle(id);
		is_class(cases[i].id, "union", id, cases[i].before_class);
		desk_time(cases[i].after);
		desk_settle(id);
		is_class(cases[i].id, "union", id, cases[i].after_class);
		desk_end();
	}
}

#define SEND "chief dispatch handling=p1.engineering assignee=worker promised_at=2026-11-03_18:00"

/* What is solved in time, though entered late, is not unsolved; what was not stays what it became. */
static void test_solved(void **state)
{
	static const struct {
		const char *id, *now, *finish, *class, *peak;
	} cases[] = {
		{"S3-4-10 solved in the week", "2026-11-09 09:00:00", "worker finish result=已换", "ordinary",
		 "ordinary"},
		{"S3-4-10 solved a second late", "2026-11-09 09:00:01", "worker finish result=已换", "hot", "hot"},
		{"S3-4-10 solved in the week, entered later", "2026-11-12 09:00",
		 "worker finish result=已换 at=2026-11-09_09:00", "ordinary", "hot"},
		{"S3-4-10 solved after it", "2026-11-12 09:00", "worker finish result=已换", "hot", "hot"},
	};

	(void)state;
	for (size_t i = 0; i < RULES_COUNT(cases); i++) {
		int64_t id;

		desk_begin();
		id = matters_complain(PERSON_WANG, NULL);
		rules_live(cases[i].id, id, "chief assess our_fault=yes|" SEND);
		desk_time(cases[i].now);
		rules_live(cases[i].id, id, cases[i].finish);
		is_class(cases[i].id, "union", id, cases[i].class);
		assert_string_equal(desk_ticket(id)->t.importance_peak, cases[i].peak);
		/* Solved, time does nothing more to it. */
		desk_time("2027-03-01 09:00");
		desk_settle(id);
		is_class(cases[i].id, "union", id, cases[i].class);
		assert_int_equal(desk_ticket(id)->t.wake_at, CS_NULL);
		desk_end();
	}
}

/* A complaint that comes back was not effectively solved: its age counts from the complaint. */
static void test_reopened(void **state)
{
	int64_t id;

	(void)state;
	desk_begin();
	id = matters_complain(PERSON_WANG, NULL);
	rules_live("S3-4-8", id,
		   "chief assess our_fault=yes|" SEND "|worker finish result=已换|chief verify note=查过|"
		   "ling reply reply_text=已换");
	while (cs_image_count(desk_ticket(id), CS_P_CALLBACK) == 0)
		fail_msg("no call-back");
	desk_time("2026-12-20 09:00");
	is_class("S3-4-8 solved", "union", id, "ordinary");
	rules_live("S3-4-8", id, "chief rework note=又坏了");
	is_class("S3-4-8 again", "union", id, "major");
	desk_end();
}

/* --- unknown facts ----------------------------------------------------------------------------------------------- */

static size_t owed(int64_t ticket, const char *duty, bool open)
{
	const struct cs_image *im = desk_ticket(ticket);
	size_t n = 0;

	for (size_t i = 0; i < cs_image_count(im, CS_P_OWED); i++) {
		const struct cs_owed_row *o = cs_image_at(im, CS_P_OWED, i);

		n += strcmp(o->duty, duty) == 0 && (!open || (o->done_at == CS_NULL && o->waived_at == CS_NULL));
	}
	return n;
}

/* G16: nobody has said whose fault it is. After a week somebody must, once. */
static void test_fault_unknown(void **state)
{
	int64_t id;

	(void)state;
	desk_begin();
	id = matters_complain(PERSON_WANG, NULL);
	desk_time("2026-11-09 09:00:00");
	desk_settle(id);
	assert_int_equal(owed(id, "say_fault", false), 0);
	desk_time("2026-11-09 09:00:01");
	desk_settle(id);
	assert_int_equal(owed(id, "say_fault", true), 1);
	is_class("G16", "union", id, "ordinary");
	assert_int_equal(((const struct cs_owed_row *)cs_image_at(desk_ticket(id), CS_P_OWED, 0))->owed_at,
			 desk_at("2026-11-09 09:00:01"));
	desk_time("2027-01-15 09:00");
	desk_settle(id);
	desk_settle(id);
	assert_true(owed(id, "say_fault", false) == 1 && owed(id, "say_fault", true) == 1);
	rules_live("G16", id, "chief assess our_fault=yes");
	assert_int_equal(owed(id, "say_fault", true), 0);
	is_class("G16 said", "union", id, "major");
	assert_string_equal(matters_rules(id), "B.month,B.week");
	desk_end();
}

/* Only the post that the rules name says so; a duty that is answered with no changes nothing else. */
static void test_fault_said(void **state)
{
	struct cs_err e = {0};
	int64_t id;

	(void)state;
	desk_begin();
	id = matters_complain(PERSON_WANG, NULL);
	desk_time("2026-11-10 09:00");
	desk_actor("ling");
	assert_int_equal(desk_step(id, "assess our_fault=no", &e), CS_REFUSED);
	assert_string_equal(e.text, "our_fault: not yours to set");
	rules_live("G16", id, "chief assess our_fault=no");
	assert_true(owed(id, "say_fault", false) == 1 && owed(id, "say_fault", true) == 0);
	is_class("G16", "union", id, "ordinary");
	assert_int_equal(desk_ticket(id)->t.wake_at, CS_NULL);
	desk_end();
}

/* A complaint that is major already needs no answer to stay so. */
static void test_fault_not_asked(void **state)
{
	int64_t id;

	(void)state;
	desk_begin();
	id = matters_complain(PERSON_WANG, "lawsuit=pending");
	desk_time("2027-01-15 09:00");
	desk_settle(id);
	assert_int_equal(owed(id, "say_fault", false), 0);
	/* The lawsuit was a mistake: now it must be known. */
	rules_live("G16", id, "chief assess lawsuit=none");
	assert_int_equal(owed(id, "say_fault", true), 1);
	desk_end();
}

/* --- corrections, others of the matter ---------------------------------------------------------------------------- */

static size_t events(int64_t ticket, const char *step)
{
	struct cs_err e = {0};
	struct cs_stmt *walk = cs_event_of(desk->db, "ticket", ticket, &e);
	struct cs_event ev;
	size_t n = 0;

	while (walk && cs_event_next(walk, &ev, &e) == 1)
		n += strcmp(ev.step, step) == 0;
	return n;
}

/* C2: corrected facts lower the class, to be seen; the highest one held stays on record. */
static void test_correction(void **state)
{
	int64_t id;

	(void)state;
	desk_begin();
	id = matters_complain(PERSON_WANG, NULL);
	assert_string_equal(matters_rules(id), "-");
	rules_live("C2", id, "ling assess media=exposed people=12");
	is_class("C2", "union", id, "major");
	assert_string_equal(matters_rules(id), "A.media,A.group,B.media,B.group,B.few");
	assert_string_equal(desk_ticket(id)->t.priority, "high");
	rules_live("C2", id, "ling assess media=none people=4");
	is_class("C2 corrected", "union", id, "hot");
	rules_live("C2", id, "ling assess people=1");
	is_class("C2 corrected again", "union", id, "ordinary");
	assert_string_equal(matters_rules(id), "-");
	assert_string_equal(desk_ticket(id)->t.importance_peak, "major");
	assert_string_equal(desk_ticket(id)->t.priority, "normal");
	desk_end();
}

/* S0-4-13, C4: a mark by hand, beside the scale. */
static void test_important(void **state)
{
	int64_t id;

	(void)state;
	desk_begin();
	id = matters_complain(PERSON_WANG, "important=yes");
	is_class("S0-4-13", "union", id, "ordinary");
	assert_int_equal(cs_image_own(desk_ticket(id), "important")->i, 1);
	rules_live("S0-4-13", id, "company assess important=no");
	assert_int_equal(cs_image_own(desk_ticket(id), "important")->i, 0);
	desk_end();
}

/* The third complaint makes all three hot, in one transaction, each by one event of its own that says why. */
static void test_siblings(void **state)
{
	int64_t id[3];

	(void)state;
	desk_begin();
	matters_of("ab", NULL, id);
	assert_int_equal(events(id[0], "rate") + events(id[1], "rate"), 0);
	desk_time("2026-11-03 09:00");
	id[2] = matters_complain(FIRST_PERSON + 'c', NULL);
	matters_join(id[2], id[0]);
	for (size_t i = 0; i < 3; i++) {
		is_class("S3-4-9", "union", id[i], "hot");
		assert_int_equal(events(id[i], "rate"), 1);
		assert_int_equal(desk_ticket(id[i])->t.rated_at, desk_at("2026-11-03 09:00"));
	}
	/* Closed ones too, without anything to be found out any more. */
	desk_time("2026-11-04 09:00");
	rules_live("S3-4-9", id[0], "chief withdraw why=customer");
	is_class("S3-4-9 withdrawn", "union", id[0], "hot");
	matters_join(id[1], CS_NULL);
	for (size_t i = 0; i < 3; i++)
		is_class("S3-4-9 undone", "union", id[i], "ordinary");
	assert_int_equal(owed(id[0], "say_fault", false), 0);
	desk_end();
}

/* C18: refused, withdrawn and closed repeats count. */
static void test_closed_count(void **state)
{
	int64_t id[3];

	(void)state;
	desk_begin();
	matters_of("aa", NULL, id);
	rules_live("C18", id[1], "chief withdraw why=twice");
	id[2] = matters_complain(FIRST_PERSON + 'a', NULL);
	matters_join(id[2], id[0]);
	for (size_t i = 0; i < 3; i++)
		is_class("C18", "union", id[i], "major");
	desk_end();
}

/* --- how often cron ran ------------------------------------------------------------------------------------------- */

/* What happened to a ticket, but for the notices, of which each run sends one a recipient. */
static void tell(int64_t ticket, struct cs_buf *out)
{
	struct cs_err e = {0};
	struct cs_stmt *walk = cs_event_of(desk->db, "ticket", ticket, &e);
	struct cs_effects l = {.arena = &desk->work};
	struct cs_event ev;

	while (walk && cs_event_next(walk, &ev, &e) == 1) {
		cs_buf_printf(out, "%s %lld:", ev.step, (long long)ev.at);
		assert_int_equal(cs_effects_read(&l, ev.facts, NULL, &e), 0);
		for (size_t i = 0; i < l.count; i++) {
			const struct cs_effect *f = &l.effect[i];

			if (f->op != CS_OP_NOTICE)
				cs_buf_printf(out, " %s", cs_op_word(f->op));
			for (size_t k = 0; f->op != CS_OP_NOTICE && k < f->arg_count; k++) {
				const char *text = f->arg[k].type == CS_V_TEXT ? f->arg[k].s : "";

				/* A cause like finish/760 names an event of the chain, where others stand between. */
				cs_buf_printf(out, ",%.*s%lld", (int)strcspn(text, "/"), text,
					      f->arg[k].type == CS_V_INT ? (long long)f->arg[k].i : 0);
			}
		}
		cs_buf_putc(out, '\n');
	}
}

/* The run of a night: all that is due by now. Nothing due costs one question. */
static void night(const int64_t *ticket, size_t count)
{
	const struct cs_due start = {INT64_MIN, 0};
	struct cs_err e = {0};
	struct cs_due due;
	size_t n;

	assert_int_equal(cs_due_crossings(desk->db, &start, desk->now, &due, 1, &n, &e), 0);
	for (size_t i = 0; n > 0 && i < count; i++)
		desk_settle(ticket[i]);
}

/* Six weeks of three complaints, the nights every so many seconds; 0: one night at the end. */
static void six_weeks(int64_t every, struct cs_buf *out)
{
	static const struct {
		const char *at, *life;
		size_t ticket;
	} lives[] = {
		{"2026-11-03 09:00", SEND, 1},
		{"2026-11-05 10:00", "chief assess our_fault=yes", 0},
		{"2026-11-06 10:00", "chief assess our_fault=yes", 1},
		{"2026-11-09 09:00:01", "ling contact note=已联系", 0},
		{"2026-11-20 10:00", "worker finish result=已换 at=2026-11-09_08:00", 1},
		{"2026-11-25 10:00", "chief assess our_fault=yes", 2},
		{"2026-12-03 00:00:01", "chief assess media=possible", 2},
	};
	int64_t id[3];
	size_t next = 0;
	cs_time end;

	desk_begin();
	for (size_t i = 0; i < 3; i++)
		id[i] = matters_complain(FIRST_PERSON + (int64_t)i, NULL);
	end = desk_at("2026-12-14 09:00");
	for (cs_time night_at = desk->now; desk->now < end;) {
		night_at = every ? night_at + every : end;
		for (; next < RULES_COUNT(lives) && desk_at(lives[next].at) <= night_at; next++) {
			desk_time(lives[next].at);
			rules_live("", id[lives[next].ticket], lives[next].life);
		}
		desk->now = night_at;
		night(id, 3);
	}
	for (size_t i = 0; i < 3; i++)
		tell(id[i], out);
	desk_end();
}

/* The first line that is not in the other says more than both whole. */
static void same_story(const char *often, const char *once, int64_t every)
{
	while (*often && *often == *once) {
		often++;
		once++;
	}
	if (*often || *once)
		fail_msg("every %lld s: '%.200s', once: '%.200s'", (long long)every, often, once);
}

static void test_how_often(void **state)
{
	static const int64_t every[] = {60, 3600, 86400, 7 * 86400};
	struct cs_buf once = {0}, often = {0};

	(void)state;
	six_weeks(0, &once);
	assert_non_null(strstr(cs_buf_str(&once), "B.month"));
	assert_non_null(strstr(cs_buf_str(&once), "say_fault"));
	for (size_t i = 0; i < RULES_COUNT(every); i++) {
		cs_buf_clear(&often);
		six_weeks(every[i], &often);
		same_story(cs_buf_str(&often), cs_buf_str(&once), every[i]);
	}
	cs_buf_free(&once);
	cs_buf_free(&often);
}

/* PERSON_WANG, on the ticket. */
static void complain_again(int64_t ticket)
{
	const struct cs_given_party who = {.name = "王芳", .phone = "13800138000"};
	const struct cs_request r = {
		.step = "repeat", .at = CS_TIME_NONE, .note = "又漏了", .party = &who, .party_count = 1};
	struct cs_err e = {0};
	struct cs_image im;

	desk_actor("ling");
	if (cs_session_begin(desk, &e) < 0 || cs_act_step(desk, ticket, &r, &im, &e) < 0 ||
	    cs_session_commit(desk, &e) < 0)
		fail_msg("%s", e.text);
}

/* S3-4-7: complaining again on the ticket counts as a complaint of its own does, for all of the matter. */
static void test_repeats(void **state)
{
	int64_t id[2];

	(void)state;
	desk_begin();
	id[0] = matters_complain(PERSON_WANG, NULL);
	id[1] = matters_complain(FIRST_PERSON, NULL);
	matters_join(id[0], id[0]);
	matters_join(id[1], id[0]);
	complain_again(id[0]);
	is_class("S3-4-7 twice", "union", id[0], "ordinary");
	is_class("S3-4-7 twice", "union", id[1], "ordinary");
	complain_again(id[0]);
	is_class("S3-4-7 three times", "union", id[0], "major");
	is_class("S3-4-7 three times", "union", id[1], "major");
	assert_string_equal(matters_rules(id[1]), "A.repeat");
	assert_int_equal(events(id[0], "rate"), 0); /* said with the step itself */
	assert_int_equal(events(id[1], "rate"), 1);
	desk_end();
}

/* The numbers are the company's. */
static void test_numbers(void **state)
{
	int64_t id;

	(void)state;
	desk_begin();
	edition_with("\"params\": {\"cmp.hot_group\": {\"value\": 5, \"source\": \"S3-4-9\"}, "
		     "\"cmp.major_age\": {\"value\": null, \"source\": \"S3-4-8\"}}");
	id = matters_complain(PERSON_WANG, "people=4");
	is_class("G2", "union", id, "ordinary");
	rules_live("G2", id, "chief assess our_fault=yes people=5");
	is_class("G2", "union", id, "hot");
	desk_time("2027-06-01 09:00");
	desk_settle(id);
	is_class("G2 undecided", "union", id, "hot");
	assert_int_equal(owed(id, "say_fault", false), 0);
	desk_end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_window),
		cmocka_unit_test(test_window_of_repeats),
		cmocka_unit_test(test_linked_late),
		cmocka_unit_test(test_latch),
		cmocka_unit_test(test_age),
		cmocka_unit_test(test_solved),
		cmocka_unit_test(test_reopened),
		cmocka_unit_test(test_fault_unknown),
		cmocka_unit_test(test_fault_said),
		cmocka_unit_test(test_fault_not_asked),
		cmocka_unit_test(test_correction),
		cmocka_unit_test(test_important),
		cmocka_unit_test(test_siblings),
		cmocka_unit_test(test_closed_count),
		cmocka_unit_test(test_how_often),
		cmocka_unit_test(test_repeats),
		cmocka_unit_test(test_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
