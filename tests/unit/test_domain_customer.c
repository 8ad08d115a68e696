/* Who the customer is: every row of policy.md, "same customer", and what is recorded with it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "database.h"
#include "domain/customer.h"
#include "domain/record.h"
#include "store/customer.h"

enum { NOW = 1000, NEW = -1, NOBODY = -2 };

/* Each case runs on what those before it left. person: the number of the case whose customer it
   is. */
static const struct {
	const char *what;
	struct cs_customer_spec spec;
	int person;   /* NEW, NOBODY or a case */
	int premises; /* NEW, NOBODY or a case */
	bool tenure;
} cases[] = {
	{"0 a phone",
	 {.name = "王芳", .phone = "138 0013-8000", .unit = CS_NULL},
	 NEW,
	 NOBODY,
	 false},
	{"1 the same phone, another name",
	 {.name = "王先生", .phone = "+86 13800138000", .unit = CS_NULL},
	 0,
	 NOBODY,
	 false},
	{"2 the same phone in full width",
	 {.phone = "１３８００１３８０００", .unit = CS_NULL},
	 0,
	 NOBODY,
	 false},
	{"3 another phone, the same name",
	 {.name = "王芳", .phone = "13900139000", .unit = CS_NULL},
	 NEW,
	 NOBODY,
	 false},
	{"4 name and premises",
	 {.name = "李强", .address = "3栋2单元501", .unit = 7},
	 NEW,
	 NEW,
	 true},
	{"5 the same in other words",
	 {.name = " 李 强 ", .address = "3#2-501室", .unit = 7},
	 4,
	 4,
	 false},
	{"6 the same name elsewhere",
	 {.name = "李强", .address = "3-2-502", .unit = 7},
	 NEW,
	 NEW,
	 true},
	{"7 the same address in another project",
	 {.name = "李强", .address = "3-2-501", .unit = 8},
	 NEW,
	 NEW,
	 true},
	{"8 another name there", {.name = "李丽", .address = "3-2-501", .unit = 7}, NEW, 4, true},
	{"9 a name alone", {.name = "李强", .unit = CS_NULL}, NEW, NOBODY, false},
	{"10 a name alone again", {.name = "李强", .unit = CS_NULL}, NEW, NOBODY, false},
	{"11 nothing", {.unit = CS_NULL}, NOBODY, NOBODY, false},
	{"12 premises alone", {.address = "9-9-999", .unit = 7}, NOBODY, NEW, false},
	{"13 a key",
	 {.source = "crm", .key = "K1", .name = "赵敏", .phone = "13700137000", .unit = CS_NULL},
	 NEW,
	 NOBODY,
	 false},
	{"14 the same key",
	 {.source = "crm", .key = "K1", .name = "某人", .unit = CS_NULL},
	 13,
	 NOBODY,
	 false},
	{"15 the same key of another source",
	 {.source = "app", .key = "K1", .name = "某人", .unit = CS_NULL},
	 NEW,
	 NOBODY,
	 false},
	{"16 another key, the same phone",
	 {.source = "crm", .key = "K2", .phone = "13700137000", .unit = CS_NULL},
	 NEW,
	 NOBODY,
	 false},
	{"17 a key for a known phone",
	 {.source = "crm", .key = "K3", .phone = "13900139000", .unit = CS_NULL},
	 3,
	 NOBODY,
	 false},
	{"18 and by that key", {.source = "crm", .key = "K3", .unit = CS_NULL}, 3, NOBODY, false},
	{"19 a key without source is none", {.key = "K1", .unit = CS_NULL}, NOBODY, NOBODY, false},
	{"20 a phone and premises: no tenure",
	 {.phone = "13600136000", .address = "5-1", .unit = 7},
	 NEW,
	 NEW,
	 false},
	{"21 a phone, premises, capacity",
	 {.phone = "13600136000", .address = "5-1", .unit = 7, .capacity = "owner"},
	 20,
	 20,
	 true},
	{"22 once only",
	 {.phone = "13600136000", .address = "5-1", .unit = 7, .capacity = "owner"},
	 20,
	 20,
	 false},
	{"23 the phone of one known by name",
	 {.name = "周红",
	  .phone = "13500135000",
	  .address = "6-1",
	  .unit = 7,
	  .capacity = "tenant"},
	 NEW,
	 NEW,
	 true},
	{"24 and then without the phone",
	 {.name = "周红", .address = "6-1", .unit = 7},
	 23,
	 23,
	 false},
	{"25 an address that one project has",
	 {.name = "周红", .address = "6-1", .unit = CS_NULL},
	 23,
	 23,
	 false},
	{"26 an address that two have",
	 {.name = "李强", .address = "3-2-501", .unit = CS_NULL},
	 NEW,
	 NEW,
	 true},
	{"27 and its own from then on",
	 {.name = "李强", .address = "3-2-501", .unit = CS_NULL},
	 26,
	 26,
	 false},
	{"28 blanks are nothing",
	 {.name = " ", .phone = "  ", .address = "　", .unit = CS_NULL},
	 NOBODY,
	 NOBODY,
	 false},
};
enum { CASES = sizeof cases / sizeof *cases };

static void put_units(struct cs_db *db, struct cs_effects *l)
{
	for (int64_t id = 7; id <= 8; id++) {
		struct cs_unit_row u;

		cs_table_blank(&cs_unit_table, &u);
		u.id = id;
		u.code = id == 7 ? "p1" : "p2";
		u.name = u.level = "project";
		cs_record_row(l, &cs_unit_table, NULL, &u);
	}
	test_db_record(db, l);
}

static void check_id(const char *what, const char *which, int64_t got, bool is_new, int want,
		     const int64_t *before)
{
	if (want == NOBODY ? got != CS_NULL : want == NEW ? !is_new : is_new || got != before[want])
		fail_msg("%s: %s %lld%s", what, which, (long long)got, is_new ? " (new)" : "");
}

static void same_customer(void **state)
{
	struct cs_arena a = {0};
	struct cs_effects l = {.arena = &a};
	struct cs_db *db = test_db_begin();
	int64_t person[CASES], premises[CASES];

	(void)state;
	put_units(db, &l);
	for (int i = 0; i < CASES; i++) {
		struct cs_customer c;
		struct cs_err e = {0};

		if (cs_customer_match(db, &cases[i].spec, NOW, &l, &c, &e) < 0)
			fail_msg("%s: %s", cases[i].what, e.text);
		check_id(cases[i].what, "person", c.person, c.person_new, cases[i].person, person);
		check_id(cases[i].what, "premises", c.premises, c.premises_new, cases[i].premises,
			 premises);
		if (c.tenure_new != cases[i].tenure)
			fail_msg("%s: tenure %d", cases[i].what, c.tenure_new);
		person[i] = c.person;
		premises[i] = c.premises;
		test_db_record(db, &l);
	}
	test_db_end(db);
	cs_arena_free(&a);
}

static void what_is_kept(void **state)
{
	const struct cs_customer_spec first = {.name = "Ann  Lee",
					       .phone = "010-8765 4321 ext 12",
					       .address = "３号楼２门５０１",
					       .unit = CS_NULL};
	const struct cs_customer_spec later = {.source = "crm",
					       .key = "9",
					       .phone = "01087654321x12",
					       .name = "other",
					       .unit = CS_NULL};
	struct cs_arena a = {0};
	struct cs_effects l = {.arena = &a};
	struct cs_db *db = test_db_begin();
	struct cs_person_row row;
	struct cs_customer c;
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(cs_customer_match(db, &first, NOW, &l, &c, &e), 0);
	assert_string_equal(c.phone, "01087654321x12");
	assert_string_equal(c.address, "3-2-501");
	test_db_record(db, &l);
	assert_int_equal(cs_customer_match(db, &later, NOW, &l, &c, &e), 0);
	assert_string_equal(c.name, "Ann Lee");
	test_db_record(db, &l);
	assert_int_equal(cs_person_by_key(db, "crm", "9", &a, &row, &e), 1);
	assert_string_equal(row.name, "Ann Lee");
	assert_int_equal(row.id, 1);
	test_db_end(db);
	cs_arena_free(&a);
}

static void a_phone_that_is_none(void **state)
{
	const struct cs_customer_spec masked = {
		.name = "王芳", .phone = "138****8000", .unit = CS_NULL};
	struct cs_arena a = {0};
	struct cs_effects l = {.arena = &a};
	struct cs_db *db = test_db_begin();
	struct cs_customer c;
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(cs_customer_match(db, &masked, NOW, &l, &c, &e), -1);
	assert_int_equal(e.code, CS_REFUSED);
	assert_non_null(strstr(e.text, "138****8000"));
	test_db_end(db);
	cs_arena_free(&a);
}

/* Two parties of one ticket are matched before either is stored. */
static void ids_that_are_drawn_already(void **state)
{
	const struct cs_customer_spec one = {.name = "a", .phone = "111", .unit = CS_NULL},
				      two = {.name = "b", .phone = "222", .unit = CS_NULL};
	struct cs_arena a = {0};
	struct cs_effects l = {.arena = &a};
	struct cs_db *db = test_db_begin();
	struct cs_customer c, d;
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(cs_customer_match(db, &one, NOW, &l, &c, &e), 0);
	assert_int_equal(cs_customer_match(db, &two, NOW, &l, &d, &e), 0);
	assert_int_equal(c.person, 1);
	assert_int_equal(d.person, 2);
	test_db_end(db);
	cs_arena_free(&a);
}

/* Someone who moved out is not who calls from there now. */
static void a_tenure_that_ended(void **state)
{
	const struct cs_customer_spec spec = {.name = "吴", .address = "1-1", .unit = CS_NULL};
	struct cs_arena a = {0};
	struct cs_effects l = {.arena = &a};
	struct cs_db *db = test_db_begin();
	struct cs_customer c;
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(cs_customer_match(db, &spec, NOW, &l, &c, &e), 0);
	test_db_record(db, &l);
	cs_record_int(&l, &cs_tenure_table, 1, "to_at", NOW + 10);
	test_db_record(db, &l);
	assert_int_equal(cs_customer_match(db, &spec, NOW + 9, &l, &c, &e), 0);
	assert_int_equal(c.person, 1);
	assert_int_equal(cs_customer_match(db, &spec, NOW + 10, &l, &c, &e), 0);
	assert_true(c.person_new);
	test_db_end(db);
	cs_arena_free(&a);
}

static int64_t match(struct cs_db *db, const struct cs_customer_spec *spec, struct cs_effects *l,
		     struct cs_customer *c)
{
	struct cs_err e = {0};

	if (cs_customer_match(db, spec, NOW, l, c, &e) < 0)
		fail_msg("%s", e.text);
	test_db_record(db, l);
	return c->person;
}

/* Of the ticket only what tells who called about which premises. */
static void put_ticket(struct cs_db *db, int64_t id, const struct cs_customer *c)
{
	struct cs_ticket_row t;
	struct cs_err e = {0};

	cs_table_blank(&cs_ticket_table, &t);
	t.id = id;
	t.kind = t.state = t.state_is = t.stay_by = "x";
	t.cycle = t.cycle_event = t.level = t.opened_at = t.stay_at = t.stays = t.imported = t.last_at =
		t.last_event = 0;
	t.customer = c->person;
	t.premises = c->premises;
	if (cs_table_add(db, &cs_ticket_table, &t, &e) < 0)
		fail_msg("%s", e.text);
}

/* Who called by phone about premises is known there by name; but tenures say who left. */
static void without_the_phone_the_second_time(void **state)
{
	const struct cs_customer_spec phone = {.name = "张三",
					       .phone = "138001",
					       .address = "3-2-502",
					       .unit = CS_NULL},
				      bare = {.name = "张三", .address = "3-2-502", .unit = CS_NULL},
				      other = {.name = "张四", .address = "3-2-502", .unit = CS_NULL},
				      left = {.name = "吴", .address = "1-1", .unit = CS_NULL};
	struct cs_arena a = {0};
	struct cs_effects l = {.arena = &a};
	struct cs_db *db = test_db_begin();
	struct cs_customer c;
	int64_t id;

	(void)state;
	id = match(db, &phone, &l, &c);
	assert_false(c.tenure_new);
	put_ticket(db, 1, &c);
	assert_int_equal(match(db, &bare, &l, &c), id);
	assert_int_not_equal(match(db, &other, &l, &c), id);
	id = match(db, &left, &l, &c);
	put_ticket(db, 2, &c);
	cs_record_int(&l, &cs_tenure_table, 2, "to_at", NOW);
	test_db_record(db, &l);
	assert_int_not_equal(match(db, &left, &l, &c), id);
	test_db_end(db);
	cs_arena_free(&a);
}

/* Two keys of a source with one phone: the name given decides, else the premises, else who was
   there first. */
static void several_with_one_phone(void **state)
{
	const struct cs_customer_spec known[] = {
		{.source = "crm", .key = "K1", .name = "赵一", .phone = "139001", .unit = CS_NULL},
		{.source = "crm", .key = "K2", .name = "钱二", .phone = "139001", .unit = CS_NULL},
		{.source = "crm",
		 .key = "K4",
		 .name = "周四",
		 .phone = "139001",
		 .address = "2-1-104",
		 .capacity = "owner",
		 .unit = CS_NULL},
	};
	static const struct {
		const char *name, *address;
		int is;
		bool called;
	} callers[] = {
		{"周四", NULL, 2, false},    {"周四", "2-1-104", 2, false}, {"钱二", "2-1-104", 1, false},
		{"孙五", "2-1-104", 2, true}, {NULL, "2-1-104", 2, false},   {"孙五", "2-1-105", 0, true},
		{"孙五", NULL, 0, true},      {NULL, NULL, 0, false},
	};
	struct cs_arena a = {0};
	struct cs_effects l = {.arena = &a};
	struct cs_db *db = test_db_begin();
	struct cs_customer c;
	int64_t id[3];

	(void)state;
	for (size_t i = 0; i < 3; i++)
		id[i] = match(db, &known[i], &l, &c);
	assert_true(id[0] != id[1] && id[1] != id[2] && id[0] != id[2]);
	for (size_t i = 0; i < sizeof callers / sizeof *callers; i++) {
		const struct cs_customer_spec spec = {
			.name = callers[i].name, .phone = "139001", .address = callers[i].address, .unit = CS_NULL};

		if (match(db, &spec, &l, &c) != id[callers[i].is])
			fail_msg("case %zu: customer %lld", i, (long long)c.person);
		assert_int_equal(c.called != NULL, callers[i].called);
	}
	assert_null(c.called);
	test_db_end(db);
	cs_arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(same_customer),
		cmocka_unit_test(what_is_kept),
		cmocka_unit_test(a_phone_that_is_none),
		cmocka_unit_test(ids_that_are_drawn_already),
		cmocka_unit_test(a_tenure_that_ended),
		cmocka_unit_test(without_the_phone_the_second_time),
		cmocka_unit_test(several_with_one_phone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
