/* Encodings into UTF-8, with the place of the first fault. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "text/encoding.h"

static void decodes(void **state)
{
	static const struct {
		const char *name, *in;
		size_t len;
		const char *wanted;
	} cases[] = {
		{"UTF-8", "a漏\n水", 8, "a漏\n水"},
		{"utf8", "\xEF\xBB\xBFx", 4, "x"},
		{"UTF-8", "", 0, ""},
		{"gb18030", "\xC2\xA9\xCB\xAE\n\xB3\xF8\xB7\xBF", 9, "漏水\n厨房"},
		{"GBK", "\xC2\xA9,\xCB\xAE", 5, "漏,水"},
		{"gb18030", "\x95\x32\x82\x36", 4, "𠀀"}, /* four bytes: U+20000 */
		{"gb18030",
		 "\x84\x31\x95\x33"
		 "a",
		 5, "a"}, /* its byte order mark */
		{"big5", "\xBA\x7C\xA4\xF4", 4, "漏水"},
		{"ISO-8859-1", "\xE9\n\xFF", 3, "é\nÿ"},
		{"UTF-16LE", "\xFF\xFE\x0F\x6F\n\0\x34\x6C", 8, "漏\n水"},
		{"UTF-16BE", "\x6F\x0F\0\n\x6C\x34", 6, "漏\n水"},
		{"UTF-16LE",
		 "\x0A\x0A"
		 "a\0",
		 4,
		 "\xE0\xA8\x8A"
		 "a"}, /* U+0A0A is no newline */
		{"BIG5-HKSCS", "\x88\x62", 2, "\xC3\x8A\xCC\x84"}, /* two characters */
		{"CP1258", "A", 1, "A"}, /* held back by iconv: an accent may follow */
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_buf out = {0};
		struct cs_err e = {0};

		if (cs_decode(cases[i].name, cases[i].in, cases[i].len, &out, &e))
			fail_msg("case %zu: %s", i, e.text);
		assert_string_equal(cs_buf_str(&out), cases[i].wanted);
		cs_buf_free(&out);
	}
}

static void says_where_it_is_wrong(void **state)
{
	static const struct {
		const char *name, *in;
		size_t len;
		const char *message;
	} cases[] = {
		{"UTF-8", "abc\n\xC2\xA9\xCB", 7, "byte 6 is not UTF-8"},
		{"UTF-8", "漏\n\xFF\xFE", 6, "byte 4 is not UTF-8"},
		{"gb18030", "ab\n\xC2\xA9\xFF\xFF", 7, "byte 5 is not gb18030"},
		{"gb18030", "ab\n\xC2", 4, "byte 3 is not gb18030"},
		{"GBK", "\xC2\n\xC2\xA9", 4, "byte 0 is not GBK"},
		{"UTF-16LE", "a\0b", 3, "byte 2 is not UTF-16LE"},
		{"ASCII", "abc\x80", 4, "byte 3 is not ASCII"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_buf out = {0};
		struct cs_err e = {0};

		assert_int_equal(cs_decode(cases[i].name, cases[i].in, cases[i].len, &out, &e), -1);
		assert_int_equal(e.code, CS_BADDATA);
		assert_string_equal(e.text, cases[i].message);
		cs_buf_free(&out);
	}
}

static void knows_no_odd_names(void **state)
{
	static const char *const names[] = {"", "klingon", "UTF-8//IGNORE", "gb18030/x"};

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct cs_decoder *d = NULL;
		struct cs_err e = {0};

		assert_int_equal(cs_decoder_open(names[i], &d, &e), -1);
		assert_int_equal(e.code, CS_USAGE);
		assert_null(d);
	}
	cs_decoder_free(NULL);
}

/* A line at a time, the text cut at every place, gives what it gives at once. */
static void streams(void **state)
{
	static const struct {
		const char *name, *in;
		size_t len;
		const char *wanted;
	} cases[] = {
		{"gb18030", "a\xC2\xA9\n\x95\x32\x82\x36\xCB\xAE\nb", 12, "a漏\n𠀀水\nb"},
		{"UTF-8", "\xEF\xBB\xBF" "a漏\n𠀀水\nb", 17, "a漏\n𠀀水\nb"},
		{"UTF-16LE", "\xFF\xFE\x0F\x6F\n\0\x40\xD8\0\xDC\n\0b\0", 14, "漏\n𠀀\nb"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		for (size_t cut = 0; cut <= cases[i].len; cut++) {
			struct cs_decoder *d = NULL;
			struct cs_buf out = {0};
			size_t at = 0, bad = 0, lines = 0;

			assert_int_equal(cs_decoder_open(cases[i].name, &d, NULL), 0);
			for (int part = 0; part < 2; part++) {
				size_t end = part ? cases[i].len : cut, used;

				while (at < end &&
				       (used = cs_decoder_line(d, cases[i].in + at, end - at,
							       part == 1, &out, &bad)) > 0) {
					at += used;
					lines += out.len && out.data[out.len - 1] == '\n';
					assert_true(bad == SIZE_MAX);
				}
			}
			assert_int_equal(at, cases[i].len);
			assert_string_equal(cs_buf_str(&out), cases[i].wanted);
			assert_true(lines >= 2); /* it stops after each newline */
			cs_decoder_free(d);
			cs_buf_free(&out);
		}
	}
}

static char *slurp(const char *dir, const char *name, size_t *len)
{
	struct cs_buf b = {0}, path = {0};
	char part[4096];
	size_t n;
	FILE *f;

	cs_buf_printf(&path, "%s/%s", dir, name);
	f = fopen(cs_buf_str(&path), "rb");
	assert_non_null(f);
	while ((n = fread(part, 1, sizeof part, f)) > 0)
		cs_buf_add(&b, part, n);
	fclose(f);
	cs_buf_free(&path);
	*len = b.len;
	return cs_buf_take(&b);
}

/* HZ is left out: the C library here does not know it. */
static void real_cjk_texts(void **state)
{
	static const char *const names[] = {"big5", "big5hkscs", "gb18030", "gb2312", "gbk"};
	static const char *const encodings[] = {"BIG5", "BIG5-HKSCS", "gb18030", "GB2312", "GBK"};
	const char *data = getenv("CS_REAL_DATA");
	char dir[1024], file[64];

	(void)state;
	if (!data)
		skip();
	snprintf(dir, sizeof dir, "%s/cjkencodings", data);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct cs_buf out = {0};
		struct cs_err e = {0};
		size_t len = 0, wanted_len = 0;
		char *in, *wanted;

		snprintf(file, sizeof file, "%s.txt", names[i]);
		in = slurp(dir, file, &len);
		snprintf(file, sizeof file, "%s-utf8.txt", names[i]);
		wanted = slurp(dir, file, &wanted_len);
		if (cs_decode(encodings[i], in, len, &out, &e))
			fail_msg("%s: %s", names[i], e.text);
		assert_int_equal(out.len, wanted_len);
		assert_memory_equal(out.data, wanted, wanted_len);
		free(in);
		free(wanted);
		cs_buf_free(&out);
	}
}

static void the_way_back(void **state)
{
	static const struct {
		const char *name, *text, *wanted;
		size_t len;
	} cases[] = {
		{"utf-8", "前台", "前台", 6},
		{"gb18030", "前台", "\xC7\xB0\xCC\xA8", 4},
		{"gb2312", "a\xF0\x9F\x98\x80\xF0\x9F\x98\x80z", "a??z", 4},
		{"utf-16le", "a\n", "a\0\n\0", 4},
		{"iso-2022-kr", "a", "\x1b$)Ca", 5},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct cs_encoder *c = NULL;
		struct cs_buf out = {0};
		struct cs_err e = {0};

		if (cs_encoder_open(cases[i].name, &c, &e) < 0)
			fail_msg("%s", e.text);
		cs_encoder_put(c, cases[i].text, strlen(cases[i].text), &out);
		cs_encoder_put(c, NULL, 0, &out);
		if (out.len != cases[i].len || memcmp(out.data, cases[i].wanted, out.len) != 0)
			fail_msg("%s: %zu bytes", cases[i].name, out.len);
		cs_encoder_free(c);
		cs_buf_free(&out);
	}
	assert_int_equal(cs_encoder_open("none", &(struct cs_encoder *){NULL}, &(struct cs_err){0}), -1);
	assert_int_equal(cs_encoder_open("", &(struct cs_encoder *){NULL}, &(struct cs_err){0}), -1);
	cs_encoder_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(decodes),
		cmocka_unit_test(says_where_it_is_wrong),
		cmocka_unit_test(knows_no_odd_names),
		cmocka_unit_test(streams),
		cmocka_unit_test(the_way_back),
		cmocka_unit_test(real_cjk_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
