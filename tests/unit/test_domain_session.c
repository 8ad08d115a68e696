/* Sessions: who gets in, what time it is, transactions, what changed meanwhile. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/record.h"

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

static int64_t events(void)
{
	struct cs_err e = {0};

	return cs_event_count(desk->db, &e);
}

/* Households of p2 become n, in the transaction that runs. */
static void change(struct cs_session *s, int64_t n)
{
	struct cs_effects l = {.arena = &s->work};
	struct cs_err e = {0};

	cs_record_int(&l, &cs_unit_table, UNIT_P2, "households", n);
	if (cs_session_record(s, NULL, (struct cs_deed){"unit", UNIT_P2, "change", s->now, s->actor}, &l, &e) <
		    0 ||
	    cs_meta_org_changed(s->db, &e) < 0)
		fail_msg("%s", e.text);
}

static int64_t stored(void)
{
	struct cs_unit_row row;
	struct cs_err e = {0};

	if (cs_table_find(desk->db, &cs_unit_table, UNIT_P2, &desk->work, &row, &e) != 1)
		fail_msg("%s", e.text);
	return row.households;
}

static void who_gets_in(void **state)
{
	static const struct {
		const char *login, *as;
		enum cs_right right;
		enum cs_code code;
		const char *actor; /* or what the message contains */
	} cases[] = {
		{"ling", NULL, CS_RIGHT_STAFF, CS_OK, "ling"},
		{"boss", NULL, CS_RIGHT_ADMIN, CS_OK, "boss"},
		{"boss", "worker", CS_RIGHT_STAFF, CS_OK, "worker"},
		{"boss", "boss", CS_RIGHT_ADMIN, CS_OK, "boss"},
		{"boss", "worker", CS_RIGHT_ADMIN, CS_DENIED, "--as worker: worker does not hold the post admin"},
		{"ling", NULL, CS_RIGHT_ADMIN, CS_DENIED, "ling does not hold the post admin"},
		{"ling", "boss", CS_RIGHT_STAFF, CS_DENIED, "--as boss: only the post admin"},
		{"ling", "boss", CS_RIGHT_ADMIN, CS_DENIED, "ling does not hold the post admin"},
		{"boss", "nobody", CS_RIGHT_STAFF, CS_DENIED, "--as nobody is not on the staff"},
		{"nobody", NULL, CS_RIGHT_STAFF, CS_DENIED, "nobody is not on the staff"},
		{NULL, NULL, CS_RIGHT_STAFF, CS_DENIED, "the caller has no login name"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct cs_caller who = {
			.login = cases[i].login, .as = cases[i].as, .now = desk->now};
		struct cs_session *s = NULL;
		struct cs_err e = {0};

		cs_session_open(desk_path(), CS_DB_READ, cases[i].right, &who, &s, &e);
		assert_int_equal(e.code, cases[i].code);
		if (e.code != CS_OK) {
			assert_null(s);
			if (!strstr(e.text, cases[i].actor))
				fail_msg("case %zu: %s", i, e.text);
			continue;
		}
		assert_int_equal(s->actor, desk_staff(cases[i].actor));
		assert_int_equal(s->staff, desk_staff(cases[i].login));
		assert_int_equal(s->admin, strcmp(cases[i].actor, "boss") == 0);
		cs_session_close(s);
	}
}

/* A reader's --as shows what another sees: in a rehearsal to the admin, in a live database to nobody; the admin acts
   for others in both. */
static void whose_eyes(void **state)
{
	static const struct {
		const char *login, *as;
		bool reads, live, in;
	} cases[] = {
		{"boss", "worker", true, false, true}, {"boss", "worker", true, true, false},
		{"boss", "boss", true, true, false},   {"ling", "worker", true, false, false},
		{"boss", "worker", false, true, true}, {"boss", NULL, true, true, true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct cs_caller who = {
			.login = cases[i].login, .as = cases[i].as, .now = desk->now, .reads = cases[i].reads};
		struct cs_session *s = NULL;
		struct cs_err e = {0};

		assert_int_equal(cs_run(cases[i].live
						? cs_db_prepare(desk->db, "UPDATE meta SET mode = 'live'", &e)
						: cs_db_prepare(desk->db, "UPDATE meta SET mode = 'rehearsal'", &e),
					&e),
				 0);
		cs_session_open(desk_path(), CS_DB_WRITE, CS_RIGHT_STAFF, &who, &s, &e);
		if ((e.code == CS_OK) != cases[i].in || (e.code != CS_OK && e.code != CS_DENIED))
			fail_msg("case %zu: %s", i, e.text);
		cs_session_close(s);
	}
}

/* Who joins later or has left is not on the staff. */
static void in_their_time(void **state)
{
	const struct cs_caller early = {.login = "ling", .now_text = "2019-12-31"};
	struct cs_session *s;
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(cs_session_open(desk_path(), CS_DB_READ, CS_RIGHT_STAFF, &early, &s, &e),
			 -1);
	assert_int_equal(e.code, CS_DENIED);
}

static void a_given_time(void **state)
{
	struct cs_caller who = {.login = "ling", .now = 5, .now_text = "2026-11-05 08:30"};
	struct cs_session *s;
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(cs_session_open(desk_path(), CS_DB_WRITE, CS_RIGHT_STAFF, &who, &s, &e),
			 0);
	assert_int_equal(s->now, desk_at("2026-11-05 08:30"));
	assert_true(s->now_given);
	cs_session_close(s);
	who.now_text = "yesterday";
	assert_int_equal(cs_session_open(desk_path(), CS_DB_READ, CS_RIGHT_STAFF, &who, &s, &e),
			 -1);
	assert_int_equal(strncmp(e.text, "--now (CS_NOW)", 14), 0);
	cs_session_close(NULL);
}

static void transactions(void **state)
{
	struct cs_err e = {0};
	int64_t before = events();

	(void)state;
	assert_int_equal(cs_session_begin(desk, &e), 0);
	change(desk, 801);
	cs_session_rollback(desk);
	assert_int_equal(stored(), 800);
	assert_int_equal(events(), before);
	desk->dry_run = true;
	assert_int_equal(cs_session_begin(desk, &e), 0);
	change(desk, 802);
	assert_int_equal(stored(), 802); /* seen by itself */
	assert_int_equal(cs_session_commit(desk, &e), 0);
	assert_int_equal(stored(), 800);
	assert_int_equal(events(), before);
	desk->dry_run = false;
	assert_int_equal(cs_session_begin(desk, &e), 0);
	change(desk, 803);
	assert_int_equal(cs_session_commit(desk, &e), 0);
	assert_int_equal(stored(), 803);
	assert_int_equal(events(), before + 1);
}

/* Undo takes the chain back with the rows: the next event follows the last that stays. */
static void marks(void **state)
{
	struct cs_chain mark, end_of_chain;
	struct cs_err e = {0};
	int64_t before = events();

	(void)state;
	assert_int_equal(cs_session_begin(desk, &e), 0);
	assert_int_equal(cs_session_mark(desk, &mark, &e), 0);
	change(desk, 801);
	assert_int_equal(cs_session_keep(desk, &e), 0);
	assert_int_equal(cs_session_mark(desk, &mark, &e), 0);
	change(desk, 802);
	change(desk, 803);
	assert_int_equal(cs_session_undo(desk, &mark, &e), 0);
	assert_int_equal(stored(), 801);
	assert_int_equal(desk->chain.last_id, before + 1);
	change(desk, 804);
	assert_int_equal(desk->chain.last_id, before + 2);
	assert_int_equal(cs_session_commit(desk, &e), 0);
	assert_int_equal(stored(), 804);
	assert_int_equal(cs_chain_load(desk->db, desk->meta.database_id, &end_of_chain, &e), 0);
	assert_memory_equal(end_of_chain.head, desk->chain.head, CS_HASH_SIZE);
}

/* A transaction sees what others changed of the organisation, and never goes back in time. */
static void meanwhile(void **state)
{
	const struct cs_caller who = {.login = "boss", .now_text = "2026-11-02 08:00"};
	struct cs_session *s;
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(cs_session_open(desk_path(), CS_DB_WRITE, CS_RIGHT_STAFF, &who, &s, &e),
			 0);
	assert_true(s->now < desk->now);
	assert_int_equal(cs_session_begin(desk, &e), 0);
	change(desk, 850);
	assert_int_equal(cs_session_commit(desk, &e), 0);
	assert_int_equal(cs_org_find_unit(&s->org, "p2", &e)->households, 800);
	assert_int_equal(cs_session_begin(s, &e), 0);
	assert_int_equal(cs_org_find_unit(&s->org, "p2", &e)->households, 850);
	assert_int_equal(s->now, desk->now);
	cs_session_rollback(s);
	cs_session_close(s);
}

static void editions(void **state)
{
	struct cs_session none = {0};
	struct cs_image im = {.t = {.kind = "parcel"}};
	struct cs_err e = {0};

	(void)state;
	assert_ptr_equal(cs_session_policy(desk, desk->edition, &e), desk->policy);
	assert_null(cs_session_policy(desk, desk->edition + 1, &e));
	assert_int_equal(e.code, CS_IO);
	assert_null(cs_session_kind(desk, &im, &e));
	assert_int_equal(e.code, CS_CONFIG);
	assert_non_null(strstr(e.text, "'parcel'"));
	im.t.kind = "request";
	assert_string_equal(cs_session_kind(desk, &im, &e)->id, "request");
	assert_int_equal(cs_session_need_policy(desk, &e), 0);
	assert_ptr_equal(cs_session_zone(desk), desk->policy->zone);
	e.code = CS_OK;
	assert_int_equal(cs_session_need_policy(&none, &e), -1);
	assert_int_equal(e.code, CS_CONFIG);
	assert_ptr_equal(cs_session_zone(&none), cs_zone_utc());
	assert_null(cs_session_kind(&none, &im, &e));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(who_gets_in, begin, end),
		cmocka_unit_test_setup_teardown(whose_eyes, begin, end),
		cmocka_unit_test_setup_teardown(in_their_time, begin, end),
		cmocka_unit_test_setup_teardown(a_given_time, begin, end),
		cmocka_unit_test_setup_teardown(transactions, begin, end),
		cmocka_unit_test_setup_teardown(marks, begin, end),
		cmocka_unit_test_setup_teardown(meanwhile, begin, end),
		cmocka_unit_test_setup_teardown(editions, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
