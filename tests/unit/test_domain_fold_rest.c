/* Fold of what is no ticket's: records column by column, notices, samples. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "database.h"
#include "domain/fold.h"
#include "store/draw.h"
#include "store/notice.h"
#include "store/rows.h"

static struct cs_db *db;
static struct cs_arena arena;

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
	cs_arena_free(&arena);
	return 0;
}

static void fold(const char *about, const struct cs_effects *l)
{
	const struct cs_event ev = {.id = 7, .about = about, .subject = 42, .at = 1000};
	struct cs_err e = {0};

	if (cs_fold_rest(db, &ev, l, &e) < 0)
		fail_msg("%s", e.text);
}

static void tables(void **state)
{
	static const struct {
		const char *name;
		bool there;
	} cases[] = {
		{"unit", true}, {"staff", true}, {"person", true}, {"draw", true},
		{"happening", true}, {"ticket", false}, {"clock", false}, {"owed", false},
		{"event", false}, {"", false}, {"units", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct cs_table *t = cs_fold_table(cases[i].name);

		if (cases[i].there != (t != NULL) || (t && strcmp(t->name, cases[i].name) != 0))
			fail_msg("%s", cases[i].name);
	}
}

static void put(struct cs_effects *l, const char *table, int64_t id, const char *column,
		struct cs_value v)
{
	cs_put(l, CS_OP_RECORD, CS_S(table), CS_I(id), CS_S(column), v);
}

/* A row is made with what is said and blanks; later effects change the columns they name. */
static void records(void **state)
{
	struct cs_effects l = {.arena = &arena};
	struct cs_person_row p;
	struct cs_err e = {0};

	(void)state;
	put(&l, "person", 3, "tier", CS_S("gold"));
	cs_put(&l, CS_OP_RECORD_TEXT, CS_S("person"), CS_I(3), CS_S("name"));
	cs_effects_private(&l, "person.3.name", "王芳");
	cs_put(&l, CS_OP_RECORD_TEXT, CS_S("person"), CS_I(4), CS_S("name"));
	cs_effects_private(&l, "person.4.name", "李雷");
	fold("person", &l);
	assert_int_equal(cs_table_find(db, &cs_person_table, 3, &arena, &p, &e), 1);
	assert_string_equal(p.name, "王芳");
	assert_string_equal(p.tier, "gold");
	assert_null(p.phone);
	assert_int_equal(p.tier_at, CS_NULL);
	assert_int_equal(cs_table_find(db, &cs_person_table, 4, &arena, &p, &e), 1);
	assert_string_equal(p.name, "李雷");
	assert_null(p.tier);
	cs_effects_clear(&l);
	put(&l, "person", 3, "tier", CS_S(NULL));
	put(&l, "person", 3, "tier_at", CS_I(50));
	put(&l, "person", 3, "tier_at", CS_I(60)); /* the later holds */
	fold("person", &l);
	assert_int_equal(cs_table_find(db, &cs_person_table, 3, &arena, &p, &e), 1);
	assert_string_equal(p.name, "王芳");
	assert_null(p.tier);
	assert_int_equal(p.tier_at, 60);
}

/* An erased text leaves its column empty. */
static void erased(void **state)
{
	struct cs_effects l = {.arena = &arena};
	struct cs_person_row p = {.name = "x"};
	struct cs_err e = {0};
	size_t at = 0;

	(void)state;
	cs_put(&l, CS_OP_RECORD_TEXT, CS_S("person"), CS_I(3), CS_S("name"));
	put(&l, "person", 9, "tier", CS_S("gold"));
	assert_int_equal(cs_fold_record(&l, &at, &cs_person_table, 3, &p, &e), 0);
	assert_null(p.name);
	assert_int_equal(p.id, 3);
	assert_int_equal(at, 1); /* not into another row's effects */
}

static void refused(void **state)
{
	static const struct {
		const char *table, *column;
		int64_t value;
		enum cs_code code;
		const char *text;
	} cases[] = {
		{"nowhere", "name", 1, CS_INTERNAL, "record: no table 'nowhere'"},
		{"ticket", "level", 1, CS_INTERNAL, "record: no table 'ticket'"},
		{"person", "colour", 1, CS_IO, "record person 3: no column 'colour' of that type"},
		{"person", "tier", 1, CS_IO, "record person 3: no column 'tier' of that type"},
		{"person", NULL, 1, CS_IO, "record person 3: no column '' of that type"},
	};
	const struct cs_event ev = {.id = 7, .about = "person", .subject = 3};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_effects l = {.arena = &arena};
		struct cs_err e = {0};

		put(&l, cases[i].table, 3, cases[i].column, CS_I(cases[i].value));
		assert_int_equal(cs_fold_rest(db, &ev, &l, &e), -1);
		assert_int_equal(e.code, cases[i].code);
		assert_string_equal(e.text, cases[i].text);
	}
}

static void notices(void **state)
{
	static const struct {
		const char *about;
		int64_t ticket;
	} cases[] = {{"ticket", 42}, {"person", CS_NULL}};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_effects l = {.arena = &arena};
		struct cs_notice n;
		struct cs_err e = {0};
		int64_t seq = (int64_t)i + 1;

		cs_put(&l, CS_OP_NOTICE, CS_I(seq), CS_S("tell"), CS_S("arrive"), CS_S("staff"),
		       CS_I(5), CS_S(NULL), CS_I(1200));
		cs_effects_private(&l, i ? "notice.2" : "notice.1", "快来");
		fold(cases[i].about, &l);
		assert_int_equal(cs_notice_get(db, 7, seq, &arena, &n, &e), 1);
		assert_int_equal(n.ticket, cases[i].ticket);
		assert_string_equal(n.reason, "tell");
		assert_string_equal(n.what, "arrive");
		assert_string_equal(n.to_kind, "staff");
		assert_int_equal(n.to_id, 5);
		assert_null(n.to_code);
		assert_int_equal(n.at, 1000);
		assert_int_equal(n.not_before, 1200);
		assert_string_equal(n.text, "快来");
		assert_string_equal(n.state, "pending");
	}
}

static void samples(void **state)
{
	struct cs_effects l = {.arena = &arena};
	struct cs_draw_item *item;
	struct cs_err e = {0};
	size_t n;

	(void)state;
	cs_put(&l, CS_OP_NOTE, CS_S("seed"), CS_S("x")); /* folded nowhere */
	cs_put(&l, CS_OP_DRAWN, CS_I(1), CS_S("p1"), CS_I(2), CS_I(42), CS_S("replacement"),
	       CS_S("quota"));
	fold("draw", &l);
	assert_int_equal(cs_draw_items(db, 1, &arena, &item, &n, &e), 0);
	assert_int_equal(n, 1);
	assert_string_equal(item[0].stratum, "p1");
	assert_int_equal(item[0].place, 2);
	assert_int_equal(item[0].ticket, 42);
	assert_string_equal(item[0].role, "replacement");
	assert_string_equal(item[0].reason, "quota");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables),
		cmocka_unit_test_setup_teardown(records, begin, end),
		cmocka_unit_test_setup_teardown(erased, begin, end),
		cmocka_unit_test_setup_teardown(refused, begin, end),
		cmocka_unit_test_setup_teardown(notices, begin, end),
		cmocka_unit_test_setup_teardown(samples, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
