/* Suspects in words and in JSON. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "store/ref.h"
#include "text/suspects.h"

static int64_t ref(const char *text)
{
	return cs_ref_parse(text, NULL);
}

static void in_words_and_json(void **state)
{
	struct cs_suspect list[] = {
		{ref("C20261120-0003"), 72, {true, false, true}, {"搅拌站", "a\"b"}, 2},
		{ref("C20261119-0001"), 40, {false, true, false}, {NULL}, 0},
	};
	const struct {
		struct cs_suspects l;
		const char *lines, *json;
	} cases[] = {
		{{NULL, 0, 0, 0, false}, "", "[]"},
		{{list, 2, 2, 9, false},
		 "X may repeat C20261120-0003: 72 of 100, same customer, same unit and category; 搅拌站, a\"b\n"
		 "X may repeat C20261119-0001: 40 of 100, same premises\n",
		 "[{\"reference\":\"C20261120-0003\",\"score\":72,"
		 "\"why\":[\"same customer\",\"same unit and category\"],"
		 "\"words\":[\"搅拌站\",\"a\\\"b\"]},"
		 "{\"reference\":\"C20261119-0001\",\"score\":40,\"why\":[\"same premises\"],\"words\":[]}]"},
		{{list + 1, 1, 4, 500, true},
		 "X may repeat C20261119-0001: 40 of 100, same premises\n"
		 "X may repeat 3 more: cs-decide similar X\n"
		 "X was compared with the newest 500 only: there are older ones\n",
		 "[{\"reference\":\"C20261119-0001\",\"score\":40,\"why\":[\"same premises\"],\"words\":[]}]"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_buf lines = {0}, json = {0};

		cs_suspects_lines(&cases[i].l, "X", &lines);
		cs_suspects_json(&cases[i].l, &json);
		assert_string_equal(cs_buf_str(&lines), cases[i].lines);
		assert_string_equal(cs_buf_str(&json), cases[i].json);
		cs_buf_free(&lines);
		cs_buf_free(&json);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(in_words_and_json)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
