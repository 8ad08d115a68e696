/* People named with a step become persons of the desk: who is meant, who is new, what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/party.h"

static int64_t ticket;

static int begin(void **state)
{
	(void)state;
	desk_begin();
	ticket = desk_register("complaint", "eng.leak", "", NULL);
	desk_do(ticket, "repeat note=a party:李强:13700000001:tenant");
	desk_do(ticket, "repeat note=a party:李强:13700000002:tenant");
	return 0;
}

static int end(void **state)
{
	(void)state;
	desk_end();
	return 0;
}

/* Of 王芳 1 (138…) and two called 李强, 3 (…01) and 4 (…02). want 0: refused with `why`; 5: somebody new. */
static void test_match(void **state)
{
	static const struct {
		const char *name;
		struct cs_given_party given;
		const char *step;
		int64_t want;
		const char *why;
	} t[] = {
		{"name of a party", {.name = "王芳"}, "repeat", 1, NULL},
		{"full-width phone", {.phone = "１３８ ００１３ ８０００"}, "repeat", 1, NULL},
		{"two of one name", {.name = "李强"}, "repeat", 0, "several who take part are called 李强"},
		{"told by the phone", {.name = "李强", .phone = "13700000002"}, "repeat", 4, NULL},
		{"another phone", {.name = "李强", .phone = "13700000003"}, "repeat", 5, NULL},
		{"a name nobody has", {.name = "周敏"}, "repeat", 5, NULL},
		{"a known person who takes no part", {.phone = "13900139000"}, "repeat", 2, NULL},
		{"nobody said", {.capacity = "tenant"}, "repeat", 0, "is not said"},
		{"no phone number", {.phone = "abc"}, "repeat", 0, "abc"},
		{"a key without source", {.key = "17"}, "repeat", 0, "SOURCE:KEY"},
		{"a new key", {.name = "周敏", .key = "crm:17"}, "repeat", 5, NULL},
		{"leaves by name", {.name = "王芳"}, "leave", 1, NULL},
		{"leaves and was never there", {.phone = "13900139000"}, "leave", 0, "takes no part"},
		{"principal who is himself", {.name = "王芳", .of = "王芳"}, "repeat", 0, "acts for himself"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct cs_effects l = {.arena = &desk->work};
		struct cs_request r = {.step = t[i].step, .at = desk->now, .party = &t[i].given, .party_count = 1};
		const struct cs_party_place at = {"3-2-501", UNIT_NORTH, NULL};
		struct cs_err e = {0};
		int rc = cs_parties_match(desk, desk_ticket(ticket), &at, &r, &l, &e);

		if ((rc == 0) != (t[i].want != 0))
			fail_msg("%s: %s", t[i].name, rc < 0 ? e.text : "accepted");
		if (rc < 0 && !strstr(e.text, t[i].why))
			fail_msg("%s: %s", t[i].name, e.text);
		if (rc == 0 && r.complainant[0].person != t[i].want)
			fail_msg("%s: person %lld", t[i].name, (long long)r.complainant[0].person);
		if (rc == 0 && (t[i].want == 5) != (l.count > 0))
			fail_msg("%s: %zu effects", t[i].name, l.count);
	}
}

/* Whose a row is: a party by phone or name, 3 (…01) and 4 (…02) are both called 李强. */
static void test_rows(void **state)
{
	static const struct {
		const char *who, *key, *why;
	} t[] = {
		{"王芳", "paper#1", NULL},
		{"13700000002", "paper#4", NULL},
		{"１３７ ００００ ０００１", "paper#3", NULL},
		{"李强", NULL, "several who take part are called 李强"},
		{"13900139000", NULL, "nobody who takes part has the name or phone '13900139000'"},
		{"周敏", NULL, "nobody who takes part has the name or phone '周敏'"},
	};
	const struct cs_list of_party = {.id = "papers", .key = "item", .per_party = true}, plain = {.id = "lines"};
	struct cs_arena *a = &desk->work;

	(void)state;
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct cs_err e = {0};
		const char *key = cs_row_key_of(desk, desk_ticket(ticket), &of_party, "paper", t[i].who, &e);

		if (!key != !t[i].key || (key && strcmp(key, t[i].key) != 0) || (!key && !strstr(e.text, t[i].why)))
			fail_msg("%s: %s %s", t[i].who, key ? key : "refused", e.text);
	}
	assert_true(cs_row_person("paper#4") == 4 && cs_row_person("paper") == CS_NULL);
	assert_string_equal(cs_row_key("paper#4", a), "paper");
	assert_string_equal(cs_row_key("paper", a), "paper");
	assert_string_equal(cs_row_words(desk, &of_party, "paper#4", a), "paper (李强)");
	assert_string_equal(cs_row_words(desk, &of_party, "paper", a), "paper");
	assert_string_equal(cs_row_words(desk, &plain, "17#4", a), "17#4");
	assert_string_equal(cs_person_called(desk, 99, a), "(erased)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_match, begin, end),
		cmocka_unit_test_setup_teardown(test_rows, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
