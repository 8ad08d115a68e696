/* Another ticket in stock with the same findable value. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "database.h"
#include "plans.h"
#include "store/find.h"
#include "store/rows.h"

static struct cs_db *db;

static void put(int64_t id, const char *kind, const char *is, const char *field, const char *value)
{
	const struct cs_ticket_key_row key = {id, field, value};
	struct cs_ticket_row t;
	struct cs_err e = {0};

	cs_table_blank(&cs_ticket_table, &t);
	t.id = id;
	t.kind = kind;
	t.state = t.state_is = is;
	t.cycle = t.cycle_event = t.opened_at = t.last_at = t.last_event = 1;
	t.place = t.accepting = 1;
	t.premises = id % 10;
	t.channel = "phone";
	t.stay_at = 1;
	t.stay_by = "opened";
	t.level = t.stays = t.imported = 0;
	if (cs_table_save(db, &cs_ticket_table, &t, &e) < 0 ||
	    cs_table_save(db, &cs_ticket_key_table, &key, &e) < 0)
		fail_msg("%s", e.text);
}

static int begin(void **state)
{
	struct cs_err e = {0};

	(void)state;
	db = test_db_begin();
	return cs_db_begin(db, &e);
}

static int end(void **state)
{
	(void)state;
	cs_db_rollback(db);
	test_db_end(db);
	return 0;
}

static void exclusive(void **state)
{
	static const struct {
		const char *kind, *field, *value;
		int64_t but, want;
	} cases[] = {
		{"key", "key_no", "A1", 0, 1},
		{"key", "key_no", "A1", 1, 0},      /* itself is no other */
		{"key", "key_no", "A2", 0, 2},      /* waiting is in stock */
		{"key", "key_no", "A3", 0, 3},      /* so is what stands */
		{"key", "key_no", "A4", 0, 0},      /* done */
		{"key", "key_no", "A5", 0, 0},      /* closed */
		{"key", "key_no", "A6", 0, 0},      /* of another kind */
		{"decoration", "key_no", "A6", 0, 6},
		{"key", "permit_no", "A1", 0, 0},   /* in another field */
		{"key", "key_no", "a1", 0, 0},      /* exactly this value */
		{"key", "key_no", "A", 0, 0},
		{"key", "key_no", "A7", 7, 8},      /* of two the other one */
		{"key", "key_no", "A7", 8, 7},
	};

	(void)state;
	put(1, "key", "open", "key_no", "A1");
	put(2, "key", "waiting", "key_no", "A2");
	put(3, "key", "standing", "key_no", "A3");
	put(4, "key", "done", "key_no", "A4");
	put(5, "key", "closed", "key_no", "A5");
	put(6, "decoration", "open", "key_no", "A6");
	put(7, "key", "open", "key_no", "A7");
	put(8, "key", "open", "key_no", "A7");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_err e = {0};
		int64_t other = 77;

		if (cs_find_exclusive(db, cases[i].kind, cases[i].field, cases[i].value,
				      cases[i].but, &other, &e) < 0)
			fail_msg("%s", e.text);
		if (other != cases[i].want)
			fail_msg("%s %s but %lld: %lld", cases[i].kind, cases[i].value,
				 (long long)cases[i].but, (long long)other);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(exclusive, begin, end)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
