/* Matters: what is linked is one matter, named by its oldest ticket; what no link joins any more falls apart. */
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

static void test_links(void **state)
{
	static const struct {
		int from, to;
		const char *want;
	} t[] = {
		{3, 5, "...3.3."},
		{5, 3, "...3.3."},
		{1, 3, ".1.1.1."},
		{0, 6, "01.1.10"},
		{6, 5, "00.0.00"},
		{6, -1, "01.1.10"},
		/* 0 still says 6 */ {0, -1, ".1.1.1."},
		{3, -1, ".1.1.1."}, /* 5 still says 3 */
		{5, -1, ".1.1..."},
		{1, 2, ".11...."},
		{1, -1, "......."},
		{2, -1, "......."},
	};

	(void)state;
	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		struct cs_err e = {0};

		if (matters_link(t[i].from, t[i].to, &e) != CS_OK)
			fail_msg("%d to %d: %s", t[i].from, t[i].to, e.text);
		if (strcmp(matters_all(), t[i].want) != 0)
			fail_msg("%d to %d: %s, not %s", t[i].from, t[i].to, matters_all(), t[i].want);
	}
}

/* The parts by an own walk over the statements. */
static void reckon(const int says[MATTERS_TICKETS], char want[MATTERS_TICKETS + 1])
{
	int part[MATTERS_TICKETS], size[MATTERS_TICKETS] = {0};

	for (int i = 0; i < MATTERS_TICKETS; i++)
		part[i] = i;
	for (int round = 0; round < MATTERS_TICKETS; round++)
		for (int i = 0; i < MATTERS_TICKETS; i++)
			if (says[i] >= 0) {
				int least = part[i] < part[says[i]] ? part[i] : part[says[i]];

				part[i] = part[says[i]] = least;
			}
	for (int i = 0; i < MATTERS_TICKETS; i++)
		size[part[i]]++;
	for (int i = 0; i < MATTERS_TICKETS; i++)
		want[i] = size[part[i]] > 1 ? (char)('0' + part[i]) : '.';
	want[MATTERS_TICKETS] = '\0';
}

static void test_any_statements(void **state)
{
	int says[MATTERS_TICKETS];
	char want[MATTERS_TICKETS + 1];

	(void)state;
	memset(says, -1, sizeof says);
	srand(7);
	for (int n = 0; n < 150; n++) {
		int from = rand() % MATTERS_TICKETS, to = rand() % 3 ? rand() % MATTERS_TICKETS : -1;
		struct cs_err e = {0};

		if (from == to)
			continue;
		assert_int_equal(matters_link(from, to, &e), CS_OK);
		says[from] = to;
		reckon(says, want);
		if (strcmp(matters_all(), want) != 0)
			fail_msg("after %d statements: %s, not %s", n, matters_all(), want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_links, matters_begin, matters_end),
		cmocka_unit_test_setup_teardown(test_any_statements, matters_begin, matters_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
