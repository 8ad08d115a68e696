/* References of tickets that the reader may not read are not printed; all else is, byte for byte. */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "desk.h"
#include "store/ref.h"
#include "text/hidden.h"

static const char *const only_requests[] = {"request"};
static struct cs_who director = {.kind = CS_WHO_POST, .name = "area_director"};
static struct cs_access_rule rule;
static char secret[CS_REF_SIZE], small[CS_REF_SIZE], wide[3 * CS_REF_SIZE], open[CS_REF_SIZE];

static int begin(void **state)
{
	struct cs_policy *p;

	(void)state;
	desk_begin();
	rule = (struct cs_access_rule){
		.id = "secret",
		.each = {.of = "ticket", .kinds = {(const char **)only_requests, 1}},
		.by = {&director, 1},
	};
	p = (struct cs_policy *)desk->policy;
	p->access = &rule;
	p->access_count = 1;
	cs_ref_text(desk_register("request", "eng.water", "", NULL), secret);
	wide[0] = '\0';
	for (size_t i = 0; secret[i]; i++) {
		small[i] = (char)tolower(secret[i]);
		wide[3 * i + cs_utf8_put(wide + 3 * i, (uint32_t)secret[i] + 0xFEE0)] = '\0';
	}
	cs_ref_text(desk_register("inquiry", "eng.water", "", NULL), open);
	return 0;
}

static int end(void **state)
{
	(void)state;
	desk_end();
	return 0;
}

/* $ stands for the one that is kept back, ~ for it in small letters, ^ in full-width ones, & for the other. */
static const char *filled(const char *text, char *out)
{
	size_t n = 0;

	for (; *text; text++)
		n += (size_t)(*text == '$'   ? sprintf(out + n, "%s", secret)
			      : *text == '~' ? sprintf(out + n, "%s", small)
			      : *text == '^' ? sprintf(out + n, "%s", wide)
			      : *text == '&' ? sprintf(out + n, "%s", open)
					     : sprintf(out + n, "%c", *text));
	out[n] = '\0';
	return out;
}

static void hidden(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{"$", "(kept back)"},
		{"", ""},
		{"无", "无"},
		{"&", "&"},
		{"same_as $; link 1: same_as $, & too", "same_as (kept back); link 1: same_as (kept back), & too"},
		{"与$同一投诉", "与(kept back)同一投诉"},
		{"x$", "x(kept back)"},
		{"seex$9", "seex(kept back)9"},
		{"3$x", "3(kept back)x"},
		{"$$", "(kept back)(kept back)"},
		{"&&x", "&&x"},
		{"~", "(kept back)"},
		{"与x~的", "与x(kept back)的"},
		{"^，", "(kept back)，"},
		{"$/2", "(kept back)/2"},
		{"R20990101-0001 R2026-1 ABCD20261102-0001", "R20990101-0001 R2026-1 ABCD20261102-0001"},
	};
	char text[200], want[200];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *got;

		desk_actor("ling");
		got = cs_hide_kept(desk, filled(cases[i].text, text), &desk->work);
		if (strcmp(got, filled(cases[i].want, want)) != 0)
			fail_msg("%s: %s", text, got);
		desk_actor("director");
		assert_ptr_equal(cs_hide_kept(desk, text, &desk->work), text);
	}
	assert_null(cs_hide_kept(desk, NULL, &desk->work));
}

static void no_rule_no_search(void **state)
{
	(void)state;
	desk_actor("ling");
	((struct cs_policy *)desk->policy)->access_count = 0;
	assert_ptr_equal(cs_hide_kept(desk, secret, &desk->work), secret);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(hidden, begin, end),
		cmocka_unit_test_setup_teardown(no_rule_no_search, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
