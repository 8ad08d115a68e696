/* Matters: what is linked is one matter, named by its oldest ticket; what no link joins any more falls apart. */
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

static void test_links(void **state)
{
	static const struct {
		int from, to;
		const char *want;
	} t[] = {
		{3, 5, "...3.3."},  {5, 3, "...3.3."},  {1, 3, ".1.1.1."}, {0, 6, "01.1.10"}, {6, 5, "00.0.00"},
		{6, -1, "01.1.10"}, /* 0 still says 6 */ {0, -1, ".1.1.1."}, {3, -1, ".1.1.1."}, /* 5 still says 3 */
		{5, -1, ".1.1..."}, {1, 2, ".11...."},  {1, -1, "......."}, {2, -1, "......."},
	};

	(void)state;
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct cs_err e = {0};

		if (link_to(t[i].from, t[i].to, &e) != CS_OK)
			fail_msg("%d to %d: %s", t[i].from, t[i].to, e.text);
		if (strcmp(matters(), t[i].want) != 0)
			fail_msg("%d to %d: %s, not %s", t[i].from, t[i].to, matters(), t[i].want);
	}
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

/* The parts by an own walk over the statements. */
static void reckon(const int says[TICKETS], char want[TICKETS + 1])
{
	int part[TICKETS], size[TICKETS] = {0};

	for (int i = 0; i < TICKETS; i++)
		part[i] = i;
	for (int round = 0; round < TICKETS; round++)
		for (int i = 0; i < TICKETS; i++)
			if (says[i] >= 0) {
				int least = part[i] < part[says[i]] ? part[i] : part[says[i]];

				part[i] = part[says[i]] = least;
			}
	for (int i = 0; i < TICKETS; i++)
		size[part[i]]++;
	for (int i = 0; i < TICKETS; i++)
		want[i] = size[part[i]] > 1 ? (char)('0' + part[i]) : '.';
	want[TICKETS] = '\0';
}

static void test_any_statements(void **state)
{
	int says[TICKETS];
	char want[TICKETS + 1];

	(void)state;
	memset(says, -1, sizeof says);
	srand(7);
	for (int n = 0; n < 150; n++) {
		int from = rand() % TICKETS, to = rand() % 3 ? rand() % TICKETS : -1;
		struct cs_err e = {0};

		if (from == to)
			continue;
		assert_int_equal(link_to(from, to, &e), CS_OK);
		says[from] = to;
		reckon(says, want);
		if (strcmp(matters(), want) != 0)
			fail_msg("after %d statements: %s, not %s", n, matters(), want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_links, begin, end),
		cmocka_unit_test_setup_teardown(test_refused, begin, end),
		cmocka_unit_test_setup_teardown(test_any_statements, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
