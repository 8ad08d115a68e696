/* What units owe: when a period's duty arises, is late and is missed, whatever cron did. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "desk.h"
#include "domain/duty.h"
#include "domain/ladder.h"
#include "domain/staffing.h"
#include "editions.h"
#include "store/meta.h"
#include "store/owed.h"

#define LABELS(of) "\"labels\": {\"en\": {" of "}, \"zh\": {" of "}}"

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

static void must(int rc, const struct cs_err *e)
{
	if (rc < 0)
		fail_msg("%s", e->text);
}

/* What the nightly run does for units. Returns how many rungs and ends fired. */
static size_t night(const char *now)
{
	struct cs_fired_list fired = {0};
	struct cs_err e = {0};
	int32_t from, to;

	desk_time(now);
	must(cs_session_begin(desk, &e), &e);
	must(cs_duty_days(desk, desk->now, &from, &to, &e), &e);
	for (size_t i = 0; i < desk->org.unit_count; i++)
		must(cs_duty_settle(desk, desk->org.unit[i].id, from, to, desk->now, &fired, &e), &e);
	if (from <= to)
		must(cs_meta_set_duty_day(desk->db, to, &e), &e);
	must(cs_session_commit(desk, &e), &e);
	return fired.count;
}

/* The rows of a unit, of the duties these tests declare: "duty cause state due; ...", times as local minutes. */
static const char *owed(int64_t unit)
{
	struct cs_stmt *walk;
	static char text[8000];
	struct cs_owed_row o;
	struct cs_err e = {0};
	char due[40];

	*text = 0;
	walk = cs_owed_walk_of(desk->db, "unit", unit, &e);
	while (cs_owed_next(walk, &desk->work, &o, &e) == 1) {
		size_t n = strlen(text);

		if (!strstr(" d watch ledger quarterly file ", cs_arena_printf(&desk->work, " %s ", o.duty)))
			continue; /* of the shipped rules */

		snprintf(text + n, sizeof text - n, "%s%s %s %s %s", n ? "; " : "", o.duty, o.cause, cs_owed_state(&o),
			 cs_time_text_minute(cs_session_zone(desk), o.due_at, due));
	}
	return text;
}

/* Every event about units: "unit step at facts". */
static void events_of_units(struct cs_buf *out)
{
	struct cs_err e = {0};
	struct cs_stmt *walk = cs_event_walk_subjects(desk->db, &e);
	struct cs_event ev;

	while (cs_event_next(walk, &ev, &e) == 1)
		if (strcmp(ev.about, "unit") == 0 && strcmp(ev.step, "add") != 0)
			cs_buf_printf(out, "%lld %s %lld %s\n", (long long)ev.subject, ev.step, (long long)ev.at,
				      ev.facts);
}

#define WATCH \
	"\"watch\": {\"each\": {\"of\": \"unit\", \"where\": {\"field\": \"level\", \"is\": \"project\"}}, " \
	"\"every\": \"day\", \"owner\": \"post:front_desk\", \"done\": {\"evidence\": \"record\"}, " \
	"\"late\": [{\"id\": \"none\", \"over\": \"0m\", \"tell\": [\"post:project_manager\"]}]}"

/* An edition with one duty "d" of projects, every `period`. */
static void one_duty(const char *period, const char *more)
{
	struct cs_buf b = {0};

	cs_buf_printf(
		&b,
		"\"evidence\": {\"record\": {}}, \"duties\": {\"d\": {\"each\": {\"of\": \"unit\", \"where\": "
		"{\"field\": "
		"\"level\", \"is\": \"project\"}}, \"every\": \"%s\", %s \"owner\": \"post:project_manager\", "
		"\"done\": {\"evidence\": \"record\"}}}, " LABELS(
			"\"duties/d\": \"d\", \"evidence/record\": \"record\""),
		period, more);
	edition_with(b.data);
	cs_buf_free(&b);
}

/* The edges of periods, joined at once; nothing arises on their last second, all behind it. */
static void edges(void **state)
{
	static const struct {
		const char *period, *more, *loaded, *first, *want; /* at `first` it is owed for the first time */
	} cases[] = {
		{"day", "", "2026-11-02 09:00", "2026-11-03 00:00:01", "d 2026-11-03 owed 2026-11-04 00:00"},
		{"week", "", "2026-11-02 09:00", "2026-11-03 00:00:01", "d 2026-W45 owed 2026-11-09 00:00"},
		{"week", "\"joins\": \"next\",", "2026-11-02 09:00", "2026-11-09 00:00:01",
		 "d 2026-W46 owed 2026-11-16 00:00"},
		{"month", "\"joins\": \"next\",", "2026-11-02 09:00", "2026-12-01 00:00:01",
		 "d 2026-12 owed 2027-01-01 00:00"},
		{"month", "\"due\": {\"day\": 20},", "2026-11-02 09:00", "2026-11-03 00:00:01",
		 "d 2026-11 owed 2026-11-21 00:00"},
		/* S0-4-20: the 5th of the month after. */
		{"month", "\"due\": {\"day\": 5, \"after\": true},", "2026-11-02 09:00", "2026-12-01 00:00:01",
		 "d 2026-11 owed 2026-12-06 00:00"},
		{"month", "\"due\": {\"day\": 5, \"after\": true}, \"joins\": \"next\",", "2026-11-02 09:00",
		 "2027-01-01 00:00:01", "d 2026-12 owed 2027-01-06 00:00"},
		/* No 31st of February: its last day, in a leap year and in another. */
		{"month", "\"due\": {\"day\": 31}, \"joins\": \"next\",", "2028-01-15 09:00", "2028-02-01 00:00:01",
		 "d 2028-02 owed 2028-03-01 00:00"},
		{"month", "\"due\": {\"day\": 29}, \"joins\": \"next\",", "2028-01-15 09:00", "2028-02-01 00:00:01",
		 "d 2028-02 owed 2028-03-01 00:00"},
		{"month", "\"due\": {\"day\": 29}, \"joins\": \"next\",", "2027-01-15 09:00", "2027-02-01 00:00:01",
		 "d 2027-02 owed 2027-03-01 00:00"},
		{"quarter", "\"due\": {\"day\": 20, \"after\": true},", "2026-11-02 09:00", "2027-01-01 00:00:01",
		 "d 2026-Q4 owed 2027-01-21 00:00"},
		{"half", "\"joins\": \"next\",", "2026-11-02 09:00", "2027-01-01 00:00:01",
		 "d 2027-H1 owed 2027-07-01 00:00"},
		{"year", "\"due\": {\"day\": 36, \"after\": true},", "2026-11-02 09:00", "2027-01-01 00:00:01",
		 "d 2026 owed 2027-02-06 00:00"},
		/* The last week of a year that ends on a Thursday. */
		{"week", "\"joins\": \"next\",", "2026-12-22 09:00", "2026-12-28 00:00:01",
		 "d 2026-W53 owed 2027-01-04 00:00"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char before[40];

		desk_begin();
		desk_time(cases[i].loaded);
		one_duty(cases[i].period, cases[i].more);
		snprintf(before, sizeof before, "%.17s00", cases[i].first);
		night(before); /* on the very second nothing begins yet */
		if (strcmp(owed(UNIT_P1), "") != 0)
			fail_msg("case %zu: too early: %s", i, owed(UNIT_P1));
		night(cases[i].first);
		if (strcmp(owed(UNIT_P1), cases[i].want) != 0)
			fail_msg("case %zu: %s, not %s", i, owed(UNIT_P1), cases[i].want);
		assert_string_equal(owed(UNIT_HQ), ""); /* of projects alone */
		desk_end();
	}
}

/* Where the clocks change: a day has 23 or 25 hours, and each is one day. */
static void clock_change(void **state)
{
	(void)state;
	desk_begin();
	desk_time("2027-10-29 09:00");
	edition_with("\"zone\": \"Europe/Berlin\", \"evidence\": {\"record\": {}}, \"duties\": {" WATCH
		     "}, " LABELS("\"duties/watch\": \"w\", \"late/none\": \"n\", \"evidence/record\": \"r\""));
	night("2027-11-02 12:00");
	assert_string_equal(owed(UNIT_P1),
			    "watch 2027-10-30 missed 2027-10-31 00:00; watch 2027-10-31 missed 2027-11-01 00:00; "
			    "watch 2027-11-01 missed 2027-11-02 00:00; watch 2027-11-02 owed 2027-11-03 00:00");
	desk_end();
	desk_begin();
	desk_time("2027-03-26 09:00");
	edition_with("\"zone\": \"Europe/Berlin\", \"evidence\": {\"record\": {}}, \"duties\": {" WATCH
		     "}, " LABELS("\"duties/watch\": \"w\", \"late/none\": \"n\", \"evidence/record\": \"r\""));
	night("2027-03-29 12:00");
	assert_string_equal(owed(UNIT_P1),
			    "watch 2027-03-27 missed 2027-03-28 00:00; watch 2027-03-28 missed 2027-03-29 00:00; "
			    "watch 2027-03-29 owed 2027-03-30 00:00");
	desk_end();
}

#define THREE \
	"\"evidence\": {\"record\": {}}, \"duties\": {" WATCH ", " \
	"\"ledger\": {\"each\": {\"of\": \"unit\", \"where\": {\"field\": \"level\", \"is\": \"project\"}}, " \
	"\"every\": \"month\", " \
	"\"due\": {\"day\": 5, \"after\": true}, \"owner\": \"post:project_manager\", \"done\": {\"evidence\": " \
	"\"record\"}, " \
	"\"late\": [{\"id\": \"soon\", \"before\": \"1d\", \"tell\": [\"post:project_manager\"]}, " \
	"{\"id\": \"over\", \"over\": \"0m\", \"to\": \"post:area_manager\"}, " \
	"{\"id\": \"week\", \"over\": \"7d\", \"tell\": [\"post:qmc_service_manager\"]}]}, " \
	"\"quarterly\": {\"each\": {\"of\": \"unit\", \"where\": {\"field\": \"level\", \"is\": \"hq\"}}, \"every\": " \
	"\"quarter\", " \
	"\"owner\": \"post:company_complaints\", \"done\": {\"evidence\": \"record\"}}}, " LABELS( \
		"\"duties/watch\": \"w\", \"duties/ledger\": \"l\", \"duties/quarterly\": \"q\", \"late/none\": " \
		"\"n\", " \
		"\"late/soon\": \"s\", \"late/over\": \"o\", \"late/week\": \"k\", \"evidence/record\": \"r\"")

/* Run every hour, every night, or after ten weeks: the same rows and the same events. */
static void however_often(void **state)
{
	struct cs_buf events[3] = {{0}, {0}, {0}};
	char rows[3][8000];

	(void)state;
	for (int way = 0; way < 3; way++) {
		char now[40];

		desk_begin();
		desk_time("2026-11-02 09:00");
		edition_with(THREE);
		for (cs_time t = desk_at("2026-11-02 12:00"); way < 2 && t < desk_at("2026-12-12 00:00");
		     t += way ? 86400 : 13 * 3600 + 17)
			night(cs_time_text(cs_session_zone(desk), t, now));
		night("2026-12-12 00:00:01");
		snprintf(rows[way], sizeof rows[way], "%s", owed(UNIT_P1));
		events_of_units(&events[way]);
		assert_int_equal(night("2026-12-12 00:00:01"), 0); /* once more changes nothing */
		assert_string_equal(owed(UNIT_P1), rows[way]);
		desk_end();
	}
	assert_string_equal(rows[0], rows[1]);
	assert_string_equal(rows[0], rows[2]);
	assert_string_equal(events[0].data, events[1].data);
	assert_string_equal(events[0].data, events[2].data);
	assert_non_null(strstr(rows[0], "ledger 2026-11 owed 2026-12-06 00:00"));
	assert_non_null(strstr(rows[0], "watch 2026-11-03 missed 2026-11-04 00:00"));
	for (int way = 0; way < 3; way++)
		cs_buf_free(&events[way]);
}

/* One notice of this reason to this person so far. */
static int64_t told(const char *login, const char *what)
{
	struct cs_err e = {0};
	struct cs_stmt *s = cs_db_prepare(
		desk->db, "SELECT count(*) FROM notice WHERE to_id = :who AND what = :what AND reason = 'rung'", &e);
	int64_t n;

	cs_bind_int(s, ":who", desk_staff(login));
	cs_bind_text(s, ":what", what);
	assert_int_equal(cs_step(s, &e), 1);
	n = cs_col_int(s, 0);
	cs_stmt_done(s);
	return n;
}

/* A rung is in time on its second and fires once; the time of a ledger is over with the month it is due in. */
static void rungs(void **state)
{
	static const struct {
		const char *now;
		int64_t soon, over, week;
		const char *state;
	} cases[] = {
		{"2026-12-05 00:00:00", 0, 0, 0, "owed"},   {"2026-12-05 00:00:01", 1, 0, 0, "owed"},
		{"2026-12-06 00:00:00", 1, 0, 0, "owed"},   {"2026-12-06 00:00:01", 1, 1, 0, "owed"},
		{"2026-12-13 00:00:00", 1, 1, 0, "owed"},   {"2026-12-13 00:00:01", 1, 1, 1, "owed"},
		{"2027-01-01 00:00:00", 1, 1, 1, "owed"},   {"2027-01-01 00:00:01", 1, 1, 1, "missed"},
		{"2027-01-02 00:00:00", 1, 1, 1, "missed"},
	};

	(void)state;
	edition_with(THREE);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char want[100];

		night(cases[i].now);
		/* both projects have no manager but p1 */
		if (told("manager", "ledger/soon") != cases[i].soon ||
		    told("area", "ledger/over") != 2 * cases[i].over || told("qmc", "ledger/week") != 2 * cases[i].week)
			fail_msg("%s: told %lld, %lld, %lld", cases[i].now, (long long)told("manager", "ledger/soon"),
				 (long long)told("area", "ledger/over"), (long long)told("qmc", "ledger/week"));
		snprintf(want, sizeof want, "ledger 2026-11 %s ", cases[i].state);
		if (!strstr(owed(UNIT_P1), want))
			fail_msg("%s: %s", cases[i].now, owed(UNIT_P1));
	}
}

/* A unit that comes owes from the next midnight on; one that closes owes nothing more. */
static void units_come_and_go(void **state)
{
	struct cs_unit_row fresh = {CS_NULL, "p3", "新城", "project", NULL, UNIT_EAST, 100, CS_NULL}, gone;
	struct cs_err e = {0};
	bool changed;

	(void)state;
	desk_actor("boss");
	edition_with(THREE);
	night("2026-11-05 12:00");
	desk_time("2026-11-06 10:00");
	must(cs_session_begin(desk, &e), &e);
	must(cs_staffing_unit(desk, &fresh, desk->now, &changed, &e), &e);
	must(cs_session_commit(desk, &e), &e);
	night("2026-11-08 12:00");
	assert_string_equal(owed(fresh.id),
			    "watch 2026-11-07 missed 2026-11-08 00:00; watch 2026-11-08 owed 2026-11-09 00:00");
	gone = *cs_org_unit(&desk->org, fresh.id);
	gone.closed_at = desk_at("2026-11-09 00:00");
	must(cs_session_begin(desk, &e), &e);
	must(cs_staffing_unit(desk, &gone, desk->now, &changed, &e), &e);
	must(cs_session_commit(desk, &e), &e);
	night("2026-12-02 12:00");
	assert_string_equal(owed(fresh.id),
			    "watch 2026-11-07 missed 2026-11-08 00:00; watch 2026-11-08 missed 2026-11-09 00:00");
}

/* The rules of a day are those in force when it began, also when cron stood still over the change. */
static void rules_of_the_day(void **state)
{
	(void)state;
	desk_time("2026-11-02 09:00");
	one_duty("day", "");
	desk_time("2026-11-05 09:00");
	edition_with("\"evidence\": {\"record\": {}}, " LABELS("\"evidence/record\": \"record\""));
	night("2026-11-08 12:00");
	assert_string_equal(owed(UNIT_P1),
			    "d 2026-11-03 missed 2026-11-04 00:00; d 2026-11-04 missed 2026-11-05 00:00; "
			    "d 2026-11-05 missed 2026-11-06 00:00");
}

static const struct cs_duty *named(const char *duty)
{
	struct cs_err e = {0};
	const struct cs_duty *d = cs_duty_named(desk->policy, duty, &e);

	if (!d)
		fail_msg("%s", e.text);
	return d;
}

static void done_by(const char *login, struct cs_owing *o, const struct cs_delivery *d, enum cs_code want)
{
	struct cs_err e = {0};
	const char *cause;

	desk_actor(login);
	if (cs_duty_done(o, d, &cause, &e) < 0 ? e.code != want : want != CS_OK)
		fail_msg("%s: %s", login, e.text);
}

/* Done by its owner with the evidence; so often as the rules want; late but in its time. */
static void delivering(void **state)
{
	const struct cs_given_evidence record[] = {{"record", NULL, "log.txt", "abcd"}};
	struct cs_delivery d = {.at = CS_TIME_NONE};
	struct cs_err e = {0};
	struct cs_owing o;

	(void)state;
	one_duty("month", "\"due\": {\"day\": 5, \"after\": true}, \"times\": 2,");
	night("2026-12-08 12:00");
	must(cs_session_begin(desk, &e), &e);
	d.rule = named("d");
	must(cs_owing_unit(&o, desk, cs_org_unit(&desk->org, UNIT_P1), &e), &e);
	done_by("manager", &o, &d, CS_REFUSED); /* without the evidence */
	d.evidence = record;
	d.evidence_count = 1;
	done_by("ling", &o, &d, CS_REFUSED); /* not hers */
	done_by("manager", &o, &d, CS_OK);
	assert_string_equal(owed(UNIT_P1), "d 2026-11 owed 2026-12-06 00:00");
	done_by("manager", &o, &d, CS_OK);
	assert_string_equal(owed(UNIT_P1), "d 2026-11 done 2026-12-06 00:00");
	done_by("manager", &o, &d, CS_REFUSED); /* nothing is owed any more */
	must(cs_session_commit(desk, &e), &e);
	night("2027-01-05 12:00");
	assert_string_equal(owed(UNIT_P1), "d 2026-11 done 2026-12-06 00:00; d 2026-12 owed 2027-01-06 00:00");
	assert_string_equal(owed(UNIT_P2), "d 2026-11 missed 2026-12-06 00:00; d 2026-12 owed 2027-01-06 00:00");
}

/* Entered later for a time at which it was owed: not missed after all. */
static void entered_late(void **state)
{
	const struct cs_given_evidence record[] = {{"record", NULL, NULL, NULL}};
	struct cs_delivery d = {.evidence = record, .evidence_count = 1, .period = "2026-11-04"};
	struct cs_err e = {0};
	struct cs_owing o;

	(void)state;
	one_duty("day", "");
	night("2026-11-06 12:00");
	must(cs_session_begin(desk, &e), &e);
	d.rule = named("d");
	must(cs_owing_unit(&o, desk, cs_org_unit(&desk->org, UNIT_P1), &e), &e);
	d.at = desk_at("2026-11-06 00:00:01"); /* the next day is over, too */
	done_by("manager", &o, &d, CS_REFUSED);
	d.at = desk_at("2026-11-05 00:00");
	done_by("manager", &o, &d, CS_OK);
	must(cs_session_commit(desk, &e), &e);
	assert_string_equal(owed(UNIT_P1), "d 2026-11-03 missed 2026-11-04 00:00; d 2026-11-04 done 2026-11-05 00:00; "
					   "d 2026-11-05 missed 2026-11-06 00:00; d 2026-11-06 owed 2026-11-07 00:00");
}

/* S0-4-20, S3-4-30: waived by whom the rules name, and only when there was nothing. */
static void waiving(void **state)
{
	static const char members[] =
		"\"evidence\": {\"record\": {}}, \"duties\": {\"d\": {\"each\": {\"of\": \"unit\", \"where\": "
		"{\"field\": "
		"\"level\", \"is\": \"project\"}}, \"every\": \"month\", \"due\": {\"day\": 5, \"after\": true}, "
		"\"owner\": "
		"\"post:front_desk\", \"done\": {\"evidence\": \"record\"}, \"waive\": {\"by\": "
		"[\"post:project_manager\"], "
		"\"if_none\": {\"of\": \"ticket\", \"kinds\": [\"complaint\"], \"where\": {\"field\": \"channel\", "
		"\"is\": "
		"\"forum\"}}}}}, " LABELS("\"duties/d\": \"d\", \"evidence/record\": \"record\"");
	struct cs_delivery d = {.at = CS_TIME_NONE, .note = "本月没有"};
	struct cs_registration forum = {.kind = "complaint",
					.channel = "forum",
					.category = "eng.leak",
					.subject = "事项",
					.body = "内容",
					.place = UNIT_NORTH,
					.accepting = CS_NULL,
					.first = CS_NULL,
					.customer = PERSON_WANG,
					.premises = PREMISES_1,
					.has_phone = true,
					.due_at = CS_TIME_NONE,
					.run = CS_NULL};
	const char *cause;
	struct cs_err e = {0};
	struct cs_owing o;

	(void)state;
	edition_with(members);
	desk_time("2026-11-30 23:59");
	desk_register("complaint", "eng.leak", NULL, NULL); /* another channel */
	desk_time("2026-12-01 00:00");
	if (desk_register_as(&forum, NULL, &e) == 0) /* another month */
		fail_msg("%s", e.text);
	night("2026-12-02 12:00");
	must(cs_session_begin(desk, &e), &e);
	d.rule = named("d");
	must(cs_owing_unit(&o, desk, cs_org_unit(&desk->org, UNIT_P1), &e), &e);
	desk_actor("ling");
	assert_int_equal(cs_duty_waive(&o, &d, &cause, &e), -1);
	assert_non_null(strstr(e.text, "only for"));
	desk_actor("manager");
	d.note = " ";
	assert_int_equal(cs_duty_waive(&o, &d, &cause, &e), -1);
	assert_non_null(strstr(e.text, "say why"));
	d.note = "本月没有";
	must(cs_duty_waive(&o, &d, &cause, &e), &e);
	assert_string_equal(cause, "2026-11");
	must(cs_session_commit(desk, &e), &e);
	assert_string_equal(owed(UNIT_P1), "d 2026-11 waived 2026-12-06 00:00");
	night("2027-01-02 12:00");
	must(cs_session_begin(desk, &e), &e);
	must(cs_owing_unit(&o, desk, cs_org_unit(&desk->org, UNIT_P1), &e), &e);
	assert_int_equal(cs_duty_waive(&o, &d, &cause, &e), -1);
	assert_non_null(strstr(e.text, "there is something to deliver"));
	cs_session_rollback(desk);
}

#define FILED \
	"\"evidence\": {\"letter\": {}}, \"duties\": {\"file\": {\"each\": {\"of\": \"unit\", \"where\": " \
	"{\"field\": \"level\", \"is\": \"hq\"}}, \"on\": {\"change\": [\"policy\", " \
	"\"post:qmc_service_manager\"]}, \"within\": \"10d\", \"owner\": \"post:company_complaints\", " \
	"\"done\": {\"evidence\": \"letter\"}}}, \"labels\": {\"en\": {\"duties/file\": \"f\", " \
	"\"evidence/letter\": \"l\"}, \"zh\": {\"duties/file\": \"f\", \"evidence/letter\": \"l\"}}"

/* S0-4-18: another edition of the rules, another holder of the post: each is to be filed. */
static void changes(void **state)
{
	struct cs_post_row post = {CS_NULL, "qmc_service_manager", UNIT_HQ, 0, 1, 0, CS_NULL};
	struct cs_err e = {0};
	bool changed;

	(void)state;
	desk_actor("boss");
	edition_with(FILED);
	assert_non_null(strstr(owed(UNIT_HQ), "file policy/"));
	assert_non_null(strstr(owed(UNIT_HQ), " owed 2026-11-12 09:00"));
	assert_string_equal(owed(UNIT_P1), "");
	desk_time("2026-11-04 10:00");
	post.staff = desk_staff("company");
	post.from_at = desk->now;
	must(cs_session_begin(desk, &e), &e);
	must(cs_staffing_post(desk, &post, desk->now, &changed, &e), &e);
	must(cs_session_commit(desk, &e), &e);
	assert_non_null(strstr(owed(UNIT_HQ), "file post:qmc_service_manager/"));
	assert_non_null(strstr(owed(UNIT_HQ), " owed 2026-11-14 10:00"));
}

/* The post that owes it has another holder since, or got one only then: it is for whoever holds it now. What is over
   stays as it was recorded. */
static void owner_now(void **state)
{
	static const struct {
		bool vacant_then;
		const char *holder; /* now; NULL: nobody */
		bool done, elsewhere; /* elsewhere: who had it has the post of another unit now */
		const char *owner;
	} cases[] = {
		{false, "company", false, false, "company"}, {false, NULL, false, false, NULL},
		{false, "chief", false, false, "chief"},     {true, NULL, false, false, NULL},
		{true, "chief", false, false, "chief"},      {true, "chief", true, false, NULL},
		{false, "chief", true, false, "company"},    {false, NULL, false, true, NULL},
		{false, "company", true, true, "company"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_post_row *post = NULL;
		struct cs_owed_row o;
		struct cs_err e = {0};
		struct cs_stmt *walk;
		int64_t owner;

		desk_begin();
		for (size_t k = 0; k < desk->org.post_count; k++)
			if (strcmp(desk->org.post[k].post, "company_complaints") == 0)
				post = &desk->org.post[k];
		desk_actor("boss");
		if (cases[i].vacant_then)
			post->to_at = desk->now;
		edition_with(FILED);
		desk_time("2026-11-04 10:00");
		post->to_at = cases[i].holder ? CS_NULL : desk->now;
		post->staff = desk_staff(cases[i].holder ? cases[i].holder : "company");
		if (cases[i].elsewhere) {
			post->unit = UNIT_P2;
			post->to_at = CS_NULL;
		}
		walk = cs_owed_walk_of(desk->db, "unit", UNIT_HQ, &e);
		while (cs_owed_next(walk, &desk->work, &o, &e) == 1 && strcmp(o.duty, "file") != 0)
			;
		cs_stmt_done(walk);
		assert_string_equal(o.duty, "file");
		o.done_at = cases[i].done ? desk->now : CS_NULL;
		must(cs_duty_owner(desk, &o, &desk->work, &owner, &e), &e);
		if (owner != (cases[i].owner ? desk_staff(cases[i].owner) : CS_NULL))
			fail_msg("case %zu: %lld", i, (long long)owner);
		desk_end();
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(edges),
		cmocka_unit_test(clock_change),
		cmocka_unit_test(however_often),
		cmocka_unit_test_setup_teardown(rungs, begin, end),
		cmocka_unit_test_setup_teardown(units_come_and_go, begin, end),
		cmocka_unit_test_setup_teardown(rules_of_the_day, begin, end),
		cmocka_unit_test_setup_teardown(delivering, begin, end),
		cmocka_unit_test_setup_teardown(entered_late, begin, end),
		cmocka_unit_test_setup_teardown(waiving, begin, end),
		cmocka_unit_test_setup_teardown(changes, begin, end),
		cmocka_unit_test(owner_now),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
