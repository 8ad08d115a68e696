/* JSON: what is refused with which place, and what the accessors give. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"

static struct cs_json *parse(const char *text)
{
	struct cs_err e = {0};
	struct cs_json *doc = NULL;

	if (cs_json_parse(text, strlen(text), &doc, &e))
		fail_msg("%s: %s", text, e.text);
	return doc;
}

static void refuses_with_place(void **state)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{"", "1:1: the text ends here"},
		{"  \n ", "2:2: the text ends here"},
		{"{\"a\":1,}", "1:8: a key in double quotes expected, found '}'"},
		{"{\"a\" 1}", "1:6: ':' expected, found '1'"},
		{"[1 2]", "1:4: ',' or ']' expected, found '2'"},
		{"[1,]", "1:4: a value"},
		{"{\"a\":1", "1:7: the text ends here, ',' or '}' expected"},
		{"[\n 1,\n tru]", "3:2: a value"},
		{"nul", "1:1: a value"},
		{"NaN", "1:1: a value"},
		{"'a'", "1:1: a value"},
		{"a value", "1:1: a value"},
		{"1 2", "1:3: text after the end"},
		{"{} x", "1:4: text after the end"},
		{"[]]", "1:3: text after the end"},
		{"01", "1:1: a number does not begin with 0"},
		{"[-01]", "1:2: a number does not begin with 0"},
		{"+1", "1:1: a value"},
		{".5", "1:1: a value"},
		{"1.", "1:3: the text ends here, a digit expected"},
		{"1.e1", "1:3: a digit expected, found 'e'"},
		{"1e", "1:3: the text ends here"},
		{"-", "1:2: the text ends here"},
		{"1e400", "1:1: number 1e400 is too large"},
		{"-1e400", "1:1: number -1e400 is too large"},
		{"1e-400", "1:1: number 1e-400 is too small"},
		{"9007199254740992", "1:1: whole number 9007199254740992 is beyond"},
		{"[-9007199254740992]", "1:2: whole number -9007199254740992 is beyond"},
		{"1000000000000000000000000000000000000000000000000000000000000",
		 "1:1: a number of more than 60"},
		{"\"a", "1:1: this text has no closing quote"},
		{"\"a\\\"", "1:1: this text has no closing quote"},
		{"\"a\tb\"", "1:3: byte 0x09 inside a text"},
		{"\"a\nb\"", "1:3: byte 0x0a inside a text"},
		{"\"\\x\"", "1:2: unknown escape"},
		{"\"\\", "1:2: unknown escape"},
		{"\"\\u12g4\"", "1:2: \\u wants four"},
		{"\"\\u12", "1:2: \\u wants four"},
		{"\"a\\u0000b\"", "1:3: \\u0000 is not allowed"},
		{"\"\\ud800\"", "1:2: half of a surrogate pair"},
		{"\"\\ud800\\u0041\"", "1:2: half of a surrogate pair"},
		{"\"\\udc00\"", "1:2: half of a surrogate pair"},
		{"[\"\xE4\xBD\xA0\xE5\xA5\xBD\", x]", "1:8: a value"}, /* columns are characters */
		{"\"\xC0\xAF\"", "1:2: byte 0xc0 is not UTF-8"},
		{"\"\xED\xA0\x80\"", "1:2: byte 0xed is not UTF-8"},
		{"{\"a\":1,\n \"b\":2,\n \"a\":3}", "3:2: key \"a\" is given twice"},
		{"{\"a\":1,\"\\u0061\":2}", "1:8: key \"a\" is given twice"},
		{"{\"x\":[{\"a\":{\"k\":1,\"k\":2}}],\"a\":1}", "1:19: key \"k\" is given twice"},
		{"{\"\":1,\"\":2}", "1:7: key \"\" is given twice"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_err e = {0};
		struct cs_json *doc = (struct cs_json *)&e;

		if (cs_json_parse(cases[i].text, strlen(cases[i].text), &doc, &e) == 0)
			fail_msg("accepted: %s", cases[i].text);
		assert_null(doc);
		assert_int_equal(e.code, CS_BADDATA);
		if (strncmp(e.text, cases[i].message, strlen(cases[i].message)) != 0)
			fail_msg("%s: wanted \"%s\", got \"%s\"", cases[i].text, cases[i].message,
				 e.text);
	}
}

static void refuses_a_nul_byte(void **state)
{
	struct cs_err e = {0};
	struct cs_json *doc = NULL;

	(void)state;
	assert_int_equal(cs_json_parse("\"a\0b\"", 5, &doc, &e), -1);
	assert_string_equal(e.text, "1:3: byte 0x00 inside a text; write it as an escape");
	assert_int_equal(cs_json_parse("1\0", 2, &doc, &e), -1);
	assert_string_equal(e.text, "1:2: text after the end of the value");
}

static void nests_to_64_levels(void **state)
{
	char text[2 * 65 + 1];
	struct cs_err e = {0};
	struct cs_json *doc = NULL;

	(void)state;
	for (size_t depth = 64; depth <= 65; depth++) {
		memset(text, '[', depth);
		memset(text + depth, ']', depth);
		text[2 * depth] = '\0';
		assert_int_equal(cs_json_parse(text, 2 * depth, &doc, &e), depth == 64 ? 0 : -1);
		cs_json_free(doc);
	}
	assert_string_equal(e.text, "1:65: nested deeper than 64 levels");
}

/* Objects beyond 16 members take another way to find a repeated key. */
static void finds_a_key_given_twice_in_a_large_object(void **state)
{
	(void)state;
	for (int twice = 0; twice <= 40; twice++) {
		struct cs_buf b = {0};
		struct cs_err e = {0};
		struct cs_json *doc = NULL;
		char wanted[64];

		cs_buf_putc(&b, '{');
		for (int i = 0; i < 40; i++)
			cs_buf_printf(&b, "\"k%d\":%d,\n", i * 7 % 40, i);
		cs_buf_printf(&b, "\"k%d\":0}", twice);
		snprintf(wanted, sizeof wanted, "41:1: key \"k%d\" is given twice in this object",
			 twice);
		if (twice == 40) {
			assert_int_equal(cs_json_parse(b.data, b.len, &doc, &e), 0);
		} else {
			assert_int_equal(cs_json_parse(b.data, b.len, &doc, &e), -1);
			assert_string_equal(e.text, wanted);
		}
		cs_json_free(doc);
		cs_buf_free(&b);
	}
}

/* The one that comes first in the text is told, however large the object. */
static void tells_the_first_of_several_repeated_keys(void **state)
{
	(void)state;
	for (int others = 0; others <= 20; others += 20) {
		struct cs_buf b = {0};
		struct cs_err e = {0};
		struct cs_json *doc = NULL;

		cs_buf_puts(&b, "{");
		for (int i = 0; i < others; i++)
			cs_buf_printf(&b, "\"m%d\":0,", i);
		cs_buf_puts(&b, "\"a\":1,\"n\":2,\"z\":3,\n\"n\":4,\"a\":5,\"z\":6}");
		assert_int_equal(cs_json_parse(b.data, b.len, &doc, &e), -1);
		assert_string_equal(e.text, "2:1: key \"n\" is given twice in this object");
		cs_buf_free(&b);
	}
}

static void reads_values(void **state)
{
	struct cs_json *doc = parse(
		"\xEF\xBB\xBF{\"n\":null, \"t\":true,\"f\":false,\"i\":-42,\"d\":2.5,"
		"\"s\":\"\\u4f60\\ud83d\\ude00\\/\\t\",\"N\":\"upper\","
				    "\"l\":[10,\"x\",{}],\"o\":{}}");
	const struct cs_json_node *root = cs_json_root(doc), *l = cs_json_get(root, "l");
	static const char *const keys[] = {"n", "t", "f", "i", "d", "s", "N", "l", "o"};
	const struct cs_json_node *m = cs_json_first(root);
	int64_t i = 0;
	double d = 0;
	bool b = false;

	(void)state;
	assert_int_equal(cs_json_count(root), 9);
	for (size_t k = 0; k < 9; k++, m = cs_json_next(m))
		assert_string_equal(cs_json_key(m), keys[k]);
	assert_null(m);
	assert_true(cs_json_is_null(cs_json_get(root, "n")));
	assert_int_equal(cs_json_bool(cs_json_get(root, "t"), &b), 0);
	assert_true(b);
	assert_int_equal(cs_json_bool(cs_json_get(root, "f"), &b), 0);
	assert_false(b);
	assert_int_equal(cs_json_int(cs_json_get(root, "i"), &i), 0);
	assert_int_equal(i, -42);
	assert_int_equal(cs_json_int(cs_json_get(root, "d"), &i), -1);
	assert_int_equal(cs_json_double(cs_json_get(root, "d"), &d), 0);
	assert_true(d > 2.4999 && d < 2.5001);
	assert_string_equal(cs_json_text(cs_json_get(root, "s")),
			    "\xE4\xBD\xA0\xF0\x9F\x98\x80/\t");
	assert_string_equal(cs_json_text(cs_json_get(root, "N")), "upper");
	assert_null(cs_json_get(root, "L"));
	assert_int_equal(cs_json_count(l), 3);
	assert_null(cs_json_key(cs_json_first(l)));
	assert_int_equal(cs_json_type(cs_json_next(cs_json_first(l))), CS_JSON_STRING);
	assert_int_equal(cs_json_type(cs_json_get(root, "o")), CS_JSON_OBJECT);
	assert_null(cs_json_first(cs_json_get(root, "o")));
	cs_json_free(doc);
}

static void integers_are_exact_or_refused(void **state)
{
	static const struct {
		const char *text;
		int result;
		int64_t value;
	} cases[] = {
		{"0", 0, 0}, {"-0", 0, 0}, {"2147483648", 0, INT64_C(2147483648)},
		{"-2147483649", 0, INT64_C(-2147483649)},
		{"9007199254740991", 0, INT64_C(9007199254740991)},
		{"-9007199254740991", 0, INT64_C(-9007199254740991)},
		{"1e3", 0, 1000}, {"1.0", 0, 1}, {"1.5", -1, 0}, {"1e16", -1, 0}, {"1e300", -1, 0},
		{"\"1\"", -1, 0}, {"true", -1, 0}, {"null", -1, 0}, {"[1]", -1, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_json *doc = parse(cases[i].text);
		int64_t v = 0;

		assert_int_equal(cs_json_int(cs_json_root(doc), &v), cases[i].result);
		assert_int_equal(v, cases[i].value);
		cs_json_free(doc);
	}
}

static void nothing_there_is_harmless(void **state)
{
	int64_t i = 7;
	double d = 0;
	bool b = true;

	(void)state;
	assert_null(cs_json_root(NULL));
	assert_int_equal(cs_json_type(NULL), CS_JSON_NONE);
	assert_null(cs_json_get(NULL, "a"));
	assert_null(cs_json_first(NULL));
	assert_null(cs_json_next(NULL));
	assert_null(cs_json_key(NULL));
	assert_null(cs_json_text(NULL));
	assert_int_equal(cs_json_count(NULL), 0);
	assert_int_equal(cs_json_int(NULL, &i), -1);
	assert_int_equal(i, 7);
	assert_int_equal(cs_json_double(NULL, &d), -1);
	assert_int_equal(cs_json_bool(NULL, &b), -1);
	assert_false(cs_json_is_null(NULL));
	cs_json_free(NULL);
}

static void writes_compactly_and_reads_back(void **state)
{
	static const struct {
		const char *text, *wanted;
	} cases[] = {
		{" { \"b\" : [ 1 , 2.50 , -0 ] , \"a\" : \"\\u4f60\\n\\\"\" } ",
		 "{\"b\":[1,2.5,0],\"a\":\"\xE4\xBD\xA0\\n\\\"\"}"},
		{"[0.1,1e21,1E-7,1e15,123456789.125]",
		 "[0.1,1e+21,1e-07,1000000000000000,123456789.125]"},
		{"[9040912345678912.5,1e16]", "[9040912345678912.0,1e+16]"},
		{"0.30000000000000004", "0.30000000000000004"},
		{"[true,false,null,{},[],\"\"]", "[true,false,null,{},[],\"\"]"},
		{"\"\\u001f\\u007f\"", "\"\\u001f\\u007f\""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_json *doc = parse(cases[i].text), *back;
		struct cs_buf b = {0};

		cs_json_write(cs_json_root(doc), &b);
		assert_string_equal(cs_buf_str(&b), cases[i].wanted);
		back = parse(cs_buf_str(&b));
		assert_true(cs_json_equal(cs_json_root(doc), cs_json_root(back)));
		cs_json_free(back);
		cs_json_free(doc);
		cs_buf_free(&b);
	}
}

static void compares_values(void **state)
{
	static const struct {
		const char *a, *b;
		bool same;
	} cases[] = {
		{"{\"a\":1,\"b\":[2]}", "{\"b\":[2],\"a\":1.0}", true},
		{"{\"a\":1}", "{\"a\":1,\"b\":1}", false}, {"{\"a\":1}", "{\"b\":1}", false},
		{"[1,2]", "[2,1]", false}, {"[1]", "[1,1]", false}, {"\"1\"", "1", false},
		{"true", "false", false}, {"null", "null", true}, {"null", "false", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_json *a = parse(cases[i].a), *b = parse(cases[i].b);

		assert_int_equal(cs_json_equal(cs_json_root(a), cs_json_root(b)), cases[i].same);
		cs_json_free(a);
		cs_json_free(b);
	}
}

static void points_at_nodes(void **state)
{
	struct cs_json *doc = parse("{\"x\":[0,{\"a/b~c\":{\"\":5}}],\"y\":1}");
	const struct cs_json_node *x = cs_json_get(cs_json_root(doc), "x");
	const struct cs_json_node *odd = cs_json_first(cs_json_next(cs_json_first(x)));
	struct cs_buf b = {0};

	(void)state;
	cs_json_pointer(doc, cs_json_root(doc), &b);
	assert_string_equal(cs_buf_str(&b), "");
	cs_json_pointer(doc, cs_json_first(odd), &b);
	assert_string_equal(cs_buf_str(&b), "/x/1/a~1b~0c/");
	cs_buf_clear(&b);
	cs_buf_puts(&b, "policy.json: ");
	cs_json_pointer(doc, cs_json_get(cs_json_root(doc), "y"), &b);
	assert_string_equal(cs_buf_str(&b), "policy.json: /y");
	cs_buf_free(&b);
	cs_json_free(doc);
}

static const char *const good[] = {
	"null", "true", "false", "[]", "{}", " [ 1 , -0 , 2.5e3 , 123456789012345 , 9007199254740991 , -7 ] ",
	"\"\"", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\u7ecf\\uD83D\\uDE00 \u7ecf\u7406\"",
	"{\"a\":{\"b\":[{\"c\":null},[[]],\"]}\"]},\"\\u0064\":\"{\\\"\",\"e\":0.1}",
	"\xEF\xBB\xBF[1]",
};

static void trusted_reading_gives_the_same(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		struct cs_json *strict = parse(good[i]), *trusted = NULL;
		struct cs_buf a = {0}, b = {0};
		struct cs_err e = {0};

		assert_int_equal(cs_json_parse_trusted(good[i], strlen(good[i]), NULL, &trusted, &e), 0);
		assert_true(cs_json_equal(cs_json_root(strict), cs_json_root(trusted)));
		cs_json_write(cs_json_root(strict), &a);
		cs_json_write(cs_json_root(trusted), &b);
		assert_string_equal(cs_buf_str(&a), cs_buf_str(&b));
		cs_buf_free(&a);
		cs_buf_free(&b);
		cs_json_free(strict);
		cs_json_free(trusted);
	}
}

/* Refused or read as something else, but never beyond the end: the sanitizers look on. */
static void trusted_reading_survives_damage(void **state)
{
	static const char bytes[] = "\0\"\\{}[]:,u0-";

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		for (size_t at = 0; at < strlen(good[i]); at++)
			for (size_t k = 0; k < sizeof bytes - 1; k++) {
				struct cs_json *doc = NULL;
				struct cs_err e = {0};
				char *text = strdup(good[i]);

				text[at] = bytes[k];
				if (cs_json_parse_trusted(text, strlen(good[i]), "a", &doc, &e) == 0)
					cs_json_later(doc);
				cs_json_free(doc);
				doc = NULL;
				cs_json_parse_trusted(good[i], at, "a", &doc, &e);
				cs_json_free(doc);
				free(text);
			}
}

static void a_member_is_left_for_later(void **state)
{
	static const char text[] = "{\"x\":1,\"later\":{\"a\":\"}{\\\"\","
				   "\"b\":[1,2],\"c\":\"\\\\\"},\"y\":{\"later\":3}}";
	struct cs_json *doc = NULL;
	const struct cs_json_node *n;
	struct cs_err e = {0};
	int64_t three = 0;

	(void)state;
	assert_int_equal(cs_json_parse_trusted(text, strlen(text), "later", &doc, &e), 0);
	n = cs_json_get(cs_json_root(doc), "later");
	assert_int_equal(cs_json_type(n), CS_JSON_OBJECT);
	assert_int_equal(cs_json_count(n), 0);
	assert_int_equal(cs_json_int(cs_json_get(cs_json_get(cs_json_root(doc), "y"), "later"), &three), 0);
	assert_int_equal(three, 3);
	n = cs_json_later(doc);
	assert_string_equal(cs_json_text(cs_json_get(n, "a")), "}{\"");
	assert_int_equal(cs_json_count(cs_json_get(n, "b")), 2);
	assert_string_equal(cs_json_text(cs_json_get(n, "c")), "\\");
	assert_null(cs_json_later(doc));
	cs_json_free(doc);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refuses_with_place),
		cmocka_unit_test(refuses_a_nul_byte),
		cmocka_unit_test(nests_to_64_levels),
		cmocka_unit_test(finds_a_key_given_twice_in_a_large_object),
		cmocka_unit_test(tells_the_first_of_several_repeated_keys),
		cmocka_unit_test(reads_values),
		cmocka_unit_test(integers_are_exact_or_refused),
		cmocka_unit_test(nothing_there_is_harmless),
		cmocka_unit_test(writes_compactly_and_reads_back),
		cmocka_unit_test(compares_values),
		cmocka_unit_test(points_at_nodes),
		cmocka_unit_test(trusted_reading_gives_the_same),
		cmocka_unit_test(trusted_reading_survives_damage),
		cmocka_unit_test(a_member_is_left_for_later),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
