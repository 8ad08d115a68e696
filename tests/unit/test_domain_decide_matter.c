/* What is stated of other tickets: what is refused, what becomes a link. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "matters.h"
#include "domain/matter.h"
#include "store/ref.h"

static void test_refused(void **state)
{
	char words[80], ref[CS_REF_SIZE];
	int64_t request = desk_register("request", "eng.leak", "", NULL);
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(matters_link(2, 2, &e), CS_REFUSED);
	assert_non_null(strstr(e.text, "is the ticket itself"));
	snprintf(words, sizeof words, "link same_as=%s", cs_ref_text(request, ref));
	assert_int_equal(desk_step(matters_of_desk[0], words, &e), CS_REFUSED);
	assert_non_null(strstr(e.text, "is of kind request"));
	assert_int_equal(desk_step(matters_of_desk[0], "link same_as=C20990101-0001", &e), CS_REFUSED);
	assert_non_null(strstr(e.text, "there is no ticket C20990101-0001"));
	assert_int_equal(desk_step(matters_of_desk[0], "link", &e), CS_REFUSED);
	assert_non_null(strstr(e.text, "needs same_as"));
	assert_string_equal(matters_all(), ".......");
	/* Looked, there is none: an answer, and no link. */
	desk_do(matters_of_desk[0], "link same_as=none");
	assert_int_equal(cs_image_count(desk_ticket(matters_of_desk[0]), CS_P_LINK), 0);
	assert_string_equal(cs_image_own(desk_ticket(matters_of_desk[0]), "same_as")->s, "none");
	/* The same twice changes nothing. */
	matters_link(1, 0, &e);
	matters_link(1, 0, &e);
	assert_int_equal(cs_image_count(desk_ticket(matters_of_desk[1]), CS_P_LINK), 1);
}

static const struct cs_cond leaks = {
	.op = CS_COND_FIELD,
	.name = "category",
	.test = CS_TEST_IS,
	.value = (struct cs_value[]){{CS_V_TEXT, 0, "eng.leak"}},
	.value_count = 1,
};

/* S0-3-3: what is kept back from somebody is neither linked nor linked to by them. */
static void test_kept_back(void **state)
{
	static const char *const complaints[] = {"complaint"};
	static struct cs_who chief = {.kind = CS_WHO_POST, .name = "cs_supervisor"};
	static struct cs_access_rule rule = {
		.id = "secret",
		.each = {.of = "ticket", .kinds = {(const char **)(uintptr_t)complaints, 1}, .where = &leaks},
		.by = {&chief, 1},
	};
	static const struct {
		const char *login;
		bool from_open, to_open; /* which of the two is open to all */
		enum cs_code code;
	} cases[] = {
		{"ling", true, false, CS_DENIED}, {"ling", false, true, CS_DENIED}, {"ling", false, false, CS_DENIED},
		{"ling", true, true, CS_OK},      {"chief", true, false, CS_OK},    {"chief", false, true, CS_OK},
		{"chief", false, false, CS_OK},
	};
	struct cs_policy *p = (struct cs_policy *)desk->policy;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t to = desk_register("complaint", cases[i].to_open ? "eng.water" : "eng.leak", "", NULL);
		int64_t from = desk_register("complaint", cases[i].from_open ? "eng.water" : "eng.leak", "", NULL);
		char words[80], ref[CS_REF_SIZE];
		struct cs_err e = {0};

		p->access = &rule;
		p->access_count = 1;
		desk_actor(cases[i].login);
		snprintf(words, sizeof words, "link same_as=%s", cs_ref_text(to, ref));
		if (desk_step(from, words, &e) != cases[i].code)
			fail_msg("case %zu: %s", i, e.text);
		p->access_count = 0;
		desk_actor("ling");
		assert_int_equal(desk_ticket(from)->t.matter, cases[i].code == CS_OK ? to : CS_NULL);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_refused, matters_begin, matters_end),
		cmocka_unit_test_setup_teardown(test_kept_back, matters_begin, matters_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
