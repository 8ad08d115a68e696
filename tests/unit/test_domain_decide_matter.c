/* What is stated of other tickets: what is refused, what becomes a link. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "desk.h"
#include "domain/matter.h"
#include "refold.h"
#include "store/ref.h"

enum { TICKETS = 7 };
static int64_t ticket[TICKETS];

static int begin(void **state)
{
	(void)state;
	desk_begin();
	for (int i = 0; i < TICKETS; i++)
		ticket[i] = desk_register("complaint", "eng.leak", "", NULL);
	return 0;
}

static int end(void **state)
{
	(void)state;
	for (int i = 0; i < TICKETS; i++)
		refold_same(ticket[i]);
	desk_end();
	return 0;
}

static enum cs_code link_to(int from, int to, struct cs_err *e)
{
	char words[80], ref[CS_REF_SIZE];

	snprintf(words, sizeof words, "link same_as=%s", to < 0 ? "none" : cs_ref_text(ticket[to], ref));
	return desk_step(ticket[from], words, e);
}

/* "0.0.2.": whose matter each ticket is of, by number; . none. */
static const char *matters(void)
{
	static char text[TICKETS + 1];

	for (int i = 0; i < TICKETS; i++) {
		int64_t matter = desk_ticket(ticket[i])->t.matter;

		text[i] = '.';
		for (int k = 0; k < TICKETS; k++)
			if (matter == ticket[k])
				text[i] = (char)('0' + k);
		if (matter != CS_NULL && text[i] == '.')
			text[i] = '?';
	}
	return text;
}

static void test_refused(void **state)
{
	char words[80], ref[CS_REF_SIZE];
	int64_t request = desk_register("request", "eng.leak", "", NULL);
	struct cs_err e = {0};

	(void)state;
	assert_int_equal(link_to(2, 2, &e), CS_REFUSED);
	assert_non_null(strstr(e.text, "is the ticket itself"));
	snprintf(words, sizeof words, "link same_as=%s", cs_ref_text(request, ref));
	assert_int_equal(desk_step(ticket[0], words, &e), CS_REFUSED);
	assert_non_null(strstr(e.text, "is of kind request"));
	assert_int_equal(desk_step(ticket[0], "link same_as=C20990101-0001", &e), CS_REFUSED);
	assert_non_null(strstr(e.text, "there is no ticket C20990101-0001"));
	assert_int_equal(desk_step(ticket[0], "link", &e), CS_REFUSED);
	assert_non_null(strstr(e.text, "needs same_as"));
	assert_string_equal(matters(), ".......");
	/* Looked, there is none: an answer, and no link. */
	desk_do(ticket[0], "link same_as=none");
	assert_int_equal(cs_image_count(desk_ticket(ticket[0]), CS_P_LINK), 0);
	assert_string_equal(cs_image_own(desk_ticket(ticket[0]), "same_as")->s, "none");
	/* The same twice changes nothing. */
	link_to(1, 0, &e);
	link_to(1, 0, &e);
	assert_int_equal(cs_image_count(desk_ticket(ticket[1]), CS_P_LINK), 1);
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
		cmocka_unit_test_setup_teardown(test_refused, begin, end),
		cmocka_unit_test_setup_teardown(test_kept_back, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
