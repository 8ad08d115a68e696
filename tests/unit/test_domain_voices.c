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

/* "a0 b10 -20": who, and when in minutes; a capital letter appeals, in small letters it is registered. */
static struct cs_voices spell(const char *text, struct cs_voice *room)
{
	struct cs_voices l = {room, 0};
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

static int64_t most(const struct cs_voices *l, const struct cs_tally *t, cs_time at)
{
	int64_t n = 0;

	while (cs_voices_reach(l, t, cs_zone_utc(), at, n + 1))
		n++;
	return n;
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
		int64_t got = most(&l, &t, 60 * cases[i].at);

		if (got != cases[i].want)
			fail_msg("%s: %lld, not %lld", cases[i].what, (long long)got, (long long)cases[i].want);
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
	desk_end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_count),
		cmocka_unit_test(test_until),
		cmocka_unit_test(test_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
