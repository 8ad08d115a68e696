/* Counting over a matter: all, of one, of different ones, within a window. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/voices.h"
#include "faults.h"
#include "matters.h"

static struct cs_arena room_of_all;

/* "a0 b10 -20": who, and when in minutes; a capital letter appeals, in small letters it is registered. */
static struct cs_voices spell(const char *text, struct cs_voice *room)
{
	struct cs_voices l = {.voice = room, .arena = &room_of_all};
	char buf[200];

	snprintf(buf, sizeof buf, "%s", text);
	for (char *save, *one = strtok_r(buf, " ", &save); one; one = strtok_r(NULL, " ", &save)) {
		bool appeal = one[0] >= 'A' && one[0] <= 'Z';
		int64_t who = one[0] == '-' ? CS_NULL : appeal ? one[0] - 'A' : one[0] - 'a';

		room[l.count] = (struct cs_voice){(int64_t)l.count + 1,
						  appeal,
						  who,
						  60 * strtoll(one + 1, NULL, 10),
						  who == CS_NULL ? CS_NULL : who / 2,
						  appeal ? "repeat" : "register"};
		l.count++;
	}
	return l;
}

static void test_count(void **state)
{
	static const char *both[] = {"register", "repeat"};
	static const struct {
		const char *what, *voices;
		size_t steps;
		enum cs_tally_how how;
		enum cs_tally_by by;
		int64_t within, at, want; /* minutes */
	} cases[] = {
		{"all", "a0 b1 A2 a3", 2, CS_TALLY_ALL, CS_TALLY_PARTY, 0, 9, 4},
		{"of these steps", "a0 b1 A2 a3", 1, CS_TALLY_ALL, CS_TALLY_PARTY, 0, 9, 3},
		{"not yet", "a0 b1 A2 a3", 2, CS_TALLY_ALL, CS_TALLY_PARTY, 0, 2, 3},
		{"most of one", "a0 b1 A2 a3 b4", 2, CS_TALLY_SAME, CS_TALLY_PARTY, 0, 9, 3},
		{"unknown is nobody's twin", "-0 -1 -2", 2, CS_TALLY_SAME, CS_TALLY_PARTY, 0, 9, 1},
		{"different", "a0 b1 A2 a3", 2, CS_TALLY_DISTINCT, CS_TALLY_PARTY, 0, 9, 2},
		{"unknown ones differ", "a0 -1 -2", 2, CS_TALLY_DISTINCT, CS_TALLY_PARTY, 0, 9, 3},
		{"one home", "a0 b1 c2", 2, CS_TALLY_SAME, CS_TALLY_PREMISES, 0, 9, 2},
		{"different homes", "a0 b1 c2 -3", 2, CS_TALLY_DISTINCT, CS_TALLY_PREMISES, 0, 9, 3},
		{"on the last second of the window", "a0 b5 c10", 2, CS_TALLY_DISTINCT, CS_TALLY_PARTY, 10, 10, 3},
		{"the first has left it", "a0 b5 c10", 2, CS_TALLY_DISTINCT, CS_TALLY_PARTY, 9, 10, 2},
		{"one of a kind is in it still", "a0 b5 a10", 2, CS_TALLY_DISTINCT, CS_TALLY_PARTY, 9, 10, 2},
		{"nothing", "", 2, CS_TALLY_ALL, CS_TALLY_PARTY, 0, 9, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct cs_tally t = {.steps = {both, cases[i].steps},
					   .how = cases[i].how,
					   .by = cases[i].by,
					   .has_within = cases[i].within > 0,
					   .within = {CS_SPAN_ELAPSED, 60 * cases[i].within}};
		struct cs_voice room[16];
		struct cs_voices l = spell(cases[i].voices, room);
		int64_t got = cs_voices_count(&l, &t, cs_zone_utc(), 60 * cases[i].at);

		if (got != cases[i].want)
			fail_msg("%s: %lld, not %lld", cases[i].what, (long long)got, (long long)cases[i].want);
	}
}

/* Counted plainly: of those that count at `at`, whoever is the same. */
static int64_t plainly(const struct cs_voices *l, const struct cs_tally *t, cs_time at)
{
	int64_t all = 0, distinct = 0, most = 0;

	for (size_t i = 0; i < l->count; i++) {
		int64_t before = 0, times = 0;

		for (size_t k = 0; k < l->count; k++) {
			const struct cs_voice *v = &l->voice[k];
			const bool same = k == i || (v->person != CS_NULL && v->person == l->voice[i].person);

			if (!same || v->at > at || (t->has_within && at > v->at + t->within.n))
				continue;
			before += k < i;
			times++;
			all += k == i;
			distinct += k == i && before == 0;
		}
		most = times > most ? times : most;
	}
	return t->how == CS_TALLY_ALL ? all : t->how == CS_TALLY_DISTINCT ? distinct : most;
}

/* At every moment of many lists, it comes to what counting plainly comes to. */
static void test_over_time(void **state)
{
	static const char *steps[] = {"register"};
	uint64_t seed = 20261122;

	(void)state;
	for (int round = 0; round < 600; round++) {
		const struct cs_tally t = {.steps = {steps, 1},
					   .how = round % 3 == 0   ? CS_TALLY_ALL
						  : round % 3 == 1 ? CS_TALLY_SAME
								   : CS_TALLY_DISTINCT,
					   .by = CS_TALLY_PARTY,
					   .has_within = round % 2,
					   .within = {CS_SPAN_ELAPSED, 1 + round % 17}};
		struct cs_voice room[24];
		struct cs_voices l = {.voice = room, .count = (size_t)round % 24, .arena = &room_of_all};

		for (size_t i = 0; i < l.count; i++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			room[i] = (struct cs_voice){.ticket = (int64_t)i + 1,
						    .person = (seed >> 60) == 0 ? CS_NULL : (int64_t)(seed >> 40) % 5,
						    .at = (int64_t)(seed >> 20) % 40,
						    .step = "register"};
		}
		for (cs_time at = -1; at < 60; at++)
			if (cs_voices_count(&l, &t, cs_zone_utc(), at) != plainly(&l, &t, at))
				fail_msg("round %d at %lld: %lld, not %lld", round, (long long)at,
					 (long long)cs_voices_count(&l, &t, cs_zone_utc(), at),
					 (long long)plainly(&l, &t, at));
		assert_int_equal(l.course_count, 1);
		cs_arena_reset(&room_of_all);
	}
}

static void test_until(void **state)
{
	static const char *steps[] = {"register"};
	struct cs_tally t = {.steps = {steps, 1}, .has_within = true, .within = {CS_SPAN_ELAPSED, 600}};
	struct cs_voice room[2];
	struct cs_voices l = spell("a1 A2", room);

	(void)state;
	assert_int_equal(cs_voice_until(&l.voice[0], &t, cs_zone_utc()), 60 + 600);
	assert_int_equal(cs_voice_until(&l.voice[1], &t, cs_zone_utc()), CS_TIME_NONE);
	t.within.unit = CS_SPAN_NONE;
	assert_int_equal(cs_voice_until(&l.voice[0], &t, cs_zone_utc()), CS_TIME_NONE);
}

/* Its own as they are in hand, the others' from the database. */
static void test_read(void **state)
{
	struct cs_voices l;
	struct cs_image *im;
	struct cs_err e = {0};
	int64_t id[3];

	(void)state;
	desk_begin();
	matters_of("ab", (const char *const[]){"2026-11-02 09:00", "2026-11-02 10:00"}, id);
	id[2] = matters_complain(FIRST_PERSON + 'z', NULL);
	im = desk_ticket(id[1]);
	im->t.customer = 7;
	assert_int_equal(cs_voices_read(&l, desk->db, im, "register", &e), 0);
	assert_int_equal(l.count, 2);
	assert_true(l.voice[0].ticket == id[0] && l.voice[0].person == FIRST_PERSON + 'a');
	assert_true(l.voice[1].ticket == id[1] && l.voice[1].person == 7 && l.voice[1].premises == PREMISES_1);
	assert_string_equal(l.voice[0].step, "register");
	assert_int_equal(l.voice[1].at, desk_at("2026-11-02 10:00"));
	/* Entered by an agent, it is his principal who complains, on the ticket itself as on the others. */
	faults_make("UPDATE party SET principal = 9 WHERE seq = 1");
	for (int i = 0; i < 2; i++) {
		assert_int_equal(cs_voices_read(&l, desk->db, desk_ticket(id[i]), "register", &e), 0);
		assert_true(l.count == 2 && l.voice[0].person == 9 && l.voice[1].person == 9);
	}
	im = desk_ticket(id[2]);
	assert_int_equal(cs_voices_read(&l, desk->db, im, "register", &e), 0);
	assert_true(l.count == 1 && l.voice[0].ticket == id[2]);
	/* All of the matter as stored is the same list whichever ticket asks. */
	assert_int_equal(cs_voices_of_matter(&l, desk->db, id[0], "register", &desk->work, &e), 0);
	assert_true(l.count == 2 && l.voice[0].ticket == id[0] && l.voice[1].ticket == id[1] && l.matter == id[0]);
	assert_string_equal(l.voice[1].step, "register");
	desk_end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_count),
		cmocka_unit_test(test_over_time),
		cmocka_unit_test(test_until),
		cmocka_unit_test(test_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
