/* Events and their chain: every field is in it, erasing keeps it whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "database.h"
#include "store/event.h"
#include "store/table.h"

static struct cs_db *db;
static struct cs_chain chain;
static const char id[] = "00112233445566778899aabbccddeeff";

static struct cs_event sample(void)
{
	return (struct cs_event){
		.about = "ticket",
		.subject = 7,
		.at = 100,
		.recorded_at = 200,
		.login = "ling",
		.actor = 3,
		.step = "note",
		.edition = 1,
		.facts = "{\"v\":1,\"e\":[]}",
		.private_part = "{\"note\":\"x\"}",
	};
}

static int begin(void **state)
{
	struct cs_err e = {0};

	(void)state;
	db = test_db_begin();
	return cs_db_begin(db, &e) < 0 || cs_chain_load(db, id, &chain, &e) < 0;
}

static int end(void **state)
{
	(void)state;
	cs_db_rollback(db);
	test_db_end(db);
	return 0;
}

static void append(struct cs_event *ev)
{
	struct cs_err e = {0};

	if (cs_event_append(db, &chain, ev, &e) < 0)
		fail_msg("%s", e.text);
}

static void test_order(void **state)
{
	struct cs_event ev = sample(), back;
	struct cs_chain again;
	unsigned char genesis[CS_HASH_SIZE];
	struct cs_err e = {0};
	struct cs_stmt *walk;
	int n = 0;

	(void)state;
	cs_chain_genesis(id, genesis);
	assert_memory_equal(chain.head, genesis, CS_HASH_SIZE);
	assert_int_equal(chain.count, 0);
	append(&ev);
	assert_int_equal(ev.id, 1);
	ev = sample();
	ev.recorded_at = 150; /* the machine's clock went back */
	ev.actor = CS_NULL;
	ev.edition = CS_NULL;
	ev.private_part = NULL;
	append(&ev);
	assert_int_equal(ev.recorded_at, 200);
	assert_int_equal(cs_chain_load(db, id, &again, &e), 0);
	assert_memory_equal(&again, &chain, sizeof chain);
	assert_int_equal(cs_event_count(db, &e), 2);

	memcpy(again.head, genesis, CS_HASH_SIZE);
	walk = cs_event_walk(db, 0, &e);
	while (cs_event_next(walk, &back, &e) == 1) {
		cs_chain_next(again.head, &back, again.head);
		assert_memory_equal(again.head, back.chain, CS_HASH_SIZE);
		n++;
	}
	assert_int_equal(n, 2);
	assert_int_equal(back.id, 2);
}

/* One changed field, whichever, gives another head; NULL is distinct from empty. */
static void test_every_field(void **state)
{
	struct cs_event base = sample(), changed[12];
	unsigned char was[CS_HASH_SIZE], head[CS_HASH_SIZE], zero[CS_HASH_SIZE] = {0};
	size_t n = 0;

	(void)state;
	base.id = 5;
	for (size_t i = 0; i < 12; i++)
		changed[i] = base;
	changed[n++].id = 6;
	changed[n++].about = "ticke";
	changed[n++].subject = 8;
	changed[n++].at = 101;
	changed[n++].recorded_at = 201;
	changed[n++].login = "linh";
	changed[n++].actor = CS_NULL;
	changed[n++].step = "note ";
	changed[n++].edition = 2;
	changed[n++].facts = "{\"v\":1,\"e\":[] }";
	changed[n++].private_part = NULL;
	changed[n++].private_part = "";
	cs_chain_next(zero, &base, was);
	for (size_t i = 0; i < n; i++) {
		cs_chain_next(zero, &changed[i], head);
		if (memcmp(head, was, CS_HASH_SIZE) == 0)
			fail_msg("field %zu is not in the chain", i);
	}
	cs_chain_next(zero, &changed[n - 1], head);
	cs_chain_next(zero, &changed[n - 2], was);
	assert_memory_not_equal(head, was, CS_HASH_SIZE);
	/* "ab" + "c" is not "a" + "bc". */
	changed[0] = changed[1] = base;
	changed[0].about = "ab", changed[0].login = "c";
	changed[1].about = "a", changed[1].login = "bc";
	cs_chain_next(zero, &changed[0], head);
	cs_chain_next(zero, &changed[1], was);
	assert_memory_not_equal(head, was, CS_HASH_SIZE);
}

static void test_erase(void **state)
{
	struct cs_event ev = sample(), back;
	unsigned char genesis[CS_HASH_SIZE], head[CS_HASH_SIZE];
	struct cs_arena a = {0};
	struct cs_err e = {0};

	(void)state;
	append(&ev);
	assert_int_equal(cs_event_erase(db, 1, &e), 0);
	assert_int_equal(cs_event_get(db, 1, &a, &back, &e), 1);
	assert_true(back.erased);
	assert_null(back.private_part);
	cs_chain_genesis(id, genesis);
	cs_chain_next(genesis, &back, head);
	assert_memory_equal(head, chain.head, CS_HASH_SIZE); /* still verifies */
	assert_int_equal(cs_event_get(db, 2, &a, &back, &e), 0);
	cs_arena_free(&a);
}

static void test_last_step(void **state)
{
	struct cs_event ev, found;
	struct cs_err e = {0};

	(void)state;
	for (int i = 0; i < 4; i++) {
		ev = sample();
		ev.step = i % 2 ? "finish" : "note";
		ev.subject = i == 3 ? 8 : 7;
		ev.actor = 10 + i;
		append(&ev);
	}
	assert_int_equal(cs_event_last_step(db, 7, "note", 0, &found, &e), 1);
	assert_int_equal(found.id, 3);
	assert_int_equal(found.actor, 12);
	assert_int_equal(cs_event_last_step(db, 7, "finish", 0, &found, &e), 1);
	assert_int_equal(found.id, 2);
	assert_int_equal(cs_event_last_step(db, 7, "finish", 3, &found, &e), 0); /* before the cycle */
	assert_int_equal(cs_event_last_step(db, 7, "close", 0, &found, &e), 0);
	assert_int_equal(cs_event_last_step(db, 9, "note", 0, &found, &e), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_order, begin, end),
		cmocka_unit_test_setup_teardown(test_every_field, begin, end),
		cmocka_unit_test_setup_teardown(test_erase, begin, end),
		cmocka_unit_test_setup_teardown(test_last_step, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
